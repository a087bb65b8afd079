"""`start`, which is what `make run` runs: from nothing to one cycle of the demo desk, and again in seconds."""

import json
from pathlib import Path

from agent_site.embedded.cluster import Cluster
from tests.site.conftest import ManagePy, connect

DONE_CARDS = "SELECT dedupe_key, id, attempts FROM kanban_cards WHERE state = 'done' ORDER BY id"


def done_cards(cluster: Cluster, tenant: str) -> list[tuple[str, int, int]]:
    """The occasion of every card that is done, the card, and how often it was tried."""
    with connect(cluster, role="agent_app") as session, session.transaction():
        session.execute(
            "SELECT set_config('app.tenant_id', (SELECT id::text FROM tenants WHERE slug = %s), true)",
            [tenant],
        )
        return session.execute(DONE_CARDS).fetchall()


def test_start_brings_up_the_demo_desk_and_repeats_no_action(manage_py: ManagePy, home: Path) -> None:
    first = manage_py("start")
    assert first.returncode == 0, first.stderr
    assert "make console" in first.stderr
    cluster = Cluster(home)
    before = done_cards(cluster, "meridian")
    assert before

    second = manage_py("start")
    assert second.returncode == 0, second.stderr
    after = done_cards(cluster, "meridian")
    # What the first cycle found in the orders is followed up by the second; what was done is not done again.
    assert set(before) <= set(after)
    assert len({occasion for occasion, _, _ in after}) == len(after)

    listed = manage_py("run_cycle", "--format", "json")
    assert [run["state"] for run in json.loads(listed.stdout)["runs"]].count("completed") >= 1


def test_start_stops_at_a_database_that_does_not_answer(manage_py: ManagePy) -> None:
    dead = "postgresql://agent_app@127.0.0.1:1/agent"
    done = manage_py("start", DATABASE_URL=dead, DATABASE_OWNER_URL=dead)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
