"""Putting mails into the store: threads, messages, attachments and newcomers, in bulk and in the caller's scope.

What follows from a stored mail (touches, suppressions, events) is `engagement.mail.effects`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from agent.bulk import insert_rows, insert_whole
from agent.tenancy import require_tenant_id, scoped_tenant_id
from engagement.mail.letters import Letter
from engagement.mail.models import (
    Attachment,
    Bounce,
    Direction,
    Message,
    ProviderEvent,
    ProviderEventKind,
    SenderStanding,
    SentTo,
    Thread,
    Tier,
)
from engagement.mail.own_names import take_names_back
from engagement.mail.senders import Correspondents, OwnAddresses, newcomer
from engagement.models import Contact
from engagement.services import create_contacts

# First key of the advisory lock under which a tenant's mail is stored; the second is the tenant.
_STORE_LOCK = 0x6D61696C
KNOWN_SQL = """
    SELECT (SELECT id FROM gmail_messages WHERE message_id = %s),
           (SELECT id FROM mailboxes WHERE address_normalised = %s)
"""
THREAD_SQL = """
    INSERT INTO mail_threads AS thread (tenant_id, root_message_id, subject, last_message_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (tenant_id, root_message_id) DO UPDATE
        SET last_message_at = greatest(thread.last_message_at, excluded.last_message_at)
    RETURNING id
"""
# A mail to hundreds of people is no correspondence with each of them.
MAX_LOOKED_UP_RECIPIENTS = 50


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A letter that is now a message; `sender` is who wrote it, where that is a contact of this tenant."""

    letter: Letter
    message: Message
    sender: Contact | None


@dataclass(frozen=True, kw_only=True)
class StoredBatch:
    """What became of one batch."""

    stored: tuple[Stored, ...]
    duplicates: int
    new_contacts: int
    correspondents: Correspondents


def store_letters(letters: Sequence[Letter], *, now: datetime) -> StoredBatch:
    """Store those letters that are not stored yet, in their order. A fixed number of statements.

    Two imports of one tenant take turns, so that neither finds the other's rows half-way.
    """
    lock_store()
    fresh = _not_yet_stored(take_names_back(letters))
    correspondents = Correspondents.load(address for letter in fresh for address in _addresses_of(letter))
    newcomers = _create_newcomers(fresh, correspondents, now)
    correspondents = correspondents.with_contacts(newcomers)
    threads = thread_letters(fresh, now=now)
    messages = [_message_of(letter, threads[letter.message_id], correspondents, now) for letter in fresh]
    insert_whole(messages)
    stored = tuple(
        Stored(letter=letter, message=message, sender=_sender_of(letter, correspondents))
        for letter, message in zip(fresh, messages, strict=True)
    )
    insert_whole([row for entry in stored for row in _attachments_of(entry)])
    SentTo.objects.bulk_create(row for entry in stored for row in _recipients_of(entry, correspondents))
    return StoredBatch(
        stored=stored,
        duplicates=len(letters) - len(fresh),
        new_contacts=len(newcomers),
        correspondents=correspondents,
    )


def lock_store() -> None:
    """Wait until no other transaction stores mail of this tenant; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_STORE_LOCK, scoped_tenant_id() % 2**31])


def store_sent_message(
    *, content: bytes, details: Mapping[str, Any], contact: Contact | None, sent_at: datetime
) -> Message:
    """Keep a message that the provider accepted; one that is stored already, as a copy, is returned as it is."""
    lock_store()
    letter = Letter.of_sent_message(content=content, details=details, sent_at=sent_at)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_SQL, [letter.message_id, details["from"]])
        known_id, mailbox_id = cursor.fetchone()
    if known_id is not None:
        return Message.objects.get(pk=known_id)
    row = {
        **_columns_of_sent(letter),
        "thread_id": _thread_of_sent(letter, sent_at),
        "mailbox_id": mailbox_id,
        "contact_id": contact.pk if contact is not None else None,
        "client_id": contact.client_id if contact is not None else None,
        "sent_at": sent_at,
        "stored_at": sent_at,
    }
    (message_id,) = insert_rows(Message, [row])
    insert_rows(SentTo, [{"message_id": message_id, "email_normalised": details["to"]}])
    return Message(pk=message_id, **row)


def _columns_of_sent(letter: Letter) -> dict[str, Any]:
    """What the message itself says, by column."""
    return {
        "message_id": letter.message_id,
        "direction": Direction.OUT,
        "tier": Tier.AUTOMATED,
        "category": "",
        "standing": SenderStanding.OWN,
        "in_reply_to": letter.in_reply_to,
        "from_address": letter.from_address,
        "from_name": letter.from_name,
        "to_addresses": letter.to_json(),
        "cc_addresses": [],
        "subject": letter.subject,
        "headers": letter.headers_json(),
        "body_text": letter.body_text,
        "newest_text": letter.newest_text,
        "reading": {},
        "request_count": 0,
        "size": letter.size,
        "is_awaiting_plan": False,
    }


def _thread_of_sent(letter: Letter, sent_at: datetime) -> int:
    """The thread of a message of ours. One that refers to nothing begins its own, unless an answer was here first."""
    if letter.refers_to:
        thread: Thread = thread_letters([letter], now=sent_at)[letter.message_id]
        return thread.pk
    with connection.cursor() as cursor:
        cursor.execute(
            THREAD_SQL,
            [require_tenant_id(), letter.message_id, letter.subject[:500], letter.sent_before(sent_at)],
        )
        thread_id: int = cursor.fetchone()[0]
    return thread_id


def find_proof_of_delivery(message_id: str) -> str:
    """What shows that a message of ours left: a copy, a report, the provider's word, an answer; empty when nothing."""
    if Message.objects.filter(message_id=message_id).exists():
        return "a copy of it is in the store."
    if Bounce.objects.filter(original_message_id=message_id).exists():
        return "a delivery report about it has come back."
    told = ProviderEvent.objects.filter(message_id=message_id).exclude(kind=ProviderEventKind.FAILED).first()
    if told is not None:
        return f"the provider has told us what became of it ({told.get_kind_display().lower()})."
    if Message.objects.filter(Q(in_reply_to=message_id) | Q(thread__root_message_id=message_id)).exists():
        return "it has been answered."
    return ""


def _not_yet_stored(letters: Sequence[Letter]) -> list[Letter]:
    """One letter a Message-ID, and none that the store has."""
    unique: dict[str, Letter] = {}
    for letter in letters:
        unique.setdefault(letter.message_id, letter)
    known = set(Message.objects.filter(message_id__in=unique).values_list("message_id", flat=True))
    return [letter for message_id, letter in unique.items() if message_id not in known]


def _addresses_of(letter: Letter) -> Iterable[str]:
    """Every address whose owner matters: the sender, the recipients, and whom a report names."""
    yield letter.from_address
    yield from letter.recipients[:MAX_LOOKED_UP_RECIPIENTS]
    yield from letter.complainers
    for failure in letter.failures:
        yield failure.address


def _create_newcomers(
    letters: Sequence[Letter], correspondents: Correspondents, now: datetime
) -> dict[str, Contact]:
    """The people at clients who wrote for the first time, as contacts, by address."""
    wanted = {}
    for letter in letters:
        if (
            letter.tier != Tier.HUMAN
            or letter.is_dmarc_failed
            or letter.is_sent
            or letter.from_address in wanted
        ):
            continue
        entry = newcomer(
            address=letter.from_address,
            name=letter.from_name,
            message_id=letter.message_id,
            correspondents=correspondents,
        )
        if entry is not None:
            wanted[letter.from_address] = entry
    if not wanted:
        return {}
    contacts = create_contacts(wanted.values(), now=now)
    clients = {client.pk: client for client in correspondents.clients.values()}
    for contact in contacts:
        contact.client = clients[contact.client_id]
    return dict(zip(wanted, contacts, strict=True))


def thread_letters(letters: Sequence[Letter], *, now: datetime) -> dict[str, Thread]:
    """The thread of each letter, by Message-ID; threads that do not exist yet are made. Three to four statements.

    A letter belongs with the nearest message it refers to, else with those that refer to it or to the same first
    message: answers may arrive before what they answer. The subject alone never joins two letters.
    """
    referred = {reference for letter in letters for reference in letter.refers_to}
    threads: dict[str, Thread] = {
        message.message_id: message.thread
        for message in Message.objects.filter(message_id__in=referred)
        .select_related("thread")
        .only("message_id", "thread")
    }
    roots = referred | {letter.message_id for letter in letters}
    by_root = {thread.root_message_id: thread for thread in Thread.objects.filter(root_message_id__in=roots)}
    new: list[Thread] = []
    found: dict[str, Thread] = {}
    for letter in letters:
        nearest = next((threads[ref] for ref in reversed(letter.refers_to) if ref in threads), None)
        candidates = (by_root[root] for root in (*letter.refers_to, letter.message_id) if root in by_root)
        thread = nearest or next(candidates, None)
        if thread is None:
            root = next(iter(letter.refers_to), letter.message_id)
            thread = Thread(root_message_id=root, subject=letter.subject[:500], last_message_at=now)
            by_root[root] = thread
            new.append(thread)
        found[letter.message_id] = threads[letter.message_id] = thread
    _save_threads(found, new, letters, now)
    return found


def _save_threads(
    found: Mapping[str, Thread], new: Sequence[Thread], letters: Sequence[Letter], now: datetime
) -> None:
    """Insert the new threads, and move the others' last message on."""
    latest: dict[int, datetime] = {}
    for letter in letters:
        key = id(found[letter.message_id])
        latest[key] = max(latest.get(key, letter.sent_before(now)), letter.sent_before(now))
    for thread in new:
        thread.last_message_at = latest[id(thread)]
    Thread.objects.bulk_create(new)
    made = {id(thread) for thread in new}
    older = {id(thread): thread for thread in found.values() if id(thread) not in made}
    moved = [thread for key, thread in older.items() if latest[key] > thread.last_message_at]
    for thread in moved:
        thread.last_message_at = latest[id(thread)]
    Thread.objects.bulk_update(moved, ["last_message_at"])


def _sender_of(letter: Letter, correspondents: Correspondents) -> Contact | None:
    """The contact who wrote it. Mail that fails its own domain's check (DMARC) may be anybody's."""
    return None if letter.is_dmarc_failed else correspondents.contact_of(letter.from_address)


def _message_of(letter: Letter, thread: Thread, correspondents: Correspondents, now: datetime) -> Message:
    known = not letter.is_dmarc_failed
    standing = correspondents.standing_of(letter.from_address) if known else SenderStanding.STRANGER
    if letter.is_sent:
        standing = SenderStanding.OWN
    direction = _direction_of(letter, standing, correspondents.own)
    party = letter.from_address
    if direction == Direction.OUT:
        recipients = (address for address in letter.recipients if address in correspondents.contacts)
        party = next(recipients, "")
    return Message(
        message_id=letter.message_id,
        thread=thread,
        mailbox=correspondents.own.mailbox_among(
            [letter.from_address] if direction == Direction.OUT else letter.recipients
        ),
        contact=correspondents.contact_of(party) if known else None,
        client=correspondents.client_of(party) if known else None,
        direction=direction,
        tier=letter.tier,
        category=letter.category or "",
        standing=standing,
        in_reply_to=letter.in_reply_to,
        from_address=letter.from_address,
        from_name=letter.from_name,
        to_addresses=letter.to_json(),
        cc_addresses=letter.cc_json(),
        subject=letter.subject,
        headers=letter.headers_json(),
        body_text=letter.body_text,
        newest_text=letter.newest_text,
        reading=letter.reading,
        request_count=len(letter.requests),
        size=letter.size,
        sent_at=letter.sent_before(now),
        stored_at=now,
        is_awaiting_plan=direction == Direction.IN and letter.tier == Tier.HUMAN,
    )


def _direction_of(letter: Letter, standing: SenderStanding, own: OwnAddresses) -> Direction:
    """Our own mail to somebody outside is a copy of what we sent; among ourselves it is mail like any other."""
    if letter.is_sent:
        return Direction.OUT
    is_to_others = any(not own.owns(address) for address in letter.recipients)
    return Direction.OUT if standing == SenderStanding.OWN and is_to_others else Direction.IN


def _attachments_of(entry: Stored) -> Iterable[Attachment]:
    for part in entry.letter.attachments:
        yield Attachment(
            message=entry.message,
            filename=part.filename[:255],
            content_type=part.content_type[:200],
            size=part.size,
            sha256=part.sha256,
            content=part.content,
            is_inline=part.is_inline,
        )


def _recipients_of(entry: Stored, correspondents: Correspondents) -> Iterable[SentTo]:
    if entry.message.direction != Direction.OUT:
        return
    for address in dict.fromkeys(entry.letter.recipients):
        if not correspondents.own.owns(address):
            yield SentTo(message=entry.message, email_normalised=address)
