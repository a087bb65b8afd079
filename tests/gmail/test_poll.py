"""Reading a mailbox at Gmail: each mail once, byte for byte, whatever Gmail does meanwhile."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.mail.gmail.models import GmailAccount, GmailMessageId
from engagement.mail.gmail.states import ConnectionStatus
from engagement.mail.gmail.sync import poll_gmail
from engagement.mail.models import Attachment, Direction, Mailbox, Message, ProviderFailure
from tests.gmail.cast import account_of, connect, handled, mails, stored
from tests.mail.cast import ORDERS, TOMAS, furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
POLL = timedelta(minutes=5)


@pytest.fixture
def box(gmail, meridian, now):
    """Meridian's mailbox, connected and read once."""
    furnish(meridian, now)
    connect(gmail, meridian, now)
    (report,) = poll_gmail(tenant=meridian, now=now)
    assert report.ended == "done", report
    return gmail


def poll(tenant, now, **how):
    (report,) = poll_gmail(tenant=tenant, now=now, **how)
    return report


def test_a_new_connection_brings_the_last_week_along(gmail, meridian, harborpine, now):
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    now = timezone.now()
    gmail.add(*mails(1, 2), days_ago=8)
    gmail.add(*mails(3, 5), days_ago=6)
    account = connect(gmail, meridian, now)
    report = poll(meridian, now)
    assert (report.ended, report.new) == ("done", 3)
    assert stored(meridian) == ["<3@x>", "<4@x>", "<5@x>"]
    assert poll_gmail(tenant=harborpine, now=now) == []
    assert stored(harborpine) == []
    assert account.pk == account_of(meridian).pk


def test_what_came_since_is_read_once(box, meridian, now):
    box.add(*mails(1, 60))
    assert poll(meridian, now).new == 60
    fetched = len(box.calls("messages.get"))
    again = poll(meridian, now + POLL)
    assert (again.ended, again.new, again.duplicates) == ("done", 0, 0)
    assert len(box.calls("messages.get")) == fetched == 60
    assert len(stored(meridian)) == 60


def test_pages_of_any_size_and_records_told_twice_make_no_difference(box, meridian, now):
    box.order(page=[1, 7], repeat=0.5)
    box.add(*mails(1, 40))
    assert poll(meridian, now).new == 40
    assert len(box.calls("messages.get")) == 40


def test_the_bytes_and_the_attachments_are_exactly_gmails(box, meridian, now):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = TOMAS, ORDERS, "Two files"
    message["Message-ID"], message["Date"] = "<files@x>", "Mon, 23 Nov 2026 08:00:00 -0700"
    message.set_content("See both.")
    contents = [bytes(range(256)) * 5000, b"\xff\xfe odd \x00 bytes"]
    for number, content in enumerate(contents):
        message.add_attachment(content, maintype="application", subtype="pdf", filename=f"{number}.pdf")
    raw = message.as_bytes()
    box.add(raw)
    assert poll(meridian, now).new == 1
    with tenant_scope(meridian):
        assert Message.objects.get().size == len(raw)
        kept = {one.filename: (one.size, one.sha256) for one in Attachment.objects.all()}
    assert kept == {
        f"{number}.pdf": (len(content), hashlib.sha256(content).hexdigest())
        for number, content in enumerate(contents)
    }


def test_drafts_spam_and_trash_are_left_out_until_they_are_rescued(box, meridian, now):
    for number, label in enumerate(("DRAFT", "SPAM", "TRASH"), start=1):
        (rescued,) = box.add(*mails(number, number), labels=[label])
    assert poll(meridian, now).new == 0
    assert not box.calls("messages.get")
    box.order(relabel={"name": rescued, "add": ["INBOX"], "remove": ["TRASH"]})
    assert poll(meridian, now + POLL).new == 1
    assert stored(meridian) == ["<3@x>"]


def test_what_the_owner_sent_is_kept_as_sent_and_is_no_reply(box, meridian, now):
    copy = letter(sender="Priya <priya.private@home.example.com>", to=TOMAS, message_id="<out@x>")
    box.add(copy, labels=["SENT"])
    assert poll(meridian, now).new == 1
    with tenant_scope(meridian):
        message = Message.objects.get()
        assert (message.direction, message.standing) == (Direction.OUT, "own")
        assert not Event.objects.filter(kind="mail.reply.received").exists()


def test_a_mail_that_is_gone_before_it_is_read_is_skipped(box, meridian, now):
    first, second = box.add(*mails(1, 2))
    box.order(delete=[first])
    report = poll(meridian, now)
    assert (report.ended, report.new, report.gone) == ("done", 1, 1)
    assert handled(meridian) == {first: "gone", second: "stored"}


def test_a_mail_that_cannot_be_taken_is_noted_by_name_and_not_asked_for_again(box, meridian, now):
    (bad,) = box.add(b"\0\1\2\3" * 100)
    box.add(*mails(1, 1))
    report = poll(meridian, now)
    assert (report.ended, report.new, report.refused) == ("done", 1, 1)
    with tenant_scope(meridian):
        assert "cannot be read" in GmailMessageId.objects.get(gmail_message_id=bad).detail
    poll(meridian, now + POLL)
    assert len(box.calls("messages.get")) == 2


def test_a_mail_over_the_limit_is_refused_without_being_held_in_memory(box, meridian, now, monkeypatch):
    from engagement.mail.gmail import client

    monkeypatch.setattr(client, "MAX_ANSWER", 200_000)
    monkeypatch.setattr(client, "MAX_MAIL_ANSWER", 100_000)
    monkeypatch.setattr("engagement.mail.gmail.transport.MAX_ANSWER", 200_000)
    (big,) = box.add(letter(message_id="<big@x>", text="x" * 400_000))
    box.add(*mails(1, 3))
    report = poll(meridian, now)
    assert (report.ended, report.new, report.refused) == ("done", 3, 1)
    assert handled(meridian)[big] == "refused"


def test_parts_that_gmail_puts_off_are_asked_for_again_by_themselves(box, meridian, now):
    box.add(*mails(1, 10))
    box.order(fault={"name": "429", "on": "messages.get", "times": 3, "retry_after": "1"})
    assert poll(meridian, now).new == 10
    assert [call["status"] for call in box.calls("messages.get")].count(429) == 3
    assert len(box.calls("messages.get")) == 13
    with tenant_scope(meridian):
        assert ProviderFailure.objects.get().kind == "quota"


def test_what_gmail_keeps_putting_off_waits_for_a_later_poll(box, meridian, now):
    box.add(*mails(1, 3))
    box.order(fault={"name": "403", "on": "history.list", "times": 9, "retry_after": "600"})
    report = poll(meridian, now)
    assert (report.ended, report.new) == ("later", 0)
    assert account_of(meridian).resume_at == now + timedelta(seconds=600)
    calls = len(box.calls())
    assert poll(meridian, now + POLL).ended == "later"
    assert len(box.calls()) == calls
    box.order(fault={"name": "500", "on": "history.list", "times": 1})
    box.order(fault={"name": "403", "times": 0})


def test_a_mail_that_gmail_never_hands_over_stops_nobody_behind_it(box, meridian, now, monkeypatch):
    from engagement.mail.gmail import cache

    monkeypatch.setattr("engagement.mail.gmail.client.TRIES", 1)
    monkeypatch.setattr(cache, "MAX_ATTEMPTS", 2)
    box.add(*mails(1, 1))
    box.order(fault={"name": "500", "on": "messages.get", "times": 1})
    before = account_of(meridian).history_id
    assert poll(meridian, now).ended == "later"
    assert account_of(meridian).history_id == before
    later = now + timedelta(hours=1)
    box.add(*mails(2, 2))
    box.order(fault={"name": "500", "on": "messages.get", "times": 1})
    assert poll(meridian, later).ended == "later"
    assert stored(meridian) in (["<1@x>"], ["<2@x>"])


def test_a_forgotten_history_is_read_anew_without_a_second_copy(box, meridian, now):
    box.add(*mails(1, 5))
    poll(meridian, now)
    box.order(forget_history=True)
    box.add(*mails(6, 9))
    with tenant_scope(meridian):
        GmailAccount.objects.update(succeeded_at=now)
    report = poll(meridian, now + POLL)
    assert (report.ended, report.new, report.duplicates) == ("done", 4, 0)
    assert len(box.calls("messages.get")) == 9
    assert len(stored(meridian)) == 9
    with tenant_scope(meridian):
        assert Event.objects.filter(kind="gmail.read_anew").count() == 2
    lists = len(box.calls("messages.list"))
    assert poll(meridian, now + 2 * POLL).ended == "done"
    assert len(box.calls("messages.list")) == lists


def test_a_withdrawn_access_is_seen_at_once_and_no_call_follows(box, meridian, now):
    box.order(revoke=True)
    report = poll(meridian, now)
    assert report.ended == "disconnected"
    account = account_of(meridian)
    assert (account.status, account.refresh_token) == (ConnectionStatus.REVOKED, "")
    entries = len(box.entries)
    assert poll_gmail(tenant=meridian, now=now + POLL) == []
    assert len(box.entries) == entries


def test_the_same_mail_in_two_mailboxes_is_one_message(box, meridian, now):
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised="second@meridianvs.test")
    connect(box, meridian, now, address="second@meridianvs.test")
    box.add(*mails(1, 2))
    first, second = poll_gmail(tenant=meridian, now=now)
    assert (first.new, second.new, second.duplicates) == (2, 0, 2)
    assert stored(meridian) == ["<1@x>", "<2@x>"]


def test_one_mailbox_in_trouble_keeps_no_other_from_its_turn(box, meridian, now):
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised="second@meridianvs.test")
    connect(box, meridian, now, address="second@meridianvs.test")
    with tenant_scope(meridian):
        GmailAccount.objects.filter(mailbox__is_primary=True).update(refresh_token="not ours")
    box.add(*mails(1, 1))
    first, second = poll_gmail(tenant=meridian, now=now)
    assert (first.ended, second.ended, second.new) == ("failed", "done", 1)


def test_the_meter_puts_off_what_the_quota_does_not_allow(box, meridian, now, settings):
    settings.GMAIL_UNITS_PER_MINUTE = 600
    box.add(*mails(1, 20))
    report = poll(meridian, now, seconds=0)
    assert (report.ended, report.new < 20) == ("later", True)
    assert box.busiest_minute() <= 600
