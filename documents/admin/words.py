"""How the console words what is known of a document."""

from __future__ import annotations

from django.utils.safestring import SafeString

from agent.admin.display import badge
from documents.models import Document, ExtractionJob
from documents.states import ExtractionStatus, IndexingStatus, JobState

_STATUS_TONES = {
    ExtractionStatus.PENDING: "quiet",
    ExtractionStatus.PROCESSING: "busy",
    ExtractionStatus.COMPLETED: "good",
    ExtractionStatus.FAILED: "bad",
    ExtractionStatus.SKIPPED: "warning",
}
_INDEX_TONES = {
    IndexingStatus.WAITING: "quiet",
    IndexingStatus.INDEXED: "good",
    IndexingStatus.FAILED: "bad",
    IndexingStatus.NOTHING: "quiet",
}
_JOB_TONES = {
    JobState.WAITING: "quiet",
    JobState.CLAIMED: "busy",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
}


def status_badge(document: Document) -> SafeString:
    """How far the text has been read; what is only partly read does not look whole."""
    is_partial = document.extraction_status == ExtractionStatus.COMPLETED and document.extraction_reason
    if is_partial:
        return badge("Partly read", "warning")
    return badge(document.get_extraction_status_display(), _STATUS_TONES[document.extraction_status])


def index_badge(document: Document) -> SafeString:
    """Whether the search finds it."""
    return badge(document.get_indexing_status_display(), _INDEX_TONES[document.indexing_status])


def job_badge(job: ExtractionJob) -> SafeString:
    """How far a job of the queue has come."""
    return badge(job.get_state_display(), _JOB_TONES[job.state])
