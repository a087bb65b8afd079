"""What a person chooses for themself about our messages, through the link in one of them. In a tenant scope.

A choice holds for the person, whichever of their addresses the link was sent to. A person lifts their own opt-out
here and nothing else: what a bounce, a complaint or a lawyer closed is an operator's to lift.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from agent.models import Card
from engagement.mail.models import (
    CLOSED_STREAMS,
    OPTIONAL_STREAMS,
    EmailSuppression,
    Stream,
    SuppressionReason,
    SuppressionScope,
)
from engagement.mail.recipients import KIND, lock_recipients, recipient_of, stream_of
from engagement.mail.suppression import NewSuppression, lift_suppressions, suppress_addresses
from engagement.models import ContactAddress

ACTOR = "the recipient"
WHY_LIFTED = "They chose it themself, through the link in our message."
SCOPE_OF_STREAM: dict[Stream, SuppressionScope] = {
    Stream.RELATIONSHIP: SuppressionScope.RELATIONSHIP,
    Stream.MARKETING: SuppressionScope.MARKETING,
}


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom one message was written to, and in which stream."""

    card_id: int
    contact_id: int
    address: str
    stream: Stream


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """What is true for a person at one moment.

    `wanted` are the streams that they have not switched off, `closed` those that are closed for a reason that they
    cannot lift here. Nothing arrives before `paused_until`.
    """

    wanted: frozenset[Stream]
    closed: frozenset[Stream]
    paused_until: datetime | None

    def arrives(self, stream: Stream) -> bool:
        """Whether messages of the stream reach the person now."""
        return stream in self.wanted and stream not in self.closed and self.paused_until is None


def find_recipient(card_id: int) -> Recipient | None:
    """Whom the card's message was written to; None when there is no such card here, or nothing to choose."""
    card = Card.objects.filter(pk=card_id, kind=KIND, contact_id__isnull=False).first()
    if card is None or stream_of(card) not in OPTIONAL_STREAMS or not recipient_of(card):
        return None
    return Recipient(
        card_id=card_id,
        contact_id=card.contact_id,
        address=recipient_of(card),
        stream=Stream(stream_of(card)),
    )


def read_preferences(*, recipient: Recipient, now: datetime) -> Preferences:
    """What is true for the person now."""
    rows = [row for row in _rows_of(recipient) if row.until is None or row.until > now]
    pauses = [row.until for row in rows if row.reason == SuppressionReason.PAUSE]
    return Preferences(
        wanted=frozenset(OPTIONAL_STREAMS) - _closed_by(row for row in rows if _is_opt_out(row)),
        closed=_closed_by(
            row for row in rows if not _is_opt_out(row) and row.reason != SuppressionReason.PAUSE
        ),
        paused_until=max(pauses, default=None),
    )


def stop_stream(*, recipient: Recipient, now: datetime) -> None:
    """The one click: no more messages of the stream that the link came with. Twice is once."""
    suppress_addresses([_opt_out(recipient, SCOPE_OF_STREAM[recipient.stream])], now=now)


def choose_streams(*, recipient: Recipient, wanted: Collection[Stream], now: datetime) -> None:
    """Send the person these streams and no others."""
    lock_recipients([str(recipient.contact_id)])
    own = [row for row in _rows_of(recipient) if _is_opt_out(row)]
    lifted = [row for row in own if row.closed_streams & frozenset(wanted)]
    lift_suppressions(lifted, actor=ACTOR, reason=WHY_LIFTED, now=now)
    closed = _closed_by(row for row in own if row not in lifted)
    missing = frozenset(OPTIONAL_STREAMS) - frozenset(wanted) - closed
    scopes = [SCOPE_OF_STREAM[stream] for stream in missing]
    if missing == CLOSED_STREAMS[SuppressionScope.NON_TRANSACTIONAL]:
        scopes = [SuppressionScope.NON_TRANSACTIONAL]
    suppress_addresses([_opt_out(recipient, scope) for scope in scopes], now=now)


def pause_messages(*, recipient: Recipient, until: datetime, now: datetime) -> None:
    """Send the person nothing but what their orders need until then, instead of any pause they asked for before."""
    lock_recipients([str(recipient.contact_id)])
    pauses = _pauses_of(recipient)
    if [row.until for row in pauses] == [until]:
        return
    lift_suppressions(pauses, actor=ACTOR, reason=WHY_LIFTED, now=now)
    suppress_addresses(
        [
            NewSuppression(
                email_normalised=recipient.address,
                contact_id=recipient.contact_id,
                reason=SuppressionReason.PAUSE,
                detail=_said_where(recipient),
                until=until,
            )
        ],
        now=now,
    )


def end_pause(*, recipient: Recipient, now: datetime) -> None:
    """Write to the person again before the date they gave."""
    lift_suppressions(_pauses_of(recipient), actor=ACTOR, reason=WHY_LIFTED, now=now)


def _rows_of(recipient: Recipient) -> list[EmailSuppression]:
    """What nobody lifted: of the address the link was sent to, and what is personal at any other of theirs."""
    addresses = ContactAddress.objects.filter(contact_id=recipient.contact_id)
    theirs = {recipient.address, *addresses.values_list("email_normalised", flat=True)}
    rows = EmailSuppression.objects.unlifted().of_people(theirs, [recipient.contact_id]).order_by("id")
    return [row for row in rows if row.is_personal or row.email_normalised == recipient.address]


def _pauses_of(recipient: Recipient) -> list[EmailSuppression]:
    return [row for row in _rows_of(recipient) if row.reason == SuppressionReason.PAUSE]


def _is_opt_out(row: EmailSuppression) -> bool:
    return row.reason == SuppressionReason.UNSUBSCRIBE


def _closed_by(rows: Iterable[EmailSuppression]) -> frozenset[Stream]:
    return frozenset().union(*(row.closed_streams for row in rows))


def _opt_out(recipient: Recipient, scope: SuppressionScope) -> NewSuppression:
    return NewSuppression(
        email_normalised=recipient.address,
        contact_id=recipient.contact_id,
        reason=SuppressionReason.UNSUBSCRIBE,
        detail=_said_where(recipient),
        scope=scope,
    )


def _said_where(recipient: Recipient) -> str:
    return f"Through the link in the message of card #{recipient.card_id}."
