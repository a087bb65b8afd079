"""One mail as plain values, ready to be stored: what reading a mail gives, and what sending one gives.

Pure: no database and no clock. How a received mail becomes a `Letter` is `engagement.mail.inbound`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engagement.mail.frozen import read_frozen
from engagement.mail.models import BounceSeverity, Category, Tier

if TYPE_CHECKING:
    from engagement.mail.reading import Attachment

MAX_REFERENCES = 50
_MAX_HEADERS = 200
_MAX_HEADER_CHARACTERS = 4_000


@dataclass(frozen=True, kw_only=True)
class Party:
    """A sender or recipient: the name as written, which may be empty, and the normalised address."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One recipient that a delivery report names as failed."""

    address: str
    severity: BounceSeverity
    status: str
    diagnostic: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail as it will be stored. Addresses are normalised; what is no address is left out.

    `name` is where the mail was found; `is_sent`: it was among the mailbox's own sent mail. `requests` are plain values
    with offsets into `newest_text`. `failures` and `complainers` are what reports say; `original_message_id` and
    `original_from` are of the message they are about.
    """

    name: str
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    from_address: str = ""
    from_name: str = ""
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    subject: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body_text: str = ""
    newest_text: str = ""
    sent_at: datetime | None = None
    size: int
    tier: Tier
    category: Category | None = None
    is_sent: bool = False
    is_dmarc_failed: bool = False
    is_opt_out: bool = False
    opt_out_words: str = ""
    failures: tuple[Failure, ...] = ()
    complainers: tuple[str, ...] = ()
    original_message_id: str = ""
    original_from: str = ""
    requests: tuple[Mapping[str, Any], ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @classmethod
    def of_sent_message(cls, *, content: bytes, details: Mapping[str, Any], sent_at: datetime) -> Letter:
        """A message of our own, from the bytes that were delivered."""
        frozen = read_frozen(content)
        text = frozen.text.replace("\r\n", "\n")
        return cls(
            name=details["message_id"],
            message_id=details["message_id"],
            in_reply_to=details["in_reply_to"],
            references=tuple(frozen.get("References").split()),
            from_address=details["from"],
            from_name=frozen.sender.name,
            to=tuple(Party(name=one.name, address=one.address) for one in frozen.recipients),
            subject=details["subject"],
            headers=frozen.headers,
            body_text=text,
            newest_text=text,
            sent_at=sent_at,
            size=len(content),
            tier=Tier.AUTOMATED,
        )

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The messages it answers, the first of the conversation first and the nearest last."""
        known = dict.fromkeys((*self.references, self.in_reply_to))
        known.pop("", None)
        known.pop(self.message_id, None)
        ids = tuple(known)
        return ids if len(ids) <= MAX_REFERENCES else (ids[0], *ids[1 - MAX_REFERENCES :])

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every address in To and Cc."""
        return tuple(dict.fromkeys(one.address for one in (*self.to, *self.cc)))

    def sent_before(self, now: datetime) -> datetime:
        """When it was sent, by the sender's clock but never in our future."""
        return min(self.sent_at or now, now)

    def to_json(self) -> list[dict[str, str]]:
        return [{"name": one.name, "address": one.address} for one in self.to]

    def cc_json(self) -> list[dict[str, str]]:
        return [{"name": one.name, "address": one.address} for one in self.cc]

    def headers_json(self) -> list[list[str]]:
        """The headers in order; a hostile mail's tail is cut."""
        return [[name, value[:_MAX_HEADER_CHARACTERS]] for name, value in self.headers[:_MAX_HEADERS]]
