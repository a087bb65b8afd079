"""The pace of a month on business days, and when the pipeline is thin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from agent.calendars import BusinessCalendar, MonthPace
from agent.goals.pace import Metric, Pace, Standing

D = Decimal
DESK = BusinessCalendar(zone=ZoneInfo("America/Denver"))


def pace(actual, *, target=95, day=date(2026, 11, 12), metric=Metric.ORDERS):
    """By default on 12 November 2026: 7 of 19 business days are over, so 35 of 95 orders are due."""
    return Pace(metric=metric, target=D(target), actual=D(actual), month=DESK.month_pace(day))


def test_a_goal_is_due_in_equal_parts_of_the_business_days_that_are_over():
    assert pace(0).target_so_far == D("35.00")
    assert pace(0, target=100).target_so_far == D("36.84")


@pytest.mark.parametrize(("actual", "is_behind"), [(34, True), (35, False), (36, False)])
def test_less_than_is_due_is_behind(actual, is_behind):
    assert pace(actual).is_behind is is_behind


def test_a_month_is_not_behind_on_its_first_morning():
    assert not pace(0, day=date(2026, 11, 2)).is_behind
    assert pace(0, day=date(2026, 11, 3)).is_behind


def test_what_each_day_left_must_bring_counts_the_day_itself():
    assert pace(35).needed_per_day == D("5.00")
    assert pace(90, day=date(2026, 11, 30)).needed_per_day == D("5.00")
    assert pace(95).needed_per_day == D("0.00")


def test_when_no_business_day_is_left_nothing_can_make_up_for_what_is_missing():
    saturday = date(2026, 10, 31)
    assert pace(94, day=saturday).needed_per_day is None
    assert pace(95, day=saturday).needed_per_day == D("0.00")


def test_a_month_in_which_nobody_works_demands_nothing():
    month = MonthPace(first=date(2026, 11, 1), days=0, elapsed=0)
    closed = Pace(metric=Metric.ORDERS, target=D(5), actual=D(0), month=month)
    assert (closed.target_so_far, closed.is_behind) == (D("0.00"), False)


def test_a_pace_says_itself_in_one_sentence():
    assert str(pace(34)) == "Orders behind: 34 of 95, 35 due by today."
    revenue = pace("12345.60", target=20000, metric=Metric.REVENUE)
    assert str(revenue) == "Revenue on pace: 12,345.60 of 20,000, 7,368.42 due by today."


@pytest.mark.parametrize(("in_sight", "is_thin"), [("9999.99", True), ("10000.00", False)])
def test_a_pipeline_is_thin_when_it_would_not_make_up_what_revenue_lacks(in_sight, is_thin):
    revenue = pace(10000, target=20000, metric=Metric.REVENUE)
    standing = Standing(month=revenue.month, paces=(pace(0), revenue), in_sight=D(in_sight))
    assert (standing.missing_revenue, standing.is_pipeline_thin) == (D(10000), is_thin)


def test_without_a_revenue_goal_no_pipeline_is_thin():
    assert not Standing(month=pace(0).month, paces=(pace(0),), in_sight=D(0)).is_pipeline_thin
