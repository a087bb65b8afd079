"""Where documents came from: every place, each once."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from documents.models.documents import Document
from documents.states import SourceState, SourceType


class DocumentSourceQuerySet(TenantQuerySet):
    def due(self, now: datetime) -> DocumentSourceQuerySet:
        """Announced files that may be fetched by now, the longest waiting first."""
        return self.filter(state=SourceState.ANNOUNCED, not_before__lte=now).order_by("not_before", "id")


class DocumentSource(TenantModel):
    """One place that a document came from. A document may have several; a place belongs to one document.

    `source` and `key` name the place for good: announcing it again changes nothing. What it belongs to in its domain
    is named as kind and id (an order, a mail), because the library knows no domain.
    """

    document = TenantForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="sources", db_index=False
    )
    type = models.CharField(max_length=16, choices=SourceType)
    source = models.CharField(max_length=40, help_text="Who registered it: orders, gmail, upload.")
    key = models.CharField(max_length=200)
    label = models.CharField(max_length=300, blank=True)
    reference_kind = models.CharField(max_length=40, blank=True)
    reference_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=9, choices=SourceState, default=SourceState.LINKED)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    objects = TenantManager.from_queryset(DocumentSourceQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "document_sources"
        verbose_name = "source of a document"
        verbose_name_plural = "sources of documents"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source", "key"], name="document_sources_once"),
            models.CheckConstraint(
                condition=Q(type__in=SourceType.values), name="document_sources_type_known"
            ),
            models.CheckConstraint(
                condition=Q(state=SourceState.LINKED, document__isnull=False)
                | Q(state__in=[SourceState.ANNOUNCED, SourceState.FAILED, SourceState.REMOVED])
                & Q(document__isnull=True),
                name="document_sources_linked",
            ),
            models.CheckConstraint(
                condition=~Q(state=SourceState.ANNOUNCED) | Q(not_before__isnull=False),
                name="document_sources_due",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "document"], name="document_sources_document"),
            models.Index(
                fields=["tenant", "not_before", "id"],
                condition=Q(state=SourceState.ANNOUNCED),
                name="document_sources_announced",
            ),
            models.Index(
                fields=["tenant", "reference_kind", "reference_id"], name="document_sources_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.source}: {self.key}"
