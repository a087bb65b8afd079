"""Stores what is indexed of documents, in a number of statements that does not depend on how many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from agent.bulk import insert_rows
from agent.tenancy import require_tenant_id
from documents.chunking import CHUNKER_VERSION, Chunk
from documents.index.words import fold
from documents.models import DocumentChunk, Embedding, IndexedDocument

if TYPE_CHECKING:
    import numpy as np

# Chunks and their words in one pass: what a chunk's length is, is known only once its words are.
CHUNKS_SQL = """
    WITH rows AS (
        SELECT * FROM json_to_recordset(%(rows)s::json) AS row (
            document_id bigint, ordinal int, char_from int, char_to int, page_from int, page_to int, text text,
            words text)
    ), words AS (
        SELECT rows.document_id, rows.ordinal, word.lexeme,
               least(coalesce(cardinality(word.positions), 1), 32767) AS occurrences
        FROM rows CROSS JOIN LATERAL unnest(to_tsvector('english', rows.words)) AS word
    ), lengths AS (
        SELECT document_id, ordinal, sum(occurrences) AS terms FROM words GROUP BY document_id, ordinal
    ), stored_words AS (
        INSERT INTO document_chunk_terms (tenant_id, document_id, ordinal, occurrences, chunk_terms, lexeme)
        SELECT %(tenant)s, document_id, ordinal, occurrences, least(terms, 32767), lexeme
        FROM words JOIN lengths USING (document_id, ordinal)
    ), stored AS (
        INSERT INTO document_chunks (tenant_id, document_id, ordinal, char_from, char_to, page_from, page_to, text,
                                     terms, chunker_version)
        SELECT %(tenant)s, document_id, ordinal, char_from, char_to, page_from, page_to, text,
               coalesce(terms, 0), %(version)s
        FROM rows LEFT JOIN lengths USING (document_id, ordinal)
        RETURNING document_id, terms
    )
    SELECT document_id, count(*), sum(terms) FROM stored GROUP BY document_id
"""
EMBEDDINGS_SQL = """
    INSERT INTO embeddings_index
        (tenant_id, source, document_id, ordinal, model, dimensions, chunker_version, embedding)
    SELECT %(tenant)s, 'document', document_id, ordinal, %(model)s, %(dimensions)s, %(version)s, embedding::halfvec
    FROM unnest(%(documents)s::bigint[], %(ordinals)s::int[], %(vectors)s::text[])
         AS row (document_id, ordinal, embedding)
    ON CONFLICT (tenant_id, model, document_id, ordinal) DO NOTHING
"""
LONGEST_TITLE = 300
DELETE_TERMS_SQL = "DELETE FROM document_chunk_terms WHERE tenant_id = %s AND document_id = ANY(%s)"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One document as it is to be indexed, with a row of vectors for each model."""

    document_id: int
    title: str
    text_read_at: datetime | None
    chunks: Sequence[Chunk]
    vectors: dict[str, np.ndarray]


def embedded_text(title: str, chunk_text: str) -> str:
    """What a model is given of a chunk: the document's title, then the chunk. The stored quote has no title."""
    return f"{title.strip().rstrip('.')}. {chunk_text}".strip()


def write_entries(entries: Sequence[Entry], *, now: datetime) -> None:
    """Store these documents' index in the open scope, in the place of what was there of them."""
    if not entries:
        return
    remove_entries([entry.document_id for entry in entries])
    rows = [
        {**vars(chunk), "document_id": entry.document_id, "words": fold(f"{entry.title}\n{chunk.text}")}
        for entry in entries
        for chunk in entry.chunks
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            CHUNKS_SQL, {"rows": json.dumps(rows), "tenant": require_tenant_id(), "version": CHUNKER_VERSION}
        )
        counts = {document_id: (chunks, terms) for document_id, chunks, terms in cursor.fetchall()}
    insert_rows(
        IndexedDocument,
        [
            {
                "document_id": entry.document_id,
                "chunks": counts[entry.document_id][0],
                "terms": counts[entry.document_id][1],
                # A collection's title may be longer than a document's can be; its words are all indexed.
                "title": entry.title[:LONGEST_TITLE],
                "text_read_at": entry.text_read_at,
            }
            for entry in entries
        ],
        chunker_version=CHUNKER_VERSION,
        indexed_at=now,
    )
    for model in dict.fromkeys(model for entry in entries for model in entry.vectors):
        write_vectors(
            model,
            [
                (entry.document_id, chunk.ordinal, vector)
                for entry in entries
                for chunk, vector in zip(entry.chunks, entry.vectors[model], strict=True)
            ],
        )


def write_vectors(model: str, rows: Sequence[tuple[int, int, np.ndarray]]) -> None:
    """Store vectors of chunks, each by document and ordinal; one that is there already stays."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            EMBEDDINGS_SQL,
            {
                "tenant": require_tenant_id(),
                "model": model,
                "dimensions": len(rows[0][2]),
                "version": CHUNKER_VERSION,
                "documents": [document_id for document_id, _, _ in rows],
                "ordinals": [ordinal for _, ordinal, _ in rows],
                "vectors": [as_halfvec(vector) for _, _, vector in rows],
            },
        )


def remove_entries(document_ids: Sequence[int]) -> None:
    """Take these documents out of the index; they themselves stay."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE_TERMS_SQL, [require_tenant_id(), list(document_ids)])
    for model in (DocumentChunk, Embedding, IndexedDocument):
        model.objects.filter(document_id__in=document_ids).delete()


def as_halfvec(vector: np.ndarray) -> str:
    """A vector as PostgreSQL reads it; five digits are more than the half precision that is kept."""
    return f"[{','.join([f'{value:.5g}' for value in vector.tolist()])}]"
