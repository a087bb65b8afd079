"""The words of the library: where a document came from, what it is, and how far it has been read and indexed."""

from __future__ import annotations

from django.db import models


class SourceType(models.TextChoices):
    """Where a document came from (`document_source_type`, spec P1.1)."""

    ORDER_DOCUMENT = "order_document", "A file of an order"
    GMAIL_ATTACHMENT = "gmail_attachment", "An attachment of a mail"
    MANUAL_UPLOAD = "manual_upload", "Uploaded by a person"
    GENERATED = "generated", "Made by the agent"


class SourceState(models.TextChoices):
    """How far a place that a document comes from has been followed."""

    ANNOUNCED = "announced", "Waits to be fetched"
    LINKED = "linked", "In the library"
    FAILED = "failed", "Could not be fetched"
    REMOVED = "removed", "Deleted for good"  # remembered, so that it is not fetched again by itself


class Category(models.TextChoices):
    """What a document is (`document_category`, spec P1.1)."""

    CONTRACT = "contract", "Contract"
    INVOICE = "invoice", "Invoice"
    SOP = "sop", "Operating procedure"
    BID_TEMPLATE = "bid_template", "Bid template"
    EMAIL_ATTACHMENT = "email_attachment", "Mail attachment"
    APPRAISAL_REPORT = "appraisal_report", "Appraisal report"
    CLIENT_DOCUMENT = "client_document", "Client document"
    INTERNAL = "internal", "Internal"
    OTHER = "other", "Other"


class Visibility(models.TextChoices):
    """Who in the company may find and open a document."""

    COMPANY = "company", "Everybody in the company"
    RESTRICTED = "restricted", "Only who may see restricted documents"


class ExtractionStatus(models.TextChoices):
    """How far the text of a document has been read (`extraction_status`, spec P1.1). The reason code says why."""

    PENDING = "pending", "Waiting"
    PROCESSING = "processing", "Being read"
    COMPLETED = "completed", "Read"
    FAILED = "failed", "Could not be read"
    SKIPPED = "skipped", "Left unread"


class IndexingStatus(models.TextChoices):
    """Whether a document can be found by what is in it."""

    WAITING = "waiting", "Waiting"  # for its text, or for the index to be written
    INDEXED = "indexed", "Indexed"
    FAILED = "failed", "Could not be indexed"
    NOTHING = "nothing", "Has no text"


class FileState(models.TextChoices):
    """What the storage may hold under a key. A file is known before its first byte is written."""

    WRITING = "writing", "Being written"
    KEPT = "kept", "Kept"
    DOOMED = "doomed", "Being removed"


class JobStep(models.TextChoices):
    """What a job of the extraction queue does."""

    EXTRACT = "extract", "Read the text"
    INDEX = "index", "Index the text"


class JobState(models.TextChoices):
    """How far a job of the extraction queue has come."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Being worked on"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


OPEN_JOB_STATES = (JobState.WAITING, JobState.CLAIMED)
