"""Amounts: what the order says it costs, against its own arithmetic (domain, 2.1.1 and PRC-101 to PRC-106).

How the fee stands to price list, quote, acceptance and vendor is judged in `orders.rules.fees`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from orders.facts import MONEY_FIELDS, OrderFacts
from orders.fixes import Change
from orders.pricing import Price, round_cents
from orders.rules.base import Found, rule

ZERO = Decimal("0.00")
# Kinds of fee lines that take money off.
MAY_BE_NEGATIVE = ("discount", "credit")


def shown(amount: Decimal | None) -> str:
    """An amount as messages show it."""
    return "empty" if amount is None else f"{amount:.2f}"


def _is_unreadable(facts: OrderFacts, field: str) -> bool:
    """Whether the order states an amount there that has no value in cents (rule PRC-103 says so)."""
    return getattr(facts.order, field) is None and field in facts.order.unbillable_amounts


def expected_fee(facts: OrderFacts) -> Decimal | None:
    """What the order should cost without the tech fee; None without a price."""
    return facts.price.fee if isinstance(facts.price, Price) else None


def place_words(facts: OrderFacts) -> dict[str, str]:
    """Product, county and state as messages name them."""
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
    is_effective = fee == expected_fee(facts) and tech == facts.effective_tech_fee
    rise_is_small = total is not None and is_effective and tie - total <= facts.desk.upward_fix_limit
    if total is None or tie < total or rise_is_small:
        return (Change("total_amount", total, tie),)
    return None


def is_acceptable_fee(facts: OrderFacts, fee: Decimal) -> bool:
    """Whether the client has accepted such a fee, or none yet: the agent sets no other (rule PRC-115)."""
    accepted = facts.order.accepted_fee_amount
    return accepted is None or fee <= accepted


@rule("PRC-103")
def amount_cannot_be_billed(facts: OrderFacts) -> Iterator[Found]:
    """An amount has more than two decimals, is no number, or is in another currency."""
    for field, stated in facts.order.unbillable_amounts.items():
        rounded = getattr(facts.order, field)
        if rounded is not None and _in_cents(stated) != rounded:
            continue  # corrected since
        yield Found(
            subject=field,
            values={"field": MONEY_FIELDS[field], "value": stated},
            evidence={"stated": stated, "billable": shown(rounded)},
            fix=() if rounded is None else (Change(field, Decimal(stated), rounded),),
        )


def _in_cents(stated: str) -> Decimal | None:
    try:
        return round_cents(Decimal(stated))
    except InvalidOperation:
        return None


@rule("PRC-101")
def fee_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """The order has no fee, or none above zero for something that has a price."""
    fee, expected = facts.order.fee_amount, expected_fee(facts)
    if _is_unreadable(facts, "fee_amount") or (fee is not None and fee > 0):
        return
    if fee == 0 and expected == 0:
        return
    fix: tuple[Change, ...] = ()
    if fee is None and expected is not None and is_acceptable_fee(facts, expected):
        fix = (Change("fee_amount", None, expected),)
        if facts.order.total_amount is None and not _is_unreadable(facts, "total_amount"):
            tech = facts.order.tech_fee if facts.order.tech_fee is not None else facts.effective_tech_fee
            fix += (Change("total_amount", None, expected + tech),) if tech >= 0 else ()
    listed = "unknown" if expected is None else shown(expected)
    yield Found(values=place_words(facts) | {"expected": listed}, evidence=price_evidence(facts), fix=fix)


@rule("PRC-102")
def amount_is_negative(facts: OrderFacts) -> Iterator[Found]:
    """A money field is below zero, or a fee line that is neither discount nor credit."""
    for field, label in MONEY_FIELDS.items():
        amount = getattr(facts.order, field)
        if amount is not None and amount < 0:
            fix = _negative_tech_fee_fix(facts) if field == "tech_fee" else ()
            yield Found(subject=field, values={"field": label, "value": shown(amount)}, fix=fix)
    for line in facts.fee_lines:
        # The one line of a fee without add-ons is that fee again.
        is_the_fee = line.kind == "base" and line.amount == facts.order.fee_amount
        if (
            line.amount is not None
            and line.amount < 0
            and line.kind not in MAY_BE_NEGATIVE
            and not is_the_fee
        ):
            yield Found(
                subject=f"line:{line.code}",
                values={"field": f"Fee line {line.code}", "value": shown(line.amount)},
            )


def _negative_tech_fee_fix(facts: OrderFacts) -> tuple[Change, ...]:
    order, tech = facts.order, facts.effective_tech_fee
    ties = order.fee_amount is not None and order.fee_amount + tech == order.total_amount
    return (Change("tech_fee", order.tech_fee, tech),) if ties else ()


def with_total(facts: OrderFacts, change: Change) -> tuple[Change, ...]:
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
        fix = with_total(facts, Change("tech_fee", tech, expected))
    yield Found(
        values={"value": shown(tech), "client": facts.client.name, "expected": shown(expected)}, fix=fix
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
        values={"total": shown(total), "fee": shown(fee), "tech": shown(tech), "sum": shown(fee + counted)},
        fix=fix or (),
    )


@rule("PRC-105")
def total_is_below_the_fee(facts: OrderFacts) -> Iterator[Found]:
    """The total is lower than the fee alone."""
    fee, tech, total = facts.order.fee_amount, facts.order.tech_fee, facts.order.total_amount
    if fee is None or total is None or total >= fee:
        return
    fix = _total_change(facts, fee, tech) if fee > 0 and tech is not None and tech >= 0 else None
    yield Found(evidence={"fee": shown(fee), "total": shown(total)}, fix=fix or ())


def price_evidence(facts: OrderFacts) -> dict[str, str]:
    """How the price was found, or why there is none."""
    price = facts.price
    return {"price": price.explanation if isinstance(price, Price) else price.reason}
