"""Setting a goal: who, when, from what to what; and what is no goal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agent.goals.models import Goal, GoalChange
from agent.goals.pace import Metric
from agent.goals.services import InvalidGoal, set_goal
from agent.tenancy import tenant_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NOVEMBER = date(2026, 11, 1)


def set_orders(target, now, actor="priya", month=date(2026, 11, 23)):
    return set_goal(month=month, metric=Metric.ORDERS, target=target, actor=actor, now=now)


def history(goal):
    return list(goal.changes.order_by("id").values_list("actor", "old", "new", "at"))


def test_a_goal_is_kept_for_the_month_of_its_day_with_who_set_it(meridian, harborpine, now):
    with tenant_scope(meridian):
        goal = set_orders(Decimal(80), now)
        assert (goal.month, goal.target, goal.set_by, goal.set_at) == (NOVEMBER, 80, "priya", now)
        assert history(goal) == [("priya", None, 80, now)]
    with tenant_scope(harborpine):
        assert not Goal.objects.exists() and not GoalChange.objects.exists()


def test_every_change_is_kept_and_the_same_again_is_none(meridian, now):
    later = now + timedelta(hours=1)
    with tenant_scope(meridian):
        set_orders(Decimal(80), now)
        set_orders(Decimal(80), later, actor="marcus")
        set_orders(Decimal(90), later, actor="marcus")
        goal = set_orders(None, later, actor="priya")
        assert goal.target is None
        assert history(goal) == [
            ("priya", None, 80, now),
            ("marcus", 80, 90, later),
            ("priya", 90, None, later),
        ]


@pytest.mark.parametrize(
    ("metric", "target", "sentence"),
    [
        (Metric.ORDERS, Decimal("0"), "more than zero"),
        (Metric.REVENUE, Decimal("-1"), "more than zero"),
        (Metric.ORDERS, Decimal("80.5"), "whole numbers"),
    ],
)
def test_what_is_no_goal_is_refused(meridian, now, metric, target, sentence):
    with tenant_scope(meridian), pytest.raises(InvalidGoal, match=sentence):
        set_goal(month=NOVEMBER, metric=metric, target=target, actor="priya", now=now)


@pytest.mark.parametrize(
    "columns",
    [
        {"month": date(2026, 11, 2)},
        {"target": Decimal(0)},
        {"target": Decimal("1.5")},
        {"metric": "parcels"},
    ],
)
def test_the_database_refuses_it_too(meridian, now, columns):
    values = {"month": NOVEMBER, "metric": "orders", "target": Decimal(1), "set_by": "x", "set_at": now}
    with pytest.raises(IntegrityError), tenant_scope(meridian):
        Goal.objects.create(**values | columns)


@pytest.fixture
def operator(client: Client, meridian, harborpine) -> Client:
    """A superuser's browser, working in Meridian."""
    client.force_login(User.objects.create_superuser("operator", password="unguessable"))
    client.post(reverse("agent:switch_tenant"), {"tenant": meridian.slug})
    return client


INLINE = {
    f"changes-{name}": value
    for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}.items()
}


def post_goal(operator, **values):
    form = {"month": "2026-11-23", "metric": "revenue", "target": "45000"} | values | INLINE
    return operator.post(reverse("admin:goals_goal_add"), form)


def test_the_console_sets_a_goal_under_the_persons_name(operator, meridian, harborpine):
    assert post_goal(operator).status_code == 302
    with tenant_scope(meridian):
        goal = Goal.objects.get()
        assert (goal.month, goal.metric, goal.target, goal.set_by) == (NOVEMBER, "revenue", 45000, "operator")
        page = reverse("admin:goals_goal_change", args=[goal.pk])
    assert operator.post(page, {"target": "50000", **INLINE}).status_code == 302
    assert "50000" in operator.get(page).content.decode()
    with tenant_scope(meridian):
        assert [new for _, _, new, _ in history(Goal.objects.get())] == [45000, 50000]
    with tenant_scope(harborpine):
        assert not Goal.objects.exists()


def test_the_console_changes_the_goal_of_a_month_that_has_one(operator, meridian):
    post_goal(operator)
    assert post_goal(operator, month="2026-11-01", target="46000").status_code == 302
    with tenant_scope(meridian):
        assert Goal.objects.get().target == 46000


def test_the_console_says_what_is_no_goal(operator, meridian):
    page = post_goal(operator, metric="orders", target="80.5")
    assert page.status_code == 200 and "whole numbers" in page.content.decode()
    with tenant_scope(meridian):
        assert not Goal.objects.exists()


def test_the_home_page_says_how_the_month_stands(operator, meridian):
    home = reverse("admin:index")
    assert "Set one under Goals" in operator.get(home).content.decode()
    post_goal(operator, month=str(timezone.now().astimezone(meridian.zone).date()))
    shown = operator.get(home).content.decode()
    assert "Due by today" in shown and "45,000" in shown
