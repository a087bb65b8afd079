"""Which tenants a person may look into: superusers all, others those they were given (django-guardian).

What a person may do inside a tenant is Django's model permissions; what PostgreSQL shows them is the scope.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, get_users_with_perms, remove_perm

from agent.models import Tenant

VIEW_TENANT = "agent.view_tenant"


def list_allowed_tenants(user: AbstractBaseUser | AnonymousUser) -> list[Tenant]:
    """The tenants a person may look into, by slug.

    Only permissions on a tenant count: a group that may view "tenants" in general is not given all of them.
    """
    allowed: QuerySet[Tenant] = get_objects_for_user(
        user, VIEW_TENANT, klass=Tenant, accept_global_perms=False
    )
    return list(allowed.order_by("slug"))


def choose_tenant(allowed: Iterable[Tenant], slug: str | None) -> Tenant | None:
    """The chosen tenant while it is among the allowed ones, else the first of them, else None."""
    tenants = list(allowed)
    chosen = (tenant for tenant in tenants if tenant.slug == slug)
    return next(chosen, tenants[0] if tenants else None)


def list_viewers(tenant: Tenant) -> QuerySet[AbstractBaseUser]:
    """The people who were given this tenant themselves; superusers and groups are not listed."""
    users = get_users_with_perms(tenant, only_with_perms_in=["view_tenant"], with_group_users=False)
    return cast("QuerySet[AbstractBaseUser]", users)


def set_viewers(*, tenant: Tenant, users: Iterable[AbstractBaseUser]) -> None:
    """Give the tenant to exactly these people."""
    wanted = {user.pk: user for user in users}
    present = {user.pk: user for user in list_viewers(tenant)}
    for pk in present.keys() - wanted.keys():
        remove_perm(VIEW_TENANT, present[pk], tenant)
    for pk in wanted.keys() - present.keys():
        assign_perm(VIEW_TENANT, wanted[pk], tenant)
