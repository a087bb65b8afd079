"""Which rows of the domains a mail is about: found by each domain in its own tables, kept here for all of them.

A domain hands its `Finder` and its page of events to `link_mails`, in `react`. A number counts in whoever's mail it
stands; a conversation only for people we know; and the only thing that is open only for a contact, and where the
mail speaks of such things at all (`engagement.mail.routing`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from agent.events import NewEvent, emit_events
from agent.models import Event
from agent.registry import Ref
from engagement.mail.models import LinkBasis, MailLink, SenderStanding, Tier

RECEIVED, SENT, LINKED = "mail.message.received", "mail.message.sent", "mail.message.linked"
# A mail that lists more numbers than this is a statement or a report, and is linked to the first of them.
MAX_LINKS = 20


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One received mail as its event tells it."""

    pk: int
    thread_id: int
    contact_id: int | None
    client_id: int | None
    tier: str
    standing: str
    category: str
    references: tuple[tuple[str, str], ...]
    """Type and number, as the reading found them."""

    @classmethod
    def of(cls, event: Event) -> Mail:
        data = event.data
        return cls(
            pk=int(event.subject_id),
            thread_id=data["thread_id"],
            contact_id=data["contact_id"],
            client_id=data["client_id"],
            tier=data["tier"],
            standing=data["standing"],
            category=data.get("category", ""),
            references=tuple((one["type"], one["ref"]) for one in data.get("references", ())),
        )

    @property
    def is_known(self) -> bool:
        """Whether one of our own people or a contact wrote it, or a program of theirs."""
        return self.standing != SenderStanding.STRANGER

    @property
    def is_of_contact(self) -> bool:
        return self.standing == SenderStanding.CONTACT and self.tier == Tier.HUMAN


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """A mail, by its id, and what it is about."""

    message_id: int
    target: Ref
    basis: LinkBasis
    category: str = ""
    """What the mail is about, for the engine that reads of the link."""


class Finder(ABC):
    """How one domain finds its rows. Each method is asked once a page and answers in a fixed number of statements."""

    kind: ClassVar[str]
    number_types: ClassVar[frozenset[str]]
    """The types of numbers by which a mail may name such a row."""
    topics: ClassVar[frozenset[str]] = frozenset()
    """The categories of mail that speak of such a row even when they name none."""

    @abstractmethod
    def by_number(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """The rows whose numbers stand in the mails, by mail."""

    def open_for(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """What is open for the sender or their client, by mail."""
        return {}


class LinksMail:
    """An engine whose rows mail may be about; whoever asks what a number means asks its finders."""

    finders: ClassVar[tuple[Finder, ...]]


def received_mails(events: Iterable[Event]) -> list[Mail]:
    """The mails among events that people or portals sent; reports and automatic replies are about our own mail."""
    mails = (Mail.of(event) for event in events if event.kind == RECEIVED)
    return [mail for mail in mails if mail.tier in (Tier.HUMAN, Tier.AUTOMATED)]


def link_mails(events: Sequence[Event], *, finder: Finder, now: datetime) -> list[MailLink]:
    """Link the mails of a page of events to the rows of one domain; doing it twice changes nothing."""
    mails = received_mails(events)
    links = [*_ours(events, finder)]
    if mails:
        links += _numbered(mails, finder)
    if links:
        # Before the conversations are read: an answer on the same page belongs with what it answers.
        link_messages(links, now=now)
    if not finder.topics:
        return []
    done = {link.message_id for link in links}
    rest = [mail for mail in mails if mail.pk not in done and mail.is_known]
    threaded = _threaded(rest, finder)
    done |= {link.message_id for link in threaded}
    left = [mail for mail in rest if mail.pk not in done and _may_be_inferred(mail, finder)]
    return link_messages([*threaded, *_inferred(left, finder)], now=now)


def link_messages(links: Iterable[NewLink], *, now: datetime) -> list[MailLink]:
    """Keep links in the caller's scope; returns those that are new, each told as an event. Three statements.

    A mail that is linked to a row already keeps the basis it was linked on.
    """
    wanted = {(link.message_id, link.target.kind, link.target.id): link for link in links}
    if not wanted:
        return []
    known = set(
        MailLink.objects.filter(message_id__in={link.message_id for link in wanted.values()}).values_list(
            "message_id", "kind", "ref_id"
        )
    )
    rows = MailLink.objects.bulk_create(
        [
            MailLink(
                message_id=link.message_id,
                kind=link.target.kind,
                ref_id=link.target.id,
                label=link.target.label[:300],
                basis=link.basis,
                linked_at=now,
            )
            for key, link in wanted.items()
            if key not in known
        ]
    )
    emit_events((_event(row, wanted[row.message_id, row.kind, row.ref_id]) for row in rows), now=now)
    return rows


@dataclass(frozen=True)
class Linked:
    """A row that a conversation is about; a guess, where no link of it rests on more."""

    target: Ref
    is_guess: bool


def linked_rows(*, kind: str, thread_ids: Collection[int]) -> dict[int, list[Linked]]:
    """What the mails of conversations are about, by conversation. One query."""
    found: dict[int, dict[str, Linked]] = defaultdict(dict)
    rows = MailLink.objects.filter(kind=kind, message__thread_id__in=thread_ids).order_by("id")
    for thread_id, ref_id, label, basis in rows.values_list("message__thread_id", "ref_id", "label", "basis"):
        before = found[thread_id].get(ref_id)
        is_guess = basis == LinkBasis.INFERRED and (before is None or before.is_guess)
        found[thread_id][ref_id] = Linked(Ref(kind=kind, id=ref_id, label=label), is_guess)
    return {thread_id: list(linked.values()) for thread_id, linked in found.items()}


def _ours(events: Iterable[Event], finder: Finder) -> Iterable[NewLink]:
    """Messages of our own, of which the card said what they are about."""
    for event in events:
        data = event.data
        if event.kind == SENT and data.get("subject_kind") == finder.kind:
            label = data.get("subject_label") or data["subject_id"]
            target = Ref(kind=finder.kind, id=data["subject_id"], label=label)
            yield NewLink(message_id=int(event.subject_id), target=target, basis=LinkBasis.OURS)


def _numbered(mails: Sequence[Mail], finder: Finder) -> list[NewLink]:
    naming = [mail for mail in mails if any(kind in finder.number_types for kind, _ in mail.references)]
    if not naming:
        return []
    found = finder.by_number(naming)
    return [
        NewLink(message_id=mail.pk, target=target, basis=LinkBasis.NUMBER, category=mail.category)
        for mail in naming
        for target in found.get(mail.pk, ())[:MAX_LINKS]
    ]


def _threaded(mails: Sequence[Mail], finder: Finder) -> list[NewLink]:
    """Mails in a conversation that is about one row; one about several does not say which it is now."""
    if not mails:
        return []
    about = linked_rows(kind=finder.kind, thread_ids={mail.thread_id for mail in mails})
    links = []
    for mail in mails:
        linked = about.get(mail.thread_id, [])
        if len(linked) == 1:
            basis = LinkBasis.INFERRED if linked[0].is_guess else LinkBasis.THREAD
            links.append(
                NewLink(message_id=mail.pk, target=linked[0].target, basis=basis, category=mail.category)
            )
    return links


def _may_be_inferred(mail: Mail, finder: Finder) -> bool:
    """A contact's mail on the subject without any number: one that we do not know says that something else is meant."""
    return mail.is_of_contact and mail.category in finder.topics and not mail.references


def _inferred(mails: Sequence[Mail], finder: Finder) -> list[NewLink]:
    if not mails:
        return []
    found = finder.open_for(mails)
    return [
        NewLink(
            message_id=mail.pk,
            target=found[mail.pk][0],
            basis=LinkBasis.INFERRED,
            category=mail.category,
        )
        for mail in mails
        if len(found.get(mail.pk, ())) == 1
    ]


def _event(row: MailLink, link: NewLink) -> NewEvent:
    return NewEvent(
        kind=LINKED,
        subject=Ref(kind=row.kind, id=row.ref_id, label=row.label),
        data={"message": row.message_id, "basis": row.basis, "category": link.category},
    )
