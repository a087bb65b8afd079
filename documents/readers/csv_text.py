"""CSV as lines of cells, a tab between two."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from documents.readers import limits
from documents.readers.frames import Output
from documents.readers.plain import decode, write_page

_SAMPLE = 8_192
_DELIMITERS = ",;\t|"


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the rows as one page; a file whose delimiter cannot be told is written as it is."""
    text, encoding = decode(data)
    csv.field_size_limit(limits.TEXT_BYTES)
    try:
        dialect = csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS)
        text = "\n".join("\t".join(map(_one_line, row)) for row in csv.reader(StringIO(text), dialect))
    except csv.Error:
        pass
    return write_page(output, "csv", text, {"encoding": encoding})


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
