"""One running cycle per tenant: a lease with a heartbeat for liveness, and a fence token for safety.

The database's clock alone decides (`clock_timestamp()`, for `now()` is the start of the transaction). A lease ends
when it expires, or when PostgreSQL no longer knows the connection that holds it: a killed process frees it at once.
A holder that lost its lease cannot write (`fence`) and may not begin an effect. External effects cannot be fenced;
`agent.executor` makes those exactly once.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from agent.tenancy import tenant_scope

TTL_SECONDS = 120
# How long taking or extending a lease waits for a transaction that has the row in hand.
WAIT_SECONDS = 5

# Whether the connection that a row names still exists. PostgreSQL keeps its first picture of the connections until the
# transaction ends; one taken before this row was waited for would not show a holder who connected meanwhile. The CASE
# makes sure that the old picture is thrown away first.
IS_CONNECTED_SQL = """
    CASE WHEN pg_stat_clear_snapshot() IS NULL THEN NULL
         ELSE EXISTS (SELECT FROM pg_stat_activity b
                      WHERE b.pid = l.backend_pid AND b.backend_start = l.backend_started_at) END
"""
# `SET tenant_id` changes nothing, and yet matters: naming the key makes PostgreSQL take the strongest row lock, the
# only one that waits for the fences (KEY SHARE). The first token continues after every fence on record, so that not
# even a deleted row starts it over.
ACQUIRE_SQL = f"""
    INSERT INTO agent_tenant_locks AS l
        (tenant_id, holder, token, acquired_at, expires_at, backend_pid, backend_started_at)
    SELECT %(tenant)s, %(holder)s,
           CASE WHEN EXISTS (SELECT FROM agent_tenant_locks) THEN 1
                ELSE 1 + coalesce((SELECT max(r.fence) FROM agent_autonomous_runs r), 0) END,
           clock_timestamp(), clock_timestamp() + make_interval(secs => %(ttl)s),
           a.pid, a.backend_start
    FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()
    ON CONFLICT (tenant_id) DO UPDATE SET
        tenant_id = excluded.tenant_id,
        holder = excluded.holder, token = l.token + 1, acquired_at = excluded.acquired_at,
        expires_at = excluded.expires_at, backend_pid = excluded.backend_pid,
        backend_started_at = excluded.backend_started_at
    WHERE l.expires_at <= clock_timestamp() OR NOT {IS_CONNECTED_SQL}
    RETURNING token
"""  # noqa: S608 - a text of ours
# Leaves the key alone, so it passes the fences of its own cycle: a long transaction does not cost the lease.
EXTEND_SQL = """
    UPDATE agent_tenant_locks SET expires_at = clock_timestamp() + make_interval(secs => %(ttl)s)
    WHERE tenant_id = %(tenant)s AND token = %(token)s AND expires_at > clock_timestamp()
"""
# The row stays, so that the token never starts over.
RELEASE_SQL = """
    UPDATE agent_tenant_locks SET expires_at = clock_timestamp()
    WHERE tenant_id = %(tenant)s AND token = %(token)s AND expires_at > clock_timestamp()
"""
FENCE_SQL = """
    SELECT 1 FROM agent_tenant_locks
    WHERE tenant_id = %s AND token = %s AND expires_at > clock_timestamp() FOR KEY SHARE
"""
SCOPE_SQL = "SELECT set_config('app.tenant_id', %s, true), set_config('lock_timeout', %s, true)"
READ_LIVE_SQL = f"""
    SELECT l.token FROM agent_tenant_locks l
    WHERE l.tenant_id = %s AND l.expires_at > clock_timestamp() AND {IS_CONNECTED_SQL}
"""  # noqa: S608 - a text of ours


class LeaseTaken(RuntimeError):
    """Another cycle of this tenant holds the lease."""


class LeaseLost(RuntimeError):
    """This cycle's lease is gone; it stops before its next write or effect."""


@dataclass
class HeldLease:
    """A lease in hand, with the connection that lives and dies with it."""

    tenant_id: int
    token: int
    holder: str
    connection: psycopg.Connection[Any]
    ttl_seconds: float = TTL_SECONDS
    _extended_at: float = field(default_factory=time.monotonic)
    _lost: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_lost(self) -> bool:
        """Whether the last heartbeat failed, or none has come through for two thirds of the lease's time.

        A false answer is proof of nothing: only `fence` is.
        """
        return self._lost.is_set() or time.monotonic() - self._extended_at > self.ttl_seconds * 2 / 3

    def extend(self) -> None:
        """Push the expiry out; marks the lease lost when it is no longer ours or PostgreSQL does not answer."""
        parameters = {"tenant": self.tenant_id, "token": self.token, "ttl": self.ttl_seconds}
        # Before the statement: the answer may be long in coming, and the expiry counts from no later than this.
        asked_at = time.monotonic()
        try:
            extended = _execute(self.connection, EXTEND_SQL, parameters).rowcount == 1
        except psycopg.Error:
            extended = False
        if extended:
            self._extended_at = asked_at
        else:
            self._lost.set()

    def beat(self) -> None:
        """The heartbeat thread's body: three tries in the time of a lease, until one fails."""
        while not self._stop.wait(self.ttl_seconds / 3):
            self.extend()
            if self._lost.is_set():
                return


# The leases that this process holds, by tenant and token: what its heartbeats know, the fence asks first.
_in_hand: dict[tuple[int, int], HeldLease] = {}


@contextmanager
def hold_lease(tenant_id: int, *, ttl_seconds: float = TTL_SECONDS) -> Iterator[HeldLease]:
    """Hold the tenant's lease for the length of the block; raises `LeaseTaken` when another cycle has it.

    An error while acquiring propagates: no lease, no run. `ttl_seconds` is how long a holder that no longer answers
    keeps others out; shorter than the default means more heartbeats, and is what the proofs use.
    """
    with tenant_scope(tenant_id):
        # The cheap look first: losers must not queue on the row of the winner.
        if read_live_token(tenant_id) is not None:
            raise LeaseTaken
    own = _open_own_connection(ttl_seconds)
    try:
        lease = _acquire(own, tenant_id, ttl_seconds)
        _in_hand[tenant_id, lease.token] = lease
        thread = threading.Thread(target=lease.beat, name=f"lease-{tenant_id}", daemon=True)
        thread.start()
        try:
            yield lease
        finally:
            del _in_hand[tenant_id, lease.token]
            lease._stop.set()
            thread.join()
            # A connection that is gone has freed the lease by that.
            with suppress(psycopg.Error):
                _execute(own, RELEASE_SQL, {"tenant": tenant_id, "token": lease.token})
    finally:
        own.close()


def _acquire(own: psycopg.Connection[Any], tenant_id: int, ttl_seconds: float) -> HeldLease:
    holder = f"{socket.gethostname()}:{os.getpid()}"
    parameters = {"tenant": tenant_id, "holder": holder, "ttl": ttl_seconds}
    asked_at = time.monotonic()
    try:
        row = _execute(own, ACQUIRE_SQL, parameters).fetchone()
    except psycopg.errors.LockNotAvailable as error:
        # A former holder stands still inside a write; it is not over until PostgreSQL has ended that.
        raise LeaseTaken from error
    if row is None:
        raise LeaseTaken
    return HeldLease(tenant_id, row[0], holder, own, ttl_seconds, asked_at)


def fence(tenant_id: int, token: int) -> None:
    """Inside a scope: raise `LeaseLost` unless `token` still holds; until the commit nobody can take it over."""
    lease = _in_hand.get((tenant_id, token))
    with connection.cursor() as cursor:
        cursor.execute(FENCE_SQL, [tenant_id, token])
        if cursor.fetchone() is None:
            raise LeaseLost("Another cycle has taken this tenant over; this one stops.")
    if lease is not None and lease.is_lost:
        raise LeaseLost("The lease could not be extended in time; this cycle stops before it is taken over.")


@contextmanager
def fenced_scope(tenant_id: int, token: int | None) -> Iterator[None]:
    """A tenant scope that only the holder of `token` may enter; None for work that belongs to no run."""
    with tenant_scope(tenant_id):
        if token is not None:
            fence(tenant_id, token)
        yield


def read_live_token(tenant_id: int) -> int | None:
    """Inside a scope: the token of the cycle that is running now, or None."""
    with connection.cursor() as cursor:
        cursor.execute(READ_LIVE_SQL, [tenant_id])
        row = cursor.fetchone()
    return row[0] if row else None


def _open_own_connection(ttl_seconds: float) -> psycopg.Connection[Any]:
    """A connection outside the pool, which lives and dies with the lease.

    A network that swallows everything breaks it in time for the heartbeat to notice (TCP only).
    """
    parameters = connection.get_connection_params()
    for of_django_alone in ("cursor_factory", "context"):
        parameters.pop(of_django_alone, None)
    with connection.wrap_database_errors:
        return psycopg.connect(
            **parameters, autocommit=True, tcp_user_timeout=max(int(ttl_seconds * 1000 * 2 / 3), 1)
        )


def _execute(own: psycopg.Connection[Any], sql: str, parameters: dict[str, Any]) -> psycopg.Cursor[Any]:
    """One statement in the tenant's scope; the settings are local, so that no pooler hands them to anybody else."""
    with own.transaction():
        own.execute(SCOPE_SQL, [str(parameters["tenant"]), f"{WAIT_SECONDS}s"])
        return own.execute(sql, parameters)
