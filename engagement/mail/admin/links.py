"""What mail is about, from both sides: on the page of a message, and on the pages of the domains' rows."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, humanise, link_to, pairs, table
from documents.admin.links import list_documents
from engagement.mail.models import MailLink, Message

# Mails shown on the page of one row; the list of links has them all.
SHOWN = 50


def list_rows(message: Message) -> SafeString:
    """What one message is about."""
    rows = [
        (humanise(link.kind), _page_of(link), link.get_basis_display())
        for link in message.links.order_by("id")
    ]
    return table(
        ("What", "Which", "Shown by"), rows, empty="It is linked to no order, quote, deal or invoice."
    )


def list_mails(row: models.Model) -> SafeString:
    """The newest mails about one row of a domain, named as its links name it. One query."""
    links = MailLink.objects.filter(kind=row._meta.model_name, ref_id=str(row.pk)).select_related("message")
    newest = links.defer("message__body_text", "message__headers").order_by("-message__sent_at", "-id")[
        :SHOWN
    ]
    rows = [
        (link_to(link.message), link.message.from_address, link.message.sent_at, link.get_basis_display())
        for link in newest
    ]
    return table(("Subject", "From", "Sent", "Shown by"), rows, empty="No mail is linked to it.")


def list_documents_of(row: models.Model, *, is_cleared: bool = False) -> SafeString:
    """The documents of one row of a domain, and those that came with the mails about it. Two queries.

    `is_cleared` is who may see restricted documents.
    """
    kind, key = str(row._meta.model_name), str(row.pk)
    links = MailLink.objects.filter(kind=kind, ref_id=key).order_by("-id")
    mails = [str(pk) for pk in links.values_list("message_id", flat=True)[:SHOWN]]
    return list_documents({kind: [key], "message": mails}, is_cleared=is_cleared)


@admin.register(MailLink)
class MailLinkAdmin(RecordAdmin):
    """Every link of a mail to what it is about, the newest first."""

    list_display = (
        "message",
        column("kind", "What"),
        column("label", "Which"),
        column("basis", "Shown by"),
        column("linked_at", "Linked"),
    )
    list_filter = ("kind", "basis")
    list_select_related = ("message",)
    search_fields = ("label", "message__subject")
    ordering = ("-id",)
    empty_list = "No mail is linked to an order, quote, deal or invoice yet."

    def describe(self, link: MailLink) -> list[Section]:
        entries = [
            ("Message", link_to(link.message)),
            (humanise(link.kind), _page_of(link)),
            ("Shown by", link.get_basis_display()),
            ("Linked", link.linked_at),
        ]
        return [Section(title="Link", body=pairs(entries))]


def _page_of(link: MailLink) -> str | SafeString:
    """A link to the row's page. The domains stand above this one, so their tables are known by name alone."""
    model = next((one for one in apps.get_models() if one._meta.model_name == link.kind), None)
    if model is None or not link.ref_id.isdigit():
        return link.label
    url = reverse(f"admin:{model._meta.app_label}_{link.kind}_change", args=[link.ref_id])
    return format_html('<a class="agent-link" href="{}">{}</a>', url, link.label)
