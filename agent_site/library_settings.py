"""What the environment says of the documents library; a bad value stops the start, as in `agent_site.settings`."""

import os
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

from agent_site.home import agent_home


def read_recognition_languages() -> str:
    """Read `DOCUMENT_OCR_LANGUAGES`; empty when pictures of text are left unread."""
    languages = os.environ.get("DOCUMENT_OCR_LANGUAGES", "").strip()
    if languages and not re.fullmatch(r"[A-Za-z_]{3,20}(\+[A-Za-z_]{3,20}){0,9}", languages):
        raise ImproperlyConfigured(
            f"DOCUMENT_OCR_LANGUAGES must look like eng or eng+spa, as tesseract names them, not {languages!r}."
        )
    return languages


def read_embedder() -> str:
    """Read `EMBEDDER`, by default the bundled model."""
    embedder = os.environ.get("EMBEDDER", "").strip().lower() or "wordllama"
    if embedder not in {"wordllama", "minilm", "endpoint"}:
        raise ImproperlyConfigured(f"EMBEDDER must be wordllama, minilm or endpoint, not {embedder!r}.")
    if embedder == "endpoint":
        for name in ("EMBEDDING_URL", "EMBEDDING_MODEL"):
            if not os.environ.get(name, "").strip():
                raise ImproperlyConfigured(f"EMBEDDER=endpoint needs {name}.")
    return embedder


def read_document_storage() -> dict[str, Any]:
    """Read `DOCUMENT_STORAGE_URL`: unset, files are kept in `$AGENT_HOME/media`; else s3://bucket/folder.

    A server that speaks like S3 is named by `?endpoint=https://...`, a region by `&region=...`. What opens it stands
    in the variables that its client reads itself (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`), or comes from the
    machine's role.
    """
    address = os.environ.get("DOCUMENT_STORAGE_URL", "").strip()
    if not address:
        options = {
            "location": str(agent_home() / "media"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "documents.storage.LocalFiles", "OPTIONS": options}
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    unknown = query.keys() - {"endpoint", "region"}
    if parts.scheme != "s3" or not parts.hostname or parts.password or unknown:
        raise ImproperlyConfigured(
            "DOCUMENT_STORAGE_URL must look like s3://bucket/folder?endpoint=https://host&region=name; keys belong in "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "location": parts.path.strip("/"),
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
            # The same key always means the same bytes (`documents.files`).
            "file_overwrite": True,
            "default_acl": None,
        },
    }
