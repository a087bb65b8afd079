"""Scope: whether what is ordered can be told, fits the property, can be done in time, and is priced for both.

REQ-209, REQ-211, REQ-214, REQ-219, PRC-112 and PRC-113.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from orders.facts import OrderFacts
from orders.fixes import Change
from orders.rules.base import Found, rule
from orders.states import Severity

# UAD 2.6 form numbers that conventional orders no longer name (rule REQ-214).
RETIRED_FORMS = frozenset({"1004", "1073", "1025", "2055", "1004C"})
# Add-on codes of the trade that rules name.
RUSH_3, RUSH_5 = "RUSH-3", "RUSH-5"
RUSH_CODES = frozenset({RUSH_3, RUSH_5})
RUSH_3_DAYS = 3
COMPLEX_LIVING_AREA = 4_000
LARGE_ACRES = 5
HIGH_VALUE = Decimal("1000000")

_PROPERTY_WORDS = {
    "single_family": "single-family home", "condo": "condominium", "coop": "cooperative apartment",
    "pud": "home in a planned unit development", "two_to_four": "two-to-four-unit property",
    "manufactured": "manufactured home", "land": "piece of land", "agricultural": "farm property",
    "mixed_use": "mixed-use property", "commercial": "commercial property",
}  # fmt: skip
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
    # The schedule of a single home (form 1007): several units have their rents in the appraisal.
    "RENT-SCH": (_RESIDENTIAL - {"two_to_four"}, range(1, 2)),
    "LAND": (frozenset({"land", "agricultural"}), range(0, 1)),
    "AG-NARR": (frozenset({"agricultural", "land"}), range(0, 1_000)),
    "COM-NARR": (_COMMERCIAL, range(0, 100_000)),
    "COM-REST": (_COMMERCIAL, range(0, 100_000)),
} | dict.fromkeys(
    ("URAR-EXT", "URAR-DESK", "URAR-HYB", "COMP-RPT", "OIS-216", "FIELD-REV", "ESTATE"),
    (_RESIDENTIAL, range(1, 5)),
)


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
        shown = _PROPERTY_WORDS.get(property_type, "property")
        shown = f"{shown} with {units} {'unit' if units == 1 else 'units'}" if wrong_units else shown
        yield Found(
            values={"product": facts.product.code, "property_type": shown},
            evidence={"property_type": property_type, "units_excluding_adu": units},
        )


@rule("REQ-209")
def due_date_is_too_soon(facts: OrderFacts) -> Iterator[Found]:
    """The due date leaves fewer business days than the product takes; blocking when it cannot be met at all."""
    due, days = facts.order.due_date, facts.days_to_due
    if due is None or days is None:
        return
    standard = facts.product.turn_time_days if facts.product else 0
    is_past = due < facts.ordered_date or (due < facts.desk.today and not facts.order.is_finished)
    if not is_past and days >= standard:
        return
    start = max(facts.ordered_date, facts.desk.today - timedelta(days=1)) if is_past else facts.ordered_date
    when = "past" if due < facts.desk.today else "before the order came"
    fits = facts.desk.calendar.add_business_days(start, standard).isoformat()
    yield Found(
        values={"due": due.isoformat(), "days": days, "std": standard},
        message=f"Due {due} is {when}. The first date that fits is {fits}." if is_past else "",
        severity=Severity.BLOCKING if is_past else Severity.WARNING,
        evidence={"first_date_that_fits": fits},
    )


@rule("PRC-112")
def rush_is_not_priced_as_needed(facts: OrderFacts) -> Iterator[Found]:
    """The due date needs a rush and no line of the right band charges it, or a rush is charged without need."""
    days = facts.days_to_due
    if facts.product is None or days is None:
        return
    charged = RUSH_CODES & set(facts.add_on_codes)
    needed: set[str] = set()
    if days < facts.product.turn_time_days:
        needed = {RUSH_3 if days <= RUSH_3_DAYS else RUSH_5}
    if charged != needed:
        yield Found(
            values={"days": days},
            message=_rush_words(days, needed, charged) if charged else "",
            evidence={"needed": sorted(needed), "charged": sorted(charged), "days": days},
        )


def _rush_words(days: int, needed: set[str], charged: set[str]) -> str:
    """What is charged that should not be."""
    listed = " and ".join(sorted(charged))
    due = f"Due in {days} business {'day' if days == 1 else 'days'}"
    return (
        f"{due} needs {' '.join(needed)}, and {listed} is charged." if needed else f"{due} needs no {listed}."
    )


@rule("PRC-113")
def complexity_is_not_priced(facts: OrderFacts) -> Iterator[Found]:
    """Something about the property usually costs more, and no add-on charges it."""
    codes = set(facts.add_on_codes)
    for subject, flag, add_on in complexities(facts):
        is_priced = (
            any(code.startswith("HIVAL-") for code in codes) if subject == "value" else add_on in codes
        )
        if not is_priced:
            yield Found(subject=subject, values={"flag": flag, "addon": add_on})


def complexities(facts: OrderFacts) -> Iterator[tuple[str, str, str]]:
    """What makes the property complex, as (subject, words, add-on)."""
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
        yield "value", f"A value above {HIGH_VALUE:,}", "a HIVAL add-on"
    if order.property_type == "manufactured" and product != "URAR-MH":
        yield "manufactured", "A manufactured home", "COMPLEX"
