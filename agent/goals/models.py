"""The goals of a tenant's months, and who set them. What has come in is asked of the engines, never stored here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor

from agent.goals.pace import Metric
from agent.tenancy import TenantForeignKey, TenantModel


class Goal(TenantModel):
    """What one calendar month is to bring, in the tenant's time zone."""

    month = models.DateField(help_text="Any day of the month; it is kept as the first.")
    metric = models.CharField("what", max_length=8, choices=Metric)
    target = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Orders as a whole number, revenue in dollars. Empty: no goal any more.",
    )
    set_by = models.CharField(max_length=150, editable=False)
    set_at = models.DateTimeField(editable=False)

    class Meta(TenantModel.Meta):
        db_table = "agent_goals"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "month", "metric"], name="agent_goals_one"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="agent_goals_metric_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="agent_goals_month_begins"),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gt=0), name="agent_goals_target_positive"
            ),
            models.CheckConstraint(
                condition=~Q(metric=Metric.ORDERS) | Q(target__isnull=True) | Q(target=Floor(F("target"))),
                name="agent_goals_orders_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()}, {self.month:%B %Y}"


class GoalChange(TenantModel):
    """One setting of one goal: who, when, from what to what. Append-only."""

    goal = TenantForeignKey(Goal, models.PROTECT, related_name="changes")
    old = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    new = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actor = models.CharField("by", max_length=150)
    at = models.DateTimeField("when")

    class Meta(TenantModel.Meta):
        db_table = "agent_goal_changes"
        indexes = [models.Index(fields=["tenant", "goal", "id"], name="agent_goal_changes_goal")]

    def __str__(self) -> str:
        return f"{self.goal}: {self.new if self.new is not None else 'withdrawn'}"
