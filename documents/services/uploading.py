"""Taking in what somebody sends over HTTP: several files, each with an answer of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from agent.models import Tenant
from documents.files import FileRefused, StorageBusy, StorageFailed
from documents.services.ingesting import Brought
from documents.services.registering import Details, add_version, register_document
from documents.services.trashing import ContentTaken


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file that was sent."""

    name: str
    content: BinaryIO


def take_uploads(
    *,
    tenant: Tenant,
    uploads: Iterable[Upload],
    actor: str,
    now: datetime,
    details: Details,
    is_cleared: bool,
    version_of: int | None = None,
) -> list[Brought]:
    """Take files into the library, or as the newest versions of a document; one that is refused stops nothing.

    Unless `is_cleared`, the answers name no restricted document, and none is changed.

    Opens its own transactions. Raises `Document.DoesNotExist` where there is no document to be a version of.
    """
    return [_take(tenant, upload, actor, now, details, is_cleared, version_of) for upload in uploads]


def _take(
    tenant: Tenant,
    upload: Upload,
    actor: str,
    now: datetime,
    details: Details,
    is_cleared: bool,
    version_of: int | None,
) -> Brought:
    try:
        if version_of is None:
            registered = register_document(
                tenant=tenant,
                content=upload.content,
                name=upload.name,
                actor=actor,
                now=now,
                details=details,
                is_cleared=is_cleared,
            )
        else:
            registered = add_version(
                tenant=tenant,
                document_id=version_of,
                content=upload.content,
                name=upload.name,
                actor=actor,
                now=now,
                details=details,
                is_cleared=is_cleared,
            )
    except (FileRefused, StorageBusy, StorageFailed, ContentTaken) as refusal:
        return Brought(name=upload.name, refusal=str(refusal))
    except OSError as error:
        # The private copy on its way in, for which the disk has no room.
        because = error.strerror or str(error)
        return Brought(
            name=upload.name, refusal=f"{upload.name} cannot be stored ({because}). Send it again later."
        )
    return Brought(name=upload.name, registered=registered)
