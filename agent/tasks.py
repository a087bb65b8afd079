"""Celery's doorbells: each names a tenant and rings a service. Losing or repeating one changes nothing.

The schedule is in `agent_site.schedule`. No task here decides anything.
"""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from agent.cycle import run_cycle
from agent.models import Tenant
from agent.sweep import reap_runs, sweep_tenant

logger = structlog.get_logger(__name__)


@shared_task(acks_late=True)
def fan_out_cycles() -> int:
    """Ring once for each enabled tenant; the tenant's slot of the hour makes a second ring harmless."""
    tenants = list(Tenant.objects.enabled().values_list("pk", flat=True))
    for tenant_id in tenants:
        run_tenant_cycle.delay(tenant_id)
    return len(tenants)


@shared_task(acks_late=True, time_limit=20 * 60)
def run_tenant_cycle(tenant_id: int) -> str:
    """Run the scheduled cycle of one tenant; returns the state it ended in."""
    report = run_cycle(tenant=Tenant.objects.get(pk=tenant_id), now=timezone.now(), is_scheduled=True)
    return report.state


@shared_task(acks_late=True)
def sweep() -> int:
    """Carry out what was approved between cycles and read new events; returns how many tenants were swept."""
    tenants = list(Tenant.objects.enabled())
    for tenant in tenants:
        try:
            sweep_tenant(tenant=tenant, now=timezone.now())
        except Exception:
            # Whatever ails one tenant must not keep the others from being swept.
            logger.exception("sweep_failed", tenant=tenant.slug)
    return len(tenants)


@shared_task(acks_late=True)
def reap() -> int:
    """Mark runs whose process died as abandoned; returns how many."""
    return sum(reap_runs(tenant=tenant, now=timezone.now()) for tenant in Tenant.objects.all())
