"""What enrichment contributes to the hourly cycle: research into a client's people, and what their mail tells.

From stored mail alone: nothing is asked of anybody outside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from agent.models import Card, Event
from agent.registry import (
    Cycle,
    DatabaseHandler,
    Effect,
    Engine,
    Evidence,
    Handler,
    Left,
    Outcome,
    Plan,
    Proposal,
    Ref,
    Report,
)
from agent.states import OPEN_STATES
from engagement.enrichment.absences import note_absences
from engagement.enrichment.models import Candidate, Sighting
from engagement.enrichment.opportunities import keep_signals
from engagement.enrichment.queue import enrichment_statistics, process_enrichment_queue, queue_enrichment
from engagement.enrichment.services import (
    NotTheOnlyOwner,
    discover_contacts,
    note_people,
    why_not_the_owner,
)
from engagement.mail.models import Message
from engagement.models import Client, Contact, ContactAffiliation
from engagement.rules import client_ref, why_not_an_account

RESEARCH = "research"
RECEIVED = "mail.message.received"
# A client with nobody to write to, or whose person left and named another: finding somebody is always allowed
# (spec P0.3).
CONTACT_DISCOVERY = "contact_discovery"
# More people at a client we already write to: waits until engagement is exhausted.
ACCOUNT_MAPPING = "account_mapping"
PRIORITY = {CONTACT_DISCOVERY: 40, ACCOUNT_MAPPING: 10}
SHOWN = 5


class FindContacts(DatabaseHandler):
    """Makes contacts of the people who stand in stored mail at a client's own domain."""

    kind: ClassVar[str] = RESEARCH
    label: ClassVar[str] = "Find contacts in stored mail"

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Look at the mail as it is now, which may show more, or fewer, than when the card was proposed."""
        client = Client.objects.filter(pk=int(card.subject_id)).first()
        if client is None or not client.is_open:
            reason = f"{card.subject_label} is no client that we keep in contact with any more."
            return Outcome(effect=Effect.FAILED, reason=reason)
        try:
            contacts = discover_contacts(client=client, now=cycle.now)
        except NotTheOnlyOwner as refusal:
            return Outcome(effect=Effect.FAILED, reason=str(refusal))
        return Outcome(
            effect=Effect.DONE,
            reason=_describe_added(contacts, client),
            result={"contacts": [contact.pk for contact in contacts]},
        )


@dataclass(frozen=True, kw_only=True)
class _Circle:
    """The people seen at one domain, the newest mail first, and the clients whose domain it is."""

    domain: str
    people: Sequence[Candidate]
    owners: Sequence[Client]


class EnrichmentEngine(Engine):
    """Learns from the tenant's own mail who works at a client, and about them (spec P0.3, contact discovery; P1.6)."""

    slug: ClassVar[str] = "enrichment"
    label: ClassVar[str] = "Enrichment"

    def plan(self, cycle: Cycle) -> Plan:
        """One research card for each client with people in the mail who are no contacts yet."""
        circles = _read_circles()
        clients = [circle.owners[0] for circle in circles if len(circle.owners) == 1]
        reachable = _reachable(clients)
        waiting = _waiting(clients)
        proposals, left = [], []
        for circle in circles:
            why_not = _why_not(circle)
            if why_not is not None:
                left.append(why_not)
                continue
            client = circle.owners[0]
            is_mapping = client.pk in reachable and not _names_successor(circle)
            purpose = ACCOUNT_MAPPING if is_mapping else CONTACT_DISCOVERY
            if (str(client.pk), purpose) in waiting:
                reason = "Research into its people has been proposed and waits."
                left.append(Left(subject=client_ref(client), code="waiting", reason=reason))
            else:
                proposals.append(_propose(circle, purpose))
        return Plan(proposals=tuple(proposals), left_alone=tuple(left))

    def handlers(self) -> Sequence[Handler]:
        return (FindContacts(),)

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Learn what newly received mail says of its writers, whom else it shows, and what business it is a sign of."""
        received = {int(event.subject_id) for event in events if event.kind == RECEIVED}
        if received:
            mails = Message.objects.filter(pk__in=received).without_content().select_related("contact")
            messages = list(mails.order_by("pk"))
            note_people(messages, now=cycle.now)
            note_absences(messages, zone=cycle.tenant.zone, now=cycle.now)
            keep_signals(messages, now=cycle.now)
            queue_enrichment(messages, now=cycle.now)
            process_enrichment_queue(now=cycle.now)

    def report(self, cycle: Cycle) -> Report:
        """What mail taught us in 24 hours, what waits for people, and who at clients is no contact yet."""
        known = enrichment_statistics(now=cycle.now)
        return Report(
            figures={
                "people_unknown": Candidate.objects.pending().at_clients().count(),
                "enrichments_24h": known.values_24h,
                "enrichment_jobs_waiting": known.waiting_jobs,
                "proposals_waiting": known.proposals_waiting,
                "signals_24h": known.signals_24h,
                "signals_unactioned": sum(known.unactioned.values()),
            }
        )


def _read_circles() -> list[_Circle]:
    people: dict[str, list[Candidate]] = defaultdict(list)
    candidates = Candidate.objects.pending().at_clients().select_related("message")
    for candidate in candidates.defer(
        "message__body_text", "message__headers", "message__newest_text"
    ).order_by("domain", "-seen_at", "-pk"):
        people[candidate.domain].append(candidate)
    owners: dict[str, list[Client]] = defaultdict(list)
    for client in Client.objects.filter(email_domain__in=people).order_by("pk"):
        owners[client.email_domain].append(client)
    return [_Circle(domain=domain, people=seen, owners=owners[domain]) for domain, seen in people.items()]


def _reachable(clients: Collection[Client]) -> set[int]:
    """The clients at which there is somebody to write to."""
    writable = Contact.objects.writable()
    main = writable.filter(client__in=clients).values_list("client_id", flat=True)
    further = ContactAffiliation.objects.filter(client__in=clients, contact__in=writable)
    return {*main, *further.values_list("client_id", flat=True)}


def _names_successor(circle: _Circle) -> bool:
    """Whether one of these people was named in the place of somebody who left."""
    return any(candidate.sighting == Sighting.REPLACES for candidate in circle.people)


def _waiting(clients: Collection[Client]) -> set[tuple[str, str]]:
    """Client and purpose of research that is proposed and not settled; one newer mail makes no second card."""
    cards = Card.objects.filter(
        kind=RESEARCH,
        engine=EnrichmentEngine.slug,
        state__in=OPEN_STATES,
        subject_id__in=[str(client.pk) for client in clients],
    )
    return {(card.subject_id, card.payload["purpose"]) for card in cards}


def _why_not(circle: _Circle) -> Left | None:
    refusal = why_not_the_owner(circle.domain, circle.owners)
    if refusal:
        subject = Ref(kind="domain", id=circle.domain[:64], label=circle.domain)
        return Left(subject=subject, code="domain_of_no_one_client", reason=refusal)
    client = circle.owners[0]
    if not client.is_open:
        code, reason = why_not_an_account(client)
        return Left(subject=client_ref(client), code=code, reason=reason)
    return None


def _propose(circle: _Circle, purpose: str) -> Proposal:
    client = circle.owners[0]
    newest = max(candidate.message_id for candidate in circle.people)
    return Proposal(
        kind=RESEARCH,
        subject=client_ref(client),
        payload={"purpose": purpose, "client_id": client.pk},
        reason=_reason(circle, client, purpose),
        evidence=tuple(
            Evidence(type="mail", id=candidate.message.message_id, quote=candidate.email_normalised)
            for candidate in circle.people[:SHOWN]
        ),
        dedupe_key=f"{purpose}:{client.pk}:{newest}",
        priority=PRIORITY[purpose],
    )


def _reason(circle: _Circle, client: Client, purpose: str) -> str:
    names = ", ".join(str(candidate) for candidate in circle.people[:SHOWN])
    more = f" and {len(circle.people) - SHOWN} more" if len(circle.people) > SHOWN else ""
    stand = "stands in our mail and is" if len(circle.people) == 1 else "stand in our mail and are"
    nobody = f"There is nobody at {client} to write to. " if purpose == CONTACT_DISCOVERY else ""
    if _names_successor(circle):
        nobody = f"Somebody at {client} has left and named who comes after them. "
    return f"{nobody}{names}{more} {stand} no contact of {client} yet."


def _describe_added(contacts: Sequence[Contact], client: Client) -> str:
    if not contacts:
        return f"Nobody new was found at {client}."
    names = ", ".join(str(contact) for contact in contacts[:SHOWN])
    more = f" and {len(contacts) - SHOWN} more" if len(contacts) > SHOWN else ""
    return f"Added to {client}: {names}{more}."
