"""What is read of one file: its text page by page, or the reason why there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from documents.extraction import Extraction, extract_file, render_preview
from documents.states import ExtractionStatus
from tests.documents.files import encrypted_pdf, text_pdf


def read(folder: Path, content: bytes, name: str = "file") -> Extraction:
    path = folder / "stored"
    path.write_bytes(content)
    return extract_file(path, name=name)


def test_a_pdf_is_read_page_by_page(tmp_path):
    done = read(tmp_path, text_pdf("Order 4711\nFee 450.00", "", "Signed in Denver by the appraiser"))
    assert (done.status, done.reason, done.reader) == (ExtractionStatus.COMPLETED, "", "pypdfium2")
    assert [text.strip() for text in done.page_texts] == [
        "Order 4711\nFee 450.00",
        "",
        "Signed in Denver by the appraiser",
    ]
    assert (done.pages, done.pages_done) == (3, 3)
    assert done.characters == len(done.text)
    assert 0 < done.seconds < 30
    assert 0 < done.peak_mb < 800


def test_the_bytes_of_a_file_decide_what_it_is_and_not_its_name(tmp_path):
    assert read(tmp_path, text_pdf("Appraisal report of the lot"), name="report.txt").reader == "pypdfium2"
    assert read(tmp_path, b"only words", name="report.pdf").reader == "text"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Grüße — 银行".encode(), "Grüße — 银行"),
        (b"\xef\xbb\xbf" + "Grüße".encode(), "Grüße"),
        ("Grüße aus Köln".encode("utf-16"), "Grüße aus Köln"),
        ("Fee due on Friday".encode("utf-16-be"), "Fee due on Friday"),
        ("Fee: 450 € — “net”".encode("cp1252"), "Fee: 450 € — “net”"),
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
    ],
)
def test_plain_text_is_read_in_the_encoding_it_has(tmp_path, content, text):
    assert read(tmp_path, content, name="note.txt").text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "no_text"),
        (b"\x1f\x8b\x08" + os.urandom(100), "unsupported"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "needs_ocr"),
    ],
)
def test_a_file_that_holds_nothing_for_us_is_skipped_with_the_reason(tmp_path, content, reason):
    done = read(tmp_path, content)
    assert (done.status, done.reason, done.text.strip()) == (ExtractionStatus.SKIPPED, reason, "")


def test_a_damaged_file_fails_with_the_reason(tmp_path):
    done = read(tmp_path, b"%PDF-1.7\n" + b"nothing of a PDF follows " * 20)
    assert (done.status, done.reason) == (ExtractionStatus.FAILED, "damaged")


def test_the_first_page_is_drawn_for_the_lists(tmp_path):
    path = tmp_path / "stored"
    path.write_bytes(text_pdf("Order 4711"))
    assert render_preview(path, name="a.pdf").startswith(b"\x89PNG\r\n\x1a\n")
    path.write_bytes(b"only words")
    assert render_preview(path, name="a.txt") is None


def test_a_pdf_that_only_its_owner_protected_is_read(tmp_path):
    done = read(tmp_path, encrypted_pdf("An appraisal report for reading only", user=b""))
    assert (done.status, done.text) == (ExtractionStatus.COMPLETED, "An appraisal report for reading only")


def test_a_pdf_that_asks_for_a_password_is_skipped(tmp_path):
    done = read(tmp_path, encrypted_pdf("An appraisal report for few", user=b"secret"))
    assert (done.status, done.reason) == (ExtractionStatus.SKIPPED, "password_required")


def test_an_encrypted_office_document_is_skipped(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert read(tmp_path, content).reason == "password_required"
