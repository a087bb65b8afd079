"""Delivery to a mail server by SMTP, through Django's backends.

SMTP has no keys. Until the server has been given the text a failure is certain: temporary ones (4xx, no connection)
are to be tried again, permanent ones (5xx) are not. Once it has the text and the connection is lost before it
answers, nobody can know (RFC 1047), and the message is not sent again.
"""

from __future__ import annotations

import smtplib
from typing import Any, ClassVar

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from agent.registry import Effect, Outcome
from engagement.mail.providers.contract import FrozenMessage, Provider
from engagement.mail.wording import in_words

DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"


class SmtpProvider(Provider):
    """The mail server of `EMAIL_URL`, or whatever backend of Django's it names."""

    name: ClassVar[str] = "smtp"
    keeps_keys: ClassVar[bool] = False

    def deliver(self, *, content: bytes, recipient: str, idempotency_key: str) -> Outcome:
        connection = _connection()
        try:
            connection.open()
        except OSError as error:  # every error of smtplib is one
            return _say(Effect.RETRY, f"The mail server cannot be reached: {in_words(error)}")
        try:
            return _hand_over(connection, FrozenMessage(content))
        finally:
            _close(connection)


def _hand_over(connection: BaseEmailBackend, message: FrozenMessage) -> Outcome:
    try:
        accepted = connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refused(code, words)
    except smtplib.SMTPServerDisconnected as error:
        return _cut_off(connection, error)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except smtplib.SMTPNotSupportedError as error:
        return _say(Effect.FAILED, f"The mail server cannot take this message: {in_words(error)}")
    except OSError as error:
        return _cut_off(connection, error)
    if accepted != 1:
        return _say(Effect.UNKNOWN, "The mail backend did not say whether it took the message.")
    return _say(Effect.DONE, "Accepted by the mail server.")


def _refused(code: int, words: bytes | str) -> Outcome:
    """The server's own refusal: certain either way, and worth another try when it says "not now" (RFC 5321, 4.2)."""
    effect = Effect.RETRY if 400 <= code < 500 else Effect.FAILED
    return _say(effect, f"The mail server refused the message: {code} {in_words(words)}", status=code)


def _cut_off(connection: BaseEmailBackend, error: Exception) -> Outcome:
    """A connection that broke: before the text was under way nothing has left, afterwards it may have."""
    if getattr(connection, "has_sent_text", True):
        return _say(
            Effect.UNKNOWN,
            f"The connection broke after the message was handed over ({in_words(error)}). It may have been sent.",
        )
    return _say(Effect.RETRY, f"The connection broke before the message was handed over: {in_words(error)}")


def _say(effect: Effect, reason: str, **result: Any) -> Outcome:
    return Outcome(effect=effect, reason=reason, result={"provider": SmtpProvider.name, **result})


def _close(connection: BaseEmailBackend) -> None:
    """Say goodbye. What became of the message is known by now, so trouble here changes nothing."""
    try:
        connection.close()
    except OSError:
        return


def _connection() -> BaseEmailBackend:
    """The configured backend; Django's own SMTP one in the version that knows how far it came."""
    backend = settings.EMAIL_BACKEND
    if backend == DJANGO_SMTP:
        backend = f"{SmtpBackend.__module__}.{SmtpBackend.__qualname__}"
    return mail.get_connection(backend=backend, fail_silently=False)


class _TracedText:
    """Notes when the text of a message goes over the wire: commands are strings, the text is bytes."""

    has_sent_text = False

    def send(self, s: Any) -> None:
        if not isinstance(s, str):
            self.has_sent_text = True
        super().send(s)  # type: ignore[misc]


class _Smtp(_TracedText, smtplib.SMTP):
    pass


class _SmtpOverTls(_TracedText, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's SMTP backend, which can also say whether the text of a message was under way when it failed."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SmtpOverTls if self.use_ssl else _Smtp

    @property
    def has_sent_text(self) -> bool:
        return bool(getattr(self.connection, "has_sent_text", False))
