"""Each condition of the alerts at its threshold, on both sides of it, and below the sample that allows a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from agent.alerts.facts import Lowered, Mail, PlatformFacts, TenantFacts
from agent.alerts.platform_rules import PLATFORM_CONDITIONS, judge_platform
from agent.alerts.rules import TENANT_CONDITIONS, judge_tenant
from agent.alerts.states import AlertKind, Severity
from agent.states import SendMode

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def well(**changes) -> TenantFacts:
    """A company whose agent is enabled, and well unless a test says otherwise."""
    facts = TenantFacts(
        now=NOW,
        tenant="Meridian",
        send_mode=SendMode.LIVE,
        enabled_since=NOW - 100 * HOUR,
        last_finished_at=NOW - 10 * MINUTE,
    )
    return replace(facts, **changes)


def figures(**told: float):
    return {"figures": {name.replace("__", "."): value for name, value in told.items()}}


def engaged(compliance: float, contacts: int, accounts: int = 0):
    return figures(
        engagement__compliance=compliance, engagement__contacts=contacts, engagement__accounts=accounts
    )


def orders(rate: float, number: int):
    return figures(orders__exception_rate=rate, orders__orders_open=number)


def mail(**told: float):
    return {"mail": Mail(**told)}


K = AlertKind
# What is, and whether the alert of that kind is due.
CASES = [
    (K.CYCLES_FAIL, {"cycles_24h": 10, "failed_24h": 3}, True),
    (K.CYCLES_FAIL, {"cycles_24h": 10, "failed_24h": 2}, False),  # 20 % is the limit itself
    (K.CYCLES_FAIL, {"cycles_24h": 5, "failed_24h": 2}, True),
    (K.CYCLES_FAIL, {"cycles_24h": 4, "failed_24h": 4}, False),  # of fewer than five
    (K.NO_CYCLE, {"last_finished_at": NOW - 89 * MINUTE}, False),
    (K.NO_CYCLE, {"last_finished_at": NOW - 90 * MINUTE}, True),
    (K.NO_CYCLE, {"last_finished_at": None}, True),
    (K.NO_CYCLE, {"last_finished_at": None, "enabled_since": NOW - 89 * MINUTE}, False),
    (K.NO_CYCLE, {"last_finished_at": None, "enabled_since": None}, False),
    (K.NO_CYCLE, {"last_finished_at": None, "is_enabled": False}, False),
    (K.LEASE_STUCK, {"lease_since": NOW - HOUR, "lease_holder": "a:1"}, False),
    (K.LEASE_STUCK, {"lease_since": NOW - HOUR - MINUTE, "lease_holder": "a:1"}, True),
    (K.RUNS_ABANDONED, {"abandoned_in_a_row": 2}, False),
    (K.RUNS_ABANDONED, {"abandoned_in_a_row": 3}, True),
    (K.SETTINGS_UNREADABLE, {"settings_error": "Unknown agent setting x."}, True),
    (K.KILL_SWITCH, {"stops": {"mail": "Mail is stopped for this company: odd."}}, True),
    (K.KILL_SWITCH, {"stops": {"agent": "Stopped: odd."}, "is_enabled": False}, True),
    # The reaper's own pause is told by the alert of the runs that died.
    (K.KILL_SWITCH, {"stops": {"agent": "Three died."}, "abandoned_in_a_row": 3}, False),
    (K.POLICY_SPIKE, {"refusals_1h": 9}, False),  # the floor
    (K.POLICY_SPIKE, {"refusals_1h": 10}, True),
    (K.POLICY_SPIKE, {"refusals_1h": 29, "refusals_usual": 10}, False),
    (K.POLICY_SPIKE, {"refusals_1h": 30, "refusals_usual": 10}, True),
    (K.COMPLIANCE_LOW, engaged(0.80, 10), False),
    (K.COMPLIANCE_LOW, engaged(0.799, 10), True),
    (K.COMPLIANCE_LOW, engaged(0.1, 9), False),
    (K.COMPLIANCE_LOW, engaged(0.1, 6, 4), True),  # contacts and accounts count together
    (K.COMPLIANCE_LOW, figures(engagement__contacts=100), False),
    (K.ORDER_EXCEPTIONS, orders(0.10, 10), False),
    (K.ORDER_EXCEPTIONS, orders(0.101, 10), True),
    (K.ORDER_EXCEPTIONS, orders(0.9, 9), False),
    (K.SEND_VOLUME, mail(sent_1h=39, usual_hour=20, usual_hours=5), False),
    (K.SEND_VOLUME, mail(sent_1h=40, usual_hour=20, usual_hours=5), True),
    (K.SEND_VOLUME, mail(sent_1h=19, usual_hour=1, usual_hours=5), False),
    (K.SEND_VOLUME, mail(sent_1h=20, usual_hour=1, usual_hours=5), True),
    (K.SEND_VOLUME, mail(sent_1h=500, usual_hour=1, usual_hours=4), False),  # nothing to compare with
    (K.HARD_BOUNCES, mail(sent=100, hard_bounces=1), False),
    (K.HARD_BOUNCES, mail(sent=100, hard_bounces=2), True),
    (K.HARD_BOUNCES, mail(sent=99, hard_bounces=99), False),
    (K.COMPLAINTS, mail(sent=2001, complaints=2), False),
    (K.COMPLAINTS, mail(sent=2000, complaints=2), True),
    (K.COMPLAINTS, mail(sent=100, complaints=1), False),  # one person is no rate
    (K.COMPLAINTS, mail(sent=99, complaints=9), False),
    (K.PROVIDER_FAILURES, mail(provider_failures_15m=4), False),
    (K.PROVIDER_FAILURES, mail(provider_failures_15m=5), True),
    (K.GMAIL_QUOTA, mail(quota_errors_1h=1), True),
    (K.SUSPICIOUS_MAIL, mail(suspicious_24h=1), True),
    (K.MAILBOX_LOST, mail(mailboxes_lost=1), True),
    (K.MAILBOX_SILENT, mail(mailboxes_silent=1), True),
    (K.MAIL_MISSING, mail(mail_recovered=1), True),
    (K.MAIL_MISSING, mail(mail_missing=1), True),
    (K.OUTCOME_UNKNOWN, {"unknown_cards": 1, "oldest_unknown_at": NOW - 2 * HOUR}, True),
    (K.MAIL_HELD, {"held_messages": 1}, True),
    (
        K.SEND_MODE_LOWERED,
        {
            "lowered": Lowered(
                from_mode=SendMode.LIVE, to_mode=SendMode.INTERNAL_ONLY, sentence="Lowered.", at=NOW
            )
        },
        True,
    ),
    (K.NOTICES_REFUSED, {"refused_notices": 1, "notice_error": "It answered 500."}, True),
]
PLATFORM_CASES = [
    (K.KILL_SWITCH, {"stops": {"mail": "Mail is stopped for every company: odd."}}, True),
    (K.WORKER_SILENT, {"hearts": {"worker": NOW - 20 * MINUTE}}, False),
    (K.WORKER_SILENT, {"hearts": {"worker": NOW - 21 * MINUTE}}, True),
    (K.BEAT_SILENT, {"hearts": {"beat": NOW - 5 * MINUTE}}, False),
    (K.BEAT_SILENT, {"hearts": {"beat": NOW - 6 * MINUTE}}, True),
    (K.WATCH_SILENT, {"hearts": {"watch": NOW - 10 * MINUTE}}, False),
    (K.WATCH_SILENT, {"hearts": {"watch": NOW - 11 * MINUTE}}, True),
    (K.EVALUATION_FAILED, {"unjudged": {"Meridian": "ValueError: odd"}}, True),
    (K.NOTICES_REFUSED, {"refused_notices": 2}, True),
]


def named(cases):
    return [f"{kind}-{number}" for number, (kind, _, _) in enumerate(cases)]


@pytest.mark.parametrize(("kind", "changes", "is_due"), CASES, ids=named(CASES))
def test_a_condition_of_a_company_holds_from_its_threshold_on(kind, changes, is_due):
    found = [finding.kind for finding in judge_tenant(well(**changes))]
    assert (kind in found) is is_due


@pytest.mark.parametrize(("kind", "changes", "is_due"), PLATFORM_CASES, ids=named(PLATFORM_CASES))
def test_a_condition_of_the_installation_holds_from_its_threshold_on(kind, changes, is_due):
    found = [finding.kind for finding in judge_platform(PlatformFacts(now=NOW, **changes))]
    assert found == ([kind] if is_due else [])


def test_a_company_that_is_well_and_an_installation_that_is_well_find_nothing():
    assert judge_tenant(well()) == []
    assert judge_platform(PlatformFacts(now=NOW, hearts={"worker": NOW, "beat": NOW, "watch": NOW})) == []


def test_every_kind_of_alert_is_shown_to_be_due_by_a_case():
    due = {kind for kind, _, is_due in [*CASES, *PLATFORM_CASES] if is_due}
    # That the database does not answer is told by the watch alone, which has no facts then.
    assert due == set(AlertKind) - {AlertKind.DATABASE_DOWN}


def test_every_sentence_is_whole_and_says_what_to_do():
    holding = [judge_tenant(well(**changes)) for _, changes, is_due in CASES if is_due]
    holding += [
        judge_platform(PlatformFacts(now=NOW, **changes)) for _, changes, is_due in PLATFORM_CASES if is_due
    ]
    for finding in (finding for findings in holding for finding in findings):
        assert finding.sentence[0].isupper() or finding.sentence[0].isdigit()
        assert finding.sentence.endswith((".", "?")), finding.sentence
        assert ".." not in finding.sentence and "  " not in finding.sentence
        assert finding.severity in Severity


def test_each_condition_is_judged_once():
    assert len(set(TENANT_CONDITIONS)) == len(TENANT_CONDITIONS)
    assert len(set(PLATFORM_CONDITIONS)) == len(PLATFORM_CONDITIONS)


def test_the_runbook_says_of_every_alert_when_and_what_to_do():
    runbook = (settings.REPOSITORY / "docs" / "runbook.md").read_text()
    section = runbook.partition("\n## Alerts\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")]
    assert {row[0].removeprefix("| ") for row in rows[1:]} == {str(kind.label) for kind in AlertKind}
