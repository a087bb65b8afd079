"""The cron route: a doorbell for those who know the secret, and for nobody while there is none."""

from __future__ import annotations

import pytest
from django.test import Client

from agent import tasks

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ROUTE = "/api/cron/agent"


@pytest.fixture
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(tasks.run_tenant_cycle, "delay", calls.append)
    return calls


def test_nobody_may_ring_while_there_is_no_secret(meridian, rung, settings):
    settings.CRON_SECRET = ""
    for header in ("", "Bearer ", "Bearer x"):
        assert Client().post(ROUTE, headers={"authorization": header}).status_code == 503
    assert rung == []


def test_a_wrong_secret_rings_nothing(meridian, rung, settings):
    settings.CRON_SECRET = "right"
    for header in ("", "Bearer ", "Bearer wrong", "Bearer rightly", "Bearer rïght"):
        assert Client().get(ROUTE, headers={"authorization": header}).status_code == 401
    assert rung == []


def test_the_right_secret_rings_for_every_enabled_tenant(meridian, harborpine, rung, settings):
    settings.CRON_SECRET = "right"
    answer = Client(enforce_csrf_checks=True).post(ROUTE, headers={"authorization": "Bearer right"})
    assert (answer.status_code, answer.json()) == (202, {"tenants": 2})
    assert sorted(rung) == sorted([meridian.pk, harborpine.pk])
