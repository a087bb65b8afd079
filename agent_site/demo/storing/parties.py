"""Writing the parties of a book: the desk's own mailbox, clients, contacts and appraisers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent_site.demo.book import DemoBook
from agent_site.demo.contacts import DemoContact
from agent_site.demo.vendors import DemoVendor
from engagement.mail.models import EmailSuppression, Mailbox
from engagement.models import (
    Client,
    ClientVendorExclusion,
    Contact,
    ContactSource,
    EOPolicy,
    License,
    Vendor,
)
from engagement.services import (
    NewClient,
    NewContact,
    NewTouch,
    create_clients,
    create_contacts,
    record_touches,
)
from orders.models import ClientCreditTerms


def store_clients(book: DemoBook) -> dict[str, Client]:
    """The mailbox, the clients and their credit terms; clients by reference."""
    Mailbox.objects.create(
        address_normalised=book.tenant.inbox, display_name=book.tenant.inbox_name, is_primary=True
    )
    clients = create_clients(
        (
            NewClient(
                reference=row.reference,
                name=row.name,
                client_type=row.client_type,
                status=row.status,
                email_domain=row.email_domain,
                states=row.states,
                terms=row.terms,
                agreement_expires_date=row.agreement_expires_date,
                created_at=row.created_at,
            )
            for row in book.clients
        ),
        now=book.at.now,
    )
    ClientCreditTerms.objects.bulk_create(
        ClientCreditTerms(
            client=client,
            credit_limit=row.credit_limit,
            held_at=row.held_at,
            held_by=row.held_by,
            hold_reason=row.hold_reason,
        )
        for client, row in zip(clients, book.clients, strict=True)
    )
    return {client.reference: client for client in clients}


def store_contacts(book: DemoBook, clients: Mapping[str, Client]) -> dict[str, Contact]:
    """The people with touches and suppressions; people by their primary address."""
    contacts = create_contacts(
        (
            NewContact(
                addresses=row.addresses,
                first_name=row.first_name,
                last_name=row.last_name,
                client_id=clients[row.client].pk if row.client else None,
                further_client_ids=[clients[reference].pk for reference in row.further_clients],
                role=row.role,
                title=row.title,
                phone_e164=row.phone_e164,
                timezone=row.timezone,
                is_shared_mailbox=row.is_shared_mailbox,
                source=ContactSource.DESK,
                created_at=row.created_at,
            )
            for row in book.contacts
        ),
        now=book.at.now,
    )
    pairs = list(zip(contacts, book.contacts, strict=True))
    _store_touches(book, pairs)
    _store_suppressions(pairs)
    return {row.addresses[0]: contact for contact, row in pairs}


def _store_touches(book: DemoBook, pairs: Sequence[tuple[Contact, DemoContact]]) -> None:
    record_touches(
        (
            NewTouch(
                contact_id=contact.pk,
                kind=touch.kind,
                at=touch.at,
                by=touch.by,
                source_kind="desk",
                source_id=f"{row.addresses[0]}:{number}",
            )
            for contact, row in pairs
            for number, touch in enumerate(row.touches)
        ),
        now=book.at.now,
    )


def _store_suppressions(pairs: Sequence[tuple[Contact, DemoContact]]) -> None:
    EmailSuppression.objects.bulk_create(
        EmailSuppression(
            email_normalised=row.addresses[0],
            contact=contact,
            scope=suppression.scope,
            reason=suppression.reason,
            detail=suppression.detail,
            suppressed_at=suppression.at,
        )
        for contact, row in pairs
        for suppression in row.suppressions
    )


def store_vendors(book: DemoBook, clients: Mapping[str, Client]) -> dict[str, Vendor]:
    """The appraisers with licences, insurance and do-not-use entries; appraisers by name."""
    vendors = Vendor.objects.bulk_create(
        Vendor(
            name=row.name,
            email=row.email,
            phone_e164=row.phone_e164,
            credential_level=row.credential_level,
            w9_date=row.w9_date,
            background_check_date=row.background_check_date,
            asc_checked_date=row.asc_checked_date,
            created_at=book.at.ago(700),
        )
        for row in book.vendors
    )
    pairs = list(zip(vendors, book.vendors, strict=True))
    _store_papers(pairs)
    by_name = {client.name: client for client in clients.values()}
    ClientVendorExclusion.objects.bulk_create(
        ClientVendorExclusion(client=by_name[row.excluded_by], vendor=vendor, why=row.exclusion_why)
        for vendor, row in pairs
        if row.excluded_by
    )
    return {vendor.name: vendor for vendor in vendors}


def _store_papers(pairs: Sequence[tuple[Vendor, DemoVendor]]) -> None:
    """Their licences and their insurance."""
    License.objects.bulk_create(
        License(
            vendor=vendor,
            state=licence.state,
            number=licence.number,
            credential_level=row.credential_level,
            issued_date=licence.issued_date,
            expires_date=licence.expires_date,
        )
        for vendor, row in pairs
        for licence in row.licenses
    )
    EOPolicy.objects.bulk_create(
        EOPolicy(
            vendor=vendor,
            carrier=row.carrier,
            policy_number=row.policy_number,
            per_claim_limit=row.policy_limit,
            aggregate_limit=row.policy_limit,
            starts_date=row.policy_starts_date,
            expires_date=row.policy_expires_date,
        )
        for vendor, row in pairs
    )
