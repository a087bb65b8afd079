"""Hours of the real cycle: check-ins and research together with the kernel's rules and the mail that carries them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from agent.cycle import run_cycle
from agent.goals.pace import Metric
from agent.goals.services import set_goal
from agent.models import Card, LeftAlone, Reflection
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from engagement.enrichment.services import note_people
from engagement.mail.models import Mailbox
from engagement.models import Contact, EngagementClock, Touch, TouchKind
from tests.engagement.cast import make_client, make_contact, touch
from tests.enrichment.test_contact_discovery import make_message
from tests.mail.cast import vouch_for_domain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(meridian, harborpine, now):
    """Meridian with a mailbox and a client that was in contact yesterday, and a rival with the same client."""
    for tenant in (harborpine, meridian):
        with tenant_scope(tenant):
            address = f"orders@{tenant.slug}.test"
            Mailbox.objects.create(address_normalised=address, display_name=tenant.name, is_primary=True)
            vouch_for_domain(now, address)
            client = make_client(now, email_domain="bluemesacu.test")
            touch(make_contact(now, client, "Ann Fresh"), now - timedelta(days=1), now)
    return client


def add_overdue(now, client, count):
    """So many people without a touch for longer than allowed, the first the longest."""
    for n in range(count):
        contact = make_contact(now, client, f"Person N{n}", created_at=now - timedelta(days=90))
        touch(contact, now - timedelta(days=40 - n), now)


def go_live(tenant, **settings):
    tenant.agent_settings = {"send_mode": "live", **settings}
    tenant.save(update_fields=["agent_settings"])


def cards(tenant, **conditions):
    with tenant_scope(tenant):
        return list(Card.objects.filter(**conditions).order_by("pk"))


def test_a_dry_run_rehearses_the_check_in_and_touches_nobody(meridian, harborpine, now, desk):
    with tenant_scope(meridian):
        add_overdue(now, desk, 1)
        before = Touch.objects.count()
    for hour in range(2):
        assert run_cycle(tenant=meridian, now=now + hour * HOUR).state == RunState.COMPLETED
    (card,) = cards(meridian, kind="send_email")
    assert (card.state, card.is_rehearsal) == (CardState.DONE, True)
    assert mail.outbox == []
    with tenant_scope(meridian):
        assert Touch.objects.count() == before
        left = LeftAlone.objects.get(engine="engagement", code="rehearsed")
        assert left.subject_label == "Person N0, Blue Mesa Credit Union"
    assert cards(harborpine) == []


def test_a_check_in_that_was_sent_is_a_touch_and_the_contact_is_in_time_again(meridian, now, desk):
    with tenant_scope(meridian):
        add_overdue(now, desk, 1)
    go_live(meridian)
    assert run_cycle(tenant=meridian, now=now).state == RunState.COMPLETED
    (card,) = cards(meridian, kind="send_email")
    assert card.state == CardState.DONE
    assert [message.to for message in mail.outbox] == [["Person N0 <person.n0@bluemesacu.test>"]]
    assert "Person" in mail.outbox[0].body
    with tenant_scope(meridian):
        contact = Contact.objects.get(last_name="N0")
        clock = EngagementClock.objects.get(contact=contact)
        assert (clock.last_touch_at, clock.last_touch_kind) == (now, TouchKind.EMAIL_SENT)
        assert not EngagementClock.objects.overdue(now).kept().exists()
    run_cycle(tenant=meridian, now=now + HOUR)
    assert len(mail.outbox) == 1


def test_the_hint_of_an_hour_over_its_cap_changes_the_next_plan(meridian, now, desk):
    with tenant_scope(meridian):
        add_overdue(now, desk, 5)
    go_live(meridian, max_emails_per_hour=2)
    run_cycle(tenant=meridian, now=now)
    assert len(mail.outbox) == 2
    assert len(cards(meridian, state=CardState.DEFERRED)) == 3
    with tenant_scope(meridian):
        (hint,) = Reflection.objects.get().hints
        assert (hint["code"], hint["data"]) == ("serve_deferred_first", {"waiting": 3})
        late = make_contact(now, desk, "Lou Later", created_at=now - timedelta(days=90))
        touch(late, now - timedelta(days=60), now)
    run_cycle(tenant=meridian, now=now + HOUR)
    assert cards(meridian, contact_id=late.pk) == []
    with tenant_scope(meridian):
        left = LeftAlone.objects.get(subject_id=str(late.pk))
        assert left.code == "waits_for_capacity"
    assert len(mail.outbox) == 4
    run_cycle(tenant=meridian, now=now + 2 * HOUR)
    run_cycle(tenant=meridian, now=now + 3 * HOUR)
    recipients = [message.to[0] for message in mail.outbox]
    assert len(recipients) == len(set(recipients)) == 6


def test_account_mapping_waits_for_whoever_is_owed_a_contact_and_contact_discovery_does_not(
    meridian, now, desk
):
    with tenant_scope(meridian):
        add_overdue(now, desk, 1)
        make_client(now, "Lonely Bank", email_domain="lonely.test")
        note_people([make_message(now, sender="ana@bluemesacu.test", name="Ana Ruiz")], now=now)
        note_people([make_message(now, sender="leo@lonely.test", name="Leo Lone")], now=now)
        # Nothing has been ordered this month, so it is behind.
        set_goal(month=now.date(), metric=Metric.ORDERS, target=Decimal(20), actor="priya", now=now)
    run_cycle(tenant=meridian, now=now)
    mapping, discovery = sorted(cards(meridian, kind="research"), key=lambda card: card.payload["purpose"])
    assert (discovery.subject_label, discovery.state) == ("Lonely Bank", CardState.DONE)
    assert (mapping.state, mapping.rule) == (CardState.DEFERRED, "research_after_engagement")
    assert mapping.rule_reason == "1 person is owed a contact first; research waits."
    with tenant_scope(meridian):
        assert Contact.objects.get(first_name="Leo").source == "discovered"
        assert not Contact.objects.filter(first_name="Ana").exists()
        touch(Contact.objects.get(last_name="N0"), now, now)
    run_cycle(tenant=meridian, now=now + HOUR)
    assert cards(meridian, pk=mapping.pk)[0].state == CardState.DONE
    with tenant_scope(meridian):
        assert Contact.objects.get(first_name="Ana").client == desk
