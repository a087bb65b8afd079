"""What a reader wrote, taken in frame by frame.

A reader may have been taken over by its file: nothing it says is believed unchecked.
"""

from __future__ import annotations

import json
from typing import Any

from documents.readers import limits
from documents.readers.frames import END, HEADER, IMAGE, PAGE, START, clean_text

from .reasons import REASONS

READERS = {"pypdfium2", "pdfminer.six", "docx", "xlsx", "text", "csv", "html", "mail", "tesseract"}
_FRAME_BYTES = {
    START: limits.REPORT_BYTES,
    PAGE: limits.TEXT_BYTES,
    END: limits.REPORT_BYTES,
    IMAGE: limits.IMAGE_BYTES,
}
# A reader may begin anew with another library once; more is no reader of ours.
_STARTS = 3
_LIST, _WORD, _ENTRIES = 2_000, 500, 30


class NotOurs(Exception):
    """A reader wrote what no reader writes."""


class Transcript:
    """The frames of one reader, checked as they come."""

    def __init__(self) -> None:
        self.reader = ""
        self.pages = 0
        self.page_texts: list[str] = []
        self.image: bytes | None = None
        self.reason: str | None = None
        """None until the reader has said how it ended."""
        self.quality: dict[str, Any] = {}
        self.is_nonsense = False
        self._starts = 0
        self._text_bytes = 0
        self._pending = bytearray()

    def numbers(self, name: str) -> list[int]:
        """A list of the quality as numbers above nought, whatever stands there."""
        value = self.quality.get(name)
        return [one for one in value if type(one) is int and one > 0] if isinstance(value, list) else []

    def take(self, data: bytes) -> None:
        """Take in what came next; after anything that no reader of ours writes, nothing more."""
        try:
            self._split(data)
        except NotOurs:
            self.is_nonsense = True

    def _split(self, data: bytes) -> None:
        self._pending += data
        start = 0
        while len(self._pending) - start >= HEADER.size:
            kind, size = HEADER.unpack_from(self._pending, start)
            if size > _FRAME_BYTES.get(kind, -1) or self.reason is not None:
                raise NotOurs
            end = start + HEADER.size + size
            if len(self._pending) < end:
                break
            self._take_frame(kind, bytes(self._pending[start + HEADER.size : end]))
            start = end
        del self._pending[:start]

    def _take_frame(self, kind: bytes, content: bytes) -> None:
        try:
            if kind == PAGE:
                self._take_page(content)
            elif kind == IMAGE:
                self.image = content
            elif kind == START:
                self._take_start(json.loads(content))
            else:
                self._take_end(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NotOurs from error

    def _take_start(self, told: dict[str, Any]) -> None:
        self._starts += 1
        reader, pages = told["reader"], told["pages"]
        if reader not in READERS or type(pages) is not int or pages < 0 or self._starts > _STARTS:
            raise NotOurs
        self.reader, self.pages = reader, pages
        self.page_texts, self._text_bytes = [], 0

    def _take_page(self, content: bytes) -> None:
        self._text_bytes += len(content)
        if len(self.page_texts) >= min(self.pages, limits.PAGES) or self._text_bytes > limits.TEXT_BYTES:
            raise NotOurs
        text = content.decode()
        if "\0" in text:
            raise NotOurs
        self.page_texts.append(text)

    def _take_end(self, told: dict[str, Any]) -> None:
        if told["reason"] not in REASONS:
            raise NotOurs
        self.reason = told["reason"]
        self.quality = {
            clean_text(key)[:_WORD]: _plain(value) for key, value in list(told["quality"].items())[:_ENTRIES]
        }


def _plain(value: object) -> Any:
    """A number, a word, or a list of such; refused is everything deeper."""
    if isinstance(value, str):
        return clean_text(value)[:_WORD]
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value[:_LIST] if isinstance(one, str | int)]
    raise NotOurs
