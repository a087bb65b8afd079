"""Around reading: counting days, changing keys, cleaning, the command, the ring, and what checks and alerts say."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from agent.registry import registry
from agent.retention import clean_up
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from engagement.mail.gmail.cache import is_processed
from engagement.mail.gmail.models import GmailAccount, GmailDayCount, GmailMessageId
from engagement.mail.gmail.sync import poll_gmail
from engagement.mail.tasks import poll_gmail_mailbox, poll_tenant_mail
from tests.gmail.cast import account_of, connect, handled, mails, stored
from tests.mail.cast import furnish

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
DAY = timedelta(days=1)


@pytest.fixture
def box(gmail, meridian, harborpine, now):
    """Meridian's mailbox, connected and read once; Harbor & Pine has none."""
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    connect(gmail, meridian, now)
    poll_gmail(tenant=meridian, now=now)
    return gmail


def health(tenant, now):
    with tenant_scope(tenant):
        cycle = build_cycle(tenant=tenant, now=now)
        (engine,) = [engine for engine in registry if engine.slug == "gmail"]
        return engine.health(cycle, since=now - DAY)


def test_a_finished_day_is_counted_and_what_passed_us_by_is_fetched(box, meridian):
    # Of the server's own day, but long after its midnight: a day is counted once it has been over for a while.
    today = timezone.now().replace(hour=12)
    box.add(*mails(1, 4), days_ago=1)
    with tenant_scope(meridian):
        GmailAccount.objects.update(connected_at=today - 5 * DAY, history_id=999_999_999)
    reports = [
        poll_gmail(tenant=meridian, now=today + number * timedelta(minutes=5))[0] for number in range(5)
    ]
    assert sum(report.new for report in reports) == 4
    with tenant_scope(meridian):
        counts = {row.day: (row.at_gmail, row.recovered, row.missing) for row in GmailDayCount.objects.all()}
    assert counts[(today - DAY).date()] == (4, 4, 0)
    assert health(meridian, today + timedelta(hours=1))["mail_recovered"] == 4
    lists = len(box.calls("messages.list"))
    poll_gmail(tenant=meridian, now=today + timedelta(hours=1))
    assert len(box.calls("messages.list")) == lists


def test_alerts_hear_of_a_lost_and_of_a_silent_mailbox(box, meridian, harborpine, now):
    assert health(meridian, now) == {
        "mailboxes_lost": 0,
        "mailboxes_silent": 0,
        "mail_recovered": 0,
        "mail_missing": 0,
    }
    later = now + timedelta(minutes=21)
    assert health(meridian, later)["mailboxes_silent"] == 1
    assert health(harborpine, later)["mailboxes_silent"] == 0
    box.order(revoke=True)
    poll_gmail(tenant=meridian, now=later)
    assert (health(meridian, later)["mailboxes_lost"], health(meridian, later)["mailboxes_silent"]) == (1, 0)


def test_keys_are_changed_without_connecting_anew(box, meridian, now, settings):
    old, new = settings.GMAIL_TOKEN_KEYS[0], Fernet.generate_key().decode()
    settings.GMAIL_TOKEN_KEYS = [new, old]
    said = StringIO()
    call_command("rotate_gmail_keys", stdout=said)
    assert "meridian: 1 encrypted anew, 0 had the newest key." in said.getvalue()
    settings.GMAIL_TOKEN_KEYS = [new]
    call_command("rotate_gmail_keys", stdout=said)
    assert "meridian: 0 encrypted anew, 1 had the newest key." in said.getvalue()
    assert poll_gmail(tenant=meridian, now=now)[0].ended == "done"
    settings.GMAIL_TOKEN_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="No key opens meridian orders@meridianvs.test"):
        call_command("rotate_gmail_keys", stdout=said)
    assert poll_gmail(tenant=meridian, now=now)[0].ended == "failed"
    assert account_of(meridian).status == "connected"


def test_checks_name_what_is_set_wrongly(box, settings):
    def found(**how):
        return {message.id for message in run_checks(**how) if message.id.startswith("gmail.")}

    assert found(databases=["default"]) == set()
    settings.GMAIL_TOKEN_KEYS = ["no key"]
    assert found() == {"gmail.E001"}
    settings.GMAIL_TOKEN_KEYS = []
    assert found(databases=["default"]) == {"gmail.E002", "gmail.E003"}
    settings.GOOGLE_CLIENT_ID = settings.GOOGLE_CLIENT_SECRET = ""
    assert found() == set()


def test_what_was_dealt_with_long_ago_is_cleaned_and_costs_no_second_copy(box, meridian, now):
    box.add(*mails(1, 3))
    poll_gmail(tenant=meridian, now=now)
    account = account_of(meridian)
    with tenant_scope(meridian):
        known = GmailMessageId.objects.first().gmail_message_id
        assert is_processed(account_id=account.pk, gmail_message_id=known)
    clean_up(now=now + 61 * DAY)
    assert handled(meridian) == {}
    box.order(forget_history=True)
    (report,) = poll_gmail(tenant=meridian, now=now)
    assert (report.new, report.duplicates) == (0, 3)
    assert len(stored(meridian)) == 3


def test_the_command_says_how_each_mailbox_went(box, meridian):
    box.add(*mails(1, 2))
    said = StringIO()
    call_command(
        "poll_gmail", tenant=["meridian", "harborpine"], format="json", stdout=said, stderr=StringIO()
    )
    (poll,) = json.loads(said.getvalue())["polls"]
    assert (poll["tenant"], poll["ended"], poll["new"]) == ("meridian", "done", 2)
    box.order(revoke=True)
    said = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("poll_gmail", stdout=said, stderr=StringIO())
    assert "withdrawn" in said.getvalue()
    with pytest.raises(CommandError, match="Unknown tenant nobody"):
        call_command("poll_gmail", tenant=["nobody"], stderr=StringIO())


def test_the_ring_for_mail_rings_for_each_mailbox_at_gmail(box, meridian, harborpine, monkeypatch):
    rung = []
    monkeypatch.setattr(poll_gmail_mailbox, "delay", lambda *ids: rung.append(ids))
    poll_tenant_mail(meridian.pk)
    poll_tenant_mail(harborpine.pk)
    assert rung == [(meridian.pk, account_of(meridian).pk)]
    box.add(*mails(1, 2))
    assert poll_gmail_mailbox(*rung[0]) == 2


def test_a_scheduler_outside_may_ring_by_its_secret_alone(box, client, settings, monkeypatch):
    rung = []
    monkeypatch.setattr(poll_tenant_mail, "delay", rung.append)
    where = reverse("mail:ring_gmail")
    assert where == "/api/cron/gmail"
    settings.CRON_SECRET = ""
    assert client.post(where).status_code == 503
    settings.CRON_SECRET = "a secret of the scheduler"
    assert client.post(where, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert rung == []
    answer = client.get(where, headers={"Authorization": f"Bearer {settings.CRON_SECRET}"})
    assert (answer.status_code, answer.json()) == (202, {"tenants": 2})
    assert len(rung) == 2
