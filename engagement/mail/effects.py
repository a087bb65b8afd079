"""What follows from stored mail: touches, bounces, suppressions and events. In bulk and in the caller's scope.

A person's mail from a contact is a touch. A bounce, an automatic reply, a list, mail of our own and a copy of what
we sent are not (pitfalls L3, U6, W7).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.mail.models import (
    Bounce,
    BounceSeverity,
    Direction,
    SenderStanding,
    SentTo,
    SuppressionReason,
    Tier,
)
from engagement.mail.routing import opt_out_scope
from engagement.mail.storing import Stored, StoredBatch
from engagement.mail.suppression import NewSuppression, bounced_out, suppress_addresses
from engagement.models import Contact, TouchKind
from engagement.services import NewTouch, record_touches

# Numbers that an event carries: enough for a list of orders, not for a book of them.
MAX_REFERENCES = 50


@dataclass(frozen=True, kw_only=True)
class Effects:
    """How much followed from one batch."""

    replies: int
    bounces: int
    complaints: int
    opt_outs: int


def apply_effects(batch: StoredBatch, *, now: datetime) -> Effects:
    """Record everything that follows from a batch, in the transaction that stored it."""
    bounces = _record_bounces(batch)
    complaints = [
        (entry, address)
        for entry in batch.stored
        for address in entry.letter.complainers
        if not batch.correspondents.own.owns(address)
    ]
    opt_outs = [entry for entry in batch.stored if _is_opt_out(entry)]
    suppress_addresses(
        [
            *bounced_out(bounces, now=now),
            *(_complained(entry, address, batch) for entry, address in complaints),
            *(_opted_out(entry) for entry in opt_outs),
        ],
        now=now,
    )
    replies = _replies_in(batch)
    if replies:
        record_touches((_touch_of(entry, contact) for entry, contact in replies), now=now)
    emit_events(
        [
            *(_received_event(entry) for entry in batch.stored if _is_received(entry)),
            *(_event("mail.reply.received", entry) for entry, _ in replies),
            *(_reported(bounce, batch) for bounce in bounces),
            *(_event("mail.complained", entry, email=address) for entry, address in complaints),
            *(_event("mail.unsubscribed", entry, email=entry.letter.from_address) for entry in opt_outs),
        ],
        now=now,
    )
    return Effects(
        replies=len(replies), bounces=len(bounces), complaints=len(complaints), opt_outs=len(opt_outs)
    )


def _replies_in(batch: StoredBatch) -> list[tuple[Stored, Contact]]:
    """What people who are contacts wrote to us, with the person."""
    return [
        (entry, entry.sender)
        for entry in batch.stored
        if entry.sender is not None and entry.letter.tier == Tier.HUMAN and _is_received(entry)
    ]


def _is_received(entry: Stored) -> bool:
    return entry.message.direction == Direction.IN


def _is_opt_out(entry: Stored) -> bool:
    """Somebody outside asks not to be written to; whether a contact of ours or not, and without a second question."""
    letter = entry.letter
    return letter.is_opt_out and bool(letter.from_address) and entry.message.standing != SenderStanding.OWN


def _record_bounces(batch: StoredBatch) -> list[Bounce]:
    """One row for each failed recipient that is a contact of ours or that we wrote to, and for nobody else."""
    named = {failure.address for entry in batch.stored for failure in entry.letter.failures}
    if not named:
        return []
    written_to = set(
        SentTo.objects.filter(email_normalised__in=named).values_list("email_normalised", flat=True)
    )
    own, contacts = batch.correspondents.own, batch.correspondents.contacts
    unique = {
        (entry.message.pk, failure.address): Bounce(
            message=entry.message,
            email_normalised=failure.address,
            severity=failure.severity,
            status=failure.status[:20],
            diagnostic=failure.diagnostic[:500],
            original_message_id=entry.letter.original_message_id,
            at=entry.message.sent_at,
        )
        for entry in batch.stored
        for failure in entry.letter.failures
        if not own.owns(failure.address)
        and (failure.address in contacts or failure.address in written_to or _is_ours(entry, batch))
    }
    # What our provider told us by webhook may come as a report as well.
    told = Bounce.objects.filter(message__isnull=True)
    return Bounce.objects.bulk_create(news_of(unique.values(), known=told))


def news_of(bounces: Collection[Bounce], *, known: QuerySet[Bounce]) -> list[Bounce]:
    """Those that say more than what is known: a failure of which two servers tell counts once. One query."""
    ids = {bounce.original_message_id for bounce in bounces} - {""}
    said = {
        (row.original_message_id, row.email_normalised, row.severity)
        for row in known.filter(original_message_id__in=ids)
    }
    return [
        bounce
        for bounce in bounces
        if not any(
            (bounce.original_message_id, bounce.email_normalised, severity) in said
            for severity in {BounceSeverity.HARD, bounce.severity}
        )
    ]


def _is_ours(entry: Stored, batch: StoredBatch) -> bool:
    """Whether the report encloses a message of our own: then we did write to whom it names."""
    sender = entry.letter.original_from
    return bool(sender) and batch.correspondents.own.owns(sender)


def _complained(entry: Stored, address: str, batch: StoredBatch) -> NewSuppression:
    contact = batch.correspondents.contact_of(address)
    return NewSuppression(
        email_normalised=address,
        reason=SuppressionReason.COMPLAINT,
        detail=f"Reported by {entry.letter.from_address or 'a mail provider'}.",
        contact_id=contact.pk if contact else None,
        source_message_id=entry.message.pk,
    )


def _opted_out(entry: Stored) -> NewSuppression:
    return NewSuppression(
        email_normalised=entry.letter.from_address,
        reason=SuppressionReason.UNSUBSCRIBE,
        scope=opt_out_scope(entry.letter.opt_out_words),
        detail=entry.letter.opt_out_words,
        contact_id=entry.sender.pk if entry.sender else None,
        source_message_id=entry.message.pk,
    )


def _touch_of(entry: Stored, contact: Contact) -> NewTouch:
    return NewTouch(
        contact_id=contact.pk,
        kind=TouchKind.EMAIL_RECEIVED,
        by=str(contact),
        at=entry.message.sent_at,
        source_kind="mail",
        source_id=entry.message.message_id,
    )


def _received_event(entry: Stored) -> NewEvent:
    """A received mail with the numbers that stand in it, by which the domains find what it is about."""
    references = entry.message.reading.get("references", [])[:MAX_REFERENCES]
    return _event("mail.message.received", entry, references=references)


def _event(kind: str, entry: Stored, **more: Any) -> NewEvent:
    message = entry.message
    return NewEvent(
        kind=kind,
        subject=Ref(kind="message", id=str(message.pk), label=str(message)),
        data={
            "message_id": message.message_id,
            "thread_id": message.thread_id,
            "in_reply_to": message.in_reply_to,
            "contact_id": message.contact_id,
            "client_id": message.client_id,
            "tier": message.tier,
            "category": message.category,
            "standing": message.standing,
            "sent_at": message.sent_at.isoformat(),
            **more,
        },
    )


def bounced_event(bounce: Bounce, *, subject: Ref, contact: Contact | None) -> NewEvent:
    """That a message of ours came back from an address; `subject` is what tells of it."""
    return NewEvent(
        kind="mail.bounced",
        subject=subject,
        data={
            "email": bounce.email_normalised,
            "contact_id": contact.pk if contact else None,
            "severity": bounce.severity,
            "status": bounce.status,
            "original_message_id": bounce.original_message_id,
        },
    )


def _reported(bounce: Bounce, batch: StoredBatch) -> NewEvent:
    subject = Ref(kind="message", id=str(bounce.message_id), label=bounce.email_normalised)
    contact = batch.correspondents.contact_of(bounce.email_normalised)
    return bounced_event(bounce, subject=subject, contact=contact)
