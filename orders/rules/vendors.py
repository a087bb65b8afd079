"""The vendor's right to take the file: licence, level, insurance, papers and other work (VND-…)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from engagement.models import CredentialLevel
from orders.addresses import ZIP_PREFIXES, normalise_state
from orders.facts import OrderFacts, VendorFacts
from orders.rules.base import Found, rule
from orders.rules.scope import HIGH_VALUE, complexities
from orders.states import Stage

CERTIFIED = CredentialLevel.CERTIFIED_RESIDENTIAL
CERTIFIED_LOANS = frozenset({"fha", "va"})
# A certified residential appraiser may appraise up to four units of any kind, and nothing commercial.
RESIDENTIAL_UNITS = 4
DUE_SOON = timedelta(days=30)
PAPERS_LAST_YEARS = 3
REGISTRY_CHECK_LASTS = timedelta(days=92)


def day_of_report(facts: OrderFacts) -> date:
    """The day until which the vendor must be entitled: delivery, or the due date, and never a day already past."""
    order, today = facts.order, facts.desk.today
    if order.delivered_at is not None:
        return facts.desk.local_date(order.delivered_at)
    return max(today, order.due_date or today)


def vendor_at_work(facts: OrderFacts) -> VendorFacts | None:
    """The vendor of an order that was not cancelled."""
    return facts.vendor if facts.order.stage != Stage.CANCELLED else None


def is_assignment(facts: OrderFacts) -> bool:
    """Whether the work asks for an appraiser's licence; nobody knows as long as the product is unknown."""
    return facts.product is None or bool(facts.product.min_credential)


@rule("VND-501")
def vendor_has_no_licence(facts: OrderFacts) -> Iterator[Found]:
    """The vendor has no licence of the property's state that holds on the days of inspection and report."""
    vendor, state = vendor_at_work(facts), normalise_state(facts.order.state)
    if vendor is None or not is_assignment(facts) or state not in ZIP_PREFIXES:
        return
    licences = [licence for licence in vendor.licenses if licence.state == state]
    for day in days_that_matter(facts):
        if not any(licence.covers(day) for licence in licences):
            ended = max((licence.expires_date for licence in licences), default=None)
            yield Found(
                values={"vendor": vendor.name, "state": state, "date": day.isoformat()},
                evidence={"expires_date": ended.isoformat() if ended else None},
            )
            return


def days_that_matter(facts: OrderFacts) -> list[date]:
    """The days on which the vendor must be licensed, the earlier first."""
    days = {day_of_report(facts)} | {day for day in (facts.order.inspection_date,) if day}
    return sorted(days)


@rule("VND-502")
def vendor_is_not_certified(facts: OrderFacts) -> Iterator[Found]:
    """The vendor's level in the property's state is below what product, loan, value or property need."""
    vendor = vendor_at_work(facts)
    if vendor is None or not is_assignment(facts):
        return
    needed, because = max(_levels_needed(facts), key=lambda need: need[0].rank)
    held = _level_of(vendor, facts)
    if held.rank < needed.rank:
        product = facts.product.code if facts.product else "This order"
        yield Found(
            values={"product": f"{product}{because}", "level": f"a {needed.label.lower()} appraiser"},
            evidence={"vendor": vendor.name, "level": held.label},
        )


def _levels_needed(facts: OrderFacts) -> Iterator[tuple[CredentialLevel, str]]:
    """Every level that something about the order asks for, with the words for what it is."""
    order, desk = facts.order, facts.desk
    yield CredentialLevel(facts.product.min_credential) if facts.product else CredentialLevel.TRAINEE, ""
    if order.loan_type in CERTIFIED_LOANS:
        yield CERTIFIED, f" for {order.loan_type.upper()}"
    value = _value_at_stake(facts)
    if value >= desk.certified_value_amount:
        yield CERTIFIED, f" from a value of {desk.certified_value_amount:,.2f} on"
    elif value >= desk.certified_complex_amount and is_complex(facts):
        yield CERTIFIED, f" on a complex property from {desk.certified_complex_amount:,.2f} on"
    if order.property_type == "commercial" or (order.units_excluding_adu or 0) > RESIDENTIAL_UNITS:
        yield CredentialLevel.CERTIFIED_GENERAL, " on a commercial property"


def _value_at_stake(facts: OrderFacts) -> Decimal:
    """The most that anything in the order says the property is worth; a loan is not above the value."""
    stated = [facts.order.estimated_value, facts.order.loan_amount]
    if any(code.startswith("HIVAL-") for code in facts.add_on_codes):
        stated.append(HIGH_VALUE)
    return max((amount for amount in stated if amount is not None), default=Decimal("0.00"))


def is_complex(facts: OrderFacts) -> bool:
    """Whether something about the property, other than its value, makes it complex."""
    return "COMPLEX" in facts.add_on_codes or any(subject != "value" for subject, *_ in complexities(facts))


def _level_of(vendor: VendorFacts, facts: OrderFacts) -> CredentialLevel:
    """The vendor's level in the property's state; where it has no licence there, the one it goes by."""
    state, day = normalise_state(facts.order.state), day_of_report(facts)
    licences = [licence for licence in vendor.licenses if licence.state == state]
    in_force = [licence for licence in licences if licence.covers(day)] or licences
    levels = [licence.credential_level for licence in in_force] or [vendor.credential_level]
    return max((CredentialLevel(level) for level in levels), key=lambda level: level.rank)


@rule("VND-503")
def vendor_is_not_insured(facts: OrderFacts) -> Iterator[Found]:
    """The vendor's insurance ends before the report is due, or covers less than the client asks for."""
    vendor = vendor_at_work(facts)
    if vendor is None:
        return
    day, minimum = day_of_report(facts), facts.desk.eo_minimum_amount
    per_claim = _or(facts.client.eo_minimum_per_claim, minimum)
    aggregate = _or(facts.client.eo_minimum_aggregate, minimum)
    evidence = {"day": day.isoformat(), "per_claim": f"{per_claim:.2f}", "aggregate": f"{aggregate:.2f}"}
    in_force = [policy for policy in vendor.eo_policies if policy.covers(day)]
    if not in_force:
        yield Found(message=_lapse(vendor, facts, day), evidence=evidence)
    elif not any(p.per_claim_limit >= per_claim and p.aggregate_limit >= aggregate for p in in_force):
        best = max(in_force, key=lambda policy: (policy.per_claim_limit, policy.aggregate_limit))
        has, needs = (
            f"{best.per_claim_limit:,.0f}/{best.aggregate_limit:,.0f}",
            f"{per_claim:,.0f}/{aggregate:,.0f}",
        )
        yield Found(message=f"E&O of {vendor.name} covers {has}; {needs} is the least.", evidence=evidence)


def _or(amount: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if amount is None else amount


def _lapse(vendor: VendorFacts, facts: OrderFacts, day: date) -> str:
    if not vendor.eo_policies:
        return f"{vendor.name} has no E&O insurance on file."
    last = max(policy.expires_date for policy in vendor.eo_policies)
    if last >= day:
        return f"E&O of {vendor.name} is not in force on {day}."
    if last >= facts.desk.today:
        return f"E&O of {vendor.name} ends {last}, before the report is due."
    return f"E&O of {vendor.name} ended {last}."


@rule("VND-504")
def papers_of_the_vendor_are_due(facts: OrderFacts) -> Iterator[Found]:
    """Licence or insurance of the vendor ends within 30 days, or another of its papers is missing or too old."""
    vendor, today = facts.vendor, facts.desk.today
    if vendor is None or facts.order.is_finished:
        return
    state = normalise_state(facts.order.state)
    ends = {
        "license": ("License", [each.expires_date for each in vendor.licenses if each.state == state]),
        "eo": ("E&O", [policy.expires_date for policy in vendor.eo_policies]),
    }
    for subject, (item, days) in ends.items():
        if days and today <= max(days) <= today + DUE_SOON:
            yield _due(subject, item, vendor, max(days))
    oldest = _years_before(today, PAPERS_LAST_YEARS)
    dated = {
        "background_check": ("Background check", vendor.background_check_date, oldest),
        "w9": ("W-9", vendor.w9_date, oldest),
        "asc": ("ASC registry check", vendor.asc_checked_date, today - REGISTRY_CHECK_LASTS),
    }
    for subject, (item, day, limit) in dated.items():
        if day is None or day < limit:
            yield _due(subject, item, vendor, day)


def _due(subject: str, item: str, vendor: VendorFacts, day: date | None) -> Found:
    return Found(
        subject=subject,
        values={"item": item, "vendor": vendor.name},
        evidence={"date": day.isoformat() if day else None},
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # The 29th of February.
        return day.replace(year=day.year - years, day=28)


@rule("VND-505")
def vendor_is_overcommitted(facts: OrderFacts) -> Iterator[Found]:
    """The vendor is late with other orders of this client, or has as many open ones as it may have."""
    vendor = facts.vendor
    if vendor is None or facts.order.is_finished:
        return
    others = [each for each in vendor.assignments if each.order_id != facts.order.id]
    late = sum(each.is_late and each.ordered_by_id == facts.client.id for each in others)
    if late:
        yield Found(
            subject="late",
            values={"vendor": vendor.name, "n": late},
            message=f"{vendor.name} has 1 late order." if late == 1 else "",
        )
    if vendor.capacity is not None and len(others) >= vendor.capacity:
        yield Found(
            subject="capacity",
            message=f"{vendor.name} has {len(others)} open without this one, of {vendor.capacity} at once.",
        )
