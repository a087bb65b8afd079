"""Lists of what stands on the pages of contacts, clients and vendors, for searching across all of them."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import ReadOnlyTenantAdmin
from engagement.models import (
    ClientVendorExclusion,
    ContactAddress,
    ContactAffiliation,
    EOPolicy,
    License,
    VendorTie,
)


@admin.register(ContactAddress)
class ContactAddressAdmin(ReadOnlyTenantAdmin):
    """Every e-mail address of every contact; it is changed on the contact's page."""

    list_display = ("email", "contact", "is_primary")
    list_select_related = ("contact",)
    search_fields = ("email_normalised",)
    ordering = ("email_normalised",)
    empty_list = "No address yet. Addresses are added on a contact's page, or with imported mail."


@admin.register(ContactAffiliation)
class ContactAffiliationAdmin(ReadOnlyTenantAdmin):
    """People who work for a further client."""

    list_display = ("contact", "client")
    list_select_related = ("contact", "client")
    search_fields = ("contact__last_name", "client__name")
    ordering = ("id",)
    empty_list = "Nobody works for two clients. A further client is added on a contact's page."


@admin.register(License)
class LicenseAdmin(ReadOnlyTenantAdmin):
    """Every licence, the first to expire at the top; it is changed on the vendor's page."""

    list_display = ("vendor", "state", "number", "credential_level", "expires_date")
    list_filter = ("state", "credential_level")
    list_select_related = ("vendor",)
    search_fields = ("number", "vendor__name")
    ordering = ("expires_date", "id")
    empty_list = "No licence yet. Licences are added on a vendor's page."


@admin.register(EOPolicy)
class EOPolicyAdmin(ReadOnlyTenantAdmin):
    """Every errors-and-omissions policy, the first to end at the top."""

    list_display = ("vendor", "carrier", "per_claim_limit", "aggregate_limit", "expires_date")
    list_select_related = ("vendor",)
    search_fields = ("vendor__name", "carrier")
    ordering = ("expires_date", "id")
    empty_list = "No policy yet. Policies are added on a vendor's page."


@admin.register(ClientVendorExclusion)
class ClientVendorExclusionAdmin(ReadOnlyTenantAdmin):
    """Which clients will not have which vendors."""

    list_display = ("client", "vendor", "why")
    list_select_related = ("client", "vendor")
    search_fields = ("client__name", "vendor__name")
    ordering = ("client__name", "id")
    empty_list = "No client has excluded a vendor. An exclusion is added on the client's page."


@admin.register(VendorTie)
class VendorTieAdmin(ReadOnlyTenantAdmin):
    """Which vendors are owner, relative or employee of whom."""

    list_display = ("vendor", "relation", "client", "person_name")
    list_filter = ("relation",)
    list_select_related = ("vendor", "client")
    search_fields = ("vendor__name", "client__name", "person_name")
    ordering = ("vendor__name", "id")
    empty_list = "No vendor is tied to a party. A tie is added on the vendor's page."
