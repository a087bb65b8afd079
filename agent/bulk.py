"""Many rows of one tenant table in one statement, their values in one JSON document.

`bulk_create` binds each value of each row by itself, which takes longer than PostgreSQL takes to store the rows. What
every claim and every look at an order writes goes through here; elsewhere `bulk_create` is the plainer way.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from agent.tenancy import TenantModel, require_tenant_id


def insert_rows(model: type[TenantModel], rows: Sequence[Mapping[str, Any]], **same: Any) -> list[int]:
    """Store the rows, each by column and all with the same columns, and return their keys in order.

    `same` names what is the same for all of them. The tenant is the open scope's; raises `NoTenantScope`.
    """
    tenant_id = require_tenant_id()
    if not rows:
        return []
    statement = _insertion(model, tuple(rows[0]), tuple(same))
    with connection.cursor() as cursor:
        cursor.execute(statement, [tenant_id, *same.values(), as_document(rows)])
        return [key for (key,) in cursor.fetchall()]


def upsert_rows(model: type[TenantModel], rows: Sequence[Mapping[str, Any]], *, key: Sequence[str]) -> None:
    """Store the rows, all with the same columns; where one of that `key` stands already, it takes the new values.

    `key` is what is unique besides the tenant.
    """
    tenant_id = require_tenant_id()
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_upsertion(model, tuple(rows[0]), tuple(key)), [tenant_id, as_document(rows)])


def update_rows(model: type[TenantModel], rows: Sequence[Mapping[str, Any]], **same: Any) -> None:
    """Change stored rows by their `id`, each in the columns it names, and all of them in those of `same`."""
    tenant_id = require_tenant_id()
    if not rows:
        return
    columns = tuple(sorted({name for row in rows for name in row} - {"id"}))
    with connection.cursor() as cursor:
        cursor.execute(_update(model, columns, tuple(same)), [*same.values(), as_document(rows), tenant_id])


def as_document(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as PostgreSQL reads them."""
    return json.dumps(rows, cls=_Encoder)


class _Encoder(DjangoJSONEncoder):
    """Keeps the microseconds of a moment, which Django's would cut off, and writes bytes as hexadecimal digits."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return o.isoformat().replace("+00:00", "Z")
        return o.hex() if isinstance(o, bytes) else super().default(o)


@functools.cache
def _insertion(model: type[TenantModel], each: tuple[str, ...], same: tuple[str, ...]) -> str:
    """Names and types come from the model, never from a row."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    into = ", ".join(f'"{fields[name].column}"' for name in ("tenant_id", *same, *each))
    values = ", ".join(["%s"] * (1 + len(same)) + [_value_of(fields[name]) for name in each])
    types = ", ".join(f'"{name}" {_type_of(fields[name])}' for name in each)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({into}) '  # noqa: S608 - a text of ours
        f"SELECT {values} FROM json_to_recordset(%s::json) AS row ({types}) RETURNING id"
    )


@functools.cache
def _upsertion(model: type[TenantModel], each: tuple[str, ...], key: tuple[str, ...]) -> str:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    unique = ", ".join(f'"{fields[name].column}"' for name in ("tenant_id", *key))
    news = ", ".join(
        f'"{fields[name].column}" = excluded."{fields[name].column}"' for name in each if name not in key
    )
    insertion = _insertion(model, each, ()).removesuffix(" RETURNING id")
    return f"{insertion} ON CONFLICT ({unique}) DO UPDATE SET {news}"


@functools.cache
def _update(model: type[TenantModel], each: tuple[str, ...], same: tuple[str, ...]) -> str:
    """A column that a row's document does not name keeps its value."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    news = [f'"{fields[name].column}" = %s' for name in same]
    news += [
        f"\"{fields[name].column}\" = CASE WHEN row.document -> '{name}' IS NOT NULL"
        f' THEN {_value_of(fields[name])} ELSE stored."{fields[name].column}" END'
        for name in each
    ]
    types = ", ".join(f'"{name}" {_type_of(fields[name])}' for name in ("id", *each))
    return (
        f'UPDATE "{model._meta.db_table}" AS stored SET {", ".join(news)} '  # noqa: S608 - a text of ours
        f"FROM (SELECT document, named.* FROM json_array_elements(%s::json) AS document,"
        f" json_to_record(document) AS named ({types})) AS row "
        f"WHERE stored.id = row.id AND stored.tenant_id = %s"
    )


def _value_of(field: models.Field[Any, Any]) -> str:
    name = f'row."{field.attname}"'
    return f"decode({name}, 'hex')" if isinstance(field, models.BinaryField) else name


def _type_of(field: models.Field[Any, Any]) -> str:
    return "text" if isinstance(field, models.BinaryField) else str(field.db_type(connection))
