"""A client's yes to another fee, with the words of the mail that says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantModel
from orders.models.orders import Order


class FeeApproval(TenantModel):
    """One fee that a client agreed to after the order came, as a person recorded it. Append-only."""

    order = TenantForeignKey(Order, models.PROTECT, db_index=False, related_name="fee_approvals")
    fee_before = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    fee_amount = models.DecimalField("fee agreed to", max_digits=12, decimal_places=2)
    message = TenantForeignKey("mail.Message", models.PROTECT, related_name="+")
    quote = models.TextField("the client's words")
    approved_by = models.CharField("recorded by", max_length=150)
    approved_at = models.DateTimeField("recorded")

    class Meta(TenantModel.Meta):
        db_table = "order_fee_approvals"
        constraints = [
            models.CheckConstraint(condition=Q(fee_amount__gt=0), name="order_fee_approvals_fee"),
            models.CheckConstraint(
                condition=~Q(quote="") & ~Q(approved_by=""), name="order_fee_approvals_said"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "order", "id"], name="order_fee_approvals_order")]

    def __str__(self) -> str:
        return f"{self.fee_amount} for {self.order}"
