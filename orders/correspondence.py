"""Which orders and invoices a mail is about. How a link is kept is `engagement.mail.links`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from django.db.models import Q

from agent.registry import Ref
from engagement.mail.links import Finder, Mail
from engagement.mail.routing import ABOUT_ORDERS
from orders.models import Invoice, Order
from orders.states import FINISHED_STAGES

_OWN_NUMBERS = frozenset({"order", "portal"})
_THEIR_NUMBERS = frozenset({"loan"})


class OrderFinder(Finder):
    """Orders, by our number, the portal's, the loan's or the client's file number."""

    kind: ClassVar[str] = "order"
    number_types: ClassVar[frozenset[str]] = _OWN_NUMBERS | _THEIR_NUMBERS
    topics: ClassVar[frozenset[str]] = ABOUT_ORDERS

    def by_number(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """Two queries. Our numbers and a portal's are one order's; a client's mean the orders of that client alone."""
        own = {mail.pk: _numbers(mail, _OWN_NUMBERS) for mail in mails}
        theirs = {mail.pk: _numbers(mail, _THEIR_NUMBERS) for mail in mails}
        whole = _completed(own)
        numbers = {number for one in (*whole.values(), *theirs.values()) for number in one}
        named = (
            Q(order_number__in=numbers)
            | Q(portal_order_id__in=numbers)
            | Q(loan_number__in=numbers)
            | Q(client_file_number__in=numbers)
        )
        columns = (
            "order_number", "portal_order_id", "loan_number", "client_file_number", "ordered_by_id", "bill_to_id",
            "stage",
        )  # fmt: skip
        orders = list(Order.objects.filter(named).only(*columns).order_by("id"))
        return {
            mail.pk: [
                *_by_own_number(orders, whole[mail.pk]),
                *_by_their_number(orders, theirs[mail.pk], mail.client_id),
            ]
            for mail in mails
        }

    def open_for(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """The orders of the sender's client that are still worked on. One query."""
        clients = {mail.client_id for mail in mails if mail.client_id is not None}
        found: dict[int, list[Ref]] = defaultdict(list)
        rows = Order.objects.unfinished().filter(ordered_by__in=clients).order_by("id")
        for pk, number, client in rows.values_list("pk", "order_number", "ordered_by_id"):
            found[client].append(Ref(kind=self.kind, id=str(pk), label=number))
        return {mail.pk: found.get(mail.client_id or 0, []) for mail in mails}


class InvoiceFinder(Finder):
    """Invoices by their number, of the sender's client where that is known."""

    kind: ClassVar[str] = "invoice"
    number_types: ClassVar[frozenset[str]] = frozenset({"invoice"})

    def by_number(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """One query."""
        wanted = {mail.pk: _numbers(mail, self.number_types) for mail in mails}
        numbers = {number for one in wanted.values() for number in one}
        rows = Invoice.objects.filter(invoice_number__in=numbers).order_by("id")
        invoices = list(rows.values_list("pk", "invoice_number", "client_id"))
        return {
            mail.pk: [
                Ref(kind=self.kind, id=str(pk), label=number)
                for pk, number, client in invoices
                if number in wanted[mail.pk] and mail.client_id in (None, client)
            ]
            for mail in mails
        }


def _numbers(mail: Mail, types: frozenset[str]) -> set[str]:
    return {ref for kind, ref in mail.references if kind in types}


def _completed(numbers: Mapping[int, set[str]]) -> dict[int, set[str]]:
    """The numbers, those written without their letters as the desk's latest order would be written, too."""
    if not any(number.isdigit() for one in numbers.values() for number in one):
        return {pk: set(one) for pk, one in numbers.items()}
    of_the_desk = Order.objects.filter(source_message__isnull=True).order_by("-id")
    latest = of_the_desk.values_list("order_number", flat=True).first() or ""
    letters = re.sub(r"[0-9]+$", "", latest)
    return {
        pk: one | {f"{letters}{number}" for number in one if number.isdigit()} for pk, one in numbers.items()
    }


def _by_own_number(orders: Iterable[Order], numbers: set[str]) -> list[Ref]:
    return [_ref(order) for order in orders if {order.order_number, order.portal_order_id} & numbers]


def _by_their_number(orders: Iterable[Order], numbers: set[str], client_id: int | None) -> list[Ref]:
    """The client's orders of those numbers: the open ones, or else the last. Nobody's, where nobody knows the client
    and the number is that of several."""
    named = [order for order in orders if {order.loan_number, order.client_file_number} & numbers]
    if client_id is not None:
        named = [order for order in named if client_id in (order.ordered_by_id, order.bill_to_id)]
    elif len(named) > 1:
        return []
    still_open = [order for order in named if order.stage not in FINISHED_STAGES]
    return [_ref(order) for order in still_open or named[-1:]]


def _ref(order: Order) -> Ref:
    return Ref(kind=OrderFinder.kind, id=str(order.pk), label=order.order_number)
