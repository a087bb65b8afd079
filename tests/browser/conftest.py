"""A real browser on the running console. Where there is none, these tests skip and say what is missing.

Chromium is Debian's, never one that Playwright would download. Its windows are as wide as an operator's screen or a
telephone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from agent.models import Tenant

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.window import Window

DESK, TELEPHONE = 1280, 390
HEIGHTS = {DESK: 900, TELEPHONE: 844}
# It resolves no name, so that whatever asks another machine gets no answer.
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
SECONDS = 15


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("There is no chromium here: install Debian's package `chromium`.")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed.")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, in which Django would refuse every query of a test.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
            yield browser
            browser.close()


@pytest.fixture(params=[DESK, TELEPHONE], ids=["desk", "telephone"])
def width(request: pytest.FixtureRequest) -> int:
    """How wide the window is, in pixels; a test runs at each width."""
    return int(request.param)


@pytest.fixture
def open_window(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Window]]:
    """Opens a window of its own at a width, for a person who has signed in, or for nobody."""
    from tests.browser.window import Window

    contexts = []

    def open_one(width: int, person: User | None = None, tenant: Tenant | None = None) -> Window:
        context = chromium.new_context(viewport={"width": width, "height": HEIGHTS[width]}, locale="en-US")
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        if person is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sign_in(person, tenant)}
            context.add_cookies([{**cookie, "url": live_server.url}])
        return Window(context.new_page(), live_server.url)

    yield open_one
    for context in contexts:
        context.close()


def sign_in(person: User, tenant: Tenant | None) -> str:
    """The key of a session in which the person works in that company."""
    client = Client()
    client.force_login(person)
    session = client.session
    if tenant is not None:
        session["tenant"] = tenant.slug
    session.save()
    return str(session.session_key)
