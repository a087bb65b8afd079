"""The quota meter: what Google allows one mailbox in a minute is never asked for, however many processes ask.

One moment a mailbox, kept in PostgreSQL and moved on by each call (GCRA): a burst, then a steady pace. Google counts
when a call arrives and we when it leaves, so the dearest call of each of two processes may be on its way into a
window: burst and pace leave room for both. Source: Gmail API, usage limits (units by method).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection

from agent.tenancy import tenant_scope

PROFILE, HISTORY, LIST, GET, SEND = 1, 2, 5, 20, 100
# Shares of a minute's units: at once, and evenly over the minute. What is left covers calls that are on their way.
BURST_SHARE, PACE_SHARE = 1 / 6, 3 / 5
TAKE_SQL = """
    UPDATE gmail_accounts
    SET quota_until = greatest(quota_until, clock_timestamp()) + make_interval(secs => %(length)s)
    WHERE tenant_id = %(tenant)s AND id = %(account)s
      AND greatest(quota_until, clock_timestamp()) + make_interval(secs => %(length)s)
          <= clock_timestamp() + make_interval(secs => %(burst)s)
"""
WAIT_SQL = """
    SELECT greatest(quota_until, clock_timestamp()) + make_interval(secs => %(length)s)
           - clock_timestamp() - make_interval(secs => %(burst)s)
    FROM gmail_accounts WHERE tenant_id = %(tenant)s AND id = %(account)s
"""


@dataclass(frozen=True, kw_only=True)
class Meter:
    """The meter of one mailbox. Each taking is a transaction of its own, so nobody waits for our network calls."""

    tenant_id: int
    account_id: int

    def take(self, units: int) -> timedelta:
        """Take the units of one call: zero when they are ours, else how long to wait before asking again."""
        second = settings.GMAIL_UNITS_PER_MINUTE * PACE_SHARE / 60
        parameters = {
            "tenant": self.tenant_id,
            "account": self.account_id,
            "length": units / second,
            "burst": burst() / second,
        }
        with tenant_scope(self.tenant_id), connection.cursor() as cursor:
            cursor.execute(TAKE_SQL, parameters)
            if cursor.rowcount:
                return timedelta(0)
            cursor.execute(WAIT_SQL, parameters)
            (wait,) = cursor.fetchone()
        return max(wait, timedelta(milliseconds=10))


def burst() -> float:
    """The most units that may go at once; never less than the dearest single call."""
    return max(settings.GMAIL_UNITS_PER_MINUTE * BURST_SHARE, SEND)


def largest_batch() -> int:
    """How many messages one call may fetch: Google advises at most 50, and half a burst leaves room for others."""
    return max(1, min(50, int(burst() / 2 / GET)))
