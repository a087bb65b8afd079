"""The doorbells: ringing twice, or for a tenant that runs already, changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent import tasks
from agent.engine import KernelEngine
from agent.limits import window_of
from agent.models import Card, Run
from agent.registry import registry
from agent.services import set_tenant_switch
from agent.states import RunState
from agent.sweep import is_cycle_due
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def parcels():
    engine = ParcelEngine(proposals=[make_proposal(1, kind="research")])
    with registry.override(KernelEngine(), engine):
        yield engine


@pytest.fixture
def rung(monkeypatch):
    """The tenants that the fan-out rang for; the doorbell itself is the broker's business."""
    calls = []
    monkeypatch.setattr(tasks.run_tenant_cycle, "delay", calls.append)
    return calls


def test_the_fan_out_rings_once_for_each_enabled_tenant(meridian, harborpine, rung):
    type(harborpine).objects.filter(pk=harborpine.pk).update(agent_enabled=False)
    assert tasks.fan_out_cycles() == 1
    assert rung == [meridian.pk]


def keep_run(tenant, now, state, *, slot=None, minutes=0, trigger="scheduled"):
    """An attempt of this hour as it is stored."""
    at = now + timedelta(minutes=minutes)
    is_over = state != RunState.RUNNING
    with tenant_scope(tenant):
        Run.objects.create(
            trigger=trigger,
            slot=slot,
            state=state,
            cycle_at=at,
            started_at=at,
            finished_at=at if is_over else None,
        )


@pytest.mark.parametrize(
    ("state", "has_slot", "is_due"),
    [
        (RunState.COMPLETED, True, False),
        (RunState.FAILED, True, False),
        (RunState.STOPPED, True, False),
        (RunState.RUNNING, True, False),
        (RunState.FAILED, False, False),
        (RunState.STOPPED, False, True),
        (RunState.ABANDONED, True, True),
        (RunState.LOCKED, True, True),
    ],
)
def test_an_hour_is_rung_for_again_only_after_an_attempt_that_did_no_work(
    meridian, harborpine, now, state, has_slot, is_due
):
    keep_run(meridian, now, state, slot=window_of(now) if has_slot else None)
    assert is_cycle_due(tenant=meridian, now=now) == is_due
    assert is_cycle_due(tenant=harborpine, now=now)
    assert is_cycle_due(tenant=meridian, now=now + timedelta(hours=1))


def test_an_hour_that_nobody_attempted_is_due_even_after_a_cycle_by_hand(meridian, now):
    assert is_cycle_due(tenant=meridian, now=now)
    keep_run(meridian, now, RunState.COMPLETED, trigger="manual")
    assert is_cycle_due(tenant=meridian, now=now)


def test_one_attempt_that_did_the_work_outweighs_those_that_did_not(meridian, now):
    keep_run(meridian, now, RunState.LOCKED, slot=window_of(now))
    keep_run(meridian, now, RunState.COMPLETED, slot=window_of(now), minutes=1)
    assert not is_cycle_due(tenant=meridian, now=now + timedelta(minutes=2))


def test_an_hour_that_a_switch_stopped_waits_for_the_switch(meridian, now):
    keep_run(meridian, now, RunState.STOPPED)
    flip = {"tenant": meridian, "actor": "Dana", "reason": "Looking.", "now": now}
    set_tenant_switch(is_enabled=False, **flip)
    assert not is_cycle_due(tenant=meridian, now=now)
    set_tenant_switch(is_enabled=True, **flip)
    assert is_cycle_due(tenant=meridian, now=now)


def test_a_task_delivered_ten_times_is_one_cycle(meridian, parcels):
    states = [tasks.run_tenant_cycle(meridian.pk) for _ in range(10)]
    # The hour may turn while this runs; then there are two slots, and still no third cycle.
    assert 1 <= states.count(RunState.COMPLETED) <= 2
    with tenant_scope(meridian):
        assert Card.objects.count() == 1


def test_the_sweeper_carries_out_what_was_allowed_between_cycles(meridian, parcels, now):
    tasks.run_tenant_cycle(meridian.pk)
    with tenant_scope(meridian):
        Card.objects.update(state="allowed", finished_at=None, not_before=now - timedelta(days=1))
    assert tasks.sweep() == 1
    with tenant_scope(meridian):
        assert Card.objects.get().state == "done"


def test_the_reaper_looks_at_every_tenant(meridian, harborpine, parcels):
    tasks.run_tenant_cycle(harborpine.pk)
    with tenant_scope(harborpine):
        Run.objects.update(state="running", finished_at=None)
    assert tasks.reap() == 1
