"""Pages of clients' credit: terms, invoices and payments. A person changes them, each change through its service.

Nothing is deleted here: an invoice is taken back, a client's terms are set to none, a payment stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from agent.admin import TenantAdmin
from engagement.admin.forms import TenantModelForm
from orders.models import ClientCreditTerms, Invoice, InvoiceState, Payment
from orders.services import (
    apply_payment,
    dispute_invoice,
    hold_credit,
    issue_invoice,
    post_payment,
    release_credit,
    set_credit_terms,
    settle_dispute,
    void_invoice,
)


class CreditAdmin(TenantAdmin):
    """A page of credit, from which no row is deleted."""

    # Columns that are entered once.
    entered_once: tuple[str, ...] = ()
    always_shown: tuple[str, ...] = ()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return self.always_shown + (self.entered_once if obj else ())


def _in_the_name_of(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user.get_username(), "now": timezone.now()}


class CreditTermsForm(TenantModelForm):
    """What a client may owe, and why it is on hold."""

    on_hold_because = forms.CharField(
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="Empty: not on hold. With a reason, none of the client's orders passes.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_hold_because"].initial = self.instance.hold_reason


@admin.register(ClientCreditTerms)
class ClientCreditTermsAdmin(CreditAdmin):
    """What each client may owe, and whether somebody has put it on hold."""

    form = CreditTermsForm
    list_display = ("client", "credit_limit", "tech_fee", "held_at", "held_by", "hold_reason")
    list_select_related = ("client",)
    search_fields = ("client__name",)
    autocomplete_fields = ("client",)
    ordering = ("client__name",)
    fields = ("client", "credit_limit", "tech_fee", "on_hold_because", "held_at", "held_by")
    entered_once = ("client",)
    always_shown = ("held_at", "held_by")

    def save_model(self, request: HttpRequest, obj: ClientCreditTerms, form: Any, change: bool) -> None:
        by, changed = _in_the_name_of(request), set(form.changed_data)
        if not change or changed & {"credit_limit", "tech_fee"}:
            terms = {"credit_limit": obj.credit_limit, "tech_fee": obj.tech_fee}
            obj.pk = set_credit_terms(client=obj.client, **terms, **by).pk
        if "on_hold_because" in changed:
            reason = form.cleaned_data["on_hold_because"]
            if reason:
                hold_credit(client=obj.client, reason=reason, **by)
            else:
                release_credit(client=obj.client, **by)


SEND, TAKE_BACK, DISPUTE, SETTLE = "send", "take_back", "dispute", "settle"
_ACTS = {
    SEND: "Send it out: it counts from now on",
    TAKE_BACK: "Take it back: it never counted",
    DISPUTE: "The client disputes it",
    SETTLE: "The dispute is over",
}


def _acts_on(invoice: Invoice) -> tuple[str, ...]:
    """What may be done with an invoice as it stands."""
    if invoice.state == InvoiceState.DRAFT:
        return SEND, TAKE_BACK
    if invoice.state == InvoiceState.ISSUED:
        return SETTLE if invoice.is_disputed else DISPUTE, TAKE_BACK
    return ()


class InvoiceForm(TenantModelForm):
    """An invoice is entered as a draft; later something is done with it."""

    act = forms.ChoiceField(label="What to do", required=False, widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = _acts_on(self.instance) if self.instance.pk else (SEND,)
        self.fields["act"].choices = [("", "Nothing"), *((act, _ACTS[act]) for act in acts)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk:
            self.instance.balance_due = cleaned.get("total_amount") or 0
        if cleaned.get("act") == SEND:
            issued, due = cleaned.get("issued_date"), cleaned.get("due_date")
            if issued is None or due is None or due < issued:
                raise ValidationError(
                    {"due_date": "Give the day it is issued, and a day from then on by which it is due."}
                )
        return cleaned


@admin.register(Invoice)
class InvoiceAdmin(CreditAdmin):
    """What was billed and what is still open."""

    form = InvoiceForm
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
    fields = (
        "invoice_number",
        "client",
        "order",
        "total_amount",
        "balance_due",
        "state",
        "is_disputed",
        "issued_date",
        "due_date",
        "act",
    )
    entered_once = ("invoice_number", "client", "order", "total_amount")
    always_shown = ("balance_due", "state", "is_disputed")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Days stand fast once the invoice is out."""
        is_out = obj is not None and obj.state != InvoiceState.DRAFT
        return super().get_readonly_fields(request, obj) + (("issued_date", "due_date") if is_out else ())

    def save_model(self, request: HttpRequest, obj: Invoice, form: Any, change: bool) -> None:
        if not change:
            obj.save(force_insert=True)
        act, by = form.cleaned_data["act"], _in_the_name_of(request)
        acts: dict[str, Callable[..., Invoice]] = {
            TAKE_BACK: void_invoice,
            DISPUTE: dispute_invoice,
            SETTLE: settle_dispute,
        }
        if act == SEND:
            issue_invoice(invoice=obj, issued_date=obj.issued_date, due_date=obj.due_date, **by)
        elif act:
            acts[act](invoice=obj, **by)
        elif change and form.changed_data:
            obj.save(update_fields=["issued_date", "due_date"])


class PaymentForm(TenantModelForm):
    """Money received, and the invoices that it pays."""

    invoice_numbers = forms.CharField(
        label="pays the invoices",
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Numbers, separated by commas; paid in this order as far as the money goes.",
    )

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError("A payment is more than zero.")
        return amount

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk:
            self.instance.unapplied_amount = cleaned.get("amount") or 0
        client = cleaned.get("client") or (self.instance.client if self.instance.pk else None)
        numbers = [text.strip() for text in (cleaned.get("invoice_numbers") or "").split(",") if text.strip()]
        found = Invoice.objects.receivable().filter(
            client=client, invoice_number__in=numbers, balance_due__gt=0
        )
        by_number = {invoice.invoice_number: invoice for invoice in found}
        if missing := [number for number in numbers if number not in by_number]:
            raise ValidationError({"invoice_numbers": f"Not open for this client: {', '.join(missing)}."})
        if numbers and not self.instance.unapplied_amount:
            raise ValidationError({"invoice_numbers": "Nothing of this payment is left."})
        cleaned["invoices"] = [by_number[number] for number in dict.fromkeys(numbers)]
        return cleaned


@admin.register(Payment)
class PaymentAdmin(CreditAdmin):
    """Money and credit memos received, and what of them is not yet applied to an invoice."""

    form = PaymentForm
    list_display = ("client", "kind", "reference", "received_date", "amount", "unapplied_amount")
    list_filter = ("kind",)
    list_select_related = ("client",)
    search_fields = ("client__name", "reference")
    autocomplete_fields = ("client",)
    ordering = ("-received_date", "-id")
    fields = ("client", "kind", "reference", "received_date", "amount", "unapplied_amount", "invoice_numbers")
    entered_once = ("client", "kind", "reference", "received_date", "amount")
    always_shown = ("unapplied_amount",)

    def save_model(self, request: HttpRequest, obj: Payment, form: Any, change: bool) -> None:
        by, invoices = _in_the_name_of(request), form.cleaned_data["invoices"]
        if change:
            if invoices:
                apply_payment(payment=obj, invoices=invoices, **by)
            return
        payment = post_payment(
            client=obj.client,
            amount=obj.amount,
            received_date=obj.received_date,
            kind=obj.kind,
            reference=obj.reference,
            invoices=invoices,
            **by,
        )
        obj.pk = payment.pk
