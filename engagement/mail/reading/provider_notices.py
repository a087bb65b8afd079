"""Reads the JSON notices that some mail providers send by mail instead of a report (Amazon SES through SNS).

What lives here: from the notice to plain records. What does not: what they mean (`bounces`, `machine`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .parsing import ParsedMessage

MAX_NOTICE_CHARACTERS = 200_000
MAX_RECIPIENTS = 200


@dataclass(frozen=True)
class Notice:
    """`kind` is bounce, complaint or something else in lower case; `recipients` are (address, status, the server's words)."""

    kind: str
    recipients: tuple[tuple[str, str, str], ...]


def read_notice(parsed: ParsedMessage) -> Notice | None:
    """The notice that a mail consists of, or None."""
    text = parsed.text_plain.lstrip()
    if not text.startswith("{") or "otificationType" not in text[:MAX_NOTICE_CHARACTERS]:
        return None
    notice = _loaded(text)
    inner = notice.get("Message")
    if isinstance(inner, str):
        notice = _loaded(inner)
    kind = notice.get("notificationType")
    if not isinstance(kind, str):
        return None
    return Notice(kind.lower(), tuple(_recipients(notice)))


def _loaded(text: str) -> dict[str, Any]:
    """The first JSON object of the text; nothing when there is none. What stands behind it is the provider's footer."""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text[:MAX_NOTICE_CHARACTERS].lstrip())
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _recipients(notice: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for part, name in (("bounce", "bouncedRecipients"), ("complaint", "complainedRecipients")):
        record = notice.get(part)
        entries = record.get(name) if isinstance(record, dict) else None
        for entry in (entries if isinstance(entries, list) else [])[:MAX_RECIPIENTS]:
            if isinstance(entry, dict):
                words = (entry.get(key) for key in ("emailAddress", "status", "diagnosticCode"))
                address, status, diagnostic = (word if isinstance(word, str) else "" for word in words)
                found.append((address, status, diagnostic))
    return found
