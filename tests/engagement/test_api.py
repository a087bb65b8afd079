"""Contacts by the API: who they are, when the desk owes them a word, and nobody of the rival's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.tenancy import tenant_scope
from engagement.models import Contact
from tests.engagement.cast import make_client, make_contact, touch

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONTACTS = "/api/v1/contacts"


def test_a_contact_is_shown_with_addresses_and_clock(ours, meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, make_client(now))
        touch(contact, now - timedelta(days=2), now)
    told = ours.get(f"{CONTACTS}/{contact.pk}").json()
    assert (told["first_name"], told["client"]) == ("Tomás", "Blue Mesa Credit Union")
    assert told["addresses"] == [{"email": "tomas.herrera@bluemesacu.test", "is_primary": True}]
    assert (told["last_touch_at"], told["next_touch_due_at"]) == (
        "2026-11-21T09:00:00-07:00",
        "2026-12-12T09:00:00-07:00",
    )
    assert ours.get(CONTACTS).json()["results"] == [told]


def test_contacts_are_filtered_and_the_rivals_are_not_there(ours, meridian, harborpine, now):
    with tenant_scope(harborpine):
        rival = make_contact(now, make_client(now))
    with tenant_scope(meridian):
        client = make_client(now)
        there, gone = make_contact(now, client), make_contact(now, None, "Ana Ruiz")
        Contact.objects.filter(pk=gone.pk).update(has_left=True, is_active=False)

    def ids(query):
        return [row["id"] for row in ours.get(f"{CONTACTS}?{query}").json()["results"]]

    assert ids("") == [gone.pk, there.pk]
    assert ids(f"client_id={client.pk}") == ids("has_left=false") == ids("is_active=true") == [there.pk]
    assert ids("has_left=true&role=processor") == [gone.pk]
    assert ours.get(f"{CONTACTS}/{rival.pk}").status_code == 404


def test_a_list_takes_as_many_statements_for_many_contacts_as_for_few(ours, meridian, now):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert ours.get(CONTACTS).status_code == 200
        return len(queries)

    def add(numbers):
        with tenant_scope(meridian):
            for number in numbers:
                client = make_client(now, f"Client {number}")
                make_contact(now, client, f"Person No{number}")

    add(range(2))
    few = count()
    add(range(2, 12))
    assert count() == few
