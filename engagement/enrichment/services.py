"""Noting who stands in mail, and making contacts of those who work for a client. Inside a tenant scope.

Whom a mail shows is `engagement.enrichment.people`. When research may be done is the kernel's policy; what is proposed
is `engagement.enrichment.engine`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.addresses import domain_of, is_freemail
from engagement.enrichment.models import Candidate
from engagement.enrichment.people import Seen, people_in
from engagement.mail.models import Message
from engagement.mail.senders import Correspondents, OwnAddresses, newcomer
from engagement.models import Client, ClientType, Contact, ContactSource
from engagement.services import create_contacts, find_contacts_by_address


class NotTheOnlyOwner(ValueError):
    """The client's e-mail domain does not say whom its people work for."""


def note_people(messages: Iterable[Message], *, now: datetime) -> int:
    """Note everybody whom these messages show and who is no contact, one row an address; returns how many rows.

    A later message replaces an earlier one; noting the same messages twice changes nothing.
    """
    own = OwnAddresses.load()
    newest: dict[str, Candidate] = {}
    for message in sorted(messages, key=lambda message: message.pk):
        for seen in people_in(message):
            if not own.owns(seen.address):
                newest[seen.address] = _noted(seen, newest.get(seen.address))
    known = find_contacts_by_address(newest)
    before = {row.email_normalised: row for row in Candidate.objects.filter(email_normalised__in=newest)}
    fresh = [
        row
        for address, row in sorted(newest.items())
        if address not in known and (address not in before or before[address].message_id < row.message_id)
    ]
    for row in fresh:
        row.name = row.name or (before[row.email_normalised].name if row.email_normalised in before else "")
    rows = Candidate.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["tenant", "email_normalised"],
        update_fields=["name", "sighting", "message", "seen_at"],
    )
    return len(rows)


def discover_contacts(*, client: Client, now: datetime) -> list[Contact]:
    """Make contacts of everybody seen in mail at this client's own domain, each with the mail that showed them.

    Raises `NotTheOnlyOwner` when the domain is nobody's, shared, or a private person's provider.
    """
    owners = list(Client.objects.filter(email_domain=client.email_domain).exclude(email_domain=""))
    why_not = why_not_the_owner(client.email_domain, owners)
    if why_not:
        raise NotTheOnlyOwner(why_not)
    pending = Candidate.objects.pending().filter(domain=client.email_domain)
    candidates = list(pending.select_for_update(of=("self",)).select_related("message").order_by("pk"))
    correspondents = Correspondents.load(candidate.email_normalised for candidate in candidates)
    found = [
        (candidate, entry)
        for candidate in candidates
        if (
            entry := newcomer(
                address=candidate.email_normalised,
                name=candidate.name,
                message_id=candidate.message.message_id,
                correspondents=correspondents,
            )
        )
    ]
    contacts = create_contacts(
        (replace(entry, source=ContactSource.DISCOVERED) for _, entry in found), now=now
    )
    for (candidate, _), contact in zip(found, contacts, strict=True):
        candidate.contact, candidate.added_at = contact, now
    Candidate.objects.bulk_update([candidate for candidate, _ in found], ["contact", "added_at"])
    emit_events((_discovered(contact) for contact in contacts), now=now)
    return contacts


def why_not_the_owner(domain: str, owners: Iterable[Client]) -> str:
    """Why people at this domain cannot be taken for one client's, as a sentence; empty when they can."""
    owners = list(owners)
    if not owners or is_freemail(domain):
        return f"{domain or 'The empty domain'} is no client's own e-mail domain."
    if len(owners) > 1:
        names = " and ".join(sorted(str(owner) for owner in owners))
        return f"{names} share {domain}: nobody can tell whom its people work for. Add them by hand."
    if owners[0].client_type == ClientType.PRIVATE:
        return f"{owners[0]} is a private person: others at {domain} have nothing to do with them."
    return ""


def _noted(seen: Seen, earlier: Candidate | None) -> Candidate:
    """The row of a sighting, with the name that an earlier one gave where this one gives none."""
    return Candidate(
        email_normalised=seen.address,
        domain=domain_of(seen.address),
        name=seen.name[:200] or (earlier.name if earlier is not None else ""),
        sighting=seen.sighting,
        message=seen.message,
        seen_at=seen.message.sent_at,
    )


def _discovered(contact: Contact) -> NewEvent:
    return NewEvent(
        kind="contact.discovered",
        subject=Ref(kind="contact", id=str(contact.pk), label=str(contact)),
        data={
            "contact_id": contact.pk,
            "client_id": contact.client_id,
            "message_id": contact.source_message_id,
        },
    )
