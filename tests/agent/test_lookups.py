"""Reading a batch of rows by one array of values, in one tenant alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.models import Order
from tests.orders.cast import make_client, make_desk, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(meridian: Tenant) -> list[Order]:
    make_desk(meridian)
    with tenant_scope(meridian):
        client = make_client("First Bank")
        return [make_order(number, client) for number in ("A-1", "A-2", "A-3")]


def _numbers(tenant: Tenant, **condition: object) -> list[str]:
    with tenant_scope(tenant):
        return list(Order.objects.filter(**condition).order_by("pk").values_list("order_number", flat=True))


def test_any_of_finds_the_rows_whose_column_holds_one_of_the_values(
    meridian: Tenant, orders: list[Order]
) -> None:
    assert _numbers(meridian, pk__any_of={orders[0].pk, orders[2].pk, -1}) == ["A-1", "A-3"]
    assert _numbers(meridian, order_number__any_of=("A-2", "B-1")) == ["A-2"]
    assert _numbers(meridian, ordered_by__any_of=[orders[0].ordered_by_id]) == ["A-1", "A-2", "A-3"]


def test_any_of_nothing_finds_nothing(meridian: Tenant, orders: list[Order]) -> None:
    assert _numbers(meridian, pk__any_of=[]) == []
    assert _numbers(meridian, order_number__any_of=[]) == []


def test_any_of_finds_no_row_of_another_tenant(harborpine: Tenant, orders: list[Order]) -> None:
    assert _numbers(harborpine, pk__any_of=[order.pk for order in orders]) == []


def test_the_values_travel_as_one_array(meridian: Tenant, orders: list[Order]) -> None:
    with tenant_scope(meridian), CaptureQueriesContext(connection) as queries:
        assert Order.objects.filter(pk__any_of=[order.pk for order in orders]).count() == 3
    assert "ANY('{" in queries.captured_queries[-1]["sql"]
