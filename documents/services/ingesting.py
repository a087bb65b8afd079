"""Bringing files in from sources and from disk: announced in the transaction that tells of them, fetched outside any.

Whatever moment a process dies at, a place that files come from is followed once: its row waits until it is linked.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.db.models import Count

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, require_tenant_id, tenant_scope
from documents.files import FileRefused, StorageBusy, StorageFailed
from documents.models import Document, DocumentSource
from documents.services.queueing import MAX_ATTEMPTS, back_off
from documents.services.registering import Details, Origin, Outcome, Registered, register_document
from documents.services.trashing import ContentTaken
from documents.sources import FileGone, Offer, Source, UnknownSource, sources
from documents.states import Category, SourceState, SourceType

logger = structlog.get_logger(__name__)

PAGE = 200
# While somebody fetches a file nobody else does; after this long they are dead.
FETCHING_ENDS_AFTER = timedelta(minutes=5)
AGENT = "agent"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What became of one file; `refusal` says why it is not in the library and what to do."""

    name: str
    registered: Registered | None = None
    refusal: str = ""

    def as_json(self) -> dict[str, Any]:
        """The result as a command or the API shows it."""
        known = self.registered
        return {
            "file": self.name,
            "outcome": known.outcome if known else "refused",
            "document": known.document.pk if known and known.document else None,
            "is_read_again": bool(known and known.is_read_again),
            "is_restricted": bool(known and known.is_restricted),
            "reason": self.refusal,
        }


@dataclass(frozen=True, kw_only=True)
class IngestReport:
    """What going through a source came to."""

    announced: int
    brought: Sequence[Brought]

    @property
    def counts(self) -> dict[str, int]:
        """How many files ended how."""
        found = Counter(str(one.registered.outcome) if one.registered else "refused" for one in self.brought)
        return {name: found[name] for name in [*Outcome.values, "refused"]}


def announce_files(*, source: Source, offers: Collection[Offer], now: datetime) -> int:
    """Remember files that are to be fetched, in the transaction that tells of them; returns how many are new.

    Announcing one again changes nothing. Two statements.
    """
    require_tenant_id()
    keys = [offer.key for offer in offers]
    known = set(DocumentSource.objects.filter(source=source.slug, key__in=keys).values_list("key", flat=True))
    rows = [_announced(source, offer, now) for offer in offers if offer.key not in known]
    DocumentSource.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def announce_keys(*, slug: str, keys: Collection[str], now: datetime) -> int:
    """Announce those files of a source that an event named; returns how many are new."""
    if not keys:
        return 0
    source = sources.get(slug)
    return announce_files(source=source, offers=source.find_files(keys), now=now)


def ingest_source(*, tenant: Tenant, slug: str, actor: str, now: datetime) -> IngestReport:
    """Go through everything that a source has and bring in what is not in the library (spec P1.1).

    One bad file stops nothing; a second run, at once or later, adds nothing. Raises `UnknownSource`.
    """
    announced = announce_source(tenant=tenant, slug=slug, now=now)
    brought = list(_fetch_due(tenant, now, actor, None, slug=slug))
    return IngestReport(announced=announced, brought=brought)


def announce_source(*, tenant: Tenant, slug: str, now: datetime) -> int:
    """Remember everything that a source has and the library has not; returns how much is new. Raises `UnknownSource`.

    Who fetches it is `fetch_announced`, which a worker rings for.
    """
    refuse_tenant_scope("announce_source")
    source = sources.get(slug)
    announced, after = 0, 0
    while True:
        with tenant_scope(tenant):
            listing = source.list_files(after=after, limit=PAGE)
            announced += announce_files(source=source, offers=listing.offers, now=now)
        if listing.last is None:
            return announced
        after = listing.last


def fetch_announced(*, tenant: Tenant, now: datetime, deadline: float | None = None) -> int:
    """Bring in the files that were announced and are due; returns how many were looked at.

    `deadline` is a reading of `time.monotonic` after which no further one is begun.
    """
    refuse_tenant_scope("fetch_announced")
    return sum(1 for _ in _fetch_due(tenant, now, AGENT, deadline))


def ingest_paths(
    *,
    tenant: Tenant,
    paths: Iterable[Path],
    actor: str,
    now: datetime,
    category: Category | None = None,
    on_result: Callable[[Brought], None] = lambda brought: None,
) -> list[Brought]:
    """Take in files and everything below folders, each file by itself: one that is refused stops nothing.

    Hidden files and links to folders are passed over. Running it twice, or again after it was killed, adds nothing
    twice.
    """
    refuse_tenant_scope("ingest_paths")
    results = []
    for path in paths:
        for file in _walk(path):
            brought = _bring_path(tenant, file, actor, now, category)
            on_result(brought)
            results.append(brought)
    return results


def count_by_reading(*, tenant: Tenant, document_ids: Collection[int]) -> list[tuple[str, str, int]]:
    """How far documents have been read: status, reason code, and how many, the most frequent first."""
    refuse_tenant_scope("count_by_reading")
    with tenant_scope(tenant):
        documents = Document.objects.filter(pk__in=document_ids)
        counted = documents.values_list("extraction_status", "extraction_reason").annotate(count=Count("pk"))
        return sorted(counted, key=lambda row: (-row[2], row[0], row[1]))


def _announced(source: Source, offer: Offer, now: datetime) -> DocumentSource:
    return DocumentSource(
        type=source.type,
        source=source.slug,
        key=offer.key,
        label=(offer.label or offer.name)[:300],
        reference_kind=offer.reference_kind,
        reference_id=offer.reference_id,
        state=SourceState.ANNOUNCED,
        not_before=now,
        added_at=now,
        added_by=AGENT,
    )


def _fetch_due(
    tenant: Tenant, now: datetime, actor: str, deadline: float | None, slug: str = ""
) -> Iterator[Brought]:
    """Fetch one announced file after another, each claimed by moving its due time on."""
    while deadline is None or time.monotonic() < deadline:
        with tenant_scope(tenant):
            due = DocumentSource.objects.due(now)
            due = due.filter(source=slug) if slug else due
            row = due.select_for_update(skip_locked=True).first()
            if row is None:
                return
            row.attempts += 1
            DocumentSource.objects.filter(pk=row.pk).update(
                attempts=row.attempts, not_before=now + FETCHING_ENDS_AFTER
            )
        yield _fetch(tenant, row, actor, now)


def _fetch(tenant: Tenant, row: DocumentSource, actor: str, now: datetime) -> Brought:
    """Bring in one announced file; what goes wrong is written on its row, and tried again where that may help."""
    origin = Origin(
        type=SourceType(row.type),
        source=row.source,
        key=row.key,
        label=row.label,
        reference_kind=row.reference_kind,
        reference_id=row.reference_id,
    )
    try:
        source = sources.get(row.source)
        with tenant_scope(tenant):
            offers = source.find_files([row.key])
        if not offers:
            raise FileGone(f"{source.label} no longer has this file.")
        with source.open_file(tenant=tenant, key=row.key) as content:
            registered = register_document(
                tenant=tenant,
                content=content,
                name=offers[0].name,
                actor=actor,
                now=now,
                origin=origin,
                details=Details(default_category=offers[0].category or source.default_category),
            )
        return Brought(name=row.label, registered=registered)
    except (FileGone, FileRefused, UnknownSource) as refusal:
        return _refuse(tenant, row, str(refusal), now, is_final=True)
    except Exception as error:
        # The storage, the database or the source itself: whatever it was, the next file is fetched, and this one later.
        logger.exception("document_not_fetched", tenant=tenant.slug, source=row.source, key=row.key)
        return _refuse(
            tenant, row, f"{type(error).__name__}: {error}", now, is_final=row.attempts >= MAX_ATTEMPTS
        )


def _refuse(tenant: Tenant, row: DocumentSource, reason: str, now: datetime, *, is_final: bool) -> Brought:
    waits = DocumentSource.objects.filter(pk=row.pk, state=SourceState.ANNOUNCED)
    with tenant_scope(tenant):
        if is_final:
            waits.update(state=SourceState.FAILED, reason=reason[:500], not_before=None)
        else:
            waits.update(reason=reason[:500], not_before=now + back_off(row.attempts))
    return Brought(name=row.label, refusal=reason)


def _walk(path: Path) -> Iterator[Path]:
    """The files of a path in a fixed order; the path itself when it is not a folder."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _bring_path(tenant: Tenant, path: Path, actor: str, now: datetime, category: Category | None) -> Brought:
    shown = _printable(path)
    try:
        if not path.is_file():
            raise FileRefused(
                f"{shown} is not there. Check the path."
                if not path.exists()
                else f"{shown} is no file. Leave it out."
            )
        with path.open("rb") as content:
            registered = register_document(
                tenant=tenant,
                content=content,
                name=path.name,
                actor=actor,
                now=now,
                details=Details(category=category),
            )
    except (FileRefused, StorageBusy, StorageFailed, ContentTaken) as refusal:
        return Brought(name=shown, refusal=str(refusal))
    except OSError as error:
        because = error.strerror or str(error)
        return Brought(
            name=shown, refusal=f"{shown} cannot be taken in ({because}). Check it and run this again."
        )
    return Brought(name=shown, registered=registered)


def _printable(path: Path) -> str:
    """A path as UTF-8 whatever its bytes are."""
    return str(path).encode(errors="backslashreplace").decode()
