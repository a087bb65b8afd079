"""What was read of one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from documents.states import ExtractionStatus

PAGE_BREAK = "\f"


@dataclass(frozen=True)
class Extraction:
    """The text of one file page by page, or why there is none; how much of it, and what reading it cost."""

    status: ExtractionStatus
    """`completed`, `failed` or `skipped`."""
    reason: str = ""
    """A code of `REASONS`; empty when the whole text is there."""
    reader: str = ""
    """The library or format that read it; empty when none did."""
    pages: int = 0
    """Pages that the file has; 1 for a file without pages that could be read."""
    pages_done: int = 0
    """Pages that were read: neither those after a stop, nor damaged ones, nor pictures of text."""
    seconds: float = 0.0
    """Wall clock."""
    peak_mb: float = 0.0
    """The most memory (MiB) that the reading process held."""
    page_texts: tuple[str, ...] = ()
    """A text for each page up to the last that was looked at; empty where a page has none."""
    quality: dict[str, Any] = field(default_factory=dict)
    """What is known of how good the text is: words, odd characters, pages that need recognition, and so on."""

    @cached_property
    def text(self) -> str:
        """All pages, a form feed between two; empty when no page has a text."""
        return PAGE_BREAK.join(self.page_texts) if any(self.page_texts) else ""

    @property
    def characters(self) -> int:
        """Characters of `text`."""
        return len(self.text)
