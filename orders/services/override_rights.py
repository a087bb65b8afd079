"""Who may override exceptions: people with the permission, up to the ceiling of their groups. Never the agent."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import AbstractUser

from agent.access import list_allowed_tenants
from agent.tenancy import require_tenant_id
from orders.models import OverrideCeiling
from orders.states import AGENT

PERMISSION = "orders.override"


class OverrideRefused(RuntimeError):
    """An override is not given, approved or withdrawn; the message says why and what to do."""


def may_override(person: AbstractUser) -> bool:
    """Whether the person may override anything in the company of the open scope."""
    if person.get_username() == AGENT or not person.has_perm(PERMISSION):
        return False
    return any(tenant.pk == require_tenant_id() for tenant in list_allowed_tenants(person))


def ceiling_of(person: AbstractUser) -> Decimal | None:
    """The largest total the person may let go on, in dollars: the highest of their groups'; None has no ceiling."""
    if person.is_superuser:
        return None
    ceilings = OverrideCeiling.objects.filter(group__in=list(person.groups.values_list("name", flat=True)))
    return max(ceilings.values_list("amount", flat=True), default=Decimal("0.00"))


def require_right(*, person: AbstractUser, total: Decimal | None) -> None:
    """Raise `OverrideRefused` unless the person may let an order of this total go on."""
    if not may_override(person):
        raise OverrideRefused("Your login may not override exceptions here. Ask an administrator.")
    if total is None or total < 0:
        raise OverrideRefused(
            "The order has no total that can be billed, so no ceiling fits. Correct it first."
        )
    ceiling = ceiling_of(person)
    if ceiling is not None and total > ceiling:
        raise OverrideRefused(
            f"The total of {total:.2f} is above your ceiling of {ceiling:.2f}. Ask somebody with a higher one."
        )
