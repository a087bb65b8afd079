"""The tenant wall as Python sees it: the scope of a unit of work, and the base of every tenant table.

PostgreSQL holds the wall (row-level security, made by `agent.tenancy_operations`). What lives here only makes
forgetting the scope loud: a query without one raises `NoTenantScope` instead of quietly returning no rows.
Which tenants exist, and their settings, live in `agent.models.tenants`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

if TYPE_CHECKING:
    from agent.models import Tenant

ROLE_SQL = """
    SELECT r.rolname, r.rolsuper OR r.rolbypassrls,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relname = 'tenants')
    FROM pg_roles r WHERE r.rolname = current_user
"""
# A process that stands still (stopped, swapped out, cut off) inside a unit of work holds locks that others wait for:
# the fence of a lease, the switches, cards. PostgreSQL ends such a transaction after this long.
STANDSTILL_LIMIT = "60s"
SCOPE_SQL = """
    SELECT set_config('app.tenant_id', %s, true), set_config('idle_in_transaction_session_timeout', %s, true)
"""
_scoped_tenant: ContextVar[int | None] = ContextVar("scoped_tenant", default=None)


class NoTenantScope(RuntimeError):
    """A tenant table was queried, or a tenant row made, outside `tenant_scope`."""


class RoleNotBound(ImproperlyConfigured):
    """The database role would see every tenant's rows: row-level security does not bind it."""


class TenantScopeOpen(RuntimeError):
    """A service that opens its own transactions was called inside a scope."""


@contextmanager
def tenant_scope(tenant: Tenant | int, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[int]:
    """Run one unit of work as one tenant: a durable transaction in which PostgreSQL shows only its rows.

    The setting is local to the transaction, so nothing leaks through a pool. `durable` refuses nesting, because
    a local setting survives the release of a savepoint. Callbacks of `on_commit` run after the scope has closed.
    A unit of work that does nothing for a minute is ended by PostgreSQL, lest what it has locked stay locked.
    """
    tenant_id = tenant if isinstance(tenant, int) else tenant.pk
    require_bound_role(using)
    with transaction.atomic(using=using, durable=True):
        with connections[using].cursor() as cursor:
            cursor.execute(SCOPE_SQL, [str(tenant_id), STANDSTILL_LIMIT])
        token = _scoped_tenant.set(tenant_id)
        try:
            yield tenant_id
        finally:
            _scoped_tenant.reset(token)


@functools.cache
def require_bound_role(using: str = DEFAULT_DB_ALIAS) -> None:
    """Refuse, once a process, to work as a role that the wall does not hold: a superuser or one that bypasses it.

    The owner of the tables is bound too (FORCE), yet it could take the wall down: the application may not be it.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(ROLE_SQL)
        role, sees_everything, owns_tables = cursor.fetchone()
    if sees_everything or (owns_tables and using == DEFAULT_DB_ALIAS):
        raise RoleNotBound(
            f"The database role {role} would not be bound by the tenant wall (it is a superuser, bypasses row-level "
            "security or owns the tables). Put the application's own role into DATABASE_URL: `manage.py create_roles`."
        )


def scoped_tenant_id() -> int | None:
    """The tenant of the open scope, None outside one.

    The default of every new row's tenant. It may not raise: the schema editor asks fields for their default too.
    A row made outside a scope is refused when it is saved.
    """
    return _scoped_tenant.get()


def require_tenant_id() -> int:
    """The tenant of the open scope; raises `NoTenantScope` outside one."""
    tenant_id = _scoped_tenant.get()
    if tenant_id is None:
        raise NoTenantScope("No tenant scope is open. Wrap this unit of work in `tenant_scope(tenant)`.")
    return tenant_id


def refuse_tenant_scope(service: str) -> None:
    """Raise `TenantScopeOpen` when a many-transaction service is called inside somebody's transaction."""
    if _scoped_tenant.get() is not None:
        raise TenantScopeOpen(f"{service} opens its own transactions; call it outside `tenant_scope`.")


def _guarded(name: str) -> Callable[..., Any]:
    """The QuerySet method `name`, refusing to run without a scope."""
    method = getattr(models.QuerySet, name)

    @functools.wraps(method)
    def guarded(self: models.QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        if _scoped_tenant.get() is None:
            raise NoTenantScope(
                f"{self.model._meta.label}.{name} ran outside a tenant scope. "
                "Wrap the unit of work in `tenant_scope(tenant)` and evaluate querysets inside it."
            )
        return method(self, *args, **kwargs)

    return guarded


class TenantQuerySet(models.QuerySet):
    """A QuerySet that refuses to touch the database without a tenant scope.

    The guard stands on execution, not on construction: class-level querysets (DRF, forms) are built at import.
    """

    # `_fetch_all` is left alone when its rows are already there: reading a cached result is no query.
    def _fetch_all(self) -> None:
        if self._result_cache is None and _scoped_tenant.get() is None:
            raise NoTenantScope(
                f"A queryset of {self.model._meta.label} was evaluated outside a tenant scope. "
                "Evaluate it inside `tenant_scope(tenant)`."
            )
        super()._fetch_all()

    iterator = _guarded("iterator")
    aggregate = _guarded("aggregate")
    count = _guarded("count")
    exists = _guarded("exists")
    explain = _guarded("explain")
    update = _guarded("update")
    delete = _guarded("delete")
    _update = _guarded("_update")
    _insert = _guarded("_insert")
    _raw_delete = _guarded("_raw_delete")


TenantManager = models.Manager.from_queryset(TenantQuerySet)


class TenantForeignKey(models.ForeignKey):
    """A foreign key between tenant tables.

    Its constraint is composite, `(tenant_id, x_id) -> x (tenant_id, id)`, and is made by the `TenantTable`
    migration operation: Django cannot declare one, and a plain one crosses the wall, because foreign-key checks
    bypass row-level security. So is its index, which starts with the tenant.
    """

    def __init__(self, to: Any, on_delete: Callable[..., None], **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs["db_index"] = False
        super().__init__(to, on_delete, **kwargs)


class TenantModel(models.Model):
    """Base of every tenant table; the tenant of a new row is the open scope's unless given."""

    tenant = models.ForeignKey(
        "agent.Tenant",
        on_delete=models.PROTECT,
        default=scoped_tenant_id,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
