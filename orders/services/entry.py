"""Entering one order that another program sends: stored as from a file, and judged at once. In the caller's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from agent.models import Tenant
from agent.tenancy import require_tenant_id
from orders.intake import FileLine, LineError, NameBook, ParsedOrder, parse_line
from orders.models import Order
from orders.services.intake import load_names, store_orders
from orders.services.validation import validate_orders

NUMBER_TAKEN = "orders_number"


class OrderUnreadable(ValueError):
    """The order cannot be read; `errors` says what is wrong with each of its columns, and nothing was stored."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        self.errors = tuple(errors)
        super().__init__(" ".join(error.message for error in errors))


@dataclass(frozen=True, kw_only=True)
class EnteredOrder:
    """The order of that number, and whether it is new: one that the desk had already stays as it is."""

    order: Order
    is_new: bool


def enter_order(*, cells: Mapping[str, str], actor: str, now: datetime) -> EnteredOrder:
    """Store one order by the columns of a file, put it into the queue as every intake does, and judge it at once.

    Raises `OrderUnreadable`, and `DeskNotSetUp` when nobody could judge it.
    """
    names = load_names()
    zone = Tenant.objects.get(pk=require_tenant_id()).zone
    parsed, errors = parse_line(FileLine(line=1, cells=cells), names=names, now=now, zone=zone)
    if parsed is None:
        raise OrderUnreadable(errors)
    number = parsed.values["order_number"]
    known = Order.objects.filter(order_number=number).first()
    order = known or _store(parsed, names, actor=actor, now=now)
    if order is None:
        # Somebody else has stored it since we looked.
        return EnteredOrder(order=Order.objects.get(order_number=number), is_new=False)
    if known is None:
        validate_orders(order_ids=[order.pk], now=now)
    return EnteredOrder(order=order, is_new=known is None)


def _store(parsed: ParsedOrder, names: NameBook, *, actor: str, now: datetime) -> Order | None:
    """The stored order, or None when its number was taken at the same moment."""
    try:
        with transaction.atomic():
            (order,) = store_orders(
                [parsed], names=names, now=now, actor=actor, reason="Sent by another program."
            )
    except IntegrityError as error:
        if NUMBER_TAKEN not in str(error):
            raise
        return None
    return order
