"""A cycle killed at any moment: the next one finishes the work, and no message leaves twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from agent.models import Card, Event, Run
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from tests.agent.processes import worker_environment

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WORKER = Path(__file__).with_name("crash_worker.py")
# Every n-th step is tried here; the steps of a whole cycle are counted by the test itself.
STRIDE = 9


def run_worker(tenant, log, kill_at=0):
    return subprocess.run(
        [sys.executable, str(WORKER), str(tenant.pk), str(log), str(kill_at)],
        env=worker_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def live(meridian):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    return meridian


def count_steps(tenant, log):
    """The number of steps of one whole cycle, from a run that nothing stops."""
    done = run_worker(tenant, log)
    assert done.stdout.startswith("completed"), done.stderr
    return int(done.stdout.split()[1])


def test_a_killed_cycle_is_finished_by_the_next_and_nothing_is_sent_twice(live, harborpine, tmp_path):
    harborpine.agent_settings = {"send_mode": "live"}
    harborpine.save(update_fields=["agent_settings"])
    steps = count_steps(harborpine, tmp_path / "whole.log")
    assert steps > 60
    clear_cards(live)
    for kill_at in range(1, steps + 1, STRIDE):
        log = tmp_path / f"{kill_at}.log"
        killed = run_worker(live, log, kill_at)
        assert killed.returncode == -9, (kill_at, killed.stdout, killed.stderr)
        finished = run_worker(live, log)
        assert finished.stdout.startswith("completed"), (kill_at, finished.stderr)
        check_world(live, log, kill_at)
        clear_cards(live)


def check_world(tenant, log, kill_at):
    sent = Counter(log.read_text().split() if log.exists() else [])
    with tenant_scope(tenant):
        cards = {f"card-{tenant.pk}-{card.pk}": card for card in Card.objects.filter(kind="send_email")}
        assert len(cards) == 2, kill_at
        assert set(sent) <= set(cards) and max(sent.values(), default=0) <= 1, (kill_at, sent)
        for key, card in cards.items():
            # What the courier's log cannot tell us apart from a crash is flagged, never sent again by itself.
            expected = {CardState.UNKNOWN} if card.state == CardState.UNKNOWN else {CardState.DONE}
            assert card.state in expected and (sent[key] == 1 or card.state == CardState.UNKNOWN), (
                kill_at,
                card.state,
            )
        assert Card.objects.filter(state=CardState.UNKNOWN).count() <= 1
        assert Event.objects.filter(kind="parcel.looked_up").count() == 1, kill_at
        assert not Run.objects.filter(state=RunState.RUNNING).exists()


def clear_cards(tenant):
    """Forget the occasions, so that the next cycle proposes them anew."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE kanban_cards, agent_autonomous_runs, warehouse_events, agent_event_cursors, "
            "agent_rate_limits CASCADE"
        )
