"""What changes clients, contacts and their 21-day contact.

Which contacts are due is `engagement.due`; what the agent proposes about them is `engagement.engine`.
"""

from engagement.services.details import (
    DetailClosed,
    Taken,
    accept_detail,
    dismiss_detail,
    offer_details,
    record_edits,
)
from engagement.services.people import (
    AddressTaken,
    NewClient,
    NewContact,
    create_clients,
    create_contact,
    create_contacts,
    find_contact_by_address,
    find_contacts_by_address,
    set_primary_address,
    start_clocks,
)
from engagement.services.touches import (
    NewTouch,
    UnknownContact,
    record_touch,
    record_touches,
    refresh_engagement_compliance,
)

__all__ = [
    "AddressTaken",
    "DetailClosed",
    "NewClient",
    "NewContact",
    "NewTouch",
    "Taken",
    "UnknownContact",
    "accept_detail",
    "create_clients",
    "create_contact",
    "create_contacts",
    "dismiss_detail",
    "find_contact_by_address",
    "find_contacts_by_address",
    "offer_details",
    "record_edits",
    "record_touch",
    "record_touches",
    "refresh_engagement_compliance",
    "set_primary_address",
    "start_clocks",
]
