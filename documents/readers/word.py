"""Word documents: every run of text that one sees on paper, in reading order, with the rows of tables kept.

The parts are walked as XML and not through python-docx, which leaves out headers, notes, insertions, text boxes and
content controls, and opens neither templates nor documents with macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from documents.readers import limits
from documents.readers.archives import Archive, relationships
from documents.readers.frames import Output, Unreadable
from documents.readers.plain import write_page

# The namespaces of runs of text, in the transitional and the strict form (ISO/IEC 29500): words, drawings, formulas.
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORDS = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DRAWINGS = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRICT_DRAWINGS = "{http://purl.oclc.org/ooxml/drawingml/main}"
_FORMULAS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT_FORMULAS = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_TEXT_SPACES = (_WORDS, _STRICT_WORDS, _DRAWINGS, _STRICT_DRAWINGS, _FORMULAS, _STRICT_FORMULAS)
_BLOCK_SPACES = (_WORDS, _STRICT_WORDS, _DRAWINGS, _STRICT_DRAWINGS)

TEXT = {f"{space}t" for space in _TEXT_SPACES}
_PARAGRAPH, _ROW, _CELL = ({f"{space}{name}" for space in _BLOCK_SPACES} for name in ("p", "tr", "tc"))
_BOX = {f"{space}txbxContent" for space in (_WORDS, _STRICT_WORDS)}
_MARKS = {
    f"{space}{name}": mark
    for space in _BLOCK_SPACES
    for name, mark in (("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"), ("ptab", "\t"))
}
# What holds no text of the document, or text that was deleted or moved to where it stands now.
_LEFT_OUT = {
    f"{space}{name}"
    for space in (_WORDS, _STRICT_WORDS)
    for name in (
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"),
        *("del", "moveFrom", "instrText", "delText", "delInstrText"),
    )
}
_BEFORE = ("header",)
_AFTER = ("footnotes", "endnotes", "comments", "diagramData", "chart", "footer")
_USUAL_NAME = re.compile(r"/(header|footnotes|endnotes|comments|footer)\d*\.xml$")
# A cell with more text than this is a part of the page's layout, whose lines stay lines.
_CELL_LINE = 200


def read(archive: Archive, main: str, root: etree._Element, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the whole text as one page: a Word document has no pages until it is printed."""
    parts = _parts_beside(archive, main)
    damaged: list[str] = []
    before = _texts_of(archive, [name for kind, name in parts if kind in _BEFORE], damaged)
    body = part_text(root)
    after = _texts_of(archive, [name for kind in _AFTER for name in _of_kind(parts, kind)], damaged)
    quality: dict[str, Any] = {
        "tables": sum(1 for _ in root.iter(*(f"{space}tbl" for space in _BLOCK_SPACES)))
    }
    if damaged:
        quality["damaged_parts"] = damaged
    text = "\n\n".join(filter(None, [*before, body, *after]))
    reason, quality = write_page(output, "docx", text, quality)
    return reason or ("partial_damaged" if damaged else ""), quality


def _parts_beside(archive: Archive, main: str) -> list[tuple[str, str]]:
    """Kind and name of each part with text of its own, named by the main part or only lying there."""
    folder = main.rpartition("/")[0]
    named = [(kind, name) for kind, name in relationships(archive, main) if name in archive.names]
    lying = [
        (found.group(1), name)
        for name in archive.names
        if name.rpartition("/")[0] == folder and (found := _USUAL_NAME.search(f"/{name}"))
    ]
    return list(dict.fromkeys([*named, *lying]))


def _of_kind(parts: Iterable[tuple[str, str]], kind: str) -> list[str]:
    return [name for one, name in parts if one == kind]


def _texts_of(archive: Archive, names: Iterable[str], damaged: list[str]) -> list[str]:
    """The text of each part; the names of those that cannot be read are added to `damaged`."""
    texts = []
    for name in dict.fromkeys(names):
        try:
            texts.append(part_text(archive.read_xml(name)))
        except Unreadable as refusal:
            if refusal.reason != "damaged":
                raise
            damaged.append(name)
    return texts


def part_text(root: etree._Element) -> str:
    """The text of one part, a line for each paragraph and each row of a table. Raises `Unreadable`."""
    _check_spans(root)
    writer = _Writer()
    losers: set[Any] = set()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            writer.end(tag)
        elif tag in _LEFT_OUT or element in losers:
            walk.skip_subtree()
        elif tag == _ALTERNATIVES:
            losers.update(_losing_alternatives(element))
        else:
            writer.start(tag, element)
    return writer.text()


def _check_spans(root: etree._Element) -> None:
    for span in root.iter(*(f"{space}gridSpan" for space in (_WORDS, _STRICT_WORDS))):
        value = next(iter(span.attrib.values()), "")
        if len(value) > 4 or (value.isdecimal() and int(value) > limits.GRID_SPAN):
            raise Unreadable("too_complex")


def _losing_alternatives(element: etree._Element) -> list[Any]:
    """All alternatives of the same content but the first that has text."""
    children = list(element)
    kept = next((child for child in children if next(child.iter(*TEXT), None) is not None), None)
    return [child for child in children if child is not kept]


class _Writer:
    """Puts runs of text together: into paragraphs, those into cells, those into rows.

    Each open element that collects text has a list on the stack. A paragraph's has its runs, and what floats beside it
    (text boxes) comes after it; a cell's and the document's have lines; a row's has cells.
    """

    def __init__(self) -> None:
        self._stack: list[tuple[str, list[str], list[str]]] = [("block", [], [])]

    def start(self, tag: str, element: Any) -> None:
        if tag in TEXT:
            self._stack[-1][1].append(element.text or "")
        elif tag in _MARKS:
            if self._stack[-1][0] == "paragraph":
                self._stack[-1][1].append(_MARKS[tag])
        elif tag in _PARAGRAPH:
            self._stack.append(("paragraph", [], []))
        elif tag in _ROW:
            self._stack.append(("row", [], []))
        elif tag in _CELL or tag in _BOX:
            self._stack.append(("block", [], []))

    def end(self, tag: str) -> None:
        if tag in _PARAGRAPH:
            _, runs, floating = self._stack.pop()
            self._give(["".join(runs), *floating])
        elif tag in _ROW:
            _, cells, _ = self._stack.pop()
            self._give(["\t".join(cells).rstrip("\t")])
        elif tag in _CELL:
            _, lines, _ = self._stack.pop()
            self._stack[-1][1].append(_cell(lines))
        elif tag in _BOX:
            _, lines, _ = self._stack.pop()
            self._give(lines)

    def text(self) -> str:
        """Everything, a line for each paragraph and row."""
        return "\n".join(self._stack[0][1])

    def _give(self, lines: list[str]) -> None:
        """Hand lines to what encloses them."""
        kind, content, floating = self._stack[-1]
        (floating if kind == "paragraph" else content).extend(line for line in lines if line.strip())


def _cell(lines: list[str]) -> str:
    """A cell's lines as one, as long as it is a cell of a table rather than a column of the page."""
    is_short = sum(map(len, lines)) <= _CELL_LINE
    return " ".join(" ".join(lines).split()) if is_short else "\n".join(lines)
