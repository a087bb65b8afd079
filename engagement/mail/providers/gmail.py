"""Delivery through the Gmail mailbox that the tenant writes from.

Gmail keeps no keys. A request whose answer was lost is not repeated: the mailbox's own Sent folder is searched for our
Message-ID, and for the header that repeats it, because Gmail may write a Message-ID of its own over ours. What is found
there has left; what is not may yet appear, and is looked for again for an hour before a person is asked.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from typing import Any, ClassVar

import requests
from django.utils import timezone
from google.auth.exceptions import GoogleAuthError
from googleapiclient.errors import HttpError

from agent.models import Intent
from agent.registry import Effect, Outcome
from agent.tenancy import tenant_scope
from engagement.mail.gmail.accounts import close_account, unlock
from engagement.mail.gmail.cache import Processed, find_thread, mark_processed
from engagement.mail.gmail.client import (
    AccessRefused,
    GmailClient,
    Pace,
    PutOff,
    is_quota_refusal,
    retry_after,
)
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.quota import Meter
from engagement.mail.gmail.states import ConnectionStatus, Handling
from engagement.mail.gmail.vault import VaultClosed
from engagement.mail.outbound import OUR_ID_HEADER
from engagement.mail.providers.contract import Provider
from engagement.mail.wording import in_words

# How long the quota meter is waited for before the message is left for later, in seconds.
PATIENCE = 5.0
LOOK_AGAIN = timedelta(minutes=5)
LOOK_FOR = timedelta(hours=1)
# Clocks differ, and a message is filed when Gmail has taken it.
BEFORE_CLAIM = timedelta(minutes=5)
MOST_LOOKED_AT = 10


class GmailProvider(Provider):
    """One mailbox at Gmail, as a way out."""

    name: ClassVar[str] = "gmail"
    keeps_keys: ClassVar[bool] = False

    def __init__(self, *, tenant_id: int, account_id: int) -> None:
        self.tenant_id = tenant_id
        self.account_id = account_id

    @property
    def account(self) -> str:
        """Which mailbox would have the message in its Sent folder."""
        return f"{self.name} {self.account_id}"

    def deliver(self, *, content: bytes, recipient: str, idempotency_key: str) -> Outcome:
        try:
            with self._open() as client:
                # Trouble with the access is told from trouble with the message: nothing was handed over yet.
                client.let_in()
                return self._hand_over(client, content)
        except AccessRefused as error:
            self._close(error)
            return _say(
                Effect.RETRY, f"Gmail does not let us in: {error} Connect the mailbox again.", status=401
            )
        except VaultClosed as error:
            return _say(Effect.RETRY, str(error), status=401)
        except PutOff as error:
            return _say(Effect.RETRY, f"Gmail does not take the message now: {error}", retry_after=error.wait)
        except (GoogleAuthError, requests.RequestException) as error:
            return _say(Effect.RETRY, f"Gmail cannot be reached: {in_words(error)}")

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        """Look into the Sent folder. Looking lets nothing leave, so it may be done as often as one likes."""
        if intent.details.get("provider") != self.account:
            return super().reconcile(intent, now=now)
        try:
            with self._open() as client:
                found = _find_sent(client, intent)
        except (
            AccessRefused,
            VaultClosed,
            PutOff,
            HttpError,
            GoogleAuthError,
            requests.RequestException,
        ) as error:
            if isinstance(error, AccessRefused):
                self._close(error)
            return self._look_later(intent, f"Gmail cannot be asked: {in_words(error)}", now)
        if found:
            return _say(
                Effect.DONE, f"The answer was lost; Gmail has the message as {found}.", provider_id=found
            )
        return self._look_later(intent, "The answer was lost, and the Sent folder does not have it.", now)

    def _look_later(self, intent: Intent, words: str, now: datetime) -> Outcome:
        if now - intent.created_at >= LOOK_FOR:
            return super().reconcile(intent, now=now)
        return _say(Effect.UNKNOWN, f"{words} It is looked for again.", retry_after=LOOK_AGAIN)

    @contextmanager
    def _open(self) -> Iterator[GmailClient]:
        """A client of the mailbox; raises `AccessRefused` and `VaultClosed`."""
        with tenant_scope(self.tenant_id):
            account = GmailAccount.objects.get(pk=self.account_id)
            if account.status != ConnectionStatus.CONNECTED:
                raise AccessRefused(ConnectionStatus(account.status), "The mailbox is not connected.")
            token = unlock(account)
        meter = Meter(tenant_id=self.tenant_id, account_id=self.account_id)
        client = GmailClient(refresh_token=token, pace=Pace(take=meter.take, seconds=PATIENCE))
        try:
            yield client
        finally:
            client.close()

    def _hand_over(self, client: GmailClient, content: bytes) -> Outcome:
        raw = base64.urlsafe_b64encode(content).decode("ascii")
        try:
            sent = client.send(raw=raw, thread_id=self._thread_of(content))
        except HttpError as error:
            return _refused(error)
        except (GoogleAuthError, requests.RequestException) as error:
            if not client.has_connected:
                return _say(Effect.RETRY, f"Gmail cannot be reached: {in_words(error)}")
            return _say(
                Effect.UNKNOWN,
                f"Gmail did not answer ({in_words(error)}). It may have sent the message; its Sent folder is searched.",
            )
        self._remember(sent)
        return _say(Effect.DONE, f"Sent by Gmail as {sent['id']}.", provider_id=sent["id"])

    def _thread_of(self, content: bytes) -> str:
        """Gmail's conversation of the message that this one answers, where we know it."""
        answered = BytesHeaderParser().parsebytes(content)["In-Reply-To"]
        if not answered:
            return ""
        with tenant_scope(self.tenant_id):
            return find_thread(account_id=self.account_id, message_id=str(answered).strip())

    def _remember(self, sent: dict[str, Any]) -> None:
        """The copy in the Sent folder is no news to the next poll."""
        entry = Processed(id=sent["id"], handling=Handling.SENT, thread_id=sent.get("threadId", ""))
        with tenant_scope(self.tenant_id):
            mark_processed(account_id=self.account_id, entries=[entry], now=timezone.now())

    def _close(self, error: AccessRefused) -> None:
        with tenant_scope(self.tenant_id):
            account = GmailAccount.objects.select_for_update().get(pk=self.account_id)
            if account.status == ConnectionStatus.CONNECTED:
                close_account(account_id=account.pk, status=error.status, failure=str(error))


def _refused(error: HttpError) -> Outcome:
    """What an answer other than an acceptance means for the message."""
    status, words = error.status_code, f"{error.status_code} {in_words(error.reason or '')}"
    if is_quota_refusal(error):
        wait = retry_after(error.resp)
        return _say(
            Effect.RETRY, f"Gmail does not take the message now: {words}", retry_after=wait, status=status
        )
    if status in (401, 403):
        return _say(
            Effect.RETRY, f"Gmail does not let us send: {words}. Connect the mailbox again.", status=status
        )
    if status >= 500:
        return _say(Effect.UNKNOWN, f"Gmail does not say whether it took the message: {words}", status=status)
    return _say(Effect.FAILED, f"Gmail refused the message: {words}", status=status)


def _find_sent(client: GmailClient, intent: Intent) -> str:
    """Gmail's id of the message in the Sent folder, by its Message-ID or by the header that repeats it; or nothing."""
    ours = intent.details["message_id"]
    found = client.list_messages(query=f"rfc822msgid:{ours.strip('<>')} in:sent").ids
    if found:
        return found[0]
    since = int((intent.created_at - BEFORE_CLAIM).timestamp())
    recent = client.list_messages(query=f"in:sent to:{intent.details['to']} after:{since}").ids
    same = (
        one for one in recent[:MOST_LOOKED_AT] if client.read_headers(one).get(OUR_ID_HEADER.lower()) == ours
    )
    return next(same, "")


def _say(effect: Effect, reason: str, *, retry_after: timedelta | None = None, **result: Any) -> Outcome:
    result = {"provider": GmailProvider.name, **result}
    return Outcome(effect=effect, reason=reason, result=result, retry_after=retry_after)
