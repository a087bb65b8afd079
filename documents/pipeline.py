"""The work of the extraction queue: each document read by a process of its own, outside any transaction.

What is claimed and recorded is `documents.services.queueing` and `.completing`; how a file is read
`documents.extraction`. Whatever moment a worker dies at, its claim runs out and the job is done again.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import psutil
import structlog
from django.core.files.storage import FileSystemStorage

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from documents.embedding import EmbedderUnavailable
from documents.extraction import FileReader
from documents.files import keep_file, open_file, spooled, sweep_files
from documents.index.indexing import index_document
from documents.models import Document, ExtractionJob, StoredFile
from documents.services.completing import MISSING_FILE, complete_extraction, fail_extraction
from documents.services.ingesting import fetch_announced
from documents.services.queueing import (
    ClaimLost,
    claim_next_extraction,
    extend_claim,
    finish_job,
    put_off_job,
    reap_jobs,
)
from documents.services.trashing import empty_trash
from documents.states import JobStep
from documents.storage import library_storage

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Processed:
    """How much of the queue was worked off."""

    read: int = 0
    indexed: int = 0
    faults: int = 0


def process_extractions(*, tenant: Tenant, now: datetime, deadline: float | None = None) -> Processed:
    """Work off what is due of a tenant's extraction queue, one document after another.

    A fault that may pass puts its document off; nothing that happens to one keeps the next from being read.
    `deadline` is a reading of `time.monotonic` after which no further job is claimed.
    """
    refuse_tenant_scope("process_extractions")
    worker = name_worker()
    done = {JobStep.EXTRACT: 0, JobStep.INDEX: 0}
    faults = 0
    with FileReader() as reader:
        while deadline is None or time.monotonic() < deadline:
            with tenant_scope(tenant):
                job = claim_next_extraction(worker=worker, now=now)
            if job is None:
                break
            if _work(tenant, job, reader, now):
                done[JobStep(job.step)] += 1
            else:
                faults += 1
    return Processed(read=done[JobStep.EXTRACT], indexed=done[JobStep.INDEX], faults=faults)


def sweep_documents(*, tenant: Tenant, now: datetime, deadline: float | None = None) -> Processed:
    """Everything that waits in a tenant's library: what the dead left, announced files, the queue, old trash."""
    refuse_tenant_scope("sweep_documents")
    recover_library(tenant=tenant, now=now)
    fetch_announced(tenant=tenant, now=now, deadline=deadline)
    processed = process_extractions(tenant=tenant, now=now, deadline=deadline)
    empty_trash(tenant=tenant, now=now)
    return processed


def recover_library(*, tenant: Tenant, now: datetime) -> None:
    """Finish what processes that died left: their jobs go back into the queue, their files go."""
    refuse_tenant_scope("recover_library")
    with tenant_scope(tenant):
        reap_jobs(now=now, is_dead=is_dead)
    sweep_files(tenant=tenant)


def name_worker() -> str:
    """This process as a claim names it: its machine, its number, and when it started, because numbers come again."""
    return f"{socket.gethostname()[:60]}/{os.getpid()}/{psutil.Process().create_time():.0f}"


def is_dead(worker: str) -> bool:
    """Whether a worker of this very machine is certainly gone; of other machines nobody can tell."""
    host, number, started = worker.rsplit("/", 2)
    if host != socket.gethostname()[:60]:
        return False
    try:
        return f"{psutil.Process(int(number)).create_time():.0f}" != started
    except psutil.NoSuchProcess:
        return True


def _work(tenant: Tenant, job: ExtractionJob, reader: FileReader, now: datetime) -> bool:
    """Do one claimed job; False when a fault put it off."""
    try:
        if job.step == JobStep.INDEX:
            _index(tenant, job, now)
        else:
            _read(tenant, job, reader, now)
    except EmbedderUnavailable as error:
        logger.warning("indexing_put_off", tenant=tenant.slug, document=job.document_id, reason=str(error))
        return _put_off(tenant, job, str(error), now)
    except ClaimLost:
        logger.warning("extraction_claim_lost", tenant=tenant.slug, document=job.document_id)
        return False
    except Exception as error:
        # The storage or the database: whatever it was, it is written on the job, and the next one is looked at.
        logger.exception("extraction_failed", tenant=tenant.slug, document=job.document_id)
        return _put_off(tenant, job, f"{type(error).__name__}: {error}", now)
    return True


def _put_off(tenant: Tenant, job: ExtractionJob, reason: str, now: datetime) -> bool:
    try:
        with tenant_scope(tenant):
            put_off_job(job, reason=reason, now=now)
    except ClaimLost:
        logger.warning("extraction_claim_lost", tenant=tenant.slug, document=job.document_id)
    return False


def _read(tenant: Tenant, job: ExtractionJob, reader: FileReader, now: datetime) -> None:
    document = job.document
    try:
        with local_copy(document.file) as path:
            extraction = reader.extract(path, name=document.name)
            if document.preview_id is None:
                _make_preview(tenant, document, reader.render(path, name=document.name))
    except FileNotFoundError:
        sentence = f"Its file is not in the storage. Restore {document.file.key} from a backup, or delete the document."
        with tenant_scope(tenant):
            fail_extraction(job=job, reason=MISSING_FILE, sentence=sentence, now=now)
        return
    with tenant_scope(tenant):
        complete_extraction(job=job, extraction=extraction, now=now)


def _index(tenant: Tenant, job: ExtractionJob, now: datetime) -> None:
    def finish() -> None:
        finish_job(job, reason="Indexed.", now=now)

    def keep_claim() -> None:
        with tenant_scope(tenant):
            extend_claim(job)

    if not index_document(
        tenant=tenant, document_id=job.document_id, now=now, finish=finish, keep_claim=keep_claim
    ):
        raise ClaimLost(f"Document {job.document_id} is gone, and its jobs with it.")


def _make_preview(tenant: Tenant, document: Document, image: bytes | None) -> None:
    """Keep a picture of the first page, where one could be made."""
    if not image:
        return

    def record(stored: StoredFile) -> bool:
        taken = Document.objects.filter(pk=document.pk, preview__isnull=True).update(preview=stored)
        if not taken:
            raise ClaimLost(f"Document {document.pk} has a preview by now, or is gone.")
        return True

    with spooled(BytesIO(image), name="preview.png") as spool:
        keep_file(tenant=tenant, spool=spool, record=record)


@contextmanager
def local_copy(stored: StoredFile) -> Iterator[Path]:
    """A path under which a stored file can be read on this machine, for the length of the block."""
    storage = library_storage()
    if isinstance(storage, FileSystemStorage):
        path = Path(storage.path(stored.key))
        if not path.exists():
            raise FileNotFoundError(f"{stored.key} is not in the storage.")
        yield path
        return
    with open_file(stored) as content, tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        # Nameless, so that nothing of it is left behind, and yet openable.
        yield Path(f"/dev/fd/{copy.fileno()}")
