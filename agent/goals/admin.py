"""The console's pages for goals, and how the month stands for the company's home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import ReadOnlyTenantAdmin, ReadOnlyTenantInline, TenantAdmin, column
from agent.admin.display import badge, sentence, stack, table
from agent.goals.models import Goal, GoalChange
from agent.goals.pace import Metric, Standing, show_amount
from agent.goals.services import InvalidGoal, check_target, read_standing, set_goal
from agent.models import Tenant
from agent.switches import build_cycle
from agent.tenant_settings import InvalidAgentSettings

NO_GOAL = "No goal is set for this month, so research into known clients waits. Set one under Goals."


class GoalForm(forms.ModelForm):
    """What a month is to bring. A month that has its goal already gets a new one."""

    class Meta:
        model = Goal
        fields = ("month", "metric", "target")

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        return month.replace(day=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        metric = cleaned.get("metric", self.instance.metric)
        try:
            check_target(metric=metric, target=cleaned.get("target"))
        except InvalidGoal as error:
            raise ValidationError({"target": str(error)}) from error
        return cleaned


class GoalChangeInline(ReadOnlyTenantInline):
    """Who set it, the latest first."""

    model = GoalChange
    fields = ("at", "actor", "old", "new")
    ordering = ("-id",)


@admin.register(Goal)
class GoalAdmin(TenantAdmin):
    """What each month is to bring."""

    form = GoalForm
    list_display = ("name", "aim", column("set_by", "Set by"), column("set_at", "Set"))
    list_filter = ("metric",)
    ordering = ("-month", "metric")
    inlines = (GoalChangeInline,)

    @admin.display(description="Goal", ordering="month")
    def name(self, goal: Goal) -> str:
        return str(goal)

    @admin.display(description="Target", empty_value="Withdrawn")
    def aim(self, goal: Goal) -> str | None:
        return None if goal.target is None else show_amount(goal.target)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("month", "metric") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A goal is withdrawn by emptying it, and its history stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Goal, form: Any, change: bool) -> None:
        """The service writes the row, and the history with it."""
        row = set_goal(
            month=obj.month,
            metric=Metric(obj.metric),
            target=obj.target,
            actor=request.user.get_username(),
            now=timezone.now(),
        )
        obj.__dict__.update(row.__dict__)


@admin.register(GoalChange)
class GoalChangeAdmin(ReadOnlyTenantAdmin):
    """Every setting of a goal, the latest first."""

    list_display = ("at", "goal", "old", "new", "actor")
    list_select_related = ("goal",)
    ordering = ("-id",)
    empty_list = "Nobody has set a goal yet. Goals are set under Goals."


def describe_month(tenant: Tenant) -> SafeString:
    """How the tenant's month stands, for its home page."""
    try:
        standing = read_standing(build_cycle(tenant=tenant, now=timezone.now()))
    except InvalidAgentSettings as error:
        return sentence(str(error))
    if not standing.has_goals:
        return sentence(NO_GOAL)
    rows = [
        (
            pace.metric.label,
            show_amount(pace.actual),
            show_amount(pace.target_so_far),
            show_amount(pace.target),
            "None is left" if pace.needed_per_day is None else show_amount(pace.needed_per_day),
            badge("Behind", "bad") if pace.is_behind else badge("On pace", "good"),
        )
        for pace in standing.paces
    ]
    headers = ("Goal", "So far", "Due by today", "Target", "Needed each day left", "State")
    return stack(
        table(headers, rows, empty="Nothing tells what has come in."), sentence(_describe_rest(standing))
    )


def _describe_rest(standing: Standing) -> str:
    month = standing.month
    days = f"{month.elapsed} of the month's {month.days} business days are over."
    if standing.in_sight is None:
        return days
    thin = "less than" if standing.is_pipeline_thin else "enough for"
    return (
        f"{days} Open deals and quotes may bring {show_amount(standing.in_sight)} dollars, {thin} "
        f"the {show_amount(standing.missing_revenue)} that the revenue goal lacks."
    )
