"""Who stands in stored mail, who becomes a contact, and when research into it is proposed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.events import NewEvent, emit_events
from agent.models import Card, Event
from agent.registry import Effect, Ref
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.enrichment.engine import EnrichmentEngine, FindContacts
from engagement.enrichment.models import Candidate, Sighting
from engagement.enrichment.services import NotTheOnlyOwner, discover_contacts, note_people
from engagement.mail.models import Direction, Mailbox, Message, SenderStanding, Thread, Tier
from engagement.models import ClientStatus, ClientType, Contact, ContactSource
from engagement.services import find_contact_by_address
from tests.engagement.cast import counted_queries, make_card, make_client, make_contact, make_cycle

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

DOMAIN = "bluemesacu.test"
numbers = iter(range(1, 10_000))


def make_message(now, *, sender=f"tomas@{DOMAIN}", name="Tomás Herrera", copied=(), **changes):
    """A stored mail, by default of a person at Blue Mesa; `copied` are (name, address) pairs."""
    number = next(numbers)
    values = {
        "message_id": f"<{number}@{DOMAIN}>",
        "thread": Thread.objects.create(root_message_id=f"<{number}@{DOMAIN}>", last_message_at=now),
        "direction": Direction.IN,
        "tier": Tier.HUMAN,
        "standing": SenderStanding.STRANGER,
        "from_address": sender,
        "from_name": name,
        "to_addresses": [{"name": "Desk", "address": "orders@meridianvs.test"}],
        "cc_addresses": [{"name": name, "address": address} for name, address in copied],
        "size": 1,
        "sent_at": now,
        "stored_at": now,
    }
    return Message.objects.create(**values | changes)


def see(now, **changes):
    """Store one mail and note whom it shows."""
    message = make_message(now, **changes)
    note_people([message], now=now)
    return message


def noted():
    return set(Candidate.objects.values_list("email_normalised", flat=True))


def plan(tenant, now):
    return EnrichmentEngine().plan(make_cycle(tenant, now))


def apply(tenant, now, proposal):
    card = make_card(proposal, now, state=CardState.ALLOWED, engine="enrichment")
    return FindContacts().apply(card, make_cycle(tenant, now))


@pytest.fixture
def blue_mesa(meridian, now):
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised="orders@meridianvs.test", is_primary=True)
        return make_client(now, email_domain=DOMAIN)


def test_a_writer_and_the_colleagues_they_copy_are_noted(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        message = see(now, copied=[("Ana Ruiz", f"Ana.Ruiz@{DOMAIN}")])
        rows = Candidate.objects.order_by("email_normalised").values_list(
            "email_normalised", "name", "sighting", "message_id"
        )
        assert list(rows) == [
            (f"ana.ruiz@{DOMAIN}", "Ana Ruiz", Sighting.COPIED, message.pk),
            (f"tomas@{DOMAIN}", "Tomás Herrera", Sighting.WROTE, message.pk),
        ]


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "tomas.herrera@gmail.com"},
        {"sender": f"no-reply@{DOMAIN}"},
        {"sender": "dana@meridianvs.test", "standing": SenderStanding.OWN},
        {"sender": "dana@meridianvs.test"},
        {"sender": "orders+tag@meridianvs.test"},
        {"sender": ""},
        {"tier": Tier.AUTOMATED},
        {"tier": Tier.AUTO_REPLY},
        {"tier": Tier.LIST},
        {"tier": Tier.BOUNCE},
        {"direction": Direction.OUT},
        {"reading": {"flags": ["dmarc_fail"]}},
    ],
)
def test_nobody_is_noted_who_is_no_person_of_a_company(meridian, now, blue_mesa, changes):
    with tenant_scope(meridian):
        see(now, **changes)
        assert noted() == set()


def test_the_colleague_named_in_an_automatic_reply_can_be_found(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa, addresses=[f"tomas@{DOMAIN}"])
        text = f"I am away. Please call Dana Pruitt or write dpruitt@{DOMAIN}."
        see(now, tier=Tier.AUTO_REPLY, standing=SenderStanding.CONTACT, newest_text=text)
        (proposal,) = plan(meridian, now).proposals
        assert apply(meridian, now, proposal).effect == Effect.DONE
        assert find_contact_by_address(f"dpruitt@{DOMAIN}").full_name == "Dana Pruitt"


def test_a_stranger_cannot_vouch_for_somebody_at_another_domain(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(
            now,
            sender="eve@elsewhere.test",
            copied=[("Ana Ruiz", f"ana@{DOMAIN}"), ("Bad", "not an address")],
        )
        assert noted() == {"eve@elsewhere.test"}
        assert plan(meridian, now).proposals == ()


def test_a_mailing_shows_no_circle_of_colleagues(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now, copied=[(f"P{n}", f"p{n}@{DOMAIN}") for n in range(40)])
        assert noted() == {f"tomas@{DOMAIN}"}


def test_a_known_contact_is_not_noted_again(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa, addresses=[f"tomas@{DOMAIN}"])
        see(now, standing=SenderStanding.CONTACT)
        assert noted() == set()


def test_a_later_mail_updates_the_sighting_and_keeps_a_name_once_given(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        first = see(now, copied=[("Ana Ruiz", f"ana@{DOMAIN}")])
        second = see(now + timedelta(hours=1), copied=[("", f"ana@{DOMAIN}")])
        note_people([first], now=now)
        ana = Candidate.objects.get(email_normalised=f"ana@{DOMAIN}")
        assert (ana.name, ana.message_id, ana.seen_at) == ("Ana Ruiz", second.pk, second.sent_at)


def test_reacting_twice_to_received_mail_notes_it_once(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        message = make_message(now)
        subject = Ref(kind="message", id=str(message.pk), label="A mail")
        emit_events([NewEvent(kind="mail.message.received", subject=subject)], now=now)
        events = list(Event.objects.all())
        for _ in range(2):
            EnrichmentEngine().react(make_cycle(meridian, now), events)
        assert noted() == {f"tomas@{DOMAIN}"}


def test_a_client_with_nobody_to_write_to_gets_contact_discovery(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        message = see(now, copied=[("Ana Ruiz", f"ana@{DOMAIN}")])
        (proposal,) = plan(meridian, now).proposals
    assert proposal.kind == "research"
    assert proposal.payload == {"purpose": "contact_discovery", "client_id": blue_mesa.pk}
    assert proposal.dedupe_key == f"contact_discovery:{blue_mesa.pk}:{message.pk}"
    assert proposal.reason == (
        f"There is nobody at Blue Mesa Credit Union to write to. Tomás Herrera <tomas@{DOMAIN}>, "
        f"Ana Ruiz <ana@{DOMAIN}> stand in our mail and are no contact of Blue Mesa Credit Union yet."
    )
    assert {(entry.type, entry.id) for entry in proposal.evidence} == {("mail", message.message_id)}
    assert {entry.quote for entry in proposal.evidence} == {f"ana@{DOMAIN}", f"tomas@{DOMAIN}"}


def test_a_client_with_a_correspondent_gets_account_mapping(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        see(now)
        (proposal,) = plan(meridian, now).proposals
    assert proposal.payload["purpose"] == "account_mapping"
    assert "nobody" not in proposal.reason


def test_a_correspondent_who_mainly_works_elsewhere_counts_as_one(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        elsewhere = make_client(now, "Elsewhere Bank", email_domain="elsewhere.test")
        make_contact(now, elsewhere, further_client_ids=[blue_mesa.pk])
        see(now)
        (proposal,) = plan(meridian, now).proposals
    assert proposal.payload["purpose"] == "account_mapping"


def test_a_shared_mailbox_is_nobody_to_write_to(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa, "Appraisal Desk", is_shared_mailbox=True)
        see(now)
        (proposal,) = plan(meridian, now).proposals
    assert proposal.payload["purpose"] == "contact_discovery"


def test_research_makes_contacts_with_the_mail_that_showed_them(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        message = see(now, copied=[("Ruiz, Ana", f"ana@{DOMAIN}"), ("Appraisals", f"appraisals@{DOMAIN}")])
        (proposal,) = plan(meridian, now).proposals
        outcome = apply(meridian, now, proposal)
        assert outcome.effect == Effect.DONE
        ana = find_contact_by_address(f"ana@{DOMAIN}")
        assert (ana.full_name, ana.client, ana.source) == ("Ana Ruiz", blue_mesa, ContactSource.DISCOVERED)
        assert ana.source_message_id == message.message_id
        assert find_contact_by_address(f"appraisals@{DOMAIN}").is_shared_mailbox
        assert sorted(outcome.result["contacts"]) == sorted(Contact.objects.values_list("pk", flat=True))
        assert Candidate.objects.filter(contact=ana, added_at=now).exists()
        assert Event.objects.filter(kind="contact.discovered").count() == 3
        assert plan(meridian, now).proposals == ()


def test_somebody_who_became_a_contact_by_another_door_is_not_found_again(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now)
        (proposal,) = plan(meridian, now).proposals
        make_contact(now, blue_mesa, addresses=[f"TOMAS@{DOMAIN}"])
        assert plan(meridian, now).proposals == ()
        outcome = apply(meridian, now, proposal)
        assert outcome.reason == "Nobody new was found at Blue Mesa Credit Union."
        assert Contact.objects.count() == 1


def test_nobody_at_a_domain_that_two_clients_share_becomes_a_contact(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now)
        make_client(now, "Mesa Title", email_domain=DOMAIN)
        found = plan(meridian, now)
        assert found.proposals == ()
        (left,) = found.left_alone
        assert left.code == "domain_of_no_one_client"
        assert "Blue Mesa Credit Union and Mesa Title share bluemesacu.test" in left.reason
        with pytest.raises(NotTheOnlyOwner):
            discover_contacts(client=blue_mesa, now=now)
        assert Contact.objects.count() == 0


def test_research_fails_plainly_when_the_domain_came_to_be_shared_since(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now)
        (proposal,) = plan(meridian, now).proposals
        make_client(now, "Mesa Title", email_domain=DOMAIN)
        outcome = apply(meridian, now, proposal)
        assert outcome.effect == Effect.FAILED
        assert "share bluemesacu.test" in outcome.reason
        assert Contact.objects.count() == 0


def test_a_private_persons_provider_says_nothing_about_its_other_people(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_client(now, "Rosa Maldonado", email_domain="ruralnet.test", client_type=ClientType.PRIVATE)
        see(now, sender="neighbour@ruralnet.test")
        found = plan(meridian, now)
    assert found.proposals == ()
    assert "private person" in found.left_alone[0].reason


@pytest.mark.parametrize("status", [ClientStatus.SUSPENDED, ClientStatus.CLOSED])
def test_a_client_that_is_not_open_is_left_alone(meridian, now, blue_mesa, status):
    with tenant_scope(meridian):
        see(now)
        (proposal,) = plan(meridian, now).proposals
        type(blue_mesa).objects.filter(pk=blue_mesa.pk).update(status=status)
        found = plan(meridian, now)
        assert (found.proposals, [left.code for left in found.left_alone]) == ((), [f"client_{status}"])
        assert apply(meridian, now, proposal).effect == Effect.FAILED
        assert Contact.objects.count() == 0


def test_a_domain_that_becomes_a_clients_later_shows_its_people_then(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now, sender="paul@newbank.test", name="Paul Renner")
        assert plan(meridian, now).proposals == ()
        make_client(now, "New Bank", email_domain="newbank.test")
        assert [proposal.subject.label for proposal in plan(meridian, now).proposals] == ["New Bank"]


def test_a_newer_mail_makes_no_second_card_while_the_first_waits(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        see(now)
        (proposal,) = plan(meridian, now).proposals
        card = make_card(proposal, now, state=CardState.DEFERRED, engine="enrichment")
        see(now, copied=[("Ana Ruiz", f"ana@{DOMAIN}")])
        found = plan(meridian, now)
        assert (found.proposals, [left.code for left in found.left_alone]) == ((), ["waiting"])
        Card.objects.filter(pk=card.pk).update(state=CardState.DONE, finished_at=now)
        (again,) = plan(meridian, now).proposals
        assert again.dedupe_key != proposal.dedupe_key


def test_a_rivals_mail_shows_nobody_here(meridian, harborpine, now, blue_mesa):
    with tenant_scope(harborpine):
        make_client(now, email_domain=DOMAIN)
        see(now)
    with tenant_scope(meridian):
        found = plan(meridian, now)
        assert (found.proposals, found.left_alone) == ((), ())
        assert discover_contacts(client=blue_mesa, now=now) == []
        assert EnrichmentEngine().report(make_cycle(meridian, now)).figures["people_unknown"] == 0
    with tenant_scope(harborpine):
        assert EnrichmentEngine().report(make_cycle(harborpine, now)).figures["people_unknown"] == 1


def test_the_number_of_statements_does_not_grow_with_the_mail(meridian, now, blue_mesa):
    def statements(prefix, count):
        with tenant_scope(meridian):
            for n in range(count):
                make_client(now, f"{prefix} Bank {n}", email_domain=f"{prefix}{n}.test")
            messages = [make_message(now, sender=f"a@{prefix}{n}.test") for n in range(count)]
        with counted_queries(meridian) as queries:
            note_people(messages, now=now)
            found = plan(meridian, now)
        return len(queries), len(found.proposals)

    few, found_few = statements("few", 3)
    many, found_many = statements("many", 40)
    assert (found_few, found_many) == (3, 43)
    assert few == many
