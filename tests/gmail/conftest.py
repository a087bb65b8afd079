"""Fixtures of the Gmail tests: a Gmail outside this process, the settings pointed at it, and a connected mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.fakes.running import GmailServer, gmail_server


def point_settings(settings: Any, server: GmailServer) -> None:
    """Point this process at a Gmail, with a quota that is not in the way."""
    settings.GMAIL_API_ROOT = server.root
    settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = "client", "secret"
    settings.GMAIL_TOKEN_KEYS = [Fernet.generate_key().decode()]
    settings.GMAIL_UNITS_PER_MINUTE = 1_000_000
    settings.GMAIL_TIMEOUT = 2


@pytest.fixture
def gmail(tmp_path: Path, settings: Any) -> Iterator[GmailServer]:
    """A Gmail with an empty mailbox `orders@meridianvs.test`."""
    with gmail_server(tmp_path / "gmail.jsonl", "--units", "1000000") as server:
        point_settings(settings, server)
        yield server
