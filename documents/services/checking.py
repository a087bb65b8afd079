"""Looking the library over: does every row have its file, every file its row, every text its index?

Nothing is changed here, except that `remove_orphans` takes away files of which no row knows, when a person asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from documents.files import CHUNK, WRITING_ENDS_AFTER, folder_of, unowned
from documents.models import (
    Document,
    DocumentChunk,
    DocumentQuerySet,
    DocumentText,
    Embedding,
    EmbeddingSpace,
    ExtractionJob,
    IndexedDocument,
    SpaceState,
    StoredFile,
)
from documents.states import ExtractionStatus, IndexingStatus, JobStep
from documents.storage import library_storage, list_folders, walk_storage

PAGE = 500
# What a sweep should have taken away each minute.
SWEEP_IS_LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong: a code for programs, what it is about, and a sentence that says what to do."""

    code: str
    subject: str
    sentence: str


def check_library(*, tenant: Tenant, with_digests: bool = True) -> Iterator[Finding]:
    """Everything that is wrong with a tenant's library. Reads every file unless `with_digests` is false.

    May run beside everything else: what others are adding or deleting at this moment is no finding.
    """
    refuse_tenant_scope("check_library")
    yield from _check_files(tenant, with_digests)
    yield from _check_orphans(tenant)
    for check in (
        _unowned_files,
        _late_files,
        _without_text,
        _without_index,
        _without_vector,
        _without_job,
        _without_latest,
    ):
        with tenant_scope(tenant):
            findings = list(check())
        yield from findings


def check_folders() -> Iterator[Finding]:
    """Folders of the storage that are no company's."""
    folders = {folder_of(pk) for pk in Tenant.objects.values_list("pk", flat=True)}
    for folder in list_folders(library_storage()):
        if folder not in folders:
            yield Finding(
                code="orphan_folder",
                subject=folder,
                sentence=f"{folder} is in the storage and belongs to no company. Look at it, and delete it there.",
            )


def remove_orphans(*, tenant: Tenant) -> list[str]:
    """Take files out of the storage of which no row knows; returns their keys."""
    refuse_tenant_scope("remove_orphans")
    orphans = list(_find_orphans(tenant))
    for key in orphans:
        library_storage().delete(key)
    return orphans


def _check_files(tenant: Tenant, with_digests: bool) -> Iterator[Finding]:
    """The file of every row, a page of rows at a time, outside any transaction."""
    last = 0
    while True:
        with tenant_scope(tenant):
            page = list(StoredFile.objects.kept().filter(pk__gt=last).order_by("pk")[:PAGE])
        if not page:
            return
        last = page[-1].pk
        wrong = [(stored, fault) for stored in page if (fault := _fault_of(stored, with_digests))]
        if wrong:
            with tenant_scope(tenant):
                kept = set(
                    StoredFile.objects.kept()
                    .filter(pk__in=[one.pk for one, _ in wrong])
                    .values_list("pk", flat=True)
                )
                names = _name_owners(kept)
            yield from (fault(names[one.pk]) for one, fault in wrong if one.pk in kept)


def _fault_of(stored: StoredFile, with_digests: bool) -> Callable[[str], Finding] | None:
    """What is wrong with one file, as a finding that wants to know whose file it is."""
    storage = library_storage()
    if not storage.exists(stored.key):
        return lambda owner: Finding(
            code="missing_file",
            subject=stored.key,
            sentence=f"The file of {owner} is not in the storage. Restore {stored.key} from a backup, or delete it.",
        )
    if with_digests and _digest(stored.key) != stored.sha256:
        return lambda owner: Finding(
            code="digest_mismatch",
            subject=stored.key,
            sentence=f"The file of {owner} is not what was put in. Restore {stored.key} from a backup.",
        )
    return None


def _digest(key: str) -> str:
    digest = hashlib.sha256()
    with library_storage().open(key, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _name_owners(file_ids: Collection[int]) -> dict[int, str]:
    """Whose file each is, for a sentence; a statement for each table that owns files."""
    names = dict.fromkeys(file_ids, "nobody")
    for relation in StoredFile._meta.related_objects:
        column = relation.field.attname
        owners = relation.related_model._default_manager.filter(**{f"{column}__in": file_ids})
        word = relation.related_model._meta.verbose_name
        for file_id, pk in owners.values_list(column, "pk"):
            names[file_id] = f"{word} {pk}"
    return names


def _check_orphans(tenant: Tenant) -> Iterator[Finding]:
    for key in _find_orphans(tenant):
        yield Finding(
            code="orphan_file",
            subject=key,
            sentence=f"{key} is in the storage and belongs to nothing. "
            f"Remove it: documents_check --tenant {tenant.slug} --remove-orphans",
        )


def _find_orphans(tenant: Tenant) -> Iterator[str]:
    """Files in the storage that no row knows of. A row is there before its file and after it."""
    storage = library_storage()
    found = walk_storage(storage, folder_of(tenant.pk))
    while keys := list(islice(found, PAGE)):
        with tenant_scope(tenant):
            known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
        # One that was being deleted when it was listed is gone by now.
        yield from (key for key in keys if key not in known and storage.exists(key))


def _unowned_files() -> Iterator[Finding]:
    for stored in unowned().order_by("pk")[:PAGE]:
        yield Finding(
            code="orphan_row",
            subject=stored.key,
            sentence=f"The stored file {stored.pk} belongs to nothing. Report it: the program leaves none.",
        )


def _late_files() -> Iterator[Finding]:
    late = StoredFile.objects.unfinished().filter(
        touched_at__lt=Now() - WRITING_ENDS_AFTER - SWEEP_IS_LATE_AFTER
    )
    for stored in late.order_by("pk")[:PAGE]:
        yield Finding(
            code="unfinished_file",
            subject=stored.key,
            sentence=f"{stored.key} should have been taken away since {stored.touched_at:%Y-%m-%d %H:%M} UTC. "
            "Start a worker: it sweeps each minute.",
        )


def _without_text() -> Iterator[Finding]:
    texts = DocumentText.objects.filter(document=OuterRef("pk"))
    documents = Document.objects.filter(characters__gt=0).filter(~Exists(texts))
    yield from _about(
        documents, "missing_text", "is marked as read and has no text. Read it again from its page."
    )


def _without_index() -> Iterator[Finding]:
    entries = IndexedDocument.objects.filter(document=OuterRef("pk"))
    documents = Document.objects.filter(indexing_status=IndexingStatus.INDEXED).filter(~Exists(entries))
    yield from _about(documents, "missing_index", "is marked as indexed and is not. Run documents_reindex.")


def _without_vector() -> Iterator[Finding]:
    """Documents with a chunk that the search by meaning cannot find."""
    active = EmbeddingSpace.objects.filter(state=SpaceState.ACTIVE).values("model")
    vectors = Embedding.objects.filter(
        document=OuterRef("document"), ordinal=OuterRef("ordinal"), model__in=active
    )
    chunks = DocumentChunk.objects.filter(document=OuterRef("pk")).filter(~Exists(vectors))
    documents = Document.objects.filter(Exists(chunks))
    yield from _about(documents, "missing_vector", "has a chunk without a vector. Run documents_reindex.")


def _without_job() -> Iterator[Finding]:
    """Documents that wait for a job that is not there."""
    jobs = ExtractionJob.objects.open().filter(document=OuterRef("pk"))
    unread = Q(extraction_status__in=[ExtractionStatus.PENDING, ExtractionStatus.PROCESSING])
    to_read = Document.objects.filter(unread).filter(~Exists(jobs.filter(step=JobStep.EXTRACT)))
    yield from _about(
        to_read, "not_queued", "waits to be read and is not in the queue. Read it again from its page."
    )
    to_index = Document.objects.filter(
        extraction_status=ExtractionStatus.COMPLETED, indexing_status=IndexingStatus.WAITING
    ).filter(~Exists(jobs))
    yield from _about(
        to_index, "not_queued", "waits to be indexed and is not in the queue. Run documents_reindex."
    )


def _without_latest() -> Iterator[Finding]:
    latest = Document.objects.filter(series=OuterRef("series"), is_latest=True)
    documents = Document.objects.live().filter(~Exists(latest))
    yield from _about(
        documents, "no_latest", "is a version of a document without a latest one. Trash and restore it."
    )


def _about(documents: DocumentQuerySet, code: str, rest: str) -> Iterator[Finding]:
    for document in documents.order_by("pk")[:PAGE]:
        subject = f"document {document.pk}"
        yield Finding(code=code, subject=subject, sentence=f"Document {document.pk} “{document}” {rest}")
