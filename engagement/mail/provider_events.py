"""What follows from a provider's word on a message of ours: bounces, complaints, opt-outs, deliveries.

An event names its message, and nothing in it is believed beyond that: the tenant in whose name something happens is
the one that has really sent that message to that recipient. An event that comes twice changes nothing the second
time; one that comes late never makes a worse word better. How an event is verified and read is
`engagement.mail.providers.webhooks`'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from agent.events import NewEvent, emit_events
from agent.models import Card, Intent, IntentState, Tenant
from agent.registry import Ref
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.mail.effects import bounced_event, news_of
from engagement.mail.models import (
    Bounce,
    FailureKind,
    Message,
    ProviderEvent,
    ProviderEventKind,
    ProviderFailure,
    SuppressionReason,
)
from engagement.mail.outbound import read_card_name
from engagement.mail.providers import ToldEvent
from engagement.mail.recipients import KIND
from engagement.mail.storing import lock_store
from engagement.mail.suppression import NewSuppression, bounced_out, suppress_addresses
from engagement.models import Contact

logger = structlog.get_logger(__name__)


class Taken(StrEnum):
    """What became of an event."""

    NEW = "new"
    REPEATED = "repeated"
    UNKNOWN = "unknown"  # about no message that any tenant sent to that recipient


@dataclass(frozen=True, kw_only=True)
class _Told:
    """An event with the message it is about; `before` is what had been told of the message until then."""

    told: ToldEvent
    row: ProviderEvent
    contact: Contact | None
    subject: Ref
    before: frozenset[ProviderEventKind]
    now: datetime

    def event(self, kind: str) -> NewEvent:
        """Something that the provider tells us, for the engines."""
        return NewEvent(
            kind=kind,
            subject=self.subject,
            data={
                "message_id": self.row.message_id,
                "card_id": self.row.card_id,
                "contact_id": self.contact.pk if self.contact else None,
                "client_id": self.contact.client_id if self.contact else None,
                "email": self.row.email_normalised,
                "provider": self.row.provider,
            },
        )


def record_provider_event(*, told: ToldEvent, now: datetime) -> Taken:
    """Keep one verified event and what follows from it, in one transaction of the tenant that sent the message."""
    refuse_tenant_scope("record_provider_event")
    named = read_card_name(told.message_name)
    tenant = Tenant.objects.filter(slug=named.tenant_slug).first() if named else None
    if named is None or tenant is None:
        logger.info("provider_event_unknown", provider=told.provider, kind=told.kind)
        return Taken.UNKNOWN
    with tenant_scope(tenant):
        taken = _take_in(told, named.card_id, now)
    logger.info("provider_event", tenant=tenant.slug, card=named.card_id, kind=told.kind, taken=str(taken))
    return taken


def _take_in(told: ToldEvent, card_id: int, now: datetime) -> Taken:
    """Inside the scope. The lock keeps apart two events of one message, and an event and a report of the same."""
    lock_store()
    intent = Intent.objects.select_related("card").filter(card_id=card_id, card__kind=KIND).first()
    if intent is None or not _is_about(told, intent):
        return Taken.UNKNOWN
    if ProviderEvent.objects.filter(provider=told.provider, event_id=told.event_id).exists():
        return Taken.REPEATED
    before = ProviderEvent.objects.filter(card=intent.card).values_list("kind", flat=True)
    known = frozenset(map(ProviderEventKind, before))
    row = _keep(told, intent, now)
    _EFFECTS.get(told.kind, _nothing)(
        _Told(
            told=told,
            row=row,
            contact=Contact.objects.filter(pk=intent.card.contact_id).first(),
            subject=_subject_of(row, intent.card),
            before=known,
            now=now,
        )
    )
    return Taken.NEW


def _is_about(told: ToldEvent, intent: Intent) -> bool:
    """Whether this message has left, by this provider, to this recipient, under the provider's own id for it."""
    details, provider_id = intent.details, intent.card.result.get("provider_id")
    return (
        not intent.card.is_rehearsal
        and intent.state != IntentState.READY
        and str(details.get("provider", "")).split(" ")[0] == told.provider
        and str(details.get("message_id", "")).startswith(f"<{told.message_name}@")
        and bool(told.recipient)
        and details.get("to") == told.recipient
        and provider_id in (None, told.provider_id)
    )


def _keep(told: ToldEvent, intent: Intent, now: datetime) -> ProviderEvent:
    return ProviderEvent.objects.create(
        provider=told.provider,
        event_id=told.event_id,
        kind=told.kind,
        card=intent.card,
        message_id=intent.details["message_id"],
        email_normalised=told.recipient,
        detail=told.detail[:500],
        at=min(told.at or now, now),
        received_at=now,
    )


def _subject_of(row: ProviderEvent, card: Card) -> Ref:
    """The message as it is stored; its card while the answer to our handing it over is not recorded yet."""
    message = Message.objects.filter(message_id=row.message_id).only("id").first()
    if message is not None:
        return Ref(kind="message", id=str(message.pk), label=row.email_normalised)
    return Ref(kind="card", id=str(card.pk), label=row.email_normalised)


def _nothing(entry: _Told) -> None:
    """Taken, or delayed: it is kept, and proves that the message left."""


def _delivered(entry: _Told) -> None:
    """Told once, and not after something worse."""
    if all(kind.gravity < ProviderEventKind.DELIVERED.gravity for kind in entry.before):
        emit_events([entry.event("mail.delivered")], now=entry.now)


def _bounced(entry: _Told) -> None:
    bounce = Bounce(
        email_normalised=entry.row.email_normalised,
        severity=entry.told.severity,
        status=entry.told.status[:20],
        diagnostic=entry.row.detail,
        original_message_id=entry.row.message_id,
        at=entry.row.at,
    )
    bounces = Bounce.objects.bulk_create(news_of([bounce], known=Bounce.objects.all()))
    suppress_addresses(bounced_out(bounces, now=entry.now), now=entry.now)
    emit_events(
        (bounced_event(one, subject=entry.subject, contact=entry.contact) for one in bounces), now=entry.now
    )


def _complained(entry: _Told) -> None:
    _close(entry, "mail.complained", SuppressionReason.COMPLAINT)


def _unsubscribed(entry: _Told) -> None:
    _close(entry, "mail.unsubscribed", SuppressionReason.UNSUBSCRIBE)


def _close(entry: _Told, kind: str, reason: SuppressionReason) -> None:
    """What the person says through their mail program; said of one message, it counts once."""
    if entry.row.kind in entry.before:
        return
    suppression = NewSuppression(
        email_normalised=entry.row.email_normalised,
        reason=reason,
        detail=f"Told by {entry.row.provider}, of the message of card #{entry.row.card_id}.",
        contact_id=entry.contact.pk if entry.contact else None,
    )
    suppress_addresses([suppression], now=entry.now)
    emit_events([entry.event(kind)], now=entry.now)


def _failed(entry: _Told) -> None:
    """The provider took the message and could not send it: its failure, not the recipient's."""
    if entry.row.kind in entry.before:
        return
    ProviderFailure.objects.create(
        provider=entry.row.provider,
        kind=FailureKind.REFUSED,
        detail=entry.row.detail or "The provider took the message and did not send it.",
        card=entry.row.card,
        at=entry.now,
    )
    emit_events([entry.event("mail.failed")], now=entry.now)


_EFFECTS: dict[ProviderEventKind, Callable[[_Told], Any]] = {
    ProviderEventKind.DELIVERED: _delivered,
    ProviderEventKind.FAILED: _failed,
    ProviderEventKind.BOUNCED: _bounced,
    ProviderEventKind.UNSUBSCRIBED: _unsubscribed,
    ProviderEventKind.COMPLAINED: _complained,
}
