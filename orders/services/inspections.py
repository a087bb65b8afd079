"""From the vendor's first call to the inspection. In the caller's scope."""

from __future__ import annotations

from datetime import date, datetime

from orders.fixes import Change
from orders.models import Order
from orders.services.changes import record_change
from orders.services.stages import (
    ACTS,
    MoveRefused,
    Step,
    due_at_of,
    load_desk_time,
    lock_order,
    lock_order_at,
    move_order,
    require_reason,
    tell,
)
from orders.states import Stage


def record_contact_attempt(*, order: Order, actor: str, now: datetime, reason: str) -> Order:
    """Count one more try to reach the contact for access, such as "left a message". Raises `MoveRefused`."""
    reason = require_reason(reason, "Say what came of the call.")
    order = lock_order_at(order, Stage.VENDOR_ACCEPTED, act="have its contact called")
    before = order.contact_attempts
    order.contact_attempts = before + 1
    order.save(update_fields=["contact_attempts"])
    changes = [Change("contact_attempts", before, order.contact_attempts)]
    record_change(order, changes, actor=actor, reason=reason, now=now)
    data = {"attempts": order.contact_attempts, "by": actor, "reason": reason}
    tell(order, "order.contact_attempt", data, now=now)
    return order


def schedule_inspection(
    *, order: Order, inspection_date: date, actor: str, now: datetime, reason: str = ""
) -> Order:
    """Set the day of the inspection, or another day once it is scheduled. Raises `MoveRefused`."""
    if inspection_date < load_desk_time().calendar.local_date(now):
        raise MoveRefused(f"{inspection_date} has passed. Schedule the inspection for a day still to come.")
    order = lock_order_at(order, Stage.VENDOR_ACCEPTED, Stage.SCHEDULED, act=ACTS[Stage.SCHEDULED])
    if order.stage == Stage.SCHEDULED:
        return _reschedule(order, inspection_date, actor, now, reason)
    step = Step(
        to=Stage.SCHEDULED,
        event="order.scheduled",
        reason=f"Inspection on {inspection_date}. {reason}",
        actor=actor,
        now=now,
        values={"inspection_date": inspection_date},
        data={"inspection_date": inspection_date.isoformat()},
    )
    return move_order(order, step)


def _reschedule(order: Order, inspection_date: date, actor: str, now: datetime, reason: str) -> Order:
    before = order.inspection_date
    if before == inspection_date:
        raise MoveRefused(f"The inspection of order {order} is on {inspection_date} already.")
    reason = require_reason(reason, "Say why the inspection takes place on another day.")
    order.inspection_date = inspection_date
    order.stage_due_at = due_at_of(order, load_desk_time())
    order.save(update_fields=["inspection_date", "stage_due_at"])
    changes = [Change("inspection_date", before, inspection_date)]
    record_change(order, changes, actor=actor, reason=reason, now=now)
    data = {"inspection_date": inspection_date.isoformat(), "by": actor, "reason": reason}
    tell(order, "order.scheduled", data, now=now)
    return order


def call_off_inspection(*, order: Order, actor: str, now: datetime, reason: str) -> Order:
    """Take the day of the inspection back: a new one is to be found. Raises `MoveRefused`."""
    reason = require_reason(reason, "Say why the inspection does not take place.")
    order = lock_order_at(order, Stage.SCHEDULED, act="have an inspection called off")
    step = Step(
        to=Stage.VENDOR_ACCEPTED,
        event="order.inspection_called_off",
        reason=reason,
        actor=actor,
        now=now,
        values={"inspection_date": None},
    )
    return move_order(order, step)


def record_inspection(
    *, order: Order, actor: str, now: datetime, inspection_date: date | None = None, reason: str = ""
) -> Order:
    """Note that the property was inspected, on the day scheduled or another; from here a cancellation costs.

    Raises `MoveRefused`.
    """
    order = lock_order(order, Stage.INSPECTED)
    day = inspection_date or order.inspection_date
    if day is None or day > load_desk_time().calendar.local_date(now):
        raise MoveRefused("Give the day on which the property was inspected; it cannot lie ahead.")
    step = Step(
        to=Stage.INSPECTED,
        event="order.inspected",
        reason=f"Inspected on {day}. {reason}",
        actor=actor,
        now=now,
        values={"inspection_date": day},
        data={"inspection_date": day.isoformat()},
    )
    return move_order(order, step)
