"""The people of the engagement tests, made through the services that the program itself uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Card, Run, Tenant, Trigger
from agent.registry import Cycle, Hint, Proposal
from agent.states import CardState, RunState, SendMode
from agent.tenancy import tenant_scope
from engagement.models import Client, ClientType, Contact, ContactRole, TouchKind
from engagement.services import NewClient, NewContact, NewTouch, create_clients, create_contact, record_touch

LONG_AGO = timedelta(days=400)


def make_client(now: datetime, name: str = "Blue Mesa Credit Union", **changes: Any) -> Client:
    """A client that has been known for more than a year."""
    reference = changes.pop("reference", name.lower().replace(" ", "-"))
    values: dict[str, Any] = {"client_type": ClientType.CREDIT_UNION, "created_at": now - LONG_AGO}
    return create_clients([NewClient(reference=reference, name=name, **values | changes)], now=now)[0]


def make_contact(
    now: datetime, client: Client | None, name: str = "Tomás Herrera", **changes: Any
) -> Contact:
    """A contact with one address, made from the name."""
    first, _, last = name.partition(" ")
    values: dict[str, Any] = {
        "addresses": [f"{name.lower().replace(' ', '.').replace('á', 'a')}@bluemesacu.test"],
        "first_name": first,
        "last_name": last,
        "client_id": client.pk if client is not None else None,
        "role": ContactRole.PROCESSOR,
        "created_at": now - LONG_AGO,
    }
    return create_contact(NewContact(**values | changes), now=now)


def touch(contact: Contact, at: datetime, now: datetime, **changes: Any) -> bool:
    """Record one touch of a contact, by default an e-mail from them."""
    values: dict[str, Any] = {
        "contact_id": contact.pk,
        "kind": TouchKind.EMAIL_RECEIVED,
        "at": at,
        "by": str(contact),
        "source_kind": "mail",
        "source_id": f"<{contact.pk}.{at.timestamp()}@bluemesacu.test>",
    }
    return record_touch(NewTouch(**values | changes), now=now)


def make_cycle(tenant: Tenant, now: datetime, *, hints: Sequence[Hint] = (), **changes: Any) -> Cycle:
    """A cycle as the kernel would hand it to an engine; live unless said otherwise."""
    values: dict[str, Any] = {"settings": tenant.settings, "send_mode": SendMode.LIVE, "hints": tuple(hints)}
    return Cycle(tenant=tenant, now=now, **values | changes)


def make_card(
    proposal: Proposal, now: datetime, *, state: CardState, engine: str = "engagement", **changes: Any
) -> Card:
    """The card that planning would have made of a proposal, in some state."""
    finished = state in (CardState.DONE, CardState.BLOCKED, CardState.REJECTED, CardState.CANCELLED)
    run = Run.objects.create(
        trigger=Trigger.MANUAL, state=RunState.COMPLETED, cycle_at=now, started_at=now, finished_at=now
    )
    values: dict[str, Any] = {
        "kind": proposal.kind,
        "engine": engine,
        "state": state,
        "dedupe_key": proposal.dedupe_key,
        "subject_kind": proposal.subject.kind,
        "subject_id": proposal.subject.id,
        "subject_label": proposal.subject.label,
        "contact_id": int(proposal.contact.id) if proposal.contact else None,
        "payload": dict(proposal.payload),
        "reason": proposal.reason,
        "evidence": [entry.as_json() for entry in proposal.evidence],
        "not_before": now,
        "proposed_at": now,
        "finished_at": now if finished else None,
        "held_until": now + timedelta(days=3) if state == CardState.HELD else None,
        "run": run,
    }
    return Card.objects.create(**values | changes)


@contextmanager
def counted_queries(tenant: Tenant) -> Iterator[CaptureQueriesContext]:
    """A scope, and the statements that ran in it beside the scope's own."""
    with tenant_scope(tenant), CaptureQueriesContext(connection) as queries:
        yield queries
