"""Composing the exact bytes of a message, and whom it may reach.

What a message says is `engagement.mail.rendering`'s; handing it to a provider is `engagement.mail.providers`'.

Headers. A check-in is written by a program, so it says so: RFC 3834 section 5 asks for `Auto-Submitted:
auto-generated` on what an automatic process sends, which keeps vacation responders from answering a machine, and
for `auto-replied` on what answers somebody's message. `Precedence: bulk` is not set: it would file personal
business mail with the newsletters. Everything but transactional mail names an address to opt out at (RFC 2369) and,
where the installation knows its public address, a link that one click acts on (RFC 8058).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy

from agent.states import SendMode
from engagement.addresses import domain_of, normalised_or_none
from engagement.mail.models import Mailbox, Stream

# What a mail client writes for a reader who opts out; a mail with this subject is one (RFC 2369, section 3.2).
OPT_OUT_SUBJECT = "unsubscribe"
# What it posts to the link when its reader clicks once (RFC 8058, section 3.2).
ONE_CLICK = "List-Unsubscribe=One-Click"
# What `message_id_of_card` writes before the @.
_CARD_NAME = re.compile(r"card-([A-Za-z0-9_-]{1,50})-([0-9]{1,18})")
# Headers whose parts a program reads letter by letter: Message-IDs and links.
# Repeats our Message-ID: a provider that writes one of its own over ours leaves this alone.
OUR_ID_HEADER = "X-Agent-Message-ID"
_KEPT_WHOLE = frozenset({"in-reply-to", "references", "list-unsubscribe", OUR_ID_HEADER.lower()})


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
        message[OUR_ID_HEADER] = message["Message-ID"]
        if outgoing.in_reply_to.isascii() and outgoing.in_reply_to:
            message["In-Reply-To"] = _header(outgoing.in_reply_to, "In-Reply-To")
            referred = dict.fromkeys((*filter(str.isascii, outgoing.references), outgoing.in_reply_to))
            message["References"] = _header(" ".join(referred), "References")
    except (ValueError, HeaderParseError) as error:
        raise InvalidMessage(f"The message to {outgoing.recipient!r} cannot be composed: {error}") from error
    is_answer = bool(outgoing.in_reply_to) and not outgoing.is_follow_up
    message["Auto-Submitted"] = "auto-replied" if is_answer else "auto-generated"
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


def _header(text: str, name: str) -> str:
    if "\r" in text or "\n" in text:
        raise InvalidMessage(f"The {name} holds a line break.")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())
