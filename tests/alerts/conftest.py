"""Two companies that are watched and well, and an engine whose figures a test sets."""

from __future__ import annotations

import pytest

from agent.engine import KernelEngine
from agent.registry import registry
from tests.alerts.cast import MINUTE, Pulse, add_run, see_enabled


@pytest.fixture
def pulse():
    engine = Pulse()
    with registry.override(KernelEngine(), engine):
        yield engine


@pytest.fixture
def well(meridian, harborpine, now):
    """Both companies, enabled for long, with a cycle of ten minutes ago."""
    for tenant in (meridian, harborpine):
        see_enabled(tenant, now - 10_000 * MINUTE)
        add_run(tenant, now - 10 * MINUTE)
    return meridian, harborpine
