"""Plain text in whatever encoding it comes: with a byte order mark, UTF-8, UTF-16, or Windows' Western one."""

from __future__ import annotations

import codecs
from typing import Any

from documents.readers.frames import Output, TextFull

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text as one page."""
    text, encoding = decode(data)
    return write_page(output, "text", text, {"encoding": encoding})


def write_page(output: Output, reader: str, text: str, quality: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Write a text that has no pages as one."""
    output.start(reader, 1)
    try:
        output.page(text)
    except TextFull:
        return "partial_text", quality
    return ("" if text.strip() else "no_text"), quality


def decode(data: bytes) -> tuple[str, str]:
    """Text and the encoding it was in.

    Never fails: Windows-1252 with marks where it has no character is the last resort.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    if data[:4096].count(0) > len(data[:4096]) // 4:
        encoding = "utf-16-le" if data[1:4096:2].count(0) >= data[:4096:2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"
