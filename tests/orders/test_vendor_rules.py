"""The vendor's licence, level, insurance, papers and other work, to the day and to the cent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from orders.facts import AssignmentFacts, VendorFacts
from orders.states import Stage
from tests.orders.cast import (
    CLIENT_ID,
    NOW,
    OTHER_CLIENT_ID,
    TODAY,
    D,
    client_facts,
    findings_of,
    license_facts,
    order_facts,
    policy_facts,
    vendor_facts,
)

DUE = date(2026, 12, 3)
DAY = timedelta(days=1)
LATER = TODAY + timedelta(days=400)
LICENSED = {"level": "licensed"}
GENERAL = {"level": "certified_general"}


def _licences(*spans: tuple[date | None, date]) -> VendorFacts:
    return vendor_facts(
        licenses=tuple(license_facts(starts_date=start, expires_date=end) for start, end in spans)
    )


CASES: list[tuple[str, dict[str, Any], int]] = [
    ("VND-501", {"vendor": vendor_facts(license_ends=DUE)}, 0),
    ("VND-501", {"vendor": vendor_facts(license_ends=DUE - DAY)}, 1),
    ("VND-501", {"vendor": _licences((DUE, LATER))}, 0),
    ("VND-501", {"vendor": _licences((DUE + DAY, LATER))}, 1),
    ("VND-501", {"vendor": _licences((None, TODAY), (TODAY + DAY, LATER))}, 0),
    # The day of the inspection counts like that of the report, by another licence too.
    ("VND-501", {"vendor": _licences((DUE, LATER)), "inspection_date": TODAY}, 1),
    ("VND-501", {"vendor": _licences((None, TODAY), (DUE, LATER)), "inspection_date": TODAY}, 0),
    ("VND-501", {"vendor": _licences((DUE - DAY, LATER)), "inspection_date": DUE - DAY}, 0),
    ("VND-501", {"vendor": _licences((DUE - DAY, LATER)), "inspection_date": DUE - 2 * DAY}, 1),
    ("VND-501", {"vendor": _licences((None, TODAY), (TODAY + DAY, LATER)), "inspection_date": TODAY}, 0),
    ("VND-501", {"vendor": vendor_facts(state="WY")}, 1),
    ("VND-501", {"vendor": vendor_facts(), "state": " co "}, 0),
    ("VND-501", {"vendor": vendor_facts(), "state": "XX"}, 0),
    ("VND-501", {"vendor": vendor_facts(licenses=())}, 1),
    ("VND-501", {"vendor": vendor_facts(license_ends=TODAY), "due_date": None}, 0),
    ("VND-501", {"vendor": vendor_facts(license_ends=TODAY - DAY), "due_date": TODAY - DAY}, 1),
    ("VND-501", {"vendor": vendor_facts(state="WY"), "product": "BPO"}, 0),
    ("VND-501", {"vendor": vendor_facts(state="WY"), "stage": Stage.CANCELLED}, 0),
    (
        "VND-501",
        {"vendor": vendor_facts(license_ends=TODAY), "delivered_at": NOW, "stage": Stage.DELIVERED},
        0,
    ),
    ("VND-501", {"vendor": None}, 0),
    # The product's own level.
    ("VND-502", {"vendor": vendor_facts(**LICENSED)}, 0),
    ("VND-502", {"vendor": vendor_facts(level="trainee")}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "product": "URAR-24"}, 1),
    ("VND-502", {"vendor": vendor_facts(), "product": "URAR-24"}, 0),
    ("VND-502", {"vendor": vendor_facts(), "product": "COM-NARR"}, 1),
    ("VND-502", {"vendor": vendor_facts(**GENERAL), "product": "COM-NARR"}, 0),
    ("VND-502", {"vendor": vendor_facts(level="trainee"), "product": "BPO"}, 0),
    # The loan.
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "loan_type": "fha"}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "loan_type": "va"}, 1),
    ("VND-502", {"vendor": vendor_facts(), "loan_type": "fha"}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "loan_type": "usda"}, 0),
    # The value.
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("1000000.00")}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("999999.99")}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "loan_amount": D("1000000.00")}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "add_ons": ("HIVAL-1",)}, 1),
    ("VND-502", {"vendor": vendor_facts(), "estimated_value": D("1000000.00")}, 0),
    # A complex property.
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("400000.00"), "adu_count": 1}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("399999.99"), "adu_count": 1}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("400000.00")}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("400000.00"), "add_ons": ("COMPLEX",)}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "adu_count": 1}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("400000.00"), "gross_living_area": 4001}, 1),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "estimated_value": D("400000.00"), "gross_living_area": 4000}, 0),
    # What is no residence.
    ("VND-502", {"vendor": vendor_facts(), "property_type": "commercial"}, 1),
    ("VND-502", {"vendor": vendor_facts(), "units_excluding_adu": 4, "product": "URAR-24"}, 0),
    ("VND-502", {"vendor": vendor_facts(), "units_excluding_adu": 5, "product": "URAR-24"}, 1),
    # What the property's state says counts; without a licence there, what the vendor goes by.
    (
        "VND-502",
        {
            "vendor": vendor_facts(licenses=(license_facts(level="licensed", expires_date=LATER),)),
            "loan_type": "fha",
        },
        1,
    ),
    ("VND-502", {"vendor": vendor_facts(licenses=()), "loan_type": "fha"}, 0),
    ("VND-502", {"vendor": vendor_facts(level="trainee"), "stage": Stage.CANCELLED}, 0),
    ("VND-502", {"vendor": vendor_facts(**LICENSED), "product": None, "loan_type": "fha"}, 1),
    ("VND-502", {"vendor": None, "loan_type": "fha"}, 0),
    ("VND-503", {"vendor": vendor_facts(eo_ends=DUE)}, 0),
    ("VND-503", {"vendor": vendor_facts(eo_ends=DUE - DAY)}, 1),
    ("VND-503", {"vendor": vendor_facts(eo_policies=())}, 1),
    ("VND-503", {"vendor": vendor_facts(eo_policies=()), "stage": Stage.CANCELLED}, 0),
    ("VND-503", {"vendor": None}, 0),
    # Papers that end: today, in 30 days, in 31; yesterday is VND-501 or VND-503.
    ("VND-504", {"vendor": vendor_facts(license_ends=TODAY)}, 1),
    ("VND-504", {"vendor": vendor_facts(license_ends=TODAY + 30 * DAY)}, 1),
    ("VND-504", {"vendor": vendor_facts(license_ends=TODAY + 31 * DAY)}, 0),
    ("VND-504", {"vendor": vendor_facts(license_ends=TODAY - DAY)}, 0),
    ("VND-504", {"vendor": vendor_facts(license_ends=TODAY, state="WY")}, 0),
    ("VND-504", {"vendor": _licences((None, TODAY), (TODAY + DAY, LATER))}, 0),
    ("VND-504", {"vendor": vendor_facts(eo_ends=TODAY + 30 * DAY)}, 1),
    ("VND-504", {"vendor": vendor_facts(eo_ends=TODAY + 31 * DAY)}, 0),
    ("VND-504", {"vendor": vendor_facts(eo_ends=TODAY - DAY)}, 0),
    # Papers that grow old: three years, and 92 days for the registry.
    ("VND-504", {"vendor": vendor_facts(w9_date=date(2023, 11, 23))}, 0),
    ("VND-504", {"vendor": vendor_facts(w9_date=date(2023, 11, 22))}, 1),
    ("VND-504", {"vendor": vendor_facts(w9_date=None)}, 1),
    ("VND-504", {"vendor": vendor_facts(background_check_date=date(2023, 11, 23))}, 0),
    ("VND-504", {"vendor": vendor_facts(background_check_date=date(2023, 11, 22))}, 1),
    ("VND-504", {"vendor": vendor_facts(background_check_date=None)}, 1),
    ("VND-504", {"vendor": vendor_facts(asc_checked_date=TODAY - 92 * DAY)}, 0),
    ("VND-504", {"vendor": vendor_facts(asc_checked_date=TODAY - 93 * DAY)}, 1),
    ("VND-504", {"vendor": vendor_facts(asc_checked_date=None)}, 1),
    ("VND-504", {"vendor": vendor_facts(w9_date=None, asc_checked_date=None)}, 2),
    ("VND-504", {"vendor": vendor_facts(w9_date=None), "stage": Stage.DELIVERED, "delivered_at": NOW}, 0),
    ("VND-504", {"vendor": None}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "count"), CASES)
def test_a_vendor_rule_fires_where_it_should(code: str, departure: dict[str, Any], count: int) -> None:
    assert len(findings_of(code, order_facts(**departure))) == count


ASKS_TWO = client_facts(eo_minimum_per_claim=D("1000000.00"), eo_minimum_aggregate=D("2000000.00"))
ASKS_LITTLE = client_facts(eo_minimum_per_claim=D("300000.00"), eo_minimum_aggregate=D("600000.00"))


@pytest.mark.parametrize(
    ("client", "limits", "count"),
    [
        (None, ("1000000.00", "1000000.00"), 0),
        (None, ("999999.99", "1000000.00"), 1),
        (ASKS_TWO, ("1000000.00", "2000000.00"), 0),
        (ASKS_TWO, ("1000000.00", "1999999.99"), 1),
        (ASKS_LITTLE, ("300000.00", "600000.00"), 0),
        (ASKS_LITTLE, ("299999.99", "600000.00"), 1),
    ],
)
def test_insurance_must_cover_what_the_client_asks_or_else_the_desk(
    client: Any, limits: tuple[str, str], count: int
) -> None:
    policy = policy_facts(expires_date=LATER, per_claim=limits[0], aggregate=limits[1])
    facts = order_facts(client=client, vendor=vendor_facts(eo_policies=(policy,)))
    assert len(findings_of("VND-503", facts)) == count


def test_one_policy_must_cover_it_all() -> None:
    small = policy_facts(expires_date=LATER, per_claim="500000.00")
    ended = policy_facts(expires_date=DUE - DAY)
    assert findings_of("VND-503", order_facts(vendor=vendor_facts(eo_policies=(small, ended))))


def _assigned(order_id: int, *, client: int = CLIENT_ID, late: bool = False) -> AssignmentFacts:
    return AssignmentFacts(order_id=order_id, ordered_by_id=client, is_late=late)


@pytest.mark.parametrize(
    ("capacity", "assignments", "subjects"),
    [
        (None, (_assigned(2, late=True),), ["late"]),
        (None, (_assigned(2),), []),
        (None, (_assigned(1, late=True),), []),
        (None, (_assigned(2, client=OTHER_CLIENT_ID, late=True),), []),
        (2, (_assigned(1), _assigned(2)), []),
        (2, (_assigned(2), _assigned(3)), ["capacity"]),
        (2, (_assigned(2), _assigned(3, late=True)), ["late", "capacity"]),
        (0, (), ["capacity"]),
        (None, (), []),
    ],
)
def test_other_work_of_the_vendor_is_a_warning(
    capacity: int | None, assignments: tuple[AssignmentFacts, ...], subjects: list[str]
) -> None:
    vendor = vendor_facts(capacity=capacity, assignments=assignments)
    found = findings_of("VND-505", order_facts(id=1, vendor=vendor))
    assert [finding.subject for finding in found] == subjects


def _said(code: str, **departure: Any) -> list[str]:
    return [finding.message for finding in findings_of(code, order_facts(**departure))]


def test_the_messages_name_vendor_and_day() -> None:
    assert _said("VND-501", vendor=vendor_facts(license_ends=TODAY)) == [
        "Ida Kestrel: no valid CO license on 2026-12-03."
    ]
    assert _said("VND-501", vendor=_licences((DUE, LATER)), inspection_date=DUE - DAY) == [
        "Ida Kestrel: no valid CO license on 2026-12-02."
    ]
    assert _said("VND-502", vendor=vendor_facts(**LICENSED), loan_type="fha") == [
        "URAR-SF for FHA needs a certified residential appraiser."
    ]
    assert _said("VND-502", vendor=vendor_facts(**LICENSED), estimated_value=D("1200000")) == [
        "URAR-SF from a value of 1,000,000.00 on needs a certified residential appraiser."
    ]
    assert _said("VND-504", vendor=vendor_facts(w9_date=None)) == ["W-9 of Ida Kestrel is due."]
    late = vendor_facts(assignments=(_assigned(2, late=True), _assigned(3, late=True)))
    assert _said("VND-505", vendor=late) == ["Ida Kestrel has 2 late orders."]
    late = vendor_facts(assignments=(_assigned(2, late=True),))
    assert _said("VND-505", vendor=late) == ["Ida Kestrel has 1 late order."]
    full = vendor_facts(capacity=1, assignments=(_assigned(2),))
    assert _said("VND-505", vendor=full) == ["Ida Kestrel has 1 open without this one, of 1 at once."]


@pytest.mark.parametrize(
    ("vendor", "message"),
    [
        (vendor_facts(eo_policies=()), "Ida Kestrel has no E&O insurance on file."),
        (vendor_facts(eo_ends=TODAY - DAY), "E&O of Ida Kestrel ended 2026-11-22."),
        (vendor_facts(eo_ends=TODAY), "E&O of Ida Kestrel ends 2026-11-23, before the report is due."),
        (
            vendor_facts(eo_policies=(policy_facts(expires_date=LATER, per_claim="500000.00"),)),
            "E&O of Ida Kestrel covers 500,000/1,000,000; 1,000,000/1,000,000 is the least.",
        ),
    ],
)
def test_the_message_about_insurance_is_true_of_the_case(vendor: VendorFacts, message: str) -> None:
    assert _said("VND-503", vendor=vendor) == [message]
