"""Requirements: what an order must tell before work can begin (domain, 1.4 and REQ-…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from orders.addresses import ZIP_PREFIXES, is_email, is_phone, is_zip_in_state, normalise_state, zip5
from orders.facts import DuplicateFacts, OrderFacts
from orders.fixes import Change
from orders.rules.base import Found, rule
from orders.states import Severity

FHA_CASE_NUMBER = re.compile(r"[0-9]{3}-[0-9]{7}")
# Clients who order for themselves or for a court: they are their own borrower, and must say what for.
PRIVATE_OR_LEGAL = frozenset({"private", "attorney", "accountant"})
ESTATE = "ESTATE"
# UAD 2.6 form numbers that conventional orders no longer name (rule REQ-214).
RETIRED_FORMS = frozenset({"1004", "1073", "1025", "2055", "1004C"})
# Products that are expected beside another order at the same property.
COMPANIONS = frozenset({"COMP-RPT", "FIELD-REV", "DESK-REV", "RENT-SCH"})
DUPLICATE_BLOCKS_DAYS = 30
DUPLICATE_WARNS_DAYS = 120

_ONE_HOME = frozenset({"single_family", "pud"})
_RESIDENTIAL = frozenset({"single_family", "pud", "condo", "coop", "two_to_four", "manufactured"})
_COMMERCIAL = frozenset({"commercial", "mixed_use", "land", "agricultural"})
# What each product is written for: property types, and units without ADUs. Products not named here fit anything.
_FITS: dict[str, tuple[frozenset[str], range]] = {
    "URAR-SF": (_ONE_HOME, range(1, 2)),
    "URAR-SF-FHA": (_ONE_HOME, range(1, 2)),
    "URAR-CONDO": (frozenset({"condo"}), range(1, 2)),
    "URAR-COOP": (frozenset({"coop"}), range(1, 2)),
    "URAR-MH": (frozenset({"manufactured"}), range(1, 2)),
    "URAR-24": (frozenset({"two_to_four"}), range(2, 5)),
    "LAND": (frozenset({"land", "agricultural"}), range(0, 1)),
    "AG-NARR": (frozenset({"agricultural", "land"}), range(0, 1_000)),
    "COM-NARR": (_COMMERCIAL, range(0, 100_000)),
    "COM-REST": (_COMMERCIAL, range(0, 100_000)),
} | dict.fromkeys(
    ("URAR-EXT", "URAR-DESK", "URAR-HYB", "COMP-RPT", "RENT-SCH", "OIS-216", "FIELD-REV", ESTATE),
    (_RESIDENTIAL, range(1, 5)),
)


def is_private_or_legal(facts: OrderFacts) -> bool:
    """Whether the client orders on its own behalf, not for a loan."""
    is_estate = facts.product is not None and facts.product.code == ESTATE
    return facts.client.client_type in PRIVATE_OR_LEGAL or is_estate


@rule("REQ-219")
def product_is_unknown(facts: OrderFacts) -> Iterator[Found]:
    """Nothing in the order names a product that the desk sells."""
    if facts.product is None:
        order = facts.order
        yield Found(evidence={"product": order.product_text, "legacy_form": order.legacy_form})


@rule("REQ-214")
def legacy_form_is_named(facts: OrderFacts) -> Iterator[Found]:
    """A conventional order names a form number although UAD 3.6 is in force."""
    order, form = facts.order, facts.order.legacy_form.strip().upper()
    is_in_force = facts.ordered_date >= facts.desk.uad36_effective_date
    if form not in RETIRED_FORMS or order.loan_type != "conventional" or not is_in_force:
        return
    meant = facts.desk.product_of_form(form, order.loan_type)
    mapped = facts.product or meant
    fix: tuple[Change, ...] = ()
    if mapped is not None and mapped == meant:
        fix = (
            Change("legacy_form", order.legacy_form, ""),
            Change("legacy_form_alias", order.legacy_form_alias, form),
        )
        if order.product_id is None and not order.product_text.strip():
            fix = (Change("product", None, mapped.code), *fix)
    yield Found(values={"form": form, "mapped": mapped.code if mapped else "no product"}, fix=fix)


@rule("REQ-201")
def address_is_incomplete(facts: OrderFacts) -> Iterator[Found]:
    """Street, city, state or ZIP is missing, is none, or the ZIP lies in another state."""
    order = facts.order
    state, zip_five = normalise_state(order.state), zip5(order.zip)
    missing = [name for name in ("street", "city") if not getattr(order, name).strip()]
    if state not in ZIP_PREFIXES:
        missing.append("state" if not state else f"state ({order.state.strip()} is none)")
    if not zip_five:
        missing.append("ZIP" if not order.zip.strip() else f"ZIP ({order.zip.strip()} is none)")
    elif state in ZIP_PREFIXES and not is_zip_in_state(zip_five, state):
        missing.append(f"ZIP ({zip_five} is not in {state})")
    if missing:
        yield Found(values={"missing": ", ".join(missing)}, evidence={"missing": missing})


@rule("REQ-202")
def borrower_cannot_be_reached(facts: OrderFacts) -> Iterator[Found]:
    """The borrower has no name, or neither phone nor e-mail; a private or legal client stands in for itself."""
    order = facts.order
    can_be_reached = is_phone(order.borrower_phone) or is_email(order.borrower_email)
    if is_private_or_legal(facts) or (order.borrower_name.strip() and can_be_reached):
        return
    missing = [] if order.borrower_name.strip() else ["name"]
    yield Found(evidence={"missing": missing if can_be_reached else [*missing, "phone or e-mail"]})


@rule("REQ-203")
def nobody_lets_the_appraiser_in(facts: OrderFacts) -> Iterator[Found]:
    """The product looks inside, and no contact with name and phone opens the door."""
    order = facts.order
    name, phone = order.property_contact_name.strip(), order.property_contact_phone.strip()
    if facts.product is None or not facts.product.inspects_interior or (name and is_phone(phone)):
        return
    fix: tuple[Change, ...] = ()
    lives_there = order.occupancy == "owner" and order.borrower_name.strip()
    if lives_there and is_phone(order.borrower_phone) and not name and not phone:
        fix = (
            Change("property_contact_name", order.property_contact_name, order.borrower_name),
            Change("property_contact_phone", order.property_contact_phone, order.borrower_phone),
        )
    yield Found(evidence={"name": name, "phone": phone, "occupancy": order.occupancy}, fix=fix)


@rule("REQ-204")
def fha_case_number_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """An FHA order has no case number, or one of another form."""
    order, number = facts.order, facts.order.fha_case_number.strip()
    if order.loan_type != "fha" or FHA_CASE_NUMBER.fullmatch(number):
        return
    fix: tuple[Change, ...] = ()
    if re.fullmatch(r"[0-9]{10}", number):
        fix = (Change("fha_case_number", order.fha_case_number, f"{number[:3]}-{number[3:]}"),)
    yield Found(evidence={"fha_case_number": order.fha_case_number}, fix=fix)


@rule("REQ-205")
def va_assigns_its_own_orders(facts: OrderFacts) -> Iterator[Found]:
    """VA appraisals are ordered through VA, which assigns them to its own panel."""
    if facts.order.loan_type == "va":
        yield Found(evidence={"loan_type": facts.order.loan_type})


@rule("REQ-208")
def engagement_is_not_described(facts: OrderFacts) -> Iterator[Found]:
    """A private, legal, estate or tax order does not say what for, for whom, or as of when."""
    if not is_private_or_legal(facts):
        return
    order = facts.order
    told = {
        "intended use": order.intended_use.strip(),
        "intended users": order.intended_users.strip(),
        "effective date": order.effective_date,
    }
    missing = [name for name, value in told.items() if not value]
    if missing:
        yield Found(evidence={"missing": missing})


@rule("REQ-209")
def due_date_is_too_soon(facts: OrderFacts) -> Iterator[Found]:
    """The due date leaves fewer business days than the product takes; blocking when it cannot be met at all."""
    due = facts.order.due_date
    if facts.product is None or due is None:
        return
    standard = facts.product.turn_time_days
    days = facts.desk.calendar.business_days_between(facts.ordered_date, due)
    is_past = due < facts.ordered_date or (due < facts.desk.today and not facts.order.is_finished)
    if not is_past and days >= standard:
        return
    start = max(facts.ordered_date, facts.desk.today - timedelta(days=1)) if is_past else facts.ordered_date
    yield Found(
        values={"due": due.isoformat(), "days": days, "std": standard},
        severity=Severity.BLOCKING if is_past else Severity.WARNING,
        evidence={"first_date_that_fits": facts.desk.calendar.add_business_days(start, standard).isoformat()},
    )


@rule("REQ-211")
def product_does_not_fit(facts: OrderFacts) -> Iterator[Found]:
    """The product is not made for this kind of property, or for so many units."""
    fits = _FITS.get(facts.product.code) if facts.product else None
    if facts.product is None or fits is None:
        return
    types, unit_range = fits
    property_type, units = facts.order.property_type, facts.order.units_excluding_adu
    wrong_type = property_type != "" and property_type not in types
    wrong_units = units is not None and units not in unit_range
    if wrong_type or wrong_units:
        shown = property_type.replace("_", " ") or "property"
        shown = f"{shown} of {units} units" if wrong_units else shown
        yield Found(
            values={"product": facts.product.code, "property_type": shown},
            evidence={"property_type": property_type, "units_excluding_adu": units},
        )


@rule("REQ-212")
def order_looks_like_a_duplicate(facts: OrderFacts) -> Iterator[Found]:
    """An earlier order at the same property is open, or was delivered not long ago."""
    if facts.product is not None and facts.product.code in COMPANIONS:
        return
    for other in facts.duplicates:
        severity = _duplicate_severity(facts, other)
        if severity is not None and other.product_code not in COMPANIONS:
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


@rule("REQ-213")
def state_is_not_served(facts: OrderFacts) -> Iterator[Found]:
    """The desk is not registered in the property's state, or does not sell the product there."""
    state = normalise_state(facts.order.state)
    if state not in ZIP_PREFIXES:
        return
    off = facts.product is not None and state in facts.product.states_off
    if state not in facts.desk.states_served or off:
        product = facts.product.code if facts.product else "orders"
        yield Found(
            values={"tenant": facts.desk.tenant_name, "product": product, "state": state},
            evidence={"states_served": sorted(facts.desk.states_served)},
        )
