"""Finding mails on disk: .eml files, folders, mbox files and Maildirs, one message at a time.

What lives here: paths, sizes, and where one message ends. What does not: what a message says
(`engagement.mail.inbound`) and what becomes of it (`engagement.mail.services`).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1024 * 1024
MAX_MESSAGE_MEGABYTES = 25
# Of content. On disk base64 makes four bytes of three, and the headers come on top.
MAX_CONTENT_BYTES = MAX_MESSAGE_MEGABYTES * MEGABYTE
MAX_FILE_BYTES = MAX_CONTENT_BYTES * 4 // 3 + 2 * MEGABYTE

MAIL_SUFFIXES = frozenset({".eml", ".mbox", ".mbx"})
MBOX_SUFFIXES = frozenset({".mbox", ".mbx"})
# "From " at the start of a line is prose as often as it is a separator; a separator carries a date (RFC 4155).
_SEPARATOR = re.compile(rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d\d?:\d\d")
_QUOTED_FROM = re.compile(rb">+From ")


@dataclass(frozen=True)
class RawMail:
    """The bytes of one message, and the name by which an operator finds them again.

    `is_sent`: the mailbox it comes from says that its owner sent it, whatever address it was sent from.
    """

    name: str
    content: bytes
    is_sent: bool = False


@dataclass(frozen=True)
class Refused:
    """Something that was not imported, and one sentence saying why and what to do."""

    name: str
    reason: str


def read_paths(paths: Iterable[str | os.PathLike[str]]) -> Iterator[RawMail | Refused]:
    """Every message below the given files and folders, in a fixed order; never raises for what it finds there."""
    for path in paths:
        yield from read_path(Path(path))


def read_path(path: Path) -> Iterator[RawMail | Refused]:
    """The messages of one file or folder. A folder without mail is refused: it is rarely what was meant."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        yield Refused(str(path), f"cannot be opened ({_because(error)}). Check the path.")
        return
    if stat.S_ISDIR(kind):
        yield from _read_folder(path)
    elif stat.S_ISREG(kind):
        yield from _read_file(path)
    else:
        yield Refused(
            str(path), "is neither a file nor a folder. Give an .eml file, an mbox, a Maildir or a folder."
        )


def too_large(name: str, size: int) -> Refused:
    """The refusal of a message over the limit; `size` in bytes."""
    return Refused(
        name,
        f"has {size / MEGABYTE:.1f} MB, more than the {MAX_MESSAGE_MEGABYTES} MB a message may have. "
        "Save its attachments elsewhere and import the message without them.",
    )


def is_maildir(path: Path) -> bool:
    """Whether the folder has the two sub-folders that make a Maildir."""
    return (path / "new").is_dir() and (path / "cur").is_dir()


def _read_folder(folder: Path) -> Iterator[RawMail | Refused]:
    is_empty = True
    try:
        for path in _mail_files(folder):
            is_empty = False
            yield from _read_file(path)
    except OSError as error:
        yield Refused(str(folder), f"cannot be listed ({_because(error)}). Check its permissions.")
        return
    if is_empty:
        yield Refused(str(folder), "holds no mail. Give a folder with .eml or .mbox files, or a Maildir.")


def _mail_files(folder: Path) -> Iterator[Path]:
    """The mail files below a folder, sorted; of a Maildir everything in `new` and `cur`."""
    if is_maildir(folder):
        for part in ("cur", "new"):
            yield from sorted(path for path in (folder / part).iterdir() if path.is_file())
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _mail_files(path)
        elif path.is_file() and (path.suffix.lower() in MAIL_SUFFIXES or not path.suffix and _is_mbox(path)):
            yield path


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError:
        return True  # Reading it will say why it cannot be read.


def _read_file(path: Path) -> Iterator[RawMail | Refused]:
    try:
        with path.open("rb") as file:
            if (
                path.suffix.lower() in MBOX_SUFFIXES
                or path.suffix.lower() != ".eml"
                and file.peek(5)[:5] == b"From "
            ):
                yield from _read_mbox(str(path), file)
            else:
                yield _read_message(str(path), file)
    except OSError as error:
        yield Refused(str(path), f"cannot be read ({_because(error)}). Check its permissions.")


def _read_message(name: str, file: BinaryIO) -> RawMail | Refused:
    size = os.fstat(file.fileno()).st_size
    if size > MAX_FILE_BYTES:
        return too_large(name, size)
    return RawMail(name, file.read(MAX_FILE_BYTES))


def _read_mbox(name: str, file: BinaryIO) -> Iterator[RawMail | Refused]:
    """The messages of an mbox, holding one of them in memory at a time."""
    first = file.readline(MEGABYTE)
    if not first:
        yield Refused(name, "is empty. Export the mailbox again.")
        return
    if not first.startswith(b"From "):
        yield Refused(
            name, 'is not an mbox: it does not begin with "From ". Export it again, or rename it to .eml.'
        )
        return
    number, message, after_blank = 1, _Collected(), False
    while line := file.readline(MEGABYTE):
        if after_blank and line.startswith(b"From ") and _SEPARATOR.match(line):
            yield message.close(f"{name}, message {number}")
            number, message = number + 1, _Collected()
        else:
            message.add(line[1:] if _QUOTED_FROM.match(line) else line)
        after_blank = line in (b"\n", b"\r\n")
    yield message.close(f"{name}, message {number}")


class _Collected:
    """The lines of one message; past the limit only their number of bytes."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.size = 0

    def add(self, line: bytes) -> None:
        self.size += len(line)
        if self.size <= MAX_FILE_BYTES:
            self.lines.append(line)
        else:
            self.lines.clear()

    def close(self, name: str) -> RawMail | Refused:
        if self.size > MAX_FILE_BYTES:
            return too_large(name, self.size)
        return RawMail(name, b"".join(self.lines))


def _because(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
