"""Delivery to Resend, or to a server that speaks like it, over HTTP with an idempotency key.

The key of an intent goes with its frozen message at every asking. Resend keeps a key for 24 hours and takes a
message once (resend.com, "Idempotency Keys"); within 23 hours of the first try it is asked again whenever an answer
was lost. After that a message whose answer was lost is treated like one over SMTP. The HTTP client itself never
repeats a request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar

import requests
from anymail.backends.resend import EmailBackend
from anymail.exceptions import AnymailError, AnymailRequestsAPIError
from django.utils import timezone
from requests.adapters import HTTPAdapter

from agent.models import Intent
from agent.registry import Effect, Outcome
from engagement.mail.providers.contract import FrozenMessage, Provider
from engagement.mail.wording import in_words

# One hour less than Resend keeps a key, for clocks that differ and a request that waits.
KEY_LIFETIME = timedelta(hours=23)
LONGEST_WAIT = timedelta(hours=24)
# How long a provider that does not answer is left alone before it is asked for lost answers again.
AFTER_SILENCE = timedelta(minutes=1)
NOT_NOW = frozenset({408, 429, 500, 503})
# The account's fault and not the message's: a missing or wrong key, a sending domain that is not verified.
NOT_LET_IN = frozenset({401, 403})
# A gateway's words: what the server behind it did with the message is not known.
ANSWER_LOST = frozenset({502, 504})
# Letters, digits, dashes and underscores, as a tag may have (resend.com, "Tags").
TAG = "card"
IN_PROGRESS = "concurrent_idempotent_requests"


class ResendProvider(Provider):
    """Resend's POST /emails. `api_url` may be another server that speaks the same."""

    name: ClassVar[str] = "resend"
    keeps_keys: ClassVar[bool] = True
    return_path: ClassVar[str] = "send"
    spf_include: ClassVar[str] = "amazonses.com"
    dkim_selector: ClassVar[str] = "resend"

    def __init__(self, *, api_key: str, api_url: str, timeout: float) -> None:
        self.api_key = api_key
        self.api_url = api_url
        self.timeout = timeout

    @property
    def account(self) -> str:
        """The name with a fingerprint of address and API key: other keys may be another account's."""
        return f"{self.name} {hashlib.sha256(f'{self.api_url} {self.api_key}'.encode()).hexdigest()[:8]}"

    def deliver(self, *, content: bytes, recipient: str, idempotency_key: str) -> Outcome:
        message = FrozenMessage(content)
        # Resend's webhooks bring it back, and so say which message they are about.
        message.esp_extra = {"tags": [{"name": TAG, "value": message.name}]}
        backend = _Backend(
            idempotency_key=idempotency_key, api_key=self.api_key, api_url=self.api_url, timeout=self.timeout
        )
        try:
            backend.send_messages([message])
        except AnymailRequestsAPIError as error:
            if error.response is not None:
                return _answered(error.response)
            return _unanswered(error, backend)
        except AnymailError as error:
            return _say(Effect.FAILED, f"The message cannot be put into a request: {in_words(error)}")
        message_id = message.anymail_status.message_id
        return _say(Effect.DONE, f"Accepted by Resend as {message_id}.", provider_id=message_id)

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        """Ask again with the same key. What the new answer does not settle stays unknown, to be asked again."""
        if intent.details.get("provider") != self.account or now - intent.created_at >= KEY_LIFETIME:
            return super().reconcile(intent, now=now)
        answer = self.deliver(
            content=bytes(intent.content),
            recipient=intent.details["to"],
            idempotency_key=intent.idempotency_key,
        )
        if answer.effect == Effect.DONE or answer.effect == Effect.FAILED:
            reason = f"The answer was lost, so it was asked for again with the same key. {answer.reason}"
            return Outcome(effect=answer.effect, reason=reason, result=answer.result)
        # "Not now" and "not let in" say nothing about the first asking, which may have been heard.
        return Outcome(
            effect=Effect.UNKNOWN,
            reason=f"The answer was lost; it is asked for again with the same key. {answer.reason}",
            result=answer.result,
            retry_after=answer.retry_after or AFTER_SILENCE,
        )


def _answered(response: requests.Response) -> Outcome:
    """What an answer other than an acceptance means for the message."""
    status, said = response.status_code, _read(response)
    words = f"{status} {in_words(str(said.get('message') or response.reason or ''))}"
    if 200 <= status < 300 or status in ANSWER_LOST or said.get("name") == IN_PROGRESS:
        return _say(
            Effect.UNKNOWN,
            f"Resend's answer does not say whether it took the message: {words}",
            status=status,
        )
    if status in NOT_NOW:
        wait = _retry_after(response)
        return _say(
            Effect.RETRY, f"Resend does not take the message now: {words}", retry_after=wait, status=status
        )
    if status in NOT_LET_IN or 300 <= status < 400:
        return _say(
            Effect.RETRY,
            f"Resend does not let us in: {words}. Correct RESEND_API_KEY, RESEND_API_URL or the sending domain.",
            status=status,
        )
    return _say(Effect.FAILED, f"Resend refused the message: {words}", status=status)


def _unanswered(error: AnymailRequestsAPIError, backend: _Backend) -> Outcome:
    """A request without an answer: certain while no connection stood, anybody's guess afterwards."""
    words = in_words(error.__cause__ or error)
    if not backend.has_connected:
        return _say(Effect.RETRY, f"Resend cannot be reached: {words}")
    return _say(
        Effect.UNKNOWN,
        f"Resend did not answer ({words}). It may have taken the message. For 23 hours from the first try it is asked "
        "again by itself, with the same key.",
    )


def _read(response: requests.Response) -> Mapping[str, Any]:
    try:
        said = response.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _retry_after(response: requests.Response) -> timedelta | None:
    """How long the server wants to be left alone: seconds or a date (RFC 9110, section 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    try:
        wait = (
            timedelta(seconds=int(value))
            if value.isdigit()
            else parsedate_to_datetime(value) - timezone.now()
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _say(effect: Effect, reason: str, *, retry_after: timedelta | None = None, **result: Any) -> Outcome:
    result = {"provider": ResendProvider.name, **result}
    return Outcome(effect=effect, reason=reason, result=result, retry_after=retry_after)


class _Backend(EmailBackend):
    """Anymail's Resend backend for one message: with its key, one request, and a note of how far it came."""

    def __init__(self, *, idempotency_key: str, **kwargs: Any) -> None:
        self.idempotency_key = idempotency_key
        self.adapter = _TracingAdapter(max_retries=0)
        super().__init__(fail_silently=False, **kwargs)

    @property
    def has_connected(self) -> bool:
        return self.adapter.has_connected

    def build_message_payload(self, message: Any, defaults: Any) -> Any:
        payload = super().build_message_payload(message, defaults)
        payload.headers["Idempotency-Key"] = self.idempotency_key
        return payload

    def create_session(self) -> requests.Session:
        session = super().create_session()
        session.mount("https://", self.adapter)
        session.mount("http://", self.adapter)
        return session

    def post_to_esp(self, payload: Any, message: Any) -> Any:
        """Follow no redirect: a message is not handed to an address that nobody configured."""
        request = payload.get_request_params
        payload.get_request_params = lambda url: {**request(url), "allow_redirects": False}
        return super().post_to_esp(payload, message)


class _TracingAdapter(HTTPAdapter):
    """Notes when a connection stands: before that nothing can have been said to the server."""

    has_connected = False

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        adapter = self

        class Traced(pool.ConnectionCls):
            def connect(self) -> None:
                super().connect()
                adapter.has_connected = True

        pool.ConnectionCls = Traced
        return pool
