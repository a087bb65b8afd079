"""The page of people seen in mail. Read-only: research turns them into contacts, or a person adds a contact."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import ReadOnlyTenantAdmin
from engagement.enrichment.models import Candidate


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyTenantAdmin):
    """Who stands in our mail, the newest first, and which contact they became."""

    list_display = ("email_normalised", "name", "sighting", "seen_at", "contact", "added_at")
    list_filter = ("sighting", ("contact", admin.EmptyFieldListFilter))
    list_select_related = ("contact",)
    search_fields = ("email_normalised", "name", "domain")
    ordering = ("-seen_at",)
    fields = ("email_normalised", "name", "sighting", "message", "seen_at", "contact", "added_at")
    empty_list = "Nobody but known contacts has been seen in the mail yet."
