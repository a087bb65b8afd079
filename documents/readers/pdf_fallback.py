"""PDF by pdfminer.six, for what PDFium does not open. Slower by more than twenty times, in pure Python."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

from pdfminer.converter import TextConverter
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from documents.readers import limits
from documents.readers.frames import Output, TextFull, Unreadable

# Keeps what stands on one line in one line, however far apart: rows of tables stay whole.
ROWS = LAParams(char_margin=200, line_margin=0.1, boxes_flow=None)


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text of every page. Raises `Unreadable` where there is no page either."""
    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        pages = list(_first(PDFPage.create_pages(document), limits.PAGES + 1))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable("password_required") from error
    if not pages:
        raise Unreadable("damaged")
    output.start("pdfminer.six", len(pages))
    reason = "partial_pages" if len(pages) > limits.PAGES else ""
    resources = PDFResourceManager()
    written = 0
    for page in pages[: limits.PAGES]:
        text = _page_text(resources, page)
        written += len(text.strip())
        try:
            output.page(text)
        except TextFull:
            reason = "partial_text"
            break
    return reason if written else "damaged", {}


def _first(pages: Any, count: int) -> Any:
    for _, page in zip(range(count), pages, strict=False):
        yield page


def _page_text(resources: Any, page: Any) -> str:
    text = StringIO()
    device = TextConverter(resources, text, laparams=ROWS)
    PDFPageInterpreter(resources, device).process_page(page)
    return text.getvalue()
