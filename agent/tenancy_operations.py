"""The migration operation that builds the tenant wall around a table. Migrations import it; nothing else does."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from agent.tenancy import TenantForeignKey

POLICY = "tenant_isolation"
# `nullif`: after a local setting is rolled back it reads '' and not NULL. The sub-select is evaluated once a query.
SCOPED_TENANT_SQL = "(SELECT nullif(current_setting('app.tenant_id', true), '')::bigint)"


class TenantTable(Operation):
    """Enable and force row-level security on a model's table, and make its composite keys.

    Idempotent: name the model again after adding a `TenantForeignKey`. Source: design, section 4.
    """

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model_name], {}

    def describe(self) -> str:
        return f"Put {self.model_name} behind the tenant wall"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_tenant_wall"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The wall is not part of Django's model state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in [*wall_of(model._meta.db_table), *_keys(model)]:
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
        schema_editor.execute(
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY'
        )


def wall_of(table: str) -> list[str]:
    """The statements that put a table behind the wall; also for one that has no model."""
    check = f"tenant_id = {SCOPED_TENANT_SQL}"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
        f'CREATE POLICY {POLICY} ON "{table}" USING ({check}) WITH CHECK ({check})',
    ]


def _keys(model: type[models.Model]) -> list[str]:
    """`UNIQUE (tenant_id, id)`, and a composite constraint and index for each key to another tenant table."""
    table = model._meta.db_table
    pk = model._meta.pk.column
    statements = [_add_constraint(table, f"{table}_tenant_uniq", f'UNIQUE (tenant_id, "{pk}")')]
    for field in model._meta.local_fields:
        if isinstance(field, TenantForeignKey):
            statements.append(_add_constraint(table, *_composite_key(table, field)))
            if not _is_indexed(model, field):
                name = f"{table}_{field.column}_tenant"[:63]
                statements.append(
                    f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" (tenant_id, "{field.column}")'
                )
    return statements


def _is_indexed(model: type[models.Model], field: TenantForeignKey) -> bool:
    """Whether the model declares an index, or an unconditional unique constraint, that serves the key."""
    declared = [index.fields for index in model._meta.indexes if not index.condition]
    declared += [
        constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
    ]
    return any(list(fields[:2]) == ["tenant", field.name] for fields in declared)


def _composite_key(table: str, field: TenantForeignKey) -> tuple[str, str]:
    target = field.related_model._meta
    # Set null takes only the key's own column: the tenant of a row never changes.
    on_delete = f'ON DELETE SET NULL ("{field.column}")' if field.null else "ON DELETE NO ACTION"
    return (
        f"{table}_{field.column}_tenant_fk",
        f'FOREIGN KEY (tenant_id, "{field.column}") REFERENCES "{target.db_table}" (tenant_id, "{target.pk.column}") '
        f"{on_delete} DEFERRABLE INITIALLY DEFERRED",
    )


def _add_constraint(table: str, name: str, definition: str) -> str:
    """DDL that adds a constraint once; PostgreSQL cuts names at 63 bytes, so the look-up must too."""
    name = name[:63]
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{name}' "
        f"AND conrelid = '\"{table}\"'::regclass) THEN "
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}; END IF; END $$'
    )
