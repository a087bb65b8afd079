"""What clients are told and asked about their orders: one mail for all that is missing, reminders, holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, Event, LeftAlone
from agent.registry import Cycle, registry
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import SuppressionReason
from engagement.mail.suppression import NewSuppression, suppress_addresses
from engagement.models import Contact
from orders.engine import OrdersEngine
from orders.models import Checklist, JobReason, Order, OrderTransition
from orders.services import enqueue_orders, process_order_queue, receive_orders
from orders.services.checklists import review_checklists
from orders.states import Stage
from tests.mail.cast import bring_in, letter
from tests.orders.cast import NOW, make_order
from tests.orders.mail_cast import (
    HOUR,
    KAREN,
    OURS,
    bring_order,
    mail_cards,
    make_account,
    open_desk,
    run_hours,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LACKS_TWO = {
    "zip": "",
    "property_contact_name": "",
    "property_contact_phone": "",
    "occupancy": "tenant",
    "access_instructions": "The tenant works from home.",
}


@pytest.fixture
def desk(meridian, settings):
    settings.PUBLIC_URL = "https://agent.example.com"
    open_desk(meridian)
    with registry.override(KernelEngine(), MailEngine(), OrdersEngine()):
        yield meridian


def checklist(tenant, number="MV-1"):
    with tenant_scope(tenant):
        return Checklist.objects.filter(order__order_number=number).order_by("-id").first()


def order_of(tenant, number="MV-1"):
    with tenant_scope(tenant):
        return Order.objects.get(order_number=number)


def look_again(tenant, now, **changes):
    """A person changes the order, and it goes into the queue."""
    with tenant_scope(tenant):
        Order.objects.filter(order_number="MV-1").update(**changes)
        order = Order.objects.get(order_number="MV-1")
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)


def test_one_mail_confirms_the_order_and_asks_for_everything_that_is_missing(desk):
    bring_order(desk, client_file_number="C-77", **LACKS_TWO)
    run_hours(desk, 2)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["Karen Boyd <karen.boyd@cascade.test>"],
        "Order MV-1: received, and 2 things we need from you",
    )
    body, link = sent.body.replace("\r\n", "\n").split("https://agent.example.com/answers/")
    link, _, rest = link.partition("\n")
    assert (
        body + "LINK\n" + rest
        == """Hello Karen,

Thank you for your order. We have received it under our number MV-1 (yours is C-77).

Ordered: URAR-SF
Property: 311 Birch Ave MV-1, Boulder, CO
Wanted by: Thursday, December 3, 2026

Before work can begin, we need from you:

- The property’s ZIP code
- Who lets the appraiser in: a name and a phone number

You can fill this in here, without a log-in, until Monday, December 14, 2026:
LINK

Or answer this message. The order waits until we have it.

If anything above is wrong, please answer this message and tell us.

Meridian Valuation Services
orders@meridianvs.test
"""
    )


def test_an_order_that_lacks_nothing_is_confirmed_once(desk):
    bring_order(desk)
    run_hours(desk, 4)
    (sent,) = mail.outbox
    assert sent.subject == "Order MV-1: received"
    assert "need" not in sent.body
    assert (checklist(desk).outcome, order_of(desk).stage) == ("told", Stage.RECEIVED)


def test_the_card_says_why_and_is_about_the_order(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    (card,) = mail_cards(desk)
    assert card.reason == (
        "Order MV-1 of Cascade Home Lending lacks 2 items that the client can tell us. It also confirms the order."
    )
    assert card.evidence == [
        {
            "type": "order",
            "id": "MV-1",
            "quote": "The property’s ZIP code; Who lets the appraiser in: a name and a phone number",
        }
    ]
    assert (card.subject_kind, card.subject_label, card.state) == ("order", "MV-1", CardState.DONE)
    assert card.payload["stream"] == "transactional"


def test_an_order_waits_on_hold_from_when_its_client_was_asked(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 1)
    assert order_of(desk).stage == Stage.EXCEPTION
    run_hours(desk, 1, since=NOW + HOUR)
    order = order_of(desk)
    with tenant_scope(desk):
        cycle = Cycle(tenant=desk, settings=desk.settings, now=NOW, send_mode=SendMode.LIVE)
        assert OrdersEngine().report(cycle).figures["orders_awaiting_client"] == 1
    assert (order.stage, order.held_from_stage, order.hold_reason) == (
        "on_hold",
        "exception",
        "missing_documents",
    )


def test_an_order_that_waits_for_its_case_number_alone_says_so(desk):
    fha = {"loan_type": "fha", "utilities_on": True, "fee_amount": "675.00", "total_amount": "695.00"}
    bring_order(desk, product="URAR-SF-FHA", due_date=date(2026, 12, 10), **fha)
    run_hours(desk, 2)
    assert order_of(desk).hold_reason == "awaiting_fha_case"


def test_two_reminders_follow_and_no_third(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    # Monday and the Thanksgiving weekend: the second business day after is Wednesday, the next one Monday.
    for day in range(1, 15):
        run_cycle(tenant=desk, now=NOW + timedelta(days=day))
    subjects = [message.subject for message in mail.outbox]
    assert subjects == [subjects[0], f"Re: {subjects[0]}", f"Re: {subjects[0]}"]
    assert "have not had an answer yet" in mail.outbox[1].body
    sent = [event.occurred_at.date().isoformat() for event in sent_events(desk)]
    assert sent == ["2026-11-23", "2026-11-25", "2026-11-30"]
    assert checklist(desk).next_mail_at is None


def sent_events(tenant):
    with tenant_scope(tenant):
        return list(Event.objects.filter(kind="mail.message.sent").order_by("id"))


def test_nobody_is_reminded_who_has_answered_by_mail(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    answer = letter(
        sender=f"Karen Boyd <{KAREN}>",
        text="The tenant lets you in.\n",
        subject="Re: Order MV-1: received, and 2 things we need from you",
        date="Mon, 23 Nov 2026 11:30:00 -0700",
        in_reply_to=checklist(desk).last_message_id,
        message_id="<answer@cascade.test>",
    )
    bring_in(desk, NOW + 3 * HOUR, answer)
    run_hours(desk, 2, since=NOW + 3 * HOUR)
    assert (checklist(desk).next_mail_at, checklist(desk).replied_at is not None) == (None, True)
    for day in range(1, 10):
        run_cycle(tenant=desk, now=NOW + timedelta(days=day))
    assert len(mail.outbox) == 1


def test_another_set_of_missing_items_is_another_mail(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    look_again(desk, NOW + 2 * HOUR, street="", zip="80302")
    run_hours(desk, 3, since=NOW + 2 * HOUR)
    assert [message.subject for message in mail.outbox] == [
        "Order MV-1: received, and 2 things we need from you",
        "Order MV-1: 2 things we still need from you",
    ]
    with tenant_scope(desk):
        assert list(Checklist.objects.order_by("id").values_list("items", "outcome")) == [
            (["zip", "property_contact"], "changed"),
            (["street", "property_contact"], ""),
        ]


def test_fewer_missing_items_are_no_new_mail(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    look_again(desk, NOW + 2 * HOUR, zip="80302")
    run_hours(desk, 3, since=NOW + 2 * HOUR)
    assert len(mail.outbox) == 1
    assert checklist(desk).items == ["property_contact"]


def test_an_order_goes_on_when_a_person_fills_in_what_was_missing(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    changes = {"zip": "80302", "property_contact_name": "Ana Ruiz", "property_contact_phone": "303-555-0142"}
    look_again(desk, NOW + 2 * HOUR, **changes)
    run_hours(desk, 3, since=NOW + 2 * HOUR)
    assert (checklist(desk).outcome, order_of(desk).stage) == ("answered", Stage.RECEIVED)
    with tenant_scope(desk):
        moves = list(OrderTransition.objects.order_by("id").values_list("old", "new", "actor"))
    assert ("on_hold", "exception", "orders") in moves


def test_a_hold_of_a_person_is_not_ended(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 1)
    with tenant_scope(desk):
        order = Order.objects.get()
        Order.objects.update(stage="on_hold", held_from_stage="exception", hold_reason="missing_documents")
        OrderTransition.objects.create(order=order, old="exception", new="on_hold", actor="pat", at=NOW)
    changes = {"zip": "80302", "property_contact_name": "Ana Ruiz", "property_contact_phone": "303-555-0142"}
    look_again(desk, NOW + HOUR, **changes)
    run_hours(desk, 3, since=NOW + HOUR)
    assert order_of(desk).stage == Stage.ON_HOLD


def test_warnings_alone_ask_without_holding_or_reminding(desk):
    bring_order(desk, loan_number="", has_contract=None)
    run_hours(desk, 2)
    assert checklist(desk).items == ["loan_number", "contract"]
    assert "To complete the order, please also tell us:" in mail.outbox[0].body
    assert (checklist(desk).next_mail_at, order_of(desk).stage) == (None, Stage.RECEIVED)


@pytest.mark.parametrize("departure", [{"loan_type": "va"}, {"state": "NY", "zip": "10001"}])
def test_an_order_the_desk_may_not_take_is_neither_confirmed_nor_asked_about(desk, departure):
    bring_order(desk, borrower_name="", **departure)
    run_hours(desk, 3)
    assert mail.outbox == []
    with tenant_scope(desk):
        assert not Checklist.objects.exists()


def test_an_old_order_is_not_confirmed(desk):
    bring_order(desk, created_at=NOW - timedelta(days=4))
    run_hours(desk, 3)
    assert mail.outbox == []


def test_an_order_of_a_portal_is_confirmed_there(desk):
    bring_order(desk, portal_order_id="VP-9")
    run_hours(desk, 3)
    assert mail.outbox == []


def test_a_suppression_binds_and_the_refusal_says_why(desk):
    bring_order(desk, **LACKS_TWO)
    with tenant_scope(desk):
        suppress_addresses(
            [NewSuppression(email_normalised=KAREN, reason=SuppressionReason.HARD_BOUNCE)], now=NOW
        )
    run_hours(desk, 3)
    assert mail.outbox == []
    (card,) = mail_cards(desk)
    assert (card.state, card.rule) == (CardState.BLOCKED, "recipient_is_not_suppressed")
    with tenant_scope(desk):
        assert "The mail is blocked: " in LeftAlone.objects.filter(code="mail_known").last().reason
    assert order_of(desk).stage == Stage.EXCEPTION


def test_a_client_without_people_is_left_alone_with_the_reason(desk):
    bring_order(desk)
    with tenant_scope(desk):
        Contact.objects.update(is_active=False)
    run_hours(desk, 2)
    with tenant_scope(desk):
        left = LeftAlone.objects.get(code="nobody_to_write_to")
        assert (
            left.reason
            == "There is nobody at Cascade Home Lending to write to. Add a person with an e-mail address."
        )


def test_a_rehearsal_asks_nobody_and_holds_no_order(desk):
    desk.agent_settings = {"send_mode": "dry_run"}
    desk.save(update_fields=["agent_settings"])
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 3)
    assert mail.outbox == []
    assert (order_of(desk).stage, checklist(desk).mails_sent) == (Stage.EXCEPTION, 0)
    (card,) = mail_cards(desk)
    assert (card.is_rehearsal, card.state) == (True, CardState.DONE)


def test_a_cancelled_order_is_asked_for_nothing_more(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 1)
    with tenant_scope(desk):
        Order.objects.update(stage="cancelled", cancelled_at=NOW, cancel_reason="borrower_withdrew")
        review_checklists(events=list(Event.objects.filter(kind="order.validated")), now=NOW)
    run_hours(desk, 2, since=NOW + HOUR)
    assert mail.outbox == []
    assert checklist(desk).outcome == "over"


def test_what_changed_before_the_mail_left_is_asked_as_it_is_now(desk):
    bring_order(desk, **LACKS_TWO)
    with tenant_scope(desk):
        desk.refresh_from_db()
    run_hours(desk, 1)
    look_again(desk, NOW, street="")
    run_hours(desk, 3, since=NOW + HOUR)
    (first,) = [message for message in mail.outbox if "received" in message.subject]
    assert [row.items for row in [checklist(desk)]] == [["street", "zip", "property_contact"]]
    assert len(mail.outbox) <= 2 and first is mail.outbox[0]


def test_reading_the_same_events_twice_changes_nothing(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    with tenant_scope(desk):
        before = list(Checklist.objects.values())
        cycle = Cycle(tenant=desk, settings=desk.settings, now=NOW + 2 * HOUR, send_mode=SendMode.LIVE)
        OrdersEngine().react(cycle, list(Event.objects.order_by("id")))
        assert list(Checklist.objects.values()) == before
        assert OrderTransition.objects.filter(new="on_hold").count() == 1


def test_a_rivals_orders_and_people_stay_out_of_it(desk, harborpine):
    open_desk(harborpine, address="desk@harborpine.test")
    with tenant_scope(harborpine):
        make_account(address="rival@cascade.test")
    bring_order(harborpine, **LACKS_TWO)
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 2)
    assert [message.to for message in mail.outbox] == [["Karen Boyd <karen.boyd@cascade.test>"]]
    assert mail.outbox[0].from_email.endswith(f"<{OURS}>")
    assert checklist(harborpine) is None


def test_the_person_who_sent_the_order_is_asked_and_not_whoever_usually_orders(desk):
    with tenant_scope(desk):
        client, _ = make_account()
        from tests.engagement.cast import make_contact

        make_contact(
            NOW,
            client,
            "Lee Ames",
            addresses=["lee@cascade.test"],
            role="loan_officer",
            restricted_party=True,
        )
    order = letter(
        sender="Lee Ames <lee@cascade.test>",
        subject="New order",
        text="Please order a 1004 for 12 Oak St, Boulder, CO 80302.\nBorrower: Ana Ruiz\n",
        message_id="<order@cascade.test>",
    )
    bring_in(desk, NOW, order)
    run_hours(desk, 3)
    assert [message.to for message in mail.outbox] == [["Lee Ames <lee@cascade.test>"]]


def test_planning_and_reading_take_as_many_statements_for_thirty_orders_as_for_three(desk):
    with tenant_scope(desk):
        client, _ = make_account()
        orders = [make_order(f"MV-{n}", client, **LACKS_TWO) for n in range(33)]
        receive_orders(orders=orders[:3], now=NOW)

    def statements(now):
        # The mails of this hour left; what is counted is one plan and one reading of its events.
        cycle = Cycle(tenant=desk, settings=desk.settings, now=now, send_mode=SendMode.LIVE)
        with tenant_scope(desk):
            events = list(Event.objects.filter(kind="order.validated", occurred_at=now - HOUR))
            with CaptureQueriesContext(connection) as queries:
                review_checklists(events=events, now=now)
                OrdersEngine().plan(cycle)
        return len(queries)

    process_order_queue(tenant=desk, now=NOW)
    few = statements(NOW + HOUR)
    with tenant_scope(desk):
        assert Checklist.objects.count() == 3
        Checklist.objects.all().delete()
        receive_orders(orders=orders[3:], now=NOW)
    process_order_queue(tenant=desk, now=NOW + HOUR)
    assert statements(NOW + 2 * HOUR) == few
    with tenant_scope(desk):
        assert Checklist.objects.count() == 30


def test_a_mail_whose_process_died_before_it_was_noted_is_noted_by_the_next_reading(desk):
    bring_order(desk, **LACKS_TWO)
    run_hours(desk, 1)

    class Deaf(OrdersEngine):
        def react(self, cycle, events):
            raise SystemExit

    with registry.override(KernelEngine(), MailEngine(), Deaf()), pytest.raises(SystemExit):
        run_cycle(tenant=desk, now=NOW + HOUR)
    assert (len(mail.outbox), checklist(desk).mails_sent) == (1, 0)
    run_hours(desk, 2, since=NOW + 2 * HOUR)
    assert (len(mail.outbox), checklist(desk).mails_sent) == (1, 1)
    with tenant_scope(desk):
        assert Card.objects.filter(kind="send_email").count() == 1
