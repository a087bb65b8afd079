"""Counters over append-only tables: exact at every reading, cheap over any history, and never going down.

A counter is what `add_up` has folded into `Total` plus the rows after it, which are counted when asked, by a range
of the index on (tenant, id). Nothing is counted where things happen, so nothing waits there. What a counter is
called and how it is shown is `agent.metrics.families` and `agent.metrics.collector`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from agent.events import read_horizon
from agent.metrics.models import Total

SEPARATOR = "|"
LAST_ID = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class Source:
    """An append-only table: how its rows of an id range are counted, by key, and up to which id they are final."""

    name: str
    # Columns: a key, whose parts are joined by `SEPARATOR`, and a number.
    count_sql: str
    final_to_sql: str


SOURCES = (
    Source(
        name="runs",
        # Two numbers a state: how many runs ended in it, and how many seconds they took.
        count_sql="""
            SELECT state || '|' || measure.name, sum(measure.value)
            FROM agent_autonomous_runs run
            CROSS JOIN LATERAL (VALUES ('count', 1.0),
                ('seconds', extract(epoch FROM run.finished_at - run.started_at))) AS measure (name, value)
            WHERE run.id > %s AND run.id <= %s AND run.state <> 'running' GROUP BY 1
        """,
        final_to_sql="""
            SELECT coalesce((SELECT min(id) - 1 FROM agent_autonomous_runs WHERE state = 'running'),
                            (SELECT max(id) FROM agent_autonomous_runs), 0)
        """,
    ),
    Source(
        name="moves",
        count_sql="""
            SELECT concat_ws('|', card.engine, card.kind, card.is_rehearsal::text,
                             CASE WHEN move.old = '' THEN 'planned' ELSE move.new END), count(*)
            FROM kanban_card_transitions move JOIN kanban_cards card ON card.id = move.card_id
            WHERE move.id > %s AND move.id <= %s GROUP BY 1
        """,
        final_to_sql="SELECT coalesce(max(id), 0) FROM kanban_card_transitions",
    ),
    Source(
        name="events",
        count_sql="SELECT kind, count(*) FROM warehouse_events WHERE id > %s AND id <= %s GROUP BY 1",
        final_to_sql="SELECT coalesce(max(id), 0) FROM warehouse_events",
    ),
    Source(
        name="violations",
        count_sql="SELECT rule, count(*) FROM agent_policy_violations WHERE id > %s AND id <= %s GROUP BY 1",
        final_to_sql="SELECT coalesce(max(id), 0) FROM agent_policy_violations",
    ),
)
OWN_TRANSACTION_SQL = "SELECT pg_current_xact_id()::text::bigint"


def read_counters() -> dict[str, Mapping[tuple[str, ...], float]]:
    """Every counter of the open scope's tenant: source, then key, then value. Five statements."""
    totals = {total.source: total for total in Total.objects.all()}
    return {source.name: _read_source(source, totals.get(source.name)) for source in SOURCES}


def add_up() -> None:
    """Inside a scope: count the stretches noted last time, and note the next; a second caller waits and adds nothing.

    An id is taken before its transaction commits, so a row may yet appear below the highest id one can see. A
    stretch is therefore only noted at first, and counted by a later call that finds all transactions of that time
    ended. Meant to be called every hour, before anything else is written in the scope; a call left out only makes
    the next readings look at more rows.
    """
    # The ids come before this transaction's own number: whoever has taken one of them has a lower number.
    final_to = {source.name: _read_number(source.final_to_sql) for source in SOURCES}
    Total.objects.bulk_create([Total(source=name) for name in final_to], ignore_conflicts=True)
    totals = {total.source: total for total in Total.objects.select_for_update().order_by("source")}
    own, horizon = _read_number(OWN_TRANSACTION_SQL), read_horizon()
    for source in SOURCES:
        total = totals[source.name]
        upper = min(total.noted_to, final_to[source.name])
        if total.noted_xid <= horizon and upper > total.counted_to:
            total.counts = dict(Counter(total.counts) + Counter(_count(source, total.counted_to, upper)))
            total.counted_to = upper
        total.noted_to = max(final_to[source.name], total.counted_to)
        total.noted_xid = own
    Total.objects.bulk_update(totals.values(), ["counted_to", "noted_to", "noted_xid", "counts"])


def _read_source(source: Source, total: Total | None) -> Mapping[tuple[str, ...], float]:
    known = Counter(total.counts) if total else Counter()
    counted = known + Counter(_count(source, total.counted_to if total else 0, LAST_ID))
    return {tuple(key.split(SEPARATOR)): value for key, value in sorted(counted.items())}


def _count(source: Source, above: int, up_to: int) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(source.count_sql, [above, up_to])
        return {key: float(value) for key, value in cursor.fetchall()}


def _read_number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        number: int = cursor.fetchone()[0]
    return number
