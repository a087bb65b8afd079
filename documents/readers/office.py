"""Which kind of Office document an archive is: by the part that it names as its main one, not by its content types."""

from __future__ import annotations

import re
from typing import Any

from documents.readers import sheets, word
from documents.readers.archives import Archive, local_name, relationships
from documents.readers.frames import Output, Unreadable

_MAIN = re.compile(r"(?:word/document|xl/workbook)\d*\.xml$")


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text of a Word or Excel document. Raises `Unreadable` for every other archive."""
    archive = Archive(data)
    main = _main_part(archive)
    root = archive.read_xml(main)
    kind = local_name(root)
    if kind == "document":
        return word.read(archive, main, root, output)
    if kind == "workbook":
        return sheets.read(archive, main, root, output)
    raise Unreadable("unsupported")


def _main_part(archive: Archive) -> str:
    """The main part by the archive's relationships, or by its usual name where those are missing or wrong."""
    named = [target for kind, target in relationships(archive, "") if kind == "officeDocument"]
    for name in (*named, *filter(_MAIN.search, archive.names)):
        if name in archive.names:
            return name
    raise Unreadable("unsupported")
