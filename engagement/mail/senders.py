"""Who wrote: one of our own, a contact, or nobody we know; and when a stranger becomes a contact.

Reads contacts, clients and mailboxes in bulk, inside the caller's scope; writes nothing. What kind of mail it is
(a person's, a bounce, an automatic reply) is decided in `engagement.mail.reading`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engagement.addresses import domain_of, is_automated, is_freemail, is_shared
from engagement.mail.models import Mailbox, SenderStanding
from engagement.models import Client, ClientType, Contact, ContactSource
from engagement.services import NewContact, find_contacts_by_address

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_FIRST_NAME = re.compile(rf"(?=..|[^\x00-\x7f]){_WORD}(?: {_WORD}\.?)*")
_LAST_NAME = re.compile(rf"(?:{_WORD}\.? )*{_WORD}")


@dataclass(frozen=True)
class OwnAddresses:
    """The tenant's own side of a correspondence."""

    mailboxes: Mapping[str, Mailbox]
    domains: frozenset[str]

    @classmethod
    def load(cls) -> OwnAddresses:
        """One query."""
        mailboxes = {mailbox.address_normalised: mailbox for mailbox in Mailbox.objects.order_by("pk")}
        domains = {mailbox.domain for mailbox in mailboxes.values() if mailbox.is_domain_own}
        return cls(mailboxes, frozenset(domain for domain in domains if not is_freemail(domain)))

    def owns(self, address: str) -> bool:
        """Whether mail from this address is our own: a mailbox, its plus-addresses, or anybody at our domain."""
        domain = domain_of(address)
        if any(domain == own or domain.endswith(f".{own}") for own in self.domains):
            return True
        return untagged(address) in self.mailboxes or address in self.mailboxes

    def mailbox_among(self, addresses: Iterable[str]) -> Mailbox | None:
        """The first of our mailboxes among the recipients of a message."""
        found = (
            self.mailboxes.get(untagged(address)) or self.mailboxes.get(address) for address in addresses
        )
        return next(filter(None, found), None)


def load_client_domains() -> frozenset[str]:
    """The domains of the tenant's clients, which a stranger may imitate. One query."""
    domains = Client.objects.exclude(email_domain="").values_list("email_domain", flat=True)
    return frozenset(domain for domain in domains if not is_freemail(domain))


@dataclass(frozen=True)
class Correspondents:
    """Everybody a batch of mails names, as this tenant knows them."""

    own: OwnAddresses
    contacts: Mapping[str, Contact]
    clients: Mapping[str, Client]

    @classmethod
    def load(cls, addresses: Iterable[str]) -> Correspondents:
        """Three queries, whatever the number of addresses."""
        wanted = {address for address in addresses if address}
        return cls(OwnAddresses.load(), find_contacts_by_address(wanted), _sole_owners(wanted))

    def standing_of(self, address: str) -> SenderStanding:
        if not address:
            return SenderStanding.STRANGER
        if self.own.owns(address):
            return SenderStanding.OWN
        return SenderStanding.CONTACT if address in self.contacts else SenderStanding.STRANGER

    def contact_of(self, address: str) -> Contact | None:
        """The contact who owns the address; never one of our own people."""
        return None if self.own.owns(address) else self.contacts.get(address)

    def client_of(self, address: str) -> Client | None:
        """The client the address belongs to: its contact's, or the one client that owns the domain."""
        contact = self.contact_of(address)
        if contact is not None:
            client: Client | None = contact.client
            return client
        return None if self.own.owns(address) else self.clients.get(domain_of(address))

    def with_contacts(self, contacts: Mapping[str, Contact]) -> Correspondents:
        return Correspondents(self.own, {**self.contacts, **contacts}, self.clients)


def newcomer(
    *, address: str, name: str, message_id: str, correspondents: Correspondents
) -> NewContact | None:
    """The contact that a stranger becomes by writing from a client's own domain, or None.

    The domain must belong to exactly one client: a public mail service, a domain that two clients share, and a
    private client's provider say nothing about whom a person works for.
    """
    client = correspondents.client_of(address)
    if (
        client is None
        or correspondents.standing_of(address) != SenderStanding.STRANGER
        or is_automated(address)
    ):
        return None
    shared = is_shared(address)
    first_name, last_name = ("", "") if shared else split_name(name)
    return NewContact(
        addresses=[address],
        first_name=first_name,
        last_name=last_name or (name[:100] if shared else ""),
        client_id=client.pk,
        is_shared_mailbox=shared,
        source=ContactSource.MAIL,
        source_message_id=message_id,
    )


def split_name(display_name: str) -> tuple[str, str]:
    """First and last name of a From header's display name; empty where it is not plainly a person's name.

    A missing name costs a greeting, a wrong one costs the client's good will (pitfall W2).
    """
    # Only where mail is read: the vocabulary of reading takes half a second to compile.
    from engagement.mail.reading.person_names import first_and_last

    first, last = first_and_last(display_name)
    if not _FIRST_NAME.fullmatch(first) or last and not _LAST_NAME.fullmatch(last):
        return "", ""
    return first[:100], last[:100]


def untagged(address: str) -> str:
    """The address without a plus-tag: `orders+mv24@x` is `orders@x` (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _sole_owners(addresses: Iterable[str]) -> dict[str, Client]:
    """The client of each domain that belongs to exactly one."""
    domains = {domain for address in addresses if not is_freemail(domain := domain_of(address))}
    clients = list(Client.objects.filter(email_domain__in=domains).order_by("pk"))
    times = Counter(client.email_domain for client in clients)
    return {
        client.email_domain: client
        for client in clients
        if times[client.email_domain] == 1 and client.client_type != ClientType.PRIVATE
    }
