"""What the conditions of alerts may know, and what they answer: frozen, and free of the ORM.

Read by `agent.alerts.reading`, judged by `agent.alerts.rules` and `agent.alerts.demotion`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.alerts.states import AlertKind, Severity
from agent.states import SendMode


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A condition that holds now: what the operator reads, with the numbers behind it and what to do."""

    kind: AlertKind
    severity: Severity
    sentence: str
    subject: str = ""
    numbers: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """What became of the tenant's messages, told by the engine that sends them (`Engine.health`).

    `sent`, `hard_bounces` and `complaints` count from a moment that the reader chose; `usual_hour` is the mean of
    the hours of two weeks in which anything was sent, `usual_hours` how many those are. `mail_recovered` and
    `mail_missing` are of days that were counted in the last two.
    """

    sent: float = 0
    hard_bounces: float = 0
    complaints: float = 0
    sent_1h: float = 0
    usual_hour: float = 0
    usual_hours: float = 0
    provider_failures_15m: float = 0
    quota_errors_1h: float = 0
    suspicious_24h: float = 0
    mailboxes_lost: float = 0
    mailboxes_silent: float = 0
    mail_recovered: float = 0
    mail_missing: float = 0


@dataclass(frozen=True, kw_only=True)
class Lowered:
    """The last automatic demotion that nobody has raised again."""

    from_mode: SendMode
    to_mode: SendMode
    sentence: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class TenantFacts:
    """What the conditions may know of one tenant.

    `figures` are those of the last reflection, by engine and name; `stops` are the tenant's own switches that are off,
    each with the words of who flipped it; `unknown` are the conditions of which the facts say nothing either way.
    """

    now: datetime
    tenant: str
    send_mode: SendMode
    is_enabled: bool = True
    enabled_since: datetime | None = None
    settings_error: str = ""
    cycles_24h: int = 0
    failed_24h: int = 0
    last_error: str = ""
    last_finished_at: datetime | None = None
    abandoned_in_a_row: int = 0
    lease_since: datetime | None = None
    lease_holder: str = ""
    refusals_1h: int = 0
    refusals_usual: float = 0
    refusals_counted: int = 0
    refused_most: str = ""
    unknown_cards: int = 0
    oldest_unknown_at: datetime | None = None
    held_messages: int = 0
    refused_notices: int = 0
    notice_error: str = ""
    stops: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    mail: Mail = field(default_factory=Mail)
    lowered: Lowered | None = None
    unknown: frozenset[AlertKind] = frozenset()


@dataclass(frozen=True, kw_only=True)
class PlatformFacts:
    """What the conditions may know of the whole installation. A heart that never beat is not there."""

    now: datetime
    stops: Mapping[str, str] = field(default_factory=dict)
    hearts: Mapping[str, datetime] = field(default_factory=dict)
    unjudged: Mapping[str, str] = field(default_factory=dict)
    refused_notices: int = 0
    notice_error: str = ""
