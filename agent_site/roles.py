"""The application's database role: made by the owner's connection, and never one that row-level security
would not bind.

Not here: what the role may do with the tables, which `migrate` grants after creating them.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import pq, sql

# The first PostgreSQL whose foreign keys can set one column of several to NULL, which the tables need.
OLDEST_SERVER = 150000
# Names the advisory lock under which roles are looked at and made.
LOCK_NAME = "agent_site.roles"


class RoleRefused(Exception):
    """The role of `DATABASE_URL` cannot be made or must not be used; the message says what to do."""


@dataclass(frozen=True)
class ApplicationRole:
    """The outcome: the role's name, and whether this call made it."""

    name: str
    created: bool


def create_application_role() -> ApplicationRole:
    """Make sure that the role named in `DATABASE_URL` exists and is bound by row-level security.

    Safe to run again and by several processes at once. Raises `RoleRefused`.
    """
    name, password = settings.DATABASES["default"]["USER"], settings.DATABASES["default"]["PASSWORD"]
    if not name:
        raise RoleRefused("DATABASE_URL names no role: write it as postgresql://role:password@host/database.")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        if (version := cursor.fetchone()[0]) < OLDEST_SERVER:
            raise RoleRefused(f"PostgreSQL 15 or newer is needed; this server is {version // 10000}.")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK_NAME])
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        created = cursor.fetchone() is None
        if created:
            _create(cursor, name, password)
        _refuse_unbound(cursor, name)
    return ApplicationRole(name, created)


def _create(cursor: CursorWrapper, name: str, password: str) -> None:
    """Create the role; the server sees its password only as a SCRAM verifier, so no log can hold it."""
    cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        raise RoleRefused(
            f"The role {name} does not exist and the role of DATABASE_OWNER_URL may not create roles: "
            f"as an administrator run CREATE ROLE \"{name}\" LOGIN PASSWORD '...', "
            "or give the owner's role CREATEROLE."
        )
    clauses = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB").format(
        sql.Identifier(name)
    )
    if password:
        connection: pq.abc.PGconn = cursor.connection.pgconn
        verifier = connection.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        clauses += sql.SQL(" PASSWORD {}").format(sql.Literal(verifier))
    cursor.execute(clauses)


def _refuse_unbound(cursor: CursorWrapper, name: str) -> None:
    """Refuse a role that is a superuser, may bypass row-level security, or has the owner's rights."""
    cursor.execute(
        """
        SELECT rolsuper, rolbypassrls, pg_has_role(oid, current_user, 'MEMBER'),
               pg_has_role(oid, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER')
        FROM pg_roles WHERE rolname = %s
        """,
        [name],
    )
    reasons = ("is a superuser", "has BYPASSRLS", "has the rights of the migrating role", "owns the database")
    for is_true, reason in zip(cursor.fetchone(), reasons, strict=True):
        if is_true:
            raise RoleRefused(
                f"The role {name} of DATABASE_URL {reason}, so row-level security would not hold tenants "
                "apart: name an ordinary role there, and the owner in DATABASE_OWNER_URL."
            )
