"""The conditions that a document has to meet to be found, as SQL over `documents d`.

Values are parameters, never text of a statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from documents.models import Document
from documents.search.requests import Filters
from documents.states import Visibility

UNRESTRICTED_SQL = (
    "document_id NOT IN (SELECT r.id FROM documents r WHERE r.tenant_id = %s AND r.visibility = %s)"
)
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


def counted_for(*, tenant_id: int, is_cleared: bool) -> Condition:
    """Of which documents (`document_id`) the words are counted that weigh a query: those that the person may see.

    Else weights would tell how often a word stands in restricted documents. The trash is counted: who may search may
    search in it too. One statement, and no condition where a company has nothing restricted.
    """
    if is_cleared or not Document.objects.filter(visibility=Visibility.RESTRICTED).exists():
        return Condition("TRUE")
    return Condition(UNRESTRICTED_SQL, (tenant_id, str(Visibility.RESTRICTED)))
