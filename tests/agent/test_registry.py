"""The registry of engines: typed, closed, in a fixed order."""

from __future__ import annotations

import pytest
from django.apps import apps

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.registry import Evidence, Proposal, Ref, Registry, registry
from agent.tenancy import TenantScopeOpen, tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal


def test_an_engine_is_registered_once_and_by_its_type():
    engines = Registry()
    engines.register(ParcelEngine())
    with pytest.raises(ValueError, match="registered already"):
        engines.register(ParcelEngine())
    with pytest.raises(TypeError):
        engines.register(object())


def test_a_malformed_slug_is_refused():
    class Shouting(ParcelEngine):
        slug = "Parcels!"

    with pytest.raises(ValueError, match="slug"):
        Registry().register(Shouting())


def test_one_kind_of_card_has_one_handler():
    class Second(ParcelEngine):
        slug = "second"

    engines = Registry()
    engines.register(ParcelEngine())
    with pytest.raises(ValueError, match="send_email"):
        engines.register(Second())


def test_an_override_ends_with_its_block():
    before = list(registry)
    with registry.override(KernelEngine()):
        assert [engine.slug for engine in registry] == ["agent"]
    assert list(registry) == before


def test_every_engine_of_the_installation_is_registered_in_the_order_of_the_apps():
    slugs = [engine.slug for engine in registry]
    assert slugs[-1] == "agent"
    assert len(slugs) == len(set(slugs))
    assert apps.is_installed("agent")


def test_a_proposal_without_reason_or_evidence_does_not_exist():
    subject = Ref(kind="x", id="1", label="X")
    evidence = (Evidence(type="x", id="1"),)
    with pytest.raises(ValueError, match="no reason"):
        Proposal(kind="x", subject=subject, reason=" ", evidence=evidence, dedupe_key="x")
    with pytest.raises(ValueError, match="no evidence"):
        Proposal(kind="x", subject=subject, reason="Because.", evidence=(), dedupe_key="x")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_card_kind_that_nobody_handles_fails_the_plan(meridian, now):
    with registry.override(ParcelEngine(proposals=[make_proposal(1, kind="juggle")])):
        report = run_cycle(tenant=meridian, now=now)
    assert report.state == "failed" and "juggle" in report.stop_detail


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_cycle_refuses_to_run_inside_somebodys_transaction(meridian, now):
    with tenant_scope(meridian), pytest.raises(TenantScopeOpen):
        run_cycle(tenant=meridian, now=now)
