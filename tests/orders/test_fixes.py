"""Safe fixes over all kinds of orders: made once, taken back whole, and never at the client's cost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from orders.decisions import NOW, Decision, Key, Row, decide, fix_orders
from orders.facts import OrderFacts, QuoteFacts
from orders.fixes import read_changes, record_values, with_changes
from orders.rules import RULES, Finding, fix_order, judge_order
from tests.orders.cast import CLIENT_ID, D, client_facts, order_facts

AT = "2026-11-23T16:00:00+00:00"
cents = st.decimals(min_value="-30.00", max_value="1500.00", places=2)
near_fee = st.sampled_from(
    [None, "0.00", "-5.00", "600.00", "610.00", "625.00", "630.00", "640.00", "650.00", "900.00"]
)
near_tech = st.sampled_from([None, "-20.00", "0.00", "15.00", "20.00", "25.00"])
near_total = st.sampled_from(
    [None, "0.00", "605.00", "619.99", "620.00", "625.00", "645.00", "660.00", "670.00"]
)


def _money(near: st.SearchStrategy[Any]) -> st.SearchStrategy[Decimal | None]:
    return near.map(lambda text: None if text is None else D(text)) | cents


@st.composite
def orders(draw: st.DrawFn) -> OrderFacts:
    """Orders that are wrong in any of the ways that can be fixed, several at once."""
    quoted = draw(st.none() | st.sampled_from(["600.00", "640.00", "650.00", "700.00"]))
    quote = QuoteFacts(
        quote_number="Q-1", client_id=CLIENT_ID, product_code="URAR-SF", property_key="311 birch ave||80302",
        fee_amount=D(quoted or "1.00"), expires_date=None,
    )  # fmt: skip
    fee = draw(_money(near_fee))
    # What was stated in more than cents is kept in cents beside it.
    stated = {"fee_amount": f"{fee}4"} if fee is not None and draw(st.booleans()) else {}
    return order_facts(
        client=client_facts(
            tech_fee=draw(st.sampled_from([None, D("0.00"), D("15.00"), D("40.00")])),
            terms=draw(st.sampled_from(["", "net30", "card"])),
        ),
        fee_amount=fee,
        tech_fee=draw(_money(near_tech)),
        total_amount=draw(_money(near_total)),
        accepted_fee_amount=draw(st.sampled_from([None, D("600.00"), D("625.00"), D("640.00")])),
        unbillable_amounts=stated,
        add_ons=draw(st.sampled_from([(), ("ADU",), ("RUSH-5",)])),
        payment_type=draw(st.sampled_from(["", "bill"])),
        product=draw(st.sampled_from(["URAR-SF", None])),
        legacy_form=draw(st.sampled_from(["", "1004", "1073"])),
        property_contact_name=draw(st.sampled_from(["", "Ana Ruiz"])),
        property_contact_phone="",
        loan_purpose="refinance",
        loan_amount=draw(st.sampled_from([None, D("300000.00")])),
        quote_number="Q-1" if quoted else "",
        others={"quote": quote if quoted else None},
    )


# A restored fee is what the tech fee must tie with, so it comes first.
FEE_BEFORE_TECH_FEE = order_facts(
    client=client_facts(tech_fee=D("0.00")),
    fee_amount=D("630.00"),
    tech_fee=D("-0.01"),
    total_amount=D("625.00"),
    accepted_fee_amount=D("625.00"),
)


def _fix(facts: OrderFacts) -> tuple[OrderFacts, tuple[Finding, ...]]:
    return fix_order(facts, judge_order(facts))


@settings(deadline=None)
@given(orders())
@example(FEE_BEFORE_TECH_FEE)
def test_a_second_pass_of_fixes_makes_none(facts: OrderFacts) -> None:
    fixed, _ = _fix(facts)
    again, made = _fix(fixed)
    # What is hidden from the vendor stays found, and is hidden already.
    assert again.order == fixed.order
    assert {finding.code for finding in made} <= {"IND-401", "IND-402"}


def _look(facts: OrderFacts, stored: dict[Key, Row]) -> Decision:
    (look,) = fix_orders([facts], {1: stored})
    return decide(look, stored, is_first_look=not stored, actor="agent")


@settings(deadline=None)
@given(orders())
@example(FEE_BEFORE_TECH_FEE)
def test_a_second_look_at_an_order_changes_nothing(facts: OrderFacts) -> None:
    first = _look(facts.changed(id=1), {})
    stored = {
        (row["code"], row["subject"]): {name: AT if value == NOW else value for name, value in row.items()}
        for row in first.exceptions
    }
    stage = first.stage[1] if first.stage else facts.order.stage
    second = _look(facts.changed(id=1, stage=stage, **first.columns), stored)
    assert not second.changes_anything
    assert second.open_codes == first.open_codes


@settings(deadline=None)
@given(orders())
def test_fixes_taken_back_from_the_last_restore_the_order(facts: OrderFacts) -> None:
    fixed, made = _fix(facts)
    for finding in reversed(made):
        changes = read_changes([change.as_json() for change in finding.fix])
        fixed = with_changes(fixed, [change.inverse for change in reversed(changes)])
    assert fixed.order == facts.order


@settings(deadline=None)
@given(orders())
def test_fixes_never_raise_what_a_client_pays_beyond_the_limit(facts: OrderFacts) -> None:
    before, limit = facts.order, facts.desk.upward_fix_limit
    after = _fix(facts)[0].order
    if before.total_amount is not None and after.total_amount is not None:
        assert after.total_amount <= before.total_amount + limit
    if before.fee_amount is not None and before.total_amount is None and after.fee_amount is not None:
        assert after.fee_amount <= before.fee_amount + limit
    if before.accepted_fee_amount is not None and after.fee_amount != before.fee_amount:
        assert after.fee_amount is not None and after.fee_amount <= before.accepted_fee_amount


@settings(deadline=None)
@given(orders())
def test_after_the_fixes_a_total_that_is_not_blocked_is_the_sum(facts: OrderFacts) -> None:
    fixed, _ = _fix(facts)
    codes = {finding.code for finding in judge_order(fixed)}
    order = fixed.order
    if not codes & {"PRC-101", "PRC-102", "PRC-103", "PRC-104", "PRC-106"}:
        assert order.fee_amount is not None and order.tech_fee is not None
        assert order.total_amount == order.fee_amount + order.tech_fee


@settings(deadline=None)
@given(orders())
def test_every_rule_can_judge_every_order(facts: OrderFacts) -> None:
    for rule in RULES:
        assert all(finding.subject != "not_judged" for finding in rule.judge(facts)), rule.code


def test_a_negative_tech_fee_is_put_right_where_the_fees_own_fix_makes_the_sum_tie() -> None:
    facts = order_facts(
        client=client_facts(tech_fee=D("0.00")),
        fee_amount=D("630.00"),
        tech_fee=D("-0.01"),
        total_amount=D("625.00"),
        accepted_fee_amount=D("625.00"),
    )
    fixed, made = _fix(facts)
    assert [finding.code for finding in made] == ["PRC-115", "PRC-102"]
    assert (fixed.order.fee_amount, fixed.order.tech_fee) == (D("625.00"), D("0.00"))
    assert _fix(fixed) == (fixed, ())


def test_what_a_person_took_back_is_changed_by_no_other_rule() -> None:
    facts = order_facts(total_amount=D("620.00"))
    found = judge_order(facts)
    assert [finding.code for finding in found if finding.fix] == ["PRC-104", "PRC-105"]
    assert fix_order(facts, found, refused={("PRC-104", "")}) == (facts, ())


def test_fixes_are_kept_as_plain_values_and_read_back() -> None:
    facts = order_facts(total_amount=D("700.00"), payment_type="")
    _, made = _fix(facts)
    for finding in made:
        changes = read_changes([change.as_json() for change in finding.fix])
        assert changes == finding.fix
        assert record_values(facts.order, changes, facts.desk) == record_values(
            facts.order, finding.fix, facts.desk
        )
    assert replace(facts.order, total_amount=D("645.00"), payment_type="bill") == _fix(facts)[0].order
