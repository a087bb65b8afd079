"""What is due when: the terms of a desk on its calendar, and the turn time without holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.calendars import BusinessCalendar
from orders.sla import DeskTime, ServiceTerms, StageFacts, move_due_date, name_step, turn_time
from orders.states import Stage

DENVER = ZoneInfo("America/Denver")
CALENDAR = BusinessCalendar(zone=DENVER)
DESK = DeskTime(calendar=CALENDAR, terms=ServiceTerms())

NEXT_WEEK = date(2026, 12, 2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Denver; the 23rd is a Monday, the 26th Thanksgiving."""
    return datetime(2026, 11, day, hour, minute, tzinfo=DENVER)


def due(stage: Stage, since: datetime, **facts: Any) -> datetime | None:
    moment = DESK.due_at(StageFacts(stage=stage, since=since.astimezone(UTC), **facts))
    return moment.astimezone(DENVER) if moment else None


@pytest.mark.parametrize(
    ("stage", "since", "facts", "expected"),
    [
        # Two business hours, over the night and the weekend too.
        (Stage.RECEIVED, at(23, 9), {}, at(23, 11)),
        (Stage.EXCEPTION, at(23, 16), {}, at(24, 10)),
        (Stage.RECEIVED, at(20, 18), {}, at(23, 11)),
        # A portal counts clock hours, and its own deadline when that comes sooner.
        (Stage.RECEIVED, at(23, 16), {"is_of_portal": True}, at(23, 20)),
        (Stage.RECEIVED, at(23, 16), {"is_of_portal": True, "portal_deadline_at": at(23, 18)}, at(23, 17, 30)),
        (Stage.RECEIVED, at(23, 9), {"is_of_portal": True, "portal_deadline_at": at(25, 18)}, at(23, 13)),
        (Stage.ACCEPTED, at(23, 15), {}, at(24, 15)),
        (Stage.ACCEPTED, at(23, 9), {}, at(24, 9)),
        (Stage.ASSIGNING, at(25, 15), {}, at(27, 15)),
        (Stage.ASSIGNED, at(25, 15), {}, at(26, 15)),
        (Stage.VENDOR_ACCEPTED, at(24, 10), {}, at(27, 10)),
        (Stage.SCHEDULED, at(23, 9), {"inspection_date": date(2026, 11, 25)}, at(25, 17)),
        (Stage.INSPECTED, at(23, 9), {"due_date": date(2026, 11, 30)}, at(30, 17)),
        (Stage.INSPECTED, at(23, 9), {"vendor_due_date": date(2026, 11, 28), "due_date": NEXT_WEEK}, at(27, 17)),
        (Stage.SUBMITTED, at(23, 12), {}, at(24, 12)),
        (Stage.REVISION, at(23, 12), {"revision_due_date": date(2026, 11, 25)}, at(25, 17)),
        (Stage.ROV, at(23, 12), {"rov_due_date": date(2026, 11, 30)}, at(30, 17)),
        (Stage.ON_HOLD, at(23, 12), {"hold_until_date": date(2026, 11, 26)}, at(27, 9)),
        (Stage.ON_HOLD, at(23, 12), {}, None),
        (Stage.DELIVERED, at(23, 12), {}, None),
        (Stage.CANCELLED, at(23, 12), {}, None),
    ],
)  # fmt: skip
def test_the_next_step_is_due_when_the_desk_has_promised_it(stage, since, facts, expected):
    assert due(stage, since, **facts) == expected


@pytest.mark.parametrize(
    ("stage", "since", "facts", "expected"),
    [
        (Stage.RECEIVED, at(23, 9), {}, at(23, 10)),
        (Stage.RECEIVED, at(23, 9), {"is_of_portal": True}, at(23, 11)),
        (Stage.ACCEPTED, at(23, 9), {}, at(23, 13)),
        (Stage.ACCEPTED, at(23, 15), {}, at(24, 11)),
        (Stage.ASSIGNED, at(23, 9), {}, at(23, 21)),
        (Stage.VENDOR_ACCEPTED, at(23, 9), {}, at(24, 9)),
    ],
)
def test_a_rush_halves_every_time(stage, since, facts, expected):
    assert due(stage, since, is_rush=True, **facts) == expected


@pytest.mark.parametrize(
    ("days", "is_rush", "expected"), [(2, False, 25), (2, True, 24), (5, True, 27), (1, True, 24)]
)
def test_a_date_is_counted_from_the_day_after(days, is_rush, expected):
    assert DESK.date_after_days(at(23, 9), days, is_rush=is_rush) == date(2026, 11, expected)


def test_a_desk_keeps_its_own_terms():
    desk = DeskTime(calendar=CALENDAR, terms=ServiceTerms(acknowledge_hours=4))
    assert desk.due_at(StageFacts(stage=Stage.RECEIVED, since=at(23, 9))) == at(23, 13)


def test_every_stage_that_waits_for_something_says_for_what():
    facts: dict[str, Any] = {
        name: date(2026, 11, 30)
        for name in ("due_date", "inspection_date", "revision_due_date", "rov_due_date", "hold_until_date")
    }
    for stage in Stage:
        assert bool(name_step(stage)) == (due(stage, at(23, 9), **facts) is not None), stage
    assert name_step(Stage.EXCEPTION, is_of_portal=True) == "Answer the portal"
    assert name_step(Stage.ASSIGNED, is_of_portal=True) == "Vendor answers"


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 11, 30), 0, date(2026, 11, 30)),
        (date(2026, 11, 25), 1, date(2026, 11, 27)),  # over Thanksgiving
        (date(2026, 11, 25), 3, date(2026, 12, 1)),  # and the weekend
        (None, 3, None),
    ],
)
def test_a_due_date_moves_by_business_days(day, days, expected):
    assert move_due_date(day, days=days, calendar=CALENDAR) == expected


@pytest.mark.parametrize(
    ("until", "holds", "expected"),
    [
        (date(2026, 12, 4), [], 8),
        (date(2026, 12, 4), [(date(2026, 11, 24), date(2026, 11, 30))], 5),
        # Held and resumed on one day, over a weekend alone, and once more.
        (date(2026, 12, 4), [(date(2026, 11, 24), date(2026, 11, 24))], 8),
        (date(2026, 12, 4), [(date(2026, 11, 27), date(2026, 11, 29))], 8),
        (
            date(2026, 12, 4),
            [(date(2026, 11, 24), date(2026, 11, 25)), (date(2026, 11, 25), date(2026, 11, 27))],
            6,
        ),
        # A hold after delivery takes nothing away.
        (date(2026, 11, 30), [(date(2026, 12, 1), date(2026, 12, 4))], 4),
        (date(2026, 11, 30), [(date(2026, 11, 27), date(2026, 12, 4))], 3),
        (date(2026, 11, 23), [], 0),
    ],
)
def test_the_turn_time_counts_business_days_without_holds(until, holds, expected):
    assert turn_time(ordered=date(2026, 11, 23), until=until, holds=holds, calendar=CALENDAR) == expected


def test_business_time_goes_over_nights_weekends_and_the_change_of_the_clocks():
    # The clocks go back on Sunday, 1 November 2026.
    friday = datetime(2026, 10, 30, 16, tzinfo=DENVER)
    assert CALENDAR.add_business_time(friday, timedelta(hours=2)) == at(2, 10)
    assert CALENDAR.add_business_time(at(22, 12), timedelta()) == at(23, 9)
    assert CALENDAR.add_business_time(at(23, 9), timedelta(hours=8)) == at(23, 17)
