"""What a stored signature says of its writer, what is taken of it, what is only suggested, and what is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.tenancy import tenant_scope
from engagement.enrichment.models import EnrichmentJob, JobState
from engagement.enrichment.queue import enrichment_statistics, queue_enrichment
from engagement.enrichment.signatures import details_in, names_agree
from engagement.mail.models import Direction, SenderStanding, Tier
from engagement.models import Contact, ContactDetail, ContactSource, DetailOrigin, DetailState
from engagement.services import record_edits
from tests.engagement.cast import counted_queries, make_client, make_contact
from tests.enrichment.cast import receive, signature, store

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
HOUR = timedelta(hours=1)


@pytest.fixture
def tomas(meridian, now):
    with tenant_scope(meridian):
        return make_contact(now, make_client(now))


def details_of(contact, state=DetailState.CURRENT):
    return dict(contact.details.filter(state=state).values_list("field", "value"))


def fresh(contact):
    return Contact.objects.get(pk=contact.pk)


def test_a_signature_fills_the_empty_fields_of_its_writer_with_the_mail_that_said_so(meridian, now, tomas):
    with tenant_scope(meridian):
        mail = store(
            tomas,
            now,
            signature=signature(
                department="Lending",
                linkedin="linkedin.com/in/tomas-herrera/",
                address="12 Mesa Ave\nBoulder, CO 80301",
                phones=[
                    {"e164": "+13035550199", "extension": None, "kind": "other"},
                    {"e164": "+13035550142", "extension": "12", "kind": "office"},
                    {"e164": "+17205550111", "extension": None, "kind": "mobile"},
                    {"e164": "not a number", "extension": None, "kind": "fax"},
                ],
            ),
        )
        receive(meridian, now, mail)
        known = fresh(tomas)
        assert (known.title, known.department, known.company) == (
            "Senior Processor",
            "Lending",
            "Blue Mesa Credit Union",
        )
        assert (known.phone_e164, known.mobile_e164, known.fax_e164) == (
            "+13035550142;ext=12",
            "+17205550111",
            "",
        )
        assert known.linkedin_url == "https://www.linkedin.com/in/tomas-herrera"
        assert known.postal_address == "12 Mesa Ave, Boulder, CO 80301"
        title = ContactDetail.objects.current().get(contact=tomas, field="title")
        assert (title.origin, title.by, title.message_id, title.said_at) == (
            DetailOrigin.MAIL,
            "tomas.herrera@bluemesacu.test",
            mail.message_id,
            now,
        )
        assert "Senior Processor" in title.evidence
        job = EnrichmentJob.objects.get()
        assert (job.state, job.signer, job.filled, job.proposed) == (JobState.DONE, "Tomás Herrera", 7, 0)
        assert job.outcome.startswith("Taken: ")


def test_a_newer_mail_replaces_what_an_older_one_said_and_keeps_the_history(meridian, now, tomas):
    with tenant_scope(meridian):
        newer = store(tomas, now, signature=signature(title="Branch Manager"))
        older = store(tomas, now - HOUR, signature=signature())
        receive(meridian, now, newer, older)
        assert fresh(tomas).title == "Branch Manager"
        assert details_of(tomas, DetailState.REPLACED) == {"title": "Senior Processor"}
        receive(meridian, now, store(tomas, now - 2 * HOUR, signature=signature(title="Trainee")))
        assert fresh(tomas).title == "Branch Manager"


def test_a_persons_value_is_never_overwritten_but_gets_a_suggestion(meridian, now, tomas):
    with tenant_scope(meridian):
        Contact.objects.filter(pk=tomas.pk).update(title="Head of Processing")
        record_edits(contact=fresh(tomas), fields=["title", "company"], actor="dana", now=now)
        receive(meridian, now, store(tomas, now, signature=signature()))
        known = fresh(tomas)
        assert (known.title, known.company) == ("Head of Processing", "")
        assert details_of(tomas, DetailState.PROPOSED) == {
            "title": "Senior Processor",
            "company": "Blue Mesa Credit Union",
        }
        doubts = set(ContactDetail.objects.proposed().values_list("doubt", flat=True))
        assert doubts == {"One of our people has set this.", "One of our people has emptied this."}
        assert EnrichmentJob.objects.get().proposed == 2


def test_what_was_imported_or_has_no_known_author_is_not_overwritten_either(meridian, now):
    with tenant_scope(meridian):
        imported = make_contact(
            now, None, title="Closer", phone_e164="+13035550100", source=ContactSource.DESK
        )
        ContactDetail.objects.filter(field="phone_e164").delete()
        receive(meridian, now, store(imported, now, signature=signature()))
        assert (fresh(imported).title, fresh(imported).phone_e164) == ("Closer", "+13035550100")
        rows = ContactDetail.objects.proposed().values_list("field", "doubt")
        assert dict(rows) == {
            "title": "One of our people has set this.",
            "phone_e164": "Nobody knows who set this.",
        }


def test_the_same_mail_twice_changes_nothing(meridian, now, tomas):
    with tenant_scope(meridian):
        mail = store(tomas, now, signature=signature())
        receive(meridian, now, mail)
        before = list(ContactDetail.objects.order_by("pk").values()), list(EnrichmentJob.objects.values())
        receive(meridian, now + HOUR, mail)
        assert queue_enrichment([mail], now=now) == 1
        assert before == (
            list(ContactDetail.objects.order_by("pk").values()),
            list(EnrichmentJob.objects.values()),
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": ["dmarc_fail"]},
        {"flags": ["look_alike_domain"]},
        {"flags": ["injected_instructions"]},
        {"is_only_quote": True},
        {"standing": SenderStanding.OWN},
        {"standing": SenderStanding.STRANGER},
        {"direction": Direction.OUT},
        {"tier": Tier.AUTOMATED},
        {"tier": Tier.LIST},
        {"tier": Tier.BOUNCE},
        {"tier": Tier.AUTO_REPLY},
        {"signature": None},
    ],
)
def test_mail_that_is_not_its_writers_own_word_enriches_nobody(meridian, now, tomas, changes):
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now, **{"signature": signature(), **changes}))
        assert EnrichmentJob.objects.count() == 0
        assert fresh(tomas).title == ""


def test_a_signature_of_somebody_else_is_only_suggested(meridian, now, tomas):
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now, signature=signature(name="Karen Liu")))
        assert (fresh(tomas).title, fresh(tomas).first_name) == ("", "Tomás")
        waiting = ContactDetail.objects.proposed()
        assert {row.field for row in waiting} >= {"title", "phone_e164", "first_name"}
        assert {row.doubt for row in waiting} == {
            "It is signed by Karen Liu, and this contact is Tomás Herrera."
        }


def test_a_signature_with_another_contacts_address_is_theirs(meridian, now, tomas):
    with tenant_scope(meridian):
        make_contact(now, None, "Karen Liu", addresses=["kliu@bluemesacu.test"])
        receive(meridian, now, store(tomas, now, signature=signature(email="KLiu@bluemesacu.test")))
        job = EnrichmentJob.objects.get()
        assert (job.state, job.outcome) == (
            JobState.SKIPPED,
            "The signature names an address of Karen Liu: it is theirs.",
        )
        assert not ContactDetail.objects.exclude(origin=DetailOrigin.HUMAN).exists()


def test_an_address_that_two_people_sign_from_is_not_enriched(meridian, now, tomas):
    with tenant_scope(meridian):
        receive(meridian, now, store(tomas, now - HOUR, signature=signature(title="Processor")))
        receive(meridian, now, store(tomas, now, signature=signature(name="Ana Herrera", title="Closer")))
        assert EnrichmentJob.objects.order_by("-pk").first().state == JobState.SKIPPED
        assert fresh(tomas).title == "Processor"
        assert details_of(tomas, DetailState.PROPOSED) == {}


@pytest.mark.parametrize("changes", [{"is_shared_mailbox": True}, {"addresses": ["loans@bluemesacu.test"]}])
def test_a_shared_mailbox_is_not_enriched(meridian, now, changes):
    with tenant_scope(meridian):
        desk = make_contact(now, None, "Loan Desk", **changes)
        receive(meridian, now, store(desk, now, signature=signature()))
        assert EnrichmentJob.objects.get().state == JobState.SKIPPED
        assert fresh(desk).title == ""


@pytest.mark.parametrize(
    ("address", "sender", "is_taken"),
    [
        ("therrera@bluemesacu.test", "", True),
        ("t1000@bluemesacu.test", "Tomás Herrera", True),
        ("t1000@bluemesacu.test", "", False),
    ],
)
def test_a_name_is_taken_when_the_address_or_the_from_line_bears_it_out(
    meridian, now, address, sender, is_taken
):
    with tenant_scope(meridian):
        nameless = make_contact(now, None, "", addresses=[address])
        receive(meridian, now, store(nameless, now, from_name=sender, signature=signature()))
        assert fresh(nameless).full_name == ("Tomás Herrera" if is_taken else "")
        assert fresh(nameless).title == "Senior Processor"
        assert details_of(nameless, DetailState.PROPOSED) == (
            {} if is_taken else {"first_name": "Tomás", "last_name": "Herrera"}
        )


def test_a_rivals_contact_learns_nothing(meridian, harborpine, now, tomas):
    with tenant_scope(harborpine):
        rival = make_contact(now, make_client(now))
        mail = store(rival, now, signature=signature())
    with tenant_scope(meridian):
        receive(meridian, now, mail)
        assert EnrichmentJob.objects.count() == 0
    with tenant_scope(harborpine):
        assert fresh(rival).title == ""
        assert EnrichmentJob.objects.count() == 0


def test_a_hundred_mails_cost_as_many_statements_as_two(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        people = [make_contact(now, client, f"Ana Number{n}") for n in range(102)]
        mails = [
            store(one, now, signature=signature(name=one.full_name), signals=[{"type": "upsell", "start": 1}])
            for one in people
        ]
    costs = []
    for some in (mails[:2], mails[2:]):
        with counted_queries(meridian) as queries:
            receive(meridian, now, *some)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_statistics_count_what_was_learnt_and_what_waits(meridian, now, tomas):
    with tenant_scope(meridian):
        record_edits(contact=tomas, fields=["company"], actor="dana", now=now)
        signs = [{"type": "complaint", "strength": 0.8, "evidence": "Too late.", "start": 0, "end": 9}]
        receive(meridian, now, store(tomas, now, signature=signature(), signals=signs))
        receive(meridian, now, store(tomas, now, signature=signature(name="Ana Ruiz")))
        known = enrichment_statistics(now=now + HOUR)
        assert (known.waiting_jobs, known.jobs_24h, known.skipped_24h) == (0, 2, 1)
        assert (known.values_24h, known.proposals_waiting, known.signals_24h) == (2, 1, 1)
        assert known.unactioned["complaint"] == 1
        assert enrichment_statistics(now=now + 25 * HOUR).jobs_24h == 0


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Tomás Herrera", "tomas herrera", True),
        ("Thom Herrera", "Thomas J. Herrera", True),
        ("Herrera, Tomás", "Tomás Herrera", True),
        ("Tomás", "Tomás Herrera", True),
        ("Ana Herrera", "Tomás Herrera", False),
        ("Tomás Ruiz", "Tomás Herrera", False),
        ("Al", "Alma Ruiz", False),
        ("", "Tomás Herrera", True),
    ],
)
def test_names_agree_when_they_may_be_one_persons(one, other, agree):
    assert names_agree(one, other) is agree
    assert names_agree(other, one) is agree


def test_what_cannot_be_a_value_of_its_field_is_left_out():
    found = details_in(
        {
            "name": "orders@bluemesacu.test",
            "title": "x" * 151,
            "company": "  Blue\x00 Mesa \n\n CU ",
            "linkedin": "https://www.linkedin.com/company/blue-mesa",
            "phones": [{"e164": "+13035550142", "extension": "abc", "kind": "office"}, {}],
        }
    )
    assert found == {"company": "Blue Mesa, CU"}
    assert details_in({}) == {}
