"""The nightly cleaning takes what is past its age, and no evidence."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agent import retention, tasks
from agent.admin.messages import REMOVED, show_intent
from agent.cycle import preview_cycle, run_cycle
from agent.engine import KernelEngine
from agent.models import (
    Card,
    CardTransition,
    Event,
    Intent,
    LeftAlone,
    PolicyViolation,
    Preview,
    RateLimit,
    Reflection,
    Run,
    Verdict,
)
from agent.registry import Expiring, Left, Ref, registry
from agent.retention import clean_up
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

EVIDENCE = (Run, Reflection, Card, CardTransition, Verdict, PolicyViolation, Event)
YEARS = timedelta(days=3650)


@pytest.fixture
def parcels():
    parcel = Ref(kind="parcel", id="9", label="Parcel 9")
    engine = ParcelEngine(
        proposals=[
            make_proposal(1),
            make_proposal(2, kind="research"),
            make_proposal(3, payload={"facts": {"suppressed": "It bounced."}}),
        ],
        left_alone=[Left(subject=parcel, code="no_reason", reason="Nothing to do.")],
    )
    with registry.override(KernelEngine(), engine):
        yield engine


def live(tenant):
    tenant.agent_settings = {"send_mode": "live"}
    tenant.save(update_fields=["agent_settings"])


def counts_of(tenant, models):
    with tenant_scope(tenant):
        return {model.__name__: model.objects.count() for model in models}


def cleaned(now, of="meridian", **options):
    (found,) = [entry for entry in clean_up(now=now, **options) if entry.of == of]
    assert not found.error
    return {name: count for name, count in found.counts.items() if count}


def test_what_is_past_its_age_goes_and_evidence_stays_for_good(meridian, harborpine, parcels, now):
    for tenant in (meridian, harborpine):
        live(tenant)
        preview_cycle(tenant=tenant, now=now)
        assert run_cycle(tenant=tenant, now=now).cards["done"] == 2
    before = counts_of(meridian, EVIDENCE)
    assert all(before.values()), before
    with tenant_scope(meridian):
        sent = Intent.objects.get(card__kind="send_email").content
    windows = counts_of(meridian, [RateLimit])["RateLimit"]
    assert cleaned(now + YEARS) == {"windows of caps": windows, "previews": 1, "rows left alone": 1}
    assert counts_of(meridian, EVIDENCE) == before
    assert counts_of(meridian, [LeftAlone, Preview, RateLimit]) == {
        "LeftAlone": 0,
        "Preview": 0,
        "RateLimit": 0,
    }
    with tenant_scope(meridian):
        assert bytes(Intent.objects.get(card__kind="send_email").content) == bytes(sent) != b""


def test_what_is_younger_stays(meridian, parcels, now):
    preview_cycle(tenant=meridian, now=now)
    run_cycle(tenant=meridian, now=now)
    assert cleaned(now + timedelta(days=29)) == {}
    assert cleaned(now + timedelta(days=31)) == {"previews": 1}
    assert cleaned(now + timedelta(days=89)).keys() <= {"windows of caps"}
    assert cleaned(now + timedelta(days=91)) == {"rows left alone": 1, "bodies of rehearsed messages": 1}


def test_a_rehearsal_keeps_its_card_and_its_hash_and_loses_its_words(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        kept = Intent.objects.get(card__is_rehearsal=True)
    assert bytes(kept.content) != b"" and REMOVED not in show_intent(kept)
    assert cleaned(now + YEARS)["bodies of rehearsed messages"] == 1
    with tenant_scope(meridian):
        after = Intent.objects.get(pk=kept.pk)
    assert (bytes(after.content), after.content_hash) == (b"", kept.content_hash)
    assert REMOVED in show_intent(after)
    assert cleaned(now + YEARS) == {}


def test_one_tenants_cleaning_touches_no_other(meridian, harborpine, parcels, now, monkeypatch):
    for tenant in (meridian, harborpine):
        run_cycle(tenant=tenant, now=now)
    tables = [LeftAlone, Preview, RateLimit, Intent]
    before = counts_of(harborpine, tables)
    retention._clean_tenant(meridian, now + YEARS, False)
    assert counts_of(harborpine, tables) == before
    with tenant_scope(harborpine):
        assert bytes(Intent.objects.get(card__is_rehearsal=True).content) != b""


def test_a_dry_run_counts_the_same_and_changes_nothing(meridian, parcels, now, capsys):
    run_cycle(tenant=meridian, now=now)
    Session.objects.create(session_key="old", session_data="", expire_date=now)
    told = cleaned(now + YEARS, is_dry_run=True)
    assert counts_of(meridian, [LeftAlone])["LeftAlone"] == 1 and Session.objects.count() == 1
    assert cleaned(now + YEARS) == told != {}
    assert Session.objects.count() == 0


def test_sessions_go_when_they_have_expired(system_config, now):
    for key, days in (("gone", -1), ("here", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    assert cleaned(now, of="sessions") == {"expired": 1}
    assert Session.objects.get().session_key == "here"


def test_a_table_is_walked_page_by_page_whatever_stands_in_it(meridian, parcels, now, monkeypatch):
    monkeypatch.setattr(retention, "PAGE", 3)
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        first = LeftAlone.objects.get()
        for number in range(7):
            # Old and young ones in turns: a walk that stopped at the first page without old ones would miss some.
            at = now + (YEARS * 2 if number in (0, 1, 2, 4) else timedelta())
            LeftAlone.objects.create(run_id=first.run_id, code="c", reason="r", at=at)
    with CaptureQueriesContext(connection) as captured:
        assert cleaned(now + YEARS)["rows left alone"] == 4
    assert counts_of(meridian, [LeftAlone])["LeftAlone"] == 4
    deletes = [entry["sql"] for entry in captured if 'DELETE FROM "agent_left_alone"' in entry["sql"]]
    assert len(deletes) == 3
    assert all('"id" > ' in sql and '"id" <= ' in sql for sql in deletes)


def test_two_at_once_do_each_other_no_harm(meridian, parcels, now, monkeypatch):
    monkeypatch.setattr(retention, "PAGE", 10)
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        run_id = LeftAlone.objects.get().run_id
        LeftAlone.objects.bulk_create(
            LeftAlone(run_id=run_id, code="c", reason="r", at=now) for _ in range(200)
        )
    found = []

    def work():
        try:
            found.append(cleaned(now + YEARS).get("rows left alone", 0))
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 201 and len(found) == 3
    assert counts_of(meridian, [LeftAlone])["LeftAlone"] == 0


class BrokenEngine(ParcelEngine):
    slug = "broken"

    def handlers(self):
        return ()

    def expiring(self):
        def rows(before):
            raise ValueError("This table cannot be read.")

        return [Expiring(name="broken rows", age=timedelta(), rows=rows)]


def test_an_engine_that_fails_is_named_and_the_rest_is_cleaned(meridian, now, capsys):
    Session.objects.create(session_key="old", session_data="", expire_date=now - YEARS)
    with registry.override(KernelEngine(), BrokenEngine()), pytest.raises(CommandError) as refused:
        call_command("clean_up")
    assert str(refused.value) == "Not all was cleaned. meridian: ValueError: This table cannot be read."
    assert Session.objects.count() == 0


def test_the_command_says_what_went(meridian, parcels, now, capsys):
    run_cycle(tenant=meridian, now=now - YEARS)
    call_command("clean_up", "--dry-run")
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("meridian: Would remove ") and "1 rows left alone" in told[0]
    call_command("clean_up")
    assert capsys.readouterr().out.splitlines() == [line.replace("Would remove", "Removed") for line in told]


def test_an_empty_database_has_nothing_to_clean(system_config, now):
    assert [(entry.of, entry.counts) for entry in clean_up(now=now)] == [("sessions", {"expired": 0})]


def test_the_route_rings_for_those_who_know_the_secret(settings, monkeypatch, db):
    rung = []
    monkeypatch.setattr(tasks.clean_up, "delay", lambda: rung.append(True))
    route = "/api/agent/chat/cleanup"
    settings.CRON_SECRET = ""
    assert Client().post(route, headers={"authorization": "Bearer "}).status_code == 503
    settings.CRON_SECRET = "right"
    for given in ("", "Bearer ", "Bearer wrong"):
        assert Client().post(route, headers={"authorization": given}).status_code == 401
    assert rung == []
    answer = Client(enforce_csrf_checks=True).post(route, headers={"authorization": "Bearer right"})
    assert (answer.status_code, rung) == (202, [True])


def test_the_task_cleans(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now - YEARS)
    assert tasks.clean_up() >= 2
    assert tasks.clean_up() == 0
