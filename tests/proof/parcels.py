"""The stage of the proofs about switches and caps: many allowed parcels, and processes that carry them out."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from agent.engine import KernelEngine
from agent.models import Card, Run, Tenant, Trigger
from agent.planning import plan_and_judge, store_plan
from agent.registry import registry
from agent.states import CardState, RunState
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal
from tests.agent.processes import wait_for_line, worker_environment

WORKER = Path(__file__).with_name("parcel_worker.py")


@contextmanager
def crew(
    size: int, tenant: Tenant, log: Path, now: datetime, *, threads: int = 1
) -> Iterator[list[subprocess.Popen[str]]]:
    """So many worker processes, all ready, that carry out the tenant's parcels until the block ends."""
    command = [sys.executable, str(WORKER), str(tenant.pk), str(log), now.isoformat(), str(threads)]
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                subprocess.Popen(
                    command,
                    env=worker_environment(LOG_LEVEL="CRITICAL"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(size)
        ]
        for worker in workers:
            assert wait_for_line(worker) == "ready"
        try:
            yield workers
        finally:
            for worker in workers:
                assert worker.stdin is not None
                worker.stdin.close()


def allow_parcels(tenant: Tenant, count: int, now: datetime) -> None:
    """Plan so many parcels, each to another person, and judge them; those the caps leave room for are allowed."""
    with tenant_scope(tenant):
        Run.objects.create(
            trigger=Trigger.MANUAL, state=RunState.COMPLETED, cycle_at=now, started_at=now, finished_at=now
        )
    _plan(tenant, ParcelEngine(proposals=[make_proposal(number) for number in range(count)]), now)


def wake_parcels(tenant: Tenant, now: datetime) -> None:
    """Judge again the deferred parcels whose time has come, as the next cycle does."""
    _plan(tenant, ParcelEngine(), now)


def _plan(tenant: Tenant, engine: ParcelEngine, now: datetime) -> None:
    with registry.override(KernelEngine(), engine), tenant_scope(tenant):
        run = Run.objects.get()
        cycle = replace(build_cycle(tenant=tenant, now=now), run_id=run.pk)
        draft, judged = plan_and_judge(cycle)
        store_plan(draft, judged, cycle=cycle, run=run)


def states_of(tenant: Tenant) -> Counter[CardState]:
    """How many of the tenant's cards are in each state."""
    with tenant_scope(tenant):
        return Counter(CardState(state) for state in Card.objects.values_list("state", flat=True))


def read_log(log: Path) -> list[tuple[float, str]]:
    """When each parcel left, and its key."""
    lines = log.read_text().splitlines() if log.exists() else []
    return [(float(moment), key) for moment, key in (line.split() for line in lines)]
