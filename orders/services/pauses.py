"""Orders that wait for their client: put on hold when the client was asked, and resumed when nothing blocks them.

In the caller's scope. Only holds that were made here are ended here; those of people are theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.models import Checklist, JobReason, Order, OrderHold, OrderTransition
from orders.services.holds import (
    DUE_DATES,
    new_hold,
    since_after,
    values_after,
    values_on_hold,
    values_without_hold,
)
from orders.services.queue import enqueue_orders
from orders.services.stages import load_desk_time, time_batch
from orders.states import INTAKE_STAGES, HoldReason, Stage

ACTOR = "orders"
_COLUMNS = ["stage", "stage_since", "stage_due_at", *values_without_hold(), *DUE_DATES]
ANSWER_REASONS = (HoldReason.MISSING_DOCUMENTS, HoldReason.AWAITING_FHA_CASE)


def pause_for_answers(*, checklists: Sequence[Checklist], now: datetime) -> None:
    """Put on hold the orders in intake on whose checklists, loaded with them, work waits. Few statements."""
    waiting = {row.order_id: row for row in checklists if row.is_blocking}
    orders = list(
        Order.objects.filter(pk__in=waiting, stage__in=INTAKE_STAGES).select_for_update(no_key=True)
    )
    holds = [
        new_hold(order, hold_reason=_hold_reason(waiting[order.pk]), actor=ACTOR, now=now) for order in orders
    ]
    for order, hold in zip(orders, holds, strict=True):
        _set(order, values_on_hold(hold) | {"stage": Stage.ON_HOLD, "stage_since": now, "stage_due_at": None})
    OrderHold.objects.bulk_create(holds)
    Order.objects.bulk_update(orders, _COLUMNS)
    _tell(orders, "order.held", "Waits for what its client was asked for.", now)


def _hold_reason(row: Checklist) -> HoldReason:
    only_case = row.items == ["fha_case_number"]
    return HoldReason.AWAITING_FHA_CASE if only_case else HoldReason.MISSING_DOCUMENTS


def resume_answered(*, order_ids: Collection[int], now: datetime) -> None:
    """Take orders up again that were put on hold here; they are looked at anew. Few statements, or none for none."""
    held = Order.objects.filter(pk__in=order_ids, stage=Stage.ON_HOLD, hold_reason__in=ANSWER_REASONS)
    orders = list(held.select_for_update(no_key=True)) if order_ids else []
    rows = OrderHold.objects.open().filter(order__in=orders, held_by=ACTOR) if orders else []
    ours = {hold.order_id: hold for hold in rows}
    orders = [order for order in orders if order.pk in ours]
    if not orders:
        return
    desk = load_desk_time()
    for order in orders:
        hold = ours[order.pk]
        hold.ended_at, hold.ended_by = now, ACTOR
        _set(order, values_after(hold, desk) | {"stage": hold.from_stage, "stage_since": since_after(hold)})
    OrderHold.objects.bulk_update(ours.values(), ["ended_at", "ended_by"])
    Order.objects.bulk_update(orders, _COLUMNS)
    time_batch(orders, desk)
    _tell(orders, "order.resumed", "Its client has answered.", now)
    enqueue_orders(order_ids=[order.pk for order in orders], reason=JobReason.CHANGED, now=now)


def _set(order: Order, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(order, name, value)


def _tell(orders: Sequence[Order], kind: str, reason: str, now: datetime) -> None:
    OrderTransition.objects.bulk_create(
        OrderTransition(
            order=order,
            old=order.held_from_stage or Stage.ON_HOLD,
            new=order.stage,
            actor=ACTOR,
            reason=reason,
            at=now,
        )
        for order in orders
    )
    emit_events(
        (
            NewEvent(
                kind=kind,
                subject=Ref(kind="order", id=str(order.pk), label=order.order_number),
                data={"order_number": order.order_number, "client_id": order.ordered_by_id, "reason": reason},
            )
            for order in orders
        ),
        now=now,
    )
