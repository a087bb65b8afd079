"""The embedding spaces of a company: one that is searched, and perhaps one that is being made to take its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from agent.tenancy import require_tenant_id
from documents.models import Embedding, EmbeddingSpace, SpaceState

# Chunks that a model has no vector of yet.
WITHOUT_VECTOR_SQL = """
    SELECT c.document_id, c.ordinal FROM document_chunks c
    WHERE c.tenant_id = %s
      AND NOT EXISTS (SELECT FROM embeddings_index e WHERE e.tenant_id = c.tenant_id AND e.model = %s
                      AND e.document_id = c.document_id AND e.ordinal = c.ordinal)
    ORDER BY c.document_id, c.ordinal LIMIT %s
"""


def list_spaces(*, lock: bool = False) -> list[EmbeddingSpace]:
    """All spaces of the open scope's tenant, the active one first. `lock` keeps others from switching meanwhile."""
    spaces = EmbeddingSpace.objects.order_by("state", "id")
    return list(spaces.select_for_update() if lock else spaces)


def open_space(*, model: str, dimensions: int, now: datetime) -> EmbeddingSpace:
    """The space of a model, made when there is none: active if it is the company's first, else to be filled."""
    has_active = EmbeddingSpace.objects.filter(state=SpaceState.ACTIVE).exists()
    space, _ = EmbeddingSpace.objects.get_or_create(
        model=model,
        defaults={
            "dimensions": dimensions,
            "state": SpaceState.BUILDING if has_active else SpaceState.ACTIVE,
            "began_at": now,
            "activated_at": None if has_active else now,
        },
    )
    return space


def find_without_vector(*, model: str, limit: int | None) -> list[tuple[int, int]]:
    """(document, ordinal) of chunks that have no vector of the model yet, in order."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_VECTOR_SQL, [require_tenant_id(), model, limit])
        return cursor.fetchall()


def activate_space(*, model: str, now: datetime) -> bool:
    """Search by this model from now on and drop the vectors of all others; False while a chunk has none of it.

    Queries that run meanwhile use one space or the other, never both.
    """
    spaces = list_spaces(lock=True)
    if find_without_vector(model=model, limit=1):
        return False
    others = [space.model for space in spaces if space.model != model]
    EmbeddingSpace.objects.filter(model__in=others).delete()
    EmbeddingSpace.objects.filter(model=model, state=SpaceState.BUILDING).update(
        state=SpaceState.ACTIVE, activated_at=now
    )
    drop_vectors(others)
    return True


def drop_vectors(models: Sequence[str]) -> int:
    """Remove all vectors of these models."""
    return Embedding.objects.filter(model__in=models).delete()[0] if models else 0
