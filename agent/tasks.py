"""Celery's doorbells: each names a tenant and rings a service. Losing or repeating one changes nothing.

The schedule is in `agent_site.schedule`. No task here decides anything. A ring that nobody has answered by the time
of the next one expires, so that a worker that was away is not buried in old rings.
"""

from __future__ import annotations

import random
import time

import structlog
from celery import shared_task
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from agent import retention
from agent.cycle import run_cycle
from agent.models import Tenant
from agent.sweep import is_cycle_due, reap_runs, sweep_tenant

logger = structlog.get_logger(__name__)

# A sweep ends well before its soft time limit, which would cut short an effect that is under way.
SWEEP_SECONDS = 420
SWEEP_TENANT_SECONDS = 60


@shared_task
def fan_out_cycles() -> int:
    """Ring for each enabled tenant whose cycle of this hour is still to be run; returns how many those were.

    The schedule asks several times an hour: what a lost message, a dead worker or a switch kept back is rung again.
    """
    now = timezone.now()
    due = [tenant.pk for tenant in Tenant.objects.enabled() if is_cycle_due(tenant=tenant, now=now)]
    for tenant_id in due:
        run_tenant_cycle.delay(tenant_id)
    return len(due)


# The cycle ends by itself after 15 minutes; these are for one that does not.
@shared_task(expires=290, soft_time_limit=18 * 60, time_limit=20 * 60)
def run_tenant_cycle(tenant_id: int, *, is_scheduled: bool = True) -> str:
    """Run the scheduled cycle of one tenant, or one beside the schedule; returns the state it ended in."""
    report = run_cycle(tenant=Tenant.objects.get(pk=tenant_id), now=timezone.now(), is_scheduled=is_scheduled)
    return report.state


@shared_task
def sweep() -> int:
    """Carry out what was approved between cycles and read new events; returns how many tenants were swept."""
    tenants = list(Tenant.objects.enabled())
    # Nobody is always the last one, should the time not suffice for all.
    random.shuffle(tenants)
    end = time.monotonic() + SWEEP_SECONDS
    swept = 0
    for tenant in tenants:
        began = time.monotonic()
        if began >= end:
            break
        deadline = min(end, began + SWEEP_TENANT_SECONDS)
        with bound_contextvars(tenant=tenant.slug):
            try:
                sweep_tenant(tenant=tenant, now=timezone.now(), deadline=deadline)
            except Exception:
                # Whatever ails one tenant must not keep the others from being swept.
                logger.exception("sweep_failed")
        swept += 1
    return swept


@shared_task
def reap() -> int:
    """Mark runs whose process died as abandoned; returns how many."""
    return sum(reap_runs(tenant=tenant, now=timezone.now()) for tenant in Tenant.objects.all())


# Ending in the middle costs nothing: the next night goes on.
@shared_task(soft_time_limit=30 * 60, time_limit=35 * 60)
def clean_up() -> int:
    """Remove what is past its age; returns how many rows."""
    cleaned = retention.clean_up(now=timezone.now())
    return sum(sum(entry.counts.values()) for entry in cleaned)
