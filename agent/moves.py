"""Moving cards: the one place that changes a card's state, in bulk, each move with its transition row.

Which moves are legal is `agent.states.MOVES`; when to make one is decided by policy, executor and services.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from agent.models import Card, CardTransition
from agent.states import FINAL_STATES, CardState, sources_of

# `old` locks the rows and sees their newest state; a card that left the legal sources meanwhile, or was claimed anew,
# does not move.
MOVE_SQL = """
    UPDATE kanban_cards AS card SET
        state = %(to)s,
        rule = move.rule,
        rule_reason = move.reason,
        result = coalesce(move.result::jsonb, card.result),
        not_before = CASE WHEN %(to)s IN ('deferred', 'allowed') THEN coalesce(move.until, card.not_before)
                          ELSE card.not_before END,
        held_until = CASE WHEN %(to)s = 'held' THEN move.until ELSE card.held_until END,
        finished_at = CASE WHEN %(is_final)s THEN %(now)s ELSE card.finished_at END,
        claimed_at = CASE WHEN %(to)s = 'executing' THEN %(now)s ELSE card.claimed_at END,
        attempts = card.attempts + (%(to)s = 'executing')::int,
        defer_count = card.defer_count + (%(to)s = 'deferred')::int
    FROM unnest(%(ids)s::bigint[], %(rules)s::text[], %(reasons)s::text[], %(results)s::text[],
                %(until)s::timestamptz[], %(attempts)s::int[])
         AS move (id, rule, reason, result, until, attempts),
         (SELECT id, state FROM kanban_cards WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id FOR UPDATE) AS old
    WHERE card.id = move.id AND old.id = card.id AND card.state = ANY(%(sources)s)
        AND card.attempts = move.attempts
    RETURNING card.id, old.state
"""


class MoveRefused(RuntimeError):
    """The card is not in a state from which this move is legal; somebody else moved it first."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """What one card becomes and why; `rule` names the policy rule that asked for it.

    `until`: when a deferred or retried card is taken up again, or when a held one expires.
    """

    card: Card
    to: CardState
    reason: str
    rule: str = ""
    until: datetime | None = None
    result: Mapping[str, Any] | None = None


def move_cards(moves: Sequence[Move], *, actor: str, now: datetime, run_id: int | None = None) -> list[Card]:
    """Make the moves that are still legal and return the cards that moved, changed in memory too.

    One UPDATE for each target state and one INSERT for all transitions, whatever the number of cards.
    """
    moved: list[Card] = []
    transitions: list[CardTransition] = []
    for target in dict.fromkeys(move.to for move in moves):
        batch = {move.card.pk: move for move in moves if move.to == target}
        for pk, old in _update(target, list(batch.values()), now):
            move = batch[pk]
            _change_in_memory(move, now)
            moved.append(move.card)
            transitions.append(
                CardTransition(
                    card=move.card,
                    run_id=run_id,
                    old=old,
                    new=target,
                    actor=actor,
                    reason=move.reason,
                    at=now,
                )
            )
    CardTransition.objects.bulk_create(transitions)
    return moved


def move_card(move: Move, *, actor: str, now: datetime, run_id: int | None = None) -> Card:
    """Make one move, or raise `MoveRefused`."""
    if not move_cards([move], actor=actor, now=now, run_id=run_id):
        raise MoveRefused(f"Card {move.card.pk} can no longer become {move.to}. Load it again to see why.")
    return move.card


def _update(target: CardState, batch: Sequence[Move], now: datetime) -> list[tuple[int, str]]:
    parameters: dict[str, Any] = {
        "to": str(target),
        "is_final": target in FINAL_STATES,
        "now": now,
        "sources": sorted(sources_of(target)),
        "ids": [move.card.pk for move in batch],
        "rules": [move.rule for move in batch],
        "reasons": [move.reason for move in batch],
        "results": [None if move.result is None else json.dumps(dict(move.result)) for move in batch],
        "until": [move.until for move in batch],
        "attempts": [move.card.attempts for move in batch],
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE_SQL, parameters)
        return sorted(cursor.fetchall())


def _change_in_memory(move: Move, now: datetime) -> None:
    """Bring the loaded row in step with what MOVE_SQL did to the stored one."""
    card = move.card
    card.state, card.rule, card.rule_reason = move.to, move.rule, move.reason
    card.result = card.result if move.result is None else dict(move.result)
    if move.to in (CardState.DEFERRED, CardState.ALLOWED):
        card.not_before = move.until or card.not_before
    if move.to == CardState.HELD:
        card.held_until = move.until
    if move.to in FINAL_STATES:
        card.finished_at = now
    if move.to == CardState.EXECUTING:
        card.claimed_at = now
        card.attempts += 1
    card.defer_count += move.to == CardState.DEFERRED
