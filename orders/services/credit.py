"""What people change in a client's credit: terms, holds, invoices and payments. In the caller's scope.

Every change is made under the lock under which credit is decided, told as an event, and has the payer's open orders
looked at again: an order that was declined may pass now, or the other way about (domain, 2.2).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.models import Client
from orders.models import (
    ClientCreditTerms,
    Invoice,
    InvoiceState,
    JobReason,
    Order,
    OrderException,
    Payment,
    PaymentKind,
)
from orders.services.queue import enqueue_orders
from orders.states import SETTLED_STAGES

CREDIT_CODES = "CRD-"


class CreditRefused(ValueError):
    """The change cannot be made; the message says why and what to do, and nothing was changed."""


def look_again_at_payers(*, client_ids: Collection[int], now: datetime) -> None:
    """Put the payers' open orders into the queue, and finished ones that still have an exception of credit.

    Two statements.
    """
    in_question = OrderException.objects.open().filter(order=OuterRef("pk"), code__startswith=CREDIT_CODES)
    orders = Order.objects.filter(bill_to__in=client_ids).exclude(stage__in=SETTLED_STAGES)
    is_open = Q(pk__in=Order.objects.unfinished().values("pk"))
    ids = orders.filter(is_open | Exists(in_question)).order_by("pk").values_list("pk", flat=True)
    enqueue_orders(order_ids=list(ids), reason=JobReason.CREDIT, now=now)


def set_credit_terms(
    *, client: Client, credit_limit: Decimal | None, tech_fee: Decimal | None, actor: str, now: datetime
) -> ClientCreditTerms:
    """Agree how much a client may owe, in dollars: None is no terms, zero prepaid only; and its tech fee."""
    terms = _locked_terms(client)
    before = terms.credit_limit
    terms.credit_limit, terms.tech_fee = credit_limit, tech_fee
    terms.save(update_fields=["credit_limit", "tech_fee"])
    data = {"limit_before": _text(before), "limit": _text(credit_limit)}
    _tell(client, "credit.terms_changed", data, actor=actor, now=now)
    return terms


def hold_credit(*, client: Client, reason: str, actor: str, now: datetime) -> ClientCreditTerms:
    """Let none of a client's orders pass until somebody releases it. Raises `CreditRefused` without a reason."""
    if not reason.strip():
        raise CreditRefused("Say why the client is on hold.")
    terms = _locked_terms(client)
    terms.held_at, terms.held_by, terms.hold_reason = now, actor, reason.strip()[:300]
    terms.save(update_fields=["held_at", "held_by", "hold_reason"])
    _tell(client, "credit.held", {"reason": terms.hold_reason}, actor=actor, now=now)
    return terms


def release_credit(*, client: Client, actor: str, now: datetime) -> ClientCreditTerms:
    """Take a client off its hold. Raises `CreditRefused` when there is none."""
    terms = _locked_terms(client)
    if terms.held_at is None:
        raise CreditRefused(f"{client} is not on hold.")
    data = {"held_by": terms.held_by, "reason": terms.hold_reason}
    terms.held_at, terms.held_by, terms.hold_reason = None, "", ""
    terms.save(update_fields=["held_at", "held_by", "hold_reason"])
    _tell(client, "credit.released", data, actor=actor, now=now)
    return terms


def issue_invoice(
    *, invoice: Invoice, issued_date: date, due_date: date, actor: str, now: datetime
) -> Invoice:
    """Send a draft out: from now on its balance counts, and its order no more. Raises `CreditRefused`."""
    if due_date < issued_date:
        raise CreditRefused("An invoice is due on the day it is issued, or later.")
    values = {"state": InvoiceState.ISSUED, "issued_date": issued_date, "due_date": due_date}
    return _move_invoice(invoice, (InvoiceState.DRAFT,), values, "invoice.issued", actor=actor, now=now)


def void_invoice(*, invoice: Invoice, actor: str, now: datetime) -> Invoice:
    """Take an invoice back: its order counts as unbilled again. Raises `CreditRefused`."""
    values = {"state": InvoiceState.VOID, "is_disputed": False}
    sources = (InvoiceState.DRAFT, InvoiceState.ISSUED)
    return _move_invoice(invoice, sources, values, "invoice.voided", actor=actor, now=now)


def dispute_invoice(*, invoice: Invoice, actor: str, now: datetime) -> Invoice:
    """Note that the client disputes an invoice: it holds no order for lateness until that is settled."""
    return _move_invoice(
        invoice, (InvoiceState.ISSUED,), {"is_disputed": True}, "invoice.disputed", actor=actor, now=now
    )


def settle_dispute(*, invoice: Invoice, actor: str, now: datetime) -> Invoice:
    """Note that the dispute about an invoice is over: what is open of it counts again."""
    return _move_invoice(
        invoice, (InvoiceState.ISSUED,), {"is_disputed": False}, "invoice.settled", actor=actor, now=now
    )


def _move_invoice(
    invoice: Invoice,
    sources: Collection[InvoiceState],
    values: Mapping[str, Any],
    event: str,
    *,
    actor: str,
    now: datetime,
) -> Invoice:
    _locked_terms(invoice.client)
    if not Invoice.objects.filter(pk=invoice.pk, state__in=sources).update(**values):
        invoice.refresh_from_db()
        state = invoice.get_state_display().lower()
        raise CreditRefused(f"Invoice {invoice} is {state}, so this cannot be done with it.")
    invoice.refresh_from_db()
    _tell(invoice.client, event, {"invoice": invoice.invoice_number}, actor=actor, now=now)
    return invoice


def post_payment(
    *,
    client: Client,
    amount: Decimal,
    received_date: date,
    actor: str,
    now: datetime,
    kind: PaymentKind = PaymentKind.PAYMENT,
    reference: str = "",
    invoices: Collection[Invoice] = (),
) -> Payment:
    """Enter money or a credit memo, in dollars, and pay the invoices with it in the order given, as far as it goes.

    What is left stays unapplied and lowers the exposure all the same. Raises `CreditRefused`.
    """
    if amount <= 0:
        raise CreditRefused("A payment is more than zero.")
    _locked_terms(client)
    payment = Payment(
        client=client,
        kind=kind,
        reference=reference,
        received_date=received_date,
        amount=amount,
        unapplied_amount=amount,
    )
    paid = _pay(payment, invoices)
    payment.save(force_insert=True)
    _tell(client, "credit.payment_posted", {"amount": _text(amount), "paid": paid}, actor=actor, now=now)
    return payment


def apply_payment(*, payment: Payment, invoices: Collection[Invoice], actor: str, now: datetime) -> Payment:
    """Pay invoices with what is left of a payment, in the order given. Raises `CreditRefused`."""
    _locked_terms(payment.client)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    paid = _pay(payment, invoices)
    payment.save(update_fields=["unapplied_amount"])
    _tell(payment.client, "credit.payment_applied", {"paid": paid}, actor=actor, now=now)
    return payment


def _pay(payment: Payment, invoices: Collection[Invoice]) -> dict[str, str]:
    """Take what is left of the payment off the invoices' balances; the amounts by invoice number."""
    locked = Invoice.objects.select_for_update().in_bulk([invoice.pk for invoice in invoices])
    paid = {}
    for invoice in (locked[each.pk] for each in invoices):
        if invoice.client_id != payment.client_id or invoice.state != InvoiceState.ISSUED:
            raise CreditRefused(f"Invoice {invoice} is not an issued one of {payment.client}.")
        amount = min(invoice.balance_due, payment.unapplied_amount)
        if amount:
            invoice.balance_due -= amount
            payment.unapplied_amount -= amount
            invoice.save(update_fields=["balance_due"])
            paid[invoice.invoice_number] = _text(amount)
    if invoices and not paid:
        raise CreditRefused("Nothing of the payment is left, or nothing of the invoice is open.")
    return paid


def _locked_terms(client: Client) -> ClientCreditTerms:
    """The row under whose lock the client's credit is decided; a client without terms gets it here."""
    terms, _ = ClientCreditTerms.objects.select_for_update().get_or_create(client=client)
    return terms


def _tell(client: Client, kind: str, data: Mapping[str, Any], *, actor: str, now: datetime) -> None:
    subject = Ref(kind="client", id=str(client.pk), label=client.name)
    emit_events([NewEvent(kind=kind, subject=subject, data={**data, "by": actor})], now=now)
    look_again_at_payers(client_ids=[client.pk], now=now)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
