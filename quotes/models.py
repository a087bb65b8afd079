"""Quotes and bids, their lines, and what was done about each (spec P1.5)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class QuoteKind(models.TextChoices):
    """Who asks whom."""

    QUOTE = "quote", "Quote"  # we price
    BID = "bid", "Bid"  # we answer a request for proposals


class QuoteStatus(models.TextChoices):
    """Draft, sent, viewed, then one outcome."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    VIEWED = "viewed", "Viewed"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"


AWAITED_STATUSES = (QuoteStatus.SENT, QuoteStatus.VIEWED)
DECIDED_STATUSES = (QuoteStatus.ACCEPTED, QuoteStatus.REJECTED)


class OutcomeReason(models.TextChoices):
    """Why a quote was won or lost."""

    PRICE = "price", "Price"
    TURN_TIME = "turn_time", "Turn time"
    COVERAGE = "coverage", "Coverage"
    INCUMBENT = "incumbent", "Incumbent"
    SCOPE_CHANGED = "scope_changed", "Scope changed"
    CANCELLED = "cancelled", "Cancelled"
    NO_RESPONSE = "no_response", "No response"
    QUALITY = "quality", "Quality"
    OTHER = "other", "Other"


class QuoteQuerySet(TenantQuerySet):
    def awaited(self) -> QuoteQuerySet:
        """Quotes the client has and has not answered."""
        return self.filter(status__in=AWAITED_STATUSES)

    def follow_up_due(self, now: datetime) -> QuoteQuerySet:
        """Quotes to be followed up by now, the longest waiting first."""
        due = self.awaited().filter(auto_follow_up_enabled=True, next_follow_up_at__lte=now)
        return due.order_by("next_follow_up_at", "id")


class Quote(TenantModel):
    """One price we named, or one bid we answered, for one product at one property. Money in dollars."""

    quote_number = models.CharField(max_length=40)
    kind = models.CharField(max_length=5, choices=QuoteKind, default=QuoteKind.QUOTE)
    status = models.CharField(max_length=8, choices=QuoteStatus, default=QuoteStatus.DRAFT)
    title = models.CharField(max_length=200, blank=True)
    client = TenantForeignKey("engagement.Client", models.PROTECT, related_name="quotes")
    contact = TenantForeignKey(
        "engagement.Contact", models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    product_code = models.CharField(max_length=30)
    property_type = models.CharField(max_length=16, blank=True)
    street = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=2, blank=True)
    zip = models.CharField("ZIP", max_length=10, blank=True)
    county = models.CharField(max_length=80, blank=True)
    fee_amount = models.DecimalField(
        "fee",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Sum of the lines, without tech fee.",
    )
    tech_fee = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    turn_time_days = models.PositiveSmallIntegerField("turn time (business days)", null=True, blank=True)
    respond_by_at = models.DateTimeField("bid due", null=True, blank=True)
    valid_until_date = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    first_viewed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField("accepted or rejected at", null=True, blank=True)
    outcome_reason = models.CharField(max_length=16, choices=OutcomeReason, blank=True)
    outcome_detail = models.TextField(blank=True)
    auto_follow_up_enabled = models.BooleanField("followed up by itself", default=True)
    next_follow_up_at = models.DateTimeField(null=True, blank=True)
    follow_up_count = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(editable=False)

    objects = TenantManager.from_queryset(QuoteQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "quotes"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "quote_number"], name="quotes_number"),
            models.CheckConstraint(condition=~Q(quote_number=""), name="quotes_has_number"),
            models.CheckConstraint(condition=Q(kind__in=QuoteKind.values), name="quotes_kind_known"),
            models.CheckConstraint(condition=Q(status__in=QuoteStatus.values), name="quotes_status_known"),
            models.CheckConstraint(
                condition=Q(status=QuoteStatus.DRAFT) | Q(sent_at__isnull=False), name="quotes_sent_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(status=QuoteStatus.VIEWED) | Q(first_viewed_at__isnull=False),
                name="quotes_viewed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED_STATUSES, decided_at__isnull=False)
                | ~Q(status__in=DECIDED_STATUSES) & Q(decided_at__isnull=True),
                name="quotes_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(outcome_reason__in=["", *OutcomeReason.values]),
                name="quotes_outcome_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(fee_amount__isnull=True) | Q(fee_amount__gte=0), name="quotes_fee_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "status", "next_follow_up_at"], name="quotes_follow_up"),
            models.Index(fields=["tenant", "client"], name="quotes_client"),
        ]

    def __str__(self) -> str:
        return self.quote_number


class QuoteLine(TenantModel):
    """One line of a quote's fee."""

    quote = TenantForeignKey(Quote, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=30, help_text="The product's or add-on's code.")
    description = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta(TenantModel.Meta):
        db_table = "quote_lines"
        constraints = [models.UniqueConstraint(fields=["tenant", "quote", "code"], name="quote_lines_once")]

    def __str__(self) -> str:
        return self.code


class QuoteActivityKind(models.TextChoices):
    """What happened to a quote."""

    CREATED = "created", "Created"
    SENT = "sent", "Sent"
    VIEWED = "viewed", "Viewed"
    FOLLOWED_UP = "followed_up", "Followed up"
    ANSWERED = "answered", "Client answered"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"
    NOTE = "note", "Note"


class QuoteActivity(TenantModel):
    """One thing that happened to a quote."""

    quote = TenantForeignKey(Quote, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=12, choices=QuoteActivityKind)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)
    summary = models.TextField(blank=True)
    message_id = models.CharField("Message-ID", max_length=998, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "quote_activities"
        verbose_name_plural = "quote activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuoteActivityKind.values), name="quote_activities_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "quote", "at"], name="quote_activities_quote")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.summary[:60]}"
