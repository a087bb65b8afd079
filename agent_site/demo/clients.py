"""The clients of the desk with their credit. What makes their credit so (invoices, orders) is in those modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import DemoTenant, Moment
from engagement.models import ClientStatus, ClientType

PROSPECTS = frozenset(
    {"TrueNorth Home Loans", "Highline CRE Finance", "Valley Investments", "Rosa Maldonado"}
)
SUSPENDED = frozenset({"Willamette Home Finance"})
LENDER_TYPES = frozenset(
    {
        "mortgage_lender", "broker", "bank", "credit_union", "farm_credit", "commercial_lender",
        "private_lender", "servicer", "amc",
    }
)  # fmt: skip
# Agreements about to end; all others run on for months.
_AGREEMENT_ENDS_IN_DAYS = {"Northgate Savings Bank": 38, "Gulf Coast Community Bank": 45}
# On hold by a person although its invoices are in order; the specification's own list ends before it.
_HELD_CLIENT: Mapping[str, Any] = {
    "name": "Larkspur Lending",
    "domain": "larkspurlending.test",
    "client_type": "mortgage_lender",
    "states": ["CO"],
    "credit_limit": "10000.00",
    "terms": "net30",
}
_HELD_BY, _HOLD_REASON, _HELD_DAYS_AGO = "Elena Marsh (controller)", "returned payment", 9


@dataclass(frozen=True, kw_only=True)
class DemoClient:
    """One client and what it may owe. `credit_limit` None: no terms; 0.00: prepaid only."""

    reference: str
    name: str
    client_type: ClientType
    status: ClientStatus
    email_domain: str
    states: tuple[str, ...]
    terms: str
    agreement_expires_date: date | None
    created_at: datetime
    credit_limit: Decimal | None
    held_at: datetime | None = None
    held_by: str = ""
    hold_reason: str = ""

    @property
    def is_lender(self) -> bool:
        """Whether its orders are for loans."""
        return self.client_type in LENDER_TYPES

    @property
    def is_private_or_legal(self) -> bool:
        """Whether it orders on its own behalf, for a court or for a tax case."""
        return self.client_type in {"private", "attorney", "accountant"}


def demo_clients(tenant: DemoTenant, at: Moment) -> list[DemoClient]:
    """The clients of one company, in the order of the specification."""
    entries = list(read_specification()["clients"][tenant.slug])
    if tenant.slug == "meridian":
        entries.append(_HELD_CLIENT)
    return [_client(entry, number, at) for number, entry in enumerate(entries)]


def _client(entry: Mapping[str, Any], number: int, at: Moment) -> DemoClient:
    name = entry["name"]
    status = ClientStatus.ACTIVE
    if name in PROSPECTS:
        status = ClientStatus.PROSPECT
    elif name in SUSPENDED:
        status = ClientStatus.SUSPENDED
    ends_in = _AGREEMENT_ENDS_IN_DAYS.get(name, 120 + 41 * number % 600)
    is_held = entry is _HELD_CLIENT
    return DemoClient(
        reference=slugify(name),
        name=name,
        client_type=ClientType(entry["client_type"]),
        status=status,
        email_domain=entry["domain"],
        states=tuple(entry["states"]),
        terms=entry["terms"] or "",
        agreement_expires_date=None if status == ClientStatus.PROSPECT else at.day(ends_in),
        created_at=at.ago(45 if status == ClientStatus.PROSPECT else 400 + 67 * number % 900),
        credit_limit=None if entry["credit_limit"] is None else Decimal(entry["credit_limit"]),
        held_at=at.ago(_HELD_DAYS_AGO) if is_held else None,
        held_by=_HELD_BY if is_held else "",
        hold_reason=_HOLD_REASON if is_held else "",
    )
