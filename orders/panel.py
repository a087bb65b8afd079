"""Reading the facts of vendors, and of people who may have no say in them, in a number of statements that never grows.

All inside the caller's scope. What the facts mean is said in `orders.facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from django.db.models import F
from django.db.models.functions import Coalesce

from engagement.mail.models import Message
from engagement.models import (
    ClientVendorExclusion,
    Contact,
    ContactAddress,
    EOPolicy,
    License,
    Vendor,
    VendorTie,
)
from orders.facts import AssignmentFacts, EntitlementFacts, OrderRecord, TieFacts, VendorFacts
from orders.models import Order
from orders.states import WITH_VENDOR_STAGES

_Facts = TypeVar("_Facts")
_GATHERED = frozenset({"licenses", "eo_policies", "excluded_by", "ties", "assignments"})
_VENDOR_COLUMNS = tuple(each.name for each in fields(VendorFacts) if each.name not in _GATHERED)


def read_vendors(vendor_ids: Collection[int], today: date) -> dict[int, VendorFacts]:
    """The vendors with everything that may speak against them. Six statements, none without a vendor."""
    if not vendor_ids:
        return {}
    licenses = _by_vendor(
        License.objects.filter(vendor__any_of=vendor_ids).values(
            "vendor_id", "state", "credential_level", "expires_date", starts_date=F("issued_date")
        ),
        EntitlementFacts,
    )
    policies = _by_vendor(
        EOPolicy.objects.filter(vendor__any_of=vendor_ids).values(
            "vendor_id", "starts_date", "expires_date", "per_claim_limit", "aggregate_limit"
        ),
        EntitlementFacts,
    )
    ties = _by_vendor(
        VendorTie.objects.filter(vendor__any_of=vendor_ids).values(
            "vendor_id", "relation", "client_id", "person_name"
        ),
        TieFacts,
    )
    exclusions, assignments = _exclusions(vendor_ids), _assignments(vendor_ids, today)
    return {
        row["id"]: VendorFacts(
            **row,
            licenses=licenses.get(row["id"], ()),
            eo_policies=policies.get(row["id"], ()),
            excluded_by=exclusions.get(row["id"], {}),
            ties=ties.get(row["id"], ()),
            assignments=assignments.get(row["id"], ()),
        )
        for row in Vendor.objects.filter(pk__any_of=vendor_ids).values(*_VENDOR_COLUMNS)
    }


def _by_vendor(rows: Iterable[dict[str, Any]], kind: type[_Facts]) -> dict[int, tuple[_Facts, ...]]:
    found: dict[int, tuple[_Facts, ...]] = {}
    for row in rows:
        vendor_id = row.pop("vendor_id")
        found[vendor_id] = (*found.get(vendor_id, ()), kind(**row))
    return found


def _exclusions(vendor_ids: Collection[int]) -> dict[int, Mapping[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = ClientVendorExclusion.objects.filter(vendor__any_of=vendor_ids)
    for vendor_id, client_id, why in rows.values_list("vendor_id", "client_id", "why"):
        found[vendor_id][client_id] = why
    return dict(found)


def _assignments(vendor_ids: Collection[int], today: date) -> dict[int, tuple[AssignmentFacts, ...]]:
    """The orders that the vendors have in hand; one is late the day after its vendor's due date, or the client's."""
    rows = Order.objects.filter(vendor__any_of=vendor_ids, stage__in=WITH_VENDOR_STAGES)
    found: dict[int, list[AssignmentFacts]] = defaultdict(list)
    for vendor_id, order_id, client_id, due in rows.values_list(
        "vendor_id", "id", "ordered_by_id", Coalesce("vendor_due_date", "due_date")
    ):
        is_late = due is not None and due < today
        found[vendor_id].append(AssignmentFacts(order_id=order_id, ordered_by_id=client_id, is_late=is_late))
    return {vendor_id: tuple(each) for vendor_id, each in found.items()}


def read_restricted_parties(records: Sequence[OrderRecord]) -> list[str]:
    """For each order, who of loan production is behind it: its loan officer, or who sent it; empty for nobody.

    Two statements.
    """
    addresses = {record.loan_officer_email.lower() for record in records} - {""}
    by_address = {
        address: _name(first, last, address)
        for address, first, last in ContactAddress.objects.filter(
            email_normalised__in=addresses, contact__restricted_party=True
        ).values_list("email_normalised", "contact__first_name", "contact__last_name")
    }
    messages = {record.source_message_id for record in records} - {None}
    restricted = Contact.objects.filter(restricted_party=True)
    by_message = {
        pk: _name(first, last, address)
        for pk, first, last, address in Message.objects.filter(
            pk__in=messages, contact__in=restricted
        ).values_list("pk", "contact__first_name", "contact__last_name", "from_address")
    }
    return [
        by_message.get(record.source_message_id) or by_address.get(record.loan_officer_email.lower(), "")
        for record in records
    ]


def _name(first: str, last: str, address: str) -> str:
    return f"{first} {last}".strip() or address
