"""What is due when for an order in its stage, and how long an order took without the time it was on hold.

Pure: the desk's terms and its calendar are arguments. Storing when the next step is due lives in
`orders.services.stages`, wording it in `orders.admin.due`. Source: domain, 1.5 and 1.7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from agent.calendars import ONE_DAY, BusinessCalendar
from orders.states import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTerms:
    """How long each step may take at one desk. Days are business days; a rush order has half of each."""

    acknowledge_hours: int = 2
    """Business hours from the order to its acknowledgement."""
    portal_answer_hours: int = 4
    """Clock hours from a portal's offer to our answer."""
    portal_margin_minutes: int = 30
    """How long before a portal's own deadline the answer is due."""
    assign_days: int = 1
    vendor_answer_hours: int = 24
    """Clock hours."""
    schedule_days: int = 2
    status_days: int = 2
    """The client hears of an order that is worked on at least this often."""
    review_days: int = 1
    revision_days: int = 2
    rov_days: int = 5

    @classmethod
    def of(cls, settings: object) -> ServiceTerms:
        """The terms among a desk's settings."""
        return cls(**{term.name: getattr(settings, term.name) for term in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFacts:
    """What of an order says when its next step is due."""

    stage: str
    since: datetime
    """From when the time for the stage counts."""
    is_rush: bool = False
    is_of_portal: bool = False
    portal_deadline_at: datetime | None = None
    due_date: date | None = None
    vendor_due_date: date | None = None
    inspection_date: date | None = None
    revision_due_date: date | None = None
    rov_due_date: date | None = None
    hold_until_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTime:
    """One desk's terms and the calendar they are counted by."""

    calendar: BusinessCalendar
    terms: ServiceTerms

    def due_at(self, order: StageFacts) -> datetime | None:
        """When the next step of an order is due; None where nothing waits for a time."""
        step = _STEPS.get(Stage(order.stage))
        return step(self, order) if step else None

    def after_days(self, moment: datetime, days: int, *, is_rush: bool) -> datetime:
        """The same time of day so many business days later; half of them in a rush."""
        span = days * self.calendar.day_length
        end = self.calendar.add_business_time(moment, span / 2 if is_rush else span)
        return self.calendar.next_opening(end)

    def date_after_days(self, moment: datetime, days: int, *, is_rush: bool) -> date:
        """The day on which so many business days after a moment's own are over; half of them, or more, in a rush."""
        count = (days + 1) // 2 if is_rush else days
        return self.calendar.add_business_days(self.calendar.local_date(moment), count)

    def close_of(self, day: date) -> datetime:
        """The end of business on a day; of the last business day before, where it is none."""
        while (window := self.calendar.window_of(day)) is None:
            day -= ONE_DAY
        return window[1]

    def open_of(self, day: date) -> datetime:
        """When business begins on a day, or on the next business day."""
        while (window := self.calendar.window_of(day)) is None:
            day += ONE_DAY
        return window[0]


def _answer(desk: DeskTime, order: StageFacts) -> datetime:
    terms = desk.terms
    if not (order.is_of_portal or order.portal_deadline_at):
        return desk.calendar.add_business_time(order.since, _hours(terms.acknowledge_hours, order))
    answer = order.since + _hours(terms.portal_answer_hours, order)
    if order.portal_deadline_at is None:
        return answer
    return min(answer, order.portal_deadline_at - timedelta(minutes=terms.portal_margin_minutes))


def _assign(desk: DeskTime, order: StageFacts) -> datetime:
    return desk.after_days(order.since, desk.terms.assign_days, is_rush=order.is_rush)


def _vendor_answers(desk: DeskTime, order: StageFacts) -> datetime:
    return order.since + _hours(desk.terms.vendor_answer_hours, order)


def _schedule(desk: DeskTime, order: StageFacts) -> datetime:
    return desk.after_days(order.since, desk.terms.schedule_days, is_rush=order.is_rush)


def _review(desk: DeskTime, order: StageFacts) -> datetime:
    return desk.after_days(order.since, desk.terms.review_days, is_rush=order.is_rush)


def _report(desk: DeskTime, order: StageFacts) -> datetime | None:
    return _end_of(desk, order.vendor_due_date or order.due_date)


def _end_of(desk: DeskTime, day: date | None) -> datetime | None:
    return desk.close_of(day) if day else None


def _hours(hours: int, order: StageFacts) -> timedelta:
    return timedelta(hours=hours) / (2 if order.is_rush else 1)


_STEPS: Mapping[Stage, Callable[[DeskTime, StageFacts], datetime | None]] = {
    Stage.RECEIVED: _answer,
    Stage.EXCEPTION: _answer,
    Stage.ACCEPTED: _assign,
    Stage.ASSIGNING: _assign,
    Stage.ASSIGNED: _vendor_answers,
    Stage.NEGOTIATING: _vendor_answers,
    Stage.VENDOR_ACCEPTED: _schedule,
    Stage.SCHEDULED: lambda desk, order: _end_of(desk, order.inspection_date),
    Stage.INSPECTED: _report,
    Stage.SUBMITTED: _review,
    Stage.IN_REVIEW: _review,
    Stage.REVISION: lambda desk, order: _end_of(desk, order.revision_due_date),
    Stage.ROV: lambda desk, order: _end_of(desk, order.rov_due_date),
    Stage.ON_HOLD: lambda desk, order: desk.open_of(order.hold_until_date) if order.hold_until_date else None,
}
# Stage -> what is due in it, as a person reads it.
STEP_WORDS: Mapping[Stage, str] = {
    Stage.RECEIVED: "Acknowledge",
    Stage.EXCEPTION: "Acknowledge",
    Stage.ACCEPTED: "Assign a vendor",
    Stage.ASSIGNING: "Assign a vendor",
    Stage.ASSIGNED: "Vendor answers",
    Stage.NEGOTIATING: "Answer the vendor",
    Stage.VENDOR_ACCEPTED: "Schedule the inspection",
    Stage.SCHEDULED: "Inspect",
    Stage.INSPECTED: "Report",
    Stage.SUBMITTED: "Review",
    Stage.IN_REVIEW: "Review",
    Stage.REVISION: "Revised report",
    Stage.ROV: "Answer the reconsideration",
    Stage.ON_HOLD: "Resume",
}


def name_step(stage: str, *, is_of_portal: bool = False) -> str:
    """What is due next in a stage; empty where nothing is."""
    if is_of_portal and stage in (Stage.RECEIVED, Stage.EXCEPTION):
        return "Answer the portal"
    return STEP_WORDS.get(Stage(stage), "")


def move_due_date(day: date | None, *, days: int, calendar: BusinessCalendar) -> date | None:
    """A due date given back after so many business days on hold."""
    return calendar.add_business_days(day, days) if day and days else day


def turn_time(
    *, ordered: date, until: date, holds: Iterable[tuple[date, date]], calendar: BusinessCalendar
) -> int:
    """Business days from the day after the order through its delivery, without those it was on hold.

    A hold is the day it began and the day it ended; like the turn time it counts from the day after the first. Holds
    follow one another and do not overlap.
    """
    held = sum(calendar.business_days_between(max(start, ordered), min(end, until)) for start, end in holds)
    return calendar.business_days_between(ordered, until) - held


def stage_facts(order: Any, *, is_rush: bool) -> StageFacts:
    """The facts of a stored order, or of one that is about to be."""
    return StageFacts(
        stage=order.stage,
        since=order.stage_since or order.ordered_at,
        is_rush=is_rush,
        is_of_portal=bool(order.portal_order_id),
        portal_deadline_at=order.portal_deadline_at,
        due_date=order.due_date,
        vendor_due_date=order.vendor_due_date,
        inspection_date=order.inspection_date,
        revision_due_date=order.revision_due_date,
        rov_due_date=order.rov_due_date,
        hold_until_date=order.hold_until_date,
    )
