"""A process that does real work in children of its own, each of which can be ended at any step it takes.

Usage: crash_worker.py TENANT NOW; reads one order a line and answers each with one line, both JSON:

    {"work": "cycle", "tenant": 7, "now": "2026-11-23T16:00:00+00:00", "end_at": "commit 5 after", "count": 1}

`work` is `cycle`, `sweep` or `gmail`; a cycle holds its lease for `lease_seconds`. Steps are the statements and
commits of the application's connection, and what is done with each socket. At `end_at` the child kills itself with
SIGKILL, or, with `"by": "backend"`, has PostgreSQL end its connection. The answer says of each child: the signal that
ended it, its result, and every step it took. `send GET 3 after > commit 1 before` is a step that is counted from
another: the first commit since the third GET was sent. Before the first order the process rehearses a cycle of the
tenant that it is named, so that no child has to load anything.

With `"by": "pause"` the child stops itself (SIGSTOP) instead, and is answered for as `{"is_paused": true}`; the order
`{"work": "resume"}` lets it go on and says what became of it. `standstill` is the time that PostgreSQL leaves the
child's transactions to do nothing, `look_holds` how many seconds its last look before an effect is good for.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.db import connection, connections  # noqa: E402

from agent import executor, tenancy  # noqa: E402
from agent.cycle import run_cycle  # noqa: E402
from agent.leases import TTL_SECONDS  # noqa: E402
from agent.models import Tenant  # noqa: E402
from agent.sweep import sweep_tenant  # noqa: E402
from engagement.mail.gmail.sync import poll_gmail  # noqa: E402

COMMANDS = (b"EHLO", b"HELO", b"MAIL", b"RCPT", b"DATA", b"QUIT", b"POST", b"GET ")


class Steps:
    """Names each step of this process as it is taken, and ends the process, or its connection, at one of them."""

    def __init__(self, end_at: str, end: Callable[[], None]) -> None:
        *self.first, self.end_at = end_at.split(" > ")
        self.end = end
        self.taken: list[str] = []
        self.counts: Counter[str] = Counter()

    def number(self, name: str) -> str:
        """The name with its number among its like."""
        self.counts[name] += 1
        return f"{name} {self.counts[name]}"

    def take(self, name: str) -> None:
        self.taken.append(name)
        if self.first and name == self.first[0]:
            del self.first[0]
            self.counts.clear()
        elif not self.first and name == self.end_at:
            self.end()

    def around_statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.take(self.number("statement"))
        return execute(sql, params, many, context)

    def around_commit(self, commit: Callable[[], None]) -> Callable[[], None]:
        def watched() -> None:
            name = self.number("commit")
            self.take(f"{name} before")
            commit()
            self.take(f"{name} after")

        return watched


def watched_socket(steps: Steps) -> type[socket.socket]:
    """The class of sockets whose every use is a step, sending in two halves."""

    class Watched(socket.socket):
        def connect(self, address: Any) -> None:
            name = steps.number("connect")
            steps.take(f"{name} before")
            # The second half of a command must not wait for the first to be acknowledged.
            self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().connect(address)
            steps.take(f"{name} after")

        def sendall(self, data: Any, *flags: int) -> None:
            content = bytes(data)
            command = content[:4].upper()
            name = steps.number(f"send {command.decode().strip() if command in COMMANDS else 'text'}")
            steps.take(f"{name} before")
            super().sendall(content[: len(content) // 2])
            steps.take(f"{name} halfway")
            super().sendall(content[len(content) // 2 :])
            steps.take(f"{name} after")

        def recv_into(self, *arguments: Any) -> int:
            name = steps.number("read")
            steps.take(f"{name} before")
            count = super().recv_into(*arguments)
            steps.take(f"{name} after")
            return count

    return Watched


def end_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def pause_process() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def end_backend() -> None:
    """Have PostgreSQL end the application's connection, over another one."""
    victim = connection.connection.info.backend_pid
    values = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name not in ("cursor_factory", "context")
    }
    with psycopg.connect(**values, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [victim])


def do_work(order: dict[str, Any]) -> dict[str, Any]:
    """What one child does, watched from the first statement on."""
    ends = {"kill": end_process, "backend": end_backend, "pause": pause_process}
    steps = Steps(order.get("end_at", ""), ends[order.get("by", "kill")])
    tenancy.STANDSTILL_LIMIT = order.get("standstill", tenancy.STANDSTILL_LIMIT)
    executor.LOOK_HOLDS_SECONDS = order.get("look_holds", executor.LOOK_HOLDS_SECONDS)
    socket.socket = watched_socket(steps)  # type: ignore[misc]
    application = connections["default"]
    application._commit = steps.around_commit(application._commit)  # type: ignore[method-assign]
    now = datetime.fromisoformat(order["now"])
    with connection.execute_wrapper(steps.around_statement):
        tenant = Tenant.objects.get(pk=order["tenant"])
        if order["work"] == "cycle":
            report = run_cycle(tenant=tenant, now=now, lease_seconds=order.get("lease_seconds", TTL_SECONDS))
            result = f"{report.state} {report.stop_detail}".strip()
        elif order["work"] == "gmail":
            result = " ".join(report.ended for report in poll_gmail(tenant=tenant, now=now))
        else:
            sweep_tenant(tenant=tenant, now=now)
            result = "swept"
    return {"result": result, "steps": steps.taken}


def start_child(order: dict[str, Any]) -> tuple[int, int]:
    """Fork a child for one order; returns its process id and the pipe on which it answers."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    code = 1
    try:
        os.write(writing, json.dumps(do_work(order)).encode())
        code = 0
    finally:
        # Not `sys.exit`: what the parent set up is the parent's to end.
        sys.stderr.flush()
        os._exit(code)


def wait_for_pause(child: int) -> bool:
    """Whether a child came to its point and stopped itself there; False when it ended before."""
    _, status = os.waitpid(child, os.WUNTRACED)
    return os.WIFSTOPPED(status)


def wait_for(child: int, reading: int) -> dict[str, Any]:
    """What became of a child."""
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return {"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, **json.loads(said or b"{}")}


def main(tenant_id: int, now: datetime) -> None:
    run_cycle(tenant=Tenant.objects.get(pk=tenant_id), now=now, is_simulated=True)
    # A connection cannot be shared with a child; and what is known of it is to be learned anew by each.
    connections.close_all()
    tenancy.require_bound_role.cache_clear()
    paused: list[tuple[int, int]] = []
    for line in sys.stdin:
        order = json.loads(line)
        if order["work"] == "resume":
            children, paused = paused, []
            for child, _ in children:
                os.kill(child, signal.SIGCONT)
        else:
            children = [start_child(order) for _ in range(order.get("count", 1))]
        if order.get("by") == "pause":
            paused = children
            answers = [{"is_paused": wait_for_pause(child)} for child, _ in children]
        else:
            answers = [wait_for(*child) for child in children]
        sys.stdout.write(json.dumps(answers) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
