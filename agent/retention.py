"""The nightly cleaning: what nobody needs past its age goes, in bounded transactions; evidence stays.

Which rows may go is said by the engines (`Engine.expiring`), for the kernel's own tables by `agent.engine`. The
runbook's table lists all of it, and what is kept for good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.contrib.sessions.models import Session

from agent.models import Tenant
from agent.registry import Expiring, registry
from agent.tenancy import refuse_tenant_scope, tenant_scope

logger = structlog.get_logger(__name__)

# How many rows one transaction looks at. A table is walked by its key, so none looks at more.
PAGE = 5000
LAST_ID = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """What was cleaned of one tenant, or of what belongs to none; `error` says why it ended early."""

    of: str
    counts: Mapping[str, int]
    error: str = ""


def clean_up(*, now: datetime, is_dry_run: bool = False) -> list[Cleaned]:
    """Clean every tenant, enabled or not, and what belongs to none. A dry run only counts.

    Any moment may be its last: it is repeated from the start, and two at once do each other no harm.
    """
    refuse_tenant_scope("clean_up")
    cleaned = [_clean_tenant(tenant, now, is_dry_run) for tenant in Tenant.objects.order_by("slug")]
    return [*cleaned, Cleaned(of="sessions", counts={"expired": _clean_sessions(now, is_dry_run)})]


def _clean_tenant(tenant: Tenant, now: datetime, is_dry_run: bool) -> Cleaned:
    counts: dict[str, int] = {}
    try:
        for engine in registry:
            for expiring in engine.expiring():
                counts[expiring.name] = _walk(tenant, expiring, now - expiring.age, is_dry_run)
    except Exception as error:
        # Whatever ails one tenant's tables must not keep the others' from being cleaned.
        logger.exception("clean_up_failed", tenant=tenant.slug)
        return Cleaned(of=tenant.slug, counts=counts, error=f"{type(error).__name__}: {error}")
    logger.info("cleaned_up", tenant=tenant.slug, is_dry_run=is_dry_run, counts=counts)
    return Cleaned(of=tenant.slug, counts=counts)


def _walk(tenant: Tenant, expiring: Expiring, before: datetime, is_dry_run: bool) -> int:
    """Go through the whole table by pages of its key; every statement is a range of the index on (tenant, id)."""
    done, last = 0, 0
    while last < LAST_ID:
        with tenant_scope(tenant):
            rows = expiring.rows(before).order_by()
            later = rows.model._default_manager.filter(pk__gt=last).order_by("pk")
            upper = later.values_list("pk", flat=True)[PAGE - 1 : PAGE].first() or LAST_ID
            page = rows.filter(pk__gt=last, pk__lte=upper)
            if is_dry_run:
                done += page.count()
            elif expiring.blank:
                done += page.update(**expiring.blank)
            else:
                done += page.delete()[0]
        last = upper
    return done


def _clean_sessions(now: datetime, is_dry_run: bool) -> int:
    """Sessions of people who have not been here for long; each page is a range of the index on their end."""
    expired = Session.objects.filter(expire_date__lt=now).order_by("expire_date")
    if is_dry_run:
        return expired.count()
    done = 0
    while keys := list(expired.values_list("pk", flat=True)[:PAGE]):
        done += Session.objects.filter(pk__in=keys).delete()[0]
    return done
