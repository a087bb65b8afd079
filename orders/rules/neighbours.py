"""Other orders of the desk: duplicates, add-ons without the appraisal they belong to, offers taken before.

REQ-212, REQ-217 and PRC-116. How the other orders are found lives in `orders.neighbours`.
"""

from __future__ import annotations

from collections.abc import Iterator

from orders.facts import DuplicateFacts, OrderFacts
from orders.rules.base import Found, rule
from orders.states import Severity

# What is written about another appraisal, and means nothing without it (rule PRC-116).
ADD_ON_PRODUCTS = frozenset({"COMP-RPT", "RENT-SCH", "OIS-216"})
# Products that are expected beside another order at the same property (domain, 2.3).
COMPANIONS = ADD_ON_PRODUCTS | {"FIELD-REV", "DESK-REV"}
DUPLICATE_BLOCKS_DAYS = 30
DUPLICATE_WARNS_DAYS = 120


@rule("REQ-212")
def order_looks_like_a_duplicate(facts: OrderFacts) -> Iterator[Found]:
    """An earlier order at the same property is open, or was delivered not long ago.

    The same offer of a portal come twice is REQ-217's.
    """
    if facts.product is not None and facts.product.code in COMPANIONS:
        return
    for other in facts.duplicates:
        severity = _duplicate_severity(facts, other)
        if severity is not None:
            delivered = other.delivered_date.isoformat() if other.delivered_date else None
            yield Found(
                subject=other.order_number,
                severity=severity,
                values={"order": other.order_number},
                evidence={
                    "order": other.order_number,
                    "delivered_date": delivered,
                    "other_client": other.ordered_by_id != facts.order.ordered_by_id,
                },
            )


def _duplicate_severity(facts: OrderFacts, other: DuplicateFacts) -> Severity | None:
    """How much an earlier order at the property matters; None when it does not. Days since its delivery."""
    is_same_offer = other.portal_order_id != "" and other.portal_order_id == facts.order.portal_order_id
    if not other.is_earlier or is_same_offer or other.product_code in COMPANIONS:
        return None
    age = 0
    if other.is_delivered:
        if other.delivered_date is None:
            return None
        age = (facts.desk.today - other.delivered_date).days
    if age > DUPLICATE_WARNS_DAYS:
        return None
    if other.ordered_by_id != facts.order.ordered_by_id:
        return Severity.WARNING
    return Severity.BLOCKING if age <= DUPLICATE_BLOCKS_DAYS else Severity.WARNING


@rule("REQ-217")
def portal_offer_is_gone(facts: OrderFacts) -> Iterator[Found]:
    """Another order has the portal's order id already, or the offer was to be accepted by a moment that is over."""
    order = facts.order
    is_over = (
        order.is_in_intake
        and order.portal_deadline_at is not None
        and order.portal_deadline_at < facts.desk.now
    )
    if facts.portal_twin or is_over:
        deadline = order.portal_deadline_at.isoformat() if order.portal_deadline_at else None
        yield Found(
            values={"ref": order.portal_order_id or "without a number"},
            evidence={"order": facts.portal_twin, "accept_by": deadline},
        )


@rule("PRC-116")
def add_on_product_stands_alone(facts: OrderFacts) -> Iterator[Found]:
    """A completion report, rent schedule or operating income statement has no appraisal that it belongs to."""
    if facts.product is None or facts.product.code not in ADD_ON_PRODUCTS:
        return
    has_parent = any(
        other.ordered_by_id == facts.order.ordered_by_id and other.product_code not in ADD_ON_PRODUCTS
        for other in facts.duplicates
    )
    if not has_parent:
        yield Found(evidence={"property": facts.order.property_key})
