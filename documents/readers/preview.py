"""A picture of the first page, for lists and pages of the console: PDF by PDFium, pictures by Pillow."""

from __future__ import annotations

import pypdfium2.raw as pdfium

from documents.readers.drawing import draw_page, open_picture, png

# Pixels of the longer side.
SIDE = 1_000


def render(data: bytes, kind: str) -> bytes | None:
    """The first page as a PNG; None for kinds that have no picture."""
    if kind == "image":
        return png(open_picture(data, SIDE))
    if kind != "pdf":
        return None
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0) if document else None
    return png(draw_page(page, SIDE)) if page else None
