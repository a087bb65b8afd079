"""Putting files into the storage and taking them out, so that no moment of death leaves one that nobody knows of.

A row of `StoredFile` is committed before the first byte is written. It becomes `kept` in the transaction that makes
its owner (a document, a preview, an order's file), and `doomed` in the one that takes the owner away; its bytes go
then, and the row last. Whatever a dead process leaves is finished by `sweep_files`.
"""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, BinaryIO, TypeVar, cast

import structlog
from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, connection, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from psycopg.errors import UniqueViolation

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, require_tenant_id, tenant_scope
from documents.models import StoredFile
from documents.states import FileState
from documents.storage import is_storage_error, library_storage

logger = structlog.get_logger(__name__)

CHUNK = 1024 * 1024
# What is smaller than this is held in memory on its way into the storage, what is larger in a nameless file.
MEMORY_BYTES = 1024 * 1024
HEAD_BYTES = 4096
# Nobody writes one file for as long as this; who has not finished by then is dead.
WRITING_ENDS_AFTER = timedelta(hours=1)
ATTEMPTS = 5
SWEEP_BATCH = 200

Result = TypeVar("Result")


class FileRefused(ValueError):
    """A file that the library does not take; the message says why and what to do."""


class StorageBusy(RuntimeError):
    """Others changed the same file again and again while it was being kept; trying again later helps."""


class StorageFailed(RuntimeError):
    """The storage did not do what it was told, whichever storage it is; trying again later may help."""


@dataclass(frozen=True, kw_only=True)
class Spool:
    """A private copy of a file on its way into the storage: nobody else can change it any more."""

    file: IO[bytes]
    sha256: str
    size: int
    head: bytes


@contextmanager
def spooled(content: BinaryIO, *, name: str) -> Iterator[Spool]:
    """A private copy of a file, with its digest, for the length of the block; read in pieces.

    Raises `FileRefused` for an empty file and for one above `DOCUMENT_MAX_MEGABYTES`. The copy has no name on disk,
    so that the end of the process is the end of it.
    """
    limit = settings.DOCUMENT_MAX_MEGABYTES * 1024 * 1024
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES) as copy:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise FileRefused(
                    f"{name} has more than the {settings.DOCUMENT_MAX_MEGABYTES} MB that a document may have. "
                    "Split it, or raise DOCUMENT_MAX_MEGABYTES."
                )
            head = head or chunk[:HEAD_BYTES]
            digest.update(chunk)
            copy.write(chunk)
        if size == 0:
            raise FileRefused(f"{name} is empty. Send the file again from where it was made.")
        yield Spool(file=cast("IO[bytes]", copy), sha256=digest.hexdigest(), size=size, head=head)


def keep_file(
    *,
    tenant: Tenant,
    spool: Spool,
    record: Callable[[StoredFile], Result],
    find: Callable[[], Result | None] = lambda: None,
) -> Result:
    """Write a file into the storage and record its owner; returns what `record`, or before that `find`, answers.

    `find` may answer that the file is not needed, because its content is there. Both run in a transaction of the
    tenant; what `record` writes is committed together with the file's being kept. When somebody else has kept the
    same content meanwhile (a unique constraint says so), everything is tried anew. Raises `StorageBusy` when that
    does not end, and `StorageFailed`.
    """
    refuse_tenant_scope("keep_file")
    for _ in range(ATTEMPTS):
        with tenant_scope(tenant):
            _take_turns(spool)
            found = find()
            begun = _begin(spool) if found is None else None
        if found is not None:
            return found
        if begun is None:
            continue
        spool.file.seek(0)
        with _told_alike(begun.key):
            library_storage().save(begun.key, File(spool.file))
        try:
            with tenant_scope(tenant):
                _take_turns(spool)
                if _settle(begun):
                    return record(begun)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
        _leave_nothing(tenant, begun)
    raise StorageBusy("The same file is being added and removed by others. Try again in a minute.")


def doom_files(*, file_ids: Collection[int]) -> int:
    """Let files go whose owners go in this very transaction; `sweep_files` takes the bytes. Returns how many."""
    require_tenant_id()
    files = StoredFile.objects.filter(pk__in=file_ids, state=FileState.KEPT)
    return files.update(state=FileState.DOOMED, touched_at=Now())


def sweep_files(*, tenant: Tenant) -> int:
    """Take away the bytes of doomed files and of those whose writer died, then their rows; returns how many.

    Ending anywhere in it, and two at once, do no harm.
    """
    refuse_tenant_scope("sweep_files")
    with tenant_scope(tenant):
        dead = StoredFile.objects.filter(state=FileState.WRITING, touched_at__lt=Now() - WRITING_ENDS_AFTER)
        dead.update(state=FileState.DOOMED, touched_at=Now())
    swept = 0
    while True:
        with tenant_scope(tenant):
            doomed = list(
                StoredFile.objects.filter(state=FileState.DOOMED).order_by("touched_at")[:SWEEP_BATCH]
            )
        if not doomed:
            return swept
        _remove(tenant, doomed)
        swept += len(doomed)


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes of a kept file. Whoever asks has been found to be allowed to see them; raises `OSError` without it."""
    return cast("BinaryIO", library_storage().open(stored.key, "rb"))


def unowned() -> models.QuerySet[StoredFile]:
    """Kept files of the open scope's tenant that belong to nothing, which no way through this module leaves behind."""
    files = StoredFile.objects.kept()
    for relation in StoredFile._meta.related_objects:
        owners = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        files = files.filter(~Exists(owners))
    return files


def folder_of(tenant_id: int) -> str:
    """Where the storage has everything of one tenant."""
    return f"tenant-{tenant_id}"


def _take_turns(spool: Spool) -> None:
    """Wait until nobody else looks for, begins or keeps the same content of this tenant; until the transaction's end.

    So whoever looks finds either the other's document, or the row of the file that is still being written.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"document:{require_tenant_id()}:{spool.sha256}"],
        )


def _begin(spool: Spool) -> StoredFile | None:
    """Write down that a file is about to be written, by the database's clock.

    Who writes the same content at the same time, or died of it, shares the row; None when they have just ended.
    """
    key = f"{folder_of(require_tenant_id())}/{spool.sha256[:2]}/{spool.sha256}-{secrets.token_hex(4)}"
    StoredFile.objects.bulk_create(
        [
            StoredFile(
                key=key, sha256=spool.sha256, size=spool.size, state=FileState.WRITING, touched_at=Now()
            )
        ],
        ignore_conflicts=True,
    )
    writing = StoredFile.objects.filter(sha256=spool.sha256, state=FileState.WRITING)
    return writing.first() if writing.update(touched_at=Now()) else None


def _settle(stored: StoredFile) -> bool:
    """Make a written file a kept one; False when somebody else has, or has taken it for a dead process's."""
    writing = StoredFile.objects.filter(pk=stored.pk, state=FileState.WRITING)
    return writing.update(state=FileState.KEPT, touched_at=Now()) == 1


def _leave_nothing(tenant: Tenant, stored: StoredFile) -> None:
    """After a file was not kept by us: if it was taken for a dead process's, what we wrote meanwhile goes again."""
    with tenant_scope(tenant):
        is_wanted = StoredFile.objects.filter(pk=stored.pk).exclude(state=FileState.DOOMED).exists()
    if not is_wanted:
        with _told_alike(stored.key):
            library_storage().delete(stored.key)


@contextmanager
def _told_alike(key: str) -> Iterator[None]:
    """Every storage's failure as `StorageFailed`, for people in few words, and in full in the log."""
    try:
        yield
    except Exception as error:
        if not is_storage_error(error):
            raise
        logger.exception("storage_failed", key=key)
        because = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
        raise StorageFailed(
            f"The storage failed ({because}). Bring the file again later; if that does not help, "
            "whoever runs the program finds the reason in its log."
        ) from error


def _remove(tenant: Tenant, doomed: Collection[StoredFile]) -> None:
    """The bytes first, the rows last."""
    storage = library_storage()
    for stored in doomed:
        storage.delete(stored.key)
    with tenant_scope(tenant):
        StoredFile.objects.filter(pk__in=[stored.pk for stored in doomed], state=FileState.DOOMED).delete()
