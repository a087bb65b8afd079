"""The extraction queue: putting documents into it, claiming work, and recording how it ended (spec P1.1).

The work itself, which no transaction may surround, is `documents.pipeline`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Now

from agent.tenancy import require_tenant_id
from documents.models import Document, ExtractionJob
from documents.states import (
    ExtractionStatus,
    IndexingStatus,
    JobState,
    JobStep,
)

# A worker that gives no sign of life for longer is dead: reading one file ends after half a minute, and indexing
# extends its claim from batch to batch.
CLAIM_LIFETIME = timedelta(minutes=5)
MAX_ATTEMPTS = 5
LONGEST_WAIT = timedelta(hours=1)
DIED = "The process that worked on it died."


class ClaimLost(RuntimeError):
    """A job was completed by somebody who no longer holds it; what was done is thrown away, and is done anew."""


def queue_extraction(*, documents: Collection[Document], step: JobStep, actor: str, now: datetime) -> int:
    """Put documents into the queue (`queue_document_extraction`); those whose step waits there already stay once.

    Returns how many were put in. A fixed number of statements.
    """
    require_tenant_id()
    before = set(_open_jobs(documents, step))
    jobs = [
        ExtractionJob(document=document, step=step, not_before=now, queued_at=now, queued_by=actor)
        for document in documents
        if document.pk not in before
    ]
    ExtractionJob.objects.bulk_create(jobs, ignore_conflicts=True)
    ids = [job.document_id for job in jobs]
    if step == JobStep.EXTRACT:
        Document.objects.filter(pk__in=ids).update(
            extraction_status=ExtractionStatus.PENDING, extraction_reason="", extraction_detail=""
        )
    # What is read again can be found by its former text until the new one is there.
    unfinished = Document.objects.filter(pk__in=ids).exclude(indexing_status=IndexingStatus.INDEXED)
    unfinished.update(indexing_status=IndexingStatus.WAITING, indexing_reason="")
    return len(jobs)


def retry_documents(*, document_ids: Collection[int], actor: str, now: datetime) -> int:
    """Read documents again, or index them again where only that failed; returns how many were queued.

    A job that waits for its back-off to end is taken up at once.
    """
    require_tenant_id()
    documents = list(Document.objects.live().filter(pk__in=document_ids).order_by("id"))
    to_index = [one for one in documents if one.indexing_status == IndexingStatus.FAILED and one.characters]
    to_read = [one for one in documents if one not in to_index]
    waiting = ExtractionJob.objects.filter(document__in=documents, state=JobState.WAITING)
    hurried = waiting.filter(not_before__gt=now).update(not_before=now)
    queued = queue_extraction(documents=to_read, step=JobStep.EXTRACT, actor=actor, now=now)
    queued += queue_extraction(documents=to_index, step=JobStep.INDEX, actor=actor, now=now)
    return queued + hurried


def retry_failed(*, actor: str, now: datetime) -> int:
    """Read every document again that could not be read or indexed; returns how many were queued."""
    failed = Document.objects.live().filter(
        Q(extraction_status=ExtractionStatus.FAILED) | Q(indexing_status=IndexingStatus.FAILED)
    )
    return retry_documents(document_ids=list(failed.values_list("pk", flat=True)), actor=actor, now=now)


def claim_next_extraction(
    *, worker: str, now: datetime, steps: Sequence[JobStep] = tuple(JobStep)
) -> ExtractionJob | None:
    """Take the job that waits longest, past those that others are taking; None when none is due.

    The claim lasts `CLAIM_LIFETIME` by the database's clock. Committed before the work begins.
    """
    due = ExtractionJob.objects.due(now).filter(step__in=steps).select_related("document__file")
    job = due.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    job.attempts += 1
    job.state, job.claimed_by = JobState.CLAIMED, worker[:100]
    ExtractionJob.objects.filter(pk=job.pk).update(
        state=job.state, attempts=job.attempts, claimed_at=Now(), claimed_by=job.claimed_by
    )
    if job.step == JobStep.EXTRACT:
        Document.objects.filter(pk=job.document_id).update(extraction_status=ExtractionStatus.PROCESSING)
    return job


def extend_claim(job: ExtractionJob) -> None:
    """Let a claim last `CLAIM_LIFETIME` from now on; raises `ClaimLost` when it is no longer this worker's."""
    held = ExtractionJob.objects.filter(pk=job.pk, state=JobState.CLAIMED, attempts=job.attempts)
    if held.update(claimed_at=Now()) != 1:
        raise ClaimLost(f"Job {job.pk} is no longer held by {job.claimed_by}.")


def finish_job(job: ExtractionJob, *, reason: str, now: datetime, is_failed: bool = False) -> None:
    """Take a claimed job out of the queue; raises `ClaimLost` when it is no longer this worker's."""
    held = ExtractionJob.objects.filter(pk=job.pk, state=JobState.CLAIMED, attempts=job.attempts)
    state = JobState.FAILED if is_failed else JobState.DONE
    if held.update(state=state, finished_at=now, reason=reason[:500]) != 1:
        raise ClaimLost(f"Job {job.pk} is no longer held by {job.claimed_by}.")


def put_off_job(job: ExtractionJob, *, reason: str, now: datetime) -> bool:
    """After a fault that may pass: try the job again later, twice as late each time; False when it is given up.

    Raises `ClaimLost` when it is no longer this worker's.
    """
    if job.attempts >= MAX_ATTEMPTS:
        finish_job(job, reason=f"Given up after {job.attempts} tries: {reason}", now=now, is_failed=True)
        _mark_failed([job.document_id], JobStep(job.step), reason, now)
        return False
    held = ExtractionJob.objects.filter(pk=job.pk, state=JobState.CLAIMED, attempts=job.attempts)
    waiting = {
        "state": JobState.WAITING,
        "claimed_at": None,
        "claimed_by": "",
        "not_before": now + back_off(job.attempts),
        "reason": reason[:500],
    }
    if held.update(**waiting) != 1:
        raise ClaimLost(f"Job {job.pk} is no longer held by {job.claimed_by}.")
    if job.step == JobStep.EXTRACT:
        Document.objects.filter(pk=job.document_id).update(
            extraction_status=ExtractionStatus.PENDING, extraction_detail=reason[:500]
        )
    return True


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many tries: a minute, then twice as long each time."""
    return min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)


def reap_jobs(*, now: datetime, is_dead: Callable[[str], bool] = lambda worker: False) -> int:
    """Put jobs whose worker died back into the queue, or give them up after `MAX_ATTEMPTS`; returns how many.

    A worker is dead whose claim has run out, or of whom `is_dead` knows. One that was only slow finds its claim lost.
    """
    require_tenant_id()
    claimed = ExtractionJob.objects.filter(state=JobState.CLAIMED).annotate(
        is_over=Q(claimed_at__lt=Now() - CLAIM_LIFETIME)
    )
    dead = [
        job for job in claimed.select_for_update(skip_locked=True) if job.is_over or is_dead(job.claimed_by)
    ]
    lost = [job for job in dead if job.attempts >= MAX_ATTEMPTS]
    back = [job for job in dead if job.attempts < MAX_ATTEMPTS]
    ExtractionJob.objects.filter(pk__in=[job.pk for job in lost]).update(
        state=JobState.FAILED, finished_at=now, reason=f"{DIED} Given up."
    )
    for step in JobStep:
        ids = [job.document_id for job in lost if job.step == step]
        _mark_failed(ids, step, f"{DIED} It was tried {MAX_ATTEMPTS} times.", now)
    ExtractionJob.objects.filter(pk__in=[job.pk for job in back]).update(
        state=JobState.WAITING, claimed_at=None, claimed_by="", reason=DIED, not_before=now
    )
    unread = [job.document_id for job in back if job.step == JobStep.EXTRACT]
    Document.objects.filter(pk__in=unread).update(extraction_status=ExtractionStatus.PENDING)
    return len(dead)


def _mark_failed(document_ids: Collection[int], step: JobStep, reason: str, now: datetime) -> None:
    """Say on documents that their reading, or their indexing, has been given up."""
    documents = Document.objects.filter(pk__in=document_ids)
    if step == JobStep.EXTRACT:
        documents.update(
            extraction_status=ExtractionStatus.FAILED,
            extraction_reason="given_up",
            extraction_detail=reason[:500],
        )
        # They can still be found by their titles.
        queue_extraction(documents=list(documents), step=JobStep.INDEX, actor="agent", now=now)
    else:
        documents.update(indexing_status=IndexingStatus.FAILED, indexing_reason=reason[:300])


def _open_jobs(documents: Collection[Document], step: JobStep) -> list[int]:
    jobs = ExtractionJob.objects.open().filter(document__in=documents, step=step)
    return list(jobs.values_list("document_id", flat=True))
