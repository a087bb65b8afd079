"""The facts of vendors and restricted parties, read from the database: all of them, of one tenant only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.models import (
    Client,
    ClientVendorExclusion,
    Contact,
    ContactRole,
    EOPolicy,
    License,
    Vendor,
    VendorRelation,
    VendorTie,
)
from engagement.services import NewContact, create_contact
from orders.facts import AssignmentFacts, OrderFacts, TieFacts
from orders.loading import load_desk, load_facts, read_records
from orders.models import Order
from orders.services import validate_orders
from orders.states import HoldReason, Stage
from tests.orders.cast import NOW, TODAY, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=400)


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """A desk, and its rival with a vendor of the same name, late and unwanted."""
    for tenant in (harborpine, meridian):
        make_desk(tenant)
    with tenant_scope(harborpine):
        client = make_client()
        vendor = _vendor("Ida Kestrel")
        ClientVendorExclusion.objects.create(client=client, vendor=vendor, why="Slow.")
        make_order(
            "HP-1", client, vendor=vendor, stage=Stage.ASSIGNED, vendor_due_date=TODAY - timedelta(days=9)
        )
        _contact(client, restricted=True)
    return meridian


def _vendor(name: str, **changes: Any) -> Vendor:
    values: dict[str, Any] = {
        "name": name,
        "credential_level": "certified_residential",
        "w9_date": TODAY,
        "background_check_date": TODAY,
        "asc_checked_date": TODAY,
        "created_at": NOW,
    }
    vendor = Vendor.objects.create(**values | changes)
    License.objects.create(
        vendor=vendor, state="CO", number=name, credential_level="certified_residential", expires_date=LATER
    )
    EOPolicy.objects.create(
        vendor=vendor,
        policy_number=name,
        per_claim_limit=D("1000000.00"),
        aggregate_limit=D("2000000.00"),
        expires_date=LATER,
    )
    return vendor


def _contact(client: Client, *, restricted: bool) -> Contact:
    return create_contact(
        NewContact(
            addresses=["jim@cascade.test"],
            first_name="Jim",
            last_name="Dale",
            client_id=client.pk,
            role=ContactRole.LOAN_OFFICER,
            restricted_party=restricted,
            created_at=NOW,
        ),
        now=NOW,
    )


def _facts(*orders: Order) -> list[OrderFacts]:
    return load_facts(read_records([order.pk for order in orders]), desk=load_desk(now=NOW))


def test_everything_that_may_speak_against_a_vendor_is_read(desk: Tenant) -> None:
    with tenant_scope(desk):
        client, other = make_client(), make_client("Other Bank")
        vendor = _vendor("Ida Kestrel", capacity=4, email="ida@kestrel.test")
        ClientVendorExclusion.objects.create(client=other, vendor=vendor, why="Slow.")
        VendorTie.objects.create(vendor=vendor, relation=VendorRelation.OWNER, client=other)
        VendorTie.objects.create(vendor=vendor, relation=VendorRelation.RELATIVE, person_name="Bo Ruiz")
        order = make_order("MV-1", client, vendor=vendor, stage=Stage.ASSIGNED)
        (facts,) = _facts(order)
    found = facts.vendor
    assert found is not None
    assert (found.name, found.email, found.capacity) == ("Ida Kestrel", "ida@kestrel.test", 4)
    assert (found.credential_level, found.w9_date) == ("certified_residential", TODAY)
    assert (found.licenses[0].state, found.licenses[0].credential_level) == ("CO", "certified_residential")
    assert found.eo_policies[0].aggregate_limit == D("2000000.00")
    assert found.excluded_by == {other.pk: "Slow."}
    assert set(found.ties) == {
        TieFacts(relation="owner", client_id=other.pk, person_name=""),
        TieFacts(relation="relative", client_id=None, person_name="Bo Ruiz"),
    }
    assert found.assignments == (AssignmentFacts(order_id=order.pk, ordered_by_id=client.pk, is_late=False),)


def test_an_order_is_late_the_day_after_its_due_date_while_the_vendor_owes_it(desk: Tenant) -> None:
    yesterday = TODAY - timedelta(days=1)
    cases: dict[str, tuple[dict[str, Any], bool | None]] = {
        "MV-1": ({"stage": Stage.ASSIGNED, "vendor_due_date": yesterday}, True),
        "MV-2": ({"stage": Stage.REVISION, "vendor_due_date": TODAY}, False),
        "MV-3": ({"stage": Stage.SCHEDULED, "vendor_due_date": None, "due_date": yesterday}, True),
        "MV-4": ({"stage": Stage.INSPECTED, "vendor_due_date": None, "due_date": None}, False),
        "MV-5": ({"stage": Stage.IN_REVIEW, "vendor_due_date": yesterday}, None),
        "MV-6": (
            {
                "stage": Stage.ON_HOLD,
                "held_from_stage": Stage.SCHEDULED,
                "hold_reason": HoldReason.CLIENT_REQUEST,
                "vendor_due_date": yesterday,
            },
            None,
        ),
        "MV-7": ({"stage": Stage.DELIVERED, "delivered_at": NOW, "vendor_due_date": yesterday}, None),
    }
    with tenant_scope(desk):
        client, vendor = make_client(), _vendor("Ida Kestrel")
        orders = {
            number: make_order(number, client, vendor=vendor, **values)
            for number, (values, _) in cases.items()
        }
        (facts,) = _facts(orders["MV-1"])
    assert facts.vendor is not None
    found = {each.order_id: each.is_late for each in facts.vendor.assignments}
    assert {number: found.get(order.pk) for number, order in orders.items()} == {
        number: is_late for number, (_, is_late) in cases.items()
    }


@pytest.mark.parametrize("restricted", [True, False])
def test_the_loan_officer_of_an_order_is_a_restricted_party_where_marked_so(
    desk: Tenant, restricted: bool
) -> None:
    with tenant_scope(desk):
        client = make_client()
        _contact(client, restricted=restricted)
        order = make_order("MV-1", client, loan_officer_email="Jim@Cascade.test")
        other = make_order("MV-2", client, loan_officer_email="ann@cascade.test")
        nobody = make_order("MV-3", client)
        found = [facts.restricted_party for facts in _facts(order, other, nobody)]
    assert found == ["Jim Dale" if restricted else "", "", ""]


def test_many_vendors_take_as_many_statements_as_one(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        orders = [
            make_order(f"MV-{n}", client, vendor=_vendor(f"Vendor {n}"), loan_officer_email=f"{n}@x.test")
            for n in range(8)
        ]
        desk_facts = load_desk(now=NOW)

        def statements(*some: Order) -> int:
            records = read_records([order.pk for order in some])
            with CaptureQueriesContext(connection) as queries:
                load_facts(records, desk=desk_facts)
            return len(queries)

        assert statements(*orders) == statements(orders[0])


def test_a_vendor_on_the_clients_do_not_use_list_blocks_the_order(desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        vendor = _vendor("Nora Finch")
        ClientVendorExclusion.objects.create(client=client, vendor=vendor, why="Two reports returned.")
        order = make_order("MV-1", client, vendor=vendor, stage=Stage.ASSIGNED)
        (decision,) = validate_orders(order_ids=[order.pk], now=NOW)
    assert (decision.open_codes, decision.blocking_count) == (("IND-404",), 1)
