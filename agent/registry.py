"""The contract between the kernel and the engines, and the one registry through which the kernel reaches them.

What crosses the border is here, frozen, and free of the ORM of any domain. A domain's `AppConfig.ready()` calls
`registry.register(ItsEngine())` and nothing else. How proposals become cards lives in `agent.planning`, how cards
are carried out in `agent.executor`.
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from agent.calendars import BusinessCalendar
from agent.states import SendMode
from agent.tenant_settings import AgentSettings

if TYPE_CHECKING:
    from agent.models import Card, Event, Intent, Tenant


@dataclass(frozen=True, kw_only=True)
class Ref:
    """A row of some domain, named across the border by kind and id; `label` is what an operator reads."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a proposal rests on. For mail the id is the Message-ID and the quote a verbatim span of it.

    The engine whose evidence it is says where it is to be read (`locate_evidence`).
    """

    type: str
    id: str
    quote: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One action an engine asks for. Without a reason and evidence it is refused.

    `dedupe_key` names the occasion (the contact and the due date that passed), not just the object.
    """

    kind: str
    subject: Ref
    reason: str
    evidence: tuple[Evidence, ...]
    dedupe_key: str
    contact: Ref | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 0
    not_before: datetime | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.evidence:
            raise ValueError(f"A {self.kind} proposal for {self.subject.label} has no reason or no evidence.")


@dataclass(frozen=True, kw_only=True)
class Left:
    """A row that a due query returned and for which nothing is proposed, with the reason an operator reads."""

    subject: Ref
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one engine found among its due rows."""

    proposals: tuple[Proposal, ...] = ()
    left_alone: tuple[Left, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Advice of one cycle's reflection to the next plan of `engine`; `code` is from that engine's vocabulary."""

    engine: str
    code: str
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """What an engine may know of the cycle it works in. `now` is the cycle's clock, never the wall's."""

    tenant: Tenant
    settings: AgentSettings
    now: datetime
    send_mode: SendMode
    run_id: int | None = None
    fence: int | None = None
    hints: tuple[Hint, ...] = ()
    is_preview: bool = False
    is_simulated: bool = False
    # What engines keep for the length of one judgement and claim, by a key of their own; every claim starts anew.
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def calendar(self) -> BusinessCalendar:
        """The business days and hours of the tenant's desk."""
        return self.settings.calendar(self.tenant.zone)

    @property
    def emails_per_hour(self) -> int:
        """The hourly cap on messages that the send mode makes binding."""
        if self.send_mode == SendMode.LIMITED_LIVE:
            return min(self.settings.limited_live_emails_per_hour, self.settings.max_emails_per_hour)
        return self.settings.max_emails_per_hour

    @property
    def emails_per_day(self) -> int:
        """The daily cap on messages that the send mode makes binding."""
        if self.send_mode == SendMode.LIMITED_LIVE:
            return min(self.settings.limited_live_emails_per_day, self.settings.max_emails_per_day)
        return self.settings.max_emails_per_day

    def hints_for(self, engine: str, code: str) -> tuple[Hint, ...]:
        """The last reflection's hints of one code to one engine."""
        return tuple(hint for hint in self.hints if hint.engine == engine and hint.code == code)


@dataclass(frozen=True, kw_only=True)
class Report:
    """An engine's part of the reflection: figures to compare hour by hour, and hints for its next plan."""

    figures: Mapping[str, float] = field(default_factory=dict)
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What a domain knows of the month that goals are set for. Money in dollars; None is what it knows nothing of."""

    orders: int | None = None
    """Orders received and not cancelled."""
    revenue: Decimal | None = None
    """The totals of those orders."""
    in_sight: Decimal | None = None
    """What open business may still bring this month, weighted by its chance."""


@dataclass(frozen=True, kw_only=True)
class Expiring:
    """Rows that nobody needs past an age. Nothing that is evidence: no card, verdict, event, or message that left.

    `rows` gives those that were over before the given moment. They are deleted, or, where `blank` names values,
    stay without their content.
    """

    name: str
    age: timedelta
    rows: Callable[[datetime], models.QuerySet[Any]]
    blank: Mapping[str, Any] = field(default_factory=dict)


class Effect(models.TextChoices):
    """How carrying out a card ended."""

    DONE = "done"
    FAILED = "failed"  # certainly no effect, and no use in trying again
    RETRY = "retry"  # certainly no effect; try again at the next opportunity
    UNKNOWN = "unknown"  # an effect may have left


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a handler says of one card it carried out. `reason` is for the operator, `result` for the card.

    `retry_after`: how long the other side wants to be left alone. A try that it put off does not count as one.
    """

    effect: Effect
    reason: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    retry_after: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """The exact bytes of an effect, and the details an operator is shown beside them.

    `approvable` is the part a person approves, when the bytes also hold what changes by itself (a date header).
    `recipient` and `provider` name whose caps a message takes from, beside the tenant's own.
    """

    body: bytes
    details: Mapping[str, Any] = field(default_factory=dict)
    approvable: bytes | None = None
    recipient: str = ""
    provider: str = ""

    @property
    def hash(self) -> str:
        """What an approval is bound to."""
        return hashlib.sha256(self.body if self.approvable is None else self.approvable).hexdigest()


class Handler(ABC):
    """Carries out one kind of card. The executor alone calls it."""

    kind: ClassVar[str]
    label: ClassVar[str]
    leaves_database: ClassVar[bool]
    """Whether the effect leaves PostgreSQL; such cards are claimed one by one, and rehearsed in a dry run."""

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        """The exact content of each card, in order, in one set of queries. Inside the claim transaction.

        Raises `ValueError`, with a sentence for the operator, when a card cannot be put into words: it is held.
        """
        return [Content(body=b"") for _ in cards]


class DatabaseHandler(Handler):
    """A handler whose effect is rows of this database."""

    leaves_database = False

    @abstractmethod
    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Write the effect. Inside the claim transaction, in a savepoint; raising fails this card."""

    def apply_all(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Outcome]:
        """Write the effects of several cards, in order, in one savepoint.

        Raising undoes them all; the executor then applies them one by one, so that one that fails spoils no other.
        """
        return [self.apply(card, cycle) for card in cards]


class OutboundHandler(Handler):
    """A handler whose effect leaves the database."""

    leaves_database = True

    def look_again(self, intent: Intent, *, now: datetime) -> str:
        """Why the effect must not begin after all: a sentence, or nothing when it may.

        Asked right before it begins, inside the transaction that says so. What it reads must be held until then
        against whoever changes it. The card is judged anew, so the rules must come to the same answer.
        """
        return ""

    @abstractmethod
    def perform(self, intent: Intent) -> Outcome:
        """Put the frozen content into the world, in no transaction. Never raises for a provider's refusal."""

    @abstractmethod
    def record(self, intent: Intent, outcome: Outcome, cycle: Cycle) -> None:
        """Write what follows from the outcome (touch, event), in the transaction that records it."""

    @abstractmethod
    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        """Settle an effect whose answer is lost: DONE, FAILED, or UNKNOWN when nobody can tell (yet).

        Asked each time cards are recovered, until the card is settled. May let the effect happen only if the other
        side takes it once however often it is asked.
        """


class Engine(ABC):
    """What one domain contributes to the cycle. All methods but `plan` have a neutral default.

    Every method runs inside a tenant scope and answers with a bounded number of statements.
    """

    slug: ClassVar[str]
    label: ClassVar[str]

    @abstractmethod
    def plan(self, cycle: Cycle) -> Plan:
        """Look at the engine's due rows and propose. Reads only: the preview runs this very method."""

    def handlers(self) -> Sequence[Handler]:
        """The kinds of cards this engine carries out."""
        return ()

    def facts(self, cycle: Cycle) -> Mapping[str, Any]:
        """Facts about the whole tenant that policy rules need."""
        return {}

    def card_facts(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Mapping[str, Any]]:
        """Facts about each card (of any engine) that this engine knows, in order; empty where it knows none."""
        return [{} for _ in cards]

    def locate_evidence(self, evidence: Mapping[str, str]) -> str:
        """The address of the console's page that shows what a card rests on; empty when it is not this engine's."""
        return ""

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:  # noqa: B027 - most engines need not react
        """Consume events, in order. Consuming the same page twice must change nothing."""

    def report(self, cycle: Cycle) -> Report:
        """Figures and hints for the reflection."""
        return Report()

    def progress(self, cycle: Cycle, *, since: datetime) -> Progress:
        """What came in from `since`, the start of the month, to now, and what is in sight.

        Asked when research is judged and for the reflection.
        """
        return Progress()

    def health(self, cycle: Cycle, *, since: datetime) -> Mapping[str, float]:
        """Figures of the last minutes and hours for alerts (`agent.alerts.facts.Mail` names them), asked each minute.

        `since` is from when the outcomes of messages count. Cheap, and only what cannot wait for the reflection.
        """
        return {}

    def object_to_mode(self, mode: SendMode, *, now: datetime) -> str:
        """Why messages of the open scope's tenant may not travel as far as `mode` yet; empty when they may.

        Asked when a person raises the mode. What it says must also come out of the engine's facts at each claim.
        """
        return ""

    def expiring(self) -> Sequence[Expiring]:
        """What of this engine's tables may go past an age; the nightly cleaning walks them (`agent.retention`)."""
        return ()


class Registry:
    """The engines of this installation: typed, unique by slug and by card kind, in order of registration."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}

    def register(self, engine: Engine) -> None:
        """Add an engine; a wrong type, a malformed or second slug, or a second handler of a kind raises."""
        if not isinstance(engine, Engine):
            raise TypeError(f"{engine!r} is not an Engine.")
        if not re.fullmatch(r"[a-z][a-z_]{1,38}", engine.slug):
            raise ValueError(f"{engine.slug!r} is not a slug: lower-case letters and underscores.")
        if engine.slug in self._engines:
            raise ValueError(f"An engine {engine.slug!r} is registered already.")
        twice = {handler.kind for handler in engine.handlers()} & set(self.handlers())
        if twice:
            raise ValueError(f"Card kind {', '.join(sorted(twice))} already has a handler.")
        self._engines[engine.slug] = engine

    def __iter__(self) -> Iterator[Engine]:
        return iter(tuple(self._engines.values()))

    def handlers(self) -> dict[str, Handler]:
        """Every handler by the kind of card it carries out."""
        return {handler.kind: handler for engine in self._engines.values() for handler in engine.handlers()}

    def outbound_kinds(self) -> list[str]:
        """The kinds of cards whose effect leaves the database."""
        return [kind for kind, handler in self.handlers().items() if handler.leaves_database]

    @contextmanager
    def override(self, *engines: Engine) -> Iterator[None]:
        """Only these engines, for the length of a test."""
        kept, self._engines = self._engines, {}
        try:
            for engine in engines:
                self.register(engine)
            yield
        finally:
            self._engines = kept


registry = Registry()
