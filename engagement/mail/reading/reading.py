"""Reads one mail completely: the single entry that the mail app calls after parsing.

What lives here: which readings apply to which sender. What does not: any reading itself, and anything that needs the tenant's
contacts or database (whether the sender is a contact, own aliases, suppression): services decide those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from .auto_reply import AutoReply, read_auto_reply
from .bounces import BouncedRecipient, read_bounce, read_complaint
from .category import Category, asking_sentence, classify_category
from .domains import PUBLIC_PROVIDERS
from .flags import find_flags
from .machine import Tier, classify_sender, is_no_reply
from .newest import MAX_READ_CHARACTERS, NewestText, newest_text
from .optout import OptOut, find_opt_out
from .parsing import ParsedMessage
from .references import Reference, find_references
from .request_addressees import addressees_of
from .requests import ExplicitRequest, find_requests
from .sentiment import NEUTRAL, Sentiment, read_sentiment
from .signals import Signal, SignalType, find_signals
from .signature import Signature, read_signature

# Who sells to everybody, or means to deceive, asks for nothing that a client may ask, and opens no opportunity.
_FROM_NO_CLIENT = frozenset({Category.VENDOR_SPAM, Category.PHISHING})
_OFFERED_STRENGTH = 0.6
_CONTENT = Sentiment("positive", 0.3)


@dataclass(frozen=True)
class MailReading:
    """What a mail is and says. `requests` and `opt_out` are set only for a person outside our own house whose mail did not fail DMARC,
    `requests`, signals and a mood not where it is a pitch or means to deceive; offsets are code points of `newest.text`."""

    tier: Tier
    is_no_reply: bool
    is_internal: bool
    newest: NewestText
    requests: tuple[ExplicitRequest, ...]
    opt_out: OptOut | None
    bounced: tuple[BouncedRecipient, ...]
    complainers: tuple[str, ...]
    references: tuple[Reference, ...]
    signals: tuple[Signal, ...]
    sentiment: Sentiment
    category: Category
    signature: Signature | None
    auto_reply: AutoReply | None
    flags: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The reading as plain JSON values, stable enough to store."""
        return {
            "tier": self.tier.value,
            "is_no_reply": self.is_no_reply,
            "is_internal": self.is_internal,
            "newest_text": self.newest.text,
            "source": self.newest.source,
            "requests": [_request_json(request) for request in self.requests],
            "opt_out": {
                "evidence": self.opt_out.evidence,
                "start": self.opt_out.start,
                "end": self.opt_out.end,
            }
            if self.opt_out
            else None,
            "bounced": [
                {"address": one.address, "status": one.status, "hard": one.hard, "diagnostic": one.diagnostic}
                for one in self.bounced
            ],
            "complainers": list(self.complainers),
            "references": [
                {"type": one.type, "ref": one.ref, "start": one.start, "end": one.end}
                for one in self.references
            ],
            "category": self.category.value,
            "signals": signals_json(self.signals),
            "sentiment": sentiment_json(self.sentiment),
            "signature": signature_json(self.signature),
            "auto_reply": auto_reply_json(self.auto_reply),
            "flags": list(self.flags),
        }


def signals_json(signals: Iterable[Signal]) -> list[dict[str, Any]]:
    """Signals as plain JSON values."""
    return [
        {
            "type": one.type.value,
            "strength": one.strength,
            "evidence": one.evidence,
            "start": one.start,
            "end": one.end,
        }
        for one in signals
    ]


def sentiment_json(sentiment: Sentiment) -> dict[str, Any]:
    """A sentiment as plain JSON values."""
    return {"label": sentiment.label, "score": sentiment.score}


def signature_json(signature: Signature | None) -> dict[str, Any] | None:
    """A signature as plain JSON values; where it stands is nobody's business but the reader's."""
    if signature is None:
        return None
    return {
        "text": signature.text,
        "name": signature.name,
        "title": signature.title,
        "department": signature.department,
        "company": signature.company,
        "phones": [
            {"e164": one.e164, "extension": one.extension or None, "kind": one.kind.value}
            for one in signature.phones
        ],
        "email": signature.email,
        "linkedin": signature.linkedin,
        "url": signature.url,
        "address": signature.address,
    }


def auto_reply_json(reply: AutoReply | None) -> dict[str, Any] | None:
    """What an absence notice says as plain JSON values."""
    if reply is None:
        return None
    return {
        "return_date": reply.return_date.isoformat() if reply.return_date else None,
        "left_company": reply.left_company,
        "instead": reply.instead,
    }


def _request_json(request: ExplicitRequest) -> dict[str, Any]:
    return {
        "evidence": request.evidence,
        "start": request.start,
        "end": request.end,
        "kind": request.kind,
        "who": request.who,
        "when": request.due.as_iso() if request.due else None,
        "when_text": request.due.text if request.due else None,
    }


def read_mail(
    parsed: ParsedMessage,
    *,
    zone: tzinfo | None = None,
    own_domains: tuple[str, ...] = (),
    known_domains: frozenset[str] = frozenset(),
    region: str = "US",
) -> MailReading:
    """Reads `parsed`; never raises. `zone` is the tenant's. `own_domains` are the tenant's mail domains; without them a sender from
    the recipients' own company domain counts as internal. `known_domains` are those of people the tenant trusts, which others may
    imitate. `region` is where a telephone number without a country code is."""
    newest, tier = newest_text(parsed), classify_sender(parsed)
    flags = find_flags(
        parsed,
        newest,
        tier=tier,
        is_no_reply=is_no_reply(parsed),
        own_domains=own_domains,
        known_domains=known_domains,
    )
    internal = _is_internal(parsed, own_domains)
    reading = _read_all_but_category(
        parsed, newest, tier, flags, is_internal=internal, zone=zone, region=region
    )
    category = classify_category(
        parsed,
        newest,
        tier=tier,
        is_internal=internal,
        flags=flags,
        requests=reading.requests,
        opt_out=reading.opt_out,
        bounced=reading.bounced,
        signals=reading.signals,
        sentiment=reading.sentiment,
        has_left=reading.auto_reply is not None and reading.auto_reply.left_company,
    )
    return _with_category(reading, category)


def _with_category(reading: MailReading, category: Category) -> MailReading:
    if category in _FROM_NO_CLIENT:
        return replace(reading, category=category, requests=(), signals=(), sentiment=NEUTRAL)
    if category is Category.BID_AWARD and reading.sentiment.label == NEUTRAL.label:
        reading = replace(reading, sentiment=_CONTENT)  # Whoever chooses us is content with us.
    is_known = any(one.type is SignalType.UPSELL for one in reading.signals)
    if (
        category is Category.BID_REQUEST
        and not is_known
        and reading.tier is Tier.HUMAN
        and not reading.is_no_reply
    ):
        return replace(reading, category=category, signals=(*reading.signals, *_offered(reading.newest)))
    return replace(reading, category=category)


def _offered(newest: NewestText) -> tuple[Signal, ...]:
    """More business in words that no table of signals holds: whoever asks for a price offers some."""
    span = asking_sentence(newest, Category.BID_REQUEST)
    if span is None:
        return ()
    start, end = span
    return (Signal(SignalType.UPSELL, _OFFERED_STRENGTH, newest.text[start:end], start, end),)


def _read_all_but_category(
    parsed: ParsedMessage,
    newest: NewestText,
    tier: Tier,
    flags: tuple[str, ...],
    *,
    is_internal: bool,
    zone: tzinfo | None,
    region: str,
) -> MailReading:
    """The reading with every part that its kind of sender has; the category, which weighs them, is still `general`."""
    no_reply = is_no_reply(parsed)
    is_person = tier is Tier.HUMAN and not no_reply
    may_ask = is_person and not is_internal and "dmarc_fail" not in flags
    requests, opt_out = _asked(parsed, newest, zone) if may_ask else ((), None)
    return MailReading(
        tier=tier,
        is_no_reply=no_reply,
        is_internal=is_internal,
        newest=newest,
        requests=requests,
        opt_out=opt_out,
        bounced=read_bounce(parsed) if tier is Tier.BOUNCE else (),
        complainers=read_complaint(parsed) if tier is Tier.COMPLAINT_REPORT else (),
        references=find_references(_numbered_text(parsed, newest, no_reply)) if tier is Tier.HUMAN else (),
        signals=find_signals(newest, subject=parsed.subject) if is_person else (),
        sentiment=read_sentiment(newest, subject=parsed.subject) if is_person else NEUTRAL,
        category=Category.GENERAL,
        signature=read_signature(parsed, newest, region=region) if is_person else None,
        auto_reply=read_auto_reply(parsed, newest, zone=zone) if tier is Tier.AUTO_REPLY else None,
        flags=flags,
    )


def _asked(
    parsed: ParsedMessage, newest: NewestText, zone: tzinfo | None
) -> tuple[tuple[ExplicitRequest, ...], OptOut | None]:
    """What a person asks for, and whether for no more mail. "Stop emailing and call me" asks for a call alone."""
    requests = find_requests(
        newest,
        sent_at=parsed.sent_at,
        zone=zone,
        sender_name=parsed.from_name,
        addressees=addressees_of(parsed),
    )
    opt_out = find_opt_out(newest, subject=parsed.subject)
    if opt_out is not None and any(one.start < opt_out.end and opt_out.start < one.end for one in requests):
        return requests, None
    return requests, opt_out


def _numbered_text(parsed: ParsedMessage, newest: NewestText, is_no_reply: bool) -> str:
    """Where a mail names its numbers. A portal quotes nobody, so that what looks like a quote in its mail is its own."""
    body = parsed.text_plain if is_no_reply and parsed.text_plain.strip() else newest.text
    return f"{parsed.subject}\n{body[:MAX_READ_CHARACTERS]}"


def _is_internal(parsed: ParsedMessage, own_domains: tuple[str, ...]) -> bool:
    domain = (parsed.from_address or "").rpartition("@")[2]
    if not domain:
        return False
    if own_domains:
        return any(domain == own.lower() or domain.endswith("." + own.lower()) for own in own_domains)
    # A client who writes to us and to a colleague of his own is no colleague of ours.
    return (
        domain not in PUBLIC_PROVIDERS
        and bool(parsed.to)
        and all(address.address.rpartition("@")[2] == domain for address in parsed.to)
    )
