"""The words of alerts: kinds, severities, states, and how an operator reads each. No ORM and no rules here."""

from __future__ import annotations

from django.db import models


class AlertKind(models.TextChoices):
    """What an alert warns of. `agent.alerts.rules` says when, the runbook what to do."""

    CYCLES_FAIL = "cycles_fail", "Cycles fail"  # more than 20 % of a day's cycles
    NO_CYCLE = "no_cycle", "No cycle has finished"  # in 90 minutes, for an enabled tenant
    LEASE_STUCK = "lease_stuck", "A cycle does not end"  # the same cycle holds the lease for over an hour
    RUNS_ABANDONED = "runs_abandoned", "Runs die"  # three in a row
    SETTINGS_UNREADABLE = "settings_unreadable", "Settings are not understood"
    POLICY_SPIKE = "policy_spike", "Many actions are refused"  # spec: policy violation and block spikes
    COMPLIANCE_LOW = "compliance_low", "Engagement compliance is low"  # below 80 %
    ORDER_EXCEPTIONS = "order_exceptions", "Many orders have exceptions"  # above 10 %
    SEND_VOLUME = "send_volume", "Unusual send volume"  # twice the usual
    HARD_BOUNCES = "hard_bounces", "Many messages bounce"
    COMPLAINTS = "complaints", "Recipients complain"
    PROVIDER_FAILURES = "provider_failures", "The mail provider fails"  # five in 15 minutes
    GMAIL_QUOTA = "gmail_quota", "Gmail refuses for its quota"
    SUSPICIOUS_MAIL = "suspicious_mail", "Suspicious mail has come in"  # within a day
    MAILBOX_LOST = "mailbox_lost", "A mailbox cannot be read"  # its access was withdrawn or has expired
    MAILBOX_SILENT = "mailbox_silent", "A mailbox is not read"  # no success for 20 minutes
    MAIL_MISSING = "mail_missing", "Mail had passed us by"  # a day's count did not agree
    OUTCOME_UNKNOWN = "outcome_unknown", "Outcomes are unknown"  # for over an hour
    MAIL_HELD = "mail_held", "Messages wait for approval"  # for a day
    SEND_MODE_LOWERED = "send_mode_lowered", "The send mode was lowered"
    # Of a company or of the whole installation:
    KILL_SWITCH = "kill_switch", "A kill switch is on"  # of all work, or of mail alone
    NOTICES_REFUSED = "notices_refused", "Notices do not arrive"  # for a quarter of an hour
    # Of the whole installation:
    WORKER_SILENT = "worker_silent", "No worker reports"
    BEAT_SILENT = "beat_silent", "The schedule does not run"
    WATCH_SILENT = "watch_silent", "The watch does not run"
    EVALUATION_FAILED = "evaluation_failed", "Alerts cannot be judged"
    DATABASE_DOWN = "database_down", "The database does not answer"


class Severity(models.TextChoices):
    """How soon somebody must look, mildest first."""

    WARNING = "warning", "Warning"  # today
    CRITICAL = "critical", "Critical"  # now: work stands still, or harm is being done


SEVERITY_RANK: dict[str, int] = {str(severity): rank for rank, severity in enumerate(Severity)}


class AlertState(models.TextChoices):
    """Where an alert stands."""

    OPEN = "open", "Open"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"  # a person looks after it; no more reminders
    RESOLVED = "resolved", "Resolved"  # its condition is gone


ACTIVE_STATES = (AlertState.OPEN, AlertState.ACKNOWLEDGED)


class Change(models.TextChoices):
    """What a notice says of an alert: never that nothing has changed, except once a day."""

    OPENED = "opened", "New"
    WORSENED = "worsened", "Worse"
    REMINDER = "reminder", "Still open"
    RESOLVED = "resolved", "Resolved"


class Channel(models.TextChoices):
    """How a notice travels."""

    MAIL = "mail", "Mail"
    WEBHOOK = "webhook", "Webhook"


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    GATHERING = "gathering", "Gathering"  # more may be added until it leaves
    READY = "ready", "Being sent"  # its words are frozen; it is tried until it is accepted
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"  # nobody took it for a day, or nobody is named any more


class Heart(models.TextChoices):
    """The processes that must show every minute that they live; the watch and the worker look at each other."""

    WORKER = "worker", "Worker"
    BEAT = "beat", "Schedule"
    WATCH = "watch", "Watch"


class DemotionCause(models.TextChoices):
    """Why the send mode was lowered."""

    HARD_BOUNCES = "hard_bounces", "Too many messages bounced"
    COMPLAINTS = "complaints", "Recipients complained"
    SEND_VOLUME = "send_volume", "Far more was sent than usual"
    POLICY_BLOCKS = "policy_blocks", "Far more actions were refused than usual"
