"""Taking times in turn and saying how they compare. Knows nothing of what is measured."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """The measurements of one side, in one unit: seconds, or things a second."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> str:
        """The lowest and the highest measurement."""
        return f"{_short(min(self.values))} to {_short(max(self.values))}"

    def __str__(self) -> str:
        return f"{_short(self.median)} ({self.spread})"


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One goal and how it came out. `is_floor`: the goal is the least, not the most, that the ratio may be."""

    name: str
    what: str
    ours: Sample
    theirs: Sample
    unit: str
    value: float
    goal: float
    is_floor: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.is_floor else self.value <= self.goal

    @property
    def goal_words(self) -> str:
        return f"{'at least' if self.is_floor else 'at most'} {self.goal:g}"


def take_turns(rounds: int, *sides: Callable[[], float]) -> list[Sample]:
    """Measure the sides one after the other, round after round, so that a busy moment hits them all.

    The first round warms caches and does not count; every other round goes the other way about.
    """
    taken: list[list[float]] = [[] for _ in sides]
    for number in range(rounds + 1):
        order = range(len(sides)) if number % 2 else reversed(range(len(sides)))
        for place in order:
            value = sides[place]()
            if number:
                taken[place].append(value)
    return [Sample(tuple(values)) for values in taken]


def ratio_of(ours: Sample, theirs: Sample) -> float:
    """The median of the ratios of each round: neighbours in time are compared with each other."""
    pairs: Sequence[tuple[float, float]] = list(zip(ours.values, theirs.values, strict=True))
    return round(statistics.median(mine / other for mine, other in pairs), 3)


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.4g}"
