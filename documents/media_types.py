"""What a file is in the words of MIME: by its first bytes, and by its name only where they leave a choice."""

from __future__ import annotations

import mimetypes

UNKNOWN = "application/octet-stream"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
# Endings that a ZIP archive, an OLE container or plain text may rightly have.
_ZIP_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "docm": "application/vnd.ms-word.document.macroenabled.12",
    "odt": "application/vnd.oasis.opendocument.text",
}
_OLE_TYPES = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
_TEXT_TYPES = {
    "csv": "text/csv",
    "htm": "text/html",
    "html": "text/html",
    "eml": "message/rfc822",
    "xml": "application/xml",
    "json": "application/json",
    "md": "text/markdown",
}


def find_media_type(*, head: bytes, name: str) -> str:
    """The media type of a file by its first kilobytes and its name; `application/octet-stream` when nobody can tell."""
    ending = name.rpartition(".")[2].lower()
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith(_ZIP):
        return _ZIP_TYPES.get(ending, "application/zip")
    if head.startswith(_OLE):
        return _OLE_TYPES.get(ending, "application/x-ole-storage")
    if b"\0" in head:
        return UNKNOWN
    guessed = _TEXT_TYPES.get(ending) or mimetypes.guess_type(name)[0] or "text/plain"
    return guessed if guessed.startswith("text/") or guessed in _TEXT_TYPES.values() else "text/plain"
