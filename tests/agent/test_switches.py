"""Kill switches and send modes: every one of them stops, and what cannot be understood stops too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connections, transaction

from agent.claims import claim_cards
from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.executor import execute_cards
from agent.limits import read_left
from agent.models import Card, Run, Switch, SwitchChange, SystemConfig
from agent.registry import Cycle, Effect, Outcome, registry
from agent.services import ReasonMissing, set_system_switch, set_tenant_switch
from agent.states import CardState, RunState, SendMode
from agent.switches import Stopped, build_cycle, effective_send_mode, read_mail_stop
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


def test_mail_that_is_stopped_waits_and_all_other_work_goes_on(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    sent = []
    parcels.send = lambda intent: sent.append(intent.idempotency_key) or Outcome(effect=Effect.DONE)
    flips = {"actor": "Dana", "reason": "Wrong footer.", "now": now, "switch": Switch.MAIL}
    set_system_switch(is_enabled=False, **flips)
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, sent) == (RunState.COMPLETED, [])
    words = {
        action["rule"]: action["rule_reason"] for action in report.actions if action["kind"] == "send_email"
    }
    assert words == {"mail_is_running": "Mail is stopped for every company: Wrong footer."}
    assert [a["state"] for a in report.actions if a["kind"] == "research"] == ["done"]
    set_system_switch(is_enabled=True, **flips)
    run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert len(sent) == len(set(sent)) == 2


def test_one_tenants_mail_stops_without_the_others(meridian, harborpine, parcels, now):
    for tenant in (meridian, harborpine):
        tenant.agent_settings = {"send_mode": "live"}
        tenant.save(update_fields=["agent_settings"])
    set_tenant_switch(
        tenant=meridian, is_enabled=False, actor="Dana", reason="Audit", now=now, switch=Switch.MAIL
    )
    done = {t.slug: run_cycle(tenant=t, now=now).cards.get("done", 0) for t in (meridian, harborpine)}
    assert done == {"meridian": 1, "harborpine": 3}


@pytest.mark.parametrize("switch", list(Switch))
def test_a_switch_thrown_after_the_claim_sends_the_card_back_before_its_effect(
    meridian, parcels, now, switch, monkeypatch
):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    sent = []
    parcels.proposals = [make_proposal(1)]
    parcels.send = lambda intent: sent.append(intent.idempotency_key) or Outcome(effect=Effect.DONE)
    flips = {"actor": "Dana", "reason": "Odd mails", "now": now, "switch": switch}

    def claim_then_stop(cards, cycle):
        claimed = claim_cards(cards, cycle)
        if claimed:
            transaction.on_commit(lambda: set_system_switch(is_enabled=False, **flips))
        return claimed

    with monkeypatch.context() as patch:
        patch.setattr("agent.executor.claim_cards", claim_then_stop)
        run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        card = Card.objects.get()
        # Stopped altogether it waits where it is; while mail alone is stopped, the cycle goes on and defers it.
        expected = CardState.ALLOWED if switch == Switch.AGENT else CardState.DEFERRED
        assert (sent, card.state, card.effect_began) == ([], expected, False)
        assert read_left(build_cycle(tenant=meridian, now=now))["send_email"].count == 50
    set_system_switch(is_enabled=True, **flips)
    run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert len(sent) == 1


def test_every_flip_keeps_who_when_and_why(meridian, now):
    set_system_switch(is_enabled=False, actor="Dana", reason=" Odd mails ", now=now)
    set_tenant_switch(tenant=meridian, is_enabled=False, actor="Lee", reason="Audit", now=now)
    kept = SwitchChange.objects.order_by("id").values_list(
        "company", "switch", "is_enabled", "actor", "reason"
    )
    assert list(kept) == [
        ("", "agent", False, "Dana", "Odd mails"),
        ("meridian", "agent", False, "Lee", "Audit"),
    ]
    with pytest.raises(ReasonMissing):
        set_tenant_switch(tenant=meridian, is_enabled=True, actor="Lee", reason=" ", now=now)
    SystemConfig.objects.update(global_enabled=True)
    report = run_cycle(tenant=meridian, now=now)
    assert report.stop_detail == (
        "The agent is disabled for Meridian Valuation Services: Audit. Enable it in the console."
    )


def test_a_mail_switch_that_cannot_be_read_stops_mail(meridian):
    SystemConfig.objects.all().delete()
    assert read_mail_stop(meridian.pk) and read_mail_stop(0)


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


def test_one_person_gets_three_messages_in_a_fortnight(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    sent = []
    parcels.send = lambda intent: sent.append(intent.idempotency_key) or Outcome(effect=Effect.DONE)
    for day in range(0, 20, 2):
        parcels.proposals = [make_proposal(1, dedupe_key=f"occasion {day}")]
        run_cycle(tenant=meridian, now=now + timedelta(days=day))
        assert len(sent) == min(day // 2 + 1, 3) if day < 14 else len(sent) > 3


def test_settings_that_are_not_understood_fail_the_cycle_and_say_which(meridian, harborpine, parcels, now):
    type(meridian).objects.filter(pk=meridian.pk).update(agent_settings={"max_mails": 3})
    meridian.refresh_from_db()
    report = run_cycle(tenant=meridian, now=now)
    assert report.state == RunState.FAILED and "max_mails" in report.stop_detail
    assert run_cycle(tenant=harborpine, now=now).state == RunState.COMPLETED
