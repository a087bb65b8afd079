"""Looking at the DNS records of the domain a tenant writes from, and what that allows.

Messages reach clients only while the last look that got an answer found everything in order and is not older than a
week (reliability notes, f7). What right records are is `engagement.mail.domain_records`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from agent.bulk import read_rows
from agent.models import Tenant
from agent.states import SendMode
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.mail.domain_records import Finding, SendingSetup, inspect_domain
from engagement.mail.models import DomainCheck, DomainResult, Mailbox
from engagement.mail.providers import Provider, provider_in_force
from engagement.mail.resolver import make_lookup

logger = structlog.get_logger(__name__)

GOOD_FOR = timedelta(days=7)
# In which messages reach people outside; the others go to nobody, or to addresses that we named ourselves.
GATED_MODES = frozenset({SendMode.LIMITED_LIVE, SendMode.LIVE})
# `DomainCheck.objects.filter(domain=domain).decisive().first()`
DECISIVE_SQL = "domain = %s AND result <> 'no_news' ORDER BY checked_at DESC, id DESC LIMIT 1"
COMMAND = "manage.py check_sending_domain"


class NoSendingDomain(LookupError):
    """The tenant has no mailbox to write from."""


def check_sending_domain(*, tenant: Tenant, now: datetime) -> DomainCheck:
    """Look at the records of the domain that the tenant writes from, and keep what was found.

    The DNS is asked in no transaction. Raises `NoSendingDomain`.
    """
    refuse_tenant_scope("check_sending_domain")
    with tenant_scope(tenant):
        mailbox, provider = Mailbox.objects.primary(), provider_in_force()
    if mailbox is None:
        raise NoSendingDomain("No mailbox to write from: mark one of the company's mailboxes as primary.")
    findings = _inspect(mailbox.domain, provider)
    result = _result_of(findings)
    with tenant_scope(tenant):
        check = DomainCheck.objects.create(
            domain=mailbox.domain,
            result=result,
            findings=[finding.as_json() for finding in findings],
            checked_at=now,
        )
    logger.info("sending_domain_checked", tenant=tenant.slug, domain=mailbox.domain, result=str(result))
    return check


def read_domain_objection(*, domain: str, mode: SendMode, now: datetime) -> str:
    """Why messages of the domain may not travel as far as `mode`; empty when they may. In a scope, one query."""
    if mode not in GATED_MODES:
        return ""
    last = next(iter(read_rows(DomainCheck, DECISIVE_SQL, [domain])), None)
    if last is None:
        return f"{domain} has not been looked at: run {COMMAND}, or wait for tonight's look."
    if last.result == DomainResult.FAILED:
        return f"Receivers would not believe mail from {domain}: {' '.join(last.complaints)}"
    if last.checked_at <= now - GOOD_FOR:
        return f"The last look at {domain} is of {last.checked_at:%Y-%m-%d}, longer ago than a week: run {COMMAND}."
    return ""


def _inspect(domain: str, provider: Provider) -> tuple[Finding, ...]:
    if domain in provider.own_domains:
        said = f"{domain} is the mail provider's own, which signs for it itself."
        return (Finding(record="DKIM", name=domain, found=(), is_right=True, sentence=said),)
    return inspect_domain(_setup_of(domain, provider), make_lookup())


def _setup_of(domain: str, provider: Provider) -> SendingSetup:
    """What the provider has its customers publish, unless the installation says otherwise."""
    below = provider.return_path if settings.EMAIL_RETURN_PATH is None else settings.EMAIL_RETURN_PATH
    return SendingSetup(
        domain=domain,
        return_path=f"{below}.{domain}" if below else domain,
        include=settings.EMAIL_SPF_INCLUDE or provider.spf_include,
        selector=settings.EMAIL_DKIM_SELECTOR or provider.dkim_selector,
    )


def _result_of(findings: tuple[Finding, ...]) -> DomainResult:
    """One record that is wrong decides; one of which nothing was heard keeps the others from passing."""
    if any(finding.is_right is False for finding in findings):
        return DomainResult.FAILED
    return DomainResult.PASSED if all(finding.is_right for finding in findings) else DomainResult.NO_NEWS
