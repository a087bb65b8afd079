"""Indexes a collection in a transaction that is never committed, searches in it, and measures what was found.

The company that the texts belong to exists for nobody else and is gone with the transaction, whatever ends it. The
vectors of the texts are made before it begins; while it is open the events of other work wait to be consumed, some
seconds for a thousand texts.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from agent.models import Tenant, TenantKind
from agent.tenancy import tenant_scope
from documents.chunking import Chunk, cut_text
from documents.embedding import Embedder, configured_embedder
from documents.evaluation.collection import Collection, Text
from documents.index.spaces import open_space
from documents.index.writing import Entry, as_halfvec, embedded_text, write_entries
from documents.models import Document, StoredFile
from documents.search import SearchRequest
from documents.search.requests import LONGEST_QUERY
from documents.search.services import answer, prepare_search, rank
from documents.states import ExtractionStatus, FileState, IndexingStatus

if TYPE_CHECKING:
    import numpy as np

# Texts stored at a time, and documents of a ranking that are looked at.
BATCH = 200
DEEPEST = 100
NEW_ID_SQL = "SELECT nextval(pg_get_serial_sequence('tenants', 'id'))"


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Means over the queries that have a relevant text."""

    embedder: str
    texts: int
    queries: int
    ndcg_at_10: float
    recall_at_10: float
    recall_at_100: float
    milliseconds_per_query: float


def evaluate(collection: Collection, *, now: datetime) -> Measures:
    """Measure the configured embedder's search on a collection. Raises `EmbedderUnavailable`."""
    embedder = configured_embedder()
    chunks = [cut_text(text.text) for text in collection.corpus]
    vectors = _embed(embedder, collection.corpus, chunks)
    queries = {query: text[:LONGEST_QUERY] for query, text in collection.queries.items()}
    began = time.perf_counter()
    asked = {query: as_halfvec(embedder.embed([text])[0]) for query, text in queries.items()}
    seconds = time.perf_counter() - began
    with _scratch_company():
        open_space(model=embedder.model, dimensions=vectors[0].shape[1], now=now)
        documents = _store(collection.corpus, chunks, vectors, embedder.model, now)
        found: dict[str, list[str]] = {}
        began = time.perf_counter()
        for query, text in queries.items():
            prepared = prepare_search(SearchRequest(query=text), now=now)
            ranking = rank(prepared, asked[query])
            answer(prepared, ranking)
            found[query] = [documents[ranked.document_id] for ranked in ranking.documents[:DEEPEST]]
        seconds += time.perf_counter() - began
    judged = collection.judgements
    return Measures(
        embedder=embedder.model,
        texts=len(documents),
        queries=len(queries),
        ndcg_at_10=_mean([ndcg(found[query], judged[query], 10) for query in queries]),
        recall_at_10=_mean([recall(found[query], judged[query], 10) for query in queries]),
        recall_at_100=_mean([recall(found[query], judged[query], 100) for query in queries]),
        milliseconds_per_query=round(1000 * seconds / len(queries), 2),
    )


def ndcg(found: Sequence[str], judged: dict[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain, the gain being the judgement itself (Järvelin and Kekäläinen 2002)."""
    gains = [max(judged.get(text, 0), 0) for text in found[:depth]]
    best = sorted((score for score in judged.values() if score > 0), reverse=True)[:depth]
    return _discounted(gains) / _discounted(best)


def recall(found: Sequence[str], judged: dict[str, int], depth: int) -> float:
    """The share of the relevant texts that is among the first."""
    relevant = {text for text, score in judged.items() if score > 0}
    return len(relevant.intersection(found[:depth])) / len(relevant)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4)


def _embed(embedder: Embedder, corpus: Sequence[Text], chunks: Sequence[list[Chunk]]) -> list[np.ndarray]:
    """The vectors of each text's chunks."""
    texts = [
        embedded_text(text.title, chunk.text)
        for text, cut in zip(corpus, chunks, strict=True)
        for chunk in cut
    ]
    vectors = embedder.embed(texts)
    parts, first = [], 0
    for cut in chunks:
        parts.append(vectors[first : first + len(cut)])
        first += len(cut)
    return parts


@contextmanager
def _scratch_company() -> Iterator[None]:
    """The scope of a company that is never committed."""
    with connection.cursor() as cursor:
        cursor.execute(NEW_ID_SQL)
        (tenant_id,) = cursor.fetchone()
    with tenant_scope(tenant_id):
        Tenant.objects.create(
            pk=tenant_id, slug=f"evaluation-{tenant_id}", name="Evaluation of the search", kind=TenantKind.AMC
        )
        yield
        transaction.set_rollback(True)


def _store(
    corpus: Sequence[Text],
    chunks: Sequence[list[Chunk]],
    vectors: Sequence[np.ndarray],
    model: str,
    now: datetime,
) -> dict[int, str]:
    """Store and index the corpus; which document is which text."""
    stored: dict[int, str] = {}
    for first in range(0, len(corpus), BATCH):
        part = slice(first, first + BATCH)
        documents = _store_documents(corpus[part], now)
        write_entries(
            [
                Entry(
                    document_id=document.pk,
                    title=text.title,
                    text_read_at=now,
                    chunks=cut,
                    vectors={model: rows},
                )
                for document, text, cut, rows in zip(
                    documents, corpus[part], chunks[part], vectors[part], strict=True
                )
            ],
            now=now,
        )
        stored |= {document.pk: text.id for document, text in zip(documents, corpus[part], strict=True)}
    return stored


def _store_documents(texts: Sequence[Text], now: datetime) -> list[Document]:
    digests = [hashlib.sha256(text.id.encode()).hexdigest() for text in texts]
    files = StoredFile.objects.bulk_create(
        StoredFile(key=f"evaluation/{digest}", sha256=digest, size=0, state=FileState.KEPT, touched_at=now)
        for digest in digests
    )
    return Document.objects.bulk_create(
        Document(
            # An id is no name: one that is a number would be taken for the year, or the order, of a query.
            name="text",
            title=text.title[:300].strip() or "Untitled",
            size=0,
            sha256=digest,
            file=file,
            extraction_status=ExtractionStatus.COMPLETED,
            indexing_status=IndexingStatus.INDEXED,
            added_at=now,
            added_by="evaluate_search",
        )
        for text, digest, file in zip(texts, digests, files, strict=True)
    )
