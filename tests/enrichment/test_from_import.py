"""From the bytes of a mail to what the desk knows: imported, read, and learnt from by the engine's own events."""

from __future__ import annotations

import pytest

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.enrichment.engine import EnrichmentEngine
from engagement.enrichment.models import EnrichmentJob, OpportunitySignal
from engagement.models import Contact, ContactDetail
from engagement.services import find_contact_by_address
from tests.engagement.cast import make_cycle
from tests.mail.cast import TOMAS, bring_in, furnish, letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SIGNED = """Hi Priya,

This is the third late report this month and we are very disappointed.

Best regards,

Tomás Herrera
Senior Loan Processor
Blue Mesa Credit Union
Office: (303) 555-0142 ext. 12
Mobile: (720) 555-0111
"""
FORWARDED = """See below.

---------- Forwarded message ---------
From: Karen Liu <kliu@elsewhere.test>
Date: Fri, Nov 20, 2026 at 9:12 AM
Subject: Fees
To: Tomás Herrera <therrera@bluemesacu.test>

Please use our new fee sheet.

Best regards,

Karen Liu
Vice President of Lending
Elsewhere Bank
Office: (212) 555-0199
"""
ABSENT = (
    """I have left Blue Mesa Credit Union. Please contact Dana Pruitt at dpruitt@bluemesacu.test instead."""
)


def learn(tenant, now):
    """Let the engine react to everything that has happened, as a cycle does."""
    with tenant_scope(tenant):
        EnrichmentEngine().react(make_cycle(tenant, now), list(Event.objects.order_by("pk")))


@pytest.fixture
def tomas(meridian, now):
    furnish(meridian, now)
    with tenant_scope(meridian):
        return find_contact_by_address(TOMAS)


def test_a_signed_mail_teaches_about_its_writer(meridian, now, tomas):
    bring_in(meridian, now, letter(text=SIGNED))
    learn(meridian, now)
    with tenant_scope(meridian):
        known = Contact.objects.get(pk=tomas.pk)
        assert (known.title, known.phone_e164, known.mobile_e164) == (
            "Senior Loan Processor",
            "+13035550142;ext=12",
            "+17205550111",
        )
        title = ContactDetail.objects.current().get(contact=tomas, field="title")
        assert (title.message_id, title.by) == ("<1@bluemesacu.test>", TOMAS)
        assert "complaint" in OpportunitySignal.objects.unactioned().values_list("type", flat=True)


def test_a_forwarded_signature_teaches_nothing_about_who_forwarded_it(meridian, now, tomas):
    bring_in(meridian, now, letter(text=FORWARDED))
    learn(meridian, now)
    with tenant_scope(meridian):
        known = Contact.objects.get(pk=tomas.pk)
        assert (known.title, known.phone_e164, known.company) == ("", "", "")
        assert not ContactDetail.objects.exclude(origin="human").exists()


def test_a_forged_mail_teaches_nothing(meridian, now, tomas):
    failed = "mx.meridianvs.test; dmarc=fail header.from=bluemesacu.test"
    bring_in(meridian, now, letter(text=SIGNED, authentication_results=failed))
    learn(meridian, now)
    with tenant_scope(meridian):
        assert Contact.objects.get(pk=tomas.pk).title == ""
        assert not EnrichmentJob.objects.exists()


def test_an_automatic_reply_says_who_has_left_and_who_comes_after(meridian, now, tomas):
    reply = letter(text=ABSENT, subject="Automatic reply: Turn times", auto_submitted="auto-replied")
    bring_in(meridian, now, reply)
    learn(meridian, now)
    with tenant_scope(meridian):
        assert Contact.objects.get(pk=tomas.pk).has_left
        (proposal,) = EnrichmentEngine().plan(make_cycle(meridian, now)).proposals
        assert "dpruitt@bluemesacu.test" in proposal.reason
