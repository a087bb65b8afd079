"""Business days of the desk: no weekends, no federal holidays (the observed ones included). Pure."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import holidays


@functools.lru_cache(maxsize=256)
def federal_holidays(year: int) -> frozenset[date]:
    """The days of a year on which federal offices are closed (5 U.S.C. 6103).

    New Year's Day of the next year may be observed on 31 December of this one.
    """
    observed = holidays.country_holidays("US", years=(year, year + 1), observed=True)
    return frozenset(day for day in observed if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether the desk works on that day."""
    return day.weekday() < 5 and day not in federal_holidays(day.year)


@functools.lru_cache(maxsize=4096)
def business_days_between(start: date, end: date) -> int:
    """Business days from the day after `start` through `end`; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, days + 1))


def add_business_days(start: date, count: int) -> date:
    """The day on which `count` business days after `start` are over; the next business day for 0."""
    day, left = start, max(count, 1)
    while left:
        day += timedelta(days=1)
        left -= is_business_day(day)
    return day
