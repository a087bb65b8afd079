"""Fixtures of the mail tests: mailboxes, people, and an SMTP server outside this process."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class FakeSmtp:
    """A running server: where it listens, and what it wrote down."""

    port: int
    log: Path

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    @property
    def taken(self) -> list[dict[str, Any]]:
        """The messages it took, with their bytes."""
        found = [entry for entry in self.entries if entry["command"] == "taken"]
        return [{**entry, "content": base64.b64decode(entry["content"])} for entry in found]


@pytest.fixture
def start_smtp(tmp_path: Path, settings: Any) -> Iterator[Callable[[str], FakeSmtp]]:
    """Start a server with some behaviour and point the settings at it."""
    running: list[subprocess.Popen[str]] = []

    def start(behaviour: str = "accept") -> FakeSmtp:
        log = tmp_path / f"smtp-{len(running)}.jsonl"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.fake_smtp", str(log), behaviour],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        running.append(process)
        assert process.stdout is not None
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = int(process.stdout.readline())
        settings.EMAIL_TIMEOUT = 2
        return FakeSmtp(settings.EMAIL_PORT, log)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=5)
        assert process.stdout is not None
        process.stdout.close()
