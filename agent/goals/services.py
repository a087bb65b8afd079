"""Setting a goal, and reading how the month stands. Inside the caller's scope; what has come in, the engines tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from agent.goals.models import Goal, GoalChange
from agent.goals.pace import Metric, Pace, Standing
from agent.registry import Cycle, registry


class InvalidGoal(ValueError):
    """A goal that cannot be reached or missed; the message says what to give instead."""


def set_goal(*, month: date, metric: Metric, target: Decimal | None, actor: str, now: datetime) -> Goal:
    """Set what the month of a day is to bring, or with None withdraw it; each change is kept with who made it."""
    check_target(metric=metric, target=target)
    with transaction.atomic():
        goal, is_new = Goal.objects.select_for_update().get_or_create(
            month=month.replace(day=1),
            metric=metric,
            defaults={"target": target, "set_by": actor, "set_at": now},
        )
        old = None if is_new else goal.target
        if not is_new and old == target:
            return goal
        goal.target, goal.set_by, goal.set_at = target, actor, now
        goal.save(update_fields=["target", "set_by", "set_at"])
        GoalChange.objects.create(goal=goal, old=old, new=target, actor=actor, at=now)
    return goal


def check_target(*, metric: str, target: Decimal | None) -> None:
    """Raise `InvalidGoal` for a target that is none; None withdraws a goal."""
    if target is None:
        return
    if target <= 0:
        raise InvalidGoal("A goal is more than zero. Leave it empty to withdraw it.")
    if metric == Metric.ORDERS and target % 1:
        raise InvalidGoal("Orders are counted in whole numbers.")


def read_standing(cycle: Cycle) -> Standing:
    """How the cycle's month stands: one statement, and those of the engines when a goal is set."""
    month = cycle.calendar.month_pace(cycle.calendar.local_date(cycle.now))
    goals = Goal.objects.filter(month=month.first, target__isnull=False).order_by("metric")
    targets = {Metric(goal.metric): goal.target for goal in goals if goal.target is not None}
    if not targets:
        return Standing(month=month, paces=())
    since = cycle.calendar.start_of_month(month.first)
    told = [engine.progress(cycle, since=since) for engine in registry]
    actuals = {
        Metric.ORDERS: _sum_known(Decimal(each.orders) for each in told if each.orders is not None),
        Metric.REVENUE: _sum_known(each.revenue for each in told if each.revenue is not None),
    }
    return Standing(
        month=month,
        paces=tuple(
            Pace(metric=metric, target=target, actual=actual, month=month)
            for metric, target in targets.items()
            if (actual := actuals[metric]) is not None
        ),
        unknown=tuple(metric for metric in targets if actuals[metric] is None),
        in_sight=_sum_known(each.in_sight for each in told if each.in_sight is not None),
    )


def _sum_known(amounts: Iterable[Decimal]) -> Decimal | None:
    """The sum of what engines told, or None when none of them told anything."""
    told = list(amounts)
    return sum(told, Decimal(0)) if told else None
