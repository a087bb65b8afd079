"""Kill switches and send modes: every one of them stops, and what cannot be understood stops too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connections

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.executor import execute_cards
from agent.models import Card, Run, SystemConfig
from agent.registry import Cycle, Effect, Outcome, registry
from agent.services import ReasonMissing, set_system_switch
from agent.states import RunState, SendMode
from agent.switches import Stopped, effective_send_mode
from agent.tenancy import tenant_scope
from agent.tenant_settings import AgentSettings, InvalidAgentSettings
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def parcels():
    engine = ParcelEngine(proposals=[make_proposal(1), make_proposal(2), make_proposal(3, kind="research")])
    with registry.override(KernelEngine(), engine):
        yield engine


def switch_off(which, tenant, settings, now):
    if which == "environment":
        settings.AGENT_KILL_SWITCH = "true"
    elif which == "unreadable environment":
        settings.AGENT_KILL_SWITCH = "maybe"
    elif which == "database":
        set_system_switch(is_enabled=False, actor="Dana", reason="Odd mails", now=now)
    elif which == "missing row":
        SystemConfig.objects.all().delete()
    else:
        type(tenant).objects.filter(pk=tenant.pk).update(agent_enabled=False)


@pytest.mark.parametrize(
    ("which", "reason"),
    [
        ("environment", "kill_switch_environment"),
        ("unreadable environment", "kill_switch_environment"),
        ("database", "kill_switch_database"),
        ("missing row", "kill_switch_database"),
        ("tenant", "tenant_disabled"),
    ],
)
def test_a_switch_that_is_off_stops_the_cycle_and_says_which(meridian, settings, parcels, now, which, reason):
    switch_off(which, meridian, settings, now)
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, report.stop_reason) == (RunState.STOPPED, reason)
    with tenant_scope(meridian):
        assert not Card.objects.exists()
        assert Run.objects.get().stop_detail


def test_a_tenant_that_is_disabled_does_not_stop_the_other(meridian, harborpine, settings, parcels, now):
    switch_off("tenant", meridian, settings, now)
    assert run_cycle(tenant=harborpine, now=now).state == RunState.COMPLETED


def test_a_switch_thrown_between_two_messages_stops_the_second_and_loses_nothing(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    sent = []

    def send(intent):
        sent.append(intent.idempotency_key)
        SystemConfig.objects.update(global_enabled=False, reason="Enough")
        return Outcome(effect=Effect.DONE, reason="Delivered.")

    parcels.send = send
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, report.stop_reason) == (RunState.STOPPED, "kill_switch_database")
    assert len(sent) == 1
    SystemConfig.objects.update(global_enabled=True)
    parcels.send = lambda intent: sent.append(intent.idempotency_key) or Outcome(effect=Effect.DONE)
    run_cycle(tenant=meridian, now=now + timedelta(minutes=1))
    assert len(sent) == len(set(sent)) == 2


def test_a_claim_waits_for_an_operator_who_is_throwing_the_switch(meridian, parcels, now):
    cycle = Cycle(tenant=meridian, settings=AgentSettings(), now=now, send_mode=SendMode.LIVE)
    owner = connections["owner"]
    owner.set_autocommit(False)
    try:
        with owner.cursor() as cursor:
            cursor.execute("UPDATE system_config SET global_enabled = false")
            with connections["default"].cursor() as mine:
                mine.execute("SET lock_timeout = '200ms'")
            with pytest.raises(Exception, match="lock timeout"):
                execute_cards(cycle=cycle)
        owner.commit()
    finally:
        owner.set_autocommit(True)
    with pytest.raises(Stopped):
        execute_cards(cycle=cycle)


def test_the_switch_needs_a_reason(system_config, now):
    with pytest.raises(ReasonMissing):
        set_system_switch(is_enabled=False, actor="Dana", reason="  ", now=now)
    assert set_system_switch(is_enabled=False, actor="Dana", reason="Odd", now=now).changed_by == "Dana"


@pytest.mark.parametrize(
    ("environment", "tenant", "expected"),
    [
        ("", "live", "live"),
        ("", "dry_run", "dry_run"),
        ("dry_run", "live", "dry_run"),
        ("internal_only", "limited_live", "internal_only"),
        ("live", "internal_only", "internal_only"),
        ("LIVE ", "live", "live"),
        ("lively", "live", "dry_run"),
        ("", "whatever", "dry_run"),
    ],
)
def test_the_most_restrictive_send_mode_wins_and_an_unknown_one_is_a_dry_run(
    settings, environment, tenant, expected
):
    settings.EMAIL_SEND_MODE = environment
    assert effective_send_mode(AgentSettings.parse({"send_mode": tenant})) == expected


@pytest.mark.parametrize("value", ["true", "1", "yes", "maybe"])
def test_disabled_mail_is_a_dry_run(settings, value):
    settings.EMAIL_SEND_DISABLED = value
    assert effective_send_mode(AgentSettings(send_mode=SendMode.LIVE)) == SendMode.DRY_RUN


def test_settings_that_are_not_understood_are_refused():
    with pytest.raises(InvalidAgentSettings, match="max_mails"):
        AgentSettings.parse({"max_mails": 3})
    for wrong in (-1, "3", True, 1.5):
        with pytest.raises(InvalidAgentSettings, match="whole number"):
            AgentSettings.parse({"max_emails_per_hour": wrong})
    with pytest.raises(InvalidAgentSettings, match="list"):
        AgentSettings.parse({"internal_allowlist": "me@example.test"})
    assert AgentSettings.parse({"internal_allowlist": [" Me@Example.test "]}).internal_allowlist == (
        "me@example.test",
    )


def test_limited_live_has_its_own_cap(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "limited_live", "limited_live_emails_per_hour": 1}
    meridian.save(update_fields=["agent_settings"])
    report = run_cycle(tenant=meridian, now=now)
    assert [a["state"] for a in report.actions if a["kind"] == "send_email"] == ["done", "deferred"]


def test_research_has_its_own_cap(meridian, parcels, now):
    meridian.agent_settings = {"max_research_per_hour": 0}
    meridian.save(update_fields=["agent_settings"])
    report = run_cycle(tenant=meridian, now=now)
    assert [a["rule"] for a in report.actions if a["kind"] == "research"] == ["caps_hold"]


def test_one_person_gets_one_message_a_day_from_all_engines(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    parcels.proposals = [make_proposal(1), make_proposal(1, dedupe_key="another occasion")]
    report = run_cycle(tenant=meridian, now=now)
    assert sorted(action["state"] for action in report.actions) == ["deferred", "done"]
    later = run_cycle(tenant=meridian, now=now + timedelta(hours=25))
    assert later.cards["done"] == 1


def test_a_send_mode_changed_during_a_cycle_binds_its_next_claim(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    sent = []

    def send(intent):
        sent.append(intent.idempotency_key)
        type(meridian).objects.filter(pk=meridian.pk).update(agent_settings={"send_mode": "dry_run"})
        return Outcome(effect=Effect.DONE, reason="Delivered.")

    parcels.send = send
    report = run_cycle(tenant=meridian, now=now)
    assert len(sent) == 1
    waiting = [action for action in report.actions if action["state"] == "deferred"]
    assert [action["rule"] for action in waiting] == ["delivery_matches_the_plan"]


def test_settings_that_are_not_understood_fail_the_cycle_and_say_which(meridian, harborpine, parcels, now):
    type(meridian).objects.filter(pk=meridian.pk).update(agent_settings={"max_mails": 3})
    meridian.refresh_from_db()
    report = run_cycle(tenant=meridian, now=now)
    assert report.state == RunState.FAILED and "max_mails" in report.stop_detail
    assert run_cycle(tenant=harborpine, now=now).state == RunState.COMPLETED
