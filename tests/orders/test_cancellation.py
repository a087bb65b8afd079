"""Cancelling orders: the reason, the fee by the stage, and what it does to the payer's credit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from orders.models import AddOn, Invoice, InvoiceState, JobReason, Order, OrderTransition, ProcessingJob
from orders.services import MoveRefused, cancel_order, hold_order, validate_orders
from orders.states import CancelReason, HoldReason, Stage
from tests.orders.cast import NOW, TODAY, make_client, make_desk, make_order
from tests.orders.trade import ACTOR, make_cancellation_prices, walk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHO: dict[str, Any] = {"actor": ACTOR, "now": NOW}


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """Both desks with the prices of cancellations, the rival with an order of a client of the same name."""
    for tenant in (meridian, harborpine):
        make_desk(tenant)
        with tenant_scope(tenant):
            make_cancellation_prices()
    with tenant_scope(harborpine):
        make_order("MV-1", make_client())
    return meridian


def cancel(order: Order, **changes: Any) -> Order:
    values: dict[str, Any] = {"cancel_reason": CancelReason.BORROWER_WITHDREW, **WHO}
    return cancel_order(order=order, **values | changes)


@pytest.mark.parametrize(
    ("stage", "has_trip_fee", "fee", "words"),
    [
        (Stage.ACCEPTED, False, "0.00", "Cancelled before inspection (CANCEL-PRE): 0.00."),
        (Stage.SCHEDULED, False, "0.00", "Cancelled before inspection (CANCEL-PRE): 0.00."),
        (Stage.SCHEDULED, True, "150.00", "Trip fee (TRIP): 150.00."),
        (Stage.INSPECTED, False, "312.50", "Cancelled after inspection (CANCEL-POST): 312.50."),
        (Stage.DELIVERED, False, "312.50", "Cancelled after inspection (CANCEL-POST): 312.50."),
    ],
)
def test_a_cancellation_costs_what_the_catalogue_says_of_its_stage(desk, stage, has_trip_fee, fee, words):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), stage)
        order = cancel(order, has_trip_fee=has_trip_fee, reason="By phone.")
        order.refresh_from_db()
        assert (order.stage, order.cancelled_at, order.cancel_reason) == (
            Stage.CANCELLED,
            NOW,
            CancelReason.BORROWER_WITHDREW,
        )
        assert order.cancellation_fee == Decimal(fee)
        assert order.stage_due_at is None
        assert OrderTransition.objects.latest("id").reason == f"Borrower withdrew. {words} By phone."
        assert Event.objects.get(kind="order.cancelled").data["cancellation_fee"] == fee


def test_an_order_held_after_its_inspection_costs_like_one_inspected(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.INSPECTED)
        order = hold_order(order=order, hold_reason=HoldReason.TITLE_ISSUE, **WHO)
        assert cancel(order).cancellation_fee == Decimal("312.50")


def test_a_trip_fee_is_refused_once_the_property_was_inspected(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.INSPECTED)
        with pytest.raises(MoveRefused, match="no trip was in vain"):
            cancel(order, has_trip_fee=True)


def test_a_desk_whose_catalogue_names_no_price_charges_nothing_before_and_must_add_one_for_after(desk):
    with tenant_scope(desk):
        AddOn.objects.filter(code__startswith="CANCEL").update(is_active=False)
        client = make_client()
        assert cancel(make_order("MV-1", client)).cancellation_fee == Decimal("0.00")
        order = walk(make_order("MV-2", client), Stage.INSPECTED)
        with pytest.raises(MoveRefused, match="what CANCEL-POST costs. Add it under Add-ons first"):
            cancel(order)


def test_an_order_that_is_invoiced_is_not_cancelled_before_its_invoice_is_void(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.DELIVERED)
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
        with pytest.raises(MoveRefused, match="Invoice INV-1 bills order MV-1 as done. Void it first"):
            cancel(order)
        Invoice.objects.update(state=InvoiceState.VOID)
        assert cancel(order).stage == Stage.CANCELLED


@pytest.mark.parametrize("stage", [Stage.CANCELLED, Stage.CLOSED])
def test_an_order_that_is_over_is_not_cancelled(desk, stage):
    ended = {"delivered_at": NOW} if stage == Stage.CLOSED else {}
    ended |= {"cancelled_at": NOW, "cancel_reason": "fee"} if stage == Stage.CANCELLED else {}
    with tenant_scope(desk), pytest.raises(MoveRefused, match="cannot be cancelled from there"):
        cancel(make_order("MV-1", make_client(), stage=stage, **ended))


def test_the_payers_other_orders_are_looked_at_again_with_the_room_that_came_free(desk, harborpine):
    with tenant_scope(desk):
        client = make_client(limit="1000.00")
        first = walk(make_order("MV-1", client), Stage.ACCEPTED)
        second = make_order("MV-2", client)
        by_card = make_order("MV-3", client, payment_type="card", payment_authorised=True)
        others = make_order("MV-4", make_client("Northgate Savings Bank"))
        (before,) = validate_orders(order_ids=[second.pk], now=NOW)
        assert "CRD-303" in before.open_codes
        cancel(first)
        jobs = dict(ProcessingJob.objects.values_list("order_id", "reason"))
        assert jobs == dict.fromkeys((second.pk, by_card.pk), JobReason.CREDIT)
        assert others.pk not in jobs
        (after,) = validate_orders(order_ids=[second.pk], now=NOW)
        assert "CRD-303" not in after.open_codes
    with tenant_scope(harborpine):
        assert not ProcessingJob.objects.exists()


def test_the_fee_of_a_cancelled_order_stays_in_the_payers_exposure(desk):
    with tenant_scope(desk):
        client = make_client(limit="950.00")
        first = walk(make_order("MV-1", client), Stage.INSPECTED)
        second = make_order("MV-2", client)
        cancel(first, now=NOW + timedelta(hours=1))
        (decision,) = validate_orders(order_ids=[second.pk], now=NOW)
        # 312.50 of 950.00 are taken, and 645.00 do not fit beside them.
        assert "CRD-303" in decision.open_codes
