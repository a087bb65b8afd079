"""Another fee or date goes to a client only with a person's approval, and their yes counts on their own words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Event
from agent.registry import Cycle, registry
from agent.services import approve_card
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import Message
from orders.counters import first_date_that_fits, plan_counters, plan_payment_requests
from orders.engine import OrdersEngine
from orders.models import FeeApproval, FeeLine, Order, OrderException
from orders.services import process_order_queue, receive_orders
from orders.services.fee_approvals import FeeApprovalRefused, approve_fee
from tests.mail.cast import bring_in, letter
from tests.orders.cast import NOW, D, make_order, order_facts
from tests.orders.mail_cast import HOUR, KAREN, bring_order, mail_cards, make_account, open_desk, run_hours
from tests.orders.people import make_lead

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LOW_FEE = {"fee_amount": D("500.00"), "total_amount": D("520.00"), "created_at": NOW - timedelta(days=9)}
YES = "Yes, 625 is fine with us."


@pytest.fixture
def desk(meridian):
    open_desk(meridian)
    with registry.override(KernelEngine(), MailEngine(), OrdersEngine()):
        yield meridian


def exception_of(tenant, code="PRC-108"):
    with tenant_scope(tenant):
        return OrderException.objects.open().get(code=code)


def answer(tenant, text=YES, *, sender=f"Karen Boyd <{KAREN}>", subject="Order MV-1"):
    """A mail of the client that names the order, taken in, linked and read."""
    number = f"<{abs(hash((text, sender)))}@cascade.test>"
    bring_in(
        tenant, NOW, letter(sender=sender, text=f"{text}\n\nOrder MV-1\n", subject=subject, message_id=number)
    )


def agree(tenant, quote=YES, code="PRC-108"):
    with tenant_scope(tenant):
        row = OrderException.objects.open().get(code=code)
        return approve_fee(exception=row, quote=quote, actor="pat", now=NOW + HOUR)


@pytest.mark.parametrize(
    ("today", "turn_time", "expected"),
    [
        (date(2026, 11, 23), "URAR-SF", date(2026, 12, 3)),  # seven business days around Thanksgiving
        (date(2026, 11, 25), "COMP-RPT", date(2026, 12, 1)),
        (date(2026, 11, 28), "URAR-EXT", date(2026, 12, 4)),  # a Saturday
    ],
)
def test_the_first_date_that_fits_is_reckoned_on_the_desks_calendar(today, turn_time, expected):
    from tests.orders.cast import desk_facts

    assert first_date_that_fits(order_facts(product=turn_time, desk=desk_facts(today=today))) == expected


def test_no_date_fits_a_product_that_nobody_knows():
    assert first_date_that_fits(order_facts(product=None)) is None


def test_another_fee_is_held_until_a_person_approves_it(desk):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 3)
    (card,) = mail_cards(desk)
    assert (card.state, card.rule, mail.outbox) == (CardState.HELD, "approval_is_asked_for", [])
    assert card.reason == (
        "Order MV-1 of Cascade Home Lending: Fee 500.00 is 20.0% away from 625.00. Approve the fee or correct it."
    )
    with tenant_scope(desk):
        approve_card(card=card, actor="pat", now=NOW + 3 * HOUR)
    run_hours(desk, 1, since=NOW + 3 * HOUR)
    (sent,) = mail.outbox
    assert sent.subject == "Order MV-1: please confirm the fee"
    assert (
        sent.body.replace("\r\n", "\n")
        == """Hello Karen,

This is about your order MV-1 (yours is 26-41200): URAR-SF, 311 Birch Ave MV-1, Boulder, CO 80302.

The order says a fee of $500.00. Our fee for it is $625.00.

Please answer this message with a yes, or tell us what you would rather have. Work begins once we have agreed.

Meridian Valuation Services
orders@meridianvs.test
"""
    )
    with tenant_scope(desk):
        assert Order.objects.get().fee_amount == D("500.00")


def test_a_date_that_is_too_soon_is_answered_with_the_first_that_fits_and_the_rush_fee(desk):
    bring_order(desk, due_date=date(2026, 11, 30), created_at=NOW - timedelta(days=9))
    run_hours(desk, 2)
    (card,) = mail_cards(desk)
    said = card.payload["variables"]
    assert (said["ordered_date"], said["date"], said["rush_fee"], said["fee"]) == (
        "Monday, November 30, 2026",
        "Thursday, December 3, 2026",
        "$125.00",
        "",
    )


def test_the_same_counter_is_proposed_once(desk):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 4)
    assert len(mail_cards(desk)) == 1


def test_the_clients_yes_in_their_own_words_makes_the_fee(desk, harborpine):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 1)
    answer(desk)
    run_hours(desk, 1, since=NOW + HOUR)
    approval = agree(desk)
    with tenant_scope(desk):
        order = Order.objects.get()
        assert (order.fee_amount, order.accepted_fee_amount, order.total_amount) == (
            D("625.00"),
            D("625.00"),
            D("645.00"),
        )
        assert FeeLine.objects.get().amount == D("625.00")
        assert (approval.fee_before, approval.quote, approval.approved_by) == (D("500.00"), YES, "pat")
        assert approval.message_id == Message.objects.get(direction="in").pk
        assert Event.objects.filter(kind="order.fee_approved").count() == 1
    run_hours(desk, 2, since=NOW + 2 * HOUR)
    with tenant_scope(desk):
        assert not OrderException.objects.open().exists()
    with tenant_scope(harborpine):
        assert not FeeApproval.objects.exists()


@pytest.mark.parametrize("quote", ["", "Yes", "We agree to everything.", "Yes, 625 is fine with us"[::-1]])
def test_words_that_stand_in_no_mail_of_the_client_prove_nothing(desk, quote):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 1)
    answer(desk)
    run_hours(desk, 1, since=NOW + HOUR)
    with pytest.raises(FeeApprovalRefused):
        agree(desk, quote)
    with tenant_scope(desk):
        assert Order.objects.get().fee_amount == D("500.00")


def test_a_strangers_yes_proves_nothing(desk):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 1)
    answer(desk, sender="Somebody <who@elsewhere.test>")
    run_hours(desk, 1, since=NOW + HOUR)
    with pytest.raises(FeeApprovalRefused):
        agree(desk)


def test_a_suppressed_client_gets_no_counter(desk):
    from engagement.mail.models import SuppressionReason
    from engagement.mail.suppression import NewSuppression, suppress_addresses

    bring_order(desk, **LOW_FEE)
    with tenant_scope(desk):
        suppress_addresses(
            [NewSuppression(email_normalised=KAREN, reason=SuppressionReason.HARD_BOUNCE)], now=NOW
        )
    run_hours(desk, 2)
    (card,) = mail_cards(desk)
    assert (card.state, card.rule) == (CardState.BLOCKED, "recipient_is_not_suppressed")


def test_an_order_to_be_paid_first_asks_for_payment_once_a_person_approves(desk):
    with tenant_scope(desk):
        client, _ = make_account()
        order = make_order(
            "MV-1", client, payment_type="card", stage="assigned", created_at=NOW - timedelta(days=9)
        )
        receive_orders(orders=[order], now=NOW)
    run_hours(desk, 2)
    (card,) = mail_cards(desk)
    assert (card.state, card.payload["template"]) == (CardState.HELD, "orders/payment_request")
    assert "No payment provider is connected" in card.rule_reason
    with tenant_scope(desk):
        approve_card(card=card, actor="pat", now=NOW + HOUR)
    run_hours(desk, 1, since=NOW + 2 * HOUR)
    assert (
        mail.outbox[0].body.replace("\r\n", "\n")
        == """Hello Karen,

Your order MV-1 (yours is 26-41200), 311 Birch Ave MV-1, Boulder, CO 80302, is to be paid before the work \
goes on (card): $645.00 in all. We have not had the payment yet.

Please answer this message, and we will tell you how to pay.

Meridian Valuation Services
orders@meridianvs.test
"""
    )


def test_planning_takes_as_many_statements_for_thirty_orders_as_for_three(desk):
    def bring(numbers):
        with tenant_scope(desk):
            receive_orders(orders=[make_order(f"MV-{n}", client, **LOW_FEE) for n in numbers], now=NOW)
        process_order_queue(tenant=desk, now=NOW)

    def statements():
        cycle = Cycle(tenant=desk, settings=desk.settings, now=NOW, send_mode=SendMode.LIVE)
        with tenant_scope(desk), CaptureQueriesContext(connection) as queries:
            proposed = len(plan_counters(cycle).proposals)
            plan_payment_requests(cycle)
        return proposed, len(queries)

    with tenant_scope(desk):
        client, _ = make_account(limit="900000.00")
    bring(range(3))
    few, count = statements()
    bring(range(3, 30))
    assert (few, statements()) == (3, (30, count))


def test_a_rivals_order_is_countered_by_nobody_else(desk, harborpine):
    open_desk(harborpine, address="desk@harborpine.test")
    bring_order(harborpine, **LOW_FEE)
    run_cycle(tenant=harborpine, now=NOW)
    run_hours(desk, 2)
    assert mail_cards(desk) == []


def test_a_person_records_the_yes_on_the_page_of_the_exception(desk, client):
    bring_order(desk, **LOW_FEE)
    run_hours(desk, 1)
    answer(desk)
    run_hours(desk, 1, since=NOW + HOUR)
    lead = make_lead("maria", desk)
    lead.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_orderexception", "change_orderexception"])
    )
    client.force_login(lead)
    page = f"/admin/orders/orderexception/{exception_of(desk).pk}"
    assert "The client agrees to our fee" in client.get(f"{page}/change/").content.decode()

    def press(sentence):
        told = client.post(f"{page}/agree-on-fee/", {"reason": sentence}, follow=True).context["messages"]
        return " ".join(map(str, told))

    assert press("Sure, go ahead.") == (
        "No mail of Cascade Home Lending about order MV-1 says that. Copy the sentence exactly as it stands there."
    )
    assert press(YES) == "The fee of order MV-1 is 625.00 now, as the client agreed."
    with tenant_scope(desk):
        assert FeeApproval.objects.get().approved_by == "maria"
