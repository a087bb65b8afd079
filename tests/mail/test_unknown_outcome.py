"""A message of which nobody knows whether it left: what the operator is told, what they may say, and what is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agent.cycle import run_cycle
from agent.models import Card, Intent
from agent.registry import Effect
from agent.states import CardState
from agent.sweep import sweep_tenant
from agent.tenancy import tenant_scope
from engagement.mail.models import EmailSuppression, Mailbox, Message, SuppressionReason
from engagement.mail.sending import SendEmail
from engagement.mail.suppression import NewSuppression, suppress_addresses
from engagement.models import Touch, TouchKind
from tests.engagement.cast import make_client, make_contact, touch
from tests.mail.cast import ORDERS, TOMAS, vouch_for_domain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SOON = timedelta(minutes=1)


@pytest.fixture
def desk(meridian, harborpine, now):
    """Meridian, live, with Tomás who is overdue for a check-in."""
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised=ORDERS, display_name="Orders", is_primary=True)
        vouch_for_domain(now, ORDERS)
        contact = make_contact(now, make_client(now, email_domain="bluemesacu.test"), addresses=[TOMAS])
        touch(contact, now - timedelta(days=40), now)
    return meridian


@pytest.fixture
def console(client, desk):
    client.force_login(User.objects.create_superuser("dana", password="unguessable"))
    client.post(reverse("agent:switch_tenant"), {"tenant": desk.slug})
    return client


def lose_answer(desk, now, start_provider, door):
    """Run a cycle whose one message is taken and never answered for."""
    provider = start_provider(door, "accept_then_reset", times=1)
    run_cycle(tenant=desk, now=now)
    card, _ = read(desk)
    assert card.state == CardState.UNKNOWN and len(provider.taken) == 1
    return provider


def read(desk):
    with tenant_scope(desk):
        return Card.objects.get(), Intent.objects.get()


def test_the_page_says_what_to_look_for_and_lets_a_person_decide(
    desk, harborpine, console, now, start_provider
):
    lose_answer(desk, now, start_provider, "smtp")
    card, intent = read(desk)
    page = console.get(reverse("admin:agent_card_change", args=[card.pk])).content.decode()
    for words in ("Outcome unknown", "It may have been sent", TOMAS, "It did happen", "It did not happen"):
        assert words in page, words
    assert f"card-meridian-{card.pk}@" in page and "provider&#x27;s log" in page
    home = console.get(reverse("admin:index")).content.decode()
    assert "?state__exact=unknown" in home
    settle = reverse("admin:agent_card_settle_done", args=[card.pk])
    console.post(settle, {"reason": ""})
    assert read(desk)[0].state == CardState.UNKNOWN
    console.post(reverse("agent:switch_tenant"), {"tenant": harborpine.slug})
    assert console.post(settle, {"reason": "Ours."}).status_code == 404
    console.post(reverse("agent:switch_tenant"), {"tenant": desk.slug})
    console.post(settle, {"reason": "It is in the provider's log."})
    assert read(desk)[0].state == CardState.DONE


def test_by_smtp_it_is_never_sent_again_by_itself(desk, now, start_provider):
    provider = lose_answer(desk, now, start_provider, "smtp")
    for minutes in range(1, 4):
        sweep_tenant(tenant=desk, now=now + minutes * SOON)
    run_cycle(tenant=desk, now=now + timedelta(hours=1))
    assert read(desk)[0].state == CardState.UNKNOWN and len(provider.taken) == 1


def test_with_keys_the_next_sweep_learns_that_it_left(desk, now, start_provider):
    provider = lose_answer(desk, now, start_provider, "http")
    sweep_tenant(tenant=desk, now=now + SOON)
    card, intent = read(desk)
    (taken,) = provider.taken
    assert card.state == CardState.DONE and card.result["provider_id"] == taken["id"]
    assert taken["key"] == intent.idempotency_key
    with tenant_scope(desk):
        assert Message.objects.count() == 1
        assert Touch.objects.filter(kind=TouchKind.EMAIL_SENT).count() == 1


def test_an_address_that_was_closed_since_is_not_asked_about(desk, now, start_provider):
    provider = start_provider("http", "reset", times=1)
    run_cycle(tenant=desk, now=now)
    with tenant_scope(desk):
        closed = NewSuppression(email_normalised=TOMAS, reason=SuppressionReason.UNSUBSCRIBE)
        suppress_addresses([closed], now=now)
        assert EmailSuppression.objects.in_force(now).exists()
    outcome = SendEmail().reconcile(read(desk)[1], now=now + SOON)
    assert outcome.effect == Effect.UNKNOWN and "not asked again" in outcome.reason
    sweep_tenant(tenant=desk, now=now + SOON)
    assert provider.taken == [] and read(desk)[0].state == CardState.UNKNOWN


def test_a_message_is_kept_with_the_provider_that_was_given_it(desk, now, start_provider):
    start_provider("smtp", "rcpt:451", times=1)
    run_cycle(tenant=desk, now=now)
    card, intent = read(desk)
    assert (card.state, intent.details["provider"]) == (CardState.ALLOWED, "smtp")
    provider = start_provider("http", "accept_then_reset", times=1)
    run_cycle(tenant=desk, now=now + timedelta(hours=1))
    card, intent = read(desk)
    assert card.state == CardState.UNKNOWN and intent.details["provider"].startswith("resend ")
    sweep_tenant(tenant=desk, now=now + timedelta(hours=1) + SOON)
    assert read(desk)[0].state == CardState.DONE and len(provider.taken) == 1
