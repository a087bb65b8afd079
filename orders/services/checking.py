"""Judging the orders of a file without storing them: each line by itself, against the desk as it is stored.

How a line is read lives in `orders.intake`, and how an order is judged in `orders.rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from agent.models import Tenant
from agent.tenancy import scoped_tenant_id
from orders.addresses import property_key
from orders.credit import CreditDecision, decide_credit
from orders.facts import DeskFacts, OrderFacts, OrderRecord
from orders.intake import FileLine, LineError, NameBook, ParsedOrder, parse_line
from orders.loading import RECORD_COLUMNS, load_desk, load_facts
from orders.models import Order
from orders.pricing import NoPrice, Price
from orders.rules import Finding, judge_order
from orders.services.intake import load_names, stated_lines

BATCH = 500
_RECORD_COLUMNS = frozenset(RECORD_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """What the desk says to one line of a file."""

    line: int
    findings: tuple[Finding, ...] = ()
    price: Price | NoPrice | None = None
    credit: CreditDecision | None = None
    errors: tuple[LineError, ...] = ()
    """Why the line could not be read; then nothing else is set."""

    def as_json(self) -> dict[str, Any]:
        """As printed: money as text with its two places."""
        row: dict[str, Any] = {
            "line": self.line,
            "exceptions": [finding.as_json() for finding in self.findings],
            "price": price_as_json(self.price),
            "credit": credit_as_json(self.credit),
        }
        if self.errors:
            row["errors"] = [error.as_json() for error in self.errors]
        return row


def price_as_json(price: Price | NoPrice | None) -> dict[str, str | None] | None:
    """A price as printed: money as text with its two places."""
    if price is None:
        return None
    parts = ("base", "add_ons", "fee", "tech_fee", "total")
    if isinstance(price, NoPrice):
        return {**dict.fromkeys(parts), "explanation": price.reason}
    return {part: f"{getattr(price, part):.2f}" for part in parts} | {"explanation": price.explanation}


def credit_as_json(credit: CreditDecision | None) -> dict[str, str | None] | None:
    """A credit decision as printed."""
    if credit is None:
        return None
    amounts = {name: getattr(credit, name) for name in ("limit", "exposure", "available")}
    return {"verdict": credit.verdict.value} | {
        name: None if amount is None else f"{amount:.2f}" for name, amount in amounts.items()
    }


def check_lines(*, lines: Iterable[FileLine], now: datetime) -> Iterator[CheckedLine]:
    """Judge every line of a file as it came, in the caller's scope; locks and writes nothing.

    A line that names a stored order's number is that order with other values: it is no duplicate of itself, and
    counts once in the payer's exposure. The statements for a batch of lines do not grow with it. Raises
    `DeskNotSetUp`, and `UnreadableFile` also in the middle of it.
    """
    for number, facts, errors in read_facts(lines, now=now):
        yield CheckedLine(line=number, errors=tuple(errors)) if facts is None else _judged(number, facts)


def read_facts(
    lines: Iterable[FileLine], *, now: datetime
) -> Iterator[tuple[int, OrderFacts | None, Sequence[LineError]]]:
    """The number of each line, and its facts or why it cannot be read."""
    desk, names = load_desk(now=now), load_names()
    zone = Tenant.objects.get(pk=scoped_tenant_id()).zone
    iterator = iter(lines)
    while batch := list(islice(iterator, BATCH)):
        read = [
            (line.line, *parse_line(line, names=names, now=now, zone=zone, is_stored=False)) for line in batch
        ]
        facts = iter(_facts([order for _, order, _ in read if order is not None], names, desk))
        for number, order, errors in read:
            yield number, None if order is None else next(facts), errors


def _judged(line: int, facts: OrderFacts) -> CheckedLine:
    return CheckedLine(line=line, findings=judge_order(facts), price=facts.price, credit=decide_credit(facts))


def _facts(parsed: Sequence[ParsedOrder], names: NameBook, desk: DeskFacts) -> list[OrderFacts]:
    stored = _stored_orders({each.values["order_number"] for each in parsed})
    records = [_record(each.values, stored.get(each.values["order_number"], {})) for each in parsed]
    lines = [stated_lines(each, names) for each in parsed]
    return load_facts(records, desk=desk, stated_lines=lines, lock=False)


def _stored_orders(numbers: set[str]) -> dict[str, dict[str, Any]]:
    rows = Order.objects.filter(order_number__in=numbers).values(*RECORD_COLUMNS)
    return {row["order_number"]: row for row in rows}


def _record(values: Mapping[str, Any], stored: Mapping[str, Any]) -> OrderRecord:
    """The line as an order; what a file cannot say is taken from the stored order of its number."""
    known = stored | {name: value for name, value in values.items() if name in _RECORD_COLUMNS}
    known["property_key"] = property_key(street=values["street"], unit=values["unit"], zip_code=values["zip"])
    if stored:
        known["vendor_hidden_fields"] = tuple(stored["vendor_hidden_fields"])
    return OrderRecord(**known)
