"""Finding the tenants that a command names."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management.base import CommandError

from agent.models import Tenant

# The exit code of a command that was called wrongly.
USAGE = 2


def find_tenant(slug: str) -> Tenant:
    """The tenant of that slug; otherwise the command ends with a sentence that names those there are."""
    return find_tenants([slug])[0]


def find_tenants(slugs: Sequence[str]) -> list[Tenant]:
    """The tenants of those slugs in their order, each once; an unknown one ends the command."""
    found = {tenant.slug: tenant for tenant in Tenant.objects.filter(slug__in=slugs)}
    unknown = [slug for slug in slugs if slug not in found]
    if unknown:
        known = ", ".join(Tenant.objects.order_by("slug").values_list("slug", flat=True)) or "none"
        raise CommandError(f"Unknown tenant {', '.join(unknown)}. Known: {known}.", returncode=USAGE)
    return [found[slug] for slug in dict.fromkeys(slugs)]
