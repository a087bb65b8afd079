"""Giving an order to a vendor: looking for one, offering it, and what the vendor answers. In the caller's scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from engagement.models import Vendor
from orders.loading import load_desk, load_facts, read_records
from orders.models import JobReason, Order
from orders.pricing import round_cents
from orders.rules import judge_order
from orders.services.queue import enqueue_orders
from orders.services.stages import MoveRefused, Step, load_desk_time, lock_order, move_order
from orders.states import Severity, Stage

# What bars a vendor from a file. A vendor whom one of them names would have to give the order back.
VENDOR_RULES = frozenset({"VND-501", "VND-503", "IND-404"})


def start_assigning(*, order: Order, actor: str, now: datetime, reason: str = "") -> Order:
    """Look for a vendor: for the first time, or again when the one it was offered to did not take it.

    The time to assign counts from acceptance; after a refusal it begins anew. Raises `MoveRefused`.
    """
    order = lock_order(order, Stage.ASSIGNING)
    is_first = order.stage == Stage.ACCEPTED
    step = Step(
        to=Stage.ASSIGNING,
        event="order.assigning",
        reason=reason or ("Looks for a vendor." if is_first else f"{order.vendor} did not take it."),
        actor=actor,
        now=now,
        values={"vendor": None, "vendor_fee": None, "vendor_due_date": None},
        data={"refused_by": order.vendor_id},
        since=order.stage_since if is_first else None,
    )
    return move_order(order, step)


def assign_vendor(
    *,
    order: Order,
    vendor: Vendor,
    vendor_fee: Decimal,
    vendor_due_date: date,
    actor: str,
    now: datetime,
    reason: str = "",
) -> Order:
    """Offer an order to a vendor, for a fee in dollars and until a day.

    Raises `MoveRefused`, with the rule's sentence for a vendor who may not take the file, and `DeskNotSetUp`.
    """
    order = lock_order(order, Stage.ASSIGNED)
    _require_terms(vendor_fee, vendor_due_date, now)
    _require_entitled(order, vendor, now)
    step = Step(
        to=Stage.ASSIGNED,
        event="order.assigned",
        reason=_words(f"Offered to {vendor} for {round_cents(vendor_fee)}, due {vendor_due_date}.", reason),
        actor=actor,
        now=now,
        values={
            "vendor": vendor,
            "vendor_fee": round_cents(vendor_fee),
            "vendor_due_date": vendor_due_date,
            "contact_attempts": 0,
        },
        data={"vendor_id": vendor.pk, "vendor_due_date": vendor_due_date.isoformat()},
    )
    move_order(order, step)
    enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)
    return order


def record_counter(
    *,
    order: Order,
    vendor_fee: Decimal | None,
    vendor_due_date: date | None,
    actor: str,
    now: datetime,
    reason: str,
) -> Order:
    """Note that the vendor would take the order for another fee or until another day. Raises `MoveRefused`."""
    order = lock_order(order, Stage.NEGOTIATING)
    asked = [f"a fee of {round_cents(vendor_fee)}"] if vendor_fee is not None else []
    asked += [f"until {vendor_due_date}"] if vendor_due_date is not None else []
    if not asked:
        raise MoveRefused("Say which fee or which day the vendor asks for.")
    step = Step(
        to=Stage.NEGOTIATING,
        event="order.negotiating",
        reason=_words(f"{order.vendor} asks for {' and '.join(asked)}.", reason),
        actor=actor,
        now=now,
        data={"vendor_id": order.vendor_id},
    )
    return move_order(order, step)


def record_vendor_acceptance(
    *,
    order: Order,
    actor: str,
    now: datetime,
    vendor_fee: Decimal | None = None,
    vendor_due_date: date | None = None,
    reason: str = "",
) -> Order:
    """Note that the vendor has taken the order, at the terms offered or at those agreed since.

    Raises `MoveRefused`.
    """
    order = lock_order(order, Stage.VENDOR_ACCEPTED)
    fee = round_cents(vendor_fee) if vendor_fee is not None else order.vendor_fee
    due_date = vendor_due_date or order.vendor_due_date
    step = Step(
        to=Stage.VENDOR_ACCEPTED,
        event="order.vendor_accepted",
        reason=_words(f"{order.vendor} takes it for {fee}, due {due_date}.", reason),
        actor=actor,
        now=now,
        values={"vendor_fee": fee, "vendor_due_date": due_date},
        data={"vendor_id": order.vendor_id},
    )
    return move_order(order, step)


def _require_terms(vendor_fee: Decimal, vendor_due_date: date, now: datetime) -> None:
    if vendor_fee < 0:
        raise MoveRefused("The vendor's fee cannot be below zero.")
    today = load_desk_time().calendar.local_date(now)
    if vendor_due_date < today:
        raise MoveRefused(f"{vendor_due_date} has passed. Give the vendor a day that is still to come.")


def _require_entitled(order: Order, vendor: Vendor, now: datetime) -> None:
    """Judge the order as it would be with this vendor; what bars them refuses the assignment."""
    (record,) = read_records([order.pk])
    offered = replace(record, vendor_id=vendor.pk, stage=Stage.ASSIGNED.value)
    (facts,) = load_facts([offered], desk=load_desk(now=now))
    barred = [
        finding
        for finding in judge_order(facts)
        if finding.code in VENDOR_RULES and finding.severity == Severity.BLOCKING
    ]
    if barred:
        words = " ".join(f"{finding.code}: {finding.message}" for finding in barred)
        raise MoveRefused(f"Order {order} cannot be assigned to {vendor}. {words}")


def _words(fact: str, reason: str) -> str:
    return f"{fact} {reason.strip()}".strip()
