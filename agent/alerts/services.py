"""Judging the conditions, keeping one alert for each that holds, and telling its recipients of changes only.

`watch_over` is the whole of it: every tenant, then the installation. It opens its own transactions and is safe to be
run by several processes at once: an advisory lock lets one judge a tenant at a time, and a unique key lets one alert be
active for a condition. Sending the notices is `agent.alerts.delivery`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from agent.alerts.demotion import decide_lowering, lower_send_mode, note_raised_mode
from agent.alerts.facts import Finding
from agent.alerts.models import Alert, AlertColumns, Heartbeat, PlatformAlert
from agent.alerts.notices import Audience, News, gather_news, platform_audience, tenant_audience
from agent.alerts.platform_rules import judge_platform
from agent.alerts.reading import read_lowered, read_platform, read_tenant
from agent.alerts.rules import CLEARS_AFTER, REMIND_AFTER, judge_tenant
from agent.alerts.states import SEVERITY_RANK, AlertKind, AlertState, Change, Heart
from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope

logger = structlog.get_logger(__name__)

# Names the advisory locks under which a tenant, or with 0 the installation, is judged.
LOCK_NAME = "agent.alerts"
SEEN_FIELDS = ["sentence", "numbers", "severity", "last_seen_at", "told_at"]


class AlertClosed(RuntimeError):
    """The alert cannot be acknowledged: it was, or its condition is gone."""


def watch_over(*, now: datetime) -> int:
    """Judge every tenant and the installation; returns how many alerts were opened."""
    refuse_tenant_scope("watch_over")
    opened, unjudged = 0, {}
    for tenant in Tenant.objects.order_by("pk"):
        try:
            opened += evaluate_tenant(tenant=tenant, now=now)
        except Exception as error:
            # A database that does not answer is everybody's trouble, and the caller's to tell. Whatever else ails one
            # tenant, a deadlock or a statement out of time too, must not keep the others from being watched.
            if isinstance(error, (InterfaceError, OperationalError)) and not connection.is_usable():
                raise
            logger.exception("alerts_unjudged", tenant=tenant.slug)
            unjudged[tenant.name] = f"{type(error).__name__}: {error}"[:300]
    return opened + evaluate_platform(now=now, unjudged=unjudged)


def evaluate_tenant(*, tenant: Tenant, now: datetime) -> int:
    """Judge one tenant, lower its send mode when that is due, and bring its alerts up to date; returns the new ones."""
    refuse_tenant_scope("evaluate_tenant")
    with tenant_scope(tenant):
        _take_turn(tenant.pk)
        tenant = Tenant.objects.get(pk=tenant.pk)
        facts = read_tenant(tenant=tenant, now=now)
        if facts.lowered is not None and note_raised_mode(tenant=tenant, mode=facts.send_mode, now=now):
            # What counted until now has been answered by a person; the next minute counts from their answer.
            facts = read_tenant(tenant=tenant, now=now)
        findings = judge_tenant(facts)
        lowering = decide_lowering(facts)
        if lowering is not None and lower_send_mode(tenant=tenant, lowering=lowering, now=now):
            lowered = replace(facts, lowered=read_lowered())
            findings = judge_tenant(lowered)
        news = _bring_up_to_date(Alert, findings, unknown=facts.unknown, now=now)
        _tell(news, [tenant_audience(tenant), platform_audience()], about=tenant.name, now=now)
    return sum(entry.change == Change.OPENED for entry in news)


def evaluate_platform(*, now: datetime, unjudged: dict[str, str]) -> int:
    """Judge the installation and bring its alerts up to date; returns the new ones."""
    with transaction.atomic():
        _take_turn(0)
        findings = judge_platform(read_platform(now=now, unjudged=unjudged))
        news = _bring_up_to_date(PlatformAlert, findings, now=now)
        _tell(news, [platform_audience()], about="", now=now)
    return sum(entry.change == Change.OPENED for entry in news)


def acknowledge_alert(*, alert: AlertColumns, actor: str, reason: str, now: datetime) -> None:
    """Say that a person looks after an alert: it stays until its condition is gone, and reminds nobody any more.

    Raises `AlertClosed` when somebody was faster.
    """
    changed = (
        type(alert)
        ._default_manager.filter(pk=alert.pk, state=AlertState.OPEN)
        .update(
            state=AlertState.ACKNOWLEDGED,
            acknowledged_by=actor,
            acknowledged_at=now,
            acknowledged_why=reason.strip()[:500],
        )
    )
    if not changed:
        current = type(alert)._default_manager.get(pk=alert.pk)
        by = f" by {current.acknowledged_by}" if current.acknowledged_by else ""
        raise AlertClosed(f"This alert is {AlertState(current.state).label.lower()} already{by}.")


def record_heartbeat(*, heart: Heart, now: datetime) -> None:
    """Note that a process of this kind lives; one statement."""
    process = f"{socket.gethostname()}:{os.getpid()}"
    Heartbeat.objects.bulk_create(
        [Heartbeat(heart=heart, process=process, beat_at=now)],
        update_conflicts=True,
        unique_fields=["heart"],
        update_fields=["process", "beat_at"],
    )


def _take_turn(key: int) -> None:
    """Until the end of this transaction nobody else judges the same; who comes second finds nothing new to tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [LOCK_NAME, key])


def _bring_up_to_date(
    book: type[Any], findings: Sequence[Finding], *, now: datetime, unknown: Collection[AlertKind] = ()
) -> list[News]:
    """Open, refresh and resolve the alerts of one table; returns what its recipients have not been told yet.

    An alert of an `unknown` kind stays as it is: that nobody can tell is no good news. One statement to read; one each
    to insert, refresh and resolve, when there is any.
    """
    active = {(alert.kind, alert.subject): alert for alert in book.objects.active()}
    opened, seen, news = [], [], []
    for finding in findings:
        alert = active.pop((finding.kind, finding.subject), None)
        if alert is None:
            alert = _open(book, finding, now)
            opened.append(alert)
            news.append(News.of(alert, Change.OPENED))
        else:
            change = _refresh(alert, finding, now)
            seen.append(alert)
            if change is not None:
                news.append(News.of(alert, change))
    gone = [alert for alert in active.values() if alert.kind not in unknown and _is_gone(alert, now)]
    book.objects.bulk_create(opened)
    if seen:
        book.objects.bulk_update(seen, SEEN_FIELDS)
    if gone:
        book.objects.filter(pk__in=[alert.pk for alert in gone]).update(
            state=AlertState.RESOLVED, resolved_at=now
        )
    return news + [News.of(alert, Change.RESOLVED) for alert in gone]


def _open(book: type[Any], finding: Finding, now: datetime) -> Any:
    return book(
        kind=finding.kind,
        subject=finding.subject,
        severity=finding.severity,
        sentence=finding.sentence,
        numbers=dict(finding.numbers),
        first_seen_at=now,
        last_seen_at=now,
        told_at=now,
    )


def _refresh(alert: Any, finding: Finding, now: datetime) -> Change | None:
    """Take over the condition as it is now; says what is worth telling, which for an unchanged one is nothing."""
    is_worse = SEVERITY_RANK[finding.severity] > SEVERITY_RANK[alert.severity]
    is_forgotten = alert.state == AlertState.OPEN and now - alert.told_at >= REMIND_AFTER
    alert.severity, alert.sentence = finding.severity, finding.sentence
    alert.numbers, alert.last_seen_at = dict(finding.numbers), now
    if not (is_worse or is_forgotten):
        return None
    alert.told_at = now
    return Change.WORSENED if is_worse else Change.REMINDER


def _is_gone(alert: Any, now: datetime) -> bool:
    """Whether the condition has been gone long enough: one that comes and goes is one alert."""
    patience = CLEARS_AFTER.get(AlertKind(alert.kind))
    return patience is None or now - alert.last_seen_at >= patience


def _tell(news: Sequence[News], audiences: Sequence[Audience], *, about: str, now: datetime) -> None:
    """Put the news into the next notice of each audience, in the transaction that made it."""
    for audience in audiences:
        gather_news(audience, [entry.about(about) for entry in news], now=now)
