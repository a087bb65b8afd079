"""A search in 50,000 chunks of one company beside sixty others, against its own statements by psycopg."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import numpy as np
from psycopg import ClientCursor

from agent.models import Tenant
from agent.tenancy import tenant_scope
from documents.embedding.wordllama import WORDLLAMA
from documents.index.writing import as_halfvec
from documents.search import SearchRequest, search_documents
from documents.search.legs import find_by_meaning
from documents.search.services import embed_query, prepare_search
from tests.bench.books import NOW, TENANT
from tests.bench.measure import Ratio, ratio_of, take_turns
from tests.bench.recording import Recorder, recorded, replay_transaction
from tests.bench.server import APPLICATION, Server

CHUNKS = 50_000
OTHERS, CHUNKS_OF_OTHERS = 60, 200
CHUNKS_A_DOCUMENT = 50
WORDS, VOCABULARY = 60, 5_000
DIMENSIONS = 256
CLUSTERS = 200
BATCH = 5_000
QUERIES, ROUNDS = 20, 7
NEAREST = 10
LEAST_RECALL = 0.99

TENANTS_SQL = """
    INSERT INTO tenants (id, slug, name, kind, timezone, agent_enabled, agent_reason, mail_enabled, mail_reason,
                         send_mode_by, send_mode_why, agent_settings, created_at)
    SELECT n, 'company-' || n, 'Company ' || n, 'amc', 'America/Denver', true, '', true, '', '', '', '{}', %(now)s
    FROM generate_series(1, %(tenants)s) AS n
"""
FILE_SQL = """
    INSERT INTO document_files (id, tenant_id, key, sha256, size, state, touched_at)
    SELECT n, tenant_id, 'bench/' || n, md5(n::text) || md5(n::text), 1000, 'kept', %(now)s FROM bench_documents
"""
DOCUMENTS_SQL = """
    INSERT INTO documents (id, tenant_id, name, title, media_type, size, sha256, file_id, series, version, is_latest,
                           category, category_set_by, suggested_category, suggestion_confidence, suggestion_reason,
                           visibility, extraction_status, extraction_reason, extraction_detail, reader, characters,
                           quality, indexing_status, indexing_reason, added_at, added_by, trashed_by)
    SELECT n, tenant_id, 'file' || n || '.pdf', 'File ' || n, 'application/pdf', 1000, md5(n::text) || md5(n::text), n,
           gen_random_uuid(), 1, true, (ARRAY['contract', 'invoice', 'other'])[1 + n %% 3], '', '', 0, '', 'company',
           'completed', '', '', 'pdfium', 20000, '{}', 'indexed', '', %(now)s, 'ana', ''
    FROM bench_documents
"""
# Words by how often they are used, a few of them in every other chunk: as in any text.
CHUNKS_SQL = """
    INSERT INTO document_chunks (tenant_id, document_id, ordinal, char_from, char_to, page_from, page_to, text, terms,
                                 chunker_version)
    SELECT d.tenant_id, d.n, o, o * 400, o * 400 + 400, 1 + o / 3, 1 + o / 3,
           (SELECT string_agg('w' || floor(%(vocabulary)s * power(random(), 4) + w * 0 + o * 0)::int, ' ')
            FROM generate_series(1, %(words)s) AS w),
           %(words)s, 1
    FROM bench_documents d, generate_series(0, %(chunks)s - 1) AS o
"""
TERMS_SQL = """
    INSERT INTO document_chunk_terms (tenant_id, document_id, ordinal, occurrences, chunk_terms, lexeme)
    SELECT c.tenant_id, c.document_id, c.ordinal, cardinality(word.positions), c.terms, word.lexeme
    FROM document_chunks c, unnest(to_tsvector('english', c.text)) AS word
"""
ENTRIES_SQL = """
    INSERT INTO document_index_entries (tenant_id, document_id, chunks, terms, chunker_version, title, indexed_at)
    SELECT tenant_id, document_id, count(*), sum(terms), 1, 'File ' || document_id, %(now)s
    FROM document_chunks GROUP BY tenant_id, document_id
"""
SPACES_SQL = """
    INSERT INTO embedding_spaces (tenant_id, model, dimensions, state, began_at, activated_at)
    SELECT id, %(model)s, %(dimensions)s, 'active', %(now)s, %(now)s FROM tenants
"""
VECTORS_SQL = """
    INSERT INTO embeddings_index
        (tenant_id, source, document_id, ordinal, model, dimensions, chunker_version, embedding)
    SELECT d.tenant_id, 'document', d.n, row.place %% %(chunks)s, %(model)s, %(dimensions)s, 1, row.vector::halfvec
    FROM unnest(%(places)s::int[], %(vectors)s::text[]) AS row (place, vector)
    JOIN bench_documents d ON d.n = 1 + row.place / %(chunks)s
"""


def fill_library(server: Server, database: str) -> np.ndarray:
    """The library of every company; returns the vectors in the order of documents and chunks, the large one's first."""
    documents = (CHUNKS + OTHERS * CHUNKS_OF_OTHERS) // CHUNKS_A_DOCUMENT
    parameters: dict[str, Any] = {
        "now": NOW,
        "tenants": 1 + OTHERS,
        "chunks": CHUNKS_A_DOCUMENT,
        "words": WORDS,
        "vocabulary": VOCABULARY,
        "model": WORDLLAMA,
        "dimensions": DIMENSIONS,
    }
    vectors = _make_vectors(documents * CHUNKS_A_DOCUMENT)
    with server.connect("postgres", database, cursor_factory=ClientCursor) as admin, admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute("SELECT setseed(0.7)")
        admin.execute(
            "CREATE TEMP TABLE bench_documents ON COMMIT DROP AS SELECT n, CASE WHEN n <= %(large)s THEN 1"
            " ELSE 2 + (n - %(large)s - 1) / %(small)s END AS tenant_id FROM generate_series(1, %(documents)s) AS n",
            {
                "large": CHUNKS // CHUNKS_A_DOCUMENT,
                "small": CHUNKS_OF_OTHERS // CHUNKS_A_DOCUMENT,
                "documents": documents,
            },
        )
        for statement in (
            TENANTS_SQL,
            FILE_SQL,
            DOCUMENTS_SQL,
            CHUNKS_SQL,
            TERMS_SQL,
            ENTRIES_SQL,
            SPACES_SQL,
        ):
            admin.execute(statement, parameters)
        for first in range(0, len(vectors), BATCH):
            part = vectors[first : first + BATCH]
            places = {
                "places": list(range(first, first + len(part))),
                "vectors": [as_halfvec(one) for one in part],
            }
            admin.execute(VECTORS_SQL, parameters | places)
    with server.connect("postgres", database) as admin:
        admin.execute("VACUUM (ANALYZE)")
    return vectors


def measure_search(server: Server, *, book: str, vectors: np.ndarray) -> Ratio:
    """What the service adds to its statements: reading the query, its vector, the list of both, the passages."""
    with server.use(book):
        tenant = Tenant.objects.get(pk=TENANT)
        requests = [SearchRequest(query=query) for query in _make_queries()]
        _require_recall(requests, vectors[:CHUNKS])
        with recorded() as recorder:
            _search(tenant, requests)
        ours, by_hand = take_turns(
            ROUNDS, lambda: _search(tenant, requests), lambda: _replay(server, book, recorder, len(requests))
        )
    return Ratio(
        name="search_vs_psycopg",
        what=f"A search by words and meaning in {CHUNKS:,} chunks of one company beside {OTHERS} others, against its "
        f"{recorder.statements // len(requests)} statements by psycopg",
        ours=ours,
        theirs=by_hand,
        unit="milliseconds a search",
        value=ratio_of(ours, by_hand),
        goal=1.5,
    )


def _make_vectors(count: int) -> np.ndarray:
    """Vectors in clusters, of length 1, as half-precision numbers."""
    chance = np.random.default_rng(7)
    centres = chance.normal(size=(CLUSTERS, DIMENSIONS))
    vectors = centres[chance.integers(CLUSTERS, size=count)] + chance.normal(size=(count, DIMENSIONS))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


def _make_queries() -> list[str]:
    chance = random.Random(7)
    return [" ".join(f"w{int(VOCABULARY * chance.random() ** 3)}" for _ in range(6)) for _ in range(QUERIES)]


def _require_recall(requests: list[SearchRequest], vectors: np.ndarray) -> None:
    """The nearest chunks are those that comparing all vectors outside the database finds."""
    found = 0.0
    for request in requests:
        with tenant_scope(TENANT):
            prepared = prepare_search(request, now=NOW)
        vector, _ = embed_query(prepared)
        assert vector is not None and prepared.space is not None
        with tenant_scope(TENANT):
            nearest = find_by_meaning(
                vector, prepared.space, tenant_id=TENANT, allowed=prepared.allowed, phrases=[], depth=NEAREST
            )
        similarities = vectors.astype(np.float32) @ np.array(json.loads(vector), dtype=np.float32)
        worst = np.sort(similarities)[-NEAREST]
        places = [(one.document_id - 1) * CHUNKS_A_DOCUMENT + one.ordinal for one in nearest]
        found += sum(similarities[place] >= worst - 1e-5 for place in places) / NEAREST
    if (recall := found / len(requests)) < LEAST_RECALL:
        raise RuntimeError(f"The search finds {recall:.3f} of the nearest chunks, less than {LEAST_RECALL}.")


def _search(tenant: Tenant, requests: list[SearchRequest]) -> float:
    began = time.perf_counter()
    for request in requests:
        if len(search_documents(tenant=tenant, request=request, now=NOW).hits) != request.limit:
            raise RuntimeError(f"The search for {request.query!r} found too little.")
    return (time.perf_counter() - began) * 1000 / len(requests)


def _replay(server: Server, book: str, recorder: Recorder, searches: int) -> float:
    with server.connect(APPLICATION, book, cursor_factory=ClientCursor) as by_hand:
        began = time.perf_counter()
        for statements in recorder.transactions:
            replay_transaction(by_hand, statements)
        return (time.perf_counter() - began) * 1000 / searches
