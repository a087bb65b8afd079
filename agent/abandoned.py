"""What is left of cycles whose process died: their runs are marked, and a tenant whose cycles keep dying is paused.

The cards that such a run was executing are settled by `agent.executor.recover_cards`.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Max

from agent.models import Run, Switch, SwitchChange, Tenant
from agent.services import set_tenant_switch
from agent.states import RunState, StopReason

logger = structlog.get_logger(__name__)

# Whatever kills three cycles in a row would most likely kill the fourth, and may leave one unknown outcome each time.
PAUSE_AFTER = 3
REAPER = "reaper"


def abandon_runs(*, tenant: Tenant, now: datetime) -> int:
    """Mark every running run of the tenant as abandoned; returns how many. In a scope fenced by a fresh lease.

    The lease proves that no run is alive: the caller has not stored its own yet. The run that makes `PAUSE_AFTER`
    in a row pauses the tenant's agent in the same transaction, until a person resumes it.
    """
    running = Run.objects.filter(state=RunState.RUNNING)
    abandoned = running.update(state=RunState.ABANDONED, stop_reason=StopReason.PROCESS_DIED, finished_at=now)
    if abandoned:
        logger.warning("runs_abandoned", tenant=tenant.slug, count=abandoned)
        if is_dying_repeatedly(tenant):
            set_tenant_switch(
                tenant=tenant,
                is_enabled=False,
                actor=REAPER,
                reason=f"The process died in {PAUSE_AFTER} cycles in a row. Find out why, then resume.",
                now=now,
            )
    return abandoned


def is_dying_repeatedly(tenant: Tenant) -> bool:
    """Inside a scope: whether the last cycles that began, since the agent was last resumed, were all abandoned."""
    changes = SwitchChange.objects.filter(company=tenant.slug, switch=Switch.AGENT)
    resumed_at = changes.filter(is_enabled=True).aggregate(at=Max("at"))["at"]
    begun = Run.objects.filter(cycle_number__isnull=False)
    if resumed_at is not None:
        begun = begun.filter(started_at__gt=resumed_at)
    last = list(begun.order_by("-cycle_number").values_list("state", flat=True)[:PAUSE_AFTER])
    return len(last) == PAUSE_AFTER and set(last) == {RunState.ABANDONED}
