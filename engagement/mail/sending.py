"""The `send_email` card: what the policy must know of it, its exact bytes, its delivery, and its record.

The payload of such a card, whichever engine proposes it:

- `template`: a name below `templates/mail/`, such as `engagement/check_in`
- `variables`: what the template needs beside greeting, names and addresses
- `to`: one address of the card's contact; without a contact, one of our own people whom the company's settings name
- `stream`: a `Stream`
- `in_reply_to`: optional, the Message-ID that it answers, or of our own message that it follows up (`mail.message.sent`
  tells it); subject and references then are those of that conversation
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

from django.db import connection

from agent.bulk import read_rows
from agent.calendars import BusinessCalendar, next_common_opening
from agent.events import NewEvent, emit_events
from agent.models import Card, Intent, Tenant
from agent.registry import Content, Cycle, Effect, OutboundHandler, Outcome, Ref
from agent.sensitive import find_sensitive
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.mail.conversations import Answered, answer_facts, answered_by, read_answered, read_answers
from engagement.mail.failures import record_provider_failure
from engagement.mail.models import OPTIONAL_STREAMS, Mailbox, Message, Stream
from engagement.mail.opt_out import link_of_card
from engagement.mail.outbound import (
    InvalidMessage,
    Outgoing,
    can_reach,
    compose_message,
    message_id_of_card,
)
from engagement.mail.providers import Provider, ask_again, choose_provider, deliver
from engagement.mail.recipients import (
    KIND,
    Closures,
    hold_recipients,
    read_closures,
    read_objection,
    read_owners,
    recipient_of,
    say_why,
    stream_of,
)
from engagement.mail.rendering import Rendered, render_message
from engagement.mail.sending_domains import read_domain_objection
from engagement.mail.storing import find_proof_of_delivery, store_sent_message
from engagement.models import INBOUND_TOUCHES, Client, Contact, TouchKind
from engagement.services import NewTouch, record_touches

REPLIES_SQL = """
    SELECT contact_id, max(at) FROM engagement_touches
    WHERE contact_id = ANY(%s::bigint[]) AND kind = ANY(%s) GROUP BY contact_id
"""
# What a message, and whether it may leave, depends on of a contact; a batch reads no more.
# In the order of the models' own columns.
USED = (
    "id",
    "tenant_id",
    "client_id",
    "first_name",
    "last_name",
    "timezone",
    "is_shared_mailbox",
    "has_left",
    "away_until",
)
USED_OF_CLIENT = ("id", "tenant_id", "name", "client_type")
CONTACTS_SQL = f"""
    SELECT {", ".join(f"contact.{name}" for name in USED)}, {", ".join(f"client.{name}" for name in USED_OF_CLIENT)}
    FROM contacts AS contact LEFT JOIN clients AS client ON client.id = contact.client_id
    WHERE contact.id = ANY(%s::bigint[])
"""  # noqa: S608 - a text of ours
# What the record of a message that left keeps of whom it went to.
RECORDED = ("id", "tenant_id", "client_id")


@dataclass(frozen=True, kw_only=True)
class MailContent(Content):
    """The bytes of a message. Its hash leaves out the Date line: an approval covers what is said to whom, and a
    message approved at noon is the same message when it leaves at one."""

    @property
    def hash(self) -> str:
        lines = (line for line in self.body.split(b"\r\n") if not line.startswith(b"Date: "))
        return hashlib.sha256(b"\r\n".join(lines)).hexdigest()


class SendEmail(OutboundHandler):
    """Writes to one contact."""

    kind: ClassVar[str] = KIND
    label: ClassVar[str] = "Send an e-mail"

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        """Render each message once; the world is read in one set of queries."""
        world = World.of(cards, cycle)
        return [_content_of(*world.composed(card), world.provider) for card in cards]

    def look_again(self, intent: Intent, *, now: datetime) -> str:
        """An opt-out that came between the claim and this moment still binds; a later one waits for the commit."""
        if intent.card.contact_id is not None:
            hold_recipients([intent.card.contact_id])
        _name_provider(intent)
        return _read_objection(intent, now)

    def perform(self, intent: Intent) -> Outcome:
        """Hand the frozen bytes to the provider, to the one frozen recipient, with the frozen key."""
        return deliver(
            tenant=Tenant.objects.get(pk=intent.tenant_id),
            account=intent.details["provider"],
            content=bytes(intent.content),
            recipient=intent.details["to"],
            idempotency_key=intent.idempotency_key,
        )

    def record(self, intent: Intent, outcome: Outcome, cycle: Cycle) -> None:
        """What was accepted becomes a message in the contact's history and a touch by us; what failed is kept too."""
        card = intent.card
        if outcome.effect != Effect.DONE:
            record_provider_failure(card=card, outcome=outcome, now=cycle.now)
            return
        contact = next(iter(read_rows(Contact, "id = %s", [card.contact_id], columns=RECORDED)), None)
        message = store_sent_message(
            content=bytes(intent.content), details=intent.details, contact=contact, sent_at=cycle.now
        )
        if contact is not None:
            record_touches([_touch_of(card, contact, intent, cycle.now)], now=cycle.now)
        emit_events([_sent_event(message, card)], now=cycle.now)

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        """A copy, a bounce or an answer that names our Message-ID proves that it left; else the provider is asked.

        Asking may let the message leave only now, so an address that was closed to us since is not asked about.
        """
        details = intent.details
        with tenant_scope(intent.tenant_id):
            proof = find_proof_of_delivery(details["message_id"])
            objection = _read_objection(intent, now)
        if proof:
            return Outcome(effect=Effect.DONE, reason=f"It was sent: {proof}")
        if objection:
            return Outcome(
                effect=Effect.UNKNOWN,
                reason=f"Its answer was lost, and the provider is not asked again: {objection} Look for "
                f"{details['message_id']} at the mail provider, then settle the card by hand.",
            )
        tenant = Tenant.objects.get(pk=intent.tenant_id)
        return ask_again(tenant=tenant, intent=intent, now=now)


@dataclass(frozen=True)
class World:
    """What a batch of `send_email` cards must know, read in a fixed number of queries."""

    tenant: Tenant
    now: datetime
    mailbox: Mailbox | None
    contacts: Mapping[int, Contact]
    owners: Mapping[str, int]
    answered: Mapping[str, Answered]
    cards: Mapping[int, Card]
    provider: Provider
    desk: BusinessCalendar
    openings: dict[tuple[ZoneInfo, datetime], datetime] = field(default_factory=dict)
    words: dict[int, Rendered] = field(default_factory=dict)
    messages: dict[int, tuple[Outgoing, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, cards: Sequence[Card], cycle: Cycle) -> World:
        """Four queries: our mailbox, the contacts, their addresses, and the messages that are answered.

        A fifth where Gmail is set up: whether the mailbox is there.

        What was read to judge the cards serves to freeze them: both are one transaction.
        """
        known = cycle.memory.get(World)
        if known is not None and known.cards.keys() >= {id(card) for card in cards}:
            return cast("World", known)
        world = cycle.memory[World] = cls._read(cards, cycle)
        return world

    @classmethod
    def _read(cls, cards: Sequence[Card], cycle: Cycle) -> World:
        people = list({card.contact_id for card in cards if card.contact_id})
        return cls(
            tenant=cycle.tenant,
            now=cycle.now,
            mailbox=next(iter(read_rows(Mailbox, "is_primary")), None),
            contacts={contact.pk: contact for contact in _read_contacts(people)},
            owners=read_owners(people),
            answered=read_answered(cards),
            cards={id(card): card for card in cards},
            provider=choose_provider(),
            desk=cycle.calendar,
        )

    def read_closures(self, recipients: Iterable[str]) -> Closures:
        """The suppressions that bear on the recipients and on the people. One query."""
        return read_closures(
            addresses=recipients, owners=self.owners, contact_ids=self.contacts.keys(), now=self.now
        )

    def read_domain_objection(self, cycle: Cycle) -> str:
        """Why nothing of the domain we write from may reach clients; empty when it may. At most one query."""
        if self.mailbox is None:
            return ""
        return read_domain_objection(domain=self.mailbox.domain, mode=cycle.send_mode, now=self.now)

    def opt_out_url(self, card: Card) -> str:
        """The link by which the card's recipient stops such messages; empty where there is nothing to stop."""
        if stream_of(card) not in OPTIONAL_STREAMS:
            return ""
        return link_of_card(tenant_id=self.tenant.pk, card_id=card.pk or 0)

    def rendered(self, card: Card) -> Rendered:
        """The words of the card's message, rendered once."""
        if id(card) not in self.words:
            rendered = render_message(
                template=str(card.payload.get("template", "")),
                variables=card.payload.get("variables") or {},
                contact=self.contacts.get(card.contact_id or 0),
                tenant=self.tenant,
                reply_address=self.mailbox.address_normalised if self.mailbox else "",
                stream=stream_of(card),
                opt_out_url=self.opt_out_url(card),
            )
            answered = self.answered.get(answered_by(card))
            if answered is not None:
                rendered = replace(rendered, subject=answered.subject_of_answer(rendered.subject))
            self.words[id(card)] = rendered
        return self.words[id(card)]

    def outgoing(self, card: Card) -> Outgoing:
        """The card's message, ready to be composed; raises `InvalidMessage` when there is nowhere to write from."""
        if self.mailbox is None:
            raise InvalidMessage("No mailbox to write from: mark one of the tenant's mailboxes as primary.")
        if stream_of(card) not in Stream.values:
            raise InvalidMessage(
                f"Nobody can opt out of the stream {stream_of(card)!r}: there is none of that name."
            )
        rendered = self.rendered(card)
        contact = self.contacts.get(card.contact_id or 0)
        answered = self.answered.get(answered_by(card))
        return Outgoing(
            mailbox=self.mailbox,
            message_id=message_id_of_card(
                tenant_slug=self.tenant.slug, card_id=card.pk or 0, domain=self.mailbox.domain
            ),
            recipient=recipient_of(card),
            recipient_name=contact.full_name if contact else "",
            subject=rendered.subject,
            text=rendered.text + rendered.footer,
            stream=stream_of(card),
            date=self.now,
            in_reply_to=answered_by(card),
            references=answered.chain if answered else (),
            is_follow_up=answered is not None and answered.is_ours,
            opt_out_url=self.opt_out_url(card),
        )

    def composed(self, card: Card) -> tuple[Outgoing, bytes]:
        """The card's message and its exact bytes, composed once; raises `InvalidMessage`."""
        if id(card) not in self.messages:
            outgoing = self.outgoing(card)
            self.messages[id(card)] = outgoing, compose_message(outgoing)
        return self.messages[id(card)]


def send_email_facts(cards: Sequence[Card], cycle: Cycle) -> list[dict[str, Any]]:
    """What the policy must know of each `send_email` card, in order. Seven queries, whatever the number of cards, and
    two more where any of them answers somebody."""
    world = World.of(cards, cycle)
    # A card that is judged while it is allowed is about to be claimed.
    hold_recipients(
        {card.contact_id for card in cards if card.contact_id and card.state == CardState.ALLOWED}
    )
    closures = world.read_closures({recipient_of(card) for card in cards})
    replies = _read_replies(world.contacts)
    answers = read_answers(world.answered, cards, cycle.now)
    around = {"domain_objection": world.read_domain_objection(cycle)}
    return [
        _facts_of(card, world, closures, replies, cycle)
        | answer_facts(card, world.answered, answers)
        | around
        for card in cards
    ]


def _facts_of(
    card: Card,
    world: World,
    closures: Closures,
    replies: Mapping[int, datetime],
    cycle: Cycle,
) -> dict[str, Any]:
    recipient = recipient_of(card)
    closure = closures.against(recipient, card.contact_id, stream_of(card))
    contact = world.contacts.get(card.contact_id or 0)
    has_left = f"{contact} has left the company." if contact is not None and contact.has_left else ""
    return {
        "recipient": recipient,
        "recipient_is_contact": _may_be_written_to(card, recipient, world, cycle),
        "suppressed": has_left or (say_why(closure, recipient=recipient) if closure else ""),
        "suppressed_until": closure.until if closure and not has_left else None,
        "replied_at": replies.get(card.contact_id or 0),
        "opens_at": _opens_at(contact, world, cycle),
        "unresolved_variables": _what_is_missing(card, world),
        "sensitive_message": find_sensitive([world.rendered(card).subject, world.rendered(card).text]),
        "is_deliverable": can_reach(
            recipient, mode=cycle.send_mode, allowlist=cycle.settings.internal_allowlist
        ),
    }


def _read_contacts(contact_ids: Sequence[int]) -> Iterator[Contact]:
    """The people with their clients, as far as a message depends on them."""
    with connection.cursor() as cursor:
        cursor.execute(CONTACTS_SQL, [contact_ids])
        rows = cursor.fetchall()
    for row in rows:
        contact = Contact.from_db(connection.alias, USED, row[: len(USED)])
        client = row[len(USED) :]
        contact.client = (
            None if client[0] is None else Client.from_db(connection.alias, USED_OF_CLIENT, client)
        )
        yield contact


def _read_replies(contact_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these people last did something themselves, such as writing to us."""
    with connection.cursor() as cursor:
        cursor.execute(REPLIES_SQL, [list(contact_ids), list(INBOUND_TOUCHES)])
        return dict(cursor.fetchall())


def _may_be_written_to(card: Card, recipient: str, world: World, cycle: Cycle) -> bool:
    """A contact at an address of theirs; without a contact, only our own people whom the settings name."""
    if card.contact_id is None:
        return recipient in cycle.settings.own_people
    return card.contact_id in world.contacts and world.owners.get(recipient) == card.contact_id


def _opens_at(contact: Contact | None, world: World, cycle: Cycle) -> datetime | None:
    """When both the recipient, who may be away, and the desk are at work again; None while they are."""
    desk = world.desk
    zone = (contact and contact.zone) or desk.zone
    back_at = contact.away_until if contact is not None and contact.is_away(cycle.now) else cycle.now
    # Most people of a batch are in a few zones, and nearly none of them away.
    if (zone, back_at) not in world.openings:
        world.openings[zone, back_at] = next_common_opening((desk.in_zone(zone), desk), back_at)
    opens_at = world.openings[zone, back_at]
    return opens_at if opens_at > cycle.now else None


def _what_is_missing(card: Card, world: World) -> list[str]:
    """The variables that stayed unfilled, or why the message cannot be composed at all."""
    rendered = world.rendered(card)
    if rendered.unresolved or not recipient_of(card):
        return list(rendered.unresolved)
    try:
        world.composed(card)
    except InvalidMessage as error:
        return [str(error)]
    return []


def _content_of(outgoing: Outgoing, body: bytes, provider: Provider) -> MailContent:
    return MailContent(
        body=body,
        # What they wait for takes nothing of the attention they have for us.
        recipient="" if outgoing.stream == Stream.TRANSACTIONAL else outgoing.recipient,
        provider=provider.name,
        details={
            "from": outgoing.mailbox.address_normalised,
            "to": outgoing.recipient,
            "subject": outgoing.subject,
            "message_id": outgoing.message_id,
            "in_reply_to": outgoing.in_reply_to,
            "stream": outgoing.stream,
            "provider": provider.account,
        },
    )


def _read_objection(intent: Intent, now: datetime) -> str:
    """Why the frozen message may not go to whom it is addressed; empty when it may."""
    details = intent.details
    return read_objection(
        address=details["to"], contact_id=intent.card.contact_id, stream=details["stream"], now=now
    )


def _name_provider(intent: Intent) -> None:
    """Keep who is about to be given the message, when that is another provider than at the first claim."""
    account = choose_provider().account
    if intent.details.get("provider") != account:
        intent.details = {**intent.details, "provider": account}
        intent.save(update_fields=["details"])


def _touch_of(card: Card, contact: Contact, intent: Intent, at: datetime) -> NewTouch:
    return NewTouch(
        contact_id=contact.pk,
        kind=TouchKind.EMAIL_SENT,
        by=intent.details["from"],
        at=at,
        source_kind="card",
        source_id=str(card.pk),
    )


def _sent_event(message: Message, card: Card) -> NewEvent:
    return NewEvent(
        kind="mail.message.sent",
        subject=Ref(kind="message", id=str(message.pk), label=message.subject),
        data={
            "message_id": message.message_id,
            "card_id": card.pk,
            "contact_id": message.contact_id,
            "client_id": message.client_id,
            "subject_kind": card.subject_kind,
            "subject_id": card.subject_id,
            "subject_label": card.subject_label,
        },
    )
