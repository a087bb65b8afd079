"""The language between a reader and its parent: frames of one letter, a length and so many bytes, on a pipe.

A file is told as `START`, then a `PAGE` after each page that was read, then `END`; a preview as one `IMAGE` and
`END`. Each frame is written when it is known, so that a reader that is ended half-way leaves what it had read.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Any

from documents.readers.limits import TEXT_BYTES

HEADER = struct.Struct(">cI")
START, PAGE, END, IMAGE = b"S", b"P", b"E", b"I"
# Bytes that are no text in UTF-8; PostgreSQL refuses the first.
_NOT_TEXT = bytes({*range(32), 127} - {9, 10})
# What other systems end a line or a page with, and marks that stand for no character.
_LINE_ENDS = tuple(mark.encode() for mark in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"))
_NO_CHARACTERS = tuple(mark.encode() for mark in ("\ufffe", "\uffff"))


class Unreadable(Exception):
    """A file has no text for us; `reason` is one of `documents.extraction.reasons`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TextFull(Exception):
    """As much text as one document may have has been written."""


def clean_text(text: str) -> str:
    """Text with one kind of line end and without characters that stand for nothing."""
    return encode_clean(text).decode()


def encode_clean(text: str) -> bytes:
    """Clean text in UTF-8: every page passes here, and bytes are quicker than patterns."""
    encoded = text.encode(errors="ignore")
    for mark in _LINE_ENDS:
        encoded = encoded.replace(mark, b"\n")
    for mark in _NO_CHARACTERS:
        encoded = encoded.replace(mark, b"")
    return encoded.translate(None, _NOT_TEXT)


class Output:
    """The reader's end of the pipe. `languages` are those in which pictures of text may be read; empty for none."""

    def __init__(self, descriptor: int, languages: str = "") -> None:
        self.languages = languages
        self._descriptor = descriptor
        self._left = TEXT_BYTES

    def start(self, reader: str, pages: int) -> None:
        """Say which reader reads, and how many pages there are. Said again, what was written before is dropped."""
        self._left = TEXT_BYTES
        self._write(START, json.dumps({"reader": reader, "pages": pages}).encode())

    def page(self, text: str) -> None:
        """Write the next page. Raises `TextFull` after the part of it that there was room for."""
        encoded = encode_clean(text)
        if len(encoded) > self._left:
            self._write(PAGE, encoded[: self._left].decode(errors="ignore").encode())
            raise TextFull
        self._left -= len(encoded)
        self._write(PAGE, encoded)

    def image(self, content: bytes) -> None:
        """Write the picture of a page."""
        self._write(IMAGE, content)

    def end(self, reason: str, quality: dict[str, Any]) -> None:
        """Say how the reading ended; an empty reason says that the text is whole."""
        self._write(END, json.dumps({"reason": reason, "quality": quality}).encode())

    def _write(self, kind: bytes, content: bytes) -> None:
        left = memoryview(HEADER.pack(kind, len(content)) + content)
        while left:
            left = left[os.write(self._descriptor, left) :]
