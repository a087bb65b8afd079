"""The console's pages for the kernel, and the base classes every domain's pages build on."""

from agent.admin import cards, events, limits, people, previews, reflections, runs, tasks, tenants
from agent.admin.base import ReadOnlyTenantAdmin, ReadOnlyTenantInline, TenantAdmin

__all__ = [
    "ReadOnlyTenantAdmin",
    "ReadOnlyTenantInline",
    "TenantAdmin",
    "cards",
    "events",
    "limits",
    "people",
    "previews",
    "reflections",
    "runs",
    "tasks",
    "tenants",
]
