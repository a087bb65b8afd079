"""When an order of the desk came, is due, was delivered, and through which stages it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agent_site.demo.orders.plans import Plan
from agent_site.demo.tenants import Moment
from orders.states import Stage

S = Stage
# Days since the order came, by stage, for plans that do not say; consecutive orders are spread over `_SPREAD`.
_DAYS_AGO = {
    S.RECEIVED: 0.1, S.ACCEPTED: 2.0, S.ASSIGNED: 3.0, S.SCHEDULED: 5.0, S.INSPECTED: 8.0, S.IN_REVIEW: 9.0,
    S.REVISION: 11.0, S.DELIVERED: 22.0, S.CLOSED: 48.0, S.ON_HOLD: 9.0, S.CANCELLED: 14.0,
}  # fmt: skip
_SPREAD = {S.RECEIVED: 0.14, S.DELIVERED: 1.6, S.CLOSED: 2.5}
_USUAL_SPREAD = 0.15
_DAYS_TO_DELIVERY, _DAYS_TO_CLOSING = 8, 12
# The least days that an unfinished order still has.
_DAYS_LEFT = 2
_PATH = (
    S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.VENDOR_ACCEPTED, S.SCHEDULED, S.INSPECTED, S.SUBMITTED, S.IN_REVIEW,
)  # fmt: skip
_ACTOR = "desk"


@dataclass(frozen=True, kw_only=True)
class DemoMove:
    """One move of one order through its stages; `old` is empty when it came."""

    old: str
    new: str
    at: datetime
    actor: str


@dataclass(frozen=True, kw_only=True)
class OrderDates:
    """The dates of one order."""

    ordered_at: datetime
    ended_at: datetime
    columns: Mapping[str, Any]


def dates_of(plan: Plan, turn_time: int, turn: int, at: Moment) -> OrderDates:
    """The dates: enough business days for the product, and for unfinished work a due date still to come."""
    spread = _SPREAD.get(plan.stage, _USUAL_SPREAD)
    days_ago = plan.days_ago if plan.days_ago is not None else _DAYS_AGO[plan.stage] + spread * (turn % 9)
    ordered_at = at.ago(days_ago)
    due = at.calendar.add_business_days(at.date_of(ordered_at), turn_time + 1 + turn % 3)
    is_finished = plan.stage in (S.DELIVERED, S.CLOSED, S.CANCELLED)
    if not is_finished:
        due = max(due, at.calendar.add_business_days(at.today, _DAYS_LEFT))
    columns: dict[str, Any] = {
        "ordered_at": ordered_at,
        "created_at": ordered_at,
        "due_date": at.day(plan.due_in) if plan.due_in is not None else due,
    }
    ended_at = ordered_at + (at.now - ordered_at) * 0.8
    if plan.stage in (S.DELIVERED, S.CLOSED):
        days = plan.delivered_days_ago
        ended_at = at.ago(days) if days is not None else ordered_at + timedelta(days=_DAYS_TO_DELIVERY)
        columns["delivered_at"] = ended_at
    elif plan.stage == S.CANCELLED:
        ended_at = ordered_at + timedelta(days=2)
        columns["cancelled_at"] = ended_at
    elif plan.scheduled_days_ago is not None:
        ended_at = at.ago(plan.scheduled_days_ago)
    # Seen by the rules when it came; those in the queue wait for it.
    columns["validated_at"] = None if plan.stage == S.RECEIVED else ordered_at + timedelta(minutes=25)
    return OrderDates(ordered_at=ordered_at, ended_at=ended_at, columns=columns)


def moves_of(plan: Plan, columns: Mapping[str, Any], dates: OrderDates, at: Moment) -> tuple[DemoMove, ...]:
    """The way to the stage where the order stands, the steps spread evenly from its arrival to the last of them."""
    stages = _way(plan)
    step = (dates.ended_at - dates.ordered_at) / max(len(stages) - 1, 1)
    moves = [
        DemoMove(old=old, new=new, at=dates.ordered_at + step * position, actor=_ACTOR)
        for position, (old, new) in enumerate(zip(("", *stages), stages, strict=False))
    ]
    if plan.stage == S.CLOSED:
        closed_at = min(dates.ended_at + timedelta(days=_DAYS_TO_CLOSING), at.now)
        moves.append(DemoMove(old=S.DELIVERED, new=S.CLOSED, at=closed_at, actor=_ACTOR))
    return tuple(moves)


def _way(plan: Plan) -> tuple[Stage, ...]:
    """The stages up to the present one; CLOSED follows DELIVERED on another day."""
    if plan.stage in (S.ON_HOLD, S.CANCELLED):
        reached = Stage(plan.held_from or S.ACCEPTED)
        return (*_PATH[: _PATH.index(reached) + 1], plan.stage)
    if plan.stage in (S.REVISION, S.DELIVERED, S.CLOSED):
        return (*_PATH, S.REVISION if plan.stage == S.REVISION else S.DELIVERED)
    return _PATH[: _PATH.index(plan.stage) + 1]
