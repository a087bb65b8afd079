"""The state machine of cards: total, and drawn in the docs exactly as it is."""

from __future__ import annotations

import pytest
from django.conf import settings

from agent.states import FINAL_STATES, MOVES, OPEN_STATES, CardState, sources_of

DIAGRAM = settings.REPOSITORY / "docs" / "card-states.md"
HEADING = """# The states of a card

Drawn from `agent/states.py`; a test keeps the two the same. A move is one conditional UPDATE; each leaves a row
with the old state, the new one, who made it, why and when.

"""


def draw_diagram() -> str:
    """The table of moves as a Mermaid state diagram, in the order of the states."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> proposed"]
    lines += [
        f"    {state} --> {target}" for state in CardState for target in CardState if target in MOVES[state]
    ]
    lines += [f"    {state} --> [*]" for state in CardState if state in FINAL_STATES]
    return HEADING + "\n".join([*lines, "```", ""])


def test_the_diagram_in_the_docs_is_the_table_of_moves():
    assert DIAGRAM.read_text() == draw_diagram()


def test_every_state_has_its_row():
    assert set(MOVES) == set(CardState)


def test_every_state_but_the_first_can_be_reached():
    for state in set(CardState) - {CardState.PROPOSED}:
        assert sources_of(state), state


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_every_open_state_leads_to_an_end(state):
    reached, waiting = set(), {state}
    while waiting:
        reached |= waiting
        waiting = {target for source in waiting for target in MOVES[source]} - reached
    assert reached & FINAL_STATES
