"""What mail shows of coming or endangered business, until somebody has seen to it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class SignalType(models.TextChoices):
    """What the words are a sign of (spec P1.6)."""

    COMPLAINT = "complaint", "Complaint"
    URGENCY = "urgency", "Urgency"
    UPSELL = "upsell", "More business"
    RENEWAL = "renewal", "Renewal"
    REFERRAL = "referral", "Referral"


class OpportunitySignalQuerySet(TenantQuerySet):
    def unactioned(self) -> OpportunitySignalQuerySet:
        """Signals that nobody has seen to, the strongest first (spec P1.6, `getUnactionedSignals`)."""
        return self.filter(actioned_at__isnull=True).order_by("-strength", "seen_at", "id")

    def seen_since(self, moment: datetime) -> OpportunitySignalQuerySet:
        """Signals found after a moment."""
        return self.filter(found_at__gt=moment)


class OpportunitySignal(TenantModel):
    """One sign in one mail of a contact. `start` and `end` are offsets into the message's newest text."""

    message = TenantForeignKey(
        "mail.Message", models.PROTECT, related_name="opportunity_signals", db_index=False
    )
    contact = TenantForeignKey(
        "engagement.Contact", models.PROTECT, related_name="opportunity_signals", db_index=False
    )
    client = TenantForeignKey(
        "engagement.Client",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="opportunity_signals",
        db_index=False,
    )
    type = models.CharField(max_length=9, choices=SignalType)
    strength = models.FloatField()
    evidence = models.TextField(help_text="The sender's own words.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    seen_at = models.DateTimeField("written")
    found_at = models.DateTimeField("found")
    actioned_at = models.DateTimeField("seen to", null=True, blank=True)
    actioned_by = models.CharField("by", max_length=150, blank=True)
    action = models.CharField("what was done", max_length=500, blank=True)

    objects = TenantManager.from_queryset(OpportunitySignalQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "opportunity_signals"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "message", "type", "start"], name="opportunity_signals_once"
            ),
            models.CheckConstraint(
                condition=Q(type__in=SignalType.values), name="opportunity_signals_type_known"
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=0, strength__lte=1), name="opportunity_signals_strength_range"
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="opportunity_signals_span"),
            models.CheckConstraint(
                condition=Q(actioned_at__isnull=True, actioned_by="", action="")
                | (Q(actioned_at__isnull=False) & ~Q(actioned_by="") & ~Q(action="")),
                name="opportunity_signals_actioned_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "-strength", "seen_at"],
                condition=Q(actioned_at__isnull=True),
                name="opportunity_signals_open",
            ),
            models.Index(fields=["tenant", "contact"], name="opportunity_signals_contact"),
            models.Index(fields=["tenant", "client"], name="opportunity_signals_client"),
            models.Index(fields=["tenant", "found_at"], name="opportunity_signals_found"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.evidence[:80]}"
