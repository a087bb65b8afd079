"""A picture of the first page, for lists and pages of the console: PDF by PDFium, pictures by Pillow."""

from __future__ import annotations

import ctypes
from io import BytesIO

import pypdfium2.raw as pdfium
from PIL import Image

# Pixels of the longer side.
SIDE = 1_000
_WHITE = 0xFFFFFFFF


def render(data: bytes, kind: str) -> bytes | None:
    """The first page as a PNG; None for kinds that have no picture."""
    if kind == "pdf":
        return _png(_draw_pdf(data))
    if kind == "image":
        with Image.open(BytesIO(data)) as picture:
            picture.draft("RGB", (SIDE, SIDE))
            picture.thumbnail((SIDE, SIDE))
            return _png(picture.convert("RGB"))
    return None


def _png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _draw_pdf(data: bytes) -> Image.Image:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0) if document else None
    if not page:
        raise ValueError("PDFium opens no first page.")
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = SIDE / max(width, height, 1)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    bitmap = pdfium.FPDFBitmap_Create(*size, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, _WHITE)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
    return Image.frombuffer("RGB", size, pixels, "raw", "BGRX", stride, 1)
