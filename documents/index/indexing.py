"""Indexes one document: cut, embed, store. The vectors are made outside any transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from documents.chunking import Chunk, cut_text
from documents.embedding import EmbedderUnavailable, configured_embedder, embedder_of
from documents.index.spaces import list_spaces, open_space
from documents.index.writing import Entry, embedded_text, write_entries
from documents.models import Document, DocumentText
from documents.states import IndexingStatus

if TYPE_CHECKING:
    import numpy as np

# How often a document may change while it is being indexed before the attempt is given up.
ATTEMPTS = 3
# Texts embedded between two signs of life: as many as an endpoint is asked for at once.
BATCH = 64


class DocumentChanged(RuntimeError):
    """The document changed each time while it was being indexed. Trying again later is all there is to do."""


@dataclass(frozen=True)
class _Read:
    """What was read of a document before its vectors were made."""

    title: str
    text_read_at: datetime | None
    chunks: list[Chunk]
    models: tuple[str, ...]


def index_document(
    *,
    tenant: Tenant,
    document_id: int,
    now: datetime,
    finish: Callable[[], None] | None = None,
    keep_claim: Callable[[], None] = lambda: None,
) -> bool:
    """Make a document findable by what is in it, or by its title alone where it has no text; False when it is gone.

    Opens its own transactions. Doing it twice changes nothing. `finish` takes the job out of the queue in the very
    transaction that stores the index: a change of the document is either indexed by it, or finds no open job and queues
    one. `keep_claim` is called between batches of vectors, outside any transaction, because a long text takes longer
    than a claim lasts. Raises `EmbedderUnavailable` and `DocumentChanged`, and what both of them do; the index of
    before then stays.
    """
    refuse_tenant_scope("index_document")
    for _ in range(ATTEMPTS):
        read = _read(tenant, document_id)
        if read is None:
            return False
        texts = [embedded_text(read.title, chunk.text) for chunk in read.chunks]
        models = read.models or (configured_embedder().model,)
        vectors = _make_vectors(texts, models, keep_claim)
        entry = Entry(
            document_id=document_id,
            title=read.title,
            text_read_at=read.text_read_at,
            chunks=read.chunks,
            vectors=vectors,
        )
        if _write(tenant, entry, now, finish):
            return True
    raise DocumentChanged(f"Document {document_id} changed {ATTEMPTS} times while it was being indexed.")


def _read(tenant: Tenant, document_id: int) -> _Read | None:
    with tenant_scope(tenant):
        title = Document.objects.filter(pk=document_id).values_list("title", flat=True).first()
        if title is None:
            return None
        text = DocumentText.objects.filter(document=document_id).first()
        return _Read(
            title=title,
            text_read_at=text.read_at if text else None,
            chunks=cut_text(text.content, text.page_starts) if text else cut_text(""),
            models=tuple(space.model for space in list_spaces()),
        )


def _make_vectors(
    texts: list[str], models: Sequence[str], keep_claim: Callable[[], None]
) -> dict[str, np.ndarray]:
    """The vectors of all texts by each model, batch by batch."""
    import numpy as np

    vectors: dict[str, np.ndarray] = {}
    for model in models:
        parts: list[np.ndarray] = []
        for first in range(0, max(len(texts), 1), BATCH):
            if parts or vectors:
                keep_claim()
            parts.append(embedder_of(model).embed(texts[first : first + BATCH]))
        if len({part.shape[1] for part in parts}) > 1:
            raise EmbedderUnavailable(f"{model} answered with vectors of different lengths.")
        vectors[model] = np.concatenate(parts)
    return vectors


def _write(tenant: Tenant, entry: Entry, now: datetime, finish: Callable[[], None] | None) -> bool:
    """Store the entry and finish the job, unless the document or the spaces are no longer what they were."""
    with tenant_scope(tenant):
        # The job before the document, as everywhere: who completes and who reaps jobs lock them in this order.
        if finish is not None:
            finish()
        if not _store(entry, now):
            transaction.set_rollback(True)
            return False
    return True


def _store(entry: Entry, now: datetime) -> bool:
    """Store the entry in the open scope; False, and nothing stored, when it is no longer true."""
    document = Document.objects.select_for_update().filter(pk=entry.document_id).first()
    if document is None or document.title != entry.title:
        return False
    read_at = DocumentText.objects.filter(document=document).values_list("read_at", flat=True).first()
    if read_at != entry.text_read_at:
        return False
    spaces = {space.model for space in list_spaces(lock=True)}
    if not spaces:
        for model, vectors in entry.vectors.items():
            open_space(model=model, dimensions=vectors.shape[1], now=now)
    elif spaces != set(entry.vectors):
        return False
    write_entries([entry], now=now)
    status = IndexingStatus.NOTHING if read_at is None else IndexingStatus.INDEXED
    Document.objects.filter(pk=document.pk).update(indexing_status=status, indexing_reason="", indexed_at=now)
    return True
