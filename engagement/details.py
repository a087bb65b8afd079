"""Who may replace what is known of a contact: pure functions over one offered value and what stands there.

No ORM queries, clock or settings here. Reading and writing the values is `engagement.services.details`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from engagement.models import Contact, ContactDetail, DetailField

# What a field that is only on or off holds as text.
YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A value that a mail gives for one field of its writer.

    `evidence` are the words it was read in; `doubt` is why a person must look at it first, as a sentence, or empty.
    """

    contact_id: int
    field: DetailField
    value: str
    by: str
    message_id: str
    evidence: str
    said_at: datetime
    doubt: str = ""


class Answer(Enum):
    """What becomes of an offer."""

    TAKE = auto()  # it fills an empty field, or replaces what an older mail said
    PROPOSE = auto()  # a person decides
    LEAVE = auto()  # it says nothing new


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of one field: its value, the row that says whose it is, and what awaits or was refused."""

    value: str
    current: ContactDetail | None
    proposed: ContactDetail | None
    dismissed: frozenset[str]


def answer(offer: Offer, standing: Standing, *, now: datetime) -> tuple[Answer, str]:
    """What becomes of an offer, and where a person decides, why.

    An empty field is filled, and an older mail's value gives way to a newer mail's. What one of our people wrote,
    loaded, accepted or emptied stays; so does a value whose author nobody knows.
    """
    if folded(offer.value) == folded(standing.value) or folded(offer.value) in standing.dismissed:
        return Answer.LEAVE, ""
    doubt = offer.doubt or _why_not_replace(offer, standing, now)
    if not doubt:
        current = standing.current
        is_older = bool(standing.value) and current is not None and offer.said_at <= current.said_at
        return (Answer.LEAVE if is_older else Answer.TAKE), ""
    proposed = standing.proposed
    if proposed is not None and (
        folded(proposed.value) == folded(offer.value) or offer.said_at <= proposed.said_at
    ):
        return Answer.LEAVE, ""
    return Answer.PROPOSE, doubt


def _why_not_replace(offer: Offer, standing: Standing, now: datetime) -> str:
    current = standing.current
    if offer.field == DetailField.AWAY_UNTIL and standing.value and read_moment(standing.value) <= now:
        return ""  # A day that has passed says nothing any more, whoever wrote it.
    if current is not None and current.is_a_persons:
        return "One of our people has set this." if standing.value else "One of our people has emptied this."
    if current is None and standing.value:
        return "Nobody knows who set this."
    return ""


def value_of(contact: Contact, field: str) -> str:
    """What the contact's own column holds, as text."""
    value: Any = getattr(contact, field)
    if isinstance(value, bool):
        return YES if value else ""
    return value.isoformat() if isinstance(value, datetime) else value or ""


def put_value(contact: Contact, field: str, value: str) -> None:
    """Put a text into the contact's own column. Whoever has left is not active either."""
    if field == DetailField.HAS_LEFT:
        contact.has_left = value == YES
        contact.is_active = contact.is_active and not contact.has_left
    elif field == DetailField.AWAY_UNTIL:
        contact.away_until = read_moment(value) if value else None
    else:
        setattr(contact, field, value)


def read_moment(value: str) -> datetime:
    """The moment that `value_of` wrote."""
    return datetime.fromisoformat(value)


def folded(text: str) -> str:
    """Text as it is compared: without case, accents and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
