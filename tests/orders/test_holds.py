"""Orders on hold: due dates go and come back, the time is known, and nobody resumes one silently."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, Event, Tenant
from agent.registry import registry
from agent.tenancy import tenant_scope
from orders.engine import OrdersEngine
from orders.models import JobReason, Order, OrderHold, OrderTransition, ProcessingJob
from orders.services import MoveRefused, cancel_order, hold_order, request_revision, resume_order
from orders.services.stages import load_desk_time
from orders.services.turn_times import turn_time_of
from orders.states import CancelReason, HoldReason, Stage
from tests.orders.cast import NOW, make_client, make_desk, make_order
from tests.orders.trade import ACTOR, VENDOR_DUE, walk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHO: dict[str, Any] = {"actor": ACTOR, "now": NOW}
# Tuesday of the week after: five business days, over Thanksgiving.
LATER = datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """Meridian's desk; the rival has an order on hold that is over as well."""
    for tenant in (meridian, harborpine):
        make_desk(tenant)
    with tenant_scope(harborpine):
        hold_order(
            order=make_order("HP-1", make_client()),
            hold_reason=HoldReason.TITLE_ISSUE,
            until_date=date(2026, 11, 24),
            **WHO,
        )
    return meridian


def hold(order: Order, **changes: Any) -> Order:
    values: dict[str, Any] = {"hold_reason": HoldReason.BORROWER_UNAVAILABLE, **WHO}
    return hold_order(order=order, **values | changes)


def test_an_order_on_hold_has_no_due_dates_and_gets_them_back_moved_by_the_days_it_was_held(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.VENDOR_ACCEPTED)
        due_date = order.due_date
        order = hold(order, until_date=date(2026, 12, 1), reason="In hospital.")
        order.refresh_from_db()
        assert (order.stage, order.held_from_stage) == (Stage.ON_HOLD, Stage.VENDOR_ACCEPTED)
        assert (order.due_date, order.vendor_due_date) == (None, None)
        kept = OrderHold.objects.get()
        assert (kept.due_date, kept.vendor_due_date, kept.note) == (due_date, VENDOR_DUE, "In hospital.")
        order = resume_order(order=order, actor=ACTOR, now=LATER)
        order.refresh_from_db()
        assert (order.stage, order.held_from_stage, order.hold_reason) == (Stage.VENDOR_ACCEPTED, "", "")
        assert order.hold_until_date is None
        # 24, 25, 27 and 30 November and 1 December: five business days.
        assert (order.due_date, order.vendor_due_date) == (date(2026, 12, 10), date(2026, 12, 8))
        # Of the two days to schedule nothing had gone, and nothing has.
        assert order.stage_since == LATER
        assert (OrderHold.objects.get().ended_at, OrderHold.objects.get().ended_by) == (LATER, ACTOR)
        held, resumed = OrderTransition.objects.order_by("-id")[:2][::-1]
        assert held.reason == "Borrower unavailable until 2026-12-01. In hospital."
        assert resumed.reason == "Held for 5 business days. Due 2026-12-10."
        assert Event.objects.get(kind="order.held").data["until_date"] == "2026-12-01"
        assert Event.objects.get(kind="order.resumed").data["held_days"] == 5
        assert ProcessingJob.objects.filter(reason=JobReason.CHANGED).exists()


def test_a_hold_of_hours_moves_no_due_date(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        due_date = order.due_date
        order = resume_order(order=hold(order), actor=ACTOR, now=NOW + timedelta(hours=3))
        order.refresh_from_db()
        assert (order.stage, order.due_date) == (Stage.RECEIVED, due_date)


def test_a_revision_on_hold_keeps_its_own_due_date(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.IN_REVIEW)
        order = hold(request_revision(order=order, reason="A photo.", **WHO))
        assert order.revision_due_date is None
        order = resume_order(order=order, actor=ACTOR, now=NOW + timedelta(days=1))
        order.refresh_from_db()
        assert (order.stage, order.revision_due_date) == (Stage.REVISION, date(2026, 11, 27))


def test_an_order_is_held_until_a_day_to_come_and_once_at_a_time(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        with pytest.raises(MoveRefused, match="2026-11-23 has come already"):
            hold(order, until_date=date(2026, 11, 23))
        hold(order)
        with pytest.raises(MoveRefused, match="stands at “On hold” and cannot be put on hold"):
            hold(order)
        assert OrderHold.objects.count() == 1


def test_only_an_order_on_hold_is_resumed(desk):
    with tenant_scope(desk), pytest.raises(MoveRefused, match="stands at “Received” and cannot be resumed"):
        resume_order(order=make_order("MV-1", make_client()), **WHO)


def test_the_turn_time_of_an_order_leaves_its_holds_out(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.VENDOR_ACCEPTED)
        order = resume_order(order=hold(order), actor=ACTOR, now=LATER)
        days = load_desk_time().calendar.business_days_between(date(2026, 11, 23), date(2026, 12, 4))
        assert turn_time_of(order, now=datetime(2026, 12, 4, 16, tzinfo=UTC)) == days - 5
        # An order that is on hold has not got older since.
        order = hold(order, now=LATER)
        assert turn_time_of(order, now=datetime(2026, 12, 11, 16, tzinfo=UTC)) == 0


def test_a_cancelled_order_is_no_longer_on_hold(desk):
    with tenant_scope(desk):
        order = cancel_order(
            order=hold(make_order("MV-1", make_client())),
            cancel_reason=CancelReason.LOAN_DENIED,
            actor=ACTOR,
            now=LATER,
        )
        order.refresh_from_db()
        assert (order.stage, order.held_from_stage, order.hold_reason) == (Stage.CANCELLED, "", "")
        assert OrderHold.objects.get().ended_at == LATER


def test_a_hold_whose_day_has_come_is_ended_by_a_card_that_says_why(desk, harborpine):
    with tenant_scope(desk):
        client = make_client()
        order = hold(make_order("MV-1", client), until_date=date(2026, 12, 1))
        hold(make_order("MV-2", client), until_date=date(2026, 12, 2))
        hold(make_order("MV-3", client))
    with registry.override(KernelEngine(), OrdersEngine()):
        early = run_cycle(tenant=desk, now=LATER - timedelta(days=1))
        on_time = run_cycle(tenant=desk, now=LATER)
        run_cycle(tenant=desk, now=LATER + timedelta(hours=1))
    assert early.cards["proposed"] == 0
    assert on_time.cards["done"] == 1
    with tenant_scope(desk):
        card = Card.objects.get(kind="resume_order")
        assert card.reason == (
            "Order MV-1 of Cascade Home Lending was on hold until 2026-12-01 (Borrower unavailable), and that day has"
            " come."
        )
        assert card.result == {"due_date": "2026-12-10"}
        order.refresh_from_db()
        assert order.stage == Stage.RECEIVED
        assert Order.objects.filter(stage=Stage.ON_HOLD).count() == 2
        assert OrderTransition.objects.filter(order=order).latest("id").actor == "agent"
    with tenant_scope(harborpine):
        assert Order.objects.get().stage == Stage.ON_HOLD


def test_of_two_people_who_resume_at_once_one_does(desk):
    with tenant_scope(desk):
        hold(make_order("MV-1", make_client()))
    start, said = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait()
            with tenant_scope(desk):
                resume_order(order=Order.objects.get(), actor=ACTOR, now=LATER)
            said.append("resumed")
        except MoveRefused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["refused", "resumed"]
    with tenant_scope(desk):
        assert Order.objects.get().due_date == date(2026, 12, 10)
        assert Event.objects.filter(kind="order.resumed").count() == 1
