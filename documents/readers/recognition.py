"""Text out of pictures, by the program `tesseract` where an installation has it and asks for it."""

from __future__ import annotations

import subprocess
from typing import Any

from documents.readers.drawing import draw_page, open_picture, png
from documents.readers.frames import Output, Unreadable
from documents.readers.limits import ENVIRONMENT
from documents.readers.plain import write_page

PROGRAM = "tesseract"
# Pixels of a page's longer side: 250 to the inch on letter paper, of the 300 that tesseract's authors advise.
SIDE = 2_750


def read(data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """Write the text of a picture as one page. Raises `Unreadable` where recognition is off, or finds nothing."""
    if not output.languages:
        raise Unreadable("needs_ocr")
    text = _recognise(png(open_picture(data, SIDE)), output.languages)
    reason, quality = write_page(output, "tesseract", text, {"pages_recognised": [1]})
    return ("needs_ocr" if reason == "no_text" else reason), quality


def recognise_page(page: Any, languages: str) -> str:
    """The text of a page that PDFium has loaded; empty where there is none to be seen."""
    return _recognise(png(draw_page(page, SIDE)), languages)


def _recognise(picture: bytes, languages: str) -> str:
    done = subprocess.run(
        [PROGRAM, "stdin", "stdout", "-l", languages],
        input=picture,
        stdout=subprocess.PIPE,
        env={**ENVIRONMENT, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    return done.stdout.decode(errors="replace").strip()
