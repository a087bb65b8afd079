"""Carrying out allowed cards: exactly once in effect.

Cards whose effect stays in the database, rehearsals among them, are claimed, judged again and recorded in batches:
one transaction, a savepoint a card. Cards whose effect leaves go one by one: claim with the frozen content, mark
that the effect begins, effect, record; each its own transaction. What a dead process left is settled by `recover`.
Nothing but the executor calls a handler.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from agent import limits
from agent.leases import fenced_scope, read_live_token
from agent.models import Card, Intent, IntentState
from agent.moves import Move, move_cards
from agent.planning import move_of
from agent.policy import Judged, judge_cards, store_judgements
from agent.registry import Content, Cycle, DatabaseHandler, Effect, OutboundHandler, Outcome, registry
from agent.states import CardState
from agent.switches import ensure_running

logger = structlog.get_logger(__name__)

EXECUTOR = "executor"
BATCH = 50
MAX_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=5)
# A claim made outside a run carries no fence; after this long its process is taken for dead.
UNFENCED_CLAIM_TIMEOUT = timedelta(minutes=10)
LIMIT_OF_KIND = {"send_email": limits.EMAILS, "research": limits.RESEARCH}
STATE_OF_EFFECT = {
    Effect.DONE: CardState.DONE,
    Effect.FAILED: CardState.FAILED,
    Effect.RETRY: CardState.ALLOWED,
    Effect.UNKNOWN: CardState.UNKNOWN,
}


class OutOfTime(RuntimeError):
    """The cycle reached its time limit; what is left stays allowed for the next one."""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A card that is this executor's to carry out, with its frozen intent."""

    card: Card
    intent: Intent


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
    outbound = [handler.kind for handler in registry.handlers().values() if handler.leaves_database]
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        ensure_running(cycle.tenant.pk, lock=True)
        cards = _lock_claimable(cycle, Q(is_rehearsal=True) | ~Q(kind__in=outbound), BATCH)
        if not cards:
            return False
        claimed = _claim(cards, cycle)
        outcomes = [_apply(entry.card, cycle) for entry in claimed]
        _settle(claimed, outcomes, cycle)
    return True


def _execute_outbound(cycle: Cycle, deadline: float | None) -> bool:
    """One card whose effect leaves; False when none was left."""
    _check_time(deadline)
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        ensure_running(cycle.tenant.pk, lock=True)
        cards = _lock_claimable(cycle, Q(is_rehearsal=False), 1)
        if not cards:
            return False
        claimed = _claim(cards, cycle)
    for entry in claimed:
        with fenced_scope(cycle.tenant.pk, cycle.fence):
            _begin_effect(entry.intent)
        outcome = _perform(entry, cycle)
        _record_outbound(entry, outcome, cycle)
    return True


def _check_time(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() >= deadline:
        raise OutOfTime("The cycle reached its time limit. What is left is carried out by the next one.")


def _lock_claimable(cycle: Cycle, which: Q, count: int) -> list[Card]:
    claimable = Card.objects.claimable(cycle.now).filter(which)
    return list(claimable.select_for_update(skip_locked=True)[:count])


def _claim(cards: Sequence[Card], cycle: Cycle) -> list[Claimed]:
    """Judge again against the world as it is now, take from the caps, freeze the content, and move to executing."""
    judged = judge_cards(cards, cycle)
    store_judgements(judged, cycle=cycle, is_at_claim=True)
    contents = _freeze([entry.card for entry in judged if _may_run(entry, cycle)], cycle)
    cleared = [entry for entry in judged if _is_cleared(entry, contents)]
    refused = _over_cap([entry.card for entry in cleared], cycle)
    moves = [move_of(entry, cycle) for entry in judged if entry not in cleared]
    moves += [
        Move(
            card=card,
            to=CardState.DEFERRED,
            rule=LIMIT_OF_KIND[card.kind],
            reason="This hour's cap is used up.",
            until=limits.next_window(cycle.now),
        )
        for card in refused
    ]
    taken = [entry.card for entry in cleared if entry.card not in refused]
    moves += [Move(card=card, to=CardState.EXECUTING, reason="Claimed.") for card in taken]
    move_cards(moves, actor=EXECUTOR, now=cycle.now, run_id=cycle.run_id)
    return _write_intents(taken, contents, cycle)


def _may_run(entry: Judged, cycle: Cycle) -> bool:
    """Allowed by the rules, or held by them and approved by a person whose approval is still good."""
    if entry.state == CardState.ALLOWED:
        return True
    expires_at = entry.card.approval_expires_at
    return entry.state == CardState.HELD and expires_at is not None and expires_at > cycle.now


def _is_cleared(entry: Judged, contents: dict[int, Content]) -> bool:
    """An approval covers one exact content: what was approved must be what would be done."""
    content = contents.get(entry.card.pk)
    if content is None:
        return False
    return entry.state == CardState.ALLOWED or entry.card.approved_hash == content.hash


def _freeze(cards: Iterable[Card], cycle: Cycle) -> dict[int, Content]:
    """The exact content of each card, kind by kind."""
    by_kind: dict[str, list[Card]] = {}
    for card in cards:
        by_kind.setdefault(card.kind, []).append(card)
    handlers = registry.handlers()
    return {
        card.pk: content
        for kind, group in by_kind.items()
        for card, content in zip(group, handlers[kind].freeze(group, cycle), strict=True)
    }


def _over_cap(cards: Sequence[Card], cycle: Cycle) -> list[Card]:
    """Take what the cards need from their caps; returns those for which nothing was left, the least urgent."""
    caps = {limits.EMAILS: cycle.emails_per_hour, limits.RESEARCH: cycle.settings.max_research_per_hour}
    capped = [card for card in cards if card.kind in LIMIT_OF_KIND and not card.is_rehearsal]
    refused: list[Card] = []
    for key, wanted in sorted(Counter(LIMIT_OF_KIND[card.kind] for card in capped).items()):
        granted = limits.reserve(key, wanted=wanted, cap=caps[key], now=cycle.now)
        refused += [card for card in capped if LIMIT_OF_KIND[card.kind] == key][granted:]
    return refused


def _write_intents(cards: Sequence[Card], contents: dict[int, Content], cycle: Cycle) -> list[Claimed]:
    """Freeze what will be done. A card tried before keeps its first bytes and its key: a retry sends the same."""
    kept = {intent.card_id: intent for intent in Intent.objects.filter(card__in=cards)}
    Intent.objects.filter(pk__in=[intent.pk for intent in kept.values()]).update(fence=cycle.fence)
    new = [
        Intent(
            card=card,
            idempotency_key=f"card-{card.tenant_id}-{card.pk}",
            content=contents[card.pk].body,
            content_hash=contents[card.pk].hash,
            details=dict(contents[card.pk].details),
            fence=cycle.fence,
            created_at=cycle.now,
        )
        for card in cards
        if card.pk not in kept
    ]
    kept |= {intent.card_id: intent for intent in Intent.objects.bulk_create(new)}
    return [Claimed(card=card, intent=kept[card.pk]) for card in cards]


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


def _begin_effect(intent: Intent) -> None:
    """The last look before the socket: from here on a crash may leave an effect behind."""
    began = Intent.objects.filter(pk=intent.pk, state=IntentState.READY).update(state=IntentState.EFFECTING)
    if not began:
        raise RuntimeError(f"Intent {intent.idempotency_key} is already under way elsewhere.")


def _perform(entry: Claimed, cycle: Cycle) -> Outcome:
    try:
        return _outbound_handler(entry.card).perform(entry.intent)
    except Exception as error:
        # The handler could not say how far it came, so neither can we: never sent again by itself.
        logger.exception("effect_unknown", card=entry.card.pk, kind=entry.card.kind, run=cycle.run_id)
        return Outcome(effect=Effect.UNKNOWN, reason=f"{type(error).__name__}: {error}")


def _record_outbound(entry: Claimed, outcome: Outcome, cycle: Cycle) -> None:
    if outcome.effect == Effect.RETRY and entry.card.attempts >= MAX_ATTEMPTS:
        outcome = Outcome(
            effect=Effect.FAILED, reason=f"Given up after {MAX_ATTEMPTS} tries. {outcome.reason}"
        )
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        if _settle([entry], [outcome], cycle):
            _outbound_handler(entry.card).record(entry.card, outcome, cycle)
            if outcome.effect in (Effect.FAILED, Effect.RETRY) and entry.card.kind in LIMIT_OF_KIND:
                limits.give_back(
                    LIMIT_OF_KIND[entry.card.kind], count=1, now=entry.card.claimed_at or cycle.now
                )


def _settle(claimed: Sequence[Claimed], outcomes: Sequence[Outcome], cycle: Cycle) -> list[Card]:
    """Record the outcomes of claimed cards; returns those that were still ours to record."""
    moves = [
        Move(
            card=entry.card,
            to=STATE_OF_EFFECT[outcome.effect],
            reason=outcome.reason,
            result=outcome.result,
            until=cycle.now + RETRY_AFTER * entry.card.attempts if outcome.effect == Effect.RETRY else None,
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
