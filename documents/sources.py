"""The sources of documents that other applications register: what files they have, and how one is opened.

The library knows no order and no mail. A domain registers a source under its slug in its `AppConfig.ready`; its engine
announces files as events tell of them, and `documents.services.ingest_source` goes through all it has.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, ClassVar

from agent.models import Tenant
from documents.states import Category, SourceType


class FileGone(LookupError):
    """A source no longer has a file that it announced; the message says what became of it."""


class UnknownSource(LookupError):
    """Nobody registered a source of that name; the message names those there are."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A file that a source has. `position` grows from one file to the next; `key` names the file for good.

    `reference_kind` and `reference_id` name what it belongs to in its domain.
    """

    position: int
    key: str
    name: str
    label: str = ""
    reference_kind: str = ""
    reference_id: str = ""
    category: Category | None = None
    """What the file is, where its domain knows; followed unless a person says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page of what a source has. `last` is the position up to which it was looked through; None at the end."""

    offers: Sequence[Offer]
    last: int | None


class Source(ABC):
    """Where a domain keeps files that belong into the library."""

    slug: ClassVar[str]
    label: ClassVar[str]
    type: ClassVar[SourceType]
    default_category: ClassVar[Category] = Category.OTHER
    """What its files are when neither their names nor their text say more."""

    @abstractmethod
    def list_files(self, *, after: int, limit: int) -> Listing:
        """Look at the next so many files behind a position. Inside a scope, in a fixed number of statements.

        Those that do not belong into the library (logos in signatures) are left out of the offers.
        """

    @abstractmethod
    def find_files(self, keys: Collection[str]) -> Sequence[Offer]:
        """Those of these keys that belong into the library. Inside a scope, in a fixed number of statements."""

    @abstractmethod
    def open_file(self, *, tenant: Tenant, key: str) -> BinaryIO:
        """The bytes of a file; opens its own scope. Raises `FileGone`, or `OSError` when trying again may help."""


class SourceRegistry:
    """The sources of this installation, unique by slug, in order of registration."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def register(self, source: Source) -> None:
        """Add a source; a wrong type, a malformed slug or a second one raises."""
        if not isinstance(source, Source):
            raise TypeError(f"{source!r} is not a Source.")
        if not re.fullmatch(r"[a-z][a-z_]{1,38}", source.slug):
            raise ValueError(f"{source.slug!r} is not a slug: lower-case letters and underscores.")
        if source.slug in self._sources:
            raise ValueError(f"A source {source.slug!r} is registered already.")
        self._sources[source.slug] = source

    def __iter__(self) -> Iterator[Source]:
        return iter(tuple(self._sources.values()))

    def get(self, slug: str) -> Source:
        """The source of a slug; raises `UnknownSource`."""
        if slug not in self._sources:
            known = ", ".join(sorted(self._sources)) or "none"
            raise UnknownSource(f"There is no source {slug!r}. Known: {known}.")
        return self._sources[slug]

    @contextmanager
    def override(self, *sources: Source) -> Iterator[None]:
        """Only these sources, for the length of a test."""
        kept, self._sources = self._sources, {}
        try:
            for source in sources:
                self.register(source)
            yield
        finally:
            self._sources = kept


sources = SourceRegistry()
