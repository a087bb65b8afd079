"""Business hours and days: Tokyo's Saturday, holidays, days of 23 and 25 hours, and the pace of a month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.calendars import BusinessCalendar, is_known_place, next_common_opening

DENVER, TOKYO, NEW_YORK = (ZoneInfo(name) for name in ("America/Denver", "Asia/Tokyo", "America/New_York"))
MINUTE = timedelta(minutes=1)
# Zones whose clocks change at midnight, at one, two or three, by half an hour or by a whole day, and some that do not.
ZONES = [
    "America/Denver", "America/New_York", "Europe/London", "Europe/Berlin", "America/Santiago", "Africa/Cairo",
    "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Asia/Tokyo",
    "Pacific/Kiritimati", "UTC",
]  # fmt: skip


def denver(**changes):
    return BusinessCalendar(**{"zone": DENVER, **changes})


def local(zone, *parts):
    return datetime(*parts, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ((2026, 11, 28, 18, 13), (2026, 11, 30, 9, 0)),  # Saturday evening -> Monday morning
        ((2026, 11, 27, 17, 0), (2026, 11, 30, 9, 0)),  # the window is over at its end
        ((2026, 11, 27, 16, 59), (2026, 11, 27, 16, 59)),
        ((2026, 11, 27, 3, 3), (2026, 11, 27, 9, 0)),
        ((2026, 11, 22, 18, 13), (2026, 11, 24, 9, 0)),  # Monday the 23rd is Labour Thanksgiving Day
        ((2027, 4, 28, 17, 30), (2027, 4, 30, 9, 0)),  # Showa Day on Thursday
        ((2027, 5, 1, 9, 0), (2027, 5, 6, 9, 0)),  # Saturday before Golden Week
    ],
)
def test_tokyo_moves_to_the_start_of_the_next_business_window(moment, opening):
    tokyo = BusinessCalendar(zone=TOKYO, country="JP")
    assert tokyo.next_opening(local(TOKYO, *moment)) == local(TOKYO, *opening)


def test_a_federal_holiday_is_observed_on_the_day_before_or_after():
    assert not denver().is_business_day(date(2026, 7, 3))  # Independence Day is a Saturday
    assert not denver().is_business_day(date(2021, 12, 31))  # so is New Year's Day of 2022
    assert denver(country="").is_business_day(date(2026, 7, 3))


def test_a_subdivision_and_the_companys_own_days_are_closed_too():
    day = date(2026, 3, 31)
    assert denver().is_business_day(day)
    assert not denver(subdivision="CA").is_business_day(day)  # Cesar Chavez Day
    assert not denver(closed_dates=frozenset({day})).is_business_day(day)


def test_a_weekend_is_the_countrys_own():
    riyadh = BusinessCalendar(zone=ZoneInfo("Asia/Riyadh"), country="SA")
    assert riyadh.is_business_day(date(2026, 11, 29))  # Sunday
    assert not riyadh.is_business_day(date(2026, 11, 27))  # Friday


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="17:00"):
        denver(opens_at=time(18))


def test_two_places_are_written_to_when_both_are_open():
    calendars = (BusinessCalendar(zone=NEW_YORK), denver())
    early = local(NEW_YORK, 2026, 11, 24, 9, 30)
    assert next_common_opening(calendars, early) == local(DENVER, 2026, 11, 24, 9)
    late = local(NEW_YORK, 2026, 11, 24, 17)
    assert next_common_opening(calendars, late) == local(DENVER, 2026, 11, 25, 9)


def test_without_a_window_in_common_the_recipient_decides():
    calendars = (BusinessCalendar(zone=TOKYO), denver())
    saturday = local(TOKYO, 2026, 11, 28, 18, 13)
    assert next_common_opening(calendars, saturday) == local(TOKYO, 2026, 11, 30, 9)


def test_a_long_closure_of_one_place_is_waited_for():
    closed = frozenset(date(2026, 12, day) for day in range(1, 24))
    calendars = (BusinessCalendar(zone=NEW_YORK), denver(closed_dates=closed))
    assert next_common_opening(calendars, local(DENVER, 2026, 12, 1, 10)) == local(DENVER, 2026, 12, 24, 9)


@pytest.mark.parametrize(
    ("day", "elapsed", "left"),
    [
        (date(2026, 11, 1), 0, 19),  # a Sunday; Veterans Day and Thanksgiving are off
        (date(2026, 11, 2), 0, 19),
        (date(2026, 11, 3), 1, 18),
        (date(2026, 11, 12), 7, 12),
        (date(2026, 11, 30), 18, 1),
    ],
)
def test_the_pace_of_a_month_counts_business_days_and_the_day_itself_as_left(day, elapsed, left):
    pace = denver().month_pace(day)
    assert (pace.first, pace.days, pace.elapsed, pace.left) == (date(2026, 11, 1), 19, elapsed, left)


def test_nothing_is_left_on_a_weekend_that_ends_the_month():
    assert denver().month_pace(date(2026, 10, 31)).left == 0


def test_business_days_are_counted_from_the_day_after():
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert denver().business_days_between(friday, monday) == 1
    assert denver().business_days_between(monday, friday) == 0
    assert denver().add_business_days(friday, 0) == monday
    assert denver().add_business_days(friday, 4) == date(2026, 11, 27)  # Thursday is Thanksgiving


def test_the_next_business_day_is_never_today():
    assert denver().next_business_day(local(DENVER, 2026, 11, 23, 3)) == local(DENVER, 2026, 11, 24, 9)
    assert denver().next_business_day(local(DENVER, 2026, 11, 25, 12)) == local(DENVER, 2026, 11, 27, 9)


def test_places_without_known_holidays_are_told_apart():
    assert is_known_place("US", "CO") and is_known_place("JP", "") and is_known_place("", "")
    assert (
        not is_known_place("Denver", "") and not is_known_place("US", "XX") and not is_known_place("", "CO")
    )


def transitions(zone, year):
    """The moments of a year at which the zone's clock jumps, to the hour."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    hours = (moment + timedelta(hours=n) for n in range(366 * 24))
    return [
        hour
        for hour in hours
        if hour.astimezone(zone).utcoffset() != (hour + timedelta(hours=1)).astimezone(zone).utcoffset()
    ]


JUMPS = [(zone, jump) for zone in map(ZoneInfo, ZONES) for jump in transitions(zone, 2026)]
DATELINE = [(ZoneInfo("Pacific/Apia"), datetime(2011, 12, 30, 10, tzinfo=UTC))]


@settings(max_examples=300, deadline=None)
@given(
    jump=st.sampled_from(JUMPS + DATELINE),
    minutes=st.integers(-48 * 60, 48 * 60),
    hours=st.tuples(st.integers(0, 24 * 60 - 1), st.integers(0, 24 * 60 - 1)).filter(lambda h: h[0] < h[1]),
)
def test_around_a_change_of_the_clock_an_opening_is_later_inside_and_final(jump, minutes, hours):
    zone, changes_at = jump
    opens_at, closes_at = (time(*divmod(minute, 60)) for minute in hours)
    place = BusinessCalendar(zone=zone, opens_at=opens_at, closes_at=closes_at, country="")
    moment = changes_at + minutes * MINUTE
    opening = place.next_opening(moment)
    wall = opening.astimezone(zone)
    assert opening >= moment
    assert opens_at <= wall.time() < closes_at
    assert place.is_business_day(wall.date())
    assert place.next_opening(opening) == opening
    assert place.is_open(opening)
    # Nothing earlier would have done, but for the minutes that the clock shows twice.
    if opening > moment:
        assert wall.time() == opens_at or abs(opening - changes_at) < timedelta(hours=26)


@settings(max_examples=100, deadline=None)
@given(
    zones=st.tuples(st.sampled_from(ZONES), st.sampled_from(ZONES)),
    minutes=st.integers(0, 366 * 24 * 60),
)
def test_a_window_in_common_is_open_in_both_places_and_final(zones, minutes):
    places = [BusinessCalendar(zone=ZoneInfo(name)) for name in zones]
    moment = datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    opening = next_common_opening(places, moment)
    assert opening >= moment
    assert places[0].is_open(opening)
    assert next_common_opening(places, opening) == opening
