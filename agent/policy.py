"""Judging cards: gathers the facts of a batch, runs the rules, and stores every verdict.

The rules are in `agent.rules`. The same code judges at the proposal, at the claim and for the preview; only
`store_judgements` writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count

from agent import limits
from agent.models import Card, PolicyViolation, Verdict
from agent.registry import Cycle, registry
from agent.rules import RULES_VERSION, Action, Facts, Judgement, judge_action
from agent.states import STATE_OF_VERDICT, CardState, VerdictKind

DAY = timedelta(hours=24)
# States in which a message to a contact counts as written, or about to be.
WRITTEN_STATES = (CardState.DONE, CardState.EXECUTING, CardState.UNKNOWN)


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
    shared = _shared_facts(cycle)
    written = _messages_by_contact(cards, cycle)
    judged = []
    for card, known in zip(cards, _card_facts(cards, cycle), strict=True):
        to_contact = written[card.contact_id, card.is_rehearsal]
        facts = Facts({**shared, **known, "proposed_at": card.proposed_at, "messages_to_contact": to_contact})
        entry = Judged(
            card=card, facts=facts, judgement=judge_action(_action_of(card), facts, cycle.settings)
        )
        if entry.state == CardState.ALLOWED:
            _use_up(card, shared, written)
        judged.append(entry)
    return judged


def store_judgements(judged: Sequence[Judged], *, cycle: Cycle, is_at_claim: bool) -> None:
    """Keep every verdict with the facts it used, and every refusal as a policy violation."""
    Verdict.objects.bulk_create(_verdict_of(entry, cycle, is_at_claim) for entry in judged)
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


def _shared_facts(cycle: Cycle) -> dict[str, Any]:
    shared: dict[str, Any] = {
        "send_mode": str(cycle.send_mode),
        "next_hour": limits.next_window(cycle.now),
        "emails_left": limits.count_left(limits.EMAILS, cap=cycle.emails_per_hour, now=cycle.now),
        "research_left": limits.count_left(
            limits.RESEARCH, cap=cycle.settings.max_research_per_hour, now=cycle.now
        ),
    }
    for engine in registry:
        shared.update(engine.facts(cycle))
    return shared


def _card_facts(cards: Sequence[Card], cycle: Cycle) -> list[Mapping[str, Any]]:
    merged: list[dict[str, Any]] = [{} for _ in cards]
    for engine in registry:
        for facts, known in zip(merged, engine.card_facts(cards, cycle), strict=True):
            facts.update(known)
    return list(merged)


def _messages_by_contact(cards: Iterable[Card], cycle: Cycle) -> Counter[tuple[int | None, bool]]:
    """Messages of the last 24 hours by contact; a rehearsal takes attention from rehearsals alone."""
    contacts = {card.contact_id for card in cards if card.kind == "send_email" and card.contact_id}
    rows = (
        Card.objects.filter(contact_id__in=contacts, kind="send_email", state__in=WRITTEN_STATES)
        .filter(claimed_at__gt=cycle.now - DAY)
        .values_list("contact_id", "is_rehearsal")
        .annotate(messages=Count("id"))
    )
    return Counter({(contact, is_rehearsal): messages for contact, is_rehearsal, messages in rows})


def _use_up(card: Card, shared: dict[str, Any], written: Counter[tuple[int | None, bool]]) -> None:
    if card.kind == "send_email":
        written[card.contact_id, card.is_rehearsal] += 1
        if not card.is_rehearsal:
            shared["emails_left"] -= 1
    elif card.kind == "research":
        shared["research_left"] -= 1


def _action_of(card: Card) -> Action:
    return Action(
        kind=card.kind,
        engine=card.engine,
        contact_id=card.contact_id,
        is_rehearsal=card.is_rehearsal,
        evidence_types=frozenset(entry["type"] for entry in card.evidence),
        payload=card.payload,
    )


def _verdict_of(entry: Judged, cycle: Cycle, is_at_claim: bool) -> Verdict:
    ruling = entry.judgement.ruling
    return Verdict(
        card=entry.card,
        run_id=cycle.run_id,
        kind=ruling.kind,
        rule=entry.judgement.rule,
        reason=ruling.reason,
        until=ruling.until,
        results=[list(result) for result in entry.judgement.results],
        facts=dict(entry.facts),
        rules_version=RULES_VERSION,
        is_at_claim=is_at_claim,
        at=cycle.now,
    )
