"""Orders that wait for their client: put on hold when the client was asked, and resumed when nothing blocks them.

In the caller's scope. Only holds that were made here are ended here; those of people are theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.models import Checklist, JobReason, Order, OrderTransition
from orders.services.queue import enqueue_orders
from orders.states import INTAKE_STAGES, HoldReason, Stage

ACTOR = "orders"
ANSWER_REASONS = (HoldReason.MISSING_DOCUMENTS, HoldReason.AWAITING_FHA_CASE)


def pause_for_answers(*, checklists: Sequence[Checklist], now: datetime) -> None:
    """Put on hold the orders in intake on whose checklists, loaded with them, work waits. Few statements."""
    waiting = {row.order_id: row for row in checklists if row.is_blocking}
    orders = list(Order.objects.filter(pk__in=waiting, stage__in=INTAKE_STAGES).select_for_update())
    for order in orders:
        order.held_from_stage, order.stage = order.stage, Stage.ON_HOLD
        order.hold_reason = _hold_reason(waiting[order.pk])
    Order.objects.bulk_update(orders, ["held_from_stage", "stage", "hold_reason"])
    _tell(orders, "order.held", "Waits for what its client was asked for.", now)


def _hold_reason(row: Checklist) -> HoldReason:
    only_case = row.items == ["fha_case_number"]
    return HoldReason.AWAITING_FHA_CASE if only_case else HoldReason.MISSING_DOCUMENTS


def resume_answered(*, order_ids: Collection[int], now: datetime) -> None:
    """Take orders up again that were put on hold here; they are looked at anew. Few statements, or one for none."""
    held = Order.objects.filter(pk__in=order_ids, stage=Stage.ON_HOLD, hold_reason__in=ANSWER_REASONS)
    orders = list(held.select_for_update()) if order_ids else []
    ours = _held_by_us(orders)
    orders = [order for order in orders if order.pk in ours]
    for order in orders:
        order.stage, order.held_from_stage, order.hold_reason = order.held_from_stage, "", ""
        order.hold_until_date = None
    Order.objects.bulk_update(orders, ["stage", "held_from_stage", "hold_reason", "hold_until_date"])
    _tell(orders, "order.resumed", "Its client has answered.", now)
    enqueue_orders(order_ids=[order.pk for order in orders], reason=JobReason.CHANGED, now=now)


def _held_by_us(orders: Sequence[Order]) -> set[int]:
    """The orders whose last move is a hold of ours."""
    moves = OrderTransition.objects.filter(order__in=orders).order_by("order_id", "-id")
    last = moves.distinct("order_id") if orders else []
    return {move.order_id for move in last if (move.new, move.actor) == (Stage.ON_HOLD, ACTOR)}


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
