"""Keeping the signs of business that stored mail shows, and noting that somebody has seen to them.

Inside a tenant scope. The signs are found by `engagement.mail.reading`, and stand in each message's reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from engagement.enrichment.models import OpportunitySignal, SignalType
from engagement.enrichment.signatures import is_trusted
from engagement.mail.models import Message, Tier


class ActionMissing(ValueError):
    """Nobody said what was done about a signal."""


def keep_signals(messages: Iterable[Message], *, now: datetime) -> int:
    """Keep the signals in mail that people who are contacts wrote, each once; returns how many they show."""
    rows = [
        row
        for message in messages
        if message.tier == Tier.HUMAN and is_trusted(message)
        for entry in message.reading.get("signals", ())
        if (row := _row_of(message, entry, now)) is not None
    ]
    OpportunitySignal.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def mark_signals_actioned(
    *, signals: Collection[OpportunitySignal], actor: str, action: str, now: datetime
) -> int:
    """Note who saw to the signals and what was done; returns how many were open. Raises `ActionMissing`."""
    action = action.strip()
    if not action:
        raise ActionMissing("Say what was done about it, for whoever reads this later.")
    chosen = OpportunitySignal.objects.unactioned().filter(pk__in=[signal.pk for signal in signals])
    return chosen.order_by().update(actioned_at=now, actioned_by=actor, action=action[:500])


def _row_of(message: Message, entry: Mapping[str, Any], now: datetime) -> OpportunitySignal | None:
    """The row of one signal in a reading; None for one of a kind that nobody knows."""
    if entry.get("type") not in SignalType.values:
        return None
    start = max(0, int(entry.get("start") or 0))
    return OpportunitySignal(
        message=message,
        contact_id=message.contact_id,
        client_id=message.client_id,
        type=entry["type"],
        strength=min(1.0, max(0.0, float(entry.get("strength") or 0))),
        evidence=str(entry.get("evidence") or ""),
        start=start,
        end=max(start, int(entry.get("end") or 0)),
        seen_at=message.sent_at,
        found_at=now,
    )
