"""How tasks are handed out: what the settings promise of every task, whatever it does."""

from __future__ import annotations

import runpy

import pytest

from agent.cycle import TIME_LIMIT
from agent.tasks import SWEEP_SECONDS, SWEEP_TENANT_SECONDS, run_tenant_cycle, sweep
from agent_site.celery import app
from agent_site.home import REPOSITORY
from agent_site.schedule import SCHEDULE

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


def limits_of(name):
    """The soft and the hard limit that are in force for a task, in seconds."""
    task = app.tasks[name]
    return (
        task.soft_time_limit or app.conf.task_soft_time_limit,
        task.time_limit or app.conf.task_time_limit,
    )


def settings_with(monkeypatch, broker):
    monkeypatch.setenv("CELERY_BROKER_URL", broker)
    return runpy.run_path(str(REPOSITORY / "agent_site" / "settings.py"))


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_an_end_and_a_warning_before_it(name):
    soft, hard = limits_of(name)
    assert 0 < soft < hard


@pytest.mark.parametrize(
    "broker", ["redis://localhost/0", "rediss://localhost/0", "sentinel://localhost:26379"]
)
def test_redis_hands_no_ring_out_again_while_its_task_may_still_run(monkeypatch, broker):
    options = settings_with(monkeypatch, broker)["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert max(limits_of(name)[1] for name in TASKS) < options["visibility_timeout"]


@pytest.mark.parametrize("broker", ["amqp://localhost", ""])
def test_only_redis_is_told_when_to_hand_a_ring_out_again(monkeypatch, broker):
    assert "visibility_timeout" not in settings_with(monkeypatch, broker)["CELERY_BROKER_TRANSPORT_OPTIONS"]


def test_work_ends_by_itself_before_its_task_is_cut_short():
    assert TIME_LIMIT.total_seconds() < limits_of(run_tenant_cycle.name)[0]
    assert SWEEP_SECONDS + SWEEP_TENANT_SECONDS < limits_of(sweep.name)[0]


def test_a_ring_for_a_cycle_expires_before_the_next_one():
    (minutes,) = {entry.minute for entry in SCHEDULE if entry.task == "agent.tasks.fan_out_cycles"}
    assert minutes == "*/5" and run_tenant_cycle.expires < 5 * 60


def test_a_ring_is_acknowledged_when_it_is_answered_and_never_repeated_for_killing_its_process():
    assert app.conf.task_acks_late and not app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    # Answered, failed or killed for its time: each of them ends the ring.
    assert all(app.tasks[name].acks_on_failure_or_timeout for name in TASKS)


def test_what_is_read_from_the_broker_is_data():
    assert (app.conf.task_serializer, list(app.conf.accept_content)) == ("json", ["json"])


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_sent_to_a_queue_that_a_worker_listens_to(name):
    assert app.amqp.router.route({}, name)["queue"].name in {queue.name for queue in app.conf.task_queues}


def test_a_long_line_of_cycles_keeps_neither_mail_nor_the_sweep_waiting():
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in TASKS}
    assert [name for name, queue in queues.items() if queue == "cycles"] == [run_tenant_cycle.name]
    assert queues["engagement.mail.tasks.poll_mail"] == "mail" and queues[sweep.name] == "celery"
