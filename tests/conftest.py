"""Fixtures that every test may use: the cast, a rival tenant in it, and the wall's allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from agent.models import SystemConfig, Tenant, TenantKind

# Rows that migrations make and no test changes; everything else is emptied after a test that commits.
KEPT_TABLES = ["django_migrations", "django_content_type", "auth_permission", "tenants"]
# By their size on disk, because row-level security hides the rows from the owner as well.
FILLED_TABLES_SQL = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)
"""
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Create the test database through `owner` for whatever selection of tests.

    pytest-django's own fixture prepares only the connections that the selected tests name; the application's
    connection mirrors the owner's, which most tests do not name.
    """
    verbosity = request.config.option.verbose
    with django_db_blocker.unblock():
        created = setup_databases(
            verbosity=verbosity,
            interactive=False,
            aliases={"default", "owner"},
            serialized_aliases=set(),
            keepdb=django_db_keepdb and not django_db_createdb,
        )
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            # The application's connection mirrors the owner's; nobody else closes it, and it would block the drop.
            connections.close_all()
            teardown_databases(created, verbosity=verbosity)


def empty_filled_tables(self: TransactionTestCase) -> None:
    """After a test with real commits: empty the tables it filled, as their owner.

    Django's own flush truncates every table and makes all permissions again, which costs more than most tests.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute(FILLED_TABLES_SQL, [KEPT_TABLES])
        filled = [row[0] for row in cursor.fetchall()]
        if filled:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
        # Not truncated: every tenant table hangs on it, and all would be truncated with it.
        cursor.execute("DELETE FROM tenants")


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> Iterator[None]:
    """Use `empty_filled_tables` wherever Django would flush."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_filled_tables)
        yield


@pytest.fixture
def now() -> datetime:
    """Monday, 23 November 2026, nine in the morning in Denver."""
    return NOW


@pytest.fixture
def system_config(request: pytest.FixtureRequest) -> SystemConfig:
    """The system switch, on: the flush after a test with real commits takes the seeded row away."""
    return SystemConfig.objects.update_or_create(pk=1, defaults={"global_enabled": True, "reason": ""})[0]


@pytest.fixture
def meridian(db: None, system_config: SystemConfig) -> Tenant:
    """The tenant whom most tests are about."""
    return Tenant.objects.create(
        slug="meridian",
        name="Meridian Valuation Services",
        kind=TenantKind.AMC,
        timezone="America/Denver",
        agent_enabled=True,
    )


@pytest.fixture
def harborpine(db: None, system_config: SystemConfig) -> Tenant:
    """The rival: nothing of it may ever show in the other's work."""
    return Tenant.objects.create(
        slug="harborpine",
        name="Harbor & Pine Appraisal Group",
        kind=TenantKind.APPRAISAL_FIRM,
        timezone="America/New_York",
        agent_enabled=True,
    )


@pytest.fixture
def owner_connection(db: None) -> Iterator[object]:
    """The owner's connection, for looking at the catalogue."""
    yield connections["owner"]
