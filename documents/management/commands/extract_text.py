"""`extract_text`: what is read out of files, without storing it. The work is `documents.extraction`'s.

Standard output holds the files and nothing else, so that it can be piped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.extraction import Extraction, describe_reason, extract_files

# The exit code of a wrong command line, for every command of this program.
USAGE = 2


class Command(BaseCommand):
    help = (
        "Show the text of files and of all files in folders, one JSON object a line. Stores nothing and needs "
        "no database. A file that cannot be read has a line that says why."
    )
    # They may ask the database, which this command does without.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder of them")
        parser.add_argument(
            "--format", choices=("json", "table"), default="json", help="how to print the files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _speak_utf8()
        for path in options["paths"]:
            if not os.path.lexists(path):
                raise CommandError(f"{path} does not exist.", returncode=USAGE)
        show = self._show_json if options["format"] == "json" else self._show_line
        for path, extraction in extract_files(_files(options["paths"])):
            show(_printable(path), extraction)

    def _show_json(self, file: str, extraction: Extraction) -> None:
        row = {
            "file": file,
            "status": str(extraction.status),
            "reason": extraction.reason,
            "reader": extraction.reader,
            "pages": extraction.pages,
            "pages_done": extraction.pages_done,
            "characters": extraction.characters,
            "seconds": round(extraction.seconds, 4),
            "peak_mb": round(extraction.peak_mb, 1),
            "text": extraction.text,
        }
        self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _show_line(self, file: str, extraction: Extraction) -> None:
        pages = f"{extraction.pages_done}/{extraction.pages}"
        counts = f"{pages:>9} {extraction.characters:>9}"
        self.stdout.write(
            f"{file:<44} {extraction.status:<10} {counts}  {describe_reason(extraction.reason)}"
        )


def _files(paths: Iterable[str]) -> Iterator[Path]:
    """Each file, and in its place the files below each folder by name. Links to folders are not followed."""
    for path in paths:
        if not os.path.isdir(path):
            yield Path(path)
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names))


def _printable(path: Path) -> str:
    """A name as UTF-8 whatever its bytes are."""
    return str(path).encode(errors="backslashreplace").decode()


def _speak_utf8() -> None:
    """Print UTF-8 whatever the terminal's language is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
