"""Who must not be written to: adding, lifting and looking up suppressions, in bulk and inside the caller's scope.

Which mail asks for one is decided in `engagement.mail.effects`; that no message passes one is a policy rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.mail.models import (
    Bounce,
    BounceSeverity,
    EmailSuppression,
    SuppressionReason,
    SuppressionScope,
)

SOFT_BOUNCE_LIMIT = 3
SOFT_BOUNCE_WINDOW = timedelta(days=14)
SOFT_BOUNCE_PAUSE = timedelta(days=30)

SCOPE_OF_REASON: dict[SuppressionReason, SuppressionScope] = {
    SuppressionReason.HARD_BOUNCE: SuppressionScope.ALL,
    SuppressionReason.SOFT_BOUNCE: SuppressionScope.ALL,
    # Somebody who reports us still gets what an order owes them, and nothing else (reliability notes, f2).
    SuppressionReason.COMPLAINT: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.UNSUBSCRIBE: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.LEGAL: SuppressionScope.ALL,
    SuppressionReason.OPERATOR: SuppressionScope.ALL,
}


class LiftRefused(ValueError):
    """A suppression cannot be lifted like this; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class NewSuppression:
    """One address to suppress and why; `contact_id` is whose address it is, where we know."""

    email_normalised: str
    reason: SuppressionReason
    detail: str = ""
    contact_id: int | None = None
    source_message_id: int | None = None
    until: datetime | None = None
    scope: SuppressionScope | None = None


def suppress_addresses(wanted: Iterable[NewSuppression], *, now: datetime) -> list[EmailSuppression]:
    """Suppress addresses; returns the suppressions that are new or were prolonged, each told as an event.

    One that is in force already stays as it is. Four statements, whatever the number.
    """
    unique = {(entry.email_normalised, entry.reason): entry for entry in wanted}
    addresses = {address for address, _ in unique}
    known = {
        (row.email_normalised, row.reason): row
        for row in EmailSuppression.objects.for_addresses(addresses).filter(lifted_at__isnull=True)
    }
    new, prolonged = [], []
    for key, entry in unique.items():
        row = known.get(key)
        if row is None:
            new.append(_row_of(entry, now))
        elif row.until is not None and (entry.until is None or entry.until > row.until):
            row.until, row.detail = entry.until, entry.detail[:500]
            row.suppressed_at, row.source_message_id = now, entry.source_message_id
            prolonged.append(row)
    EmailSuppression.objects.bulk_create(new)
    if prolonged:
        changed = ["until", "detail", "suppressed_at", "source_message"]
        EmailSuppression.objects.bulk_update(prolonged, changed)
    rows = [*new, *prolonged]
    emit_events((_event(row, unique[row.email_normalised, row.reason]) for row in rows), now=now)
    return rows


def lift_suppressions(rows: Sequence[EmailSuppression], *, actor: str, reason: str, now: datetime) -> int:
    """Let these addresses be written to again; returns how many suppressions ended.

    Raises `LiftRefused` without a reason: whoever asks later must find one.
    """
    if not reason.strip():
        raise LiftRefused("Say why the address may be written to again.")
    chosen = EmailSuppression.objects.filter(pk__in=[row.pk for row in rows])
    lifted = chosen.lift(actor=actor, reason=reason.strip()[:500], now=now)
    emit_events(
        (
            NewEvent(
                kind="contact.suppression_lifted",
                subject=Ref(kind="email_suppression", id=str(row.pk), label=row.email_normalised),
                data={
                    "email": row.email_normalised,
                    "reason": row.reason,
                    "by": actor,
                    "why": reason.strip(),
                },
            )
            for row in rows
            if row.lifted_at is None
        ),
        now=now,
    )
    return lifted


def addresses_soft_bounced_out(addresses: Iterable[str], *, now: datetime) -> set[str]:
    """Those addresses whose soft bounces reached the limit within the window. One query."""
    stamps: dict[str, int] = defaultdict(int)
    rows = Bounce.objects.filter(
        email_normalised__in=set(addresses),
        severity=BounceSeverity.SOFT,
        at__gt=now - SOFT_BOUNCE_WINDOW,
        at__lte=now,
    )
    for address in rows.values_list("email_normalised", flat=True):
        stamps[address] += 1
    return {address for address, count in stamps.items() if count >= SOFT_BOUNCE_LIMIT}


def find_suppressions(addresses: Iterable[str], *, now: datetime) -> Mapping[str, list[EmailSuppression]]:
    """The suppressions in force by address. One query."""
    found: dict[str, list[EmailSuppression]] = defaultdict(list)
    for row in EmailSuppression.objects.in_force(now).for_addresses(addresses).order_by("id"):
        found[row.email_normalised].append(row)
    return found


def why_suppressed(rows: Iterable[EmailSuppression], *, stream: str) -> str:
    """The sentence an operator reads when the stream is closed for an address, or empty when it is open."""
    for row in rows:
        if row.closes(stream):
            since = f"{row.suppressed_at:%Y-%m-%d}"
            until = f" until {row.until:%Y-%m-%d}" if row.until else ""
            return f"{row.email_normalised} is suppressed since {since}{until}: {row.get_reason_display()}."
    return ""


def _row_of(entry: NewSuppression, now: datetime) -> EmailSuppression:
    return EmailSuppression(
        email_normalised=entry.email_normalised,
        scope=entry.scope or SCOPE_OF_REASON[entry.reason],
        reason=entry.reason,
        detail=entry.detail[:500],
        source_message_id=entry.source_message_id,
        suppressed_at=now,
        until=entry.until,
    )


def _event(row: EmailSuppression, entry: NewSuppression) -> NewEvent:
    subject = ("contact", entry.contact_id) if entry.contact_id else ("email_suppression", row.pk)
    return NewEvent(
        kind="contact.suppressed",
        subject=Ref(kind=subject[0], id=str(subject[1]), label=row.email_normalised),
        data={
            "email": row.email_normalised,
            "contact_id": entry.contact_id,
            "reason": row.reason,
            "scope": row.scope,
            "until": row.until.isoformat() if row.until else None,
        },
    )
