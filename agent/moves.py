"""Moving cards: the one place that changes a card's state, in bulk, each move with its transition row.

Which moves are legal is `agent.states.MOVES`; when to make one is decided by policy, executor and services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from agent.bulk import as_document
from agent.models import Card
from agent.states import FINAL_STATES, MOVES, CardState, sources_of
from agent.tenancy import require_tenant_id

# `old` locks the rows and sees their newest state; a card that left the legal sources meanwhile, or was claimed anew,
# does not move.
MOVE_SQL = """
    WITH move AS (
        SELECT * FROM json_to_recordset(%(moves)s::json)
            AS move (id bigint, rule text, reason text, result jsonb, until timestamptz, attempts int)
    ), old AS MATERIALIZED (
        SELECT id, state FROM kanban_cards WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id FOR UPDATE
    ), moved AS (
        UPDATE kanban_cards AS card SET
            state = %(to)s,
            rule = move.rule,
            rule_reason = move.reason,
            result = coalesce(move.result, card.result),
            not_before = CASE WHEN %(to)s IN ('deferred', 'allowed') THEN coalesce(move.until, card.not_before)
                              ELSE card.not_before END,
            held_until = CASE WHEN %(to)s = 'held' THEN move.until ELSE card.held_until END,
            finished_at = CASE WHEN %(is_final)s THEN %(now)s ELSE card.finished_at END,
            claimed_at = CASE WHEN %(is_claim)s THEN %(now)s ELSE card.claimed_at END,
            attempts = card.attempts + %(is_claim)s::int,
            defer_count = card.defer_count + (%(to)s = 'deferred')::int
        FROM move, old
        WHERE card.id = move.id AND old.id = card.id AND card.state = ANY(%(sources)s)
            AND card.attempts = move.attempts
        RETURNING card.id, old.state, move.reason
    )
    INSERT INTO kanban_card_transitions (tenant_id, card_id, run_id, old, new, actor, reason, at)
    SELECT %(tenant)s, moved.id, %(run)s, coalesce(step.old, moved.state), step.new, %(actor)s,
           coalesce(step.reason, moved.reason), %(now)s
    FROM moved, json_to_recordset(%(steps)s::json) AS step (place int, old text, new text, reason text)
    ORDER BY moved.id, step.place
    RETURNING card_id
"""
# What the log says of a claim, whether the card's effect follows it or not.
CLAIMED = "Claimed."


class MoveRefused(RuntimeError):
    """The card is not in a state from which this move is legal; somebody else moved it first."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """What one card becomes and why; `rule` names the policy rule that asked for it.

    `until`: when a deferred or retried card is taken up again, or when a held one expires.
    `is_claimed_first`: the card is claimed and becomes `to` in one UPDATE, because nothing comes between the two.
    """

    card: Card
    to: CardState
    reason: str
    rule: str = ""
    until: datetime | None = None
    result: Mapping[str, Any] | None = None
    is_claimed_first: bool = False

    @property
    def is_claim(self) -> bool:
        """Whether the move makes the card an executor's, and counts as an attempt."""
        return self.is_claimed_first or self.to == CardState.EXECUTING


def move_cards(moves: Sequence[Move], *, actor: str, now: datetime, run_id: int | None = None) -> list[Card]:
    """Make the moves that are still legal and return the cards that moved, changed in memory too.

    One statement for each target state, whatever the number of cards.
    """
    moved: list[Card] = []
    for target, is_claimed_first in dict.fromkeys((move.to, move.is_claimed_first) for move in moves):
        batch = {
            move.card.pk: move
            for move in moves
            if (move.to, move.is_claimed_first) == (target, is_claimed_first)
        }
        for pk in _store(list(batch.values()), actor, now, run_id):
            _change_in_memory(batch[pk], now)
            moved.append(batch[pk].card)
    return moved


def move_card(move: Move, *, actor: str, now: datetime, run_id: int | None = None) -> Card:
    """Make one move, or raise `MoveRefused`."""
    if not move_cards([move], actor=actor, now=now, run_id=run_id):
        raise MoveRefused(f"Card {move.card.pk} can no longer become {move.to}. Load it again to see why.")
    return move.card


def _store(batch: Sequence[Move], actor: str, now: datetime, run_id: int | None) -> list[int]:
    """Move cards to one state and log it; the keys of those that moved, in order."""
    target, is_claimed_first = batch[0].to, batch[0].is_claimed_first
    steps = _steps(target, is_claimed_first)
    parameters: dict[str, Any] = {
        "to": str(target),
        "is_final": target in FINAL_STATES,
        "is_claim": batch[0].is_claim,
        "now": now,
        "sources": sorted(sources_of(CardState(steps[0]["new"]))),
        "ids": [move.card.pk for move in batch],
        "moves": as_document([_row_of(move) for move in batch]),
        "steps": as_document(steps),
        "tenant": require_tenant_id(),
        "run": run_id,
        "actor": actor,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE_SQL, parameters)
        return sorted({pk for (pk,) in cursor.fetchall()})


def _steps(target: CardState, is_claimed_first: bool) -> list[dict[str, Any]]:
    """The rows of the log that one move leaves; what is None is the card's own."""
    if not is_claimed_first:
        return [{"place": 1, "old": None, "new": target, "reason": None}]
    if target not in MOVES[CardState.EXECUTING]:
        raise ValueError(f"A card that is carried out cannot become {target}.")
    return [
        {"place": 1, "old": None, "new": CardState.EXECUTING, "reason": CLAIMED},
        {"place": 2, "old": CardState.EXECUTING, "new": target, "reason": None},
    ]


def _row_of(move: Move) -> dict[str, Any]:
    return {
        "id": move.card.pk,
        "rule": move.rule,
        "reason": move.reason,
        "result": None if move.result is None else dict(move.result),
        "until": move.until,
        "attempts": move.card.attempts,
    }


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
    if move.is_claim:
        card.claimed_at = now
        card.attempts += 1
    card.defer_count += move.to == CardState.DEFERRED
