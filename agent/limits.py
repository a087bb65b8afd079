"""Caps per clock hour and day that hold under concurrency: one row a cap and window, taken under its lock.

A card takes all the caps it needs or none of them. What is refused is deferred by the executor to the moment when
the window that refused it ends, never dropped. Caps of a tenant and of one recipient are rows behind the tenant
wall; the caps of a mail provider's account are shared by all tenants, and so are their rows. Windows are UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from agent.models import ProviderWindow, RateLimit, Window
from agent.registry import Content, Cycle
from agent.tenancy import TenantModel, require_tenant_id

LENGTH = {Window.HOUR: timedelta(hours=1), Window.DAY: timedelta(days=1)}
# The kinds of cards that are capped, and the name under which each is counted.
COUNTED_AS = {"send_email": "emails", "research": "research", "sandbox_job": "sandbox_jobs"}

USED_SQL = """
    SELECT key, "window", window_start, used FROM agent_rate_limits
    WHERE (key, "window", window_start) IN (SELECT * FROM unnest(%s::text[], %s::text[], %s::timestamptz[]))
"""
# The rows are made where they are missing, and locked in any case, in the order in which they are named.
LOCK_SQL = """
    INSERT INTO agent_rate_limits AS known (tenant_id, key, "window", window_start, used)
    SELECT %(tenant)s, cap.*, 0 FROM unnest(%(keys)s::text[], %(windows)s::text[], %(starts)s::timestamptz[]) AS cap
    ON CONFLICT (tenant_id, key, "window", window_start) DO UPDATE SET used = known.used
    RETURNING key, "window", window_start, used
"""
LOCK_SHARED_SQL = """
    INSERT INTO agent_provider_windows AS known (key, "window", window_start, used)
    SELECT cap.*, 0 FROM unnest(%(keys)s::text[], %(windows)s::text[], %(starts)s::timestamptz[]) AS cap
    ON CONFLICT (key, "window", window_start) DO UPDATE SET used = known.used
    RETURNING key, "window", window_start, used
"""


@dataclass(frozen=True, order=True)
class Cap:
    """One cap: what it counts (`emails`, `recipient:a@b.c`, `provider:smtp`), for how long, and how many."""

    key: str
    window: Window
    limit: int
    is_shared: bool = False

    def starts_at(self, now: datetime) -> datetime:
        """The start of the window that `now` falls into."""
        return window_of(now, self.window)

    def ends_at(self, now: datetime) -> datetime:
        """When the window that follows begins: the time a refused card is deferred to."""
        return self.starts_at(now) + LENGTH[self.window]


@dataclass(frozen=True)
class Left:
    """How much of the tightest cap is left, and when more will be."""

    count: int
    until: datetime


def window_of(now: datetime, window: Window = Window.HOUR) -> datetime:
    """The start of the clock hour or day (UTC) that `now` falls into."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if window == Window.HOUR else hour.replace(hour=0)


def next_window(now: datetime) -> datetime:
    """When the next clock hour starts."""
    return window_of(now) + LENGTH[Window.HOUR]


def caps_of_kind(kind: str, cycle: Cycle) -> tuple[Cap, ...]:
    """The tenant's own caps on one kind of card under the send mode in force; none for a kind that is not capped."""
    if kind not in COUNTED_AS:
        return ()
    per_hour, per_day = {
        "send_email": (cycle.emails_per_hour, cycle.emails_per_day),
        "research": (cycle.settings.max_research_per_hour, cycle.settings.max_research_per_day),
        "sandbox_job": (cycle.settings.max_sandbox_jobs_per_hour, cycle.settings.max_sandbox_jobs_per_day),
    }[kind]
    key = COUNTED_AS[kind]
    return Cap(key, Window.HOUR, per_hour), Cap(key, Window.DAY, per_day)


def caps_of_card(kind: str, content: Content, cycle: Cycle) -> tuple[Cap, ...]:
    """Every cap that carrying out one card takes from: the tenant's, its recipient's, and its provider's."""
    caps = list(caps_of_kind(kind, cycle))
    if content.recipient:
        per_day = cycle.settings.max_emails_per_contact_per_day
        caps.append(Cap(f"recipient:{content.recipient}", Window.DAY, per_day))
    if content.provider:
        key = f"provider:{content.provider}"
        account = (
            (Window.HOUR, settings.EMAIL_PROVIDER_HOURLY_CAP),
            (Window.DAY, settings.EMAIL_PROVIDER_DAILY_CAP),
        )
        caps += [Cap(key, window, limit, is_shared=True) for window, limit in account if limit]
    return tuple(caps)


def read_left(cycle: Cycle) -> dict[str, Left]:
    """What the tenant's own caps leave for each capped kind of card. One query; takes nothing."""
    caps = {kind: caps_of_kind(kind, cycle) for kind in COUNTED_AS}
    require_tenant_id()
    used = _read_used([cap for group in caps.values() for cap in group], cycle.now)
    left = {}
    for kind, group in caps.items():
        counts = [(cap.limit - used.get(_place(cap, cycle.now), 0), cap.ends_at(cycle.now)) for cap in group]
        fewest = min(count for count, _ in counts)
        # Of several caps that are used up, the one that lasts longest says when to come back.
        until = max(ends for count, ends in counts if count <= max(fewest, 0))
        left[kind] = Left(count=max(fewest, 0), until=until)
    return left


def reserve(wanted: Sequence[Sequence[Cap]], *, now: datetime) -> list[datetime | None]:
    """Take all caps of each entry, or none of it, the first entries first; None for each that was granted.

    An entry that was refused gets the moment when the last window that refused it ends. Inside the claim
    transaction: a claim that rolls back gives back what it took, and concurrent claims queue on the rows until
    then. Rows are locked in one order, the shared ones last, so no two claims wait for each other.
    """
    caps = sorted({cap for entry in wanted for cap in entry})
    if not caps:
        return [None] * len(wanted)
    used = _lock_used(RateLimit, [cap for cap in caps if not cap.is_shared], now)
    used |= _lock_used(ProviderWindow, [cap for cap in caps if cap.is_shared], now)
    before = dict(used)
    answers: list[datetime | None] = []
    for entry in wanted:
        full = [cap for cap in entry if used[_place(cap, now)] >= cap.limit]
        answers.append(max((cap.ends_at(now) for cap in full), default=None))
        if not full:
            for cap in entry:
                used[_place(cap, now)] += 1
    grown = [cap for cap in caps if used[_place(cap, now)] > before[_place(cap, now)]]
    _write_used(RateLimit, [(cap, used[_place(cap, now)]) for cap in grown if not cap.is_shared], now)
    _write_used(ProviderWindow, [(cap, used[_place(cap, now)]) for cap in grown if cap.is_shared], now)
    return answers


def give_back(caps: Iterable[Sequence[str]], *, now: datetime) -> None:
    """Return a reservation whose effect certainly did not happen; `caps` and `now` are those of its claim.

    In the order of `reserve`, or a refused message and a claim that share two rows could wait for each other.
    """
    for key, window, table in sorted(caps, key=lambda cap: (cap[2] == "shared", cap[0], cap[1])):
        model = ProviderWindow if table == "shared" else RateLimit
        place = {"key": key, "window": window, "window_start": window_of(now, Window(window))}
        model._default_manager.filter(**place, used__gt=0).update(used=F("used") - 1)


def as_stored(caps: Iterable[Cap]) -> list[list[str]]:
    """The caps a card took from, as its intent keeps them for `give_back`."""
    return [[cap.key, cap.window.value, "shared" if cap.is_shared else "tenant"] for cap in caps]


def _place(cap: Cap, now: datetime) -> tuple[str, str, datetime]:
    return cap.key, cap.window.value, cap.starts_at(now)


def _read_used(caps: Sequence[Cap], now: datetime) -> dict[tuple[str, str, datetime], int]:
    places = [_place(cap, now) for cap in caps]
    with connection.cursor() as cursor:
        cursor.execute(USED_SQL, [list(values) for values in zip(*places, strict=True)])
        return {(key, window, start): used for key, window, start, used in cursor.fetchall()}


def _lock_used(model: Any, caps: Sequence[Cap], now: datetime) -> dict[tuple[str, str, datetime], int]:
    if not caps:
        return {}
    places = sorted({_place(cap, now) for cap in caps})
    is_shared = not issubclass(model, TenantModel)
    keys, windows, starts = zip(*places, strict=True)
    values: dict[str, Any] = {"keys": list(keys), "windows": list(windows), "starts": list(starts)}
    tenant = {} if is_shared else {"tenant": require_tenant_id()}
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SHARED_SQL if is_shared else LOCK_SQL, values | tenant)
        return {(key, window, start): used for key, window, start, used in cursor.fetchall()}


def _write_used(model: Any, counts: Sequence[tuple[Cap, int]], now: datetime) -> None:
    if not counts:
        return
    places = [_place(cap, now) for cap, _ in counts]
    # The policy confines the statement to the tenant in scope; the shared table knows no tenant.
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} AS w SET used = taken.used "  # noqa: S608 - a table of ours
            "FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::int[]) AS taken(key, win, start, used) "
            "WHERE w.key = taken.key AND w.window = taken.win AND w.window_start = taken.start",
            [
                [key for key, _, _ in places],
                [window for _, window, _ in places],
                [start for _, _, start in places],
                [used for _, used in counts],
            ],
        )
