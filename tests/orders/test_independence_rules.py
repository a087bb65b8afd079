"""Value pressure is found and withheld; what only looks like it is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.rules.independence import find_value_pressure
from tests.orders.cast import D, findings_of, order_facts

PRESSURE = [
    "need 640",
    "Need 640 to make it work",
    "borrower needs it to come in at $640,000",
    "must appraise at 1.2m",
    "Has to hit 450k",
    "please make it work at 512",
    "640 would make the deal work",
    "target value is 640,000",
    "value of at least 640k please",
    "We need value at 640k",
    "fee will be paid only if value comes in",
    "no value, no fee",
    "has to come in at contract price",
    "looking for 640",
]
HARMLESS = [
    "",
    "Contract price is $640,000.",
    "Contract price 640,000; need access by 5 pm",
    "Sales price of 640000 per contract, must be delivered on 2026-12-01",
    "Purchase price: $512,000. Closing must be 12/15.",
    "Need 24 hours notice",
    "must call 303-555-0142 before",
    "need 100 sq ft measured",
    "Come in at the side gate, code 640",
    "Please come in at 300 Main St",
    "Needs $15,000 in repairs",
    "must be inspected by 11/28",
    "Fee must be 650",
    "need $625 fee approved",
    "Fee paid by borrower at closing if invoice is sent",
    "loan 640000123 must close",
    "should be vacant by 12/01/2026",
    "Value must be supported by 3 comps",
    "borrower expects 500 sqft addition to count",
    "Tenant needs 150 minutes",
]


@pytest.mark.parametrize("text", PRESSURE)
def test_pressure_for_a_value_is_found_in_any_loan(text: str) -> None:
    assert find_value_pressure(text, is_purchase=True)
    assert find_value_pressure(text, is_purchase=False)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_pressure_is_left_alone_on_a_purchase(text: str) -> None:
    assert find_value_pressure(text, is_purchase=True) == ""


@given(st.text(max_size=2_000))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert find_value_pressure(text, is_purchase=False) in " ".join(text.split())


def test_a_long_hostile_text_takes_no_time() -> None:
    for text in ("need " * 20_000, "come in " * 10_000, "1," * 20_000, "640 " * 20_000, "$" * 50_000):
        assert find_value_pressure(text, is_purchase=False) in ("", "need 640")


@pytest.mark.parametrize("field", ["notes", "vendor_instructions", "access_instructions"])
def test_each_text_of_the_order_is_read_and_the_vendors_ones_withheld(field: str) -> None:
    (finding,) = findings_of("IND-401", order_facts(**{field: "We need 640 here."}))
    assert (finding.subject, finding.evidence) == (field, {"field": field, "quote": "need 640"})
    hidden = [] if field == "notes" else [f"vendor_hidden_fields.{field}"]
    assert [change.field for change in finding.fix] == hidden


CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({"loan_purpose": "refinance", "estimated_value": D("1.00")}, ["estimated_value"]),
    ({"loan_purpose": "heloc", "loan_amount": D("1.00")}, ["loan_amount"]),
    ({"loan_purpose": "cash_out", "loan_amount": D("1.00"), "vendor_hidden_fields": ("loan_amount",)}, []),
    ({"loan_purpose": "purchase", "estimated_value": D("1.00")}, []),
    ({"loan_purpose": "", "estimated_value": D("1.00")}, []),
    ({"loan_purpose": "refinance"}, []),
]


@pytest.mark.parametrize(("departure", "fields"), CASES)
def test_an_estimate_on_a_refinance_is_hidden_from_the_vendor(
    departure: dict[str, Any], fields: list[str]
) -> None:
    found = findings_of("IND-402", order_facts(**departure))
    assert [finding.evidence["fields"] for finding in found] == ([fields] if fields else [])
