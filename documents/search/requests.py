"""What can be asked of the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from documents.index.words import is_storable
from documents.states import Category, ExtractionStatus, SourceType, Visibility

LONGEST_QUERY = 2000
MOST_HITS = 100


class SearchRefused(ValueError):
    """The request cannot be answered as it is; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which documents may be found. Empty means any.

    What is superseded, expired or in the trash is left out unless asked for. Dates are days, both ends included.
    """

    categories: Sequence[str] = ()
    source_types: Sequence[str] = ()
    statuses: Sequence[str] = ()
    visibilities: Sequence[str] = ()
    added_from: date | None = None
    added_to: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    document_ids: Sequence[int] = ()
    reference: tuple[str, str] | None = None  # kind and id, as a source names what it belongs to
    with_superseded: bool = False
    with_expired: bool = False
    with_trashed: bool = False

    def __post_init__(self) -> None:
        for name, values, known in (
            ("category", self.categories, Category.values),
            ("source", self.source_types, SourceType.values),
            ("status", self.statuses, ExtractionStatus.values),
            ("visibility", self.visibilities, Visibility.values),
        ):
            unknown = [value for value in values if value not in known]
            if unknown:
                raise SearchRefused(f"There is no {name} {unknown[0]!r}. Known: {', '.join(known)}.")


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """One search: words, phrases in quotes, and filters.

    `ignored` are the keys of filters that were read out of the query before and that the person removed.
    `is_cleared` is who may see restricted documents. At most `passages` are shown of each document found.
    """

    query: str
    filters: Filters = field(default_factory=Filters)
    ignored: frozenset[str] = frozenset()
    is_cleared: bool = False
    limit: int = 10
    offset: int = 0
    passages: int = 3
    with_facets: bool = True
    explain: bool = False

    def __post_init__(self) -> None:
        if not self.query.strip():
            raise SearchRefused("Type what to look for.")
        if not is_storable(self.query):
            raise SearchRefused("The query has a character that no text has: type it anew.")
        if len(self.query) > LONGEST_QUERY:
            raise SearchRefused(f"The query has more than {LONGEST_QUERY} characters: shorten it.")
        if not 1 <= self.limit <= MOST_HITS or self.offset < 0 or self.passages < 1:
            raise SearchRefused(f"Ask for 1 to {MOST_HITS} documents, from the first or a later one on.")
