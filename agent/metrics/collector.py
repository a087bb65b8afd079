"""Reading the metrics of the whole fleet: one scope a tenant, and a fixed number of statements in each.

A figure is read where it is kept, never counted in a process: any process gives the same answer, and none has to
be up for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.db.models import Count, Min, Q
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from agent.limits import COUNTED_AS, caps_of_kind
from agent.metrics.counting import read_counters
from agent.metrics.families import (
    ACTIONS,
    FAMILIES,
    RUN_ENDS,
    Sample,
    name_of_actions,
    name_of_cycles,
    name_of_figure,
)
from agent.models import Card, RateLimit, Reflection, Run, Tenant
from agent.registry import Cycle
from agent.states import OPEN_STATES, CardState, RunState, SendMode
from agent.switches import build_cycle, read_mail_stop, read_stop
from agent.tenancy import tenant_scope
from agent.tenant_settings import InvalidAgentSettings

NAMED = {family.name: family for family in FAMILIES}
LEASE_SQL = """
    SELECT extract(epoch FROM clock_timestamp() - l.acquired_at)::float8
    FROM agent_tenant_locks l WHERE l.expires_at > clock_timestamp()
    AND EXISTS (SELECT FROM pg_stat_activity a
                WHERE a.pid = l.backend_pid AND a.backend_start = l.backend_started_at)
"""


class FleetCollector(Collector):
    """Every tenant's metrics at `now`, for prometheus_client to write out."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """The metrics by name; one that no tenant has a value for is left out."""
        families: dict[str, Metric] = {}
        for tenant in Tenant.objects.order_by("slug"):
            for sample in read_tenant(tenant, now=self.now):
                family = families.setdefault(sample.name, _open_family(sample))
                family.add_metric([tenant.slug, *sample.labels.values()], sample.value)  # type: ignore[attr-defined]
        yield from families.values()


def read_tenant(tenant: Tenant, *, now: datetime) -> list[Sample]:
    """The metrics of one tenant, in a scope of their own."""
    with tenant_scope(tenant):
        return [
            *_read_counters(),
            *_read_switches(tenant),
            *_read_settings(tenant, now),
            *_read_cards(now),
            *_read_cycles(),
            *_read_figures(),
        ]


def _open_family(sample: Sample) -> Metric:
    known = NAMED.get(sample.name)
    labels = ["tenant", *sample.labels]
    if known is None:
        return GaugeMetricFamily(sample.name, "Reported by its engine to the last reflection", labels=labels)
    kind = CounterMetricFamily if known.is_counter else GaugeMetricFamily
    return kind(known.name, known.help, labels=labels)


def _sample(name: str, value: float | bool, **labels: str) -> Sample:
    return Sample(name, float(value), labels)


def _read_counters() -> Iterator[Sample]:
    counters = read_counters()
    runs = counters["runs"]
    for state in RUN_ENDS:
        yield _sample(name_of_cycles(state), runs.get((state, "count"), 0))
    yield _sample("agent_cycle_seconds_total", runs.get((RunState.COMPLETED, "seconds"), 0))
    for (engine, kind, rehearsal, move), value in counters["moves"].items():
        if move in ACTIONS:
            yield _sample(name_of_actions(move), value, engine=engine, kind=kind, rehearsal=rehearsal)
    for (kind,), value in counters["events"].items():
        yield _sample("agent_events_total", value, kind=kind)
    for (rule,), value in counters["violations"].items():
        yield _sample("agent_policy_violations_total", value, rule=rule)


def _read_switches(tenant: Tenant) -> Iterator[Sample]:
    stop = read_stop(tenant.pk)
    yield _sample("agent_enabled", stop is None, reason=str(stop.reason) if stop else "")
    yield _sample("agent_mail_enabled", not read_mail_stop(tenant.pk))


def _read_settings(tenant: Tenant, now: datetime) -> Iterator[Sample]:
    """What the settings come to; of settings that are not understood, only that."""
    try:
        cycle = build_cycle(tenant=tenant, now=now)
    except InvalidAgentSettings:
        # A cycle of this tenant fails on it; the others' metrics must not.
        yield _sample("agent_settings_valid", False)
        return
    yield _sample("agent_settings_valid", True)
    for mode in SendMode:
        yield _sample("agent_send_mode", mode == cycle.send_mode, mode=str(mode))
    yield from _read_caps(cycle)


def _read_caps(cycle: Cycle) -> Iterator[Sample]:
    """The tenant's own caps; a recipient's would name a person."""
    caps = [cap for kind in COUNTED_AS for cap in caps_of_kind(kind, cycle)]
    places = Q()
    for cap in caps:
        places |= Q(key=cap.key, window=cap.window, window_start=cap.starts_at(cycle.now))
    used = {
        (key, window): count
        for key, window, count in RateLimit.objects.filter(places).values_list("key", "window", "used")
    }
    for cap in caps:
        labels = {"cap": cap.key, "window": str(cap.window)}
        yield _sample("agent_cap_used", used.get((cap.key, cap.window), 0), **labels)
        yield _sample("agent_cap_limit", cap.limit, **labels)


def _read_cards(now: datetime) -> Iterator[Sample]:
    open_cards = Card.objects.filter(state__in=OPEN_STATES).order_by()
    rows = open_cards.values_list("state").annotate(cards=Count("pk"), oldest=Min("not_before"))
    found = {state: (count, oldest) for state, count, oldest in rows}
    for state in sorted(OPEN_STATES):
        count, oldest = found.get(state, (0, None))
        yield _sample("agent_cards", count, state=str(state))
        waited = max((now - oldest).total_seconds(), 0) if oldest else 0
        yield _sample("agent_cards_oldest_seconds", waited, state=str(state))
    yield _sample("agent_unknown_outcomes", found.get(CardState.UNKNOWN, (0, None))[0])


def _read_cycles() -> Iterator[Sample]:
    with connection.cursor() as cursor:
        cursor.execute(LEASE_SQL)
        row = cursor.fetchone()
    yield _sample("agent_lease_held", row is not None)
    yield _sample("agent_lease_seconds", row[0] if row else 0)
    completed = Run.objects.filter(state=RunState.COMPLETED).order_by("-started_at")
    finished_at = completed.values_list("finished_at", flat=True).first()
    if finished_at is not None:
        yield _sample("agent_last_completed_cycle_timestamp_seconds", finished_at.timestamp())


def _read_figures() -> Iterator[Sample]:
    reflection = Reflection.objects.order_by("-id").first()
    if reflection is None:
        return
    yield _sample("agent_figures_timestamp_seconds", reflection.at.timestamp())
    for figure, value in sorted(reflection.figures.items()):
        # The live figure is here already under this name.
        if name_of_figure(figure) not in NAMED and not figure.startswith("agent.cards_"):
            yield _sample(name_of_figure(figure), value)
