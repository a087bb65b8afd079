"""What clients may owe and do owe: credit terms, invoices, and payments not yet applied.

How exposure is reckoned lives in `orders.exposure`, how it is changed in `orders.services.credit`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class ClientCreditTerms(TenantModel):
    """How much a client may owe. This row is the lock under which credit is decided (domain, 2.2)."""

    client = TenantForeignKey("engagement.Client", models.PROTECT, related_name="credit_terms")
    credit_limit = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Empty: no terms. 0.00: prepaid only.",
    )
    tech_fee = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Agreed with this client; empty: the usual.",
    )
    held_at = models.DateTimeField("on credit hold since", null=True, blank=True)
    held_by = models.CharField(max_length=150, blank=True)
    hold_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "client_credit_terms"
        verbose_name = verbose_name_plural = "credit terms"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "client"], name="client_credit_terms_one"),
            models.CheckConstraint(
                condition=Q(credit_limit__isnull=True) | Q(credit_limit__gte=0),
                name="client_credit_terms_limit",
            ),
            models.CheckConstraint(
                condition=Q(tech_fee__isnull=True) | Q(tech_fee__gte=0), name="client_credit_terms_tech_fee"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_by="", hold_reason="")
                | (Q(held_at__isnull=False) & ~Q(held_by="") & ~Q(hold_reason="")),
                name="client_credit_terms_hold_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Credit of {self.client}"


class InvoiceState(models.TextChoices):
    """What an invoice counts for; paid is an issued one with nothing left to pay."""

    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"
    VOID = "void", "Void"


class InvoiceQuerySet(TenantQuerySet):
    def receivable(self) -> InvoiceQuerySet:
        """Invoices that count: issued and not voided, due or not."""
        return self.filter(state=InvoiceState.ISSUED)


class Invoice(TenantModel):
    """A bill to a client, for one order or for none of ours."""

    invoice_number = models.CharField(max_length=40)
    client = TenantForeignKey("engagement.Client", models.PROTECT, related_name="invoices")
    order = TenantForeignKey("orders.Order", models.PROTECT, null=True, blank=True, related_name="invoices")
    state = models.CharField(max_length=8, choices=InvoiceState, default=InvoiceState.DRAFT)
    issued_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    total_amount = models.DecimalField(max_digits=12, decimal_places=2)
    balance_due = models.DecimalField(max_digits=12, decimal_places=2)
    is_disputed = models.BooleanField("disputed", default=False)

    objects = TenantManager.from_queryset(InvoiceQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "invoices"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "invoice_number"], name="invoices_number"),
            models.CheckConstraint(condition=Q(state__in=InvoiceState.values), name="invoices_state_known"),
            models.CheckConstraint(
                condition=~Q(state=InvoiceState.ISSUED)
                | Q(issued_date__isnull=False, due_date__isnull=False),
                name="invoices_issued_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(balance_due__gte=0, balance_due__lte=F("total_amount")), name="invoices_balance"
            ),
            models.UniqueConstraint(
                fields=["tenant", "order"],
                condition=~Q(state=InvoiceState.VOID) & Q(order__isnull=False),
                name="invoices_one_per_order",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "client", "state"], name="invoices_client")]

    def __str__(self) -> str:
        return self.invoice_number


class PaymentKind(models.TextChoices):
    """Why the client has money with us."""

    PAYMENT = "payment", "Payment"
    CREDIT_MEMO = "credit_memo", "Credit memo"


class Payment(TenantModel):
    """Money of a client's; what is not applied to invoices lowers the exposure."""

    client = TenantForeignKey("engagement.Client", models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=12, choices=PaymentKind, default=PaymentKind.PAYMENT)
    reference = models.CharField(max_length=60, blank=True)
    received_date = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    unapplied_amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta(TenantModel.Meta):
        db_table = "client_payments"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PaymentKind.values), name="client_payments_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, unapplied_amount__gte=0, unapplied_amount__lte=F("amount")),
                name="client_payments_unapplied",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "client"], name="client_payments_client")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}".strip()
