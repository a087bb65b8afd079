"""The page of vendors, with their licences and insurance, and the parties they may not work for."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from agent.admin import TenantAdmin
from engagement.admin.forms import TenantModelForm
from engagement.models import ClientVendorExclusion, EOPolicy, License, Vendor, VendorTie


class LicenseInline(TabularInline):
    """The states the vendor may work in."""

    model = License
    form = TenantModelForm
    fields = ("state", "number", "credential_level", "issued_date", "expires_date")
    extra = 0


class EOPolicyInline(TabularInline):
    """The vendor's errors-and-omissions insurance."""

    model = EOPolicy
    form = TenantModelForm
    fields = ("carrier", "policy_number", "per_claim_limit", "aggregate_limit", "starts_date", "expires_date")
    extra = 0


class TieInline(TabularInline):
    """The clients and people the vendor is too close to."""

    model = VendorTie
    form = TenantModelForm
    fields = ("relation", "client", "person_name")
    autocomplete_fields = ("client",)
    extra = 0


class ExclusionInline(TabularInline):
    """The clients on whose do-not-use list the vendor stands."""

    model = ClientVendorExclusion
    form = TenantModelForm
    fields = ("client", "why")
    autocomplete_fields = ("client",)
    extra = 0


@admin.register(Vendor)
class VendorAdmin(TenantAdmin):
    """One appraiser a page."""

    form = TenantModelForm
    list_display = ("name", "credential_level", "email", "is_active", "w9_date", "background_check_date")
    list_filter = ("credential_level", "is_active")
    search_fields = ("name", "email", "licenses__number")
    ordering = ("name",)
    readonly_fields = ("created_at",)
    inlines = (LicenseInline, EOPolicyInline, ExclusionInline, TieInline)
    fields = (
        "name",
        "email",
        "phone_e164",
        "credential_level",
        "is_active",
        "capacity",
        "w9_date",
        "background_check_date",
        "asc_checked_date",
        "created_at",
    )

    def save_model(self, request: HttpRequest, obj: Vendor, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
            return
        obj.created_at = timezone.now()
        obj.save(force_insert=True)
