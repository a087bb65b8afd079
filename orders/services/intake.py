"""Storing orders read from a file: all of them or none. How a line is read lives in `orders.intake`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.db.models import QuerySet

from agent.models import Tenant
from agent.tenancy import scoped_tenant_id
from engagement.models import Client, Vendor
from orders.addresses import property_key
from orders.facts import FeeLineFacts
from orders.intake import FileLine, LineError, NameBook, ParsedOrder, parse_line
from orders.models import AcceptedQuote, AddOn, FeeLine, FeeLineKind, Order, OrderTransition, Product
from orders.rules.scope import RUSH_CODES
from orders.services.queue import receive_orders
from orders.services.stages import load_desk_time
from orders.sla import DeskTime, stage_facts

BATCH = 500
Found = TypeVar("Found")


class ImportRefused(ValueError):
    """Lines of the file are wrong, and nothing of it was stored."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        self.errors = tuple(errors)
        lines = len({error.line for error in errors})
        super().__init__(f"Nothing was imported: {lines} {'line is' if lines == 1 else 'lines are'} wrong.")


@dataclass(slots=True, kw_only=True)
class ImportSummary:
    """What an import did: how many orders are new, and which the desk had already."""

    imported: int = 0
    known: list[tuple[int, str]] = field(default_factory=list)
    """Line and number of orders that were stored before."""


def import_orders(*, lines: Iterable[FileLine], now: datetime, actor: str) -> ImportSummary:
    """Store the orders of a file and put them into the queue, in the caller's scope.

    All or nothing: raises `ImportRefused` with every wrong line, and the scope must be left by that. Orders whose
    number is stored already are reported and left as they are, so that the same file may be imported again. Works in
    batches; the memory it takes does not grow with the file, but for the numbers seen.
    """
    zone = Tenant.objects.get(pk=scoped_tenant_id()).zone
    names = load_names()
    summary, errors, seen = ImportSummary(), [], {}
    iterator = iter(lines)
    while batch := list(islice(iterator, BATCH)):
        parsed: list[ParsedOrder] = []
        for line in batch:
            order, wrong = parse_line(line, names=names, now=now, zone=zone)
            errors += wrong
            if order is not None:
                errors += _seen_before(order, seen)
                parsed.append(order)
        if not errors:
            _store(parsed, names, summary, now, actor)
    if errors:
        raise ImportRefused(errors)
    return summary


def _seen_before(order: ParsedOrder, seen: dict[str, int]) -> list[LineError]:
    number = order.values["order_number"]
    first = seen.setdefault(number, order.line)
    if first == order.line:
        return []
    message = f"order_number {number!r} stands in line {first} already."
    return [LineError(line=order.line, column="order_number", message=message)]


def load_names() -> NameBook:
    """What names and codes stand for at this desk. Five queries."""
    clients = _by_name(Client.objects.order_by("id"), "name")
    references = {row.reference.casefold(): row.pk for row in Client.objects.only("id", "reference")}
    products = Product.objects.filter(is_active=True).values_list("pk", "code", "name")
    add_ons = AddOn.objects.filter(is_active=True).values_list("code", "name", "price")
    return NameBook(
        clients=references | clients,
        vendors=_by_name(Vendor.objects.order_by("id"), "name"),
        products=_by_code_or_name((code, name, (code, pk)) for pk, code, name in products),
        add_ons=_by_code_or_name((code, name, (code, price)) for code, name, price in add_ons),
    )


def _by_code_or_name(rows: Iterable[tuple[str, str, Found]]) -> dict[str, Found]:
    """Codes win; a name that several have is nobody's."""
    by_name: dict[str, list[Found]] = {}
    by_code = {}
    for code, name, found in rows:
        by_code[code.casefold()] = found
        by_name.setdefault(name.strip().casefold(), []).append(found)
    return {name: found[0] for name, found in by_name.items() if len(found) == 1} | by_code


def _by_name(rows: QuerySet[Any], column: str) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for pk, name in rows.values_list("pk", column):
        key = name.strip().casefold()
        found[key] = None if key in found else pk
    return found


def _store(
    parsed: Sequence[ParsedOrder], names: NameBook, summary: ImportSummary, now: datetime, actor: str
) -> None:
    numbers = [each.values["order_number"] for each in parsed]
    known = set(Order.objects.filter(order_number__in=numbers).values_list("order_number", flat=True))
    new = [each for each in parsed if each.values["order_number"] not in known]
    summary.known += [(each.line, n) for each in parsed if (n := each.values["order_number"]) in known]
    summary.imported += len(new)
    store_orders(new, names=names, now=now, actor=actor, reason="Imported from a file.")


def store_orders(
    parsed: Sequence[ParsedOrder],
    *,
    names: NameBook,
    now: datetime,
    actor: str,
    reason: str,
    message_ids: Sequence[int] = (),
) -> list[Order]:
    """Store orders whose numbers are new, and put them into the queue; returns them in their order.

    `message_ids` names the mail that each was taken from. A fixed number of statements.
    """
    if not parsed:
        return []
    agreed, desk = _agreed_prices(parsed), load_desk_time()
    sources = message_ids or [None] * len(parsed)
    orders = Order.objects.bulk_create(
        _order(each, agreed, desk, now, source) for each, source in zip(parsed, sources, strict=True)
    )
    FeeLine.objects.bulk_create(
        FeeLine(order=order, kind=line.kind, code=line.code, amount=line.amount)
        for order, each in zip(orders, parsed, strict=True)
        for line in stated_lines(each, names)
    )
    OrderTransition.objects.bulk_create(
        OrderTransition(order=order, new=order.stage, actor=actor, reason=reason, at=now) for order in orders
    )
    receive_orders(orders=orders, now=now)
    return orders


def _agreed_prices(parsed: Sequence[ParsedOrder]) -> dict[tuple[str, int], Decimal]:
    numbers = {each.values["quote_number"] for each in parsed if each.values["quote_number"]}
    rows = AcceptedQuote.objects.filter(quote_number__in=numbers)
    return {(row.quote_number, row.client_id): row.fee_amount for row in rows}


def _order(
    parsed: ParsedOrder,
    agreed: dict[tuple[str, int], Decimal],
    desk: DeskTime,
    now: datetime,
    message_id: int | None,
) -> Order:
    values = parsed.values
    key = property_key(street=values["street"], unit=values["unit"], zip_code=values["zip"])
    price = agreed.get((values["quote_number"], values["ordered_by_id"]))
    order = Order(
        **values, property_key=key, agreed_price=price, source_message_id=message_id, created_at=now
    )
    order.stage_since = order.ordered_at if order.is_in_intake else now
    order.stage_due_at = desk.due_at(
        stage_facts(order, is_rush=not RUSH_CODES.isdisjoint(parsed.add_on_codes))
    )
    return order


def stated_lines(parsed: ParsedOrder, names: NameBook) -> tuple[FeeLineFacts, ...]:
    """The lines behind the one fee that the file states.

    Add-ons stand at their listed prices and the product at the rest; where that leaves nothing for the product, no
    line has an amount of its own.
    """
    prices = [names.add_ons[code.casefold()][1] for code in parsed.add_on_codes]
    fee, rest = parsed.values["fee_amount"], None
    if fee is not None and None not in prices:
        rest = fee - sum((price for price in prices if price is not None), Decimal("0.00"))
    itemised = rest is not None and (rest > 0 or not prices)
    base = FeeLineFacts(kind=FeeLineKind.BASE, code=_base_code(parsed), amount=rest if itemised else None)
    add_ons = (
        FeeLineFacts(kind=FeeLineKind.ADD_ON, code=code, amount=price if itemised else None)
        for code, price in zip(parsed.add_on_codes, prices, strict=True)
    )
    return base, *add_ons


def _base_code(parsed: ParsedOrder) -> str:
    return (parsed.product_code or parsed.values["legacy_form"] or "BASE")[:30]
