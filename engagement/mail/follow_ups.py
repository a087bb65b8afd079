"""The cards that follow from what a mail is (`engagement.mail.routing`), and the one that pauses marketing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from agent.models import Card
from agent.registry import Cycle, DatabaseHandler, Effect, Evidence, Outcome, Proposal
from agent.sensitive import mask_sensitive
from engagement.mail.client_requests import contact_ref, message_ref, sender_label, why_sender_cannot_ask
from engagement.mail.models import Message, SuppressionReason
from engagement.mail.routing import (
    COMPLAINT_PAUSE,
    PAUSE_MARKETING,
    ROUTES,
    SEND_EMAIL,
    UNHAPPY_ROUTES,
    UNTRUSTED_FLAGS,
    Route,
)
from engagement.mail.suppression import NewSuppression, suppress_addresses

COMPLAINT = "complaint"


class PauseMarketing(DatabaseHandler):
    """Stops news, check-ins and surveys to somebody who complained, until a day. What an order owes them still goes."""

    kind: ClassVar[str] = PAUSE_MARKETING
    label: ClassVar[str] = "Pause marketing after a complaint"

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        (outcome,) = self.apply_all([card], cycle)
        return outcome

    def apply_all(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Outcome]:
        """Close the streams of all of them together."""
        suppress_addresses((_suppression(card) for card in cards), now=cycle.now)
        return [
            Outcome(effect=Effect.DONE, reason=f"Paused until {card.payload['until'][:10]}.")
            for card in cards
        ]


def plan_follow_ups(messages: Iterable[Message], cycle: Cycle) -> list[Proposal]:
    """The cards of messages that no plan has answered, loaded with their contacts. No query."""
    return [
        _proposal(message, route, cycle)
        for message in messages
        for route in routes_of(message)
        if not why_sender_cannot_ask(message)
    ]


def routes_of(message: Message) -> tuple[Route, ...]:
    """What a message's category asks for; nothing where the message may be anybody's."""
    reading = message.reading
    if UNTRUSTED_FLAGS & set(reading.get("flags", ())):
        return ()
    is_unhappy = reading.get("sentiment", {}).get("label") == "negative" and bool(_complaint(message))
    return ROUTES.get(message.category, ()) or (
        UNHAPPY_ROUTES.get(message.category, ()) if is_unhappy else ()
    )


def _proposal(message: Message, route: Route, cycle: Cycle) -> Proposal:
    contact = message.contact
    return Proposal(
        kind=route.kind,
        subject=message_ref(message),
        contact=contact_ref(message),
        payload=_message_payload(message, route) if route.kind == SEND_EMAIL else _pause(message, cycle.now),
        reason=route.reason.format(who=sender_label(message)),
        evidence=(Evidence(type="mail", id=message.message_id, quote=_complaint(message)),),
        dedupe_key=f"{route.name}:{message.pk}:{contact.pk if contact else 0}",
        priority=route.priority,
    )


def _message_payload(message: Message, route: Route) -> dict[str, Any]:
    """An answer to the message, in its conversation, to the address it came from."""
    payload: dict[str, Any] = {
        "template": route.template,
        "variables": {
            "subject": _answered(message.subject),
            "sent_on": f"{message.sent_at:%B} {message.sent_at.day}",
        },
        "to": message.from_address,
        "stream": route.stream,
        "in_reply_to": message.message_id,
    }
    return {**payload, "approval": route.approval} if route.approval else payload


def _pause(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "to": message.from_address,
        "message": message.pk,
        "until": (now + COMPLAINT_PAUSE).isoformat(),
    }


def _suppression(card: Card) -> NewSuppression:
    return NewSuppression(
        email_normalised=card.payload["to"],
        reason=SuppressionReason.DISSATISFIED,
        detail=card.evidence[0]["quote"],
        contact_id=card.contact_id,
        source_message_id=card.payload["message"],
        until=datetime.fromisoformat(card.payload["until"]),
    )


def _complaint(message: Message) -> str:
    """The sender's words that complain, where the reading found them in what they wrote."""
    signals = (one for one in message.reading.get("signals", ()) if one["type"] == COMPLAINT)
    said = mask_sensitive(message.newest_text)
    return next((one["evidence"] for one in signals if one["evidence"] in said), "")


def _answered(subject: str) -> str:
    """The subject line of an answer."""
    line = " ".join(subject.split())
    return line if line.lower().startswith("re:") else f"Re: {line}".strip()
