"""One alert for each condition that holds, told when it changes and not while it does not."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agent.access import set_viewers
from agent.alerts.models import Alert, Notice, PlatformAlert, PlatformNotice
from agent.alerts.services import (
    AlertClosed,
    acknowledge_alert,
    evaluate_tenant,
    record_heartbeat,
    watch_over,
)
from agent.alerts.states import AlertKind, AlertState, Heart
from agent.models import Lease, Run, Switch
from agent.services import set_system_switch, set_tenant_switch
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from engagement.mail.sending import SendEmail
from tests.alerts.cast import (
    HOUR,
    MINUTE,
    add_card,
    add_figures,
    add_refusals,
    add_run,
    set_settings,
)
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def named(settings, meridian, pulse):
    """People are named for Meridian and for the installation; Harbor & Pine names nobody."""
    settings.ALERT_EMAILS = ["night@desk.test"]
    set_settings(
        meridian, alert_emails=["dana@meridian.test"], alert_webhook_url="https://hooks.meridian.test/a"
    )


def alerts_of(tenant, **filters):
    with tenant_scope(tenant):
        return list(Alert.objects.filter(**filters).order_by("id"))


def news_of(tenant):
    """What the tenant's people are told by mail, one list a notice."""
    with tenant_scope(tenant):
        return [
            [(entry["kind"], entry["change"]) for entry in notice.news]
            for notice in Notice.objects.filter(channel="mail").order_by("id")
        ]


def platform_news():
    return [
        (entry["tenant"], entry["kind"], entry["change"])
        for notice in PlatformNotice.objects.order_by("id")
        for entry in notice.news
    ]


def test_all_is_well_with_two_companies_that_are(well, now):
    assert watch_over(now=now) == 0
    assert [alerts_of(tenant) for tenant in well] == [[], []]
    assert not PlatformAlert.objects.exists()


def fail_cycles(tenant, now):
    for hour in range(4):
        add_run(tenant, now - hour * HOUR)
    for hour in range(2):
        add_run(tenant, now - hour * HOUR, RunState.FAILED, stop_detail="ValueError: the book is upside down")


def stop_cycles(tenant, now):
    with tenant_scope(tenant):
        Run.objects.update(finished_at=now - 91 * MINUTE)


def stick_lease(tenant, now):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        pid, started = cursor.fetchone()
    with tenant_scope(tenant):
        Lease.objects.create(
            holder="somewhere:42",
            token=7,
            acquired_at=now - 2 * HOUR,
            expires_at=now + timedelta(days=40_000),
            backend_pid=pid,
            backend_started_at=started,
        )


def abandon_runs(tenant, now):
    for minute in range(3):
        add_run(tenant, now - minute * MINUTE, RunState.ABANDONED)


def lose_outcome(tenant, now):
    run = add_run(tenant, now - 2 * HOUR)
    add_card(tenant, run, CardState.UNKNOWN, 1, now - 61 * MINUTE)


def hold_mail(tenant, now):
    run = add_run(tenant, now - 2 * HOUR)
    add_card(tenant, run, CardState.HELD, 1, now, held_until=now + timedelta(hours=47))


CONDITIONS = [
    (AlertKind.CYCLES_FAIL, fail_cycles, "2 of 7 cycles failed in 24 hours (28.6 %"),
    (
        AlertKind.NO_CYCLE,
        stop_cycles,
        "No cycle has finished in 90 minutes. The last one finished 91 minutes ago",
    ),
    (AlertKind.LEASE_STUCK, stick_lease, "somewhere:42 has held the lease for 2 hours"),
    (AlertKind.RUNS_ABANDONED, abandon_runs, "The last 3 runs died"),
    (
        AlertKind.OUTCOME_UNKNOWN,
        lose_outcome,
        "1 card has an outcome that nobody could tell",
    ),
    (AlertKind.MAIL_HELD, hold_mail, "1 message waits for approval"),
    (
        AlertKind.POLICY_SPIKE,
        lambda tenant, now: add_refusals(tenant, now, 10, "no_human_task"),
        "10 actions were refused in the last hour; usual is 0.0. Most often by the rule no human task",
    ),
    (
        AlertKind.COMPLIANCE_LOW,
        lambda tenant, now: add_figures(
            tenant, now, engagement__compliance=0.79, engagement__contacts=40, engagement__overdue_contacts=8
        ),
        "79.0 % of contacts and accounts are in contact in time",
    ),
    (
        AlertKind.ORDER_EXCEPTIONS,
        lambda tenant, now: add_figures(
            tenant,
            now,
            orders__exception_rate=0.11,
            orders__orders_open=100,
            orders__orders_with_exceptions=11,
        ),
        "11 of 100 open orders have exceptions (11.0 %",
    ),
    (
        AlertKind.SETTINGS_UNREADABLE,
        lambda tenant, now: set_settings(tenant, sned_mode="live"),
        "The agent does nothing: Unknown agent setting sned_mode",
    ),
]


@pytest.mark.parametrize(("kind", "make", "words"), CONDITIONS, ids=[kind for kind, _, _ in CONDITIONS])
def test_a_condition_raises_its_alert_for_its_company_alone(well, pulse, now, kind, make, words):
    meridian, harborpine = well
    # What is held counts when it would leave: the registry must know the kind.
    pulse.handlers = lambda: (SendEmail(),)
    make(meridian, now)
    watch_over(now=now)
    (alert,) = alerts_of(meridian, kind=kind)
    assert words in alert.sentence
    assert alert.state == AlertState.OPEN
    assert alerts_of(harborpine) == []


def test_two_evaluators_at_once_make_one_alert_and_one_notice(well, now):
    meridian, _ = well
    add_refusals(meridian, now, 12)
    gate = threading.Barrier(2)

    def look():
        try:
            gate.wait()
            watch_over(now=now)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [alert.kind for alert in alerts_of(meridian)] == [AlertKind.POLICY_SPIKE]
    assert news_of(meridian) == [[("policy_spike", "opened")]]
    assert platform_news() == [("Meridian Valuation Services", "policy_spike", "opened")]


def test_three_hours_of_an_unchanged_failure_are_told_once(well, now):
    meridian, _ = well
    lose_outcome(meridian, now)
    for minute in range(0, 181, 5):
        add_run(meridian, now + minute * MINUTE)
        watch_over(now=now + minute * MINUTE)
    assert len(alerts_of(meridian)) == 1
    assert news_of(meridian) == [[("outcome_unknown", "opened")]]


def test_what_is_open_for_a_day_is_said_once_more_unless_somebody_looks_after_it(well, now):
    meridian, _ = well
    lose_outcome(meridian, now)
    evaluate_tenant(tenant=meridian, now=now)
    (alert,) = alerts_of(meridian)
    day_later = now + 24 * HOUR
    add_run(meridian, day_later)
    evaluate_tenant(tenant=meridian, now=day_later)
    assert news_of(meridian) == [[("outcome_unknown", "opened"), ("outcome_unknown", "reminder")]]
    with tenant_scope(meridian):
        acknowledge_alert(alert=alert, actor="dana", reason="", now=day_later)
    with tenant_scope(meridian), pytest.raises(AlertClosed, match="already by dana"):
        acknowledge_alert(alert=alert, actor="kim", reason="", now=day_later)
    two_days = now + 49 * HOUR
    add_run(meridian, two_days)
    evaluate_tenant(tenant=meridian, now=two_days)
    assert len(news_of(meridian)[0]) == 2


def test_an_alert_is_resolved_when_its_condition_is_gone_and_its_people_are_told(well, now):
    meridian, _ = well
    stop_cycles(meridian, now)
    evaluate_tenant(tenant=meridian, now=now)
    add_run(meridian, now)
    evaluate_tenant(tenant=meridian, now=now + MINUTE)
    (alert,) = alerts_of(meridian)
    assert (alert.state, alert.resolved_at) == (AlertState.RESOLVED, now + MINUTE)
    assert news_of(meridian) == [[("no_cycle", "opened"), ("no_cycle", "resolved")]]


def test_a_tenant_that_cannot_be_judged_is_told_of_and_keeps_no_other_from_being(well, pulse, now):
    meridian, harborpine = well
    pulse.breaks_for = "meridian"
    lose_outcome(harborpine, now)
    watch_over(now=now)
    (alert,) = PlatformAlert.objects.all()
    assert (alert.kind, alert.subject) == (AlertKind.EVALUATION_FAILED, "Meridian Valuation Services")
    assert len(alerts_of(harborpine)) == 1


def test_a_kill_switch_and_silent_processes_are_alerts_of_the_installation(well, now):
    set_system_switch(is_enabled=False, actor="dana", reason="Odd mails", now=now)
    record_heartbeat(heart=Heart.WORKER, now=now - 21 * MINUTE)
    record_heartbeat(heart=Heart.BEAT, now=now - 6 * MINUTE)
    watch_over(now=now)
    assert {alert.kind for alert in PlatformAlert.objects.active()} == {
        "kill_switch",
        "worker_silent",
        "beat_silent",
    }
    set_system_switch(is_enabled=True, actor="dana", reason="All clear", now=now)
    later = now + 6 * MINUTE
    record_heartbeat(heart=Heart.WORKER, now=later)
    record_heartbeat(heart=Heart.BEAT, now=later)
    watch_over(now=later)
    assert not PlatformAlert.objects.active().exists()


def test_a_quiet_look_costs_the_same_whatever_the_number_of_rows(well, now):
    meridian, _ = well
    evaluate_tenant(tenant=meridian, now=now)

    def count():
        with CaptureQueriesContext(connection) as queries:
            evaluate_tenant(tenant=meridian, now=now)
        return len(queries)

    before = count()
    for hour in range(30):
        add_run(meridian, now - hour * HOUR)
    assert count() == before <= 22


def test_what_nobody_can_tell_any_more_is_no_good_news(well, now):
    meridian, _ = well
    add_figures(meridian, now, engagement__compliance=0.5, engagement__contacts=40)
    evaluate_tenant(tenant=meridian, now=now)
    # For half a day no cycle reports, so nobody knows how compliance stands.
    for hour in range(1, 13):
        evaluate_tenant(tenant=meridian, now=now + hour * HOUR)
    (alert,) = alerts_of(meridian, kind=AlertKind.COMPLIANCE_LOW)
    assert alert.state == AlertState.OPEN
    add_figures(meridian, now + 13 * HOUR, engagement__compliance=0.9, engagement__contacts=40)
    evaluate_tenant(tenant=meridian, now=now + 13 * HOUR)
    (alert,) = alerts_of(meridian, kind=AlertKind.COMPLIANCE_LOW)
    assert alert.state == AlertState.RESOLVED


def test_a_rate_that_wavers_around_its_limit_is_one_alert(well, now):
    meridian, _ = well
    for hour in range(12):
        compliance = 0.79 if hour % 2 == 0 else 0.81
        at = now + hour * HOUR
        add_figures(meridian, at, engagement__compliance=compliance, engagement__contacts=40)
        evaluate_tenant(tenant=meridian, now=at)
    assert len(alerts_of(meridian, kind=AlertKind.COMPLIANCE_LOW)) == 1
    assert news_of(meridian) == [[("compliance_low", "opened")]]


def test_a_statement_that_runs_out_of_time_for_one_company_is_not_a_database_that_is_down(well, pulse, now):
    meridian, harborpine = well
    health = pulse.health

    def dawdle(cycle, *, since):
        if cycle.tenant.slug == "meridian":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = '20ms'")
                cursor.execute("SELECT pg_sleep(60)")
        return health(cycle, since=since)

    pulse.health = dawdle
    lose_outcome(harborpine, now)
    watch_over(now=now)
    (alert,) = PlatformAlert.objects.all()
    assert (alert.kind, alert.subject) == (AlertKind.EVALUATION_FAILED, "Meridian Valuation Services")
    assert "statement timeout" in alert.sentence
    assert len(alerts_of(harborpine)) == 1


@pytest.mark.parametrize(
    ("switch", "subject", "words"),
    [
        (Switch.AGENT, "agent", "The agent of this company is stopped: Audit. Nothing is lost"),
        (Switch.MAIL, "mail", "Mail is stopped for this company: Audit. Other work goes on."),
    ],
)
def test_a_switch_of_a_company_is_its_own_alert_until_it_is_on_again(well, now, switch, subject, words):
    meridian, harborpine = well
    set_tenant_switch(tenant=meridian, switch=switch, is_enabled=False, actor="dana", reason="Audit", now=now)
    watch_over(now=now)
    (alert,) = alerts_of(meridian)
    assert (alert.kind, alert.subject) == (AlertKind.KILL_SWITCH, subject)
    assert alert.sentence.startswith(words)
    assert alerts_of(harborpine) == []
    set_tenant_switch(tenant=meridian, switch=switch, is_enabled=True, actor="dana", reason="Done", now=now)
    watch_over(now=now + 6 * MINUTE)
    assert alerts_of(meridian)[0].state == AlertState.RESOLVED


def test_a_company_whose_agent_was_never_enabled_is_no_alert(well, now):
    meridian, _ = well
    type(meridian).objects.filter(pk=meridian.pk).update(agent_enabled=False)
    watch_over(now=now)
    assert alerts_of(meridian) == []


def test_every_switch_above_the_companies_is_an_alert_of_the_installation(well, now, settings):
    settings.AGENT_KILL_SWITCH, settings.AGENT_KILL_SWITCH_REASON = "yes", "Drill"
    settings.EMAIL_SEND_DISABLED = "true"
    set_system_switch(is_enabled=False, actor="dana", reason="Odd work", now=now)
    set_system_switch(switch=Switch.MAIL, is_enabled=False, actor="dana", reason="Odd mails", now=now)
    watch_over(now=now)
    told = {alert.subject: alert.sentence for alert in PlatformAlert.objects.all()}
    assert set(told) == {"environment", "console", "mail", "mail, environment"}
    assert "Drill" in told["environment"] and "Odd work" in told["console"]
    assert told["mail"].startswith("Mail is stopped for every company in the console: Odd mails.")


def test_an_environment_that_only_one_process_has_does_not_open_and_close_its_alert(well, now, settings):
    for minute in range(0, 30):
        # The worker has the switch in its environment, the watch has not; they look in turn.
        settings.AGENT_KILL_SWITCH = "on" if minute % 2 else ""
        watch_over(now=now + minute * MINUTE)
    assert [entry for entry in platform_news() if entry[1] == "kill_switch"] == [
        ("", "kill_switch", "opened")
    ]


def test_only_a_login_that_may_act_acknowledges(client, well, now):
    meridian, harborpine = well
    lose_outcome(meridian, now)
    lose_outcome(harborpine, now)
    watch_over(now=now)
    (alert,), (foreign,) = alerts_of(meridian), alerts_of(harborpine)
    url = reverse("admin:alerts_alert_acknowledge", args=[alert.pk])
    viewer = User.objects.create_user("lee", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_alert"))
    set_viewers(tenant=meridian, users=[viewer])
    client.force_login(viewer)
    assert client.post(url, {}).status_code == 403
    assert alerts_of(meridian)[0].state == AlertState.OPEN
    viewer.user_permissions.add(Permission.objects.get(codename="change_alert"))
    assert client.post(url, {"reason": "Asking the provider"}).status_code == 302
    (alert,) = alerts_of(meridian)
    assert (alert.state, alert.acknowledged_by, alert.acknowledged_why) == (
        AlertState.ACKNOWLEDGED,
        "lee",
        "Asking the provider",
    )
    # Another company's alert is not there at all.
    url = reverse("admin:alerts_alert_acknowledge", args=[foreign.pk])
    assert client.post(url, {}).status_code == 404
    assert alerts_of(harborpine)[0].state == AlertState.OPEN


def test_one_process_judges_a_company_at_a_time(well, pulse, now):
    meridian, _ = well
    entered, seen_by_the_first = [], []

    def waits_at_the_door():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            return cursor.fetchone() is not None

    def dwell(cycle, *, since):
        entered.append(threading.get_ident())
        if len(entered) == 1:
            wait_until(lambda: len(entered) > 1 or waits_at_the_door(), "the second process to come")
            seen_by_the_first.extend(entered)
        return {}

    def judge():
        try:
            evaluate_tenant(tenant=meridian, now=now)
        finally:
            connections.close_all()

    pulse.health = dwell
    threads = [threading.Thread(target=judge) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen_by_the_first) == 1
    assert len(entered) == 2
