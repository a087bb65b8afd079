"""Claiming allowed cards: locked, judged again against the world as it is now, and their content frozen.

All of it is one short transaction of the caller, who then owns the cards and carries them out: `agent.executor`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agent import limits
from agent.bulk import insert_rows, read_rows
from agent.models import Card, Intent, IntentState
from agent.moves import CLAIMED, Move, move_cards
from agent.planning import move_of
from agent.policy import Judged, judge_cards, store_judgements
from agent.registry import Content, Cycle, Handler, registry
from agent.states import CardState

EXECUTOR = "executor"


# In `Card.objects.claimable` order, which its partial index has.
CLAIMABLE = """
    state = 'allowed' AND not_before <= %s AND {which}
    ORDER BY priority DESC, proposed_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
LEAVING = "kind = ANY(%s::text[]) AND NOT is_rehearsal"
STAYING = "(kind = ANY(%s::text[]) OR kind = ANY(%s::text[]) AND is_rehearsal)"
REHEARSED = "Rehearsed: kept and shown, not sent."


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A card that is this executor's to carry out, with its frozen intent."""

    card: Card
    intent: Intent


def lock_claimable(cycle: Cycle, count: int, *, leaving: bool) -> list[Card]:
    """Up to `count` cards whose time has come, most urgent first, that no other claim has in hand.

    Those whose effect leaves the database when `leaving`, else those that stay, rehearsals among them.
    """
    outbound = list(registry.outbound_kinds())
    staying = [kind for kind in registry.handlers() if kind not in outbound]
    which = LEAVING if leaving else STAYING
    kinds = [outbound] if leaving else [staying, outbound]
    return read_rows(Card, CLAIMABLE.format(which=which), [cycle.now, *kinds, count])


def claim_cards(cards: Sequence[Card], cycle: Cycle) -> list[Claimed]:
    """Judge again against the world as it is now, take from the caps, freeze the content, and move to executing.

    Returns the cards to carry out. A rehearsal is none of them: with its content kept it is done.
    """
    judged = judge_cards(cards, cycle)
    store_judgements(judged, cycle=cycle, is_at_claim=True)
    contents, problems = _freeze([entry.card for entry in judged if _may_run(entry, cycle)], cycle)
    cleared = [entry.card for entry in judged if _is_cleared(entry, contents)]
    caps = _caps_of(cleared, contents, cycle)
    answers = limits.reserve([caps[card.pk] for card in cleared], now=cycle.now)
    refused = {card.pk: until for card, until in zip(cleared, answers, strict=True) if until is not None}
    taken = {card.pk: card for card in cleared if card.pk not in refused}
    claims = dict(zip(taken, _claims_of(taken.values()), strict=True))
    moves = [claims.get(entry.card.pk) or _move_of(entry, problems, refused, cycle) for entry in judged]
    move_cards(moves, actor=EXECUTOR, now=cycle.now, run_id=cycle.run_id)
    return _write_intents(list(taken.values()), contents, caps, cycle)


def _claims_of(cards: Iterable[Card]) -> Iterator[Move]:
    """To executing, or for a rehearsal through it: with its content kept it is done."""
    outbound = set(registry.outbound_kinds())
    for card in cards:
        if card.is_rehearsal and card.kind in outbound:
            result = {"rehearsed": True}
            yield Move(card=card, to=CardState.DONE, reason=REHEARSED, result=result, is_claimed_first=True)
        else:
            yield Move(card=card, to=CardState.EXECUTING, reason=CLAIMED)


def _move_of(
    entry: Judged, problems: Mapping[int, str], refused: Mapping[int, datetime], cycle: Cycle
) -> Move:
    """Where a card goes that is not claimed now."""
    card, pk = entry.card, entry.card.pk
    if pk in problems:
        return _hold(card, problems[pk], cycle)
    if pk in refused:
        return _defer(card, refused[pk])
    return move_of(entry, cycle)


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


def _freeze(cards: Iterable[Card], cycle: Cycle) -> tuple[dict[int, Content], dict[int, str]]:
    """The exact content of each card, kind by kind, and what is wrong with those that have none."""
    by_kind: dict[str, list[Card]] = {}
    for card in cards:
        by_kind.setdefault(card.kind, []).append(card)
    contents: dict[int, Content] = {}
    problems: dict[int, str] = {}
    for kind, group in by_kind.items():
        handler = registry.handlers()[kind]
        try:
            frozen = handler.freeze(group, cycle)
            contents |= {card.pk: content for card, content in zip(group, frozen, strict=True)}
        except ValueError:
            # One card that cannot be put into words must not keep back the others of its batch.
            for card in group:
                _freeze_alone(handler, card, cycle, contents, problems)
    return contents, problems


def _freeze_alone(
    handler: Handler, card: Card, cycle: Cycle, contents: dict[int, Content], problems: dict[int, str]
) -> None:
    try:
        (contents[card.pk],) = handler.freeze([card], cycle)
    except ValueError as error:
        problems[card.pk] = f"It cannot be put into words: {error}"


def _hold(card: Card, problem: str, cycle: Cycle) -> Move:
    until = cycle.now + timedelta(hours=cycle.settings.approval_hours)
    return Move(card=card, to=CardState.HELD, reason=problem, until=until)


def _defer(card: Card, until: datetime) -> Move:
    reason = f"A cap is used up until {until:%Y-%m-%d %H:%M} UTC."
    return Move(card=card, to=CardState.DEFERRED, rule="caps_hold", reason=reason, until=until)


def _caps_of(
    cards: Iterable[Card], contents: dict[int, Content], cycle: Cycle
) -> dict[int, tuple[limits.Cap, ...]]:
    """What each card takes from; a rehearsal takes from nothing, because nothing leaves."""
    return {
        card.pk: () if card.is_rehearsal else limits.caps_of_card(card.kind, contents[card.pk], cycle)
        for card in cards
    }


def _write_intents(
    cards: Sequence[Card],
    contents: dict[int, Content],
    caps: dict[int, tuple[limits.Cap, ...]],
    cycle: Cycle,
) -> list[Claimed]:
    """Freeze what will be done. A card tried before keeps its first bytes and its key: a retry sends the same."""
    tried = [card for card in cards if card.attempts > 1]
    kept = {intent.card_id: intent for intent in Intent.objects.filter(card__in=tried)} if tried else {}
    for card in tried:
        if card.pk in kept:
            intent = kept[card.pk]
            intent.card, intent.fence, intent.caps = card, cycle.fence, limits.as_stored(caps[card.pk])
    if kept:
        Intent.objects.bulk_update(kept.values(), ["fence", "caps"])
    rows = {
        card.pk: _row_of(card, contents[card.pk], caps[card.pk], cycle)
        for card in cards
        if card.pk not in kept
    }
    kept |= _insert(rows, cards, cycle)
    return [Claimed(card=card, intent=kept[card.pk]) for card in cards if card.state == CardState.EXECUTING]


def _row_of(card: Card, content: Content, caps: Iterable[limits.Cap], cycle: Cycle) -> dict[str, Any]:
    """A new intent, by column. That of a rehearsal is settled with the claim."""
    is_over = card.state == CardState.DONE
    return {
        "card_id": card.pk,
        "idempotency_key": f"card-{card.tenant_id}-{card.pk}",
        "content": content.body,
        "content_hash": content.hash,
        "details": dict(content.details),
        "caps": limits.as_stored(caps),
        "state": IntentState.SETTLED if is_over else IntentState.READY,
        "settled_at": cycle.now if is_over else None,
    }


def _insert(rows: Mapping[int, dict[str, Any]], cards: Iterable[Card], cycle: Cycle) -> dict[int, Intent]:
    """Store new intents, and return those of the cards that are to be carried out.

    Content without a byte, of a kind that leaves nothing behind but rows, has nothing to keep or to settle.
    """
    outbound = set(registry.outbound_kinds())
    new = [card for card in cards if card.pk in rows]
    stored = [card.pk for card in new if rows[card.pk]["content"] or card.kind in outbound]
    same = {"fence": cycle.fence, "created_at": cycle.now}
    keys = dict(zip(stored, insert_rows(Intent, [rows[pk] for pk in stored], **same), strict=True))
    return {
        card.pk: Intent(pk=keys.get(card.pk), card=card, **rows[card.pk], **same)
        for card in new
        if card.state == CardState.EXECUTING
    }
