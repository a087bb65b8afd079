"""What a goal counts, and whether a month keeps pace with it on business days. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models

from agent.calendars import MonthPace

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


class Metric(models.TextChoices):
    """What a goal counts."""

    ORDERS = "orders", "Orders"  # received in the month and not cancelled
    REVENUE = "revenue", "Revenue"  # the totals of those orders, in dollars


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One goal against what has come in: counts of orders, or dollars.

    The day itself counts as left, not as elapsed: a month is not behind on its first morning.
    """

    metric: Metric
    target: Decimal
    actual: Decimal
    month: MonthPace

    @property
    def target_so_far(self) -> Decimal:
        """What the business days that are over should have brought."""
        if not self.month.days:
            return ZERO
        return _rounded(self.target * self.month.elapsed / self.month.days)

    @property
    def missing(self) -> Decimal:
        """What is still to come for the goal to be reached."""
        return max(self.target - self.actual, ZERO)

    @property
    def is_behind(self) -> bool:
        """Whether less has come in than by now should have."""
        return self.actual * self.month.days < self.target * self.month.elapsed

    @property
    def needed_per_day(self) -> Decimal | None:
        """What each business day that is left must bring; None when none is left and something is missing."""
        if self.month.left:
            return _rounded(self.missing / self.month.left)
        return None if self.missing else ZERO

    def __str__(self) -> str:
        verb = "behind" if self.is_behind else "on pace"
        return (
            f"{self.metric.label} {verb}: {show_amount(self.actual)} of {show_amount(self.target)}, "
            f"{show_amount(self.target_so_far)} due by today."
        )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The month's goals that are set, and the business in sight. `in_sight` is None when no engine knows."""

    month: MonthPace
    paces: tuple[Pace, ...]
    unknown: tuple[Metric, ...] = ()
    """Goals of which no engine tells what has come in."""
    in_sight: Decimal | None = None

    @property
    def has_goals(self) -> bool:
        return bool(self.paces or self.unknown)

    @property
    def is_behind(self) -> bool:
        """Whether any goal is behind its pace."""
        return any(pace.is_behind for pace in self.paces)

    @property
    def missing_revenue(self) -> Decimal:
        """What the revenue goal still lacks; nothing when none is set."""
        return sum((pace.missing for pace in self.paces if pace.metric == Metric.REVENUE), ZERO)

    @property
    def is_pipeline_thin(self) -> bool:
        """Whether the business in sight would not make up what the revenue goal lacks."""
        return (self.in_sight or ZERO) < self.missing_revenue


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def show_amount(amount: Decimal) -> str:
    """An amount or a count as a person reads it: 20000.00 as "20,000"."""
    return f"{amount:,.2f}".removesuffix(".00")
