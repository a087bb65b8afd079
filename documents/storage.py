"""The storage of files: the local one, and which one is in force (`DOCUMENT_STORAGE_URL`).

What is in it and why lives in `documents.files`; nothing else writes to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

ALIAS = "documents"
# The packages of the client of S3, each of which has errors of its own.
S3_CLIENT = ("boto3", "botocore", "s3transfer")


def library_storage() -> Storage:
    """The storage in force."""
    return storages[ALIAS]


def is_storage_error(error: Exception) -> bool:
    """Whether an error is one of a storage; those of the client of S3, which need not be there, are no `OSError`."""
    families = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return isinstance(error, OSError) or not families.isdisjoint(S3_CLIENT)


class LocalFiles(FileSystemStorage):
    """Files below one folder, readable by this program's user only.

    A key is written under exactly its own name, and again if asked to: the same key always means the same bytes, so a
    second writer, or one that comes after a writer that died, changes nothing of what is there. The file and its name
    are on the disk, not in a cache, before the caller goes on.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Not truncated before it is written: whoever reads it meanwhile finds every byte in its place.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
        return name


def walk_storage(storage: Storage, folder: str) -> Iterator[str]:
    """The key of every file below a folder of the storage, in no order; nothing where there is no such folder."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names if name)
    for name in folders:
        yield from walk_storage(storage, f"{folder}/{name}")


def list_folders(storage: Storage) -> list[str]:
    """The folders at the top of the storage; none where nothing was stored yet."""
    try:
        folders, _ = storage.listdir("")
    except FileNotFoundError:
        return []
    return sorted(folders)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
