"""Planning 500 due check-ins in a book of a million contacts, against one of ten thousand."""

from __future__ import annotations

from agent.models import Tenant
from agent.planning import plan_and_judge
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.bench.books import NOW, TENANT
from tests.bench.measure import Ratio, ratio_of, seconds_of, take_turns
from tests.bench.server import Server

DUE = 500
ROUNDS = 9


def measure_planning(server: Server, *, small: str, large: str) -> Ratio:
    """The whole planning phase but its writing: every engine's plan, all facts, and every rule."""
    in_large, in_small = take_turns(ROUNDS, lambda: _plan(server, large), lambda: _plan(server, small))
    return Ratio(
        name="planning_1m_vs_10k",
        what="Planning 500 due check-ins with 1,000,000 contacts, against 10,000 contacts",
        ours=in_large,
        theirs=in_small,
        unit="seconds",
        value=ratio_of(in_large, in_small),
        goal=1.5,
    )


def _plan(server: Server, database: str) -> float:
    with server.use(database):
        # A new connection reads the catalogue first, which no cycle but its first has to.
        plan_due()
        return seconds_of(plan_due)


def plan_due() -> None:
    """Plan and judge in the book of the current database; fails unless everybody who is due got a card."""
    tenant = Tenant.objects.get(pk=TENANT)
    with tenant_scope(tenant):
        draft, judged = plan_and_judge(build_cycle(tenant=tenant, now=NOW, is_preview=True))
    if len(draft.new) != DUE or len(judged) != DUE:
        raise RuntimeError(f"{len(draft.new)} cards were planned and {len(judged)} judged, not {DUE}.")
