"""Whom a `send_email` card writes to, and which reasons stand against writing to them. Reads only.

Adding and lifting a reason is `engagement.mail.suppression`; that no message passes one is a policy rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agent.bulk import read_rows
from agent.models import Card
from engagement.addresses import normalised_or_none
from engagement.mail.models import EmailSuppression
from engagement.mail.outbound import is_plain_address

KIND = "send_email"
# Keys are taken in the order of their hashes, so that two who want several wait for each other and never for ever.
_LOCK_SQL = """
    SELECT {function}(key) FROM (
        SELECT DISTINCT hashtextextended('mail recipient ' || name, 0) AS key FROM unnest(%s::text[]) AS name
        ORDER BY key
    ) AS keys
"""

# `EmailSuppression.objects.in_force(now).of_people(addresses, contact_ids)`.
IN_FORCE_SQL = """
    lifted_at IS NULL AND (until IS NULL OR until > %s)
    AND (email_normalised = ANY(%s::text[]) OR contact_id = ANY(%s::bigint[])) ORDER BY id
"""
OWNERS_SQL = "SELECT email_normalised, contact_id FROM contact_addresses WHERE contact_id = ANY(%s::bigint[])"


def recipient_of(card: Card) -> str:
    """The one address a card writes to, normalised; empty when there is none that mail could reach."""
    address = normalised_or_none(str(card.payload.get("to") or "")) or ""
    return address if is_plain_address(address) else ""


def stream_of(card: Card) -> str:
    """Why the card writes; a card that does not say is closed by any suppression."""
    return str(card.payload.get("stream") or "")


def hold_recipients(contact_ids: Collection[int]) -> None:
    """Keep these people's suppressions as they are until this transaction ends, for a claim that reads them.

    An opt-out that is being written is waited for and then seen; one that comes later waits for the claim. Any
    number of claims hold the same person at once.
    """
    _lock("pg_advisory_xact_lock_shared", [str(contact_id) for contact_id in contact_ids])


def lock_recipients(names: Iterable[str]) -> None:
    """The other side of `hold_recipients`: take people, by contact id, or addresses that are nobody's."""
    _lock("pg_advisory_xact_lock", list(names))


def read_owners(contact_ids: Collection[int]) -> dict[str, int]:
    """Every known address of these people, and whose it is. One query, none for nobody."""
    if not contact_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OWNERS_SQL, [list(contact_ids)])
        return dict(cursor.fetchall())


@dataclass(frozen=True, kw_only=True)
class Closures:
    """The suppressions in force that bear on some addresses: their own, and the personal ones of their people."""

    by_address: Mapping[str, Sequence[EmailSuppression]]
    by_contact: Mapping[int, Sequence[EmailSuppression]]

    def of(self, address: str, contact_id: int | None) -> list[EmailSuppression]:
        """Every suppression of the address and of the person, the oldest first."""
        personal = self.by_contact.get(contact_id, ()) if contact_id is not None else ()
        rows = {row.pk: row for row in (*self.by_address.get(address, ()), *personal)}
        return [rows[pk] for pk in sorted(rows)]

    def against(self, address: str, contact_id: int | None, stream: str) -> EmailSuppression | None:
        """The suppression that closes the stream for the longest, or None when it is open."""
        closing = [row for row in self.of(address, contact_id) if row.closes(stream)]
        for row in closing:
            if row.until is None:
                return row
        return max(closing, key=lambda row: row.until, default=None)


def read_closures(
    *, addresses: Iterable[str], owners: Mapping[str, int], contact_ids: Collection[int], now: datetime
) -> Closures:
    """The suppressions in force. One query.

    `owners` names the contact of every known address of `contact_ids`: a personal suppression counts for all of
    them, whether it was said from an address that is still theirs or from one that was.
    """
    by_address: dict[str, list[EmailSuppression]] = defaultdict(list)
    by_contact: dict[int, list[EmailSuppression]] = defaultdict(list)
    people = [list({*addresses, *owners}), list(contact_ids)]
    for row in read_rows(EmailSuppression, IN_FORCE_SQL, [now, *people]):
        by_address[row.email_normalised].append(row)
        if row.is_personal:
            for contact_id in {row.contact_id, owners.get(row.email_normalised)} - {None}:
                by_contact[contact_id].append(row)
    return Closures(by_address=by_address, by_contact=by_contact)


def say_why(row: EmailSuppression, *, recipient: str) -> str:
    """The sentence an operator reads when a suppression closes a message to `recipient`."""
    since = f"{row.suppressed_at:%Y-%m-%d}"
    until = f" until {row.until:%Y-%m-%d}" if row.until else ""
    sentence = f"{row.email_normalised} is suppressed since {since}{until}: {row.get_reason_display()}."
    if row.email_normalised == recipient:
        return sentence
    return f"{sentence} It holds for every address of this person."


def read_objection(*, address: str, contact_id: int | None, stream: str, now: datetime) -> str:
    """The sentence that says why one message may not go to this address of this person; empty when it may."""
    people = [] if contact_id is None else [contact_id]
    closures = read_closures(addresses=[address], owners=read_owners(people), contact_ids=people, now=now)
    row = closures.against(address, contact_id, stream)
    return say_why(row, recipient=address) if row else ""


def _lock(function: str, names: Sequence[str]) -> None:
    if names:
        with connection.cursor() as cursor:
            cursor.execute(_LOCK_SQL.format(function=function), [names])
