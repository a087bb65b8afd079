"""The extraction queue."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from documents.models.documents import Document
from documents.states import OPEN_JOB_STATES, JobState, JobStep


class ExtractionJobQuerySet(TenantQuerySet):
    def open(self) -> ExtractionJobQuerySet:
        """Jobs that wait or are being worked on."""
        return self.filter(state__in=OPEN_JOB_STATES)

    def due(self, now: datetime) -> ExtractionJobQuerySet:
        """Jobs that may be claimed by now, the longest waiting first."""
        return self.filter(state=JobState.WAITING, not_before__lte=now).order_by("not_before", "id")


class ExtractionJob(TenantModel):
    """One piece of work on one document: to read its text, or to index it. Claimed by one worker at a time.

    `attempts` grows with each claim and is the claim's own number: who lost a claim can no longer complete it.
    """

    document = TenantForeignKey(Document, models.CASCADE, related_name="jobs", db_index=False)
    step = models.CharField(max_length=7, choices=JobStep)
    state = models.CharField(max_length=7, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(help_text="Not to be claimed earlier.")
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=150)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("what became of it", max_length=500, blank=True)

    objects = TenantManager.from_queryset(ExtractionJobQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "document_extraction_queue"
        verbose_name = "extraction job"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "document", "step"],
                condition=Q(state__in=OPEN_JOB_STATES),
                name="document_extraction_queue_open_once",
            ),
            models.CheckConstraint(
                condition=Q(step__in=JobStep.values), name="document_extraction_queue_step_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.WAITING, claimed_at__isnull=True, finished_at__isnull=True)
                | Q(state=JobState.CLAIMED, claimed_at__isnull=False, finished_at__isnull=True)
                | Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False),
                name="document_extraction_queue_state_and_times",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "document"], name="document_extraction_queue_doc"),
            models.Index(
                fields=["tenant", "not_before", "id"],
                condition=Q(state=JobState.WAITING),
                name="document_extraction_queue_due",
            ),
            models.Index(
                fields=["tenant", "claimed_at"],
                condition=Q(state=JobState.CLAIMED),
                name="document_extraction_queue_held",
            ),
            models.Index(
                fields=["tenant", "finished_at"],
                condition=Q(finished_at__isnull=False),
                name="document_extraction_queue_past",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.document}"
