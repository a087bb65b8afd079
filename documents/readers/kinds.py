"""What a file is, by its first bytes.

Its name is asked only which kind of plain text it is, and never believed against the bytes.
"""

from __future__ import annotations

import re

# As many bytes of a file as are looked at. A PDF may begin with others before its header (ISO 32000-1, annex H, note
# 13).
HEAD_BYTES = 4096
_PDF_WITHIN = 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bitmap"),
    (b"\xff\xfe", "text"),
    (b"\xfe\xff", "text"),
    (b"\xef\xbb\xbf", "text"),
)
_IMAGE_BRANDS = {b"heic", b"heix", b"mif1", b"msf1", b"avif"}
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    rb"^(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD_LINE = re.compile(rb"(?:From |[!-9;-~]+:)")
_BY_ENDING = {".eml": "mail", ".csv": "csv", ".tsv": "csv", ".htm": "html", ".html": "html", ".xhtml": "html"}
# Share of control characters above which bytes are no text in any encoding that we read.
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"


def find_kind(head: bytes, name: str) -> str:
    """The kind of a file by its first `HEAD_BYTES` bytes; its name chooses among plain texts."""
    if not head:
        return "empty"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if kind == "bitmap":
        kind = "image" if head[6:10] == b"\0\0\0\0" else ""
    if head[4:8] == b"ftyp" and head[8:12] in _IMAGE_BRANDS or head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        kind = "image"
    if kind and kind != "text":
        return kind
    if not kind and not _is_text(head):
        return "unknown"
    return _kind_of_text(head, name)


def _is_text(head: bytes) -> bool:
    """Whether bytes without a mark are text:

    Few control characters, or UTF-16, every second byte of which is nought.
    """
    if head.count(0) > len(head) // 4:
        few, many = sorted((head[::2].count(0), head[1::2].count(0)))
        return many > len(head) // 3 and few < len(head) // 8
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls * 50 <= len(head)


def _kind_of_text(head: bytes, name: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = re.search(r"\.[a-z]+$", name.lower())
    by_name = _BY_ENDING.get(ending.group() if ending else "", "")
    if _HTML.search(start[:1024]) and start[:1] == b"<":
        return "html"
    if _FIELD_LINE.match(start) and len(set(_MAIL_FIELD.findall(start))) >= (1 if by_name == "mail" else 2):
        return "mail"
    return by_name or "text"
