"""The Gmail API as the rest of this package sees it: plain values, and few errors.

Google's own library makes the requests. Each is paid for first (`Pace`); what Google puts off is tried again while this
poll has time left, and belongs to the next poll afterwards. The library is told never to try again by itself: it does
not know how long Google asked to be left alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import requests
from django.conf import settings
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.errors import BatchError, HttpError

from engagement.mail.gmail import quota
from engagement.mail.gmail.endpoints import address_of, build_service
from engagement.mail.gmail.states import ConnectionStatus
from engagement.mail.gmail.transport import MAX_ANSWER, MAX_MAIL_ANSWER, AnswerTooLarge, Transport
from engagement.mail.wording import in_words

TRIES = 4
QUOTA_REASONS = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}
)
# How long to leave Google alone when it does not say.
PUT_OFF = timedelta(minutes=1)
LONGEST_PUT_OFF = timedelta(hours=1)
PAGE = 500


class AccessRefused(RuntimeError):
    """Google does not take our token any more; `status` is what the connection is from now on."""

    def __init__(self, status: ConnectionStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


class PutOff(RuntimeError):
    """Google, or our own meter, says "not now": the rest belongs to the next poll, after `wait`."""

    def __init__(self, words: str, wait: timedelta = PUT_OFF) -> None:
        super().__init__(words)
        self.wait = min(wait, LONGEST_PUT_OFF)


class HistoryForgotten(RuntimeError):
    """Gmail no longer knows what happened since the history id we have (404): a full look is due."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of message ids with their labels, where the list gives them."""

    ids: tuple[str, ...]
    labels: Mapping[str, frozenset[str]]
    next_token: str
    history_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message as Gmail gives it: its exact bytes (`raw`)."""

    id: str
    thread_id: str
    labels: frozenset[str]
    raw: str


@dataclass(kw_only=True)
class Fetched:
    """What became of the ids that were asked for."""

    mails: list[Mail] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    too_large: list[str] = field(default_factory=list)
    failing: dict[str, str] = field(default_factory=dict)


class Pace:
    """Pays for calls and waits between them, until the time of this poll is over."""

    def __init__(self, *, take: Callable[[int], timedelta], seconds: float) -> None:
        self._take = take
        self._ends_at = time.monotonic() + seconds

    def pay(self, units: int) -> None:
        """Take the units of a call from the meter, waiting for them if need be; raises `PutOff`."""
        while wait := self._take(units):
            self.wait(wait, "The mailbox's quota is used up for now.")

    def wait(self, wait: timedelta, words: str) -> None:
        """Wait, or raise `PutOff` when this poll's time would be over."""
        if time.monotonic() + wait.total_seconds() > self._ends_at:
            raise PutOff(words, wait)
        time.sleep(wait.total_seconds())


class GmailClient:
    """One mailbox, for one poll or one message. Not for two threads at once."""

    def __init__(self, *, refresh_token: str, pace: Pace) -> None:
        self._transport = Transport(timeout=settings.GMAIL_TIMEOUT)
        self._credentials = Credentials(
            None,
            refresh_token=refresh_token,
            token_uri=address_of("token"),
            client_id=settings.GOOGLE_CLIENT_ID,
            client_secret=settings.GOOGLE_CLIENT_SECRET,
        )
        self._service = build_service(AuthorizedHttp(self._credentials, http=self._transport))
        self._users = self._service.users()
        self._pace = pace
        self.quota_refusals: list[tuple[int, str]] = []

    def close(self) -> None:
        self._transport.close()

    @property
    def has_connected(self) -> bool:
        """Whether the last request may have been heard."""
        return self._transport.adapter.has_connected

    def read_profile(self) -> tuple[str, int]:
        """The mailbox's address, and Gmail's name for this moment (history id)."""
        profile = self._call(self._users.getProfile(userId="me"), quota.PROFILE)
        return profile["emailAddress"], int(profile["historyId"])

    def list_history(self, *, since: int, page_token: str = "") -> Page:
        """Messages that came, or came back from spam and trash, since a history id; raises `HistoryForgotten`."""
        request = self._users.history().list(
            userId="me",
            startHistoryId=since,
            historyTypes=["messageAdded", "labelRemoved"],
            maxResults=PAGE,
            pageToken=page_token or None,
        )
        try:
            answer = self._call(request, quota.HISTORY)
        except HttpError as error:
            if error.status_code == 404:
                raise HistoryForgotten from error
            raise PutOff(f"Gmail refused to list what is new: {_words_of(error)}") from error
        labels: dict[str, frozenset[str]] = {}
        for record in answer.get("history", ()):
            for change in (*record.get("messagesAdded", ()), *record.get("labelsRemoved", ())):
                message = change["message"]
                labels[message["id"]] = frozenset(message.get("labelIds", ()))
        return Page(
            ids=tuple(labels),
            labels=labels,
            next_token=answer.get("nextPageToken", ""),
            history_id=int(answer["historyId"]),
        )

    def list_messages(self, *, query: str, page_token: str = "", trash: bool = False) -> Page:
        """The ids of messages that a search finds, the newest first."""
        request = self._users.messages().list(
            userId="me", q=query, maxResults=PAGE, pageToken=page_token or None, includeSpamTrash=trash
        )
        try:
            answer = self._call(request, quota.LIST)
        except HttpError as error:
            raise PutOff(f"Gmail refused to list messages: {_words_of(error)}") from error
        ids = tuple(dict.fromkeys(message["id"] for message in answer.get("messages", ())))
        return Page(ids=ids, labels={}, next_token=answer.get("nextPageToken", ""))

    def read_headers(self, message_id: str) -> dict[str, str]:
        """The headers of one message, by their names in lower case."""
        answer = self._call(
            self._users.messages().get(userId="me", id=message_id, format="metadata"), quota.GET
        )
        headers = answer.get("payload", {}).get("headers", ())
        return {header["name"].lower(): header["value"] for header in headers}

    def fetch(self, ids: Iterable[str]) -> Fetched:
        """Messages with their exact bytes, in batches; a part that Google puts off is asked for again by itself."""
        fetched, wanted = Fetched(), list(dict.fromkeys(ids))
        size = quota.largest_batch()
        for start in range(0, len(wanted), size):
            self._fetch_batch(wanted[start : start + size], fetched)
        return fetched

    def send(self, *, raw: str, thread_id: str = "") -> dict[str, Any]:
        """Hand over one message, once. Raises `HttpError`, `AccessRefused` and what the network raises."""
        body = {"raw": raw, **({"threadId": thread_id} if thread_id else {})}
        self._pace.pay(quota.SEND)
        try:
            sent: dict[str, Any] = self._users.messages().send(userId="me", body=body).execute(num_retries=0)
        except RefreshError as error:
            raise _judge_refresh(error) from error
        return sent

    def let_in(self) -> None:
        """Get an access token, so that trouble with it is told from trouble with what follows."""
        try:
            self._credentials.refresh(AuthorizedHttp(self._credentials, http=self._transport)._request)
        except RefreshError as error:
            raise _judge_refresh(error) from error

    def _call(self, request: Any, units: int) -> Any:
        """One call with its tries; an `HttpError` that comes through is final."""
        for attempt in range(TRIES):
            self._pace.pay(units)
            try:
                return request.execute(num_retries=0)
            except HttpError as error:
                self._after_refusal(error, attempt)
            except RefreshError as error:
                raise _judge_refresh(error) from error
            except AnswerTooLarge as error:
                raise PutOff(f"Gmail's answer is larger than expected: {error}.") from error
            except (GoogleAuthError, requests.RequestException) as error:
                self._pause(attempt, f"Gmail cannot be reached: {in_words(error)}")
        raise PutOff(f"Gmail refused {TRIES} times in a row.")

    def _after_refusal(self, error: HttpError, attempt: int) -> None:
        """Wait before the next try, or raise what makes one useless."""
        if error.status_code == 401:
            raise AccessRefused(ConnectionStatus.TOKEN_EXPIRED, "Gmail does not take our access any more.")
        is_quota = self._note_quota(error)
        if not is_quota and error.status_code < 500:
            raise error
        wait = retry_after(error.resp)
        self._pause(attempt, f"Gmail puts us off: {_words_of(error)}", wait)

    def _pause(self, attempt: int, words: str, wait: timedelta | None = None) -> None:
        if attempt == TRIES - 1:
            raise PutOff(words, wait or PUT_OFF)
        self._pace.wait(wait or _backoff(attempt), words)

    def _note_quota(self, error: HttpError) -> bool:
        is_quota = is_quota_refusal(error)
        if is_quota:
            self.quota_refusals.append((error.status_code, _words_of(error)))
        return is_quota

    def _fetch_batch(self, ids: list[str], fetched: Fetched) -> None:
        pending = ids
        for attempt in range(TRIES):
            self._pace.pay(quota.GET * len(pending))
            try:
                pending, waits = self._ask_batch(pending, fetched)
            except AnswerTooLarge:
                self._fetch_singly(pending, fetched)
                return
            except HttpError as error:
                self._after_refusal(error, attempt)
                continue
            except RefreshError as error:
                raise _judge_refresh(error) from error
            except (BatchError, GoogleAuthError, requests.RequestException) as error:
                self._pause(attempt, f"Gmail cannot be reached: {in_words(error)}")
                continue
            if not pending:
                return
            if attempt < TRIES - 1:
                self._pace.wait(max(waits, default=_backoff(attempt)), "Gmail puts messages off.")
        fetched.failing |= dict.fromkeys(pending, f"Gmail did not hand it over in {TRIES} tries.")

    def _ask_batch(self, ids: list[str], fetched: Fetched) -> tuple[list[str], list[timedelta]]:
        """One batch: what came is in `fetched`; returns what was put off, and for how long."""
        pending: list[str] = []
        waits: list[timedelta] = []
        refusals: list[AccessRefused] = []

        def take(message_id: str, answer: Any, error: Any) -> None:
            if error is None:
                fetched.mails.append(_mail_of(answer))
            elif error.status_code == 404:
                fetched.gone.append(message_id)
            elif error.status_code == 401:
                refusals.append(
                    AccessRefused(ConnectionStatus.TOKEN_EXPIRED, "Gmail does not take our access any more.")
                )
            elif self._note_quota(error) or error.status_code >= 500:
                pending.append(message_id)
                waits.extend(filter(None, [retry_after(error.resp)]))
            else:
                fetched.failing[message_id] = f"Gmail refuses to hand it over: {_words_of(error)}"

        batch = self._service.new_batch_http_request(callback=take)
        for message_id in ids:
            request = self._users.messages().get(userId="me", id=message_id, format="raw")
            batch.add(request, request_id=message_id)
        batch.execute()
        if refusals:
            raise refusals[0]
        return pending, waits

    def _fetch_singly(self, ids: list[str], fetched: Fetched) -> None:
        """Messages that together are more than we hold at once."""
        self._transport.limit = MAX_MAIL_ANSWER
        try:
            for message_id in ids:
                self._fetch_one(message_id, fetched)
        finally:
            self._transport.limit = MAX_ANSWER

    def _fetch_one(self, message_id: str, fetched: Fetched) -> None:
        for attempt in range(TRIES):
            self._pace.pay(quota.GET)
            try:
                request = self._users.messages().get(userId="me", id=message_id, format="raw")
                fetched.mails.append(_mail_of(request.execute(num_retries=0)))
                return
            except AnswerTooLarge:
                fetched.too_large.append(message_id)
                return
            except HttpError as error:
                if error.status_code == 404:
                    fetched.gone.append(message_id)
                    return
                self._after_refusal(error, attempt)
            except (GoogleAuthError, requests.RequestException) as error:
                self._pause(attempt, f"Gmail cannot be reached: {in_words(error)}")


def _mail_of(answer: Mapping[str, Any]) -> Mail:
    return Mail(
        id=answer["id"],
        thread_id=answer.get("threadId", ""),
        labels=frozenset(answer.get("labelIds", ())),
        raw=answer.get("raw", ""),
    )


def _judge_refresh(error: RefreshError) -> Exception:
    """What it means that no access token was given."""
    said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Mapping) else {}
    name = said.get("error", "")
    if name == "invalid_grant" and said.get("error_subtype") == "invalid_rapt":
        return AccessRefused(
            ConnectionStatus.TOKEN_EXPIRED, "The company's rules at Google ask its owner to log in anew."
        )
    if name == "invalid_grant":
        return AccessRefused(ConnectionStatus.REVOKED, "Access was withdrawn or has expired at Google.")
    if name in ("invalid_client", "unauthorized_client"):
        return PutOff(f"Google does not know this program ({name}). Correct GOOGLE_CLIENT_ID and _SECRET.")
    return PutOff(f"Google gives no access now: {in_words(name or 'no reason given')}")


def is_quota_refusal(error: HttpError) -> bool:
    """Whether Google says that too much was asked of it, and not that this must not be asked."""
    return error.status_code == 429 or error.status_code == 403 and bool(_reasons(error) & QUOTA_REASONS)


def _reasons(error: HttpError) -> frozenset[str]:
    details = error.error_details if isinstance(error.error_details, list) else []
    return frozenset(str(one.get("reason")) for one in details if isinstance(one, Mapping))


def _words_of(error: HttpError) -> str:
    """Google's words. Never the address asked: it may hold what is searched for."""
    return f"{error.status_code} {in_words(error.reason or '')}"


def retry_after(response: Mapping[str, str]) -> timedelta | None:
    """How long Google asks to be left alone, where it says so in seconds (RFC 9110, section 10.2.3)."""
    text = str(response.get("retry-after", "")).strip()
    return min(timedelta(seconds=int(text)), LONGEST_PUT_OFF) if text.isdecimal() else None


def _backoff(attempt: int) -> timedelta:
    """A wait that doubles, with a chance in it, so that many mailboxes do not come back as one."""
    return timedelta(seconds=0.5 * 2**attempt * (0.5 + random.random()))  # noqa: S311 - no secret
