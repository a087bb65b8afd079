"""Orders in the hourly cycle: one card for each order that waits, carried out once, whoever else works the queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import preview_cycle, run_cycle
from agent.engine import KernelEngine
from agent.events import NewEvent, emit_events
from agent.models import Card, Event, Intent, LeftAlone, Tenant
from agent.registry import Cycle, Ref, registry
from agent.states import CardState, RunState, SendMode
from agent.tenancy import tenant_scope
from orders import engine as engine_module
from orders.decisions import Decision
from orders.engine import OrdersEngine
from orders.models import AcceptedQuote, JobReason, Order, OrderDeskSettings, OrderException, ProcessingJob
from orders.services import enqueue_orders, receive_orders
from orders.services.queue import MAX_ATTEMPTS
from orders.states import JobState, Stage
from tests.orders.cast import NOW, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(meridian: Tenant):  # type: ignore[no-untyped-def]
    make_desk(meridian)
    with registry.override(KernelEngine(), OrdersEngine()):
        yield meridian


def _receive(desk: Tenant, *departures: dict[str, object]) -> list[Order]:
    with tenant_scope(desk):
        client = make_client()
        orders = [make_order(f"MV-{n}", client, **values) for n, values in enumerate(departures, start=1)]
        receive_orders(orders=orders, now=NOW)
    return orders


def test_a_cycle_checks_every_order_that_waits_and_says_what_it_found(desk: Tenant) -> None:
    _receive(desk, {}, {"total_amount": D("700.00")}, {"zip": ""})
    report = run_cycle(tenant=desk, now=NOW)
    assert (report.state, report.cards["proposed"], report.cards["done"]) == (RunState.COMPLETED, 3, 3)
    with tenant_scope(desk):
        assert [card.reason for card in Card.objects.order_by("id")][0] == (
            "Order MV-1 of Cascade Home Lending was received and has not been checked yet."
        )
        results = {card.subject_label: card.result for card in Card.objects.all()}
        assert results == {
            "MV-1": {"open": [], "blocking": 0, "fixed": []},
            "MV-2": {"open": [], "blocking": 0, "fixed": ["PRC-104"]},
            "MV-3": {"open": ["REQ-201"], "blocking": 1, "fixed": []},
        }
        assert Order.objects.get(order_number="MV-2").total_amount == D("645.00")
        assert Order.objects.get(order_number="MV-3").stage == Stage.EXCEPTION
        assert set(ProcessingJob.objects.values_list("state", flat=True)) == {JobState.DONE}
        frozen = Decision.from_bytes(bytes(Intent.objects.get(card__subject_label="MV-2").content))
        assert frozen.columns == {"total_amount": "645.00"}
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {"order.received", "order.validated", "order.exception", "order.fixed"} <= kinds


def test_a_second_cycle_repeats_nothing(desk: Tenant) -> None:
    _receive(desk, {"zip": ""})
    run_cycle(tenant=desk, now=NOW)
    again = run_cycle(tenant=desk, now=NOW + timedelta(hours=1))
    assert again.cards["proposed"] == 0
    with tenant_scope(desk):
        assert OrderException.objects.count() == 1


def test_a_preview_proposes_the_same_and_changes_no_order(desk: Tenant) -> None:
    _receive(desk, {"total_amount": D("700.00")})
    report = preview_cycle(tenant=desk, now=NOW)
    assert [action["kind"] for action in report.actions] == ["process_order"]
    with tenant_scope(desk):
        assert Order.objects.get().total_amount == D("700.00")
        assert not OrderException.objects.exists()


def test_an_order_that_changes_is_checked_again(desk: Tenant) -> None:
    (order,) = _receive(desk, {"zip": ""})
    run_cycle(tenant=desk, now=NOW)
    with tenant_scope(desk):
        Order.objects.update(zip="80302")
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=NOW)
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=NOW)
    report = run_cycle(tenant=desk, now=NOW + timedelta(hours=1))
    assert report.cards["done"] == 1
    with tenant_scope(desk):
        assert not OrderException.objects.open().exists()
        assert Order.objects.get().stage == Stage.RECEIVED


def test_an_order_that_fails_is_tried_again_given_up_and_stalls_no_other(desk: Tenant, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    _receive(desk, {}, {})
    decide = engine_module.decide_orders

    def failing(**kwargs):  # type: ignore[no-untyped-def]
        return [
            Decision(order_id=each.order_id, order_number="MV-1", error="No such fact.")
            if each.order_number == "MV-1"
            else each
            for each in decide(**kwargs)
        ]

    monkeypatch.setattr(engine_module, "decide_orders", failing)
    first = run_cycle(tenant=desk, now=NOW)
    assert (first.cards["done"], first.cards["failed"]) == (1, 1)
    for hour in range(1, MAX_ATTEMPTS + 1):
        last = run_cycle(tenant=desk, now=NOW + timedelta(hours=hour))
    assert last.cards["proposed"] == 0
    with tenant_scope(desk):
        job = ProcessingJob.objects.gave_up().get()
        assert (job.attempts, job.last_error) == (MAX_ATTEMPTS, "No such fact.")
        assert Card.objects.filter(state=CardState.FAILED).count() == MAX_ATTEMPTS
        left = LeftAlone.objects.filter(code="gave_up").order_by("-id").first()
        assert (left.subject_label, left.reason) == ("MV-1", "Given up after 5 tries: No such fact.")


def test_a_desk_without_settings_leaves_its_orders_alone_and_says_why(meridian: Tenant) -> None:
    make_desk(meridian)
    _receive(meridian, {})
    with tenant_scope(meridian):
        OrderDeskSettings.objects.all().delete()
    with registry.override(KernelEngine(), OrdersEngine()):
        report = run_cycle(tenant=meridian, now=NOW)
    assert (report.state, report.cards["proposed"]) == (RunState.COMPLETED, 0)
    with tenant_scope(meridian):
        assert "Add them under Orders" in LeftAlone.objects.get().reason


def test_a_rivals_queue_is_not_worked(desk: Tenant, harborpine: Tenant) -> None:
    make_desk(harborpine)
    _receive(harborpine, {"zip": ""})
    report = run_cycle(tenant=desk, now=NOW)
    assert report.cards["proposed"] == 0
    with tenant_scope(harborpine):
        assert ProcessingJob.objects.get().state == JobState.QUEUED


def test_an_accepted_quote_prices_the_orders_that_name_it(desk: Tenant) -> None:
    (order,) = _receive(
        desk, {"quote_number": "Q-1", "fee_amount": D("640.00"), "total_amount": D("660.00"), "unit": ""}
    )
    quote = {
        "quote_number": "Q-1",
        "client_id": order.ordered_by_id,
        "product_code": "URAR-SF",
        "street": order.street,
        "unit": "",
        "zip": order.zip,
        "fee_amount": "600.00",
        "accepted_at": NOW.isoformat(),
        "valid_until_date": None,
    }
    with tenant_scope(desk):
        emit_events(
            [NewEvent(kind="quote.accepted", subject=Ref(kind="quote", id="1", label="Q-1"), data=quote)],
            now=NOW,
        )
    run_cycle(tenant=desk, now=NOW)
    with tenant_scope(desk):
        assert AcceptedQuote.objects.get().fee_amount == D("600.00")
        order.refresh_from_db()
        assert order.agreed_price == D("600.00")
    run_cycle(tenant=desk, now=NOW + timedelta(hours=1))
    with tenant_scope(desk):
        order.refresh_from_db()
        assert (order.fee_amount, order.total_amount) == (D("600.00"), D("620.00"))
        assert OrderException.objects.get(code="PRC-111").fix_state == "applied"
        assert not OrderException.objects.open().exists()


def test_planning_takes_as_many_statements_for_sixty_orders_as_for_five(desk: Tenant) -> None:
    def statements(now):  # type: ignore[no-untyped-def]
        cycle = Cycle(tenant=desk, settings=desk.settings, now=now, send_mode=SendMode.DRY_RUN)
        with tenant_scope(desk), CaptureQueriesContext(connection) as queries:
            OrdersEngine().plan(cycle)
            OrdersEngine().report(cycle)
        return len(queries)

    with tenant_scope(desk):
        client = make_client()
        orders = [make_order(f"MV-{n}", client) for n in range(60)]
        receive_orders(orders=orders[:5], now=NOW)
    few = statements(NOW)
    with tenant_scope(desk):
        receive_orders(orders=orders[5:], now=NOW)
    assert statements(NOW) == few
