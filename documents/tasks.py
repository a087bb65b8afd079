"""Celery's doorbells for documents. Each names a tenant and rings a service; losing one changes nothing."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from agent.models import Tenant
from documents.pipeline import sweep_documents

# No job is begun after this long; what is left is taken up by the next sweep.
SWEEP_SECONDS = 240
# The last one may be the largest text with the slowest model. Redis hands a ring out again after an hour.
SOFT_LIMIT, HARD_LIMIT = 50 * 60, 55 * 60


@shared_task
def sweep_libraries() -> int:
    """Ring once for each tenant, its agent enabled or not: reading documents does nothing outside."""
    tenants = list(Tenant.objects.order_by("pk").values_list("pk", flat=True))
    for tenant_id in tenants:
        sweep_library.delay(tenant_id)
    return len(tenants)


@shared_task(expires=55, soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def sweep_library(tenant_id: int) -> int:
    """Fetch, read and index what waits in one tenant's library; returns how many documents were read."""
    tenant = Tenant.objects.get(pk=tenant_id)
    deadline = time.monotonic() + SWEEP_SECONDS
    with bound_contextvars(tenant=tenant.slug):
        return sweep_documents(tenant=tenant, now=timezone.now(), deadline=deadline).read
