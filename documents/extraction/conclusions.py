"""How a reading ended, in the words of the contract, out of what a reader wrote and how its process ended."""

from __future__ import annotations

import signal

from documents.readers import limits

from .hosts import Ending
from .reasons import PARTIAL, REASONS
from .results import Extraction
from .transcripts import Transcript

# A process whose time was over and that had less of the processor than this share of it was kept from working.
_BUSY_SHARE = 0.3
# A process that broke down and held more than this share of its memory broke down over it.
_MEMORY_SHARE = 0.6
_OUT_OF_MEMORY_EXIT = 3
_SAYS_NO_TEXT = ("", "partial_pages", "partial_text")


def conclude(transcript: Transcript, ending: Ending, seconds: float) -> Extraction:
    """What was read, and the reason when it is not all. Pages that were read before a bad end are kept."""
    texts = tuple(transcript.page_texts)
    reason = find_reason(transcript, ending)
    if any(map(str.strip, texts)):
        reason = PARTIAL.get(reason, reason)
    elif reason in _SAYS_NO_TEXT:
        reason = "no_text"
    unread = {
        page
        for pages in ("pages_needing_ocr", "damaged_pages")
        for page in transcript.numbers(pages)
        if page <= len(texts)
    }
    return Extraction(
        status=REASONS[reason].status,
        reason=reason,
        reader=transcript.reader,
        pages=transcript.pages,
        pages_done=len(texts) - len(unread),
        seconds=seconds,
        peak_mb=ending.peak_mb,
        page_texts=texts,
        quality={**transcript.quality, "words": sum(len(text.split()) for text in texts)},
    )


def find_reason(transcript: Transcript, ending: Ending) -> str:
    """The reason that the reader gave, or what ended it before it gave one."""
    if transcript.is_nonsense:
        return "crashed"
    if transcript.reason is not None:
        return transcript.reason
    used_its_time = ending.cpu_seconds >= limits.CPU_SECONDS * _BUSY_SHARE
    if ending.was_ended:
        return "timed_out" if used_its_time else "interrupted"
    if ending.exit == -signal.SIGXCPU or (ending.exit == -signal.SIGKILL and used_its_time):
        return "timed_out"
    if ending.exit == -signal.SIGKILL:
        return "interrupted"
    held_its_memory = ending.peak_mb * limits.MIB >= ending.memory_bytes * _MEMORY_SHARE
    return "out_of_memory" if ending.exit == _OUT_OF_MEMORY_EXIT or held_its_memory else "crashed"
