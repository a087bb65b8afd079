"""A crowd of processes that all want one tenant's lease, and write outside the database when they have it.

Usage: lease_crowd.py TENANT PROCESSES ATTEMPTS LOG; every process makes so many attempts, all beginning at once.

A line of LOG is `enter TOKEN` or `leave TOKEN`, each appended by one write: their order in the file is the oracle.
Prints how many attempts were refused.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from functools import partial

import django

django.setup()

from agent.leases import LeaseTaken, hold_lease  # noqa: E402

# Forked, so that each process is there in a moment; none has a database connection yet.
PROCESSES = multiprocessing.get_context("fork")
LONGEST_HOLD_SECONDS = 0.02


def contend(tenant_id: int, attempts: int, record: int, _number: int) -> int:
    """Make the attempts of one process; returns how many were refused."""
    ready.wait()
    refused = 0
    for _ in range(attempts):
        try:
            with hold_lease(tenant_id) as lease:
                os.write(record, f"enter {lease.token}\n".encode())
                time.sleep(random.uniform(0, LONGEST_HOLD_SECONDS))
                os.write(record, f"leave {lease.token}\n".encode())
        except LeaseTaken:
            refused += 1
    return refused


if __name__ == "__main__":
    tenant, size, tries = (int(argument) for argument in sys.argv[1:4])
    # Nobody begins before all are there; so each of the processes takes exactly one share.
    ready = PROCESSES.Barrier(size)
    log = os.open(sys.argv[4], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with PROCESSES.Pool(size) as pool:
        print(sum(pool.map(partial(contend, tenant, tries, log), range(size), chunksize=1)))
