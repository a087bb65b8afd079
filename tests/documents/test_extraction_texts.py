"""HTML, CSV and mail: the text that a person would see of them."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from documents.extraction import extract_file


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of that name."""

    def read(content: bytes, name: str):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return extract_file(path, name=name)

    return read


def test_html_is_read_as_it_is_shown_with_the_rows_of_its_tables(read):
    page = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style><script>never()</script></head><body>"
        "<p>Fees of  the desk</p><table><tr><td>Desk review</td><td>150</td></tr>"
        "<tr><td>Full</td><td>450</td></tr></table></body></html>"
    )
    done = read(page.encode(), "fees.html")
    assert (done.reader, done.reason) == ("html", "")
    assert "never" not in done.text
    assert [line.split() for line in done.text.splitlines() if line.strip()] == [
        ["Fees", "of", "the", "desk"],
        ["Desk", "review", "150"],
        ["Full", "450"],
    ]


def test_html_says_its_encoding_itself(read):
    page = "<html><head><meta charset='iso-8859-2'></head><body>Łódź</body></html>"
    assert read(page.encode("iso-8859-2"), "a.html").text == "Łódź"


def test_html_that_is_nested_without_end_is_read_without_layout(read):
    done = read(b"<html><body>" + b"<div>" * 5000 + b"deep down", "a.html")
    assert (done.reason, done.text) == ("", "deep down")


def test_a_table_of_cells_is_read_line_by_line(read):
    done = read(b'order;fee\nMV-1;"450,50"\n"MV-2";"a ""quoted"" word"\n', "a.csv")
    assert (done.reader, done.text) == ("csv", 'order\tfee\nMV-1\t450,50\nMV-2\ta "quoted" word')


def test_mail_is_read_with_its_head_and_the_names_of_what_is_attached(read):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Ana <ana@bank.test>",
        "desk@meridian.test",
        "Grüße: order 4711",
    )
    mail.set_content("Please see the report.\n")
    mail.add_alternative("<p>Please see the <b>report</b>.</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="report.pdf")
    done = read(bytes(mail), "a.eml")
    assert (done.reader, done.reason) == ("mail", "")
    assert done.text.splitlines() == [
        "From: Ana <ana@bank.test>",
        "To: desk@meridian.test",
        "Subject: Grüße: order 4711",
        "Attachments: report.pdf",
        "",
        "Please see the report.",
    ]
    assert done.quality["attachments"] == ["report.pdf"]


def test_mail_in_html_alone_is_read_as_text(read):
    head = b"From: a@b.test\nTo: c@d.test\nSubject: x\nContent-Type: text/html; charset=nonsense\n\n"
    raw = head + "<p>Grüße</p>".encode()
    assert read(raw, "stored").text.endswith("Grüße")
