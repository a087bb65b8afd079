"""One file in the process that was made for it: which reader reads it, and the reason for whatever comes of it."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from documents.readers import limits
from documents.readers.frames import Output, Unreadable

# The module of each kind, whose `read(data, output)` returns a reason and what is known of the quality.
MODULES = {
    "pdf": "documents.readers.pdf",
    "pdf_again": "documents.readers.pdf_fallback",
    "zip": "documents.readers.office",
    "text": "documents.readers.plain",
    "csv": "documents.readers.csv_text",
    "html": "documents.readers.web",
    "mail": "documents.readers.mail",
    "image": "documents.readers.recognition",
}
PREVIEW = "documents.readers.preview"
# The stream that an encrypted Office document consists of ([MS-OFFCRYPTO] 2.3.4.4).
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def preload(kind: str, what: str) -> None:
    """Import what a kind needs, in the host, so that its readers start with it."""
    module = PREVIEW if what == "preview" else MODULES.get(kind)
    if module:
        import_module(module)


def read_file(descriptor: int, kind: str, output: Output) -> None:
    """Read the open file and write it to `output`, the end included. Every fault of a reader becomes a reason here."""
    try:
        reason, quality = _read(_bytes_of(descriptor), kind, output)
    except Unreadable as refusal:
        reason, quality = refusal.reason, {}
    except MemoryError:
        reason, quality = "out_of_memory", {}
    except RecursionError:
        reason, quality = "too_complex", {}
    except Exception as error:
        # The readers' libraries raise whatever comes to them over a damaged file.
        reason, quality = "damaged", {"error": f"{type(error).__name__}: {error}"[:500]}
    output.end(reason, quality)


def render_file(descriptor: int, kind: str, output: Output) -> None:
    """Draw the first page of the open file; a file that cannot be drawn has no picture, whatever the reason."""
    module = import_module(PREVIEW)
    try:
        picture = module.render(_bytes_of(descriptor), kind)
    except Exception:
        picture = None
    if picture is not None:
        output.image(picture)
    output.end("" if picture is not None else "unsupported", {})


def _bytes_of(descriptor: int) -> bytes:
    """The whole file; it may have grown since it was looked at."""
    os.lseek(descriptor, 0, os.SEEK_SET)  # another reader may have had it before
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(limits.FILE_BYTES + 1)
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("too_large")
    return data


def _read(data: bytes, kind: str, output: Output) -> tuple[str, dict[str, Any]]:
    if kind == "ole" and _ENCRYPTED_PACKAGE in data:
        raise Unreadable("password_required")
    if kind not in MODULES:
        raise Unreadable("unsupported")
    reason, quality = _ask(MODULES[kind], data, output)
    if kind == "pdf" and reason == "damaged":
        return _ask(MODULES["pdf_again"], data, output)
    return reason, quality


def _ask(module: str, data: bytes, output: Output) -> tuple[str, dict[str, Any]]:
    """What one reader says of the file; what it refuses is a reason like the others."""
    try:
        result: tuple[str, dict[str, Any]] = import_module(module).read(data, output)
    except Unreadable as refusal:
        return refusal.reason, {}
    return result
