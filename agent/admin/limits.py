"""Pages of the caps and of the lease under which a cycle works."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, humanise, pairs
from agent.models import Lease, RateLimit


@admin.register(RateLimit)
class RateLimitAdmin(RecordAdmin):
    """How much of each cap is used in each hour and day."""

    list_display = ("cap", "window", column("window_start", "From"), "used")
    ordering = ("-window_start", "window", "key")
    empty_list = "No cap has been drawn on yet: nothing has left, and nothing was researched."

    @admin.display(description="Cap", ordering="key")
    def cap(self, row: RateLimit) -> str:
        return _name_of(row)

    def describe(self, row: RateLimit) -> list[Section]:
        entries = [
            ("Cap", _name_of(row)),
            ("Counted by", row.get_window_display()),
            ("From", row.window_start),
            ("Used", row.used),
        ]
        return [Section(title="Use of the cap", body=pairs(entries))]


def _name_of(row: RateLimit) -> str:
    """`recipient:a@b.test` as "Messages to a@b.test"; a cap of the tenant's own by its name."""
    what, _, whom = row.key.partition(":")
    return f"Messages to {whom}" if what == "recipient" else humanise(row.key)


@admin.register(Lease)
class LeaseAdmin(RecordAdmin):
    """Who runs, or last ran, this tenant's cycle."""

    list_display = (
        "holder",
        column("token", "Fence token"),
        column("acquired_at", "Acquired"),
        column("expires_at", "Expires without a heartbeat"),
    )
    ordering = ("-id",)
    empty_list = "No cycle has taken the lease yet."

    def describe(self, lease: Lease) -> list[Section]:
        entries = [
            ("Holder", lease.holder),
            ("Fence token", lease.token),
            ("Acquired", lease.acquired_at),
            ("Expires without a heartbeat", lease.expires_at),
            ("Database session", lease.backend_pid),
        ]
        return [Section(title="Lease", body=pairs(entries))]
