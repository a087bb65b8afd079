"""Creating clients and contacts, and finding a contact by address. Inside a tenant scope.

Each service costs a fixed number of statements, however many rows it is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.models import Tenant
from agent.tenancy import scoped_tenant_id
from engagement.addresses import normalise_domain, normalise_email, normalised_or_none
from engagement.models import (
    Client,
    ClientStatus,
    ClientType,
    Contact,
    ContactAddress,
    ContactAffiliation,
    ContactRole,
    ContactSource,
    EngagementClock,
    PaymentTerms,
)
from engagement.services.details import record_first_details


class AddressTaken(ValueError):
    """An e-mail address already belongs to a contact of this tenant."""


@dataclass(frozen=True, kw_only=True)
class NewClient:
    """A client to be created; `created_at` may lie in the past, and its clock runs from then."""

    reference: str
    name: str
    client_type: ClientType
    status: ClientStatus = ClientStatus.ACTIVE
    email_domain: str = ""
    states: Sequence[str] = ()
    terms: PaymentTerms | str = ""
    agreement_expires_date: date | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """A contact to be created. The first address is the primary one.

    Loan officers are restricted parties unless said otherwise; `source_message_id` is the Message-ID of the
    mail that made us know the person; `created_at` may lie in the past, and the clock runs from then.
    """

    addresses: Sequence[str] = ()
    first_name: str = ""
    last_name: str = ""
    client_id: int | None = None
    further_client_ids: Sequence[int] = ()
    role: ContactRole = ContactRole.OTHER
    title: str = ""
    phone_e164: str = ""
    timezone: str = ""
    restricted_party: bool | None = None
    is_shared_mailbox: bool = False
    is_active: bool = True
    source: ContactSource = ContactSource.OPERATOR
    source_message_id: str = ""
    created_at: datetime | None = None


def create_clients(entries: Iterable[NewClient], *, now: datetime) -> list[Client]:
    """Create clients and the clocks of their accounts. Raises `InvalidAddress` for a domain that is none."""
    clients = Client.objects.bulk_create(
        Client(
            reference=entry.reference,
            name=entry.name,
            client_type=entry.client_type,
            status=entry.status,
            email_domain=normalise_domain(entry.email_domain) if entry.email_domain else "",
            states=list(entry.states),
            terms=entry.terms,
            agreement_expires_date=entry.agreement_expires_date,
            created_at=entry.created_at or now,
        )
        for entry in entries
    )
    start_clocks(clients=clients)
    return clients


def create_contact(entry: NewContact, *, now: datetime) -> Contact:
    """Create one contact; see `create_contacts`."""
    return create_contacts([entry], now=now)[0]


def create_contacts(entries: Iterable[NewContact], *, now: datetime) -> list[Contact]:
    """Create contacts with their addresses, clients and clocks, in the order given.

    Raises `InvalidAddress` for what is not an address, and `AddressTaken` for one that another contact has;
    then nothing is created. The database holds the same wall against a racing writer.
    """
    entries = list(entries)
    addresses = [[normalise_email(email) for email in entry.addresses] for entry in entries]
    _refuse_taken([address for one in addresses for address in one])
    contacts = Contact.objects.bulk_create(_contact_of(entry, now) for entry in entries)
    ContactAddress.objects.bulk_create(
        ContactAddress(
            contact=contact,
            email=email.strip(),
            email_normalised=normalised,
            is_primary=position == 0,
            created_at=contact.created_at,
        )
        for contact, entry, one in zip(contacts, entries, addresses, strict=True)
        for position, (email, normalised) in enumerate(zip(entry.addresses, one, strict=True))
    )
    ContactAffiliation.objects.bulk_create(
        ContactAffiliation(contact=contact, client_id=client_id)
        for contact, entry in zip(contacts, entries, strict=True)
        for client_id in entry.further_client_ids
    )
    start_clocks(contacts=contacts)
    record_first_details(contacts, now=now)
    return contacts


def start_clocks(*, contacts: Iterable[Contact] = (), clients: Iterable[Client] = ()) -> None:
    """Give every contact and account a clock that runs since its creation; one that has a clock keeps it."""
    days = _days_allowed()
    clocks = [EngagementClock(contact=contact, started_at=contact.created_at) for contact in contacts]
    clocks += [EngagementClock(client=client, started_at=client.created_at) for client in clients]
    for clock in clocks:
        clock.limit_days = days
        clock.next_touch_due_at = clock.started_at + timedelta(days=days)
    EngagementClock.objects.bulk_create(clocks, ignore_conflicts=True)


def set_primary_address(*, address: ContactAddress) -> None:
    """Make this the one address to which its contact is written."""
    siblings = ContactAddress.objects.filter(contact_id=address.contact_id)
    siblings.exclude(pk=address.pk).filter(is_primary=True).update(is_primary=False)
    siblings.filter(pk=address.pk).update(is_primary=True)


def find_contacts_by_address(addresses: Iterable[str]) -> dict[str, Contact]:
    """The contacts of this tenant who own the addresses, by normalised address, their main client loaded.

    Text that is no address finds nobody.
    """
    normalised = {address for text in addresses if (address := normalised_or_none(text))}
    rows = ContactAddress.objects.filter(email_normalised__in=normalised).select_related("contact__client")
    return {row.email_normalised: row.contact for row in rows}


def find_contact_by_address(address: str) -> Contact | None:
    """The contact of this tenant who owns the address, or None."""
    return next(iter(find_contacts_by_address([address]).values()), None)


def _days_allowed() -> int:
    return Tenant.objects.get(pk=scoped_tenant_id()).settings.engagement_days


def _contact_of(entry: NewContact, now: datetime) -> Contact:
    is_restricted = entry.restricted_party
    return Contact(
        client_id=entry.client_id,
        first_name=entry.first_name.strip(),
        last_name=entry.last_name.strip(),
        role=entry.role,
        title=entry.title.strip(),
        phone_e164=entry.phone_e164,
        timezone=entry.timezone,
        restricted_party=entry.role == ContactRole.LOAN_OFFICER if is_restricted is None else is_restricted,
        is_shared_mailbox=entry.is_shared_mailbox,
        is_active=entry.is_active,
        source=entry.source,
        source_message_id=entry.source_message_id,
        created_at=entry.created_at or now,
    )


def _refuse_taken(addresses: Sequence[str]) -> None:
    for address, times in Counter(addresses).items():
        if times > 1:
            raise AddressTaken(f"{address} is given twice. One address belongs to one contact.")
    taken = ContactAddress.objects.filter(email_normalised__in=addresses).select_related("contact").first()
    if taken is not None:
        raise AddressTaken(
            f"{taken.email_normalised} already belongs to {taken.contact}. Open that contact instead."
        )
