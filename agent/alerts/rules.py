"""When an alert is due: pure functions over frozen facts. No ORM, no clock, no settings.

Every rate has a floor below which it says nothing (pitfall A4). The installation's own conditions are
`agent.alerts.platform_rules`, those of mailboxes `agent.alerts.mailbox_rules`; what is read from where is
`agent.alerts.reading`; what becomes of a finding is `agent.alerts.services`. Thresholds are the specification's
(P0.7.3 and "Alerts to Configure") where it names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from agent.alerts.facts import Finding, TenantFacts
from agent.alerts.mailbox_rules import mail_missing, mailbox_lost, mailbox_silent
from agent.alerts.states import AlertKind, Severity
from agent.alerts.words import ago, count, percent, word_refused_notices

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

CYCLE_OVERDUE = timedelta(minutes=90)
FAILURE_RATE, FAILURE_FLOOR = 0.20, 5
LEASE_LIMIT = HOUR
ABANDONED_LIMIT = 3
POLICY_FLOOR, POLICY_FACTOR = 10, 3
COMPLIANCE_MIN, COMPLIANCE_FLOOR = 0.80, 10
EXCEPTION_RATE, EXCEPTION_FLOOR = 0.10, 10
VOLUME_FACTOR, VOLUME_FLOOR, VOLUME_HISTORY = 2, 20, 5
BOUNCE_WARN, COMPLAINT_WARN, COMPLAINT_FLOOR, SENT_FLOOR = 0.02, 0.001, 2, 100
PROVIDER_LIMIT = 5
UNKNOWN_AFTER = HOUR
HELD_AFTER = DAY
NOTICE_LATE = timedelta(minutes=15)
REMIND_AFTER = DAY


def cycles_fail(facts: TenantFacts) -> Finding | None:
    """More than 20 % of the cycles of 24 hours failed or died, of at least five."""
    if facts.cycles_24h < FAILURE_FLOOR or facts.failed_24h <= FAILURE_RATE * facts.cycles_24h:
        return None
    last = f" The last one said: {facts.last_error}" if facts.last_error else ""
    return Finding(
        kind=AlertKind.CYCLES_FAIL,
        severity=Severity.CRITICAL,
        sentence=f"{facts.failed_24h} of {facts.cycles_24h} cycles failed in 24 hours "
        f"({percent(facts.failed_24h / facts.cycles_24h)}; the limit is 20 %).{last} "
        "Open the failed runs and mend what they name.",
        numbers={"failed": facts.failed_24h, "cycles": facts.cycles_24h},
    )


def no_cycle(facts: TenantFacts) -> Finding | None:
    """No cycle has finished for 90 minutes although the agent was enabled all that time."""
    since = facts.enabled_since
    if not facts.is_enabled or since is None or facts.now - since < CYCLE_OVERDUE:
        return None
    last = facts.last_finished_at
    if last is not None and facts.now - last < CYCLE_OVERDUE:
        return None
    said = f"The last one finished {ago(facts.now - last)} ago" if last else "None finished in a day"
    return Finding(
        kind=AlertKind.NO_CYCLE,
        severity=Severity.CRITICAL,
        sentence=f"No cycle has finished in 90 minutes. {said}. Is the worker up, with the schedule inside, and "
        "does the broker answer? `manage.py run_cycle` runs one by hand.",
    )


def lease_stuck(facts: TenantFacts) -> Finding | None:
    """One cycle has held the tenant's lease for more than an hour; its own limit is 15 minutes."""
    if facts.lease_since is None or facts.now - facts.lease_since <= LEASE_LIMIT:
        return None
    return Finding(
        kind=AlertKind.LEASE_STUCK,
        severity=Severity.CRITICAL,
        sentence=f"The process {facts.lease_holder} has held the lease for {ago(facts.now - facts.lease_since)}, "
        "so no other cycle can run. A cycle may take 15 minutes. Look what that process waits for, and end it.",
    )


def runs_abandoned(facts: TenantFacts) -> Finding | None:
    """Three runs in a row died with their process."""
    if facts.abandoned_in_a_row < ABANDONED_LIMIT:
        return None
    paused = "" if facts.is_enabled else " The agent was paused for it."
    return Finding(
        kind=AlertKind.RUNS_ABANDONED,
        severity=Severity.CRITICAL,
        sentence=f"The last {facts.abandoned_in_a_row} runs died with their process.{paused} Look into the system's "
        "log for what ended it (often memory), then enable the agent and run one cycle by hand.",
        numbers={"runs": facts.abandoned_in_a_row},
    )


def settings_unreadable(facts: TenantFacts) -> Finding | None:
    """The agent's settings hold something that it does not understand, so it does nothing."""
    if not facts.settings_error:
        return None
    return Finding(
        kind=AlertKind.SETTINGS_UNREADABLE,
        severity=Severity.CRITICAL,
        sentence=f"The agent does nothing: {facts.settings_error} Correct the settings under Set-up, Companies.",
    )


def policy_spike(facts: TenantFacts) -> Finding | None:
    """Ten or more actions were refused within an hour, and three times what an hour of the last week saw."""
    if not is_spike(facts.refusals_1h, facts):
        return None
    return Finding(
        kind=AlertKind.POLICY_SPIKE,
        severity=Severity.WARNING,
        sentence=f"{facts.refusals_1h} actions were refused in the last hour; usual is {facts.refusals_usual:.1f}. "
        f"Most often by the rule {facts.refused_most}. Open Policy violations: is the rule right, or the proposals?",
        numbers={"refused": facts.refusals_1h, "usual": facts.refusals_usual},
    )


def is_spike(refusals: int, facts: TenantFacts) -> bool:
    """Whether so many refusals in one hour are at least ten and above the usual."""
    return refusals >= max(POLICY_FLOOR, POLICY_FACTOR * facts.refusals_usual)


def compliance_low(facts: TenantFacts) -> Finding | None:
    """Fewer than 80 % of the contacts and accounts were touched in time."""
    share = facts.figures.get("engagement.compliance")
    clocks = facts.figures.get("engagement.contacts", 0) + facts.figures.get("engagement.accounts", 0)
    if share is None or clocks < COMPLIANCE_FLOOR or share >= COMPLIANCE_MIN:
        return None
    late = facts.figures.get("engagement.overdue_contacts", 0)
    return Finding(
        kind=AlertKind.COMPLIANCE_LOW,
        severity=Severity.WARNING,
        sentence=f"{percent(share)} of contacts and accounts are in contact in time; the limit is 80 %. "
        f"{late:.0f} contacts are overdue. Do messages leave (send mode, caps), and do messages wait for approval?",
        numbers={"compliance": share, "overdue": late},
    )


def order_exceptions(facts: TenantFacts) -> Finding | None:
    """More than 10 % of the open orders have something wrong."""
    rate, orders = facts.figures.get("orders.exception_rate"), facts.figures.get("orders.orders_open", 0)
    if rate is None or orders < EXCEPTION_FLOOR or rate <= EXCEPTION_RATE:
        return None
    wrong = facts.figures.get("orders.orders_with_exceptions", 0)
    return Finding(
        kind=AlertKind.ORDER_EXCEPTIONS,
        severity=Severity.WARNING,
        sentence=f"{wrong:.0f} of {orders:.0f} open orders have exceptions ({percent(rate)} of those looked at; the "
        "limit is 10 %). Open Exceptions: one cause, such as a missing price or client, often explains most.",
        numbers={"rate": rate, "orders": orders},
    )


def send_volume(facts: TenantFacts) -> Finding | None:
    """Twice as many messages left within an hour as in a usual hour of sending, and at least twenty."""
    mail = facts.mail
    if mail.usual_hours < VOLUME_HISTORY or mail.sent_1h < max(VOLUME_FLOOR, VOLUME_FACTOR * mail.usual_hour):
        return None
    return Finding(
        kind=AlertKind.SEND_VOLUME,
        severity=Severity.WARNING,
        sentence=f"{mail.sent_1h:.0f} messages left in the last hour; an hour of sending usually has "
        f"{mail.usual_hour:.1f}. Open the done cards: is that what should have been sent? If not, stop mail.",
        numbers={"sent": mail.sent_1h, "usual": mail.usual_hour},
    )


def hard_bounces(facts: TenantFacts) -> Finding | None:
    """At least 2 % of a week's messages bounced for good, of at least a hundred."""
    mail = facts.mail
    if mail.sent < SENT_FLOOR or mail.hard_bounces < BOUNCE_WARN * mail.sent:
        return None
    return Finding(
        kind=AlertKind.HARD_BOUNCES,
        severity=Severity.WARNING,
        sentence=f"{mail.hard_bounces:.0f} of {mail.sent:.0f} messages bounced for good "
        f"({percent(mail.hard_bounces / mail.sent)}; from 5 % on the send mode is lowered). Providers shut out "
        "senders for this. Where did these addresses come from?",
        numbers={"bounces": mail.hard_bounces, "sent": mail.sent},
    )


def complaints(facts: TenantFacts) -> Finding | None:
    """Recipients reported a week's messages as spam: 0.1 % of at least a hundred, and at least two of them."""
    mail = facts.mail
    if not _is_over(mail.complaints, mail.sent, COMPLAINT_WARN):
        return None
    return Finding(
        kind=AlertKind.COMPLAINTS,
        severity=Severity.CRITICAL,
        sentence=f"{mail.complaints:.0f} recipients of {mail.sent:.0f} messages reported them as spam "
        f"({percent(mail.complaints / mail.sent)}; from 0.3 % on the send mode is lowered). Read what they were "
        "sent: who are they, and did they ask for it?",
        numbers={"complaints": mail.complaints, "sent": mail.sent},
    )


def _is_over(count: float, sent: float, rate: float) -> bool:
    """Whether complaints reach a rate, on a sample that allows a verdict."""
    return sent >= SENT_FLOOR and count >= COMPLAINT_FLOOR and count >= rate * sent


def provider_failures(facts: TenantFacts) -> Finding | None:
    """The mail provider failed at least five times within 15 minutes."""
    failures = facts.mail.provider_failures_15m
    if failures < PROVIDER_LIMIT:
        return None
    return Finding(
        kind=AlertKind.PROVIDER_FAILURES,
        severity=Severity.CRITICAL,
        sentence=f"The mail provider failed {failures:.0f} times in 15 minutes. Nothing is lost: messages wait and are "
        "tried again. Open Provider failures for its words, then check its status page and our credentials.",
        numbers={"failures": failures},
    )


def gmail_quota(facts: TenantFacts) -> Finding | None:
    """Gmail refused requests for its quota within the last hour."""
    errors = facts.mail.quota_errors_1h
    if not errors:
        return None
    return Finding(
        kind=AlertKind.GMAIL_QUOTA,
        severity=Severity.WARNING,
        sentence=f"Gmail refused {errors:.0f} requests in the last hour because its quota is used up. Mail is read "
        "later, none is lost. If it goes on, poll less often or ask Google for more.",
        numbers={"errors": errors},
    )


def suspicious_mail(facts: TenantFacts) -> Finding | None:
    """Phishing, pressure on a value, or orders to programs came in within the last day."""
    mails = facts.mail.suspicious_24h
    if not mails:
        return None
    return Finding(
        kind=AlertKind.SUSPICIOUS_MAIL,
        severity=Severity.WARNING,
        sentence=f"{count(int(mails), 'mail', 'mails')} of the last day may be phishing, pressure on a value, or "
        "orders to a program. Nothing followed: open Messages, filter by what they are about, and warn whom they may "
        "concern.",
        numbers={"mails": mails},
    )


def outcome_unknown(facts: TenantFacts) -> Finding | None:
    """Nobody can say what became of an effect, for more than an hour."""
    if not facts.unknown_cards or facts.oldest_unknown_at is None:
        return None
    return Finding(
        kind=AlertKind.OUTCOME_UNKNOWN,
        severity=Severity.CRITICAL,
        sentence=f"{count(facts.unknown_cards, 'card has', 'cards have')} an outcome that nobody could tell, the "
        f"oldest for {ago(facts.now - facts.oldest_unknown_at)}. They are never sent again by themselves: look at the "
        "provider for their Message-IDs and settle them in the console.",
        numbers={"cards": facts.unknown_cards},
    )


def mail_held(facts: TenantFacts) -> Finding | None:
    """Messages have waited for a person's approval for a day, or for half the time they have."""
    if not facts.held_messages:
        return None
    return Finding(
        kind=AlertKind.MAIL_HELD,
        severity=Severity.WARNING,
        sentence=f"{count(facts.held_messages, 'message waits', 'messages wait')} for approval for more than a day. "
        "They lapse if nobody decides: open Waiting for approval.",
        numbers={"messages": facts.held_messages},
    )


def send_mode_lowered(facts: TenantFacts) -> Finding | None:
    """The send mode was lowered automatically, and nobody has raised it again."""
    if facts.lowered is None:
        return None
    return Finding(
        kind=AlertKind.SEND_MODE_LOWERED,
        severity=Severity.CRITICAL,
        sentence=f"{facts.lowered.sentence} It stays there until a person raises it under Set-up, Companies; what "
        "happened before that will not be counted again.",
        numbers={"from": facts.lowered.from_mode, "to": facts.lowered.to_mode},
    )


def agent_stopped(facts: TenantFacts) -> Finding | None:
    """A person has stopped the tenant's agent. That its runs died and paused it is an alert of its own."""
    if facts.abandoned_in_a_row >= ABANDONED_LIMIT:
        return None
    return _stopped(facts, "agent")


def mail_stopped(facts: TenantFacts) -> Finding | None:
    """A person has stopped the tenant's mail; everything else goes on."""
    return _stopped(facts, "mail")


def _stopped(facts: TenantFacts, switch: str) -> Finding | None:
    """A switch of the tenant's own: expected by whoever flipped it, and not to be forgotten."""
    if switch not in facts.stops:
        return None
    return Finding(
        kind=AlertKind.KILL_SWITCH,
        severity=Severity.WARNING,
        subject=switch,
        sentence=f"{facts.stops[switch]} Nothing is lost: work waits until the switch is off.",
    )


def own_notices_refused(facts: TenantFacts) -> Finding | None:
    """The tenant's own people cannot be told of its alerts."""
    return word_refused_notices(
        facts.refused_notices,
        facts.notice_error,
        "Correct alert_emails or alert_webhook_url under Set-up, Companies",
    )


TENANT_CONDITIONS: tuple[Callable[[TenantFacts], Finding | None], ...] = (
    settings_unreadable,
    cycles_fail,
    no_cycle,
    lease_stuck,
    runs_abandoned,
    agent_stopped,
    mail_stopped,
    send_mode_lowered,
    complaints,
    hard_bounces,
    provider_failures,
    gmail_quota,
    suspicious_mail,
    mailbox_lost,
    mailbox_silent,
    mail_missing,
    outcome_unknown,
    send_volume,
    policy_spike,
    mail_held,
    compliance_low,
    order_exceptions,
    own_notices_refused,
)
# How long a condition must be gone before its alert is resolved, so that one that comes and goes is one alert.
# Those that are plainly true or false are resolved at once.
CLEARS_AFTER: Mapping[AlertKind, timedelta] = {
    AlertKind.POLICY_SPIKE: HOUR,
    AlertKind.SEND_VOLUME: HOUR,
    AlertKind.PROVIDER_FAILURES: timedelta(minutes=30),
    AlertKind.GMAIL_QUOTA: HOUR,
    AlertKind.HARD_BOUNCES: HOUR,
    AlertKind.COMPLAINTS: HOUR,
    AlertKind.CYCLES_FAIL: HOUR,
    # Judged by the figures of a cycle; a rate that wavers around its limit must not tell of each crossing.
    AlertKind.COMPLIANCE_LOW: timedelta(hours=6),
    AlertKind.ORDER_EXCEPTIONS: timedelta(hours=6),
    # The worker and the watch need not see the same: an environment is a process's own.
    AlertKind.KILL_SWITCH: timedelta(minutes=5),
    AlertKind.EVALUATION_FAILED: timedelta(minutes=5),
}
# What the engines tell of mail, and what cycles report: not to be had while the settings are not understood.
BY_MAIL = frozenset(
    {
        AlertKind.HARD_BOUNCES,
        AlertKind.COMPLAINTS,
        AlertKind.SEND_VOLUME,
        AlertKind.PROVIDER_FAILURES,
        AlertKind.GMAIL_QUOTA,
        AlertKind.SUSPICIOUS_MAIL,
        AlertKind.MAILBOX_LOST,
        AlertKind.MAILBOX_SILENT,
        AlertKind.MAIL_MISSING,
    }
)
BY_FIGURES: Mapping[AlertKind, str] = {
    AlertKind.COMPLIANCE_LOW: "engagement.compliance",
    AlertKind.ORDER_EXCEPTIONS: "orders.exception_rate",
}


def judge_tenant(facts: TenantFacts) -> list[Finding]:
    """Everything that holds of the tenant now."""
    return [finding for condition in TENANT_CONDITIONS if (finding := condition(facts)) is not None]
