"""The metrics say what the tables say, whatever the history, and for nobody without the token."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.leases import hold_lease
from agent.metrics.collector import read_tenant
from agent.metrics.counting import add_up, read_counters
from agent.metrics.families import FAMILIES, name_of_figure
from agent.metrics.models import Total
from agent.metrics.tasks import add_up_counters
from agent.models import Card, CardTransition, Event, Reflection, Run, SystemConfig
from agent.registry import Report, registry
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TOKEN = "a-token-that-is-long-enough-for-a-test"
DOCUMENT = Path(django_settings.REPOSITORY) / "docs" / "metrics.md"
# The specification's list, "Metrics to Track".
SPECIFIED = {
    "agent.cycles.completed",
    "agent.cycles.failed",
    "agent.actions.planned",
    "agent.actions.executed",
    "agent.actions.blocked",
    "agent.engagement.compliance_rate",
    "agent.orders.processed",
    "agent.orders.exceptions",
    "gmail.messages.processed",
    "gmail.cards.created",
    "agent.sandbox.jobs_count",
    "agent.sandbox.fail_rate",
}


@pytest.fixture
def parcels():
    engine = ParcelEngine(proposals=[make_proposal(1, kind="research"), make_proposal(2, kind="research")])
    with registry.override(KernelEngine(), engine):
        yield engine


def value_of(tenant, name, now, **labels):
    """One metric's value; None when the tenant has none."""
    found = [
        sample.value
        for sample in read_tenant(tenant, now=now)
        if sample.name == name and sample.labels == labels
    ]
    assert len(found) <= 1
    return found[0] if found else None


def executed(tenant, now):
    return value_of(
        tenant, "agent_actions_executed_total", now, engine="parcels", kind="research", rehearsal="false"
    )


def count_up(tenant):
    with tenant_scope(tenant):
        add_up()


def emit(tenant, now, count=1):
    with tenant_scope(tenant):
        for _ in range(count):
            Event.objects.create(kind="parcel.seen", subject_kind="parcel", subject_id="1", occurred_at=now)


def seen(tenant):
    with tenant_scope(tenant):
        return read_counters()["events"].get(("parcel.seen",), 0)


def test_a_cycle_shows_in_the_counters_of_its_tenant_and_of_no_other(meridian, harborpine, parcels, now):
    assert run_cycle(tenant=meridian, now=now).state == "completed"
    assert value_of(meridian, "agent_cycles_completed_total", now) == 1
    assert executed(meridian, now) == 2
    assert value_of(meridian, "agent_cap_used", now, cap="research", window="day") == 2
    assert value_of(meridian, "agent_cap_limit", now, cap="research", window="hour") == 5
    assert value_of(meridian, "agent_events_total", now, kind="parcel.looked_up") == 2
    assert value_of(meridian, "agent_cycle_seconds_total", now) > 0
    assert value_of(meridian, "agent_last_completed_cycle_timestamp_seconds", now) == pytest.approx(
        now.timestamp(), abs=60
    )
    assert value_of(harborpine, "agent_cycles_completed_total", now) == 0
    assert executed(harborpine, now) is None
    assert value_of(harborpine, "agent_last_completed_cycle_timestamp_seconds", now) is None


def test_adding_up_changes_no_counter(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now)
    before = {(s.name, *s.labels.values()): s.value for s in read_tenant(meridian, now=now)}
    for _ in range(3):
        count_up(meridian)
        assert {(s.name, *s.labels.values()): s.value for s in read_tenant(meridian, now=now)} == before
    with tenant_scope(meridian):
        totals = {total.source: total for total in Total.objects.all()}
        last = CardTransition.objects.order_by("-id").values_list("id", flat=True).first()
    assert totals["moves"].counted_to == last
    run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert value_of(meridian, "agent_cycles_completed_total", now) == 2


def test_a_counter_stands_although_its_rows_are_gone(meridian, now):
    emit(meridian, now, count=3)
    count_up(meridian)
    count_up(meridian)
    with tenant_scope(meridian):
        Event.objects.all().delete()
    assert seen(meridian) == 3
    emit(meridian, now)
    assert seen(meridian) == 4


def test_a_row_that_commits_late_below_the_counted_ids_is_not_lost(meridian, now):
    """A transaction takes an id, another takes a higher one and commits; the first commits after two foldings."""
    late = connections.create_connection("default")
    try:
        with late.cursor() as cursor:
            late.set_autocommit(False)
            cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(meridian.pk)])
            cursor.execute(
                "INSERT INTO warehouse_events (tenant_id, kind, subject_kind, subject_id, data, occurred_at) "
                "VALUES (%s, 'parcel.seen', 'parcel', '1', '{}', now())",
                [meridian.pk],
            )
            emit(meridian, now)
            for _ in range(3):
                count_up(meridian)
            assert seen(meridian) == 1
            late.commit()
        assert seen(meridian) == 2
        for _ in range(3):
            count_up(meridian)
        assert seen(meridian) == 2
    finally:
        late.close()


def test_a_run_is_counted_when_it_has_ended_however_long_it_takes(meridian, now):
    times = {"cycle_at": now, "started_at": now, "trigger": "manual"}
    with tenant_scope(meridian):
        slow = Run.objects.create(state="running", **times)
        Run.objects.create(state="failed", finished_at=now, **times)
    for _ in range(3):
        count_up(meridian)
    assert value_of(meridian, "agent_cycles_completed_total", now) == 0
    with tenant_scope(meridian):
        Run.objects.filter(pk=slow.pk).update(state="completed", finished_at=now + timedelta(seconds=90))
    for _ in range(3):
        count_up(meridian)
        assert value_of(meridian, "agent_cycles_completed_total", now) == 1
        assert value_of(meridian, "agent_cycles_failed_total", now) == 1
        assert value_of(meridian, "agent_cycle_seconds_total", now) == 90


def test_the_hourly_task_adds_up_every_tenant_beside_one_that_fails(meridian, harborpine, now):
    emit(meridian, now)
    emit(harborpine, now)
    with tenant_scope(harborpine):
        Total.objects.create(source="events", noted_to=2**40, counts={"parcel.seen": "no number"})
    assert add_up_counters() == add_up_counters() == 1
    with tenant_scope(meridian):
        assert Total.objects.get(source="events").counts == {"parcel.seen": 1}


def test_the_number_of_statements_is_the_same_for_any_history(meridian, parcels, now):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            read_tenant(meridian, now=now)
        return len(captured)

    empty = statements()
    for hour in range(3):
        parcels.proposals = [make_proposal(100 * hour + n, kind="research") for n in range(5)]
        run_cycle(tenant=meridian, now=now + timedelta(hours=hour))
    emit(meridian, now, count=20)
    assert statements() == empty <= 20


def test_an_empty_database_has_nothing_to_say(system_config, now, settings):
    settings.METRICS_TOKEN = TOKEN
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_switches_and_the_send_mode_show(meridian, now, settings):
    assert value_of(meridian, "agent_enabled", now, reason="") == 1
    assert value_of(meridian, "agent_send_mode", now, mode="dry_run") == 1
    assert value_of(meridian, "agent_send_mode", now, mode="live") == 0
    SystemConfig.objects.update(global_enabled=False)
    assert value_of(meridian, "agent_enabled", now, reason="kill_switch_database") == 0
    settings.AGENT_KILL_SWITCH = "true"
    assert value_of(meridian, "agent_enabled", now, reason="kill_switch_environment") == 0


def test_settings_that_are_not_understood_spoil_no_other_metric(meridian, harborpine, now, settings):
    type(meridian).objects.filter(pk=meridian.pk).update(agent_settings={"nonsense": 1})
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'agent_settings_valid{tenant="meridian"} 0.0' in text
    assert 'agent_settings_valid{tenant="harborpine"} 1.0' in text
    assert 'agent_send_mode{mode="live",tenant="meridian"}' not in text


def test_open_cards_and_their_age_show(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        Card.objects.update(state="unknown", finished_at=None, not_before=now - timedelta(hours=2))
    assert value_of(meridian, "agent_cards", now, state="unknown") == 2
    assert value_of(meridian, "agent_unknown_outcomes", now) == 2
    assert value_of(meridian, "agent_cards_oldest_seconds", now, state="unknown") == 7200
    assert value_of(meridian, "agent_cards", now, state="held") == 0


def test_the_lease_shows_while_it_is_held(meridian, now):
    assert value_of(meridian, "agent_lease_held", now) == 0
    with hold_lease(meridian.pk):
        assert value_of(meridian, "agent_lease_held", now) == 1
    assert value_of(meridian, "agent_lease_held", now) == 0


def test_the_figures_of_the_engines_show_under_their_names(meridian, parcels, now):
    parcels.report_with = Report(figures={"late": 0.25})
    run_cycle(tenant=meridian, now=now)
    assert value_of(meridian, "agent_parcels_late", now) == 0.25
    assert value_of(meridian, "agent_tasks_open", now) == 0


def test_nobody_reads_metrics_without_the_token(meridian, settings):
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for given in ("", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer tökén"):
        answer = Client().get("/metrics", headers={"authorization": given})
        assert (answer.status_code, b"agent_" in answer.content) == (401, False)
    assert Client().post("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 405


def test_prometheus_can_read_what_is_written(meridian, harborpine, parcels, now, settings):
    from prometheus_client.parser import text_string_to_metric_families

    run_cycle(tenant=meridian, now=now)
    settings.METRICS_TOKEN = TOKEN
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    families = {family.name: family for family in text_string_to_metric_families(answer.content.decode())}
    assert families["agent_cycles_completed"].type == "counter"
    assert {s.labels["tenant"]: s.value for s in families["agent_cycles_completed"].samples} == {
        "meridian": 1,
        "harborpine": 0,
    }


def test_every_metric_of_the_document_exists_and_every_metric_is_in_the_document(meridian, now):
    rows = re.findall(r"^\| `(agent_[a-z0-9_]+)`", DOCUMENT.read_text(), flags=re.MULTILINE)
    assert len(rows) == len(set(rows))
    with tenant_scope(meridian):
        cycle = build_cycle(tenant=meridian, now=now)
        reported = {
            f"{engine.slug}.{figure}" for engine in registry for figure in engine.report(cycle).figures
        }
    figures = {name_of_figure(figure) for figure in reported if not figure.startswith("agent.cards_")}
    assert set(rows) == {family.name for family in FAMILIES} | figures


def test_every_metric_of_the_specification_has_its_name_here():
    text = DOCUMENT.read_text()
    mapped = dict(re.findall(r"^\| `((?:agent|gmail)\.[a-z_.]+)` \| ([^|]+) \|", text, flags=re.MULTILINE))
    assert set(mapped) == SPECIFIED
    documented = set(re.findall(r"^\| `(agent_[a-z0-9_]+)`", text, flags=re.MULTILINE))
    waiting = {name for name, ours in mapped.items() if ours == "with the sandbox"}
    assert waiting == {name for name in SPECIFIED if name.startswith("agent.sandbox.")}
    assert "sandbox" not in {engine.slug for engine in registry}
    for name in SPECIFIED - waiting:
        assert set(re.findall(r"agent_[a-z0-9_]+", mapped[name])) <= documented, name


def test_figures_of_a_reflection_are_those_of_the_newest(meridian, parcels, now):
    for hour, late in enumerate((1, 2)):
        parcels.report_with = Report(figures={"late": late})
        run_cycle(tenant=meridian, now=now + timedelta(hours=hour))
    with tenant_scope(meridian):
        assert Reflection.objects.count() == 2
    assert value_of(meridian, "agent_parcels_late", now) == 2
