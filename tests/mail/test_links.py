"""What mail is about: links to the orders, invoices, quotes and deals of the same company, and to no other's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event, Tenant
from agent.registry import registry
from agent.tenancy import tenant_scope
from deals.models import Deal
from engagement.mail.models import MailLink, Message
from engagement.models import Client
from orders.models import Invoice
from quotes.models import Quote
from tests.mail.cast import TOMAS, bring_in, furnish, letter, make_cycle
from tests.orders.cast import make_order

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

DOMAINS = ("orders", "quotes", "deals")
RIVAL = "desk@harborpine.test"


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant, now) -> Tenant:
    """Blue Mesa at both companies, with one order, quote, deal and invoice each."""
    for tenant, prefix, address in (
        (meridian, "MV-24", "orders@meridianvs.test"),
        (harborpine, "HP-26-", RIVAL),
    ):
        furnish(tenant, now, address=address)
        with tenant_scope(tenant):
            make_book(Client.objects.get(), prefix, now)
    return meridian


def make_book(client, prefix, now):
    order = make_order(
        f"{prefix}0871",
        client,
        product=None,
        loan_number=f"{prefix}LOAN-7",
        portal_order_id=f"QV-{prefix[-2:]}0000871",
    )
    Invoice.objects.create(
        invoice_number=f"{prefix}9001".replace("-", ""),
        client=client,
        order=order,
        total_amount=Decimal("645.00"),
        balance_due=Decimal("0.00"),
    )
    Quote.objects.create(
        quote_number=f"Q-{prefix[3:].strip('-')}11",
        client=client,
        product_code="LAND",
        status="sent",
        sent_at=now,
        created_at=now,
    )
    Deal.objects.create(title=f"{prefix} renewal", client=client, created_at=now)


def react(tenant: Tenant, now, *, category: str | None = None) -> None:
    """Let the domains read every event of the company, from the first."""
    with tenant_scope(tenant):
        if category is not None:
            for event in Event.objects.filter(kind="mail.message.received"):
                event.data["category"] = category
                event.save(update_fields=["data"])
        events = list(Event.objects.order_by("id"))
        for engine in registry:
            if engine.slug in DOMAINS:
                engine.react(make_cycle(tenant, now), events)


def links(tenant: Tenant) -> list[tuple[str, str, str]]:
    with tenant_scope(tenant):
        return list(MailLink.objects.order_by("id").values_list("kind", "label", "basis"))


def names(tenant: Tenant, *references: tuple[str, str], message_id: str = "<1@bluemesacu.test>") -> None:
    """Say what numbers stand in a mail, as its reading would."""
    with tenant_scope(tenant):
        message = Message.objects.get(message_id=message_id)
        event = Event.objects.get(kind="mail.message.received", subject_id=str(message.pk))
        event.data["references"] = [{"type": kind, "ref": ref} for kind, ref in references]
        event.save(update_fields=["data"])


def test_the_event_of_a_received_mail_tells_the_numbers_that_stand_in_it(desk, now):
    bring_in(desk, now, letter(subject="MV-240871 - change of scope"))
    with tenant_scope(desk):
        assert Event.objects.get(kind="mail.message.received").data["references"] == [
            {"type": "order", "ref": "MV-240871"}
        ]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (("order", "MV-240871"), ("order", "MV-240871", "number")),
        (("order", "240871"), ("order", "MV-240871", "number")),
        (("portal", "QV-240000871"), ("order", "MV-240871", "number")),
        (("loan", "MV-24LOAN-7"), ("order", "MV-240871", "number")),
        (("quote", "Q-2411"), ("quote", "Q-2411", "number")),
        (("invoice", "MV249001"), ("invoice", "MV249001", "number")),
    ],
)
def test_a_number_in_a_mail_links_it(desk, now, number, found):
    bring_in(desk, now, letter())
    names(desk, number)
    react(desk, now, category="billing")
    assert links(desk) == [found]
    with tenant_scope(desk):
        event = Event.objects.get(kind="mail.message.linked")
        assert event.subject_kind == found[0]
        assert (event.data["basis"], event.data["category"]) == ("number", "billing")


def test_a_number_of_another_company_links_nothing(desk, harborpine, now):
    for number in (
        ("order", "HP-26-0871"),
        ("loan", "HP-26-LOAN-7"),
        ("quote", "Q-2611"),
        ("invoice", "HP269001"),
    ):
        bring_in(desk, now, letter())
        names(desk, number)
        react(desk, now, category="order_status_request")
    assert links(desk) == links(harborpine) == []


def test_reading_the_same_events_again_changes_nothing(desk, now):
    bring_in(desk, now, letter(subject="MV-240871"))
    for _ in range(2):
        react(desk, now)
    assert links(desk) == [("order", "MV-240871", "number")]
    with tenant_scope(desk):
        assert Event.objects.filter(kind="mail.message.linked").count() == 1


def test_an_answer_is_about_what_its_conversation_is_about(desk, now):
    answer = letter(message_id="<2@bluemesacu.test>", in_reply_to="<1@bluemesacu.test>", text="Any news?\n")
    bring_in(desk, now, letter(subject="MV-240871"), answer)
    react(desk, now)
    assert links(desk) == [("order", "MV-240871", "number"), ("order", "MV-240871", "thread")]


def test_a_stranger_in_a_conversation_is_not_linked_by_it(desk, now):
    answer = letter(
        sender="x@elsewhere.example", message_id="<2@elsewhere.example>", in_reply_to="<1@bluemesacu.test>"
    )
    bring_in(desk, now, letter(subject="MV-240871"), answer)
    react(desk, now)
    assert links(desk) == [("order", "MV-240871", "number")]


def test_a_conversation_about_two_orders_does_not_say_which_is_meant(desk, now):
    with tenant_scope(desk):
        make_order("MV-240872", Client.objects.get(), product=None)
    answer = letter(message_id="<2@bluemesacu.test>", in_reply_to="<1@bluemesacu.test>")
    bring_in(desk, now, letter(subject="MV-240871 and MV-240872"), answer)
    react(desk, now)
    assert len(links(desk)) == 2


def test_the_only_open_one_is_meant_where_the_mail_speaks_of_such_things(desk, now):
    bring_in(desk, now, letter())
    react(desk, now, category="bid_question")
    assert sorted(links(desk)) == [("deal", "MV-24 renewal", "inferred"), ("quote", "Q-2411", "inferred")]


def test_of_two_open_ones_none_is_meant_and_of_mail_about_neither_none(desk, now):
    bring_in(desk, now, letter())
    react(desk, now, category="general")
    with tenant_scope(desk):
        make_order("MV-240872", Client.objects.get(), product=None)
    react(desk, now, category="order_status_request")
    assert links(desk) == []


def test_a_guess_stays_a_guess_in_the_answers_to_it(desk, now):
    answer = letter(message_id="<2@bluemesacu.test>", in_reply_to="<1@bluemesacu.test>")
    bring_in(desk, now, letter())
    react(desk, now, category="order_hold")
    bring_in(desk, now, answer)
    react(desk, now)
    assert links(desk) == [("order", "MV-240871", "inferred")] * 2


def test_linking_takes_as_many_statements_for_forty_mails_as_for_four(desk, now):
    def statements(first: int, count: int) -> int:
        mails = [
            letter(
                message_id=f"<{n}@bluemesacu.test>",
                sender=f"Tomás Herrera <{TOMAS}>",
                subject=["MV-240871", "Re: status", "invoice 249001", "Q-2411"][n % 4],
            )
            for n in range(first, first + count)
        ]
        bring_in(desk, now, *mails)
        with tenant_scope(desk):
            events = list(Event.objects.filter(kind="mail.message.received").order_by("id"))[-count:]
            for event in events:
                event.data["category"] = "bid_question"
            with CaptureQueriesContext(connection) as queries:
                for engine in registry:
                    if engine.slug in DOMAINS:
                        engine.react(make_cycle(desk, now + timedelta(hours=1)), events)
        return len(queries)

    few = statements(100, 4)
    assert statements(200, 40) == few
