"""Mails as they lie in the store once they have been read, for tests of what follows from reading."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from agent.events import NewEvent, emit_events
from agent.models import Event, Tenant
from agent.registry import Ref
from engagement.enrichment.engine import EnrichmentEngine
from engagement.mail.models import Direction, Message, SenderStanding, Thread, Tier
from engagement.models import Contact
from tests.engagement.cast import make_cycle

NUMBERS = count(1)


def signature(**changes: Any) -> dict[str, Any]:
    """A signature as a reading holds it; Tomás's unless said otherwise."""
    values: dict[str, Any] = {
        "text": "Best,\nTomás Herrera\nSenior Processor | Blue Mesa\n303-555-0142 ext 12",
        "name": "Tomás Herrera",
        "title": "Senior Processor",
        "department": None,
        "company": "Blue Mesa Credit Union",
        "phones": [{"e164": "+13035550142", "extension": "12", "kind": "office"}],
        "email": None,
        "linkedin": None,
        "url": None,
        "address": None,
    }
    return values | changes


def store(contact: Contact | None, now: datetime, **changes: Any) -> Message:
    """A mail that a contact wrote to us, with its reading; `reading` entries may be given by name."""
    number = next(NUMBERS)
    names = ("signature", "signals", "auto_reply", "flags", "is_only_quote")
    reading = {name: changes.pop(name) for name in names if name in changes}
    address = contact.addresses.order_by("pk").first() if contact is not None else None
    thread = Thread.objects.create(root_message_id=f"<{number}@bluemesacu.test>", last_message_at=now)
    values: dict[str, Any] = {
        "message_id": f"<{number}@bluemesacu.test>",
        "thread": thread,
        "contact": contact,
        "client": contact.client if contact is not None else None,
        "direction": Direction.IN,
        "tier": Tier.HUMAN,
        "standing": SenderStanding.CONTACT if contact is not None else SenderStanding.STRANGER,
        "from_address": address.email_normalised if address is not None else "stranger@elsewhere.test",
        "from_name": contact.full_name if contact is not None else "",
        "to_addresses": [],
        "size": 1,
        "sent_at": now,
        "stored_at": now,
        "reading": reading,
    }
    return Message.objects.create(**values | changes)


def receive(tenant: Tenant, now: datetime, *messages: Message) -> None:
    """Let the engine react to mails that have come in."""
    first = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    emit_events(
        (
            NewEvent(
                kind="mail.message.received",
                subject=Ref(kind="message", id=str(message.pk), label="A mail"),
            )
            for message in messages
        ),
        now=now,
    )
    events = list(Event.objects.filter(pk__gt=first).order_by("pk"))
    EnrichmentEngine().react(make_cycle(tenant, now), events)
