"""Base classes of console pages over tenant tables. The request's scope comes from `agent.middleware`."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline


class TenantAdmin(ModelAdmin):
    """A page over one tenant's rows. PostgreSQL shows no others, so nothing here filters by tenant."""

    list_per_page = 50
    show_full_result_count = False
    exclude = ("tenant",)


class ReadOnlyTenantAdmin(TenantAdmin):
    """A page over rows that the agent writes: an operator reads them, and acts through services."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyTenantInline(TabularInline):
    """Rows of the agent shown within the page of another row."""

    extra = 0
    can_delete = False
    exclude = ("tenant",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
