"""PDF by PDFium: page after page, with the rows of tables kept.

What it cannot open, pdfminer.six tries (`pdf_fallback`).
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

from documents.readers import limits
from documents.readers.frames import Output, TextFull, Unreadable
from documents.readers.pdf_rows import keep_rows

# A page with less text than this and a picture on it is a scan.
SCANNED_BELOW = 20
# So many drawn lines and curves on a page without text are letters turned into outlines.
OUTLINES_FROM = 200
# What PDFium writes for a hyphen at the end of a line.
_BROKEN = "\ufffe"
_BROKEN_WORD = re.compile(f"(\\w+){_BROKEN}(\\w+)")
# Objects of a page that are looked at in search of a picture, and how deep into its forms.
_OBJECTS, _DEPTH = 5_000, 4


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text of every page; return the reason and the quality of what was read."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Unreadable("password_required" if _needs_password() else "damaged")
    pages = pdfium.FPDF_GetPageCount(document)
    output.start("pypdfium2", pages)
    scanned: list[int] = []
    damaged: list[int] = []
    recognised: list[int] = []
    rows = 0
    reason = "partial_pages" if pages > limits.PAGES else ""
    for number in range(min(pages, limits.PAGES)):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            damaged.append(number + 1)
            output.page("")
            continue
        text, joined = page_text(page)
        text = restore_hyphens(text)
        rows += joined
        if len(text) < SCANNED_BELOW and len(text.strip()) < SCANNED_BELOW and _shows_something(page):
            found = _recognise(page, output.languages)
            text = found or text
            (recognised if found else scanned).append(number + 1)
        pdfium.FPDF_ClosePage(page)
        try:
            output.page(text)
        except TextFull:
            reason = "partial_text"
            break
    reason, quality = _judge(reason, pages, scanned, damaged)
    return reason, {**quality, "rows_joined": rows, "pages_recognised": recognised}


def _recognise(page: Any, languages: str) -> str:
    """The text in the picture of a page; empty where an installation does without."""
    if not languages:
        return ""
    # What it needs takes a host twice the time to start.
    from documents.readers.recognition import recognise_page

    return recognise_page(page, languages)


def _judge(reason: str, pages: int, scanned: list[int], damaged: list[int]) -> tuple[str, dict[str, Any]]:
    quality = {"pages_needing_ocr": scanned, "damaged_pages": damaged}
    if len(damaged) == pages:
        return "damaged", quality
    if len(scanned) + len(damaged) == pages:
        return "needs_ocr", quality
    return reason or ("partial_needs_ocr" if scanned else "partial_damaged" if damaged else ""), quality


def _needs_password() -> bool:
    return pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def page_text(page: Any) -> tuple[str, int]:
    """The text of a page, and how many rows of tables were put together in it."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return "", 0
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return "", 0
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        written = pdfium.FPDFText_GetText(
            text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="ignore")
        if len(text) != written - 1:
            return text, 0  # signs beyond the basic plane, or halves of them: places in it are not PDFium's
        return keep_rows(page, text_page, text, count)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def restore_hyphens(text: str) -> str:
    """The text with the hyphens at ends of lines, where PDFium puts a mark and the next line right behind it.

    Programs of offices break lines at hyphens that belong to the word (`long-term`, `MV-4711`); a word that was broken
    by typesetting is told by standing whole on the same page.
    """
    if _BROKEN not in text:
        return text

    def mend(found: re.Match[str]) -> str:
        whole = found.group(1) + found.group(2)
        is_typesetting = whole.isalpha() and found.group(2).islower() and whole in words
        return whole if is_typesetting else f"{found.group(1)}-{found.group(2)}"

    words = set(re.findall(r"\w+", text))
    return _BROKEN_WORD.sub(mend, text).replace(_BROKEN, "-")


def _shows_something(page: Any) -> bool:
    """Whether a page without text shows a picture, or so many outlines that they may be letters."""
    pending = [(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)]
    outlines = looked_at = 0
    while pending:
        holder, count, get, depth = pending.pop()
        for index in range(min(count(holder), _OBJECTS)):
            looked_at += 1
            if looked_at > _OBJECTS:
                return outlines >= OUTLINES_FROM
            thing = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                return True
            outlines += kind == pdfium.FPDF_PAGEOBJ_PATH
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                pending.append(
                    (thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
                )
    return outlines >= OUTLINES_FROM
