"""Recording what was read out of a document, and whether it can be found by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from agent.tenancy import require_tenant_id
from documents.events import emit_about
from documents.extraction import Extraction, describe_reason, is_passing
from documents.extraction.results import PAGE_BREAK
from documents.index.writing import remove_entries
from documents.models import Document, DocumentText, ExtractionJob
from documents.services.curating import suggest_for
from documents.services.queueing import finish_job, put_off_job, queue_extraction
from documents.states import ExtractionStatus, IndexingStatus, JobStep

AGENT = "agent"
MISSING_FILE = "missing_file"


def complete_extraction(*, job: ExtractionJob, extraction: Extraction, now: datetime) -> None:
    """Keep what a worker read of a document (`complete_extraction`), and queue it to be indexed.

    A fault that may pass puts the job off instead. Raises `ClaimLost` when somebody else has the job by now.
    """
    require_tenant_id()
    if extraction.status == ExtractionStatus.FAILED and is_passing(extraction.reason):
        put_off_job(job, reason=describe_reason(extraction.reason), now=now)
        return
    sentence = describe_reason(extraction.reason)
    finish_job(job, reason=sentence, now=now, is_failed=extraction.status == ExtractionStatus.FAILED)
    pages = [_storable(page) for page in extraction.page_texts]
    text = PAGE_BREAK.join(pages)
    has_text = extraction.status == ExtractionStatus.COMPLETED and bool(text.strip())
    # Whoever indexes it holds the document meanwhile: what they write is there to be removed, or they see the new text.
    Document.objects.select_for_update().filter(pk=job.document_id).first()
    if _store_text(job.document, pages if has_text else [], now):
        # Nothing is quoted that no longer stands there.
        remove_entries([job.document_id])
    Document.objects.filter(pk=job.document_id).update(
        extraction_status=extraction.status,
        extraction_reason=extraction.reason,
        extraction_detail=sentence if extraction.reason else "",
        reader=extraction.reader[:40],
        pages=extraction.pages,
        pages_done=min(extraction.pages_done, extraction.pages),
        characters=len(text) if has_text else 0,
        quality={
            **extraction.quality,
            "seconds": round(extraction.seconds, 3),
            "peak_mb": round(extraction.peak_mb, 1),
        },
        extracted_at=now,
        indexing_status=IndexingStatus.WAITING if has_text else IndexingStatus.NOTHING,
        indexing_reason="",
    )
    # Also without text: what was indexed of a former reading must go.
    queue_extraction(documents=[job.document], step=JobStep.INDEX, actor=AGENT, now=now)
    suggest_for(document=job.document, text=text)
    data = {"status": extraction.status, "reason": extraction.reason, "pages": extraction.pages}
    emit_about("document.read", [job.document], data, now=now)


def fail_extraction(*, job: ExtractionJob, reason: str, sentence: str, now: datetime) -> None:
    """Record that a document's file could not even be given to a reader, and that trying again would not help."""
    require_tenant_id()
    finish_job(job, reason=sentence, now=now, is_failed=True)
    document = Document.objects.filter(pk=job.document_id)
    document.update(
        extraction_status=ExtractionStatus.FAILED, extraction_reason=reason, extraction_detail=sentence
    )
    # It can still be found by its title.
    queue_extraction(documents=[job.document], step=JobStep.INDEX, actor=AGENT, now=now)


def _store_text(document: Document, pages: Sequence[str], now: datetime) -> bool:
    """The text in the place of the former one, none where nothing was read; whether it differs from that."""
    former = DocumentText.objects.filter(document=document)
    before = former.values_list("content", "page_starts").first()
    former.delete()
    if not pages:
        return before is not None
    starts = list(accumulate((len(page) + len(PAGE_BREAK) for page in pages[:-1]), initial=0))
    content = PAGE_BREAK.join(pages)
    DocumentText.objects.create(document=document, content=content, page_starts=starts, read_at=now)
    return before != (content, starts)


def _storable(text: str) -> str:
    """The text without what PostgreSQL cannot keep: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
