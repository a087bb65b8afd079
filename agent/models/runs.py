"""Cycles: the lease that makes them one at a time, what each did, saw, learned and foresaw, and hourly caps."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.states import Phase, RunState, StopReason
from agent.tenancy import TenantForeignKey, TenantModel, TenantQuerySet


class Lease(TenantModel):
    """Who may run this tenant's cycle. The token only grows: it is the fence of every write of the cycle."""

    holder = models.CharField(max_length=200)
    token = models.BigIntegerField()
    acquired_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # The holder's own connection: when PostgreSQL no longer knows it, its process is gone and the lease is free.
    backend_pid = models.IntegerField()
    backend_started_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "agent_tenant_locks"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="agent_tenant_locks_one")]

    def __str__(self) -> str:
        return f"{self.holder}, token {self.token}"


class Trigger(models.TextChoices):
    """Which door a cycle came through."""

    MANUAL = "manual", "Manual"
    SCHEDULED = "scheduled", "Scheduled"


class RunQuerySet(TenantQuerySet):
    def in_slot(self, slot: datetime) -> RunQuerySet:
        """The scheduled run that has taken an hour, if any."""
        return self.filter(slot=slot).exclude(state__in=[RunState.LOCKED, RunState.ABANDONED])


class Run(TenantModel):
    """One cycle of one tenant (spec P0.1)."""

    cycle_number = models.PositiveIntegerField(null=True, blank=True)
    trigger = models.CharField(max_length=10, choices=Trigger)
    slot = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RunState)
    stop_reason = models.CharField(max_length=30, choices=StopReason, blank=True)
    stop_detail = models.TextField(blank=True)
    phase = models.CharField(max_length=8, choices=Phase, blank=True)
    fence = models.BigIntegerField(null=True, blank=True)
    cycle_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    phases = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    work_block = models.JSONField(default=dict)
    drift = models.JSONField(default=dict)

    objects = RunQuerySet.as_manager()  # type: ignore[misc] # the stubs take the base manager for final

    class Meta(TenantModel.Meta):
        db_table = "agent_autonomous_runs"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="agent_runs_state_known"),
            models.CheckConstraint(
                condition=Q(stop_reason__in=["", *StopReason.values]), name="agent_runs_stop_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, finished_at__isnull=True)
                | (~Q(state=RunState.RUNNING) & Q(finished_at__isnull=False)),
                name="agent_runs_running_has_no_end",
            ),
            models.UniqueConstraint(fields=["tenant", "cycle_number"], name="agent_runs_cycle_number"),
            # One scheduled cycle a tenant and hour, whoever asks and however often.
            models.UniqueConstraint(
                fields=["tenant", "slot"],
                condition=Q(slot__isnull=False) & ~Q(state__in=[RunState.LOCKED, RunState.ABANDONED]),
                name="agent_runs_one_per_slot",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "started_at"], name="agent_runs_state")]

    def __str__(self) -> str:
        return f"Cycle {self.cycle_number}" if self.cycle_number else f"Run {self.pk} ({self.state})"


class LeftAlone(TenantModel):
    """A contact, order or message that a due query returned and that no card was proposed for, and why not."""

    run = TenantForeignKey(Run, models.PROTECT, related_name="left_alone")
    engine = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300)
    code = models.CharField(max_length=60)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "agent_left_alone"
        verbose_name = "left alone"
        verbose_name_plural = "left alone"
        indexes = [
            models.Index(fields=["tenant", "run"], name="agent_left_alone_run"),
            models.Index(fields=["tenant", "subject_kind", "subject_id"], name="agent_left_alone_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label}: {self.reason}"


class Reflection(TenantModel):
    """What one cycle learned: what changed, which figures moved, what was blocked, hints for the next hour."""

    run = TenantForeignKey(Run, models.PROTECT, related_name="reflections")
    changed = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    blocked = models.JSONField(default=list)
    hints = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "agent_hourly_reflections"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run"], name="agent_reflections_one_per_run")
        ]

    def __str__(self) -> str:
        return f"Reflection on {self.run}"


class Preview(TenantModel):
    """What the next hour would do, seen before it; the run that follows stores its drift from it."""

    made_at = models.DateTimeField()
    cycle_at = models.DateTimeField()
    items = models.JSONField(default=list)
    run = TenantForeignKey(Run, models.SET_NULL, null=True, related_name="previews")

    class Meta(TenantModel.Meta):
        db_table = "agent_previews"
        indexes = [models.Index(fields=["tenant", "id"], name="agent_previews_latest")]

    def __str__(self) -> str:
        return f"Preview of {self.cycle_at:%Y-%m-%d %H:%M}"


class Window(models.TextChoices):
    """How long a cap counts: one clock hour or one day, in UTC."""

    HOUR = "hour", "Hour"
    DAY = "day", "Day"


class RateLimit(TenantModel):
    """How much of one cap is used in one window (spec P0.6)."""

    key = models.CharField(max_length=300)
    window = models.CharField(max_length=4, choices=Window)
    window_start = models.DateTimeField()
    used = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        db_table = "agent_rate_limits"
        constraints = [
            models.CheckConstraint(
                condition=Q(window__in=Window.values), name="agent_rate_limits_window_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "window", "window_start", "key"], name="agent_rate_limits_window"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"


class ProviderWindow(models.Model):
    """How much of a mail provider's account all tenants together have used in one window."""

    key = models.CharField(max_length=300)
    window = models.CharField(max_length=4, choices=Window)
    window_start = models.DateTimeField()
    used = models.PositiveIntegerField()

    class Meta:
        db_table = "agent_provider_windows"
        constraints = [
            models.CheckConstraint(condition=Q(window__in=Window.values), name="provider_windows_known"),
            models.UniqueConstraint(fields=["window", "window_start", "key"], name="provider_windows_one"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"
