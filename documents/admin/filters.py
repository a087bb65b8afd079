"""How the library's list is narrowed, and how many documents each choice would leave (facets).

Facets count the newest `FACETS_COUNT` of what the other filters leave, so that they cost the same in a library of any
size.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest

from documents.models import Document, DocumentSource
from documents.states import SourceType

FACETS_COUNT = 10_000


class CountedChoices(ChoicesFieldListFilter):
    """The choices of a field, each with its count."""

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        counts: dict[str, int] = rows[:FACETS_COUNT].aggregate(**self.get_facet_counts("pk", rows))
        return counts


class PlaceFilter(SimpleListFilter):
    """The library without a choice; former versions and the trash for who asks for them."""

    title = "place"
    parameter_name = "place"
    DEFAULT = "library"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (self.DEFAULT, "In the library"),
            ("versions", "With former versions"),
            ("trash", "In the trash"),
        ]

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The choices without Django's "All": no choice is the first of them. None of them is counted."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or self.DEFAULT) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, rows: Any) -> QuerySet[Document]:
        place = self.value() or self.DEFAULT
        if place == "trash":
            return rows.trashed()
        return rows.live() if place == "versions" else rows.latest()


class SourceFilter(SimpleListFilter):
    """Where documents came from; one with several sources counts for each."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(SourceType.choices)

    def queryset(self, request: HttpRequest, rows: Any) -> QuerySet[Document]:
        if self.value() not in SourceType.values:
            return rows
        sources = DocumentSource.objects.filter(document=OuterRef("pk"), type=self.value())
        return rows.filter(Exists(sources))

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        newest = rows.values("pk")[:FACETS_COUNT]
        counted = DocumentSource.objects.filter(document__in=newest).values("type")
        counts = {
            row["type"]: row["count"] for row in counted.annotate(count=Count("document", distinct=True))
        }
        return {f"{i}__c": counts.get(value, 0) for i, (value, _) in enumerate(self.lookup_choices)}
