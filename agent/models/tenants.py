"""The two global tables of the kernel: the tenants, and the switches above all of them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models

from agent.tenant_settings import AgentSettings, InvalidAgentSettings


class TenantKind(models.TextChoices):
    """What trade the company follows (domain, section 1)."""

    AMC = "amc", "Appraisal management company"
    APPRAISAL_FIRM = "appraisal_firm", "Appraisal firm"


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not an IANA time zone."""
    if value not in available_timezones():
        raise ValidationError(f"{value} is not a time zone. Use an IANA name such as America/Denver.")


def validate_agent_settings(value: object) -> None:
    """Refuse settings that the agent would not understand."""
    try:
        AgentSettings.parse(value if isinstance(value, dict) else {"settings": value})
    except InvalidAgentSettings as error:
        raise ValidationError(str(error)) from error


class TenantQuerySet(models.QuerySet["Tenant"]):
    def enabled(self) -> TenantQuerySet:
        """Tenants whose agent may run, in a fixed order."""
        return self.filter(agent_enabled=True).order_by("slug")


class Tenant(models.Model):
    """One company using the product."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=TenantKind)
    timezone = models.CharField(max_length=64, default="America/New_York", validators=[validate_time_zone])
    agent_enabled = models.BooleanField(default=False)
    agent_reason = models.CharField(max_length=500, blank=True, editable=False)
    mail_enabled = models.BooleanField(default=True)
    mail_reason = models.CharField(max_length=500, blank=True, editable=False)
    agent_settings = models.JSONField(default=dict, blank=True, validators=[validate_agent_settings])
    # Who last set the send mode among these settings, and why; by the agent itself when it lowered it.
    send_mode_by = models.CharField(max_length=150, blank=True, editable=False)
    send_mode_why = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        db_table = "tenants"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TenantKind.values), name="tenants_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def settings(self) -> AgentSettings:
        """The typed settings; raises `InvalidAgentSettings` when the stored ones are not understood."""
        return AgentSettings.parse(self.agent_settings)

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's time zone."""
        return ZoneInfo(self.timezone)


class SystemConfig(models.Model):
    """The database's kill switches, of all work and of mail alone: one row; a missing row means stopped (spec P0.6)."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    global_enabled = models.BooleanField(default=True)
    reason = models.CharField(max_length=500, blank=True)
    mail_enabled = models.BooleanField(default=True)
    mail_reason = models.CharField(max_length=500, blank=True)
    changed_by = models.CharField(max_length=150, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "system_config"
        verbose_name = "system switch"
        verbose_name_plural = "system switches"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="system_config_one_row")]

    def __str__(self) -> str:
        return "Agent enabled" if self.global_enabled else "Agent stopped"


class Switch(models.TextChoices):
    """What a switch stops."""

    AGENT = "agent", "All work"
    MAIL = "mail", "Mail only"


class SwitchChange(models.Model):
    """One flip of one switch: who, when, why. Append-only. An empty company means the switch above all of them."""

    company = models.SlugField(blank=True)
    switch = models.CharField(max_length=8, choices=Switch)
    is_enabled = models.BooleanField("on")
    actor = models.CharField("by", max_length=150)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        db_table = "agent_switch_changes"
        constraints = [
            models.CheckConstraint(condition=models.Q(switch__in=Switch.values), name="switch_changes_known"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="switch_changes_has_reason"),
        ]
        indexes = [models.Index(fields=["company", "id"], name="switch_changes_company")]

    def __str__(self) -> str:
        verb = "resumed" if self.is_enabled else "stopped"
        return f"{self.get_switch_display()} {verb} by {self.actor}: {self.reason}"
