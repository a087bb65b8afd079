"""The schedule of the code reaches beat, and an operator's change to it survives until the code's changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django_celery_beat.models import PeriodicTask

from agent_site.celery import app
from agent_site.schedule import SCHEDULE, CodeFirstScheduler, Entry, is_as_in_code, synchronise_schedule

pytestmark = pytest.mark.django_db

CYCLES = "Run the cycle of every enabled tenant"


def row(name: str = CYCLES) -> PeriodicTask:
    return PeriodicTask.objects.select_related("crontab").get(name=name)


def with_new_minute(minute: str) -> tuple[Entry, ...]:
    """The code's schedule after a release that moved the hourly cycles."""
    return tuple(replace(entry, minute=minute) if entry.name == CYCLES else entry for entry in SCHEDULE)


def test_the_schedule_is_copied_once() -> None:
    synchronise_schedule()
    first = set(PeriodicTask.objects.values_list("pk", "task", "crontab__minute", "crontab__hour"))
    synchronise_schedule()
    assert set(PeriodicTask.objects.values_list("pk", "task", "crontab__minute", "crontab__hour")) == first
    assert {(task, minute, hour) for _, task, minute, hour in first} == {
        ("agent.tasks.fan_out_cycles", "*/5", "*"),
        ("engagement.mail.tasks.poll_mail", "*/5", "*"),
        ("agent.tasks.sweep", "*", "*"),
        ("agent.tasks.reap", "*", "*"),
        ("documents.tasks.sweep_libraries", "*", "*"),
        ("agent.alerts.tasks.judge_alerts", "*", "*"),
        ("agent.alerts.tasks.send_notices", "*", "*"),
        ("agent.metrics.tasks.add_up_counters", "40", "*"),
        ("engagement.mail.tasks.check_domains", "20", "4"),
        ("agent.tasks.clean_up", "0", "2"),
    }
    assert all(is_as_in_code(row(entry.name)) for entry in SCHEDULE)


def test_an_operators_change_survives_a_restart_of_beat() -> None:
    synchronise_schedule()
    PeriodicTask.objects.filter(name=CYCLES).update(enabled=False, expire_seconds=7)
    synchronise_schedule()
    assert (row().enabled, row().expire_seconds) == (False, 7)
    assert not is_as_in_code(row())


def test_a_change_of_the_codes_own_entry_wins_over_the_operator() -> None:
    synchronise_schedule()
    PeriodicTask.objects.filter(name=CYCLES).update(enabled=False)
    synchronise_schedule(with_new_minute("30"))
    assert (row().enabled, row().crontab.minute) == (True, "30")
    assert is_as_in_code(row(), with_new_minute("30"))
    assert not is_as_in_code(row())


def test_an_entry_that_left_the_code_is_removed_and_the_operators_own_is_kept() -> None:
    synchronise_schedule()
    theirs = row()
    theirs.pk = None
    theirs.name = "Extra cycles before the weekend"
    theirs.save()
    synchronise_schedule(SCHEDULE[1:])
    assert not PeriodicTask.objects.filter(name=CYCLES).exists()
    assert not is_as_in_code(row("Extra cycles before the weekend"))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_beat_reads_the_synchronised_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """With real commits, because beat closes a connection that it finds in a transaction.

    At two in the morning, because beat leaves out, until two hours before, what rings at one hour of the day.
    """
    at_night = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    monkeypatch.setattr("django_celery_beat.schedulers.aware_now", lambda: at_night)
    scheduler = CodeFirstScheduler(app=app)
    assert set(scheduler.schedule) == {entry.name for entry in SCHEDULE}


def test_every_entry_rings_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {entry.task for entry in SCHEDULE} <= set(app.tasks)
