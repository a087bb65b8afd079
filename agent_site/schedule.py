"""What beat rings and when, and how that meets what an operator has changed in the console.

The schedule is written here and copied into django-celery-beat when beat starts. A row remembers, in its
description, the code's entry it was made from. While that is still the code's entry, the row is the
operator's: enabled, times and all. When the code's entry has changed, the code wins once. To silence an
entry for good, disable it; a deleted one returns.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from agent.alerts.services import record_heartbeat
from agent.alerts.states import Heart

logger = structlog.get_logger(__name__)

CRONTAB_FIELDS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")
# Names the advisory lock that keeps two starting beats apart.
LOCK_NAME = "agent_site.schedule"
# Seconds between two signs of life of beat.
SHOW_LIFE_EVERY = 30.0


@dataclass(frozen=True)
class Entry:
    """One line of the schedule: a task, and the minutes of each hour, or of one, at which its bell rings (UTC)."""

    name: str
    task: str
    minute: str
    # An unanswered ring is thrown away after this many seconds, before the next one is due.
    expire_seconds: int
    hour: str = "*"

    @property
    def mark(self) -> str:
        """How a row that this module made for this name begins its last line; a copy under another name
        does not have it and is the operator's own."""
        return _mark(self.name)

    @property
    def stamp(self) -> str:
        """The line that says, in a row's description, which entry of the code the row was made from."""
        of_hour = "" if self.hour == "*" else f" of hour {self.hour}"
        return f"{self.mark} {self.task} at minute {self.minute}{of_hour}, expiring after {self.expire_seconds} s."


SCHEDULE = (
    # Once an hour each, and asked more often: a ring that got lost costs minutes.
    Entry("Run the cycle of every enabled tenant", "agent.tasks.fan_out_cycles", "*/5", 240),
    Entry("Fetch new mail", "engagement.mail.tasks.poll_mail", "*/5", 240),
    Entry("Finish what a lost message left", "agent.tasks.sweep", "*", 50),
    Entry("Fetch and read documents", "documents.tasks.sweep_libraries", "*", 50),
    Entry("Close runs whose lease is gone", "agent.tasks.reap", "*", 50),
    Entry("Judge alerts", "agent.alerts.tasks.judge_alerts", "*", 50),
    Entry("Send notices of alerts", "agent.alerts.tasks.send_notices", "*", 50),
    Entry("Add up what is counted", "agent.metrics.tasks.add_up_counters", "40", 3000),
    Entry("Look at the sending domains", "engagement.mail.tasks.check_domains", "20", 3600, hour="4"),
    Entry("Clean up what is past its age", "agent.tasks.clean_up", "0", 3600, hour="2"),
)


class CodeFirstScheduler(DatabaseScheduler):
    """django-celery-beat's scheduler, which brings its rows up to date with the code when it starts, and shows that
    it lives."""

    last_shown = float("-inf")

    def setup_schedule(self) -> None:
        """Called once by beat, before it reads the first row."""
        synchronise_schedule()
        super().setup_schedule()

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Called again and again by beat; a sign of life first, because what is rung next may look for one."""
        if time.monotonic() - self.last_shown >= SHOW_LIFE_EVERY:
            self.last_shown = time.monotonic()
            try:
                record_heartbeat(heart=Heart.BEAT, now=timezone.now())
            except (DatabaseError, InterfaceError) as error:
                # Beat outlives its database, and its silence tells of that.
                logger.warning("heartbeat_not_kept", error=str(error))
        return super().tick(*args, **kwargs)


def synchronise_schedule(entries: Iterable[Entry] = SCHEDULE) -> None:
    """Copy `entries` into beat's tables, sparing what an operator changed; safe to call from two beats."""
    wanted = {entry.name: entry for entry in entries}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK_NAME])
        found = {row.name: row for row in PeriodicTask.objects.all()}
        for entry in wanted.values():
            if entry.name not in found or entry.stamp not in found[entry.name].description:
                _write(entry)
        retired = [
            row.pk for row in found.values() if row.name not in wanted and _mark(row.name) in row.description
        ]
        PeriodicTask.objects.filter(pk__in=retired).delete()


def is_as_in_code(row: PeriodicTask, entries: Iterable[Entry] = SCHEDULE) -> bool:
    """Whether what is in force for this row is the code's entry, not an operator's change or own row."""
    return any(
        row.enabled
        and row.crontab is not None
        and {name: getattr(row.crontab, name) for name in CRONTAB_FIELDS} == _crontab(entry)
        and (row.task, row.expire_seconds, row.one_off) == (entry.task, entry.expire_seconds, False)
        for entry in entries
        if entry.name == row.name
    )


def _write(entry: Entry) -> None:
    """Create the row of an entry, or put the code's values into the one that bears its name."""
    PeriodicTask.objects.update_or_create(name=entry.name, defaults=_values(entry))


def _values(entry: Entry) -> dict[str, Any]:
    """The columns of a row as the code wants them."""
    crontab = CrontabSchedule.objects.filter(**_crontab(entry)).first()
    return {
        "task": entry.task,
        "crontab": crontab or CrontabSchedule.objects.create(**_crontab(entry)),
        "interval": None,
        "solar": None,
        "clocked": None,
        "one_off": False,
        "enabled": True,
        "expires": None,
        "expire_seconds": entry.expire_seconds,
        "description": entry.stamp,
    }


def _crontab(entry: Entry) -> dict[str, str]:
    """The crontab of an entry: its minutes and hours, every day."""
    return dict.fromkeys(CRONTAB_FIELDS, "*") | {"minute": entry.minute, "hour": entry.hour}


def _mark(name: str) -> str:
    return f"Set by the program for '{name}':"
