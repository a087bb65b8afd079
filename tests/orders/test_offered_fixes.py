"""Fixes that a person makes: those that were only offered, because the order had gone too far."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from orders.models import Invoice, JobReason, Order, OrderException, ProcessingJob
from orders.services import (
    UnableToApplyFix,
    UnableToUndoFix,
    apply_fix,
    undo_fix,
    validate_orders,
)
from orders.states import ExceptionState, FixState, Stage
from tests.orders.cast import NOW, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def offered(**changes: Any) -> OrderException:
    """An accepted order whose total is not the sum, with the fix that is offered for it; in the caller's scope."""
    order = make_order("MV-1", make_client(), total_amount=D("700.00"), stage=Stage.ACCEPTED, **changes)
    validate_orders(order_ids=[order.pk], now=NOW)
    return OrderException.objects.get(code="PRC-104")


def test_an_offered_fix_is_made_in_a_persons_name_and_the_order_judged_again(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        assert row.fix_state == FixState.PROPOSED
        apply_fix(exception=row, actor="maria", now=LATER)
        row.refresh_from_db()
        assert Order.objects.get().total_amount == D("645.00")
        assert (row.state, row.fix_state, row.fix_by, row.fix_at) == (
            ExceptionState.RESOLVED, FixState.APPLIED, "maria", LATER
        )  # fmt: skip
        told = Event.objects.get(kind="order.fixed").data
        assert (told["by"], told["fixes"][0]["code"]) == ("maria", "PRC-104")


def test_a_fix_that_a_person_made_is_taken_back_row_for_row(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        before = Order.objects.values().get()
        apply_fix(exception=row, actor="maria", now=LATER)
        undo_fix(exception=row, actor="omar", now=LATER)
        assert Order.objects.values().get() == before | {"validated_at": LATER}
        row.refresh_from_db()
        assert (row.state, row.fix_state, row.fix_by) == (ExceptionState.OPEN, FixState.UNDONE, "omar")


def test_a_fix_of_a_total_has_the_payers_other_orders_looked_at_again(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        other = make_order("MV-2", row.order.bill_to)
        theirs = make_order("MV-3", make_client("Somebody Else"))
        apply_fix(exception=row, actor="maria", now=LATER)
        waiting = ProcessingJob.objects.filter(reason=JobReason.CREDIT).values_list("order_id", flat=True)
        assert other.pk in waiting and theirs.pk not in waiting


def test_a_fix_is_made_once(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        apply_fix(exception=row, actor="maria", now=LATER)
        with pytest.raises(UnableToApplyFix, match="No fix of PRC-104 is offered any more"):
            apply_fix(exception=row, actor="maria", now=LATER)


def test_a_fix_of_an_order_changed_since_is_not_made(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        Order.objects.update(total_amount=D("690.00"))
        with pytest.raises(UnableToApplyFix, match="changed since"):
            apply_fix(exception=row, actor="maria", now=LATER)
        assert Order.objects.get().total_amount == D("690.00")


def test_a_billed_or_finished_order_is_changed_by_no_button(desk: Tenant) -> None:
    with tenant_scope(desk):
        row = offered()
        order = row.order
        Order.objects.update(stage=Stage.DELIVERED, delivered_at=NOW)
        with pytest.raises(UnableToApplyFix, match="finished"):
            apply_fix(exception=row, actor="maria", now=LATER)
        Order.objects.update(stage=Stage.ACCEPTED, delivered_at=None)
        apply_fix(exception=row, actor="maria", now=LATER)
        Invoice.objects.create(
            invoice_number="1001",
            client=order.bill_to,
            order=order,
            state="issued",
            issued_date=date(2026, 11, 23),
            due_date=date(2026, 12, 23),
            total_amount=D("645.00"),
            balance_due=D("645.00"),
        )
        with pytest.raises(UnableToUndoFix, match="is billed"):
            undo_fix(exception=row, actor="maria", now=LATER)


def test_what_the_agent_made_is_not_taken_back_past_intake(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), total_amount=D("700.00"))
        validate_orders(order_ids=[order.pk], now=NOW)
        Order.objects.update(stage=Stage.ACCEPTED)
        with pytest.raises(UnableToUndoFix, match="past intake"):
            undo_fix(exception=OrderException.objects.get(), actor="maria", now=LATER)


def test_a_rivals_fix_is_not_made(desk: Tenant, harborpine: Tenant) -> None:
    make_desk(harborpine)
    with tenant_scope(harborpine):
        theirs = offered()
    with tenant_scope(desk), pytest.raises(ValueError, match="unpack"):
        apply_fix(exception=theirs, actor="maria", now=LATER)
    with tenant_scope(harborpine):
        assert Order.objects.get().total_amount == D("700.00")
