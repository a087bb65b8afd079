"""Reading of business mail as pure functions: bytes in, judgement with evidence out.

    parsed = parse_message(raw)                      # UnreadableMail when there is no mail in the bytes
    reading = read_mail(parsed, zone=tenant_zone)    # tier, category, newest text, requests, signals, numbers, flags …
    reading.as_json()

No database, no clock, no settings, no network: every judgement follows from the bytes and the arguments, so it can be replayed.
Text offsets count code points of `reading.newest.text`, and `text[start:end] == evidence` for everything found.
"""

from .authentication import fails_dmarc
from .auto_reply import AutoReply, read_auto_reply
from .bounces import BouncedRecipient, read_bounce, read_complaint
from .category import Category, classify_category, pressing_sentence
from .due import Due, find_due
from .machine import Tier, classify_sender, is_no_reply
from .newest import InlineAnswer, NewestText, newest_of_text, newest_text
from .optout import OptOut, find_opt_out
from .parsing import (
    Address,
    Attachment,
    ParsedMessage,
    UnreadableMail,
    normalise_address,
    parse_addresses,
    parse_message,
)
from .reading import MailReading, auto_reply_json, read_mail, sentiment_json, signals_json, signature_json
from .references import Reference, find_references
from .requests import ExplicitRequest, find_requests, has_injected_instructions
from .sentiment import Sentiment, read_sentiment
from .signals import Signal, SignalType, find_signals
from .signature import Phone, PhoneKind, Signature, read_signature

__all__ = [
    "Address",
    "Attachment",
    "AutoReply",
    "BouncedRecipient",
    "Category",
    "Due",
    "ExplicitRequest",
    "InlineAnswer",
    "MailReading",
    "NewestText",
    "OptOut",
    "ParsedMessage",
    "Phone",
    "PhoneKind",
    "Reference",
    "Sentiment",
    "Signal",
    "SignalType",
    "Signature",
    "Tier",
    "UnreadableMail",
    "auto_reply_json",
    "classify_category",
    "classify_sender",
    "fails_dmarc",
    "find_due",
    "find_opt_out",
    "find_references",
    "find_requests",
    "find_signals",
    "has_injected_instructions",
    "is_no_reply",
    "newest_of_text",
    "newest_text",
    "normalise_address",
    "parse_addresses",
    "parse_message",
    "pressing_sentence",
    "read_auto_reply",
    "read_bounce",
    "read_complaint",
    "read_mail",
    "read_sentiment",
    "read_signature",
    "sentiment_json",
    "signals_json",
    "signature_json",
]
