"""What a person's answer stops: every message of ours to them that waits, whichever engine asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from agent.models import Card, Event
from agent.moves import Move, move_cards
from agent.registry import Cycle
from agent.states import CardState
from engagement.mail.models import Stream
from engagement.mail.recipients import KIND

ACTOR = "mail"
REPLIED = "mail.reply.received"
# The policy's rule of the same mind, which judges what is claimed before this has seen the answer.
RULE = "client_has_not_replied_since"
WAITING = (CardState.PROPOSED, CardState.ALLOWED, CardState.DEFERRED, CardState.HELD)
# Mail is fetched a while after it was written: an answer that is this much older than a message was not known to it.
_ON_ITS_WAY = timedelta(days=1)


@dataclass(frozen=True)
class Reply:
    """The last answer of one contact: when they wrote it, and when we had it."""

    sent_at: datetime
    known_at: datetime

    def comes_after(self, card: Card) -> bool:
        """Whether the card was proposed without knowing of it."""
        return card.proposed_at < self.known_at and card.proposed_at <= self.sent_at + _ON_ITS_WAY


def stop_follow_ups(events: Iterable[Event], *, cycle: Cycle) -> int:
    """Take back the waiting messages to contacts who have written since; returns how many.

    What they wait for from us (transactional messages) still goes. A message that nobody has approved is cancelled;
    all others are blocked, which keeps their occasion: no engine proposes the same again. A card that a claim has in
    hand is left to it, and to the rule of the same name. A fixed number of statements.
    """
    replies = _last_replies(events)
    if not replies:
        return 0
    waiting = Card.objects.filter(kind=KIND, contact_id__in=replies, state__in=WAITING)
    cards = [
        card
        for card in waiting.exclude(_is_owed()).select_for_update(skip_locked=True).order_by("pk")
        if replies[card.contact_id].comes_after(card)
    ]
    _wake([card for card in cards if card.state == CardState.DEFERRED], cycle)
    moves = [
        Move(
            card=card,
            to=CardState.CANCELLED if card.state == CardState.HELD else CardState.BLOCKED,
            reason=f"They replied on {replies[card.contact_id].sent_at:%Y-%m-%d}.",
            rule=RULE,
        )
        for card in cards
    ]
    return len(move_cards(moves, actor=ACTOR, now=cycle.now, run_id=cycle.run_id))


def _last_replies(events: Iterable[Event]) -> dict[int, Reply]:
    replies: dict[int, Reply] = {}
    for event in events:
        contact_id = event.data.get("contact_id")
        if event.kind != REPLIED or contact_id is None:
            continue
        reply = Reply(datetime.fromisoformat(event.data["sent_at"]), event.occurred_at)
        if contact_id not in replies or replies[contact_id].sent_at < reply.sent_at:
            replies[contact_id] = reply
    return replies


def _is_owed() -> Q:
    return Q(payload__stream=Stream.TRANSACTIONAL)


def _wake(cards: Sequence[Card], cycle: Cycle) -> None:
    """A deferred card is judged again before it is refused."""
    reason = "They have written since; it is judged again."
    moves = [Move(card=card, to=CardState.PROPOSED, reason=reason) for card in cards]
    move_cards(moves, actor=ACTOR, now=cycle.now, run_id=cycle.run_id)
