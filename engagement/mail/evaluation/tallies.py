"""What a score is made of: hits, false alarms and misses, and when two pieces of text are the same evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engagement.mail.evaluation.labels import Label

Pair = tuple[Mapping[str, Any], Label]


@dataclass(frozen=True, kw_only=True)
class Score:
    """One figure beside its goal; None where no mail has a label for it. `wrong` names the mails to look at."""

    name: str
    value: float | None
    goal: float
    cases: int
    wrong: tuple[str, ...] = ()

    @property
    def is_reached(self) -> bool:
        return self.value is None or self.value >= self.goal


@dataclass
class Tally:
    """Hits, false alarms and misses of one finding."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float | None:
        return share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        return share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        return share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def words(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def is_same_evidence(found: str | None, expected: str | None) -> bool:
    """One holds the other: a label may quote a clause of the sentence, or the sentence and its neighbour."""
    mine, theirs = (re.sub(r"[\W_]+", " ", words(text)).strip() for text in (found, expected))
    return bool(mine) and bool(theirs) and (mine in theirs or theirs in mine)
