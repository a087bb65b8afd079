"""Emitting events, and consuming them once per engine in the order in which their transactions can be trusted.

What an engine does with an event lives in its `react`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from agent.bulk import insert_rows
from agent.models import Event, EventCursor
from agent.registry import Cycle, Engine, Ref

PAGE = 200


# The id below which every transaction that could write events here has ended. A snapshot lists the open transactions
# of the whole server; one whose backend is known to work in another database is left out, or a long import there
# would hide our events for as long as it takes. What cannot be proved to be elsewhere counts as ours.
HORIZON_SQL = """
    WITH elsewhere AS (
        SELECT l.transactionid::text::bigint AS xid
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
          AND a.datid <> (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    SELECT least(
        coalesce(
            (SELECT min(open.xid::text::bigint) FROM pg_snapshot_xip(taken.snapshot) AS open(xid)
             WHERE open.xid::text::bigint % 4294967296 NOT IN (SELECT xid FROM elsewhere)),
            pg_snapshot_xmax(taken.snapshot)::text::bigint
        ),
        pg_current_xact_id_if_assigned()::text::bigint
    )
    FROM (SELECT pg_current_snapshot() AS snapshot) taken
"""


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """Something that happened, to be recorded in the transaction that makes it true."""

    kind: str
    subject: Ref
    data: Mapping[str, Any] = field(default_factory=dict)


def emit_events(events: Iterable[NewEvent], *, now: datetime) -> int:
    """Record events in one statement, inside the caller's scope; returns how many."""
    rows = [
        {
            "kind": event.kind,
            "subject_kind": event.subject.kind,
            "subject_id": event.subject.id,
            "data": dict(event.data),
        }
        for event in events
    ]
    return len(insert_rows(Event, rows, occurred_at=now))


def consume_events(
    *, engine: Engine, cycle: Cycle, open_scope: Callable[[], AbstractContextManager[Any]]
) -> int:
    """Let `engine` react to everything new, page by page; returns how many events it saw.

    The page and the move of the cursor are one transaction, so a crash repeats a page and never skips one.
    """
    seen = 0
    while True:
        with open_scope():
            page = _next_page(engine.slug)
            if not page:
                return seen
            engine.react(cycle, page)
            last = page[-1]
            EventCursor.objects.filter(engine=engine.slug).update(
                writer_xid=last.writer_xid, event_id=last.pk
            )
        seen += len(page)
        if len(page) < PAGE:
            return seen


def _next_page(slug: str) -> Sequence[Event]:
    """The events after the engine's cursor, in the order of their transactions.

    A writer still open may yet commit an event below any newer one, so only transactions older than all open ones
    are read; and ids are taken before the order of the commits is known, so the cursor is (transaction, id).
    """
    EventCursor.objects.bulk_create([EventCursor(engine=slug)], ignore_conflicts=True)
    cursor = EventCursor.objects.select_for_update().get(engine=slug)
    after = Q(writer_xid__gt=cursor.writer_xid) | Q(writer_xid=cursor.writer_xid, id__gt=cursor.event_id)
    complete = Event.objects.filter(writer_xid__gte=cursor.writer_xid, writer_xid__lt=read_horizon())
    return list(complete.filter(after).order_by("writer_xid", "id")[:PAGE])


def read_horizon() -> int:
    """The transaction below which every one that could write in this database has ended.

    Read in a statement of its own, so at or below what the reading of rows after it may trust.
    """
    with connection.cursor() as statement:
        statement.execute(HORIZON_SQL)
        horizon: int = statement.fetchone()[0]
    return horizon
