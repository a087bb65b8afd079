"""The work between cycles: claims without a run, events that newer transactions hid, runs whose process died,
and whether this hour's cycle is still to be rung for."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from agent.abandoned import abandon_runs
from agent.events import consume_events
from agent.executor import OutOfTime, execute_cards
from agent.leases import LeaseTaken, fenced_scope, hold_lease
from agent.limits import window_of
from agent.models import Run, Tenant, Trigger
from agent.recovery import recover_cards
from agent.registry import registry
from agent.states import RunState
from agent.switches import Stopped, build_cycle, read_stop
from agent.tenancy import refuse_tenant_scope, tenant_scope

logger = structlog.get_logger(__name__)


def sweep_tenant(*, tenant: Tenant, now: datetime, deadline: float | None = None) -> None:
    """Settle what a dead process left, carry out allowed cards, and let the engines react to new events.

    Claims made here carry no fence; the row locks of the claim keep them apart from a cycle's. `deadline` is a
    reading of `time.monotonic` after which no further card is claimed; the next sweep takes up the rest.
    """
    refuse_tenant_scope("sweep_tenant")
    cycle = build_cycle(tenant=tenant, now=now)
    try:
        recover_cards(cycle=cycle)
        execute_cards(cycle=cycle, deadline=deadline)
    except Stopped as stopped:
        logger.info("sweep_stopped", tenant=tenant.slug, reason=str(stopped.stop.reason))
        return
    except OutOfTime:
        logger.info("sweep_out_of_time", tenant=tenant.slug)
    open_scope = partial(fenced_scope, tenant.pk, None)
    for engine in registry:
        consume_events(engine=engine, cycle=cycle, open_scope=open_scope)


def reap_runs(*, tenant: Tenant, now: datetime) -> int:
    """Mark as abandoned the running runs whose lease is gone; returns how many.

    It takes the lease to do so: a holder that was wrongly taken for dead can write nothing afterwards. Their executing
    cards are settled by the next cycle or sweep, whichever comes first.
    """
    refuse_tenant_scope("reap_runs")
    with tenant_scope(tenant):
        if not Run.objects.filter(state=RunState.RUNNING).exists():
            return 0
    try:
        with hold_lease(tenant.pk) as lease, fenced_scope(tenant.pk, lease.token):
            return abandon_runs(tenant=tenant, now=now)
    except LeaseTaken:
        # The run is alive, or its successor has settled it.
        return 0


def is_cycle_due(*, tenant: Tenant, now: datetime) -> bool:
    """Whether this hour's scheduled cycle of the tenant is still to be run, so that a lost ring costs minutes.

    An attempt whose process died, or that met another cycle, is made again; one that a switch stopped, once the
    switch is off. Everything else that happened in this hour, a failure too, was this hour's cycle.
    """
    refuse_tenant_scope("is_cycle_due")
    slot = window_of(now)
    with tenant_scope(tenant):
        hour = Run.objects.filter(started_at__gte=slot, started_at__lt=slot + timedelta(hours=1))
        attempts = hour.filter(trigger=Trigger.SCHEDULED)
        seen = set(attempts.values_list("state", "slot"))
        stopped_at_once = (RunState.STOPPED, None) in seen
        again = {
            (RunState.STOPPED, None),
            *((state, slot) for state in (RunState.LOCKED, RunState.ABANDONED)),
        }
        return seen <= again and not (stopped_at_once and read_stop(tenant.pk))
