"""Turns the bytes of one e-mail into a `ParsedMessage`: decoded, bounded, safe to store.

What lives here: header, address, date, text and attachment decoding. What does not: structure (`mime`), and any judgement
about what the mail is or says (`machine`, `newest`, `requests`).
Every string leaves without NUL and lone surrogates, which PostgreSQL text and JSON cannot hold.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .mime import Part, decode_bytes, decode_transfer, parse_content_type, split_message

MAX_TEXT_CHARACTERS = 2_000_000
MAX_HEADER_CHARACTERS = 65_536
MAX_ADDRESSES = 2_000


class UnreadableMail(ValueError):
    """Nothing in the bytes can be read as a mail; the message is one sentence for the operator."""


@dataclass(frozen=True)
class Address:
    """One mailbox: the display name as written (may be empty) and the address, lower-case."""

    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A part that is not the mail's own text; `size` in bytes after transfer decoding."""

    filename: str
    content_type: str
    size: int
    sha256: str
    content: bytes
    is_inline: bool
    content_id: str


@dataclass(frozen=True)
class ParsedMessage:
    """A mail as data. `message_id` always stands (made from the content when missing: `has_message_id` says so).

    `sent_at` is aware, in the sender's own offset, or None. `headers` are all top-level fields in order. `nested_headers` are
    those of enclosed messages, for bounces. `reports` are the machine-readable parts `(content type, text)` of RFC 3464 and
    RFC 5965 reports. `is_truncated` means bytes are missing: refuse to import, ask for the whole file.
    """

    message_id: str
    has_message_id: bool
    from_address: str | None
    from_name: str
    from_all: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    sender: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    sent_at: datetime | None
    in_reply_to: str
    references: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    content_type: str
    text_plain: str
    text_html: str
    body_source: str
    attachments: tuple[Attachment, ...]
    reports: tuple[tuple[str, str], ...]
    enclosed: tuple[str, ...]
    is_truncated: bool
    defects: tuple[str, ...]

    def header(self, name: str) -> str:
        """The first header of that name, any case, or empty."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def all_headers(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]


def parse_message(raw: bytes) -> ParsedMessage:
    """Reads any bytes. Raises only `UnreadableMail`, when there is no mail in them at all."""
    _refuse_what_is_no_mail(raw)
    split = split_message(raw)
    root = split.root
    if not root.headers and not root.children and _looks_binary(root.body):
        raise UnreadableMail(
            "The file is not an e-mail: it has no header lines and no text. Export the message as .eml."
        )
    body = _Body()
    body.collect(root)
    headers = tuple((name, decode_header(value)) for name, value in root.headers)
    senders = _addresses(root, "from")
    message_id = _message_id(root.first("message-id"))
    source = "text/plain" if body.plain.strip() else "text/html" if body.html.strip() else "none"
    return ParsedMessage(
        message_id=message_id or f"<{hashlib.sha256(raw).hexdigest()}@missing-message-id.invalid>",
        has_message_id=bool(message_id),
        from_address=next((sender.address for sender in senders), None),
        from_name=senders[0].name if senders else "",
        from_all=senders,
        reply_to=_addresses(root, "reply-to"),
        sender=next(iter(_addresses(root, "sender")), None),
        to=_addresses(root, "to"),
        cc=_addresses(root, "cc"),
        subject=" ".join(decode_header(root.first("subject")).split()),
        sent_at=_sent_at(root),
        in_reply_to=next(iter(_message_ids(root.first("in-reply-to"))), ""),
        references=tuple(dict.fromkeys(_message_ids(root.first("references")))),
        headers=headers,
        content_type=root.content_type,
        text_plain=body.plain,
        text_html=body.html,
        body_source=source,
        attachments=tuple(body.attachments),
        reports=tuple(body.reports),
        enclosed=tuple(body.enclosed),
        is_truncated=split.is_truncated or body.is_cut or not split.has_header_end and not root.body,
        defects=tuple(dict.fromkeys([*split.defects, *body.defects])),
    )


def _refuse_what_is_no_mail(raw: bytes) -> None:
    if not raw.strip():
        raise UnreadableMail("The file is empty: export the message again.")
    first_line = raw[:64].partition(b"\n")[0]
    if b"\0" in raw[:64] and b":" not in first_line and not first_line.startswith(b"From "):
        raise UnreadableMail("The file is not an e-mail but binary data: export the message as .eml.")


def _looks_binary(data: bytes) -> bool:
    sample = data[:4_000]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return not sample.strip() or control > len(sample) // 20


class _Body:
    """Collects text, attachments and report parts while walking the tree once, without recursion."""

    def __init__(self) -> None:
        self.plain = ""
        self.html = ""
        self.attachments: list[Attachment] = []
        self.reports: list[tuple[str, str]] = []
        self.enclosed: list[str] = []
        self.defects: list[str] = []
        self.is_cut = False

    def collect(self, root: Part) -> None:
        stack: list[tuple[Part, bool]] = [(root, False)]
        while stack:
            part, in_alternative = stack.pop()
            if part.children:
                is_alternative = in_alternative or part.content_type == "multipart/alternative"
                stack.extend((child, is_alternative) for child in reversed(part.children))
            else:
                self._take(part, in_alternative)

    def _take(self, part: Part, in_alternative: bool) -> None:
        content, is_cut = decode_transfer(part)
        if is_cut:
            self.is_cut = True
            self.defects.append("base64_cut")
        disposition, options = parse_content_type(part.first("content-disposition"), "")
        filename = options.get("filename") or part.parameters.get("name") or ""
        kind = part.content_type
        if kind in (
            "message/delivery-status",
            "message/feedback-report",
            "message/disposition-notification",
            "message/global-delivery-status",
        ):
            self.reports.append((kind, self._text(content, part)))
        elif kind in (
            "message/rfc822",
            "text/rfc822-headers",
            "message/global",
            "message/partial",
            "text/rfc822",
            "message/rfc822-headers",
            "message/global-headers",
        ):
            self.enclosed.append(self._text(content[:200_000], part))
            self._attach(content, kind, filename, disposition, part)
        elif kind in ("text/plain", "text/html") and not filename and disposition != "attachment":
            self._add_text(kind, self._text(content, part), in_alternative)
        else:
            self._attach(content, kind, filename, disposition, part)

    def _add_text(self, kind: str, text: str, in_alternative: bool) -> None:
        """Parts beside each other are one text; alternatives of the same kind are the same text twice."""
        if kind == "text/plain":
            self.plain = _joined(self.plain, text, "\n", in_alternative)
        else:
            self.html = _joined(self.html, text, "\n<br>\n", in_alternative)

    def _text(self, content: bytes, part: Part) -> str:
        if len(content) > 4 * MAX_TEXT_CHARACTERS:
            content = content[: 4 * MAX_TEXT_CHARACTERS]
        text = clean_text(decode_bytes(content, part.parameters.get("charset")))
        if len(text) > MAX_TEXT_CHARACTERS:
            self.defects.append("text_too_long")
            text = text[:MAX_TEXT_CHARACTERS]
        return text

    def _attach(self, content: bytes, kind: str, filename: str, disposition: str, part: Part) -> None:
        self.attachments.append(
            Attachment(
                filename=_safe_filename(filename) or _default_filename(kind, len(self.attachments) + 1),
                content_type=kind[:200],
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                content=content,
                is_inline=disposition == "inline"
                or bool(part.first("content-id"))
                and disposition != "attachment",
                content_id=decode_header(part.first("content-id")).strip("<> ")[:500],
            )
        )


def _joined(before: str, text: str, glue: str, in_alternative: bool) -> str:
    if before.strip() and in_alternative and text.strip() == before.strip():
        return before
    if len(before) + len(text) > MAX_TEXT_CHARACTERS:
        return (before + glue + text)[:MAX_TEXT_CHARACTERS]
    return before + glue + text if before.strip() else text


def _default_filename(kind: str, number: int) -> str:
    extension = {"message/rfc822": "eml", "text/calendar": "ics", "text/html": "html", "text/plain": "txt"}
    return f"part-{number}.{extension.get(kind, 'bin')}"


def _safe_filename(name: str) -> str:
    """The last path component without controls: a name from outside must not walk out of a directory."""
    decoded = decode_header(name.encode("utf-8", "surrogateescape"))
    base = re.split(r"[/\\]", decoded)[-1].strip().strip(".")
    return base[:200]


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """`text` with `\\n` line ends, without NUL and lone surrogates."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")


def decode_header(value: bytes) -> str:
    """One header value as text: RFC 2047 words decoded (neighbours joined as bytes), controls removed."""
    text = decode_bytes(value[:MAX_HEADER_CHARACTERS], "utf-8")
    if "=?" in text:
        text = _decode_words(_BETWEEN_WORDS.sub(r"\1", text))
    return _UNSTORABLE.sub("", _CONTROLS.sub(" ", text)).strip()


def _decode_words(text: str) -> str:
    out: list[str] = []
    pending: tuple[str, bytes] | None = None
    end = 0
    for match in _ENCODED_WORD.finditer(text):
        charset = match[1].partition("*")[0].lower()
        data = _word_bytes(match[2], match[3])
        if pending and match.start() == end and pending[0] == charset:
            pending = (charset, pending[1] + data)
        else:
            if pending:
                out.append(decode_bytes(pending[1], pending[0]))
            out.append(text[end : match.start()])
            pending = (charset, data)
        end = match.end()
    if pending:
        out.append(decode_bytes(pending[1], pending[0]))
    out.append(text[end:])
    return "".join(out)


def _word_bytes(encoding: str, payload: str) -> bytes:
    kind = b"base64" if encoding in "bB" else b"quoted-printable"
    body = payload if encoding in "bB" else payload.replace("_", "=20")
    part = Part([("Content-Transfer-Encoding", kind)], body.encode("utf-8", "surrogateescape"))
    return decode_transfer(part)[0]


_TOKEN = re.compile(r'"(?:[^"\\]|\\.){0,300}"|<[^<>]*>|\([^()]*\)|[,;:]|[^",;:<(]+|.', re.S)
_ADDRESS = re.compile(
    r"^[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])$"
)


def normalise_address(text: str) -> str | None:
    """The address in NFC and lower case, or None when it is not one that mail could reach."""
    candidate = unicodedata.normalize("NFC", text.strip().strip("<>'\" ").removeprefix("mailto:")).lower()
    candidate = candidate.rstrip(".") if "@" in candidate else candidate
    local = candidate.partition("@")[0]
    if len(candidate) > 254 or not _ADDRESS.match(candidate) or ".." in local or local.startswith("."):
        return None
    return candidate


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Mailboxes of an address header: quoted names, comments, groups and several From values are all read."""
    found: list[Address] = []
    name: list[str] = []
    angle = ""

    def finish() -> None:
        nonlocal angle
        words = "".join(name).strip()
        address = normalise_address(angle or words)
        if address is None and not angle:
            address = next((ok for word in words.split() if (ok := normalise_address(word))), None)
        if address and len(found) < MAX_ADDRESSES:
            found.append(Address(_display_name(words) if angle else "", address))
        name.clear()
        angle = ""

    for match in _TOKEN.finditer(text[:MAX_HEADER_CHARACTERS]):
        token = match[0]
        if token in ",;":  # noqa: S105 - a token of a header
            finish()
        elif token == ":":  # noqa: S105
            name.clear()
        elif token.startswith("<") and token.endswith(">"):
            angle = angle or token
        elif not token.startswith("(") or not token.endswith(")"):
            name.append(token)
    finish()
    return tuple(found)


def _display_name(words: str) -> str:
    unquoted = re.sub(r"\\(.)", r"\1", words.replace('\\"', "\x01").replace('"', "").replace("\x01", '"'))
    return " ".join(unquoted.split())[:200]


def _addresses(root: Part, name: str) -> tuple[Address, ...]:
    """Addresses of every field of that name. Names are decoded after splitting, so an encoded comma splits nothing."""
    found: list[Address] = []
    for key, value in root.headers:
        if key.lower() == name:
            for address in parse_addresses(decode_bytes(value[:MAX_HEADER_CHARACTERS], "utf-8")):
                decoded = decode_header(address.name.encode("utf-8", "surrogateescape"))
                found.append(Address(" ".join(decoded.split()), _UNSTORABLE.sub("", address.address)))
    return tuple(found[:MAX_ADDRESSES])


def _sent_at(root: Part) -> datetime | None:
    """The Date field, else the newest Received stamp; None when neither is a date a mail can have."""
    received = root.first("received").rpartition(b";")[2]
    for value in (root.first("date"), received):
        text = decode_header(value[:500])
        if not text:
            continue
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue  # Not a date: the next field may have one.
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        if 1980 <= moment.year <= 2100:
            return moment
    return None


def _message_ids(value: bytes) -> list[str]:
    return [
        found
        for found in re.findall(r"<[^<>\s]{1,900}>", decode_header(value))
        if "@" in found or len(found) > 2
    ]


def _message_id(value: bytes) -> str:
    """The id in angle brackets, or empty: an id without brackets gets them, so that replies still match."""
    bracketed = _message_ids(value)
    if bracketed:
        return bracketed[0]
    bare = "".join(decode_header(value).strip("<> ").split())
    return f"<{bare[:900]}>" if bare else ""
