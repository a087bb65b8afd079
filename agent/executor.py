"""Carrying out allowed cards: exactly once in effect.

Cards whose effect stays in the database, rehearsals among them, are claimed, judged again and recorded in batches:
one transaction, a savepoint a card. Cards whose effect leaves go one by one: claim with the frozen content, mark
that the effect begins, effect, record; each its own transaction. What a dead process left is settled by `recover`.
Nothing but the executor calls a handler.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from agent import limits
from agent.claims import EXECUTOR, Claimed, claim_cards, lock_claimable
from agent.leases import fenced_scope, read_live_token
from agent.models import Card, Intent, IntentState
from agent.moves import Move, move_cards
from agent.registry import Cycle, DatabaseHandler, Effect, OutboundHandler, Outcome, registry
from agent.states import CardState, StopReason
from agent.switches import Stopped, ensure_may_leave, ensure_running, renew_cycle

logger = structlog.get_logger(__name__)

BATCH = 50
MAX_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=5)
# A claim made outside a run carries no fence; after this long its process is taken for dead.
UNFENCED_CLAIM_TIMEOUT = timedelta(minutes=10)
STATE_OF_EFFECT = {
    Effect.DONE: CardState.DONE,
    Effect.FAILED: CardState.FAILED,
    Effect.RETRY: CardState.ALLOWED,
    Effect.UNKNOWN: CardState.UNKNOWN,
}


class OutOfTime(RuntimeError):
    """The cycle reached its time limit; what is left stays allowed for the next one."""


def execute_cards(*, cycle: Cycle, deadline: float | None = None) -> None:
    """Carry out every allowed card whose time has come. Raises `Stopped`, `LeaseLost` or `OutOfTime`.

    `deadline` is a reading of `time.monotonic`, looked at before each claim.
    """
    while _execute_batch(cycle, deadline):
        pass
    while _execute_outbound(cycle, deadline):
        pass


def recover_cards(*, cycle: Cycle) -> int:
    """Settle cards that a dead process left executing; returns how many.

    Before the effect began: allowed again, with the same bytes. After: the handler's `reconcile` decides, and what
    nobody can tell becomes unknown, which is never tried again by itself.
    """
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        orphans = _find_orphans(cycle)
    for intent in orphans:
        if intent.state == IntentState.READY:
            outcome = Outcome(
                effect=Effect.RETRY, reason="Its process died before anything left; it is tried again."
            )
        else:
            outcome = _outbound_handler(intent.card).reconcile(intent)
        _record_outbound(Claimed(card=intent.card, intent=intent), outcome, cycle)
    return len(orphans)


def _execute_batch(cycle: Cycle, deadline: float | None) -> bool:
    """One batch of cards that stay in the database; False when none was left."""
    _check_time(deadline)
    staying = Q(kind__in=_kinds(leaves_database=False))
    rehearsed = Q(kind__in=_kinds(leaves_database=True), is_rehearsal=True)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        ensure_running(cycle.tenant.pk, lock=True)
        cycle = renew_cycle(cycle)
        cards = lock_claimable(cycle, staying | rehearsed, BATCH)
        if not cards:
            return False
        claimed = claim_cards(cards, cycle)
        outcomes = [_apply(entry.card, cycle) for entry in claimed]
        _settle(claimed, outcomes, cycle)
    return True


def _execute_outbound(cycle: Cycle, deadline: float | None) -> bool:
    """One card whose effect leaves; False when none was left. A simulated clock lets none leave."""
    if cycle.is_simulated:
        return False
    _check_time(deadline)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        ensure_running(cycle.tenant.pk, lock=True)
        cycle = renew_cycle(cycle)
        leaving = Q(kind__in=_kinds(leaves_database=True), is_rehearsal=False)
        cards = lock_claimable(cycle, leaving, 1)
        if not cards:
            return False
        claimed = claim_cards(cards, cycle)
    for entry in claimed:
        _carry_out(entry, cycle)
    return True


def _carry_out(entry: Claimed, cycle: Cycle) -> None:
    """Effect and record of one claimed card. A switch thrown since the claim sends it back: nothing has left."""
    stopped = None
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        try:
            ensure_may_leave(entry.card.kind, cycle.tenant.pk)
            _begin_effect(entry)
        except Stopped as caught:
            stopped = caught
    if stopped is None:
        _record_outbound(entry, _perform(entry, cycle), cycle)
        return
    _record_outbound(entry, Outcome(effect=Effect.RETRY, reason=f"Nothing left: {stopped}"), cycle)
    if stopped.stop.reason != StopReason.MAIL_STOPPED:
        raise stopped


def _check_time(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() >= deadline:
        raise OutOfTime("The cycle reached its time limit. What is left is carried out by the next one.")


def _kinds(*, leaves_database: bool) -> list[str]:
    """The kinds of cards that can be carried out here, by where their effect ends."""
    handlers = registry.handlers().values()
    return [handler.kind for handler in handlers if handler.leaves_database == leaves_database]


def _apply(card: Card, cycle: Cycle) -> Outcome:
    """The effect of a card that stays in the database, in a savepoint: one that fails spoils no other."""
    handler = registry.handlers()[card.kind]
    if not isinstance(handler, DatabaseHandler):
        return Outcome(
            effect=Effect.DONE, reason="Rehearsed: kept and shown, not sent.", result={"rehearsed": True}
        )
    try:
        with transaction.atomic():
            return handler.apply(card, cycle)
    except Exception as error:
        # Whatever a domain's code raises ends this card, visibly, and leaves the batch alone.
        logger.exception("card_failed", card=card.pk, kind=card.kind, run=cycle.run_id)
        return Outcome(effect=Effect.FAILED, reason=f"{type(error).__name__}: {error}")


def _begin_effect(entry: Claimed) -> None:
    """The last look before the socket: from here on a crash may leave an effect, and the occasion is used up."""
    ready = Intent.objects.filter(pk=entry.intent.pk, state=IntentState.READY)
    if not ready.update(state=IntentState.EFFECTING):
        raise RuntimeError(f"Intent {entry.intent.idempotency_key} is already under way elsewhere.")
    Card.objects.filter(pk=entry.card.pk).update(effect_began=True)
    entry.intent.state = IntentState.EFFECTING


def _perform(entry: Claimed, cycle: Cycle) -> Outcome:
    try:
        return _outbound_handler(entry.card).perform(entry.intent)
    except Exception as error:
        # The handler could not say how far it came, so neither can we: never sent again by itself.
        logger.exception("effect_unknown", card=entry.card.pk, kind=entry.card.kind, run=cycle.run_id)
        return Outcome(effect=Effect.UNKNOWN, reason=f"{type(error).__name__}: {error}")


def _record_outbound(entry: Claimed, outcome: Outcome, cycle: Cycle) -> None:
    is_tried = entry.intent.state == IntentState.EFFECTING
    if outcome.effect == Effect.RETRY and is_tried and entry.card.attempts >= MAX_ATTEMPTS:
        outcome = Outcome(
            effect=Effect.FAILED, reason=f"Given up after {MAX_ATTEMPTS} tries. {outcome.reason}"
        )
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        if _settle([entry], [outcome], cycle):
            _outbound_handler(entry.card).record(entry.card, outcome, cycle)
            if outcome.effect in (Effect.FAILED, Effect.RETRY):
                limits.give_back(entry.intent.caps, now=entry.card.claimed_at or cycle.now)


def _settle(claimed: Sequence[Claimed], outcomes: Sequence[Outcome], cycle: Cycle) -> list[Card]:
    """Record the outcomes of claimed cards; returns those that were still ours to record."""
    moves = [
        Move(
            card=entry.card,
            to=STATE_OF_EFFECT[outcome.effect],
            reason=outcome.reason,
            result=outcome.result,
            until=_next_try(entry, outcome, cycle),
        )
        for entry, outcome in zip(claimed, outcomes, strict=True)
    ]
    moved = move_cards(moves, actor=EXECUTOR, now=cycle.now, run_id=cycle.run_id)
    settled = [card.pk for card in moved if card.state in (CardState.DONE, CardState.FAILED)]
    Intent.objects.filter(card__in=settled).update(state=IntentState.SETTLED, settled_at=cycle.now)
    for state, kept in ((CardState.UNKNOWN, IntentState.UNKNOWN), (CardState.ALLOWED, IntentState.READY)):
        cards = [card.pk for card in moved if card.state == state]
        if cards:
            Intent.objects.filter(card__in=cards).update(state=kept)
    return moved


def _next_try(entry: Claimed, outcome: Outcome, cycle: Cycle) -> datetime | None:
    """When a card is tried again: later each time it was refused, at once when its process died before the try."""
    if outcome.effect == Effect.RETRY and entry.intent.state == IntentState.EFFECTING:
        return cycle.now + RETRY_AFTER * entry.card.attempts
    return None


def _find_orphans(cycle: Cycle) -> list[Intent]:
    live = read_live_token(cycle.tenant.pk)
    executing = Intent.objects.select_related("card").filter(card__state=CardState.EXECUTING)
    unfenced = Q(fence__isnull=True, card__claimed_at__lt=cycle.now - UNFENCED_CLAIM_TIMEOUT)
    return list(executing.filter(unfenced | (Q(fence__isnull=False) & ~Q(fence=live or 0))).order_by("id"))


def _outbound_handler(card: Card) -> OutboundHandler:
    handler = registry.handlers()[card.kind]
    if not isinstance(handler, OutboundHandler):
        raise TypeError(f"{card.kind} cards have no outbound handler; card {card.pk} cannot be carried out.")
    return handler
