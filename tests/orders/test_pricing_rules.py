"""The pricing rules, each at its boundary, just beside it, and without its fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orders.facts import DuplicateFacts, FeeLineFacts, QuoteFacts
from orders.pricing import PriceBook
from orders.states import Severity
from tests.orders.cast import (
    CLIENT_ID,
    OTHER_CLIENT_ID,
    PRODUCT_IDS,
    D,
    desk_facts,
    findings_of,
    order_facts,
    price_book,
    price_row,
)

DENVER = ZoneInfo("America/Denver")
CLEAN_PROPERTY = "311 birch ave||80302"
RUSH = {"due_date": date(2026, 12, 2), "fee_amount": D("750.00"), "total_amount": D("770.00")}


def _quote(**changes: Any) -> QuoteFacts:
    values: dict[str, Any] = {
        "quote_number": "Q-1", "client_id": CLIENT_ID, "product_code": "URAR-SF", "property_key": CLEAN_PROPERTY,
        "fee_amount": D("640.00"), "expires_date": None,
    }  # fmt: skip
    return QuoteFacts(**values | changes)


def _line(kind: str, amount: str) -> FeeLineFacts:
    return FeeLineFacts(kind=kind, code="X", amount=D(amount))


# code, departure from the clean order, subjects found (one finding each)
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("PRC-101", {"fee_amount": None}, [""]),
    ("PRC-101", {"fee_amount": D("0.00")}, [""]),
    ("PRC-101", {"fee_amount": D("-1.00")}, [""]),
    ("PRC-101", {"fee_amount": D("0.01")}, []),
    ("PRC-101", {"fee_amount": None, "product": None}, [""]),
    ("PRC-101", {"fee_amount": None, "unbillable_amounts": {"fee_amount": "NaN"}}, []),
    ("PRC-102", {"tech_fee": D("-0.01")}, ["tech_fee"]),
    ("PRC-102", {"tech_fee": D("0.00")}, []),
    ("PRC-102", {"fee_amount": D("-0.01"), "others": {"fee_lines": (_line("base", "-0.01"),)}}, ["fee_amount"]),
    ("PRC-102", {"others": {"fee_lines": (_line("add_on", "-5.00"),)}}, ["line:X"]),
    ("PRC-102", {"others": {"fee_lines": (_line("discount", "-5.00"), _line("credit", "-5.00"))}}, []),
    ("PRC-102", {"tech_fee": None, "total_amount": None}, []),
    ("PRC-102", {"total_amount": D("-645.00"), "vendor_fee": D("-1.00")}, ["total_amount", "vendor_fee"]),
    ("PRC-103", {"unbillable_amounts": {"fee_amount": "625.004"}}, ["fee_amount"]),
    ("PRC-103", {"tech_fee": None, "unbillable_amounts": {"tech_fee": "EUR 20"}}, ["tech_fee"]),
    ("PRC-103", {}, []),
    ("PRC-104", {"total_amount": D("645.01")}, [""]),
    ("PRC-104", {"total_amount": D("644.99")}, [""]),
    ("PRC-104", {"total_amount": None}, [""]),
    ("PRC-104", {"fee_amount": None}, []),
    ("PRC-104", {"tech_fee": None}, []),
    ("PRC-104", {"tech_fee": None, "total_amount": D("625.00")}, []),
    ("PRC-104", {"tech_fee": None, "total_amount": D("630.00")}, [""]),
    ("PRC-104", {"total_amount": None, "unbillable_amounts": {"total_amount": "NaN"}}, []),
    ("PRC-105", {"total_amount": D("624.99")}, [""]),
    ("PRC-105", {"total_amount": D("625.00")}, []),
    ("PRC-105", {"total_amount": None}, []),
    ("PRC-106", {"tech_fee": D("20.01")}, [""]),
    ("PRC-106", {"tech_fee": D("19.99")}, [""]),
    ("PRC-106", {"tech_fee": None}, [""]),
    ("PRC-106", {}, []),
    # 2 % of 625.00 is 12.50; 15 % is 93.75.
    ("PRC-107", {"fee_amount": D("637.50")}, []),
    ("PRC-107", {"fee_amount": D("637.51")}, [""]),
    ("PRC-107", {"fee_amount": D("612.49")}, [""]),
    ("PRC-107", {"fee_amount": D("718.75")}, [""]),
    ("PRC-107", {"fee_amount": D("718.76")}, []),
    ("PRC-107", {"fee_amount": None}, []),
    ("PRC-108", {"fee_amount": D("718.75")}, []),
    ("PRC-108", {"fee_amount": D("718.76")}, [""]),
    ("PRC-108", {"fee_amount": D("531.24")}, [""]),
    ("PRC-108", {"fee_amount": D("0.00")}, []),
    ("PRC-108", {"fee_amount": D("900.00"), "accepted_fee_amount": D("900.00")}, []),
    ("PRC-108", {"fee_amount": None}, []),
    # 2 % of 110.00 is less than 5.00.
    ("PRC-107", {"product": "BPO", "fee_amount": D("115.00")}, []),
    ("PRC-107", {"product": "BPO", "fee_amount": D("115.01")}, [""]),
    ("PRC-109", {"product": "COM-NARR"}, [""]),
    ("PRC-109", {"product": "COM-NARR", "quote_number": "Q-1", "agreed_price": D("4000.00")}, []),
    ("PRC-109", {"ordered_at": order_facts().order.ordered_at.replace(year=2020)}, [""]),
    ("PRC-109", {"product": None}, []),
    ("PRC-111", {"agreed_price": D("640.00")}, [""]),
    ("PRC-111", {"agreed_price": D("625.00")}, []),
    ("PRC-111", {"agreed_price": D("640.00"), "fee_amount": None}, []),
    # Seven business days for a turn time of seven; six need a rush, three the dearer one.
    ("PRC-112", {"due_date": date(2026, 12, 3)}, []),
    ("PRC-112", {"due_date": date(2026, 12, 2)}, [""]),
    ("PRC-112", RUSH | {"add_ons": ("RUSH-5",)}, []),
    ("PRC-112", RUSH | {"add_ons": ("RUSH-5",), "due_date": date(2026, 11, 30)}, []),
    ("PRC-112", RUSH | {"add_ons": ("RUSH-5",), "due_date": date(2026, 11, 27)}, [""]),
    ("PRC-112", RUSH | {"add_ons": ("RUSH-3",), "due_date": date(2026, 11, 27)}, []),
    ("PRC-112", {"add_ons": ("RUSH-5",)}, [""]),
    ("PRC-112", {"due_date": None}, []),
    ("PRC-113", {"gross_living_area": 4000, "acres": D("5.000")}, []),
    ("PRC-113", {"gross_living_area": 4001}, ["living_area"]),
    ("PRC-113", {"gross_living_area": 4001, "add_ons": ("COMPLEX",)}, []),
    ("PRC-113", {"acres": D("5.001")}, ["acres"]),
    ("PRC-113", {"acres": D("40"), "product": "LAND"}, []),
    ("PRC-113", {"adu_count": 1}, ["adu"]),
    ("PRC-113", {"adu_count": 0}, []),
    ("PRC-113", {"is_waterfront": True}, ["waterfront"]),
    ("PRC-113", {"estimated_value": D("1000000.00")}, []),
    ("PRC-113", {"estimated_value": D("1000000.01")}, ["value"]),
    ("PRC-113", {"estimated_value": D("3000000.00"), "add_ons": ("HIVAL-1",)}, []),
    ("PRC-113", {"property_type": "manufactured", "product": "URAR-MH"}, []),
    ("PRC-113", {"property_type": "manufactured"}, ["manufactured"]),
    ("PRC-113", {"gross_living_area": None, "acres": None, "adu_count": None, "is_waterfront": None}, []),
    # A product named by its old form is the same product.
    ("PRC-113", {"property_type": "manufactured", "product": None, "legacy_form": "1004C"}, []),
    # 85 % of 625.00 is 531.25: a margin of exactly 15 % passes.
    ("PRC-114", {"vendor_fee": D("531.25")}, []),
    ("PRC-114", {"vendor_fee": D("531.26")}, [""]),
    ("PRC-114", {"vendor_fee": D("625.01")}, [""]),
    ("PRC-114", {"vendor_fee": None}, []),
    ("PRC-114", {"vendor_fee": D("500.00"), "fee_amount": None}, []),
    ("PRC-114", {"vendor_fee": D("500.00"), "fee_amount": D("0.00")}, []),
    ("PRC-115", {"fee_amount": D("625.01"), "accepted_fee_amount": D("625.00")}, [""]),
    ("PRC-115", {"fee_amount": D("625.00"), "accepted_fee_amount": D("625.00")}, []),
    ("PRC-115", {"fee_amount": D("624.99"), "accepted_fee_amount": D("625.00")}, []),
    ("PRC-115", {"fee_amount": D("900.00"), "accepted_fee_amount": None}, []),
    ("PRC-115", {"fee_amount": None, "accepted_fee_amount": D("625.00")}, []),
    ("PRC-116", {"product": "COMP-RPT"}, [""]),
    ("PRC-116", {"product": "RENT-SCH", "street": ""}, [""]),
    ("PRC-116", {"product": "URAR-SF"}, []),
    ("PRC-116", {"product": None, "legacy_form": "1004D"}, [""]),
    ("PRC-116", {"product": None}, []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "subjects"), CASES)
def test_a_pricing_rule_fires_where_it_should(
    code: str, departure: dict[str, Any], subjects: list[str]
) -> None:
    assert [finding.subject for finding in findings_of(code, order_facts(**departure))] == subjects


TIED = {"tech_fee": D("20.00"), "total_amount": D("645.00")}
# code, departure, changes as field -> value afterwards
FIXES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("PRC-101", {"fee_amount": None}, {"fee_amount": D("625.00")}),
    ("PRC-101", {"fee_amount": None, "total_amount": None}, {"fee_amount": D("625.00"), "total_amount": D("645.00")}),
    ("PRC-101", {"fee_amount": D("0.00")}, {}),
    ("PRC-101", {"fee_amount": None, "product": "COM-NARR"}, {}),
    ("PRC-102", {"tech_fee": D("-20.00")}, {"tech_fee": D("20.00")}),
    ("PRC-102", {"tech_fee": D("-20.00"), "total_amount": D("605.00")}, {}),
    ("PRC-103", {"tech_fee": None, "unbillable_amounts": {"tech_fee": "NaN"}}, {}),
    ("PRC-103", {"unbillable_amounts": {"fee_amount": "625.004"}}, {"fee_amount": D("625.00")}),
    ("PRC-104", {"total_amount": D("900.00")}, {"total_amount": D("645.00")}),
    ("PRC-104", {"total_amount": D("620.00")}, {"total_amount": D("645.00")}),
    ("PRC-104", {"total_amount": D("619.99")}, {}),
    # Upward only when fee and tech fee are the effective ones.
    ("PRC-104", {"total_amount": D("640.00"), "fee_amount": D("630.00")}, {}),
    ("PRC-104", {"total_amount": D("640.00"), "tech_fee": D("19.00")}, {}),
    ("PRC-104", {"total_amount": D("700.00"), "fee_amount": D("0.00")}, {}),
    ("PRC-106", {"tech_fee": D("25.00"), "total_amount": D("650.00")}, TIED),
    ("PRC-106", {"tech_fee": D("15.00"), "total_amount": D("640.00")}, {}),
    ("PRC-106", {"tech_fee": None, "total_amount": D("625.00")}, TIED),
    ("PRC-106", {"tech_fee": None, "fee_amount": D("630.00"), "total_amount": D("630.00")}, {}),
    ("PRC-106", {"tech_fee": None}, {"tech_fee": D("20.00")}),
    ("PRC-111", {"agreed_price": D("600.00")}, {}),
    # A fee above the one that was accepted is neither filled in nor kept.
    ("PRC-101", {"fee_amount": None, "accepted_fee_amount": D("600.00")}, {}),
    ("PRC-115", {"fee_amount": D("650.00"), "total_amount": D("670.00"), "accepted_fee_amount": D("625.00")},
     {"fee_amount": D("625.00"), "total_amount": D("645.00")}),
    ("PRC-115", {"fee_amount": D("650.00"), "accepted_fee_amount": D("625.00")}, {"fee_amount": D("625.00")}),
    ("PRC-114", {"vendor_fee": D("600.00")}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "after"), FIXES)
def test_a_pricing_rule_offers_only_what_is_safe(
    code: str, departure: dict[str, Any], after: dict[str, Any]
) -> None:
    (finding,) = findings_of(code, order_facts(**departure))
    assert {change.field: change.after for change in finding.fix} == after


@pytest.mark.parametrize(
    ("quote", "fee", "fixable"),
    [
        (_quote(fee_amount=D("600.00")), "625.00", True),
        (_quote(fee_amount=D("650.00")), "625.00", True),
        # The client would pay 25.01 more: for a person to decide.
        (_quote(fee_amount=D("650.01")), "625.00", False),
        (_quote(product_code="URAR-CONDO"), "625.00", False),
        (_quote(property_key="312 birch ave||80302"), "625.00", False),
        (_quote(client_id=CLIENT_ID + 1), "625.00", False),
        (_quote(expires_date=date(2026, 11, 22)), "625.00", False),
        (_quote(expires_date=date(2026, 11, 23)), "625.00", True),
    ],
)
def test_the_quoted_fee_is_set_only_for_the_same_client_product_and_property(
    quote: QuoteFacts, fee: str, fixable: bool
) -> None:
    facts = order_facts(quote_number="Q-1", fee_amount=D(fee), others={"quote": quote})
    (finding,) = findings_of("PRC-111", facts)
    assert bool(finding.fix) == fixable


def test_a_quoted_fee_is_not_set_where_no_total_bounds_what_the_client_pays_more() -> None:
    for quoted, fixable in (("650.00", True), ("650.01", False)):
        others = {"quote": _quote(fee_amount=D(quoted))}
        (finding,) = findings_of("PRC-111", order_facts(total_amount=None, quote_number="Q-1", others=others))
        assert bool(finding.fix) == fixable


def test_a_quoted_fee_is_not_set_above_the_one_that_was_accepted() -> None:
    facts = order_facts(accepted_fee_amount=D("625.00"), quote_number="Q-1", others={"quote": _quote()})
    (finding,) = findings_of("PRC-111", facts)
    assert not finding.fix


@pytest.mark.parametrize(
    ("quote", "fee", "codes"),
    [
        (_quote(), "640.00", []),
        (_quote(), "900.00", []),
        # What was quoted for another property says nothing about this one.
        (_quote(property_key="312 birch ave||80302"), "640.00", ["PRC-107"]),
        (_quote(expires_date=date(2026, 11, 22)), "900.00", ["PRC-108"]),
    ],
)
def test_a_quote_for_this_order_stands_in_the_place_of_the_list(
    quote: QuoteFacts, fee: str, codes: list[str]
) -> None:
    facts = order_facts(quote_number="Q-1", fee_amount=D(fee), others={"quote": quote})
    assert [code for code in ("PRC-107", "PRC-108") if findings_of(code, facts)] == codes


BEFORE, AFTER = date(2026, 8, 1), date(2026, 11, 24)
OLD_LIST = price_row(
    list_name="v2", amount=D("610.00"), effective_from=BEFORE, effective_to=date(2026, 8, 31)
)
NEXT_LIST = price_row(list_name="v4", amount=D("640.00"), effective_from=AFTER)
CURRENT = price_row(effective_from=date(2026, 9, 1), effective_to=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("departure", "used", "current"),
    [
        ({"fee_amount": D("610.00")}, BEFORE, "625.00"),
        ({"fee_amount": D("640.00")}, AFTER, "625.00"),
        ({"fee_amount": D("735.00"), "add_ons": ("RUSH-5",)}, BEFORE, "750.00"),
        # In time for the old list.
        ({"fee_amount": D("610.00"), "ordered_at": datetime(2026, 8, 31, 23, 0, tzinfo=DENVER)}, None, ""),
        ({"fee_amount": D("625.00"), "ordered_at": datetime(2026, 8, 31, 23, 0, tzinfo=DENVER)},
         date(2026, 9, 1), "610.00"),
        ({"fee_amount": D("610.01")}, None, ""),
        ({"fee_amount": D("625.00")}, None, ""),
        ({"fee_amount": None}, None, ""),
        ({"fee_amount": D("610.00"), "product": None}, None, ""),
        ({"fee_amount": D("610.00"), "agreed_price": D("610.00")}, None, ""),
    ],
)  # fmt: skip
def test_a_fee_of_a_list_that_was_over_or_had_not_begun_is_named(
    departure: dict[str, Any], used: date | None, current: str
) -> None:
    add_ons = list(price_book().add_ons.values())
    desk = desk_facts(price_book=PriceBook.of([OLD_LIST, CURRENT, NEXT_LIST], add_ons))
    found = findings_of("PRC-110", order_facts(desk=desk, **departure))
    words = [f"Price list of {used} was used; current price is {current}."] if used else []
    assert [finding.message for finding in found] == words


def test_an_old_list_is_not_named_when_no_other_followed_it() -> None:
    desk = desk_facts(price_book=PriceBook.of([OLD_LIST], []))
    facts = order_facts(desk=desk, fee_amount=D("610.00"))
    assert not findings_of("PRC-110", facts) and findings_of("PRC-109", facts)


def test_a_clients_share_of_an_old_list_is_an_old_list_too() -> None:
    share = price_row(list_name="own", client_id=CLIENT_ID, product_id=None, amount=None, factor=D("0.9200"))
    desk = desk_facts(price_book=PriceBook.of([OLD_LIST, CURRENT, share], []))
    (finding,) = findings_of("PRC-110", order_facts(desk=desk, fee_amount=D("561.20")))
    assert finding.message == f"Price list of {BEFORE} was used; current price is 575.00."


def test_a_margin_just_below_the_floor_never_reads_as_the_floor() -> None:
    (finding,) = findings_of("PRC-114", order_facts(vendor_fee=D("531.26")))
    assert finding.message == "Vendor fee 531.26 leaves a margin of 14.9%."


@pytest.mark.parametrize(
    ("parent", "finds"),
    [
        ({}, False),
        ({"is_earlier": False}, False),
        ({"is_delivered": True, "delivered_date": date(2020, 1, 1)}, False),
        ({"ordered_by_id": OTHER_CLIENT_ID}, True),
        ({"product_code": "RENT-SCH"}, True),
    ],
)
def test_an_add_on_product_needs_an_appraisal_of_the_same_client(parent: dict[str, Any], finds: bool) -> None:
    values: dict[str, Any] = {
        "order_number": "MV-0", "ordered_by_id": CLIENT_ID, "product_code": "URAR-SF", "is_delivered": False,
        "delivered_date": None,
    }  # fmt: skip
    facts = order_facts(product="COMP-RPT", others={"duplicates": (DuplicateFacts(**values | parent),)})
    found = findings_of("PRC-116", facts)
    assert [finding.severity for finding in found] == ([Severity.INFO] if finds else [])


def test_a_tie_between_price_rows_is_no_price() -> None:
    desk = desk_facts(price_book=price_book(price_row(list_name="v4", amount=D("640.00"))))
    (finding,) = findings_of("PRC-109", order_facts(desk=desk))
    assert finding.evidence["price"] == "2 price rows are in force on 2026-11-23 at once (lists v3, v4)."


def test_the_messages_say_what_and_how_much() -> None:
    (finding,) = findings_of("PRC-104", order_facts(total_amount=D("700.00")))
    assert finding.message == "Total 700.00 does not equal fee 625.00 + tech fee 20.00 = 645.00."
    (finding,) = findings_of("PRC-101", order_facts(fee_amount=None))
    assert finding.message == "No fee on this order. Catalogue price for URAR-SF in CO is 625.00."
    (finding,) = findings_of("PRC-106", order_facts(tech_fee=None))
    assert finding.message == "Tech fee empty; Cascade Home Lending should pay 20.00."


@pytest.mark.parametrize(
    ("due", "add_ons", "words"),
    [
        (date(2026, 12, 2), (), "Due in 6 business days but no rush fee."),
        (date(2026, 12, 3), ("RUSH-5",), "Due in 7 business days needs no RUSH-5."),
        (date(2026, 11, 24), ("RUSH-5",), "Due in 1 business day needs RUSH-3, and RUSH-5 is charged."),
    ],
)
def test_a_rush_that_is_charged_wrongly_is_named(due: date, add_ons: tuple[str, ...], words: str) -> None:
    (finding,) = findings_of("PRC-112", order_facts(due_date=due, add_ons=add_ons))
    assert finding.message == words


def test_an_amount_that_was_corrected_since_can_be_billed() -> None:
    for stated in ("630.004", "NaN", "EUR 625"):
        assert not findings_of("PRC-103", order_facts(unbillable_amounts={"fee_amount": stated}))


def test_a_client_and_a_product_may_have_a_tech_fee_of_their_own() -> None:
    facts = order_facts()
    own = replace(facts.client, tech_fee=D("0.00"))
    assert order_facts(client=own).effective_tech_fee == D("0.00")
    products = dict(facts.desk.products)
    products[PRODUCT_IDS["URAR-SF"]] = replace(products[PRODUCT_IDS["URAR-SF"]], tech_fee=D("15.00"))
    assert order_facts(desk=desk_facts(products=products)).effective_tech_fee == D("15.00")
    assert order_facts(client=own, desk=desk_facts(products=products)).effective_tech_fee == D("0.00")
