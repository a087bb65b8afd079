"""What people may do with the safe fix of an exception: make one that was only offered, and take one back.

In the caller's scope. When the agent makes one by itself is said in `orders.fixes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.facts import DeskFacts, OrderFacts
from orders.fixes import Change, holds, read_changes, record_values
from orders.loading import load_desk, load_facts, read_records
from orders.models import OrderException
from orders.rules import RULES_VERSION
from orders.rules.credit import takes_credit
from orders.services.credit import look_again_at_payers
from orders.services.validation import validate_orders, write_columns
from orders.states import AGENT, ExceptionState, FixState


class UnableToApplyFix(RuntimeError):
    """An offered fix cannot be made; the message says why and what to do."""


class UnableToUndoFix(RuntimeError):
    """A fix cannot be taken back; the message says why and what to do."""


def apply_fix(*, exception: OrderException, actor: str, now: datetime) -> None:
    """Make a fix that was offered and not made, because the order had gone too far to change it without a person.

    Everything is judged again after it. Raises `UnableToApplyFix` when nothing is offered, when the order has been
    changed since, or when it is billed or finished.
    """
    row, facts = _lock(exception, now)
    changes = read_changes(row.fix)
    if row.state != ExceptionState.OPEN or row.fix_state != FixState.PROPOSED:
        raise UnableToApplyFix(f"No fix of {row.code} is offered any more. Look at the order again.")
    if problem := _why_untouchable(facts):
        raise UnableToApplyFix(problem)
    if not holds(facts.order, [change.inverse for change in changes], facts.desk):
        raise UnableToApplyFix(f"Order {facts.order.order_number} has been changed since. Look at it again.")
    _write(row, facts, changes, now)
    OrderException.objects.filter(pk=row.pk).update(fix_state=FixState.APPLIED, fix_at=now, fix_by=actor)
    data = {
        "fixes": [{"code": row.code, "changes": row.fix}],
        "rules_version": RULES_VERSION,
        "by": actor,
    }
    emit_events([NewEvent(kind="order.fixed", subject=_ref(facts), data=data)], now=now)
    validate_orders(order_ids=[row.order_id], now=now, actor=actor)


def undo_fix(*, exception: OrderException, actor: str, now: datetime) -> None:
    """Take an applied fix back: the order gets its old values, the exception opens again, and stays a person's.

    Raises `UnableToUndoFix` when nothing is applied, or when the order has been changed, billed or finished since.
    What the agent made is taken back in intake only; what a person made, for as long as they could make it.
    """
    row, facts = _lock(exception, now)
    changes = read_changes(row.fix)
    number = facts.order.order_number
    if row.fix_state != FixState.APPLIED:
        raise UnableToUndoFix(f"{row.code} has no applied fix that could be taken back.")
    if row.fix_by == AGENT and not facts.order.is_in_intake:
        raise UnableToUndoFix(f"Order {number} is past intake. Change it by hand.")
    if problem := _why_untouchable(facts):
        raise UnableToUndoFix(problem)
    if not holds(facts.order, changes, facts.desk):
        raise UnableToUndoFix(f"Order {number} has been changed since. Change it by hand.")
    _write(row, facts, [change.inverse for change in changes], now)
    OrderException.objects.filter(pk=row.pk).update(
        fix_state=FixState.UNDONE, fix_at=now, fix_by=actor, state=ExceptionState.OPEN, resolved_at=None
    )
    data = {"code": row.code, "by": actor}
    emit_events([NewEvent(kind="order.fix_undone", subject=_ref(facts), data=data)], now=now)
    validate_orders(order_ids=[row.order_id], now=now, actor=actor)


def _lock(exception: OrderException, now: datetime) -> tuple[OrderException, OrderFacts]:
    """The exception as it is now and its order's facts, the order locked before the exception."""
    desk: DeskFacts = load_desk(now=now)
    (facts,) = load_facts(read_records([exception.order_id]), desk=desk)
    return OrderException.objects.select_for_update().get(pk=exception.pk), facts


def _why_untouchable(facts: OrderFacts) -> str:
    """Why nobody changes the order by a button any more; empty while they may (domain, 2.1.5)."""
    number = facts.order.order_number
    if facts.credit.own_invoice_balance is not None:
        return f"Order {number} is billed. Correct its invoice by hand."
    if facts.order.is_finished:
        return f"Order {number} is finished. Change it by hand."
    return ""


def _write(row: OrderException, facts: OrderFacts, changes: Sequence[Change], now: datetime) -> None:
    """Change the order; where it takes more or less credit now, its payer's others are looked at again."""
    values: Mapping[str, Any] = record_values(facts.order, changes, facts.desk)
    write_columns(order_id=row.order_id, values=values)
    if "total_amount" in values and takes_credit(facts):
        look_again_at_payers(client_ids=[facts.order.bill_to_id], now=now)


def _ref(facts: OrderFacts) -> Ref:
    return Ref(kind="order", id=str(facts.order.id), label=facts.order.order_number)
