"""Signs of business in mail: kept once, with their words, until somebody has seen to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agent.tenancy import tenant_scope
from engagement.enrichment.engine import EnrichmentEngine
from engagement.enrichment.models import OpportunitySignal
from engagement.enrichment.opportunities import ActionMissing, mark_signals_actioned
from engagement.mail.models import Tier
from tests.engagement.cast import make_client, make_contact, make_cycle
from tests.enrichment.cast import receive, store

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
LATE = {"type": "complaint", "strength": 0.8, "evidence": "It came a week late.", "start": 4, "end": 24}
MORE = {"type": "upsell", "strength": 0.6, "evidence": "We open two branches.", "start": 30, "end": 51}


@pytest.fixture
def tomas(meridian, now):
    with tenant_scope(meridian):
        return make_contact(now, make_client(now))


def test_signals_of_a_contacts_mail_are_kept_once_the_strongest_first(meridian, now, tomas):
    with tenant_scope(meridian):
        mail = store(tomas, now, signals=[MORE, LATE, {"type": "weather", "start": 0}])
        for _ in range(2):
            receive(meridian, now + timedelta(minutes=5), mail)
        first, second = OpportunitySignal.objects.unactioned()
        assert (first.type, first.strength, first.evidence, first.start, first.end) == tuple(LATE.values())
        assert (second.type, second.contact, second.client, second.message) == (
            "upsell",
            tomas,
            tomas.client,
            mail,
        )
        assert (first.seen_at, first.found_at) == (now, now + timedelta(minutes=5))
        figures = EnrichmentEngine().report(make_cycle(meridian, now + timedelta(hours=1))).figures
        assert (figures["signals_24h"], figures["signals_unactioned"]) == (2, 2)


@pytest.mark.parametrize("changes", [{"flags": ["dmarc_fail"]}, {"tier": Tier.LIST}, {"standing": "own"}])
def test_mail_that_is_not_a_contacts_word_is_a_sign_of_nothing(meridian, now, tomas, changes):
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now, signals=[LATE], **changes))
        assert OpportunitySignal.objects.count() == 0


def test_a_signal_waits_until_somebody_says_what_was_done(meridian, harborpine, now, tomas):
    with tenant_scope(harborpine):
        receive(harborpine, now, store(make_contact(now, make_client(now)), now, signals=[LATE]))
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now, signals=[LATE, MORE]))
        signal = OpportunitySignal.objects.unactioned().first()
        with pytest.raises(ActionMissing):
            mark_signals_actioned(signals=[signal], actor="dana", action=" ", now=now)
        assert mark_signals_actioned(signals=[signal], actor="dana", action="Called them.", now=now) == 1
        assert mark_signals_actioned(signals=[signal], actor="eve", action="Me too.", now=now) == 0
        signal.refresh_from_db()
        assert (signal.actioned_by, signal.action) == ("dana", "Called them.")
        assert OpportunitySignal.objects.unactioned().count() == 1
    with tenant_scope(harborpine):
        assert OpportunitySignal.objects.unactioned().count() == 1


def test_an_operator_takes_a_signal_off_the_list_on_its_page(client, meridian, now, tomas):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = meridian.slug
    session.save()
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now, signals=[LATE]))
        signal = OpportunitySignal.objects.get()
    page = client.get(reverse("admin:enrichment_opportunitysignal_change", args=[signal.pk]))
    assert "It came a week late." in page.content.decode()
    press = reverse("admin:enrichment_opportunitysignal_mark_as_seen_to", args=[signal.pk])
    client.post(press, {"reason": ""})
    client.post(press, {"reason": "Credited the fee."})
    with tenant_scope(meridian):
        signal.refresh_from_db()
        assert (signal.actioned_by, signal.action) == ("dana", "Credited the fee.")
