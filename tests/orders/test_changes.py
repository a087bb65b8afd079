"""What people change in orders: normalised, judged again, kept with who and why, and refused where it is too late."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from orders.models import (
    FeeLine,
    Invoice,
    InvoiceState,
    JobReason,
    Order,
    OrderChange,
    ProcessingJob,
    Product,
)
from orders.services import ChangeRefused, MoveRefused, change_order, hold_order
from orders.states import HoldReason, Stage
from tests.orders.cast import NOW, TODAY, make_client, make_desk, make_order
from tests.orders.trade import ACTOR, walk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """Both desks; the rival has an order of the same number."""
    for tenant in (meridian, harborpine):
        make_desk(tenant)
    with tenant_scope(harborpine):
        make_order("MV-1", make_client())
    return meridian


def change(order: Order, **values: Any) -> OrderChange | None:
    return change_order(order=order, values=values, actor=ACTOR, reason="The client called.", now=NOW)


def test_a_change_is_normalised_kept_told_and_checked(desk, harborpine):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        key = order.property_key
        kept = change(
            order, borrower_email=" ANA@Example.com ", state=" or ", street="8 Elm Street ", city="Boulder"
        )
        order.refresh_from_db()
        assert (order.borrower_email, order.state, order.street) == ("ana@example.com", "OR", "8 Elm Street")
        assert order.property_key != key
        # What was the same already is no change.
        assert kept.changes == [
            {"field": "state", "before": "CO", "after": "OR"},
            {"field": "street", "before": "311 Birch Ave", "after": "8 Elm Street"},
        ]
        assert (kept.actor, kept.reason, kept.at) == (ACTOR, "The client called.", NOW)
        assert ProcessingJob.objects.get().reason == JobReason.CHANGED
        assert Event.objects.get(kind="order.changed").data["changes"] == kept.changes
    with tenant_scope(harborpine):
        assert Order.objects.get().state == "CO"
        assert not OrderChange.objects.exists()


def test_what_is_the_same_already_changes_nothing(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        assert change(order, city=" Boulder ", fee_amount="625.00") is None
        assert not OrderChange.objects.exists()
        assert not Event.objects.filter(kind="order.changed").exists()


def test_a_change_without_a_reason_is_refused(desk):
    with tenant_scope(desk), pytest.raises(MoveRefused, match="Say why the order changes"):
        change_order(
            order=make_order("MV-1", make_client()),
            values={"city": "Denver"},
            actor=ACTOR,
            reason=" ",
            now=NOW,
        )


def test_a_new_fee_brings_its_lines_and_its_total(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        FeeLine.objects.create(order=order, kind="add_on", code="ADU", amount=Decimal("100.00"))
        change(order, fee_amount="800.005")
        order.refresh_from_db()
        assert (order.fee_amount, order.total_amount) == (Decimal("800.01"), Decimal("820.01"))
        lines = dict(FeeLine.objects.values_list("code", "amount"))
        assert lines == {"URAR-SF": Decimal("700.01"), "ADU": Decimal("100.00")}
        assert {each["field"] for each in OrderChange.objects.get().changes} == {"fee_amount", "total_amount"}


def test_a_total_that_a_person_gives_stands_for_the_rules_to_judge(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        change(order, fee_amount=Decimal("600.00"), total_amount=Decimal("640.00"))
        order.refresh_from_db()
        assert order.total_amount == Decimal("640.00")


def test_another_product_names_its_line_and_takes_the_stated_text_away(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), product_text="Condo thing")
        change(order, product=Product.objects.get(code="URAR-CONDO"))
        order.refresh_from_db()
        assert (order.product.code, order.product_text) == ("URAR-CONDO", "")
        assert FeeLine.objects.get().code == "URAR-CONDO"


def test_another_total_has_the_payers_other_orders_looked_at_again(desk):
    with tenant_scope(desk):
        client, other_client = make_client(), make_client("Northgate Savings Bank")
        order, neighbour = make_order("MV-1", client), make_order("MV-2", client)
        third = make_order("MV-3", other_client)
        change(order, fee_amount=Decimal("600.00"))
        assert dict(ProcessingJob.objects.values_list("order_id", "reason")) == {
            order.pk: JobReason.CHANGED,
            neighbour.pk: JobReason.CREDIT,
        }
        ProcessingJob.objects.all().delete()
        change(order, bill_to=other_client)
        assert set(ProcessingJob.objects.values_list("order_id", flat=True)) == {
            order.pk,
            neighbour.pk,
            third.pk,
        }


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"stage": "closed"}, "stage of an order cannot be changed by hand"),
        ({"order_number": "X"}, "order_number of an order cannot be changed by hand"),
        ({"fee_amount": "six"}, "Fee: "),
        ({"fee_amount": "NaN"}, "Fee: "),
        ({"loan_type": "barter"}, "Loan type: "),
        ({"due_date": "tomorrow"}, "Due to the client: "),
        ({"city": "x" * 101}, "City: "),
    ],
)
def test_a_value_that_cannot_be_stored_is_refused_in_words(desk, values, sentence):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        with pytest.raises(ChangeRefused, match=sentence):
            change(order, **values)
        assert not OrderChange.objects.exists()


def test_money_of_an_invoiced_order_stands_fast_and_the_rest_may_change(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        Invoice.objects.create(
            invoice_number="INV-1",
            client=order.bill_to,
            order=order,
            state=InvoiceState.ISSUED,
            issued_date=TODAY,
            due_date=TODAY,
            total_amount=Decimal("645.00"),
            balance_due=Decimal("645.00"),
        )
        with pytest.raises(ChangeRefused, match="on invoice INV-1, so fee, total cannot change"):
            change(order, fee_amount=Decimal("600.00"))
        assert change(order, borrower_phone="303-555-0199") is not None
        Invoice.objects.update(state=InvoiceState.VOID)
        assert change(order, fee_amount=Decimal("600.00")) is not None


def test_the_property_of_an_inspected_order_stands_fast(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.INSPECTED)
        with pytest.raises(ChangeRefused, match="was inspected, so street cannot change"):
            change(order, street="9 Elm Street")
        assert change(order, loan_number="L-7") is not None


def test_due_dates_of_an_order_on_hold_stand_fast(desk):
    with tenant_scope(desk):
        order = hold_order(
            order=make_order("MV-1", make_client()),
            hold_reason=HoldReason.TITLE_ISSUE,
            actor=ACTOR,
            now=NOW,
        )
        with pytest.raises(ChangeRefused, match="is on hold. Its due dates come back"):
            change(order, due_date=date(2026, 12, 9))


def test_of_a_cancelled_order_only_the_notes_change(desk):
    ended = {"stage": Stage.CANCELLED, "cancelled_at": NOW, "cancel_reason": "fee"}
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), **ended)
        with pytest.raises(ChangeRefused, match="is cancelled; only its internal notes may still change"):
            change(order, city="Denver")
        assert change(order, notes="Paid in person.") is not None


def test_another_due_date_moves_the_next_step(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.INSPECTED)
        before = order.stage_due_at
        change(order, vendor_due_date=date(2026, 12, 2))
        order.refresh_from_db()
        assert order.stage_due_at > before


def test_two_people_who_change_one_order_at_once_both_leave_their_mark(desk):
    with tenant_scope(desk):
        make_order("MV-1", make_client())
    start = threading.Barrier(2)

    def work(**values: Any) -> None:
        try:
            start.wait()
            with tenant_scope(desk):
                change(Order.objects.get(), **values)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, kwargs={"fee_amount": "600.00"}),
        threading.Thread(target=work, kwargs={"tech_fee": "25.00"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with tenant_scope(desk):
        assert Order.objects.get().total_amount == Decimal("625.00")
        assert OrderChange.objects.count() == 2
