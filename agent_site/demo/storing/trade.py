"""Writing the trade of a book: what is sold, what is ordered, what is billed and paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent_site.demo.book import DemoBook
from agent_site.demo.catalogue import add_ons, prices, products
from agent_site.demo.orders.book import DemoOrder
from engagement.models import Client, Vendor
from orders.addresses import property_key
from orders.models import (
    AddOn,
    FeeLine,
    Invoice,
    InvoiceState,
    JobReason,
    Order,
    OrderDeskSettings,
    OrderHold,
    OrderTransition,
    Payment,
    PriceRow,
    Product,
)
from orders.services import enqueue_orders, receive_orders, time_orders
from orders.states import INTAKE_STAGES, Stage


def store_catalogue(book: DemoBook, clients: Mapping[str, Client]) -> dict[str, Product]:
    """The desk's settings, products, add-ons and price lists; products by code."""
    tenant = book.tenant
    OrderDeskSettings.objects.create(
        order_prefix=tenant.order_prefix,
        states_served=list(tenant.states),
        tech_fee=tenant.tech_fee,
    )
    by_code = {row.code: row for row in Product.objects.bulk_create(Product(**row) for row in products())}
    by_name = {client.name: client for client in clients.values()}
    AddOn.objects.bulk_create(AddOn(**row) for row in add_ons())
    PriceRow.objects.bulk_create(
        PriceRow(
            list_name=row.list_name,
            product=by_code[row.product] if row.product else None,
            client=by_name[row.client] if row.client else None,
            amount=row.amount,
            factor=row.factor,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
        )
        for row in prices(tenant, book.at)
    )
    return by_code


def store_orders(
    book: DemoBook,
    clients: Mapping[str, Client],
    products: Mapping[str, Product],
    vendors: Mapping[str, Vendor],
) -> dict[str, Order]:
    """The orders with fee lines and history; those that nobody has looked at wait in the queue. By number."""
    orders = Order.objects.bulk_create(
        Order(
            **row.columns,
            ordered_by=clients[row.client],
            bill_to=clients[row.client],
            product=products[row.product],
            vendor=vendors[row.vendor] if row.vendor else None,
            stage_since=row.moves[-1].at,
            property_key=property_key(
                street=row.columns["street"], unit=row.columns["unit"], zip_code=row.columns["zip"]
            ),
        )
        for row in book.orders
    )
    pairs = list(zip(orders, book.orders, strict=True))
    FeeLine.objects.bulk_create(
        FeeLine(order=order, kind=line.kind, code=line.code, amount=line.amount)
        for order, row in pairs
        for line in row.lines
    )
    OrderTransition.objects.bulk_create(
        OrderTransition(order=order, old=move.old, new=move.new, actor=move.actor, at=move.at)
        for order, row in pairs
        for move in row.moves
    )
    _store_holds(pairs)
    time_orders(Order.objects.unfinished())
    queued = [order for order, row in pairs if row.is_queued]
    now = book.at.now
    receive_orders(orders=[order for order in queued if order.stage in INTAKE_STAGES], now=now)
    later = [order.pk for order in queued if order.stage not in INTAKE_STAGES]
    enqueue_orders(order_ids=later, reason=JobReason.CHANGED, now=now)
    return {order.order_number: order for order in orders}


def _store_holds(pairs: Sequence[tuple[Order, DemoOrder]]) -> None:
    """The holds of orders on hold, which keep their due dates meanwhile."""
    held = [(order, row) for order, row in pairs if order.stage == Stage.ON_HOLD]
    OrderHold.objects.bulk_create(
        OrderHold(
            order=order,
            reason=order.hold_reason,
            from_stage=order.held_from_stage,
            stage_since=order.ordered_at,
            due_date=order.due_date,
            held_at=row.moves[-1].at,
            held_by=row.moves[-1].actor,
        )
        for order, row in held
    )
    Order.objects.filter(stage=Stage.ON_HOLD).update(due_date=None)


def store_invoices(book: DemoBook, clients: Mapping[str, Client], orders: Mapping[str, Order]) -> None:
    """Issued invoices, and the payments applied to them."""
    Invoice.objects.bulk_create(
        Invoice(
            invoice_number=row.number,
            client=clients[row.client],
            order=orders[row.order] if row.order else None,
            state=InvoiceState.ISSUED,
            issued_date=row.issued_date,
            due_date=row.due_date,
            total_amount=row.total,
            balance_due=row.balance,
            is_disputed=row.is_disputed,
        )
        for row in book.invoices
    )
    Payment.objects.bulk_create(
        Payment(
            client=clients[row.client],
            reference=row.reference,
            received_date=row.received_date,
            amount=row.amount,
            unapplied_amount=0,
        )
        for row in book.payments
    )
