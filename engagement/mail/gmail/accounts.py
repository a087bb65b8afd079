"""What is known of a connection, written down: who may be polled, how a poll ended, and the status that operators see.

In the caller's scope. Connecting and revoking, which talk to Google, are `engagement.mail.gmail.grants`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from engagement.mail.failures import record_gmail_quota_error
from engagement.mail.gmail.client import AccessRefused, PutOff
from engagement.mail.gmail.leases import give_back
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.states import ConnectionStatus
from engagement.mail.gmail.vault import open_token
from engagement.mail.models import Mailbox


def read_connection_status(*, mailbox_id: int) -> ConnectionStatus:
    """Whether a mailbox may be used at Gmail (`getGmailConnectionStatus()`, spec P0.7.1)."""
    if not is_configured():
        return ConnectionStatus.NOT_CONFIGURED
    status = GmailAccount.objects.filter(mailbox_id=mailbox_id).values_list("status", flat=True).first()
    return ConnectionStatus(status) if status else ConnectionStatus.NOT_CONFIGURED


def is_configured() -> bool:
    """Whether this installation knows itself to Google and can keep a token."""
    return bool(settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET and settings.GMAIL_TOKEN_KEYS)


def find_sender() -> GmailAccount | None:
    """The connection that our messages leave through: the primary mailbox's, when it was connected to send.

    One that was lost is still the one: messages wait until it is connected again, and take no other way meanwhile. At
    most one query, none where Gmail is not set up.
    """
    if not is_configured():
        return None
    senders = GmailAccount.objects.filter(is_sender=True, mailbox__is_primary=True)
    return senders.exclude(status=ConnectionStatus.NOT_CONFIGURED).first()


def unlock(account: GmailAccount) -> str:
    """The account's refresh token in clear, for the length of one poll or message; raises `VaultClosed`."""
    return open_token(account.refresh_token, tenant_id=account.tenant_id, mailbox_id=account.mailbox_id)


def open_account(
    *, mailbox: Mailbox, sealed_token: str, scopes: Sequence[str], is_sender: bool, now: datetime
) -> GmailAccount:
    """Write down that a mailbox is connected. What was read before a break is read on from there."""
    account, _ = GmailAccount.objects.update_or_create(
        mailbox=mailbox,
        defaults={
            "status": ConnectionStatus.CONNECTED,
            "refresh_token": sealed_token,
            "scopes": sorted(scopes),
            "is_sender": is_sender,
            "connected_at": now,
            "resume_at": None,
            "failure": "",
        },
    )
    return account


def close_account(*, account_id: int, status: ConnectionStatus, failure: str = "") -> None:
    """Forget the token. The mail that was read stays, and so does how far."""
    GmailAccount.objects.filter(pk=account_id).update(
        status=status,
        refresh_token="",
        failure=failure[:500],  # noqa: S106 - none is kept
    )


def end_poll(
    *,
    account_id: int,
    token: int,
    error: Exception | None,
    quota_refusals: Sequence[tuple[int, str]],
    now: datetime,
) -> None:
    """Write down how a poll ended, and let the next one in; a poll that lost its lease changes nothing but that."""
    mine = GmailAccount.objects.filter(pk=account_id, lease_token=token)
    if error is None:
        mine.update(polled_at=now, succeeded_at=now, resume_at=None, failure="")
    elif isinstance(error, PutOff):
        mine.update(polled_at=now, resume_at=now + error.wait, failure=str(error)[:500])
    elif isinstance(error, AccessRefused):
        if mine.update(polled_at=now):
            close_account(account_id=account_id, status=error.status, failure=str(error))
    else:
        mine.update(polled_at=now, failure=str(error)[:500])
    if quota_refusals:
        status, words = quota_refusals[-1]
        detail = f"{len(quota_refusals)} in one poll of {_address_of(account_id)}, the last: {words}"
        record_gmail_quota_error(status=status, detail=detail, now=now)
    give_back(account_id, token)


def _address_of(account_id: int) -> str:
    mailbox = Mailbox.objects.filter(gmail_accounts=account_id).first()
    return str(mailbox or "")
