"""Pages of clients' credit: terms, invoices and payments. A person keeps them; the rules read them."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import TenantAdmin
from engagement.admin.forms import TenantModelForm
from orders.models import ClientCreditTerms, Invoice, Payment


@admin.register(ClientCreditTerms)
class ClientCreditTermsAdmin(TenantAdmin):
    """What each client may owe, and whether somebody has put it on hold."""

    form = TenantModelForm
    list_display = ("client", "credit_limit", "tech_fee", "held_at", "held_by", "hold_reason")
    list_select_related = ("client",)
    search_fields = ("client__name",)
    autocomplete_fields = ("client",)
    ordering = ("client__name",)


@admin.register(Invoice)
class InvoiceAdmin(TenantAdmin):
    """What was billed and what is still open."""

    form = TenantModelForm
    list_display = (
        "invoice_number",
        "client",
        "state",
        "issued_date",
        "due_date",
        "total_amount",
        "balance_due",
        "is_disputed",
    )
    list_filter = ("state", "is_disputed")
    list_select_related = ("client",)
    search_fields = ("invoice_number", "client__name")
    autocomplete_fields = ("client", "order")
    ordering = ("-issued_date", "-id")


@admin.register(Payment)
class PaymentAdmin(TenantAdmin):
    """Money and credit memos received, and what of them is not yet applied to an invoice."""

    form = TenantModelForm
    list_display = ("client", "kind", "reference", "received_date", "amount", "unapplied_amount")
    list_filter = ("kind",)
    list_select_related = ("client",)
    search_fields = ("client__name", "reference")
    autocomplete_fields = ("client",)
    ordering = ("-received_date", "-id")
