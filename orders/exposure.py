"""Reading what payers owe and may owe, in a number of statements that does not grow with the orders (domain, 2.2).

All inside the caller's scope. What the figures mean is said in `orders.facts`, and what follows in `orders.credit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, Exists, F, Min, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Greatest

from orders.facts import CreditFacts, DeskFacts, OpenInvoice, OrderFacts, OrderRecord
from orders.models import ClientCreditTerms, Invoice, InvoiceState, Order, Payment, PaymentType
from orders.states import Stage

ZERO = Decimal("0.00")


def read_credit(
    records: Sequence[OrderRecord], terms: Mapping[int, ClientCreditTerms], desk: DeskFacts
) -> list[CreditFacts]:
    """The payer's credit for each order, without what the order itself stands in it for, as it is stored."""
    base = _credit_of_clients({record.bill_to_id for record in records}, terms, desk)
    stored = [record.id for record in records if record.id is not None]
    invoiced, unbilled = _own_invoices(stored), _own_unbilled(stored)
    credit = []
    for record in records:
        facts = base[record.bill_to_id]
        payer, amount = invoiced.get(record.id, (None, ZERO))
        if payer == record.bill_to_id:
            facts = replace(facts, open_receivable=facts.open_receivable - amount, own_invoice_balance=amount)
        payer, amount = unbilled.get(record.id, (None, ZERO))
        if payer == record.bill_to_id:
            facts = replace(facts, unbilled=facts.unbilled - amount)
        credit.append(facts)
    return credit


def _credit_of_clients(
    client_ids: set[int], terms: Mapping[int, ClientCreditTerms], desk: DeskFacts
) -> dict[int, CreditFacts]:
    invoices = _receivables(client_ids, desk)
    unbilled = _unbilled(client_ids)
    unapplied = _unapplied(client_ids)
    facts = {}
    for client_id in client_ids:
        agreed = terms.get(client_id)
        facts[client_id] = CreditFacts(
            credit_limit=agreed.credit_limit if agreed else None,
            held_by=agreed.held_by if agreed else "",
            hold_reason=agreed.hold_reason if agreed else "",
            unbilled=unbilled.get(client_id, ZERO),
            credits=unapplied.get(client_id, ZERO),
            **invoices.get(client_id, {"open_receivable": ZERO}),
        )
    return facts


def _receivables(client_ids: set[int], desk: DeskFacts) -> dict[int, dict[str, Any]]:
    past_due = Q(due_date__lt=desk.today, balance_due__gt=0)
    late = past_due & Q(due_date__lt=_late_before(desk), is_disputed=False)
    rows = (
        Invoice.objects.receivable()
        .filter(client__any_of=client_ids)
        .values("client_id")
        .annotate(
            open_receivable=Sum("balance_due", default=ZERO),
            late_count=Count("id", filter=late),
            late_amount=Sum("balance_due", filter=late, default=ZERO),
            past_due_amount=Sum("balance_due", filter=past_due & Q(is_disputed=False), default=ZERO),
            oldest_due_date=Min("due_date", filter=past_due & Q(is_disputed=False)),
            disputed_past_due_amount=Sum("balance_due", filter=past_due & Q(is_disputed=True), default=ZERO),
        )
    )
    return {row.pop("client_id"): row for row in rows}


def _late_before(desk: DeskFacts) -> date:
    """An invoice due before this day is more than the desk's past-due days late."""
    return desk.today - timedelta(days=desk.past_due_days)


def _open_bill_orders() -> Any:
    """Billed orders that count in `unbilled`: without an invoice, and not cancelled without a fee."""
    invoiced = Invoice.objects.filter(order=OuterRef("pk"), state=InvoiceState.ISSUED)
    orders = Order.objects.filter(payment_type=PaymentType.BILL)
    return orders.exclude(stage=Stage.CANCELLED, cancellation_fee=None).filter(~Exists(invoiced))


def _counted() -> Greatest:
    """What an order without invoice counts for: its total, or once cancelled its cancellation fee.

    An amount below zero, which is a mistake, makes no room.
    """
    stated = Case(When(stage=Stage.CANCELLED, then=F("cancellation_fee")), default=F("total_amount"))
    money = DecimalField(max_digits=12, decimal_places=2)
    return Greatest(stated, Value(ZERO), output_field=money)


def _unbilled(client_ids: set[int]) -> dict[int, Decimal]:
    rows = _open_bill_orders().filter(bill_to__any_of=client_ids).values("bill_to_id")
    return {row["bill_to_id"]: row["sum"] for row in rows.annotate(sum=Sum(_counted()))}


def _own_unbilled(order_ids: Sequence[int]) -> dict[int | None, tuple[int, Decimal]]:
    rows = _open_bill_orders().filter(pk__any_of=order_ids).annotate(counted=_counted())
    return {pk: (payer, amount) for pk, payer, amount in rows.values_list("pk", "bill_to_id", "counted")}


def _unapplied(client_ids: set[int]) -> dict[int, Decimal]:
    rows = Payment.objects.filter(client__any_of=client_ids, unapplied_amount__gt=0).values("client_id")
    return {row["client_id"]: row["sum"] for row in rows.annotate(sum=Sum("unapplied_amount"))}


def read_open_invoices(facts: OrderFacts) -> list[OpenInvoice]:
    """The payer's invoices with something left to pay, without the order's own, the one due first at the top."""
    return read_open_invoices_of([facts])[0]


def read_open_invoices_of(several: Sequence[OrderFacts]) -> list[list[OpenInvoice]]:
    """The same for several orders, in their order. One query."""
    payers = {facts.bill_to.id for facts in several}
    rows = (
        Invoice.objects.receivable()
        .filter(client__any_of=payers, balance_due__gt=0)
        .order_by("due_date", "id")
    )
    columns = ("invoice_number", "due_date", "balance_due", "is_disputed")
    found = [
        (row.pop("client_id"), row.pop("order_id"), OpenInvoice(**row))
        for row in rows.values("client_id", "order_id", *columns)
    ]
    return [
        [
            invoice
            for client_id, order_id, invoice in found
            if client_id == facts.bill_to.id and (order_id is None or order_id != facts.order.id)
        ]
        for facts in several
    ]


def _own_invoices(order_ids: Sequence[int]) -> dict[int | None, tuple[int, Decimal]]:
    rows = Invoice.objects.receivable().filter(order__any_of=order_ids)
    return {
        pk: (payer, balance)
        for pk, payer, balance in rows.values_list("order_id", "client_id", "balance_due")
    }
