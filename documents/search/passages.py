"""Reads the passages of the documents found: their text, the part of it to show, and the query's words in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q

from documents.index.words import fold
from documents.models import Document, DocumentChunk
from documents.search.filters import Condition
from documents.search.fusion import Ranked
from documents.search.reading import Phrase
from documents.search.results import Explanation, Hit, Passage

# Characters of a snippet, of which this many stand before the first match.
SNIPPET = 300
LEAD = 60
WORD = re.compile(r"[^\W_]+")
MATCHING_SQL = (
    "SELECT word FROM unnest(%s::text[]) AS word WHERE ts_lexize('english_stem', word) && %s::text[]"
)
CONTRIBUTIONS_SQL = """
    WITH totals AS (
        SELECT sum(chunks)::float8 AS chunks, greatest(sum(terms)::float8 / nullif(sum(chunks), 0), 1) AS average
        FROM document_index_entries WHERE tenant_id = %s AND {counted}
    ), weights AS (
        SELECT t.lexeme, ln(1 + (greatest(chunks, count(*)) - count(*) + 0.5) / (count(*) + 0.5)) AS weight, average
        FROM document_chunk_terms t CROSS JOIN totals WHERE t.tenant_id = %s AND t.lexeme = ANY(%s) AND {counted}
        GROUP BY t.lexeme, chunks, average
    )
    SELECT t.document_id, t.lexeme, weight * t.occurrences * ({k1} + 1)
           / (t.occurrences + {k1} * (1 - {b} + {b} * t.chunk_terms / average))
    FROM document_chunk_terms t JOIN weights USING (lexeme)
    JOIN unnest(%s::bigint[], %s::int[]) AS best (document_id, ordinal) USING (document_id, ordinal)
    WHERE t.tenant_id = %s AND t.lexeme = ANY(%s)
"""


def read_hits(
    ranked: Sequence[Ranked],
    *,
    tenant_id: int,
    lexemes: Sequence[str],
    counted: Condition,
    phrases: Sequence[Phrase],
    passages: int,
    explain: bool,
) -> tuple[Hit, ...]:
    """The documents with their passages, in the given order; in a number of statements that does not depend on them."""
    shown = {document.document_id: document.ordinals[:passages] for document in ranked}
    documents = Document.objects.in_bulk(list(shown))
    chunks = _read_chunks(shown)
    matching = _matching_words([chunk.text for chunk in chunks.values()], lexemes)
    patterns = [re.compile(phrase.pattern, re.IGNORECASE) for phrase in phrases]
    words = _contributions(ranked, tenant_id, lexemes, counted) if explain else {}
    return tuple(
        _hit(
            documents[document.document_id],
            document,
            tuple(
                _passage(chunks[document.document_id, ordinal], matching, patterns)
                for ordinal in shown[document.document_id]
                if (document.document_id, ordinal) in chunks
            ),
            words.get(document.document_id, {}) if explain else None,
        )
        for document in ranked
        if document.document_id in documents
    )


def _read_chunks(shown: dict[int, list[int]]) -> dict[tuple[int, int], DocumentChunk]:
    wanted = [(document_id, ordinal) for document_id, ordinals in shown.items() for ordinal in ordinals]
    if not wanted:
        return {}
    places = [Q(document_id=document_id, ordinal=ordinal) for document_id, ordinal in wanted]
    found = DocumentChunk.objects.filter(reduce(or_, places))
    return {(chunk.document_id, chunk.ordinal): chunk for chunk in found}


def _matching_words(texts: Sequence[str], lexemes: Sequence[str]) -> set[str]:
    """The words of these texts, as they are written there, that are one of the query's."""
    folded = {word: fold(word).lower() for text in texts for word in set(WORD.findall(text))}
    if not folded or not lexemes:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(MATCHING_SQL, [list(set(folded.values())), list(lexemes)])
        matching = {word for (word,) in cursor.fetchall()}
    return {word for word, plain in folded.items() if plain in matching}


def _passage(chunk: DocumentChunk, matching: set[str], patterns: Sequence[re.Pattern[str]]) -> Passage:
    spans = [match.span() for match in WORD.finditer(chunk.text) if match[0] in matching]
    quoted = [match.span() for pattern in patterns for match in pattern.finditer(chunk.text)]
    start, end = _window(chunk.text, spans, quoted)
    return Passage(
        ordinal=chunk.ordinal,
        page_from=chunk.page_from,
        page_to=chunk.page_to,
        char_from=chunk.char_from,
        char_to=chunk.char_to,
        text=chunk.text,
        snippet_from=chunk.char_from + start,
        snippet_to=chunk.char_from + end,
        matches=tuple(
            (chunk.char_from + first, chunk.char_from + last)
            for first, last in _merge([*spans, *quoted])
            if start <= first and last <= end
        ),
    )


def _window(text: str, spans: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> tuple[int, int]:
    """The part to show: where a phrase stands, or where most of the query's words stand together."""
    if len(text) <= SNIPPET:
        return 0, len(text)
    if quoted:
        first = min(quoted)[0]
    elif spans:
        reach = SNIPPET - LEAD
        first = max(
            (start for start, _ in spans),
            key=lambda start: (
                len({text[a:b].lower() for a, b in spans if start <= a and b <= start + reach}),
                -start,
            ),
        )
    else:
        first = 0
    start = max(0, min(first - LEAD, len(text) - SNIPPET))
    end = min(len(text), start + SNIPPET)
    # Whole words only.
    while 0 < start < first and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > first and not text[end].isspace():
        end -= 1
    return start, end if end > start else min(len(text), start + SNIPPET)


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _contributions(
    ranked: Sequence[Ranked], tenant_id: int, lexemes: Sequence[str], counted: Condition
) -> dict[int, dict[str, float]]:
    """What each word of the query gave the best chunk of each document."""
    from documents.search.legs import K1, B

    best = [(document.document_id, document.ordinals[0]) for document in ranked]
    given: dict[int, dict[str, float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            CONTRIBUTIONS_SQL.format(k1=K1, b=B, counted=counted.sql),
            [
                tenant_id,
                *counted.parameters,
                tenant_id,
                list(lexemes),
                *counted.parameters,
                [document_id for document_id, _ in best],
                [ordinal for _, ordinal in best],
                tenant_id,
                list(lexemes),
            ],
        )
        for document_id, lexeme, amount in cursor.fetchall():
            given.setdefault(document_id, {})[lexeme] = round(float(amount), 4)
    return given


def _hit(
    document: Document, ranked: Ranked, passages: tuple[Passage, ...], words: dict[str, float] | None
) -> Hit:
    explanation = None
    if words is not None:
        explanation = Explanation(
            text_rank=ranked.text_rank,
            text_score=ranked.text_score,
            vector_rank=ranked.vector_rank,
            similarity=ranked.similarity,
            words=words,
        )
    return Hit(
        document_id=document.pk,
        title=document.title,
        name=document.name,
        version=document.version,
        is_latest=document.is_latest,
        category=document.category,
        effective_date=document.effective_date,
        expiry_date=document.expiry_date,
        score=ranked.score,
        passages=passages,
        explanation=explanation,
    )
