"""Real processes beside the test, on the test's own database."""

from __future__ import annotations

import os
import subprocess
from urllib.parse import quote

from django.conf import settings
from django.db import connections


def database_url(alias: str) -> str:
    """The address of the test database, as the role of `alias`."""
    values = connections[alias].settings_dict
    login = quote(values["USER"]) + (f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else "")
    if str(values["HOST"]).startswith("/"):
        return f"postgresql://{login}@/{values['NAME']}?host={quote(values['HOST'], safe='')}"
    return f"postgresql://{login}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def worker_environment(**changes: str) -> dict[str, str]:
    """The environment of a process that works on the test database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("WORKER_SETTINGS", "agent_site.settings"),
        "DATABASE_URL": database_url("default"),
        "DATABASE_OWNER_URL": database_url("owner"),
        "PYTHONPATH": os.pathsep.join([str(settings.REPOSITORY), os.environ.get("PYTHONPATH", "")]),
        **changes,
    }


def wait_for_line(process: subprocess.Popen[str]) -> str:
    """The next line a process prints; fails when it ends instead."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"The process ended with {process.wait()}."
    return line.strip()
