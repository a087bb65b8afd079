"""Fees: what the order says it costs, against price list, quote, acceptance and vendor (domain, 2.1.3, 2.1.4).

The order's own arithmetic is judged in `orders.rules.pricing`; how a price is found lives in `orders.pricing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from orders.facts import OrderFacts
from orders.fixes import Change
from orders.pricing import Price
from orders.rules.base import Found, rule
from orders.rules.pricing import is_acceptable_fee, place_words, price_evidence, shown, with_total


def _fee_gap(facts: OrderFacts) -> tuple[Decimal, Decimal, Decimal] | None:
    """Fee, listed fee and the gap between them, where there is one to compare with.

    A quote that was accepted for this order stands in the place of the list (rule PRC-111).
    """
    fee, price = facts.order.fee_amount, facts.price
    if fee is None or fee <= 0 or not isinstance(price, Price) or price.from_quote or not price.fee:
        return None
    expected = price.fee
    gap = abs(fee - expected)
    tolerance = max(facts.desk.fee_tolerance_amount, expected * facts.desk.fee_tolerance_percent / 100)
    return None if gap <= tolerance else (fee, expected, gap)


def _gap_found(facts: OrderFacts, fee: Decimal, expected: Decimal, gap: Decimal) -> Found:
    pct = f"{gap * 100 / expected:.1f}"
    values = {"fee": shown(fee), "expected": shown(expected), "pct": pct}
    return Found(values=values, evidence=price_evidence(facts))


@rule("PRC-107")
def fee_differs_a_little(facts: OrderFacts) -> Iterator[Found]:
    """The fee is off the price list by more than the tolerance, but not by so much that it blocks."""
    found = _fee_gap(facts)
    if found and found[2] <= found[1] * facts.desk.fee_blocking_percent / 100:
        yield _gap_found(facts, *found)


@rule("PRC-108")
def fee_differs_a_lot(facts: OrderFacts) -> Iterator[Found]:
    """The fee is far off the price list, and the client has accepted no such fee."""
    found = _fee_gap(facts)
    if found and found[0] != facts.order.accepted_fee_amount:
        if found[2] > found[1] * facts.desk.fee_blocking_percent / 100:
            yield _gap_found(facts, *found)


@rule("PRC-109")
def there_is_no_price(facts: OrderFacts) -> Iterator[Found]:
    """No price row is in force for what is ordered, or two are at once, or it is sold by quote only."""
    if facts.product is not None and not isinstance(facts.price, Price):
        yield Found(values=place_words(facts), evidence=price_evidence(facts))


@rule("PRC-110")
def another_price_list_was_used(facts: OrderFacts) -> Iterator[Found]:
    """The fee is what a list says that was over, or had not begun, when the order came."""
    fee, price = facts.order.fee_amount, facts.price
    if fee is None or fee <= 0 or not isinstance(price, Price) or price.from_quote or fee == price.fee:
        return
    used = [day for day, listed in facts.list_prices().items() if listed.fee == fee]
    if used:
        over = [day for day in used if day <= facts.ordered_date]
        day = max(over) if over else min(used)
        yield Found(
            values={"date": day.isoformat(), "expected": shown(price.fee)}, evidence=price_evidence(facts)
        )


@rule("PRC-111")
def fee_is_not_the_quoted_one(facts: OrderFacts) -> Iterator[Found]:
    """The order came from an accepted quote and says another fee."""
    fee, quoted = facts.order.fee_amount, facts.agreed_price
    if fee is None or quoted is None or fee == quoted:
        return
    fix: tuple[Change, ...] = ()
    # Where no total is stated, nothing else bounds what the client pays more.
    is_bounded = facts.order.total_amount is not None or quoted - fee <= facts.desk.upward_fix_limit
    if facts.quote_fits and fee > 0 and is_bounded and is_acceptable_fee(facts, quoted):
        fix = with_total(facts, Change("fee_amount", fee, quoted))
    yield Found(
        values={"fee": shown(fee), "quote": facts.order.quote_number, "quote_fee": shown(quoted)},
        evidence={"quote": facts.order.quote_number, "same_client_property_and_product": facts.quote_fits},
        fix=fix,
    )


@rule("PRC-114")
def margin_is_too_small(facts: OrderFacts) -> Iterator[Found]:
    """The vendor's fee leaves less of the fee than the desk wants to keep. Never told to a client."""
    fee, vendor_fee = facts.order.fee_amount, facts.order.vendor_fee
    if fee is None or fee <= 0 or vendor_fee is None:
        return
    floor = facts.desk.margin_floor_percent
    if (fee - vendor_fee) * 100 < floor * fee:
        # Rounded down: a margin below the floor never looks like the floor.
        margin = ((fee - vendor_fee) * 100 / fee).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
        yield Found(
            values={"vendor_fee": shown(vendor_fee), "margin": margin},
            evidence={"fee": shown(fee), "vendor_fee": shown(vendor_fee), "least_margin_percent": str(floor)},
        )


@rule("PRC-115")
def fee_was_raised_after_acceptance(facts: OrderFacts) -> Iterator[Found]:
    """The fee is higher than the one the client accepted; an approved change raises that one, too."""
    fee, accepted = facts.order.fee_amount, facts.order.accepted_fee_amount
    if fee is None or accepted is None or fee <= accepted:
        return
    fix = with_total(facts, Change("fee_amount", fee, accepted)) if accepted > 0 else ()
    yield Found(evidence={"fee": shown(fee), "accepted_fee": shown(accepted)}, fix=fix)
