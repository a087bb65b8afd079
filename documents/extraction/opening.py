"""A file on its way to a reader: opened without waiting for anything, and known for what its first bytes say."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from documents.readers import limits
from documents.readers.kinds import HEAD_BYTES, find_kind


class Refused(Exception):
    """A file is not given to any reader; `reason` is one of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class OpenFile:
    """An open regular file; whoever opened it closes it."""

    descriptor: int
    kind: str


def open_file(path: str | os.PathLike[str], name: str) -> OpenFile:
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
    return OpenFile(descriptor, kind)
