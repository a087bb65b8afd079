"""A whole cycle of a tenant, against its own statements sent again by psycopg alone."""

from __future__ import annotations

import time

from psycopg import ClientCursor

from agent.cycle import run_cycle
from agent.models import Card, Tenant
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from tests.bench.books import NOW, TENANT
from tests.bench.measure import Ratio, ratio_of, take_turns
from tests.bench.recording import Recorder, recorded, replay_transaction
from tests.bench.server import APPLICATION, WORK, Server

DUE = 200
ROUNDS = 5
# The replay holds the lease that the cycle would hold, with the token that its statements name.
LEASE_SQL = """
    INSERT INTO agent_tenant_locks
        (tenant_id, holder, token, acquired_at, expires_at, backend_pid, backend_started_at)
    SELECT %s, 'bench', 1, clock_timestamp(), clock_timestamp() + interval '1 hour', pid, backend_start
    FROM pg_stat_activity WHERE pid = pg_backend_pid()
"""


def measure_cycle(server: Server, *, book: str, cards: int) -> Ratio:
    """Every round begins with the same rows, so the recorded ids and parameters are right for each replay."""
    recorder = _record(server, book, cards)
    cycle, by_hand = take_turns(
        ROUNDS, lambda: _run(server, book, cards), lambda: _replay(server, book, recorder)
    )
    return Ratio(
        name="cycle_vs_psycopg",
        what=f"A cycle that plans and rehearses {cards} cards, against its {recorder.statements:,} statements by "
        "psycopg alone",
        ours=cycle,
        theirs=by_hand,
        unit="seconds",
        value=ratio_of(cycle, by_hand),
        goal=2.0,
    )


def _record(server: Server, book: str, cards: int) -> Recorder:
    with recorded() as recorder:
        _run(server, book, cards)
    return recorder


def _run(server: Server, book: str, cards: int) -> float:
    with server.use(server.copy(book, WORK)):
        tenant = Tenant.objects.get(pk=TENANT)
        began = time.perf_counter()
        report = run_cycle(tenant=tenant, now=NOW)
        seconds = time.perf_counter() - began
        with tenant_scope(TENANT):
            done = Card.objects.filter(state=CardState.DONE).count()
        if report.state != RunState.COMPLETED or done != cards:
            raise RuntimeError(f"The cycle {report.state} with {done} of {cards} cards done.")
    return seconds


def _replay(server: Server, book: str, recorder: Recorder) -> float:
    server.copy(book, WORK)
    with server.connect("postgres", WORK) as admin, admin.transaction():
        admin.execute(LEASE_SQL, [TENANT])
    began = time.perf_counter()
    with server.connect(APPLICATION, WORK, cursor_factory=ClientCursor) as by_hand:
        for statements in recorder.transactions:
            replay_transaction(by_hand, statements)
    return time.perf_counter() - began
