"""Documents as tests bring them: by their bytes, with what a test needs to know of the storage."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from agent.models import Tenant
from documents.files import folder_of
from documents.models import Document
from documents.services import Registered, add_version, register_document
from documents.services.checking import check_library
from tests.conftest import NOW

PROSE = b"The sales comparison approach was given most weight in the opinion of market value.\n"


def bring(tenant: Tenant, content: bytes = PROSE, name: str = "report.txt", **how: Any) -> Registered:
    """Take one file into a tenant's library, as a person's upload unless told otherwise."""
    how = {"actor": "ana", "now": NOW, **how}
    return register_document(tenant=tenant, content=BytesIO(content), name=name, **how)


def bring_version(tenant: Tenant, document: Document, content: bytes, **how: Any) -> Registered:
    """Take one file in as the newest version of a document."""
    how = {"actor": "ana", "now": NOW, "name": document.name, **how}
    return add_version(tenant=tenant, document_id=document.pk, content=BytesIO(content), **how)


def block(media: Path, tenant: Tenant, content: bytes) -> None:
    """Make the storage fail for this content alone: where its folder would be is a file."""
    place = media / folder_of(tenant.pk) / sha256(content).hexdigest()[:2]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"In the way.")


def files_in(media: Path) -> list[Path]:
    """Every file of the storage."""
    return sorted(path for path in media.rglob("*") if path.is_file())


def codes_of(tenant: Tenant) -> list[str]:
    """What `documents_check` finds wrong with a tenant's library."""
    return [finding.code for finding in check_library(tenant=tenant)]
