"""Composing the exact bytes of a message, and whom it may reach.

What a message says is `engagement.mail.rendering`'s; handing it to a provider is `engagement.mail.providers`'.

Headers. A check-in is written by a program, so it says so: RFC 3834 section 5 asks for `Auto-Submitted:
auto-generated` on what an automatic process sends, which keeps vacation responders from answering a machine, and
for `auto-replied` on what answers somebody's message. `Precedence: bulk` is not set: it would file personal
business mail with the newsletters. Everything but transactional mail names an address to opt out at (RFC 2369) and,
where the installation knows its public address, a link that one click acts on (RFC 8058).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

from agent.states import SendMode
from engagement.addresses import domain_of, normalised_or_none
from engagement.mail.models import Mailbox, Stream

# What a mail client writes for a reader who opts out; a mail with this subject is one (RFC 2369, section 3.2).
OPT_OUT_SUBJECT = "unsubscribe"
# What it posts to the link when its reader clicks once (RFC 8058, section 3.2).
ONE_CLICK = "List-Unsubscribe=One-Click"
# What `message_id_of_card` writes before the @.
_CARD_NAME = re.compile(r"card-([A-Za-z0-9_-]{1,50})-([0-9]{1,18})")
# Repeats our Message-ID: a provider that writes one of its own over ours leaves this alone.
OUR_ID_HEADER = "X-Agent-Message-ID"
# CRLF line ends; 76 characters is the limit of quoted-printable; 7-bit, so that no relay re-encodes what was frozen.
WIRE_FORMAT = EmailPolicy(linesep="\r\n", max_line_length=76, cte_type="7bit")
# What a header may say as it stands: visible ASCII, single spaces.
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_BODY_HEADERS = (
    b'Content-Type: text/plain; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"MIME-Version: 1.0\r\n"
)


class InvalidMessage(ValueError):
    """A message that must not be composed; says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What makes one message. `recipient` is one normalised address; `in_reply_to` a Message-ID or empty, of a message
    of our own when `is_follow_up`; `references` what that one refers to.

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
    is_follow_up: bool = False
    opt_out_url: str = ""


def message_id_of_card(*, tenant_slug: str, card_id: int, domain: str) -> str:
    """Our own Message-ID: the same at every try, so that a bounce, a reply or a copy names the card."""
    return f"<card-{tenant_slug}-{card_id}@{domain}>"


@dataclass(frozen=True, kw_only=True)
class CardName:
    """What the first part of such a Message-ID says."""

    tenant_slug: str
    card_id: int


def read_card_name(name: str) -> CardName | None:
    """The card that the part before the @ of a Message-ID of ours names; None when it names none."""
    found = _CARD_NAME.fullmatch(name)
    return CardName(tenant_slug=found[1], card_id=int(found[2])) if found else None


def compose_message(outgoing: Outgoing) -> bytes:
    """The exact bytes of a message to one recipient, under RFC 5322 and as quoted-printable (RFC 2045, section 6.7).

    Raises `InvalidMessage` for what could become a second header or a second recipient (pitfalls W1, W4).
    """
    if not is_plain_address(outgoing.recipient):
        raise InvalidMessage(f"{outgoing.recipient!r} is not one address that mail can reach.")
    try:
        headers = b"".join(_headers(outgoing))
    except (ValueError, HeaderParseError) as error:
        raise InvalidMessage(f"The message to {outgoing.recipient!r} cannot be composed: {error}") from error
    return headers + _BODY_HEADERS + b"\r\n" + _quoted_printable(outgoing.text)


def _headers(outgoing: Outgoing) -> Iterator[bytes]:
    mailbox = outgoing.mailbox
    yield _person("From", mailbox.display_name, mailbox.address_normalised)
    yield _person("To", outgoing.recipient_name, outgoing.recipient)
    yield _text("Subject", outgoing.subject)
    yield _whole("Date", format_datetime(outgoing.date))
    yield _whole("Message-ID", outgoing.message_id)
    yield _whole(OUR_ID_HEADER, outgoing.message_id)
    if outgoing.in_reply_to.isascii() and outgoing.in_reply_to:
        yield _whole("In-Reply-To", outgoing.in_reply_to)
        yield _whole("References", *filter(str.isascii, outgoing.references), outgoing.in_reply_to)
    is_answer = bool(outgoing.in_reply_to) and not outgoing.is_follow_up
    yield _whole("Auto-Submitted", "auto-replied" if is_answer else "auto-generated")
    if outgoing.stream != Stream.TRANSACTIONAL:
        yield from _ways_out(outgoing)


def _ways_out(outgoing: Outgoing) -> Iterator[bytes]:
    """The ways out that a mail client offers its reader: a link, by one click (RFC 8058), and an address."""
    by_mail = f"<mailto:{outgoing.mailbox.address_normalised}?subject={OPT_OUT_SUBJECT}>"
    if not outgoing.opt_out_url:
        yield _whole("List-Unsubscribe", by_mail)
        return
    yield _whole("List-Unsubscribe", f"<{outgoing.opt_out_url}>,", by_mail)
    yield _whole("List-Unsubscribe-Post", ONE_CLICK)


def _person(name: str, display_name: str, address: str) -> bytes:
    """One address with its name. The library is asked where the name must be folded or may pass for encoded."""
    shown = " ".join(display_name.split())
    if shown.isprintable() and "=?" not in shown:
        line = f"{name}: {formataddr((shown, address))}"
        if len(line) <= WIRE_FORMAT.max_line_length:
            return f"{line}\r\n".encode("ascii")
    return _folded(name, Address(shown, addr_spec=address))


def _text(name: str, text: str) -> bytes:
    """A line of free text. The library is asked for all but plain short ones, ten times as long as it takes here."""
    _refuse_line_break(name, text)
    line = f"{name}: {text}"
    if _PLAIN.fullmatch(text) and "=?" not in text and len(line) <= WIRE_FORMAT.max_line_length:
        return f"{line}\r\n".encode("ascii")
    return _folded(name, text)


def _folded(name: str, value: str | Address) -> bytes:
    _, header = WIRE_FORMAT.header_store_parse(name, value)
    return WIRE_FORMAT.fold_binary(name, header)


def _whole(name: str, *parts: str) -> bytes:
    """Message-IDs, links and words, each left whole however long.

    The library would write one that is longer than a line as an encoded word, and no reader would find what it
    refers to. Raises `UnicodeEncodeError` outside ASCII.
    """
    for part in parts:
        _refuse_line_break(name, part)
    return f"{name}: {f'{WIRE_FORMAT.linesep} '.join(dict.fromkeys(parts))}\r\n".encode("ascii")


def _quoted_printable(text: str) -> bytes:
    lines = [*text.encode().splitlines(), b""]
    return binascii.b2a_qp(b"\r\n".join(lines))


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


def _refuse_line_break(name: str, text: str) -> None:
    if "\r" in text or "\n" in text:
        raise InvalidMessage(f"The {name} holds a line break.")
