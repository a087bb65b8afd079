"""The console's pages of engagement, as an operator uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agent.tenancy import tenant_scope
from engagement.models import (
    Client,
    Contact,
    ContactAddress,
    EngagementClock,
    License,
    Touch,
    Vendor,
    VendorTie,
)
from tests.engagement.cast import make_client, make_contact, touch

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def console(client, meridian):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = meridian.slug
    session.save()
    return client


def address_rows(*rows, initial=0):
    data = {"addresses-TOTAL_FORMS": len(rows), "addresses-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"addresses-{number}-{name}": value for name, value in row.items()}
    return {**data, "affiliations-TOTAL_FORMS": 0, "affiliations-INITIAL_FORMS": 0}


def contact_form(*rows, initial=0, **changes):
    values = {"first_name": "Ana", "last_name": "Ruiz", "role": "processor", "is_active": "on"}
    return values | changes | address_rows(*rows, initial=initial)


def add_contact(console, *rows, **changes):
    return console.post(reverse("admin:engagement_contact_add"), contact_form(*rows, **changes))


@pytest.mark.parametrize(
    "page",
    [
        "engagement_client",
        "engagement_contact",
        "engagement_vendor",
        "engagement_engagementclock",
        "engagement_touch",
        "enrichment_candidate",
    ],
)
def test_lists_show_this_tenants_rows_and_no_others(console, meridian, harborpine, now, page):
    for tenant, name in ((meridian, "Tomás Herrera"), (harborpine, "Rita Rival")):
        with tenant_scope(tenant):
            contact = make_contact(now, make_client(now, f"Bank of {name}"), name)
            touch(contact, now - timedelta(days=30), now)
            Vendor.objects.create(name=f"{name} Appraisals", credential_level="licensed", created_at=now)
    answer = console.get(reverse(f"admin:{page}_changelist"))
    assert answer.status_code == 200
    assert "Rival" not in answer.content.decode()
    if page != "enrichment_candidate":
        assert "Tomás" in answer.content.decode()


def test_the_list_of_contacts_costs_the_same_for_one_as_for_thirty(console, meridian, now):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert console.get(reverse("admin:engagement_contact_changelist")).status_code == 200
        return len(queries)

    with tenant_scope(meridian):
        client = make_client(now)
        make_contact(now, client)
    console.get(reverse("admin:engagement_contact_changelist"))
    one = statements()
    with tenant_scope(meridian):
        for n in range(30):
            make_contact(now, client, f"Person N{n}")
    assert statements() == one


def test_clocks_and_touches_cannot_be_changed_by_hand(console, meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        touch(contact, now - timedelta(days=30), now)
        clock, made = EngagementClock.objects.get(contact=contact), Touch.objects.get()
    for name, row in (("engagementclock", clock), ("touch", made)):
        url = reverse(f"admin:engagement_{name}_change", args=[row.pk])
        assert console.get(url).status_code == 200
        assert console.post(url, {"by": "x"}).status_code == 403
        assert console.get(reverse(f"admin:engagement_{name}_add")).status_code == 403


def test_the_clocks_say_who_is_overdue(console, meridian, now):
    with tenant_scope(meridian):
        touch(make_contact(now, None, "Ann Late"), now - timedelta(days=4000), now)
        make_contact(now, None, "Bob Never", created_at=now - timedelta(days=4000))
    page = console.get(
        reverse("admin:engagement_engagementclock_changelist"), {"contact": "overdue", "of": "contacts"}
    )
    assert "Ann Late" in page.content.decode()
    assert "Overdue, " in page.content.decode()
    page = console.get(reverse("admin:engagement_engagementclock_changelist"), {"contact": "in_time"})
    assert "Ann Late" not in page.content.decode()


def test_a_client_added_by_hand_is_normalised_and_has_its_clock(console, meridian):
    form = {
        "name": "New Bank",
        "reference": "new-bank",
        "client_type": "bank",
        "status": "active",
        "email_domain": " NewBank.TEST ",
        "states": "[]",
        "terms": "",
        "vendor_exclusions-TOTAL_FORMS": 0,
        "vendor_exclusions-INITIAL_FORMS": 0,
    }
    add = reverse("admin:engagement_client_add")
    assert console.post(add, form).status_code == 302
    with tenant_scope(meridian):
        client = Client.objects.get()
        assert client.email_domain == "newbank.test"
        assert client.clocks.count() == 1
    again = console.post(add, form)
    assert "Another client has this reference already." in again.content.decode()
    broken = console.post(add, {**form, "reference": "other", "email_domain": "not a domain"})
    assert "is not a mail domain" in broken.content.decode()


def test_a_contact_added_by_hand_has_addresses_and_a_clock(console, meridian):
    answer = add_contact(console, {"email": "Ana@X.test", "is_primary": "on"}, {"email": "ana2@x.test"})
    assert answer.status_code == 302
    with tenant_scope(meridian):
        contact = Contact.objects.get()
        assert contact.source == "operator"
        assert contact.clocks.count() == 1
        assert set(contact.addresses.values_list("email_normalised", "is_primary")) == {
            ("ana@x.test", True),
            ("ana2@x.test", False),
        }


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"email": "a@x.test, b@x.test", "is_primary": "on"}], "is not one e-mail address"),
        ([{"email": "Taken@X.test", "is_primary": "on"}], "belongs to a contact already"),
        ([{"email": "a@x.test"}], "Mark exactly one address as primary"),
        (
            [{"email": "a@x.test", "is_primary": "on"}, {"email": "b@x.test", "is_primary": "on"}],
            "exactly one",
        ),
        ([{"email": "a@x.test", "is_primary": "on"}, {"email": "A@x.test"}], "stands here twice"),
    ],
)
def test_addresses_that_cannot_be_are_refused_in_a_sentence(console, meridian, now, rows, words):
    with tenant_scope(meridian):
        make_contact(now, None, "Tom Taken", addresses=["taken@x.test"])
    answer = add_contact(console, *rows)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    with tenant_scope(meridian):
        assert Contact.objects.count() == 1


def test_the_primary_mark_moves_from_one_address_to_another(console, meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None, "Ana Ruiz", addresses=["old@x.test", "new@x.test"])
        old, new = contact.addresses.order_by("pk")
    rows = [
        {"id": new.pk, "contact": contact.pk, "email": "new@x.test", "is_primary": "on"},
        {"id": old.pk, "contact": contact.pk, "email": "old@x.test"},
    ]
    url = reverse("admin:engagement_contact_change", args=[contact.pk])
    answer = console.post(url, contact_form(*rows, initial=2, title="Processor"))
    assert answer.status_code == 302
    with tenant_scope(meridian):
        assert ContactAddress.objects.get(is_primary=True) == new
        assert Contact.objects.get().title == "Processor"
        assert Contact.objects.get().created_at == contact.created_at


def test_a_call_recorded_by_a_person_starts_the_21_days_again(console, meridian, now):
    with tenant_scope(meridian):
        contacts = [make_contact(now, None, name) for name in ("Ann Late", "Bob Late")]
    answer = console.post(
        reverse("admin:engagement_contact_changelist"),
        {"action": "record_call", "_selected_action": [contact.pk for contact in contacts]},
        follow=True,
    )
    assert "2 contacts starts again now" in answer.content.decode()
    with tenant_scope(meridian):
        assert set(Touch.objects.values_list("kind", "by")) == {("call", "dana")}
        assert Touch.objects.count() == 2
        assert not EngagementClock.objects.filter(last_touch_at__isnull=True).exists()


def test_a_vendor_is_added_with_its_licence(console, meridian):
    form = {
        "name": "Ida Kestrel",
        "email": "Ida@Kestrel.test",
        "credential_level": "certified_residential",
        "licenses-TOTAL_FORMS": 1,
        "licenses-INITIAL_FORMS": 0,
        "licenses-0-state": "CO",
        "licenses-0-number": "CR-1",
        "licenses-0-credential_level": "certified_residential",
        "licenses-0-expires_date": "2027-06-30",
        "eo_policies-TOTAL_FORMS": 0,
        "eo_policies-INITIAL_FORMS": 0,
        "client_exclusions-TOTAL_FORMS": 0,
        "client_exclusions-INITIAL_FORMS": 0,
        "ties-TOTAL_FORMS": 1,
        "ties-INITIAL_FORMS": 0,
        "ties-0-relation": "relative",
        "ties-0-person_name": "Ana Ruiz",
    }
    add = reverse("admin:engagement_vendor_add")
    assert console.post(add, {**form, "licenses-0-state": "Co"}).status_code == 200
    assert (
        "Name either a client or a person"
        in console.post(add, {**form, "ties-0-person_name": ""}).content.decode()
    )
    assert console.post(add, form).status_code == 302
    with tenant_scope(meridian):
        assert Vendor.objects.get().email == "ida@kestrel.test"
        assert License.objects.get().state == "CO"
        assert VendorTie.objects.get().person_name == "Ana Ruiz"
    assert "Another vendor has this address" in console.post(add, form).content.decode()
