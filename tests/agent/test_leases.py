"""One cycle a tenant: the lease, its heartbeat, its fence, and what a dead holder leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection

from agent.abandoned import PAUSE_AFTER
from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.leases import HeldLease, LeaseLost, LeaseTaken, fenced_scope, hold_lease, read_live_token
from agent.models import Lease, Run, SwitchChange
from agent.registry import registry
from agent.services import set_tenant_switch
from agent.states import RunState
from agent.sweep import reap_runs
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine
from tests.agent.processes import database_url, wait_for_line, worker_environment

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
    with hold_lease(meridian.pk, ttl_seconds=0.5) as lease:
        lease._stop.set()  # its heartbeat no longer comes, as after SIGSTOP
        wait_until_free(meridian)
        with hold_lease(meridian.pk) as successor:
            assert successor.token == lease.token + 1
            with pytest.raises(LeaseLost), fenced_scope(meridian.pk, lease.token):
                pytest.fail("A stale holder came through the fence.")
            with fenced_scope(meridian.pk, successor.token):
                pass
            lease.extend()
            assert lease.is_lost


def test_the_heartbeat_keeps_a_lease_beyond_its_time(meridian):
    with hold_lease(meridian.pk, ttl_seconds=3):
        wait_for_heartbeats(meridian, 4)
        with pytest.raises(LeaseTaken), hold_lease(meridian.pk):
            pass


def wait_for_heartbeats(tenant, number):
    """Until the lease has been extended so often, whatever else is going on."""
    seen = set()
    for _ in range(400):
        with connect_beside() as other:
            other.execute("SELECT set_config('app.tenant_id', %s, false)", [str(tenant.pk)])
            seen.add(other.execute("SELECT expires_at FROM agent_tenant_locks").fetchone()[0])
        if len(seen) > number:
            return
        time.sleep(0.05)
    pytest.fail(f"The lease was extended {len(seen) - 1} times in twenty seconds.")


def connect_beside():
    """A connection as the application's role that has nothing to do with Django's."""
    return psycopg.connect(database_url("default"), autocommit=True)


def test_a_write_that_takes_longer_than_the_lease_does_not_cost_it(meridian):
    with hold_lease(meridian.pk, ttl_seconds=3) as lease:
        with fenced_scope(meridian.pk, lease.token):
            wait_for_heartbeats(meridian, 4)
        with fenced_scope(meridian.pk, lease.token):
            assert read_live_token(meridian.pk) == lease.token


def test_a_holder_whose_heartbeat_hangs_stops_before_anybody_takes_over(meridian, monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(HeldLease, "extend", lambda lease: release.wait())
    with hold_lease(meridian.pk, ttl_seconds=6) as lease, ExitStack() as end:
        end.callback(release.set)
        wait_for(lambda: lease.is_lost)
        with tenant_scope(meridian):
            assert read_live_token(meridian.pk) == lease.token
        with pytest.raises(LeaseLost, match="in time"), fenced_scope(meridian.pk, lease.token):
            pytest.fail("A holder without a heartbeat came through its own fence.")


def wait_for(is_true):
    """Until a condition holds; fails after twenty seconds."""
    for _ in range(400):
        if is_true():
            return
        time.sleep(0.05)
    pytest.fail("What was waited for did not come about in twenty seconds.")


def test_a_lease_whose_connection_is_gone_is_lost(meridian):
    with hold_lease(meridian.pk) as lease:
        with connect_beside() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [lease.connection.info.backend_pid])
        lease.extend()
        assert lease.is_lost


def test_a_holder_whose_heartbeat_is_cut_off_knows_it_and_writes_nothing_more(meridian):
    with hold_lease(meridian.pk, ttl_seconds=3) as lease:
        with connect_beside() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [lease.connection.info.backend_pid])
        wait_for(lambda: lease._lost.is_set())
        with pytest.raises(LeaseLost), fenced_scope(meridian.pk, lease.token):
            pytest.fail("A holder without a lease connection came through the fence.")
        with hold_lease(meridian.pk) as successor:
            assert successor.token == lease.token + 1


def test_the_fence_keeps_a_successor_out_until_the_write_has_committed(meridian):
    order = []

    def succeed():
        with hold_lease(meridian.pk):
            order.append("successor")
        connection.close()

    with hold_lease(meridian.pk, ttl_seconds=0.5) as lease:
        with fenced_scope(meridian.pk, lease.token):
            lease._stop.set()
            wait_for(lambda: read_live_token(meridian.pk) is None)
            thread = threading.Thread(target=succeed)
            thread.start()
            wait_for(is_somebody_waiting_for_the_lease)
            order.append("write")
        thread.join()
    assert order == ["write", "successor"]


def test_a_holder_who_connected_while_another_waited_for_the_row_is_not_taken_for_dead(meridian):
    """PostgreSQL keeps its first picture of the connections for a whole transaction, the wait for a row included."""
    with hold_lease(meridian.pk):
        pass
    answers = []
    with connect_beside() as busy, busy.transaction():
        busy.execute("SELECT set_config('app.tenant_id', %s, true)", [str(meridian.pk)])
        busy.execute("SELECT FROM agent_tenant_locks FOR UPDATE")
        thread = threading.Thread(target=try_to_hold, args=(meridian, answers))
        thread.start()
        wait_for(is_somebody_waiting_for_the_lease)
        newcomer = connect_beside()
        busy.execute(
            "UPDATE agent_tenant_locks SET token = token + 1, backend_pid = a.pid, "
            "backend_started_at = a.backend_start, expires_at = clock_timestamp() + interval '1 hour' "
            "FROM pg_stat_activity a WHERE a.pid = %s",
            [newcomer.info.backend_pid],
        )
    thread.join()
    newcomer.close()
    assert answers == ["taken"]


def is_somebody_waiting_for_the_lease():
    """Whether a connection waits for a lock in the middle of taking the lease."""
    with connect_beside() as other:
        found = other.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO agent_tenant_locks%'"
        )
        return found.fetchone()[0] == 1


def test_a_holder_that_stands_still_inside_a_write_keeps_others_waiting_only_so_long(meridian, monkeypatch):
    monkeypatch.setattr("agent.leases.WAIT_SECONDS", 0.2)
    with hold_lease(meridian.pk, ttl_seconds=0.5) as lease, fenced_scope(meridian.pk, lease.token):
        lease._stop.set()
        wait_for(lambda: read_live_token(meridian.pk) is None)
        refused = []
        thread = threading.Thread(target=try_to_hold, args=(meridian, refused))
        thread.start()
        thread.join()
        assert refused == ["taken"]


def try_to_hold(tenant, answers):
    try:
        with hold_lease(tenant.pk):
            answers.append("held")
    except LeaseTaken:
        answers.append("taken")
    finally:
        connection.close()


def test_a_unit_of_work_that_stands_still_is_ended_by_the_database(meridian, monkeypatch):
    with tenant_scope(meridian), connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone()[0] == "1min"
    monkeypatch.setattr("agent.tenancy.STANDSTILL_LIMIT", "50ms")
    with pytest.raises(DatabaseError, match="idle-in-transaction"), tenant_scope(meridian):
        backend = connection.connection.info.backend_pid
        wait_for(lambda: not is_connected(backend))
        Lease.objects.first()
    with tenant_scope(meridian):
        assert Lease.objects.first() is None


def is_connected(backend):
    with connect_beside() as other:
        found = other.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [backend])
        return found.fetchone()[0] == 1


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


def test_a_token_continues_after_every_fence_on_record_even_if_the_row_is_gone(
    meridian, harborpine, cycles, now
):
    run_cycle(tenant=meridian, now=now)
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        Lease.objects.all().delete()
    with hold_lease(meridian.pk) as lease, hold_lease(harborpine.pk) as other:
        assert (lease.token, other.token) == (3, 1)


@pytest.fixture
def cycles():
    """Cycles that find nothing to do."""
    with registry.override(KernelEngine(), ParcelEngine()):
        yield


def leave_running(tenant, *, fence, now):
    """A run whose process died: stored as running, and its lease held by nobody."""
    number = (Run.objects.order_by("-cycle_number").values_list("cycle_number", flat=True).first() or 0) + 1
    return Run.objects.create(
        cycle_number=number, trigger="manual", state="running", fence=fence, cycle_at=now, started_at=now
    )


@pytest.mark.parametrize("is_row_there", [True, False])
@pytest.mark.parametrize("fence", [None, 1])
def test_the_reaper_finds_runs_whatever_is_left_of_their_lease(
    meridian, harborpine, now, fence, is_row_there
):
    with hold_lease(meridian.pk):
        pass
    with tenant_scope(meridian):
        if not is_row_there:
            Lease.objects.all().delete()
        leave_running(meridian, fence=fence, now=now)
    with tenant_scope(harborpine):
        leave_running(harborpine, fence=fence, now=now)
    assert reap_runs(tenant=meridian, now=now) == 1
    with tenant_scope(meridian):
        assert Run.objects.get().state == RunState.ABANDONED
    with tenant_scope(harborpine):
        assert Run.objects.get().state == RunState.RUNNING


def test_the_reaper_leaves_a_living_run_alone(meridian, now):
    with hold_lease(meridian.pk) as lease:
        with tenant_scope(meridian):
            leave_running(meridian, fence=lease.token, now=now)
        assert reap_runs(tenant=meridian, now=now) == 0
    assert reap_runs(tenant=meridian, now=now) == 1
    assert reap_runs(tenant=meridian, now=now) == 0


def test_a_run_that_was_wrongly_taken_for_dead_can_write_nothing_after_the_reaper(meridian, now):
    with hold_lease(meridian.pk, ttl_seconds=0.5) as lease:
        with tenant_scope(meridian):
            leave_running(meridian, fence=lease.token, now=now)
        lease._stop.set()
        wait_until_free(meridian)
        assert reap_runs(tenant=meridian, now=now) == 1
        with pytest.raises(LeaseLost), fenced_scope(meridian.pk, lease.token):
            pytest.fail("An abandoned run came through the fence.")


def die_in_cycle(tenant, now):
    """What a cycle leaves whose process is killed: a running run, and a lease that nobody holds."""
    with hold_lease(tenant.pk) as lease, fenced_scope(tenant.pk, lease.token):
        leave_running(tenant, fence=lease.token, now=now)
    assert reap_runs(tenant=tenant, now=now) == 1
    tenant.refresh_from_db()


def test_three_dead_cycles_in_a_row_pause_the_tenant_and_say_why(meridian, harborpine, cycles, now):
    for _ in range(PAUSE_AFTER - 1):
        die_in_cycle(meridian, now)
        assert meridian.agent_enabled
    die_in_cycle(meridian, now)
    harborpine.refresh_from_db()
    assert (meridian.agent_enabled, harborpine.agent_enabled) == (False, True)
    change = SwitchChange.objects.get()
    assert (change.company, change.actor, change.is_enabled) == ("meridian", "reaper", False)
    assert "3 cycles in a row" in change.reason and meridian.agent_reason == change.reason
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, report.stop_reason) == (RunState.STOPPED, "tenant_disabled")
    assert "3 cycles in a row" in report.stop_detail


def test_a_cycle_that_finds_the_third_dead_one_stops_before_it_begins(meridian, cycles, now):
    for _ in range(PAUSE_AFTER - 1):
        die_in_cycle(meridian, now)
    with hold_lease(meridian.pk) as lease, fenced_scope(meridian.pk, lease.token):
        leave_running(meridian, fence=lease.token, now=now)
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, report.stop_reason) == (RunState.STOPPED, "tenant_disabled")
    with tenant_scope(meridian):
        assert Run.objects.filter(state=RunState.ABANDONED).count() == PAUSE_AFTER
        assert not Run.objects.filter(state=RunState.RUNNING).exists()


def test_a_cycle_that_ends_well_interrupts_the_row_of_dead_ones(meridian, cycles, now):
    for _ in range(PAUSE_AFTER - 1):
        die_in_cycle(meridian, now)
    assert run_cycle(tenant=meridian, now=now).state == RunState.COMPLETED
    die_in_cycle(meridian, now)
    assert meridian.agent_enabled


def test_after_a_person_resumed_the_row_of_dead_cycles_begins_anew(meridian, cycles, now):
    for _ in range(PAUSE_AFTER):
        die_in_cycle(meridian, now)
    resumed_at = now + timedelta(minutes=5)
    set_tenant_switch(tenant=meridian, is_enabled=True, actor="Dana", reason="More memory.", now=resumed_at)
    for minute in range(1, PAUSE_AFTER + 1):
        assert meridian.agent_enabled
        die_in_cycle(meridian, resumed_at + timedelta(minutes=minute))
    assert not meridian.agent_enabled
