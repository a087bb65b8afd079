"""What row-level security costs: the ten hot queries as the application's role, against a role that it does not bind.

The other side is the same query on the same table with the tenant as a condition of its own, as one would write it
without the wall.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import psycopg
from psycopg import ClientCursor

from agent.tenancy import tenant_scope
from tests.bench.books import NOW, PAST_SQL, TENANT, load_rows
from tests.bench.hot_queries import HOT_QUERIES, HotQuery
from tests.bench.measure import Ratio, Sample, take_turns
from tests.bench.server import APPLICATION, BYPASS, Server

ROUNDS = 9
REPEATS = 20
TENTH = 0.1
# Milliseconds that nobody notices, however short the query.
UNNOTICED = 0.1


def add_past(server: Server, database: str, contacts: int) -> None:
    """Give the book of `database` what years of cycles leave behind: cards, events, suppressions, one a contact."""
    parameters = {"tenant": TENANT, "now": NOW, "contacts": contacts, "run": 1}
    load_rows(server, database, PAST_SQL, parameters)


def measure_wall(server: Server, *, book: str) -> Ratio:
    """The worst of the ten queries counts."""
    worst: Ratio | None = None
    for query in HOT_QUERIES:
        ratio = _compare(server, book, query)
        if worst is None or ratio.value > worst.value:
            worst = ratio
    assert worst is not None
    return worst


def _compare(server: Server, book: str, query: HotQuery) -> Ratio:
    with server.use(book), tenant_scope(TENANT):
        rows = query.rows(NOW)
        bound = rows[: query.limit].query.sql_with_params()
        free = rows.filter(tenant=TENANT)[: query.limit].query.sql_with_params()
    with (
        server.connect(APPLICATION, book, cursor_factory=ClientCursor) as application,
        server.connect(BYPASS, book, cursor_factory=ClientCursor) as bypass,
    ):
        application.execute("SELECT set_config('app.tenant_id', %s, false)", [str(TENANT)])
        if application.execute(*bound).rowcount != bypass.execute(*free).rowcount:
            raise RuntimeError(f"The two sides of '{query.name}' read different rows.")
        on, off = take_turns(
            ROUNDS, lambda: _milliseconds(application, bound), lambda: _milliseconds(bypass, free)
        )
    return Ratio(
        name="rls_cost_of_allowance",
        what="What row-level security costs, on against off, as a share of what it may (a tenth of the query, or "
        f"{UNNOTICED:g} ms where that is more): the worst of the ten hot queries at a million rows, {query.name!r}",
        ours=on,
        theirs=off,
        unit="milliseconds",
        value=_share(on, off),
        goal=1.0,
    )


def _share(on: Sample, off: Sample) -> float:
    """How much of what the wall may cost it does cost: a tenth of the query, or `UNNOTICED` where that is more."""
    shares = [
        (mine - other) / max(other * TENTH, UNNOTICED)
        for mine, other in zip(on.values, off.values, strict=True)
    ]
    return round(statistics.median(shares), 3)


def _milliseconds(connection: psycopg.Connection[Any], statement: tuple[str, Any]) -> float:
    """The median of some calls, rows read."""
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        connection.execute(*statement).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)
