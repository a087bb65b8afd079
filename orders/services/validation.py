"""Judging stored orders and writing what was found, for many orders in a bounded number of statements.

What is decided lives in `orders.decisions`; the queue that says which orders are due in `orders.services.queue`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import structlog
from django.db import models
from django.db.models import Sum, Value
from django.db.models.functions import Coalesce

from agent.bulk import insert_rows, update_rows, upsert_rows
from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.decisions import NOW, Decision, Key, Look, Row, decide, fix_orders
from orders.loading import load_desk, load_facts, read_records
from orders.models import FeeLine, FeeLineKind, Order, OrderException, OrderTransition
from orders.overrides import End, StandingOverride
from orders.rules import RULES_VERSION
from orders.services.override_moves import end_overrides, standing_overrides
from orders.states import AGENT

logger = structlog.get_logger(__name__)

_ROW_COLUMNS = (
    "code", "subject", "severity", "message", "evidence", "state", "opened_at", "resolved_at", "reopened_count",
    "fix_state", "fix", "fix_at", "fix_by", "rules_version", "override_id",
)  # fmt: skip


def validate_orders(*, order_ids: Sequence[int], now: datetime, actor: str = AGENT) -> list[Decision]:
    """Judge orders, make what is safe to fix, judge again, and store all of it; in the caller's scope.

    Doing it twice changes nothing. The payers' credit terms stay locked until the scope ends. An order that could not
    be looked at comes back with its `error`, and spoils no other. Raises `DeskNotSetUp`.
    """
    decisions = decide_orders(order_ids=order_ids, now=now, actor=actor)
    store_decisions(decisions, now=now, actor=actor)
    return decisions


def decide_orders(*, order_ids: Sequence[int], now: datetime, actor: str = AGENT) -> list[Decision]:
    """What validating the orders would write, in the order of their ids; locks rows and writes none.

    The only exception is the spelling of a property by which duplicates are found, where it was not stored yet.
    """
    desk = load_desk(now=now)
    records = read_records(order_ids)
    stored, looked_at = _stored_exceptions(order_ids), _looked_at(order_ids)
    overrides = standing_overrides(order_ids, now=now)
    looks = fix_orders(load_facts(records, desk=desk), stored)
    return [_decide(look, stored, overrides, looked_at, actor) for look in looks]


def _decide(
    look: Look,
    stored: Mapping[int, Mapping[Key, Row]],
    overrides: Mapping[int, Sequence[StandingOverride]],
    looked_at: set[int],
    actor: str,
) -> Decision:
    order = look.before.order
    order_id = order.id or 0
    try:
        return decide(
            look,
            stored.get(order_id, {}),
            overrides=overrides.get(order_id, ()),
            is_first_look=order_id not in looked_at,
            actor=actor,
        )
    except Exception as error:
        # One bad order never stalls the rest: it says so itself, and its queue entry keeps the words.
        logger.exception("order_not_decided", order=order.order_number)
        return Decision(
            order_id=order_id, order_number=order.order_number, error=f"{type(error).__name__}: {error}"
        )


def _stored_exceptions(order_ids: Sequence[int]) -> dict[int, dict[Key, Row]]:
    stored: dict[int, dict[Key, Row]] = defaultdict(dict)
    for row in OrderException.objects.filter(order__any_of=order_ids).values("order_id", *_ROW_COLUMNS):
        for name in ("opened_at", "resolved_at", "fix_at"):
            row[name] = row[name].isoformat() if row[name] else None
        stored[row.pop("order_id")][row["code"], row["subject"]] = row
    return stored


def _looked_at(order_ids: Sequence[int]) -> set[int]:
    orders = Order.objects.filter(pk__any_of=order_ids, validated_at__isnull=False)
    return set(orders.values_list("pk", flat=True))


def store_decisions(decisions: Iterable[Decision], *, now: datetime, actor: str = AGENT) -> None:
    """Write what was decided, in a number of statements that does not grow with the orders."""
    news = [each for each in decisions if not each.error and (each.changes_anything or each.is_first_look)]
    if not news:
        return
    _write_orders(news, now)
    _write_exceptions(news, now)
    ends = [End(**end) for each in news for end in each.ended_overrides]
    end_overrides(ends, actor=actor, now=now)
    _write_stages(news, now, actor)
    emit_events(_events(news), now=now)


def _write_orders(decisions: Sequence[Decision], now: datetime) -> None:
    changed = [each for each in decisions if each.columns or each.stage]
    update_rows(Order, [_changes(each) for each in changed], validated_at=now)
    same = {each.order_id for each in decisions} - {each.order_id for each in changed}
    Order.objects.filter(pk__any_of=same).update(validated_at=now)
    write_base_lines([each.order_id for each in changed if "fee_amount" in each.columns])


def _changes(decision: Decision) -> dict[str, Any]:
    stage = {"stage": decision.stage[1]} if decision.stage else {}
    return {"id": decision.order_id, **decision.columns, **stage}


def write_base_lines(order_ids: Sequence[int]) -> None:
    """Let the product's line carry what the add-ons leave of a changed fee: a fee is the sum of its lines."""
    if not order_ids:
        return
    others = (
        FeeLine.objects.filter(order=models.OuterRef("order"))
        .exclude(kind=FeeLineKind.BASE)
        .order_by()
        .values("order")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    fee = Order.objects.filter(pk=models.OuterRef("order")).values("fee_amount")
    FeeLine.objects.filter(order__in=order_ids, kind=FeeLineKind.BASE).update(
        amount=models.Subquery(fee) - Coalesce(models.Subquery(others), Value(Decimal("0.00")))
    )


def _write_exceptions(decisions: Sequence[Decision], now: datetime) -> None:
    rows = [
        {"order_id": each.order_id} | {name: now if value == NOW else value for name, value in row.items()}
        for each in decisions
        for row in each.exceptions
    ]
    upsert_rows(OrderException, rows, key=("order_id", "code", "subject"))


def _write_stages(decisions: Sequence[Decision], now: datetime, actor: str) -> None:
    rows = [
        {
            "order_id": each.order_id,
            "old": each.stage[0],
            "new": each.stage[1],
            "reason": _reason_of_stage(each),
        }
        for each in decisions
        if each.stage
    ]
    insert_rows(OrderTransition, rows, actor=actor, at=now)


def _reason_of_stage(decision: Decision) -> str:
    if decision.blocking_count:
        return f"{decision.blocking_count} blocking: {', '.join(decision.open_codes)}"[:300]
    if decision.overridden_codes:
        return f"Overridden: {', '.join(decision.overridden_codes)}. Nothing else blocks it."[:300]
    return "Nothing blocks it any more."


def _events(decisions: Sequence[Decision]) -> list[NewEvent]:
    events = []
    for each in decisions:
        subject = Ref(kind="order", id=str(each.order_id), label=each.order_number)
        if each.fixed:
            data = {"fixes": list(each.fixed), "rules_version": RULES_VERSION}
            events.append(NewEvent(kind="order.fixed", subject=subject, data=data))
        if each.opened or each.resolved:
            data = {"opened": list(each.opened), "resolved": list(each.resolved)}
            events.append(NewEvent(kind="order.exception", subject=subject, data=data))
        data = {
            "open": list(each.open_codes),
            "overridden": list(each.overridden_codes),
            "blocking": each.blocking_count,
        }
        events.append(NewEvent(kind="order.validated", subject=subject, data=data))
    return events


def write_columns(*, order_id: int, values: Mapping[str, Any]) -> None:
    """Give one order other values; its fee lines follow its fee."""
    update_rows(Order, [{"id": order_id, **values}])
    if "fee_amount" in values:
        write_base_lines([order_id])
