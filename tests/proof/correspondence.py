"""The stage of the suppression proof: people who are written to, what they said as the proof remembers it, and a
handler that can be interrupted.

The memory (`Memory`) never looks at a table: beside the provider's log it is the proof's oracle.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections

from agent.engine import KernelEngine
from agent.models import Intent, Run, Tenant, TenantKind, Trigger
from agent.planning import plan_and_judge, store_plan
from agent.registry import Cycle, Evidence, Handler, Outcome, Plan, Proposal, Ref, registry
from agent.states import RunState
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.sending import SendEmail
from engagement.models import Contact
from tests.engagement.cast import make_client, make_contact
from tests.mail.cast import furnish

FOREVER = datetime.max.replace(tzinfo=UTC)
TRANSACTIONAL, RELATIONSHIP, MARKETING = STREAMS = ("transactional", "relationship", "marketing")
OPTIONAL = frozenset({RELATIONSHIP, MARKETING})
PEOPLE = {
    f"{first} {last}": (f"{first.lower()}@bluemesacu.test", f"{last.lower()}@home.example.com")[:many]
    for first, last, many in [
        ("Ann", "Amsel", 2),
        ("Bo", "Birke", 1),
        ("Cy", "Conrad", 2),
        ("Dee", "Dorn", 1),
        ("Eli", "Ebner", 2),
        ("Flo", "Falk", 1),
    ]
}
ADDRESSES = tuple(address for addresses in PEOPLE.values() for address in addresses)
PERSON_OF = {address: person for person, addresses in PEOPLE.items() for address in addresses}
UNBOUND = {
    "send_mode": "live",
    "business_hours_start": "00:00",
    "business_hours_end": "23:59",
    "holiday_country": "",
    "max_emails_per_hour": 10**6,
    "max_emails_per_day": 10**6,
    "max_emails_per_contact_per_day": 10**6,
    "max_emails_per_contact_per_fortnight": 10**6,
}


def make_desk(slug: str, now: datetime) -> Tenant:
    """A live company without caps that writes to all these people, and has written to nobody yet."""
    tenant = Tenant.objects.create(
        slug=slug,
        name=slug.title(),
        kind=TenantKind.AMC,
        timezone="America/Denver",
        agent_enabled=True,
        agent_settings=UNBOUND,
    )
    furnish(tenant, now, with_contact=False)
    with tenant_scope(tenant):
        client = make_client(now, name="Their employer")
        for person, addresses in PEOPLE.items():
            make_contact(now, client, person, addresses=list(addresses))
        Run.objects.create(
            trigger=Trigger.MANUAL, state=RunState.COMPLETED, cycle_at=now, started_at=now, finished_at=now
        )
    return tenant


@dataclass(frozen=True)
class Letter:
    """One message that the proof asked for."""

    address: str
    stream: str
    asked_at: datetime

    @property
    def person(self) -> str:
        return PERSON_OF[self.address]


def propose(letter: Letter, contact: Contact, occasion: int) -> Proposal:
    """The proposal that an engine would make of it."""
    who = Ref(kind="contact", id=str(contact.pk), label=str(contact))
    return Proposal(
        kind="send_email",
        subject=who,
        contact=who,
        payload={
            "template": "engagement/check_in",
            "variables": {},
            "to": letter.address,
            "stream": letter.stream,
        },
        reason="The proof asks for it.",
        evidence=(Evidence(type="touch", id="1"),),
        dedupe_key=f"proof:{occasion}",
    )


def plan_letters(tenant: Tenant, proposals: Sequence[Proposal], now: datetime) -> None:
    """Plan and judge them as a cycle does, and judge again what waited for its day."""
    with registry.override(KernelEngine(), Desk(proposals=proposals)), tenant_scope(tenant):
        run = Run.objects.filter(state=RunState.COMPLETED).earliest("id")
        cycle = replace(build_cycle(tenant=tenant, now=now), run_id=run.pk)
        draft, judged = plan_and_judge(cycle)
        store_plan(draft, judged, cycle=cycle, run=run)


@dataclass
class Memory:
    """What people and mail servers said, in plain Python, and what follows from it."""

    opted_out: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    paused: dict[str, datetime] = field(default_factory=dict)
    complained: set[str] = field(default_factory=set)
    legal: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    soft_bounces: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    resting: dict[str, datetime] = field(default_factory=dict)
    closed_by_operator: dict[str, datetime] = field(default_factory=dict)
    replied_at: dict[str, datetime] = field(default_factory=dict)

    def closed_until(self, letter: Letter, now: datetime) -> datetime | None:
        """Until when the letter may not leave: `FOREVER`, a moment, or None when it may now."""
        person, address, optional = letter.person, letter.address, letter.stream in OPTIONAL
        ends = [
            FOREVER if letter.stream in self.opted_out[person] else None,
            FOREVER if optional and person in self.complained else None,
            FOREVER if person in self.legal or address in self.gone else None,
            self.paused.get(person) if optional else None,
            self.resting.get(address),
            self.closed_by_operator.get(address),
        ]
        return max((end for end in ends if end is not None and end > now), default=None)

    def is_answered(self, letter: Letter) -> bool:
        """Whether the person wrote to us after it was asked for, which makes it pointless."""
        return self.replied_at.get(letter.person, letter.asked_at) > letter.asked_at

    def bounce_softly(self, address: str, now: datetime) -> None:
        """Three within 14 days give the address 30 days of rest."""
        self.soft_bounces[address].append(now)
        if sum(at > now - timedelta(days=14) for at in self.soft_bounces[address]) >= 3:
            prolong(self.resting, address, now + timedelta(days=30))

    def lift(self, reason: str, person: str) -> None:
        """An operator lifts everything of one reason that stands against a person and their addresses."""
        personal: dict[str, Callable[[str], Any]] = {
            "unsubscribe": self.opted_out[person].difference_update,
            "pause": lambda _: self.paused.pop(person, None),
            "complaint": lambda _: self.complained.discard(person),
            "legal": lambda _: self.legal.discard(person),
            # Nobody in this correspondence complains about the work, so there is nothing of it to lift.
            "dissatisfied": lambda _: None,
        }
        by_address: dict[str, Callable[[str], Any]] = {
            "hard_bounce": self.gone.discard,
            "soft_bounce": lambda address: self.resting.pop(address, None),
            "operator": lambda address: self.closed_by_operator.pop(address, None),
        }
        if reason in personal:
            personal[reason](OPTIONAL if reason == "unsubscribe" else person)
        else:
            for address in PEOPLE[person]:
                by_address[reason](address)


def prolong(ends: dict[str, datetime], name: str, until: datetime) -> None:
    """Saying it again never makes it shorter."""
    ends[name] = max(ends.get(name, until), until)


class Interruption:
    """Something that happens once, elsewhere, while the first message of a round is on its way out.

    `moment` is "last look" (between its claim and that look) or "socket" (when its sending has begun).
    """

    def __init__(self, moment: str = "", happens: Callable[[], None] = lambda: None) -> None:
        self.moment = moment
        self.happens = happens
        self.has_happened_to: int | None = None

    def strike(self, moment: str, intent: Intent) -> None:
        if moment == self.moment and self.has_happened_to is None:
            self.has_happened_to = intent.card_id
            elsewhere(self.happens)


def elsewhere(act: Callable[[], object]) -> None:
    """Do it on another connection, and wait for it."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            act()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


class Interrupted(SendEmail):
    """Sends as ever; the interruption comes in between."""

    def __init__(self, interruption: Interruption) -> None:
        self.interruption = interruption

    def look_again(self, intent: Intent, *, now: datetime) -> str:
        self.interruption.strike("last look", intent)
        return super().look_again(intent, now=now)

    def perform(self, intent: Intent) -> Outcome:
        self.interruption.strike("socket", intent)
        return super().perform(intent)


class Desk(MailEngine):
    """The mail engine, which plans what the proof asks for."""

    def __init__(
        self, *, proposals: Sequence[Proposal] = (), interruption: Interruption | None = None
    ) -> None:
        self.proposals = proposals
        self.interruption = interruption or Interruption()

    def plan(self, cycle: Cycle) -> Plan:
        return Plan(proposals=tuple(self.proposals))

    def handlers(self) -> Sequence[Handler]:
        return (Interrupted(self.interruption),)
