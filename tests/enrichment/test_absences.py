"""What automatic replies say of their senders: away until a day, or gone, and who comes after them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from agent.models import Event
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.due import count_unserved
from engagement.engine import EngagementEngine
from engagement.enrichment.engine import EnrichmentEngine
from engagement.enrichment.models import Candidate, Sighting
from engagement.mail.models import Mailbox, Tier
from engagement.mail.sending import send_email_facts
from engagement.models import Contact, ContactDetail
from engagement.services import record_edits
from tests.engagement.cast import make_card, make_client, make_contact, make_cycle
from tests.enrichment.cast import receive, store

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
LEFT = {"return_date": None, "left_company": True, "instead": "Dana Pruitt <dpruitt@bluemesacu.test>"}
# Midnight of 1 December in Denver.
BACK_AT = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


def away(date="2026-12-01"):
    return {"return_date": date, "left_company": False, "instead": None}


@pytest.fixture
def tomas(meridian, now):
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised="orders@meridianvs.test", is_primary=True)
        return make_contact(now, make_client(now, email_domain="bluemesacu.test"))


def reply(contact, now, auto_reply, **changes):
    return store(contact, now, tier=Tier.AUTO_REPLY, auto_reply=auto_reply, **changes)


def fresh(contact):
    return Contact.objects.get(pk=contact.pk)


def plan(tenant, now):
    return EngagementEngine().plan(make_cycle(tenant, now))


def test_whoever_is_away_gets_no_check_in_before_they_are_back(meridian, now, tomas):
    with tenant_scope(meridian):
        assert count_unserved(now=now) == 1
        receive(meridian, now, reply(tomas, now, away(), newest_text="I am away until 1 December."))
        assert fresh(tomas).away_until == BACK_AT
        assert ContactDetail.objects.get(field="away_until").evidence == "I am away until 1 December."
        found = plan(meridian, now)
        assert found.proposals == ()
        assert ("away", "Tomás Herrera is away until 2026-12-01, as their automatic reply says.") in {
            (left.code, left.reason) for left in found.left_alone
        }
        assert count_unserved(now=now) == 0
        (proposal,) = plan(meridian, BACK_AT).proposals
        assert proposal.payload["to"] == "tomas.herrera@bluemesacu.test"


def test_a_message_that_waits_already_is_put_off_until_they_are_back(meridian, now, tomas):
    with tenant_scope(meridian):
        (proposal,) = plan(meridian, now).proposals
        card = make_card(proposal, now, state=CardState.ALLOWED)
        cycle = make_cycle(meridian, now, send_mode=SendMode.LIVE)
        assert send_email_facts([card], cycle)[0]["opens_at"] is None
        receive(meridian, now, reply(tomas, now, away()))
        (facts,) = send_email_facts([card], make_cycle(meridian, now, send_mode=SendMode.LIVE))
        assert facts["opens_at"] >= BACK_AT
        assert facts["suppressed"] == ""


@pytest.mark.parametrize("date", ["2026-11-20", "2029-01-01", "soon", "", None])
def test_a_day_that_cannot_be_their_return_is_not_kept(meridian, now, tomas, date):
    with tenant_scope(meridian):
        receive(meridian, now, reply(tomas, now, away(date)))
        assert fresh(tomas).away_until is None


def test_a_newer_reply_moves_the_day_and_a_day_that_passed_binds_nobody(meridian, now, tomas):
    with tenant_scope(meridian):
        Contact.objects.filter(pk=tomas.pk).update(away_until=now - timedelta(days=1))
        record_edits(contact=fresh(tomas), fields=["away_until"], actor="dana", now=now)
        receive(meridian, now, reply(tomas, now, away("2026-11-30")))
        later = now + timedelta(hours=1)
        receive(meridian, later, reply(tomas, later, away("2026-12-01T07:00:00+00:00")))
        assert fresh(tomas).away_until == BACK_AT


def test_whoever_has_left_is_written_to_no_more(meridian, now, tomas):
    with tenant_scope(meridian):
        (proposal,) = plan(meridian, now).proposals
        card = make_card(proposal, now, state=CardState.ALLOWED)
        mail = reply(tomas, now, LEFT, newest_text="Tomás has left Blue Mesa. Dana Pruitt takes over.")
        receive(meridian, now, mail)
        known = fresh(tomas)
        assert (known.has_left, known.is_active) == (True, False)
        assert ContactDetail.objects.get(field="has_left").message_id == mail.message_id
        assert {left.code for left in plan(meridian, now).left_alone} >= {"left_company"}
        (facts,) = send_email_facts([card], make_cycle(meridian, now))
        assert (facts["suppressed"], facts["suppressed_until"]) == (
            "Tomás Herrera has left the company.",
            None,
        )
        event = Event.objects.get(kind="contact.left_company")
        EngagementEngine().react(make_cycle(meridian, now), [event])
        card.refresh_from_db()
        assert card.state == CardState.CANCELLED


def test_who_comes_after_somebody_who_left_is_proposed_at_once(meridian, now, tomas):
    with tenant_scope(meridian):
        make_contact(now, tomas.client, "Karen Liu")
        receive(meridian, now, reply(tomas, now, LEFT))
        dana = Candidate.objects.get()
        assert (dana.name, dana.email_normalised, dana.sighting) == (
            "Dana Pruitt",
            "dpruitt@bluemesacu.test",
            Sighting.REPLACES,
        )
        (proposal,) = EnrichmentEngine().plan(make_cycle(meridian, now)).proposals
        assert proposal.payload["purpose"] == "contact_discovery"
        assert "has left and named who comes after them" in proposal.reason


def test_somebody_at_another_domain_is_not_taken_for_a_successor(meridian, now, tomas):
    with tenant_scope(meridian):
        receive(meridian, now, reply(tomas, now, LEFT | {"instead": "eve@elsewhere.test"}))
        assert Candidate.objects.count() == 0


def test_somebody_a_person_keeps_as_active_is_only_suggested_as_gone(meridian, now, tomas):
    with tenant_scope(meridian):
        record_edits(contact=tomas, fields=["has_left"], actor="dana", now=now)
        receive(meridian, now, reply(tomas, now, LEFT))
        assert fresh(tomas).is_active
        assert ContactDetail.objects.proposed().get().field == "has_left"
        assert not Event.objects.filter(kind="contact.left_company").exists()


@pytest.mark.parametrize(
    "changes", [{"flags": ["dmarc_fail"]}, {"tier": Tier.HUMAN}, {"standing": "stranger"}]
)
def test_only_the_persons_own_automatic_reply_counts(meridian, now, tomas, changes):
    with tenant_scope(meridian):
        said = {**LEFT, "return_date": "2026-12-01"}
        receive(meridian, now, store(tomas, now, **{"tier": Tier.AUTO_REPLY, "auto_reply": said, **changes}))
        assert (fresh(tomas).has_left, fresh(tomas).away_until) == (False, None)


def test_a_shared_mailbox_neither_leaves_nor_goes_away(meridian, now, tomas):
    with tenant_scope(meridian):
        desk = make_contact(now, tomas.client, "Loan Desk", is_shared_mailbox=True)
        receive(meridian, now, reply(desk, now, {**LEFT, "return_date": "2026-12-01"}))
        assert (fresh(desk).is_active, fresh(desk).away_until) == (True, None)


def test_a_rivals_contact_stays_where_it_is(meridian, harborpine, now, tomas):
    with tenant_scope(harborpine):
        rival = make_contact(now, make_client(now))
        mail = reply(rival, now, LEFT)
    with tenant_scope(meridian):
        receive(meridian, now, mail)
    with tenant_scope(harborpine):
        assert fresh(rival).is_active
