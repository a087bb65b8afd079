"""Celery's doorbells for mail: each names a tenant and rings a service. Losing or repeating one changes nothing."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agent.models import Tenant
from engagement.mail.services import poll_mailboxes


@shared_task
def poll_mail() -> int:
    """Ring once for each tenant, its agent enabled or not: a stopped agent does nothing, and misses nothing."""
    tenants = list(Tenant.objects.order_by("pk").values_list("pk", flat=True))
    for tenant_id in tenants:
        poll_tenant_mail.delay(tenant_id)
    return len(tenants)


@shared_task(expires=240, soft_time_limit=18 * 60, time_limit=20 * 60)
def poll_tenant_mail(tenant_id: int) -> int:
    """Read what is new in the Maildirs of one tenant's mailboxes; returns the number of new mails."""
    return poll_mailboxes(tenant=Tenant.objects.get(pk=tenant_id), now=timezone.now()).new
