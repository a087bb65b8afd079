"""Word documents: every word that is on paper, once, in reading order."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pytest

from documents.extraction import extract_file
from tests.documents.office_files import archive, paragraph, part, relationships, table, word


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of the library."""

    def read(content: bytes, name: str = "file.docx"):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return extract_file(path, name=name)

    return read


def lines(done) -> list[str]:
    return [line for line in done.text.splitlines() if line.strip()]


def test_a_document_of_python_docx_is_read_in_its_order(read):
    document = docx.Document()
    document.add_heading("Engagement letter")
    document.add_paragraph("The fee is 450.00.")
    rows = document.add_table(rows=2, cols=3)
    for number, cell in enumerate(cell for row in rows.rows for cell in row.cells):
        cell.text = f"cell {number}"
    document.add_paragraph("Signed in Denver.")
    document.sections[0].header.paragraphs[0].text = "Meridian Valuation"
    document.sections[0].footer.paragraphs[0].text = "Page one"
    stream = BytesIO()
    document.save(stream)
    done = read(stream.getvalue())
    assert (done.status, done.reason, done.reader, done.pages, done.pages_done) == (
        *("completed", "", "docx"),
        *(1, 1),
    )
    assert lines(done) == [
        "Meridian Valuation",
        "Engagement letter",
        "The fee is 450.00.",
        "cell 0\tcell 1\tcell 2",
        "cell 3\tcell 4\tcell 5",
        "Signed in Denver.",
        "Page one",
    ]


def test_every_place_that_holds_text_is_read_once(read):
    box = "<w:txbxContent>{}</w:txbxContent>".format(paragraph("in the box"))
    body = (
        paragraph("first")
        + "<w:p><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>"
        + "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:t>beside </w:t></w:r><w:r><mc:AlternateContent>"
        + f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        + "</mc:AlternateContent></w:r><w:r><w:t>the box</w:t></w:r></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
        + "<w:p><w:moveTo><w:r><w:t>moved</w:t></w:r></w:moveTo>"
        + "<w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>"
        + table(("outer", table(("inner left", "inner right"))), ("after", "wards"))
        + "<w:p><w:r><w:t>tab</w:t><w:tab/><w:t>bed</w:t><w:br/><w:t>broken</w:t></w:r></w:p>"
    )
    done = read(
        word(
            body,
            more={
                "header:word/head.xml": part(paragraph("on top")),
                "footnotes:word/footnotes.xml": part(paragraph("a footnote"), "footnotes"),
                "endnotes:word/endnotes.xml": part(paragraph("an endnote"), "endnotes"),
                "comments:word/comments.xml": part(paragraph("a comment"), "comments"),
                "footer:word/foot.xml": part(paragraph("at the bottom"), "ftr"),
                "word/header9.xml": part(paragraph("named by nobody")),
            },
        )
    )
    assert lines(done) == [
        "on top",
        "named by nobody",
        "first",
        "inserted",
        "controlled",
        "beside the box",
        "in the box",
        "moved link",
        "outer\tinner left inner right",
        "after\twards",
        "tab\tbed",
        "broken",
        "a footnote",
        "an endnote",
        "a comment",
        "at the bottom",
    ]


def test_a_wide_cell_keeps_its_lines(read):
    long = "".join(paragraph(f"This is sentence number {number} of the letter.") for number in range(9))
    assert len(lines(read(word(table((long,)))))) == 9


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "odd/main.xml"])
def test_documents_with_macros_and_templates_are_read_by_what_they_hold(read, main):
    done = read(word(paragraph("in the body"), main=main), name="a.docm")
    assert (done.reader, done.text) == ("docx", "in the body")


def test_a_document_without_relationships_is_read(read):
    content = archive({"word/document.xml": part(f"<w:body>{paragraph('alone')}</w:body>", "document")})
    assert read(content).text == "alone"


def test_a_strict_document_is_read(read):
    strict = part(f"<w:body>{paragraph('strictly')}</w:body>", "document").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    content = archive({"_rels/.rels": relationships(("officeDocument", "d.xml")), "d.xml": strict})
    assert read(content).text == "strictly"


def test_a_part_that_is_cut_off_is_read_up_to_there(read):
    whole = part(f"<w:body>{paragraph('one')}{paragraph('two')}</w:body>", "document")
    done = read(archive({"word/document.xml": whole[: whole.index("two")]}))
    assert done.text == "one"


def test_a_damaged_part_beside_the_body_leaves_the_body(read):
    done = read(word(paragraph("body"), more={"header:word/header1.xml": b"\x00\x01 no xml"}))
    assert (done.status, done.reason, done.text) == ("completed", "partial_damaged", "body")


def test_all_words_of_all_runs_are_kept_in_their_order(read):
    words = [f"word{number}" for number in range(3000)]
    body = "".join(paragraph(" ".join(words[at : at + 10])) for at in range(0, 3000, 10))
    assert re.findall(r"\S+", read(word(body)).text) == words


def test_an_excel_sheet_is_read_row_by_row(read):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{main}"><sheetData>'
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Fee</t></is></c></row>'
        '<row><c t="s"><v>1</v></c><c><v>450.5</v></c><c t="b"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = archive(
        {
            "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{main}"><sheets><sheet name="Fees"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships(
                ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>Order</t></si>'
            "<si><r><t>MV-</t></r><r><t>1</t></r></si></sst>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    done = read(content, name="fees.xlsx")
    assert (done.reason, done.reader, done.pages) == ("", "xlsx", 1)
    assert done.text == "Fees\nOrder\tFee\nMV-1\t450.5\tTRUE"
