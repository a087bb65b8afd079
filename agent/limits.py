"""Hourly caps that hold under concurrency: one row per tenant, cap and clock hour, taken under its lock.

What is refused here is deferred to the next window by the executor, never dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F

from agent.models import RateLimit

HOUR = timedelta(hours=1)
EMAILS = "emails_per_hour"
RESEARCH = "research_per_hour"


def window_of(now: datetime) -> datetime:
    """The start of the clock hour (UTC) that `now` falls into."""
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def next_window(now: datetime) -> datetime:
    """When the next clock hour starts."""
    return window_of(now) + HOUR


def count_left(key: str, *, cap: int, now: datetime) -> int:
    """How much of the cap the current hour still has."""
    used = (
        RateLimit.objects.filter(key=key, window_start=window_of(now)).values_list("used", flat=True).first()
    )
    return max(cap - (used or 0), 0)


def reserve(key: str, *, wanted: int, cap: int, now: datetime) -> int:
    """Take up to `wanted` from the hour's cap and return how many were granted.

    Inside the claim transaction: a claim that rolls back gives back what it took, and concurrent claims queue on
    the row until then.
    """
    if wanted <= 0:
        return 0
    window = window_of(now)
    RateLimit.objects.bulk_create([RateLimit(key=key, window_start=window, used=0)], ignore_conflicts=True)
    limit = RateLimit.objects.select_for_update().get(key=key, window_start=window)
    granted = min(wanted, max(cap - limit.used, 0))
    if granted:
        RateLimit.objects.filter(pk=limit.pk).update(used=limit.used + granted)
    return granted


def give_back(key: str, *, count: int, now: datetime) -> None:
    """Return a reservation whose effect certainly did not happen."""
    RateLimit.objects.filter(key=key, window_start=window_of(now), used__gte=count).update(
        used=F("used") - count
    )
