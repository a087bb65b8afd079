"""Word and Excel files as the tests of extraction make them: the parts they name, and nothing that they do not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in (
        ("w", WORDS),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    )
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def relationships(*targets: tuple[str, str]) -> str:
    """A part that names others by kind."""
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{entries}</Relationships>'


def part(body: str, root: str = "hdr") -> str:
    """A part of a Word document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{body}</w:{root}>'


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table whose cells are paragraphs, or XML where they begin with a mark."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word(
    body: str, *, main: str = "word/document.xml", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word document with this body, and further parts, their kind before a colon: `header:word/x.xml`."""
    named = [name.partition(":") for name in more or {} if ":" in name]
    folder = main.rpartition("/")[0]
    parts = {
        "_rels/.rels": relationships(("officeDocument", main)),
        main: part(f"<w:body>{body}</w:body>", "document"),
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels": relationships(
            *((kind, f"/{target}") for kind, _, target in named)
        ),
        **{name.rpartition(":")[2]: content for name, content in (more or {}).items()},
    }
    return archive(parts)
