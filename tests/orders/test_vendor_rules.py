"""The vendor's licence and insurance, to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from orders.states import Stage
from tests.orders.cast import NOW, TODAY, D, findings_of, order_facts, vendor_facts

DUE = date(2026, 12, 3)
DAY = timedelta(days=1)

CASES: list[tuple[str, dict[str, Any], int]] = [
    ("VND-501", {"vendor": vendor_facts(license_ends=DUE)}, 0),
    ("VND-501", {"vendor": vendor_facts(license_ends=DUE - DAY)}, 1),
    ("VND-501", {"vendor": vendor_facts(state="WY")}, 1),
    ("VND-501", {"vendor": replace(vendor_facts(), licenses=())}, 1),
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
    ("VND-503", {"vendor": vendor_facts(eo_ends=DUE)}, 0),
    ("VND-503", {"vendor": vendor_facts(eo_ends=DUE - DAY)}, 1),
    ("VND-503", {"vendor": replace(vendor_facts(), eo_policies=())}, 1),
    ("VND-503", {"vendor": None}, 0),
]


@pytest.mark.parametrize(("code", "departure", "count"), CASES)
def test_a_vendor_rule_fires_where_it_should(code: str, departure: dict[str, Any], count: int) -> None:
    assert len(findings_of(code, order_facts(**departure))) == count


@pytest.mark.parametrize(("limit", "count"), [("1000000.00", 0), ("999999.99", 1)])
def test_insurance_below_the_desks_least_counts_as_none(limit: str, count: int) -> None:
    vendor = vendor_facts()
    policy = replace(vendor.eo_policies[0], per_claim_limit=D(limit))
    found = findings_of("VND-503", order_facts(vendor=replace(vendor, eo_policies=(policy,))))
    assert len(found) == count


def test_the_message_names_vendor_and_day() -> None:
    (finding,) = findings_of("VND-501", order_facts(vendor=vendor_facts(license_ends=TODAY)))
    assert finding.message == "Ida Kestrel: no valid CO license on 2026-12-03."
    (finding,) = findings_of("VND-503", order_facts(vendor=vendor_facts(eo_ends=TODAY)))
    assert finding.message == "E&O of Ida Kestrel ended 2026-11-23."
