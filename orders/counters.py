"""Mails to clients that a person approves first: another fee or date than ordered, and a request to pay.

Reads only: nothing here changes an order. The client's yes to a fee is recorded in `orders.services.fee_approvals`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from agent.registry import Cycle, Evidence, Left, Plan, Proposal
from engagement.mail.models import Stream
from orders.client_mail import (
    SEND_EMAIL,
    Correspondent,
    describe_property,
    exceptions_by_order,
    find_correspondents,
    nobody_to_write_to,
    occasion_of,
    order_ref,
    say_day,
    sort_out,
)
from orders.facts import OrderFacts
from orders.loading import look_at_orders
from orders.models import Order, OrderException
from orders.pricing import Price
from orders.states import FINISHED_STAGES, INTAKE_STAGES, Severity

PRIORITY = 75
FEE_CODES = frozenset({"PRC-107", "PRC-108", "PRC-111", "PRC-115"})
DATE_CODES = frozenset({"REQ-209", "PRC-112"})
PAYMENT_CODES = frozenset({"CRD-308"})
APPROVE_COUNTER = (
    "Another fee or date is proposed to a client only with your approval: check both, then approve or reject."
)
APPROVE_PAYMENT = (
    "No payment provider is connected, so the message holds no link to pay by. Approve it only if somebody takes the "
    "payment when the client answers."
)


@dataclass(frozen=True, kw_only=True)
class Counter:
    """What is proposed to the client in place of what was ordered; None where that may stay."""

    fee: Decimal | None = None
    due_date: date | None = None
    rush_fee: Decimal | None = None
    """What keeping the ordered date would cost more."""


def propose_counter(facts: OrderFacts, found: Sequence[OrderException]) -> Counter:
    """The fee and the date that would end what the rules found. Pure."""
    codes = {row.code for row in found}
    fee = _fee(facts, codes)
    due, rush_fee = None, None
    needed = [code for row in found if row.code == "PRC-112" for code in row.evidence.get("needed", ())]
    is_past = any(row.code == "REQ-209" and row.severity == Severity.BLOCKING for row in found)
    if needed or is_past:
        due = first_date_that_fits(facts)
    if needed and not is_past:
        add_on = facts.desk.price_book.add_ons.get(needed[0])
        rush_fee = add_on.price if add_on is not None else None
    return Counter(fee=None if fee == facts.order.fee_amount else fee, due_date=due, rush_fee=rush_fee)


def _fee(facts: OrderFacts, codes: set[str]) -> Decimal | None:
    """The accepted quote's, else the listed one; none where a fee was raised after acceptance."""
    if "PRC-111" in codes:
        return facts.agreed_price
    if codes & {"PRC-107", "PRC-108"} and isinstance(facts.price, Price):
        return facts.price.fee
    return None


def first_date_that_fits(facts: OrderFacts) -> date | None:
    """The day on which the product's usual turn time, begun today, is over; None without a product. Pure."""
    if facts.product is None:
        return None
    return facts.desk.calendar.add_business_days(facts.desk.today, facts.product.turn_time_days)


def plan_counters(cycle: Cycle) -> Plan:
    """A held mail for each order in intake whose fee or date the desk would answer with another one."""
    by_order = _found(FEE_CODES | DATE_CODES, is_in_intake=True)
    occasions = {
        f"counter:{pk}:{occasion_of(found)}": (found[0].order, found) for pk, found in by_order.items()
    }
    new, left_alone = sort_out(occasions, cycle)
    if not new:
        return Plan(left_alone=left_alone)
    orders = [order for _, (order, _) in new]
    facts = {each.order.id: each for each in look_at_orders([order.pk for order in orders], now=cycle.now)}
    people = find_correspondents(orders)
    proposals, left = [], list(left_alone)
    for key, (order, found) in new:
        counter = propose_counter(facts[order.pk], found)
        if counter == Counter():
            reason = "Its fee or date is off, and there is no listed fee or date to propose instead."
            left.append(Left(subject=order_ref(order), code="nothing_to_propose", reason=reason))
        elif order.pk not in people:
            left.append(nobody_to_write_to(order))
        else:
            variables = _counter_words(order, counter)
            proposals.append(
                _proposal(key, found, people[order.pk], "orders/counter", variables, APPROVE_COUNTER)
            )
    return Plan(proposals=tuple(proposals), left_alone=tuple(left))


def plan_payment_requests(cycle: Cycle) -> Plan:
    """A held mail for each order that a vendor has and that is to be paid first, and is not."""
    by_order = _found(PAYMENT_CODES, is_in_intake=False)
    occasions = {
        f"payment_request:{pk}:{occasion_of(found)}": (found[0].order, found)
        for pk, found in by_order.items()
    }
    new, left_alone = sort_out(occasions, cycle)
    people = find_correspondents([order for _, (order, _) in new]) if new else {}
    left = [nobody_to_write_to(order) for _, (order, _) in new if order.pk not in people]
    proposals = [
        _proposal(
            key, found, people[order.pk], "orders/payment_request", _payment_words(order), APPROVE_PAYMENT
        )
        for key, (order, found) in new
        if order.pk in people
    ]
    return Plan(proposals=tuple(proposals), left_alone=(*left_alone, *left))


def _found(codes: frozenset[str], *, is_in_intake: bool) -> dict[int, list[OrderException]]:
    """The open exceptions of these codes that nobody has overridden, by order. Two queries."""
    rows = OrderException.objects.open().filter(code__in=codes, override__isnull=True)
    if is_in_intake:
        rows = rows.filter(order__stage__in=INTAKE_STAGES)
    else:
        rows = rows.exclude(order__stage__in=FINISHED_STAGES)
    return exceptions_by_order(rows)


def _proposal(
    key: str,
    found: Sequence[OrderException],
    person: Correspondent,
    template: str,
    variables: Mapping[str, Any],
    approval: str,
) -> Proposal:
    order = found[0].order
    return Proposal(
        kind=SEND_EMAIL,
        subject=order_ref(order),
        contact=person.ref,
        payload={
            "template": template,
            "variables": dict(variables),
            "to": person.address.email_normalised,
            "stream": Stream.TRANSACTIONAL.value,
            "approval": approval,
        },
        reason=f"Order {order} of {order.ordered_by}: {' '.join(row.message for row in found)}",
        evidence=tuple(Evidence(type="exception", id=row.code, quote=row.message) for row in found),
        dedupe_key=key,
        priority=PRIORITY,
    )


def _counter_words(order: Order, counter: Counter) -> Mapping[str, Any]:
    return {
        "order_number": order.order_number,
        "their_number": order.client_file_number or order.loan_number,
        "property": describe_property(order),
        "product": order.product.name if order.product else order.product_text,
        "ordered_fee": _dollars(order.fee_amount) if counter.fee is not None else "",
        "fee": _dollars(counter.fee),
        "ordered_date": say_day(order.due_date),
        "date": say_day(counter.due_date),
        "rush_fee": _dollars(counter.rush_fee),
    }


def _payment_words(order: Order) -> Mapping[str, Any]:
    return {
        "order_number": order.order_number,
        "their_number": order.client_file_number or order.loan_number,
        "property": describe_property(order),
        "total": _dollars(order.total_amount),
        "payment": order.get_payment_type_display().lower(),
    }


def _dollars(amount: Decimal | None) -> str:
    return "" if amount is None else f"${amount:,.2f}"
