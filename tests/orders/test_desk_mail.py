"""The desk's own people hear of orders that wait for credit and of portal offers that lapse; nobody gets a task."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, LeftAlone, Task
from agent.registry import Cycle, registry
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from agent.tenant_settings import AgentSettings, InvalidAgentSettings
from engagement.mail.engine import MailEngine
from engagement.mail.models import MailLink, Message
from engagement.models import Touch
from orders.desk_mail import answer_due_at, plan_credit_releases, plan_portal_notices
from orders.engine import OrdersEngine
from orders.models import Invoice, Order
from orders.services import process_order_queue, receive_orders
from tests.engagement.cast import make_card
from tests.mail.test_sending import check_in
from tests.orders.cast import NOW, D, make_order
from tests.orders.mail_cast import HOUR, LIVE, bring_order, mail_cards, make_account, open_desk, run_hours

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ACCOUNTS, INBOX = "accounts@meridianvs.test", "inbox@meridianvs.test"
OLD = {"created_at": NOW - timedelta(days=9)}


@pytest.fixture
def desk(meridian):
    open_desk(meridian)
    name(meridian, accounts_emails=[ACCOUNTS], desk_emails=[INBOX])
    with registry.override(KernelEngine(), MailEngine(), OrdersEngine()):
        yield meridian


def name(tenant, **settings):
    tenant.agent_settings = LIVE | settings
    tenant.save(update_fields=["agent_settings"])


def bring_beyond_credit(tenant, number="MV-1", limit="600.00"):
    with tenant_scope(tenant):
        client, _ = make_account(limit=limit)
        order = make_order(number, client, **OLD)
        receive_orders(orders=[order], now=NOW)
    return client


def test_accounts_hear_of_an_order_that_waits_for_credit_with_the_meter_and_the_ways_out(desk):
    client = bring_beyond_credit(desk)
    with tenant_scope(desk):
        Invoice.objects.create(
            client=client, invoice_number="1042", issued_date=date(2026, 9, 1), due_date=date(2026, 10, 1),
            total_amount=D("300.00"), balance_due=D("300.00"), state="issued",
        )  # fmt: skip
    run_hours(desk, 2)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ACCOUNTS], "Order MV-1 waits for credit: Cascade Home Lending")
    body = sent.body.replace("\r\n", "\n")
    assert body.startswith(
        "Hello,\n\nOrder MV-1 of Cascade Home Lending cannot go on before its credit is decided.\n"
    )
    for line in (
        "- Needs 645.00; only 300.00 of 600.00 is free.",
        "- Limit: $600.00",
        "- Open invoices: $300.00",
        "- This order: $645.00",
        "- More than 30 days late: $300.00",
    ):
        assert f"\n{line}\n" in body
    assert "What would let it pass:\n\n- Passes if invoice 1042" in body
    (card,) = mail_cards(desk)
    assert (card.state, card.contact_id) == (CardState.DONE, None)
    assert card.reason == "Order MV-1 of Cascade Home Lending waits for credit, which accounts decide."
    with tenant_scope(desk):
        assert not Task.objects.exists()
        assert Message.objects.get().contact is None
        assert not Touch.objects.exists()


def test_accounts_hear_of_it_once_and_find_the_mail_at_the_order(desk):
    bring_beyond_credit(desk)
    run_hours(desk, 5)
    assert len(mail.outbox) == 1
    with tenant_scope(desk):
        link = MailLink.objects.get()
        assert (link.kind, link.label, link.basis) == ("order", "MV-1", "ours")


def test_internal_only_delivers_to_accounts_only_on_the_allow_list(desk):
    name(desk, send_mode="internal_only", accounts_emails=[ACCOUNTS])
    bring_beyond_credit(desk)
    run_hours(desk, 2)
    assert (mail.outbox, [card.state for card in mail_cards(desk)]) == ([], [CardState.DEFERRED])
    name(desk, send_mode="internal_only", accounts_emails=[ACCOUNTS], internal_allowlist=[ACCOUNTS])
    run_hours(desk, 2, since=NOW + 2 * HOUR)
    assert [message.to for message in mail.outbox] == [[ACCOUNTS]]


def test_without_accounts_the_order_is_left_alone_with_what_to_do(desk):
    name(desk)
    bring_beyond_credit(desk)
    run_hours(desk, 2)
    with tenant_scope(desk):
        left = LeftAlone.objects.get(code="nobody_to_tell")
        assert (
            left.reason
            == "Nobody is named to release credit. Add accounts_emails to the company's agent settings."
        )
    assert mail_cards(desk) == []


def test_mail_to_nobody_whom_the_settings_name_is_blocked(desk):
    with tenant_scope(desk):
        _, contact = make_account()
        card = make_card(
            check_in(contact, address="mallory@elsewhere.test"),
            NOW,
            state=CardState.PROPOSED,
            contact_id=None,
        )
    run_cycle(tenant=desk, now=NOW)
    with tenant_scope(desk):
        card = Card.objects.get(pk=card.pk)
        assert (card.state, card.rule) == (CardState.BLOCKED, "recipient_is_known")
        assert card.rule_reason == (
            "mallory@elsewhere.test is not an address of our own people that the settings name."
        )


def test_settings_name_addresses_and_nothing_else():
    assert AgentSettings.parse({"desk_emails": [INBOX]}).own_people == {INBOX}
    with pytest.raises(InvalidAgentSettings):
        AgentSettings.parse({"accounts_emails": ["nobody"]})


# Portals


@pytest.mark.parametrize(
    ("ordered", "deadline", "due"),
    [(0, 10, 4.0), (0, 3, 2.5), (0, 4.5, 4.0), (0, 4.4, 3.9)],
)
def test_an_offer_is_answered_within_four_hours_and_half_an_hour_before_it_lapses(ordered, deadline, due):
    found = answer_due_at(ordered_at=NOW + ordered * HOUR, deadline_at=NOW + deadline * HOUR)
    assert found == NOW + due * HOUR


def test_the_desk_hears_of_an_offer_before_it_lapses_and_once(desk):
    deadline = NOW + 5 * HOUR
    bring_order(desk, portal_order_id="VP-88", portal_deadline_at=deadline, ordered_at=NOW, **OLD)
    at = run_hours(desk, 3)
    assert mail.outbox == []
    run_hours(desk, 3, since=at + HOUR)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        [INBOX],
        "Answer by Monday, November 23, 13:00 MST: portal offer VP-88",
    )
    assert (
        sent.body.replace("\r\n", "\n")
        == """Hello,

The portal offer VP-88 of Cascade Home Lending (our order MV-1) is not answered yet. \
It lapses on Monday, November 23, 14:00 MST.

Property: 311 Birch Ave MV-1, Boulder, CO 80302
Answer by: Monday, November 23, 13:00 MST

Accept or decline it in the portal: this program cannot do it there.

Meridian Valuation Services
"""
    )


def test_an_offer_that_was_accepted_or_has_lapsed_is_not_told_of(desk):
    bring_order(desk, "MV-1", portal_order_id="VP-1", portal_deadline_at=NOW + HOUR, stage="accepted", **OLD)
    bring_order(desk, "MV-2", portal_order_id="VP-2", portal_deadline_at=NOW - HOUR, **OLD)
    run_hours(desk, 3)
    assert mail.outbox == []


def test_planning_takes_as_many_statements_for_thirty_orders_as_for_three(desk):
    with tenant_scope(desk):
        client, _ = make_account(limit="10.00")

    def bring(numbers):
        with tenant_scope(desk):
            orders = [
                make_order(f"MV-{n}", client, portal_order_id=f"VP-{n}", portal_deadline_at=NOW + HOUR, **OLD)
                for n in numbers
            ]
            receive_orders(orders=orders, now=NOW)
        process_order_queue(tenant=desk, now=NOW)

    def statements():
        cycle = Cycle(tenant=desk, settings=desk.settings, now=NOW, send_mode=SendMode.LIVE)
        with tenant_scope(desk), CaptureQueriesContext(connection) as queries:
            proposed = len(plan_credit_releases(cycle).proposals) + len(plan_portal_notices(cycle).proposals)
        return proposed, len(queries)

    bring(range(3))
    few, count = statements()
    bring(range(3, 30))
    assert (few, statements()) == (6, (60, count))


def test_a_rival_hears_of_its_own_orders_alone(desk, harborpine):
    open_desk(harborpine, address="desk@harborpine.test")
    name(harborpine, accounts_emails=["accounts@harborpine.test"], desk_emails=["inbox@harborpine.test"])
    bring_beyond_credit(desk)
    run_cycle(tenant=desk, now=NOW)
    run_hours(harborpine, 2)
    assert mail.outbox == []
    with tenant_scope(harborpine):
        assert not Order.objects.exists() and not Card.objects.exists()
