"""Files of orders: what clients send along, and what vendors deliver."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantModel
from documents.models import StoredFile
from orders.models.orders import Order


class OrderDocumentKind(models.TextChoices):
    """What a file is to its order."""

    ORDER_FORM = "order_form", "Order form"
    ENGAGEMENT_LETTER = "engagement_letter", "Engagement letter"
    PURCHASE_CONTRACT = "purchase_contract", "Purchase contract"
    REPORT = "report", "Report"
    REVISION = "revision", "Revised report"
    INVOICE = "invoice", "Invoice"
    PROPERTY_RECORD = "property_record", "Record of the property"  # title, survey, tax card, plans
    OTHER = "other", "Other"


class OrderDocument(TenantModel):
    """One file of one order, kept with the order for good; the library has a copy that can be found and deleted."""

    order = TenantForeignKey(Order, models.PROTECT, related_name="documents", db_index=False)
    file = TenantForeignKey(StoredFile, models.PROTECT, related_name="order_documents")
    name = models.CharField("file name", max_length=255)
    kind = models.CharField(max_length=20, choices=OrderDocumentKind, default=OrderDocumentKind.OTHER)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta(TenantModel.Meta):
        db_table = "order_documents"
        verbose_name = "file of an order"
        verbose_name_plural = "files of orders"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order", "sha256"], name="order_documents_once"),
            models.CheckConstraint(condition=~Q(name=""), name="order_documents_named"),
            models.CheckConstraint(
                condition=Q(kind__in=OrderDocumentKind.values), name="order_documents_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
