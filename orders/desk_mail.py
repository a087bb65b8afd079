"""What the desk's own people are told by mail: orders that wait for credit, and portal offers that are about to lapse.

Reads only. Each is a `send_email` card to an address that the company's settings name; nobody gets a task by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from agent.registry import Cycle, Evidence, Left, Plan, Proposal
from engagement.mail.models import Stream
from orders.client_mail import (
    PLAN_LIMIT,
    SEND_EMAIL,
    describe_property,
    exceptions_by_order,
    occasion_of,
    order_ref,
    sort_out,
)
from orders.exposure import read_open_invoices_of
from orders.facts import OrderFacts
from orders.loading import look_at_orders
from orders.models import Order, OrderException
from orders.rules.credit import amount_needed
from orders.states import INTAKE_STAGES
from orders.what_if import credit_what_if

CREDIT_PRIORITY, PORTAL_PRIORITY = 70, 90
# Credit that accounts can release: no terms, no room, late invoices.
CREDIT_CODES = frozenset({"CRD-302", "CRD-303", "CRD-305"})
# A portal's offer is answered within four hours, and half an hour before it lapses (domain, section 1.7).
ANSWER_WITHIN = timedelta(hours=4)
BEFORE_DEADLINE = timedelta(minutes=30)
# Told one cycle and a little before it is due, so that somebody can still act.
TOLD_BEFORE = timedelta(minutes=90)


def plan_credit_releases(cycle: Cycle) -> Plan:
    """A mail to accounts for each order that only credit keeps from going on. A fixed number of statements."""
    rows = OrderException.objects.open().blocking()
    by_order = exceptions_by_order(rows.filter(code__in=CREDIT_CODES, order__stage__in=INTAKE_STAGES))
    people = cycle.settings.accounts_emails
    if not people:
        reason = "Nobody is named to release credit. Add accounts_emails to the company's agent settings."
        return _nobody((found[0].order for found in by_order.values()), reason)
    occasions = {
        f"credit_release:{order_id}:{occasion_of(found)}:{address}": (found[0].order, (found, address))
        for order_id, found in by_order.items()
        for address in people
    }
    new, left_alone = sort_out(occasions, cycle)
    ids = {order.pk for _, (order, _) in new}
    facts = {each.order.id: each for each in look_at_orders(ids, now=cycle.now)} if ids else {}
    ways = _ways(list(facts.values()))
    proposals = [
        _credit_proposal(key, found, address, facts[order.pk], ways[order.pk])
        for key, (order, (found, address)) in new
    ]
    return Plan(proposals=tuple(proposals), left_alone=left_alone)


def _ways(several: Sequence[OrderFacts]) -> dict[int | None, tuple[str, ...]]:
    invoices = read_open_invoices_of(several) if several else []
    return {
        facts.order.id: credit_what_if(facts, open_ones)
        for facts, open_ones in zip(several, invoices, strict=True)
    }


def _credit_proposal(
    key: str, found: Sequence[OrderException], address: str, facts: OrderFacts, ways: Sequence[str]
) -> Proposal:
    order = found[0].order
    return Proposal(
        kind=SEND_EMAIL,
        subject=order_ref(order),
        payload={
            "template": "orders/credit_release",
            "variables": {
                "order_number": order.order_number,
                "client": order.ordered_by.name,
                "payer": order.bill_to.name,
                "reasons": [row.message for row in found],
                "meter": credit_meter(facts),
                "ways": list(ways),
            },
            "to": address,
            "stream": Stream.TRANSACTIONAL.value,
        },
        reason=f"Order {order} of {order.ordered_by} waits for credit, which accounts decide.",
        evidence=tuple(Evidence(type="exception", id=row.code, quote=row.message) for row in found),
        dedupe_key=key,
        priority=CREDIT_PRIORITY,
    )


def credit_meter(facts: OrderFacts) -> list[str]:
    """What uses up the payer's limit, a line each, as accounts read it."""
    credit, needed = facts.credit, amount_needed(facts)
    limit = "none agreed" if credit.credit_limit is None else _dollars(credit.credit_limit)
    lines = [
        f"Limit: {limit}",
        f"Open invoices: {_dollars(credit.open_receivable)}",
        f"Other orders without an invoice: {_dollars(credit.unbilled)}",
    ]
    if credit.credits:
        lines.append(f"Payments not applied: {_dollars(credit.credits)}")
    lines.append(f"Available: {_dollars(credit.available)}")
    if needed is not None:
        lines.append(f"This order: {_dollars(needed)}")
    if credit.late_count:
        lines.append(f"More than {facts.desk.past_due_days} days late: {_dollars(credit.late_amount)}")
    return lines


def _dollars(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


# Portals


def plan_portal_notices(cycle: Cycle) -> Plan:
    """A mail to the desk for each portal offer that must be answered soon. A fixed number of statements."""
    orders = list(_offers_to_answer(cycle.now).select_related("ordered_by")[:PLAN_LIMIT])
    people = cycle.settings.desk_emails
    if not people:
        reason = (
            "Nobody is named to hear of a portal's deadline. Add desk_emails to the company's agent settings."
        )
        return _nobody(orders, reason)
    occasions = {
        f"portal_deadline:{order.pk}:{order.portal_deadline_at:%Y%m%dT%H%M}:{address}": (order, address)
        for order in orders
        for address in people
    }
    new, left_alone = sort_out(occasions, cycle)
    proposals = [_portal_proposal(key, order, address, cycle) for key, (order, address) in new]
    return Plan(proposals=tuple(proposals), left_alone=left_alone)


def _offers_to_answer(now: datetime) -> Any:
    """Portal orders in intake whose answer is due soon, and whose offer has not lapsed."""
    is_near = Q(portal_deadline_at__lte=now + BEFORE_DEADLINE + TOLD_BEFORE)
    is_late = Q(ordered_at__lte=now - ANSWER_WITHIN + TOLD_BEFORE)
    offers = Order.objects.in_intake().exclude(portal_order_id="").filter(portal_deadline_at__gt=now)
    return offers.filter(is_near | is_late).order_by("portal_deadline_at", "id")


def answer_due_at(*, ordered_at: datetime, deadline_at: datetime) -> datetime:
    """By when a portal's offer should be answered."""
    return min(ordered_at + ANSWER_WITHIN, deadline_at - BEFORE_DEADLINE)


def _portal_proposal(key: str, order: Order, address: str, cycle: Cycle) -> Proposal:
    deadline_at = order.portal_deadline_at or cycle.now
    due_at = answer_due_at(ordered_at=order.ordered_at, deadline_at=deadline_at)
    due, deadline = _say_time(due_at, cycle), _say_time(deadline_at, cycle)
    return Proposal(
        kind=SEND_EMAIL,
        subject=order_ref(order),
        payload={
            "template": "orders/portal_deadline",
            "variables": {
                "order_number": order.order_number,
                "client": order.ordered_by.name,
                "portal_number": order.portal_order_id,
                "property": describe_property(order),
                "deadline": deadline,
                "due": due,
                "is_overdue": due_at <= cycle.now,
            },
            "to": address,
            "stream": Stream.TRANSACTIONAL.value,
        },
        reason=f"The portal's offer {order.portal_order_id} (order {order}) lapses on {deadline} and is not answered.",
        evidence=(Evidence(type="order", id=order.order_number, quote=f"acceptance deadline {deadline}"),),
        dedupe_key=key,
        priority=PORTAL_PRIORITY,
    )


def _say_time(moment: datetime, cycle: Cycle) -> str:
    local = timezone.localtime(moment, cycle.tenant.zone)
    return f"{local:%A}, {local:%B} {local.day}, {local:%H:%M %Z}"


def _nobody(orders: Iterable[Order], reason: str) -> Plan:
    left = tuple(Left(subject=order_ref(order), code="nobody_to_tell", reason=reason) for order in orders)
    return Plan(left_alone=left)
