"""Brings the index of a company up to date: what was never indexed, was cut by older rules, or lacks vectors.

Each document, and each batch of vectors, is a transaction of its own, and what remains to be done is read from the
tables: a run that was killed is carried on by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, require_tenant_id, tenant_scope
from documents.chunking import CHUNKER_VERSION
from documents.embedding import EmbedderUnavailable, configured_embedder, embedder_of
from documents.index.indexing import DocumentChanged, index_document
from documents.index.spaces import activate_space, find_without_vector, list_spaces, open_space
from documents.index.writing import embedded_text, write_vectors
from documents.models import Document, DocumentChunk
from documents.states import IndexingStatus

# Documents looked up at a time, and chunks embedded in one batch.
PAGE = 500
BATCH = 256
# Documents that have no index of their present text and title by today's rules, or are said to have none.
STALE_SQL = """
    SELECT d.id FROM documents d
    LEFT JOIN document_texts t ON t.tenant_id = d.tenant_id AND t.document_id = d.id
    LEFT JOIN document_index_entries e ON e.tenant_id = d.tenant_id AND e.document_id = d.id
    WHERE d.tenant_id = %(tenant)s AND d.id > %(after)s
      AND (e.id IS NULL OR e.chunker_version <> %(version)s OR e.title <> d.title
           OR e.text_read_at IS DISTINCT FROM t.read_at OR d.indexing_status = 'failed')
      AND (NOT %(only_failed)s OR d.indexing_status = 'failed')
    ORDER BY d.id LIMIT %(limit)s
"""


@dataclass
class Reindexed:
    """What a run did for one company, or would do."""

    documents: int = 0
    vectors: int = 0
    model: str = ""
    is_switched: bool = False
    failed: dict[int, str] = field(default_factory=dict)


def reindex(
    *,
    tenant: Tenant,
    now: datetime,
    only_failed: bool = False,
    with_model: bool = False,
    is_dry_run: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> Reindexed:
    """Index what is missing or out of date. `with_model` makes vectors of the configured model and switches to it.

    The search goes on meanwhile: by the old model until every chunk has a vector of the new one. A dry run counts only.
    Raises `EmbedderUnavailable` when the configured model cannot be used at all.
    """
    refuse_tenant_scope("reindex")
    done = Reindexed()
    if is_dry_run:
        return _look(tenant, only_failed=only_failed, with_model=with_model)
    for document_id in _stale(tenant, only_failed=only_failed):
        reason = _index_one(tenant, document_id, now)
        if reason:
            done.failed[document_id] = reason
        else:
            done.documents += 1
            if done.documents % 100 == 0:
                progress(f"{done.documents} documents indexed")
    models = [configured_embedder().model] if with_model else _models(tenant)
    for model in models:
        done.vectors += _fill(tenant, model, now, progress)
    if with_model:
        done.model = models[0]
        with tenant_scope(tenant):
            done.is_switched = activate_space(model=done.model, now=now)
    return done


def _stale(tenant: Tenant, *, only_failed: bool) -> Iterator[int]:
    """The documents to be indexed, a page at a time: one that fails again is passed by."""
    after = 0
    while True:
        with tenant_scope(tenant):
            page = _stale_page(after, PAGE, only_failed=only_failed)
        if not page:
            return
        yield from page
        after = page[-1]


def _stale_page(after: int, limit: int | None, *, only_failed: bool) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            STALE_SQL,
            {
                "tenant": require_tenant_id(),
                "after": after,
                "version": CHUNKER_VERSION,
                "only_failed": only_failed,
                "limit": limit,
            },
        )
        return [document_id for (document_id,) in cursor.fetchall()]


def _index_one(tenant: Tenant, document_id: int, now: datetime) -> str:
    """Index one document; the reason when that failed, kept with the document as well."""
    try:
        index_document(tenant=tenant, document_id=document_id, now=now)
    except (DocumentChanged, EmbedderUnavailable) as error:
        with tenant_scope(tenant):
            Document.objects.filter(pk=document_id).update(
                indexing_status=IndexingStatus.FAILED, indexing_reason=str(error)[:300]
            )
        return str(error)
    return ""


def _models(tenant: Tenant) -> list[str]:
    with tenant_scope(tenant):
        return [space.model for space in list_spaces()]


def _fill(tenant: Tenant, model: str, now: datetime, progress: Callable[[str], None]) -> int:
    """Make the vectors that chunks lack of a model, batch by batch.

    The space is opened first: from then on whoever indexes a document makes its vectors of this model too.
    """
    embedder = embedder_of(model)
    dimensions = embedder.embed(["dimensions"]).shape[1]
    with tenant_scope(tenant):
        open_space(model=model, dimensions=dimensions, now=now)
    made = 0
    while True:
        with tenant_scope(tenant):
            missing = find_without_vector(model=model, limit=BATCH)
            texts = _texts_of(missing)
        if not missing:
            return made
        vectors = embedder.embed(list(texts.values()))
        with tenant_scope(tenant):
            documents = {document_id for document_id, _ in missing}
            list(Document.objects.select_for_update().filter(pk__in=documents).order_by("pk"))
            unchanged = _texts_of(missing)
            write_vectors(
                model,
                [
                    (*place, vector)
                    for place, vector in zip(texts, vectors, strict=True)
                    if unchanged.get(place) == texts[place]
                ],
            )
        made += len(texts)
        progress(f"{made} vectors of {model} made")


def _texts_of(places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What a model is given of these chunks, by document and ordinal."""
    wanted = set(places)
    chunks = DocumentChunk.objects.filter(document_id__in={document_id for document_id, _ in places})
    return {
        (document_id, ordinal): embedded_text(title, text)
        for document_id, ordinal, title, text in chunks.values_list(
            "document_id", "ordinal", "document__title", "text"
        )
        if (document_id, ordinal) in wanted
    }


def _look(tenant: Tenant, *, only_failed: bool, with_model: bool) -> Reindexed:
    """What a run would do."""
    with tenant_scope(tenant):
        stale = _stale_page(0, None, only_failed=only_failed)
        models = [configured_embedder().model] if with_model else [space.model for space in list_spaces()]
        vectors = sum(len(find_without_vector(model=model, limit=None)) for model in models)
    return Reindexed(documents=len(stale), vectors=vectors, model=models[0] if with_model else "")
