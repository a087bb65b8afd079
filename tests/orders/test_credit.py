"""What a payer owes, read from the database: nothing twice, nothing missed, and two orders never use one room."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.models import Client
from orders.facts import CreditFacts
from orders.loading import load_desk, load_facts, read_records
from orders.models import (
    ClientCreditTerms,
    Invoice,
    InvoiceState,
    Order,
    OrderException,
    Payment,
    PaymentKind,
)
from orders.services import validate_orders
from orders.states import CancelReason, Stage
from tests.orders.cast import NOW, TODAY, D, make_client, make_desk, make_order


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def _invoice(client: Client, number: str, balance: str, *, due: int = 30, **changes: Any) -> Invoice:
    """An issued invoice, due so many days from today."""
    values: dict[str, Any] = {
        "state": InvoiceState.ISSUED,
        "issued_date": TODAY - timedelta(days=60),
        "due_date": TODAY + timedelta(days=due),
        "total_amount": D("1000.00"),
    }
    return Invoice.objects.create(
        client=client, invoice_number=number, balance_due=D(balance), **values | changes
    )


def _cancelled(fee: str | None) -> dict[str, Any]:
    return {
        "stage": Stage.CANCELLED, "cancelled_at": NOW, "cancel_reason": CancelReason.DUPLICATE,
        "cancellation_fee": D(fee) if fee else None,
    }  # fmt: skip


def _credit(order: Order) -> CreditFacts:
    desk = load_desk(now=NOW)
    (facts,) = load_facts(read_records([order.pk]), desk=desk)
    return facts.credit


@pytest.mark.django_db
def test_exposure_is_open_invoices_and_unbilled_orders_less_unapplied_money(desk: Tenant) -> None:
    with tenant_scope(desk):
        client, other = make_client(), make_client("Other Bank")
        order = make_order("MV-1", client)
        make_order("MV-2", client)
        make_order("MV-3", client, payment_type="card")
        make_order("MV-4", client, **_cancelled(None))
        make_order("MV-5", client, **_cancelled("75.00"))
        billed = make_order("MV-6", client, stage=Stage.DELIVERED, delivered_at=NOW)
        make_order("MV-7", other)
        make_order("MV-8", other, bill_to=client, total_amount=D("10.00"))
        _invoice(client, "I-1", "300.00", order=billed)
        _invoice(client, "I-2", "40.00")
        _invoice(client, "I-3", "1000.00", state=InvoiceState.VOID)
        _invoice(client, "I-4", "1000.00", state=InvoiceState.DRAFT)
        _invoice(other, "I-5", "500.00")
        Payment.objects.create(
            client=client, received_date=TODAY, amount=D("100.00"), unapplied_amount=D("30.00")
        )
        Payment.objects.create(
            client=client,
            kind=PaymentKind.CREDIT_MEMO,
            received_date=TODAY,
            amount=D("5.00"),
            unapplied_amount=D("5.00"),
        )
        credit = _credit(order)
    assert credit.open_receivable == D("340.00")
    assert credit.unbilled == D("645.00") + D("75.00") + D("10.00")
    assert credit.credits == D("35.00")
    assert credit.exposure == D("1035.00")


@pytest.mark.django_db
def test_an_order_never_counts_itself(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client(limit="645.00")
        order = make_order("MV-1", client)
        for hour in range(2):
            (decision,) = validate_orders(order_ids=[order.pk], now=NOW + timedelta(hours=hour))
            assert decision.open_codes == ("CRD-304",)
        Order.objects.update(stage=Stage.DELIVERED, delivered_at=NOW)
        _invoice(client, "I-1", "645.00", order=order)
        assert _credit(order).exposure == D("0.00")
        (decision,) = validate_orders(order_ids=[order.pk], now=NOW + timedelta(hours=3))
        assert decision.open_codes == ("CRD-304",)


@pytest.mark.django_db
def test_late_recent_and_disputed_invoices_are_told_apart(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        order = make_order("MV-1", client)
        _invoice(client, "I-1", "100.00", due=-31)
        _invoice(client, "I-2", "20.00", due=-30)
        _invoice(client, "I-3", "7.00", due=0)
        _invoice(client, "I-4", "900.00", due=-90, is_disputed=True)
        _invoice(client, "I-5", "0.00", due=-90)
        credit = _credit(order)
    assert (credit.late_count, credit.late_amount) == (1, D("100.00"))
    assert (credit.past_due_amount, credit.oldest_due_date) == (D("120.00"), TODAY - timedelta(days=31))
    assert credit.disputed_past_due_amount == D("900.00")


@pytest.mark.django_db
def test_what_another_tenant_is_owed_counts_for_nothing(desk: Tenant, harborpine: Tenant) -> None:
    make_desk(harborpine)
    with tenant_scope(harborpine):
        theirs = make_client()
        make_order("HP-1", theirs)
        _invoice(theirs, "I-1", "500.00", due=-90)
    with tenant_scope(desk):
        credit = _credit(make_order("MV-1", make_client()))
    assert (credit.exposure, credit.late_count) == (D("0.00"), 0)


@pytest.mark.django_db
def test_a_batch_sees_the_totals_that_its_own_fixes_leave(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client(limit="1290.00")
        orders = [make_order("MV-1", client, total_amount=D("700.00")), make_order("MV-2", client)]
        ids = [order.pk for order in orders]
        first = validate_orders(order_ids=ids, now=NOW)
        assert [decision.open_codes for decision in first] == [("CRD-304",), ("CRD-304",)]
        assert not any(each.changes_anything for each in validate_orders(order_ids=ids, now=NOW))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_orders_racing_for_the_last_credit_never_both_pass(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client(limit="1000.00")
    start, passed, failures = threading.Barrier(2), [], []

    def take_and_judge(number: str) -> None:
        """Store an order and judge it in one transaction, as an intake does that must answer at once."""
        try:
            start.wait(timeout=10)
            with tenant_scope(desk):
                ClientCreditTerms.objects.select_for_update().get(client=client)
                order = make_order(number, client)
                (decision,) = validate_orders(order_ids=[order.pk], now=NOW)
                passed.append("CRD-303" not in decision.open_codes)
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take_and_judge, args=(f"MV-{n}",)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert sorted(passed) == [False, True]
    with tenant_scope(desk):
        assert OrderException.objects.filter(code="CRD-303").count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_raised_totals_judged_at_once_never_both_pass(desk: Tenant) -> None:
    """Each order passes with the other as it was; both raise their totals at once, and only one may."""
    with tenant_scope(desk):
        client = make_client(limit="1400.00")
        orders = [make_order(f"MV-{n}", client) for n in (1, 2)]
    start, open_codes, failures = threading.Barrier(2), [], []

    def raise_and_judge(order: Order) -> None:
        try:
            with tenant_scope(desk):
                start.wait(timeout=10)
                Order.objects.filter(pk=order.pk).update(fee_amount=D("725.00"), total_amount=D("745.00"))
                (decision,) = validate_orders(order_ids=[order.pk], now=NOW)
                open_codes.append(decision.open_codes)
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=raise_and_judge, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert sum("CRD-303" in codes for codes in open_codes) == 1
