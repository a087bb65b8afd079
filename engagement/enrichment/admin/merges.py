"""The pages of merges: what became one contact, why, and what was moved."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from engagement.enrichment.models import ContactMerge


@admin.register(ContactMerge)
class ContactMergeAdmin(RecordAdmin):
    """Every merge, the latest first."""

    list_display = (
        "keep",
        "other",
        column("merged_at", "Merged"),
        column("merged_by", "By"),
        column("undone_at", "Undone"),
    )
    list_select_related = ("keep", "other")
    search_fields = ("keep__last_name", "other__last_name")
    ordering = ("-id",)
    empty_list = "No contact has turned out to be another one."

    def describe(self, merge: ContactMerge) -> list[Section]:
        entries = [
            ("Stays", link_to(merge.keep)),
            ("Is the same person", link_to(merge.other)),
            ("Why", merge.reason),
            ("Merged", merge.merged_at),
            ("By", merge.merged_by),
        ]
        undone = [("Undone", merge.undone_at), ("By", merge.undone_by), ("Because", merge.undo_reason)]
        return [Section(title="Merge", body=pairs([*entries, *(undone if merge.undone_at else [])]))]
