"""The one door to a mail provider: composing the exact bytes of a message, and delivering exactly those.

No other module imports `django.core.mail` or `smtplib` (an architecture test holds that). Which card may be sent
is the policy's business; what a message says is `engagement.mail.rendering`'s.

Headers. A check-in is written by a program, so it says so: RFC 3834 section 5 asks for `Auto-Submitted:
auto-generated` on what an automatic process sends, which keeps vacation responders from answering a machine, and
for `auto-replied` on what answers one message. `Precedence: bulk` is not set: it would file personal business mail
with the newsletters. Everything but transactional mail names an address to opt out at (RFC 2369) and, where the
installation knows its public address, a link that one click acts on (RFC 8058).
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from agent.models import Tenant
from agent.registry import Effect, Outcome
from agent.states import SendMode
from agent.switches import effective_send_mode
from agent.tenant_settings import AgentSettings
from engagement.addresses import domain_of, normalised_or_none
from engagement.mail.models import Mailbox, Stream

# What a mail client writes for a reader who opts out; a mail with this subject is one (RFC 2369, section 3.2).
OPT_OUT_SUBJECT = "unsubscribe"
# What it posts to the link when its reader clicks once (RFC 8058, section 3.2).
ONE_CLICK = "List-Unsubscribe=One-Click"
DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"
# Headers whose parts a program reads letter by letter: Message-IDs and links.
_KEPT_WHOLE = frozenset({"in-reply-to", "references", "list-unsubscribe"})


class _WireFormat(EmailPolicy):
    """RFC 5322 with Message-IDs and links left whole.

    The library would write one that is longer than a line as an encoded word, and no reader would find what it
    refers to.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() not in _KEPT_WHOLE:
            return super().fold_binary(name, value)
        return f"{name}: {f'{self.linesep} '.join(value.split())}{self.linesep}".encode("ascii")


# CRLF line ends; 76 characters is the limit of quoted-printable; 7-bit, so that no relay re-encodes what was frozen.
WIRE_FORMAT = _WireFormat(linesep="\r\n", max_line_length=76, cte_type="7bit")


class InvalidMessage(ValueError):
    """A message that must not be composed; says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What makes one message. `recipient` is one normalised address; `in_reply_to` a Message-ID or empty.

    `opt_out_url` is the link by which the recipient stops such messages; empty without a public address.
    """

    mailbox: Mailbox
    message_id: str
    recipient: str
    recipient_name: str
    subject: str
    text: str
    stream: str
    date: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    opt_out_url: str = ""


def message_id_of_card(*, tenant_slug: str, card_id: int, domain: str) -> str:
    """Our own Message-ID: the same at every try, so that a bounce, a reply or a copy names the card."""
    return f"<card-{tenant_slug}-{card_id}@{domain}>"


def compose_message(outgoing: Outgoing) -> bytes:
    """The exact bytes of a message to one recipient.

    Raises `InvalidMessage` for what could become a second header or a second recipient (pitfalls W1, W4).
    """
    message = EmailMessage(policy=WIRE_FORMAT)
    mailbox = outgoing.mailbox
    if not is_plain_address(outgoing.recipient):
        raise InvalidMessage(f"{outgoing.recipient!r} is not one address that mail can reach.")
    try:
        message["From"] = Address(_one_line(mailbox.display_name), addr_spec=mailbox.address_normalised)
        message["To"] = Address(_one_line(outgoing.recipient_name), addr_spec=outgoing.recipient)
        message["Subject"] = _header(outgoing.subject, "subject")
        message["Date"] = outgoing.date
        message["Message-ID"] = _header(outgoing.message_id, "Message-ID")
        if outgoing.in_reply_to.isascii() and outgoing.in_reply_to:
            message["In-Reply-To"] = _header(outgoing.in_reply_to, "In-Reply-To")
            referred = dict.fromkeys((*filter(str.isascii, outgoing.references), outgoing.in_reply_to))
            message["References"] = _header(" ".join(referred), "References")
    except (ValueError, HeaderParseError) as error:
        raise InvalidMessage(f"The message to {outgoing.recipient!r} cannot be composed: {error}") from error
    message["Auto-Submitted"] = "auto-replied" if outgoing.in_reply_to else "auto-generated"
    if outgoing.stream != Stream.TRANSACTIONAL:
        _offer_opt_out(message, outgoing)
    message.set_content(outgoing.text, cte="quoted-printable")
    return message.as_bytes()


def _offer_opt_out(message: EmailMessage, outgoing: Outgoing) -> None:
    """The ways out that a mail client offers its reader: a link, by one click (RFC 8058), and an address."""
    by_mail = f"<mailto:{outgoing.mailbox.address_normalised}?subject={OPT_OUT_SUBJECT}>"
    if not outgoing.opt_out_url:
        message["List-Unsubscribe"] = by_mail
        return
    message["List-Unsubscribe"] = f"<{outgoing.opt_out_url}>, {by_mail}"
    message["List-Unsubscribe-Post"] = ONE_CLICK


def is_plain_address(text: str) -> bool:
    """Whether the text is exactly one address, normalised, that every mail server can take.

    An address outside ASCII needs a mail path that few servers offer (RFC 6531).
    """
    return text.isascii() and normalised_or_none(text) == text


def can_reach(recipient: str, *, mode: SendMode, allowlist: tuple[str, ...]) -> bool:
    """Whether a message may leave to this address under the send mode (spec P0.7.2).

    An entry of the allow-list is a whole address or a whole domain and matches exactly: no sub-domain, no
    plus-tag, no look-alike. Both sides are compared in their normalised spelling.
    """
    if mode == SendMode.DRY_RUN or not is_plain_address(recipient):
        return False
    if mode in (SendMode.LIMITED_LIVE, SendMode.LIVE):
        return True
    return any(entry in (recipient, domain_of(recipient)) for entry in allowlist)


def deliver(*, tenant: Tenant, content: bytes, recipient: str) -> Outcome:
    """Hand the bytes to the provider, to one recipient, and say how that ended. Never raises for a refusal.

    The send mode is read here once more, right before the socket. Until the provider has been given the text, a
    failure is certain: temporary ones (4xx, no connection) are to be tried again, permanent ones (5xx) are not.
    Once it has the text and the connection is lost before it answers, nobody can know (RFC 1047).
    """
    refusal = _refusal(tenant, recipient)
    if refusal:
        return Outcome(effect=Effect.RETRY, reason=refusal)
    message = _FrozenMessage(content)
    if message.to != [recipient]:
        return Outcome(
            effect=Effect.FAILED, reason=f"The message is addressed to {message.to}, not to {recipient}."
        )
    connection = _connection()
    try:
        connection.open()
    except OSError as error:  # every error of smtplib is one
        return Outcome(effect=Effect.RETRY, reason=f"The mail server cannot be reached: {_words(error)}")
    try:
        return _hand_over(connection, message)
    finally:
        _close(connection)


def _refusal(tenant: Tenant, recipient: str) -> str:
    agent_settings: AgentSettings = tenant.settings
    mode = effective_send_mode(agent_settings)
    if can_reach(recipient, mode=mode, allowlist=agent_settings.internal_allowlist):
        return ""
    return f"The send mode is {mode}: nothing leaves to {recipient}."


def _hand_over(connection: BaseEmailBackend, message: _FrozenMessage) -> Outcome:
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
        return Outcome(effect=Effect.FAILED, reason=f"The mail server cannot take this message: {error}")
    except OSError as error:
        return _cut_off(connection, error)
    if accepted != 1:
        return Outcome(
            effect=Effect.UNKNOWN, reason="The mail backend did not say whether it took the message."
        )
    return Outcome(effect=Effect.DONE, reason="Accepted by the mail server.")


def _refused(code: int, words: bytes | str) -> Outcome:
    """The server's own refusal: certain either way, and worth another try when it says "not now" (RFC 5321, 4.2)."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    effect = Effect.RETRY if 400 <= code < 500 else Effect.FAILED
    return Outcome(
        effect=effect, reason=f"The mail server refused the message: {code} {' '.join(text.split())[:300]}"
    )


def _cut_off(connection: BaseEmailBackend, error: Exception) -> Outcome:
    """A connection that broke: before the text was under way nothing has left, afterwards it may have."""
    if getattr(connection, "has_sent_text", True):
        return Outcome(
            effect=Effect.UNKNOWN,
            reason=f"The connection broke after the message was handed over: {_words(error)} It may have been sent.",
        )
    return Outcome(
        effect=Effect.RETRY,
        reason=f"The connection broke before the message was handed over: {_words(error)}",
    )


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


class _FrozenMessage(mail.EmailMessage):
    """A message of Django's whose bytes are the frozen ones, whatever backend asks for them."""

    def __init__(self, content: bytes) -> None:
        parsed = BytesParser(policy=WIRE_FORMAT).parsebytes(content)
        self._frozen = parsed
        self.content = content
        super().__init__(
            subject=str(parsed["Subject"]),
            body=parsed.get_content(),
            from_email=str(parsed["From"]),
            to=[address.addr_spec for address in parsed["To"].addresses],
            headers={
                name: str(value)
                for name, value in parsed.items()
                if name
                in (
                    "Message-ID",
                    "Date",
                    "In-Reply-To",
                    "References",
                    "Auto-Submitted",
                    "List-Unsubscribe",
                    "List-Unsubscribe-Post",
                )
            },
        )

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return _Bytes(self.content, self._frozen)


class _Bytes:
    """What a backend needs of a composed message: its bytes, and its headers by name."""

    def __init__(self, content: bytes, parsed: Any) -> None:
        self._content = content
        self._parsed = parsed

    def as_bytes(self, *args: Any, linesep: str = "\n", **kwargs: Any) -> bytes:
        return self._content.replace(b"\r\n", linesep.encode("ascii"))

    def get_charset(self) -> None:
        return None

    def __getitem__(self, name: str) -> Any:
        return self._parsed[name]


def _header(text: str, name: str) -> str:
    if "\r" in text or "\n" in text:
        raise InvalidMessage(f"The {name} holds a line break.")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _words(error: Exception) -> str:
    return f"{' '.join(str(error).split())[:300]}." if str(error) else f"{type(error).__name__}."
