"""Notices reach real people by a real mail server and a real receiver of webhooks, each a process of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default as modern
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from agent.alerts import delivery
from agent.alerts.delivery import deliver_notices, send_news
from agent.alerts.models import Notice, PlatformAlert, PlatformNotice
from agent.alerts.notices import (
    NOBODY,
    News,
    gather_news,
    platform_audience,
    tenant_audience,
    webhook_secret_of,
    word_body,
)
from agent.alerts.services import evaluate_tenant, watch_over
from agent.alerts.states import AlertKind, Change, Channel, NoticeState, Severity
from agent.tenancy import tenant_scope
from tests.alerts.cast import HOUR, MINUTE, add_refusals, set_settings
from tests.fakes.running import mail_provider, webhook_receiver

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NIGHT, DANA, HOLLY = "night@desk.test", "dana@meridian.test", "holly@harborpine.test"
SECRET = "s3cret"


@pytest.fixture(scope="module")
def post_office(tmp_path_factory):
    with mail_provider(tmp_path_factory.mktemp("mail") / "mail.log") as running:
        yield running


@pytest.fixture
def receiver(tmp_path):
    with webhook_receiver(tmp_path / "posts.log") as running:
        yield running


@pytest.fixture(autouse=True)
def doors(settings, post_office, pulse):
    """Mail goes to the fake, which has no faults, and nobody is named yet."""
    door = urlsplit(post_office.smtp)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = door.hostname, door.port
    settings.ALERT_EMAILS, settings.ALERT_WEBHOOK_URL, settings.ALERT_WEBHOOK_SECRET = [], "", ""
    settings.ALERT_WEBHOOK_LOOPBACK = True
    post_office.order()


def news(tenant="", severity=Severity.WARNING, kind=AlertKind.POLICY_SPIKE, change=Change.OPENED, now=None):
    at = now.isoformat()
    return News(
        change=change,
        kind=kind,
        subject="",
        severity=severity,
        sentence=f"Something is odd at {tenant or 'home'}.",
        since=at,
        at=at,
        tenant=tenant,
    )


def tell(audience, now, **how):
    """As if a condition had just changed."""
    with delivery._scope(audience):
        gather_news(audience, [news(now=now, **how)], now=now)


def mails(post_office, since):
    """What the mail server has taken since: recipients, subject, body, Message-ID."""
    found = []
    for taken in post_office.taken[since:]:
        message = message_from_bytes(taken["content"], policy=modern)
        found.append((taken["recipients"], message["Subject"], message.get_content(), message["Message-ID"]))
    return found


def notices():
    return list(PlatformNotice.objects.order_by("id"))


def test_a_companys_people_are_told_of_their_own_and_ours_of_everybodys(well, now, settings, post_office):
    meridian, harborpine = well
    since = len(post_office.taken)
    settings.ALERT_EMAILS, settings.ALERT_EMAIL_FROM = [NIGHT, "day@desk.test"], "Agent <watch@desk.test>"
    set_settings(meridian, alert_emails=[DANA])
    set_settings(harborpine, alert_emails=[HOLLY])
    add_refusals(meridian, now, 12)
    watch_over(now=now)
    assert deliver_notices(now=now) == 2
    ours, theirs = mails(post_office, since)
    assert (ours[0], theirs[0]) == ([NIGHT, "day@desk.test"], [DANA])
    assert ours[1] == "Warning for Meridian Valuation Services: Many actions are refused"
    assert "12 actions were refused in the last hour" in theirs[2]
    assert "Open the operator console, Alerts" in theirs[2]
    assert "Harbor" not in theirs[2]
    taken = message_from_bytes(post_office.taken[since]["content"], policy=modern)
    assert (taken["From"], taken["Auto-Submitted"]) == ("Agent <watch@desk.test>", "auto-generated")
    assert taken["Message-ID"].endswith("@desk.test>")
    # What has not changed is told no more.
    watch_over(now=now + MINUTE)
    assert deliver_notices(now=now + MINUTE) == 0


def test_a_company_that_names_nobody_is_written_no_notice(well, now, post_office):
    _, harborpine = well
    since = len(post_office.taken)
    add_refusals(harborpine, now, 12)
    watch_over(now=now)
    assert deliver_notices(now=now) == 0
    assert mails(post_office, since) == []
    with tenant_scope(harborpine):
        assert not Notice.objects.exists()
    assert not PlatformNotice.objects.exists()


def test_people_are_told_that_their_settings_are_not_understood(well, now, post_office):
    meridian, _ = well
    since = len(post_office.taken)
    set_settings(meridian, alert_emails=[DANA], sned_mode="live")
    watch_over(now=now)
    assert deliver_notices(now=now) == 1
    ((to, subject, _, _),) = mails(post_office, since)
    assert (to, subject) == (
        [DANA],
        "Critical for Meridian Valuation Services: Settings are not understood",
    )


def test_the_webhook_gets_signed_words_that_its_secret_verifies(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL, settings.ALERT_WEBHOOK_SECRET = receiver.url("/say/200"), SECRET
    tell(platform_audience(), now, tenant="Meridian")
    assert deliver_notices(now=now) == 1
    (posted,) = receiver.posts
    stamp, _, digest = posted["headers"]["X-Agent-Signature"].partition(",v1=")
    signed = f"{stamp.removeprefix('t=')}.{posted['body']}".encode()
    assert digest == hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    body = json.loads(posted["body"])
    (notice,) = notices()
    assert body["id"] == posted["headers"]["X-Agent-Notice"] == str(notice.key)
    assert [(entry["tenant"], entry["change"]) for entry in body["alerts"]] == [("Meridian", "opened")]


def test_without_a_secret_nothing_is_signed(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    tell(platform_audience(), now)
    deliver_notices(now=now)
    assert "X-Agent-Signature" not in receiver.posts[0]["headers"]


def test_each_company_has_a_webhook_key_of_its_own(meridian, harborpine, now, settings, receiver):
    settings.ALERT_WEBHOOK_SECRET = SECRET
    keys = [webhook_secret_of(tenant) for tenant in (meridian, harborpine)]
    assert len({SECRET, *keys}) == 3
    set_settings(meridian, alert_webhook_url="https://hooks.meridian.test/a")
    theirs = tenant_audience(meridian)
    assert (theirs.webhook_url, theirs.webhook_secret) == ("https://hooks.meridian.test/a", keys[0])
    # As it would leave for them, if their address were the receiver's.
    here = replace(theirs, tenant_id=None, webhook_url=receiver.url("/say/200"))
    key = "5f0c3d7e-0000-4000-8000-000000000001"
    assert not send_news(here, Channel.WEBHOOK, key, [news(now=now).as_json()], now=now)
    (posted,) = receiver.posts
    signed = f"{int(now.timestamp())}.{posted['body']}".encode()
    assert posted["headers"]["X-Agent-Signature"].endswith(
        hmac.new(keys[0].encode(), signed, hashlib.sha256).hexdigest()
    )
    assert json.loads(posted["body"])["for"] == "Meridian Valuation Services"


def test_a_companys_webhook_never_leads_to_this_machine(well, now, receiver):
    meridian, _ = well
    set_settings(meridian, alert_webhook_url=f"https://127.0.0.1:{receiver.port}/say/200")
    add_refusals(meridian, now, 12)
    watch_over(now=now)
    assert deliver_notices(now=now) == 0
    assert receiver.posts == []
    with tenant_scope(meridian):
        assert "not a public address" in Notice.objects.get().error


def test_the_loopback_is_closed_unless_it_is_opened(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL, settings.ALERT_WEBHOOK_LOOPBACK = receiver.url("/say/200"), False
    tell(platform_audience(), now)
    assert deliver_notices(now=now) == 0
    assert receiver.posts == []
    assert "must begin with https" in notices()[0].error


def test_what_was_refused_is_tried_again_under_the_same_key_until_it_is_taken(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/after/2/say/200")
    tell(platform_audience(), now)
    sent = [deliver_notices(now=now + minute * MINUTE) for minute in range(8)]
    # At once, two minutes later, and four after that.
    assert sent == [0, 0, 0, 0, 0, 0, 1, 0]
    assert len({posted["headers"]["X-Agent-Notice"] for posted in receiver.posts}) == 1
    assert len({posted["body"] for posted in receiver.posts}) == 1
    (notice,) = notices()
    assert (notice.state, notice.attempts, notice.error) == (NoticeState.SENT, 3, "")


def test_a_mail_server_that_is_down_costs_no_notice(now, settings, post_office):
    since = len(post_office.taken)
    settings.ALERT_EMAILS = [NIGHT]
    tell(platform_audience(), now)
    post_office.order("mail:451")
    assert deliver_notices(now=now) == 0
    assert "451" in notices()[0].error
    post_office.order()
    assert deliver_notices(now=now + 2 * MINUTE) == 1
    assert len(mails(post_office, since)) == 1


def test_a_process_that_dies_after_the_yes_sends_the_same_message_again(now, settings, post_office):
    since = len(post_office.taken)
    settings.ALERT_EMAILS = [NIGHT]
    tell(platform_audience(), now)
    post_office.order("accept_then_reset", times=1)
    assert deliver_notices(now=now) == 0
    assert deliver_notices(now=now + 2 * MINUTE) == 1
    first, second = mails(post_office, since)
    # One name for both, by which a mailbox, or its owner, knows them for one.
    assert first[3] == second[3]


def test_one_channel_that_fails_keeps_the_other_from_nothing(now, settings, post_office, receiver):
    since = len(post_office.taken)
    settings.ALERT_EMAILS, settings.ALERT_WEBHOOK_URL = [NIGHT], receiver.url("/say/500")
    tell(platform_audience(), now)
    assert deliver_notices(now=now) == 1
    assert len(mails(post_office, since)) == 1
    assert {notice.channel: notice.state for notice in notices()} == {"mail": "sent", "webhook": "ready"}


def test_what_nobody_takes_for_a_day_is_given_up_and_told_by_the_other_channel(
    well, now, settings, post_office, receiver
):
    settings.ALERT_EMAILS, settings.ALERT_WEBHOOK_URL = [NIGHT], receiver.url("/say/500")
    tell(platform_audience(), now)
    deliver_notices(now=now)
    watch_over(now=now + 16 * MINUTE)
    (alert,) = PlatformAlert.objects.all()
    assert alert.kind == AlertKind.NOTICES_REFUSED
    assert "1 notice has not been accepted" in alert.sentence
    assert "It answered 500." in alert.sentence
    deliver_notices(now=now + 16 * MINUTE)
    assert "Notices do not arrive" in mails(post_office, -1)[0][1]
    deliver_notices(now=now + 25 * HOUR)
    given_up = [notice for notice in notices() if notice.state == NoticeState.GIVEN_UP]
    assert {notice.channel for notice in given_up} == {"webhook"}


def test_a_channel_that_works_again_resolves_its_alert(well, now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/500")
    tell(platform_audience(), now)
    deliver_notices(now=now)
    deliver_notices(now=now + 25 * HOUR)
    later = now + 26 * HOUR
    watch_over(now=later)
    assert PlatformAlert.objects.active().filter(kind=AlertKind.NOTICES_REFUSED).exists()
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    assert deliver_notices(now=later + HOUR) >= 1
    watch_over(now=later + HOUR)
    assert not PlatformAlert.objects.active().filter(kind=AlertKind.NOTICES_REFUSED).exists()


def test_a_notice_whose_people_were_taken_out_is_given_up_at_once(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    tell(platform_audience(), now)
    settings.ALERT_WEBHOOK_URL = ""
    assert deliver_notices(now=now) == 0
    (notice,) = notices()
    assert (notice.state, notice.error) == (NoticeState.GIVEN_UP, NOBODY)
    assert receiver.posts == []


def test_two_deliverers_at_once_send_each_notice_once(well, now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    tell(platform_audience(), now)
    gate = threading.Barrier(4)

    def deliver():
        try:
            gate.wait()
            deliver_notices(now=now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.posts) == 1


def test_a_storm_is_a_few_messages_and_loses_nothing(now, settings, receiver):
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    audience = platform_audience()
    for minute in range(24 * 60):
        at = now + minute * MINUTE
        if minute % 3 == 0:
            tell(audience, at)
        deliver_notices(now=at)
    first_day = len(receiver.posts)
    assert first_day == delivery.MAX_A_DAY - delivery.KEPT_FOR_CRITICAL
    # What is grave goes through the day's last doors, at once, and takes along what has gathered.
    tell(audience, now + 24 * HOUR - MINUTE, severity=Severity.CRITICAL, kind=AlertKind.CYCLES_FAIL)
    assert deliver_notices(now=now + 24 * HOUR - MINUTE) == 1
    told = sum(len(json.loads(posted["body"])["alerts"]) for posted in receiver.posts)
    assert told == 24 * 60 // 3 + 1


def test_a_long_message_lists_the_gravest_and_counts_the_rest(now):
    entries = [news(now=now, tenant=f"Company {number}").as_json() for number in range(60)]
    entries.append(news(now=now, tenant="The grave one", severity=Severity.CRITICAL).as_json())
    body = word_body(entries, platform_audience())
    assert body.startswith("[New] Critical: Many actions are refused - The grave one")
    assert "And 11 more: the console lists them all." in body
    assert body.count("[New]") == 50


def test_one_audience_that_cannot_be_worded_keeps_no_other_from_being_told(well, now, settings, receiver):
    meridian, harborpine = well
    settings.ALERT_WEBHOOK_URL = receiver.url("/say/200")
    set_settings(meridian, alert_emails=[DANA])
    tell(tenant_audience(meridian), now)
    tell(platform_audience(), now)
    # Written by a version that knew a kind which this one does not.
    with tenant_scope(meridian):
        notice = Notice.objects.get()
        Notice.objects.filter(pk=notice.pk).update(news=[{**notice.news[0], "kind": "gone"}])
    set_settings(harborpine, alert_emails=[HOLLY])
    tell(tenant_audience(harborpine), now)
    assert deliver_notices(now=now) == 2


def test_a_look_at_nothing_due_costs_two_statements_an_audience(well, now):
    deliver_notices(now=now)
    with CaptureQueriesContext(connection) as queries:
        deliver_notices(now=now)
    statements = [
        entry["sql"]
        for entry in queries
        if entry["sql"].startswith("SELECT") and "set_config" not in entry["sql"]
    ]
    # The list of companies, and two for the installation and for each of two companies.
    assert len(statements) == 1 + 2 * 3


def test_an_evaluation_tells_in_the_transaction_of_its_alert(well, now, settings, pulse):
    meridian, _ = well
    settings.ALERT_EMAILS = [NIGHT]
    add_refusals(meridian, now, 12)
    pulse.breaks_for = "meridian"
    with pytest.raises(ValueError, match="cannot be felt"):
        evaluate_tenant(tenant=meridian, now=now)
    assert notices() == []
