"""Accepting an order: from here fee and due date are agreed."""

from __future__ import annotations

from datetime import datetime

from orders.models import Order, OrderException
from orders.services.stages import MoveRefused, Step, lock_order, move_order
from orders.services.validation import validate_orders
from orders.states import Stage


def accept_order(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Accept an order in which nothing blocks, judged as it stands at this moment; in the caller's scope.

    Judging it locks its payer's credit terms, so that two orders cannot be accepted into the same room. Raises
    `MoveRefused`, or `DeskNotSetUp` from the judgement.
    """
    lock_order(order, Stage.ACCEPTED)
    (decision,) = validate_orders(order_ids=[order.pk], now=now, actor=actor)
    if decision.error:
        raise MoveRefused(f"Order {order} could not be checked: {decision.error}")
    order = lock_order(order, Stage.ACCEPTED)
    blocking = OrderException.objects.open().blocking().filter(order=order).order_by("code", "subject")
    if found := list(blocking):
        words = " ".join(f"{each.code}: {each.message}" for each in found)
        raise MoveRefused(f"Order {order} cannot be accepted while this blocks it. {words}")
    if order.due_date is None:
        raise MoveRefused(
            f"Order {order} has no due date. Agree on one with the client before you accept it."
        )
    values = {"accepted_fee_amount": order.accepted_fee_amount or order.fee_amount}
    step = Step(
        to=Stage.ACCEPTED,
        event="order.accepted",
        reason=reason or f"Accepted for {order.fee_amount}, due {order.due_date}.",
        actor=actor,
        now=now,
        values=values,
        data={"fee_amount": str(order.fee_amount), "due_date": order.due_date.isoformat()},
    )
    return move_order(order, step)
