"""Who must not be written to: adding and lifting suppressions, in bulk and inside the caller's scope.

Which mail asks for one is decided in `engagement.mail.effects`, what a person chooses for themself in
`engagement.mail.preferences`. Reading them is `engagement.mail.recipients`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.events import NewEvent, emit_events
from agent.models import Card
from agent.registry import Ref
from agent.services import cancel_cards
from agent.states import OPEN_STATES
from engagement.mail.models import (
    CLOSED_STREAMS,
    Bounce,
    BounceSeverity,
    EmailSuppression,
    SuppressionReason,
    SuppressionScope,
)
from engagement.mail.recipients import KIND, lock_recipients, read_closures, recipient_of, stream_of
from engagement.models import ContactAddress

ACTOR = "mail"
SOFT_BOUNCE_LIMIT = 3
SOFT_BOUNCE_WINDOW = timedelta(days=14)
SOFT_BOUNCE_PAUSE = timedelta(days=30)

SCOPE_OF_REASON: dict[SuppressionReason, SuppressionScope] = {
    SuppressionReason.HARD_BOUNCE: SuppressionScope.ALL,
    SuppressionReason.SOFT_BOUNCE: SuppressionScope.ALL,
    # Somebody who reports us still gets what an order owes them, and nothing else (reliability notes, f2).
    SuppressionReason.COMPLAINT: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.UNSUBSCRIBE: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.PAUSE: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.DISSATISFIED: SuppressionScope.NON_TRANSACTIONAL,
    SuppressionReason.LEGAL: SuppressionScope.ALL,
    SuppressionReason.OPERATOR: SuppressionScope.ALL,
}
# What is lifted one at a time, by name, and with a sentence that says who asked for it.
GRAVE_REASONS = frozenset({SuppressionReason.COMPLAINT, SuppressionReason.LEGAL})
GRAVE_REASON_LENGTH = 20


class LiftRefused(ValueError):
    """A suppression cannot be lifted like this; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class NewSuppression:
    """One address to suppress and why; `contact_id` is whose it was when they said so, where that is known."""

    email_normalised: str
    reason: SuppressionReason
    detail: str = ""
    contact_id: int | None = None
    source_message_id: int | None = None
    until: datetime | None = None
    scope: SuppressionScope | None = None

    @property
    def closes(self) -> SuppressionScope:
        """What it closes: what its reason usually does, unless said otherwise."""
        return self.scope or SCOPE_OF_REASON[self.reason]


def suppress_addresses(wanted: Iterable[NewSuppression], *, now: datetime) -> list[EmailSuppression]:
    """Suppress addresses; returns the suppressions that are new or were prolonged, each told as an event.

    What is closed already, for that reason and as long, stays as it is. Cards that wait to write to whom is closed
    for good are cancelled; those that a date will free are judged again when they are claimed. A fixed number of
    statements, whatever the number of addresses.
    """
    entries = list({(one.email_normalised, one.reason, one.closes): one for one in wanted}.values())
    if not entries:
        return []
    owners = _owners_of(entries)
    lock_recipients(str(owners.get(one.email_normalised, one.email_normalised)) for one in entries)
    new, prolonged = _sort_out(entries, owners, now)
    EmailSuppression.objects.bulk_create(new)
    if prolonged:
        changed = ["until", "detail", "suppressed_at", "source_message", "contact"]
        EmailSuppression.objects.bulk_update(prolonged, changed)
    rows = [*new, *prolonged]
    _cancel_waiting_cards(rows, now)
    emit_events((_event(row) for row in rows), now=now)
    return rows


def is_closed_already(entry: NewSuppression) -> bool:
    """Whether suppressing this would change nothing."""
    known = EmailSuppression.objects.unlifted().for_addresses([entry.email_normalised])
    return any(_covers(row, entry) for row in known.filter(reason=entry.reason))


def lift_suppressions(
    rows: Collection[EmailSuppression],
    *,
    actor: str,
    reason: str,
    now: datetime,
    acknowledged: str = "",
) -> int:
    """Let these addresses be written to again; returns how many suppressions ended.

    Raises `LiftRefused` without a reason: whoever asks later must find one. A complaint and a legal demand are
    lifted only by a caller that names it in `acknowledged` and gives a whole sentence.
    """
    reason = reason.strip()
    if not reason:
        raise LiftRefused("Say why the address may be written to again.")
    for row in rows:
        if row.reason in GRAVE_REASONS and (row.reason != acknowledged or len(reason) < GRAVE_REASON_LENGTH):
            raise LiftRefused(
                f"{row.email_normalised} is suppressed because: {row.get_reason_display().lower()}. To lift that, "
                "say in a whole sentence who asked for it, when and how."
            )
    chosen = EmailSuppression.objects.unlifted().filter(pk__in=[row.pk for row in rows])
    open_rows = list(chosen.select_for_update().order_by("pk"))
    lifted = chosen.lift(actor=actor, reason=reason[:500], now=now)
    emit_events((_lifted_event(row, actor, reason) for row in open_rows), now=now)
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


def bounced_out(bounces: Sequence[Bounce], *, now: datetime) -> Iterator[NewSuppression]:
    """What stored bounces ask for. Hard: at once and for good. Soft: after three in 14 days, for 30 days."""
    soft = {bounce.email_normalised for bounce in bounces if bounce.severity == BounceSeverity.SOFT}
    paused = addresses_soft_bounced_out(soft, now=now) if soft else set()
    for bounce in bounces:
        is_hard = bounce.severity == BounceSeverity.HARD
        if is_hard or bounce.email_normalised in paused:
            yield NewSuppression(
                email_normalised=bounce.email_normalised,
                reason=SuppressionReason.HARD_BOUNCE if is_hard else SuppressionReason.SOFT_BOUNCE,
                detail=f"{bounce.status} {bounce.diagnostic}".strip(),
                source_message_id=bounce.message_id,
                until=None if is_hard else now + SOFT_BOUNCE_PAUSE,
            )


def _owners_of(entries: Sequence[NewSuppression]) -> dict[str, int]:
    """Whose the addresses are: by what the caller knows, or else by what is on file now."""
    on_file = ContactAddress.objects.filter(email_normalised__in=[one.email_normalised for one in entries])
    owners = dict(on_file.values_list("email_normalised", "contact_id"))
    return owners | {one.email_normalised: one.contact_id for one in entries if one.contact_id is not None}


def _sort_out(
    entries: Sequence[NewSuppression], owners: Mapping[str, int], now: datetime
) -> tuple[list[EmailSuppression], list[EmailSuppression]]:
    """Which suppressions are new, and which are there already and now last longer."""
    known: dict[tuple[str, str], list[EmailSuppression]] = defaultdict(list)
    addresses = {one.email_normalised for one in entries}
    for row in EmailSuppression.objects.unlifted().for_addresses(addresses):
        known[row.email_normalised, row.reason].append(row)
    new, prolonged = [], []
    for entry in entries:
        rows = known[entry.email_normalised, entry.reason]
        if any(_covers(row, entry) for row in rows):
            continue
        contact_id = owners.get(entry.email_normalised)
        same = next((row for row in rows if row.scope == entry.closes), None)
        if same is None:
            new.append(_row_of(entry, contact_id, now))
        else:
            same.until, same.detail, same.suppressed_at = entry.until, entry.detail[:500], now
            same.source_message_id, same.contact_id = entry.source_message_id, contact_id
            prolonged.append(same)
    return new, prolonged


def _covers(row: EmailSuppression, entry: NewSuppression) -> bool:
    """Whether the row closes all that the entry would, for at least as long."""
    lasts = row.until is None or (entry.until is not None and entry.until <= row.until)
    return lasts and row.closed_streams >= CLOSED_STREAMS[entry.closes]


def _cancel_waiting_cards(rows: Sequence[EmailSuppression], now: datetime) -> None:
    """Cancel the messages that wait, approved ones too, to whom is closed for good.

    A card that a claim has in hand is left to it: the claim waits for this transaction, and judges afterwards.
    """
    people = {row.contact_id for row in rows if row.until is None and row.contact_id is not None}
    if not people:
        return
    owners = dict(
        ContactAddress.objects.filter(contact_id__in=people).values_list("email_normalised", "contact_id")
    )
    closures = read_closures(addresses=(), owners=owners, contact_ids=people, now=now)
    waiting = Card.objects.filter(kind=KIND, contact_id__in=people, state__in=OPEN_STATES)
    closed = [
        card.pk
        for card in waiting.select_for_update(skip_locked=True).order_by("pk")
        if (row := closures.against(recipient_of(card), card.contact_id, stream_of(card))) is not None
        and row.until is None
    ]
    if closed:
        reason = "The recipient may no longer be written to."
        cancel_cards(Card.objects.filter(pk__in=closed), actor=ACTOR, reason=reason, now=now)


def _row_of(entry: NewSuppression, contact_id: int | None, now: datetime) -> EmailSuppression:
    return EmailSuppression(
        email_normalised=entry.email_normalised,
        contact_id=contact_id,
        scope=entry.closes,
        reason=entry.reason,
        detail=entry.detail[:500],
        source_message_id=entry.source_message_id,
        suppressed_at=now,
        until=entry.until,
    )


def _event(row: EmailSuppression) -> NewEvent:
    return NewEvent(
        kind="contact.suppressed",
        subject=_subject_of(row),
        data={
            "email": row.email_normalised,
            "contact_id": row.contact_id,
            "reason": row.reason,
            "scope": row.scope,
            "streams": sorted(row.closed_streams),
            "until": row.until.isoformat() if row.until else None,
        },
    )


def _lifted_event(row: EmailSuppression, actor: str, reason: str) -> NewEvent:
    return NewEvent(
        kind="contact.suppression_lifted",
        subject=_subject_of(row),
        data={
            "email": row.email_normalised,
            "contact_id": row.contact_id,
            "reason": row.reason,
            "scope": row.scope,
            "by": actor,
            "why": reason,
        },
    )


def _subject_of(row: EmailSuppression) -> Ref:
    """The person, where the address is somebody's."""
    if row.contact_id is None:
        return Ref(kind="email_suppression", id=str(row.pk), label=row.email_normalised)
    return Ref(kind="contact", id=str(row.contact_id), label=row.email_normalised)
