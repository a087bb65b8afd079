"""Sending through the tenant's own mailbox at Gmail: the frozen bytes, once, and an honest word on how it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.cycle import run_cycle
from agent.models import Card, Intent
from agent.registry import Effect
from agent.states import CardState
from agent.sweep import sweep_tenant
from agent.tenancy import tenant_scope
from engagement.mail import providers
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.sync import poll_gmail
from engagement.mail.models import Mailbox, Message
from engagement.mail.outbound import compose_message
from tests.engagement.cast import make_client, make_contact, touch
from tests.gmail.cast import account_of, connect, handled
from tests.mail.cast import ORDERS, TOMAS, letter, vouch_for_domain
from tests.mail.test_outbound import outgoing

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SOON, HOUR = timedelta(minutes=6), timedelta(hours=1)


@pytest.fixture
def desk(gmail, meridian, harborpine, now):
    """Meridian, live, which writes through Gmail, with Tomás who is overdue for a check-in."""
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised=ORDERS, display_name="Orders", is_primary=True)
        vouch_for_domain(now, ORDERS)
        contact = make_contact(now, make_client(now, email_domain="bluemesacu.test"), addresses=[TOMAS])
        touch(contact, now - timedelta(days=40), now)
    connect(gmail, meridian, now, is_sender=True)
    return meridian


def read(desk):
    with tenant_scope(desk):
        return Card.objects.get(), Intent.objects.get()


def deliver(desk, now, **changes):
    content = compose_message(outgoing(now, **changes))
    with tenant_scope(desk):
        account = providers.choose_provider().account
    return providers.deliver(
        tenant=desk, account=account, content=content, recipient=TOMAS, idempotency_key="card-1-7"
    )


def test_a_cycle_sends_the_frozen_bytes_once_and_the_copy_is_no_news(gmail, desk, now):
    run_cycle(tenant=desk, now=now)
    card, intent = read(desk)
    assert card.state == CardState.DONE and card.result["provider"] == "gmail"
    assert gmail.sent == [bytes(intent.content)]
    assert intent.details["provider"] == f"gmail {account_of(desk).pk}"
    assert handled(desk) == {card.result["provider_id"]: "sent"}
    (report,) = poll_gmail(tenant=desk, now=now + HOUR)
    assert (report.ended, report.new) == ("done", 0)
    with tenant_scope(desk):
        assert Message.objects.count() == 1
    run_cycle(tenant=desk, now=now + HOUR)
    assert len(gmail.sent) == 1


@pytest.mark.parametrize("fault", ["serve_then_reset", "serve_then_hang"])
def test_a_lost_answer_is_settled_by_the_sent_folder(gmail, desk, now, fault):
    gmail.order(fault={"name": fault, "on": "messages.send", "seconds": 3})
    run_cycle(tenant=desk, now=now)
    assert read(desk)[0].state == CardState.UNKNOWN
    sweep_tenant(tenant=desk, now=now + SOON)
    assert read(desk)[0].state == CardState.DONE
    assert len(gmail.sent) == 1
    with tenant_scope(desk):
        assert Message.objects.count() == 1


def test_a_message_whose_id_gmail_wrote_over_is_known_by_our_header(gmail, desk, now):
    gmail.order(fault={"name": "rewrite", "on": "messages.send"})
    run_cycle(tenant=desk, now=now)
    _, intent = read(desk)
    # The search by Message-ID finds nothing; the fake wrote another one.
    outcome = providers.ask_again(tenant=desk, intent=intent, now=now + SOON)
    assert (outcome.effect, len(gmail.sent)) == (Effect.DONE, 1)
    assert b"<rewritten@mail.test>" in gmail.sent[0]


def test_what_is_not_in_the_sent_folder_is_never_sent_again(gmail, desk, now):
    gmail.order(fault={"name": "reset", "on": "messages.send"})
    run_cycle(tenant=desk, now=now)
    card, intent = read(desk)
    assert card.state == CardState.UNKNOWN
    again = providers.ask_again(tenant=desk, intent=intent, now=now + SOON)
    assert (again.effect, again.retry_after) == (Effect.UNKNOWN, timedelta(minutes=5))
    later = providers.ask_again(tenant=desk, intent=intent, now=now + 2 * HOUR)
    assert later.effect == Effect.UNKNOWN and "settle the card by hand" in later.reason
    for number in range(1, 4):
        sweep_tenant(tenant=desk, now=now + number * HOUR)
    assert gmail.sent == []


def test_gmails_not_now_waits_as_long_as_it_asks(gmail, desk, now):
    gmail.order(fault={"name": "429", "on": "messages.send", "retry_after": "120"})
    outcome = deliver(desk, now)
    assert (outcome.effect, outcome.retry_after) == (Effect.RETRY, timedelta(minutes=2))
    gmail.order(fault={"name": "503", "on": "messages.send"})
    assert deliver(desk, now).effect == Effect.UNKNOWN
    assert gmail.sent == []
    assert deliver(desk, now).effect == Effect.DONE


def test_a_lost_access_holds_messages_back_and_sends_them_no_other_way(gmail, desk, now):
    gmail.order(revoke=True)
    outcome = deliver(desk, now)
    assert outcome.effect == Effect.RETRY and "Connect the mailbox again" in outcome.reason
    assert account_of(desk).status == "revoked"
    calls = len(gmail.entries)
    assert deliver(desk, now).effect == Effect.RETRY
    assert len(gmail.entries) == calls


def test_an_answer_goes_into_the_conversation_that_it_answers(gmail, desk, now):
    (asked,) = gmail.add(letter(message_id="<q@bluemesacu.test>"), thread="thread-7")
    poll_gmail(tenant=desk, now=now)
    outcome = deliver(desk, now, in_reply_to="<q@bluemesacu.test>")
    assert outcome.effect == Effect.DONE
    (sent,) = [entry for entry in gmail.entries if entry["event"] == "sent"]
    assert sent["thread"] == "thread-7"


def test_only_a_primary_mailbox_that_is_connected_to_send_is_a_way_out(gmail, desk, harborpine, now):
    with tenant_scope(desk):
        assert providers.choose_provider().name == "gmail"
        GmailAccount.objects.update(is_sender=False)
        assert providers.choose_provider().name == "smtp"
    with tenant_scope(harborpine):
        assert providers.choose_provider().name == "smtp"
