"""Recording that a client agreed to another fee, with their own sentence as the proof. In the caller's scope."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.mail.models import Direction, Message, SenderStanding, Tier
from orders.counters import FEE_CODES, propose_counter
from orders.facts import OrderFacts
from orders.loading import read_order_facts
from orders.models import FeeApproval, JobReason, Order, OrderException
from orders.services.credit import look_again_at_payers
from orders.services.queue import enqueue_orders
from orders.services.validation import write_base_lines
from orders.states import INTAKE_STAGES


class FeeApprovalRefused(ValueError):
    """The client's yes cannot be recorded like this; the message says why and what to do."""


def approve_fee(*, exception: OrderException, quote: str, actor: str, now: datetime) -> FeeApproval:
    """Set the fee that ends an exception as the one the client agreed to, on the word of their mail.

    `quote` must stand in a mail of the client that is linked to the order. Total and lines follow the fee, and the
    order is looked at again. Raises `FeeApprovalRefused`, `DeskNotSetUp`.
    """
    order = Order.objects.select_for_update().get(pk=exception.order_id)
    if exception.code not in FEE_CODES or (order.held_from_stage or order.stage) not in INTAKE_STAGES:
        raise FeeApprovalRefused(f"{exception.code} on order {order} is not settled by agreeing on a fee.")
    facts = read_order_facts(order.pk, now=now)
    fee = fee_to_agree_on(facts, exception)
    if fee is None:
        raise FeeApprovalRefused(f"No listed fee is known for order {order}. Quote it first.")
    message = _find_message(order, quote.strip())
    approval = FeeApproval.objects.create(
        order=order,
        fee_before=order.fee_amount,
        fee_amount=fee,
        message=message,
        quote=quote.strip(),
        approved_by=actor,
        approved_at=now,
    )
    _set_fee(order, fee, facts)
    _tell(order, approval, now)
    enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)
    look_again_at_payers(client_ids={order.bill_to_id}, now=now)
    return approval


def fee_to_agree_on(facts: OrderFacts, exception: OrderException) -> Decimal | None:
    """The fee that a client's yes makes the agreed one: what was proposed, or what was raised after acceptance."""
    if exception.code == "PRC-115":
        return facts.order.fee_amount
    return propose_counter(facts, [exception]).fee


def _find_message(order: Order, quote: str) -> Message:
    """The client's mail about the order in which the sentence stands, the newest first."""
    if len(quote.split()) < 2:
        raise FeeApprovalRefused("Copy the client's whole sentence from their mail.")
    mails = Message.objects.filter(
        links__kind="order",
        links__ref_id=str(order.pk),
        client=order.ordered_by_id,
        direction=Direction.IN,
        tier=Tier.HUMAN,
        standing=SenderStanding.CONTACT,
    )
    for message in mails.order_by("-sent_at", "-id"):
        if quote in message.newest_text:
            return message
    raise FeeApprovalRefused(
        f"No mail of {order.ordered_by} about order {order} says that. Copy the sentence exactly as it stands there."
    )


def _set_fee(order: Order, fee: Decimal, facts: OrderFacts) -> None:
    tech_fee = order.tech_fee if order.tech_fee is not None else facts.effective_tech_fee
    order.fee_amount = order.accepted_fee_amount = fee
    order.tech_fee, order.total_amount = tech_fee, fee + tech_fee
    order.save(update_fields=["fee_amount", "accepted_fee_amount", "tech_fee", "total_amount"])
    write_base_lines([order.pk])


def _tell(order: Order, approval: FeeApproval, now: datetime) -> None:
    subject = Ref(kind="order", id=str(order.pk), label=order.order_number)
    data = {
        "fee_before": str(approval.fee_before) if approval.fee_before is not None else None,
        "fee_amount": str(approval.fee_amount),
        "message": approval.message_id,
        "by": approval.approved_by,
    }
    emit_events([NewEvent(kind="order.fee_approved", subject=subject, data=data)], now=now)
