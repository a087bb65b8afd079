"""The queue of mails whose signature may say something new about its writer."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class JobState(models.TextChoices):
    """How far a mail has been looked at."""

    PENDING = "pending", "Waiting"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Left alone"  # the outcome says why


class EnrichmentJobQuerySet(TenantQuerySet):
    def pending(self) -> EnrichmentJobQuerySet:
        """Mails that nobody has looked at, in the order in which they came."""
        return self.filter(state=JobState.PENDING).order_by("id")

    def settled_since(self, moment: datetime) -> EnrichmentJobQuerySet:
        """Jobs that ended after a moment."""
        return self.filter(finished_at__gt=moment)


class EnrichmentJob(TenantModel):
    """One mail of one contact, to be looked at once for what its signature says of them."""

    message = TenantForeignKey("mail.Message", models.PROTECT, related_name="enrichment_jobs", db_index=False)
    contact = TenantForeignKey(
        "engagement.Contact", models.CASCADE, related_name="enrichment_jobs", db_index=False
    )
    state = models.CharField(max_length=7, choices=JobState, default=JobState.PENDING)
    signer = models.CharField("signed by", max_length=200, blank=True)
    outcome = models.CharField("what became of it", max_length=500, blank=True)
    filled = models.PositiveSmallIntegerField("values taken", default=0)
    proposed = models.PositiveSmallIntegerField("values suggested", default=0)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(EnrichmentJobQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "contact_enrichment_queue"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "message"], name="enrichment_queue_once"),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="enrichment_queue_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.PENDING, finished_at__isnull=True)
                | (~Q(state=JobState.PENDING) & Q(finished_at__isnull=False)),
                name="enrichment_queue_end_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "id"], condition=Q(state=JobState.PENDING), name="enrichment_queue_pending"
            ),
            models.Index(fields=["tenant", "contact"], name="enrichment_queue_contact"),
            models.Index(fields=["tenant", "finished_at"], name="enrichment_queue_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_state_display().lower()}"
