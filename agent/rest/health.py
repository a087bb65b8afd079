"""How the agent of one tenant is doing, in a document for other programs. A fixed number of statements.

The metrics carry the specification's names; `docs/metrics.md` says what each counts and has them for Prometheus.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from agent.alerts.models import Alert, Heartbeat
from agent.alerts.states import Severity
from agent.metrics.counting import read_counters
from agent.models import Card, Reflection, Run, Switch, SwitchChange, SystemConfig, Tenant
from agent.states import OPEN_STATES, CardState, RunState
from agent.switches import effective_send_mode, read_environment_stop, read_mail_stop, read_stop
from agent.tenant_settings import InvalidAgentSettings

DAY = timedelta(days=1)
CHANGES_SHOWN = 10
# Metric of the specification -> which counter it is, and by which end of the counter's key.
COUNTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "agent.cycles.completed": ("runs", (RunState.COMPLETED, "count")),
    "agent.cycles.failed": ("runs", (RunState.FAILED, "count")),
    "agent.actions.planned": ("moves", ("planned",)),
    "agent.actions.executed": ("moves", (CardState.DONE,)),
    "agent.actions.blocked": ("moves", (CardState.BLOCKED,)),
    "agent.orders.processed": ("events", ("order.validated",)),
    "agent.orders.exceptions": ("events", ("order.exception",)),
    "gmail.messages.processed": ("events", ("mail.message.received",)),
}
# The specification counts those of one engine apart.
MAIL_CARDS, MAIL = "gmail.cards.created", "mail"
COMPLIANCE = "engagement.compliance"


def describe_state(*, tenant: Tenant) -> dict[str, Any]:
    """Whether the tenant's agent may work and how far its messages travel, by which switches, and who flipped them."""
    stop, mail_stop = read_stop(tenant.pk), read_mail_stop(tenant.pk)
    config = SystemConfig.objects.filter(pk=1).first()
    changes = SwitchChange.objects.filter(company__in=["", tenant.slug]).order_by("-id")[:CHANGES_SHOWN]
    return {
        "tenant": tenant.slug,
        "may_work": stop is None,
        "stop": {"reason": str(stop.reason), "detail": stop.detail} if stop else None,
        "may_mail": stop is None and not mail_stop,
        "mail_stop": mail_stop,
        "send_mode": _send_mode(tenant),
        "switches": {
            "environment": read_environment_stop() is None,
            "all_companies": config is not None and config.global_enabled,
            "company": tenant.agent_enabled,
            "mail_of_all_companies": config is not None and config.mail_enabled,
            "mail_of_company": tenant.mail_enabled,
        },
        "changes": [_describe_change(change) for change in changes],
    }


def describe_health(*, tenant: Tenant, now: datetime) -> dict[str, Any]:
    """The state, what stands open, the last cycles, and the metrics; graver alerts make a graver word."""
    state = describe_state(tenant=tenant)
    alerts = list(Alert.objects.active())
    return {
        "status": _word(state["may_work"], alerts),
        "at": now,
        "state": state,
        "alerts": [_describe_alert(alert) for alert in alerts],
        "last_cycle": _describe_last_cycle(now),
        "runs_of_last_24_hours": _count_runs(now),
        "open_cards": _count_cards(),
        "processes": {heart.heart: heart.beat_at for heart in Heartbeat.objects.order_by("heart")},
        "metrics": _read_metrics(),
    }


def _word(may_work: bool, alerts: list[Alert]) -> str:
    if not may_work:
        return "stopped"
    graves = {alert.severity for alert in alerts}
    if Severity.CRITICAL in graves:
        return "critical"
    return "warning" if graves else "ok"


def _send_mode(tenant: Tenant) -> str | None:
    try:
        return str(effective_send_mode(tenant.settings))
    except InvalidAgentSettings:
        # There is an alert of its own for it, and nothing is sent.
        return None


def _describe_change(change: SwitchChange) -> dict[str, Any]:
    return {
        "reach": "company" if change.company else "all",
        "switch": str(Switch(change.switch)),
        "is_on": change.is_enabled,
        "by": change.actor,
        "reason": change.reason,
        "at": change.at,
    }


def _describe_alert(alert: Alert) -> dict[str, Any]:
    names = ("id", "kind", "severity", "state", "sentence", "first_seen_at")
    return {name: getattr(alert, name) for name in names}


def _describe_last_cycle(now: datetime) -> dict[str, Any] | None:
    run = Run.objects.filter(state=RunState.COMPLETED).order_by("-started_at").first()
    if run is None or run.finished_at is None:
        return None
    age = max((now - run.finished_at).total_seconds(), 0.0)
    return {
        "id": run.pk,
        "cycle_number": run.cycle_number,
        "finished_at": run.finished_at,
        "age_seconds": age,
    }


def _count_runs(now: datetime) -> dict[str, int]:
    rows = Run.objects.filter(state__in=RunState.values, started_at__gt=now - DAY).order_by()
    found = dict(rows.values_list("state").annotate(runs=Count("id")))
    return {state: found.get(state, 0) for state in RunState.values}


def _count_cards() -> dict[str, int]:
    rows = Card.objects.filter(state__in=OPEN_STATES).order_by()
    found = dict(rows.values_list("state").annotate(cards=Count("id")))
    return {state: found.get(state, 0) for state in sorted(OPEN_STATES)}


def _read_metrics() -> dict[str, float]:
    counters = read_counters()
    counted = {
        name: sum(value for key, value in counters[source].items() if key[-len(end) :] == end)
        for name, (source, end) in COUNTED.items()
    }
    counted[MAIL_CARDS] = sum(
        value
        for (engine, *_, move), value in counters["moves"].items()
        if (engine, move) == (MAIL, "planned")
    )
    reflection = Reflection.objects.order_by("-id").first()
    compliance = reflection.figures.get(COMPLIANCE) if reflection else None
    return counted if compliance is None else {**counted, "agent.engagement.compliance_rate": compliance}
