"""Documents and their text. A version of a document is a row of its own."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from documents.models.files import SHA256_LENGTH, StoredFile
from documents.states import Category, ExtractionStatus, IndexingStatus, Visibility


class DocumentQuerySet(TenantQuerySet):
    def live(self) -> DocumentQuerySet:
        """Documents that are not in the trash."""
        return self.filter(trashed_at__isnull=True)

    def trashed(self) -> DocumentQuerySet:
        """Documents in the trash, from which they can be restored."""
        return self.filter(trashed_at__isnull=False)

    def latest(self) -> DocumentQuerySet:
        """The newest version of each document that is not in the trash."""
        return self.filter(is_latest=True)

    def in_force(self, today: date) -> DocumentQuerySet:
        """Documents that have not expired by a day of the company's calendar."""
        return self.filter(Q(expiry_date__isnull=True) | Q(expiry_date__gte=today))

    def visible_to(self, *, is_cleared: bool) -> DocumentQuerySet:
        """What a person may find and open; `is_cleared` is who may see restricted documents."""
        return self if is_cleared else self.filter(visibility=Visibility.COMPANY)


class Document(TenantModel):
    """One version of one document: a file, what was read out of it, and what people say of it.

    What a citation names stays: a version keeps its row, file and text when a newer one comes.
    """

    name = models.CharField("file name", max_length=255)
    title = models.CharField(max_length=300)
    media_type = models.CharField(max_length=100, blank=True, help_text="By its first bytes, then its name.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="documents")
    preview = TenantForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="previewed_documents"
    )

    series = models.UUIDField(default=uuid.uuid4, help_text="What all versions of a document share.")
    version = models.PositiveIntegerField(default=1)
    is_latest = models.BooleanField(default=True)

    category = models.CharField(max_length=16, choices=Category, default=Category.OTHER)
    category_set_by = models.CharField(
        max_length=150, blank=True, help_text="The person who chose it; empty while it is only suggested."
    )
    category_set_at = models.DateTimeField(null=True, blank=True)
    suggested_category = models.CharField(max_length=16, choices=Category, blank=True)
    suggestion_confidence = models.FloatField("confidence", default=0, help_text="From 0 to 1.")
    suggestion_reason = models.CharField("reason of the suggestion", max_length=300, blank=True)

    effective_date = models.DateField(null=True, blank=True)
    expiry_date = models.DateField(null=True, blank=True, help_text="The last day on which it holds.")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.COMPANY)

    extraction_status = models.CharField(
        max_length=10, choices=ExtractionStatus, default=ExtractionStatus.PENDING
    )
    extraction_reason = models.CharField(max_length=40, blank=True, help_text="A code, such as needs_ocr.")
    extraction_detail = models.CharField(max_length=500, blank=True)
    reader = models.CharField(max_length=40, blank=True, help_text="What read the text.")
    pages = models.PositiveIntegerField(null=True, blank=True)
    pages_done = models.PositiveIntegerField("pages read", null=True, blank=True)
    characters = models.PositiveIntegerField(default=0)
    quality = models.JSONField("extraction report", default=dict, blank=True)
    extracted_at = models.DateTimeField(null=True, blank=True)

    indexing_status = models.CharField(max_length=8, choices=IndexingStatus, default=IndexingStatus.WAITING)
    indexing_reason = models.CharField(max_length=300, blank=True)
    indexed_at = models.DateTimeField(null=True, blank=True)

    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)
    trashed_at = models.DateTimeField(null=True, blank=True)
    trashed_by = models.CharField(max_length=150, blank=True)

    objects = TenantManager.from_queryset(DocumentQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "documents"
        permissions = [("view_restricted_document", "Can see restricted documents")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sha256"],
                condition=Q(trashed_at__isnull=True),
                name="documents_content_once",
            ),
            models.UniqueConstraint(fields=["tenant", "series", "version"], name="documents_version_once"),
            models.UniqueConstraint(
                fields=["tenant", "series"], condition=Q(is_latest=True), name="documents_latest_once"
            ),
            models.CheckConstraint(
                condition=Q(is_latest=False) | Q(trashed_at__isnull=True), name="documents_latest_is_live"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(title=""), name="documents_named"),
            models.CheckConstraint(condition=Q(version__gte=1), name="documents_version_counts"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="documents_category_known"
            ),
            models.CheckConstraint(
                condition=Q(suggested_category__in=["", *Category.values]),
                name="documents_suggestion_known",
            ),
            models.CheckConstraint(
                condition=Q(suggestion_confidence__gte=0, suggestion_confidence__lte=1),
                name="documents_confidence_range",
            ),
            models.CheckConstraint(
                condition=Q(category_set_by="", category_set_at__isnull=True)
                | ~Q(category_set_by="") & Q(category_set_at__isnull=False),
                name="documents_category_set_whole",
            ),
            models.CheckConstraint(
                condition=Q(effective_date__isnull=True)
                | Q(expiry_date__isnull=True)
                | Q(expiry_date__gte=F("effective_date")),
                name="documents_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="documents_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(extraction_status__in=ExtractionStatus.values), name="documents_extraction_known"
            ),
            models.CheckConstraint(
                condition=Q(pages_done__isnull=True) | Q(pages__isnull=True) | Q(pages__gte=F("pages_done")),
                name="documents_pages_done",
            ),
            models.CheckConstraint(
                condition=Q(indexing_status__in=IndexingStatus.values), name="documents_indexing_known"
            ),
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=True, trashed_by="")
                | Q(trashed_at__isnull=False) & ~Q(trashed_by=""),
                name="documents_trashed_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "-added_at", "-id"],
                condition=Q(is_latest=True),
                name="documents_newest",
            ),
            models.Index(
                fields=["tenant", "category", "-added_at"],
                condition=Q(is_latest=True),
                name="documents_by_category",
            ),
            models.Index(
                fields=["tenant", "trashed_at"],
                condition=Q(trashed_at__isnull=False),
                name="documents_trash",
            ),
            models.Index(
                fields=["tenant", "id"],
                condition=Q(visibility=Visibility.RESTRICTED),
                name="documents_restricted",
            ),
            models.Index(fields=["tenant", "sha256"], name="documents_content"),
        ]

    def __str__(self) -> str:
        return self.title if self.version == 1 else f"{self.title} (version {self.version})"

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None


class DocumentText(TenantModel):
    """The text that was read out of one document, in a table of its own because it can be megabytes long.

    Character ranges of chunks and citations are offsets into `content`; `page_starts` are the offsets at which
    its pages begin, the first of them 0.
    """

    document = TenantForeignKey(Document, models.CASCADE, related_name="texts", db_index=False)
    content = models.TextField()
    page_starts = ArrayField(models.PositiveIntegerField(), default=list)
    read_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "document_texts"
        verbose_name = "text of a document"
        verbose_name_plural = "texts of documents"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "document"], name="document_texts_once"),
        ]

    def __str__(self) -> str:
        return f"Text of {self.document}"

    def page_at(self, offset: int) -> int:
        """The number of the page, counted from 1, on which a character of the text stands."""
        return max(bisect_right(self.page_starts, offset), 1)
