"""The console's page of what has been counted so far. What a monitoring system reads is at `/metrics`."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, humanise, pairs, table
from agent.metrics.counting import SEPARATOR
from agent.metrics.models import Total


@admin.register(Total)
class TotalAdmin(RecordAdmin):
    """How far each kind of row has been counted, and what the count was."""

    list_display = ("what", column("counted_to", "Counted up to row"))
    ordering = ("source",)
    empty_list = (
        "Nothing has been added up yet. The hourly schedule does it; /metrics counts the newest rows itself."
    )

    @admin.display(description="Counted", ordering="source")
    def what(self, row: Total) -> str:
        return humanise(row.source)

    def describe(self, row: Total) -> list[Section]:
        entries = [("Counted", humanise(row.source)), ("Up to row", row.counted_to)]
        counts = [(" · ".join(key.split(SEPARATOR)), number) for key, number in sorted(row.counts.items())]
        return [
            Section(title="Counter", body=pairs(entries)),
            Section(title="Counts", body=table(["What", "How many"], counts)),
        ]
