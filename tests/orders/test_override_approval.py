"""The second person of an override: when one is needed, what they may agree to, and two people at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from orders.models import JobReason, OrderException, OrderOverride, OrderOverrideChange
from orders.services import (
    OverrideRefused,
    approve_override,
    enqueue_orders,
    process_order_queue,
    validate_orders,
)
from orders.states import OverrideState, Stage
from tests.orders.cast import NOW, D, make_desk
from tests.orders.people import CHANGES, blocked_order, change, make_lead, override, standing_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


@pytest.fixture
def lead(desk: Tenant):  # type: ignore[no-untyped-def]
    return make_lead("maria", desk)


def test_a_large_order_waits_for_a_second_person(desk: Tenant) -> None:
    maria = make_lead("maria", desk, ceiling="9000.00")
    omar = make_lead("omar", desk, ceiling="9000.00")
    with tenant_scope(desk):
        order = blocked_order(
            limit="4000.00",
            fee_amount=D("4981.00"),
            total_amount=D("5001.00"),
            accepted_fee_amount=D("4981.00"),
        )
        codes = [row.code for row in OrderException.objects.open().blocking().filter(order=order)]
        waiting = override(order, maria, *codes)
        assert (waiting.state, waiting.second_needed_because) == (
            "awaiting", "The total of 5001.00 is above 5000.00."
        )  # fmt: skip
        stage, exceptions = standing_of(order)
        assert stage == Stage.EXCEPTION and not any(is_overridden for _, is_overridden in exceptions)
        assert not Event.objects.filter(kind="order.overridden").exists()
        with pytest.raises(OverrideRefused, match="waits for a second person already"):
            override(order, omar, *codes)
        with pytest.raises(OverrideRefused, match="Somebody else must agree"):
            approve_override(override=waiting, person=maria, now=LATER)
        approved = approve_override(override=waiting, person=omar, now=LATER)
        assert (approved.state, approved.approved_by, approved.expires_at) == (
            "in_force", "omar", LATER + timedelta(days=7)
        )  # fmt: skip
        assert standing_of(order)[0] == Stage.RECEIVED
        told = Event.objects.get(kind="order.overridden").data
        assert (told["by"], told["approved_by"]) == ("maria", "omar")
        assert list(OrderOverrideChange.objects.order_by("id").values_list("old", "new", "actor")) == [
            ("", "awaiting", "maria"), ("awaiting", "in_force", "omar")
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "state"), [("322.50", "in_force"), ("322.49", "awaiting"), (None, "awaiting")]
)
def test_more_than_twice_the_limit_needs_a_second_person(desk: Tenant, lead, limit, state: str) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = blocked_order(limit=limit)
        (code,) = [row.code for row in OrderException.objects.open().blocking()]
        assert override(order, lead, code).state == state


def test_five_thousand_exactly_needs_one_person_only(desk: Tenant) -> None:
    maria = make_lead("maria", desk, ceiling="5000.00")
    with tenant_scope(desk):
        order = blocked_order(limit="90000.00", fee_amount=D("4980.00"), total_amount=D("5000.00"), zip="")
        assert override(order, maria, "REQ-201").state == OverrideState.IN_FORCE


def test_what_has_changed_or_run_out_can_no_longer_be_agreed_to(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    omar = make_lead("omar", desk)
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        waiting = override(order, lead, "CRD-303")
        with pytest.raises(OverrideRefused, match="stood for 7 days"):
            approve_override(override=waiting, person=omar, now=NOW + timedelta(days=7))
        change(order, CHANGES["total"])
        with pytest.raises(OverrideRefused, match="645.00 became 700.00"):
            approve_override(override=waiting, person=omar, now=LATER)
        validate_orders(order_ids=[order.pk], now=LATER)
        waiting.refresh_from_db()
        assert waiting.state == OverrideState.VOIDED
        # It never was in force, so nothing of the order has ended.
        assert not Event.objects.filter(kind="order.override_ended").exists()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_people_who_agree_at_once_one_is_the_second_person(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    people = [make_lead(name, desk) for name in ("omar", "lena")]
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        waiting = override(order, lead, "CRD-303")
    told = race(
        desk, [lambda p=person: approve_override(override=waiting, person=p, now=LATER) for person in people]
    )
    assert sorted(told)[0] == "" and "in force already" in sorted(told)[1]
    with tenant_scope(desk):
        waiting.refresh_from_db()
        assert waiting.approved_by in ("omar", "lena")
        assert OrderOverrideChange.objects.filter(new="in_force").count() == 1
        assert Event.objects.filter(kind="order.overridden").count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_people_who_override_the_same_at_once_one_is_told_so(desk: Tenant) -> None:
    people = [make_lead(name, desk) for name in ("omar", "lena")]
    with tenant_scope(desk):
        order = blocked_order()
    told = race(desk, [lambda p=person: override(order, p, "CRD-303") for person in people])
    assert sorted(told)[0] == "" and "overridden already" in sorted(told)[1]
    with tenant_scope(desk):
        assert OrderOverride.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_an_approval_and_a_change_at_once_leave_no_override_of_another_total(desk: Tenant, lead) -> None:  # type: ignore[no-untyped-def]
    omar = make_lead("omar", desk)
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        waiting = override(order, lead, "CRD-303")

    def change_total() -> None:
        change(order, CHANGES["total"])
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=LATER)

    race(desk, [change_total, lambda: approve_override(override=waiting, person=omar, now=LATER)])
    with tenant_scope(desk):
        waiting.refresh_from_db()
        assert waiting.state == OverrideState.VOIDED
        assert OrderException.objects.open().blocking().filter(code="CRD-303").exists()
    process_order_queue(tenant=desk, now=LATER)
    with tenant_scope(desk):
        assert standing_of(order)[0] == Stage.EXCEPTION


def race(tenant: Tenant, acts: list[Any]) -> list[str]:
    """Run the acts in threads, each in a scope of its own; returns what each was told, empty for done."""
    start, told = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        try:
            start.wait()
            with tenant_scope(tenant):
                acts[number]()
        except OverrideRefused as refusal:
            told[number] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
