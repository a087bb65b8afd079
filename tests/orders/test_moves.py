"""Moving orders: each move by its service, in order, once, and never over a rule."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from engagement.models import ClientVendorExclusion
from orders.models import Invoice, InvoiceState, JobReason, Order, OrderChange, OrderTransition, ProcessingJob
from orders.services import (
    MoveRefused,
    accept_order,
    assign_vendor,
    call_off_inspection,
    close_order,
    conclude_rov,
    deliver_order,
    open_rov,
    record_contact_attempt,
    record_counter,
    record_vendor_acceptance,
    request_revision,
    schedule_inspection,
    start_assigning,
    start_review,
    submit_report,
)
from orders.states import RovParty, Stage
from tests.orders.cast import NOW, TODAY, make_client, make_desk, make_order
from tests.orders.people import blocked_order, make_lead, override
from tests.orders.trade import ACTOR, INSPECTION, VENDOR_DUE, make_vendor, walk

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WHO: dict[str, Any] = {"actor": ACTOR, "now": NOW}


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """Meridian's desk, with the rival's beside it, which has an order of the same number."""
    for tenant in (meridian, harborpine):
        make_desk(tenant)
    with tenant_scope(harborpine):
        make_order("MV-1", make_client())
    return meridian


@pytest.fixture(autouse=True)
def rival_stands_still(desk: Tenant, harborpine: Tenant):
    """Whatever a test does, the rival's order stays received and without history."""
    yield
    with tenant_scope(harborpine):
        assert Order.objects.get().stage == Stage.RECEIVED
        assert not OrderTransition.objects.exists()


def history(order: Order) -> list[tuple[str, str, str]]:
    return list(OrderTransition.objects.filter(order=order).order_by("id").values_list("old", "new", "actor"))


def event(kind: str) -> dict[str, Any]:
    return Event.objects.filter(kind=kind).latest("id").data


def test_an_order_goes_from_received_to_closed_and_each_move_is_kept_and_told(desk):
    with tenant_scope(desk):
        vendor = make_vendor()
        order = walk(make_order("MV-1", make_client()), Stage.DELIVERED, vendor=vendor)
        Invoice.objects.create(
            invoice_number="INV-1",
            client=order.bill_to,
            order=order,
            state=InvoiceState.ISSUED,
            issued_date=TODAY,
            due_date=TODAY,
            total_amount=Decimal("645.00"),
            balance_due=Decimal("0.00"),
        )
        order = close_order(order=order, **WHO)
        order.refresh_from_db()
        assert (order.stage, order.vendor, order.delivered_at) == (Stage.CLOSED, vendor, NOW)
        assert (order.vendor_fee, order.vendor_due_date) == (Decimal("400.00"), VENDOR_DUE)
        assert order.accepted_fee_amount == Decimal("625.00")
        stages = [
            "received",
            "accepted",
            "assigned",
            "vendor_accepted",
            "scheduled",
            "inspected",
            "submitted",
        ]
        stages += ["in_review", "delivered", "closed"]
        assert history(order) == [(old, new, ACTOR) for old, new in zip(stages, stages[1:], strict=False)]
        kinds = list(
            Event.objects.filter(kind__startswith="order.").order_by("id").values_list("kind", flat=True)
        )
        moved = [kind for kind in kinds if kind not in ("order.validated", "order.exception", "order.fixed")]
        assert moved == [f"order.{stage}" for stage in stages[1:]]
        assert event("order.assigned")["vendor_id"] == vendor.pk
        assert event("order.delivered") == {
            "order_number": "MV-1", "client_id": order.ordered_by_id, "from": "in_review", "to": "delivered",
            "by": ACTOR, "reason": "Delivered.", "delivered_at": NOW.isoformat(), "is_first": True,
            "vendor_id": vendor.pk,
        }  # fmt: skip


def test_an_order_in_which_something_blocks_is_not_accepted_and_says_what(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), zip="")
    with tenant_scope(desk), pytest.raises(MoveRefused, match="REQ-201: Property address incomplete"):
        accept_order(order=order, **WHO)
    with tenant_scope(desk):
        order.refresh_from_db()
        assert order.stage in (Stage.RECEIVED, Stage.EXCEPTION)
        assert not Event.objects.filter(kind="order.accepted").exists()


def test_an_order_is_judged_as_it_stands_when_it_is_accepted(desk):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), stage=Stage.EXCEPTION)
        assert accept_order(order=order, **WHO).stage == Stage.ACCEPTED
        # What had blocked it was gone, so it was received again before it was accepted.
        assert history(order) == [
            ("exception", "received", ACTOR),
            ("received", "accepted", ACTOR),
        ]


def test_an_order_is_accepted_in_spite_of_what_a_person_has_overridden(desk):
    lead = make_lead("maria", desk)
    with tenant_scope(desk):
        order = blocked_order("MV-1")
        with pytest.raises(MoveRefused, match="CRD-303"):
            accept_order(order=order, **WHO)
        override(order, lead, "CRD-303")
        assert accept_order(order=order, **WHO).stage == Stage.ACCEPTED


def test_an_order_without_due_date_is_not_accepted(desk):
    with tenant_scope(desk), pytest.raises(MoveRefused, match="has no due date"):
        accept_order(order=make_order("MV-1", make_client(), due_date=None), **WHO)


MOVES_OUT_OF_TURN = {
    "assign": lambda o: assign_vendor(
        order=o, vendor=make_vendor(), vendor_fee=Decimal("400"), vendor_due_date=VENDOR_DUE, **WHO
    ),
    "look for a vendor": lambda o: start_assigning(order=o, **WHO),
    "counter": lambda o: record_counter(
        order=o, vendor_fee=Decimal("450"), vendor_due_date=None, reason="far", **WHO
    ),
    "vendor accepts": lambda o: record_vendor_acceptance(order=o, **WHO),
    "attempt": lambda o: record_contact_attempt(order=o, reason="no answer", **WHO),
    "schedule": lambda o: schedule_inspection(order=o, inspection_date=INSPECTION, **WHO),
    "call off": lambda o: call_off_inspection(order=o, reason="ill", **WHO),
    "submit": lambda o: submit_report(order=o, **WHO),
    "review": lambda o: start_review(order=o, **WHO),
    "revise": lambda o: request_revision(order=o, reason="a photo", **WHO),
    "deliver": lambda o: deliver_order(order=o, **WHO),
    "reconsider": lambda o: open_rov(order=o, asked_by=RovParty.CLIENT, reason="comps", **WHO),
    "conclude": lambda o: conclude_rov(order=o, reason="stands", **WHO),
    "close": lambda o: close_order(order=o, **WHO),
}


@pytest.mark.parametrize("move", MOVES_OUT_OF_TURN)
def test_a_move_out_of_turn_is_refused_with_one_sentence_and_does_nothing(desk, move):
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        with pytest.raises(MoveRefused) as refused:
            MOVES_OUT_OF_TURN[move](order)
        assert str(refused.value).startswith("Order MV-1 stands at “Received” and cannot ")
        assert str(refused.value).count(".") == 1
        order.refresh_from_db()
        assert order.stage == Stage.RECEIVED
        assert not OrderTransition.objects.exists()
        assert not Event.objects.filter(kind__startswith="order.").exists()


@pytest.mark.parametrize(
    ("lapsed", "sentence"),
    [
        ({"license_ends": TODAY + timedelta(days=2)}, "VND-501: Omar Vane: no valid CO license"),
        ({"eo_ends": TODAY - timedelta(days=1)}, "VND-503: E&O of Omar Vane ended"),
    ],
)
def test_a_vendor_who_may_not_take_the_file_is_not_assigned(desk, lapsed, sentence):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ACCEPTED)
        lapsed_vendor = make_vendor("Omar Vane", **lapsed)
        with pytest.raises(MoveRefused, match=f"cannot be assigned to Omar Vane. {sentence}"):
            walk_on = partial(assign_vendor, order=order, vendor=lapsed_vendor, vendor_due_date=VENDOR_DUE)
            walk_on(vendor_fee=Decimal("400.00"), **WHO)
        order.refresh_from_db()
        assert (order.stage, order.vendor) == (Stage.ACCEPTED, None)


def test_a_vendor_whom_the_client_will_not_have_is_not_assigned(desk):
    with tenant_scope(desk):
        client, vendor = make_client(), make_vendor("Nora Finch")
        ClientVendorExclusion.objects.create(client=client, vendor=vendor, why="A complaint.")
        order = walk(make_order("MV-1", client), Stage.ACCEPTED)
        with pytest.raises(
            MoveRefused, match="cannot be assigned to Nora Finch. IND-404: Nora Finch may not"
        ):
            assign_vendor(
                order=order,
                vendor=vendor,
                vendor_fee=Decimal("400.00"),
                vendor_due_date=VENDOR_DUE,
                **WHO,
            )


def test_a_vendor_needs_a_day_that_is_still_to_come_and_a_fee_that_is_one(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ACCEPTED)
        vendor = make_vendor()
        offer = partial(assign_vendor, order=order, vendor=vendor, **WHO)
        with pytest.raises(MoveRefused, match="2026-11-20 has passed"):
            offer(vendor_fee=Decimal("400"), vendor_due_date=date(2026, 11, 20))
        with pytest.raises(MoveRefused, match="below zero"):
            offer(vendor_fee=Decimal("-1"), vendor_due_date=VENDOR_DUE)


def test_an_assigned_order_is_checked_again(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ASSIGNED)
        assert ProcessingJob.objects.get().reason == JobReason.CHANGED
        assert order.stage_due_at == NOW + timedelta(hours=24)


def test_a_vendor_who_does_not_take_it_leaves_the_order_and_the_time_to_assign_begins_anew(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ACCEPTED)
        order = start_assigning(order=order, actor=ACTOR, now=NOW + timedelta(hours=3))
        assert order.stage_since == NOW  # since acceptance
        order = assign_vendor(
            order=order,
            vendor=make_vendor(),
            vendor_fee=Decimal("400.00"),
            vendor_due_date=VENDOR_DUE,
            **WHO,
        )
        later = NOW + timedelta(hours=5)
        order = start_assigning(order=order, actor=ACTOR, now=later)
        order.refresh_from_db()
        assert (order.vendor, order.vendor_fee, order.vendor_due_date) == (None, None, None)
        assert order.stage_since == later
        assert OrderTransition.objects.latest("id").reason == "Ida Kestrel did not take it."


def test_a_vendor_may_counter_and_is_taken_at_what_is_agreed(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ASSIGNED)
        with pytest.raises(MoveRefused, match="which fee or which day"):
            record_counter(order=order, vendor_fee=None, vendor_due_date=None, reason="", **WHO)
        order = record_counter(
            order=order,
            vendor_fee=Decimal("450"),
            vendor_due_date=date(2026, 12, 2),
            reason="Far away.",
            **WHO,
        )
        assert OrderTransition.objects.latest("id").reason == (
            "Ida Kestrel asks for a fee of 450.00 and until 2026-12-02. Far away."
        )
        assert order.vendor_fee == Decimal("400.00")  # nothing is agreed yet
        order = record_vendor_acceptance(order=order, vendor_fee=Decimal("425"), **WHO)
        order.refresh_from_db()
        assert (order.stage, order.vendor_fee, order.vendor_due_date) == (
            Stage.VENDOR_ACCEPTED,
            Decimal("425.00"),
            VENDOR_DUE,
        )


def test_attempts_to_reach_the_contact_are_counted_without_a_stage_of_their_own(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.VENDOR_ACCEPTED)
        moves = len(history(order))
        for _ in range(2):
            order = record_contact_attempt(order=order, reason="Left a message.", **WHO)
        order.refresh_from_db()
        assert (order.stage, order.contact_attempts, len(history(order))) == (
            Stage.VENDOR_ACCEPTED,
            2,
            moves,
        )
        assert [change.reason for change in OrderChange.objects.all()] == ["Left a message."] * 2
        with pytest.raises(MoveRefused, match="what came of the call"):
            record_contact_attempt(order=order, reason=" ", **WHO)


def test_an_inspection_is_scheduled_moved_and_called_off(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.SCHEDULED)
        other_day = date(2026, 11, 25)
        with pytest.raises(MoveRefused, match="Say why the inspection takes place on another day"):
            schedule_inspection(order=order, inspection_date=other_day, **WHO)
        with pytest.raises(MoveRefused, match="is on 2026-11-24 already"):
            schedule_inspection(order=order, inspection_date=INSPECTION, **WHO)
        with pytest.raises(MoveRefused, match="has passed"):
            schedule_inspection(order=order, inspection_date=date(2026, 11, 20), **WHO)
        order = schedule_inspection(order=order, inspection_date=other_day, reason="Borrower ill.", **WHO)
        order.refresh_from_db()
        assert (order.stage, order.inspection_date) == (Stage.SCHEDULED, other_day)
        assert OrderChange.objects.get().changes == [
            {"field": "inspection_date", "before": "2026-11-24", "after": "2026-11-25"}
        ]
        assert event("order.scheduled")["inspection_date"] == "2026-11-25"
        order = call_off_inspection(order=order, reason="No access.", **WHO)
        order.refresh_from_db()
        assert (order.stage, order.inspection_date) == (Stage.VENDOR_ACCEPTED, None)


@pytest.mark.parametrize("stage", [Stage.IN_REVIEW, Stage.DELIVERED])
def test_a_report_goes_back_for_revision_before_delivery_and_after(desk, stage):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), stage)
        with pytest.raises(MoveRefused, match="Say what is to be revised"):
            request_revision(order=order, reason="", **WHO)
        with pytest.raises(MoveRefused, match="has passed"):
            request_revision(order=order, reason="A photo.", revision_due_date=date(2026, 11, 20), **WHO)
        order = request_revision(order=order, reason="A photo is missing.", **WHO)
        # Two business days of the desk.
        assert (order.stage, order.revision_due_date) == (Stage.REVISION, date(2026, 11, 25))
        assert event("order.revision")["is_after_delivery"] == (stage == Stage.DELIVERED)
        order = submit_report(order=order, **WHO)
        assert order.revision_due_date is None
        later = NOW + timedelta(days=2)
        order = deliver_order(order=start_review(order=order, **WHO), actor=ACTOR, now=later)
        order.refresh_from_db()
        is_first = stage != Stage.DELIVERED
        # The turn time goes by the first delivery; feedback is asked for after the last.
        assert order.delivered_at == (later if is_first else NOW)
        told = event("order.delivered")
        assert (told["is_first"], told["delivered_at"]) == (is_first, later.isoformat())


def test_the_borrower_has_one_reconsideration_of_a_report_and_the_client_more(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.DELIVERED)
        order = open_rov(order=order, asked_by=RovParty.BORROWER, reason="Three sales nearby.", **WHO)
        assert order.rov_due_date == date(2026, 12, 1)  # five business days, over Thanksgiving
        order = conclude_rov(order=order, reason="The value stands.", **WHO)
        assert (order.stage, order.rov_due_date) == (Stage.DELIVERED, None)
        with pytest.raises(MoveRefused, match="2026-11-23, and may do so once for a report"):
            open_rov(order=order, asked_by=RovParty.BORROWER, reason="Again.", **WHO)
        order = open_rov(order=order, asked_by=RovParty.CLIENT, reason="Underwriter asks.", **WHO)
        assert order.stage == Stage.ROV
        assert Event.objects.filter(kind="order.delivered").count() == 1


@pytest.mark.parametrize(
    ("invoice", "sentence"),
    [
        (None, "has not been billed"),
        ({"state": InvoiceState.DRAFT, "balance_due": "645.00"}, "is a draft"),
        ({"state": InvoiceState.ISSUED, "balance_due": "45.00"}, "still has 45.00 to be paid"),
    ],
)
def test_an_order_that_is_not_paid_is_not_closed(desk, invoice, sentence):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.DELIVERED)
        if invoice:
            Invoice.objects.create(
                invoice_number="INV-1",
                client=order.bill_to,
                order=order,
                issued_date=TODAY,
                due_date=TODAY,
                total_amount=Decimal("645.00"),
                **invoice,
            )
        with pytest.raises(MoveRefused, match=sentence):
            close_order(order=order, **WHO)


def race(desk: Tenant, *moves: Any) -> list[str]:
    """Make moves of the one order at the same moment, each in a transaction of its own; what each came to."""
    start, said = threading.Barrier(len(moves)), []

    def work(move: Any) -> None:
        try:
            start.wait()
            with tenant_scope(desk):
                move(order=Order.objects.get())
            said.append("moved")
        except MoveRefused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(move,)) for move in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_of_two_vendors_assigned_at_once_one_gets_the_order(desk):
    with tenant_scope(desk):
        order = walk(make_order("MV-1", make_client()), Stage.ACCEPTED)
        vendors = [make_vendor("Ida Kestrel"), make_vendor("Lena Brook")]
    terms = {"vendor_fee": Decimal("400.00"), "vendor_due_date": VENDOR_DUE, **WHO}
    said = race(desk, *[partial(assign_vendor, vendor=vendor, **terms) for vendor in vendors])
    assert said == ["moved", "refused"]
    with tenant_scope(desk):
        assert OrderTransition.objects.filter(order=order, new=Stage.ASSIGNED).count() == 1
        assert Event.objects.filter(kind="order.assigned").count() == 1


def test_a_move_takes_few_statements_whatever_else_the_desk_has(desk):
    with tenant_scope(desk):
        client = make_client()
        order = walk(make_order("MV-1", client), Stage.INSPECTED)
        for number in range(2, 12):
            make_order(f"MV-{number}", client)
        with CaptureQueriesContext(connection) as queries:
            submit_report(order=order, **WHO)
    # Lock; tenant, terms and rush for the next due time; UPDATE, transition, event.
    assert len(queries) == 7
