"""Cards carried out in batches by one process, against the simple-update transactions of pgbench."""

from __future__ import annotations

from dataclasses import replace

from agent.executor import execute_cards
from agent.models import Card, Run, Tenant, Trigger
from agent.planning import plan_and_judge, store_plan
from agent.registry import Cycle
from agent.states import CardState, RunState
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.bench.books import NOW, TENANT
from tests.bench.measure import Ratio, ratio_of, seconds_of, take_turns
from tests.bench.server import WORK, Server

# Half of them tasks, half of them rehearsals.
CARDS = 2000
ROUNDS = 5
TRANSACTIONS = 3000


def plan_cards(server: Server, database: str) -> None:
    """Run the planning phase in `database` and store it: every card stands allowed afterwards."""
    with server.use(database):
        with tenant_scope(TENANT):
            run = Run.objects.create(
                trigger=Trigger.MANUAL,
                state=RunState.COMPLETED,
                cycle_at=NOW,
                started_at=NOW,
                finished_at=NOW,
            )
            cycle = replace(open_cycle(), run_id=run.pk)
            draft, judged = plan_and_judge(cycle)
            store_plan(draft, judged, cycle=cycle, run=run)
            left = Card.objects.exclude(state=CardState.ALLOWED).values_list("rule_reason", flat=True).first()
        if left is not None:
            raise RuntimeError(f"Not every card was allowed: {left}")
    with server.connect("postgres", database) as admin:
        admin.execute("VACUUM ANALYZE")


def measure_batches(server: Server, *, planned: str) -> Ratio:
    """As many rehearsed check-ins as tasks that clients asked for, in one executor."""
    batches, pgbench = take_turns(
        ROUNDS, lambda: CARDS / _execute(server, planned), lambda: server.pgbench(TRANSACTIONS)
    )
    return Ratio(
        name="batch_cards_vs_pgbench",
        what="Database-only and rehearsed cards in batches, against pgbench's simple updates, one client each",
        ours=batches,
        theirs=pgbench,
        unit="a second",
        value=ratio_of(batches, pgbench),
        goal=1.0,
        is_floor=True,
    )


def open_cycle() -> Cycle:
    """A cycle of the one tenant of the current database."""
    return build_cycle(tenant=Tenant.objects.get(pk=TENANT), now=NOW)


def _execute(server: Server, planned: str) -> float:
    with server.use(server.copy(planned, WORK)):
        cycle = open_cycle()
        # A new connection reads the catalogue first, and a process its templates.
        with tenant_scope(TENANT):
            plan_and_judge(cycle)
        seconds = seconds_of(lambda: execute_cards(cycle=cycle))
        with tenant_scope(TENANT):
            done = Card.objects.filter(state=CardState.DONE).count()
        if done != CARDS:
            raise RuntimeError(f"{done} of {CARDS} cards were carried out.")
    return seconds
