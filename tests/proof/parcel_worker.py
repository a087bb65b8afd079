"""A process that carries out allowed parcels until it is told to end, and whose courier keeps a log outside.

Usage: parcel_worker.py TENANT LOG NOW THREADS; each of its threads sweeps again and again at the pretended moment NOW
over a connection of its own. It says `ready` once it has loaded everything, each thread says `stopped` each time a
switch stopped it and `resumed` when it may go on, and all end when the standard input closes.

Each line of LOG is the moment (seconds of the wall clock) at which a parcel left, and its key: the oracle.
"""

from __future__ import annotations

import os
import select
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from agent.engine import KernelEngine  # noqa: E402
from agent.executor import execute_cards  # noqa: E402
from agent.models import Intent, Tenant  # noqa: E402
from agent.registry import Effect, Outcome, registry  # noqa: E402
from agent.switches import Stopped, build_cycle, read_stop  # noqa: E402
from tests.agent.fakes import ParcelEngine  # noqa: E402

# Not so short that workers who wait keep those who work from the processor.
IDLE_SECONDS = 0.02


def main(tenant_id: int, log: str, now: datetime, threads: int) -> None:
    record = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def send(intent: Intent) -> Outcome:
        os.write(record, f"{time.time():.6f} {intent.idempotency_key}\n".encode())
        return Outcome(effect=Effect.DONE, reason="Delivered.")

    tenant = Tenant.objects.get(pk=tenant_id)
    with registry.override(KernelEngine(), ParcelEngine(send=send)), ThreadPoolExecutor(threads) as crowd:
        print("ready", flush=True)
        for work in [crowd.submit(sweep, tenant, now) for _ in range(threads)]:
            work.result()


def sweep(tenant: Tenant, now: datetime) -> None:
    """Carry out what is allowed until the standard input closes, which every thread sees."""
    is_stopped = False
    while not select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        if is_stopped:
            if read_stop(tenant.pk) is not None:
                continue
            print("resumed", flush=True)
            is_stopped = False
        try:
            execute_cards(cycle=build_cycle(tenant=tenant, now=now))
        except Stopped:
            print(f"stopped {time.time():.6f}", flush=True)
            is_stopped = True
    connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3]), int(sys.argv[4]))
