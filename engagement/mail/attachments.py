"""Attachments of mail as documents of the library: which of them are, and how they are opened.

What is decoration is left out: pictures in the text, logos in signatures. So are files that run when they are opened,
and what comes from nobody: reports of machines, lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, ClassVar

from django.db.models import BinaryField, Count, F, Func, QuerySet

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from documents.services import announce_files
from documents.sources import FileGone, Listing, Offer, Source, sources
from documents.states import Category, SourceType
from engagement.mail.links import RECEIVED
from engagement.mail.models import Attachment, Direction, Tier

SLUG = "gmail"
# Who writes something that is worth keeping: people, and portals.
TIERS = (Tier.HUMAN, Tier.AUTOMATED)
# Bytes. A smaller picture is a logo or a pixel; one up to the second size is a logo when it comes again and again.
SMALLEST_PICTURE = 10_000
LARGEST_LOGO = 300_000
LOGO_COMES_IN_MAILS = 3
# Parts that speak to mail programs and not to people.
MACHINE_TYPES = frozenset(
    {
        "text/calendar",
        "application/ics",
        "text/vcard",
        "text/x-vcard",
        "application/pgp-signature",
        "application/pgp-keys",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pkcs7-mime",
        "application/ms-tnef",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/partial",
    }
)


class MailAttachments(Source):
    """What people and portals attach to the mail they send us."""

    slug: ClassVar[str] = SLUG
    label: ClassVar[str] = "Mail"
    type: ClassVar[SourceType] = SourceType.GMAIL_ATTACHMENT
    default_category: ClassVar[Category] = Category.EMAIL_ATTACHMENT

    def list_files(self, *, after: int, limit: int) -> Listing:
        rows = list(_readable().filter(pk__gt=after).order_by("pk")[:limit])
        return Listing(offers=_offers(rows), last=rows[-1].pk if len(rows) == limit else None)

    def find_files(self, keys: Collection[str]) -> Sequence[Offer]:
        ids = [int(key) for key in keys if key.isdecimal()]
        return _offers(list(_readable().filter(pk__in=ids).order_by("pk")))

    def open_file(self, *, tenant: Tenant, key: str) -> BinaryIO:
        with tenant_scope(tenant):
            content = Attachment.objects.filter(pk=int(key)).values_list("content", flat=True).first()
        if content is None:
            raise FileGone(f"Attachment {key} is no longer stored.")
        return BytesIO(bytes(content))


def announce_attachments(events: Iterable[Event], *, now: datetime) -> int:
    """Have the library fetch what newly received mail brought; returns how many files are new. Five statements."""
    received = [int(event.subject_id) for event in events if event.kind == RECEIVED]
    if not received:
        return 0
    rows = list(_readable().filter(message__in=received).order_by("pk"))
    return announce_files(source=sources.get(SLUG), offers=_offers(rows), now=now)


def _readable() -> QuerySet[Attachment]:
    """Attachments of received mail with their first bytes, and without the rest of them."""
    mails = Attachment.objects.filter(message__direction=Direction.IN, message__tier__in=TIERS)
    start = Func(F("content"), 1, 8, function="substring", output_field=BinaryField())
    shown = (
        "filename",
        "content_type",
        "size",
        "sha256",
        "is_inline",
        "message__subject",
        "message__from_name",
    )
    return mails.annotate(start=start).select_related("message").only(*shown, "message__from_address")


def _offers(rows: Sequence[Attachment]) -> list[Offer]:
    """Those that belong into the library."""
    logos = _find_logos(rows)
    return [
        Offer(
            position=row.pk,
            key=str(row.pk),
            name=row.filename,
            label=f"{row.message.from_name or row.message.from_address}: {row.message}",
            reference_kind="message",
            reference_id=str(row.message_id),
        )
        for row in rows
        if row.size and row.sha256 not in logos and not _is_decoration(row) and not _is_for_machines(row)
    ]


def _is_decoration(row: Attachment) -> bool:
    """A picture that stands in the text (by Content-Disposition or Content-ID), or is too small to be anything."""
    is_picture = row.content_type.startswith("image/")
    return is_picture and (row.is_inline or row.size < SMALLEST_PICTURE)


def _is_for_machines(row: Attachment) -> bool:
    # Reading's vocabulary takes half a second to compile, and every program loads this module.
    from engagement.mail.reading.flags import is_program

    return row.content_type in MACHINE_TYPES or is_program(filename=row.filename, start=bytes(row.start))


def _find_logos(rows: Sequence[Attachment]) -> set[str]:
    """Digests of pictures that come again and again: what stands below signatures. One statement."""
    pictures = {
        row.sha256 for row in rows if row.content_type.startswith("image/") and row.size <= LARGEST_LOGO
    }
    if not pictures:
        return set()
    seen = Attachment.objects.filter(sha256__in=pictures).values("sha256")
    often = seen.annotate(mails=Count("message", distinct=True)).filter(mails__gte=LOGO_COMES_IN_MAILS)
    return set(often.values_list("sha256", flat=True))
