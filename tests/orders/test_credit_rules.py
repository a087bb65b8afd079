"""The credit rules, each at its boundary, just beside it, and without its fact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from orders.rules import judge_order
from orders.states import Stage
from tests.orders.cast import OTHER_CLIENT_ID, TODAY, D, client_facts, credit_facts, findings_of, order_facts

OTHER = client_facts(id=OTHER_CLIENT_ID, name="Other Bank")
LATE = {"late_count": 1, "oldest_due_date": TODAY - timedelta(days=31)}
RECENT = {"oldest_due_date": TODAY - timedelta(days=5)}


def _late(amount: str) -> dict[str, Any]:
    return {"credit": credit_facts(late_amount=D(amount), past_due_amount=D(amount), **LATE)}


def _used(amount: str, limit: str = "10000.00") -> dict[str, Any]:
    """A payer who owes so much besides the 645.00 of this order."""
    return {"credit": credit_facts(credit_limit=D(limit), unbilled=D(amount))}


CASES: list[tuple[str, dict[str, Any], int]] = [
    ("CRD-301", {"client": client_facts(status="prospect")}, 1),
    ("CRD-301", {"client": client_facts(status="suspended"), "payment_type": "card"}, 1),
    ("CRD-301", {"client": client_facts(agreement_expires_date=TODAY)}, 0),
    ("CRD-301", {"client": client_facts(agreement_expires_date=TODAY - timedelta(days=1))}, 1),
    ("CRD-301", {"client": client_facts(agreement_expires_date=None)}, 1),
    ("CRD-301", {"bill_to": client_facts(id=OTHER_CLIENT_ID, status="closed")}, 1),
    ("CRD-302", {"credit": credit_facts(credit_limit=None)}, 1),
    ("CRD-302", {"credit": credit_facts(credit_limit=D("0.00"))}, 1),
    ("CRD-302", {"credit": credit_facts(credit_limit=D("0.01"))}, 0),
    ("CRD-302", {"credit": credit_facts(credit_limit=None), "payment_type": "card"}, 0),
    ("CRD-302", {"credit": credit_facts(credit_limit=None), "payment_type": ""}, 0),
    ("CRD-303", _used("9355.00"), 0),
    ("CRD-303", _used("9355.01"), 1),
    ("CRD-303", _used("9355.01") | {"payment_type": "card"}, 0),
    ("CRD-303", _used("9355.01") | {"total_amount": None}, 0),
    ("CRD-303", _used("9355.01") | {"stage": Stage.CLOSED}, 0),
    ("CRD-303", {"credit": credit_facts(credit_limit=None)}, 0),
    # 85 % of 10,000.00 is 8,500.00, of which 7,855.00 is owed already.
    ("CRD-304", _used("7855.00"), 1),
    ("CRD-304", _used("7854.99"), 0),
    ("CRD-304", _used("9355.00"), 1),
    ("CRD-304", _used("9355.01"), 0),
    ("CRD-304", _used("9355.00") | {"total_amount": None}, 0),
    ("CRD-305", _late("50.00"), 1),
    ("CRD-305", _late("49.99"), 0),
    ("CRD-305", _late("50.00") | {"payment_type": "cod"}, 0),
    ("CRD-305", {}, 0),
    ("CRD-306", _late("49.99"), 1),
    ("CRD-306", _late("50.00"), 0),
    ("CRD-306", {"credit": credit_facts(past_due_amount=D("0.01"), **RECENT)}, 1),
    ("CRD-306", {"credit": credit_facts(past_due_amount=D("0.01"), **RECENT), "payment_type": "card"}, 0),
    ("CRD-306", {}, 0),
    ("CRD-307", {"credit": credit_facts(held_by="controller", hold_reason="returned payment")}, 1),
    ("CRD-307", {"credit": credit_facts(held_by="controller", hold_reason="x"), "payment_type": "card"}, 1),
    ("CRD-307", {}, 0),
    ("CRD-308", {"payment_type": "card", "stage": Stage.ASSIGNED}, 1),
    ("CRD-308", {"payment_type": "card", "stage": Stage.ASSIGNED, "payment_authorised": False}, 1),
    ("CRD-308", {"payment_type": "card", "stage": Stage.ASSIGNED, "payment_authorised": True}, 0),
    ("CRD-308", {"payment_type": "cod", "stage": Stage.ACCEPTED}, 0),
    ("CRD-308", {"payment_type": "borrower_pay", "stage": Stage.IN_REVIEW}, 1),
    ("CRD-308", {"payment_type": "cod", "stage": Stage.ON_HOLD, "held_from_stage": Stage.SCHEDULED}, 1),
    ("CRD-308", {"payment_type": "bill", "stage": Stage.ASSIGNED}, 0),
    ("CRD-308", {"payment_type": "prepaid", "stage": Stage.ASSIGNED}, 0),
    ("CRD-309", {"bill_to": OTHER}, 1),
    ("CRD-309", {"bill_to": OTHER, "payment_type": "card"}, 1),
    ("CRD-309", {"bill_to": OTHER, "stage": Stage.CANCELLED}, 0),
    ("CRD-309", {"bill_to": client_facts()}, 0),
    ("CRD-309", {}, 0),
    ("CRD-310", {"credit": credit_facts(disputed_past_due_amount=D("0.01"))}, 1),
    ("CRD-310", {"credit": credit_facts(disputed_past_due_amount=D("90.00"), past_due_amount=D("0.01"), **RECENT)}, 0),
    ("CRD-310", {"credit": credit_facts(disputed_past_due_amount=D("90.00")), "payment_type": "card"}, 0),
    ("CRD-310", {}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "count"), CASES)
def test_a_credit_rule_fires_where_it_should(code: str, departure: dict[str, Any], count: int) -> None:
    assert len(findings_of(code, order_facts(**departure))) == count


def test_over_the_limit_is_one_finding_and_exactly_at_it_passes_with_a_warning() -> None:
    assert [finding.code for finding in judge_order(order_facts(**_used("9355.01")))] == ["CRD-303"]
    assert [finding.code for finding in judge_order(order_facts(**_used("9355.00")))] == ["CRD-304"]


def test_the_messages_say_how_much() -> None:
    (finding,) = findings_of("CRD-303", order_facts(**_used("9400.00")))
    assert finding.message == "Needs 645.00; only 600.00 of 10,000.00 is free."
    (finding,) = findings_of("CRD-303", order_facts(**_used("10200.00")))
    assert finding.message == "Needs 645.00; only 0.00 of 10,000.00 is free."
    (finding,) = findings_of("CRD-305", order_facts(**_late("1290.00")))
    assert finding.message == "1 invoice is over 30 days late (1,290.00)."
    several = credit_facts(late_amount=D("80.00"), past_due_amount=D("80.00"), **LATE | {"late_count": 2})
    (finding,) = findings_of("CRD-305", order_facts(credit=several))
    assert finding.message == "2 invoices are over 30 days late (80.00)."
    (finding,) = findings_of(
        "CRD-306", order_facts(credit=credit_facts(past_due_amount=D("40.00"), **RECENT))
    )
    assert finding.message == "Oldest invoice is 5 days late."
    since_yesterday = credit_facts(past_due_amount=D("40.00"), oldest_due_date=TODAY - timedelta(days=1))
    (finding,) = findings_of("CRD-306", order_facts(credit=since_yesterday))
    assert finding.message == "Oldest invoice is 1 day late."
    (finding,) = findings_of("CRD-309", order_facts(bill_to=OTHER))
    assert finding.message == "Bill-to Other Bank is not the client Cascade Home Lending."


def test_an_invoiced_order_needs_what_is_left_of_its_invoice() -> None:
    credit = credit_facts(
        credit_limit=D("1000.00"), open_receivable=D("900.00"), own_invoice_balance=D("100.00")
    )
    assert not findings_of("CRD-303", order_facts(credit=credit, stage=Stage.DELIVERED))


def test_unapplied_payments_make_room() -> None:
    credit = credit_facts(credit_limit=D("1000.00"), unbilled=D("500.00"), credits=D("145.00"))
    assert not findings_of("CRD-303", order_facts(credit=credit))
