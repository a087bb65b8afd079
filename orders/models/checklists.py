"""What the client of an order is told and asked. Which items there are, and their words, is `orders.checklists`."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orders.models.orders import Order


class ChecklistOutcome(models.TextChoices):
    """Why nothing of a checklist is asked for any more."""

    TOLD = "told", "The order was confirmed; nothing was missing"
    ANSWERED = "answered", "Nothing is missing any more"
    CHANGED = "changed", "Something else is missing now"
    OVER = "over", "The order is past intake"


class ChecklistQuerySet(TenantQuerySet):
    def open(self) -> ChecklistQuerySet:
        """Checklists of which something is still to be told or answered."""
        return self.filter(closed_at__isnull=True)

    def awaiting_answer(self) -> ChecklistQuerySet:
        """Open ones that a client was asked about."""
        return self.open().filter(mails_sent__gt=0)

    def due(self, now: datetime) -> ChecklistQuerySet:
        """Those of which a mail is due, the longest waiting first."""
        return self.filter(next_mail_at__lte=now).order_by("next_mail_at", "id")


class Checklist(TenantModel):
    """What one order lacks, asked for in one mail and its reminders; with no items, the order is only confirmed.

    Another set of missing items is another checklist. Of an order at most one is open.
    """

    order = TenantForeignKey(Order, models.CASCADE, db_index=False, related_name="checklists")
    items = models.JSONField(default=list, help_text='What is asked for, such as ["zip", "loan_number"].')
    is_blocking = models.BooleanField(
        "work waits for it", default=False, help_text="Without one of the items work cannot begin."
    )
    confirms_order = models.BooleanField(
        "confirms the order", default=False, help_text="Its first mail also says that the order was received."
    )
    opened_at = models.DateTimeField()
    next_mail_at = models.DateTimeField(null=True, blank=True, help_text="Empty: no mail is due any more.")
    mails_sent = models.PositiveSmallIntegerField(default=0)
    last_mail_at = models.DateTimeField(null=True, blank=True)
    last_message_id = models.CharField("last message", max_length=998, blank=True)
    replied_at = models.DateTimeField("answered by mail", null=True, blank=True)
    answers = models.JSONField(
        default=list, help_text="What was filled in: when, and each field before and after."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=ChecklistOutcome, blank=True)

    objects = TenantManager.from_queryset(ChecklistQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "order_checklists"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "order"],
                condition=Q(closed_at__isnull=True),
                name="order_checklists_one_open",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *ChecklistOutcome.values]), name="order_checklists_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, next_mail_at__isnull=True) & ~Q(outcome=""),
                name="order_checklists_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(mails_sent=0, last_mail_at__isnull=True)
                | Q(mails_sent__gt=0, last_mail_at__isnull=False),
                name="order_checklists_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "order"], name="order_checklists_order"),
            # The planner's query: `.due()`.
            models.Index(
                fields=["tenant", "next_mail_at"],
                condition=Q(next_mail_at__isnull=False),
                name="order_checklists_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Checklist of {self.order}"
