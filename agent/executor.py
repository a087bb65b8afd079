"""Carrying out allowed cards: exactly once in effect.

Cards whose effect stays in the database, rehearsals among them, are claimed, judged again and recorded in batches: one
transaction, the effects of a kind in one savepoint or, when one of them fails, each in its own. Cards whose effect
leaves go one by one: claim with the frozen content, mark that the effect begins, effect, record; each its own
transaction. What a dead process or a lost answer left is settled by `agent.recovery`. Nothing but these two calls a
handler's `apply`, `perform` or `reconcile`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from structlog.contextvars import bound_contextvars

from agent import limits
from agent.bulk import update_rows
from agent.claims import EXECUTOR, Claimed, claim_cards, lock_claimable
from agent.leases import fenced_scope
from agent.models import Card, Intent, IntentState
from agent.moves import Move, move_cards
from agent.registry import Cycle, DatabaseHandler, Effect, OutboundHandler, Outcome, registry
from agent.states import CardState, StopReason
from agent.switches import Stopped, ensure_may_leave, renew_cycle

logger = structlog.get_logger(__name__)

BATCH = 50
MAX_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=5)
# How old the last look at lease, claim and switches may be when the effect begins. Far less than the third of a
# lease that a holder has left when it comes through its fence, so a fresh look means that nobody has taken over.
LOOK_HOLDS_SECONDS = 5.0
STATE_OF_EFFECT = {
    Effect.DONE: CardState.DONE,
    Effect.FAILED: CardState.FAILED,
    Effect.RETRY: CardState.ALLOWED,
    Effect.UNKNOWN: CardState.UNKNOWN,
}
INTENT_AFTER: dict[str, IntentState] = {
    CardState.DONE: IntentState.SETTLED,
    CardState.FAILED: IntentState.SETTLED,
    CardState.ALLOWED: IntentState.READY,
    CardState.UNKNOWN: IntentState.UNKNOWN,
}

# The intent waits for the card, which is the order in which everybody locks the two.
BEGIN_SQL = """
    WITH card AS (
        UPDATE kanban_cards SET effect_began = true WHERE id = %s AND state = 'executing' AND attempts = %s RETURNING id
    )
    UPDATE agent_intents AS intent SET state = 'effecting' FROM card
    WHERE intent.id = %s AND intent.card_id = card.id AND intent.state = 'ready'
    RETURNING intent.id
"""


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


def _execute_batch(cycle: Cycle, deadline: float | None) -> bool:
    """One batch of cards that stay in the database; False when none was left."""
    _check_time(deadline)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        cycle = renew_cycle(cycle)
        cards = lock_claimable(cycle, BATCH, leaving=False)
        if not cards:
            return False
        claimed = claim_cards(cards, cycle)
        outcomes = _apply_all([entry.card for entry in claimed], cycle)
        _settle(claimed, [outcomes[entry.card.pk] for entry in claimed], cycle)
    return True


def _execute_outbound(cycle: Cycle, deadline: float | None) -> bool:
    """One card whose effect leaves; False when none was left. A simulated clock lets none leave."""
    if cycle.is_simulated:
        return False
    _check_time(deadline)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        cycle = renew_cycle(cycle)
        cards = lock_claimable(cycle, 1, leaving=True)
        if not cards:
            return False
        claimed = claim_cards(cards, cycle)
    for entry in claimed:
        with bound_contextvars(card=entry.card.pk):
            _carry_out(entry, cycle)
    return True


def _carry_out(entry: Claimed, cycle: Cycle) -> None:
    """Effect and record of one claimed card. A switch thrown since the claim sends it back: nothing has left.

    So does what its handler finds at the last look (an opt-out), and a process that stood still after that look
    (SIGSTOP, a frozen machine). What remains is a pause within the call itself, which no fence can reach: there the
    provider's idempotency key decides, or the card is unknown.
    """
    looked_at = time.monotonic()
    stopped, objection = None, ""
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        try:
            ensure_may_leave(entry.card.kind, cycle.tenant.pk)
            objection = outbound_handler(entry.card).look_again(entry.intent, now=cycle.now)
            if not objection:
                _begin_effect(entry)
        except Stopped as caught:
            stopped = caught
    if stopped is not None:
        _send_back(entry, str(stopped), cycle)
        if stopped.stop.reason != StopReason.MAIL_STOPPED:
            raise stopped
    elif objection:
        # Judged anew, the rules are to say the same. Should they not, it goes round no more often than other tries.
        is_last = entry.card.attempts >= MAX_ATTEMPTS
        _send_back(entry, objection, cycle, Effect.FAILED if is_last else Effect.RETRY)
    elif time.monotonic() - looked_at > LOOK_HOLDS_SECONDS:
        _send_back(entry, "The process stood still before the effect could begin.", cycle)
    else:
        _record_outbound(entry, _perform(entry, cycle), cycle)


def _send_back(entry: Claimed, why: str, cycle: Cycle, effect: Effect = Effect.RETRY) -> None:
    """Make a claimed card claimable again, which a process that has lost its lease cannot."""
    entry.intent.state = IntentState.READY
    _record_outbound(entry, Outcome(effect=effect, reason=f"Nothing left: {why}"), cycle)


def _check_time(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() >= deadline:
        raise OutOfTime("The cycle reached its time limit. What is left is carried out by the next one.")


def _apply_all(cards: Sequence[Card], cycle: Cycle) -> dict[int, Outcome]:
    """The effects of cards that stay in the database, kind by kind."""
    outcomes: dict[int, Outcome] = {}
    for kind in dict.fromkeys(card.kind for card in cards):
        group = [card for card in cards if card.kind == kind]
        applied = _apply_group(_database_handler(kind), group, cycle)
        outcomes |= {card.pk: outcome for card, outcome in zip(group, applied, strict=True)}
    return outcomes


def _apply_group(handler: DatabaseHandler, cards: Sequence[Card], cycle: Cycle) -> Sequence[Outcome]:
    """All in one savepoint; when one of them fails, each in its own, so that it spoils no other."""
    if len(cards) > 1:
        try:
            with transaction.atomic():
                return handler.apply_all(cards, cycle)
        except Exception as error:
            # Which of them it was comes out below, where it ends that card alone.
            logger.info("batch_undone", kind=handler.kind, cards=len(cards), error=type(error).__name__)
    return [_apply(handler, card, cycle) for card in cards]


def _apply(handler: DatabaseHandler, card: Card, cycle: Cycle) -> Outcome:
    try:
        with bound_contextvars(card=card.pk), transaction.atomic():
            return handler.apply(card, cycle)
    except Exception as error:
        # Whatever a domain's code raises ends this card, visibly, and leaves the batch alone.
        logger.exception("card_failed", card=card.pk, kind=card.kind)
        return Outcome(effect=Effect.FAILED, reason=f"{type(error).__name__}: {error}")


def _begin_effect(entry: Claimed) -> None:
    """The last look before the socket: from here on a crash may leave an effect, and the occasion is used up.

    A claim that was taken for dead meanwhile, and made anew or given up, begins nothing: attempts tell claims apart.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_SQL, [entry.card.pk, entry.card.attempts, entry.intent.pk])
        has_begun = cursor.fetchone() is not None
    if not has_begun:
        raise RuntimeError(f"Intent {entry.intent.idempotency_key} is already under way elsewhere.")
    entry.intent.state = IntentState.EFFECTING


def _perform(entry: Claimed, cycle: Cycle) -> Outcome:
    try:
        return outbound_handler(entry.card).perform(entry.intent)
    except Exception as error:
        # The handler could not say how far it came, so neither can we: never sent again by itself.
        logger.exception("effect_unknown", kind=entry.card.kind)
        return Outcome(effect=Effect.UNKNOWN, reason=f"{type(error).__name__}: {error}")


def _record_outbound(entry: Claimed, outcome: Outcome, cycle: Cycle) -> None:
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        write_outcome(entry, outcome, cycle)


def write_outcome(entry: Claimed, outcome: Outcome, cycle: Cycle) -> bool:
    """Inside a scope: record how an effect that leaves ended; False when the card was no longer ours to record."""
    if _is_last_try(entry, outcome):
        outcome = Outcome(
            effect=Effect.FAILED,
            reason=f"Given up after {MAX_ATTEMPTS} tries. {outcome.reason}",
            result=outcome.result,
        )
    if not _settle([entry], [outcome], cycle):
        return False
    outbound_handler(entry.card).record(entry.intent, outcome, cycle)
    if outcome.effect in (Effect.FAILED, Effect.RETRY):
        limits.give_back(entry.intent.caps, now=entry.card.claimed_at or cycle.now)
    return True


def _is_last_try(entry: Claimed, outcome: Outcome) -> bool:
    """Whether a refusal uses up the card's last try. One that names a time to come back uses up none."""
    is_refused = outcome.effect == Effect.RETRY and entry.intent.state == IntentState.EFFECTING
    return is_refused and outcome.retry_after is None and entry.card.attempts >= MAX_ATTEMPTS


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
    intents = {entry.card.pk: entry.intent.pk for entry in claimed if entry.intent.pk is not None}
    for state in IntentState:
        keys = [
            intents[card.pk] for card in moved if card.pk in intents and INTENT_AFTER[card.state] == state
        ]
        if keys:
            settled_at = cycle.now if state == IntentState.SETTLED else None
            update_rows(Intent, [{"id": key} for key in keys], state=state, settled_at=settled_at)
    return moved


def _next_try(entry: Claimed, outcome: Outcome, cycle: Cycle) -> datetime | None:
    """When a card is tried again: when the other side says, else later each time it was refused.

    At once when its process died before the try.
    """
    if outcome.effect == Effect.RETRY and entry.intent.state == IntentState.EFFECTING:
        wait = RETRY_AFTER * entry.card.attempts if outcome.retry_after is None else outcome.retry_after
        return cycle.now + wait
    return None


def _database_handler(kind: str) -> DatabaseHandler:
    handler = registry.handlers()[kind]
    if not isinstance(handler, DatabaseHandler):
        raise TypeError(f"{kind} cards have no database handler.")
    return handler


def outbound_handler(card: Card) -> OutboundHandler:
    """Who carries out this card; raises `TypeError` for a kind whose effect stays in the database."""
    handler = registry.handlers()[card.kind]
    if not isinstance(handler, OutboundHandler):
        raise TypeError(f"{card.kind} cards have no outbound handler; card {card.pk} cannot be carried out.")
    return handler
