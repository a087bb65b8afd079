"""Taking documents out of the library: into the trash and back, and for good.

A document goes with all its versions, or one version by itself. Deleting for good removes rows in one transaction and
the bytes after it; what a dead process leaves of that, `documents.files.sweep_files` finishes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Max, OuterRef, Subquery

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, require_tenant_id, tenant_scope
from documents.events import emit_about
from documents.files import doom_files, sweep_files
from documents.models import Document, DocumentSource
from documents.states import SourceState, Visibility

# Documents stay in the trash for this long.
TRASH_AGE = timedelta(days=30)
BATCH = 100


class StillInLibrary(ValueError):
    """A document that is to be deleted for good is not in the trash."""


class ContentTaken(ValueError):
    """A document cannot come back, because the same content is in the library as another document."""


def trash_documents(
    *,
    document_ids: Collection[int],
    actor: str,
    now: datetime,
    only_this_version: bool = False,
    is_cleared: bool = True,
) -> list[Document]:
    """Put documents into the trash, with all their versions unless told otherwise; returns the rows that went.

    Nobody finds them any more; they can be restored for `TRASH_AGE`. Where one version goes, the one before it is the
    latest. Unless `is_cleared`, restricted versions stay where they are.
    """
    require_tenant_id()
    rows = _lock(Document.objects.visible_to(is_cleared=is_cleared).live(), document_ids, only_this_version)
    gone = Document.objects.filter(pk__in=[row.pk for row in rows])
    gone.update(trashed_at=now, trashed_by=actor, is_latest=False)
    _settle_latest(rows)
    emit_about("document.trashed", rows, {"by": actor}, now=now)
    for row in rows:
        row.trashed_at, row.trashed_by, row.is_latest = now, actor, False
    return rows


def restore_documents(
    *,
    document_ids: Collection[int],
    actor: str,
    now: datetime,
    only_this_version: bool = False,
    is_cleared: bool = True,
) -> list[Document]:
    """Take documents back out of the trash, with all their versions unless told otherwise; returns the rows that came.

    Unless `is_cleared`, restricted versions stay where they are. Raises `ContentTaken`, and restores none, when the
    same content has been added again meanwhile.
    """
    require_tenant_id()
    rows = _lock(
        Document.objects.visible_to(is_cleared=is_cleared).trashed(), document_ids, only_this_version
    )
    restore_rows(rows, actor=actor, now=now, is_cleared=is_cleared)
    return rows


def restore_rows(rows: Sequence[Document], *, actor: str, now: datetime, is_cleared: bool = True) -> None:
    """Make trashed rows, which the caller has locked, live again."""
    twins = Document.objects.live().filter(sha256__in=[row.sha256 for row in rows]).order_by("id")
    twin = twins.first()
    if twin is not None:
        if twin.visibility == Visibility.RESTRICTED and not is_cleared:
            raise ContentTaken("The same file is in the library as a restricted document. Leave this one.")
        raise ContentTaken(
            f"The same file is in the library as “{twin}” (document {twin.pk}). "
            "Trash that one first, or leave this one."
        )
    back = Document.objects.filter(pk__in=[row.pk for row in rows])
    back.update(trashed_at=None, trashed_by="")
    _settle_latest(rows)
    emit_about("document.restored", rows, {"by": actor}, now=now)
    latest = set(back.filter(is_latest=True).values_list("pk", flat=True))
    for row in rows:
        row.trashed_at, row.trashed_by, row.is_latest = None, "", row.pk in latest


def delete_documents(*, tenant: Tenant, document_ids: Collection[int], actor: str, now: datetime) -> int:
    """Delete documents for good that are in the trash: file, preview, text, index and jobs; returns how many rows.

    Where they came from is remembered without a name, so that no source brings them back by itself. Raises
    `StillInLibrary`, and deletes none, when one is not in the trash.
    """
    refuse_tenant_scope("delete_documents")
    with tenant_scope(tenant):
        live = Document.objects.live().filter(pk__in=document_ids).first()
        if live is not None:
            raise StillInLibrary(f"“{live}” is not in the trash. Put it there first, then delete it.")
    return _delete_trashed(tenant, document_ids, actor, now)


def empty_trash(*, tenant: Tenant, now: datetime) -> int:
    """Delete for good what has been in the trash for longer than `TRASH_AGE`; returns how many rows.

    What somebody restores meanwhile stays.
    """
    refuse_tenant_scope("empty_trash")
    with tenant_scope(tenant):
        past = Document.objects.filter(trashed_at__lt=now - TRASH_AGE)
        ids = list(past.order_by("trashed_at").values_list("pk", flat=True)[: BATCH * 10])
    return _delete_trashed(tenant, ids, "agent", now) if ids else 0


def _lock(
    documents: models.QuerySet[Document], ids: Collection[int], only_this_version: bool
) -> list[Document]:
    """The named documents that are where they should be, with their other versions there; locked in a fixed order."""
    if only_this_version:
        chosen = documents.filter(pk__in=ids)
    else:
        series = Document.objects.filter(pk__in=ids).values("series")
        chosen = documents.filter(series__in=series)
    return list(chosen.select_for_update().order_by("id"))


def _settle_latest(rows: Collection[Document]) -> None:
    """Let the newest live version of each document be its latest. Two statements, because only one may be at a time."""
    chains = Document.objects.filter(series__in={row.series for row in rows})
    newest = (
        Document.objects.live()
        .filter(series=OuterRef("series"))
        .values("series")
        .annotate(newest=Max("version"))
        .values("newest")
    )
    chains.filter(is_latest=True).exclude(version=Subquery(newest)).update(is_latest=False)
    chains.live().filter(is_latest=False, version=Subquery(newest)).update(is_latest=True)


def _delete_trashed(tenant: Tenant, document_ids: Collection[int], actor: str, now: datetime) -> int:
    """Delete those of the documents that are in the trash when their turn comes."""
    deleted = 0
    ids = sorted(document_ids)
    for start in range(0, len(ids), BATCH):
        with tenant_scope(tenant):
            deleted += _delete_rows(ids[start : start + BATCH], actor, now)
    sweep_files(tenant=tenant)
    return deleted


def _delete_rows(ids: Collection[int], actor: str, now: datetime) -> int:
    rows = list(Document.objects.trashed().filter(pk__in=ids).select_for_update().order_by("id"))
    keys = [row.pk for row in rows]
    files = [file for row in rows for file in (row.file_id, row.preview_id) if file is not None]
    DocumentSource.objects.filter(document__in=keys).update(
        document=None, state=SourceState.REMOVED, label="", reason=f"Deleted for good by {actor}."
    )
    Document.objects.filter(pk__in=keys).delete()
    doom_files(file_ids=files)
    emit_about("document.deleted", rows, {"by": actor}, now=now)
    return len(rows)
