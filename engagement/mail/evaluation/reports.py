"""What the agent reads in one mail, as the plain values that `evaluate_mail` prints. Pure: no database and no settings.

Every key always stands there; where there is nothing to say, its value is empty. The keys are a contract with those who
score the agent's reading, so a new one is added and none is renamed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import structlog

from engagement.addresses import normalised_or_none
from engagement.mail.inbound import read_parsed
from engagement.mail.reading import (
    ExplicitRequest,
    MailReading,
    ParsedMessage,
    Reference,
    UnreadableMail,
    auto_reply_json,
    parse_message,
    sentiment_json,
    signature_json,
)
from engagement.mail.sources import RawMail, Refused

logger = structlog.get_logger(__name__)

NO_REQUEST: dict[str, Any] = {"is": False, "evidence": None, "start": None, "end": None, "when": None}
NO_SIGNATURE: dict[str, Any] = {
    "text": "",
    "name": None,
    "title": None,
    "department": None,
    "company": None,
    "phones": [],
    "email": None,
    "linkedin": None,
    "url": None,
    "address": None,
}
NO_AUTO_REPLY: dict[str, Any] = {"return_date": None, "left_company": False, "instead": None}
NOTHING_READ: dict[str, Any] = {
    "message_id": None,
    "tier": None,
    "category": None,
    "newest_text": "",
    "explicit_request": NO_REQUEST,
    "other_requests": [],
    "signals": [],
    "sentiment": {"label": "neutral", "score": 0.0},
    "signature": NO_SIGNATURE,
    "bounce": [],
    "links": [],
    "auto_reply": NO_AUTO_REPLY,
    "flags": [],
}


@dataclass(frozen=True, kw_only=True)
class EvaluatedMail:
    """One mail and what was read in it in so many milliseconds, or the sentence that says why it could not be."""

    name: str
    parsed: ParsedMessage | None = None
    reading: MailReading | None = None
    error: str = ""
    milliseconds: float = 0.0

    @property
    def sender(self) -> str:
        """The normalised address of its author, or nothing."""
        return (normalised_or_none(self.parsed.from_address or "") or "") if self.parsed else ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What two copies of one mail share: the Message-ID alone may stand in two mails by mistake."""
        if self.parsed is None or self.reading is None or not self.parsed.has_message_id:
            return ("", "", self.name)
        return (self.parsed.message_id, self.sender, self.reading.newest.text)

    @property
    def links(self) -> Sequence[Reference]:
        """The numbers that stand in it."""
        return self.reading.references if self.reading else ()


def evaluate(
    raw: RawMail | Refused,
    *,
    zone: tzinfo | None = None,
    own_domains: tuple[str, ...] = (),
    known_domains: frozenset[str] = frozenset(),
) -> EvaluatedMail:
    """Read one mail; never raises for what is in it."""
    if isinstance(raw, Refused):
        return EvaluatedMail(name=raw.name, error=f"The file {raw.reason}")
    began = time.perf_counter()
    parsed = reading = None
    error = ""
    try:
        parsed = parse_message(raw.content)
        reading = read_parsed(parsed, zone=zone, own_domains=own_domains, known_domains=known_domains)
    except UnreadableMail as refusal:
        error = str(refusal)
    except Exception:
        # A defect of the reader must not stop the mails behind this one; the log has the traceback.
        logger.exception("mail_not_read", mail=raw.name)
        error = "The mail could not be read because of an error in this program. Please report it."
    took = (time.perf_counter() - began) * 1000
    return EvaluatedMail(name=raw.name, parsed=parsed, reading=reading, error=error, milliseconds=took)


def report(
    mail: EvaluatedMail,
    *,
    is_known_contact: bool = True,
    links: Sequence[Reference] | None = None,
    is_repeated: bool = False,
) -> dict[str, Any]:
    """The mail as one line of the output.

    Only a known contact's words can be an explicit request. `links` are those that a tenant resolved, by default all
    that stand in the mail; `is_repeated`, whether the same mail came before it.
    """
    found = NOTHING_READ
    if mail.parsed is not None and mail.reading is not None:
        found = _of_reading(
            mail.parsed, mail.reading, is_known_contact, mail.links if links is None else links
        )
        if is_repeated:
            found["category"] = "duplicate"
    return {"file": mail.name, **found, "error": mail.error or None, "ms": round(mail.milliseconds, 2)}


def _of_reading(
    parsed: ParsedMessage, reading: MailReading, is_known_contact: bool, links: Sequence[Reference]
) -> dict[str, Any]:
    requests = [_request(one) for one in reading.requests] if is_known_contact else []
    return {
        "message_id": parsed.header("message-id") or None,
        "tier": reading.tier.value,
        "category": reading.category.value,
        "newest_text": reading.newest.text,
        "explicit_request": requests[0] if requests else NO_REQUEST,
        "other_requests": requests[1:],
        "signals": [
            {"type": one.type.value, "strength": one.strength, "evidence": one.evidence}
            for one in reading.signals
        ],
        "sentiment": sentiment_json(reading.sentiment),
        "signature": signature_json(reading.signature) or NO_SIGNATURE,
        "bounce": [
            {"recipient": one.address, "status": one.status or None, "hard": one.hard}
            for one in reading.bounced
        ],
        "links": [{"type": one.type, "ref": one.ref} for one in links],
        "auto_reply": auto_reply_json(reading.auto_reply) or NO_AUTO_REPLY,
        "flags": list(reading.flags),
    }


def _request(request: ExplicitRequest) -> dict[str, Any]:
    return {
        "is": True,
        "evidence": request.evidence,
        "start": request.start,
        "end": request.end,
        "when": request.due.as_iso() if request.due else None,
    }
