"""Fixtures that every test may use: the cast, a rival tenant in it, and the wall's allow-list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from agent.models import SystemConfig, Tenant, TenantKind
from tests.rest.callers import make_caller, operator, ours, stranger, theirs  # noqa: F401 - fixtures

# Rows that migrations make and no test changes; everything else is emptied after a test that commits.
KEPT_TABLES = ["django_migrations", "django_content_type", "auth_permission", "tenants"]
# By their size on disk, because row-level security hides the rows from the owner as well.
FILLED_TABLES_SQL = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)
"""
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--proof` runs the tests of `tests/proof` in their long form; `--proof-seed` chooses their chances."""
    group = parser.getgroup("proof")
    group.addoption("--proof", action="store_true", help="Run the proofs in their long form.")
    group.addoption("--proof-seed", type=int, default=20261123, help="Seed of the proofs' random choices.")


def pytest_report_header(config: pytest.Config) -> str:
    form = "long" if config.getoption("--proof") else "short"
    return f"proofs: {form} form, seed {config.getoption('--proof-seed')}"


@dataclass(frozen=True)
class Proof:
    """How far a proof goes, and the chances it takes: the same in every run with the same seed."""

    is_long: bool
    seed: int

    def size(self, *, short: int, long: int) -> int:
        """How many steps, points or attempts this run makes."""
        return long if self.is_long else short

    def random(self, name: str) -> random.Random:
        """A source of chances of its own for each proof, so that adding one changes no other."""
        return random.Random(f"{self.seed}:{name}")


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proof:
    """The size and the seed of the proofs in this run."""
    config = request.config
    return Proof(is_long=config.getoption("--proof"), seed=config.getoption("--proof-seed"))


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
def media(tmp_path: Path, settings: Any) -> Path:
    """The folder that the library's files are kept in, empty at first."""
    folder = tmp_path / "media"
    documents = settings.STORAGES["documents"]
    options = {**documents["OPTIONS"], "location": str(folder)}
    settings.STORAGES = {**settings.STORAGES, "documents": {**documents, "OPTIONS": options}}
    return folder


@pytest.fixture
def owner_connection(db: None) -> Iterator[object]:
    """The owner's connection, for looking at the catalogue."""
    yield connections["owner"]
