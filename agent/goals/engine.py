"""What goals contribute to the cycle: the facts by which research is judged, and figures for the reflection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from agent.goals.pace import Standing
from agent.goals.services import read_standing
from agent.models import Card
from agent.registry import Cycle, Engine, Plan, Report

RESEARCH = "research"


class GoalsEngine(Engine):
    """Holds the month against the goals that people have set. It proposes nothing."""

    slug: ClassVar[str] = "goals"
    label: ClassVar[str] = "Goals"

    def plan(self, cycle: Cycle) -> Plan:
        """Propose nothing: goals say how urgent work is, the other engines what work there is."""
        return Plan()

    def card_facts(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Mapping[str, Any]]:
        """Whether goals are set and behind, and the pipeline thin. Read only when research is among the cards."""
        if not any(card.kind == RESEARCH for card in cards):
            return [{} for _ in cards]
        facts = _facts_of(read_standing(cycle), cycle)
        return [facts if card.kind == RESEARCH else {} for card in cards]

    def report(self, cycle: Cycle) -> Report:
        """Each goal's target, what has come in, what should have, and what each day left must bring."""
        standing = read_standing(cycle)
        if not standing.has_goals:
            return Report()
        figures: dict[str, float] = {"business_days_left": standing.month.left}
        for pace in standing.paces:
            figures |= {
                f"{pace.metric}_target": float(pace.target),
                f"{pace.metric}_actual": float(pace.actual),
                f"{pace.metric}_due_by_today": float(pace.target_so_far),
            }
            if pace.needed_per_day is not None:
                figures[f"{pace.metric}_needed_per_day"] = float(pace.needed_per_day)
        if standing.in_sight is not None:
            figures["business_in_sight"] = float(standing.in_sight)
        return Report(figures=figures)


def _facts_of(standing: Standing, cycle: Cycle) -> dict[str, Any]:
    """What nobody can tell is left out, so that the card is held for a person."""
    facts: dict[str, Any] = {
        "goals_set": standing.has_goals,
        "goals": [str(pace) for pace in standing.paces],
        "next_business_day": cycle.calendar.next_business_day(cycle.now),
    }
    if standing.has_goals and not standing.unknown:
        facts["goals_behind"] = standing.is_behind
        if standing.in_sight is not None or not standing.missing_revenue:
            facts["pipeline_thin"] = standing.is_pipeline_thin
    return facts
