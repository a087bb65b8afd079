"""Splits the bytes of a message into headers and parts, in linear time and within limits.

What lives here: the structure of a message (RFC 5322 header block, RFC 2046 multiparts, transfer encodings).
What does not: what a header or a part means (`parsing`).

The standard library's feed parser tests every line against every open boundary and recurses once per level, so a
hostile message can make it quadratic or exhaust the stack. Here each level is one scan of its own bytes and levels
are counted; everything below the limit stays an opaque part.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_PARTS = 5_000
MAX_DEPTH = 20
MAX_HEADER_BYTES = 1_048_576
MAX_HEADERS = 2_000

_HEADER_LINE = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:(.*)", re.S)
_PARAMETER = re.compile(r';\s*([\w!#$%&\'*+.^`|~-]{1,60})\s*=\s*("(?:[^"\\]|\\.){0,1000}"|[^;\s]*)')
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass
class Part:
    """One node of the message: its header fields in order, and either children or a raw (still encoded) body."""

    headers: list[tuple[str, bytes]]
    body: bytes = b""
    children: list[Part] = field(default_factory=list)
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """The first field of that name (lower-case), unfolded, or empty."""
        return next((value for key, value in self.headers if key.lower() == name), b"")


class _Budget:
    """Counts the parts of one message and collects what was wrong with it."""

    def __init__(self) -> None:
        self.parts = 0
        self.defects: dict[str, None] = {}
        self.is_truncated = False

    def note(self, defect: str) -> None:
        self.defects[defect] = None


@dataclass(frozen=True)
class SplitMessage:
    root: Part
    defects: tuple[str, ...]
    is_truncated: bool
    has_header_end: bool


def split_message(raw: bytes) -> SplitMessage:
    """The tree of parts of `raw`; never raises, and names in `defects` what it had to leave or repair."""
    budget = _Budget()
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    root, has_header_end = _split_part(raw, budget, depth=0, default_type="text/plain")
    return SplitMessage(root, tuple(budget.defects), budget.is_truncated, has_header_end)


def _split_part(raw: bytes, budget: _Budget, *, depth: int, default_type: str) -> tuple[Part, bool]:
    headers, body, has_end = _split_headers(raw, budget)
    part = Part(headers)
    part.content_type, part.parameters = parse_content_type(part.first("content-type"), default_type)
    main_type = part.content_type.partition("/")[0]
    if main_type == "multipart" and depth < MAX_DEPTH:
        _split_multipart(part, body, budget, depth)
        if part.children:
            return part, has_end
        part.content_type = "text/plain"
    elif main_type == "multipart":
        budget.note("nested_too_deep")
        part.content_type = "application/octet-stream"
    part.body = body
    return part, has_end


def _split_headers(raw: bytes, budget: _Budget) -> tuple[list[tuple[str, bytes]], bytes, bool]:
    """Header fields in order, the body, and whether a blank line ended the header."""
    head, body, has_end = _cut_header_block(raw, budget)
    fields: list[tuple[str, list[bytes]]] = []
    for line in head.splitlines():
        if line[:1] in b" \t" and line:
            if fields:
                fields[-1][1].append(line)
            continue
        match = _HEADER_LINE.match(line)
        if match is None:
            budget.note("malformed_header_line")
            continue
        if len(fields) >= MAX_HEADERS:
            budget.note("too_many_headers")
            break
        fields.append((match[1].decode("ascii"), [match[2]]))
    return [(name, b"".join(lines).strip()) for name, lines in fields], body, has_end


def _cut_header_block(raw: bytes, budget: _Budget) -> tuple[bytes, bytes, bool]:
    if raw[:1] == b"\n" or raw[:2] == b"\r\n":
        return b"", raw.lstrip(b"\r\n"), True
    first_line = raw.partition(b"\n")[0]
    if not _HEADER_LINE.match(first_line):
        budget.note("no_header")
        return b"", raw, False
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n", b"\r\r") if (at := raw.find(mark)) >= 0]
    if not ends:
        budget.note("no_header_end")
        head, body, has_end = raw, b"", False
    else:
        at, width = min(ends)
        head, body, has_end = raw[:at], raw[at + width :], True
    if len(head) > MAX_HEADER_BYTES:
        budget.note("header_too_large")
        head = head[:MAX_HEADER_BYTES]
    return head, body, has_end


def _split_multipart(part: Part, body: bytes, budget: _Budget, depth: int) -> None:
    boundary = part.parameters.get("boundary", "").encode("utf-8", "surrogateescape").rstrip()
    if not boundary or len(boundary) > 300:
        budget.note("no_boundary")
        return
    delimiter = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)", re.M)
    default_type = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    start = None
    closed = False
    for mark in delimiter.finditer(body):
        if start is not None:
            _add_child(part, body[start : mark.start()], budget, depth, default_type)
        start = mark.end()
        if mark[1]:
            closed = True
            break
    if start is None:
        budget.note("boundary_not_found")
        budget.is_truncated = budget.is_truncated or len(body.strip()) == 0
        return
    if not closed:
        budget.note("no_closing_boundary")
        budget.is_truncated = True
        _add_child(part, body[start:], budget, depth, default_type)


def _add_child(part: Part, raw: bytes, budget: _Budget, depth: int, default_type: str) -> None:
    if budget.parts >= MAX_PARTS:
        budget.note("too_many_parts")
        return
    budget.parts += 1
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    if not raw.startswith((b"\n", b"\r\n")) and not _HEADER_LINE.match(raw.partition(b"\n")[0]):
        raw = b"\n" + raw
    part.children.append(_split_part(raw, budget, depth=depth + 1, default_type=default_type)[0])


def parse_content_type(value: bytes, default: str) -> tuple[str, dict[str, str]]:
    """Media type (lower-case) and parameters of a Content-Type or Content-Disposition field, RFC 2231 pieces joined."""
    text = value[:8_000].decode("utf-8", "surrogateescape")
    head = text.partition(";")[0].strip().lower()
    if default and head.count("/") != 1:
        head = default
    pieces: dict[str, str] = {}
    for name, raw_value in _PARAMETER.findall(text):
        quoted = len(raw_value) > 1 and raw_value.startswith('"')
        plain = re.sub(r"\\(.)", r"\1", raw_value[1:-1]) if quoted else raw_value
        pieces.setdefault(name.lower(), plain)
    return head, _join_continuations(pieces)


def _join_continuations(pieces: dict[str, str]) -> dict[str, str]:
    """Joins `name*0`, `name*1*`, ... and decodes percent escapes (RFC 2231); the plain spelling wins nothing."""
    joined = {name: value for name, value in pieces.items() if "*" not in name}
    numbered: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in pieces.items():
        base, star, rest = name.partition("*")
        if star:
            digits = rest.rstrip("*")
            number = int(digits) if digits.isdecimal() and len(digits) < 4 else 0
            numbered.setdefault(base, []).append((number, name.endswith("*"), value))
    for base, chunks in numbered.items():
        chunks.sort(key=lambda chunk: chunk[0])
        charset = "utf-8"
        data = b""
        for position, (_, is_encoded, value) in enumerate(chunks):
            if is_encoded and position == 0 and value.count("'") >= 2:
                charset, _, value = value.split("'", 2)
            raw = value.encode("utf-8", "surrogateescape")
            data += _percent_decoded(raw) if is_encoded else raw
        joined[base] = decode_bytes(data, charset or "utf-8")
    return joined


def _percent_decoded(raw: bytes) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match[1].decode("ascii")), raw)


def decode_transfer(part: Part) -> tuple[bytes, bool]:
    """The part's content after its transfer encoding, and whether base64 was cut short."""
    encoding = part.first("content-transfer-encoding").decode("ascii", "ignore").strip().lower()
    if encoding.startswith("base64"):
        try:
            return binascii.a2b_base64(part.body), False
        except binascii.Error:
            pass  # Cut, unpadded or damaged: keep the letters there are.
        letters = _NOT_BASE64.sub(b"", part.body)
        extra = len(letters) % 4
        is_padded = b"=" in part.body.rstrip()[-3:]
        whole = letters[: len(letters) - 1] if extra == 1 else letters + b"=" * (-len(letters) % 4)
        return base64.b64decode(whole), extra == 1 or (extra > 1 and not is_padded)
    if encoding.startswith("quoted-printable"):
        return quopri.decodestring(part.body), False
    if encoding in ("x-uuencode", "uuencode", "x-uue"):
        return _uudecoded(part.body), False
    return part.body, False


def _uudecoded(body: bytes) -> bytes:
    out = []
    for line in body.splitlines():
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue  # A damaged line is lost; the lines around it are still worth keeping.
    return b"".join(out)


_REFUSED_CODECS = frozenset(
    "unicode_escape raw_unicode_escape idna punycode undefined mbcs oem palmos unicode-escape raw-unicode-escape".split()
)


def decode_bytes(data: bytes, charset: str | None) -> str:
    """Text of `data` whatever the label says: a wrong or unknown charset falls back, nothing raises.

    UTF-8 is tried first when bytes above ASCII form valid UTF-8 (the usual mislabel), then the label, then
    Windows-1252 (what "latin-1" and "us-ascii" mean in practice).
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and len(data) > 3:
        return data.decode("utf-16", "replace")
    label = (charset or "").strip().strip("'\"").lower()
    decoder = _decoder(label)
    escapes = label.startswith(("iso-2022", "hz", "utf-7", "utf7", "utf-16", "utf-32"))
    if not escapes:
        try:
            return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        except UnicodeDecodeError:
            pass
    if decoder is not None:
        return decoder(data)
    return data.decode("cp1252", "replace")


def _decoder(label: str) -> Callable[[bytes], str] | None:
    """A decoder for a text charset other than UTF-8 and Latin-1, or None when Windows-1252 must do."""
    aliases = {
        "x-sjis": "cp932",
        "shift_jis": "cp932",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "ks_c_5601-1987": "cp949",
        "euc-kr": "cp949",
        "iso-8859-8-i": "iso-8859-8",
        "iso-8859-9": "cp1254",
        "x-mac-roman": "mac_roman",
    }
    name = aliases.get(label, label)
    if name in ("", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "utf-8", "utf8") or "\0" in name:
        return None
    if name in _REFUSED_CODECS or not name.isascii() or len(name) > 40:
        return None
    try:
        sample = b"ok".decode(name, "replace")
    except (LookupError, ValueError, UnicodeError, AssertionError):
        return None  # Not a text codec of this Python: the caller's fallback reads it.
    if not isinstance(sample, str):
        return None
    return lambda data: data.decode(name, "replace")
