"""The frozen content of a card, read back for a person: the exact message as its recipient would see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.utils.safestring import SafeString

from agent.admin.display import pairs, readable, sentence, stack, verbatim
from agent.models import Intent
from agent.registry import Content

SHOWN_HEADERS = ("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To")
NOTHING_LEAVES = "This card puts nothing outside the database, so there is no message to show."
NO_CONTENT = Content(body=b"")
REMOVED = "The words of this rehearsal were removed when they had passed their age; their hash is kept."


def show_content(content: bytes, details: Mapping[str, Any]) -> SafeString:
    """A message's headers and text, or whatever else was frozen, with the details kept beside it."""
    beside = pairs([("Kept beside it", details)]) if details else ""
    return stack(_show_bytes(content), beside)


def show_intent(intent: Intent) -> SafeString:
    """What was frozen for a card; of an old rehearsal the words are gone (see `agent.retention`)."""
    content = bytes(intent.content)
    if not content and intent.content_hash != NO_CONTENT.hash:
        return sentence(REMOVED)
    return show_content(content, intent.details)


def _show_bytes(content: bytes) -> str:
    if not content:
        return sentence(NOTHING_LEAVES)
    message = message_from_bytes(content, policy=policy.default)
    if isinstance(message, EmailMessage) and message["To"] and message["Subject"] is not None:
        return _show_message(message)
    text = content.decode("utf-8", errors="replace")
    try:
        return readable(json.loads(text))
    except ValueError:
        return verbatim(text)


def _show_message(message: EmailMessage) -> SafeString:
    headers = [(name, str(message[name])) for name in SHOWN_HEADERS if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body is not None else ""
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    extra = pairs([("Attached", attached)]) if attached else ""
    return stack(pairs(headers), verbatim(text.strip()), extra)
