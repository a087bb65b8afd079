"""What our messages answer: how they take their place in a conversation, and what keeps two programs from talking.

A message of ours answers when its card names another one's Message-ID. One that follows up a message of our own is no
answer: nobody's words caused it. That no answer leaves against these facts is the policy's (`agent.rules`).
Sources: RFC 5322, section 3.6.4 (threads); RFC 3834 (answers by programs); pitfalls L1 to L3.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from agent.models import Card
from agent.states import CardState
from engagement.addresses import domain_of, is_automated, is_freemail
from engagement.mail.letters import MAX_REFERENCES
from engagement.mail.models import Direction, Message, SenderStanding, Tier
from engagement.mail.recipients import KIND, recipient_of
from engagement.mail.senders import untagged

# One automatic answer a conversation, and one a domain: who changes their address for each message stays one domain.
PER_CONVERSATION = timedelta(days=7)
PER_DOMAIN = timedelta(hours=1)
# "Re:" in the languages that mail programs write it in, also as "Re[2]:".
_ANSWERED = re.compile(
    r"^(?:(?:re|aw|sv|vs|antw|odp|rif|res|ref|ynt|回复|答复|返信)\s?(?:\[\d{1,3}\])?\s?[:：]\s*)+", re.I
)
_MACHINES = {
    Tier.AUTOMATED: "a program",
    Tier.LIST: "a mailing list",
    Tier.AUTO_REPLY: "an automatic reply",
    Tier.BOUNCE: "a delivery report",
    Tier.COMPLAINT: "a complaint report",
}
_UNDER_WAY = (CardState.EXECUTING, CardState.UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A stored message that a message of ours refers to."""

    message_id: str
    thread_id: int
    subject: str
    references: tuple[str, ...]
    is_ours: bool
    objection: str

    @property
    def chain(self) -> tuple[str, ...]:
        """What an answer to it refers to: all that it refers to, and itself. The first of a long one always stays."""
        known = tuple(dict.fromkeys((*self.references, self.message_id)))
        return known if len(known) <= MAX_REFERENCES else (known[0], *known[1 - MAX_REFERENCES :])

    def subject_of_answer(self, otherwise: str) -> str:
        """Its subject behind one "Re:", however many it has; another one when it has none."""
        plain = _ANSWERED.sub("", " ".join(self.subject.split()))
        return f"Re: {plain}" if plain else otherwise


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The automatic answers of late: the last in each conversation, and the last to each domain."""

    by_thread: Mapping[int, datetime]
    by_domain: Mapping[str, datetime]


def answered_by(card: Card) -> str:
    """The Message-ID that the card's message answers or follows up; empty when it begins a conversation."""
    return str(card.payload.get("in_reply_to") or "")


def read_answered(cards: Iterable[Card]) -> dict[str, Answered]:
    """The stored messages that these cards refer to, by Message-ID. At most one query."""
    wanted = {answered_by(card) for card in cards} - {""}
    if not wanted:
        return {}
    rows = Message.objects.filter(message_id__in=wanted).select_related("thread").defer("body_text")
    return {row.message_id: _answered(row) for row in rows}


def read_answers(answered: Mapping[str, Answered], cards: Sequence[Card], now: datetime) -> Answers:
    """The automatic answers that stand against further ones. Three queries, and none where nothing is answered.

    Those that are under way count too: they are not stored before the provider has answered.
    """
    if not any(not entry.is_ours for entry in answered.values()):
        return Answers(by_thread={}, by_domain={})
    by_thread: dict[int, datetime] = {}
    by_domain: dict[str, datetime] = {}
    threads = {entry.thread_id for entry in answered.values()}
    for thread_id, addresses, at in (*_answers_sent(threads, now), *_answers_under_way(cards, now)):
        by_thread[thread_id] = max(at, by_thread.get(thread_id, at))
        if at > now - PER_DOMAIN:
            for domain in map(_household, addresses):
                by_domain[domain] = max(at, by_domain.get(domain, at))
    return Answers(by_thread=by_thread, by_domain=by_domain)


def answer_facts(card: Card, answered: Mapping[str, Answered], answers: Answers) -> dict[str, Any]:
    """Why the card's answer may never leave; whether its conversation has had one; until when its domain has."""
    message_id = answered_by(card)
    entry = answered.get(message_id)
    if message_id and entry is None:
        objection = (
            "The message that it answers is not in this company's store, so nobody knows who wrote it."
        )
        return {"answer_objection": objection, "thread_answered_at": None, "domain_answered_until": None}
    if entry is None or entry.is_ours:
        return {"answer_objection": "", "thread_answered_at": None, "domain_answered_until": None}
    last = answers.by_domain.get(_household(recipient_of(card)))
    return {
        "answer_objection": entry.objection,
        "thread_answered_at": answers.by_thread.get(entry.thread_id),
        "domain_answered_until": last + PER_DOMAIN if last else None,
    }


def _household(address: str) -> str:
    """Whose program could answer us from there: a domain's, or one person's at a public mail service."""
    domain = domain_of(address)
    return untagged(address) if is_freemail(domain) else domain


def _answered(message: Message) -> Answered:
    is_ours = message.direction == Direction.OUT
    return Answered(
        message_id=message.message_id,
        thread_id=message.thread_id,
        subject=message.subject or message.thread.subject,
        references=_references_of(message),
        is_ours=is_ours,
        objection="" if is_ours else _why_no_answer(message),
    )


def _why_no_answer(message: Message) -> str:
    """Why nobody should answer a message by a program, in a sentence; empty when a person outside wrote it."""
    if message.standing == SenderStanding.OWN:
        return "The message that it answers is our own."
    machine = _MACHINES.get(Tier(message.tier), "")
    if not machine and (not message.from_address or is_automated(message.from_address)):
        machine = "an address that takes no answers"
    return (
        f"The message that it answers comes from {machine}, and programs are not answered." if machine else ""
    )


def _references_of(message: Message) -> tuple[str, ...]:
    """What a message refers to, by its own headers; the first of its conversation where it says nothing."""
    headers = {name.lower(): value for name, value in reversed(message.headers)}
    said = [*headers.get("references", "").split(), message.in_reply_to]
    referred = [one for one in said if one.startswith("<") and one.endswith(">") and one.isascii()]
    if not referred and message.thread.root_message_id != message.message_id:
        referred = [message.thread.root_message_id]
    return tuple(dict.fromkeys(referred))


def _answers_sent(threads: Collection[int], now: datetime) -> Iterator[tuple[int, list[str], datetime]]:
    """Our stored answers to others: a week's in these conversations, an hour's in any."""
    late = Q(thread_id__in=threads, sent_at__gt=now - PER_CONVERSATION) | Q(stored_at__gt=now - PER_DOMAIN)
    rows = Message.objects.filter(late, direction=Direction.OUT, tier=Tier.AUTOMATED).exclude(in_reply_to="")
    theirs = Message.objects.filter(direction=Direction.IN).values("message_id")
    answers = rows.filter(in_reply_to__in=theirs).values_list("thread_id", "to_addresses", "sent_at")
    for thread_id, recipients, at in answers:
        yield thread_id, [entry["address"] for entry in recipients], at


def _answers_under_way(judged: Sequence[Card], now: datetime) -> Iterator[tuple[int, list[str], datetime]]:
    """Those that a provider may have been given, of which its answer is not recorded yet."""
    under_way = Card.objects.filter(
        kind=KIND, state__in=_UNDER_WAY, is_rehearsal=False, claimed_at__gt=now - PER_CONVERSATION
    ).exclude(pk__in=[card.pk for card in judged if card.pk])
    cards = list(under_way)
    answered = read_answered(cards)
    for card in cards:
        entry = answered.get(answered_by(card))
        if entry is not None and not entry.is_ours and card.claimed_at is not None:
            yield entry.thread_id, [recipient_of(card)], card.claimed_at
