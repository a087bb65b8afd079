"""Conversations: how our messages take their place in one, and that no two programs keep one up between them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from agent.cycle import run_cycle
from agent.models import Card, Event, Task
from agent.registry import Evidence, Plan, Proposal, Ref, registry
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import Direction, EmailSuppression, Mailbox, Message, Thread
from engagement.mail.storing import find_proof_of_delivery
from engagement.models import Contact, Touch, TouchKind
from tests.engagement.cast import make_client, make_contact
from tests.mail.cast import ASKS, ORDERS, TOMAS, bring_in, delivery_report, furnish, letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HOUR = timedelta(hours=1)
LIVE = {
    "send_mode": "live",
    "max_emails_per_contact_per_day": 50,
    "max_emails_per_contact_per_fortnight": 50,
    "business_hours_start": "00:00",
    "business_hours_end": "23:59",
    "holiday_country": "",
}


@pytest.fixture
def desk(meridian, harborpine, now):
    """Meridian and its rival, live, with the same contact and the same mail from them."""
    for tenant, address in ((meridian, ORDERS), (harborpine, "desk@harborpine.test")):
        furnish(tenant, now, address=address)
        tenant.agent_settings = LIVE
        tenant.save(update_fields=["agent_settings"])
    return meridian


class Writer(MailEngine):
    """The mail engine, which in a test also proposes what the test wants sent."""

    def __init__(self, *proposals):
        self.wanted = proposals

    def plan(self, cycle):
        return Plan(proposals=tuple(self.wanted))


def answer_to(message_id, address=TOMAS, *, name="", **payload):
    """A proposal that writes to somebody, in answer to a message or following one up."""
    contact = Contact.objects.get(addresses__email_normalised=address)
    ref = Ref(kind="contact", id=str(contact.pk), label=str(contact))
    return Proposal(
        kind="send_email",
        subject=ref,
        contact=ref,
        payload={
            "template": "engagement/check_in",
            "variables": {},
            "to": address,
            "stream": "transactional",
            "in_reply_to": message_id,
            **payload,
        },
        reason="They wait for an answer.",
        evidence=(Evidence(type="mail", id=message_id),),
        dedupe_key=f"answer:{message_id}:{address}:{name}",
    )


def write(tenant, now, *proposals):
    """Run a cycle in which these are proposed; returns their cards, the newest last."""
    kernel = next(engine for engine in registry if engine.slug == "agent")
    with registry.override(kernel, Writer(*proposals)):
        report = run_cycle(tenant=tenant, now=now)
    assert report.state == "completed", report.stop_detail
    with tenant_scope(tenant):
        return list(Card.objects.filter(kind="send_email").order_by("id"))


def proposal_in(tenant, *args, **kwargs):
    with tenant_scope(tenant):
        return answer_to(*args, **kwargs)


def sent(provider):
    """What the provider was given, the headers and the subject of each."""
    return [json.loads(taken["content"]) for taken in provider.taken]


ROOT = letter(message_id="<root@bluemesacu.test>", subject="Turn times")
QUESTION = letter(
    message_id="<q@bluemesacu.test>",
    subject="RE: Aw: Re[2]: Turn  times",
    in_reply_to="<root@bluemesacu.test>",
    references="<root@bluemesacu.test> <middle@elsewhere.test>",
)


def test_an_answer_carries_the_whole_chain_and_one_re(desk, now, start_provider):
    provider = start_provider("http")
    bring_in(desk, now, ROOT, QUESTION)
    write(desk, now, proposal_in(desk, "<q@bluemesacu.test>"))
    (message,) = sent(provider)
    headers = message["headers"]
    assert message["subject"] == "Re: Turn times"
    assert headers["In-Reply-To"] == "<q@bluemesacu.test>"
    assert headers["References"].split() == [
        "<root@bluemesacu.test>",
        "<middle@elsewhere.test>",
        "<q@bluemesacu.test>",
    ]
    assert headers["Auto-Submitted"] == "auto-replied"
    with tenant_scope(desk):
        assert Thread.objects.count() == 1
        assert Message.objects.get(direction=Direction.OUT).subject == "Re: Turn times"


def test_a_second_follow_up_carries_the_first_ones_message_id(desk, now, start_provider):
    provider = start_provider("http")
    write(desk, now, proposal_in(desk, "", name="first"))
    with tenant_scope(desk):
        first = Message.objects.get().message_id
    write(desk, now + HOUR, proposal_in(desk, first, name="second"))
    with tenant_scope(desk):
        second = Message.objects.order_by("-id").first().message_id
    cards = write(desk, now + 2 * HOUR, proposal_in(desk, second, name="third"))
    assert [card.state for card in cards] == [CardState.DONE] * 3
    opening, follow_up, last = sent(provider)
    assert "References" not in opening["headers"]
    assert follow_up["headers"]["In-Reply-To"] == follow_up["headers"]["References"] == first
    assert last["headers"]["In-Reply-To"] == second
    assert last["headers"]["References"].split() == [first, second]
    assert follow_up["subject"] == last["subject"] == f"Re: {opening['subject']}"
    # Nobody's words caused them, so they are no replies (RFC 3834, section 5).
    assert last["headers"]["Auto-Submitted"] == "auto-generated"
    with tenant_scope(desk):
        assert Thread.objects.count() == 1


def test_by_smtp_the_bytes_carry_the_same_chain(desk, now, start_smtp):
    server = start_smtp()
    bring_in(desk, now, ROOT, QUESTION)
    write(desk, now, proposal_in(desk, "<q@bluemesacu.test>"))
    (taken,) = server.taken
    assert b"In-Reply-To: <q@bluemesacu.test>\r\n" in taken["content"]
    assert (
        b"References: <root@bluemesacu.test>\r\n <middle@elsewhere.test>\r\n <q@bluemesacu.test>"
        in taken["content"]
    )


def test_a_long_chain_keeps_its_first_and_its_nearest(desk, now, start_provider):
    provider = start_provider("http")
    chain = [f"<{number}@bluemesacu.test>" for number in range(100)]
    bring_in(desk, now, letter(message_id="<q@bluemesacu.test>", references=" ".join(chain)))
    write(desk, now, proposal_in(desk, "<q@bluemesacu.test>"))
    referred = sent(provider)[0]["headers"]["References"].split()
    assert (
        len(referred) <= 50
        and referred[0] == chain[0]
        and referred[-2:] == [chain[-1], "<q@bluemesacu.test>"]
    )


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Re:Re: SV: turn times", "Re: turn times"),
        ("Rebecca: a question", "Re: Rebecca: a question"),
        ("Fwd: Order MV-240910", "Re: Fwd: Order MV-240910"),
        ("回复: 报告", "Re: 报告"),
        ("{{ contact }}", "Re: {{ contact }}"),
    ],
)
def test_the_subject_stays_theirs_behind_one_re(desk, now, start_provider, subject, expected):
    provider = start_provider("http")
    bring_in(desk, now, letter(message_id="<q@bluemesacu.test>", subject=subject))
    write(desk, now, proposal_in(desk, "<q@bluemesacu.test>"))
    assert sent(provider)[0]["subject"] == expected


def test_what_is_answered_must_be_in_this_companys_store(desk, harborpine, now, start_provider):
    provider = start_provider("http")
    bring_in(harborpine, now, QUESTION)
    (card,) = write(desk, now, proposal_in(desk, "<q@bluemesacu.test>"))
    assert (card.state, card.rule) == (CardState.BLOCKED, "machines_get_no_answer")
    assert "not in this company's store" in card.rule_reason and provider.taken == []


def test_a_conversation_gets_one_automatic_answer_in_seven_days(desk, harborpine, now, start_provider):
    provider = start_provider("http")
    bring_in(desk, now, ROOT)
    write(desk, now, proposal_in(desk, "<root@bluemesacu.test>"))
    bring_in(desk, now + HOUR, QUESTION)
    for later in (2 * HOUR, timedelta(days=6, hours=23)):
        cards = write(desk, now + later, proposal_in(desk, "<q@bluemesacu.test>", name=str(later)))
        assert (cards[-1].state, cards[-1].rule) == (CardState.HELD, "answers_keep_their_distance")
    assert "2026-11-23" in cards[-1].rule_reason and len(provider.taken) == 1
    cards = write(
        desk, now + timedelta(days=7, hours=1), proposal_in(desk, "<q@bluemesacu.test>", name="late")
    )
    assert cards[-1].state == CardState.DONE and len(provider.taken) == 2
    bring_in(harborpine, now, QUESTION)
    assert (
        write(harborpine, now + 2 * HOUR, proposal_in(harborpine, "<q@bluemesacu.test>"))[-1].state == "done"
    )


def test_an_answer_that_is_under_way_counts(desk, now, start_provider):
    provider = start_provider("smtp", "accept_then_reset", times=1)
    bring_in(desk, now, ROOT, QUESTION)
    (first,) = write(desk, now, proposal_in(desk, "<root@bluemesacu.test>"))
    assert first.state == CardState.UNKNOWN
    cards = write(desk, now + 2 * HOUR, proposal_in(desk, "<q@bluemesacu.test>"))
    assert cards[-1].state == CardState.HELD and len(provider.taken) == 1


def test_two_answers_of_one_plan_are_one(desk, now, start_provider):
    provider = start_provider("http")
    bring_in(desk, now, ROOT, QUESTION)
    cards = write(
        desk, now, proposal_in(desk, "<root@bluemesacu.test>"), proposal_in(desk, "<q@bluemesacu.test>")
    )
    assert (
        sorted(card.state for card in cards) == [CardState.DONE, CardState.HELD] and len(provider.taken) == 1
    )


def test_twenty_addresses_of_one_domain_get_one_answer_an_hour(desk, now, start_provider):
    provider = start_provider("http")
    addresses = [f"alert{number}@machine.test" for number in range(20)]
    with tenant_scope(desk):
        client = make_client(now, "Machines")
        for address in addresses:
            make_contact(now, client, addresses=[address])
    bring_in(
        desk,
        now,
        *(
            letter(sender=address, message_id=f"<{address}>", text="Got your mail.\n")
            for address in addresses
        ),
    )
    cards = write(desk, now, *(proposal_in(desk, f"<{address}>", address) for address in addresses))
    waiting = [card for card in cards if card.state == CardState.DEFERRED]
    assert len(provider.taken) == 1 and len(waiting) == 19
    assert {card.not_before for card in waiting} == {now + HOUR}
    cards = write(desk, now + HOUR)
    assert len(provider.taken) == 2 and len(cards) == 20


def test_at_a_public_mail_service_each_person_is_their_own(desk, now, start_provider):
    provider = start_provider("http")
    addresses = ["ann.amsel@gmail.com", "bo.birke@gmail.com"]
    with tenant_scope(desk):
        for address in addresses:
            make_contact(now, None, addresses=[address])
    bring_in(desk, now, *(letter(sender=address, message_id=f"<{address}>") for address in addresses))
    cards = write(desk, now, *(proposal_in(desk, f"<{address}>", address) for address in addresses))
    assert [card.state for card in cards] == [CardState.DONE] * 2 and len(provider.taken) == 2


MACHINES = {
    "a delivery report": delivery_report((TOMAS, "4.2.2"), message_id="<m@bluemesacu.test>"),
    "an automatic reply": letter(message_id="<m@bluemesacu.test>", auto_submitted="auto-replied"),
    "a mailing list": letter(
        message_id="<m@bluemesacu.test>",
        list_id="<news.bluemesacu.test>",
        list_unsubscribe="<https://bluemesacu.test/u>",
        precedence="bulk",
    ),
    "takes no answers": letter(message_id="<m@bluemesacu.test>", sender="no-reply@bluemesacu.test"),
    "is our own": letter(message_id="<m@bluemesacu.test>", sender=f"Desk <{ORDERS}>", to=ORDERS),
}


@pytest.mark.parametrize("kind", MACHINES)
def test_no_machine_is_answered(desk, now, start_provider, kind):
    provider = start_provider("http")
    bring_in(desk, now, MACHINES[kind])
    (card,) = write(desk, now, proposal_in(desk, "<m@bluemesacu.test>"))
    assert (card.state, card.rule) == (CardState.BLOCKED, "machines_get_no_answer"), card.rule_reason
    # An address that takes no answers may be seen as a program's already.
    assert kind in card.rule_reason or "a program" in card.rule_reason
    assert provider.taken == []


OWN = [
    ORDERS,
    ORDERS.upper(),
    "orders+mv24@meridianvs.test",
    "quotes@meridianvs.test",
    "priya@meridianvs.test",
    "robot@mail.meridianvs.test",
    "meridian.orders@gmail.com",
    "meridian.orders+desk@gmail.com",
]


@pytest.mark.parametrize("address", OWN)
def test_mail_of_our_own_triggers_nothing(desk, now, address):
    with tenant_scope(desk):
        Mailbox.objects.create(address_normalised="quotes@meridianvs.test")
        Mailbox.objects.create(address_normalised="meridian.orders@gmail.com", is_domain_own=False)
        contacts = Contact.objects.count()
    mails = [
        letter(sender=f"Tomás Herrera <{address}>", message_id="<1@own.test>", text=ASKS),
        letter(sender=address, message_id="<2@own.test>", text="STOP\n", subject="unsubscribe"),
        letter(sender=address, to=TOMAS, message_id="<3@own.test>", text=ASKS),
    ]
    bring_in(desk, now, *mails)
    run_cycle(tenant=desk, now=now)
    with tenant_scope(desk):
        assert not Task.objects.exists() and not EmailSuppression.objects.exists()
        assert not Touch.objects.filter(kind=TouchKind.EMAIL_RECEIVED).exists()
        assert Contact.objects.count() == contacts
        assert not Card.objects.filter(kind="create_task").exists()
        assert not Event.objects.filter(kind__in=["mail.reply.received", "mail.unsubscribed"]).exists()


def test_what_comes_back_under_our_own_name_is_nobodys_word(desk, harborpine, now):
    name = "<card-meridian-7@meridianvs.test>"
    returned = letter(message_id=name, text=ASKS)
    for _ in range(2):
        bring_in(desk, now, returned)
    run_cycle(tenant=desk, now=now)
    with tenant_scope(desk):
        (message,) = Message.objects.filter(direction=Direction.IN)
        assert message.message_id.endswith("@not-ours.invalid>") and message.tier == "automated"
        assert find_proof_of_delivery(name) == ""
        assert not Task.objects.exists() and not Touch.objects.filter(kind=TouchKind.EMAIL_RECEIVED).exists()
    # A copy of what we sent keeps its name, and the name of another company is nothing to us.
    bring_in(desk, now, letter(sender=ORDERS, to=TOMAS, message_id=name))
    bring_in(harborpine, now, letter(message_id=name))
    for tenant in (desk, harborpine):
        with tenant_scope(tenant):
            assert Message.objects.filter(message_id=name).exists()
