"""Pages of what happened and of how far each engine has read it."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.cards import EngineFilter, engine_label
from agent.admin.display import Section, humanise, pairs, readable
from agent.models import Event, EventCursor


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """What happened, the newest first."""

    list_display = (
        "kind_words",
        column("subject_kind", "To what"),
        column("subject_id", "Number"),
        column("occurred_at", "When"),
    )
    search_fields = ("kind",)
    ordering = ("-id",)
    empty_list = "Nothing has happened yet: import mail or orders, or run a cycle."

    @admin.display(description="What happened", ordering="kind")
    def kind_words(self, event: Event) -> str:
        return humanise(event.kind)

    def describe(self, event: Event) -> list[Section]:
        entries = [
            ("What happened", humanise(event.kind)),
            ("To", f"{humanise(event.subject_kind)} {event.subject_id}"),
            ("When", event.occurred_at),
        ]
        return [
            Section(title="Event", body=pairs(entries)),
            Section(title="What is known of it", body=readable(event.data)),
        ]


@admin.register(EventCursor)
class EventCursorAdmin(RecordAdmin):
    """The last event each engine has consumed."""

    list_display = ("engine_name", column("event_id", "Last event"))
    list_filter = (EngineFilter,)
    ordering = ("engine",)
    empty_list = "No engine has read an event yet."

    @admin.display(description="Engine", ordering="engine")
    def engine_name(self, cursor: EventCursor) -> str:
        return engine_label(cursor.engine)

    def describe(self, cursor: EventCursor) -> list[Section]:
        entries = [
            ("Engine", engine_label(cursor.engine)),
            ("Last event", cursor.event_id),
            ("Written by transaction", cursor.writer_xid),
        ]
        return [Section(title="How far it has read", body=pairs(entries))]
