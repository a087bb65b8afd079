"""The page of what mail providers refused us."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from engagement.mail.models import ProviderFailure


@admin.register(ProviderFailure)
class ProviderFailureAdmin(RecordAdmin):
    """What went wrong between us and a mail provider, in its own words."""

    list_display = (
        column("at", "When"),
        "provider",
        "kind",
        column("status", "Answered with"),
        column("detail", "In words"),
    )
    list_filter = ("kind", "provider")
    ordering = ("-id",)
    empty_list = "No mail provider has failed us."

    def describe(self, failure: ProviderFailure) -> list[Section]:
        entries = [
            ("Provider", failure.provider),
            ("What", failure.get_kind_display()),
            ("Answered with", failure.status),
            ("In words", failure.detail),
            ("When", failure.at),
            ("Card", link_to(failure.card)),
        ]
        return [Section(title="Failure", body=pairs(entries))]
