"""The queue is a doorbell: lost, repeated, killed or down, every card is carried out once, and every cycle is one.

Real workers and beats on a real Redis, and the courier's log as the oracle.
"""

from __future__ import annotations

import shutil
import signal
from collections import Counter
from itertools import count

import pytest
from django.db import connections, transaction
from django.db.models import F
from django_celery_beat.models import IntervalSchedule, PeriodicTask
from kombu import Connection

from agent.models import Card, Run, Tenant, TenantKind
from agent.states import CardState, RunState
from agent.tasks import fan_out_cycles, run_tenant_cycle, sweep
from agent.tenancy import tenant_scope
from agent_site.celery import app
from tests.proof.broker import Program, Redis
from tests.proof.waiting import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.skipif(
        not shutil.which("redis-server"),
        reason="redis-server is not installed (Debian and Ubuntu: apt install redis-server)",
    ),
]
BUSY_SQL = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
      AND state <> 'idle'
"""
numbers = count(1)


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("broker")


@pytest.fixture(scope="module")
def server(directory):
    server = Redis(directory)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def post(directory):
    """The courier's log."""
    log = directory / "post.log"
    log.touch()
    return log


@pytest.fixture(scope="module")
def start(directory, server, post, django_db_setup):
    """Starts a worker or a beat; none outlives the module."""
    started = []

    def start(*arguments, url=server.url, **environment):
        said = directory / f"{next(numbers)}-{arguments[0]}.log"
        started.append(Program(*arguments, said=said, url=url, post=post, **environment))
        return started[-1]

    yield start
    for program in started:
        program.kill()


class Crew:
    """The worker of this module, which is replaced when a test has killed it."""

    def __init__(self, start):
        self.start = start
        self.hire()

    def hire(self):
        self.worker = self.start("worker", "--concurrency", "2", "--without-mingle", "--without-gossip")
        return self.worker


@pytest.fixture(scope="module")
def crew(start):
    return Crew(start)


@pytest.fixture
def worker(crew, server, post):
    """A worker that is ready, and that has finished everything when the test is over."""
    if crew.worker.process.poll() is not None:
        crew.hire()
    crew.worker.wait_for("ready.")
    yield crew.worker
    post.with_name("held").unlink(missing_ok=True)
    crew.worker.signal_children(signal.SIGCONT)
    wait_until(lambda: is_idle(server), "the worker to finish")


@pytest.fixture
def beat(start, worker):
    """Starts a beat; all are gone before the tables are emptied."""
    beats = []

    def begin():
        beats.append(start("beat"))
        return beats[-1]

    yield begin
    for program in beats:
        program.kill()


@pytest.fixture
def desks(system_config):
    """Makes companies with so many parcels each; each desk may send as many as it has."""

    def make(many, parcels):
        settings = {"send_mode": "live", "max_emails_per_hour": 10_000}
        return [
            Tenant.objects.create(
                slug=f"desk-{next(numbers)}-{parcels}",
                name=f"Desk {number}",
                kind=TenantKind.AMC,
                agent_enabled=True,
                agent_settings=settings,
            )
            for number in range(many)
        ]

    return make


def is_idle(server):
    """Whether nothing is waiting, nothing in hand, and no process is in the middle of a transaction."""
    with connections["default"].cursor() as cursor:
        cursor.execute(BUSY_SQL)
        (busy,) = cursor.fetchone()
    return not (busy or server.waiting() or server.in_hand())


def ring(server, task, *arguments, url=None, **options):
    """Put one ring into Redis, by the routes and the expiry that the program gives it."""
    with app.connection_for_write(url or server.url) as link:
        return task.apply_async(arguments, connection=link, **options)


def every_second(task, *arguments):
    """An operator's own entry of the schedule, which beat reads beside the code's."""
    second, _ = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.create(
        name=f"Every second {task.name} {arguments}",
        task=task.name,
        args=list(arguments).__repr__(),
        interval=second,
        expire_seconds=30,
    )


def count_done(desk):
    with tenant_scope(desk):
        return Card.objects.filter(state=CardState.DONE).count()


def count_runs(desk):
    with tenant_scope(desk):
        return Counter(Run.objects.values_list("state", flat=True))


def wait_for_parcels(desks):
    for desk in desks:
        parcels = int(desk.slug.rsplit("-", 1)[1])
        wait_until(
            lambda desk=desk, parcels=parcels: count_done(desk) == parcels,
            f"{desk.slug} to be done",
            progress=lambda desk=desk: count_done(desk),
        )


def read_posted(post, desk):
    """How often each parcel of a desk was sent, by the courier's log."""
    return Counter(key for key in post.read_text().split() if key.startswith(f"card-{desk.pk}-"))


def check_parcels(post, desks):
    """Every card was carried out, and every parcel sent, exactly once."""
    for desk in desks:
        with tenant_scope(desk):
            cards = {f"card-{desk.pk}-{pk}": 1 for pk in Card.objects.values_list("pk", flat=True)}
            assert set(Card.objects.values_list("state", flat=True)) == {CardState.DONE}
        assert len(cards) == int(desk.slug.rsplit("-", 1)[1])
        assert read_posted(post, desk) == cards


def count_cycles(desk):
    """How many cycles did the work of each hour."""
    with tenant_scope(desk):
        return Counter(Run.objects.filter(state=RunState.COMPLETED).values_list("slot", flat=True))


def test_two_beats_run_one_cycle_a_tenant_and_hour(desks, worker, beat, post, proof):
    two = desks(2, 5)
    every_second(fan_out_cycles)
    for desk in two:
        every_second(run_tenant_cycle, desk.pk)
    beats = [beat(), beat()]
    ticks = proof.size(short=3, long=30)
    for program in beats:
        program.wait_for("Sending due task Every second agent.tasks.fan_out_cycles", ticks)
    wait_for_parcels(two)
    check_parcels(post, two)
    for desk in two:
        # The last parcel is posted before the cycle that posted it ends.
        wait_until(lambda desk=desk: count_cycles(desk), f"a cycle of {desk.slug} to end")
        assert set(count_cycles(desk).values()) == {1}


def test_a_task_delivered_ten_times_is_one_cycle(desks, worker, server, post):
    (desk,) = desks(1, 10)
    for _ in range(10):
        ring(server, run_tenant_cycle, desk.pk)
    wait_for_parcels([desk])
    wait_until(lambda: is_idle(server), "all ten rings to be answered")
    check_parcels(post, [desk])
    assert set(count_cycles(desk).values()) == {1}


def test_a_flushed_broker_loses_no_cycle_and_no_card(desks, worker, beat, server, post, proof):
    many = desks(6, proof.size(short=5, long=100))
    worker.signal_children(signal.SIGSTOP)
    for desk in many:
        ring(server, run_tenant_cycle, desk.pk)
    wait_until(lambda: server.in_hand() == 2, "the worker to take what it can")
    assert server.waiting("cycles") == 4
    server.client.flushall()
    worker.signal_children(signal.SIGCONT)
    every_second(fan_out_cycles)
    beat()
    wait_for_parcels(many)
    check_parcels(post, many)


def test_a_worker_takes_no_more_than_it_can_answer_and_listens_to_every_queue_in_turn(desks, worker, server):
    ten = desks(10, 1)
    worker.signal_children(signal.SIGSTOP)
    before = worker.count("agent.tasks.sweep")
    for desk in ten:
        ring(server, run_tenant_cycle, desk.pk)
    ring(server, sweep)
    wait_until(lambda: server.in_hand() == 2, "the worker to take what it can")
    assert server.waiting() == 9
    worker.signal_children(signal.SIGCONT)
    wait_until(lambda: worker.count("agent.tasks.sweep") > before, "the sweep")
    assert server.waiting("cycles") > 0
    wait_for_parcels(ten)


def test_old_rings_are_thrown_away_by_a_worker_that_was_away(desks, worker, server, post):
    (desk,) = desks(1, 1)
    worker.signal_children(signal.SIGSTOP)
    for _ in range(2):
        ring(server, sweep)
    wait_until(lambda: server.in_hand() == 2, "the worker to be full")
    for _ in range(20):
        ring(server, run_tenant_cycle, desk.pk, expires=0.01)
    ring(server, run_tenant_cycle, desk.pk)
    worker.signal_children(signal.SIGCONT)
    wait_for_parcels([desk])
    wait_until(lambda: is_idle(server), "every ring to be looked at")
    with tenant_scope(desk):
        assert Run.objects.count() == 1


def test_a_killed_worker_is_followed_by_one_that_finishes(desks, crew, worker, server, post):
    (desk,) = desks(1, 20)
    ring(server, run_tenant_cycle, desk.pk)
    wait_until(lambda: read_posted(post, desk), "the cycle to send")
    worker.kill()
    assert read_posted(post, desk).total() < 20
    successor = crew.hire()
    ring(server, run_tenant_cycle, desk.pk)
    wait_for_parcels([desk])
    check_parcels(post, [desk])
    expected = {RunState.ABANDONED: 1, RunState.COMPLETED: 1}
    wait_until(lambda: count_runs(desk) == expected, "the second run to end")
    # What the first had in hand comes back after the visibility timeout, and has expired by then.
    server.client.delete("unacked", "unacked_index")
    assert successor.process.poll() is None


def test_a_cycle_that_is_stuck_is_killed_and_its_company_served_again(desks, worker, server, post):
    (desk,) = desks(1, 3)
    held = post.with_name("held")
    held.touch()
    killed = worker.count("Hard time limit")
    ring(server, run_tenant_cycle, desk.pk, soft_time_limit=3, time_limit=5)
    wait_until(lambda: worker.count("Hard time limit") > killed, "the hard time limit")
    held.unlink()
    ring(server, run_tenant_cycle, desk.pk)
    expected = {RunState.ABANDONED: 1, RunState.COMPLETED: 1}
    wait_until(lambda: count_runs(desk) == expected, "the second run to end")
    # What the soft limit broke off is unknown, and is not sent again; what the hard one ended waits for its next try.
    with tenant_scope(desk):
        assert sorted(Card.objects.values_list("state", flat=True)) == ["allowed", "done", "unknown"]
        Card.objects.filter(state=CardState.ALLOWED).update(not_before=F("claimed_at"))
    ring(server, sweep)
    wait_until(lambda: count_done(desk) == 2, "the next try")
    with tenant_scope(desk):
        done = Card.objects.filter(state=CardState.DONE).values_list("pk", flat=True)
        assert read_posted(post, desk) == {f"card-{desk.pk}-{pk}": 1 for pk in done}


def test_a_ring_that_redis_hands_out_again_while_it_is_answered_is_still_one_cycle(
    desks, worker, server, post
):
    (desk,) = desks(1, 5)
    held = post.with_name("held")
    held.touch()
    ring(server, run_tenant_cycle, desk.pk)
    wait_until(lambda: count_runs(desk)[RunState.RUNNING], "the cycle to begin")
    with app.connection_for_write(server.url) as link:
        # What every worker does with rings that nobody has acknowledged for as long as the visibility timeout.
        link.default_channel.qos.visibility_timeout = 0
        link.default_channel.qos.restore_visible()
    wait_until(lambda: count_runs(desk)[RunState.LOCKED], "the second answer to the same ring")
    held.unlink()
    wait_for_parcels([desk])
    expected = {RunState.LOCKED: 1, RunState.COMPLETED: 1}
    wait_until(lambda: count_runs(desk) == expected, "both answers to end")
    check_parcels(post, [desk])


class Trap:
    """Whoever unpickles it leaves a file behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_what_a_stranger_puts_into_the_folder_of_rings_is_thrown_away(desks, start, post, tmp_path):
    """Without a broker of its own the program keeps its rings in a folder; whoever can write there can only ring."""
    (desk,) = desks(1, 2)
    home = tmp_path / "home"
    worker = start("worker", "--concurrency", "1", url="filesystem://localhost//", AGENT_HOME=str(home))
    worker.wait_for("ready.")
    folders = {name: str(home / "broker" / "messages") for name in ("data_folder_in", "data_folder_out")}
    options = {**folders, "control_folder": str(home / "broker" / "control")}
    trap = tmp_path / "sprung"
    with Connection("filesystem://localhost//", transport_options=options) as link:
        stranger = link.Producer()
        to_cycles = {"routing_key": "cycles"}
        ours = name_task(run_tenant_cycle.name)
        stranger.publish([[Trap(trap)], {}, {}], serializer="pickle", headers=ours, **to_cycles)
        stranger.publish([["touch it"], {}, {}], headers=name_task("os.system"), **to_cycles)
        stranger.publish("no ring at all", **to_cycles)
        run_tenant_cycle.apply_async(("1; DROP TABLE tenants",), connection=link)
        run_tenant_cycle.apply_async((desk.pk,), connection=link)
        wait_for_parcels([desk])
    worker.wait_for("Refusing to deserialize untrusted content of type pickle")
    worker.wait_for("Refusing to deserialize untrusted content of type text/plain")
    worker.wait_for("Received unregistered task of type 'os.system'")
    worker.wait_for("expected a number but got '1; DROP TABLE tenants'")
    assert not trap.exists()
    check_parcels(post, [desk])
    worker.kill()


def name_task(name):
    """The headers of a ring, as a stranger writes them."""
    return {"task": name, "id": str(next(numbers)), "lang": "py", "argsrepr": "", "kwargsrepr": ""}


def test_a_transaction_that_is_rolled_back_rings_nobody(desks, worker, server):
    (desk,) = desks(1, 1)
    worker.signal_children(signal.SIGSTOP)
    with app.connection_for_write(server.url) as link:
        with pytest.raises(ZeroDivisionError), tenant_scope(desk):
            run_tenant_cycle.apply_async_on_commit((desk.pk,), connection=link)
            raise ZeroDivisionError
        assert server.waiting() + server.in_hand() == 0
        with transaction.atomic():
            run_tenant_cycle.apply_async_on_commit((desk.pk,), connection=link)
            assert server.waiting() + server.in_hand() == 0
        wait_until(lambda: server.waiting() + server.in_hand() == 1, "the ring of the commit")
    worker.signal_children(signal.SIGCONT)
    wait_for_parcels([desk])


def test_workers_come_back_after_redis_was_down(desks, crew, worker, beat, server, post, proof):
    many = desks(4, proof.size(short=30, long=300))
    every_second(fan_out_cycles)
    every_second(sweep)
    program = beat()
    program.wait_for("Sending due task")
    for _ in range(proof.size(short=1, long=3)):
        wait_until(lambda: any(read_posted(post, desk) for desk in many), "the first parcels")
        losses = worker.count("Connection to broker lost")
        server.kill()
        worker.wait_for("Connection to broker lost", losses + 1)
        received = worker.count(" received")
        server.start()
        # Only a worker that listens again can lose its connection again.
        if not listens_again(worker, received):
            worker = crew.hire()
            worker.wait_for(" received")
    wait_for_parcels(many)
    check_parcels(post, many)
    # No pile of rings: at most one cycle of each desk is still waiting.
    assert server.waiting("cycles") <= len(many)


def listens_again(worker, received):
    """False when the worker ended, which a supervisor answers with another: kombu 5.7 can fail over a second loss."""
    wait_until(
        lambda: worker.count(" received") > received or worker.process.poll() is not None,
        "the worker to listen again or to end",
    )
    return worker.process.poll() is None


def test_processes_killed_at_random_moments_lose_and_repeat_nothing(desks, worker, beat, server, post, proof):
    chance = proof.random("kills")
    many = desks(4, proof.size(short=30, long=250))
    every_second(fan_out_cycles)
    every_second(sweep)
    beat()
    for _ in range(proof.size(short=4, long=100)):
        sent = sum(read_posted(post, desk).total() for desk in many)
        step = chance.randint(1, 8)
        wait_until(
            lambda goal=sent + step: (
                sum(read_posted(post, desk).total() for desk in many) >= goal
                or all(count_done(desk) == read_posted(post, desk).total() for desk in many)
            ),
            "the work to go on",
        )
        for child in worker.children():
            child.kill()
        forget_the_wait_of_claims(many)
    wait_until(
        lambda: forget_the_wait_of_claims(many) or all_done(many),
        "every card to be done",
        progress=lambda: [count_done(desk) for desk in many],
    )
    check_parcels(post, many)


def all_done(desks):
    return all(count_done(desk) == int(desk.slug.rsplit("-", 1)[1]) for desk in desks)


def forget_the_wait_of_claims(desks):
    """Let the ten minutes pass after which a claim of a sweep is taken for a dead process's."""
    for desk in desks:
        with tenant_scope(desk, using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(
                "UPDATE kanban_cards SET claimed_at = claimed_at - interval '11 minutes' WHERE state = 'executing'"
            )
