"""From the bytes of one received mail to a `Letter`: the choice of what is kept, cut to what the tables hold.

Pure, but for an optional second reader: no database and no clock. The reading itself is
`engagement.mail.reading`'s. Its vocabulary takes half a second to compile, so only what takes mail in imports this
module; planning and sending do without.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, timedelta, tzinfo
from typing import Any

import structlog

from agent.sensitive import holds_secret, mask_sensitive
from engagement.addresses import normalised_or_none
from engagement.mail import reading as mail_reading
from engagement.mail.language_model import SecondReader, SecondReading
from engagement.mail.letters import Failure, Letter, Party
from engagement.mail.models import BounceSeverity, Category, Tier
from engagement.mail.models.messages import MESSAGE_ID_LENGTH
from engagement.mail.outbound import OPT_OUT_SUBJECT
from engagement.mail.reading import (
    Address,
    Due,
    ExplicitRequest,
    MailReading,
    ParsedMessage,
    UnreadableMail,
    auto_reply_json,
    parse_message,
    sentiment_json,
    signals_json,
    signature_json,
)
from engagement.mail.sources import MAX_CONTENT_BYTES, RawMail, Refused, too_large

logger = structlog.get_logger(__name__)

_TIERS = {
    mail_reading.Tier.HUMAN: Tier.HUMAN,
    mail_reading.Tier.LIST: Tier.LIST,
    mail_reading.Tier.AUTO_REPLY: Tier.AUTO_REPLY,
    mail_reading.Tier.BOUNCE: Tier.BOUNCE,
    mail_reading.Tier.COMPLAINT_REPORT: Tier.COMPLAINT,
}
# Reports often carry the head of the original only; what they have to say stands before it.
_OFTEN_CUT = frozenset({Tier.BOUNCE, Tier.COMPLAINT})
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def read_letter(
    raw: RawMail,
    *,
    zone: tzinfo | None,
    own_domains: tuple[str, ...],
    known_domains: frozenset[str] = frozenset(),
    second_reader: SecondReader | None = None,
) -> Letter | Refused:
    """Read one mail, or say in one sentence why it is not taken. Never raises for what is in the mail.

    `zone` is the tenant's, for times that the sender names without one; `own_domains` are the tenant's, and
    `known_domains` their clients'. A `second_reader` is asked over the network, so never inside a transaction.
    """
    try:
        parsed = parse_message(raw.content)
        content = sum(part.size for part in parsed.attachments)
        if content > MAX_CONTENT_BYTES:
            return too_large(raw.name, content)
        reading = read_parsed(parsed, zone=zone, own_domains=own_domains, known_domains=known_domains)
        second = SecondReading(reading)
        if second_reader is not None:
            second = second_reader.read(parsed, reading, zone=_zone_of(parsed, zone))
        return _storable(_letter_of(raw, parsed, second))
    except UnreadableMail as error:
        return Refused(raw.name, _sentence(str(error)))
    except Exception:
        # A defect of the reader must not stop the mails behind this one; the log has the traceback.
        logger.exception("mail_not_read", mail=raw.name)
        return Refused(
            raw.name, "could not be read because of an error in this program. Please report the mail."
        )


def read_parsed(
    parsed: ParsedMessage,
    *,
    zone: tzinfo | None,
    own_domains: tuple[str, ...],
    known_domains: frozenset[str] = frozenset(),
) -> MailReading:
    """What the agent reads in a mail of a tenant with that zone and those domains."""
    return mail_reading.read_mail(
        parsed, zone=_zone_of(parsed, zone), own_domains=own_domains, known_domains=known_domains
    )


def _letter_of(raw: RawMail, parsed: ParsedMessage, second: SecondReading) -> Letter | Refused:
    reading = second.reading
    tier = _TIERS[reading.tier]
    if tier == Tier.HUMAN and reading.is_no_reply:
        tier = Tier.AUTOMATED
    if parsed.is_truncated and tier not in _OFTEN_CUT:
        return Refused(
            raw.name, "is cut off: its end is missing. Export the whole message again and import it."
        )
    original = _original_of(parsed) if tier in _OFTEN_CUT else None
    is_dmarc_failed = "dmarc_fail" in reading.flags
    asked_to_stop = _answers_our_opt_out(parsed) and not reading.is_internal and not is_dmarc_failed
    return Letter(
        name=raw.name,
        message_id=storable_id(parsed.message_id),
        in_reply_to=storable_id(parsed.in_reply_to),
        references=tuple(storable_id(one) for one in parsed.references),
        from_address=_sender_address(parsed),
        from_name=parsed.from_name[:200],
        to=_parties(parsed.to),
        cc=_parties(parsed.cc),
        subject=parsed.subject[:2000],
        headers=parsed.headers,
        body_text=parsed.text_plain or reading.newest.text,
        newest_text=reading.newest.text,
        sent_at=parsed.sent_at.astimezone(UTC) if parsed.sent_at else None,
        size=len(raw.content),
        tier=tier,
        category=Category(reading.category.value),
        is_sent=raw.is_sent,
        is_dmarc_failed=is_dmarc_failed,
        is_opt_out=reading.opt_out is not None or asked_to_stop,
        opt_out_words=mask_sensitive(reading.opt_out.evidence)[:500] if reading.opt_out else "",
        failures=tuple(_failures(reading)),
        complainers=tuple(filter(None, map(normalised_or_none, reading.complainers))),
        original_message_id=storable_id(original.message_id) if original and original.has_message_id else "",
        original_from=_sender_address(original) if original else "",
        requests=_without_secrets(tuple(map(_request_json, reading.requests)), reading.newest.text),
        reading=_without_secrets(
            {**_reading_json(reading, parsed), "by_model": list(second.by_model)}, reading.newest.text
        ),
        attachments=parsed.attachments,
    )


def _without_secrets(value: Any, text: str) -> Any:
    """What was read in the text, without a secret that its sender wrote: cards, signals and events quote it."""
    return _masked(value) if holds_secret(text) else value


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_sensitive(value)
    if isinstance(value, tuple | list):
        return type(value)(_masked(one) for one in value)
    return {name: _masked(one) for name, one in value.items()} if isinstance(value, Mapping) else value


def _storable(value: Any) -> Any:
    """The same value without the characters that no PostgreSQL text holds: NUL, and halves of surrogate pairs."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, tuple | list):
        return type(value)(_storable(one) for one in value)
    if isinstance(value, Mapping):
        return {_storable(name): _storable(one) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _storable(getattr(value, one.name)) for one in fields(value)})
    return value


def storable_id(message_id: str) -> str:
    """A Message-ID as it is stored and looked up: one that no index entry could hold becomes its digest."""
    if len(message_id.encode()) <= MESSAGE_ID_LENGTH:
        return message_id
    return f"<{hashlib.sha256(message_id.encode()).hexdigest()}@long-message-id.invalid>"


def _zone_of(parsed: ParsedMessage, tenant_zone: tzinfo | None) -> tzinfo | None:
    """The zone in which the sender says "2 pm": their own clock's, unless their mail server speaks UTC for them.

    Where the sender's offset is the tenant's, the tenant's zone is taken: it knows about daylight saving time.
    """
    if parsed.sent_at is None or tenant_zone is None:
        return tenant_zone
    offset = parsed.sent_at.utcoffset()
    if not offset or offset == parsed.sent_at.astimezone(tenant_zone).utcoffset():
        return tenant_zone
    return None


def _sender_address(parsed: ParsedMessage) -> str:
    """The one author; a From line with several names nobody in particular (RFC 5322, section 3.6.2)."""
    senders = {one.address for one in parsed.from_all}
    return (normalised_or_none(parsed.from_address or "") or "") if len(senders) == 1 else ""


def _parties(addresses: Iterable[Address]) -> tuple[Party, ...]:
    known = ((one.name, normalised_or_none(one.address)) for one in addresses)
    return tuple(Party(name=name, address=address) for name, address in known if address)


def _original_of(parsed: ParsedMessage) -> ParsedMessage | None:
    """The message that a report is about, as far as the report encloses it."""
    for text in parsed.enclosed:
        try:
            return parse_message(text.encode("utf-8", "replace"))
        except UnreadableMail:
            continue  # The next enclosed part may be the one.
    return None


def _answers_our_opt_out(parsed: ParsedMessage) -> bool:
    """Whether a mail client wrote this for its user, on the address in our List-Unsubscribe header (RFC 2369)."""
    return parsed.subject.strip().lower() == OPT_OUT_SUBJECT


def _failures(reading: MailReading) -> Iterable[Failure]:
    for one in reading.bounced:
        address = normalised_or_none(one.address)
        if address:
            severity = BounceSeverity.HARD if one.hard else BounceSeverity.SOFT
            yield Failure(address=address, severity=severity, status=one.status, diagnostic=one.diagnostic)


def _request_json(request: ExplicitRequest) -> dict[str, Any]:
    return {
        "start": request.start,
        "end": request.end,
        "quote": request.evidence,
        "kind": request.kind,
        "who": request.who,
        "due_at": request.due.start.isoformat() if request.due else None,
        "due_end_at": _due_end(request.due),
        "due_words": request.due.text if request.due else "",
    }


def _due_end(due: Due | None) -> str | None:
    """The last moment that is still in time, where the client named a day or a span and not a moment."""
    if due is None or (due.end is None and not due.is_all_day):
        return None
    end = due.end or due.start
    return (end + timedelta(hours=23, minutes=59) if due.is_all_day else end).isoformat()


def _pressure_json(reading: MailReading) -> dict[str, Any] | None:
    """The sentence that presses for a value or an appraiser, where that is what the mail is about."""
    if reading.category.value != Category.INDEPENDENCE_VIOLATION:
        return None
    span = mail_reading.pressing_sentence(reading.newest)
    if span is None:
        return None
    return {"start": span[0], "end": span[1], "quote": reading.newest.text[span[0] : span[1]]}


def _reading_json(reading: MailReading, parsed: ParsedMessage) -> dict[str, Any]:
    """What the reading found beside the text, for the planner, the console and other engines."""
    return {
        "requests": [_request_json(request) for request in reading.requests],
        "category": reading.category.value,
        "pressure": _pressure_json(reading),
        "signals": signals_json(reading.signals),
        "sentiment": sentiment_json(reading.sentiment),
        "signature": signature_json(reading.signature),
        "auto_reply": auto_reply_json(reading.auto_reply),
        "references": [{"type": one.type, "ref": one.ref} for one in reading.references],
        "flags": list(reading.flags),
        "is_opt_out": reading.opt_out is not None,
        "is_only_quote": reading.newest.is_only_quote,
        "source": reading.newest.source,
        "defects": list(parsed.defects),
    }


def _sentence(text: str) -> str:
    """The reader's words as the second half of "NAME …"."""
    return f"cannot be read: {text[:1].lower()}{text[1:]}"
