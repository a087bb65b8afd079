"""What waits for people at the order desk, summed by rule and by client: one statement each, whatever the number.

Counted is what is open and not overridden, on orders for which something is still to be delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from agent.tenancy import require_tenant_id
from orders.states import FINISHED_STAGES

# Summed by order first: an order counts once in a group, however much is wrong with it. The tenant stands in the
# conditions beside the wall's own, so that the indexes that start with it are used.
GROUPS_SQL = """
    WITH found AS (
        SELECT e.order_id, {code} AS code, min(e.opened_at) AS oldest_at,
               count(*) FILTER (WHERE e.severity = 'blocking') AS blocking,
               count(*) FILTER (WHERE e.severity <> 'blocking') AS other
        FROM order_processing_exceptions e
        WHERE e.tenant_id = %(tenant)s AND e.state = 'open' AND e.override_id IS NULL
        GROUP BY 1, 2
    )
    SELECT {key}, {label}, sum(found.blocking), sum(found.other), count(*), min(found.oldest_at),
           coalesce(sum(o.total_amount), 0)
    FROM found
    JOIN orders o ON o.tenant_id = %(tenant)s AND o.id = found.order_id AND o.stage <> ALL(%(finished)s)
    {join}
    GROUP BY 1, 2
    ORDER BY 3 DESC, 7 DESC, 2
"""
BY_CODE = {"code": "e.code", "key": "found.code", "label": "found.code", "join": ""}
BY_CLIENT = {
    "code": "NULL",
    "key": "c.id::text",
    "label": "c.name",
    "join": "JOIN clients c ON c.tenant_id = %(tenant)s AND c.id = o.ordered_by_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """What one rule found, or what is wrong with one client's orders. Money in the desk's currency."""

    key: str
    label: str
    blocking: int
    other: int
    orders: int
    oldest_at: datetime
    total_amount: Decimal
    """The totals of its orders, each once."""


def group_by_code() -> list[GroupFigures]:
    """The rules that found something, what blocks most first."""
    return _read(BY_CODE)


def group_by_client() -> list[GroupFigures]:
    """The clients with whose orders something is wrong, what blocks most first."""
    return _read(BY_CLIENT)


def _read(by: dict[str, str]) -> list[GroupFigures]:
    parameters = {"tenant": require_tenant_id(), "finished": sorted(FINISHED_STAGES)}
    with connection.cursor() as cursor:
        cursor.execute(GROUPS_SQL.format(**by), parameters)
        return [
            GroupFigures(
                key=key,
                label=label,
                blocking=blocking,
                other=other,
                orders=orders,
                oldest_at=oldest_at,
                total_amount=total_amount,
            )
            for key, label, blocking, other, orders, oldest_at, total_amount in cursor.fetchall()
        ]
