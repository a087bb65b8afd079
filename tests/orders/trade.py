"""The cast at work: a vendor who may take files, and an order brought to a stage by the services themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engagement.models import EOPolicy, License, Vendor
from orders.models import AddOn, Order
from orders.services import (
    accept_order,
    assign_vendor,
    deliver_order,
    record_inspection,
    record_vendor_acceptance,
    schedule_inspection,
    start_review,
    submit_report,
)
from orders.states import Stage
from tests.orders.cast import NOW, TODAY

ACTOR = "dana"
VENDOR_DUE = date(2026, 12, 1)
INSPECTION = date(2026, 11, 24)


def make_vendor(
    name: str = "Ida Kestrel", *, license_ends: date | None = None, eo_ends: date | None = None
) -> Vendor:
    """A certified vendor of Colorado, entitled to work, but for what the test changes."""
    later = TODAY + timedelta(days=400)
    vendor = Vendor.objects.create(name=name, credential_level="certified_residential", created_at=NOW)
    License.objects.create(
        vendor=vendor,
        state="CO",
        number=f"CR-{vendor.pk}",
        credential_level="certified_residential",
        expires_date=license_ends or later,
    )
    EOPolicy.objects.create(
        vendor=vendor,
        starts_date=TODAY - timedelta(days=100),
        expires_date=eo_ends or later,
        per_claim_limit=Decimal("1000000.00"),
        aggregate_limit=Decimal("1000000.00"),
        carrier="Surety",
        policy_number=f"EO-{vendor.pk}",
    )
    return vendor


def make_cancellation_prices() -> None:
    """What the catalogue says of cancellations."""
    AddOn.objects.bulk_create(
        [
            AddOn(code="CANCEL-PRE", name="Cancelled before inspection", price=Decimal("0.00")),
            AddOn(code="CANCEL-POST", name="Cancelled after inspection", percent_of_fee=Decimal("50.00")),
            AddOn(code="TRIP", name="Trip fee", price=Decimal("150.00")),
        ]
    )


def walk(order: Order, to: Stage, *, vendor: Vendor | None = None, now: datetime = NOW) -> Order:
    """Bring a received order to a stage, each step by its service at the same moment."""
    who: dict[str, Any] = {"actor": ACTOR, "now": now}
    steps: dict[Stage, Callable[[Order], Order]] = {
        Stage.ACCEPTED: lambda o: accept_order(order=o, **who),
        Stage.ASSIGNED: lambda o: assign_vendor(
            order=o,
            vendor=vendor or make_vendor(),
            vendor_fee=Decimal("400.00"),
            vendor_due_date=VENDOR_DUE,
            **who,
        ),
        Stage.VENDOR_ACCEPTED: lambda o: record_vendor_acceptance(order=o, **who),
        Stage.SCHEDULED: lambda o: schedule_inspection(order=o, inspection_date=INSPECTION, **who),
        Stage.INSPECTED: lambda o: record_inspection(order=o, inspection_date=TODAY, **who),
        Stage.SUBMITTED: lambda o: submit_report(order=o, **who),
        Stage.IN_REVIEW: lambda o: start_review(order=o, **who),
        Stage.DELIVERED: lambda o: deliver_order(order=o, **who),
    }
    for stage, step in steps.items():
        order = step(order)
        if stage == to:
            return order
    raise AssertionError(f"No walk leads to {to}.")
