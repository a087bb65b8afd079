"""Fixtures that every test may use: the cast, a rival tenant in it, and the wall's allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections

from agent.models import SystemConfig, Tenant, TenantKind

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


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
