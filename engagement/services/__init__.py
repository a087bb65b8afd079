"""What changes clients, contacts and their 21-day contact.

Which contacts are due is `engagement.due`; what the agent proposes about them is `engagement.engine`.
"""

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
    "NewClient",
    "NewContact",
    "NewTouch",
    "UnknownContact",
    "create_clients",
    "create_contact",
    "create_contacts",
    "find_contact_by_address",
    "find_contacts_by_address",
    "record_touch",
    "record_touches",
    "refresh_engagement_compliance",
    "set_primary_address",
    "start_clocks",
]
