"""The names of the metrics, their labels and what they say: the one list, which `docs/metrics.md` repeats.

Figures that engines report have names of their own making: `name_of_figure`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agent.states import CardState, RunState

KERNEL = "agent"
# Counted as what a run came to; a running one has come to nothing yet.
RUN_ENDS = tuple(state for state in RunState if state != RunState.RUNNING)
# What a card's move means to somebody who counts actions; moves on the way there are not counted.
ACTIONS = {
    "planned": "Actions that engines asked for",
    str(CardState.DONE): "Actions carried out",
    str(CardState.BLOCKED): "Actions that a rule forbade",
    str(CardState.HELD): "Times an action was held for a person's approval",
    str(CardState.DEFERRED): "Times an action was put off",
    str(CardState.FAILED): "Actions that failed without effect",
    str(CardState.UNKNOWN): "Actions whose effect nobody could tell at first",
    str(CardState.REJECTED): "Actions that a person turned down",
    str(CardState.EXPIRED): "Actions that nobody decided on in time",
    str(CardState.CANCELLED): "Actions whose occasion was gone",
}
# The specification says executed where a card is done.
ACTION_NAMES = {str(CardState.DONE): "executed"}


@dataclass(frozen=True)
class Sample:
    """One value of one metric of one tenant; `labels` are those beside the tenant."""

    name: str
    value: float
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Family:
    """One metric: a counter when its name ends in `_total`, else a gauge. `labels` are those beside the tenant."""

    name: str
    help: str
    labels: tuple[str, ...] = ()

    @property
    def is_counter(self) -> bool:
        return self.name.endswith("_total")


def name_of_cycles(state: str) -> str:
    """The counter of runs that ended in a state."""
    return f"agent_cycles_{state}_total"


def name_of_actions(move: str) -> str:
    """The counter of what became of actions."""
    return f"agent_actions_{ACTION_NAMES.get(move, move)}_total"


def name_of_figure(figure: str) -> str:
    """The gauge of a reflection's figure: `engagement.compliance` is `agent_engagement_compliance`."""
    engine, _, name = figure.partition(".")
    words = name if engine == KERNEL else f"{engine}_{name}"
    return f"agent_{re.sub(r'[^a-z0-9_]', '_', words.lower())}"


FAMILIES = (
    *(Family(name_of_cycles(state), f"Cycles that ended as {state}") for state in RUN_ENDS),
    Family("agent_cycle_seconds_total", "Seconds spent in cycles that completed"),
    *(
        Family(name_of_actions(move), words, ("engine", "kind", "rehearsal"))
        for move, words in ACTIONS.items()
    ),
    Family("agent_events_total", "What happened, by kind of event", ("kind",)),
    Family("agent_policy_violations_total", "Actions that a guardrail refused", ("rule",)),
    Family("agent_enabled", "1 when the tenant's agent may run, 0 when a switch stops it", ("reason",)),
    Family("agent_mail_enabled", "1 when messages may leave, 0 when a switch stops mail alone"),
    Family("agent_send_mode", "1 for the send mode in force, 0 for the others", ("mode",)),
    Family("agent_settings_valid", "1 when the tenant's settings are understood"),
    Family("agent_cards", "Open cards by state", ("state",)),
    Family("agent_cards_oldest_seconds", "How long the oldest open card has been due", ("state",)),
    Family("agent_unknown_outcomes", "Effects that a person must look up"),
    Family("agent_lease_held", "1 while a cycle of the tenant is running"),
    Family("agent_lease_seconds", "How long the running cycle has held its lease"),
    Family("agent_last_completed_cycle_timestamp_seconds", "When the newest completed cycle ended"),
    Family("agent_cap_used", "How much of a cap its current window has used", ("cap", "window")),
    Family("agent_cap_limit", "How much of a cap one window allows", ("cap", "window")),
    Family("agent_figures_timestamp_seconds", "When the engines' figures were taken"),
)
