"""Cuts the text of a document into chunks: what is indexed, found and cited.

Pure functions over text. Where the text comes from is `documents.extraction`'s business, what is done with the chunks
`documents.index`'s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Raised whenever the same text would be cut otherwise: `documents_reindex` then finds what was cut by older rules.
CHUNKER_VERSION = 1
# Characters. A chunk is cut at the best place in its last two fifths.
TARGET = 1200
OVERLAP = 150
EARLIEST_CUT = 720
# A text no longer than two chunks stays whole: an abstract or a letter is about one thing, and halves of it are found
# less well than the whole.
KEPT_WHOLE = 2400
# Where to cut, the best first: after a paragraph, a line or row, a sentence, a word.
CUTS = (
    re.compile(r"\n[ \t\r]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?;:][\"')\]]*\s+"),
    re.compile(r"\s+"),
)
# Where the overlap may begin, the best first: at a line or sentence, at a word.
BEGINNINGS = (re.compile(r"\n\s*|[.!?][\"')\]]*\s+"), re.compile(r"\s+"))


@dataclass(frozen=True)
class Chunk:
    """One piece of a text: `text` is exactly `content[char_from:char_to]`; pages count from 1."""

    ordinal: int
    char_from: int
    char_to: int
    page_from: int
    page_to: int
    text: str


def cut_text(content: str, page_starts: Sequence[int] = ()) -> list[Chunk]:
    """The chunks of a text in reading order; `page_starts` are the offsets at which its pages begin.

    A text without a word gives one empty chunk, so that the document is still found by its title.
    """
    spans = [span for span in _spans(content) if span[0] < span[1]] or [(0, 0)]
    return [
        Chunk(
            ordinal=ordinal,
            char_from=start,
            char_to=end,
            page_from=_page_at(page_starts, start),
            page_to=_page_at(page_starts, max(start, end - 1)),
            text=content[start:end],
        )
        for ordinal, (start, end) in enumerate(spans)
    ]


def _spans(content: str) -> Iterator[tuple[int, int]]:
    """Where each chunk begins and ends, blanks at its ends left out."""
    start, end = _strip(content, 0, len(content))
    if end - start <= KEPT_WHOLE:
        yield start, end
        return
    while end - start > TARGET:
        cut = _find_cut(content, start)
        yield _strip(content, start, cut)
        start = _find_beginning(content, start, cut)
    yield _strip(content, start, end)


def _strip(content: str, start: int, end: int) -> tuple[int, int]:
    while start < end and content[start].isspace():
        start += 1
    while start < end and content[end - 1].isspace():
        end -= 1
    return start, end


def _find_cut(content: str, start: int) -> int:
    """The end of a chunk that begins at `start`: the last of the best places in reach, else the full length."""
    window = range(start + EARLIEST_CUT, start + TARGET)
    for pattern in CUTS:
        places = [match.end() for match in pattern.finditer(content, window.start, window.stop)]
        if places:
            return places[-1]
    return window.stop


def _find_beginning(content: str, start: int, cut: int) -> int:
    """Where the next chunk begins: a little before the cut, at the first line, sentence or word there."""
    earliest = max(cut - OVERLAP, start + 1)
    for pattern in BEGINNINGS:
        found = pattern.search(content, earliest, cut)
        if found and found.end() < cut:
            return found.end()
    # One word without an end: nothing would be gained by repeating a part of it.
    return cut


def _page_at(page_starts: Sequence[int], offset: int) -> int:
    return max(bisect_right(page_starts, offset), 1)
