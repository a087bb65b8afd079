"""Contacts that may be one person, for a person to look at. Reads only; inside a tenant scope."""

from __future__ import annotations

from django.db.models import Q

from engagement.models import Contact

SHOWN = 10


def find_duplicates(*, contact_id: int) -> list[Contact]:
    """Other contacts with the same number, or the same whole name at the same client. Two queries.

    A fax and an office number are shared by an office, so only a mobile phone and a direct line say who somebody is.
    """
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        return []
    alike = Q()
    for number in filter(None, (contact.mobile_e164, contact.direct_e164)):
        alike |= Q(mobile_e164=number) | Q(direct_e164=number)
    if contact.first_name and contact.last_name:
        alike |= Q(first_name=contact.first_name, last_name=contact.last_name, client_id=contact.client_id)
    if not alike:
        return []
    found = Contact.objects.unmerged().filter(alike, is_shared_mailbox=contact.is_shared_mailbox)
    return list(found.exclude(pk=contact.pk).select_related("client").order_by("pk")[:SHOWN])
