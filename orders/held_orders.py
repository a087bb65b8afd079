"""Orders whose hold is over: a card for each, which says so and takes the order up again. Part of `orders.engine`."""

from __future__ import annotations

from collections.abc import Iterator

from agent.models import Card
from agent.registry import Cycle, DatabaseHandler, Effect, Evidence, Outcome, Proposal, Ref
from orders.models import Order
from orders.services.holds import resume_order
from orders.services.validation import AGENT

RESUME_ORDER = "resume_order"
PRIORITY = 60
# Orders proposed in one cycle; more wait for the next.
PLAN_LIMIT = 500


def propose_resumptions(cycle: Cycle) -> Iterator[Proposal]:
    """One card for each order whose hold was until a day that has come. One statement."""
    over = Order.objects.hold_is_over(cycle.calendar.local_date(cycle.now)).select_related("ordered_by")
    for order in over[:PLAN_LIMIT]:
        until, why = order.hold_until_date, order.get_hold_reason_display()
        yield Proposal(
            kind=RESUME_ORDER,
            subject=Ref(kind="order", id=str(order.pk), label=order.order_number),
            reason=f"Order {order} of {order.ordered_by} was on hold until {until} ({why}), and that day has come.",
            evidence=(Evidence(type="order", id=order.order_number),),
            # The occasion is this hold: `stage_since` is when it began.
            dedupe_key=f"resume_order:{order.pk}:{order.stage_since}:{until}",
            payload={"order": order.pk},
            priority=PRIORITY,
        )


class ResumeOrderHandler(DatabaseHandler):
    """Takes an order up again where it was held, and gives it its due dates back."""

    kind = RESUME_ORDER
    label = "Resume an order"

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Resume the order, unless somebody did or has moved the day meanwhile."""
        today = cycle.calendar.local_date(cycle.now)
        order = Order.objects.hold_is_over(today).filter(pk=card.payload["order"]).first()
        if order is None:
            return Outcome(effect=Effect.DONE, reason="It is not on hold any more, or until a later day.")
        order = resume_order(order=order, actor=AGENT, now=cycle.now, reason="Its hold is over.")
        due_date = order.due_date.isoformat() if order.due_date else None
        words = f"Resumed at “{order.get_stage_display()}”" + (f", due {due_date}." if due_date else ".")
        return Outcome(effect=Effect.DONE, reason=words, result={"due_date": due_date})
