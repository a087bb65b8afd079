"""Checks that the search of a company can be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from agent.models import Tenant
from agent.tenancy import require_tenant_id, tenant_scope
from documents.embedding import EmbedderUnavailable, embedder_of
from documents.index.ann import THRESHOLD
from documents.models import DocumentChunk, EmbeddingSpace, SpaceState
from documents.search.filters import Condition
from documents.search.legs import Space, find_by_meaning
from documents.search.services import find_space

# How many of the ten nearest the index has to find, over so many sampled chunks.
LEAST_RECALL = 0.95
SAMPLES = 20
NEAREST = 10
SAMPLE_SQL = """
    SELECT e.embedding::text FROM embeddings_index e WHERE e.tenant_id = %s AND e.model = %s
    ORDER BY md5(e.document_id || '.' || e.ordinal) LIMIT %s
"""
COUNTS_SQL = """
    SELECT count(*) FILTER (WHERE NOT EXISTS (
               SELECT FROM embeddings_index e WHERE e.tenant_id = c.tenant_id AND e.model = %s
               AND e.document_id = c.document_id AND e.ordinal = c.ordinal)),
           count(*) FILTER (WHERE c.terms > 0 AND NOT EXISTS (
               SELECT FROM document_chunk_terms t WHERE t.tenant_id = c.tenant_id
               AND t.document_id = c.document_id AND t.ordinal = c.ordinal)),
           count(*) FILTER (WHERE substr(t.content, c.char_from + 1, c.char_to - c.char_from) <> c.text)
    FROM document_chunks c
    JOIN document_texts t ON t.tenant_id = c.tenant_id AND t.document_id = c.document_id
    WHERE c.tenant_id = %s
"""


@dataclass(frozen=True)
class SearchReport:
    """What was looked at, and what is wrong with it: sentences that say what to do."""

    summary: str
    findings: tuple[str, ...]


def check_search(*, tenant: Tenant) -> SearchReport:
    """Look at a company's index; changes nothing."""
    with tenant_scope(tenant):
        chunks = DocumentChunk.objects.count()
        space = find_space()
        building = list(
            EmbeddingSpace.objects.filter(state=SpaceState.BUILDING).values_list("model", flat=True)
        )
        if space is None:
            return SearchReport("no document has been indexed yet.", ())
        findings = _count_faults(space.model)
        recall = measure_recall(space=space) if space.has_index else 1.0
    if recall < LEAST_RECALL:
        findings.append(
            f"The index of its vectors finds {recall:.0%} of the nearest chunks, less than {LEAST_RECALL:.0%}: "
            "drop it (the search is then exact) or make it anew with `manage.py documents_reindex`."
        )
    if chunks > THRESHOLD and not space.has_index:
        findings.append(
            f"It has {chunks:,} chunks and no index of its vectors, so every search compares them all: make one with "
            "`manage.py documents_reindex`."
        )
    findings += [
        f"The vectors of {model} are not complete yet, and {space.model} is still searched: carry on with "
        "`manage.py documents_reindex --model`."
        for model in building
    ]
    try:
        embedder_of(space.model).embed(["check"])
    except EmbedderUnavailable as error:
        findings.append(f"It is searched by words only. {error}")
    mode = f"through its own index, recall {recall:.3f}" if space.has_index else "exactly"
    return SearchReport(f"{chunks:,} chunks, vectors of {space.model} compared {mode}.", tuple(findings))


def measure_recall(*, space: Space, samples: int = SAMPLES) -> float:
    """How many of the ten nearest chunks the search finds that comparing all finds; in the open scope."""
    tenant_id = require_tenant_id()
    with connection.cursor() as cursor:
        cursor.execute(SAMPLE_SQL, [tenant_id, space.model, samples])
        vectors = [vector for (vector,) in cursor.fetchall()]
    exact = Space(space.model, space.dimensions, has_index=False)
    found = 0.0
    everything = Condition("d.tenant_id = %s", (tenant_id,))
    for vector in vectors:
        lists = [
            find_by_meaning(vector, one, tenant_id=tenant_id, allowed=everything, phrases=[], depth=NEAREST)
            for one in (space, exact)
        ]
        # By similarity, because of equally near chunks any may be found.
        worst = min(candidate.score for candidate in lists[1])
        found += sum(candidate.score >= worst - 1e-6 for candidate in lists[0]) / len(lists[1])
    return found / len(vectors) if vectors else 1.0


def _count_faults(model: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS_SQL, [model, require_tenant_id()])
        without_vector, without_words, misquoted = cursor.fetchone()
    again = "index them anew with `manage.py documents_reindex`."
    return [
        sentence
        for count, sentence in (
            (without_vector, f"{without_vector} chunks have no vector: {again}"),
            (without_words, f"{without_words} chunks have no words in the index: {again}"),
            (misquoted, f"{misquoted} chunks are not what stands in their document's text: {again}"),
        )
        if count
    ]
