"""Files that are made to harm whoever reads them, each of a few bytes to a few hundred kilobytes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from tests.documents.files import paged_pdf, pdf, show, stream
from tests.documents.office_files import archive, paragraph, part, relationships, table, word


def bomb(size: int, *, times: int = 1) -> bytes:
    """So many bytes, packed as often."""
    content = bytes(size)
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def packed(content: bytes, count: int = 1) -> bytes:
    """A stream of what was packed so often."""
    filters = b" ".join([b"/FlateDecode"] * count)
    return b"<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream" % (len(content), filters, content)


def _fonts(more: bytes, *objects: bytes) -> bytes:
    """One page that shows text in a font with these entries."""
    contents = stream(b"BT /F2 12 Tf 72 700 Td <0041004200430001> Tj ET")
    return paged_pdf(
        [contents],
        resources=b"/Font << /F1 3 0 R /F2 << /Type /Font %b >> >>" % more,
        more=objects,
    )


def _forms(depth: int, width: int) -> bytes:
    """A form that draws another `width` times, and so on: `width ** depth` texts."""
    objects = []
    for level in range(depth):
        draw = b"/X Do " * width if level + 1 < depth else b"BT /F1 9 Tf (boo) Tj ET"
        inner = b"/XObject << /X %d 0 R >>" % (7 + level) if level + 1 < depth else b""
        objects.append(
            stream(
                draw,
                entries=b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
                b"/Resources << /Font << /F1 3 0 R >> %b >>" % inner,
            )
        )
    return paged_pdf([b"/X Do"], resources=b"/XObject << /X 6 0 R >>", more=objects)


def _cmap(ranges: bytes) -> bytes:
    return stream(
        b"/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + ranges
        + b"\nendcmap end"
    )


def _page_tree(kids: bytes, count: int) -> bytes:
    return pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, kids)]
    )


def _xref_stream(size: int, widths: bytes, index: bytes, content: bytes) -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    start = len(body)
    packed = zlib.compress(content, 9)
    body += (
        b"3 0 obj\n<< /Type /XRef /Size %d /W [%b] /Index [%b] /Root 1 0 R /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (size, widths, index, len(packed), packed, start)
    )
    return body


def hostile_pdfs() -> dict[str, bytes]:
    """PDFs by what is wrong with them."""
    page = paged_pdf([show([(72, 700, "An honest page of the report")])])
    image = b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    glyphs = b"BT /F1 1 Tf " + b"".join(
        b"1 0 0 1 %d %d Tm (a) Tj " % (7 * n % 600, 13 * n % 780) for n in range(60_000)
    )
    return {
        "content that unpacks to a gigabyte": paged_pdf([packed(bomb(1 << 30))]),
        "content packed five times": paged_pdf([packed(bomb(1 << 28, times=5), 5)]),
        "content of operators that unpacks to 200 MB": paged_pdf(
            [packed(zlib.compress(b"BT (a) Tj ET " * 15_000_000, 9))]
        ),
        "an array that is never closed": paged_pdf([b"[" * 500_000]),
        "nested dictionaries": paged_pdf([b"/P " + b"<< /A " * 200_000 + b"BDC"]),
        "nested arrays in the file": pdf([b"<< /Type /Catalog /Pages 2 0 R /A %b >>" % (b"[" * 100_000)]),
        "saved states without end": paged_pdf([b"q " * 2_000_000]),
        "forms that multiply": _forms(12, 8),
        "a form that draws itself": paged_pdf(
            [b"/X Do"],
            resources=b"/XObject << /X 6 0 R >>",
            more=[
                stream(
                    b"/X Do /X Do",
                    entries=b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
                )
            ],
        ),
        "tens of thousands of scattered glyphs": paged_pdf([glyphs + b"ET"]),
        "one row of a hundred thousand glyphs": paged_pdf(
            [b"BT /F1 1 Tf 1 0 0 1 9 700 Tm " + b"(a) Tj " * 100_000 + b"ET"]
        ),
        "a page tree that loops": _page_tree(b"2 0 R", 1_000_000),
        "a page tree with a huge count": _page_tree(b"3 0 R", 2_000_000_000),
        "a million pages that are one": _page_tree(b"3 0 R " * 300_000, 300_000).replace(
            b"trailer", b"3 0 obj << /Type /Page /Parent 2 0 R >> endobj\ntrailer"
        ),
        "a character map of huge ranges": _fonts(
            b"/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [7 0 R]",
            _cmap(b"100 beginbfrange\n" + b"<00000000> <FFFFFFFF> <0041>\n" * 100 + b"endbfrange"),
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [0 2000000000 500] /DW 1000 >>",
        ),
        "a font with widths without end": _fonts(
            b"/Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 2000000000 /Widths ["
            + b"500 " * 200_000
            + b"]"
        ),
        "a cid font of huge width ranges": _fonts(
            b"/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R]",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /W [" + b"0 99999999 5 " * 50 + b"] >>",
        ),
        "a huge picture": paged_pdf(
            [b"q 612 0 0 792 0 0 cm /I Do Q"],
            resources=b"/XObject << /I 6 0 R >>",
            more=[image + b" /Filter /FlateDecode /Length 9 >>\nstream\n%b\nendstream" % bomb(9)],
        ),
        "a cross-reference that loops": page.replace(b"/Root", b"/Prev %d /Root" % page.index(b"xref\n0"), 1),
        "a cross-reference of two billion entries": _xref_stream(
            2_000_000_000, b"1 2 1", b"0 2000000000", bytes(100)
        ),
        "a cross-reference with huge widths": _xref_stream(9, b"1 2000000000 1", b"0 9", bytes(1 << 26)),
        "predictors over huge rows": paged_pdf(
            [
                b"<< /Length 20 /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 32 "
                b"/BitsPerComponent 16 >> >>\nstream\n%b\nendstream" % bomb(1 << 20)
            ]
        ),
        "a length that is not": page.replace(b"/Length ", b"/Length 99999999"),
        "a stream whose length is itself": paged_pdf([b"<< /Length 5 0 R >>\nstream\nBT ET\nendstream"]),
        "an object stream inside itself": pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                stream(
                    b"2 0 << >>", entries=b"/Type /ObjStm /N 1000000000 /First 4 /Extends 2 0 R", packed=True
                ),
            ]
        ),
        "a name of ten megabytes": pdf([b"<< /Type /Catalog /Pages 2 0 R /%b 1 >>" % (b"A" * 10_000_000)]),
        "a function of huge domains": paged_pdf(
            [b"/S sh"],
            resources=b"/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1e9 0 1e9] /Function "
            b"<< /FunctionType 2 /Domain [0 1] /N 1e308 /C0 [0] /C1 [1] >> >> >>",
        ),
        "a tiling pattern of dots": paged_pdf(
            [b"/Pattern cs /P scn 0 0 612 792 re f"],
            resources=b"/Pattern << /P 6 0 R >>",
            more=[
                stream(
                    b"0 0 .001 .001 re f",
                    entries=b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 .001 .001] "
                    b"/XStep .0001 /YStep .0001 /Resources << >>",
                )
            ],
        ),
        "a page a billion points wide": page.replace(b"[0 0 612 792]", b"[0 0 1e9 1e9]"),
        "nothing but a head": b"%PDF-1.7\n",
        "cut in the middle": page[: len(page) // 2],
        "noise behind a head": b"%PDF-1.7\n" + bytes((n * 7919) % 256 for n in range(50_000)),
        "encrypted without a way": page.replace(
            b"/Root", b"/Encrypt << /Filter /Standard /V 9 /R 9 /O (a) /U (b) /P -1 >> /Root", 1
        ),
    }


def _rewrite_sizes(content: bytes, size: int) -> bytes:
    """The same archive, all of whose members claim to unpack to so many bytes."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = changed.find(mark)
        while place >= 0:
            struct.pack_into("<I", changed, place + at, size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def hostile_words() -> dict[str, bytes]:
    """Word documents and archives by what is wrong with them."""
    body = paragraph("An honest paragraph")
    spanning = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>{}</w:tc></w:tr></w:tbl>'
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 20_000
    expanding = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    document = part(f"<w:body>{body}</w:body>", "document")
    external = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    honest = word(body)
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as target:
        for number in range(20_000):
            target.writestr(f"word/{number}.xml", "")
    return {
        "a part that unpacks to a quarter of a gigabyte": word(
            body, more={"word/media/a.bin": bytes(1 << 28)}
        ),
        "a body that unpacks to 60 MB of paragraphs": word(paragraph("a") * 900_000),
        "parts that unpack to much together": archive(
            {f"word/{number}.xml": bytes(range(256)) * (1 << 17) for number in range(12)},
        ),
        "twenty thousand parts": many.getvalue(),
        "a part that lies about its size": _rewrite_sizes(word(paragraph("lie " * 100_000)), 50),
        "parts that claim four gigabytes": _rewrite_sizes(honest, 0xFFFFFFF0),
        "a cell across a billion columns": word(spanning.format(1_000_000_000, body)),
        "a cell across 1,001 columns": word(spanning.format(1_001, body)),
        "tables within tables without end": word(deep),
        "entities that expand": archive({"word/document.xml": expanding + document.partition("?>")[2]}),
        "an entity that reads a file": archive(
            {"word/document.xml": document.replace("?>", f"?>{external}").replace("honest", "&x;")}
        ),
        "a type in sixteen bits": archive(
            {
                "word/document.xml": document.replace("UTF-8", "UTF-16")
                .replace("?>", f"?>{external}")
                .encode("utf-16")
            }
        ),
        "a table of a hundred thousand rows": word(table(*(("a", "b") for _ in range(100_000)))),
        "a part that names itself": word(body, more={"header:word/document.xml": document}),
        "relations to everywhere": archive(
            {
                "_rels/.rels": relationships(
                    ("officeDocument", "../../../../etc/passwd"), ("officeDocument", "d.xml")
                ),
                "d.xml": document,
            }
        ),
        "nothing but an end": b"PK\x05\x06" + bytes(18),
        "cut in the middle": honest[: len(honest) // 2],
        "a changed byte": honest[:60] + bytes([honest[60] ^ 255]) + honest[61:],
        "an archive of an archive": archive({"inner.zip": honest}),
        "an encrypted member": honest.replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
        ),
    }
