"""The kill switch and the health of a company's agent by HTTP (spec P0.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agent import tasks
from agent.alerts.models import Alert
from agent.models import Event, Run, SwitchChange, SystemConfig, Tenant
from agent.switches import read_mail_stop, read_stop
from agent.tenancy import tenant_scope
from tests.agent.console_rows import make_row

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

AGENT, HEALTH = "/api/admin/agent", "/api/admin/agent/health"
STOP = {"action": "stop", "reason": "Looks odd."}
RESUME = {"action": "resume", "reason": "Looked at.", "is_confirmed": True}


@pytest.fixture
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(
        tasks.run_tenant_cycle, "apply_async", lambda args, kwargs, **others: calls.append((args, kwargs))
    )
    return calls


def test_the_state_names_every_switch(ours, meridian):
    told = ours.get(AGENT).json()
    assert told["tenant"] == "meridian" and told["may_work"] and told["may_mail"] and told["stop"] is None
    assert told["send_mode"] == "dry_run"
    assert set(told["switches"].values()) == {True}


def test_a_token_stops_its_company_alone_and_resumes_it_with_a_second_yes(ours, meridian, harborpine):
    told = ours.post(AGENT, STOP).json()
    assert (told["may_work"], told["stop"]["reason"]) == (False, "tenant_disabled")
    assert told["changes"][0]["reason"] == "Looks odd." and told["changes"][0]["by"].startswith("api: ")
    assert read_stop(meridian.pk) is not None and read_stop(harborpine.pk) is None
    refused = ours.post(AGENT, RESUME | {"is_confirmed": False})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "is_confirmed")
    assert ours.post(AGENT, RESUME).json()["may_work"] is True
    assert read_stop(meridian.pk) is None


def test_mail_alone_is_stopped(ours, meridian, harborpine):
    told = ours.post(AGENT, STOP | {"switch": "mail"}).json()
    assert (told["may_work"], told["may_mail"]) == (True, False)
    assert read_mail_stop(meridian.pk) and not read_mail_stop(harborpine.pk)


def test_the_switch_of_all_companies_is_for_people(ours, operator, meridian, harborpine):
    refused = ours.post(AGENT, STOP | {"reach": "all"})
    assert refused.status_code == 403
    assert SystemConfig.objects.get().global_enabled and not SwitchChange.objects.exists()
    answer = operator.post(AGENT, STOP | {"reach": "all"}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert read_stop(harborpine.pk) is not None
    assert SwitchChange.objects.get().actor == "operator"


@pytest.mark.parametrize(
    ("body", "field"),
    [({"action": "stop"}, "reason"), ({"action": "explode"}, "action"), (STOP | {"switch": "sun"}, "switch"),
     (STOP | {"why": "x"}, "why"), ({"reason": "x"}, "action")],
)  # fmt: skip
def test_a_wrong_order_flips_nothing(ours, meridian, body, field):
    answer = ours.post(AGENT, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert Tenant.objects.get(pk=meridian.pk).agent_enabled


def test_a_cycle_is_rung_for_unless_a_switch_stops_it(ours, meridian, rung):
    assert ours.post(AGENT, {"action": "run"}).status_code == 202
    assert rung == [((meridian.pk,), {"is_scheduled": False})]
    ours.post(AGENT, STOP)
    refused = ours.post(AGENT, {"action": "run"})
    assert (refused.status_code, "disabled for" in refused.json()["detail"]) == (409, True)
    assert len(rung) == 1


def test_reading_needs_another_scope_than_flipping(meridian, make_caller):
    reader = make_caller(meridian, "agent:read")
    assert reader.get(AGENT).status_code == reader.get(HEALTH).status_code == 200
    assert reader.post(AGENT, STOP).status_code == 403


def test_health_tells_of_one_company(ours, meridian, harborpine):
    now = timezone.now()
    for tenant, runs in ((meridian, 2), (harborpine, 5)):
        with tenant_scope(tenant):
            for _ in range(runs):
                make_row(Run, started_at=now - timedelta(hours=1), finished_at=now - timedelta(minutes=50))
            make_row(Run, started_at=now - timedelta(days=2), finished_at=now - timedelta(days=2))
            make_row(Event, kind="order.validated")
    told = ours.get(HEALTH).json()
    assert (told["status"], told["alerts"]) == ("ok", [])
    assert told["runs_of_last_24_hours"]["completed"] == 2
    assert (told["metrics"]["agent.cycles.completed"], told["metrics"]["agent.orders.processed"]) == (
        3.0,
        1.0,
    )
    assert 2900 < told["last_cycle"]["age_seconds"] < 3100
    with tenant_scope(harborpine):
        make_row(Alert, severity="critical")
    assert ours.get(HEALTH).json()["status"] == "ok"
    with tenant_scope(meridian):
        make_row(Alert, severity="warning")
    assert ours.get(HEALTH).json()["status"] == "warning"
    with tenant_scope(meridian):
        make_row(Alert, severity="critical")
    assert ours.get(HEALTH).json()["status"] == "critical"
    ours.post(AGENT, STOP)
    assert ours.get(HEALTH).json()["status"] == "stopped"


def test_health_of_a_company_that_has_never_run(ours, meridian):
    Tenant.objects.filter(pk=meridian.pk).update(agent_settings={"nonsense": 1})
    told = ours.get(HEALTH).json()
    assert told["last_cycle"] is None and told["state"]["send_mode"] is None


def test_health_takes_as_many_statements_for_a_long_history_as_for_a_short_one(ours, meridian):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert ours.get(HEALTH).status_code == 200
        return len(queries)

    few = count()
    with tenant_scope(meridian):
        for _ in range(10):
            make_row(Run)
            make_row(Event)
    assert count() == few
