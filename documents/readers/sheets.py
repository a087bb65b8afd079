"""Excel workbooks: the stored values of each sheet, a line for each row.

Numbers are as they are stored: a date is a count of days.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from documents.readers.archives import Archive, local_name, relationships
from documents.readers.frames import Output, TextFull, Unreadable


def read(archive: Archive, main: str, root: etree._Element, output: Output) -> tuple[str, dict[str, Any]]:
    """Write each sheet as a page, in the order of the workbook."""
    sheets = [name for kind, name in relationships(archive, main) if kind == "worksheet"]
    sheets = [name for name in sheets if name in archive.names]
    titles = [element.get("name", "") for element in root.iter() if local_name(element) == "sheet"]
    words = _shared_words(archive, main)
    output.start("xlsx", len(sheets))
    damaged: list[int] = []
    written = 0
    for number, name in enumerate(sheets):
        try:
            text = _sheet_text(archive.read_xml(name), words)
        except Unreadable as refusal:
            if refusal.reason != "damaged":
                raise
            damaged.append(number + 1)
            text = ""
        written += len(text)
        title = titles[number] if number < len(titles) else ""
        try:
            output.page(f"{title}\n{text}".strip())
        except TextFull:
            return "partial_text", {}
    quality = {"damaged_pages": damaged}
    if not written:
        return ("damaged" if damaged else "no_text"), quality
    return ("partial_damaged" if damaged else ""), quality


def _shared_words(archive: Archive, main: str) -> list[str]:
    """The texts that cells name by their place in one list."""
    parts = [name for kind, name in relationships(archive, main) if kind == "sharedStrings"]
    if not parts or parts[0] not in archive.names:
        return []
    return [_runs(entry) for entry in archive.read_xml(parts[0]) if local_name(entry) == "si"]


def _runs(element: Any) -> str:
    """The text in all runs of a string, without the reading aids of Japanese (`rPh`)."""
    return "".join(
        run.text or ""
        for run in element.iter()
        if local_name(run) == "t" and local_name(run.getparent()) != "rPh"
    )


def _sheet_text(root: etree._Element, words: list[str]) -> str:
    rows = []
    for row in root.iter():
        if local_name(row) != "row":
            continue
        cells = [_value(cell, words) for cell in row if local_name(cell) == "c"]
        line = "\t".join(cells).rstrip()
        if line.strip():
            rows.append(line)
    return "\n".join(rows)


def _value(cell: Any, words: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _runs(cell)
    value = next((child.text or "" for child in cell if local_name(child) == "v"), "")
    if kind == "s":
        place = int(value) if value.isdecimal() and len(value) < 10 else -1
        return words[place] if 0 <= place < len(words) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value
