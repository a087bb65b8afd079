"""One poller a mailbox: a lease with a token, free again when it expires or when PostgreSQL no longer knows its holder.

The lease keeps two pollers from asking Google for the same mail twice; what makes their result one is the token, which
every transaction of a poll proves (`prove`), and the unique keys behind it.
"""

from __future__ import annotations

from django.db import connection

from agent.leases import IS_CONNECTED_SQL
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.states import ConnectionStatus

# Longer than any poll: it ends itself after four minutes, and what it has in hand then takes a minute or two.
LEASE_SECONDS = 600
TAKE_SQL = f"""
    UPDATE gmail_accounts l
    SET lease_token = l.lease_token + 1,
        lease_until = clock_timestamp() + make_interval(secs => %(ttl)s),
        lease_pid = a.pid, lease_pid_started_at = a.backend_start
    FROM (SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()) a
    WHERE l.tenant_id = %(tenant)s AND l.id = %(account)s AND l.status = %(connected)s
      AND (l.lease_until IS NULL OR l.lease_until <= clock_timestamp() OR NOT {
    IS_CONNECTED_SQL.replace("l.backend_pid", "l.lease_pid").replace(
        "l.backend_started_at", "l.lease_pid_started_at"
    )
})
    RETURNING l.lease_token
"""  # noqa: S608 - a text of ours


class PollLost(RuntimeError):
    """Another poller has the mailbox by now, or it was disconnected: nothing more is written for this poll."""


def take_lease(account: GmailAccount) -> int | None:
    """The token of a lease on a connected mailbox, or None while another poller has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE_SQL,
            {
                "ttl": LEASE_SECONDS,
                "tenant": account.tenant_id,
                "account": account.pk,
                "connected": ConnectionStatus.CONNECTED,
            },
        )
        row = cursor.fetchone()
    return row[0] if row else None


def prove(account_id: int, token: int) -> GmailAccount:
    """The account, locked until the transaction ends; raises `PollLost` when this poll may not write any more."""
    mine = GmailAccount.objects.filter(pk=account_id, lease_token=token).select_related("mailbox")
    account = mine.select_for_update(of=("self",)).first()
    if account is None or account.status != ConnectionStatus.CONNECTED:
        raise PollLost("The mailbox was taken over by another poll, or disconnected.")
    return account


def give_back(account_id: int, token: int) -> None:
    """Let the next poller in at once."""
    GmailAccount.objects.filter(pk=account_id, lease_token=token).update(lease_until=None)
