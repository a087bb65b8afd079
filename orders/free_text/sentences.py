"""The sentences of a free text, and how patterns over them are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Longer text is read up to here; nobody writes an order's notes this long.
MAX_LENGTH = 20_000

_END = re.compile(r"[.!?;](?=\s)|\n\s*\n|\n\s*[-*•]\s")
_ABBREVIATION = re.compile(
    r"\b(?:est|approx|min|max|amt|no|st|ave|dr|rd|ct|ln|apt|ste|mr|mrs|ms|ext|[nsew])\Z", re.IGNORECASE
)


def tidy(text: str) -> str:
    """The text as it is read: single spaces, line breaks kept, no longer than is sensible."""
    return re.sub(r"[^\S\n]+", " ", text)[:MAX_LENGTH]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a tidy text begins and ends. A line break alone ends none."""
    start = 0
    for found in _END.finditer(text):
        if found[0] == "." and _ABBREVIATION.search(text, max(start, found.start() - 8), found.start()):
            continue
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def split_sentences(text: str) -> list[str]:
    """The sentences of any text, each on one line."""
    text = tidy(text)
    return [on_one_line(text[start:end]) for start, end in sentence_spans(text)]


def on_one_line(text: str) -> str:
    """The text without line breaks and spaces to spare."""
    return " ".join(text.split())


def one_of(*words: str) -> str:
    """A pattern for any of these words, each a pattern itself."""
    return f"(?:{'|'.join(words)})"


def compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """The patterns, without regard to case but where one asks for it."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def matches_any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Whether one of the patterns stands in the text."""
    return any(pattern.search(text) for pattern in patterns)
