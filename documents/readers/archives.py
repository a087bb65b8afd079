"""Archives of Office documents, opened only as far as their directory promises and their members keep to it."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree

from documents.readers import limits
from documents.readers.frames import Unreadable

# The end of the directory, within the last bytes of the file (APPNOTE.TXT 4.3.16): its mark, and where the count of
# members stands.
_END, _END_BYTES, _COUNT_AT = b"PK\x05\x06", 22 + 65_535, 10
_ENCRYPTED = 1
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class Archive:
    """A zip file whose directory was checked; reading a member is bounded again by what it really unpacks to."""

    def __init__(self, data: bytes) -> None:
        _check_count(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise Unreadable("damaged") from error
        self._members = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        self._left = limits.ARCHIVE_BYTES
        _check_sizes(self._zip.infolist())

    @property
    def names(self) -> list[str]:
        """The members, in the order of the directory."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises `Unreadable`, and `KeyError` where there is none."""
        info = self._members[name]
        try:
            with self._zip.open(info) as stream:
                content = stream.read(min(limits.MEMBER_BYTES, self._left) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise Unreadable("damaged") from error
        if len(content) > min(limits.MEMBER_BYTES, self._left):
            raise Unreadable("too_large")
        self._left -= len(content)
        return content

    def read_xml(self, name: str) -> etree._Element:
        """The root of a member in XML. One that is cut off is read up to there. Raises `Unreadable` and `KeyError`."""
        return parse_xml(self.read(name))


def parse_xml(content: bytes) -> etree._Element:
    """The root of XML without a document type, entities or depth that could expand. Raises `Unreadable`."""
    if any(mark in content for mark in _DOCTYPES):
        raise Unreadable("unsafe_markup")
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    try:
        root = etree.fromstring(content, etree.XMLParser(**safe, remove_pis=True))
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise Unreadable("too_complex") from error
        root = _recover(content, safe)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("unsafe_markup")
    return root


def _recover(content: bytes, safe: dict[str, bool]) -> etree._Element:
    """The root of what can be read of broken XML. Raises `Unreadable`."""
    try:
        root = etree.fromstring(content, etree.XMLParser(**safe, remove_pis=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged") from error
    if root is None:
        raise Unreadable("damaged")
    return root


def _check_count(data: bytes) -> None:
    """Refuse too many members before the directory is read, which takes memory for each."""
    tail = data[-_END_BYTES:]
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _COUNT_AT + 2:
        raise Unreadable("damaged")
    (count,) = struct.unpack_from("<H", tail, at + _COUNT_AT)
    if count > limits.MEMBERS:
        raise Unreadable("too_many_parts")


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS:
        raise Unreadable("too_many_parts")
    for info in members:
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("password_required")
        if info.file_size > limits.RATIO_FROM_BYTES and info.file_size > limits.RATIO * info.compress_size:
            raise Unreadable("archive_bomb")
        if info.file_size > limits.MEMBER_BYTES:
            raise Unreadable("too_large")
    if sum(info.file_size for info in members) > limits.ARCHIVE_BYTES:
        raise Unreadable("too_large")


def relationships(archive: Archive, part: str) -> list[tuple[str, str]]:
    """Kind (the last word of its type) and member of each part that a part refers to;

    None where they cannot be read.
    """
    folder, name = posixpath.split(part)
    try:
        root = archive.read_xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    except (KeyError, Unreadable):
        return []
    return [
        (
            entry.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/"),
        )
        for entry in root
        if entry.get("TargetMode") != "External"
    ]


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
