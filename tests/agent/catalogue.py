"""What PostgreSQL's catalogue says of the tenant wall. The tests ask it, because it is what holds."""

from __future__ import annotations

from typing import Any

# Tables without a tenant: the tenants themselves, the switch above them, and what Django and the schedule keep.
GLOBAL_TABLES = frozenset(
    {
        "tenants",
        "system_config",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "auth_user",
        "auth_user_groups",
        "auth_user_user_permissions",
        "django_admin_log",
        "django_content_type",
        "django_migrations",
        "django_session",
        "guardian_groupobjectpermission",
        "guardian_userobjectpermission",
        "django_celery_beat_clockedschedule",
        "django_celery_beat_crontabschedule",
        "django_celery_beat_intervalschedule",
        "django_celery_beat_periodictask",
        "django_celery_beat_periodictasks",
        "django_celery_beat_solarschedule",
    }
)
UNWALLED_SQL = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'v')
      AND c.relname <> ALL(%s)
      AND NOT (
        c.relrowsecurity AND c.relforcerowsecurity
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull)
        AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) = 1
        AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
                    AND pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
                    AND pg_get_expr(p.polqual, p.polrelid) LIKE '%%app.tenant_id%%')
      ) ORDER BY 1
"""
SIMPLE_KEYS_SQL = """
    SELECT k.conname FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attname = 'tenant_id'
    JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace
      AND NOT (SELECT attnum FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'tenant_id') = ANY(k.conkey)
    ORDER BY 1
"""
# Columns named like a key to another table, for which there is no constraint at all.
TENANT_KEYS_SQL = """
    SELECT c.relname, a.attname FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    CROSS JOIN LATERAL unnest(k.conkey) AS col(attnum)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = col.attnum AND a.attname <> 'tenant_id'
    WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace
"""
INDEXES_SQL = """
    SELECT i.indexrelid::regclass::text FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id'
    JOIN pg_attribute first ON first.attrelid = c.oid AND first.attnum = i.indkey[0]
    WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND first.attname <> 'tenant_id'
    ORDER BY 1
"""


def _column(connection: Any, sql: str, parameters: list[Any] | None = None) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def find_unwalled_tables(connection: Any) -> list[str]:
    """Tables and views that are neither global nor behind the wall."""
    return _column(connection, UNWALLED_SQL, [sorted(GLOBAL_TABLES)])


def find_keys_across_the_wall(connection: Any) -> list[str]:
    """Foreign keys to a tenant table that do not carry the tenant."""
    return _column(connection, SIMPLE_KEYS_SQL)


def find_constrained_columns(connection: Any) -> set[tuple[str, str]]:
    """(table, column) of every column that some foreign key covers."""
    with connection.cursor() as cursor:
        cursor.execute(TENANT_KEYS_SQL)
        return set(cursor.fetchall())


def find_indexes_without_tenant(connection: Any) -> list[str]:
    """Indexes of tenant tables that do not start with the tenant."""
    return _column(connection, INDEXES_SQL)
