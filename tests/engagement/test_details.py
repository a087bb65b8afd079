"""Who set which field of a contact, and what a person accepts, dismisses or writes over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agent.tenancy import tenant_scope
from engagement.details import Offer
from engagement.models import Contact, ContactDetail, ContactSource, DetailField, DetailOrigin, DetailState
from engagement.services import DetailClosed, accept_detail, dismiss_detail, offer_details, record_edits
from tests.engagement.cast import make_contact
from tests.engagement.test_console import address_rows

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
HOUR = timedelta(hours=1)


def offer(contact, now, value="Processor", **changes):
    values = {
        "contact_id": contact.pk,
        "field": DetailField.TITLE,
        "value": value,
        "by": "tomas@bluemesacu.test",
        "message_id": "<1@bluemesacu.test>",
        "evidence": "Tomás, Processor",
        "said_at": now,
    }
    return Offer(**values | changes)


def suggest(contact, now, value="Processor", **changes):
    taken = offer_details([offer(contact, now, value, doubt="Look at it.", **changes)], now=now)
    return taken.proposed[0] if taken.proposed else None


def title_of(contact):
    return Contact.objects.values_list("title", flat=True).get(pk=contact.pk)


@pytest.fixture
def tomas(meridian, now):
    with tenant_scope(meridian):
        return make_contact(now, None)


@pytest.mark.parametrize(
    ("source", "message_id", "origin"),
    [
        (ContactSource.OPERATOR, "", DetailOrigin.HUMAN),
        (ContactSource.DESK, "", DetailOrigin.IMPORT),
        (ContactSource.MAIL, "<1@x.test>", DetailOrigin.MAIL),
        (ContactSource.DISCOVERED, "<1@x.test>", DetailOrigin.MAIL),
    ],
)
def test_a_new_contact_says_where_each_of_its_values_came_from(meridian, now, source, message_id, origin):
    with tenant_scope(meridian):
        make_contact(now, None, title="Closer", source=source, source_message_id=message_id)
        rows = ContactDetail.objects.current().order_by("field").values_list("field", "value", "origin")
        assert list(rows) == [
            ("first_name", "Tomás", origin),
            ("last_name", "Herrera", origin),
            ("title", "Closer", origin),
        ]


def test_an_accepted_suggestion_holds_and_counts_as_the_persons_word(meridian, now, tomas):
    with tenant_scope(meridian):
        detail = suggest(tomas, now)
        assert title_of(tomas) == ""
        accept_detail(detail=detail, actor="dana", now=now + HOUR)
        assert title_of(tomas) == "Processor"
        detail.refresh_from_db()
        assert (detail.state, detail.decided_by, detail.is_a_persons) == (DetailState.CURRENT, "dana", True)
        later = now + 2 * HOUR
        offer_details([offer(tomas, later, "Manager")], now=later)
        assert title_of(tomas) == "Processor"
        assert ContactDetail.objects.proposed().get().value == "Manager"
        with pytest.raises(DetailClosed):
            accept_detail(detail=detail, actor="eve", now=later)


def test_a_dismissed_value_is_not_suggested_again(meridian, now, tomas):
    with tenant_scope(meridian):
        detail = suggest(tomas, now)
        dismiss_detail(detail=detail, actor="dana", now=now)
        for decide in (accept_detail, dismiss_detail):
            with pytest.raises(DetailClosed):
                decide(detail=detail, actor="eve", now=now)
        later = now + HOUR
        assert suggest(tomas, later, "PROCESSOR") is None
        offer_details([offer(tomas, later, "processor")], now=later)
        assert title_of(tomas) == ""
        assert suggest(tomas, later, "Closer").value == "Closer"


def test_a_newer_suggestion_takes_the_place_of_an_older_one(meridian, now, tomas):
    with tenant_scope(meridian):
        first = suggest(tomas, now, "Processor")
        assert suggest(tomas, now - HOUR, "Trainee") is None
        second = suggest(tomas, now + HOUR, "Closer")
        first.refresh_from_db()
        assert first.state == DetailState.REPLACED
        assert list(ContactDetail.objects.proposed()) == [second]


def test_writing_the_suggested_value_by_hand_ends_the_suggestion(meridian, now, tomas):
    with tenant_scope(meridian):
        suggest(tomas, now)
        Contact.objects.filter(pk=tomas.pk).update(title="Processor")
        tomas.refresh_from_db()
        record_edits(contact=tomas, fields=["title", "role"], actor="dana", now=now)
        assert not ContactDetail.objects.proposed().exists()
        assert ContactDetail.objects.current().get(field="title").origin == DetailOrigin.HUMAN


def test_a_column_written_past_the_book_is_a_value_of_unknown_author(meridian, now, tomas):
    with tenant_scope(meridian):
        offer_details([offer(tomas, now, "Processor")], now=now)
        Contact.objects.filter(pk=tomas.pk).update(title="Rewritten")
        offer_details([offer(tomas, now + HOUR, "Closer")], now=now)
        assert title_of(tomas) == "Rewritten"
        assert ContactDetail.objects.proposed().get().doubt == "Nobody knows who set this."


def test_a_rivals_details_can_be_neither_offered_nor_decided(meridian, harborpine, now, tomas):
    with tenant_scope(meridian):
        detail = suggest(tomas, now)
    with tenant_scope(harborpine):
        assert offer_details([offer(tomas, now, "Closer")], now=now).filled == ()
        for decide in (accept_detail, dismiss_detail):
            with pytest.raises(DetailClosed):
                decide(detail=detail, actor="eve", now=now)
    with tenant_scope(meridian):
        detail.refresh_from_db()
        assert detail.state == DetailState.PROPOSED


@pytest.fixture
def console(client, meridian):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = meridian.slug
    session.save()
    return client


def test_the_contacts_page_shows_suggestions_and_two_buttons_for_each(console, meridian, now, tomas):
    with tenant_scope(meridian):
        title = suggest(tomas, now)
        fax = suggest(tomas, now, "+13035550142", field=DetailField.FAX)
    url = reverse("admin:engagement_contact_change", args=[tomas.pk])
    page = console.get(url).content.decode()
    assert "Job title: Processor" in page and "Look at it." in page
    answer = console.post(reverse("admin:engagement_contactdetail_accept", args=[title.pk]))
    assert (answer.status_code, answer["Location"]) == (302, url)
    console.post(reverse("admin:engagement_contactdetail_dismiss", args=[fax.pk]))
    with tenant_scope(meridian):
        assert title_of(tomas) == "Processor"
        assert not ContactDetail.objects.proposed().exists()
    page = console.get(url).content.decode()
    assert "Suggested by their mail" not in page
    answer = console.post(reverse("admin:engagement_contactdetail_accept", args=[title.pk]), follow=True)
    assert "is decided already" in answer.content.decode()


def test_what_a_person_types_in_the_console_is_theirs(console, meridian, now, tomas):
    with tenant_scope(meridian):
        address = tomas.addresses.get()
        offer_details([offer(tomas, now, "Processor")], now=now)
    row = {"id": address.pk, "contact": tomas.pk, "email": address.email, "is_primary": "on"}
    form = {"first_name": "Tomás", "last_name": "Herrera", "role": "processor", "is_active": "on"}
    url = reverse("admin:engagement_contact_change", args=[tomas.pk])
    answer = console.post(url, form | {"title": "Head of Desk"} | address_rows(row, initial=1))
    assert answer.status_code == 302
    with tenant_scope(meridian):
        title = ContactDetail.objects.current().get(field="title")
        assert (title.value, title.origin, title.by) == ("Head of Desk", DetailOrigin.HUMAN, "dana")
        offer_details([offer(tomas, now + HOUR, "Closer")], now=now)
        assert title_of(tomas) == "Head of Desk"
    both = console.post(url, form | {"title": "x", "has_left": "on"} | address_rows(row, initial=1))
    assert "Whoever has left the company is not active" in both.content.decode()
