"""The page of what mail providers told us of our messages."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from engagement.mail.models import ProviderEvent


@admin.register(ProviderEvent)
class ProviderEventAdmin(RecordAdmin):
    """What became of our messages, as their provider told us by webhook."""

    list_display = (
        column("email_normalised", "Address"),
        "kind",
        column("detail", "In words"),
        column("at", "When"),
    )
    list_filter = ("kind", "provider")
    search_fields = ("email_normalised",)
    ordering = ("-id",)
    empty_list = "No provider has told us anything. Set up its webhook: see the runbook."

    def describe(self, event: ProviderEvent) -> list[Section]:
        entries = [
            ("Address", event.email_normalised),
            ("What", event.get_kind_display()),
            ("In words", event.detail),
            ("Provider", event.provider),
            ("When", event.at),
            ("We were told", event.received_at),
            ("Card", link_to(event.card)),
            ("Message-ID", event.message_id),
            ("The provider's id of the event", event.event_id),
        ]
        return [Section(title="What the provider told us", body=pairs(entries))]
