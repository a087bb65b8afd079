"""Celery's doorbells for mail: each names a tenant and rings a service. Losing or repeating one changes nothing."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agent.models import Tenant
from engagement.mail.gmail.sync import list_connected, poll_account
from engagement.mail.sending_domains import NoSendingDomain, check_sending_domain
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
    """Ring for each mailbox at Gmail of one tenant, then read its Maildirs; returns the number of new mails there."""
    tenant = Tenant.objects.get(pk=tenant_id)
    for account_id in list_connected(tenant=tenant):
        poll_gmail_mailbox.delay(tenant_id, account_id)
    return poll_mailboxes(tenant=tenant, now=timezone.now()).new


@shared_task(expires=240, soft_time_limit=9 * 60, time_limit=10 * 60)
def poll_gmail_mailbox(tenant_id: int, account_id: int) -> int:
    """Read what is new in one mailbox at Gmail; returns the number of new mails."""
    tenant = Tenant.objects.get(pk=tenant_id)
    return poll_account(tenant=tenant, account_id=account_id, now=timezone.now()).new


@shared_task
def check_domains() -> int:
    """Ring once for each tenant: what stands in the DNS changes without telling us."""
    tenants = list(Tenant.objects.order_by("pk").values_list("pk", flat=True))
    for tenant_id in tenants:
        check_tenant_domain.delay(tenant_id)
    return len(tenants)


@shared_task(expires=3600)
def check_tenant_domain(tenant_id: int) -> str:
    """Look at the records of the domain one tenant writes from; returns what was found, or why nobody looked."""
    try:
        return str(check_sending_domain(tenant=Tenant.objects.get(pk=tenant_id), now=timezone.now()))
    except NoSendingDomain as missing:
        return str(missing)
