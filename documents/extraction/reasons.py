"""Why a document has no text, or not all of it:

A code for programs, a sentence for people, and whether another try can help.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.states import ExtractionStatus

COMPLETED, FAILED, SKIPPED = ExtractionStatus.COMPLETED, ExtractionStatus.FAILED, ExtractionStatus.SKIPPED


@dataclass(frozen=True)
class Reason:
    """One way in which reading ends."""

    status: ExtractionStatus
    sentence: str
    is_passing: bool = False
    """Whether the same file may be readable later, nothing about it having changed."""


REASONS: dict[str, Reason] = {
    "": Reason(COMPLETED, "The whole text was read."),
    "partial_needs_ocr": Reason(COMPLETED, "Some pages are pictures of text; the others were read."),
    "partial_damaged": Reason(COMPLETED, "Some parts of the file are damaged; the others were read."),
    "partial_pages": Reason(COMPLETED, "The file has more pages than are read of one document."),
    "partial_text": Reason(COMPLETED, "The file has more text than is kept of one document."),
    "partial_timed_out": Reason(COMPLETED, "Reading took too long; the pages up to there were kept."),
    "partial_out_of_memory": Reason(
        COMPLETED, "Reading took too much memory; the pages up to there were kept."
    ),
    "partial_crashed": Reason(COMPLETED, "The reader broke down; the pages up to there were kept."),
    "empty": Reason(SKIPPED, "The file has no bytes."),
    "no_text": Reason(SKIPPED, "The file was read and holds no text."),
    "needs_ocr": Reason(
        SKIPPED, "The file holds pictures of text, which only character recognition can read."
    ),
    "password_required": Reason(SKIPPED, "The file is encrypted: store a copy without a password."),
    "too_large": Reason(SKIPPED, "The file, or what it unpacks to, is larger than is read of one document."),
    "too_many_parts": Reason(SKIPPED, "The archive has more members than a document has."),
    "archive_bomb": Reason(SKIPPED, "The archive unpacks to many times its size, which no document does."),
    "too_complex": Reason(
        SKIPPED, "The file declares a structure that is wider or deeper than any document's."
    ),
    "unsafe_markup": Reason(
        SKIPPED, "The file declares a document type of its own, which may expand without end."
    ),
    "unsupported": Reason(SKIPPED, "This kind of file is not read."),
    "not_a_file": Reason(SKIPPED, "It is a folder, a pipe or a device, not a file."),
    "damaged": Reason(FAILED, "The file is damaged, or is not what its first bytes say."),
    "timed_out": Reason(FAILED, "Reading took too long, and nothing was read until then."),
    "out_of_memory": Reason(FAILED, "Reading took too much memory, and nothing was read until then."),
    "crashed": Reason(FAILED, "The reader broke down over the file."),
    "unreadable": Reason(FAILED, "The file could not be opened.", is_passing=True),
    "interrupted": Reason(FAILED, "The machine was too busy, or ended the reader.", is_passing=True),
    "no_reader": Reason(FAILED, "The process that reads files could not be started.", is_passing=True),
}
PARTIAL = {reason: f"partial_{reason}" for reason in ("timed_out", "out_of_memory", "crashed", "damaged")} | {
    "interrupted": "partial_timed_out"
}
"""What a reason becomes when pages had been read before."""


def is_passing(reason: str) -> bool:
    """Whether a document that ended so may be tried again; everything else would end the same way."""
    return REASONS[reason].is_passing


def describe_reason(reason: str) -> str:
    """The sentence that an operator reads about it."""
    return REASONS[reason].sentence
