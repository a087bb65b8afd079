"""Reading and ending overrides, of many orders in a bounded number of statements; in the caller's scope.

Giving one, and what people may do with one, lives in `orders.services.overrides`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.loading import read_records
from orders.models import OrderException, OrderOverride, OrderOverrideChange
from orders.overrides import End, StandingOverride, end_of
from orders.states import AGENT, OverrideState


def standing_overrides(order_ids: Sequence[int], *, now: datetime) -> dict[int, list[StandingOverride]]:
    """The overrides that have not ended, by order. One statement."""
    standing: dict[int, list[StandingOverride]] = defaultdict(list)
    rows = OrderOverride.objects.standing().filter(order__any_of=order_ids).order_by("id")
    for row in rows.values("id", "order_id", "state", "basis", "expires_at"):
        order_id, expires_at = row.pop("order_id"), row.pop("expires_at")
        standing[order_id].append(StandingOverride(**row, is_expired=expires_at <= now))
    return standing


def end_overrides(ends: Sequence[End], *, actor: str, now: datetime) -> list[OrderOverride]:
    """End what still stands, with its history and event; what it covered blocks again. Six statements.

    Returns the overrides that this call ended.
    """
    if not ends:
        return []
    by_id = {end.override_id: end for end in ends}
    rows = OrderOverride.objects.standing().filter(pk__in=by_id).order_by("pk")
    overrides = list(rows.select_for_update(of=("self",)).select_related("order"))
    was = {override.pk: override.state for override in overrides}
    for override in overrides:
        end = by_id[override.pk]
        override.state, override.end_reason = end.state, end.reason
        override.ended_at, override.ended_by = now, actor
    OrderOverride.objects.bulk_update(overrides, ["state", "end_reason", "ended_at", "ended_by"])
    OrderException.objects.filter(override__in=overrides).update(override=None)
    record_changes(overrides, was=was, actor=actor, now=now)
    in_force = [each for each in overrides if was[each.pk] == OverrideState.IN_FORCE]
    emit_events((_ended(override) for override in in_force), now=now)
    return overrides


def record_changes(
    overrides: Sequence[OrderOverride], *, was: dict[int, str], actor: str, now: datetime
) -> None:
    """Append what has just become of overrides to their history. One statement."""
    OrderOverrideChange.objects.bulk_create(
        OrderOverrideChange(
            override=override,
            old=was.get(override.pk, ""),
            new=override.state,
            actor=actor,
            reason=_why(override),
            codes=override.codes,
            at=now,
        )
        for override in overrides
    )


def _why(override: OrderOverride) -> str:
    """The reason of the last step of an override."""
    if override.end_reason:
        return override.end_reason
    return "Agreed to as the second person." if override.approved_by else override.words


def _ended(override: OrderOverride) -> NewEvent:
    order = override.order
    return NewEvent(
        kind="order.override_ended",
        subject=Ref(kind="order", id=str(order.pk), label=order.order_number),
        data={
            "override": override.pk,
            "codes": override.codes,
            "ended": override.state,
            "reason": override.end_reason,
            "by": override.ended_by,
        },
    )


def end_lapsed_overrides(*, order_ids: Sequence[int], now: datetime, actor: str = AGENT) -> None:
    """End the overrides of orders that are no longer what they were given for, and those whose time is over.

    In the transaction of whatever changed the orders. One statement where no override stands.
    """
    standing = standing_overrides(order_ids, now=now)
    ends = [
        end
        for record in (read_records(list(standing)) if standing else ())
        for override in standing[record.id or 0]
        if (end := end_of(override, record)) is not None
    ]
    end_overrides(ends, actor=actor, now=now)
