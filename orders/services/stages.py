"""Moving one order from stage to stage: the primitive under every move, and when the next step is then due.

A move is one conditional UPDATE, a transition and an event. Which moves are legal is `orders.states.MOVES`; when to
make one, and what it changes besides, is said by the services beside this module. All in the caller's scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from agent.events import NewEvent, emit_events
from agent.models import Tenant
from agent.registry import Ref
from agent.tenancy import scoped_tenant_id
from orders.models import FeeLine, Order, OrderDeskSettings, OrderTransition
from orders.models.orders import OrderQuerySet
from orders.rules.scope import RUSH_CODES
from orders.sla import DeskTime, ServiceTerms, stage_facts
from orders.states import MOVES, Stage

BATCH = 500
# What a move does to an order, to say that it cannot be done.
ACTS: Mapping[Stage, str] = {
    Stage.RECEIVED: "be taken in again",
    Stage.EXCEPTION: "become an exception",
    Stage.ACCEPTED: "be accepted",
    Stage.ASSIGNING: "look for a vendor",
    Stage.ASSIGNED: "be assigned",
    Stage.NEGOTIATING: "be countered by a vendor",
    Stage.VENDOR_ACCEPTED: "be accepted by a vendor",
    Stage.SCHEDULED: "be scheduled",
    Stage.INSPECTED: "be inspected",
    Stage.SUBMITTED: "have its report submitted",
    Stage.IN_REVIEW: "be reviewed",
    Stage.REVISION: "be returned for revision",
    Stage.DELIVERED: "be delivered",
    Stage.ROV: "have its value reconsidered",
    Stage.CLOSED: "be closed",
    Stage.ON_HOLD: "be put on hold",
    Stage.CANCELLED: "be cancelled",
}


class MoveRefused(RuntimeError):
    """The order cannot make this move; the message says why in one sentence, and nothing was done."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One move of one order: where to, who, why, and what it changes besides the stage."""

    to: Stage
    event: str
    reason: str
    actor: str
    now: datetime
    values: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    since: datetime | None = None
    """From when the time for the new stage counts, where that is not now."""


def lock_order(order: Order, to: Stage) -> Order:
    """The order as it is now, locked until the scope ends; raises `MoveRefused` when it cannot go `to` from there."""
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if to not in MOVES[Stage(locked.stage)]:
        raise MoveRefused(_refusal(locked, ACTS[to]))
    return locked


def lock_order_at(order: Order, *stages: Stage, act: str) -> Order:
    """The order as it is now, locked; raises `MoveRefused` when it stands at none of the stages for the act."""
    locked = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    if locked.stage not in stages:
        raise MoveRefused(_refusal(locked, act))
    return locked


def _refusal(order: Order, act: str) -> str:
    return f"Order {order} stands at “{order.get_stage_display()}” and cannot {act} from there."


def require_reason(reason: str, demand: str) -> str:
    """The reason a person gave; raises `MoveRefused` with the demand when they gave none."""
    if not reason.strip():
        raise MoveRefused(demand)
    return reason.strip()


def move_order(order: Order, step: Step) -> Order:
    """Make one move of a locked order: one UPDATE that its stage allows, its transition and its event."""
    old = order.stage
    for name, value in step.values.items():
        setattr(order, name, value)
    order.stage, order.stage_since = step.to, step.since or step.now
    order.stage_due_at = due_at_of(order, load_desk_time())
    changed = {name: getattr(order, name) for name in (*step.values, "stage", "stage_since", "stage_due_at")}
    if not Order.objects.filter(pk=order.pk, stage=old).update(**changed):
        raise MoveRefused(f"Order {order} was moved by somebody else meanwhile. Look at it again.")
    OrderTransition.objects.create(
        order=order, old=old, new=step.to, actor=step.actor, reason=step.reason.strip()[:300], at=step.now
    )
    data = {"from": old, "to": step.to.value, "by": step.actor, "reason": step.reason, **step.data}
    tell(order, step.event, data, now=step.now)
    return order


def tell(order: Order, kind: str, data: Mapping[str, Any], *, now: datetime) -> None:
    """Emit an event about an order, with its number and its client."""
    subject = Ref(kind="order", id=str(order.pk), label=order.order_number)
    known = {"order_number": order.order_number, "client_id": order.ordered_by_id}
    emit_events([NewEvent(kind=kind, subject=subject, data=known | dict(data))], now=now)


# When the next step is due


def load_desk_time() -> DeskTime:
    """The calendar and the terms of the desk in scope; the usual terms where it has no settings. Two statements."""
    tenant = Tenant.objects.get(pk=scoped_tenant_id())
    settings = OrderDeskSettings.objects.first()
    terms = ServiceTerms.of(settings) if settings else ServiceTerms()
    return DeskTime(calendar=tenant.settings.calendar(tenant.zone), terms=terms)


def is_rush(order: Order) -> bool:
    """Whether the order is priced as a rush. One statement."""
    return FeeLine.objects.filter(order=order, code__in=RUSH_CODES).exists()


def due_at_of(order: Order, desk: DeskTime) -> datetime | None:
    """When the next step of an order is due as it stands. One statement."""
    return desk.due_at(stage_facts(order, is_rush=is_rush(order)))


def time_orders(orders: OrderQuerySet) -> None:
    """Reckon anew when the next step of each order is due, as after a change of the desk's terms. In batches."""
    desk = load_desk_time()
    rows = orders.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        time_batch(batch, desk)


def time_batch(orders: Sequence[Order], desk: DeskTime) -> None:
    """Store when the next step of each of these orders is due. Two statements."""
    rush = set(
        FeeLine.objects.filter(order__in=orders, code__in=RUSH_CODES).values_list("order_id", flat=True)
    )
    for order in orders:
        order.stage_due_at = desk.due_at(stage_facts(order, is_rush=order.pk in rush))
    Order.objects.bulk_update(orders, ["stage_due_at"])
