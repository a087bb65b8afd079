"""What recipients are told: news of alerts gathered into as few notices as possible, and their words.

A notice gathers until it may leave, so what happens in one minute, or while the day's cap is used up, is one message.
It is written in the transaction that changes the alert; sending it is `agent.alerts.delivery`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import sql

from agent.alerts.models import AlertColumns, Notice, PlatformNotice
from agent.alerts.states import AlertKind, Change, Channel, Severity
from agent.models import Tenant
from agent.tenant_settings import AgentSettings, InvalidAgentSettings

# Said of a notice whose recipients were taken out of the settings before it left.
NOBODY = "Nobody is named for it any more."
RECIPIENTS = ("alert_emails", "alert_webhook_url")
# A message lists so many alerts; the console has the rest.
MOST_ENTRIES = 50
# One statement, so that it cannot miss a notice that is being frozen: then it begins the next one.
GATHER_SQL = sql.SQL("""
    INSERT INTO {table} ({tenant} channel, state, key, news, attempts, error, gathered_at)
    VALUES ({value} %(channel)s, 'gathering', %(key)s, %(news)s::jsonb, 0, '', %(now)s)
    ON CONFLICT ({tenant} channel) WHERE state = 'gathering' DO UPDATE SET news = {table}.news || excluded.news
""")


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened to one alert, in the words of its recipients. `tenant` is empty for the installation's own."""

    change: Change
    kind: str
    subject: str
    severity: str
    sentence: str
    since: str
    at: str
    tenant: str = ""

    @classmethod
    def of(cls, alert: AlertColumns, change: Change) -> News:
        return cls(
            change=change,
            kind=alert.kind,
            subject=alert.subject,
            severity=alert.severity,
            sentence=alert.sentence,
            since=alert.first_seen_at.isoformat(),
            at=alert.last_seen_at.isoformat(),
        )

    def about(self, tenant: str) -> News:
        """The same news, naming whom it is about."""
        return replace(self, tenant=tenant)

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who is told: the people a tenant has named, or those who run the installation (`tenant_id` None)."""

    name: str
    tenant_id: int | None
    emails: tuple[str, ...] = ()
    webhook_url: str = ""
    webhook_secret: str = ""

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels by which anybody can be reached."""
        reached = {Channel.MAIL: bool(self.emails), Channel.WEBHOOK: bool(self.webhook_url)}
        return tuple(channel for channel, is_named in reached.items() if is_named)

    @property
    def book(self) -> type[Notice] | type[PlatformNotice]:
        """The table of its notices."""
        return PlatformNotice if self.tenant_id is None else Notice


def platform_audience() -> Audience:
    """Those who run the installation: `ALERT_EMAILS`, `ALERT_WEBHOOK_URL`, `ALERT_WEBHOOK_SECRET`."""
    return Audience(
        name="this installation",
        tenant_id=None,
        emails=tuple(settings.ALERT_EMAILS),
        webhook_url=settings.ALERT_WEBHOOK_URL,
        webhook_secret=settings.ALERT_WEBHOOK_SECRET,
    )


def tenant_audience(tenant: Tenant) -> Audience:
    """The people whom a tenant has named in its agent's settings.

    Those names are read by themselves: a mistake elsewhere in the settings is what these people must be told.
    """
    stored = {name: value for name, value in tenant.agent_settings.items() if name in RECIPIENTS}
    try:
        named = AgentSettings.parse(stored)
    except InvalidAgentSettings:
        named = AgentSettings()
    return Audience(
        name=tenant.name,
        tenant_id=tenant.pk,
        emails=named.alert_emails,
        webhook_url=named.alert_webhook_url,
        webhook_secret=webhook_secret_of(tenant),
    )


def webhook_secret_of(tenant: Tenant) -> str:
    """The key of a tenant's own webhook, derived from ours so that none can sign for another; empty without ours."""
    if not settings.ALERT_WEBHOOK_SECRET:
        return ""
    key = settings.ALERT_WEBHOOK_SECRET.encode()
    return hmac.new(key, f"tenant:{tenant.slug}".encode(), hashlib.sha256).hexdigest()


def gather_news(audience: Audience, news: Sequence[News], *, now: datetime) -> None:
    """Add news to the audience's gathering notices; one statement a channel by which somebody is named."""
    if not news:
        return
    is_tenants = audience.tenant_id is not None
    statement = GATHER_SQL.format(
        table=sql.Identifier(audience.book._meta.db_table),
        tenant=sql.SQL("tenant_id," if is_tenants else ""),
        value=sql.SQL("%(tenant)s," if is_tenants else ""),
    )
    values = {
        "tenant": audience.tenant_id,
        "news": json.dumps([entry.as_json() for entry in news]),
        "now": now,
    }
    with connection.cursor() as cursor:
        for channel in audience.channels:
            cursor.execute(statement, {**values, "channel": str(channel), "key": str(uuid.uuid4())})


def word_subject(news: Sequence[Mapping[str, Any]], audience: Audience) -> str:
    """The subject line: what is gravest, and how much more there is."""
    standing = [entry for entry in news if entry["change"] != Change.RESOLVED]
    if not standing:
        return f"Resolved for {audience.name}: {_count(len(news), 'alert')}"
    first = min(standing, key=lambda entry: entry["severity"] != Severity.CRITICAL)
    more = f" and {len(news) - 1} more" if len(news) > 1 else ""
    whom = first["tenant"] or audience.name
    return f"{Severity(first['severity']).label} for {whom}: {_title(first)}{more}"


def word_body(news: Sequence[Mapping[str, Any]], audience: Audience) -> str:
    """The message in plain text: what stands open first, the gravest on top, then what is over."""
    ranked = sorted(
        news,
        key=lambda entry: (entry["change"] == Change.RESOLVED, entry["severity"] != Severity.CRITICAL),
    )
    parts = [_word_entry(entry) for entry in ranked[:MOST_ENTRIES]]
    if len(ranked) > MOST_ENTRIES:
        parts.append(f"And {len(ranked) - MOST_ENTRIES} more: the console lists them all.")
    return "\n\n".join(
        [
            *parts,
            "Open the operator console, Alerts, to acknowledge what you look after: it then reminds nobody again. "
            "An alert is resolved by itself when its cause is gone.",
            f"You get this because your address is named for the alerts of {audience.name}.\n",
        ]
    )


def _word_entry(entry: Mapping[str, Any]) -> str:
    change, since = Change(entry["change"]), datetime.fromisoformat(entry["since"])
    whom = f" - {entry['tenant']}" if entry["tenant"] else ""
    head = f"[{change.label}] {Severity(entry['severity']).label}: {_title(entry)}{whom}"
    last = "It was: " if change == Change.RESOLVED else ""
    return f"{head}\nSince {since:%Y-%m-%d %H:%M} UTC. {last}{entry['sentence']}"


def _title(entry: Mapping[str, Any]) -> str:
    label = AlertKind(entry["kind"]).label
    return f"{label} ({entry['subject']})" if entry["subject"] else str(label)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
