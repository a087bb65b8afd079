"""Mail in a file: who wrote to whom, what about, the text, and the names of what was attached, which is not opened."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from documents.readers.frames import Output
from documents.readers.plain import decode, write_page
from documents.readers.web import html_text

_FIELDS = ("From", "To", "Cc", "Date", "Subject")
_PARTS = 1_000
# Characters of a field; longer ones take the library's time and tell a reader nothing.
_FIELD = 5_000


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the mail as one page."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    fields = [f"{name}: {value}" for name in _FIELDS if (value := _field(message, name))]
    attached = _attachments(message)
    named = [f"Attachments: {', '.join(attached)}"] if attached else []
    text = "\n".join([*fields, *named, "", _body(message)])
    return write_page(output, "mail", text, {"attachments": attached[:100]})


def _field(message: EmailMessage, name: str) -> str:
    """A field of the head as one line; as it stands where it breaks the rules that the library reads it by."""
    value = next((str(raw) for field, raw in message.raw_items() if field.lower() == name.lower()), "")
    if len(value) <= _FIELD:
        try:
            value = str(message.get(name, ""))
        except (ValueError, AttributeError, TypeError, LookupError):
            pass  # as it stands
    return " ".join(value[:_FIELD].split())


def _attachments(message: EmailMessage) -> list[str]:
    names = []
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            break
        try:
            name = part.get_filename()
        except (ValueError, AttributeError, TypeError, LookupError):
            name = None
        if name:
            names.append(" ".join(str(name).split()))
    return names


def _body(message: EmailMessage) -> str:
    """The plain text where there is one, else the text of the HTML."""
    try:
        part = message.get_body(("plain", "html"))
    except (ValueError, AttributeError, TypeError, LookupError):
        part = None
    if part is None:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text, _ = decode(content)
    return html_text(text) if part.get_content_type() == "text/html" else text
