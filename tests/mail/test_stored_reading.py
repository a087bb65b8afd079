"""What is kept of a reading: in the message, in its event, and on the console's pages; of each company's own mail."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.mail.models import Category, Message
from engagement.models import Client
from tests.mail.cast import TOMAS, bring_in, furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

LATE = """Hi Priya,

This is the third late report this month and we are very disappointed. Our lock expires tomorrow, please send MV-240861
right away.

Thanks,

Tomás Herrera
VP, Mortgage Lending
Blue Mesa Credit Union
O: 970-555-0126 | C: 970-555-0199
"""
AWAY = """I am out of the office until Monday, November 30.
For anything urgent contact Dana Pruitt, dpruitt@bluemesacu.test.
"""


@pytest.fixture
def desk(meridian, harborpine, now):
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test", with_contact=False)
    return meridian


@pytest.fixture
def console(client, desk):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = desk.slug
    session.save()
    return client


def stored(tenant) -> Message:
    with tenant_scope(tenant):
        return Message.objects.get()


def test_a_message_keeps_what_it_means_beside_what_it_asks_for(desk, harborpine, now):
    bring_in(desk, now, letter(text=LATE, subject="UNACCEPTABLE - MV-240861"))
    message = stored(desk)
    reading = message.reading
    assert message.category == reading["category"] == Category.COMPLAINT
    assert {one["type"] for one in reading["signals"]} == {"complaint", "urgency"}
    for one in reading["signals"]:
        assert 0 < one["strength"] <= 1 and set(one) == {"type", "strength", "evidence", "start", "end"}
        assert message.newest_text[one["start"] : one["end"]] == one["evidence"]
    assert reading["sentiment"]["label"] == "negative" and -1 <= reading["sentiment"]["score"] < 0
    signature = reading["signature"]
    assert (signature["name"], signature["company"]) == ("Tomás Herrera", "Blue Mesa Credit Union")
    assert signature["phones"] == [
        {"e164": "+19705550126", "extension": None, "kind": "office"},
        {"e164": "+19705550199", "extension": None, "kind": "mobile"},
    ]
    assert reading["auto_reply"] is None and reading["references"] == [{"type": "order", "ref": "MV-240861"}]
    with tenant_scope(desk):
        assert Event.objects.get(kind="mail.message.received").data["category"] == "complaint"
    with tenant_scope(harborpine):
        assert (
            not Message.objects.exists() and not Event.objects.filter(kind="mail.message.received").exists()
        )


def test_an_absence_keeps_who_is_back_when(desk, now):
    bring_in(
        desk, now, letter(text=AWAY, subject="Automatic reply: turn times", auto_submitted="auto-replied")
    )
    message = stored(desk)
    assert message.category == Category.OUT_OF_OFFICE
    assert message.reading["auto_reply"] == {
        "return_date": "2026-11-30",
        "left_company": False,
        "instead": "dpruitt@bluemesacu.test",
    }
    assert message.reading["signals"] == [] and message.reading["sentiment"] == {
        "label": "neutral",
        "score": 0.0,
    }


def test_a_sender_who_imitates_a_client_is_flagged_for_that_clients_company_alone(desk, harborpine, now):
    imitation = letter(sender="Tomás Herrera <therrera@b1uemesacu.test>", to="x@nobody.test")
    bring_in(desk, now, imitation)
    assert stored(desk).reading["flags"] == ["look_alike_domain"]
    with tenant_scope(harborpine):
        Client.objects.update(email_domain="other.test")
    bring_in(harborpine, now, imitation)
    assert stored(harborpine).reading["flags"] == []


def test_the_console_shows_and_filters_what_was_read(console, desk, now):
    bring_in(
        desk,
        now,
        letter(text=LATE, subject="Late again", message_id="<1@x>", reply_to="x@evil.test"),
        letter(text=AWAY, subject="Automatic reply: gone", message_id="<2@x>", auto_submitted="auto-replied"),
        letter(text="All good.\n", subject="Plain words", message_id="<3@x>", sender=f"T <{TOMAS}>"),
    )
    with tenant_scope(desk):
        late, away = (Message.objects.get(message_id=one) for one in ("<1@x>", "<2@x>"))
    text = console.get(reverse("admin:mail_message_change", args=[late.pk])).content.decode()
    for words in (
        "A complaint",
        "An answer would go to another company",
        "Urgency, strength",
        "The sender sounds unhappy.",
        "It names MV-240861.",
        "Signed: Tomás Herrera, VP, Mortgage Lending, Blue Mesa Credit Union.",
    ):
        assert words in text, words
    text = console.get(reverse("admin:mail_message_change", args=[away.pk])).content.decode()
    assert "They are back on 2026-11-30." in text and "dpruitt@bluemesacu.test" in text
    for query, subject in (
        ("category__exact=complaint", "Late again"),
        ("flag=reply_to_differs", "Late again"),
        ("signal=urgency", "Late again"),
        ("mood=negative", "Late again"),
        ("category__exact=out_of_office", "Automatic reply: gone"),
    ):
        listed = console.get(f"{reverse('admin:mail_message_changelist')}?{query}").content.decode()
        shown = {one for one in ("Late again", "Automatic reply: gone", "Plain words") if one in listed}
        assert shown == {subject}, query
