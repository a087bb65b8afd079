"""Rows of one tenant table in one statement, without what the ORM costs beside it.

`bulk_create` binds each value of each row by itself, which takes longer than PostgreSQL takes to store the rows; here
they are one JSON document. A query is put into words by the ORM each time anew, which takes longer than PostgreSQL
takes to answer a small one; here its condition is a text. What every claim, every message and every look at an order
reads and writes goes through here; elsewhere the ORM is the plainer way.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.expressions import Col

from agent.tenancy import TenantModel, require_tenant_id

Row = TypeVar("Row", bound=TenantModel)


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


def read_rows(
    model: type[Row], condition: str, parameters: Sequence[Any] = (), *, columns: Sequence[str] = ()
) -> list[Row]:
    """The rows that a condition in SQL finds, and what may follow it: an order, a limit, a lock.

    With `columns` (of the model, the key among them) the others are left out, to be read when they are asked for.
    Raises `NoTenantScope`.
    """
    require_tenant_id()
    statement, names, readers = _selection(model, tuple(columns))
    with connection.cursor() as cursor:
        cursor.execute(statement + condition, parameters)
        rows = cursor.fetchall()
    if readers:
        rows = [
            [readers[place](value) if place in readers else value for place, value in enumerate(row)]
            for row in rows
        ]
    return [model.from_db(connection.alias, names, row) for row in rows]


def insert_whole(rows: Sequence[TenantModel]) -> None:
    """Store new rows of one model whose values may be long, such as files and mails, and give them their keys.

    Each value goes to PostgreSQL as it is, a file as its bytes. `bulk_create` spells a file out in hexadecimal digits
    and those once more as an array's, which takes more than ten times as long. Raises `NoTenantScope`.
    """
    require_tenant_id()
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    into = ", ".join(f'"{field.column}"' for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    # A statement has room for 65,535 parameters.
    size = 60_000 // len(fields)
    # Django's own cursor writes the values into the statement; this one sends them beside it.
    beside: Any = psycopg.Cursor(connection.connection)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(beside) as cursor:
        for first in range(0, len(rows), size):
            page = rows[first : first + size]
            cursor.execute(
                f'INSERT INTO "{rows[0]._meta.db_table}" ({into}) '  # noqa: S608 - a text of ours
                f"VALUES {', '.join([one] * len(page))} RETURNING id",
                [
                    field.get_db_prep_save(field.pre_save(row, True), connection)
                    for row in page
                    for field in fields
                ],
            )
            for row, (key,) in zip(page, cursor.fetchall(), strict=True):
                row.pk = key
                row._state.adding = False


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


def values_of(row: TenantModel, columns: Sequence[str]) -> dict[str, Any]:
    """What a loaded or new row holds, by column, as the other functions take it."""
    return {name: getattr(row, name) for name in columns}


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
def _selection(
    model: type[TenantModel], columns: tuple[str, ...]
) -> tuple[str, list[str], dict[int, Callable[[Any], Any]]]:
    """The beginning of a query, the names of what it reads, and by place what must be made of a value first."""
    fields = [f for f in model._meta.concrete_fields if not columns or f.attname in columns]
    wanted = ", ".join(f'"{model._meta.db_table}"."{field.column}"' for field in fields)
    readers: dict[int, Callable[[Any], Any]] = {
        place: functools.partial(
            field.from_db_value, expression=Col(model._meta.db_table, field), connection=connection
        )
        for place, field in enumerate(fields)
        if hasattr(field, "from_db_value")
    }
    statement = f'SELECT {wanted} FROM "{model._meta.db_table}" WHERE '  # noqa: S608 - a text of ours
    return statement, [field.attname for field in fields], readers


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
