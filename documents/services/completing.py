"""Recording what was read out of a document, and whether it can be found by it."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate

from agent.tenancy import require_tenant_id
from documents.events import emit_about
from documents.extraction import Extraction, describe_reason, is_passing
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
    text = extraction.text.replace("\0", "")
    has_text = extraction.status == ExtractionStatus.COMPLETED and bool(text.strip())
    _store_text(job.document, text if has_text else "", extraction, now)
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
    document.filter(characters=0).update(indexing_status=IndexingStatus.NOTHING)


def _store_text(document: Document, text: str, extraction: Extraction, now: datetime) -> None:
    """The text in the place of the former one; none where nothing was read."""
    DocumentText.objects.filter(document=document).delete()
    if not text:
        return
    lengths = (len(page.replace("\0", "")) + 1 for page in extraction.page_texts[:-1])
    starts = list(accumulate(lengths, initial=0))
    DocumentText.objects.create(document=document, content=text, page_starts=starts, read_at=now)
