"""Fixtures of the mail tests: a mail provider outside this process, and the settings pointed at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.running import API_KEY, MailProvider, mail_provider


def point_settings(settings: Any, provider: MailProvider, door: str) -> None:
    """Point this process at one door of a provider."""
    settings.EMAIL_TIMEOUT = 2
    if door == "http":
        settings.RESEND_API_KEY, settings.RESEND_API_URL = API_KEY, provider.http
        return
    settings.RESEND_API_KEY = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, port = provider.smtp.removeprefix("smtp://").split(":")
    settings.EMAIL_PORT = int(port)


@pytest.fixture
def start_provider(tmp_path: Path, settings: Any) -> Iterator[Callable[..., MailProvider]]:
    """Start a provider, point the settings at one of its doors, and order a fault."""
    with ExitStack() as stack:

        def start(door: str, fault: str = "", *arguments: str, **how: Any) -> MailProvider:
            log = tmp_path / f"provider-{door}-{len(list(tmp_path.iterdir()))}.jsonl"
            provider = stack.enter_context(mail_provider(log, *arguments))
            point_settings(settings, provider, door)
            if fault:
                provider.order(fault, **how)
            return provider

        yield start


@pytest.fixture
def start_smtp(start_provider: Callable[..., MailProvider]) -> Callable[..., MailProvider]:
    """Start a provider and point the settings at its SMTP door."""
    return lambda fault="", **how: start_provider("smtp", fault, **how)
