"""Alerts, the notices that carry them to people, demotions, and the signs of life of our own processes.

An alert of one tenant, and the notices to its people, stand behind the tenant wall. What concerns the whole
installation has tables of its own, made of the same columns ("platform"). When an alert is due is `agent.alerts.rules`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.alerts.states import (
    ACTIVE_STATES,
    AlertKind,
    AlertState,
    Channel,
    DemotionCause,
    Heart,
    NoticeState,
    Severity,
)
from agent.states import SendMode
from agent.tenancy import TenantModel, TenantQuerySet


def _alert_checks(table: str) -> list[models.BaseConstraint]:
    """What holds of every alert, whichever table it stands in."""
    is_resolved = Q(state=AlertState.RESOLVED)
    return [
        models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name=f"{table}_kind_known"),
        models.CheckConstraint(condition=Q(severity__in=Severity.values), name=f"{table}_severity_known"),
        models.CheckConstraint(condition=Q(state__in=AlertState.values), name=f"{table}_state_known"),
        models.CheckConstraint(
            condition=Q(is_resolved, resolved_at__isnull=False) | Q(~is_resolved, resolved_at__isnull=True),
            name=f"{table}_resolved_has_end",
        ),
        models.CheckConstraint(
            condition=Q(state=AlertState.OPEN, acknowledged_at__isnull=True)
            | Q(state=AlertState.ACKNOWLEDGED, acknowledged_at__isnull=False)
            | is_resolved,
            name=f"{table}_acknowledged_when",
        ),
        models.CheckConstraint(condition=~Q(sentence=""), name=f"{table}_has_sentence"),
    ]


def _notice_checks(table: str) -> list[models.BaseConstraint]:
    """What holds of every notice, whichever table it stands in."""
    is_sent, is_frozen = Q(state=NoticeState.SENT), ~Q(state=NoticeState.GATHERING)
    return [
        models.CheckConstraint(condition=Q(channel__in=Channel.values), name=f"{table}_channel_known"),
        models.CheckConstraint(condition=Q(state__in=NoticeState.values), name=f"{table}_state_known"),
        models.CheckConstraint(
            condition=Q(is_frozen, frozen_at__isnull=False) | Q(~is_frozen, frozen_at__isnull=True),
            name=f"{table}_frozen_when",
        ),
        models.CheckConstraint(
            condition=Q(is_sent, sent_at__isnull=False) | Q(~is_sent, sent_at__isnull=True),
            name=f"{table}_sent_when",
        ),
    ]


class AlertColumns(models.Model):
    """One warning: what, about what, how bad, since when, and who looks after it."""

    kind = models.CharField(max_length=30, choices=AlertKind)
    subject = models.CharField(max_length=200, blank=True)
    severity = models.CharField(max_length=8, choices=Severity)
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.OPEN)
    sentence = models.TextField()
    numbers = models.JSONField(default=dict)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledged_why = models.CharField(max_length=500, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    # When the recipients were last told of it; the next reminder is counted from here.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{AlertKind(self.kind).label}: {self.subject}" if self.subject else AlertKind(self.kind).label

    @property
    def is_active(self) -> bool:
        """Whether its condition still holds."""
        return self.state in ACTIVE_STATES


class AlertQuerySet(TenantQuerySet):
    def active(self) -> AlertQuerySet:
        """Alerts whose condition still holds, the gravest and oldest first."""
        return self.filter(state__in=ACTIVE_STATES).order_by("severity", "first_seen_at", "id")

    def unattended(self) -> AlertQuerySet:
        """Alerts that nobody looks after yet."""
        return self.active().filter(state=AlertState.OPEN)


class Alert(AlertColumns, TenantModel):
    """A warning about one tenant (spec P0.7.3)."""

    objects = AlertQuerySet.as_manager()  # type: ignore[misc] # the stubs take the base manager for final

    class Meta(TenantModel.Meta):
        db_table = "agent_alerts"
        constraints = [
            *_alert_checks("agent_alerts"),
            # An unchanged condition is one alert, however often and by however many processes it is seen.
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject"],
                condition=Q(state__in=ACTIVE_STATES),
                name="agent_alerts_one_active",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "first_seen_at"], name="agent_alerts_state")]


class PlatformAlertQuerySet(models.QuerySet["PlatformAlert"]):
    def active(self) -> PlatformAlertQuerySet:
        """Alerts whose condition still holds, the gravest and oldest first."""
        return self.filter(state__in=ACTIVE_STATES).order_by("severity", "first_seen_at", "id")

    def unattended(self) -> PlatformAlertQuerySet:
        """Alerts that nobody looks after yet."""
        return self.active().filter(state=AlertState.OPEN)


class PlatformAlert(AlertColumns):
    """A warning about the whole installation; no tenant sees it."""

    objects = PlatformAlertQuerySet.as_manager()

    class Meta:
        db_table = "agent_platform_alerts"
        constraints = [
            *_alert_checks("platform_alerts"),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=ACTIVE_STATES),
                name="platform_alerts_one_active",
            ),
        ]


class NoticeColumns(models.Model):
    """One message about one or several alerts, by one channel: gathered, frozen, then tried until it is accepted."""

    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.GATHERING)
    # Names the message to whoever gets it twice: delivery is at least once.
    key = models.UUIDField()
    news = models.JSONField(default=list)
    gathered_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return (
            f"{Channel(self.channel).label} about {len(self.news)} alert{'s' if len(self.news) != 1 else ''}"
        )


class Notice(NoticeColumns, TenantModel):
    """A message to the people whom a tenant has named."""

    class Meta(TenantModel.Meta):
        db_table = "agent_alert_notices"
        constraints = [
            *_notice_checks("alert_notices"),
            models.UniqueConstraint(
                fields=["tenant", "channel"],
                condition=Q(state=NoticeState.GATHERING),
                name="alert_notices_one_gathering",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "next_try_at"], name="alert_notices_due")]


class PlatformNotice(NoticeColumns):
    """A message to those who run the installation: its own alerts and those of every tenant, in one."""

    class Meta:
        db_table = "agent_platform_notices"
        constraints = [
            *_notice_checks("platform_notices"),
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(state=NoticeState.GATHERING),
                name="platform_notices_one_gathering",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="platform_notices_due")]


class Demotion(TenantModel):
    """One automatic lowering of the tenant's send mode. Only a person raises it again; that is seen, not done, here."""

    cause = models.CharField(max_length=20, choices=DemotionCause)
    from_mode = models.CharField("from", max_length=20, choices=SendMode)
    to_mode = models.CharField("to", max_length=20, choices=SendMode)
    sentence = models.TextField()
    numbers = models.JSONField(default=dict)
    at = models.DateTimeField()
    # When the mode was first seen above `to_mode` again: what happened before is judged no more. Who raised it is empty
    # when they came by another door than the console.
    raised_at = models.DateTimeField(null=True, blank=True)
    raised_by = models.CharField(max_length=150, blank=True)
    raised_why = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "agent_demotions"
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=DemotionCause.values), name="agent_demotions_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(from_mode__in=SendMode.values, to_mode__in=SendMode.values),
                name="agent_demotions_modes_known",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="agent_demotions_at")]

    def __str__(self) -> str:
        return f"{self.from_mode} → {self.to_mode}: {DemotionCause(self.cause).label}"


class Watched(TenantModel):
    """Since when the tenant's agent has been seen enabled; nobody expects a cycle of one that was not."""

    enabled_since = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "agent_alert_watch"
        verbose_name = "watched agent"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="agent_alert_watch_one")]

    def __str__(self) -> str:
        return f"Enabled since {self.enabled_since:%Y-%m-%d %H:%M}" if self.enabled_since else "Not enabled"


class Heartbeat(models.Model):
    """When a kind of process last showed that it lives."""

    heart = models.CharField(max_length=10, primary_key=True, choices=Heart)
    process = models.CharField(max_length=200)
    beat_at = models.DateTimeField()

    class Meta:
        db_table = "agent_heartbeats"
        constraints = [
            models.CheckConstraint(condition=Q(heart__in=Heart.values), name="agent_heartbeats_known")
        ]

    def __str__(self) -> str:
        return f"{Heart(self.heart).label} at {self.beat_at:%Y-%m-%d %H:%M}"
