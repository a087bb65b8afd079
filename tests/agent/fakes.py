"""A small domain for the kernel's tests: parcels that are due, sent by a courier that keeps its own log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from agent.models import Card, Event, Intent
from agent.registry import (
    Content,
    Cycle,
    DatabaseHandler,
    Effect,
    Engine,
    Evidence,
    Handler,
    Left,
    OutboundHandler,
    Outcome,
    Plan,
    Proposal,
    Ref,
    Report,
)

# Nobody is owed a contact, and the month is behind its goals.
RESEARCH_IS_NEEDED = {
    "overdue_contacts": 0,
    "goals_set": True,
    "goals_behind": True,
    "pipeline_thin": False,
}


def make_proposal(number: int, *, kind: str = "send_email", **changes: Any) -> Proposal:
    """A proposal about parcel `number`, to contact `number`."""
    values: dict[str, Any] = {
        "kind": kind,
        "subject": Ref(kind="parcel", id=str(number), label=f"Parcel {number}"),
        "contact": Ref(kind="contact", id=str(number), label=f"Person {number}"),
        "reason": f"Parcel {number} is due.",
        "evidence": (Evidence(type="parcel", id=str(number)),),
        "dedupe_key": f"{kind}:{number}",
        "payload": {"what": f"Look at parcel {number}", "role": "desk"},
    }
    return Proposal(**values | changes)


class Courier(OutboundHandler):
    """Sends through `send`, a function of the frozen bytes that a test supplies."""

    kind: ClassVar[str] = "send_email"
    label: ClassVar[str] = "Send"

    def __init__(self, send: Callable[[Intent], Outcome]) -> None:
        self.send = send
        self.recorded: list[tuple[int, Effect]] = []
        self.settlement = Outcome(effect=Effect.UNKNOWN, reason="Nobody can tell.")

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        return [
            Content(body=card.subject_label.encode(), details={"to": card.contact_label}) for card in cards
        ]

    def perform(self, intent: Intent) -> Outcome:
        return self.send(intent)

    def record(self, intent: Intent, outcome: Outcome, cycle: Cycle) -> None:
        self.recorded.append((intent.card_id, outcome.effect))

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        return self.settlement


class Ledger(DatabaseHandler):
    """Writes an event a card; a parcel whose payload says so fails."""

    kind: ClassVar[str] = "research"
    label: ClassVar[str] = "Look up"

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        Event.objects.create(
            kind="parcel.looked_up", subject_kind="parcel", subject_id=card.subject_id, occurred_at=cycle.now
        )
        if card.payload.get("fails"):
            raise ValueError("This parcel is broken.")
        return Outcome(effect=Effect.DONE, reason="Looked up.")


@dataclass
class ParcelEngine(Engine):
    """Proposes what a test puts into `proposals`, and vouches for what it puts into `known`."""

    slug: ClassVar[str] = "parcels"
    label: ClassVar[str] = "Parcels"

    proposals: list[Proposal] = field(default_factory=list)
    left_alone: list[Left] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=lambda: dict(RESEARCH_IS_NEEDED))
    known: dict[str, Any] = field(default_factory=dict)
    send: Callable[[Intent], Outcome] = lambda intent: Outcome(effect=Effect.DONE, reason="Delivered.")
    seen: list[tuple[str, str]] = field(default_factory=list)
    report_with: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        self.courier = Courier(lambda intent: self.send(intent))

    def plan(self, cycle: Cycle) -> Plan:
        return Plan(proposals=tuple(self.proposals), left_alone=tuple(self.left_alone))

    def handlers(self) -> Sequence[Handler]:
        return (self.courier, Ledger())

    def facts(self, cycle: Cycle) -> Mapping[str, Any]:
        return self.shared

    def card_facts(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Mapping[str, Any]]:
        sendable = {
            "recipient": "person@client.test",
            "recipient_is_contact": True,
            "suppressed": "",
            "suppressed_until": None,
            "replied_at": None,
            "opens_at": None,
            "unresolved_variables": [],
            "sensitive_message": "",
            "domain_objection": "",
            "is_deliverable": cycle.send_mode != "dry_run",
        }
        return [sendable | self.known | card.payload.get("facts", {}) for card in cards]

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        self.seen += [(event.kind, event.subject_id) for event in events]

    def report(self, cycle: Cycle) -> Report:
        return self.report_with
