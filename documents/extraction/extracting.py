"""One file or many, each read in a process of its own."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from shutil import which
from types import TracebackType
from typing import Any

from django.conf import settings

from documents.readers import limits

from .conclusions import conclude, find_reason
from .hosts import Host, HostLost
from .opening import OpenFile, Refused, open_file
from .reasons import REASONS
from .results import Extraction

# Files whose text may wait in memory for an earlier one, for each process that reads.
_AHEAD = 8
# A reader that breaks down later than this leaves no time for another.
_SECOND_TRY_SECONDS = 10


def extract_file(path: str | os.PathLike[str], *, name: str) -> Extraction:
    """Read one file. `name` is what its owner calls it.

    Never raises over the file: the reason says what is wrong with it.
    """
    with FileReader() as reader:
        return reader.extract(path, name=name)


def extract_files(paths: Iterable[Path], *, workers: int) -> Iterator[tuple[Path, Extraction]]:
    """Read many files by their own names, several at a time, and give them in the order in which they came."""
    readers = [FileReader() for _ in range(workers)]
    idle: SimpleQueue[FileReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)

    def extract(path: Path) -> Extraction:
        reader = idle.get()
        try:
            return reader.extract(path, name=path.name)
        finally:
            idle.put(reader)

    waiting: deque[tuple[Path, Any]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for path in paths:
                waiting.append((path, pool.submit(extract, path)))
                if len(waiting) > workers * _AHEAD:
                    done, extraction = waiting.popleft()
                    yield done, extraction.result()
            while waiting:
                done, extraction = waiting.popleft()
                yield done, extraction.result()
        finally:
            for _, extraction in waiting:
                extraction.cancel()
            pool.shutdown()
            for reader in readers:
                reader.close()


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

    def extract(self, path: str | os.PathLike[str], *, name: str) -> Extraction:
        """Read a file as `extract_file` does."""
        try:
            file = open_file(path, name)
        except Refused as refused:
            return _without_text(refused.reason)
        try:
            return self._read(file)
        except HostLost:
            return _without_text("no_reader")
        finally:
            os.close(file.descriptor)

    def _read(self, file: OpenFile) -> Extraction:
        """Read it; a PDF over which the first reader broke down is given to the second. Raises `HostLost`."""
        host = self._ready_host()
        started = time.monotonic()
        transcript, ending = host.read(
            file.descriptor, kind=file.kind, what="text", seconds=self._wall_seconds
        )
        seconds = time.monotonic() - started
        if (
            file.kind == "pdf"
            and not transcript.page_texts
            and seconds < _SECOND_TRY_SECONDS
            and find_reason(transcript, ending) == "crashed"
        ):
            transcript, ending = host.read(
                file.descriptor, kind="pdf_again", what="text", seconds=self._wall_seconds - seconds
            )
            seconds = time.monotonic() - started
        return conclude(transcript, ending, seconds)

    def render(self, path: str | os.PathLike[str], *, name: str) -> bytes | None:
        """Draw a file as `render_preview` does."""
        try:
            file = open_file(path, name)
        except Refused:
            return None
        try:
            transcript, _ = self._ready_host().read(
                file.descriptor, kind=file.kind, what="preview", seconds=self._wall_seconds
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
