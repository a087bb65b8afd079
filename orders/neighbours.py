"""Reading the stored orders beside those that are judged: at the same property, or with the same portal order id.

A number of statements that does not grow with the orders, in the caller's scope. What a neighbour means is said by
rules REQ-212, REQ-217 and PRC-116.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F

from orders.facts import DeskFacts, DuplicateFacts, OrderRecord
from orders.models import Order
from orders.states import Stage

_DELIVERED_STAGES = (Stage.DELIVERED, Stage.ROV, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Another stored order, as those that came after it and those that came before it see it."""

    id: int
    ordered_at: datetime
    as_earlier: DuplicateFacts
    as_later: DuplicateFacts

    def facts_for(self, record: OrderRecord) -> DuplicateFacts:
        """What it is to an order; one that is not stored is later than all."""
        is_earlier = record.id is None or (self.ordered_at, self.id) < (record.ordered_at, record.id)
        return self.as_earlier if is_earlier else self.as_later


def read_duplicates(records: Sequence[OrderRecord], desk: DeskFacts) -> list[tuple[DuplicateFacts, ...]]:
    """For each order, the others at its property."""
    neighbours = _neighbours({record.property_key for record in records if record.property_key}, desk)
    return [
        tuple(
            other.facts_for(record)
            for other in neighbours.get(record.property_key, ())
            if other.id != record.id and other.as_earlier.order_number != record.order_number
        )
        for record in records
    ]


def _neighbours(keys: set[str], desk: DeskFacts) -> dict[str, list[_Stored]]:
    rows = Order.objects.filter(property_key__any_of=keys).exclude(stage=Stage.CANCELLED).order_by("id")
    found: dict[str, list[_Stored]] = defaultdict(list)
    for row in rows.values(
        "property_key",
        "id",
        "ordered_at",
        "order_number",
        "ordered_by_id",
        "stage",
        "delivered_at",
        "portal_order_id",
        code=F("product__code"),
    ):
        delivered_at = row["delivered_at"]
        facts = DuplicateFacts(
            order_number=row["order_number"],
            ordered_by_id=row["ordered_by_id"],
            product_code=row["code"] or "",
            is_delivered=row["stage"] in _DELIVERED_STAGES,
            delivered_date=desk.local_date(delivered_at) if delivered_at else None,
            portal_order_id=row["portal_order_id"],
        )
        later = replace(facts, is_earlier=False)
        found[row["property_key"]].append(_Stored(row["id"], row["ordered_at"], facts, later))
    return found


def read_portal_twins(records: Sequence[OrderRecord]) -> list[str]:
    """For each order, the number of an earlier one that has its portal order id; empty without one."""
    ids = {record.portal_order_id for record in records if record.portal_order_id}
    found: dict[str, list[tuple[datetime, int, str]]] = defaultdict(list)
    rows = Order.objects.filter(portal_order_id__any_of=ids).order_by("ordered_at", "id")
    for portal_id, *row in rows.values_list("portal_order_id", "ordered_at", "id", "order_number"):
        found[portal_id].append((row[0], row[1], row[2]))
    return [
        next(
            (
                number
                for ordered_at, pk, number in found.get(record.portal_order_id, ())
                if number != record.order_number
                and (record.id is None or (ordered_at, pk) < (record.ordered_at, record.id))
            ),
            "",
        )
        for record in records
    ]
