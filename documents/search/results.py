"""What the search answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mode(StrEnum):
    """How the vectors were compared."""

    EXACT = "exact"  # every vector of the company
    ANN = "ann"  # through the company's own index: nearly all of the nearest
    OFF = "off"  # not at all: the model cannot be used now, and the answer says why


@dataclass(frozen=True)
class ParsedFilter:
    """A filter that was read out of the query. Sending its `key` back among `ignored` removes it."""

    kind: str
    value: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A citation: `text` is exactly what stands between `char_from` and `char_to` of that version's stored text.

    The snippet is a part of it, by the same offsets, and `matches` are the offsets of the query's words in the snippet.
    """

    ordinal: int
    page_from: int
    page_to: int
    char_from: int
    char_to: int
    text: str
    snippet_from: int
    snippet_to: int
    matches: tuple[tuple[int, int], ...]

    @property
    def snippet(self) -> str:
        return self.text[self.snippet_from - self.char_from : self.snippet_to - self.char_from]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a document stands where it does: its rank by words and by meaning, and what each word gave its best chunk."""

    text_rank: int | None
    text_score: float | None
    vector_rank: int | None
    similarity: float | None
    words: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One document found, and its best passages."""

    document_id: int
    title: str
    name: str
    version: int
    is_latest: bool
    category: str
    effective_date: date | None
    expiry_date: date | None
    score: float
    passages: tuple[Passage, ...]
    explanation: Explanation | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found. `total` and the facets count the documents that have one of the words, and every phrase.

    `facets` are, by name (category, source, year), the values and how many of those documents have each.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, dict[str, int]]
    parsed: tuple[ParsedFilter, ...]
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    mode: Mode
    mode_reason: str = ""
    model: str = ""
