"""Creating clients and contacts, and finding a contact by address."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from agent.tenancy import NoTenantScope, tenant_scope
from engagement.addresses import InvalidAddress
from engagement.models import Contact, ContactAddress, ContactRole, ContactSource, EngagementClock
from engagement.services import (
    AddressTaken,
    NewContact,
    create_contacts,
    find_contact_by_address,
    find_contacts_by_address,
)
from tests.engagement.cast import counted_queries, make_client, make_contact

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_a_contact_is_created_whole(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        contact = make_contact(now, client, addresses=["Tomas.Herrera@BlueMesaCU.test", "tomas@herrera.test"])
        written = ContactAddress.objects.order_by("pk").values_list("email", "email_normalised", "is_primary")
        assert list(written) == [
            ("Tomas.Herrera@BlueMesaCU.test", "tomas.herrera@bluemesacu.test", True),
            ("tomas@herrera.test", "tomas@herrera.test", False),
        ]
        clock = EngagementClock.objects.get(contact=contact)
        assert (clock.next_touch_due_at - contact.created_at).total_seconds() == 21 * 24 * 3600
        assert EngagementClock.objects.filter(client=client).count() == 1
        assert contact.source == ContactSource.OPERATOR


def test_a_loan_officer_is_a_restricted_party_unless_said_otherwise(meridian, now):
    with tenant_scope(meridian):
        officer = make_contact(now, None, "Ann Lowe", role=ContactRole.LOAN_OFFICER)
        cleared = make_contact(now, None, "Bob Lowe", role=ContactRole.LOAN_OFFICER, restricted_party=False)
        processor = make_contact(now, None, "Cy Lowe")
    assert (officer.restricted_party, cleared.restricted_party, processor.restricted_party) == (
        True,
        False,
        False,
    )


def test_an_address_belongs_to_one_contact_and_nothing_is_half_created(meridian, now):
    with tenant_scope(meridian):
        make_contact(now, None)
        with pytest.raises(AddressTaken, match="already belongs to Tomás Herrera"):
            create_contacts(
                [
                    NewContact(first_name="New", addresses=["new@bluemesacu.test"]),
                    NewContact(first_name="Twin", addresses=["TOMAS.HERRERA@bluemesacu.test"]),
                ],
                now=now,
            )
        with pytest.raises(AddressTaken, match="given twice"):
            create_contacts([NewContact(addresses=["x@a.test", "X@A.test"])], now=now)
        with pytest.raises(InvalidAddress):
            create_contacts([NewContact(addresses=["x@a.test, y@a.test"])], now=now)
        assert Contact.objects.count() == 1


def test_the_database_holds_the_wall_against_a_second_owner_of_an_address(meridian, now):
    with tenant_scope(meridian):
        first = make_contact(now, None)
        with pytest.raises(IntegrityError), transaction.atomic():
            ContactAddress.objects.create(
                contact=first, email="x", email_normalised="tomas.herrera@bluemesacu.test", created_at=now
            )


def test_the_same_address_may_be_known_at_both_tenants(meridian, harborpine, now):
    with tenant_scope(harborpine):
        rivals = make_contact(now, None)
    with tenant_scope(meridian):
        assert find_contact_by_address("tomas.herrera@bluemesacu.test") is None
        ours = make_contact(now, None)
        assert find_contact_by_address(" Tomas.Herrera@bluemesacu.test") == ours
        assert ours != rivals


def test_addresses_find_their_contacts_and_nonsense_finds_nobody(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        contact = make_contact(now, client)
        found = find_contacts_by_address(["TOMAS.herrera@bluemesacu.test", "nobody@x.test", "nonsense", ""])
        assert found == {"tomas.herrera@bluemesacu.test": contact}
    assert found["tomas.herrera@bluemesacu.test"].client.name == "Blue Mesa Credit Union"
    with pytest.raises(NoTenantScope):
        find_contact_by_address("tomas.herrera@bluemesacu.test")


def test_a_discovered_contact_names_the_mail_that_showed_it(meridian, now):
    with tenant_scope(meridian), pytest.raises(IntegrityError), transaction.atomic():
        make_contact(now, None, source=ContactSource.DISCOVERED)


def test_creating_many_contacts_costs_no_more_statements_than_creating_one(meridian, now):
    def entries(prefix, count):
        return [NewContact(first_name="P", addresses=[f"{prefix}{n}@a.test"]) for n in range(count)]

    with counted_queries(meridian) as one:
        create_contacts(entries("one", 1), now=now)
    with counted_queries(meridian) as many:
        create_contacts(entries("many", 100), now=now)
    assert len(one) == len(many)
