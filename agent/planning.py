"""From the engines' proposals to judged cards. The preview runs `draft_cards` and stops there; a cycle stores.

What the rules say is `agent.policy`; what becomes of allowed cards is `agent.executor`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from agent.models import Card, CardTransition, LeftAlone, Reflection, Run
from agent.moves import Move, move_cards
from agent.policy import Judged, judge_cards, store_judgements
from agent.registry import Cycle, Engine, Hint, Left, Proposal, registry
from agent.states import KEY_FREEING_STATES, CardState, SendMode, VerdictKind

PLANNER = "planner"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What planning found: new cards (unsaved), older ones due for judgement, and rows left alone."""

    new: tuple[Card, ...]
    waiting: tuple[Card, ...]
    left_alone: tuple[tuple[str, Left], ...]
    looked_at: dict[str, int]

    @property
    def cards(self) -> list[Card]:
        """All cards to be judged, in work order."""
        return sorted((*self.waiting, *self.new), key=_work_order)


def draft_cards(cycle: Cycle) -> Draft:
    """Let every engine plan, and drop what is proposed already. Reads only."""
    handlers = registry.handlers()
    new: list[Card] = []
    left_alone: list[tuple[str, Left]] = []
    looked_at: dict[str, int] = {}
    for engine in registry:
        plan = engine.plan(cycle)
        looked_at[engine.slug] = len(plan.proposals) + len(plan.left_alone)
        left_alone += [(engine.slug, left) for left in plan.left_alone]
        for proposal in plan.proposals:
            if proposal.kind not in handlers:
                raise LookupError(
                    f"{engine.slug} proposed a {proposal.kind!r} card, and no engine handles that kind."
                )
            rehearse = handlers[proposal.kind].leaves_database and cycle.send_mode == SendMode.DRY_RUN
            new.append(_card_of(proposal, engine, cycle, is_rehearsal=rehearse))
    return Draft(
        new=tuple(_without_known(new)),
        waiting=tuple(_due_for_judgement(cycle)),
        left_alone=tuple(left_alone),
        looked_at=looked_at,
    )


def plan_and_judge(cycle: Cycle) -> tuple[Draft, list[Judged]]:
    """The planning phase without its writing: what the preview shows, and what `store_plan` stores."""
    draft = draft_cards(cycle)
    return draft, judge_cards(draft.cards, cycle)


def store_plan(draft: Draft, judged: Sequence[Judged], *, cycle: Cycle, run: Run) -> None:
    """Keep new cards, wake deferred ones, let undecided ones lapse, store verdicts, make the moves they ask for."""
    Card.objects.bulk_create(draft.new)
    CardTransition.objects.bulk_create(
        CardTransition(
            card=card,
            run_id=cycle.run_id,
            new=CardState.PROPOSED,
            actor=card.engine,
            reason=card.reason,
            at=cycle.now,
        )
        for card in draft.new
    )
    lapsed = [
        Move(card=card, to=CardState.EXPIRED, reason="Nobody decided in time.")
        for card in Card.objects.lapsed(cycle.now)
        if not cycle.is_simulated
    ]
    waking = [
        Move(card=card, to=CardState.PROPOSED, reason="Its time has come.")
        for card in draft.waiting
        if card.state == CardState.DEFERRED
    ]
    move_cards([*lapsed, *waking], actor=PLANNER, now=cycle.now, run_id=cycle.run_id)
    store_judgements(judged, cycle=cycle, is_at_claim=False)
    moves = [move_of(entry, cycle) for entry in judged]
    move_cards(moves, actor=PLANNER, now=cycle.now, run_id=cycle.run_id)
    _store_left_alone(draft, run=run, now=cycle.now)


def _store_left_alone(draft: Draft, *, run: Run, now: datetime) -> None:
    """Why each due row for which nothing was proposed was left alone."""
    LeftAlone.objects.bulk_create(
        LeftAlone(
            run=run,
            engine=engine,
            subject_kind=left.subject.kind,
            subject_id=left.subject.id,
            subject_label=left.subject.label,
            code=left.code,
            reason=left.reason,
            at=now,
        )
        for engine, left in draft.left_alone
    )


def move_of(entry: Judged, cycle: Cycle) -> Move:
    """The move that a verdict calls for."""
    ruling = entry.judgement.ruling
    until = ruling.until
    if ruling.kind == VerdictKind.HOLD:
        until = cycle.now + timedelta(hours=cycle.settings.approval_hours)
    return Move(card=entry.card, to=entry.state, reason=ruling.reason, rule=entry.judgement.rule, until=until)


def read_hints() -> tuple[Hint, ...]:
    """The hints of the last reflection: this hour's plan may follow them."""
    last = Reflection.objects.order_by("-id").values_list("hints", flat=True).first()
    return tuple(Hint(**hint) for hint in last or ())


def _card_of(proposal: Proposal, engine: Engine, cycle: Cycle, *, is_rehearsal: bool) -> Card:
    # A preview's cards belong to no run: they are never stored.
    known: dict[str, Any] = {"run_id": cycle.run_id}
    if proposal.contact is not None:
        known |= {"contact_id": int(proposal.contact.id), "contact_label": proposal.contact.label}
    return Card(
        kind=proposal.kind,
        engine=engine.slug,
        priority=proposal.priority,
        dedupe_key=proposal.dedupe_key,
        is_rehearsal=is_rehearsal,
        subject_kind=proposal.subject.kind,
        subject_id=proposal.subject.id,
        subject_label=proposal.subject.label,
        payload=dict(proposal.payload),
        reason=proposal.reason,
        evidence=[entry.as_json() for entry in proposal.evidence],
        not_before=proposal.not_before or cycle.now,
        proposed_at=cycle.now,
        tenant_id=cycle.tenant.pk,
        **known,
    )


def _without_known(cards: Iterable[Card]) -> list[Card]:
    """Leave out every occasion that already has its card; of two in one plan the first stays."""
    unique: dict[tuple[str, bool], Card] = {}
    for card in cards:
        unique.setdefault((card.dedupe_key, card.is_rehearsal), card)
    known = (
        Card.objects.filter(dedupe_key__in=[key for key, _ in unique])
        .exclude(Q(state__in=KEY_FREEING_STATES) | Q(state=CardState.FAILED, effect_began=False))
        .values_list("dedupe_key", "is_rehearsal")
    )
    for occasion in known:
        unique.pop(occasion, None)
    return list(unique.values())


def _due_for_judgement(cycle: Cycle) -> list[Card]:
    """Cards that wait for a verdict: proposed ones left by a cycle that died, and deferred ones now due.

    A simulated clock leaves alone what waits for the real one.
    """
    waiting = Card.objects.all()
    if cycle.is_simulated:
        waiting = waiting.filter(Q(is_rehearsal=True) | ~Q(kind__in=registry.outbound_kinds()))
    return [*waiting.proposed(), *waiting.waking(cycle.now).in_work_order()]


def _work_order(card: Card) -> tuple[int, Any, int]:
    return (-card.priority, card.proposed_at, card.pk or 0)
