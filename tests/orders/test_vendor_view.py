"""What a vendor gets to see of an order: nothing that presses for a value, nothing internal, nothing hidden."""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import Order
from orders.vendor_view import VISIBLE_FIELDS, vendor_view, withheld_fields
from tests.orders.cast import CLEAN, D

PRESSURE = "Value has to be 640k or better."
INTERNAL = {
    "notes", "fee_amount", "tech_fee", "total_amount", "quote_number", "agreed_price", "accepted_fee_amount",
    "payment_type", "loan_officer_email", "ordered_by", "bill_to", "client_file_number", "portal_order_id", "due_date",
    "borrower_phone", "borrower_email", "vendor_hidden_fields", "source_message",
}  # fmt: skip


def _order(**changes: Any) -> Order:
    return Order(order_number="MV-1", **CLEAN | changes)


def test_a_vendor_sees_the_assignment_and_nothing_internal() -> None:
    seen = vendor_view(
        _order(vendor_instructions="Comment on the ADU.", notes="internal", vendor_fee=D("450.00"))
    )
    assert (seen["street"], seen["vendor_instructions"], seen["vendor_fee"]) == (
        "311 Birch Ave",
        "Comment on the ADU.",
        D("450.00"),
    )
    assert not INTERNAL & set(VISIBLE_FIELDS)
    assert not INTERNAL & seen.keys()


@pytest.mark.parametrize("field", ["vendor_instructions", "access_instructions", "intended_use"])
@pytest.mark.parametrize("stage", ["received", "assigned", "in_review"])
def test_text_with_pressure_is_withheld_in_every_stage_whether_a_fix_has_hidden_it_or_not(
    field: str, stage: str
) -> None:
    order = _order(stage=stage, **{field: PRESSURE})
    assert withheld_fields(order) == (field,)
    assert PRESSURE not in vendor_view(order).values()


@pytest.mark.parametrize("purpose", ["refinance", "cash_out", "heloc"])
def test_estimates_are_withheld_where_no_sale_fixes_a_price(purpose: str) -> None:
    amounts = {"estimated_value": D("415000.00"), "loan_amount": D("300000.00")}
    assert withheld_fields(_order(loan_purpose=purpose, **amounts)) == ("estimated_value", "loan_amount")
    assert not amounts.keys() & vendor_view(_order(loan_purpose=purpose, **amounts)).keys()
    assert withheld_fields(_order(loan_purpose="purchase", **amounts)) == ()


def test_what_a_person_has_hidden_stays_hidden() -> None:
    order = _order(vendor_hidden_fields=["borrower_name", "fee_amount"])
    assert withheld_fields(order) == ("borrower_name",)
    assert "borrower_name" not in vendor_view(order)


def test_what_nobody_has_told_is_left_out() -> None:
    assert "county" not in vendor_view(_order(county=""))
    assert "acres" not in vendor_view(_order(acres=None))
