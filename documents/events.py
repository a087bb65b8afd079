"""Events of the library, as other domains read them: `document.added`, `.read`, `.trashed` and so on, by document.

Whoever may read events may not see every document, and one can be restricted later: no event says what one is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from documents.models import Document


def emit_about(kind: str, documents: Iterable[Document], data: Mapping[str, Any], *, now: datetime) -> None:
    """Record that something happened to each of these documents, in the transaction that makes it true."""
    emit_events(
        [
            NewEvent(
                kind=kind,
                subject=Ref(kind="document", id=str(document.pk), label=document.title),
                data={"version": document.version, **data},
            )
            for document in documents
        ],
        now=now,
    )
