"""A process that works on libraries in children of its own, each of which can be ended at any step it takes.

Usage: crash_worker.py; reads one order a line and answers each with one line, both JSON:

    {"work": "ingest", "tenant": 7, "now": "2026-11-23T16:00:00+00:00", "paths": ["/folder"], "end_at": 12}

`work` is `ingest`, `fetch` (what is announced), `read` (the queue) or `delete` (everything in the trash). Steps are the
statements and commits of the application's connection, and every file that is opened or removed below
`$AGENT_HOME/media`. At step number `end_at` the child kills itself with SIGKILL. The answer says which signal ended it,
and how many steps it took.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from agent import tenancy  # noqa: E402
from agent.models import Tenant  # noqa: E402
from agent.tenancy import tenant_scope  # noqa: E402
from documents.models import Document  # noqa: E402
from documents.pipeline import process_extractions  # noqa: E402
from documents.services import delete_documents, fetch_announced, ingest_paths  # noqa: E402

MEDIA = str(Path(os.environ["AGENT_HOME"], "media"))
FILE_STEPS = ("open", "os.remove", "os.mkdir")


class Steps:
    """Counts the steps of this process, and ends it before one of them."""

    def __init__(self, end_at: int) -> None:
        self.end_at = end_at
        self.taken = 0

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.end_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.take()
        return execute(sql, params, many, context)

    def around_commit(self, commit: Callable[[], None]) -> Callable[[], None]:
        def watched() -> None:
            self.take()
            commit()
            self.take()

        return watched

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook: Python tells of each file before it is touched."""
        if event in FILE_STEPS and str(arguments[0]).startswith(MEDIA):
            self.take()


def do_work(order: dict[str, Any]) -> int:
    """What one child does, watched from the first statement on; the number of its steps."""
    steps = Steps(order.get("end_at", 0))
    sys.addaudithook(steps.hear)
    application = connections["default"]
    application._commit = steps.around_commit(application._commit)  # type: ignore[method-assign]
    now = datetime.fromisoformat(order["now"])
    with connection.execute_wrapper(steps.around_statement):
        tenant = Tenant.objects.get(pk=order["tenant"])
        if order["work"] == "ingest":
            ingest_paths(tenant=tenant, paths=map(Path, order["paths"]), actor="ana", now=now)
        elif order["work"] == "fetch":
            fetch_announced(tenant=tenant, now=now)
        elif order["work"] == "read":
            process_extractions(tenant=tenant, now=now)
        else:
            with tenant_scope(tenant):
                ids = list(Document.objects.trashed().values_list("pk", flat=True))
            delete_documents(tenant=tenant, document_ids=ids, actor="ana", now=now)
    return steps.taken


def run_child(order: dict[str, Any]) -> dict[str, int]:
    """Fork a child for one order, and wait for what becomes of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        code = 1
        try:
            os.write(writing, str(do_work(order)).encode())
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return {"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, "steps": int(said or 0)}


def main() -> None:
    connections.close_all()
    tenancy.require_bound_role.cache_clear()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run_child(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
