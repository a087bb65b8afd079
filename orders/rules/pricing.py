"""Pricing: what the order says it costs, against its own arithmetic and the price list (domain, 2.1 and PRC-…)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orders.facts import MONEY_FIELDS, OrderFacts
from orders.fixes import Change
from orders.pricing import Price
from orders.rules.base import Found, rule

ZERO = Decimal("0.00")
# Add-on codes of the trade that rules name.
RUSH_3, RUSH_5 = "RUSH-3", "RUSH-5"
RUSH_CODES = frozenset({RUSH_3, RUSH_5})
RUSH_3_DAYS = 3
COMPLEX_LIVING_AREA = 4_000
LARGE_ACRES = 5
HIGH_VALUE = Decimal("1000000")


def _text(amount: Decimal | None) -> str:
    return "empty" if amount is None else f"{amount:.2f}"


def _is_unreadable(facts: OrderFacts, field: str) -> bool:
    """Whether the order states an amount there that has no value in cents (rule PRC-103 says so)."""
    return getattr(facts.order, field) is None and field in facts.order.unbillable_amounts


def _expected_fee(facts: OrderFacts) -> Decimal | None:
    return facts.price.fee if isinstance(facts.price, Price) else None


def _place(facts: OrderFacts) -> dict[str, str]:
    return {
        "product": facts.product.code if facts.product else "The product",
        "county": facts.order.county or "any county",
        "state": facts.order.state.strip().upper() or "any state",
    }


def _total_change(facts: OrderFacts, fee: Decimal, tech: Decimal) -> tuple[Change, ...] | None:
    """The change that makes the total the sum, or None where that is not safe.

    Downward always; upward only by arithmetic, up to the desk's limit, when fee and tech fee are the effective ones:
    the agent never raises what a client pays beyond that.
    """
    total, tie = facts.order.total_amount, fee + tech
    if total == tie:
        return ()
    is_effective = fee == _expected_fee(facts) and tech == facts.effective_tech_fee
    rise_is_small = total is not None and is_effective and tie - total <= facts.desk.upward_fix_limit
    if total is None or tie < total or rise_is_small:
        return (Change("total_amount", total, tie),)
    return None


@rule("PRC-103")
def amount_cannot_be_billed(facts: OrderFacts) -> Iterator[Found]:
    """An amount has more than two decimals, is no number, or is in another currency."""
    for field, stated in facts.order.unbillable_amounts.items():
        rounded = getattr(facts.order, field)
        fix = () if rounded is None else (Change(f"unbillable_amounts.{field}", stated, None),)
        yield Found(
            subject=field,
            values={"field": MONEY_FIELDS[field], "value": stated},
            evidence={"stated": stated, "billable": _text(rounded)},
            fix=fix,
        )


@rule("PRC-101")
def fee_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """The order has no fee, or none above zero for something that has a price."""
    fee, expected = facts.order.fee_amount, _expected_fee(facts)
    if _is_unreadable(facts, "fee_amount") or (fee is not None and fee > 0):
        return
    if fee == 0 and expected == 0:
        return
    fix: tuple[Change, ...] = ()
    if fee is None and expected is not None:
        fix = (Change("fee_amount", None, expected),)
        if facts.order.total_amount is None and not _is_unreadable(facts, "total_amount"):
            tech = facts.order.tech_fee if facts.order.tech_fee is not None else facts.effective_tech_fee
            fix += (Change("total_amount", None, expected + tech),) if tech >= 0 else ()
    shown = "unknown" if expected is None else _text(expected)
    yield Found(values=_place(facts) | {"expected": shown}, evidence=_price_evidence(facts), fix=fix)


@rule("PRC-102")
def amount_is_negative(facts: OrderFacts) -> Iterator[Found]:
    """A money field is below zero, or a fee line that is neither discount nor credit."""
    for field, label in MONEY_FIELDS.items():
        amount = getattr(facts.order, field)
        if amount is not None and amount < 0:
            fix = _negative_tech_fee_fix(facts) if field == "tech_fee" else ()
            yield Found(subject=field, values={"field": label, "value": _text(amount)}, fix=fix)
    for line in facts.fee_lines:
        if line.amount is not None and line.amount < 0 and line.kind not in ("discount", "credit"):
            yield Found(
                subject=f"line:{line.code}",
                values={"field": f"Fee line {line.code}", "value": _text(line.amount)},
            )


def _negative_tech_fee_fix(facts: OrderFacts) -> tuple[Change, ...]:
    order, tech = facts.order, facts.effective_tech_fee
    ties = order.fee_amount is not None and order.fee_amount + tech == order.total_amount
    return (Change("tech_fee", order.tech_fee, tech),) if ties else ()


@rule("PRC-111")
def fee_is_not_the_quoted_one(facts: OrderFacts) -> Iterator[Found]:
    """The order came from an accepted quote and says another fee."""
    fee, quoted = facts.order.fee_amount, facts.agreed_price
    if fee is None or quoted is None or fee == quoted:
        return
    fix: tuple[Change, ...] = ()
    if facts.quote_fits and fee > 0:
        fix = _with_total(facts, Change("fee_amount", fee, quoted))
    yield Found(
        values={"fee": _text(fee), "quote": facts.order.quote_number, "quote_fee": _text(quoted)},
        evidence={"quote": facts.order.quote_number, "same_client_property_and_product": facts.quote_fits},
        fix=fix,
    )


def _with_total(facts: OrderFacts, change: Change) -> tuple[Change, ...]:
    """A change of fee or tech fee, and of a total that tied before; nothing where the total may not follow."""
    order = facts.order
    if order.total_amount is None or order.fee_amount is None:
        return (change,)
    before = order.fee_amount + (order.tech_fee or ZERO)
    if order.total_amount != before:
        return (change,)
    after = facts.changed(**{change.field: change.after})
    tech = after.order.tech_fee if after.order.tech_fee is not None else ZERO
    carried = _total_change(after, after.order.fee_amount or ZERO, tech)
    return () if carried is None else (change, *carried)


@rule("PRC-106")
def tech_fee_is_not_the_agreed_one(facts: OrderFacts) -> Iterator[Found]:
    """The tech fee is missing, or not what the client agreed to, or the usual one of product or desk."""
    tech, expected = facts.order.tech_fee, facts.effective_tech_fee
    if tech == expected or _is_unreadable(facts, "tech_fee"):
        return
    fix: tuple[Change, ...] = ()
    # A lower one that somebody stated may have been agreed; a negative one is PRC-102's.
    if tech is None or tech > expected:
        fix = _with_total(facts, Change("tech_fee", tech, expected))
    yield Found(
        values={"value": _text(tech), "client": facts.client.name, "expected": _text(expected)}, fix=fix
    )


@rule("PRC-104")
def total_is_not_the_sum(facts: OrderFacts) -> Iterator[Found]:
    """The total is missing, or is not fee plus tech fee. Without a fee only PRC-101 speaks."""
    order = facts.order
    fee, tech, total = order.fee_amount, order.tech_fee, order.total_amount
    if fee is None or any(_is_unreadable(facts, field) for field in ("tech_fee", "total_amount")):
        return
    # A tech fee that nobody stated may be in the total or not: both tie, and PRC-106 asks for it.
    counted = facts.effective_tech_fee if tech is None else tech
    if total is not None and (total == fee + counted or (tech is None and total == fee)):
        return
    fix = _total_change(facts, fee, tech) if fee > 0 and tech is not None and tech >= 0 else None
    yield Found(
        values={"total": _text(total), "fee": _text(fee), "tech": _text(tech), "sum": _text(fee + counted)},
        fix=fix or (),
    )


@rule("PRC-105")
def total_is_below_the_fee(facts: OrderFacts) -> Iterator[Found]:
    """The total is lower than the fee alone."""
    fee, tech, total = facts.order.fee_amount, facts.order.tech_fee, facts.order.total_amount
    if fee is None or total is None or total >= fee:
        return
    fix = _total_change(facts, fee, tech) if fee > 0 and tech is not None and tech >= 0 else None
    yield Found(evidence={"fee": _text(fee), "total": _text(total)}, fix=fix or ())


def _fee_gap(facts: OrderFacts) -> tuple[Decimal, Decimal, Decimal] | None:
    """Fee, expected fee and the gap between them, where a price list is to be compared with at all."""
    fee, expected = facts.order.fee_amount, _expected_fee(facts)
    if fee is None or fee <= 0 or not expected or facts.agreed_price is not None:
        return None
    gap = abs(fee - expected)
    tolerance = max(facts.desk.fee_tolerance_amount, expected * facts.desk.fee_tolerance_percent / 100)
    return None if gap <= tolerance else (fee, expected, gap)


def _gap_found(facts: OrderFacts, fee: Decimal, expected: Decimal, gap: Decimal) -> Found:
    pct = f"{gap * 100 / expected:.1f}"
    values = {"fee": _text(fee), "expected": _text(expected), "pct": pct}
    return Found(values=values, evidence=_price_evidence(facts))


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
        yield Found(values=_place(facts), evidence=_price_evidence(facts))


def _price_evidence(facts: OrderFacts) -> dict[str, str]:
    price = facts.price
    return {"price": price.explanation if isinstance(price, Price) else price.reason}


@rule("PRC-112")
def rush_is_not_priced_as_needed(facts: OrderFacts) -> Iterator[Found]:
    """The due date needs a rush and no line of the right band charges it, or a rush is charged without need."""
    if facts.product is None or facts.order.due_date is None:
        return
    days = facts.desk.calendar.business_days_between(facts.ordered_date, facts.order.due_date)
    charged = RUSH_CODES & set(facts.add_on_codes)
    needed: set[str] = set()
    if days < facts.product.turn_time_days:
        needed = {RUSH_3 if days <= RUSH_3_DAYS else RUSH_5}
    if charged != needed:
        evidence = {"needed": sorted(needed), "charged": sorted(charged), "days": days}
        yield Found(values={"days": days}, evidence=evidence)


@rule("PRC-113")
def complexity_is_not_priced(facts: OrderFacts) -> Iterator[Found]:
    """Something about the property usually costs more, and no add-on charges it."""
    codes = set(facts.add_on_codes)
    for subject, flag, add_on in _complexities(facts):
        is_priced = any(code.startswith("HIVAL-") for code in codes) if add_on == "HIVAL" else add_on in codes
        if not is_priced:
            yield Found(subject=subject, values={"flag": flag, "addon": add_on})


def _complexities(facts: OrderFacts) -> Iterator[tuple[str, str, str]]:
    """What makes the property complex, as (subject, words, add-on code)."""
    order, product = facts.order, facts.product.code if facts.product else ""
    if order.gross_living_area is not None and order.gross_living_area > COMPLEX_LIVING_AREA:
        yield "living_area", f"A living area of {order.gross_living_area} sq ft", "COMPLEX"
    if order.acres is not None and order.acres > LARGE_ACRES and product not in ("LAND", "AG-NARR"):
        yield "acres", f"A site of {order.acres.normalize():f} acres", "ACRE"
    if order.adu_count:
        yield "adu", "An accessory dwelling unit", "ADU"
    if order.is_waterfront:
        yield "waterfront", "A waterfront site", "WATERFRONT"
    if order.estimated_value is not None and order.estimated_value > HIGH_VALUE:
        yield "value", f"A value above {HIGH_VALUE:,}", "HIVAL"
    if order.property_type == "manufactured" and product != "URAR-MH":
        yield "manufactured", "A manufactured home", "COMPLEX"
