"""Deals, the history and configuration of their stages, and what was done about each (spec P1.4)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class DealStage(models.TextChoices):
    """How far a deal has come."""

    LEAD = "lead", "Lead"  # somebody who may want us
    QUALIFIED = "qualified", "Qualified"  # worth our time
    DISCOVERY = "discovery", "Discovery"  # we learn what they need
    PROPOSAL = "proposal", "Proposal"  # our terms are with them
    NEGOTIATION = "negotiation", "Negotiation"
    WON = "won", "Won"
    LOST = "lost", "Lost"


FINISHED_STAGES = (DealStage.WON, DealStage.LOST)


class OutcomeReason(models.TextChoices):
    """Why a deal was lost."""

    PRICE = "price", "Price"
    TURN_TIME = "turn_time", "Turn time"
    COVERAGE = "coverage", "Coverage"
    INCUMBENT = "incumbent", "Incumbent"
    SCOPE_CHANGED = "scope_changed", "Scope changed"
    CANCELLED = "cancelled", "Cancelled"
    NO_RESPONSE = "no_response", "No response"
    QUALITY = "quality", "Quality"
    OTHER = "other", "Other"


class DealQuerySet(TenantQuerySet):
    def open(self) -> DealQuerySet:
        """Deals neither won nor lost."""
        return self.exclude(stage__in=FINISHED_STAGES)

    def stalled(self) -> DealQuerySet:
        """Open deals in which nothing has happened for longer than their stage allows."""
        return self.open().filter(stalled_at__isnull=False)

    def follow_up_due(self, now: datetime) -> DealQuerySet:
        """Open deals to be followed up by now, the longest waiting first."""
        due = self.open().filter(auto_follow_up_enabled=True, next_follow_up_at__lte=now)
        return due.order_by("next_follow_up_at", "id")


class Deal(TenantModel):
    """One piece of business with one client, or with somebody who may become one."""

    title = models.CharField(max_length=200)
    client = TenantForeignKey(
        "engagement.Client", models.PROTECT, null=True, blank=True, related_name="deals"
    )
    contact = TenantForeignKey(
        "engagement.Contact", models.PROTECT, null=True, blank=True, related_name="deals"
    )
    stage = models.CharField(max_length=12, choices=DealStage, default=DealStage.LEAD)
    expected_value = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Fees of the first year, in dollars.",
    )
    expected_close_date = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=150, blank=True)
    description = models.TextField(blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)
    stalled_at = models.DateTimeField(null=True, blank=True)
    auto_follow_up_enabled = models.BooleanField("followed up by itself", default=True)
    next_follow_up_at = models.DateTimeField(null=True, blank=True)
    follow_up_count = models.PositiveSmallIntegerField(default=0)
    deferred_until_date = models.DateField(
        null=True, blank=True, help_text="The client asked to be left alone until this day."
    )
    closed_at = models.DateTimeField("won or lost at", null=True, blank=True)
    lost_reason = models.CharField(max_length=16, choices=OutcomeReason, blank=True)
    lost_detail = models.TextField(blank=True)
    created_at = models.DateTimeField(editable=False)

    objects = TenantManager.from_queryset(DealQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "deals"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="deals_titled"),
            models.CheckConstraint(condition=Q(stage__in=DealStage.values), name="deals_stage_known"),
            models.CheckConstraint(
                condition=Q(stage__in=FINISHED_STAGES, closed_at__isnull=False)
                | ~Q(stage__in=FINISHED_STAGES) & Q(closed_at__isnull=True),
                name="deals_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(lost_reason="") | Q(stage=DealStage.LOST, lost_reason__in=OutcomeReason.values),
                name="deals_lost_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(stalled_at__isnull=True) | ~Q(stage__in=FINISHED_STAGES),
                name="deals_stalled_is_open",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "stage", "last_activity_at"], name="deals_stage_activity"),
            models.Index(fields=["tenant", "next_follow_up_at"], name="deals_follow_up"),
            models.Index(fields=["tenant", "client"], name="deals_client"),
        ]

    def __str__(self) -> str:
        return self.title


class DealStageHistory(TenantModel):
    """One move of one deal, with the time it stood before. Append-only."""

    deal = TenantForeignKey(Deal, models.CASCADE, related_name="stage_history")
    old = models.CharField(max_length=12, choices=DealStage, blank=True)
    new = models.CharField(max_length=12, choices=DealStage)
    actor = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)
    duration = models.DurationField("time in the old stage", null=True, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "deal_stage_history"
        verbose_name = "stage change"
        constraints = [
            models.CheckConstraint(
                condition=Q(old__in=["", *DealStage.values], new__in=DealStage.values),
                name="deal_stage_history_known",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "deal", "id"], name="deal_stage_history_deal")]

    def __str__(self) -> str:
        return f"{self.old or 'new'} → {self.new}"


class DealStageConfig(TenantModel):
    """How long a deal may rest in a stage before it counts as stalled, and how often it is followed up."""

    stage = models.CharField(max_length=12, choices=DealStage)
    stalled_after_days = models.PositiveSmallIntegerField()
    follow_up_every_days = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        db_table = "deal_stage_config"
        verbose_name = verbose_name_plural = "stage configuration"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "stage"], name="deal_stage_config_one"),
            models.CheckConstraint(
                condition=Q(stage__in=[stage for stage in DealStage.values if stage not in FINISHED_STAGES]),
                name="deal_stage_config_open_stage",
            ),
            models.CheckConstraint(
                condition=Q(stalled_after_days__gt=0, follow_up_every_days__gt=0),
                name="deal_stage_config_days",
            ),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()


class DealActivityKind(models.TextChoices):
    """What was done about a deal."""

    EMAIL_SENT = "email_sent", "E-mail sent"
    EMAIL_RECEIVED = "email_received", "E-mail received"
    CALL = "call", "Call"
    MEETING = "meeting", "Meeting"
    NOTE = "note", "Note"


class DealActivity(TenantModel):
    """One thing done or heard about a deal."""

    deal = TenantForeignKey(Deal, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=16, choices=DealActivityKind)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)
    summary = models.TextField(blank=True)
    message_id = models.CharField("Message-ID", max_length=998, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "deal_activities"
        verbose_name_plural = "deal activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DealActivityKind.values), name="deal_activities_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "deal", "at"], name="deal_activities_deal")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.summary[:60]}"
