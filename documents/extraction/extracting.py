"""One file after another, each read in a process of its own. Several at a time are `pool`'s."""

from __future__ import annotations

import os
import time
from shutil import which
from types import TracebackType

from django.conf import settings

from documents.readers import limits

from .conclusions import conclude, find_reason
from .hosts import Host, HostLost
from .opening import OpenFile, Refused, open_file
from .reasons import REASONS
from .results import Extraction

# A reader that breaks down later than this leaves no time for another.
_SECOND_TRY_SECONDS = 10


def extract_file(path: str | os.PathLike[str], *, name: str) -> Extraction:
    """Read one file. `name` is what its owner calls it.

    Never raises over the file: the reason says what is wrong with it.
    """
    with FileReader() as reader:
        return reader.extract(path, name=name)


def find_languages() -> str:
    """The languages in which text in pictures is recognised; empty unless they are set and the program is there."""
    languages: str = settings.DOCUMENT_OCR_LANGUAGES
    return languages if languages and which("tesseract", path=limits.ENVIRONMENT["PATH"]) else ""


def render_preview(path: str | os.PathLike[str], *, name: str) -> bytes | None:
    """The first page of a file as a PNG, at most 1,000 pixels wide or high; None where none can be made."""
    with FileReader() as reader:
        return reader.render(path, name=name)


class FileReader:
    """Reads one file after another with one host, started when first needed and again when it was lost.

    For whoever has many files: starting a host takes longer than reading a letter. Not for several threads at once.
    """

    def __init__(self) -> None:
        self._languages = find_languages()
        self._wall_seconds = limits.RECOGNITION_WALL_SECONDS if self._languages else limits.WALL_SECONDS
        self._host: Host | None = None

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the host."""
        if self._host is not None:
            self._host.close()

    @property
    def host_pid(self) -> int | None:
        """The process of its host; None before the first file."""
        return self._host.pid if self._host else None

    def extract(
        self,
        path: str | os.PathLike[str],
        *,
        name: str,
        memory_bytes: int = limits.MEMORY_BYTES,
        seconds: float | None = None,
    ) -> Extraction:
        """Read a file as `extract_file` does, perhaps with less memory and time than one file may have."""
        try:
            file = open_file(path, name)
        except Refused as refused:
            return _without_text(refused.reason)
        try:
            return self._read(file, memory_bytes, seconds or self._wall_seconds)
        except HostLost:
            return _without_text("no_reader")
        finally:
            os.close(file.descriptor)

    def _read(self, file: OpenFile, memory_bytes: int, seconds: float) -> Extraction:
        """Read it; a PDF over which the first reader broke down is given to the second. Raises `HostLost`."""
        host = self._ready_host()
        started = time.monotonic()
        transcript, ending = host.read(
            file.descriptor, kind=file.kind, what="text", memory_bytes=memory_bytes, seconds=seconds
        )
        taken = time.monotonic() - started
        if (
            file.kind == "pdf"
            and not transcript.page_texts
            and taken < _SECOND_TRY_SECONDS
            and find_reason(transcript, ending) == "crashed"
        ):
            transcript, ending = host.read(
                file.descriptor,
                kind="pdf_again",
                what="text",
                memory_bytes=memory_bytes,
                seconds=max(seconds - taken, 1),
            )
            taken = time.monotonic() - started
        return conclude(transcript, ending, taken)

    def render(self, path: str | os.PathLike[str], *, name: str) -> bytes | None:
        """Draw a file as `render_preview` does."""
        try:
            file = open_file(path, name)
        except Refused:
            return None
        try:
            transcript, _ = self._ready_host().read(
                file.descriptor,
                kind=file.kind,
                what="preview",
                memory_bytes=limits.MEMORY_BYTES,
                seconds=limits.WALL_SECONDS,
            )
        except HostLost:
            return None
        finally:
            os.close(file.descriptor)
        return None if transcript.is_nonsense else transcript.image

    def _ready_host(self) -> Host:
        if self._host is None or not self._host.is_alive:
            self._host = Host(self._languages)
        return self._host


def _without_text(reason: str) -> Extraction:
    return Extraction(status=REASONS[reason].status, reason=reason)
