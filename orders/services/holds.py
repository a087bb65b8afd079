"""Pausing an order and taking it up again. In the caller's scope.

While an order is on hold it has no due dates: its row in `order_holds` keeps them, and gives them back moved by the
business days that the order was held.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from orders.models import JobReason, Order, OrderHold
from orders.services.queue import enqueue_orders
from orders.services.stages import (
    MoveRefused,
    Step,
    load_desk_time,
    lock_order,
    lock_order_at,
    move_order,
)
from orders.sla import DeskTime, move_due_date
from orders.states import HoldReason, Stage

DUE_DATES = ("due_date", "vendor_due_date", "revision_due_date", "rov_due_date")


def hold_order(
    *,
    order: Order,
    hold_reason: HoldReason,
    actor: str,
    now: datetime,
    until_date: date | None = None,
    reason: str = "",
) -> Order:
    """Pause an order, until a day or until somebody takes it up again. Raises `MoveRefused`."""
    order = lock_order(order, Stage.ON_HOLD)
    if until_date is not None and until_date <= load_desk_time().calendar.local_date(now):
        raise MoveRefused(f"{until_date} has come already. Hold the order until a later day, or without one.")
    hold = new_hold(order, hold_reason=hold_reason, actor=actor, now=now, until_date=until_date, note=reason)
    hold.save(force_insert=True)
    until = f" until {until_date}" if until_date else ""
    step = Step(
        to=Stage.ON_HOLD,
        event="order.held",
        reason=f"{hold_reason.label}{until}. {reason}",
        actor=actor,
        now=now,
        values=values_on_hold(hold),
        data={
            "hold_id": hold.pk,
            "hold_reason": hold_reason.value,
            "until_date": until_date.isoformat() if until_date else None,
        },
    )
    return move_order(order, step)


def resume_order(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Take an order up again where it was held, with its due dates moved by the business days of the hold.

    The time for its stage goes on where it stopped. Raises `MoveRefused`.
    """
    order = lock_order_at(order, Stage.ON_HOLD, act="be resumed")
    hold = end_hold(order, actor=actor, now=now)
    desk = load_desk_time()
    days, values = held_days(hold, desk), values_after(hold, desk)
    due_date = values["due_date"]
    told = f" Due {due_date}." if due_date else ""
    step = Step(
        to=Stage(hold.from_stage),
        event="order.resumed",
        reason=f"Held for {days} business {'day' if days == 1 else 'days'}.{told} {reason}",
        actor=actor,
        now=now,
        values=values,
        data={"hold_id": hold.pk, "held_days": days, "due_date": due_date.isoformat() if due_date else None},
        since=since_after(hold),
    )
    move_order(order, step)
    enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)
    return order


def end_hold(order: Order, *, actor: str, now: datetime) -> OrderHold:
    """Close the hold of a locked order that is on hold, whatever becomes of the order."""
    hold = OrderHold.objects.open().get(order=order)
    hold.ended_at, hold.ended_by = now, actor
    hold.save(update_fields=["ended_at", "ended_by"])
    return hold


def new_hold(
    order: Order,
    *,
    hold_reason: HoldReason,
    actor: str,
    now: datetime,
    until_date: date | None = None,
    note: str = "",
) -> OrderHold:
    """The row of a hold that begins now and keeps the order's due dates; not stored."""
    return OrderHold(
        order=order,
        reason=hold_reason,
        note=note.strip()[:300],
        until_date=until_date,
        from_stage=order.stage,
        stage_since=order.stage_since or order.ordered_at,
        held_at=now,
        held_by=actor,
        **{name: getattr(order, name) for name in DUE_DATES},
    )


def values_on_hold(hold: OrderHold) -> dict[str, Any]:
    """The columns of an order that goes on hold, besides its stage."""
    values = {
        "held_from_stage": hold.from_stage,
        "hold_reason": hold.reason,
        "hold_until_date": hold.until_date,
    }
    return values | dict.fromkeys(DUE_DATES)


def values_without_hold() -> dict[str, Any]:
    """The columns by which an order is not on hold."""
    return {"held_from_stage": "", "hold_reason": "", "hold_until_date": None}


def values_after(hold: OrderHold, desk: DeskTime) -> dict[str, Any]:
    """The columns of an order that is taken up again after an ended hold, besides its stage."""
    days = held_days(hold, desk)
    dates = {
        name: move_due_date(getattr(hold, name), days=days, calendar=desk.calendar) for name in DUE_DATES
    }
    return values_without_hold() | dates


def since_after(hold: OrderHold) -> datetime:
    """From when the time for the stage counts after an ended hold: as if the hold had not been."""
    return hold.stage_since + ((hold.ended_at or hold.held_at) - hold.held_at)


def held_days(hold: OrderHold, desk: DeskTime) -> int:
    """Business days that an ended hold took."""
    calendar = desk.calendar
    return calendar.business_days_between(
        calendar.local_date(hold.held_at), calendar.local_date(hold.ended_at or hold.held_at)
    )
