"""A process that runs one cycle of one tenant with the small domain, and can kill itself at any SQL statement.

Usage: crash_worker.py TENANT_ID LOG KILL_AT; LOG is the courier's own record, the oracle of the tests.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from agent.cycle import run_cycle  # noqa: E402
from agent.engine import KernelEngine  # noqa: E402
from agent.models import Intent, Tenant  # noqa: E402
from agent.registry import Effect, Outcome, registry  # noqa: E402
from tests.agent.fakes import ParcelEngine, make_proposal  # noqa: E402


class Countdown:
    """Kills this process before its n-th step: an SQL statement, or one of the two sides of the effect."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.step()
        return execute(sql, params, many, context)


def main(tenant_id: int, log: Path, kill_at: int) -> None:
    countdown = Countdown(kill_at)

    def send(intent: Intent) -> Outcome:
        countdown.step()
        with log.open("a") as record:
            record.write(f"{intent.idempotency_key}\n")
        countdown.step()
        return Outcome(effect=Effect.DONE, reason="Delivered.")

    parcels = ParcelEngine(
        proposals=[make_proposal(1), make_proposal(2), make_proposal(3, kind="research")], send=send
    )
    tenant = Tenant.objects.get(pk=tenant_id)
    with registry.override(KernelEngine(), parcels), connection.execute_wrapper(countdown):
        report = run_cycle(tenant=tenant, now=timezone.now())
    sys.stdout.write(f"{report.state} {10_000_000 - countdown.left}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) or 10_000_000)
