"""What happened to orders besides moving: the times they were on hold, and what people changed in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orders.models.orders import Order
from orders.states import HOLDABLE_STAGES, HoldReason


class OrderHoldQuerySet(TenantQuerySet):
    def open(self) -> OrderHoldQuerySet:
        """Holds that last."""
        return self.filter(ended_at__isnull=True)


class OrderHold(TenantModel):
    """One time an order was on hold, with the due dates that were taken from it meanwhile."""

    order = TenantForeignKey(Order, models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=24, choices=HoldReason)
    note = models.CharField(max_length=300, blank=True)
    until_date = models.DateField(null=True, blank=True)
    from_stage = models.CharField(max_length=16)
    stage_since = models.DateTimeField(help_text="From when the time for the stage had counted.")
    due_date = models.DateField("due to the client", null=True, blank=True)
    vendor_due_date = models.DateField(null=True, blank=True)
    revision_due_date = models.DateField(null=True, blank=True)
    rov_due_date = models.DateField("reconsideration due", null=True, blank=True)
    held_at = models.DateTimeField()
    held_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    objects = TenantManager.from_queryset(OrderHoldQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "order_holds"
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=HoldReason.values), name="order_holds_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(from_stage__in=HOLDABLE_STAGES), name="order_holds_from_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="order_holds_end_has_actor",
            ),
            models.UniqueConstraint(
                fields=["tenant", "order"], condition=Q(ended_at__isnull=True), name="order_holds_one_open"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="order_holds_order")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.order}"


class OrderChange(TenantModel):
    """What one person, or the API in their name, changed in one order at once. Append-only."""

    order = TenantForeignKey(Order, models.PROTECT, related_name="changes")
    changes = models.JSONField(
        default=list, help_text='As fixes are: [{"field": …, "before": …, "after": …}].'
    )
    actor = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "order_changes"
        constraints = [
            models.CheckConstraint(condition=~Q(changes=[]), name="order_changes_something"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(actor=""), name="order_changes_say_why"),
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="order_changes_order")]

    def __str__(self) -> str:
        return f"{self.order} by {self.actor}"
