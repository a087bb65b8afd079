"""The door to the provider: exact bytes, one recipient, and an honest word on how it ended."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core import mail

from agent.registry import Effect
from engagement.mail import providers
from engagement.mail.outbound import compose_message
from tests.mail.conftest import REPOSITORY
from tests.mail.test_outbound import outgoing

LIVE = {"send_mode": "live"}


def deliver(**arguments):
    return providers.deliver(idempotency_key="card-1-7", **arguments)


@pytest.fixture
def live_tenant(meridian):
    meridian.agent_settings = LIVE
    meridian.save(update_fields=["agent_settings"])
    return meridian


def test_the_same_bytes_arrive_that_were_frozen(live_tenant, now, start_smtp):
    server = start_smtp("accept")
    content = compose_message(outgoing(now))
    outcome = deliver(tenant=live_tenant, content=content, recipient="therrera@bluemesacu.test")
    assert outcome.effect == Effect.DONE
    (taken,) = server.taken
    assert taken["recipients"] == ["therrera@bluemesacu.test"]
    assert taken["sender"] == "orders@meridianvs.test"
    assert taken["content"].removesuffix(b"\r\n") == content.removesuffix(b"\r\n")


@pytest.mark.parametrize(
    ("behaviour", "effect", "messages_taken"),
    [
        ("refuse_recipient", Effect.FAILED, 0),
        ("defer_recipient", Effect.RETRY, 0),
        ("refuse_sender", Effect.FAILED, 0),
        ("refuse_text", Effect.FAILED, 0),
        ("defer_text", Effect.RETRY, 0),
        ("hang_up_before_text", Effect.RETRY, 0),
        ("hang_up_after_text", Effect.UNKNOWN, 1),
        ("silent_after_text", Effect.UNKNOWN, 1),
    ],
)
def test_what_the_server_did_decides_the_outcome(
    live_tenant, now, start_smtp, behaviour, effect, messages_taken
):
    server = start_smtp(behaviour)
    outcome = deliver(
        tenant=live_tenant, content=compose_message(outgoing(now)), recipient="therrera@bluemesacu.test"
    )
    assert outcome.effect == effect, outcome.reason
    assert outcome.reason
    assert len(server.taken) == messages_taken


def test_a_server_that_is_not_there_means_another_try(live_tenant, now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    outcome = deliver(
        tenant=live_tenant, content=compose_message(outgoing(now)), recipient="therrera@bluemesacu.test"
    )
    assert outcome.effect == Effect.RETRY


def test_nothing_leaves_for_a_recipient_whom_the_message_does_not_name(live_tenant, now):
    outcome = deliver(tenant=live_tenant, content=compose_message(outgoing(now)), recipient="eve@evil.test")
    assert outcome.effect == Effect.FAILED
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("environment", "disabled", "tenant_mode", "leaves"),
    [
        ("", "", "live", True),
        ("", "", "dry_run", False),
        ("", "", "no such mode", False),
        ("dry_run", "", "live", False),
        ("no such mode", "", "live", False),
        ("live", "", "dry_run", False),
        ("internal_only", "", "live", False),
        ("", "true", "live", False),
        ("limited_live", "", "live", True),
    ],
)
def test_the_most_restrictive_send_mode_wins_right_before_the_socket(
    meridian, now, settings, environment, disabled, tenant_mode, leaves
):
    settings.EMAIL_SEND_MODE, settings.EMAIL_SEND_DISABLED = environment, disabled
    meridian.agent_settings = {"send_mode": tenant_mode}
    outcome = deliver(
        tenant=meridian, content=compose_message(outgoing(now)), recipient="therrera@bluemesacu.test"
    )
    assert (outcome.effect == Effect.DONE) is leaves
    assert len(mail.outbox) == leaves


def modules_that_import(*names):
    """Every module of the program that imports one of `names`, or something in it."""
    for path in sorted(REPOSITORY.glob("*/**/*.py")):
        place = path.relative_to(REPOSITORY)
        if place.parts[0] in ("tests", ".venv", "var", "node_modules"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            imported = {f"{module}.{alias.name}".lstrip(".") + "." for alias in node.names}
            if any(one.startswith(f"{name}.") for one in imported for name in names):
                yield place


def test_only_the_providers_package_can_send_a_message():
    importers = set(modules_that_import("smtplib", "django.core.mail", "anymail", "requests"))
    # Alerts to operators are no messages of the agent: they leave when it is stopped, too.
    importers.discard(Path("agent/alerts/mail.py"))
    assert {place.parent for place in importers} == {Path("engagement/mail/providers")}
