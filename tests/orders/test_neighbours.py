"""What an order is judged against in the database: other orders, contacts of the client, products no longer sold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.models import Contact, ContactAddress, ContactAffiliation
from orders.models import Order, OrderException, Product
from orders.services import validate_orders
from orders.states import Severity
from tests.orders.cast import NOW, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db

EARLIER = NOW - timedelta(days=3)


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """A desk and its rival, whose order and contact have everything that a rule looks for."""
    for tenant in (harborpine, meridian):
        make_desk(tenant)
    with tenant_scope(harborpine):
        client = make_client()
        make_order("HP-1", client, unit="", portal_order_id="QV-1", ordered_at=EARLIER)
        _contact(client, "ana@example.com", "+13035550142")
    return meridian


def _contact(client: Any, email: str, phone: str = "") -> Contact:
    contact = Contact.objects.create(client=client, mobile_e164=phone, created_at=NOW)
    ContactAddress.objects.create(contact=contact, email=email, email_normalised=email, created_at=NOW)
    return contact


def _codes(*orders: Order) -> list[set[str]]:
    decisions = validate_orders(order_ids=[order.pk for order in orders], now=NOW)
    return [set(decision.open_codes) for decision in decisions]


def test_a_completion_report_belongs_to_an_order_of_the_same_client_at_the_same_property(
    desk: Tenant,
) -> None:
    with tenant_scope(desk):
        client, other = make_client(), make_client("Blue Mesa")
        report = {"product": "COMP-RPT", "fee_amount": 175, "total_amount": 195}
        make_order("MV-1", client, unit="1", ordered_at=EARLIER)
        make_order("MV-2", other, unit="2", ordered_at=EARLIER)
        orders = [
            make_order(f"MV-{n}", client, unit=unit, **report) for n, unit in ((3, "1"), (4, "2"), (5, ""))
        ]
        assert _codes(*orders) == [set(), {"PRC-116"}, {"PRC-116"}]


def test_a_parent_that_came_later_is_a_parent_and_no_duplicate(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        rent = make_order(
            "MV-1", client, product="RENT-SCH", unit="1", fee_amount=125, total_amount=145, ordered_at=EARLIER
        )
        parent = make_order("MV-2", client, unit="1")
        assert _codes(rent, parent) == [set(), set()]


def test_an_offer_of_a_portal_that_came_twice_blocks_the_second_order_alone(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        first = make_order("MV-1", client, unit="1", portal_order_id="QV-1", ordered_at=EARLIER)
        second = make_order("MV-2", client, unit="1", portal_order_id="QV-1")
        other = make_order("MV-3", client, portal_order_id="QV-2")
        assert _codes(first, second, other) == [set(), {"REQ-217"}, set()]
        (row,) = OrderException.objects.all()
        assert row.message == "Portal order QV-1 has expired / already accepted."
        assert row.evidence["order"] == "MV-1"


def test_of_two_orders_at_one_property_the_later_is_the_duplicate(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        first = make_order("MV-1", client, unit="", ordered_at=EARLIER)
        second = make_order("MV-2", client, unit="")
        assert _codes(first, second) == [set(), {"REQ-212"}]


def test_a_borrower_who_is_reached_where_a_contact_of_the_client_is_is_named(desk: Tenant) -> None:
    with tenant_scope(desk):
        client, other = make_client(), make_client("Blue Mesa")
        _contact(client, "jo@lender.test", "+13035550101")
        shared = _contact(other, "sam@lender.test")
        departures = [
            {"borrower_email": "JO@lender.test"},
            {"borrower_phone": "(303) 555-0101", "borrower_email": ""},
            {"borrower_email": "sam@lender.test"},
            {},
        ]
        orders = [make_order(f"MV-{n}", client, **changes) for n, changes in enumerate(departures)]
        assert _codes(*orders) == [{"REQ-215"}, {"REQ-215"}, set(), set()]
        ContactAffiliation.objects.create(contact=shared, client=client)
        assert _codes(orders[2]) == [{"REQ-215"}]


def test_an_order_of_a_product_that_is_no_longer_sold_is_still_judged(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        order = make_order("MV-1", client)
        unknown = make_order("MV-2", client, product=None, product_text="URAR-SF")
        Product.objects.filter(code="URAR-SF").update(is_active=False)
        assert _codes(order, unknown) == [set(), {"REQ-219"}]
        (row,) = OrderException.objects.all()
        assert row.severity == Severity.BLOCKING
