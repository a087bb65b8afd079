"""Rows of tables in PDFs whose content was written column after column.

PDFium gives text in the order in which a page's content draws it. Most programs draw a table row by row, and nothing
has to be done; where one draws each column by itself, its rows are put together again from where the lines stand.
Columns of prose and the wrapped lines of one cell look alike, and stay as they are: a table is told by aligned numbers.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

# Points by which a line may stand higher than the one before it and still be below it: raised figures do.
_RISE = 2.0
# Points by which two pieces of one line may differ in height.
_LEVEL = 0.5
# Lines stand in one row when their baselines differ by no more than this share of the distance between
# two lines, up to so many points.
_SHARE, _TOLERANCE = 0.4, 4.0
# A column whose middle line has so many words is prose, or the text that a table's rows begin with.
_PROSE_WORDS = 5
# A column of a table is told from the wrapped lines of one cell by having so many lines, half of them numbers, or,
# where there are no numbers, by having more lines than a cell has, beside two others like it.
_NUMBERS, _WORDS, _COLUMNS = 3, 5, 3
# Points around the place at which most lines of a column begin or end, and how many are most.
_ALIGNED, _ALIGNED_SHARE = 8.0, 0.85
# On a page whose cells are drawn in no order, a good part of the lines stand far above the one before them.
_SCATTERED_SHARE, _FAR = 0.25, 4
# Baselines that several lines share before a page is looked at closely.
_BESIDE = 3
# Lines that a table has at least, and a cell mostly has not: a jump back by less is not looked at.
_TALL = 1.9
# Lines of a page that are looked at; no printed page has as many.
_LINES = 2_000
_NUMBER = re.compile(r"[(\[$€£+\-–—]*\s?[\d.,]*\d[\d.,]*\s?[)\]%x]*|[-–—]+|n/?[am]", re.IGNORECASE)


@dataclass
class _Line:
    """A line as PDFium gave it, without white space around, and where on the paper it stands."""

    text: str
    first: int
    """Place of its first character in the text of the page."""
    x: float
    y: float
    end: float
    """Where its last character begins."""
    words: list[tuple[float, str]]
    """Its words, and where each begins."""
    column: int = 0

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None


def keep_rows(page: Any, text_page: Any, text: str, count: int) -> tuple[str, int]:
    """The text of a page with its rows whole, and how many rows had to be put together.

    `text` has lines that end with CR LF; `count` is PDFium's number of characters, generated ones included.
    """
    places = _Places(page, text_page, is_direct=len(text) == count)
    if not _is_torn(places, text):
        return text, 0
    pieces = _place_pieces(places, text)
    lines = _join_neighbours(pieces)
    columns = _split_columns(lines)
    distance = _distance(lines)
    kinds = _judge_columns(columns, distance)
    rows: dict[int, list[_Line]] = {}
    for row in _group_rows(lines, min(_SHARE * distance, _TOLERANCE)):
        if len(row) > 1 and _is_table_row([kinds[column] for column in {line.column for line in row}]):
            for line in row:
                rows[line.first] = row
    joined = len({id(row) for row in rows.values()}) + len(pieces) - len(lines)
    return (_write(lines, rows), joined) if joined else (text, 0)


def _judge_columns(columns: list[list[_Line]], distance: float) -> list[str]:
    """What each column is: `prose`, `numbers`, `words` of a table, or `cell`, a few lines that tell nothing."""
    jumps = [after[0].y - before[-1].y for before, after in zip(columns, columns[1:], strict=False)]
    is_scattered = (
        len(jumps) >= _SCATTERED_SHARE * sum(map(len, columns)) and median(jumps) >= _FAR * distance
    )
    kinds = []
    for column in columns:
        numbers = [line for line in column if line.is_number]
        if median(len(line.text.split()) for line in column) >= _PROSE_WORDS:
            kinds.append("prose")
        elif 2 * len(numbers) >= len(column) and (
            is_scattered or (len(column) >= _NUMBERS and _is_aligned(numbers))
        ):
            kinds.append("numbers")
        else:
            kinds.append("words" if len(column) >= _WORDS and _is_aligned(column) else "cell")
    return kinds


def _is_aligned(lines: list[_Line]) -> bool:
    """Whether most of the lines begin, end or have their middle at one place, as those of a column do."""
    ends = [line.end for line in lines]
    starts = [line.x for line in lines]
    middles = [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]
    return any(
        sum(abs(place - median(places)) <= _ALIGNED for place in places) >= _ALIGNED_SHARE * len(lines)
        for places in (starts, ends, middles)
    )


def _is_table_row(kinds: list[str]) -> bool:
    """Whether lines of columns of these kinds that stand on one baseline are the row of a table."""
    proses = kinds.count("prose")
    return ("numbers" in kinds and proses <= 1) or (kinds.count("words") >= _COLUMNS and proses == 0)


class _Places:
    """Where characters stand, as the reader of a turned page sees it: from left to right and from the bottom up."""

    def __init__(self, page: Any, text_page: Any, *, is_direct: bool) -> None:
        self._text_page = text_page
        self._turns = pdfium.FPDFPage_GetRotation(page) % 4
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._into = ctypes.byref(self._x), ctypes.byref(self._y)
        # Whether places in the text are PDFium's own; where it leaves characters out, it is asked for each.
        self._is_direct = is_direct

    def of(self, place: int) -> tuple[float, float]:
        """Where the character at this place in the text stands; the corner of the page where that is not known."""
        if not self._is_direct:
            place = pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_page, place)
        if not pdfium.FPDFText_GetCharOrigin(self._text_page, place, *self._into):
            return 0.0, 0.0
        x, y = self._x.value, self._y.value
        if self._turns == 0:
            return x, y
        return ((y, -x), (-x, -y), (-y, x))[self._turns - 1]


def _is_torn(places: _Places, text: str) -> bool:
    """Whether lines stand beside the one before them, or above it and beside others, which is the mark of columns.

    Nearly every page is asked this and answers no, so it looks at one character of each line and makes nothing.
    """
    heights = []
    start, end = 0, len(text)
    while start < end:
        heights.append(places.of(start)[1])
        start = text.find("\r\n", start) + 2
        if start == 1:
            break  # that was the last line
    if len(heights) > _LINES or len(heights) < 2 * _BESIDE:
        return False
    moves = [after - before for before, after in zip(heights, heights[1:], strict=False)]
    if any(-_LEVEL < move < _LEVEL for move in moves):
        return True
    jump = max(moves)
    if jump < _RISE:
        return False
    heights.sort()
    steps = [above - below for below, above in zip(heights, heights[1:], strict=False)]
    beside = sum(step < _RISE for step in steps)
    return beside >= _BESIDE and jump > _TALL * median([step for step in steps if step >= _RISE] or [jump])


def _place_pieces(places: _Places, text: str) -> list[_Line]:
    """Each line with text, and where it stands; a line whose words stand at several heights as several.

    PDFium puts what is as flat as a dash behind whatever was drawn before it, in another row of a column.
    """
    pieces: list[_Line] = []
    start = 0
    for content in text.split("\r\n"):
        height = None
        for word in re.finditer(r"\S+", content):
            first = start + word.start()
            x, y = places.of(first)
            if height is not None and abs(y - height) < _RISE:
                piece = pieces[-1]
                piece.text += f" {word.group()}"
                piece.words.append((x, word.group()))
            else:
                pieces.append(_Line(word.group(), first, x, y, x, [(x, word.group())]))
            height = y
            pieces[-1].end = places.of(first + len(word.group()) - 1)[0]
        start += len(content) + 2
    return pieces


def _join_neighbours(pieces: list[_Line]) -> list[_Line]:
    """Lines put together of pieces that were drawn one after another on one baseline, from left to right."""
    lines: list[_Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and abs(piece.y - last.y) < _LEVEL and piece.x >= last.end:
            last.text += f" {piece.text}"
            last.words += piece.words
            last.end = piece.end
        else:
            lines.append(piece)
    return lines


def _split_columns(lines: list[_Line]) -> list[list[_Line]]:
    """Runs of lines each below the one before it."""
    columns: list[list[_Line]] = []
    for line in lines:
        if not columns or line.y > columns[-1][-1].y + _RISE:
            columns.append([])
        line.column = len(columns) - 1
        columns[-1].append(line)
    return columns


def _distance(lines: list[_Line]) -> float:
    """The usual distance between two baselines of the page, in points."""
    heights = sorted(line.y for line in lines)
    steps = [
        above - below for below, above in zip(heights, heights[1:], strict=False) if above - below > _RISE
    ]
    return median(steps) if steps else 2 * _TOLERANCE


def _group_rows(lines: list[_Line], tolerance: float) -> list[list[_Line]]:
    """Lines on one baseline, from left to right."""
    rows: list[list[_Line]] = []
    top = 0.0
    for line in sorted(lines, key=lambda line: -line.y):
        if not rows or top - line.y > tolerance:
            rows.append([])
            top = line.y
        rows[-1].append(line)
    return [sorted(row, key=lambda line: line.x) for row in rows]


def _write(lines: list[_Line], rows: dict[int, list[_Line]]) -> str:
    """All lines in their order, each row where the first line of it was."""
    written: set[int] = set()
    result = []
    for line in lines:
        row = rows.get(line.first)
        if row is None:
            result.append(line.text)
        elif id(row) not in written:
            written.add(id(row))
            result.append(_join(row))
    return "\r\n".join(result)


def _join(row: list[_Line]) -> str:
    """The pieces of a row in one line; word by word where the content drew them to and fro."""
    if all(line.end <= after.x + _RISE for line, after in zip(row, row[1:], strict=False)):
        return " ".join(line.text for line in row)
    words = sorted((word for line in row for word in line.words), key=lambda word: word[0])
    return " ".join(word for _, word in words)
