"""The ten hot queries find their rows by the tenant: its id is a condition of the index, not a filter afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet

from agent.models import Run, Trigger
from agent.states import RunState
from agent.tenancy import tenant_scope
from engagement.models import ContactAddress
from tests.bench.books import CONTACTS_PER_CLIENT, PAST_SQL, PEOPLE_SQL
from tests.bench.hot_queries import HOT_QUERIES, people

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONTACTS = 10_000


def test_every_hot_query_reads_by_an_index_of_the_tenant(meridian, now):
    fill(meridian, now)
    assert len({query.name for query in HOT_QUERIES}) == len(HOT_QUERIES) == 10
    with tenant_scope(meridian):
        problems = {query.name: unindexed_reads(query.rows(now)[: query.limit]) for query in HOT_QUERIES}
        found = {query.name: len(query.rows(now)[: query.limit]) for query in HOT_QUERIES}
    assert problems == {query.name: [] for query in HOT_QUERIES}
    # A plan for rows that are not there would prove little.
    assert all(found.values()), found


def test_a_condition_that_row_level_security_keeps_from_the_index_is_noticed(meridian, now):
    fill(meridian, now)
    with tenant_scope(meridian):
        by_pattern = ContactAddress.objects.filter(email_normalised__contains="person")
        assert unindexed_reads(by_pattern) == ["Seq Scan on contact_addresses"]
        with connection.cursor() as cursor:
            # An index without the tenant is no better: it would read every company's rows and drop all but ours.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        by_id = ContactAddress.objects.filter(pk__in=people()).order_by("pk")
        assert unindexed_reads(by_id) == ["Index Scan on contact_addresses"]


def fill(tenant, now) -> None:
    """Write the benchmarks' book as the application, which the wall binds, and have its statistics taken."""
    with tenant_scope(tenant):
        run = Run.objects.create(
            trigger=Trigger.MANUAL, state=RunState.COMPLETED, cycle_at=now, started_at=now, finished_at=now
        )
        parameters = {
            "tenant": tenant.pk,
            "now": now,
            "contacts": CONTACTS,
            "clients": CONTACTS // CONTACTS_PER_CLIENT,
            "due": 500,
            "run": run.pk,
        }
        with connection.cursor() as cursor:
            for statement in (*PEOPLE_SQL, *PAST_SQL):
                cursor.execute(statement, parameters)
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE")


def unindexed_reads(rows: QuerySet[Any]) -> list[str]:
    """The steps of a query's plan that read a table other than by an index condition on the tenant."""
    (plan,) = json.loads(rows.explain(format="json"))
    return [
        f"{step['Node Type']} on {step.get('Relation Name') or step.get('Index Name')}"
        for step in steps_of(plan["Plan"])
        if is_read(step) and "tenant_id" not in step.get("Index Cond", "")
    ]


def is_read(step: dict[str, Any]) -> bool:
    """Whether a step reads a table or an index; a bitmap's heap is read where its index says."""
    return "Scan" in step["Node Type"] and step["Node Type"] not in ("Bitmap Heap Scan", "Subquery Scan")


def steps_of(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for part in step.get("Plans", []):
        yield from steps_of(part)
