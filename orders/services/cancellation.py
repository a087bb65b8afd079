"""Cancelling an order, and what the cancellation costs. In the caller's scope."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from orders.models import AddOn, Invoice, InvoiceState, Order
from orders.pricing import AddOnFacts, round_cents
from orders.services.credit import look_again_at_payers
from orders.services.holds import end_hold, values_without_hold
from orders.services.stages import MoveRefused, Step, lock_order, move_order
from orders.states import INSPECTED_STAGES, CancelReason, Stage

# Codes of the catalogue's rows that say what a cancellation costs (domain, 1.4).
CANCEL_PRE, CANCEL_POST, TRIP = "CANCEL-PRE", "CANCEL-POST", "TRIP"


def cancel_order(
    *,
    order: Order,
    cancel_reason: CancelReason,
    actor: str,
    now: datetime,
    reason: str = "",
    has_trip_fee: bool = False,
) -> Order:
    """Cancel an order for the fee that its stage asks for, and have its payer's other orders looked at again.

    `has_trip_fee`: the vendor went there and was not let in; a person's choice. Raises `MoveRefused`, also while an
    invoice stands that bills the whole order.
    """
    order = lock_order(order, Stage.CANCELLED)
    _require_no_invoice(order)
    fee, words = cancellation_fee(order, has_trip_fee=has_trip_fee)
    was_held = order.stage == Stage.ON_HOLD
    if was_held:
        end_hold(order, actor=actor, now=now)
    values = {"cancelled_at": now, "cancel_reason": cancel_reason.value, "cancellation_fee": fee}
    step = Step(
        to=Stage.CANCELLED,
        event="order.cancelled",
        reason=f"{cancel_reason.label}. {words} {reason}",
        actor=actor,
        now=now,
        values=values | (values_without_hold() if was_held else {}),
        data={
            "cancel_reason": cancel_reason.value,
            "cancellation_fee": str(fee),
            "vendor_id": order.vendor_id,
        },
    )
    move_order(order, step)
    look_again_at_payers(client_ids=[order.bill_to_id], now=now)
    return order


def cancellation_fee(order: Order, *, has_trip_fee: bool = False) -> tuple[Decimal, str]:
    """What cancelling an order costs as it stands, in dollars, and the sentence that says why.

    Raises `MoveRefused` where the catalogue does not say. One statement.
    """
    is_inspected = (order.held_from_stage or order.stage) in INSPECTED_STAGES
    if is_inspected and has_trip_fee:
        raise MoveRefused(f"Order {order} was inspected, so no trip was in vain. Leave the trip fee out.")
    code = TRIP if has_trip_fee else CANCEL_POST if is_inspected else CANCEL_PRE
    add_on = AddOn.objects.filter(code=code, is_active=True).first()
    if add_on is None and code == CANCEL_PRE:
        return Decimal("0.00"), "Nothing is charged before the inspection."
    if add_on is None:
        raise MoveRefused(f"The catalogue does not say what {code} costs. Add it under Add-ons first.")
    price = AddOnFacts(code=code, price=add_on.price, percent_of_fee=add_on.percent_of_fee)
    fee = round_cents(price.amount(order.fee_amount or Decimal("0.00")))
    return fee, f"{add_on.name} ({code}): {fee}."


def _require_no_invoice(order: Order) -> None:
    invoice = Invoice.objects.filter(order=order).exclude(state=InvoiceState.VOID).first()
    if invoice is not None:
        raise MoveRefused(
            f"Invoice {invoice} bills order {order} as done. Void it first, then cancel the order."
        )
