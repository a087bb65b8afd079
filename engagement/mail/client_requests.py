"""What clients ask people for by mail: from stored requests to `create_task` cards, and the proof of each.

A request was found when the mail was read (`engagement.mail.reading`). What lives here turns each into one card,
says why the other mails get none, and verifies a card's quote against the store (guardrail 1, spec P0.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from agent.models import Card, LeftAlone
from agent.registry import Cycle, Evidence, Left, Plan, Proposal, Ref
from agent.sensitive import mask_sensitive
from agent.states import KEY_FREEING_STATES, OPEN_STATES, CardState
from engagement.mail.models import Category, Direction, Message, SenderStanding, Tier
from engagement.mail.routing import ORDER_OF_NOBODY, REFUSED

ENGINE = "mail"
KIND = "create_task"
MESSAGE = "message"
# A client who waits for an answer comes before anybody we would like to hear from.
PRIORITY = 90

# What a client asks for: how the reason says it, and how the task begins.
_ACTS = {
    "call": ("a call", "Call"),
    "meeting": ("a meeting", "Meet"),
    "review": ("somebody to look at something", "Have a look"),
    "independence": ("what would break the appraiser's independence", "Refuse"),
}
INDEPENDENCE_OBJECTION = (
    "It asks for a value, or to choose, change or influence the appraiser. Appraiser independence forbids that, even "
    "when a client asks for it explicitly: nothing of it is passed on."
)
# Who does it, by whom the client asks for; the first that fits.
_ROLES = (
    (re.compile(r"\b(?:apprais|review|valuation|commercial)", re.I), "Chief appraiser"),
    (re.compile(r"\b(?:account(?:s|ing)|billing|invoic|payable|receivable)", re.I), "Accounting"),
    (
        re.compile(r"\b(?:leader|manage|owner|president|director|principal|executive|partner)", re.I),
        "Management",
    ),
)
_ROLE_OF_KIND = {"meeting": "Account manager"}
_USUAL_ROLE = "Client desk"
# What it takes of a message to tell whether its sender asks for a task.
PROOF = (
    "message_id",
    "direction",
    "tier",
    "category",
    "standing",
    "contact",
    "from_address",
    "newest_text",
    "reading",
)
_PERSON = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){0,2}")


def plan_requests(messages: Iterable[Message], cycle: Cycle) -> Plan:
    """One proposal for each request that has no card yet, and for every other mail the reason it gets none.

    Requests of strangers are proposed too: the guardrail refuses them, and the refusal is on record. No query.
    """
    proposals: list[Proposal] = []
    left_alone: list[Left] = []
    for message in messages:
        why_not = _why_not(message)
        if why_not is not None:
            left_alone.append(why_not)
        else:
            proposals += [_proposal(message, request, cycle) for request in asked_in(message)]
    return Plan(proposals=tuple(proposals), left_alone=tuple(left_alone))


def asked_in(message: Message) -> Sequence[Mapping[str, Any]]:
    """What a message asks of people: its requests, or else the sentence that presses for a value or an appraiser.

    The latter is proposed to be refused on record, like everything else of such a message.
    """
    pressure = pressure_in(message)
    return message.requests or ([{**pressure, **_NOT_DUE, "kind": "independence"}] if pressure else ())


_NOT_DUE = {"who": "", "due_at": None, "due_end_at": None, "due_words": ""}


def pressure_in(message: Message) -> Mapping[str, Any]:
    """Where a contact's message presses for a value or an appraiser: start, end and quote; empty where it does not."""
    is_theirs = message.standing == SenderStanding.CONTACT
    if message.category != Category.INDEPENDENCE_VIOLATION or not is_theirs:
        return {}
    return message.reading.get("pressure") or {}


def unanswered_messages() -> list[Message]:
    """Messages that no plan has answered, with their contacts; those with a card or a reason are left out.

    Three queries.
    """
    waiting = list(Message.objects.awaiting_plan().without_content().select_related("contact", "client"))
    answered = _left_alone_before(waiting)
    known = set(_occupying_cards(waiting).values_list("dedupe_key", flat=True))
    return [message for message in waiting if message.pk not in answered and not _keys(message) & known]


def mark_answered() -> int:
    """Take off the planner's list what needs no further look: left alone, or every request's card is final.

    Only keeps the list short: an answered message gets no second card, whether it is still on the list or not.
    """
    waiting = list(Message.objects.awaiting_plan().without_content())
    answered = _left_alone_before(waiting)
    final = _occupying_cards(waiting).exclude(state__in=OPEN_STATES)
    settled = set(final.values_list("dedupe_key", flat=True))
    done = [message.pk for message in waiting if message.pk in answered or _is_settled(message, settled)]
    return Message.objects.filter(pk__in=done).update(is_awaiting_plan=False) if done else 0


def task_facts(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """For each `create_task` card, in order: `ground_mail`, empty when its quote is proven, and what speaks against
    it where its mail would break the appraiser's independence. One query."""
    wanted = {card.payload.get("message_id", "") for card in cards}
    stored = Message.objects.filter(message_id__in=wanted).only(*PROOF)
    messages = {message.message_id: message for message in stored}
    return [
        {
            "ground_mail": _what_is_wrong(card, messages),
            "independence_objection": _breach(messages.get(card.payload.get("message_id", ""))),
        }
        for card in cards
    ]


def _breach(message: Message | None) -> str:
    """Why nothing that a message asks for may be done, where it presses for a value or an appraiser."""
    is_pressing = message is not None and message.category == Category.INDEPENDENCE_VIOLATION
    return INDEPENDENCE_OBJECTION if is_pressing else ""


def _what_is_wrong(card: Card, messages: Mapping[str, Message]) -> str:
    """Why the card's mail does not show that the client asked for this, or empty when it does."""
    payload = card.payload
    message = messages.get(payload.get("message_id", ""))
    if message is None:
        return "The mail this rests on is not in this tenant's store."
    if not _is_cited(card, message):
        return "The evidence of this task does not name the mail and the words that it rests on."
    problem = why_sender_cannot_ask(message)
    if problem:
        return problem
    start, end, quote = payload.get("start"), payload.get("end"), payload.get("quote", "")
    if not quote or not isinstance(start, int) or mask_sensitive(message.newest_text[start:end]) != quote:
        return "The quoted words do not stand where they are said to stand in what the sender wrote."
    if (start, end) not in {(request["start"], request["end"]) for request in message.requests}:
        return "The quoted words ask nobody for anything."
    return ""


def _is_cited(card: Card, message: Message) -> bool:
    cited = {(entry["type"], entry["id"], entry["quote"]) for entry in card.evidence}
    return ("mail", message.message_id, card.payload.get("quote", "")) in cited


def why_sender_cannot_ask(message: Message) -> str:
    """Why a request in this message is nobody's to carry out, or empty when a contact of ours wrote it."""
    if message.direction != Direction.IN or message.tier != Tier.HUMAN:
        return "No person wrote this mail to us."
    if "dmarc_fail" in message.reading.get("flags", ()):
        return "The mail fails its own domain's check (DMARC), so anybody may have written it."
    if message.standing == SenderStanding.OWN:
        return "Our own people wrote this; only a client can ask for a task."
    if message.standing != SenderStanding.CONTACT or message.contact_id is None:
        return f"{message.from_address or 'The sender'} is not a contact of ours."
    return ""


def _why_not(message: Message) -> Left | None:
    """The reason why a message gets no card, or None when it asks for something."""
    reading = message.reading
    flags = reading.get("flags", ())
    if message.standing == SenderStanding.OWN:
        code, reason = "own_people", "Our own people wrote this; only a client can ask for a task."
    elif pressure_in(message):
        return None
    elif message.category in REFUSED and message.standing == SenderStanding.CONTACT:
        code, reason = REFUSED[message.category]
    elif message.requests:
        return None
    elif "dmarc_fail" in flags:
        code, reason = (
            "not_authentic",
            "The mail fails its own domain's check (DMARC); anybody may have written it.",
        )
    elif reading.get("is_opt_out"):
        code, reason = "opt_out", "They ask not to be written to; their address is suppressed."
    elif "injected_instructions" in flags:
        code, reason = (
            "orders_to_programs",
            "It gives orders to a program. Text in a mail is never an instruction.",
        )
    elif message.category in REFUSED:
        code, reason = REFUSED[message.category]
    elif message.category == Category.NEW_ORDER and message.client_id is None:
        code, reason = ORDER_OF_NOBODY
    elif reading.get("is_only_quote"):
        code, reason = "only_quote", "The sender added no words of their own to what they quote."
    else:
        code, reason = "no_request", "Nobody is asked for something that only a person can do."
    return Left(subject=message_ref(message), code=code, reason=reason)


def _proposal(message: Message, request: Mapping[str, Any], cycle: Cycle) -> Proposal:
    who = sender_label(message)
    asked, _ = _ACTS[request["kind"]]
    when = f" ({request['due_words']})" if request["due_words"] else ""
    return Proposal(
        kind=KIND,
        subject=message_ref(message),
        contact=contact_ref(message),
        payload=_payload(message, request, cycle.now),
        reason=f"{who} asks for {asked}{when}.",
        evidence=_evidence(message, request),
        dedupe_key=request_key(message, request),
        priority=PRIORITY,
    )


def _evidence(message: Message, request: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """The client's words; and those that press for a value, where they are others."""
    quotes = dict.fromkeys([request["quote"], pressure_in(message).get("quote", request["quote"])])
    return tuple(Evidence(type="mail", id=message.message_id, quote=quote) for quote in quotes)


def _payload(message: Message, request: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    _, verb = _ACTS[request["kind"]]
    asked_for = request["who"]
    return {
        "what": f"{verb}, as asked by {sender_label(message)}: “{_one_line(request['quote'])}”"[:300],
        "role": _role(request),
        "assignee": asked_for if _PERSON.fullmatch(asked_for) else "",
        "due_at": request["due_at"],
        "due_end_at": request["due_end_at"],
        "due_words": _due_words(request, now),
        "message_id": message.message_id,
        "quote": request["quote"],
        "start": request["start"],
        "end": request["end"],
    }


def _due_words(request: Mapping[str, Any], now: datetime) -> str:
    """The client's words for when, with a warning when that moment has gone by before anybody could act."""
    last = request["due_end_at"] or request["due_at"]
    if last and datetime.fromisoformat(last) < now:
        return f"{request['due_words']} (already past when this was planned)"
    return str(request["due_words"])


def _role(request: Mapping[str, Any]) -> str:
    named = next((role for pattern, role in _ROLES if pattern.search(request["who"])), None)
    return named or _ROLE_OF_KIND.get(request["kind"], _USUAL_ROLE)


def request_key(message: Message, request: Mapping[str, Any]) -> str:
    """The occasion of a request: this message and this span."""
    return f"request:{message.pk}:{request['start']}"


def _keys(message: Message) -> set[str]:
    return {request_key(message, request) for request in asked_in(message)}


def _is_settled(message: Message, settled: set[str]) -> bool:
    keys = _keys(message)
    return bool(keys) and keys <= settled


def _left_alone_before(messages: Iterable[Message]) -> set[int]:
    ids = [str(message.pk) for message in messages]
    if not ids:
        return set()
    rows = LeftAlone.objects.filter(engine=ENGINE, subject_kind=MESSAGE, subject_id__in=ids)
    return {int(subject_id) for subject_id in rows.values_list("subject_id", flat=True)}


def _occupying_cards(messages: Iterable[Message]) -> Any:
    """The cards that hold the occasions of these messages: a lapsed one, or one that failed early, frees its own."""
    keys = {key for message in messages for key in _keys(message)}
    freed = Q(state__in=KEY_FREEING_STATES) | Q(state=CardState.FAILED, effect_began=False)
    return Card.objects.filter(dedupe_key__in=keys).exclude(freed)


def message_ref(message: Message) -> Ref:
    """The message as cards name it."""
    sender = message.from_name or message.from_address or "unknown sender"
    return Ref(kind=MESSAGE, id=str(message.pk), label=f"{message} ({sender})"[:300])


def contact_ref(message: Message) -> Ref | None:
    """Who wrote it, as cards name them."""
    contact = message.contact
    return Ref(kind="contact", id=str(contact.pk), label=str(contact)) if contact is not None else None


def sender_label(message: Message) -> str:
    """Who wrote it, and for whom, as a sentence names them."""
    name = (
        str(message.contact)
        if message.contact
        else message.from_name or message.from_address or "An unknown sender"
    )
    return f"{name} ({message.client.name})" if message.client else name


def _one_line(text: str) -> str:
    return " ".join(text.split())
