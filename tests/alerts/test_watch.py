"""The watch is a process of its own: it tells of a worker, a schedule or a database that died, and is missed itself.

Workers, watches, the mail server and the receiver of webhooks are real processes here, and the clock is the real one.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from agent.alerts.models import Heartbeat, PlatformAlert
from agent.alerts.services import watch_over
from agent.alerts.states import AlertKind, AlertState, Heart
from agent.models import Tenant
from tests.agent.processes import database_url, worker_environment
from tests.alerts.cast import MINUTE
from tests.fakes.running import REPOSITORY, mail_provider, webhook_receiver
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NOWHERE = "postgresql://agent_app@127.0.0.1:1/agent"


@pytest.fixture
def post_office(tmp_path):
    with mail_provider(tmp_path / "mail.log") as running:
        yield running


@pytest.fixture
def environment(tmp_path, post_office, meridian, harborpine):
    """Of a process that stands where the operator would start it; no company's cycle gets in the way."""
    Tenant.objects.update(agent_enabled=False)
    home = tmp_path / "home"
    home.mkdir()
    return worker_environment(
        AGENT_HOME=str(home),
        EMAIL_URL=post_office.smtp,
        RESEND_API_KEY="",
        ALERT_EMAILS="night@desk.test",
        ALERT_EMAIL_FROM="watch@desk.test",
        ALERT_WEBHOOK_URL="",
        AGENT_KILL_SWITCH="",
        EMAIL_SEND_DISABLED="",
        CELERY_BROKER_URL="",
    )


def start_watch(environment, *arguments, **changes):
    """A watch as a process of its own; what it says stands in `$AGENT_HOME`."""
    with said_by(environment).open("a") as said:
        return subprocess.Popen(
            [sys.executable, "manage.py", "watch", *arguments],
            cwd=REPOSITORY,
            env={**environment, **changes},
            stdout=said,
            stderr=said,
        )


def said_by(environment):
    return Path(environment["AGENT_HOME"]) / "watch.log"


def look(environment, **changes):
    """One look by a process of its own; its exit code."""
    return start_watch(environment, "--once", **changes).wait(timeout=120)


def subjects(post_office):
    return [message_from_bytes(taken["content"], policy=modern)["Subject"] for taken in post_office.taken]


def age(heart, minutes):
    """As if so many minutes had passed since that process last showed that it lives."""
    Heartbeat.objects.filter(heart=heart).update(beat_at=timezone.now() - minutes * MINUTE)


def celery(environment, *arguments):
    return [sys.executable, "-m", "celery", "-A", "agent_site", *arguments]


def test_the_watch_tells_of_a_killed_worker_and_of_its_return(environment, post_office, tmp_path):
    with (tmp_path / "worker.log").open("w") as said:
        worker = subprocess.Popen(
            celery(environment, "worker", "--beat", "--pool", "solo"),
            cwd=REPOSITORY,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    ring = celery(environment, "call", "agent.alerts.tasks.judge_alerts")
    try:
        wait_until(Heartbeat.objects.filter(heart=Heart.BEAT).exists, "the schedule to show that it lives")
        subprocess.run(ring, cwd=REPOSITORY, env=environment, check=True, capture_output=True)
        wait_until(Heartbeat.objects.filter(heart=Heart.WORKER).exists, "the worker to answer the bell")
        assert look(environment) == 0
        assert not PlatformAlert.objects.exists()
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    # Nothing runs any more but the watch, and what the dead left grows old.
    age(Heart.WORKER, 21)
    age(Heart.BEAT, 21)
    assert look(environment) == 0
    kinds = PlatformAlert.objects.active().values_list("kind", flat=True)
    assert set(kinds) == {AlertKind.WORKER_SILENT, AlertKind.BEAT_SILENT}
    # Both in one message; the next look has nothing new to say.
    assert subjects(post_office) == ["Critical for this installation: No worker reports and 1 more"]
    assert look(environment) == 0
    assert len(subjects(post_office)) == 1
    Heartbeat.objects.update(beat_at=timezone.now())
    assert look(environment) == 0
    assert set(PlatformAlert.objects.values_list("state", flat=True)) == {AlertState.RESOLVED}


def test_three_watches_at_once_send_one_message(environment, post_office):
    Heartbeat.objects.create(
        heart=Heart.WORKER, process="gone:1", beat_at=timezone.now() - timedelta(hours=1)
    )
    watches = [start_watch(environment, "--once") for _ in range(3)]
    assert [watch.wait(timeout=120) for watch in watches] == [0, 0, 0]
    assert subjects(post_office) == ["Critical for this installation: No worker reports"]
    assert PlatformAlert.objects.count() == 1


def test_a_database_that_is_down_is_told_once_by_every_channel_and_its_return_too(
    environment, post_office, tmp_path
):
    with webhook_receiver(tmp_path / "posts.log") as receiver:
        environment |= {
            "ALERT_WEBHOOK_URL": receiver.url("/say/200"),
            "ALERT_WEBHOOK_SECRET": "s3cret",
            "ALERT_WEBHOOK_LOOPBACK": "1",
        }
        watches = [start_watch(environment, "--once", DATABASE_URL=NOWHERE) for _ in range(2)]
        assert [watch.wait(timeout=120) for watch in watches] == [3, 3]
        assert "could not do its work" in said_by(environment).read_text()
        assert look(environment, DATABASE_URL=NOWHERE) == 3
        assert subjects(post_office) == ["Critical for this installation: The database does not answer"]
        assert look(environment) == 0
        assert look(environment) == 0
        assert subjects(post_office)[1:] == ["Resolved for this installation: 1 alert"]
        assert [json.loads(post["body"])["alerts"][0]["change"] for post in receiver.posts] == [
            "opened",
            "resolved",
        ]
        assert all("X-Agent-Signature" in post["headers"] for post in receiver.posts)


def test_a_failure_that_nobody_could_be_told_of_is_told_by_the_next_look(environment, post_office):
    post_office.order("mail:451", times=1)
    assert look(environment, DATABASE_URL=NOWHERE) == 3
    assert subjects(post_office) == []
    assert look(environment, DATABASE_URL=NOWHERE) == 3
    assert len(subjects(post_office)) == 1


def test_a_watch_that_cannot_do_its_work_says_so_itself(environment, post_office):
    # A database without our tables: it answers, and nothing can be judged.
    name = connection.settings_dict["NAME"]
    empty = database_url("default").replace(f"/{name}", "/postgres")
    assert look(environment, DATABASE_URL=empty) == 3
    assert subjects(post_office) == ["Critical for this installation: Alerts cannot be judged"]


def test_a_watch_that_is_killed_is_missed_and_one_that_is_ended_is_not(environment):
    watch = start_watch(environment, "--interval", "1")
    wait_until(
        lambda: Heartbeat.objects.filter(heart=Heart.WATCH).exists(), "the watch to show that it lives"
    )
    watch.kill()
    watch.wait()
    age(Heart.WATCH, 11)
    # The worker looks: not the process that died.
    watch_over(now=timezone.now())
    assert [alert.kind for alert in PlatformAlert.objects.active()] == [AlertKind.WATCH_SILENT]
    watch = start_watch(environment, "--interval", "1")
    wait_until(lambda: not PlatformAlert.objects.active().exists(), "the next watch to resolve it")
    watch.terminate()
    assert watch.wait(timeout=60) == 0
    assert not Heartbeat.objects.filter(heart=Heart.WATCH).exists()


def test_a_look_by_hand_promises_no_watch(environment):
    assert look(environment) == 0
    assert not Heartbeat.objects.filter(heart=Heart.WATCH).exists()


@pytest.mark.parametrize("interval", ["0", "301"])
def test_an_interval_that_makes_no_watch_is_refused(interval):
    with pytest.raises(CommandError, match="--interval must be between 1 and 300 seconds"):
        call_command("watch", "--interval", interval)


def test_an_address_that_is_none_keeps_the_program_from_starting(environment):
    watch = start_watch(environment, "--once", ALERT_EMAILS="night@desk.test, nobody")
    assert watch.wait(timeout=60) == 1
    assert "ALERT_EMAILS: 'nobody' is not a mail address." in said_by(environment).read_text()
