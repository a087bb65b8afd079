"""Tables of engagement: clients, contacts with their addresses and details, vendors, clocks and touches.

Mail, threads, mailboxes and suppressions live in `engagement.mail`; the credit of a client lives in `orders`.
"""

from engagement.models.clients import OPEN_CLIENT_STATUSES, Client, ClientStatus, ClientType, PaymentTerms
from engagement.models.clocks import INBOUND_TOUCHES, EngagementClock, Touch, TouchKind
from engagement.models.contacts import Contact, ContactAddress, ContactAffiliation, ContactRole, ContactSource
from engagement.models.details import ContactDetail, DetailField, DetailOrigin, DetailState
from engagement.models.vendors import (
    ClientVendorExclusion,
    CredentialLevel,
    EOPolicy,
    License,
    Vendor,
    VendorRelation,
    VendorTie,
)

__all__ = [
    "INBOUND_TOUCHES",
    "OPEN_CLIENT_STATUSES",
    "Client",
    "ClientStatus",
    "ClientType",
    "ClientVendorExclusion",
    "Contact",
    "ContactAddress",
    "ContactAffiliation",
    "ContactDetail",
    "ContactRole",
    "ContactSource",
    "CredentialLevel",
    "DetailField",
    "DetailOrigin",
    "DetailState",
    "EOPolicy",
    "EngagementClock",
    "License",
    "PaymentTerms",
    "Touch",
    "TouchKind",
    "Vendor",
    "VendorRelation",
    "VendorTie",
]
