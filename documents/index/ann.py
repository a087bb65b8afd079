"""A company's own index of its vectors, for companies too large to compare them all at each search.

Partial, one a company and space: an index over all companies' vectors finds too few of the small ones', and makes the
exact search of all of them worse by being there (docs/adr/0039). Made by the owner of the tables, by a command.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from psycopg import sql

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from documents.index.spaces import list_spaces
from documents.models import DocumentChunk, EmbeddingSpace, SpaceState

# Chunks above which the index is worth its while; up to there, comparing all takes some 30 ms.
THRESHOLD = 50_000
CONNECTIONS, EF_CONSTRUCTION = 16, 64
STANDING_SQL = """
    SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = 'embeddings_index'::regclass AND starts_with(c.relname, 'embeddings_index_ann_')
      AND strpos(pg_get_expr(i.indpred, i.indrelid), format('(tenant_id = %%s)', %s::bigint)) > 0
"""
MAKE_SQL = """
    CREATE INDEX CONCURRENTLY {name} ON embeddings_index
    USING hnsw ((embedding::halfvec({dimensions})) halfvec_cosine_ops)
    WITH (m = {connections}, ef_construction = {construction}) WHERE tenant_id = {tenant} AND model = {model}
"""


class OwnerMissing(RuntimeError):
    """Only the owner of the tables may make an index, and no address of it is set."""


@dataclass(frozen=True)
class Plan:
    """What was decided about a company's index: `make`, `drop`, `keep` or `none`."""

    action: str
    name: str
    chunks: int


def index_name(space_id: int) -> str:
    """The name by which the search looks for the index of a space."""
    return f"embeddings_index_ann_{space_id}"


def arrange_index(*, tenant: Tenant, is_dry_run: bool = False) -> list[Plan]:
    """Make the index of a company that has grown past the threshold; drop those of one that shrank or of old spaces.

    Built beside the running search (CONCURRENTLY), so it may take minutes and blocks nobody. Raises `OwnerMissing`.
    """
    refuse_tenant_scope("arrange_index")
    if "owner" not in connections:
        raise OwnerMissing("Making an index needs DATABASE_OWNER_URL, the owner's address.")
    with tenant_scope(tenant):
        chunks = DocumentChunk.objects.count()
        spaces = list_spaces()
    wanted = {
        index_name(space.pk): space
        for space in spaces
        if space.state == SpaceState.ACTIVE and chunks > THRESHOLD
    }
    standing = _list_standing(tenant.pk)
    plans = [
        Plan("drop", name, chunks)
        for name, is_whole in standing.items()
        if name not in wanted or not is_whole
    ]
    plans += [Plan("keep" if standing.get(name) else "make", name, chunks) for name in wanted]
    for plan in plans if not is_dry_run else ():
        if plan.action == "drop":
            _execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(plan.name)))
        elif plan.action == "make":
            _make(plan.name, tenant.pk, wanted[plan.name])
    return plans or [Plan("none", "", chunks)]


def _list_standing(tenant_id: int) -> dict[str, bool]:
    """The company's indexes by name, and whether each is whole: a build that was cut short leaves a useless one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(STANDING_SQL, [tenant_id])
        return dict(cursor.fetchall())


def _make(name: str, tenant_id: int, space: EmbeddingSpace) -> None:
    _execute(
        sql.SQL(MAKE_SQL).format(
            name=sql.Identifier(name),
            dimensions=sql.Literal(space.dimensions),
            connections=sql.Literal(CONNECTIONS),
            construction=sql.Literal(EF_CONSTRUCTION),
            tenant=sql.Literal(tenant_id),
            model=sql.Literal(space.model),
        )
    )


def _execute(statement: sql.Composed) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
