"""Emitting events, and consuming them once per engine in the order in which their transactions can be trusted.

What an engine does with an event lives in its `react`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agent.models import Event, EventCursor
from agent.registry import Cycle, Engine, Ref

PAGE = 200
# A writer still open may yet commit an event below any newer one; only transactions older than all open ones are
# complete. The cursor is (transaction, id), because ids are taken before the commit order is known.
NEW_EVENTS_SQL = """
    (writer_xid, id) > (%s, %s)
    AND writer_xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
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
        Event(
            kind=event.kind,
            subject_kind=event.subject.kind,
            subject_id=event.subject.id,
            data=dict(event.data),
            occurred_at=now,
        )
        for event in events
    ]
    return len(Event.objects.bulk_create(rows))


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
    EventCursor.objects.bulk_create([EventCursor(engine=slug)], ignore_conflicts=True)
    cursor = EventCursor.objects.select_for_update().get(engine=slug)
    events = Event.objects.extra(where=[NEW_EVENTS_SQL], params=[cursor.writer_xid, cursor.event_id])
    return list(events.order_by("writer_xid", "id")[:PAGE])
