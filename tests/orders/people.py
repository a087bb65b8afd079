"""People who work at an order desk, and an order that needs one of them, for the tests of overrides."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission, User

from agent.access import list_viewers, set_viewers
from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.models import Order, OrderException, OrderOverride, OverrideCeiling, Product
from orders.overrides import seen_hash
from orders.services import override_exceptions, validate_orders
from tests.orders.cast import NOW, D, make_client, make_order

GROUP = "Desk leads"
WORDS = "Accounts spoke to their controller today."


def make_lead(
    name: str, tenant: Tenant, *, ceiling: str = "2000.00", group: str = GROUP, is_staff: bool = True
) -> User:
    """A person of that company who may override up to the ceiling of their group."""
    person = User.objects.create_user(name, password="unguessable", is_staff=is_staff)
    team, _ = Group.objects.get_or_create(name=group)
    team.permissions.add(Permission.objects.get(codename="override", content_type__app_label="orders"))
    person.groups.add(team)
    with tenant_scope(tenant):
        OverrideCeiling.objects.update_or_create(group=group, defaults={"amount": D(ceiling)})
    set_viewers(tenant=tenant, users=[*list_viewers(tenant), person])
    return person


def blocked_order(number: str = "MV-1", *, limit: str | None = "400.00", **changes: Any) -> Order:
    """An order of 645.00 that its payer's limit does not hold; inside the caller's scope."""
    order = make_order(number, make_client(f"Client of {number}", limit=limit), **changes)
    validate_orders(order_ids=[order.pk], now=NOW)
    order.refresh_from_db()
    return order


def override(order: Order, person: User, *codes: str, now: Any = NOW, **changes: Any) -> OrderOverride:
    """Override those codes of the order as the person sees it; inside the caller's scope."""
    order.refresh_from_db()
    rows = OrderException.objects.filter(order=order, code__in=codes)
    values: dict[str, Any] = {
        "exceptions": list(rows.values_list("pk", flat=True)),
        "reason_code": "credit_released",
        "words": WORDS,
        "seen": seen_hash(order),
    }
    return override_exceptions(order=order, person=person, now=now, **values | changes)


def standing_of(order: Order) -> tuple[str, list[tuple[str, bool]]]:
    """The stage of an order, and its open exceptions with whether each is overridden."""
    order.refresh_from_db()
    rows = OrderException.objects.open().filter(order=order).order_by("code", "subject")
    return order.stage, [(row.code, row.override_id is not None) for row in rows]


CHANGES: dict[str, dict[str, Any]] = {
    "total": {"total_amount": D("700.00"), "fee_amount": D("680.00")},
    "client": {"ordered_by": "other"},
    "payer": {"bill_to": "other"},
    "product": {"product": "URAR-CONDO"},
}


def change(order: Order, values: dict[str, Any]) -> None:
    """Change the order behind every service's back; inside the caller's scope."""
    if "other" in values.values():
        other = make_client("Another payer", limit="400.00")
        values = dict.fromkeys(values, other)
    if "product" in values:
        values = {"product": Product.objects.get(code=values["product"])}
    Order.objects.filter(pk=order.pk).update(**values)
