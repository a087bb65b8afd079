"""What a cycle did, as the command prints it and the API answers it. Built from rows, and outlives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.models import Card, LeftAlone, Reflection, Run, Tenant
from agent.reflection import OUTCOMES
from agent.registry import Left
from agent.states import CardState, Phase

PREVIEW = "preview"
COUNTED = ("proposed", str(CardState.ALLOWED), *map(str, OUTCOMES))


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """What one cycle did, as the command prints it and the API answers it."""

    tenant: str
    run_id: int | None
    cycle_number: int | None
    state: str
    stop_reason: str
    stop_detail: str
    seconds: float
    phases: Mapping[str, Mapping[str, float]]
    cards: Mapping[str, int]
    actions: tuple[Mapping[str, Any], ...]
    reflection: Mapping[str, Any]
    looked_at: Mapping[str, int]
    left_alone: tuple[Mapping[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The run as one object of the command's JSON."""
        return {
            "tenant": self.tenant,
            "run_id": self.run_id,
            "cycle_number": self.cycle_number,
            "state": self.state,
            "stop_reason": self.stop_reason or None,
            "seconds": self.seconds,
            "phases": {phase: dict(self.phases.get(phase, {"seconds": 0.0})) for phase in Phase.values},
            "cards": dict(self.cards),
            "actions": [dict(action) for action in self.actions],
            "reflection": dict(self.reflection),
        }


def report_run(
    run: Run,
    *,
    tenant: Tenant,
    cards: Sequence[Card],
    reflection: Reflection | None,
    left_alone: Sequence[LeftAlone],
    seconds: float,
) -> RunReport:
    """The report of a run that has ended."""
    return RunReport(
        tenant=tenant.slug,
        run_id=run.pk,
        cycle_number=run.cycle_number,
        state=str(run.state),
        stop_reason=str(run.stop_reason),
        stop_detail=run.stop_detail,
        seconds=seconds,
        phases=run.phases,
        cards=run.counts or dict.fromkeys(COUNTED, 0),
        actions=tuple(_describe_card(card) for card in cards),
        reflection=_describe_reflection(reflection),
        looked_at=run.work_block.get("looked_at", {}),
        left_alone=tuple(
            {
                "engine": left.engine,
                "subject_label": left.subject_label,
                "code": left.code,
                "reason": left.reason,
            }
            for left in left_alone
        ),
    )


def report_preview(
    *,
    tenant: Tenant,
    items: Sequence[Mapping[str, Any]],
    left_alone: Sequence[tuple[str, Left]],
    looked_at: Mapping[str, int],
    new_cards: int,
    seconds: float,
) -> RunReport:
    """The report of a cycle that was only looked at."""
    states = Counter(item["state"] for item in items)
    return RunReport(
        tenant=tenant.slug,
        run_id=None,
        cycle_number=None,
        state=PREVIEW,
        stop_reason="",
        stop_detail="",
        seconds=round(seconds, 4),
        phases={},
        cards={name: states[name] for name in COUNTED} | {"proposed": new_cards},
        actions=tuple({name: value for name, value in item.items() if name != "key"} for item in items),
        reflection=_describe_reflection(None),
        looked_at=looked_at,
        left_alone=tuple(
            {"engine": engine, "subject_label": left.subject.label, "code": left.code, "reason": left.reason}
            for engine, left in left_alone
        ),
    )


def _describe_card(card: Card) -> dict[str, Any]:
    return {
        "card": card.pk,
        "kind": card.kind,
        "engine": card.engine,
        "subject": card.subject_label,
        "contact": card.contact_label or None,
        "state": str(card.state),
        "rule": card.rule,
        "reason": card.reason,
        "rule_reason": card.rule_reason,
        "evidence": card.evidence,
    }


def _describe_reflection(reflection: Reflection | None) -> dict[str, Any]:
    if reflection is None:
        return {"changed": [], "moved": [], "blocked": [], "hints": []}
    return {
        "changed": reflection.changed,
        "moved": reflection.moved,
        "blocked": reflection.blocked,
        "hints": reflection.hints,
    }
