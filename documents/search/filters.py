"""The conditions that a document has to meet to be found, as SQL over `documents d`.

Values are parameters, never text of a statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from documents.search.requests import Filters
from documents.states import Visibility

SOURCE_SQL = (
    "EXISTS (SELECT FROM document_sources s WHERE s.tenant_id = d.tenant_id AND s.document_id = d.id AND {})"
)


@dataclass(frozen=True)
class Condition:
    """Conditions joined by AND, and their parameters in order."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


def conditions_of(filters: Filters, *, tenant_id: int, now: datetime, is_cleared: bool) -> Condition:
    """What the filters, the day in the company's calendar and the person's clearance let be found.

    `now` is in the company's time zone, whose days begin and end at its midnights.
    """
    found = Condition("d.tenant_id = %s", (tenant_id,))
    if not filters.with_trashed:
        found &= Condition("d.trashed_at IS NULL")
    if not filters.with_superseded:
        found &= Condition("(d.is_latest OR d.trashed_at IS NOT NULL)")
    if not filters.with_expired:
        found &= Condition("(d.expiry_date IS NULL OR d.expiry_date >= %s)", (now.date(),))
    if not is_cleared:
        found &= Condition("d.visibility = %s", (str(Visibility.COMPANY),))
    for column, values in (
        ("d.category", filters.categories),
        ("d.extraction_status", filters.statuses),
        ("d.visibility", filters.visibilities),
        ("d.id", filters.document_ids),
    ):
        if values:
            found &= Condition(f"{column} = ANY(%s)", (list(values),))
    if filters.source_types:
        found &= Condition(SOURCE_SQL.format("s.type = ANY(%s)"), (list(filters.source_types),))
    if filters.reference:
        found &= Condition(
            SOURCE_SQL.format("s.reference_kind = %s AND s.reference_id = %s"), filters.reference
        )
    zone = (str(now.tzinfo),)
    for sql, day, more in (
        ("d.added_at >= %s::date::timestamp AT TIME ZONE %s", filters.added_from, zone),
        ("d.added_at < (%s::date + 1)::timestamp AT TIME ZONE %s", filters.added_to, zone),
        ("d.effective_date >= %s", filters.effective_from, ()),
        ("d.effective_date <= %s", filters.effective_to, ()),
    ):
        if day is not None:
            found &= Condition(sql, (day, *more))
    return found
