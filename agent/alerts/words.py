"""How figures read in the sentences of alerts, and the one sentence that both kinds of conditions share."""

from __future__ import annotations

from datetime import timedelta

from agent.alerts.facts import Finding
from agent.alerts.states import AlertKind, Severity


def percent(share: float) -> str:
    return f"{share:.1%}".replace("%", " %")


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def ago(span: timedelta) -> str:
    """A length of time in the largest unit that says enough."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def word_refused_notices(notices: int, error: str, remedy: str) -> Finding | None:
    """What one channel refuses, the other one, and the console, can still tell."""
    if not notices:
        return None
    return Finding(
        kind=AlertKind.NOTICES_REFUSED,
        severity=Severity.WARNING,
        sentence=f"{count(notices, 'notice has', 'notices have')} not been accepted for more than 15 minutes, so "
        f"somebody has not been told. Last it was said: {error.rstrip('.') or 'nothing'}. {remedy}, and open Notices.",
        numbers={"notices": notices},
    )
