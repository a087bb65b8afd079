"""The processing queue, and what judging an order found. How orders are judged lives in `orders.services`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orders.models.orders import Order
from orders.models.overrides import OrderOverride
from orders.rules import NOT_OVERRIDABLE
from orders.states import ExceptionState, FixState, JobState, Severity

# A claim older than this belonged to a process that died.
CLAIM_LIFETIME = timedelta(minutes=15)


class JobReason(models.TextChoices):
    """Why an order is looked at."""

    RECEIVED = "received", "Received"
    CHANGED = "changed", "Changed"
    CREDIT = "credit", "Credit changed"
    ASKED = "asked", "Asked for by a person"
    OVERRIDE = "override", "An override ended"


class ProcessingJobQuerySet(TenantQuerySet):
    def due(self, now: datetime) -> ProcessingJobQuerySet:
        """Jobs to be done now, the longest waiting first; among them those of a process that died."""
        stale = Q(state=JobState.CLAIMED, claimed_at__lte=now - CLAIM_LIFETIME)
        return self.filter(Q(state=JobState.QUEUED, due_at__lte=now) | stale).order_by("due_at", "id")

    def gave_up(self) -> ProcessingJobQuerySet:
        """Jobs tried as often as allowed."""
        return self.filter(state=JobState.FAILED)


class ProcessingJob(TenantModel):
    """One order waiting to be judged (spec P0.5)."""

    order = TenantForeignKey(Order, models.CASCADE, related_name="jobs")
    reason = models.CharField(max_length=10, choices=JobReason)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    enqueued_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ProcessingJobQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "order_processing_queue"
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=JobReason.values), name="order_queue_reason_known"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="order_queue_state_known"),
            models.CheckConstraint(
                condition=Q(state=JobState.CLAIMED, claimed_at__isnull=False) | ~Q(state=JobState.CLAIMED),
                name="order_queue_claim_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(JobState.DONE, JobState.FAILED), finished_at__isnull=False)
                | Q(state__in=(JobState.QUEUED, JobState.CLAIMED), finished_at__isnull=True),
                name="order_queue_finished_has_time",
            ),
            # Asking twice for the same look is asking once.
            models.UniqueConstraint(
                fields=["tenant", "order"], condition=Q(state=JobState.QUEUED), name="order_queue_one_waiting"
            ),
        ]
        # The planner's and the workers' query: `.due()`.
        indexes = [models.Index(fields=["tenant", "state", "due_at"], name="order_queue_due")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.order}"


class OrderExceptionQuerySet(TenantQuerySet):
    def open(self) -> OrderExceptionQuerySet:
        """What the last look still found."""
        return self.filter(state=ExceptionState.OPEN)

    def blocking(self) -> OrderExceptionQuerySet:
        """What keeps an order from going on, unless a person has overridden it."""
        return self.filter(severity=Severity.BLOCKING, override__isnull=True)


class OrderException(TenantModel):
    """One thing a rule found in one order: one row, which later looks update, resolve and reopen."""

    order = TenantForeignKey(Order, models.CASCADE, related_name="exceptions")
    code = models.CharField(max_length=10)
    subject = models.CharField(
        max_length=100, blank=True, help_text="What of the order, where one rule may find several things."
    )
    severity = models.CharField(max_length=8, choices=Severity)
    message = models.TextField()
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ExceptionState, default=ExceptionState.OPEN)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    reopened_count = models.PositiveIntegerField(default=0)
    fix_state = models.CharField(max_length=8, choices=FixState, blank=True, default=FixState.NONE)
    fix = models.JSONField(default=list, help_text='The changes: [{"field": …, "before": …, "after": …}].')
    fix_at = models.DateTimeField("fix applied or undone", null=True, blank=True)
    fix_by = models.CharField(max_length=150, blank=True)
    rules_version = models.CharField(max_length=20)
    override = TenantForeignKey(
        OrderOverride,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="exceptions",
        help_text="The override in force that lets the order go on in spite of it.",
    )

    objects = TenantManager.from_queryset(OrderExceptionQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "order_processing_exceptions"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "order", "code", "subject"], name="order_exceptions_key"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="order_exceptions_severity_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ExceptionState.OPEN, resolved_at__isnull=True)
                | Q(state=ExceptionState.RESOLVED, resolved_at__isnull=False),
                name="order_exceptions_resolved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(fix_state=FixState.NONE, fix=[])
                | (Q(fix_state=FixState.PROPOSED, fix_at__isnull=True) & ~Q(fix=[]))
                | (Q(fix_state__in=(FixState.APPLIED, FixState.UNDONE), fix_at__isnull=False) & ~Q(fix=[])),
                name="order_exceptions_fix_has_time",
            ),
            models.CheckConstraint(
                condition=Q(override__isnull=True)
                | Q(state=ExceptionState.OPEN) & ~Q(code__in=sorted(NOT_OVERRIDABLE)),
                name="order_exceptions_override_allowed",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "code"], name="order_exceptions_open"),
            # The console's list: open ones first, blocking ones at the top, the newest first.
            models.Index(
                fields=["tenant", "state", "severity", "-opened_at", "-id"], name="order_exceptions_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.order}"
