"""The two lists that a search is made of, each one statement: chunks by their words, and chunks by their meaning.

By words: BM25 over the inverted index, exact for all that the person may see. How many chunks have a word is counted
from the very rows that are read for it, so no statistics are kept that could be wrong.
By meaning: the cosine distance to every vector of the company's active space, or to those its own index finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from documents.search.filters import Condition
from documents.search.reading import Phrase

# Of BM25 (Robertson and Zaragoza 2009): how soon more of the same word stops to count, and how far long chunks are
# held back. The customary values; others found no more (docs/adr/0039).
K1 = 1.2
B = 0.75
TEXT_DEPTH = 200
VECTOR_DEPTH = 100
EF_SEARCH = 200
MOST_SCANNED = 100_000

ELIGIBLE = "eligible AS MATERIALIZED (SELECT d.id, d.category, d.effective_date, d.added_at FROM documents d WHERE {})"
# Chunks that have every phrase, or their document's title has it. The words of a phrase narrow down what is read.
PHRASED = """phrased AS MATERIALIZED (
    SELECT c.document_id, c.ordinal FROM document_chunks c JOIN documents d ON d.id = c.document_id
    WHERE c.tenant_id = %s AND d.tenant_id = c.tenant_id AND c.document_id IN (SELECT id FROM eligible) {narrowed}
      AND {matches})"""
NARROWED = """AND (c.document_id, c.ordinal) IN (
    SELECT t.document_id, t.ordinal FROM document_chunk_terms t
    WHERE t.tenant_id = %s AND t.lexeme IN (SELECT lexeme FROM unnest(to_tsvector('english', %s)))
    GROUP BY t.document_id, t.ordinal
    HAVING count(*) = (SELECT count(*) FROM unnest(to_tsvector('english', %s))))"""
IN_PHRASED = " AND ({alias}.document_id, {alias}.ordinal) IN (SELECT document_id, ordinal FROM phrased)"
TEXT = """
    WITH {eligible}{phrased}, totals AS (
        SELECT sum(chunks)::float8 AS chunks, greatest(sum(terms)::float8 / nullif(sum(chunks), 0), 1) AS average
        FROM document_index_entries WHERE tenant_id = %s AND {counted}
    ), found AS MATERIALIZED (
        SELECT t.lexeme, t.document_id, t.ordinal, t.occurrences, t.chunk_terms FROM document_chunk_terms t
        WHERE t.tenant_id = %s AND t.lexeme = ANY(%s) AND {counted}
    ), weights AS (
        SELECT lexeme, ln(1 + (greatest(chunks, count(*)) - count(*) + 0.5) / (count(*) + 0.5)) AS weight, average
        FROM found CROSS JOIN totals GROUP BY lexeme, chunks, average
    ), scored AS MATERIALIZED (
        SELECT f.document_id, f.ordinal, sum(
            weight * f.occurrences * ({k1} + 1)
            / (f.occurrences + {k1} * (1 - {b} + {b} * f.chunk_terms / average))) AS score
        FROM found f JOIN weights USING (lexeme)
        WHERE f.document_id IN (SELECT id FROM eligible){in_phrased}
        GROUP BY f.document_id, f.ordinal{only_phrased}
    )
"""
# Where a query is nothing but a phrase of stop words, no word ranks what has it.
ONLY_PHRASED = "\n        UNION ALL SELECT document_id, ordinal, 0 FROM phrased"
TOP = """
    SELECT 'hit', document_id, ordinal, score::float8, NULL FROM (
        SELECT * FROM scored ORDER BY score DESC, document_id, ordinal LIMIT {depth}) AS top
"""
FACETS = """
    , matching AS MATERIALIZED (
        SELECT e.* FROM eligible e WHERE e.id IN (SELECT document_id FROM scored)
    )
    {top}
    UNION ALL SELECT 'total', NULL, NULL, count(*), NULL FROM matching
    UNION ALL SELECT 'category', NULL, NULL, count(*), category FROM matching GROUP BY category
    UNION ALL SELECT 'source', NULL, NULL, count(DISTINCT m.id), s.type FROM matching m
        JOIN document_sources s ON s.document_id = m.id WHERE s.tenant_id = %s GROUP BY s.type
    UNION ALL SELECT 'year', NULL, NULL, count(*), extract(year FROM coalesce(effective_date, added_at))::text
        FROM matching GROUP BY 5
"""
VECTOR = """
    WITH {eligible}{phrased}
    SELECT e.document_id, e.ordinal, e.embedding <=> %s::halfvec FROM embeddings_index e
    WHERE e.tenant_id = %s AND e.model = %s AND e.document_id IN (SELECT id FROM eligible){in_phrased}
    ORDER BY (e.embedding <=> %s::halfvec) + 0 LIMIT {depth}
"""
# The index is partial and typed: the planner takes it only for this very expression, and for a tenant and a model that
# stand in the statement.
INDEXED_VECTOR = """
    SELECT e.document_id, e.ordinal, e.embedding::halfvec({dimensions}) <=> %s::halfvec({dimensions})
    FROM embeddings_index e
    WHERE e.tenant_id = %s AND e.model = %s
      AND EXISTS (SELECT FROM documents d WHERE d.id = e.document_id AND {allowed})
    ORDER BY e.embedding::halfvec({dimensions}) <=> %s::halfvec({dimensions}) LIMIT {depth}
"""
# How many rows a common table has, the planner can only guess; a nested loop over two of them would be quadratic. The
# rows of common words do not fit into what a statement has of memory by default, some megabytes.
NO_LOOPS_SQL = "SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)"
TUNING_SQL = """
    SELECT set_config('enable_nestloop', 'on', true), set_config('hnsw.ef_search', %s, true),
           set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.max_scan_tuples', %s, true)
"""


@dataclass(frozen=True)
class Candidate:
    """A chunk in one of the lists; `score` is BM25 or cosine similarity."""

    document_id: int
    ordinal: int
    score: float


@dataclass(frozen=True)
class TextList:
    """The best chunks by words, best first, and what was counted beside them."""

    candidates: list[Candidate]
    total: int
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Space:
    """The vectors that are searched: whose they are, and whether the company has an index of them."""

    model: str
    dimensions: int
    has_index: bool


def find_by_words(
    lexemes: Sequence[str],
    *,
    tenant_id: int,
    allowed: Condition,
    counted: Condition,
    phrases: Sequence[Phrase],
    with_facets: bool,
) -> TextList:
    """The chunks that have any of the words, and every phrase; `counted` are the documents that weigh the words."""
    phrased = _phrased(phrases, tenant_id)
    top = TOP.format(depth=TEXT_DEPTH)
    sql = TEXT.format(
        eligible=ELIGIBLE.format(allowed.sql),
        phrased=phrased.sql,
        counted=counted.sql,
        in_phrased=IN_PHRASED.format(alias="f") if phrases else "",
        only_phrased=ONLY_PHRASED if phrases and not lexemes else "",
        k1=K1,
        b=B,
    ) + (FACETS.format(top=top) if with_facets else top)
    weighed = [tenant_id, *counted.parameters, tenant_id, list(lexemes), *counted.parameters]
    parameters = [*allowed.parameters, *phrased.parameters, *weighed]
    with connection.cursor() as cursor:
        cursor.execute(NO_LOOPS_SQL)
        cursor.execute(sql, [*parameters, tenant_id] if with_facets else parameters)
        rows = cursor.fetchall()
    hits = sorted((row for row in rows if row[0] == "hit"), key=lambda row: (-row[3], row[1], row[2]))
    facets: dict[str, dict[str, int]] = {"category": {}, "source": {}, "year": {}}
    for name, _, _, count, value in rows:
        if name in facets:
            facets[name][value] = int(count)
    return TextList(
        [Candidate(document_id, ordinal, score) for _, document_id, ordinal, score, _ in hits],
        next((int(row[3]) for row in rows if row[0] == "total"), len({row[1] for row in hits})),
        {
            name: dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
            for name, counts in facets.items()
        },
    )


def find_by_meaning(
    vector: str,
    space: Space,
    *,
    tenant_id: int,
    allowed: Condition,
    phrases: Sequence[Phrase],
    depth: int = VECTOR_DEPTH,
) -> list[Candidate]:
    """The chunks whose vectors are nearest to the query's, nearest first.

    Adding nothing to the distance keeps the planner from any index, which would leave out some of the nearest.
    """
    with connection.cursor() as cursor:
        if space.has_index:
            cursor.execute(TUNING_SQL, [str(EF_SEARCH), str(MOST_SCANNED)])
            sql = INDEXED_VECTOR.format(dimensions=space.dimensions, allowed=allowed.sql, depth=depth)
            parameters = [vector, tenant_id, space.model, *allowed.parameters, vector]
        else:
            phrased = _phrased(phrases, tenant_id)
            sql = VECTOR.format(
                eligible=ELIGIBLE.format(allowed.sql),
                phrased=phrased.sql,
                in_phrased=IN_PHRASED.format(alias="e") if phrases else "",
                depth=depth,
            )
            parameters = [*allowed.parameters, *phrased.parameters, vector, tenant_id, space.model, vector]
        cursor.execute(sql, parameters)
        found = [
            Candidate(document, ordinal, 1 - distance) for document, ordinal, distance in cursor.fetchall()
        ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.document_id, candidate.ordinal))


def _phrased(phrases: Sequence[Phrase], tenant_id: int) -> Condition:
    """The common table of chunks that have the phrases, with the comma before it; nothing without phrases."""
    if not phrases:
        return Condition("")
    words = " ".join(phrase.words for phrase in phrases).strip()
    matches = " AND ".join("(c.text ~* %s OR d.title ~* %s)" for _ in phrases)
    patterns = tuple(pattern for phrase in phrases for pattern in (phrase.pattern, phrase.pattern))
    return Condition(
        ", " + PHRASED.format(narrowed=NARROWED if words else "", matches=matches),
        (tenant_id, *((tenant_id, words, words) if words else ()), *patterns),
    )
