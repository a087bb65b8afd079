"""The console's pages for clients, contacts, vendors and the 21-day contact. Pages of mail: `engagement.mail.admin`."""

from engagement.admin.clients import ClientAdmin
from engagement.admin.clocks import EngagementClockAdmin, TouchAdmin
from engagement.admin.contacts import ContactAdmin
from engagement.admin.details import (
    ClientVendorExclusionAdmin,
    ContactAddressAdmin,
    ContactAffiliationAdmin,
    EOPolicyAdmin,
    LicenseAdmin,
    VendorTieAdmin,
)
from engagement.admin.suggestions import ContactDetailAdmin
from engagement.admin.vendors import VendorAdmin

__all__ = [
    "ClientAdmin",
    "ClientVendorExclusionAdmin",
    "ContactAddressAdmin",
    "ContactAdmin",
    "ContactAffiliationAdmin",
    "ContactDetailAdmin",
    "EOPolicyAdmin",
    "EngagementClockAdmin",
    "LicenseAdmin",
    "TouchAdmin",
    "VendorAdmin",
    "VendorTieAdmin",
]
