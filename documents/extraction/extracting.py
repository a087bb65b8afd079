"""One file or many: opened here, read in processes of their own, and the way each ended put into a reason."""

from __future__ import annotations

import os
import signal
import stat
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from documents.readers import limits
from documents.readers.kinds import HEAD_BYTES, find_kind

from .hosts import Ending, Host, HostLost
from .reasons import PARTIAL, REASONS
from .results import Extraction
from .transcripts import Transcript

# Files whose text may wait in memory for an earlier one, for each process that reads.
_AHEAD = 8
# A process whose time was over and that had less of the processor than this share of it was kept from working.
_BUSY_SHARE = 0.5
_MEMORY_SHARE = 0.6


class Refused(Exception):
    """A file is not given to any reader; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def extract_file(path: str | os.PathLike[str], *, name: str) -> Extraction:
    """Read one file. `name` is what its owner calls it.

    Never raises over the file: the reason says what is wrong with it.
    """
    with _Desk() as desk:
        return desk.extract(path, name)


def extract_files(paths: Iterable[Path], *, workers: int) -> Iterator[tuple[Path, Extraction]]:
    """Read many files by their own names, several at a time, and give them in the order in which they came."""
    desks = [_Desk() for _ in range(workers)]
    idle: SimpleQueue[_Desk] = SimpleQueue()
    for desk in desks:
        idle.put(desk)

    def extract(path: Path) -> Extraction:
        desk = idle.get()
        try:
            return desk.extract(path, path.name)
        finally:
            idle.put(desk)

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
            for desk in desks:
                desk.close()


def render_preview(path: str | os.PathLike[str], *, name: str) -> bytes | None:
    """The first page of a file as a PNG, at most 1,000 pixels wide or high; None where none can be made."""
    with _Desk() as desk:
        return desk.render(path, name)


@dataclass(frozen=True)
class _File:
    descriptor: int
    kind: str


class _Desk:
    """Reads one file after another with one host, started when first needed and again when it was lost."""

    def __init__(self) -> None:
        self._host: Host | None = None

    def __enter__(self) -> _Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._host is not None:
            self._host.close()

    def extract(self, path: str | os.PathLike[str], name: str) -> Extraction:
        try:
            file = _open(path, name)
        except Refused as refused:
            return _without_text(refused.reason)
        try:
            host = self._ready_host()
            started = time.monotonic()
            transcript, ending = host.read(file.descriptor, {"kind": file.kind, "what": "text"})
        except HostLost:
            return _without_text("no_reader")
        finally:
            os.close(file.descriptor)
        return _conclude(transcript, ending, time.monotonic() - started)

    def render(self, path: str | os.PathLike[str], name: str) -> bytes | None:
        try:
            file = _open(path, name)
        except Refused:
            return None
        try:
            transcript, _ = self._ready_host().read(file.descriptor, {"kind": file.kind, "what": "preview"})
        except HostLost:
            return None
        finally:
            os.close(file.descriptor)
        return None if transcript.is_nonsense else transcript.image

    def _ready_host(self) -> Host:
        if self._host is None or not self._host.is_alive:
            self._host = Host()
        return self._host


def _open(path: str | os.PathLike[str], name: str) -> _File:
    """Open a file without waiting for anything, and see what it is. Raises `Refused`."""
    try:
        # Asked before it is opened, because opening alone sets off some devices, and after, because it may be another
        # by then.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Refused("not_a_file")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise Refused("unreadable") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("not_a_file")
        if status.st_size > limits.FILE_BYTES:
            raise Refused("too_large")
        kind = find_kind(os.pread(descriptor, HEAD_BYTES, 0), name)
        if kind == "empty":
            raise Refused("empty")
    except OSError as error:
        os.close(descriptor)
        raise Refused("unreadable") from error
    except Refused:
        os.close(descriptor)
        raise
    return _File(descriptor, kind)


def _without_text(reason: str) -> Extraction:
    return Extraction(status=REASONS[reason].status, reason=reason)


def _conclude(transcript: Transcript, ending: Ending, seconds: float) -> Extraction:
    """What a reader wrote and how it ended, as one result. Pages read before a bad end are kept."""
    reason = transcript.reason
    if reason is None or transcript.is_nonsense:
        reason = _reason_of(ending)
    texts = tuple(transcript.page_texts)
    if reason in PARTIAL and any(map(str.strip, texts)):
        reason = PARTIAL[reason]
    status = REASONS[reason].status
    unread = {
        page
        for name in ("pages_needing_ocr", "damaged_pages")
        for page in transcript.quality.get(name, [])
        if page <= len(texts)
    }
    quality = {**transcript.quality, "words": sum(len(text.split()) for text in texts)}
    return Extraction(
        status=status,
        reason=reason,
        reader=transcript.reader,
        pages=transcript.pages,
        pages_done=len(texts) - len(unread),
        seconds=seconds,
        peak_mb=ending.peak_mb,
        page_texts=texts,
        quality=quality,
    )


def _reason_of(ending: Ending) -> str:
    """What ended a reader that did not say so itself."""
    used_its_time = ending.cpu_seconds >= limits.CPU_SECONDS * _BUSY_SHARE
    if ending.was_ended:
        return "timed_out" if used_its_time else "interrupted"
    if ending.exit == -signal.SIGXCPU or (ending.exit == -signal.SIGKILL and used_its_time):
        return "timed_out"
    if ending.exit == -signal.SIGKILL:
        return "interrupted"
    held_its_memory = ending.peak_mb * limits.MIB >= limits.MEMORY_BYTES * _MEMORY_SHARE
    return "out_of_memory" if ending.exit == 3 or held_its_memory else "crashed"
