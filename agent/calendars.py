"""Business days and hours of one place: weekends, holidays, days closed by the company, and the hours of its zone.

Pure: no ORM, no settings, no clock. Whose calendar holds is said by `agent.tenant_settings` (the company's) and by
the engine that knows the recipient. What waits for a business window is decided by `agent.rules`.
"""

from __future__ import annotations

import calendar
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

ONE_DAY = timedelta(days=1)
# How far ahead two calendars are searched for a window in common.
HORIZON = timedelta(days=31)
SATURDAY, SUNDAY = 5, 6
COMMON_WEEKEND = frozenset({SATURDAY, SUNDAY})


@dataclass(frozen=True, kw_only=True)
class MonthPace:
    """The business days of a calendar month, as one of its days sees them."""

    first: date
    days: int
    """Business days of the whole month."""
    elapsed: int
    """Those that are over: the day itself is not."""

    @property
    def left(self) -> int:
        """Those still to be worked, the day itself among them."""
        return self.days - self.elapsed


@dataclass(frozen=True, kw_only=True)
class BusinessCalendar:
    """When one place works. Hours are local; a window opens at `opens_at` and is over at `closes_at`."""

    zone: ZoneInfo
    opens_at: time = time(9)
    closes_at: time = time(17)
    country: str = "US"
    """Whose public holidays and weekends hold: an ISO 3166-1 code; empty for Saturday, Sunday and no holidays."""
    subdivision: str = ""
    closed_dates: frozenset[date] = frozenset()
    """Further days on which nobody works."""

    def __post_init__(self) -> None:
        if self.opens_at >= self.closes_at:
            raise ValueError(f"Business hours end at {self.closes_at:%H:%M}, before they begin.")

    def in_zone(self, zone: ZoneInfo) -> BusinessCalendar:
        """The same hours and holidays where another clock is read."""
        return self if zone == self.zone else replace(self, zone=zone)

    def local_date(self, moment: datetime) -> date:
        """The calendar day of a moment in this zone."""
        return moment.astimezone(self.zone).date()

    def is_business_day(self, day: date) -> bool:
        """Whether anybody works on that day."""
        weekend, public = _days_off(self.country, self.subdivision, day.year)
        return day.weekday() not in weekend and day not in public and day not in self.closed_dates

    def window_of(self, day: date) -> tuple[datetime, datetime] | None:
        """The business hours of a day as moments in UTC, the second one no longer in them; None when it has none.

        Of an hour that the clock shows twice the window takes what is certainly inside it, and of one that it
        leaves out nothing.
        """
        if not self.is_business_day(day):
            return None
        start = max(self._readings(day, self.opens_at))
        end = min(self._readings(day, self.closes_at))
        return (start, end) if start < end else None

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment lies in business hours."""
        window = self.window_of(self.local_date(moment))
        return window is not None and window[0] <= moment < window[1]

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself in business hours, else the start of the next window: not the same minute later."""
        day = self.local_date(moment)
        while True:
            window = self.window_of(day)
            if window is not None and moment < window[1]:
                return max(moment, window[0])
            day += ONE_DAY

    def next_business_day(self, moment: datetime) -> datetime:
        """When the first window after the moment's own day opens."""
        day = self.local_date(moment) + ONE_DAY
        while (window := self.window_of(day)) is None:
            day += ONE_DAY
        return window[0]

    def business_days_between(self, start: date, end: date) -> int:
        """Business days from the day after `start` through `end`; 0 when `end` is not later."""
        days = (end - start).days
        return sum(self.is_business_day(start + timedelta(days=n)) for n in range(1, days + 1))

    def add_business_days(self, start: date, count: int) -> date:
        """The day on which `count` business days after `start` are over; the next business day for 0."""
        day, left = start, max(count, 1)
        while left:
            day += ONE_DAY
            left -= self.is_business_day(day)
        return day

    @property
    def day_length(self) -> timedelta:
        """The business hours of one day."""
        day = date.min
        return datetime.combine(day, self.closes_at) - datetime.combine(day, self.opens_at)

    def add_business_time(self, moment: datetime, span: timedelta) -> datetime:
        """When so much business time after a moment is over; what begins outside business hours begins at opening."""
        day = self.local_date(moment)
        while True:
            window = self.window_of(day)
            if window is not None and moment < window[1]:
                start = max(moment, window[0])
                if span <= window[1] - start:
                    return start + span
                span -= window[1] - start
            day += ONE_DAY

    def month_pace(self, day: date) -> MonthPace:
        """The month of a day in business days."""
        first = day.replace(day=1)
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        before = first - ONE_DAY
        return MonthPace(
            first=first,
            days=self.business_days_between(before, last),
            elapsed=self.business_days_between(before, day - ONE_DAY),
        )

    def start_of_month(self, day: date) -> datetime:
        """When the month of a day began in this zone."""
        return datetime.combine(day.replace(day=1), time(), tzinfo=self.zone).astimezone(UTC)

    def _readings(self, day: date, hour: time) -> tuple[datetime, datetime]:
        """Both moments that a local time may mean; the same one on all but two days of the year (PEP 495)."""
        local = datetime.combine(day, hour, tzinfo=self.zone)
        return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def next_common_opening(calendars: Sequence[BusinessCalendar], moment: datetime) -> datetime:
    """The first moment, from the given one on, at which all calendars are open.

    Two places may never be open together (Tokyo and Denver are not): when no common window opens within `HORIZON`,
    the first calendar alone decides.
    """
    found = moment
    while found - moment <= HORIZON:
        opening = max(each.next_opening(found) for each in calendars)
        if opening == found:
            return found
        found = opening
    return calendars[0].next_opening(moment)


@functools.lru_cache(maxsize=256)
def is_known_place(country: str, subdivision: str) -> bool:
    """Whether holidays are known for a country, and for its subdivision when one is named."""
    if not country:
        return not subdivision
    known = holidays.list_supported_countries().get(country)
    return known is not None and (not subdivision or subdivision in known)


@functools.lru_cache(maxsize=1024)
def _days_off(country: str, subdivision: str, year: int) -> tuple[frozenset[int], frozenset[date]]:
    """The weekend of a country by weekday, and its public holidays of a year, the observed ones included.

    In the United States: the days on which federal offices are closed (5 U.S.C. 6103). New Year's Day of the next
    year may be observed on 31 December of this one.
    """
    if not country:
        return COMMON_WEEKEND, frozenset()
    days = holidays.country_holidays(
        country, subdiv=subdivision or None, years=(year, year + 1), observed=True
    )
    return frozenset(days.weekend), frozenset(day for day in days if day.year == year)
