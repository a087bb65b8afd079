"""What clients owe and have paid. The odd ones here make the credit of each client what the desk says it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agent_site.demo.clients import DemoClient
from agent_site.demo.orders import DemoOrder
from agent_site.demo.tenants import DemoTenant, Moment
from orders.models import PaymentType
from orders.states import Stage

_NET_DAYS = {"net15": 15, "net30": 30, "net45": 45}
_FIRST_NUMBER = {"meridian": 87001, "harborpine": 51001}
# Paid ones of work that is older than this desk's orders, in both companies together 51.
_OLD_PAID = {"meridian": 36, "harborpine": 15}
_OLD_AMOUNTS = tuple(Decimal(text) for text in ("645.00", "670.00", "470.00", "870.00", "695.00", "1290.00"))


@dataclass(frozen=True, kw_only=True)
class DemoInvoice:
    """One issued invoice; `order` is the number of the order it bills, empty for older work."""

    number: str
    client: str
    order: str = ""
    issued_date: date
    due_date: date
    total: Decimal
    balance: Decimal
    is_disputed: bool = False


@dataclass(frozen=True, kw_only=True)
class DemoPayment:
    """Money received and applied to one invoice."""

    client: str
    reference: str
    received_date: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class _Odd:
    """An invoice that is not simply paid: due `days_late` days ago, or in the future when negative."""

    client: str
    total: str
    days_late: int
    balance: str = ""
    number: str = ""
    is_disputed: bool = False


_ODD: dict[str, tuple[_Odd, ...]] = {
    "meridian": (
        # Together 9,400.00 of a limit of 10,000.00. The numbers are those of its remittance advice.
        _Odd(client="Summit Ridge Mortgage", number="88121", total="2150.00", days_late=38),
        _Odd(
            client="Summit Ridge Mortgage",
            number="88133",
            total="1290.00",
            balance="40.00",
            days_late=27,
            is_disputed=True,
        ),
        _Odd(client="Summit Ridge Mortgage", number="88140", total="1935.00", days_late=24),
        _Odd(client="Summit Ridge Mortgage", number="88152", total="2155.00", days_late=19),
        _Odd(client="Summit Ridge Mortgage", number="88155", total="645.00", days_late=17),
        _Odd(client="Summit Ridge Mortgage", number="88158", total="670.00", days_late=15),
        _Odd(client="Summit Ridge Mortgage", number="88160", total="875.00", days_late=11),
        _Odd(client="Summit Ridge Mortgage", number="88163", total="930.00", days_late=6),
        _Odd(client="Redstone Mutual Mortgage", total="1290.00", days_late=52),
        _Odd(client="Sagebrush Servicing", total="470.00", days_late=24, is_disputed=True),
        # With the commercial order of each: a cent, and two thousand dollars, over the limit.
        _Odd(client="Larimer Valley CU", total="900.00", days_late=-12),
        _Odd(client="Larimer Valley CU", total="580.01", days_late=-19),
        _Odd(client="Copperline Relocation", total="2250.00", days_late=-9),
        _Odd(client="Copperline Relocation", total="2250.00", days_late=-21),
        _Odd(client="Confluence CU", total="1250.00", days_late=-7),
        _Odd(client="Confluence CU", total="1250.00", days_late=-22),
        _Odd(client="Union Station Private Bank", total="795.00", days_late=-10),
        _Odd(client="Union Station Private Bank", total="645.00", days_late=-16),
        _Odd(client="Pioneer Farm Credit", total="770.00", days_late=-25),
    ),
    "harborpine": (
        _Odd(client="Pelican Mortgage", total="600.00", days_late=31),
        _Odd(client="Manatee River Bank", total="590.00", balance="40.00", days_late=31),
        _Odd(client="Gulf Coast Community Bank", total="590.00", days_late=-14),
        _Odd(client="Osprey Reverse", total="636.00", days_late=-18),
        _Odd(client="Seminole Land Trust", total="705.00", days_late=-30),
    ),
}


def demo_invoices(
    tenant: DemoTenant, clients: Sequence[DemoClient], orders: Sequence[DemoOrder], at: Moment
) -> list[DemoInvoice]:
    """Every invoice of one company, the oldest first."""
    by_name = {client.name: client for client in clients}
    by_reference = {client.reference: client for client in clients}
    drafts = [
        *(_odd(entry, by_name[entry.client], at) for entry in _ODD[tenant.slug]),
        *(_of_order(order, by_reference[order.client], at) for order in orders if _is_invoiced(order)),
        *_old_paid(tenant, clients, at),
    ]
    drafts.sort(key=lambda draft: (draft.issued_date, draft.client, draft.total))
    return list(_numbered(drafts, tenant))


def demo_payments(invoices: Sequence[DemoInvoice], at: Moment) -> list[DemoPayment]:
    """One payment for whatever has been paid of each invoice."""
    return [
        DemoPayment(
            client=invoice.client,
            reference=f"ACH {invoice.number}",
            received_date=min(invoice.issued_date + timedelta(days=9 + number % 14), at.day(-1)),
            amount=invoice.total - invoice.balance,
        )
        for number, invoice in enumerate(invoices)
        if invoice.balance < invoice.total
    ]


def _numbered(drafts: Sequence[DemoInvoice], tenant: DemoTenant) -> Iterator[DemoInvoice]:
    number = _FIRST_NUMBER[tenant.slug]
    for draft in drafts:
        if draft.number:
            yield draft
        else:
            yield DemoInvoice(**{**vars(draft), "number": str(number)})
            number += 1


def _odd(entry: _Odd, client: DemoClient, at: Moment) -> DemoInvoice:
    due = at.day(-entry.days_late)
    total = Decimal(entry.total)
    return DemoInvoice(
        number=entry.number,
        client=client.reference,
        issued_date=due - timedelta(days=_NET_DAYS[client.terms]),
        due_date=due,
        total=total,
        balance=Decimal(entry.balance) if entry.balance else total,
        is_disputed=entry.is_disputed,
    )


def _is_invoiced(order: DemoOrder) -> bool:
    return order.columns["stage"] in (Stage.DELIVERED, Stage.CLOSED)


def _of_order(order: DemoOrder, client: DemoClient, at: Moment) -> DemoInvoice:
    """The invoice of delivered work: paid before delivery, or once its term is over; nobody is late with it."""
    issued = at.date_of(order.columns["delivered_at"])
    due = issued + timedelta(days=_NET_DAYS.get(client.terms, 0))
    is_billed = order.columns["payment_type"] == PaymentType.BILL
    is_open = is_billed and order.columns["stage"] != Stage.CLOSED and due >= at.today
    return DemoInvoice(
        number="",
        client=client.reference,
        order=order.number,
        issued_date=issued,
        due_date=due,
        total=order.total,
        balance=order.total if is_open else Decimal("0.00"),
    )


def _old_paid(tenant: DemoTenant, clients: Sequence[DemoClient], at: Moment) -> Iterator[DemoInvoice]:
    payers = [client for client in clients if client.terms in _NET_DAYS]
    for number in range(_OLD_PAID[tenant.slug]):
        client = payers[number % len(payers)]
        issued = at.day(-(70 + 11 * number % 230))
        yield DemoInvoice(
            number="",
            client=client.reference,
            issued_date=issued,
            due_date=issued + timedelta(days=_NET_DAYS[client.terms]),
            total=_OLD_AMOUNTS[number % len(_OLD_AMOUNTS)],
            balance=Decimal("0.00"),
        )
