"""A desk that writes to its clients: the order desk, its mailbox, a client with people, and mail that really leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from agent.cycle import run_cycle
from agent.models import Card, Tenant
from agent.tenancy import tenant_scope
from engagement.mail.models import Mailbox
from engagement.models import Client, Contact
from orders.models import Order
from orders.services import receive_orders
from tests.engagement.cast import make_contact
from tests.mail.cast import vouch_for_domain
from tests.orders.cast import NOW, make_client, make_desk, make_order

OURS = "orders@meridianvs.test"
KAREN = "karen.boyd@cascade.test"
LIVE = {"send_mode": "live", "max_emails_per_hour": 500, "max_emails_per_day": 5000}
HOUR = timedelta(hours=1)


def open_desk(tenant: Tenant, *, address: str = OURS) -> None:
    """The order desk of a tenant with a mailbox that may write to clients."""
    make_desk(tenant)
    tenant.agent_settings = LIVE
    tenant.save(update_fields=["agent_settings"])
    with tenant_scope(tenant):
        Mailbox.objects.create(address_normalised=address, display_name="Orders", is_primary=True)
        vouch_for_domain(NOW, address)


def make_account(
    name: str = "Cascade Home Lending", address: str = KAREN, **changes: Any
) -> tuple[Client, Contact]:
    """A client and the person there who orders; inside the caller's scope."""
    client = make_client(name, **changes)
    contact = make_contact(NOW, client, "Karen Boyd", addresses=[address])
    return client, contact


def bring_order(tenant: Tenant, number: str = "MV-1", **changes: Any) -> Order:
    """One new order of Cascade, received and not yet looked at."""
    with tenant_scope(tenant):
        client = Client.objects.filter(reference="cascade-home-lending").first() or make_account()[0]
        order = make_order(number, client, **changes)
        receive_orders(orders=[order], now=NOW)
    return order


def run_hours(tenant: Tenant, count: int, *, since: datetime = NOW) -> datetime:
    """Run a cycle at `since` and each hour after it; returns the last one's time."""
    at = since
    for hour in range(count):
        at = since + hour * HOUR
        report = run_cycle(tenant=tenant, now=at)
        assert report.state == "completed", report.stop_detail
    return at


def mail_cards(tenant: Tenant) -> list[Card]:
    """The tenant's messages to clients, the first first."""
    with tenant_scope(tenant):
        return list(Card.objects.filter(kind="send_email").order_by("id"))
