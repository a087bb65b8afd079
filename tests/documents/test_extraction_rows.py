"""Tables in PDFs: the words of a row stay beside each other, however the page was drawn."""

from __future__ import annotations

import random

import pytest

from documents.extraction import extract_file
from tests.documents.files import Placed, paged_pdf, show

LABELS = (
    "Net sales",
    "Cost of goods sold",
    "Gross margin",
    "Operating income",
    "Interest expense",
    "Tax",
    "Net income",
)
ROWS = [
    ("(in millions)", "2024", "2025", "2026"),
    *(
        (label, f"{number},512", f"({number * 3}.5)", "—" if number % 2 else "12 %")
        for number, label in enumerate(LABELS, 1)
    ),
]
SENTENCES = "The appraiser walked the whole of the lot and found it dry".split()


def place(row: int, column: int, *, raised: float = 0.0) -> Placed:
    return (72.0 + 120 * column, 700.0 - 18 * row + raised, ROWS[row][column])


CELLS = [(row, column) for row in range(len(ROWS)) for column in range(4)]
BY_COLUMN = sorted(CELLS, key=lambda cell: (cell[1], cell[0]))


@pytest.fixture
def read(tmp_path):
    """The text of a PDF with these pages."""

    def read(*contents: bytes, turned: int = 0) -> list[str]:
        path = tmp_path / "stored.pdf"
        path.write_bytes(
            paged_pdf(contents).replace(b"/Type /Page ", b"/Type /Page /Rotate %d " % turned)
            if turned
            else paged_pdf(contents)
        )
        done = extract_file(path, name="a.pdf")
        assert done.status == "completed"
        return done.text.splitlines()

    return read


def has_rows(lines: list[str]) -> bool:
    return all(" ".join(row) in lines for row in ROWS)


def test_a_table_that_is_drawn_row_by_row_is_kept(read):
    assert has_rows(read(show(place(*cell) for cell in CELLS)))


def test_a_table_that_is_drawn_column_by_column_has_its_rows_put_together(read):
    assert has_rows(read(show(place(*cell) for cell in BY_COLUMN)))


def test_columns_that_stand_a_little_higher_belong_to_the_same_rows(read):
    assert has_rows(read(show(place(row, column, raised=1.5 * (column % 2)) for row, column in BY_COLUMN)))


def test_a_table_between_paragraphs_leaves_them_alone(read):
    above = [(72.0, 760.0 - 14 * row, " ".join(SENTENCES)) for row in range(3)]
    below = [(72.0, 500.0 - 14 * row, " ".join(SENTENCES)) for row in range(6)]
    lines = read(show([*above, *(place(*cell) for cell in BY_COLUMN), *below]))
    assert has_rows(lines)
    assert lines.count(" ".join(SENTENCES)) == 9


def test_a_table_whose_cells_are_drawn_in_no_order_has_its_rows_put_together(read):
    rows = [(f"Order MV-{number}", f"{number}.00", f"{2 * number}.50") for number in range(100, 140)]
    pieces = [
        (72.0 + 150 * column, 740.0 - 16 * row, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    random.Random(4).shuffle(pieces)
    assert {" ".join(row) for row in rows} <= set(read(show(pieces)))


def test_two_columns_of_prose_are_not_mixed(read):
    left = [(72.0, 700.0 - 14 * row, f"left line {row} of the first long column") for row in range(20)]
    right = [(320.0, 700.0 - 14 * row, f"right line {row} of the second long column") for row in range(20)]
    lines = read(show([*left, *right]))
    assert lines == [text for _, _, text in (*left, *right)]


def test_the_wrapped_lines_of_a_cell_stay_before_the_cells_beside_it(read):
    pieces: list[Placed] = []
    for row in range(8):
        top = 700.0 - 60 * row
        pieces += [(72.0, top - 14 * line, f"service {row} part {line}") for line in range(4)]
        pieces += [(200.0, top - 14 * line, f"remark {row} part {line}") for line in range(3)]
        pieces += [(330.0, top, f"{row},100"), (430.0, top, f"{row},200")]
    words = " ".join(" ".join(read(show(pieces))).split())
    for row in range(8):
        cells = [
            *(f"service {row} part {line}" for line in range(4)),
            *(f"remark {row} part {line}" for line in range(3)),
        ]
        assert " ".join([*cells, f"{row},100 {row},200"]) in words


def test_an_address_beside_another_is_not_mixed_with_it(read):
    left = ["Meridian Valuation Services", "1200 Larimer Street", "Denver Colorado", "United States"]
    right = ["Harbor and Pine", "9 Wharf Road", "Portland Maine", "United States"]
    pieces = [(72.0, 700.0 - 14 * row, text) for row, text in enumerate(left)]
    pieces += [(320.0, 700.0 - 14 * row, text) for row, text in enumerate(right)]
    assert read(show(pieces)) == [*left, *right]


def test_a_turned_page_has_the_rows_that_its_reader_sees(read):
    content = b"\n".join(
        b"BT /F1 10 Tf 0 1 -1 0 %.2f %.2f Tm (%b) Tj ET"
        % (
            100.0 + 18 * row,
            72.0 + 120 * column,
            ROWS[row][column].replace("(", r"\(").replace(")", r"\)").encode("cp1252"),
        )
        for row, column in BY_COLUMN
        if column < 3
    )
    assert {" ".join(row[:3]) for row in ROWS} <= set(read(content, turned=90))


def test_a_hyphen_at_the_end_of_a_line_stays_in_its_word_and_a_broken_word_becomes_whole(read):
    lines = ["The appraisal of a long-", "term lease MV-", "4711 is an apprai-", "sal of its own."]
    done = read(show((72.0, 700.0 - 14 * row, line) for row, line in enumerate(lines)))
    assert " ".join(done) == "The appraisal of a long-term lease MV-4711 is an appraisal of its own."
