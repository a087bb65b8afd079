"""From the report to the end of an order: review, revision, delivery, reconsideration. In the caller's scope."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from orders.models import Invoice, InvoiceState, Order, PaymentType
from orders.services.stages import (
    MoveRefused,
    Step,
    is_rush,
    load_desk_time,
    lock_order,
    lock_order_at,
    move_order,
    require_reason,
)
from orders.states import RovParty, Stage


def submit_report(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Note that the vendor has sent the report, for the first time or revised. Raises `MoveRefused`."""
    order = lock_order(order, Stage.SUBMITTED)
    step = Step(
        to=Stage.SUBMITTED,
        event="order.submitted",
        reason=reason or "The report is in.",
        actor=actor,
        now=now,
        values={"revision_due_date": None},
        data={"vendor_id": order.vendor_id},
    )
    return move_order(order, step)


def start_review(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Take a report into review; or take a revision back that is not needed after all. Raises `MoveRefused`.

    The time to review counts from when the report came in.
    """
    order = lock_order(order, Stage.IN_REVIEW)
    step = Step(
        to=Stage.IN_REVIEW,
        event="order.in_review",
        reason=reason or "Reviewed now.",
        actor=actor,
        now=now,
        values={"revision_due_date": None},
        since=order.stage_since if order.stage == Stage.SUBMITTED else None,
    )
    return move_order(order, step)


def request_revision(
    *, order: Order, actor: str, now: datetime, reason: str, revision_due_date: date | None = None
) -> Order:
    """Return a report to the vendor, before delivery or after, with a due date of its own.

    Without a date the desk's usual time counts. Raises `MoveRefused`.
    """
    reason = require_reason(reason, "Say what is to be revised.")
    order = lock_order(order, Stage.REVISION)
    desk = load_desk_time()
    due_date = revision_due_date or desk.date_after_days(
        now, desk.terms.revision_days, is_rush=is_rush(order)
    )
    if due_date < desk.calendar.local_date(now):
        raise MoveRefused(f"{due_date} has passed. Give the revision a day that is still to come.")
    step = Step(
        to=Stage.REVISION,
        event="order.revision",
        reason=f"Due {due_date}: {reason}",
        actor=actor,
        now=now,
        values={"revision_due_date": due_date},
        data={
            "vendor_id": order.vendor_id,
            "revision_due_date": due_date.isoformat(),
            "is_after_delivery": order.delivered_at is not None,
        },
    )
    return move_order(order, step)


def deliver_order(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Note that the report went to the client; once more after a revision. Raises `MoveRefused`.

    `delivered_at` keeps the first delivery, which the turn time and the event's `is_first` go by.
    """
    order = lock_order_at(order, Stage.IN_REVIEW, act="be delivered")
    is_first = order.delivered_at is None
    step = Step(
        to=Stage.DELIVERED,
        event="order.delivered",
        reason=reason or ("Delivered." if is_first else "Delivered again, revised."),
        actor=actor,
        now=now,
        values={"delivered_at": order.delivered_at or now},
        data={"delivered_at": now.isoformat(), "is_first": is_first, "vendor_id": order.vendor_id},
    )
    return move_order(order, step)


def open_rov(*, order: Order, asked_by: RovParty, actor: str, now: datetime, reason: str) -> Order:
    """Take up a reconsideration of value, due when the desk's days for it are over. The borrower has one for a report.

    Raises `MoveRefused`.
    """
    reason = require_reason(reason, "Say what the reconsideration rests on.")
    order = lock_order(order, Stage.ROV)
    desk = load_desk_time()
    if asked_by == RovParty.BORROWER and order.borrower_rov_at is not None:
        day = desk.calendar.local_date(order.borrower_rov_at)
        raise MoveRefused(
            f"The borrower of order {order} asked to reconsider the value on {day}, and may do so once for a report."
        )
    due_date = desk.date_after_days(now, desk.terms.rov_days, is_rush=is_rush(order))
    values = {"rov_due_date": due_date}
    if asked_by == RovParty.BORROWER:
        values |= {"borrower_rov_at": now}
    step = Step(
        to=Stage.ROV,
        event="order.rov",
        reason=f"Asked by the {asked_by.label.lower()}, due {due_date}: {reason}",
        actor=actor,
        now=now,
        values=values,
        data={"asked_by": asked_by.value, "rov_due_date": due_date.isoformat()},
    )
    return move_order(order, step)


def conclude_rov(*, order: Order, actor: str, now: datetime, reason: str) -> Order:
    """Record what became of a reconsideration; the order is delivered as before. Raises `MoveRefused`."""
    reason = require_reason(reason, "Say what became of the reconsideration.")
    order = lock_order_at(order, Stage.ROV, act="have a reconsideration concluded")
    step = Step(
        to=Stage.DELIVERED,
        event="order.rov_concluded",
        reason=reason,
        actor=actor,
        now=now,
        values={"rov_due_date": None},
    )
    return move_order(order, step)


def close_order(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Close an order that is billed and paid. Raises `MoveRefused`."""
    order = lock_order(order, Stage.CLOSED)
    _require_paid(order)
    step = Step(
        to=Stage.CLOSED,
        event="order.closed",
        reason=reason or "Billed and paid.",
        actor=actor,
        now=now,
        values={"rov_due_date": None},
    )
    return move_order(order, step)


def _require_paid(order: Order) -> None:
    invoice = Invoice.objects.filter(order=order).exclude(state=InvoiceState.VOID).first()
    if invoice is None and order.payment_type == PaymentType.BILL:
        raise MoveRefused(f"Order {order} has not been billed. Issue its invoice first.")
    if invoice is None:
        return
    if invoice.state == InvoiceState.DRAFT:
        raise MoveRefused(f"Invoice {invoice} of order {order} is a draft. Issue it first.")
    if invoice.balance_due > Decimal("0.00"):
        raise MoveRefused(f"Invoice {invoice} of order {order} still has {invoice.balance_due} to be paid.")
