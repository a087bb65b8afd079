"""Pages and pictures as pixels, bounded in size."""

from __future__ import annotations

import ctypes
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

_WHITE = 0xFFFFFFFF
# Pixels of a picture above which it is not unpacked: four bytes each, within a reader's memory.
_PIXELS = 60_000_000


def draw_page(page: Any, side: int) -> Image.Image:
    """A page of PDFium, its longer side so many pixels."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = side / max(width, height, 1)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    bitmap = pdfium.FPDFBitmap_Create(*size, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, *size, _WHITE)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
    pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", size, pixels, "raw", "BGRX", stride, 1)


def open_picture(data: bytes, side: int) -> Image.Image:
    """A picture in a file, no side longer than so many pixels. Raises `ValueError` for one too large to unpack."""
    with Image.open(BytesIO(data)) as picture:
        picture.draft("RGB", (side, side))
        if picture.width * picture.height > _PIXELS:
            raise ValueError(f"{picture.width} by {picture.height} pixels are too many.")
        picture.thumbnail((side, side))
        return picture.convert("RGB")


def png(picture: Image.Image) -> bytes:
    """A picture as the bytes of a PNG file."""
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
