"""Many files, several at a time, which together take no more memory than one file may have."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Condition

from documents.readers import limits

from .extracting import FileReader
from .results import Extraction

# Files that are read at a time: with more, the share of each is less than a business document needs.
READERS = min(2, os.cpu_count() or 1)
# Files whose text may wait in memory for an earlier one, for each process that reads.
_AHEAD = 8
# What a file must have left of its time to be tried again.
_SECOND_TRY_SECONDS = 5
_WANTED_MEMORY = {"out_of_memory", "partial_out_of_memory"}


def extract_files(paths: Iterable[Path], *, workers: int = READERS) -> Iterator[tuple[Path, Extraction]]:
    """Read many files by their own names, several at a time, and give them in the order in which they came.

    Each of several readers has its share of the memory; a file that needs more is read again by itself.
    """
    readers = [FileReader() for _ in range(workers)]
    idle: SimpleQueue[FileReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)
    turns = Turns()

    def extract(path: Path) -> Extraction:
        reader = idle.get()
        try:
            return read_one(reader, path, limits.MEMORY_BYTES // workers, turns)
        finally:
            idle.put(reader)

    waiting: deque[tuple[Path, Future[Extraction]]] = deque()
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


def read_one(reader: FileReader, path: Path, share: int, turns: Turns) -> Extraction:
    """Read one file with its share of the memory (bytes), and again with all of it when that was too little."""
    with turns.shared():
        extraction = reader.extract(path, name=path.name, memory_bytes=share)
    left = limits.WALL_SECONDS - extraction.seconds
    if share == limits.MEMORY_BYTES or extraction.reason not in _WANTED_MEMORY or left < _SECOND_TRY_SECONDS:
        return extraction
    with turns.alone():
        again = reader.extract(path, name=path.name, seconds=left)
    return replace(again, seconds=extraction.seconds + again.seconds)


class Turns:
    """Who may read now: several with a share of the memory each, or one with all of it."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._sharing = 0
        self._waiting = 0
        self._is_taken = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Read beside others, after whoever wants to be alone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_taken and not self._waiting)
            self._sharing += 1
        try:
            yield
        finally:
            with self._changed:
                self._sharing -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Read when nobody else does."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: not self._is_taken and not self._sharing)
            self._waiting -= 1
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()
