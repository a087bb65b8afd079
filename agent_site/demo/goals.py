"""What each company wants from the month of loading: more orders than come by themselves, and revenue to match."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from agent.goals.pace import Metric
from agent_site.demo.tenants import DemoTenant


@dataclass(frozen=True, kw_only=True)
class DemoGoal:
    """One goal of the month, and who set it."""

    metric: Metric
    target: Decimal
    set_by: str


_SET_BY = {"meridian": "Priya Nair", "harborpine": "Inez Fontaine"}
_TARGETS = {
    "meridian": {Metric.ORDERS: 110, Metric.REVENUE: 95000},
    "harborpine": {Metric.ORDERS: 40, Metric.REVENUE: 20000},
}


def demo_goals(tenant: DemoTenant) -> list[DemoGoal]:
    """The goals of one company."""
    return [
        DemoGoal(metric=metric, target=Decimal(target), set_by=_SET_BY[tenant.slug])
        for metric, target in _TARGETS[tenant.slug].items()
    ]
