"""Judging cards: gathers the facts of a batch, runs the rules, and stores every verdict.

The rules are in `agent.rules`. The same code judges at the proposal, at the claim and for the preview; only
`store_judgements` writes.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection

from agent import limits
from agent.bulk import insert_rows
from agent.models import Card, PolicyViolation, Verdict
from agent.registry import Cycle, registry
from agent.rules import RULES_VERSION, Action, Facts, Judgement, judge_action
from agent.sensitive import find_sensitive
from agent.states import STATE_OF_VERDICT, CardState, VerdictKind
from agent.switches import MAIL_KIND, Switches, read_mail_stop

DAY = timedelta(hours=24)
FORTNIGHT = timedelta(days=14)
# Messages to a contact, of the last 24 hours and of the last 14 days; rehearsals by themselves.
Attention = dict[tuple[int | None, bool], tuple[int, int]]
# States in which a message to a contact counts as written, or about to be.
WRITTEN_STATES = (CardState.DONE, CardState.EXECUTING, CardState.UNKNOWN)
WRITTEN_SQL = """
    SELECT contact_id, is_rehearsal, count(*) FILTER (WHERE claimed_at > %(day)s), count(*)
    FROM kanban_cards
    WHERE contact_id = ANY(%(contacts)s) AND kind = %(kind)s AND state = ANY(%(states)s) AND claimed_at > %(fortnight)s
    GROUP BY contact_id, is_rehearsal
"""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One card with the facts that the rules saw and what they said."""

    card: Card
    facts: Facts
    judgement: Judgement

    @property
    def state(self) -> CardState:
        """The state that the verdict calls for."""
        return STATE_OF_VERDICT[self.judgement.ruling.kind]


def judge_cards(cards: Sequence[Card], cycle: Cycle) -> list[Judged]:
    """Judge a batch in work order. A bounded number of statements, whatever its size; writes nothing.

    What one card takes of a cap or of a contact's attention, the next in the batch no longer finds.
    """
    if not cards:
        return []
    around = _facts_around(cards, cycle)
    shared = functools.cache(functools.partial(_shared_facts, cycle))
    left = limits.read_left(cycle) if any(_is_capped(card) for card in cards) else {}
    written = _messages_by_contact(cards, cycle)
    judged = []
    for card, known in zip(cards, _card_facts(cards, cycle), strict=True):
        facts = Facts({**around, **known, **_own_facts(card, left, written)}, shared)
        entry = Judged(
            card=card, facts=facts, judgement=judge_action(_action_of(card), facts, cycle.settings)
        )
        if entry.state == CardState.ALLOWED:
            _use_up(card, left, written)
        judged.append(entry)
    return judged


def store_judgements(judged: Sequence[Judged], *, cycle: Cycle, is_at_claim: bool) -> None:
    """Keep every verdict with the facts it used, and every refusal as a policy violation."""
    insert_rows(
        Verdict,
        [_verdict_of(entry) for entry in judged],
        run_id=cycle.run_id,
        rules_version=RULES_VERSION,
        is_at_claim=is_at_claim,
        at=cycle.now,
    )
    PolicyViolation.objects.bulk_create(
        PolicyViolation(
            card=entry.card,
            run_id=cycle.run_id,
            rule=entry.judgement.rule,
            reason=entry.judgement.ruling.reason,
            action={
                "kind": entry.card.kind,
                "subject": entry.card.subject_label,
                "payload": entry.card.payload,
            },
            at=cycle.now,
        )
        for entry in judged
        if entry.judgement.ruling.kind == VerdictKind.BLOCK
    )


def _facts_around(cards: Sequence[Card], cycle: Cycle) -> dict[str, Any]:
    """What is the same for every card of the batch and cheap to know."""
    around: dict[str, Any] = {
        "send_mode": str(cycle.send_mode),
        "next_hour": limits.next_window(cycle.now),
    }
    if any(card.kind == MAIL_KIND for card in cards):
        held = cycle.memory.get(Switches)
        around["mail_stop"] = read_mail_stop(cycle.tenant.pk) if held is None else held.mail_stop
    return around


def _shared_facts(cycle: Cycle) -> dict[str, Any]:
    """What the engines know of the whole tenant: read when a rule first asks for any of it, which few cards need."""
    shared: dict[str, Any] = {}
    for engine in registry:
        shared.update(engine.facts(cycle))
    return shared


def _own_facts(card: Card, left: Mapping[str, limits.Left], written: Attention) -> dict[str, Any]:
    """What the kernel itself knows of one card, after those judged before it."""
    within_day, within_fortnight = written[card.contact_id, card.is_rehearsal]
    facts: dict[str, Any] = {
        "proposed_at": card.proposed_at,
        "messages_to_contact": within_day,
        "messages_in_fortnight": within_fortnight,
        "sensitive": find_sensitive(card.payload),
    }
    if _is_capped(card):
        facts |= {"cap_left": left[card.kind].count, "cap_until": left[card.kind].until}
    return facts


def _card_facts(cards: Sequence[Card], cycle: Cycle) -> list[Mapping[str, Any]]:
    merged: list[dict[str, Any]] = [{} for _ in cards]
    for engine in registry:
        for facts, known in zip(merged, engine.card_facts(cards, cycle), strict=True):
            facts.update(known)
    return list(merged)


def _messages_by_contact(cards: Iterable[Card], cycle: Cycle) -> Attention:
    """Messages of the last 24 hours and 14 days by contact; a rehearsal takes attention from rehearsals alone."""
    contacts = {card.contact_id for card in cards if card.kind == MAIL_KIND and card.contact_id}
    if not contacts:
        return defaultdict(lambda: (0, 0))
    with connection.cursor() as cursor:
        cursor.execute(
            WRITTEN_SQL,
            {
                "kind": MAIL_KIND,
                "contacts": sorted(contacts),
                "states": list(WRITTEN_STATES),
                "day": cycle.now - DAY,
                "fortnight": cycle.now - FORTNIGHT,
            },
        )
        rows = cursor.fetchall()
    found: Attention = defaultdict(lambda: (0, 0))
    found |= {(contact, is_rehearsal): (day, all_) for contact, is_rehearsal, day, all_ in rows}
    return found


def _is_capped(card: Card) -> bool:
    """Whether the card takes from a cap. A rehearsal takes from none, because nothing leaves."""
    return card.kind in limits.COUNTED_AS and not card.is_rehearsal


def _use_up(card: Card, left: dict[str, limits.Left], written: Attention) -> None:
    if card.kind == "send_email":
        within_day, within_fortnight = written[card.contact_id, card.is_rehearsal]
        written[card.contact_id, card.is_rehearsal] = (within_day + 1, within_fortnight + 1)
    if _is_capped(card):
        left[card.kind] = replace(left[card.kind], count=left[card.kind].count - 1)


def _action_of(card: Card) -> Action:
    return Action(
        kind=card.kind,
        engine=card.engine,
        contact_id=card.contact_id,
        is_rehearsal=card.is_rehearsal,
        evidence_types=frozenset(entry["type"] for entry in card.evidence),
        payload=card.payload,
    )


def _verdict_of(entry: Judged) -> dict[str, Any]:
    ruling = entry.judgement.ruling
    return {
        "card_id": entry.card.pk,
        "kind": ruling.kind,
        "rule": entry.judgement.rule,
        "reason": ruling.reason,
        "until": ruling.until,
        "results": entry.judgement.results,
        "facts": dict(entry.facts),
    }
