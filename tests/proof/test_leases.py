"""One holder a tenant, whatever a crowd of processes does, and nothing from a holder that was stopped and went on.

The oracles are a file that the holders append to, and the log of the mail provider: both outside our tables.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from agent.leases import hold_lease, read_live_token
from agent.models import Run
from agent.states import CardState, RunState
from agent.tenancy import TenantModel, tenant_scope
from tests.agent.processes import worker_environment
from tests.fakes.running import mail_provider
from tests.proof.crashes import PEOPLE, crew, is_commit, make_company, recipient_of, states_of
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CROWD = Path(__file__).with_name("lease_crowd.py")
NEXT = timedelta(minutes=10)
LEASE_SECONDS = 3
# What a stopped process is let do, on the scale of so short a lease.
HOLDER = {"lease_seconds": LEASE_SECONDS, "standstill": "2s", "look_holds": LEASE_SECONDS / 3}
# Where the message may be on its way already, so that the stopped process finishes what it was saying.
UNDER_WAY = ("right before the socket", "inside the message", "between effect and record")
SHORT = {
    "http": ("between claim and effect", "right before the socket"),
    "smtp": ("right before the effect", "inside the record"),
}


def send_crowd(tenant, log, processes, attempts):
    """How many of a crowd's attempts were refused."""
    command = [sys.executable, str(CROWD), str(tenant.pk), str(processes), str(attempts), str(log)]
    done = subprocess.run(command, env=worker_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def read_entries(log):
    return [line.split() for line in log.read_text().splitlines()] if log.exists() else []


def test_of_ten_thousand_attempts_while_one_holds_none_gets_in(meridian, tmp_path, proof):
    processes, attempts = proof.size(short=8, long=50), proof.size(short=25, long=200)
    log = tmp_path / "crowd.log"
    with hold_lease(meridian.pk) as lease:
        assert send_crowd(meridian, log, processes, attempts) == processes * attempts
        with tenant_scope(meridian):
            assert read_live_token(meridian.pk) == lease.token
    assert read_entries(log) == []


def test_a_crowd_hands_the_lease_on_without_ever_sharing_it(meridian, harborpine, tmp_path, proof):
    processes, attempts = proof.size(short=8, long=50), proof.size(short=25, long=200)
    log = tmp_path / "crowd.log"
    with hold_lease(harborpine.pk):
        refused = send_crowd(meridian, log, processes, attempts)
    entries = read_entries(log)
    handovers = len(entries) // 2
    assert handovers + refused == processes * attempts and handovers > processes
    # The file tells who was inside when: each leaves before the next enters, and every token is one higher.
    in_turn = [[step, str(token)] for token in range(1, handovers + 1) for step in ("enter", "leave")]
    assert entries == in_turn
    print(f"{processes * attempts} attempts, {handovers} handovers, no overlap")


@pytest.fixture
def provider(tmp_path):
    with mail_provider(tmp_path / "provider.jsonl") as running:
        yield running


@pytest.fixture
def stage(system_config, provider, request, now):
    """A worker process that sends through the door of the test's parameter."""
    with crew(provider, request.param, now) as workers:
        yield workers


def steps_of_a_whole_cycle(stage, now):
    company = make_company("whole", now)
    (whole,) = stage.order("cycle", company, now)
    assert whole["result"] == "completed"
    return whole["steps"]


def points_around_a_message(steps):
    """Where a process is stopped, by what it is about to do with its first message."""
    connect = steps.index("connect 1 before")
    ended = [i for i, step in enumerate(steps) if is_commit(step, "after")]
    claimed, begun = [i for i in ended if i < connect][-2:]
    last = steps.index("connect 2 before")
    answered = max(i for i in range(connect, last) if steps[i].startswith("read"))
    sends = [step for step in steps[connect:] if step.startswith("send") and step.endswith("halfway")]
    return {
        "before the claim": steps[max(i for i in ended if i < claimed)],
        "inside the claim": steps[claimed - 1],
        "between claim and effect": steps[claimed],
        "right before the effect": steps[begun],
        "right before the socket": steps[connect],
        "inside the message": sends[0],
        "between effect and record": steps[answered],
        "inside the record": next(step for step in steps[answered:] if is_commit(step, "before")),
    }


def fingerprint(tenant):
    """Every row of the tenant, table by table."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]
    found = {}
    with tenant_scope(tenant), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t.id)) FROM "{table}" t')
            found[table] = cursor.fetchone()[0]
    return found


def is_lease_free(tenant):
    with tenant_scope(tenant):
        return read_live_token(tenant.pk) is None


def finish_cycle(stage, tenant, at):
    """Run the tenant's next cycle; it is refused for as long as a stopped process stands inside a write."""
    wait_until(
        lambda: stage.order("cycle", tenant, at)[0]["result"] == "completed", "a cycle that takes over"
    )


def received(provider):
    return Counter(address for entry in provider.taken for address in entry["recipients"])


def stop_holder(stage, name, point, now):
    """A company whose cycle stands still at the point, and whose lease has ended meanwhile."""
    for attempt in ("a", "b", "c"):
        company = make_company(f"{name}{attempt}", now)
        (holder,) = stage.order("cycle", company, now, end_at=point, by="pause", **HOLDER)
        if holder["is_paused"]:
            wait_until(partial(is_lease_free, company), "the lease of the stopped process to end")
            return company
        # Too slow a machine for so short a lease: the cycle had lost it before it came to the point.
    pytest.fail(f"No cycle came to {point}.")


@pytest.mark.parametrize(("stage", "door"), [(door, door) for door in SHORT], indirect=["stage"])
def test_a_holder_stopped_past_its_lease_writes_nothing_and_repeats_nothing_when_it_goes_on(
    stage, door, provider, proof, now
):
    points = points_around_a_message(steps_of_a_whole_cycle(stage, now))
    for number, name in enumerate(points if proof.is_long else SHORT[door]):
        company = stop_holder(stage, f"s{number}", points[name], now)
        finish_cycle(stage, company, now + NEXT)
        after_takeover, calls = fingerprint(company), len(provider.entries)
        stale = stage.resume()
        assert stale["result"].startswith(RunState.ABANDONED), (name, stale)
        assert fingerprint(company) == after_takeover, name
        assert len(provider.entries) == calls or name in UNDER_WAY, name
        finish_cycle(stage, company, now + 2 * NEXT)
        check_company(company, received(provider), name, door)


def check_company(company, taken, point, door):
    states = states_of(company)
    assert set(states) == {recipient_of(company, person) for person in PEOPLE}, point
    for recipient, state in states.items():
        if state == CardState.UNKNOWN:
            # Without idempotency keys nobody can know; it is flagged, and at most once it left.
            assert door == "smtp" and taken[recipient] <= 1, (point, recipient)
        else:
            assert (state, taken[recipient]) == (CardState.DONE, 1), (point, recipient)
    with tenant_scope(company):
        states_of_runs = Counter(Run.objects.exclude(state=RunState.LOCKED).values_list("state", flat=True))
    assert states_of_runs == {RunState.ABANDONED: 1, RunState.COMPLETED: 2}, point
