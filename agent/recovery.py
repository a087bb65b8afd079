"""Settling what dead processes and lost answers left behind. Carrying out cards is `agent.executor`'s.

A card whose effect had not begun is tried again with the same bytes. For any other the handler's `reconcile` says what
became of it; what nobody can tell stays unknown, is never sent again by itself, and is shown to an operator.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db.models import Q
from structlog.contextvars import bound_contextvars

from agent.claims import Claimed
from agent.executor import BATCH, outbound_handler, write_outcome
from agent.leases import fenced_scope, read_live_token
from agent.models import Card, Intent, IntentState
from agent.registry import Cycle, Effect, Outcome, registry
from agent.states import CardState
from agent.switches import Stopped, ensure_may_leave

logger = structlog.get_logger(__name__)

# A claim made outside a run carries no fence; after this long its process is taken for dead.
UNFENCED_CLAIM_TIMEOUT = timedelta(minutes=10)
# How long an unknown outcome may still be proven by itself: delivery reports come within five days (RFC 5321, 4.5.4.1).
PROVABLE_FOR = timedelta(days=7)


def recover_cards(*, cycle: Cycle) -> int:
    """Settle cards that a dead process left executing, and unknown ones that can be told by now; returns how many.

    Settling may mean asking the other side again, so a switch that is on and a simulated clock leave all as it is.
    When the other side wants to be left alone, the rest is asked for in the next round.
    """
    if cycle.is_simulated:
        return 0
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        left = [*_find_orphans(cycle), *_find_unknown(cycle)]
    recovered = 0
    for intent in sorted(left, key=lambda intent: intent.state != IntentState.READY):
        with bound_contextvars(card=intent.card_id):
            outcome = _find_out(intent, cycle)
            if outcome is None:
                continue
            recovered += _settle(intent, outcome, cycle)
        if outcome.retry_after is not None:
            break
    return recovered


def _find_out(intent: Intent, cycle: Cycle) -> Outcome | None:
    """What became of one effect; None while a switch forbids to ask."""
    if intent.state == IntentState.READY:
        return Outcome(
            effect=Effect.RETRY, reason="Its process died before anything left; it is tried again."
        )
    try:
        with fenced_scope(cycle.tenant.pk, cycle.fence):
            ensure_may_leave(intent.card.kind, cycle.tenant.pk)
    except Stopped:
        return None
    try:
        return outbound_handler(intent.card).reconcile(intent, now=cycle.now)
    except Exception as error:
        # What one card's handler raises must not keep the others from being settled.
        logger.exception("effect_unknown", kind=intent.card.kind)
        return Outcome(effect=Effect.UNKNOWN, reason=f"{type(error).__name__}: {error}")


def _settle(intent: Intent, outcome: Outcome, cycle: Cycle) -> bool:
    """Record what was found out, unless the card has moved or was claimed again meanwhile."""
    card = intent.card
    if outcome.effect == Effect.UNKNOWN and card.state == CardState.UNKNOWN:
        return False
    with fenced_scope(cycle.tenant.pk, cycle.fence):
        unmoved = Card.objects.filter(pk=card.pk, state=card.state, attempts=card.attempts)
        if not list(unmoved.select_for_update().values_list("pk")):
            return False
        return write_outcome(Claimed(card=card, intent=intent), outcome, cycle)


def _find_orphans(cycle: Cycle) -> list[Intent]:
    """Executing cards whose run has lost its lease, or whose claim outside a run is too old."""
    live = read_live_token(cycle.tenant.pk)
    unfenced = Q(fence__isnull=True, card__claimed_at__lt=cycle.now - UNFENCED_CLAIM_TIMEOUT)
    dead = unfenced | (Q(fence__isnull=False) & ~Q(fence=live or 0))
    executing = Intent.objects.select_related("card").filter(card__state=CardState.EXECUTING)
    return list(executing.filter(dead, card__kind__in=registry.outbound_kinds()).order_by("id"))


def _find_unknown(cycle: Cycle) -> list[Intent]:
    """The newest cards with an unknown outcome that may still be told without a person."""
    unknown = Intent.objects.select_related("card").filter(
        card__state=CardState.UNKNOWN,
        card__kind__in=registry.outbound_kinds(),
        created_at__gt=cycle.now - PROVABLE_FOR,
    )
    return list(unknown.order_by("-id")[:BATCH])
