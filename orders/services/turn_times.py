"""How long orders took, or have taken so far. In the caller's scope; the counting is `orders.sla.turn_time`."""

from __future__ import annotations

from datetime import datetime

from orders.models import Order, OrderHold
from orders.services.stages import load_desk_time
from orders.sla import turn_time


def turn_time_of(order: Order, *, now: datetime) -> int:
    """Business days from the order to its first delivery, or to now, without the time on hold. Three statements.

    A cancelled order took until it was cancelled.
    """
    calendar = load_desk_time().calendar
    end = order.delivered_at or order.cancelled_at or now
    spans = OrderHold.objects.filter(order=order).order_by("id").values_list("held_at", "ended_at")
    return turn_time(
        ordered=calendar.local_date(order.ordered_at),
        until=calendar.local_date(end),
        holds=[
            (calendar.local_date(held_at), calendar.local_date(ended_at or now))
            for held_at, ended_at in spans
        ],
        calendar=calendar,
    )
