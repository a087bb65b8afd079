"""The doorbells: ringing twice, or for a tenant that runs already, changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent import tasks
from agent.engine import KernelEngine
from agent.models import Card, Run
from agent.registry import registry
from agent.states import RunState
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
