"""A page in a real browser, with everything that would be wrong with it written down as it happens."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

# Of axe-core's four grades; the two lesser ones are advice.
GRAVE = ("serious", "critical")
CUT_OFF = (Path(__file__).parent / "cut_off.js").read_text()
AXE = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


class Window:
    """One browser window on the running console.

    `faults` are errors of the console, of scripts and of answers, and requests to any other machine. Each page that is
    looked at leaves a picture in the folder `BROWSER_PICTURES`, if that is set.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._watch(request.url))
        page.on("response", self._weigh)

    def open(self, path: str) -> Page:
        """Go to an address of the console and wait until nothing more is loaded."""
        self.page.goto(self.address + path, wait_until="load")
        return self.page

    def press(self, name: str) -> Page:
        """Press the button that says so, alone or before a symbol, and wait for the page that it leads to."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}( [a-z_]+)?$")).click()
        return self.page

    def follow(self, name: str) -> Page:
        """Follow the first link of that name."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.get_by_role("link", name=name, exact=True).first.click()
        return self.page

    def find_cut_off(self) -> list[str]:
        """Texts of the page that a person can read only in part, and what makes the page wider than the window."""
        found: list[str] = self.page.evaluate(CUT_OFF)
        return found

    def find_barriers(self) -> list[str]:
        """What keeps people with a disability from using the page, as far as axe-core finds it and calls it grave."""
        violations: list[dict[str, Any]] = AXE.run(self.page, options=AXE_OPTIONS).response["violations"]
        return [
            f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:160]}"
            for violation in violations
            if violation["impact"] in GRAVE
            for node in violation["nodes"]
        ]

    def expect_sound(self) -> None:
        """Fail with everything that is wrong with the page as it stands and with what happened on the way to it."""
        where = urlsplit(self.page.url).path
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self._take_picture(where, width)
        wrong = [*self.faults, *self.find_cut_off(), *self.find_barriers()]
        assert wrong == [], f"{where} at {width} pixels:\n" + "\n".join(wrong)

    def _take_picture(self, where: str, width: int) -> None:
        folder = os.environ.get("BROWSER_PICTURES")
        if folder:
            name = f"{where.strip('/').replace('/', '-') or 'root'}-{width}"
            number = len(list(Path(folder).glob(f"{name}*.png"))) + 1
            self.page.screenshot(path=Path(folder) / f"{name}-{number}.png", full_page=True)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asks another machine: {url}")

    def _weigh(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"answer {response.status}: {response.url}")
