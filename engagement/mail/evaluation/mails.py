"""The mails an operator names: files as they are, and the .eml files of folders, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from engagement.mail.sources import MAX_FILE_BYTES, RawMail, Refused, too_large


class NoSuchMail(ValueError):
    """A path that leads nowhere; the message says which."""


def find_mails(paths: Iterable[str]) -> list[Path]:
    """The files, and those of folders one level deep, each once. Raises `NoSuchMail` for a path that is neither."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(one for one in path.iterdir() if _is_mail(one)))
        elif path.exists():
            found[path] = None
        else:
            raise NoSuchMail(f"There is no file or folder {path}. Check the path.")
    return sorted(found, key=lambda path: (path.name, str(path)))


def read_mails(paths: Iterable[Path]) -> Iterator[RawMail | Refused]:
    """Their bytes, one at a time; what cannot be read is refused in a sentence."""
    for path in paths:
        name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            size = path.stat().st_size
            yield too_large(name, size) if size > MAX_FILE_BYTES else RawMail(name, path.read_bytes())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            yield Refused(name, f"cannot be read ({reason}). Check the file and its permissions.")


def _is_mail(path: Path) -> bool:
    return path.suffix.lower() == ".eml" and path.is_file()
