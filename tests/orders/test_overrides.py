"""Overrides of exceptions: what one does while it stands, and everything that ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from agent.cycle import preview_cycle, run_cycle
from agent.engine import KernelEngine
from agent.models import Card, Event, Tenant
from agent.registry import registry
from agent.tenancy import tenant_scope
from orders.engine import OrdersEngine
from orders.models import (
    ClientCreditTerms,
    JobReason,
    Order,
    OrderException,
    OrderOverride,
    OrderOverrideChange,
    OrderTransition,
    ProcessingJob,
)
from orders.services import (
    OverrideRefused,
    enqueue_orders,
    undo_fix,
    validate_orders,
    withdraw_override,
)
from orders.states import ExceptionState, OverrideState, Stage
from tests.orders.cast import NOW, D, make_desk
from tests.orders.people import CHANGES, WORDS, blocked_order, change, make_lead, override, standing_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


@pytest.fixture
def lead(desk: Tenant):  # type: ignore[no-untyped-def]
    return make_lead("maria", desk)


def test_an_overridden_exception_stays_open_and_no_longer_blocks(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", False)])
        given = override(order, lead, "CRD-303")
        assert standing_of(order) == (Stage.RECEIVED, [("CRD-303", True)])
        assert not OrderException.objects.open().blocking().exists()
        assert (given.state, given.expires_at, given.approved_by) == (
            OverrideState.IN_FORCE, NOW + timedelta(days=7), ""
        )  # fmt: skip
        move = OrderTransition.objects.order_by("-id").first()
        assert (move.new, move.actor, move.reason) == (
            "received", "maria", "Overridden: CRD-303. Nothing else blocks it."
        )  # fmt: skip


def test_an_override_keeps_who_when_why_and_what_it_covered(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        assert given.covers == [
            {
                "code": "CRD-303",
                "subject": "",
                "message": "Needs 645.00; only 400.00 of 400.00 is free.",
            }
        ]
        (change,) = OrderOverrideChange.objects.all()
        assert (change.old, change.new, change.actor, change.reason, change.codes, change.at) == (
            "", "in_force", "maria", WORDS, ["CRD-303"], NOW
        )  # fmt: skip
        told = Event.objects.get(kind="order.overridden").data
        assert told == {
            "override": given.pk,
            "codes": ["CRD-303"],
            "reason_code": "credit_released",
            "total_amount": "645.00",
            "by": "maria",
            "approved_by": "",
        }


def test_looking_again_at_an_overridden_order_changes_nothing(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        override(order, lead, "CRD-303")
        decision = validate_orders(order_ids=[order.pk], now=LATER)[0]
        assert not decision.changes_anything
        assert (decision.open_codes, decision.overridden_codes, decision.blocking_count) == (
            ("CRD-303",), ("CRD-303",), 0
        )  # fmt: skip


def test_what_was_not_covered_still_blocks(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order(zip="")
        override(order, lead, "CRD-303")
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", True), ("REQ-201", False)])


def test_one_override_may_cover_several_exceptions(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order(zip="")
        given = override(order, lead, "CRD-303", "REQ-201")
        assert given.codes == ["CRD-303", "REQ-201"]
        assert standing_of(order) == (Stage.RECEIVED, [("CRD-303", True), ("REQ-201", True)])


def test_what_was_resolved_and_comes_back_is_not_covered_any_more(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        override(order, lead, "CRD-303")
        ClientCreditTerms.objects.update(credit_limit=D("9000.00"))
        validate_orders(order_ids=[order.pk], now=LATER)
        assert standing_of(order) == (Stage.RECEIVED, [])
        ClientCreditTerms.objects.update(credit_limit=D("400.00"))
        validate_orders(order_ids=[order.pk], now=LATER)
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", False)])


@pytest.mark.parametrize("what", CHANGES)
def test_an_override_is_void_when_the_order_changes(desk: Tenant, lead, what: str) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        change(order, CHANGES[what])
        validate_orders(order_ids=[order.pk], now=LATER)
        given.refresh_from_db()
        assert (given.state, given.ended_at, given.ended_by) == (OverrideState.VOIDED, LATER, "agent")
        assert f"the {what}" in given.end_reason
        stage, exceptions = standing_of(order)
        assert (stage, ("CRD-303", False) in exceptions) == (Stage.EXCEPTION, True)
        ended = Event.objects.get(kind="order.override_ended").data
        assert (ended["ended"], ended["codes"], ended["by"]) == ("voided", ["CRD-303"], "agent")
        last = OrderOverrideChange.objects.order_by("-id").first()
        assert (last.old, last.new, last.reason) == ("in_force", "voided", given.end_reason)


def test_whoever_changes_an_order_voids_its_override_in_the_same_transaction(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        change(order, CHANGES["total"])
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=LATER)
        given.refresh_from_db()
        assert given.state == OverrideState.VOIDED
        assert given.end_reason == "The order has changed since: the total (645.00 became 700.00)."
        assert OrderException.objects.open().blocking().get().code == "CRD-303"


def test_an_override_outlives_a_change_of_what_it_does_not_rest_on(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        Order.objects.update(borrower_phone="303-555-0199")
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=LATER)
        validate_orders(order_ids=[order.pk], now=LATER)
        given.refresh_from_db()
        assert given.state == OverrideState.IN_FORCE


def test_a_fix_that_changes_the_total_voids_the_override_with_it(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order(total_amount=D("700.00"))
        assert order.total_amount == D("645.00")  # fixed when it was first looked at
        given = override(order, lead, "CRD-303")
        undo_fix(exception=OrderException.objects.get(code="PRC-104"), actor="maria", now=LATER)
        given.refresh_from_db()
        assert (given.state, given.ended_by) == (OverrideState.VOIDED, "maria")


def test_a_withdrawn_override_blocks_again_at_once(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        with pytest.raises(OverrideRefused, match="Say why"):
            withdraw_override(override=given, person=lead, reason="  ", now=LATER)
        withdraw_override(override=given, person=lead, reason="The promise was not kept.", now=LATER)
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", False)])
        given.refresh_from_db()
        assert (given.state, given.ended_by, given.end_reason) == (
            "withdrawn", "maria", "The promise was not kept."
        )  # fmt: skip
        with pytest.raises(OverrideRefused, match="ended already"):
            withdraw_override(override=given, person=lead, reason="Once more.", now=LATER)


def test_an_ended_override_may_be_followed_by_another(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        first = override(order, lead, "CRD-303")
        with pytest.raises(OverrideRefused, match="overridden already"):
            override(order, lead, "CRD-303")
        withdraw_override(override=first, person=lead, reason="The promise was not kept.", now=LATER)
        override(order, lead, "CRD-303", now=LATER)
        assert standing_of(order) == (Stage.RECEIVED, [("CRD-303", True)])


def test_what_ran_out_unnoticed_stands_in_the_way_of_no_new_override(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    over = NOW + timedelta(days=7)
    with tenant_scope(desk):
        order = blocked_order()
        first = override(order, lead, "CRD-303")
        second = override(order, lead, "CRD-303", now=over)
        first.refresh_from_db()
        assert (first.state, first.ended_at, second.state) == (
            OverrideState.EXPIRED,
            over,
            OverrideState.IN_FORCE,
        )
        assert standing_of(order) == (Stage.RECEIVED, [("CRD-303", True)])


def test_an_order_corrected_by_the_look_at_it_is_not_overridden_as_it_was_seen(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        # A total that the next look corrects.
        Order.objects.update(total_amount=D("640.00"))
        with pytest.raises(OverrideRefused, match="just been corrected"):
            override(order, lead, "CRD-303")


def test_what_an_override_may_not_change_is_refused_by_the_table_too(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order(vendor_instructions="Need 640 please")
        given = override(order, lead, "CRD-303")
        forbidden: list[dict[str, Any]] = [
            {"approved_by": "maria", "approved_at": NOW, "second_needed_because": "Large."},
            {"requested_by": "agent"},
            {"words": "too short"},
            {"covers": []},
            {"state": "expired"},
            {"second_needed_because": "Large."},
            {"expires_at": NOW},
        ]
        for values in forbidden:
            with pytest.raises(IntegrityError), transaction.atomic():
                OrderOverride.objects.filter(pk=given.pk).update(**values)
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderException.objects.filter(code="IND-401").update(override=given)


# Expiry, found by the planner


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_expired_override_is_ended_by_the_cycle_and_its_order_blocks_again(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
    with registry.override(KernelEngine(), OrdersEngine()):
        run_cycle(tenant=desk, now=NOW + timedelta(days=7) - timedelta(minutes=1))
        with tenant_scope(desk):
            given.refresh_from_db()
            assert given.state == OverrideState.IN_FORCE
        over = NOW + timedelta(days=7)
        assert [action["kind"] for action in preview_cycle(tenant=desk, now=over).actions] == [
            "expire_override"
        ]
        run_cycle(tenant=desk, now=over)
        with tenant_scope(desk):
            given.refresh_from_db()
            assert (given.state, given.ended_by, given.end_reason) == (
                "expired",
                "agent",
                "It stood for 7 days.",
            )
            assert ProcessingJob.objects.get().reason == JobReason.OVERRIDE
            assert OrderException.objects.open().blocking().get().code == "CRD-303"
            card = Card.objects.get(kind="expire_override")
            assert card.reason == "The override of CRD-303 that maria gave has run out."
        run_cycle(tenant=desk, now=over + timedelta(hours=1))
    with tenant_scope(desk):
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", False)])
        assert Event.objects.filter(kind="order.override_ended").count() == 1


def test_a_look_after_its_time_ends_an_override_before_the_planner_does(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, lead, "CRD-303")
        validate_orders(order_ids=[order.pk], now=NOW + timedelta(days=7))
        given.refresh_from_db()
        assert given.state == OverrideState.EXPIRED
        assert standing_of(order) == (Stage.EXCEPTION, [("CRD-303", False)])


def test_looking_at_many_overridden_orders_takes_as_many_statements_as_at_few(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        orders = [blocked_order(f"MV-{n}") for n in range(12)]
        for order in orders:
            override(order, lead, "CRD-303")
            change(order, CHANGES["total"])

    def statements(some: list[Order]) -> int:
        with tenant_scope(desk), CaptureQueriesContext(connection) as queries:
            validate_orders(order_ids=[order.pk for order in some], now=LATER)
        return len(queries)

    assert statements(orders[:2]) == statements(orders[2:])
    with tenant_scope(desk):
        assert set(OrderOverride.objects.values_list("state", flat=True)) == {OverrideState.VOIDED}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_has_run_out_is_found_by_its_index_among_all_that_have_ended(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order()
        standing = OrderOverride.objects.filter(pk=override(order, lead, "CRD-303").pk).values()[0]
        ended = {
            "id": None,
            "state": "expired",
            "ended_at": LATER,
            "ended_by": "agent",
            "end_reason": "Over.",
        }
        OrderOverride.objects.bulk_create(OrderOverride(**standing | ended) for _ in range(3_000))
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE order_overrides")
    with tenant_scope(desk):
        plan = OrderOverride.objects.run_out(NOW + timedelta(days=7)).explain()
        assert "Index Cond: ((tenant_id" in plan and "Seq Scan" not in plan


# The rival


def test_a_rivals_override_is_neither_seen_nor_ended(desk: Tenant, harborpine: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    make_desk(harborpine)
    rival = make_lead("rita", harborpine, group="Their leads")
    with tenant_scope(harborpine):
        theirs = blocked_order()
        given = override(theirs, rival, "CRD-303")
    with tenant_scope(desk):
        assert not OrderOverride.objects.exists() and not OrderOverrideChange.objects.exists()
        with pytest.raises((OverrideRefused, ValueError)):
            withdraw_override(override=given, person=lead, reason="Not ours.", now=LATER)
        validate_orders(order_ids=[theirs.pk], now=NOW + timedelta(days=30))
    with tenant_scope(harborpine):
        given.refresh_from_db()
        assert given.state == OverrideState.IN_FORCE
        assert OrderException.objects.get().state == ExceptionState.OPEN
