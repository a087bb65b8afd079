"""What people change in a client's credit: it is done under the lock, told, and has open orders looked at again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from engagement.models import Client
from orders.loading import load_desk, load_facts, read_order_facts, read_records
from orders.models import (
    ClientCreditTerms,
    Invoice,
    InvoiceState,
    JobReason,
    Order,
    OrderException,
    Payment,
    ProcessingJob,
)
from orders.services import (
    CreditRefused,
    apply_payment,
    dispute_invoice,
    hold_credit,
    issue_invoice,
    look_again_at_payers,
    post_payment,
    process_order_queue,
    release_credit,
    set_credit_terms,
    settle_dispute,
    validate_orders,
    void_invoice,
)
from orders.states import CancelReason, Stage
from tests.orders.cast import NOW, TODAY, D, make_client, make_desk, make_order

BY: dict[str, Any] = {"actor": "dana", "now": NOW}
COMMITTED = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """A desk, and its rival with a client of the same name and an open order."""
    for tenant in (harborpine, meridian):
        make_desk(tenant)
    with tenant_scope(harborpine):
        make_order("HP-1", make_client())
    return meridian


def _invoice(client: Client, number: str, balance: str, *, late: int = 0, **changes: Any) -> Invoice:
    values: dict[str, Any] = {
        "state": InvoiceState.ISSUED,
        "issued_date": TODAY - timedelta(days=90),
        "due_date": TODAY - timedelta(days=late),
        "total_amount": D(balance),
        "balance_due": D(balance),
    }
    return Invoice.objects.create(client=client, invoice_number=number, **values | changes)


def _waiting() -> list[tuple[str, str]]:
    jobs = ProcessingJob.objects.order_by("order__order_number")
    return list(jobs.values_list("order__order_number", "reason"))


def _codes(order: Order) -> tuple[str, ...]:
    (decision,) = validate_orders(order_ids=[order.pk], now=NOW)
    return decision.open_codes


Change = Callable[[Client, Invoice], Any]
CHANGES: list[tuple[str, Change, str, dict[str, Any], tuple[str, ...], tuple[str, ...]]] = [
    (
        "a higher limit",
        lambda client, invoice: set_credit_terms(
            client=client, credit_limit=D("9000.00"), tech_fee=None, **BY
        ),
        "credit.terms_changed",
        {"balance": "600.00"},
        ("CRD-303",),
        (),
    ),
    (
        "a lower limit",
        lambda client, invoice: set_credit_terms(client=client, credit_limit=D("0.00"), tech_fee=None, **BY),
        "credit.terms_changed",
        {"balance": "10.00"},
        (),
        ("CRD-302",),
    ),
    (
        "a hold",
        lambda client, invoice: hold_credit(client=client, reason="returned payment", **BY),
        "credit.held",
        {"balance": "10.00"},
        (),
        ("CRD-307",),
    ),
    (
        "a payment for an invoice",
        lambda client, invoice: post_payment(
            client=client, amount=D("600.00"), received_date=TODAY, invoices=[invoice], **BY
        ),
        "credit.payment_posted",
        {"balance": "600.00", "late": 40},
        ("CRD-303", "CRD-305"),
        (),
    ),
    (
        "a payment for nothing yet",
        lambda client, invoice: post_payment(client=client, amount=D("600.00"), received_date=TODAY, **BY),
        "credit.payment_posted",
        {"balance": "600.00", "late": 40},
        ("CRD-303", "CRD-305"),
        ("CRD-305",),
    ),
    (
        "an invoice taken back",
        lambda client, invoice: void_invoice(invoice=invoice, **BY),
        "invoice.voided",
        {"balance": "600.00"},
        ("CRD-303",),
        (),
    ),
    (
        "a dispute",
        lambda client, invoice: dispute_invoice(invoice=invoice, **BY),
        "invoice.disputed",
        {"balance": "60.00", "late": 40},
        ("CRD-305",),
        ("CRD-310",),
    ),
    (
        "a dispute that is over",
        lambda client, invoice: settle_dispute(invoice=invoice, **BY),
        "invoice.settled",
        {"balance": "60.00", "late": 40, "is_disputed": True},
        ("CRD-310",),
        ("CRD-305",),
    ),
    (
        "a draft sent out",
        lambda client, invoice: issue_invoice(
            invoice=invoice, issued_date=TODAY, due_date=TODAY + timedelta(days=30), **BY
        ),
        "invoice.issued",
        {"balance": "600.00", "state": InvoiceState.DRAFT, "issued_date": None, "due_date": None},
        (),
        ("CRD-303",),
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "event", "invoice", "before", "after"),
    [row[1:] for row in CHANGES],
    ids=[row[0] for row in CHANGES],
)
def test_a_change_is_told_and_the_payers_open_orders_decided_again(
    desk: Tenant,
    change: Change,
    event: str,
    invoice: dict[str, Any],
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> None:
    with tenant_scope(desk):
        client = make_client(limit="1000.00")
        order = make_order("MV-1", client)
        make_order("MV-2", client, payment_type="card", payment_authorised=True)
        make_order("MV-3", make_client("Other Bank"))
        row = _invoice(client, "1042", invoice.pop("balance"), **invoice)
        assert _codes(order) == before
        change(client, row)
        assert _waiting() == [("MV-1", JobReason.CREDIT), ("MV-2", JobReason.CREDIT)]
        told = Event.objects.get(kind=event)
        assert (told.subject_id, told.data["by"]) == (str(client.pk), "dana")
        assert _codes(order) == after


@pytest.mark.django_db
def test_orders_that_credit_no_longer_decides_are_left_alone(desk: Tenant) -> None:
    cancelled = {"stage": Stage.CANCELLED, "cancelled_at": NOW, "cancel_reason": CancelReason.DUPLICATE}
    with tenant_scope(desk):
        client = make_client(limit="645.00")
        make_order("MV-1", client, **cancelled)
        make_order(
            "MV-2", client, stage=Stage.CLOSED, delivered_at=NOW, payment_type="card", payment_authorised=True
        )
        make_order(
            "MV-3",
            client,
            stage=Stage.DELIVERED,
            delivered_at=NOW,
            payment_type="card",
            payment_authorised=True,
        )
        short = make_order("MV-4", client, stage=Stage.DELIVERED, delivered_at=NOW, total_amount=D("700.00"))
        other = make_order("MV-5", make_client("Other Bank"), bill_to=client)
        validate_orders(order_ids=[short.pk], now=NOW)
        look_again_at_payers(client_ids=[client.pk], now=NOW)
        assert [number for number, _ in _waiting()] == ["MV-4", "MV-5"]
        assert other.ordered_by_id != client.pk


@pytest.mark.django_db
def test_a_hold_needs_a_reason_and_is_released_once(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        with pytest.raises(CreditRefused, match="Say why"):
            hold_credit(client=client, reason=" ", **BY)
        terms = hold_credit(client=client, reason=" returned payment ", **BY)
        assert (terms.held_at, terms.held_by, terms.hold_reason) == (NOW, "dana", "returned payment")
        release_credit(client=client, **BY)
        assert ClientCreditTerms.objects.get(client=client).held_by == ""
        with pytest.raises(CreditRefused, match="not on hold"):
            release_credit(client=client, **BY)


@pytest.mark.django_db
def test_a_client_without_terms_gets_them_with_its_first_change(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        ClientCreditTerms.objects.all().delete()
        set_credit_terms(client=client, credit_limit=D("500.00"), tech_fee=D("10.00"), **BY)
        terms = ClientCreditTerms.objects.get(client=client)
        assert (terms.credit_limit, terms.tech_fee) == (D("500.00"), D("10.00"))


@pytest.mark.django_db
def test_a_payment_pays_invoices_in_their_order_as_far_as_it_goes(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        first, second, third = (_invoice(client, f"I-{n}", "100.00") for n in (1, 2, 3))
        payment = post_payment(
            client=client, amount=D("150.00"), received_date=TODAY, invoices=[second, first], **BY
        )
        balances = dict(Invoice.objects.values_list("invoice_number", "balance_due"))
        assert balances == {"I-1": D("50.00"), "I-2": D("0.00"), "I-3": D("100.00")}
        assert payment.unapplied_amount == D("0.00")
        more = post_payment(client=client, amount=D("80.00"), received_date=TODAY, **BY)
        assert more.unapplied_amount == D("80.00")
        applied = apply_payment(payment=more, invoices=[first], **BY)
        assert applied.unapplied_amount == D("30.00")
        with pytest.raises(CreditRefused, match="Nothing"):
            apply_payment(payment=payment, invoices=[third], **BY)


@pytest.mark.django_db
def test_what_cannot_be_done_changes_nothing_and_says_why(desk: Tenant) -> None:
    with tenant_scope(desk):
        client, other = make_client(), make_client("Other Bank")
        void = _invoice(client, "I-1", "100.00", state=InvoiceState.VOID)
        theirs = _invoice(other, "I-2", "100.00")
        for refused, words in (
            (lambda: void_invoice(invoice=void, **BY), "is void"),
            (lambda: dispute_invoice(invoice=void, **BY), "is void"),
            (lambda: issue_invoice(invoice=theirs, issued_date=TODAY, due_date=TODAY, **BY), "is issued"),
            (
                lambda: issue_invoice(
                    invoice=theirs, issued_date=TODAY, due_date=TODAY - timedelta(days=1), **BY
                ),
                "due on the day",
            ),
            (
                lambda: post_payment(
                    client=client, amount=D("10.00"), received_date=TODAY, invoices=[theirs], **BY
                ),
                "not an issued one",
            ),
            (
                lambda: post_payment(client=client, amount=D("0.00"), received_date=TODAY, **BY),
                "more than zero",
            ),
        ):
            with pytest.raises(CreditRefused, match=words):
                refused()
        assert not Payment.objects.exists()
        assert _waiting() == []


@pytest.mark.django_db
def test_a_total_below_zero_makes_no_room_for_others(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client(limit="645.00")
        order = make_order("MV-1", client)
        make_order("MV-2", client, total_amount=D("-500.00"))
        assert read_order_facts(order.pk, now=NOW).credit.exposure == D("0.00")


@COMMITTED
def test_a_fix_that_lowers_a_total_has_orders_without_credit_looked_at_again(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client(limit="1300.00")
        short = make_order("MV-2", client)
        wrong = make_order("MV-1", client, total_amount=D("6450.00"))
        validate_orders(order_ids=[short.pk], now=NOW)
        assert OrderException.objects.open().filter(order=short, code="CRD-303").exists()
        ProcessingJob.objects.create(order=wrong, reason=JobReason.RECEIVED, due_at=NOW, enqueued_at=NOW)
    process_order_queue(tenant=desk, now=NOW)
    with tenant_scope(desk):
        open_codes = set(OrderException.objects.open().values_list("order__order_number", "code"))
        assert open_codes == {("MV-1", "CRD-304"), ("MV-2", "CRD-304")}
        assert ("MV-2", JobReason.CREDIT) in _waiting()


@COMMITTED
def test_a_hold_neither_waits_for_an_order_that_is_judged_nor_is_missed_by_it(desk: Tenant) -> None:
    """The judge has locked the order and not yet the terms; the hold takes the terms and names the order."""
    with tenant_scope(desk):
        client = make_client()
        order = make_order("MV-1", client)
    failures: list[Exception] = []

    def hold() -> None:
        try:
            with tenant_scope(desk):
                hold_credit(client=client, reason="returned payment", **BY)
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    with tenant_scope(desk):
        desk_facts = load_desk(now=NOW)
        records = read_records([order.pk])
        holder = threading.Thread(target=hold)
        holder.start()
        holder.join(timeout=30)
        assert not holder.is_alive() and failures == []
        (facts,) = load_facts(records, desk=desk_facts)
        assert facts.credit.held_by == "dana"


@COMMITTED
def test_looking_at_an_order_waits_for_nobody(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        order = make_order("MV-1", client)
    seen: list[Any] = []

    def look() -> None:
        try:
            with tenant_scope(desk):
                seen.append(read_order_facts(order.pk, now=NOW).credit.credit_limit)
        finally:
            connections.close_all()

    with tenant_scope(desk):
        ClientCreditTerms.objects.select_for_update().get(client=client)
        Order.objects.select_for_update().get(pk=order.pk)
        looker = threading.Thread(target=look)
        looker.start()
        looker.join(timeout=30)
        assert seen == [D("20000.00")]
