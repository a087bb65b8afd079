"""A process that has loaded what the program stands on, and runs tests in children that load the program itself anew.

Usage: python -m tests.mutation_worker, in the checkout; reads an order a line and answers each with a line, both JSON:

    {"arguments": ["-x", "tests/agent/test_rules.py"]}  ->  {"code": 1, "failed": ["tests/..."], "said": "..."}

Nothing of the checkout is loaded before the fork, so a child sees each file as it is then. Most of what a run of one
test file costs is loading libraries, which do not change.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

# Libraries that take longest to load and need no settings to be loaded.
LIBRARIES = (
    "celery.app.base",
    "django.db.backends.postgresql.base",
    "django.test",
    "dns.asyncquery",
    "faker",
    "google.oauth2.credentials",
    "google_auth_httplib2",
    "googleapiclient.discovery",
    "hypothesis.strategies",
    "kombu.entity",
    "phonenumbers",
    "psycopg.types.enum",
    "pytest",
    "requests",
    "rich.pretty",
    "structlog.dev",
    "svix.webhooks",
)
LAST_WORDS = 2000


class Recorder:
    """Keeps the names of the tests that failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and report.nodeid not in self.failed:
            self.failed.append(report.nodeid)


def run_tests(arguments: list[str]) -> dict[str, Any]:
    """Run tests in a child; what it says goes to a file, what became of it is returned."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as result:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            run_child(arguments, result.fileno())
        _, status = os.waitpid(child, 0)
        said.seek(0)
        result.seek(0)
        words = said.read()[-LAST_WORDS:].decode(errors="replace")
        answer = {"code": os.waitstatus_to_exitcode(status), "failed": [], "said": words}
        return {**answer, **json.loads(result.read() or b"{}")}


def run_child(arguments: list[str], result: int) -> None:
    code = -1
    try:
        import pytest

        recorder = Recorder()
        code = int(pytest.main(arguments, plugins=[recorder]))
        os.write(result, json.dumps({"failed": recorder.failed}).encode())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        # What the parent set up is the parent's to end.
        os._exit(code & 255)


def refuse_loaded_program() -> None:
    """The program must not be loaded here, or no child would see a change of it."""
    checkout, here = Path.cwd(), Path(__file__)
    files = {getattr(module, "__file__", None) or "" for module in sys.modules.values()}
    ours = {Path(file) for file in files if Path(file).is_relative_to(checkout)}
    if surplus := ours - {here, here.with_name("__init__.py")}:
        sys.exit(f"Loaded before the fork: {', '.join(sorted(map(str, surplus)))}.")


def main() -> None:
    for name in LIBRARIES:
        importlib.import_module(name)
    refuse_loaded_program()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        answers.write(json.dumps(run_tests(json.loads(line)["arguments"])) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
