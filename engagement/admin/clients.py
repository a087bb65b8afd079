"""The page of clients, with their do-not-use list of vendors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from agent.admin import TenantAdmin
from engagement.admin.forms import TenantModelForm
from engagement.models import Client, ClientVendorExclusion
from engagement.services import start_clocks


class ClientVendorExclusionInline(TabularInline):
    """Which vendors this client will not have."""

    model = ClientVendorExclusion
    form = TenantModelForm
    fields = ("vendor", "why")
    autocomplete_fields = ("vendor",)
    extra = 0


@admin.register(Client)
class ClientAdmin(TenantAdmin):
    """One account a page. Its clock starts when it is added."""

    form = TenantModelForm
    list_display = ("name", "client_type", "status", "email_domain", "terms", "last_touch", "next_touch_due")
    list_filter = ("status", "client_type")
    search_fields = ("name", "reference", "email_domain")
    ordering = ("name",)
    prepopulated_fields = {"reference": ("name",)}
    readonly_fields = ("last_touch", "next_touch_due", "created_at")
    inlines = (ClientVendorExclusionInline,)
    fieldsets = (
        (None, {"fields": ("name", "reference", "client_type", "status", "email_domain", "states")}),
        (
            "Agreement",
            {"fields": ("terms", "agreement_expires_date", "eo_minimum_per_claim", "eo_minimum_aggregate")},
        ),
        ("21-day contact", {"fields": ("last_touch", "next_touch_due", "created_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Client]:
        return with_clock(super().get_queryset(request))

    @admin.display(description="Last contact", ordering="clock_last_touch_at", empty_value="None yet")
    def last_touch(self, client: Any) -> datetime | None:
        return getattr(client, "clock_last_touch_at", None)

    @admin.display(description="Next contact due", ordering="clock_due_at")
    def next_touch_due(self, client: Any) -> datetime | None:
        return getattr(client, "clock_due_at", None)

    def save_model(self, request: HttpRequest, obj: Client, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
            return
        obj.created_at = timezone.now()
        obj.save(force_insert=True)
        start_clocks(clients=[obj])


def with_clock(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Contacts or clients with what their clock shows; each has one clock, so the join repeats no row."""
    return rows.annotate(
        clock_last_touch_at=F("clocks__last_touch_at"), clock_due_at=F("clocks__next_touch_due_at")
    )
