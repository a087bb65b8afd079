"""What a cycle learned: what changed, which figures moved, what was blocked and why, and hints for the next hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from agent.models import Card, Reflection, Run, Verdict
from agent.registry import Cycle, registry
from agent.states import CardState, VerdictKind

OUTCOMES = (
    CardState.DONE,
    CardState.DEFERRED,
    CardState.HELD,
    CardState.BLOCKED,
    CardState.FAILED,
    CardState.UNKNOWN,
)


def cards_of_run(run: Run) -> list[Card]:
    """The cards that a run proposed or moved, most urgent first."""
    return list(Card.objects.filter(transitions__run=run).distinct().in_work_order())


def count_cards(cards: Sequence[Card], *, run: Run) -> dict[str, int]:
    """How many cards the run proposed and allowed, and the states in which it left those it touched."""
    states = Counter(card.state for card in cards)
    allowed = Verdict.objects.filter(run=run, kind=VerdictKind.ALLOW, is_at_claim=False).count()
    proposed = sum(card.run_id == run.pk for card in cards)
    return {"proposed": proposed, "allowed": allowed} | {str(state): states[state] for state in OUTCOMES}


def reflect(*, cycle: Cycle, run: Run, cards: Sequence[Card]) -> Reflection:
    """Store the reflection of a run, comparing every figure with the run before it."""
    before = Reflection.objects.order_by("-id").values_list("figures", flat=True).first() or {}
    figures: dict[str, float] = {}
    hints: list[dict[str, Any]] = []
    for engine in registry:
        report = engine.report(cycle)
        figures |= {f"{engine.slug}.{name}": value for name, value in report.figures.items()}
        hints += [hint.as_json() for hint in report.hints]
    return Reflection.objects.create(
        run=run,
        changed=_describe_changes(cards),
        moved=_describe_moves(before, figures),
        blocked=_describe_refusals(cards),
        hints=hints,
        figures=figures,
        at=cycle.now,
    )


def _describe_changes(cards: Sequence[Card]) -> list[str]:
    """One sentence for each kind of card that was carried out, rehearsals apart."""
    done = Counter((card.kind, card.is_rehearsal) for card in cards if card.state == CardState.DONE)
    return [
        f"{count} {kind.replace('_', ' ')} {'rehearsed' if is_rehearsal else 'done'}"
        for (kind, is_rehearsal), count in sorted(done.items())
    ]


def _describe_moves(before: Mapping[str, float], figures: Mapping[str, float]) -> list[dict[str, Any]]:
    return [
        {"figure": name, "before": before.get(name), "after": value}
        for name, value in sorted(figures.items())
        if before.get(name) != value
    ]


def _describe_refusals(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """The rules that kept cards from being done, with how many and the sentence of the first."""
    kept = [card for card in cards if card.state in (CardState.BLOCKED, CardState.HELD, CardState.DEFERRED)]
    refusals: dict[tuple[str, str], dict[str, Any]] = {}
    for card in kept:
        entry = refusals.setdefault(
            (card.state, card.rule),
            {"state": card.state, "rule": card.rule, "reason": card.rule_reason, "count": 0},
        )
        entry["count"] += 1
    return sorted(refusals.values(), key=lambda entry: (-entry["count"], entry["rule"]))
