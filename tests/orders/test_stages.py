"""The stages of an order: total, and drawn in the docs exactly as they are."""

from __future__ import annotations

from django.conf import settings

from orders.services.stages import ACTS
from orders.states import HOLDABLE_STAGES, MOVES, Stage, sources_of

DIAGRAM = settings.REPOSITORY / "docs" / "order-states.md"
HEADING = """# The stages of an order

Drawn from `orders/states.py`; a test keeps the two the same. A move is one conditional UPDATE; each leaves a row with
the old stage, the new one, who made it, why and when, and an event.

From every stage that is no end an order may also go on hold, and it comes back to the stage it was held from. It may be
cancelled, from hold as well. The arrows of these two are left out.

"""


def draw_diagram() -> str:
    """The table of moves as a Mermaid state diagram, in the order of the stages."""
    aside = {Stage.ON_HOLD, Stage.CANCELLED}
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> received"]
    lines += [
        f"    {stage} --> {target}"
        for stage in Stage
        for target in Stage
        if target in MOVES[stage] and not {stage, target} & aside
    ]
    lines += [f"    {stage} --> [*]" for stage in Stage if not MOVES[stage]]
    return HEADING + "\n".join([*lines, "```", ""])


def test_the_diagram_in_the_docs_is_the_table_of_moves() -> None:
    assert DIAGRAM.read_text() == draw_diagram()


def test_every_stage_has_its_row_and_its_words() -> None:
    assert set(MOVES) == set(Stage) == set(ACTS)


def test_the_arrows_that_are_left_out_are_those_of_which_the_text_speaks() -> None:
    assert (
        sources_of(Stage.ON_HOLD)
        == HOLDABLE_STAGES
        == set(Stage)
        - {
            Stage.ON_HOLD,
            Stage.CLOSED,
            Stage.CANCELLED,
        }
    )
    assert sources_of(Stage.CANCELLED) == HOLDABLE_STAGES | {Stage.ON_HOLD}
    assert MOVES[Stage.ON_HOLD] == HOLDABLE_STAGES | {Stage.CANCELLED}


def test_every_stage_is_reached_and_leads_to_an_end() -> None:
    for stage in set(Stage) - {Stage.RECEIVED}:
        assert sources_of(stage), stage
        reached, waiting = set(), {stage}
        while waiting:
            reached |= waiting
            waiting = {target for source in waiting for target in MOVES[source]} - reached
        assert reached & {Stage.CLOSED, Stage.CANCELLED}, stage
