"""The one door of the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from django.db import connection

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, require_tenant_id, tenant_scope
from documents.embedding import EmbedderUnavailable, embedder_of
from documents.index.writing import as_halfvec
from documents.search.filters import Condition, conditions_of, counted_for
from documents.search.fusion import Ranked, fuse
from documents.search.legs import Space, TextList, find_by_meaning, find_by_words
from documents.search.passages import read_hits
from documents.search.reading import Phrase, read_filters, read_lexemes, read_phrases
from documents.search.requests import Filters, SearchRequest
from documents.search.results import Answer, Mode, ParsedFilter

log = structlog.get_logger(__name__)

# The active space, and whether its own index stands and is whole (`documents.index.ann` names it).
SPACE_SQL = """
    SELECT s.model, s.dimensions, coalesce((
        SELECT i.indisvalid FROM pg_index i WHERE i.indexrelid = to_regclass('embeddings_index_ann_' || s.id)), false)
    FROM embedding_spaces s WHERE s.tenant_id = %s AND s.state = 'active'
"""
NO_VECTORS = "No document of this company has been indexed yet."


@dataclass(frozen=True)
class PreparedSearch:
    """A request as it was understood, before its vector is made.

    `asked` is what the request itself lets be found, `allowed` that and what was read out of the query. `counted` are
    the documents by which words are weighed.
    """

    request: SearchRequest
    tenant_id: int
    lexemes: list[str]
    phrases: list[Phrase]
    parsed: list[ParsedFilter]
    asked: Condition
    allowed: Condition
    counted: Condition
    space: Space | None


def search_documents(*, tenant: Tenant, request: SearchRequest, now: datetime) -> Answer:
    """Find documents of one company by words and by meaning, for a person or an engine.

    Opens its own transactions, because the query's vector may come from the network. A model that cannot be used costs
    the search by meaning, not the answer: its `mode` is then off, and the reason beside it.
    """
    refuse_tenant_scope("search_documents")
    with tenant_scope(tenant):
        prepared = prepare_search(request, now=now.astimezone(tenant.zone))
    vector, reason = embed_query(prepared)
    with tenant_scope(tenant):
        return answer(prepared, rank(prepared, vector), reason=reason)


def prepare_search(request: SearchRequest, *, now: datetime) -> PreparedSearch:
    """Read the query in the open scope; `now` is in the company's time zone."""
    tenant_id = require_tenant_id()
    asked = conditions_of(request.filters, tenant_id=tenant_id, now=now, is_cleared=request.is_cleared)
    parsed, allowed = read_filters(request.query, allowed=asked, tenant_id=tenant_id, ignored=request.ignored)
    return PreparedSearch(
        request=request,
        tenant_id=tenant_id,
        lexemes=read_lexemes(request.query),
        phrases=read_phrases(request.query),
        parsed=parsed,
        asked=asked,
        allowed=allowed,
        counted=counted_for(tenant_id=tenant_id, is_cleared=request.is_cleared),
        space=find_space(),
    )


def find_space() -> Space | None:
    """The space that the open scope's tenant is searched in; None before the first document was indexed."""
    with connection.cursor() as cursor:
        cursor.execute(SPACE_SQL, [require_tenant_id()])
        row = cursor.fetchone()
    return Space(*row) if row else None


def embed_query(prepared: PreparedSearch) -> tuple[str | None, str]:
    """The query's vector by the model of the active space, or None and why; outside any transaction."""
    if prepared.space is None:
        return None, NO_VECTORS
    try:
        vectors = embedder_of(prepared.space.model).embed([prepared.request.query])
    except EmbedderUnavailable as error:
        log.warning("search_without_vectors", model=prepared.space.model, reason=str(error))
        return None, str(error)
    if vectors.shape[1] != prepared.space.dimensions:
        return None, (
            f"{prepared.space.model} now gives {vectors.shape[1]} numbers where the stored vectors have "
            f"{prepared.space.dimensions}: make new ones with `manage.py documents_reindex`."
        )
    return (as_halfvec(vectors[0]), "") if vectors.any() else (None, "The query has no word to compare.")


@dataclass(frozen=True)
class Ranking:
    """All documents that were found, the best first, what was counted on the way, and the filters read and kept."""

    documents: list[Ranked]
    by_words: TextList
    mode: Mode
    parsed: list[ParsedFilter]


def rank(prepared: PreparedSearch, vector: str | None) -> Ranking:
    """Find and rank for a prepared search in the open scope.

    What was read out of the query is dropped when nothing is found with it: a document may answer to a year and not be
    indexed yet, or have none of the phrases.
    """
    ranking = _rank(prepared, vector)
    if ranking.documents or not prepared.parsed:
        return ranking
    return _rank(replace(prepared, parsed=[], allowed=prepared.asked), vector)


def _rank(prepared: PreparedSearch, vector: str | None) -> Ranking:
    by_words = find_by_words(
        prepared.lexemes,
        tenant_id=prepared.tenant_id,
        allowed=prepared.allowed,
        counted=prepared.counted,
        phrases=prepared.phrases,
        with_facets=prepared.request.with_facets,
    )
    space = prepared.space
    if space is None or vector is None:
        return Ranking(fuse(by_words.candidates, []), by_words, Mode.OFF, prepared.parsed)
    if _is_narrowed(prepared):
        space = Space(space.model, space.dimensions, has_index=False)
    by_meaning = find_by_meaning(
        vector, space, tenant_id=prepared.tenant_id, allowed=prepared.allowed, phrases=prepared.phrases
    )
    mode = Mode.ANN if space.has_index else Mode.EXACT
    return Ranking(fuse(by_words.candidates, by_meaning, model=space.model), by_words, mode, prepared.parsed)


def answer(prepared: PreparedSearch, ranking: Ranking, *, reason: str = "") -> Answer:
    """The page that was asked for of a ranking, in the open scope."""
    request = prepared.request
    return Answer(
        hits=read_hits(
            ranking.documents[request.offset : request.offset + request.limit],
            tenant_id=prepared.tenant_id,
            lexemes=prepared.lexemes,
            counted=prepared.counted,
            phrases=prepared.phrases,
            passages=request.passages,
            explain=request.explain,
        ),
        total=ranking.by_words.total,
        facets=ranking.by_words.facets if request.with_facets else {},
        parsed=tuple(ranking.parsed),
        words=tuple(prepared.lexemes),
        phrases=tuple(phrase.text for phrase in prepared.phrases),
        mode=ranking.mode,
        mode_reason=reason,
        model=prepared.space.model if prepared.space else "",
    )


def _is_narrowed(prepared: PreparedSearch) -> bool:
    """Whether only a part of the company's documents may be found: the index would mostly find the others."""
    return bool(prepared.phrases or prepared.parsed or prepared.request.filters != Filters())
