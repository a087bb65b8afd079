"""Filters of lists. A parameter that is no filter, or a value that is none of its values, is refused and named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import Filter, IsoDateTimeFilter, TypedChoiceFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from agent.rest.pages import CURSOR, LIMIT

LARGEST_KEY = 2**63 - 1


class Filters(FilterSet):
    """The filters of one list; only what an index serves, or what leaves enough rows."""


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": LARGEST_KEY})
class KeyFilter(Filter):
    """By the id of another row."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=LARGEST_KEY, **kwargs)


@extend_schema_field(OpenApiTypes.BOOL)
class FlagFilter(TypedChoiceFilter):
    """`true` or `false`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(*args, choices=choices, coerce=lambda text: text == "true", **kwargs)


class MomentFilter(IsoDateTimeFilter):
    """By a moment in ISO 8601; in the tenant's time zone when it names none."""

    def filter(self, qs: QuerySet[Any], value: datetime | None) -> QuerySet[Any]:
        """In UTC: ISO 8601 knows offsets that PostgreSQL does not."""
        try:
            moment = value.astimezone(UTC) if value else None
        except OverflowError as error:
            raise ValidationError({self.field_name: ["Give a moment within the years 2 to 9998."]}) from error
        narrowed: QuerySet[Any] = super().filter(qs, moment)
        return narrowed


class NamedFilters(DjangoFilterBackend):
    """The view's filters; a parameter that is none of them is refused, not quietly left out."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Narrow a list. A single row is found by its address alone."""
        if not view.is_list:
            return queryset
        filters = self.get_filterset_class(view, queryset)
        known = {CURSOR, LIMIT, *(filters.base_filters if filters else ())}
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            words = f"is no filter of this list. Its filters: {', '.join(sorted(known))}."
            raise ValidationError({name: [words] for name in unknown})
        if empty := [name for name in sorted(known) if request.query_params.get(name) == ""]:
            raise ValidationError({name: ["is empty. Give a value, or leave it out."] for name in empty})
        narrowed: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return narrowed
