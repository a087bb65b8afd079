"""Validating stored orders: what is written, what a second look changes, and that no other tenant is touched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from engagement.models import Client
from orders.loading import DeskNotSetUp
from orders.models import FeeLine, Order, OrderException, OrderTransition
from orders.services import UnableToUndoFix, undo_fix, validate_orders
from orders.states import ExceptionState, FixState, Stage
from tests.orders.cast import NOW, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def _snapshot(order: Order) -> tuple[object, ...]:
    return (
        list(Order.objects.filter(pk=order.pk).values()),
        list(OrderException.objects.filter(order=order).order_by("id").values()),
        list(OrderTransition.objects.order_by("id").values()),
        Event.objects.count(),
    )


def _validate(order: Order, now=NOW):  # type: ignore[no-untyped-def]
    return validate_orders(order_ids=[order.pk], now=now)[0]


def test_a_clean_order_is_marked_as_looked_at_and_raises_nothing(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client())
        decision = _validate(order)
        order.refresh_from_db()
        assert (decision.open_codes, decision.fixed, order.validated_at) == ((), (), NOW)
        assert not OrderException.objects.exists()
        assert list(Event.objects.values_list("kind", flat=True)) == ["order.validated"]


def test_a_blocking_exception_is_stored_with_its_words_and_moves_the_order(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), fee_amount=D("900.00"), total_amount=D("920.00"))
        _validate(order)
        order.refresh_from_db()
        (found,) = OrderException.objects.open()
        assert (found.code, found.subject, found.severity) == ("PRC-108", "", "blocking")
        assert found.message == "Fee 900.00 is 44.0% away from 625.00. Approve the fee or correct it."
        assert found.evidence == {
            "price": f"625.00 = base 625.00, list v3, since {NOW.date() - timedelta(days=365)}"
        }
        assert order.stage == Stage.EXCEPTION
        assert list(OrderTransition.objects.values_list("old", "new")) == [("received", "exception")]


def test_validating_twice_changes_nothing(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order(
            "MV-1",
            make_client(),
            total_amount=D("700.00"),
            zip="",
            tech_fee=None,
            loan_purpose="refinance",
            loan_amount=D("300000"),
            vendor_instructions="Need 640 to make it work",
        )
        _validate(order)
        before = _snapshot(order)
        assert not _validate(order, LATER).changes_anything
        assert _snapshot(order) == before


def test_an_exception_that_is_gone_is_resolved_and_one_that_comes_back_is_reopened(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), zip="")
        _validate(order)
        Order.objects.filter(pk=order.pk).update(zip="80302")
        _validate(order, LATER)
        (row,) = OrderException.objects.all()
        assert (row.state, row.resolved_at, row.reopened_count) == (ExceptionState.RESOLVED, LATER, 0)
        order.refresh_from_db()
        assert order.stage == Stage.RECEIVED
        Order.objects.filter(pk=order.pk).update(zip="97206")
        _validate(order, LATER + timedelta(hours=1))
        row.refresh_from_db()
        assert (row.state, row.resolved_at, row.reopened_count) == (ExceptionState.OPEN, None, 1)
        assert row.opened_at == LATER + timedelta(hours=1)
        assert row.message == "Property address incomplete: ZIP (97206 is not in CO)."
        assert OrderException.objects.count() == 1


def test_an_exception_whose_words_change_stays_the_same_row(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), zip="")
        _validate(order)
        Order.objects.filter(pk=order.pk).update(city="")
        _validate(order, LATER)
        (row,) = OrderException.objects.all()
        assert row.message == "Property address incomplete: city, ZIP."
        assert (row.opened_at, row.reopened_count) == (NOW, 0)


FHA = {
    "product": "URAR-SF-FHA",
    "loan_type": "fha",
    "utilities_on": True,
    "due_date": NOW.date() + timedelta(days=20),
    "fee_amount": D("675.00"),
    "total_amount": D("695.00"),
}
FIXES = [
    # the order departs by, code, column, value afterwards
    ({"total_amount": D("700.00")}, "PRC-104", "total_amount", D("645.00")),
    ({"total_amount": D("630.00")}, "PRC-104", "total_amount", D("645.00")),
    ({"total_amount": None}, "PRC-104", "total_amount", D("645.00")),
    ({"tech_fee": None}, "PRC-106", "tech_fee", D("20.00")),
    ({"tech_fee": D("25.00"), "total_amount": D("650.00")}, "PRC-106", "total_amount", D("645.00")),
    ({"fee_amount": None}, "PRC-101", "fee_amount", D("625.00")),
    ({**FHA, "fha_case_number": "1234567890"}, "REQ-204", "fha_case_number", "123-4567890"),
    ({"property_contact_name": "", "property_contact_phone": ""}, "REQ-203", "property_contact_name", "Ana Ruiz"),
    ({"payment_type": ""}, "REQ-218", "payment_type", "bill"),
    ({"fee_amount": D("630.00"), "total_amount": D("650.00"), "accepted_fee_amount": D("625.00")}, "PRC-115",
     "total_amount", D("645.00")),
    ({"legacy_form": "1004"}, "REQ-214", "legacy_form_alias", "1004"),
    ({"unbillable_amounts": {"fee_amount": "625.004"}}, "PRC-103", "unbillable_amounts", {}),
    ({"loan_purpose": "refinance", "loan_amount": D("1.00")}, "IND-402", "vendor_hidden_fields", ["loan_amount"]),
]  # fmt: skip


@pytest.mark.parametrize(("departure", "code", "column", "value"), FIXES)
def test_a_safe_fix_is_made_recorded_and_can_be_undone(desk, departure, code, column, value) -> None:  # type: ignore[no-untyped-def]
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), **departure)
        before = Order.objects.values().get(pk=order.pk)
        decision = _validate(order)
        order.refresh_from_db()
        assert getattr(order, column) == value
        assert [fix["code"] for fix in decision.fixed] == [code]
        assert decision.open_codes == ()
        (row,) = OrderException.objects.all()
        assert (row.code, row.state, row.fix_state) == (code, ExceptionState.RESOLVED, FixState.APPLIED)
        undo_fix(exception=row, actor="maria", now=LATER)
        after = Order.objects.values().get(pk=order.pk)
        ignored = {"validated_at", "stage", "property_key"}
        assert {k: v for k, v in after.items() if k not in ignored} == {
            k: v for k, v in before.items() if k not in ignored
        }
        row.refresh_from_db()
        assert (row.state, row.fix_state, row.fix_by) == (ExceptionState.OPEN, FixState.UNDONE, "maria")
        assert not _validate(order, LATER + timedelta(hours=1)).changes_anything


def test_an_order_that_a_legacy_form_names_gets_its_product(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), product=None, legacy_form="1004")
        _validate(order)
        order.refresh_from_db()
        assert (order.product.code, order.legacy_form, order.legacy_form_alias) == ("URAR-SF", "", "1004")


def test_a_fix_is_only_offered_once_work_is_agreed(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), total_amount=D("700.00"), stage=Stage.ACCEPTED)
        _validate(order)
        order.refresh_from_db()
        (row,) = OrderException.objects.open()
        assert (order.total_amount, order.stage) == (D("700.00"), Stage.ACCEPTED)
        assert (row.fix_state, row.fix) == (
            FixState.PROPOSED, [{"field": "total_amount", "before": "700.00", "after": "645.00"}]
        )  # fmt: skip


def test_a_text_that_asks_for_a_value_is_withheld_and_stays_wrong(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), vendor_instructions="Need 640 please")
        _validate(order)
        order.refresh_from_db()
        (row,) = OrderException.objects.open()
        assert (row.code, row.fix_state) == ("IND-401", FixState.APPLIED)
        assert order.vendor_hidden_fields == ["vendor_instructions"]
        assert not _validate(order, LATER).changes_anything


def test_a_fix_of_an_order_changed_since_is_not_undone(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), total_amount=D("700.00"))
        _validate(order)
        Order.objects.filter(pk=order.pk).update(total_amount=D("650.00"))
        with pytest.raises(UnableToUndoFix, match="changed since"):
            undo_fix(exception=OrderException.objects.get(), actor="maria", now=LATER)


def test_a_filled_fee_stands_in_its_line(desk: Tenant) -> None:
    with tenant_scope(desk):
        order = make_order(
            "MV-1",
            make_client(),
            fee_amount=None,
            total_amount=D("770.00"),
            due_date=NOW.date() + timedelta(days=8),
        )
        FeeLine.objects.create(order=order, kind="add_on", code="RUSH-5", amount=D("125.00"))
        _validate(order)
        order.refresh_from_db()
        assert order.fee_amount == D("750.00")
        assert sum(FeeLine.objects.values_list("amount", flat=True), Decimal(0)) == D("750.00")


def test_other_tenants_orders_are_neither_read_nor_written(desk: Tenant, harborpine: Tenant) -> None:
    make_desk(harborpine, states=("CO",))
    with tenant_scope(harborpine):
        theirs = make_order("MV-1", make_client(), zip="", unit="A")
    with tenant_scope(desk):
        ours = make_order("MV-1", make_client(), unit="A")
        assert [each.order_id for each in validate_orders(order_ids=[ours.pk, theirs.pk], now=NOW)] == [
            ours.pk
        ]
        assert not OrderException.objects.exists()
    with tenant_scope(harborpine):
        assert Order.objects.get().validated_at is None
        assert not OrderException.objects.exists()


def test_a_tenant_without_settings_is_told_so(meridian: Tenant) -> None:
    with tenant_scope(meridian), pytest.raises(DeskNotSetUp, match="Add them in the console"):
        validate_orders(order_ids=[1], now=NOW)


def _statements(tenant: Tenant, orders: list[Order]) -> int:
    with tenant_scope(tenant), CaptureQueriesContext(connection) as queries:
        validate_orders(order_ids=[order.pk for order in orders], now=NOW)
    return len(queries)


def test_sixty_orders_take_as_many_statements_as_five(desk: Tenant) -> None:
    with tenant_scope(desk):
        clients = [make_client(f"Client {n}") for n in range(3)]
        orders = [_departing_order(n, clients[n % 3]) for n in range(65)]
    few, many = _statements(desk, orders[:5]), _statements(desk, orders[5:])
    assert few == many <= 32


def _departing_order(number: int, client: Client) -> Order:
    """Every fifth clean, the others with something to fix or to report."""
    departures = [
        {},
        {"total_amount": D("700.00")},
        {"zip": ""},
        {"tech_fee": None},
        {"fee_amount": None},
    ]
    return make_order(f"MV-{number}", client, **departures[number % 5])
