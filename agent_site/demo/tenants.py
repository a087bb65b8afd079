"""The two companies of the demo desk: an appraisal management company and an appraisal firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from agent.calendars import BusinessCalendar
from agent.tenant_settings import AgentSettings
from agent_site.demo.specification import read_specification

# The name under which each company's mailbox appears in its correspondents' address books.
_INBOX_NAMES = {"meridian": "Meridian Valuation Orders", "harborpine": "Harbor & Pine Desk"}


@dataclass(frozen=True, kw_only=True)
class DemoTenant:
    """One company: who it is, where and when it works, and how it prices."""

    slug: str
    name: str
    kind: str
    timezone: str
    inbox: str
    inbox_name: str
    states: tuple[str, ...]
    tech_fee: Decimal
    price_factor: Decimal
    agent_settings: Mapping[str, Any]
    order_prefix: str


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The moment of loading, seen from one company: every date of its book is an offset from it."""

    now: datetime
    calendar: BusinessCalendar

    @property
    def today(self) -> date:
        """The calendar day where the company is."""
        return self.calendar.local_date(self.now)

    def day(self, days_from_today: int) -> date:
        """A calendar day; negative numbers lie in the past."""
        return self.today + timedelta(days=days_from_today)

    def ago(self, days: float) -> datetime:
        """A moment in the past."""
        return self.now - timedelta(days=days)

    def date_of(self, moment: datetime) -> date:
        """The calendar day of a moment where the company is."""
        return self.calendar.local_date(moment)


def demo_tenants() -> tuple[DemoTenant, ...]:
    """Both companies, in the order of the specification."""
    return tuple(_tenant(entry) for entry in read_specification()["tenants"])


def moment_of(tenant: DemoTenant, now: datetime) -> Moment:
    """The moment of loading where the company is."""
    settings = AgentSettings.parse(tenant.agent_settings)
    return Moment(now=now, calendar=settings.calendar(ZoneInfo(tenant.timezone)))


def _tenant(entry: Mapping[str, Any]) -> DemoTenant:
    opens_at, closes_at = entry["business_hours"].split("-")
    return DemoTenant(
        slug=entry["slug"],
        name=entry["name"],
        kind=entry["kind"],
        timezone=entry["tz"],
        inbox=entry["inbox"],
        inbox_name=_INBOX_NAMES[entry["slug"]],
        states=tuple(entry["states"]),
        tech_fee=Decimal(entry["tech_fee"]),
        price_factor=Decimal(entry.get("price_factor", "1")),
        agent_settings={"business_hours_start": opens_at, "business_hours_end": closes_at},
        order_prefix=entry["order_prefix"],
    )
