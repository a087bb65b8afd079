"""The whole book of one company at one moment, as plain rows: what `loader` writes and tests look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent_site.demo.clients import DemoClient, demo_clients
from agent_site.demo.contacts import DemoContact, demo_contacts
from agent_site.demo.deals import DemoDeal, demo_deals
from agent_site.demo.goals import DemoGoal, demo_goals
from agent_site.demo.invoices import DemoInvoice, DemoPayment, demo_invoices, demo_payments
from agent_site.demo.orders import DemoOrder, demo_orders
from agent_site.demo.quotes import DemoQuote, demo_quotes
from agent_site.demo.tenants import DemoTenant, Moment, moment_of
from agent_site.demo.vendors import DemoVendor, demo_vendors


@dataclass(frozen=True, kw_only=True)
class DemoBook:
    """Everything one company knows but its mail."""

    tenant: DemoTenant
    at: Moment
    clients: list[DemoClient]
    contacts: list[DemoContact]
    vendors: list[DemoVendor]
    orders: list[DemoOrder]
    invoices: list[DemoInvoice]
    payments: list[DemoPayment]
    quotes: list[DemoQuote]
    deals: list[DemoDeal]
    goals: list[DemoGoal]


def build_book(tenant: DemoTenant, *, now: datetime) -> DemoBook:
    """The book of one company; the same moment gives the same book."""
    at = moment_of(tenant, now)
    clients = demo_clients(tenant, at)
    contacts = demo_contacts(tenant, clients, at)
    vendors = demo_vendors(tenant, at)
    orders = demo_orders(tenant, clients, contacts, vendors, at)
    invoices = demo_invoices(tenant, clients, orders, at)
    return DemoBook(
        tenant=tenant,
        at=at,
        clients=clients,
        contacts=contacts,
        vendors=vendors,
        orders=orders,
        invoices=invoices,
        payments=demo_payments(invoices, at),
        quotes=demo_quotes(tenant, clients, contacts, at),
        deals=demo_deals(tenant, clients, contacts, at),
        goals=demo_goals(tenant),
    )
