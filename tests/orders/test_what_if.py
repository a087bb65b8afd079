"""What would have to change for credit to approve an order, said to the operator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.credit import CreditVerdict, decide_credit
from orders.facts import OpenInvoice, OrderFacts
from orders.what_if import credit_what_if
from tests.orders.cast import TODAY, D, client_facts, credit_facts, order_facts

CARD = "Needs no credit if it is paid by card before the work."


def _invoice(number: str, balance: str, *, late: int = 0, **changes: Any) -> OpenInvoice:
    due = TODAY - timedelta(days=late)
    return OpenInvoice(invoice_number=number, due_date=due, balance_due=D(balance), **changes)


def _facts(*invoices: OpenInvoice, limit: str | None = "1000.00", **changes: Any) -> OrderFacts:
    """An order of 645.00 whose payer owes those invoices."""
    undisputed = [each for each in invoices if not each.is_disputed]
    late = [each for each in undisputed if each.due_date < TODAY - timedelta(days=30)]
    credit = credit_facts(
        credit_limit=D(limit) if limit is not None else None,
        open_receivable=sum((each.balance_due for each in invoices), D("0.00")),
        late_count=len(late),
        late_amount=sum((each.balance_due for each in late), D("0.00")),
        **changes.pop("held", {}),
    )
    return order_facts(credit=credit, **changes)


def _ways(*invoices: OpenInvoice, **changes: Any) -> tuple[str, ...]:
    return credit_what_if(_facts(*invoices, **changes), invoices)


def test_one_payment_or_a_higher_limit_makes_the_room_that_is_missing() -> None:
    assert _ways(_invoice("1041", "100.00"), _invoice("1042", "300.00", late=3)) == (
        "Passes if invoice 1042 is paid.",
        "Passes if the limit is 1,045.00.",
        CARD,
    )


def test_of_two_payments_that_would_do_the_one_due_first_is_named() -> None:
    ways = _ways(_invoice("1", "200.00", late=1), _invoice("2", "200.00", late=9))
    assert ways[0] == "Passes if invoice 2 is paid."


def test_several_payments_are_named_where_one_is_not_enough() -> None:
    invoices = [_invoice(str(n), "300.00", late=10 - n) for n in range(1, 4)]
    assert _ways(*invoices)[0] == "Passes if invoices 1 and 2 are paid."
    small = [_invoice(str(n), "200.00", late=10 - n) for n in range(1, 7)]
    assert _ways(*small)[0] == "Passes if invoices 1, 2, 3, 4 and 5 are paid."
    disputed = _invoice("1042", "400.00", is_disputed=True)
    assert _ways(disputed) == ("Passes if the limit is 1,045.00.", CARD)


def test_a_hold_for_lateness_ends_with_the_fewest_late_payments() -> None:
    late = [_invoice("7", "60.00", late=31), _invoice("8", "40.00", late=60)]
    assert _ways(*late, limit="5000.00") == ("Passes if invoice 7 is paid.", CARD)
    assert _ways(_invoice("9", "400.00", late=45)) == ("Passes if invoice 9 is paid.", CARD)
    short = _ways(_invoice("9", "60.00", late=45), _invoice("10", "900.00"))
    assert short == (
        "Passes if invoices 9 and 10 are paid.",
        "Passes if invoice 9 is paid and the limit is 1,545.00.",
        CARD,
    )


def test_without_terms_only_a_limit_or_payment_before_the_work_helps() -> None:
    assert _ways(limit=None) == ("Passes if the limit is 645.00.", CARD)
    assert _ways(_invoice("1", "100.00"), limit="0.00") == ("Passes if the limit is 745.00.", CARD)


def test_what_only_a_person_can_lift_is_part_of_every_way() -> None:
    held = {"held_by": "controller", "hold_reason": "returned payment"}
    assert _ways(held=held) == ("Passes if the hold on Cascade Home Lending is released.",)
    ways = _ways(_invoice("1", "400.00"), held=held, client=client_facts(status="suspended"))
    assert ways[0] == (
        "Passes if Cascade Home Lending is made an active client, the hold on Cascade Home Lending is released"
        " and invoice 1 is paid."
    )


def test_nothing_is_said_where_credit_approves_or_is_not_asked() -> None:
    assert _ways() == ()
    assert _ways(limit=None, payment_type="card") == ()


def test_an_order_without_a_total_must_have_one_first() -> None:
    assert _ways(total_amount=None) == ("Credit can be decided once the order has a total.",)


amounts = st.decimals(min_value="0.01", max_value="900.00", places=2)


@given(
    st.lists(st.tuples(amounts, st.integers(-20, 90), st.booleans()), max_size=8),
    st.sampled_from(["0.00", "700.00", "2000.00"]),
)
def test_doing_what_a_sentence_says_makes_credit_approve(rows: list[Any], limit: str) -> None:
    invoices = [
        _invoice(f"#{n}#", str(balance), late=late, is_disputed=disputed)
        for n, (balance, late, disputed) in enumerate(rows)
    ]
    for way in credit_what_if(_facts(*invoices, limit=limit), invoices):
        if not way.startswith("Passes if"):
            continue
        left = [each for each in invoices if each.invoice_number not in way]
        stated = way.partition("the limit is ")[2].rstrip(".").replace(",", "")
        after = _facts(*left, limit=stated or limit)
        assert decide_credit(after).verdict == CreditVerdict.APPROVE, way


@pytest.mark.parametrize("cents", ["0.00", "-0.01"])
def test_the_limit_named_is_the_least_that_passes(cents: str) -> None:
    facts = _facts(_invoice("1", "400.00"), limit=str(D("1045.00") + D(cents)))
    assert (decide_credit(facts).verdict == CreditVerdict.APPROVE) is (cents == "0.00")
