"""The console's pages of mail, as an operator uses them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.mail.models import Attachment, Bounce, EmailSuppression, Mailbox, Message, SentTo, Thread
from tests.mail.cast import ASKS, ORDERS, QUOTE, TOMAS, bring_in, delivery_report, furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

PAGES = ("message", "thread", "attachment", "sentto", "bounce", "emailsuppression", "mailbox")


@pytest.fixture
def desk(meridian, now):
    furnish(meridian, now)
    return meridian


@pytest.fixture
def console(client, desk):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = desk.slug
    session.save()
    return client


def page(console, name, row):
    return console.get(reverse(f"admin:mail_{name}_change", args=[row.pk]))


def fill(tenant, now, word):
    """One row for each page, all of which say `word`."""
    sender, gone = f"{word}@bluemesacu.test", f"{word}.gone@bluemesacu.test"
    bring_in(
        tenant,
        now,
        letter(
            sender=f"{word} Person <{sender}>", subject=f"About {word}", message_id=f"<{word}@x>", text=ASKS
        ),
        letter(sender=f"{word} Person <{sender}>", message_id=f"<{word}.stop@x>", text="STOP\n"),
    )
    with tenant_scope(tenant):
        mailbox = Mailbox.objects.get(is_primary=True)
        message = Message.objects.get(message_id=f"<{word}@x>")
        Attachment.objects.create(
            message=message,
            filename=f"{word}.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0",
            content=b"x",
        )
    ours = mailbox.address_normalised
    bring_in(tenant, now, letter(sender=ours, to=gone, subject=word, message_id=f"<{word}.out@x>"))
    bring_in(tenant, now, delivery_report((gone, "5.1.1"), message_id=f"<{word}.dsn@x>"))


@pytest.mark.parametrize("name", PAGES)
def test_lists_and_pages_show_this_tenants_rows_and_no_others(console, desk, harborpine, now, name):
    furnish(harborpine, now, address="desk@rivalbox.test")
    fill(desk, now, "ours")
    fill(harborpine, now, "rivals")
    answer = console.get(reverse(f"admin:mail_{name}_changelist"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("ours" in text or ORDERS in text) and "rival" not in text.replace("rival tenant", "")
    model = next(
        one
        for one in (Message, Thread, Attachment, SentTo, Bounce, EmailSuppression, Mailbox)
        if one._meta.model_name == name
    )
    with tenant_scope(desk):
        mine = model.objects.first()
    with tenant_scope(harborpine):
        theirs = model.objects.first()
    assert page(console, name, mine).status_code == 200
    refused = page(console, name, theirs)
    assert refused.status_code in (302, 404) and "rival" not in refused.content.decode()


def test_a_mail_is_shown_as_text_and_never_as_a_page_of_its_own(console, desk, now):
    hostile = '<script>alert(1)</script><img src="http://evil.test/pixel.gif">'
    bring_in(desk, now, letter(text=f"{hostile}\n\n{ASKS}", subject=hostile, sender=f'"{hostile}" <{TOMAS}>'))
    with tenant_scope(desk):
        message = Message.objects.get()
    text = page(console, "message", message).content.decode()
    assert "<script>alert(1)" not in text and '<img src="http://evil' not in text
    assert "&lt;script&gt;alert(1)" in text
    assert QUOTE in text and "Tomás Herrera" in text
    assert "<script>alert(1)" not in console.get(reverse("admin:mail_message_changelist")).content.decode()


def test_the_list_of_messages_costs_the_same_for_two_as_for_forty(console, desk, now):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert console.get(reverse("admin:mail_message_changelist")).status_code == 200
        return len(queries)

    bring_in(desk, now, letter(message_id="<a@x>"), letter(message_id="<b@x>"))
    statements()
    two = statements()
    bring_in(desk, now, *(letter(message_id=f"<{n}@x>") for n in range(40)))
    assert statements() == two


def test_nobody_changes_or_deletes_what_was_received(console, desk, now):
    bring_in(desk, now, letter())
    with tenant_scope(desk):
        message = Message.objects.get()
    assert console.get(reverse("admin:mail_message_add")).status_code == 403
    assert (
        console.post(reverse("admin:mail_message_delete", args=[message.pk]), {"post": "yes"}).status_code
        == 403
    )
    console.post(reverse("admin:mail_message_change", args=[message.pk]), {"subject": "forged"})
    with tenant_scope(desk):
        assert Message.objects.get().subject == "Turn times"


def test_a_person_suppresses_an_address_and_lifts_it_with_a_reason(console, desk, harborpine, now):
    form = {"email_normalised": f" {TOMAS.upper()} ", "reason": "legal", "detail": "Letter of 3 November"}
    answer = console.post(reverse("admin:mail_emailsuppression_add"), form)
    assert answer.status_code == 302, answer.content.decode()
    with tenant_scope(desk):
        row = EmailSuppression.objects.get()
        assert (row.email_normalised, row.reason, row.scope) == (TOMAS, "legal", "all")
        assert row.detail == "Letter of 3 November (dana)"
        assert Event.objects.get(kind="contact.suppressed").data["contact_id"] is not None
    again = console.post(reverse("admin:mail_emailsuppression_add"), form)
    assert again.status_code == 200
    lift = reverse("admin:mail_emailsuppression_lift", args=[row.pk])
    shown = page(console, "emailsuppression", row).content.decode()
    assert '<input type="hidden" name="acknowledged" value="legal">' in shown
    assert "every address of this person" in shown and "Tomás Herrera" in shown
    for said in (
        {"reason": "  ", "acknowledged": "legal"},
        {"reason": "They called.", "acknowledged": "legal"},
        {"reason": "Their lawyer wrote again."},
    ):
        console.post(lift, said)
        with tenant_scope(desk):
            assert EmailSuppression.objects.get().lifted_at is None
    console.post(lift, {"reason": "Their lawyer wrote again.", "acknowledged": "legal"})
    with tenant_scope(desk):
        row.refresh_from_db()
        assert (row.lifted_by, row.lift_reason) == ("dana", "Their lawyer wrote again.")
        assert Event.objects.filter(kind="contact.suppression_lifted").count() == 1
    with tenant_scope(harborpine):
        assert not EmailSuppression.objects.exists()


def test_mailboxes_are_stored_in_one_spelling_and_one_is_primary(console, desk):
    url = reverse("admin:mail_mailbox_add")
    form = {"address_normalised": "Billing@MeridianVS.test", "is_domain_own": "on"}
    assert console.post(url, form).status_code == 302
    assert console.post(url, form).status_code == 200
    second = console.post(url, {"address_normalised": "b@meridianvs.test", "is_primary": "on"})
    assert second.status_code == 200
    assert console.post(url, {"address_normalised": "no address"}).status_code == 200
    with tenant_scope(desk):
        assert set(Mailbox.objects.values_list("address_normalised", "is_primary")) == {
            (ORDERS, True),
            ("billing@meridianvs.test", False),
        }


def test_a_person_notes_a_pause_and_what_it_closes(console, desk):
    add = reverse("admin:mail_emailsuppression_add")
    form = {"email_normalised": TOMAS, "reason": "pause", "scope": "marketing", "detail": "By phone"}
    for day, complaint in (
        ("", "Say until when they want a pause."),
        ("2020-01-01", "Choose a day from tomorrow on."),
        ("soon", "Enter a valid date."),
    ):
        refused = console.post(add, form | {"until": day})
        assert refused.status_code == 200 and complaint in refused.content.decode()
    day = timezone.localdate() + timedelta(days=40)
    assert console.post(add, form | {"until": day.isoformat()}).status_code == 302
    longer = day + timedelta(days=40)
    shorter = console.post(add, form | {"until": (day - timedelta(days=1)).isoformat()})
    assert f"{TOMAS} is suppressed for this reason already" in shorter.content.decode()
    assert console.post(add, form | {"until": longer.isoformat()}).status_code == 302
    with tenant_scope(desk):
        row = EmailSuppression.objects.get()
        assert row.until == datetime.combine(longer, time.min, tzinfo=desk.zone)
        assert (row.scope, row.contact.first_name) == ("marketing", "Tomás")
