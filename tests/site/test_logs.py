"""What the logs say of a line's circumstances, and what no line ever shows."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys

import pytest
import structlog
from django.test import Client

from agent import tasks
from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.registry import Effect, Outcome, registry
from agent.tenancy import tenant_scope
from agent_site.home import REPOSITORY
from agent_site.logs import Mask, logging_config
from engagement.models import Contact
from tests.agent.fakes import ParcelEngine, make_proposal
from tests.agent.processes import worker_environment
from tests.mail.cast import furnish, letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CANARY = "zanzibarquux"
SECRETS = {
    "SECRET_KEY": f"key-{CANARY}-" + "k" * 50,
    "CRON_SECRET": f"cron-{CANARY}-" + "c" * 32,
    "METRICS_TOKEN": f"metrics-{CANARY}-" + "m" * 32,
    "RESEND_API_KEY": "",
    "EMAIL_URL": f"smtp://mailer:password-{CANARY}@127.0.0.1:1",
}
logger = structlog.get_logger("tests.logs")


@pytest.fixture
def lines():
    """What the program's own formatter writes while a test runs, as objects."""
    out = io.StringIO()
    config = logging_config("INFO", secrets=[f"secret-{CANARY}"])
    formatter = config["formatters"]["structured"]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
        )
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


class Talkative(ParcelEngine):
    """An engine that logs wherever the kernel calls it."""

    def plan(self, cycle):
        logger.info("planning")
        return super().plan(cycle)

    def react(self, cycle, events):
        logger.info("reacting")


def speak(intent):
    logger.info("sending")
    return Outcome(effect=Effect.DONE, reason="Delivered.")


@pytest.fixture
def parcels():
    engine = Talkative(
        proposals=[
            make_proposal(1),
            make_proposal(2, kind="research", payload={"fails": True}),
            make_proposal(3, kind="research"),
        ]
    )
    engine.send = speak
    with registry.override(KernelEngine(), engine):
        yield engine


def test_every_line_inside_a_run_names_run_and_tenant_and_inside_a_card_the_card(
    meridian, parcels, now, lines
):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    report = run_cycle(tenant=meridian, now=now)
    cards = {(action["kind"], action["state"]): action["card"] for action in report.actions}
    found = {line["event"]: line for line in lines()}
    assert found.keys() >= {"planning", "reacting", "sending", "card_failed"}
    for line in found.values():
        assert (line["tenant"], line["run"]) == ("meridian", report.run_id), line
    assert found["sending"]["card"] == cards["send_email", "done"]
    assert found["card_failed"]["card"] == cards["research", "failed"]
    assert "card" not in found["planning"] and "card" not in found["reacting"]


def test_what_one_run_was_about_does_not_stick_to_the_next_line(meridian, parcels, now, lines):
    run_cycle(tenant=meridian, now=now)
    logger.info("afterwards")
    assert not {"run", "tenant", "card"} & lines()[-1].keys()


def test_every_line_of_a_sweep_names_its_tenant(meridian, harborpine, parcels, now, lines):
    for tenant in (meridian, harborpine):
        run_cycle(tenant=tenant, now=now)
    before = len(lines())
    with tenant_scope(harborpine):
        from agent.models import Event

        Event.objects.create(kind="parcel.seen", subject_kind="parcel", subject_id="1", occurred_at=now)
    tasks.sweep()
    assert {line["tenant"] for line in lines()[before:] if line["event"] == "reacting"} == {"harborpine"}


def test_a_request_has_an_id_and_shows_nothing_that_was_typed(system_config, lines):
    Client().get(f"/livez?q={CANARY}@client.test")
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    assert line["request_id"] and line["request"] == "GET /livez"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to person.name+tag@client.test, please", "to <address>, please"),
        ("pässe@müller.example", "<address>"),
        (f"key=secret-{CANARY}!", "key=<secret>!"),
        ("GET /mail/preferences/eyJhIjoxfQ:1tXyZa:" + "x" * 43 + "/", "GET /mail/preferences/<signed>/"),
        (
            f"duplicate key\nDETAIL:  Key (x)=({CANARY}\nmore {CANARY}) exists.\n\nTraceback (most recent call last)",
            "duplicate key\nDETAIL: <withheld>\n\nTraceback (most recent call last)",
        ),
        ("nothing to hide at 12:30:00 in agent.cycle", "nothing to hide at 12:30:00 in agent.cycle"),
    ],
)
def test_the_mask_takes_out_what_nobody_should_read(text, shown):
    mask = Mask([f"secret-{CANARY}", "short", ""])
    assert mask(None, "info", {"event": "e", "deep": [{"text": text}]}) == {
        "event": "e",
        "deep": [{"text": shown}],
    }


def test_an_exceptions_own_words_are_masked_too(lines):
    try:
        raise ValueError(f"no such user <{CANARY}@client.test>")
    except ValueError:
        logger.exception("refused")
    (line,) = lines()
    assert "no such user <<address>>" in line["exception"] and CANARY not in json.dumps(line)


def manage(*arguments: str, **variables: str) -> str:
    """The log of a command that must not fail, run as a process of its own."""
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "manage.py"), *arguments],
        env=worker_environment(LOG_LEVEL="INFO", **SECRETS | variables),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_no_secret_and_nothing_of_a_mail_reaches_the_logs(meridian, now, tmp_path):
    """Whole processes, with a canary in every secret and in everything that comes from outside."""
    furnish(meridian, now)
    type(meridian).objects.filter(pk=meridian.pk).update(agent_settings={"send_mode": "live"})
    mails = [
        letter(
            text=f"Please call me tomorrow, {CANARY}.\n",
            sender=f"Tomás {CANARY} <therrera@bluemesacu.test>",
            subject=f"Turn times {CANARY}",
            message_id=f"<1.{CANARY}@bluemesacu.test>",
        ),
        b"From: "
        + CANARY.encode()
        + b"@broken\xff\r\nContent-Type: multipart/mixed\r\n\r\n--x\r\n"
        + CANARY.encode(),
    ]
    for number, mail in enumerate(mails):
        (tmp_path / f"{number}.eml").write_bytes(mail)
    logs = manage("import_mail", "--tenant", "meridian", str(tmp_path / "0.eml"))
    with tenant_scope(meridian):
        Contact.objects.update(first_name=f"Tomás {CANARY}")
    # The mail server cannot be reached, so every delivery fails and says so.
    logs += manage("run_cycle", "--tenant", "meridian")
    logs += manage("clean_up")
    assert '"event": "cleaned_up"' in logs, "nothing was logged, so nothing is proved"
    assert CANARY not in logs
    assert "bluemesacu" not in logs
