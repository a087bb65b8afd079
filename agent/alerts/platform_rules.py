"""When an alert of the whole installation is due: pure functions over frozen facts, as in `agent.alerts.rules`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from agent.alerts.facts import Finding, PlatformFacts
from agent.alerts.states import AlertKind, Severity
from agent.alerts.words import ago, word_refused_notices

WORKER_SILENCE = timedelta(minutes=20)  # a worker with one process may be busy with a cycle for fifteen
BEAT_SILENCE = timedelta(minutes=5)
WATCH_SILENCE = timedelta(minutes=10)


def kill_switches(facts: PlatformFacts) -> list[Finding]:
    """A switch above all tenants is on: expected by whoever flipped it, and not to be forgotten."""
    return [
        Finding(
            kind=AlertKind.KILL_SWITCH,
            severity=Severity.WARNING,
            subject=switch,
            sentence=f"{detail} Nothing is lost: work waits until the switch is off.",
        )
        for switch, detail in facts.stops.items()
    ]


STANDS_STILL = (
    "No cycle starts and nothing approved is carried out. Start it again (`make worker`), and see in its log why it "
    "stopped."
)
HEARTS = (
    ("worker", AlertKind.WORKER_SILENT, WORKER_SILENCE, "No worker has answered the bell", STANDS_STILL),
    ("beat", AlertKind.BEAT_SILENT, BEAT_SILENCE, "The schedule (celery beat) has not run", STANDS_STILL),
    (
        "watch",
        AlertKind.WATCH_SILENT,
        WATCH_SILENCE,
        "The watch (`manage.py watch`) has not looked",
        "Work goes on, and nobody would tell you if it did not. Start it again, and see in its log why it stopped.",
    ),
)


def silent_hearts(facts: PlatformFacts) -> list[Finding]:
    """The worker, the schedule that rings it, or the watch over both has shown no sign of life."""
    return [
        Finding(
            kind=kind,
            severity=Severity.CRITICAL,
            sentence=f"{words} for {ago(facts.now - facts.hearts[heart])}. {remedy}",
        )
        for heart, kind, silence, words, remedy in HEARTS
        if heart in facts.hearts and facts.now - facts.hearts[heart] > silence
    ]


def unjudged_tenants(facts: PlatformFacts) -> list[Finding]:
    """The conditions of a tenant could not be looked at, so its silence means nothing (pitfall A3)."""
    return [
        Finding(
            kind=AlertKind.EVALUATION_FAILED,
            severity=Severity.CRITICAL,
            subject=tenant,
            sentence=f"The alerts of {tenant} cannot be judged: {error}. Until this is mended, no news of it is no "
            "good news. The log has the event `alerts_unjudged`.",
        )
        for tenant, error in facts.unjudged.items()
    ]


def platform_notices_refused(facts: PlatformFacts) -> list[Finding]:
    """Those who run the installation cannot be told of its alerts."""
    finding = word_refused_notices(
        facts.refused_notices,
        facts.notice_error,
        "Look at ALERT_EMAILS, ALERT_WEBHOOK_URL and EMAIL_URL",
    )
    return [] if finding is None else [finding]


PLATFORM_CONDITIONS: tuple[Callable[[PlatformFacts], list[Finding]], ...] = (
    kill_switches,
    silent_hearts,
    unjudged_tenants,
    platform_notices_refused,
)


def judge_platform(facts: PlatformFacts) -> list[Finding]:
    """Everything that holds of the installation now."""
    return [finding for condition in PLATFORM_CONDITIONS for finding in condition(facts)]
