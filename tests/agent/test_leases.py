"""One cycle a tenant: the lease, its heartbeat, its fence, and what a dead holder leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from agent.leases import LeaseLost, LeaseTaken, fenced_scope, hold_lease, read_live_token
from agent.models import Lease
from agent.tenancy import tenant_scope
from tests.agent.processes import wait_for_line, worker_environment

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HOLD_AND_WAIT = """
import sys, time, django
django.setup()
from agent.leases import hold_lease
with hold_lease(int(sys.argv[1])) as lease:
    print(lease.token, flush=True)
    time.sleep(60)
"""


@contextmanager
def other_process_holds(tenant):
    """Another process that holds the tenant's lease, and its token; killed at the end at the latest."""
    command = [sys.executable, "-c", HOLD_AND_WAIT, str(tenant.pk)]
    with subprocess.Popen(command, env=worker_environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, int(wait_for_line(process))
        finally:
            process.kill()


def test_a_second_holder_is_refused_and_the_next_gets_a_higher_token(meridian):
    with hold_lease(meridian.pk) as lease:
        with pytest.raises(LeaseTaken), hold_lease(meridian.pk):
            pass
    with hold_lease(meridian.pk) as again:
        assert again.token == lease.token + 1


def test_the_lease_of_one_tenant_does_not_hold_up_another(meridian, harborpine):
    with hold_lease(meridian.pk), hold_lease(harborpine.pk) as other:
        assert other.token == 1


def test_of_many_threads_at_once_one_holds_the_lease(meridian):
    inside, most, taken = [], [], []
    barrier = threading.Barrier(12)

    def contend():
        barrier.wait()
        try:
            with hold_lease(meridian.pk) as lease:
                inside.append(lease.token)
                most.append(len(inside))
                time.sleep(0.2)
                inside.remove(lease.token)
        except LeaseTaken:
            taken.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=contend) for _ in range(12)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert max(most) == 1
    assert len(taken) + len(most) == 12


def test_a_killed_holder_frees_the_lease_at_once(meridian):
    with other_process_holds(meridian) as (process, token):
        with pytest.raises(LeaseTaken), hold_lease(meridian.pk):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_until_free(meridian)
    with hold_lease(meridian.pk) as lease:
        assert lease.token == token + 1


def wait_until_free(tenant):
    """Until PostgreSQL has noticed that the connection is gone: moments, not the length of a lease."""
    for _ in range(100):
        with tenant_scope(tenant):
            if read_live_token(tenant.pk) is None:
                return
        time.sleep(0.05)
    pytest.fail("The lease of a dead process was still held after five seconds.")


def test_a_stopped_holder_loses_the_lease_when_it_expires_and_can_write_nothing_after(meridian):
    with hold_lease(meridian.pk, ttl_seconds=0.3) as lease:
        lease._stop.set()  # its heartbeat no longer comes, as after SIGSTOP
        time.sleep(0.4)
        with hold_lease(meridian.pk) as successor:
            assert successor.token == lease.token + 1
            with pytest.raises(LeaseLost), fenced_scope(meridian.pk, lease.token):
                pytest.fail("A stale holder came through the fence.")
            with fenced_scope(meridian.pk, successor.token):
                pass
            lease.extend()
            assert lease.is_lost


def test_the_heartbeat_keeps_a_lease_beyond_its_time(meridian):
    with hold_lease(meridian.pk, ttl_seconds=0.6):
        time.sleep(1.5)
        with pytest.raises(LeaseTaken), hold_lease(meridian.pk):
            pass


def test_a_lease_whose_connection_is_gone_is_lost(meridian):
    with hold_lease(meridian.pk) as lease:
        with psycopg.connect(lease.connection.info.dsn, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [lease.connection.info.backend_pid])
        lease.extend()
        assert lease.is_lost


def test_the_fence_keeps_a_successor_out_until_the_write_has_committed(meridian):
    with hold_lease(meridian.pk, ttl_seconds=0.3) as lease:
        lease._stop.set()
        order = []

        def succeed():
            with hold_lease(meridian.pk):
                order.append("successor")
            connection.close()

        with fenced_scope(meridian.pk, lease.token):
            time.sleep(0.5)
            thread = threading.Thread(target=succeed)
            thread.start()
            time.sleep(0.3)
            order.append("write")
        thread.join()
    assert order == ["write", "successor"]


def test_an_error_while_acquiring_means_no_lease(meridian, monkeypatch):
    monkeypatch.setattr("agent.leases.ACQUIRE_SQL", "SELECT 1 FROM no_such_table")
    with pytest.raises(psycopg.Error), hold_lease(meridian.pk):
        pytest.fail("The lease was held although acquiring it failed.")


def test_the_token_survives_a_release(meridian):
    with hold_lease(meridian.pk):
        pass
    with tenant_scope(meridian):
        assert Lease.objects.get().token == 1
        assert read_live_token(meridian.pk) is None


def test_the_holder_is_named_by_its_process(meridian):
    with other_process_holds(meridian) as (process, _), tenant_scope(meridian):
        assert Lease.objects.get().holder.endswith(f":{process.pid}")
