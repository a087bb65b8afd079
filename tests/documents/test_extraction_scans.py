"""Pictures of text: said to need recognition, and recognised where an installation has the program and asks for it."""

from __future__ import annotations

from io import BytesIO
from shutil import which

import pytest
from PIL import Image, ImageDraw, ImageFont

from documents.extraction import extract_file, render_preview
from tests.documents.files import paged_pdf, picture_entries, show

WRITTEN = "Scanned line of the appraisal report"
SHOWN = b"q 612 0 0 792 0 0 cm /I Do Q"


def picture() -> Image.Image:
    page = Image.new("RGB", (1275, 1650), "white")
    ImageDraw.Draw(page).text((100, 200), WRITTEN, fill="black", font=ImageFont.load_default(40))
    return page


def scan(*contents: bytes) -> bytes:
    """A PDF of these pages, on which `SHOWN` shows a picture of text."""
    stream = BytesIO()
    picture().save(stream, "JPEG")
    number = 4 + 2 * len(contents)
    return paged_pdf(
        contents,
        resources=b"/XObject << /I %d 0 R >>" % number,
        more=[picture_entries(stream.getvalue(), 1275, 1650)],
    )


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of the library."""

    def read(content: bytes):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return extract_file(path, name="scan.pdf")

    return read


def test_a_scan_is_skipped_until_somebody_recognises_it(read):
    done = read(scan(SHOWN, SHOWN))
    assert (done.status, done.reason, done.pages, done.pages_done) == ("skipped", "needs_ocr", 2, 0)
    assert done.quality["pages_needing_ocr"] == [1, 2]


def test_a_scan_among_pages_with_text_is_named_and_the_others_are_read(read):
    done = read(scan(show([(72, 700, "A page with a text of its own")]), SHOWN))
    assert (done.status, done.reason, done.pages, done.pages_done) == ("completed", "partial_needs_ocr", 2, 1)
    assert done.quality["pages_needing_ocr"] == [2]
    assert done.text.strip() == "A page with a text of its own"


def test_a_page_of_letters_turned_into_outlines_needs_recognition(read):
    outlines = b"".join(b"%d 700 m %d 710 l %d 705 l f " % (n, n + 3, n + 5) for n in range(72, 600, 2))
    assert read(paged_pdf([outlines])).reason == "needs_ocr"


def test_an_empty_page_needs_nothing(read):
    assert read(paged_pdf([b""])).reason == "no_text"


def test_a_picture_is_drawn_for_the_lists(tmp_path):
    picture().save(tmp_path / "scan.png")
    drawn = Image.open(BytesIO(render_preview(tmp_path / "scan.png", name="scan.png")))
    assert max(drawn.size) == 1000


@pytest.mark.skipif(which("tesseract") is None, reason="The program tesseract is not installed.")
def test_scans_and_pictures_are_recognised_where_the_installation_asks_for_it(tmp_path, read, settings):
    settings.DOCUMENT_OCR_LANGUAGES = "eng"
    done = read(scan(show([(72, 700, "A page with a text of its own")]), SHOWN))
    assert (done.status, done.reason, done.pages_done) == ("completed", "", 2)
    assert done.page_texts[1] == WRITTEN
    assert done.quality["pages_recognised"] == [2]
    picture().save(tmp_path / "scan.png")
    alone = extract_file(tmp_path / "scan.png", name="scan.png")
    assert (alone.reader, alone.text) == ("tesseract", WRITTEN)
