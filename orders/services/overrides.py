"""What people may do with overrides: give one, agree to one as the second person, withdraw one; and its expiry.

Each in the caller's scope. The order's row is locked first, so that whoever acts on one order waits for whoever did
before. The agent has no part in this: only people are let in (`orders.services.override_rights`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from orders.facts import OrderFacts, OrderRecord
from orders.loading import load_desk, load_facts, read_records
from orders.models import JobReason, Order, OrderException, OrderOverride
from orders.overrides import LIFETIME, End, StandingOverride, basis_of, end_of, seen_hash, why_second_person
from orders.rules import NOT_OVERRIDABLE
from orders.services.override_moves import end_lapsed_overrides, end_overrides, record_changes
from orders.services.override_rights import OverrideRefused, may_override, require_right
from orders.services.queue import enqueue_orders
from orders.services.validation import validate_orders
from orders.states import AGENT, ExceptionState, OverrideReason, OverrideState, Severity

LEAST_WORDS = 10


def override_exceptions(
    *,
    order: Order,
    exceptions: Collection[int],
    reason_code: str,
    words: str,
    person: AbstractUser,
    seen: str,
    now: datetime,
) -> OrderOverride:
    """Let an order go on in spite of some of its blocking exceptions (ids), for seven days.

    `seen` is the `seen_hash` of the order as the person was shown it. Where one person is not enough, the override
    waits for a second one and has no effect until then. Raises `OverrideRefused` and `DeskNotSetUp`.
    """
    facts = _lock(order.pk, now)
    record = facts.order
    require_right(person=person, total=record.total_amount)
    _require_unchanged(record, seen)
    _require_why(reason_code, words)
    end_lapsed_overrides(order_ids=[order.pk], now=now)
    covered = _choose(order.pk, exceptions)
    second = why_second_person(facts)
    override = OrderOverride.objects.create(
        order=order,
        state=OverrideState.AWAITING if second else OverrideState.IN_FORCE,
        reason_code=reason_code,
        words=words.strip(),
        covers=[{"code": e.code, "subject": e.subject, "message": e.message} for e in covered],
        basis=basis_of(record, {each.code for each in covered}),
        total_amount=record.total_amount,
        requested_by=person.get_username(),
        requested_at=now,
        second_needed_because=second,
        expires_at=now + LIFETIME,
    )
    record_changes([override], was={}, actor=person.get_username(), now=now)
    if not second:
        _put_in_force(override, covered, actor=person.get_username(), now=now)
    return override


def approve_override(*, override: OrderOverride, person: AbstractUser, now: datetime) -> OrderOverride:
    """Agree to an override as the second person; it is in force for seven days from now.

    Raises `OverrideRefused`: above all to the person who asked for it, and when somebody else was faster.
    """
    record = _lock(override.order_id, now).order
    row = OrderOverride.objects.select_for_update().get(pk=override.pk)
    actor = person.get_username()
    if row.state != OverrideState.AWAITING:
        raise OverrideRefused(_why_not_waiting(row))
    if row.requested_by == actor:
        raise OverrideRefused("You asked for this override. Somebody else must agree to it.")
    require_right(person=person, total=record.total_amount)
    end = end_of(_as_standing(row, now), record)
    if end is not None:
        raise OverrideRefused(f"{end.reason} It can no longer be agreed to: ask anew.")
    keys = {(covered["code"], covered["subject"]) for covered in row.covers}
    blocking = OrderException.objects.open().blocking().filter(order=row.order_id)
    covered = [each for each in blocking if (each.code, each.subject) in keys]
    if not covered:
        raise OverrideRefused("Nothing that it covers blocks the order any more.")
    row.state, row.approved_by, row.approved_at = OverrideState.IN_FORCE, actor, now
    row.expires_at = now + LIFETIME
    row.save(update_fields=["state", "approved_by", "approved_at", "expires_at"])
    record_changes([row], was={row.pk: OverrideState.AWAITING}, actor=actor, now=now)
    _put_in_force(row, covered, actor=actor, now=now)
    return row


def withdraw_override(*, override: OrderOverride, person: AbstractUser, reason: str, now: datetime) -> None:
    """Take an override back, or turn down one that waits; what it covered blocks again at once.

    Raises `OverrideRefused`.
    """
    if not may_override(person):
        raise OverrideRefused("Your login may not withdraw overrides here. Ask an administrator.")
    if not reason.strip():
        raise OverrideRefused("Say why it is withdrawn.")
    actor = person.get_username()
    _lock_orders([override.order_id])
    end = End(override_id=override.pk, state=OverrideState.WITHDRAWN.value, reason=reason.strip())
    if not end_overrides([end], actor=actor, now=now):
        raise OverrideRefused("It has ended already.")
    validate_orders(order_ids=[override.order_id], now=now, actor=actor)


def expire_overrides(
    *, override_ids: Sequence[int], now: datetime, actor: str = AGENT
) -> list[OrderOverride]:
    """End overrides whose time is over, and have their orders looked at again; returns those it ended."""
    run_out = OrderOverride.objects.run_out(now).filter(pk__in=override_ids)
    _lock_orders(list(run_out.values_list("order_id", flat=True)))
    reason = f"It stood for {LIFETIME.days} days."
    ends = [
        End(override_id=pk, state=OverrideState.EXPIRED.value, reason=reason)
        for pk in run_out.values_list("pk", flat=True)
    ]
    ended = end_overrides(ends, actor=actor, now=now)
    enqueue_orders(order_ids={each.order_id for each in ended}, reason=JobReason.OVERRIDE, now=now)
    return ended


def _lock(order_id: int, now: datetime) -> OrderFacts:
    """The facts of an order; its row and its payer's terms stay locked."""
    desk = load_desk(now=now)
    (facts,) = load_facts(read_records([order_id]), desk=desk)
    return facts


def _lock_orders(order_ids: Sequence[int]) -> None:
    list(
        Order.objects.filter(pk__in=order_ids).order_by("pk").select_for_update(no_key=True).values_list("pk")
    )


def _require_unchanged(record: OrderRecord, seen: str) -> None:
    if seen != seen_hash(record):
        raise OverrideRefused("The order has changed since this page was opened. Look at it again.")
    if record.is_finished:
        raise OverrideRefused(f"Order {record.order_number} is finished: nothing is left to let go on.")


def _require_why(reason_code: str, words: str) -> None:
    if reason_code not in OverrideReason.values:
        raise OverrideRefused("Choose a reason from the list.")
    if len(words.strip()) < LEAST_WORDS:
        raise OverrideRefused(f"Say in at least {LEAST_WORDS} characters why this order may go on.")


def _choose(order_id: int, chosen: Collection[int]) -> list[OrderException]:
    """The chosen exceptions of the order, each of which may be overridden now."""
    rows = list(OrderException.objects.filter(order=order_id, pk__in=chosen).order_by("code", "subject"))
    if not rows or len(rows) != len(set(chosen)):
        raise OverrideRefused("Choose exceptions of this order.")
    waiting = {
        (covered["code"], covered["subject"])
        for override in OrderOverride.objects.awaiting().filter(order=order_id)
        for covered in override.covers
    }
    for row in rows:
        if row.code in NOT_OVERRIDABLE:
            raise OverrideRefused(f"Nobody may override {row.code}. Correct or decline the order.")
        if row.state != ExceptionState.OPEN or row.severity != Severity.BLOCKING:
            raise OverrideRefused(f"{row.code} does not block the order, so there is nothing to override.")
        if row.override_id is not None:
            raise OverrideRefused(f"{row.code} is overridden already.")
        if (row.code, row.subject) in waiting:
            raise OverrideRefused(f"An override of {row.code} waits for a second person already.")
    return rows


def _put_in_force(
    override: OrderOverride, covered: Sequence[OrderException], *, actor: str, now: datetime
) -> None:
    """Let the exceptions pass, tell of it, and look at the order again; its stage follows."""
    OrderException.objects.filter(pk__in=[each.pk for each in covered]).update(override=override)
    data = {
        "override": override.pk,
        "codes": sorted({each.code for each in covered}),
        "reason_code": override.reason_code,
        "total_amount": f"{override.total_amount:.2f}",
        "by": override.requested_by,
        "approved_by": override.approved_by,
    }
    order = override.order
    subject = Ref(kind="order", id=str(order.pk), label=order.order_number)
    emit_events([NewEvent(kind="order.overridden", subject=subject, data=data)], now=now)
    (decision,) = validate_orders(order_ids=[order.pk], now=now, actor=actor)
    if decision.error:
        raise OverrideRefused(f"The order could not be looked at again: {decision.error}")
    if any(end["override_id"] == override.pk for end in decision.ended_overrides):
        raise OverrideRefused("The order has just been corrected, and is not what you saw. Look at it again.")


def _as_standing(row: OrderOverride, now: datetime) -> StandingOverride:
    return StandingOverride(id=row.pk, state=row.state, basis=row.basis, is_expired=row.expires_at <= now)


def _why_not_waiting(row: OrderOverride) -> str:
    if row.state == OverrideState.IN_FORCE:
        return f"It is in force already{f', agreed to by {row.approved_by}' if row.approved_by else ''}."
    return f"It has ended: {row.end_reason}"
