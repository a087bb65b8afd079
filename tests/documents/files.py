"""Files as the tests of extraction make them, byte by byte: PDFs, Word documents and worse."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence

Placed = tuple[float, float, str]
"""A piece of text and where on the page it stands, in points from the lower left corner."""


def pdf(objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a cross-reference table."""
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"trailer\n<< /Size %d /Root %d 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        trailer,
        start,
    )
    return bytes(body)


def stream(content: bytes, *, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def show(pieces: Iterable[Placed], *, size: int = 10) -> bytes:
    """The content of a page that shows these pieces in this order."""
    lines = [b"BT /F1 %d Tf" % size]
    for x, y, text in pieces:
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        lines.append(b"1 0 0 1 %.2f %.2f Tm (%b) Tj" % (x, y, shown))
    return b"\n".join([*lines, b"ET"])


def paged_pdf(contents: Sequence[bytes], *, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page for each content; objects of `more` follow the pages', from number `4 + 2 * pages`."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %b >> >>" % (5 + 2 * index, resources)
        )
        objects.append(content if content.startswith(b"<<") else stream(content))
    return pdf([*objects, *more])


def text_pdf(*pages: str) -> bytes:
    """A PDF with these pages of lines."""
    return paged_pdf(
        [show((72, 720 - 14 * row, line) for row, line in enumerate(page.splitlines())) for page in pages]
    )


def picture_entries(jpeg: bytes, width: int, height: int) -> bytes:
    """A picture as an object of a PDF."""
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /DCTDecode /Length %d >>\nstream\n%b\nendstream" % (width, height, len(jpeg), jpeg)
    )


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, content: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    result = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)


def encrypted_pdf(text: str, *, user: bytes) -> bytes:
    """A PDF that its owner protected and that opens with `user` as password (ISO 32000-1, 7.6.3, revision 2)."""

    def digest(*parts: bytes) -> bytes:
        return hashlib.md5(b"".join(parts), usedforsecurity=False).digest()

    owners = _rc4(digest((b"the owner" + _PAD)[:32])[:5], (user + _PAD)[:32])
    key = digest((user + _PAD)[:32], owners, struct.pack("<i", -4), b"id")[:5]
    contents = 5
    content = _rc4(digest(key, struct.pack("<I", contents)[:3], b"\0\0")[:10], show([(72, 700, text)]))
    plain = paged_pdf([stream(content)])
    encrypt = b"/ID [<%b> <%b>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >> /Root" % (
        *(b"id".hex().encode(), b"id".hex().encode()),
        *(owners.hex().encode(), _rc4(key, _PAD).hex().encode()),
    )
    return plain.replace(b"/Root", encrypt, 1)
