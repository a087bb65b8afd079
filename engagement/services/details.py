"""What is known of contacts: taking what their mail offers, and what people write, accept or dismiss.

Inside a tenant scope; a fixed number of statements, whatever the number of offers. Who may replace whose value is
`engagement.details`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from agent.bulk import insert_rows, update_rows, values_of
from agent.events import NewEvent, emit_events
from agent.registry import Ref
from engagement.details import Answer, Offer, Standing, answer, folded, put_value, value_of
from engagement.models import (
    Contact,
    ContactDetail,
    ContactSource,
    DetailField,
    DetailOrigin,
    DetailState,
)

_CONTACT_COLUMNS = ("id", *DetailField.values, "is_active")
_DECIDED = ("id", "state", "decided_at", "decided_by")
_STORED = (
    "contact_id",
    "field",
    "value",
    "origin",
    "state",
    "by",
    "message_id",
    "evidence",
    "doubt",
    "said_at",
    "recorded_at",
    "decided_at",
    "decided_by",
)
_EVIDENCE_LENGTH = 1_000


class DetailClosed(RuntimeError):
    """A suggestion has been decided on already, or a newer mail has replaced it."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of some offers: the values now in force, and those that wait for a person."""

    filled: tuple[ContactDetail, ...]
    proposed: tuple[ContactDetail, ...]


def offer_details(offers: Iterable[Offer], *, now: datetime) -> Taken:
    """Take what mails say about their writers, the oldest mail first; what a person decided on is only suggested.

    The same offers twice change nothing.
    """
    offers = sorted(offers, key=lambda offer: offer.said_at)
    if not offers:
        return Taken(filled=(), proposed=())
    book = _Book.read({offer.contact_id for offer in offers})
    for offer in offers:
        book.take(offer, now)
    book.save(now)
    return Taken(
        filled=tuple(row for row in book.new if row.state == DetailState.CURRENT),
        proposed=tuple(row for row in book.new if row.state == DetailState.PROPOSED),
    )


def record_edits(*, contact: Contact, fields: Collection[str], actor: str, now: datetime) -> None:
    """Keep that a person wrote these fields of the contact, as its columns hold them now: no mail replaces them."""
    known = [name for name in DetailField.values if name in fields]
    if not known:
        return
    book = _Book.read({contact.pk})
    for name in known:
        value = value_of(contact, name)
        book.put(_row_of_person(contact, name, value, actor, now))
    book.save(now)


def accept_detail(*, detail: ContactDetail, actor: str, now: datetime) -> ContactDetail:
    """Put a suggested value into force in the person's name; raises `DetailClosed` when there is nothing to decide."""
    book = _Book.read({detail.contact_id})
    row = book.proposed.get((detail.contact_id, detail.field))
    if row is None or row.pk != detail.pk:
        raise DetailClosed(
            f"This suggestion is decided already. {detail} Open the contact to see what holds."
        )
    row.decided_at, row.decided_by = now, actor
    book.put(row)
    book.save(now)
    return row


def dismiss_detail(*, detail: ContactDetail, actor: str, now: datetime) -> ContactDetail:
    """Turn a suggested value down: it is not suggested again. Raises `DetailClosed` when it was decided already."""
    changed = ContactDetail.objects.proposed().filter(pk=detail.pk)
    if not changed.update(state=DetailState.DISMISSED, decided_at=now, decided_by=actor):
        raise DetailClosed(
            f"This suggestion is decided already. {detail} Open the contact to see what holds."
        )
    detail.state, detail.decided_at, detail.decided_by = DetailState.DISMISSED, now, actor
    return detail


def record_first_details(contacts: Iterable[Contact], *, now: datetime) -> None:
    """Keep for new contacts where what is known of them came from."""
    ContactDetail.objects.bulk_create(
        ContactDetail(
            contact=contact,
            field=name,
            value=value,
            origin=_origin_of(contact),
            state=DetailState.CURRENT,
            by=contact.get_source_display(),
            message_id=contact.source_message_id,
            said_at=contact.created_at,
            recorded_at=now,
        )
        for contact in contacts
        for name in DetailField.values
        if (value := value_of(contact, name))
    )


@dataclass
class _Book:
    """Some contacts with the values that are in force, suggested and refused, as they are being changed."""

    contacts: dict[int, Contact]
    current: dict[tuple[int, str], ContactDetail] = field(default_factory=dict)
    proposed: dict[tuple[int, str], ContactDetail] = field(default_factory=dict)
    dismissed: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    new: list[ContactDetail] = field(default_factory=list)
    changed: dict[int, ContactDetail] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    left: list[ContactDetail] = field(default_factory=list)

    @classmethod
    def read(cls, contact_ids: Collection[int]) -> _Book:
        """Two statements; the contacts are locked in the order of their keys, so that writers take turns."""
        locked = Contact.objects.filter(pk__in=contact_ids).select_for_update(of=("self",)).order_by("pk")
        book = cls({contact.pk: contact for contact in locked})
        rows = ContactDetail.objects.filter(contact_id__in=book.contacts)
        for row in rows.exclude(state=DetailState.REPLACED):
            key = (row.contact_id, row.field)
            if row.state == DetailState.DISMISSED:
                book.dismissed[key].add(folded(row.value))
            else:
                (book.current if row.state == DetailState.CURRENT else book.proposed)[key] = row
        return book

    def take(self, offer: Offer, now: datetime) -> None:
        """Put an offer where it belongs: into force, before a person, or nowhere."""
        contact = self.contacts.get(offer.contact_id)
        if contact is None or contact.merged_into_id is not None:
            return
        key = (offer.contact_id, str(offer.field))
        value, current = value_of(contact, offer.field), self.current.get(key)
        standing = Standing(
            value=value,
            # A column that says something else was written past this book: nobody knows by whom.
            current=current if current is not None and current.value == value else None,
            proposed=self.proposed.get(key),
            dismissed=frozenset(self.dismissed[key]),
        )
        verdict, doubt = answer(offer, standing, now=now)
        if verdict == Answer.TAKE:
            self.put(_row_of_offer(offer, DetailState.CURRENT, "", now))
        elif verdict == Answer.PROPOSE:
            self._replace(self.proposed.get(key))
            self.proposed[key] = row = _row_of_offer(offer, DetailState.PROPOSED, doubt, now)
            self.new.append(row)

    def put(self, row: ContactDetail) -> None:
        """Bring a value into force, and end what it replaces: the old value, and a suggestion of the same."""
        key = (row.contact_id, row.field)
        waiting = self.proposed.get(key)
        if waiting is not None and folded(waiting.value) == folded(row.value):
            del self.proposed[key]
            if waiting is not row:
                self._replace(waiting)
        self._replace(self.current.get(key))
        row.state = DetailState.CURRENT
        self.current[key] = row
        if row.pk is None:
            self.new.append(row)
        else:
            self.changed[row.pk] = row
        put_value(self.contacts[row.contact_id], row.field, row.value)
        self.written.add(row.contact_id)
        if row.field == DetailField.HAS_LEFT and row.value:
            self.left.append(row)

    def save(self, now: datetime) -> None:
        """Write what changed. What is replaced goes first: one value of a field is in force, in the table too."""
        rows = sorted(self.changed.values(), key=lambda row: row.state == DetailState.CURRENT)
        for state in (DetailState.REPLACED, DetailState.CURRENT):
            moved = [row for row in rows if row.state == state]
            update_rows(ContactDetail, [values_of(row, _DECIDED) for row in moved])
        new = insert_rows(ContactDetail, [values_of(row, _STORED) for row in self.new])
        for row, pk in zip(self.new, new, strict=True):
            row.pk = pk
        written = [self.contacts[pk] for pk in sorted(self.written)]
        update_rows(Contact, [values_of(contact, _CONTACT_COLUMNS) for contact in written])
        emit_events((_left_event(row, self.contacts[row.contact_id]) for row in self.left), now=now)

    def _replace(self, row: ContactDetail | None) -> None:
        if row is None:
            return
        row.state = DetailState.REPLACED
        if row.pk is not None:
            self.changed[row.pk] = row


def _row_of_offer(offer: Offer, state: DetailState, doubt: str, now: datetime) -> ContactDetail:
    return ContactDetail(
        contact_id=offer.contact_id,
        field=offer.field,
        value=offer.value,
        origin=DetailOrigin.MAIL,
        state=state,
        by=offer.by,
        message_id=offer.message_id,
        evidence=offer.evidence[:_EVIDENCE_LENGTH],
        doubt=doubt[:300],
        said_at=offer.said_at,
        recorded_at=now,
    )


def _row_of_person(contact: Contact, name: str, value: str, actor: str, now: datetime) -> ContactDetail:
    return ContactDetail(
        contact_id=contact.pk,
        field=name,
        value=value,
        origin=DetailOrigin.HUMAN,
        state=DetailState.CURRENT,
        by=actor,
        said_at=now,
        recorded_at=now,
    )


def _origin_of(contact: Contact) -> DetailOrigin:
    if contact.source_message_id:
        return DetailOrigin.MAIL
    return DetailOrigin.HUMAN if contact.source == ContactSource.OPERATOR else DetailOrigin.IMPORT


def _left_event(row: ContactDetail, contact: Contact) -> NewEvent:
    return NewEvent(
        kind="contact.left_company",
        subject=Ref(kind="contact", id=str(contact.pk), label=str(contact)),
        data={"contact_id": contact.pk, "client_id": contact.client_id, "message_id": row.message_id},
    )
