"""The console's pages of alerts: what stands open, who looks after it, who was told, and lowered send modes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, badge, pairs, state_badge, table
from agent.alerts.models import (
    Alert,
    AlertColumns,
    Demotion,
    Heartbeat,
    Notice,
    PlatformAlert,
    PlatformNotice,
    Watched,
)
from agent.alerts.services import AlertClosed, acknowledge_alert
from agent.alerts.states import AlertKind, AlertState, Change, Severity
from agent.states import SendMode

SEVERITY_TONES = {Severity.WARNING: "warning", Severity.CRITICAL: "bad"}


def severity_badge(severity: str) -> str:
    """The badge of a stored severity."""
    return badge(Severity(severity).label, SEVERITY_TONES[Severity(severity)])


class ForSuperusers:
    """Pages of the installation: they name every company, so only those see them who may see every company."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def may_act(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


class AlertPages(RecordAdmin):
    """Alerts, of a tenant or of the installation: their conditions open and resolve them, a person acknowledges."""

    list_display = (
        "what",
        "how_bad",
        "stands",
        column("sentence", "In words"),
        column("first_seen_at", "Since"),
    )
    list_filter = ("state", "severity", "kind")
    ordering = ("-first_seen_at", "-id")
    empty_list = "No alert: every condition has been looked at, and none holds."
    button_methods = ("acknowledge",)
    refusals = (AlertClosed,)

    @admin.display(description="What", ordering="kind")
    def what(self, alert: AlertColumns) -> str:
        return str(alert)

    @admin.display(description="How bad", ordering="severity")
    def how_bad(self, alert: AlertColumns) -> str:
        return severity_badge(alert.severity)

    @admin.display(description="State", ordering="state")
    def stands(self, alert: AlertColumns) -> str:
        return state_badge(alert.state, AlertState(alert.state).label)

    def list_buttons(self, alert: AlertColumns) -> list[Button]:
        if alert.state != AlertState.OPEN:
            return []
        return [
            Button(
                method="acknowledge",
                label="I look after it",
                help_text="It reminds nobody any more, and is resolved by itself when its cause is gone.",
                takes_reason=True,
            )
        ]

    def acknowledge(self, request: HttpRequest, alert: AlertColumns) -> str:
        """Say who looks after it, with or without a word about how."""
        acknowledge_alert(
            alert=alert,
            actor=request.user.get_username(),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        return "It is yours. Its recipients are told when its cause is gone."

    def describe(self, alert: AlertColumns) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("State", state_badge(alert.state, AlertState(alert.state).label)),
            ("How bad", severity_badge(alert.severity)),
            ("In words", alert.sentence),
            ("Numbers", alert.numbers),
            ("Since", alert.first_seen_at),
            ("Last seen", alert.last_seen_at),
            ("Recipients last told", alert.told_at),
        ]
        if alert.acknowledged_at is not None:
            entries += [
                ("Looked after by", alert.acknowledged_by),
                ("From", alert.acknowledged_at),
                ("In their words", alert.acknowledged_why),
            ]
        if alert.resolved_at is not None:
            entries.append(("Resolved, its cause being gone", alert.resolved_at))
        return [Section(title="Alert", body=pairs(entries))]


class NoticePages(RecordAdmin):
    """Messages about alerts, in the words of their recipients."""

    list_display = (
        "__str__",
        "stands",
        column("sent_at", "Sent"),
        column("attempts", "Tries"),
        column("error", "Said"),
    )
    list_filter = ("state", "channel")
    ordering = ("-id",)
    empty_list = (
        "Nobody has been told of an alert: there was none, or nobody is named. A company names its people in its "
        "agent's settings (alert_emails, alert_webhook_url), the installation in ALERT_EMAILS and ALERT_WEBHOOK_URL."
    )

    @admin.display(description="State", ordering="state")
    def stands(self, notice: Any) -> str:
        return state_badge(notice.state, notice.get_state_display())

    def describe(self, notice: Any) -> list[Section]:
        entries = [
            ("State", state_badge(notice.state, notice.get_state_display())),
            ("By", notice.get_channel_display()),
            ("Gathered from", notice.gathered_at),
            ("Frozen", notice.frozen_at),
            ("Tries", notice.attempts),
            ("Next try", notice.next_try_at),
            ("What was said against it", notice.error),
            ("Sent", notice.sent_at),
            ("Its key, the same at every try", str(notice.key)),
        ]
        rows = [
            (
                Change(entry["change"]).label,
                severity_badge(entry["severity"]),
                entry["tenant"],
                AlertKind(entry["kind"]).label,
                entry["sentence"],
            )
            for entry in notice.news
        ]
        headers = ("News", "How bad", "Company", "What", "In words")
        return [
            Section(title="Notice", body=pairs(entries)),
            Section(title="Says", body=table(headers, rows)),
        ]


@admin.register(Alert)
class AlertAdmin(AlertPages):
    """Alerts of the company whose pages are shown."""


@admin.register(PlatformAlert)
class PlatformAlertAdmin(ForSuperusers, AlertPages):
    """Alerts of the installation, for those who run it."""


@admin.register(Notice)
class NoticeAdmin(NoticePages):
    """What the company's own people were told."""


@admin.register(PlatformNotice)
class PlatformNoticeAdmin(ForSuperusers, NoticePages):
    """What those who run the installation were told, of every company."""


@admin.register(Demotion)
class DemotionAdmin(RecordAdmin):
    """When the send mode was lowered by itself, and why."""

    list_display = (
        column("at", "When"),
        "cause",
        "step",
        column("sentence", "In words"),
        column("raised_at", "Raised"),
    )
    list_filter = ("cause",)
    ordering = ("-id",)
    empty_list = "The send mode has never been lowered by itself."

    @admin.display(description="From and to")
    def step(self, demotion: Demotion) -> str:
        return f"{demotion.from_mode} to {demotion.to_mode}".replace("_", " ")

    def describe(self, demotion: Demotion) -> list[Section]:
        entries = [
            ("When", demotion.at),
            ("In words", demotion.sentence),
            ("Numbers", demotion.numbers),
            ("Before", SendMode(demotion.from_mode).label),
            ("After", SendMode(demotion.to_mode).label),
            ("Lowered by", "the agent itself; only a person raises it again, under Set-up, Companies"),
        ]
        if demotion.raised_at is not None:
            entries += [
                ("Raised again, as seen", demotion.raised_at),
                ("By", demotion.raised_by or "somebody, not in the console"),
                ("In their words", demotion.raised_why),
            ]
        return [Section(title="Lowered send mode", body=pairs(entries))]


@admin.register(Heartbeat)
class HeartbeatAdmin(ForSuperusers, RecordAdmin):
    """Which of our processes have shown when that they live."""

    list_display = (
        column("heart", "What"),
        column("process", "Where"),
        column("beat_at", "Last sign of life"),
    )
    ordering = ("heart",)
    empty_list = "Neither a worker nor the schedule has run. Start them with: make worker"

    def describe(self, heartbeat: Heartbeat) -> list[Section]:
        entries = [("Where", heartbeat.process), ("Last sign of life", heartbeat.beat_at)]
        return [Section(title=heartbeat.get_heart_display(), body=pairs(entries))]


@admin.register(Watched)
class WatchedAdmin(RecordAdmin):
    """Since when the company's agent has been seen enabled: from then on cycles are expected of it."""

    list_display = ("__str__",)
    ordering = ("-id",)
    empty_list = "Nothing has looked at this company yet. A worker does each minute, and manage.py watch."

    def describe(self, watched: Watched) -> list[Section]:
        return [Section(title="Watched", body=pairs([("Enabled since", watched.enabled_since)]))]
