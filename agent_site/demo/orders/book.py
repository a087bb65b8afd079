"""From plans to whole orders: numbers, parties, property, people, dates, money and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agent_site.demo.catalogue import CLIENT_FACTORS, add_on_prices, base_fees, round_cents
from agent_site.demo.clients import DemoClient
from agent_site.demo.contacts import DemoContact
from agent_site.demo.orders.clean import clean_plans
from agent_site.demo.orders.history import DemoMove, dates_of, moves_of
from agent_site.demo.orders.parties import loan_columns, party_columns, property_columns
from agent_site.demo.orders.places import Place, invented_places
from agent_site.demo.orders.plans import BILL, Plan
from agent_site.demo.orders.scenarios import scenario_plans
from agent_site.demo.people import Person, PhoneBook, invented_people
from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import DemoTenant, Moment
from agent_site.demo.vendors import DemoVendor
from engagement.models import ContactRole, CredentialLevel
from orders.states import ASSIGNED_STAGES, INTAKE_STAGES, Stage

# Numbers of the orders that no mail and no decision names; they follow the order of arrival.
_FIRST_NUMBER = {"meridian": 872, "harborpine": 1110}
_NUMBER_DIGITS = 4
_VENDOR_SHARE = Decimal("0.72")


@dataclass(frozen=True, kw_only=True)
class DemoLine:
    """One line of an order's fee."""

    kind: str
    code: str
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class DemoOrder:
    """One order. `columns` are the plain columns of `orders.Order`; clients, products and vendors go by name.

    `scenario` and `expected` (the codes that the rules must find) are for tests; neither is stored.
    """

    client: str
    product: str
    vendor: str
    columns: Mapping[str, Any]
    lines: tuple[DemoLine, ...]
    moves: tuple[DemoMove, ...]
    is_queued: bool
    scenario: str
    expected: frozenset[str]

    @property
    def number(self) -> str:
        return str(self.columns["order_number"])

    @property
    def total(self) -> Decimal:
        """What the client pays, 0.00 while nobody has said."""
        return self.columns["total_amount"] or Decimal("0.00")


def demo_orders(
    tenant: DemoTenant,
    clients: Sequence[DemoClient],
    contacts: Sequence[DemoContact],
    vendors: Sequence[DemoVendor],
    at: Moment,
) -> list[DemoOrder]:
    """The orders of one company, the earliest first."""
    desk = _Desk(tenant, clients, contacts, vendors, at)
    plans = [*clean_plans(tenant.slug), *scenario_plans(tenant.slug)]
    orders = sorted(
        (desk.build(plan, number) for number, plan in enumerate(plans)),
        key=lambda order: order.columns["ordered_at"],
    )
    return list(_numbered(orders, tenant))


def expected_codes(orders: Iterable[DemoOrder]) -> dict[str, frozenset[str]]:
    """The codes that the rules must find in each order, by order number."""
    return {order.number: order.expected for order in orders}


def _numbered(orders: Sequence[DemoOrder], tenant: DemoTenant) -> Iterator[DemoOrder]:
    taken = {order.number for order in orders}
    number = _FIRST_NUMBER[tenant.slug]
    for order in orders:
        if order.number:
            yield order
            continue
        while (text := f"{tenant.order_prefix}{number:0{_NUMBER_DIGITS}d}") in taken:
            number += 1
        number += 1
        yield replace(order, columns={**order.columns, "order_number": text})


class _Desk:
    """One company's desk while its orders are built: whose turn it is among places, people and appraisers."""

    def __init__(
        self,
        tenant: DemoTenant,
        clients: Sequence[DemoClient],
        contacts: Sequence[DemoContact],
        vendors: Sequence[DemoVendor],
        at: Moment,
    ) -> None:
        self.tenant, self.at = tenant, at
        self.clients = {client.name: client for client in clients}
        self.vendors = {vendor.name: vendor for vendor in vendors}
        self.fees, self.add_ons = base_fees(tenant), add_on_prices()
        self.products = {entry["code"]: entry for entry in read_specification()["products"]}
        self.loan_officers = {
            contact.client: contact.addresses[0]
            for contact in contacts
            if contact.role == ContactRole.LOAN_OFFICER
        }
        self.places: dict[str, Iterator[Place]] = {}
        self.people: Iterator[Person] = invented_people(start=600 if tenant.slug == "meridian" else 1200)
        self.phones = PhoneBook()

    def build(self, plan: Plan, turn: int) -> DemoOrder:
        """The whole order of one plan; `turn` is its position, by which its details vary."""
        client, product = self.clients[plan.client], self.products[plan.product]
        place = plan.place or self._next_place(plan.state or client.states[turn % len(client.states)])
        dates = dates_of(plan, product["turn_time_bd"], turn, self.at)
        columns = {
            "order_number": plan.number,
            "stage": plan.stage,
            "held_from_stage": plan.held_from,
            **dates.columns,
            **property_columns(plan, place),
            **party_columns(plan, client, place, turn, self.people, self.phones),
            **loan_columns(plan, client, turn, self.at, self.loan_officers.get(client.reference, "")),
            **self._money(plan),
        }
        vendor = self._vendor(plan, product["min_credential"], place.state, columns, turn)
        columns |= self._vendor_columns(vendor, columns)
        columns |= plan.columns
        return DemoOrder(
            client=client.reference,
            product=plan.product,
            vendor=vendor,
            columns=columns,
            lines=self._lines(plan, columns["fee_amount"]),
            moves=moves_of(plan, columns, dates, self.at),
            is_queued=plan.stage in INTAKE_STAGES or bool(plan.expected),
            scenario=plan.scenario,
            expected=plan.expected,
        )

    def _next_place(self, state: str) -> Place:
        return next(self.places.setdefault(state, invented_places(state)))

    def _money(self, plan: Plan) -> dict[str, Any]:
        factor = CLIENT_FACTORS.get(plan.client, Decimal(1))
        fee = plan.fee
        if fee is None:
            add_ons = (self.add_ons[code] for code in plan.add_ons)
            fee = round_cents(self.fees[plan.product] * factor) + sum(add_ons, Decimal(0))
        is_agreed = plan.stage not in INTAKE_STAGES
        is_paid_first = plan.payment != BILL
        return {
            "fee_amount": fee,
            "tech_fee": self.tenant.tech_fee,
            "total_amount": fee + self.tenant.tech_fee,
            "accepted_fee_amount": fee if is_agreed else None,
            "quote_number": plan.quote,
            "agreed_price": fee if plan.quote else None,
            "payment_type": plan.payment,
            "payment_authorised": True if is_paid_first and is_agreed else None,
        }

    def _lines(self, plan: Plan, fee: Decimal | None) -> tuple[DemoLine, ...]:
        add_ons = tuple(
            DemoLine(kind="add_on", code=code, amount=self.add_ons[code]) for code in plan.add_ons
        )
        base = None if fee is None else fee - sum((self.add_ons[code] for code in plan.add_ons), Decimal(0))
        return (DemoLine(kind="base", code=plan.product, amount=base), *add_ons)

    def _vendor(self, plan: Plan, level: str, state: str, columns: Mapping[str, Any], turn: int) -> str:
        """The appraiser named, or one who may take it; nobody before the order is assigned."""
        if plan.vendor:
            return plan.vendor
        if (plan.held_from or plan.stage) not in ASSIGNED_STAGES or level == "none":
            return ""
        is_residential_expert_needed = columns["loan_type"] == "fha" or "HIVAL-1" in plan.add_ons
        needed = CredentialLevel(level)
        if is_residential_expert_needed:
            needed = max(needed, CredentialLevel.CERTIFIED_RESIDENTIAL, key=lambda level: level.rank)
        able = [
            vendor.name
            for vendor in self.vendors.values()
            if vendor.is_fine
            and CredentialLevel(vendor.credential_level).rank >= needed.rank
            and state in {licence.state for licence in vendor.licenses}
        ]
        return able[turn % len(able)]

    def _vendor_columns(self, vendor: str, columns: Mapping[str, Any]) -> dict[str, Any]:
        """What the appraiser gets, and by when: a day before the client, and never a day already past."""
        if not vendor:
            return {}
        due = columns["due_date"]
        is_open = columns["stage"] not in (Stage.DELIVERED, Stage.CLOSED)
        day_before = due.fromordinal(due.toordinal() - 1)
        return {
            "vendor_fee": (columns["fee_amount"] * _VENDOR_SHARE).quantize(Decimal(1)),
            "vendor_due_date": max(day_before, self.at.today) if is_open else day_before,
        }
