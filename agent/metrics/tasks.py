"""The hourly doorbell of the counters."""

from __future__ import annotations

import structlog
from celery import shared_task

from agent.metrics.counting import add_up
from agent.models import Tenant
from agent.tenancy import tenant_scope

logger = structlog.get_logger(__name__)


@shared_task
def add_up_counters() -> int:
    """Fold what was counted since the last hour into the totals; returns for how many tenants."""
    done = 0
    for tenant in Tenant.objects.order_by("slug"):
        try:
            with tenant_scope(tenant):
                add_up()
            done += 1
        except Exception:
            # Whatever ails one tenant must not keep the others from being counted.
            logger.exception("add_up_failed", tenant=tenant.slug)
    return done
