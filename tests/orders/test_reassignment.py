"""An order whose vendor may not have it is offered to the best other one of the panel, once a person approves it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.engine import KernelEngine
from agent.models import Card, LeftAlone, Task
from agent.registry import Cycle, registry
from agent.services import approve_card, reject_card
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.models import ClientVendorExclusion, EOPolicy, License, Vendor
from orders.engine import OrdersEngine
from orders.models import Order, OrderException, OrderTransition
from orders.reassignment import due_date_for, plan_reassignments, rank_vendors
from orders.services import process_order_queue, receive_orders
from tests.orders.cast import NOW, TODAY, D, desk_facts, make_order, order_facts, vendor_facts
from tests.orders.mail_cast import HOUR, make_account, open_desk, run_hours
from tests.orders.trade import make_vendor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LAPSED = TODAY - timedelta(days=12)


@pytest.fixture
def desk(meridian):
    open_desk(meridian)
    with registry.override(KernelEngine(), MailEngine(), OrdersEngine()):
        yield meridian


def offer(tenant, numbers=("MV-1",), **changes):
    """Orders that were offered to Omar Vane, whose licence lapsed."""
    with tenant_scope(tenant):
        client, _ = make_account(limit="900000.00")
        vendor = make_vendor("Omar Vane", license_ends=LAPSED)
        values = {
            "vendor": vendor,
            "vendor_fee": D("400.00"),
            "vendor_due_date": date(2026, 12, 1),
            "stage": "assigned",
            "created_at": NOW - timedelta(days=9),
        }
        orders = [make_order(number, client, **values | changes) for number in numbers]
        receive_orders(orders=orders, now=NOW)
    return client


def cards(tenant):
    with tenant_scope(tenant):
        return list(Card.objects.filter(kind="reassign_vendor").order_by("id"))


def test_vendors_are_ranked_by_what_bars_them_then_by_warnings_then_by_what_they_have_in_hand():
    facts = order_facts(vendor=vendor_facts(id=1, license_ends=LAPSED), stage="assigned")
    panel = [
        vendor_facts(id=2, name="Lena Brook", eo_ends=LAPSED),
        vendor_facts(id=3, name="Nora Finch", w9_date=None),
        vendor_facts(id=4, name="Ida Kestrel"),
        vendor_facts(id=1, name="Omar Vane"),
    ]
    ranked = rank_vendors(facts, panel)
    assert [one.vendor.name for one in ranked] == ["Ida Kestrel", "Nora Finch", "Lena Brook"]
    assert ranked[0].words == "Ida Kestrel passes every rule for it and has 0 orders in hand."
    assert ranked[2].objections == (f"E&O of Lena Brook ended {LAPSED}.",)


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),
        (TODAY, TODAY),
        (LAPSED, date(2026, 12, 3)),
        (None, date(2026, 12, 3)),
    ],
)
def test_the_other_vendor_gets_the_agreed_day_while_it_is_to_come(agreed, expected):
    assert due_date_for(order_facts(desk=desk_facts()), agreed) == expected


def test_the_best_other_vendor_is_held_for_approval_with_the_reasons(desk):
    client = offer(desk)
    with tenant_scope(desk):
        chosen = make_vendor("Ida Kestrel")
        make_vendor("Lena Brook", eo_ends=LAPSED)
        excluded = make_vendor("Nora Finch")
        ClientVendorExclusion.objects.create(client=client, vendor=excluded, why="Late reports")
    run_hours(desk, 2)
    (card,) = cards(desk)
    assert (card.state, card.rule) == (CardState.HELD, "approval_is_asked_for")
    assert card.payload["vendor"] == chosen.pk
    assert card.payload["why_chosen"].startswith(
        "Ida Kestrel passes every rule for it and has 0 orders in hand."
    )
    assert card.payload["why_not_others"] == [
        f"E&O of Lena Brook ended {LAPSED}.",
        "Nora Finch may not take this file: on the do-not-use list of Cascade Home Lending (Late reports).",
    ]
    assert card.reason.startswith("Omar Vane may not have order MV-1: Omar Vane: no valid CO license")
    assert [entry["id"] for entry in card.evidence] == ["VND-501"]
    with tenant_scope(desk):
        assert Order.objects.get().vendor.name == "Omar Vane"
        assert not Task.objects.exists()


def test_approval_takes_it_from_one_vendor_and_offers_it_to_the_other(desk):
    offer(desk)
    with tenant_scope(desk):
        make_vendor("Ida Kestrel")
    run_hours(desk, 2)
    (card,) = cards(desk)
    with tenant_scope(desk):
        approve_card(card=card, actor="pat", now=NOW + HOUR)
    run_hours(desk, 2, since=NOW + 2 * HOUR)
    assert cards(desk)[0].state == CardState.DONE
    with tenant_scope(desk):
        order = Order.objects.get()
        assert (order.stage, order.vendor.name, order.vendor_fee) == ("assigned", "Ida Kestrel", D("400.00"))
        assert order.vendor_due_date == date(2026, 12, 1)
        moves = list(OrderTransition.objects.order_by("id").values_list("old", "new", "actor"))
        assert moves[-2:] == [("assigned", "assigning", "pat"), ("assigning", "assigned", "pat")]
        assert not OrderException.objects.open().filter(code="VND-501").exists()
    assert len(cards(desk)) == 1


def test_a_vendor_who_is_barred_by_the_time_of_approval_does_not_get_it(desk):
    offer(desk)
    with tenant_scope(desk):
        chosen = make_vendor("Ida Kestrel")
    run_hours(desk, 2)
    (card,) = cards(desk)
    with tenant_scope(desk):
        EOPolicy.objects.filter(vendor=chosen).update(expires_date=LAPSED)
        approve_card(card=card, actor="pat", now=NOW + HOUR)
    run_hours(desk, 1, since=NOW + 2 * HOUR)
    card = cards(desk)[0]
    assert card.state == CardState.FAILED
    with tenant_scope(desk):
        order = Order.objects.get()
        assert (order.stage, order.vendor.name) == ("assigned", "Omar Vane")
        assert "VND-503" in card.transitions.order_by("-id").first().reason


def test_a_rejected_vendor_is_not_proposed_again_and_the_next_one_is(desk):
    offer(desk)
    with tenant_scope(desk):
        make_vendor("Ida Kestrel")
        make_vendor("Paul Ryder")
    run_hours(desk, 2)
    with tenant_scope(desk):
        reject_card(card=cards_of_scope()[0], actor="pat", reason="Too far away.", now=NOW + HOUR)
    run_hours(desk, 2, since=NOW + 2 * HOUR)
    assert [card.payload["vendor_name"] for card in cards(desk)] == ["Ida Kestrel", "Paul Ryder"]


def cards_of_scope():
    return list(Card.objects.filter(kind="reassign_vendor").order_by("id"))


def test_without_another_vendor_the_order_is_left_alone_with_who_was_barred(desk, harborpine):
    offer(desk)
    with tenant_scope(desk):
        make_vendor("Lena Brook", eo_ends=LAPSED)
    open_desk(harborpine, address="desk@harborpine.test")
    with tenant_scope(harborpine):
        make_vendor("Ida Kestrel")
    run_hours(desk, 2)
    assert cards(desk) == []
    with tenant_scope(desk):
        left = LeftAlone.objects.get(code="no_other_vendor")
        assert left.reason == (
            "No other vendor of the panel may take it, or each was turned down by a person. "
            f"E&O of Lena Brook ended {LAPSED}."
        )


def test_an_order_that_its_vendor_has_taken_is_a_persons(desk):
    offer(desk, stage="vendor_accepted")
    with tenant_scope(desk):
        make_vendor("Ida Kestrel")
    run_hours(desk, 2)
    assert cards(desk) == []


def test_planning_takes_as_many_statements_for_many_orders_and_vendors_as_for_few(desk):
    client = offer(desk, ["MV-1", "MV-2"])
    with tenant_scope(desk):
        make_vendor("Ida Kestrel")
    process_order_queue(tenant=desk, now=NOW)

    def statements():
        cycle = Cycle(tenant=desk, settings=desk.settings, now=NOW, send_mode=SendMode.LIVE)
        with tenant_scope(desk), CaptureQueriesContext(connection) as queries:
            proposed = len(plan_reassignments(cycle).proposals)
        return proposed, len(queries)

    few, count = statements()
    with tenant_scope(desk):
        omar = Vendor.objects.get(name="Omar Vane")
        values = {
            "vendor": omar,
            "vendor_fee": D("400.00"),
            "vendor_due_date": date(2026, 12, 1),
            "stage": "assigned",
        }
        receive_orders(orders=[make_order(f"MV-{n}", client, **values) for n in range(3, 23)], now=NOW)
        for n in range(10):
            make_vendor(f"Vendor {n}")
        assert License.objects.count() == 12
    process_order_queue(tenant=desk, now=NOW)
    assert (few, statements()) == (2, (22, count))
