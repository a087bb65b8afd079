"""HTML as the text that a browser would show, rows of tables as lines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from inscriptis import get_text
from lxml import etree

from documents.readers.frames import Output
from documents.readers.plain import decode, write_page

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]{2,}")
# What begins and ends text that is not shown; one that never ends hides all that follows, as in a browser.
_HIDDEN = re.compile(r"<(!--|script\b|style\b|head\b|template\b)", re.IGNORECASE)
_MARK = re.compile(r"<[^<>]*>")
_LINE_END = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/title)\b[^<>]*>", re.IGNORECASE)
# Characters of a page above which it is not laid out, which takes seconds for each million.
_LAID_OUT = 2_000_000
# Share of the words between the marks that the layout must have kept to be believed.
_KEPT = 0.8
_LINES = re.compile(r"\n{3,}")


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text as one page."""
    text, encoding = _decode(data)
    return write_page(output, "html", html_text(text), {"encoding": encoding})


def html_text(page: str) -> str:
    """The text of a page. What is too long or nested too deeply to be laid out is read without its layout."""
    plain = _without_layout(page)
    text = ""
    if len(page) <= _LAID_OUT:
        try:
            text = get_text(page)
        except (RecursionError, AssertionError, ValueError, LookupError, etree.ParserError):
            text = ""
    # The parser drops what is below a depth, and says nothing.
    if len(text.split()) < _KEPT * len(plain.split()):
        text = plain
    return _LINES.sub("\n\n", _SPACES.sub("  ", text)).strip()


def _without_layout(page: str) -> str:
    """The text between the marks, whatever they are."""
    shown = _LINE_END.sub("\n", "".join(_shown_parts(page)))
    return html.unescape(_MARK.sub(" ", shown))


def _shown_parts(page: str) -> Iterator[str]:
    """The page without comments, programs and its head."""
    start = 0
    while hidden := _HIDDEN.search(page, start):
        yield page[start : hidden.start()]
        name = hidden.group(1).lower()
        end = re.compile("-->" if name == "!--" else rf"</{name}\b", re.IGNORECASE).search(page, hidden.end())
        if end is None:
            return
        start = end.start() if name != "!--" else end.end()
    yield page[start:]


def _decode(data: bytes) -> tuple[str, str]:
    """By byte order mark or UTF-8 first, then by what the page says of itself."""
    text, encoding = decode(data)
    said = _CHARSET.search(data[:4096])
    if encoding != "cp1252" or not said:
        return text, encoding
    try:
        return data.decode(said.group(1).decode(), errors="replace"), said.group(1).decode().lower()
    except LookupError:
        return text, encoding
