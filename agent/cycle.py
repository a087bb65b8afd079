"""The hourly cycle of one tenant: Plan, Act, React, Reflect, under one lease (spec P0.1).

The three doors (command, beat, cron route) call `run_cycle`. It opens its own transactions, one for each unit of
work, and refuses to be called inside a scope. What it answers, a `RunReport`, is in `agent.run_reports`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db.models import Max
from structlog.contextvars import bound_contextvars

from agent.abandoned import abandon_runs
from agent.events import consume_events
from agent.executor import OutOfTime, execute_cards
from agent.leases import TTL_SECONDS, LeaseLost, LeaseTaken, fenced_scope, hold_lease
from agent.limits import window_of
from agent.models import Run, Tenant, Trigger
from agent.planning import plan_and_judge, read_hints, store_plan
from agent.previews import describe_judged, store_preview, take_drift
from agent.recovery import recover_cards
from agent.reflection import cards_of_run, count_cards, reflect
from agent.registry import Cycle, registry
from agent.run_reports import RunReport, report_preview, report_run
from agent.states import Phase, RunState, StopReason
from agent.switches import Stop, Stopped, build_cycle, ensure_running
from agent.tenancy import refuse_tenant_scope, tenant_scope
from agent.tenant_settings import InvalidAgentSettings

logger = structlog.get_logger(__name__)

TIME_LIMIT = timedelta(minutes=15)


class SlotTaken(RuntimeError):
    """This hour's scheduled cycle of the tenant has run, or is running."""


@dataclass
class Progress:
    """What a cycle has done so far, kept in memory until the run is closed."""

    started: float
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)
    work: dict[str, Any] = field(default_factory=dict)
    drift: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def phase(self, phase: Phase) -> Iterator[None]:
        """Measure one phase, whatever becomes of it."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[str(phase)] = {"seconds": round(time.monotonic() - began, 4)}


def run_cycle(
    *,
    tenant: Tenant,
    now: datetime,
    is_scheduled: bool = False,
    is_simulated: bool = False,
    lease_seconds: float = TTL_SECONDS,
) -> RunReport:
    """Run one cycle of one tenant and report it; never raises for what a run can end with.

    `is_scheduled` takes the tenant's slot of the hour, once. `is_simulated` says that `now` is not the wall clock:
    then nothing leaves the database. `lease_seconds` is how long the cycle keeps others out after it stops answering.
    A stopped or locked attempt is stored as a run too.
    """
    refuse_tenant_scope("run_cycle")
    progress = Progress(started=time.monotonic())
    draft = Run(
        tenant_id=tenant.pk,
        trigger=Trigger.SCHEDULED if is_scheduled else Trigger.MANUAL,
        slot=window_of(now) if is_scheduled else None,
        cycle_at=now,
        started_at=now,
    )
    try:
        with tenant_scope(tenant):
            ensure_running(tenant.pk)
        held = hold_lease(tenant.pk, ttl_seconds=lease_seconds)
        with held as lease, bound_contextvars(tenant=tenant.slug):
            cycle = _open_cycle(draft, tenant, lease.token, is_simulated=is_simulated)
            with bound_contextvars(run=cycle.run_id):
                return _work(cycle, draft, progress)
    except InvalidAgentSettings as error:
        return _store_refused(draft, tenant, RunState.FAILED, Stop(StopReason.ERROR, str(error)), progress)
    except Stopped as stopped:
        return _store_refused(draft, tenant, RunState.STOPPED, stopped.stop, progress)
    except LeaseTaken:
        taken = Stop(StopReason.LEASE_TAKEN, "Another cycle of this tenant is running; it does the work.")
        return _store_refused(draft, tenant, RunState.LOCKED, taken, progress)
    except SlotTaken:
        taken = Stop(StopReason.SLOT_TAKEN, "This hour's scheduled cycle has been taken already.")
        return _store_refused(draft, tenant, RunState.LOCKED, taken, progress)
    except LeaseLost as lost:
        return _report_lost(draft, tenant, lost, progress)


def _report_lost(draft: Run, tenant: Tenant, lost: LeaseLost, progress: Progress) -> RunReport:
    """Its writes are refused from here on: the run is reported and not stored, and its successor abandons it."""
    draft.state, draft.stop_reason = RunState.ABANDONED, StopReason.LEASE_LOST
    draft.stop_detail = str(lost)
    seconds = round(time.monotonic() - progress.started, 4)
    return report_run(draft, tenant=tenant, cards=[], reflection=None, left_alone=(), seconds=seconds)


def preview_cycle(*, tenant: Tenant, now: datetime, is_simulated: bool = False) -> RunReport:
    """Show what a cycle at `now` would do, from the same code; keeps the preview and changes nothing else."""
    refuse_tenant_scope("preview_cycle")
    began = time.monotonic()
    with tenant_scope(tenant):
        ensure_running(tenant.pk)
        cycle = build_cycle(
            tenant=tenant, now=now, is_simulated=is_simulated, is_preview=True, hints=read_hints()
        )
        draft, judged = plan_and_judge(cycle)
        items = describe_judged(judged)
        store_preview(items, cycle_at=now, made_at=now)
    return report_preview(
        tenant=tenant,
        items=items,
        left_alone=draft.left_alone,
        looked_at=draft.looked_at,
        new_cards=len(draft.new),
        seconds=time.monotonic() - began,
    )


def _open_cycle(draft: Run, tenant: Tenant, token: int, *, is_simulated: bool) -> Cycle:
    """Store the run under the lease, after settling runs whose process died.

    Those are settled for good first: what they show may stop this cycle.
    """
    with fenced_scope(tenant.pk, token):
        abandon_runs(tenant=tenant, now=draft.started_at)
    with fenced_scope(tenant.pk, token):
        ensure_running(tenant.pk)
        cycle = build_cycle(tenant=tenant, now=draft.cycle_at, is_simulated=is_simulated, hints=read_hints())
        draft.fence = token
        draft.state = RunState.RUNNING
        if draft.slot is not None and Run.objects.in_slot(draft.slot).exists():
            raise SlotTaken
        last = Run.objects.aggregate(last=Max("cycle_number"))["last"]
        draft.cycle_number = (last or 0) + 1
        draft.save(force_insert=True)
    return replace(cycle, run_id=draft.pk, fence=token)


def _work(cycle: Cycle, run: Run, progress: Progress) -> RunReport:
    """The four phases; whatever ends them early becomes the run's state and reason."""
    state, stop = RunState.COMPLETED, None
    try:
        _plan(cycle, run, progress)
        stop = _act(cycle, run, progress)
        _react(cycle, run, progress)
        _reflect(cycle, run, progress)
        state = RunState.STOPPED if stop else RunState.COMPLETED
    except Stopped as stopped:
        state, stop = RunState.STOPPED, stopped.stop
    except LeaseLost:
        raise
    except Exception as error:
        # Whatever an engine raises ends this tenant's cycle, visibly, and no other tenant's.
        logger.exception("cycle_failed")
        state, stop = RunState.FAILED, Stop(StopReason.ERROR, f"{type(error).__name__}: {error}")
    return _close_run(cycle, run, state, stop, progress)


def _plan(cycle: Cycle, run: Run, progress: Progress) -> None:
    with progress.phase(Phase.PLAN):
        _enter(cycle, run, Phase.PLAN)
        progress.work["recovered"] = recover_cards(cycle=cycle)
        with fenced_scope(cycle.tenant.pk, cycle.fence):
            draft, judged = plan_and_judge(cycle)
            store_plan(draft, judged, cycle=cycle, run=run)
            progress.drift = take_drift(judged, run=run)
        progress.work["looked_at"] = draft.looked_at
        progress.work["left_alone"] = len(draft.left_alone)
        progress.work["proposed"] = len(draft.new)


def _act(cycle: Cycle, run: Run, progress: Progress) -> Stop | None:
    """Carry out cards until none is left or the time is up; React and Reflect follow in either case."""
    with progress.phase(Phase.ACT):
        _enter(cycle, run, Phase.ACT)
        try:
            execute_cards(cycle=cycle, deadline=progress.started + TIME_LIMIT.total_seconds())
        except OutOfTime as over:
            return Stop(StopReason.TIME_LIMIT, str(over))
    return None


def _react(cycle: Cycle, run: Run, progress: Progress) -> None:
    with progress.phase(Phase.REACT):
        _enter(cycle, run, Phase.REACT)
        open_scope = partial(fenced_scope, cycle.tenant.pk, cycle.fence)
        progress.work["events"] = {
            engine.slug: consume_events(engine=engine, cycle=cycle, open_scope=open_scope)
            for engine in registry
        }


def _reflect(cycle: Cycle, run: Run, progress: Progress) -> None:
    with progress.phase(Phase.REFLECT):
        _enter(cycle, run, Phase.REFLECT)
        with fenced_scope(cycle.tenant.pk, cycle.fence):
            reflect(cycle=cycle, run=run, cards=cards_of_run(run))


def _enter(cycle: Cycle, run: Run, phase: Phase) -> None:
    """Look at the switches and say on the run where it is."""
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        ensure_running(cycle.tenant.pk)
        Run.objects.filter(pk=run.pk).update(phase=phase)


def _close_run(cycle: Cycle, run: Run, state: RunState, stop: Stop | None, progress: Progress) -> RunReport:
    seconds = round(time.monotonic() - progress.started, 4)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        cards = cards_of_run(run)
        run.state = state
        run.stop_reason, run.stop_detail = (stop.reason, stop.detail) if stop else ("", "")
        run.finished_at = run.started_at + timedelta(seconds=seconds)
        run.phases = progress.seconds
        run.counts = count_cards(cards, run=run)
        run.metrics = _metrics_of(run.counts, progress, seconds)
        run.work_block = {"hour": window_of(run.cycle_at).isoformat(), **progress.work}
        run.drift = progress.drift
        run.save(
            update_fields=[
                "state",
                "stop_reason",
                "stop_detail",
                "finished_at",
                "phases",
                "counts",
                "metrics",
                "work_block",
                "drift",
            ]
        )
        reflection = run.reflections.first()
        left_alone = tuple(run.left_alone.order_by("id"))
    return report_run(
        run, tenant=cycle.tenant, cards=cards, reflection=reflection, left_alone=left_alone, seconds=seconds
    )


def _metrics_of(counts: dict[str, int], progress: Progress, seconds: float) -> dict[str, float]:
    """The spec's figures of one run (spec, Metrics to Track)."""
    return {
        "seconds": seconds,
        "actions_planned": counts["proposed"],
        "actions_executed": counts["done"],
        "actions_blocked": counts["blocked"],
        "events_consumed": sum(progress.work.get("events", {}).values()),
    }


def _store_refused(draft: Run, tenant: Tenant, state: RunState, stop: Stop, progress: Progress) -> RunReport:
    """Store an attempt that did no work, so that a missing cycle can be explained."""
    with tenant_scope(tenant):
        run = Run.objects.create(
            trigger=draft.trigger,
            slot=draft.slot if state == RunState.LOCKED else None,
            state=state,
            stop_reason=stop.reason,
            stop_detail=stop.detail,
            cycle_at=draft.cycle_at,
            started_at=draft.started_at,
            finished_at=draft.started_at,
        )
    seconds = round(time.monotonic() - progress.started, 4)
    return report_run(run, tenant=tenant, cards=[], reflection=None, left_alone=(), seconds=seconds)
