"""What PostgreSQL's catalogue says of the tenant wall. The tests ask it, because it is what holds."""

from __future__ import annotations

from typing import Any

from agent.tenancy_operations import SCOPED_TENANT_SQL

# Tables without a tenant: the tenants themselves, the switch above them, and what Django and the schedule keep.
GLOBAL_TABLES = frozenset(
    {
        "tenants",
        "system_config",
        "agent_platform_alerts",
        "agent_platform_notices",
        "agent_heartbeats",
        "agent_switch_changes",
        "agent_provider_windows",
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
# Everything that holds rows, in any schema of ours. A view counts as walled when it reads with its caller's rights;
# a materialised one keeps every tenant's rows, and nothing can hold it.
UNWALLED_SQL = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
      AND c.relname <> ALL(%s)
      AND NOT (c.relkind = 'v' AND coalesce(c.reloptions @> ARRAY['security_invoker=true'], false))
      AND NOT (
        c.relrowsecurity AND c.relforcerowsecurity
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull)
        AND (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) = 1
        AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
                    AND pg_get_expr(p.polqual, p.polrelid) = %s
                    AND pg_get_expr(p.polwithcheck, p.polrelid) = %s)
      ) ORDER BY 1
"""
# Functions that run with the rights of whoever made them, and so may see more than their caller.
DEFINER_SQL = """
    SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.prosecdef ORDER BY 1
"""
# Row-level security does not bind TRUNCATE, and only an owner may take it down.
EMPTIABLE_SQL = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p')
      AND (has_table_privilege(%s, c.oid, 'TRUNCATE') OR pg_has_role(%s, c.relowner, 'MEMBER')) ORDER BY 1
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
    """Tables and views that are neither global nor behind the wall, with its one policy to the letter."""
    policy = _word_policy(connection)
    return _column(connection, UNWALLED_SQL, [sorted(GLOBAL_TABLES), policy, policy])


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


def find_definer_functions(connection: Any) -> list[str]:
    """Functions that run with more rights than their caller's."""
    return _column(connection, DEFINER_SQL)


def find_tables_at_the_mercy_of(role: str, connection: Any) -> list[str]:
    """Tables that `role` could empty at one blow, or that it could take the wall from."""
    return _column(connection, EMPTIABLE_SQL, [role, role])


def _word_policy(connection: Any) -> str:
    """The wall's condition in PostgreSQL's own words, which differ a little between its versions."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE worded (tenant_id bigint)")
        cursor.execute(f"CREATE POLICY wording ON worded USING (tenant_id = {SCOPED_TENANT_SQL})")
        cursor.execute("SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polname = 'wording'")
        (words,) = cursor.fetchone()
        cursor.execute("DROP TABLE worded")
    return words
