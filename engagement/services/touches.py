"""Touches and clocks: recording real contacts, and keeping the limit in force. Inside a tenant scope.

Each service costs a fixed number of statements, however many rows it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, Value
from django.db.models.functions import Coalesce

from agent.bulk import as_document, read_rows, update_rows, values_of
from agent.events import NewEvent, emit_events
from agent.registry import Ref
from agent.tenancy import require_tenant_id
from engagement.models import Contact, EngagementClock, Touch, TouchKind

READ = ("id", "tenant_id", "client_id", "first_name", "last_name")
FURTHER_SQL = "SELECT contact_id, client_id FROM contact_affiliations WHERE contact_id = ANY(%s)"
STORED = ("contact_id", "client_id", "kind", "by", "at", "source_kind", "source_id", "recorded_at")
STORE_SQL = """
    INSERT INTO engagement_touches
        (tenant_id, contact_id, client_id, kind, by, at, source_kind, source_id, recorded_at)
    SELECT %s, row.* FROM json_to_recordset(%s::json) AS row (
        contact_id bigint, client_id bigint, kind text, by text, at timestamptz, source_kind text, source_id text,
        recorded_at timestamptz
    )
    ON CONFLICT (tenant_id, contact_id, source_kind, source_id) DO NOTHING
    RETURNING id, contact_id, source_kind, source_id
"""


class UnknownContact(LookupError):
    """A touch names a contact that this tenant does not have."""


@dataclass(frozen=True, kw_only=True)
class NewTouch:
    """A real contact with a person. `source_kind` and `source_id` name the row or mail that proves it."""

    contact_id: int
    kind: TouchKind
    at: datetime
    by: str
    source_kind: str
    source_id: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes a touch the same touch: recording it twice changes nothing."""
        return (self.contact_id, self.source_kind, self.source_id)


def record_touch(touch: NewTouch, *, now: datetime) -> bool:
    """Record one touch; whether it was new. See `record_touches`."""
    return record_touches([touch], now=now) == 1


def record_touches(touches: Iterable[NewTouch], *, now: datetime) -> int:
    """Record touches and move the clocks of the contacts and of their accounts; returns how many were new.

    A touch known by contact and source changes nothing, an older one never moves a clock back, and one dated
    in the future counts from `now`. Emits `contact.touched` for each new one. Raises `UnknownContact`.
    Source: spec P0.4, `recordEngagementTouch`.
    """
    wanted = {touch.key: touch for touch in touches}
    if not wanted:
        return 0
    contacts = _contacts_of(wanted.values())
    accounts = _accounts_of(contacts.values())
    clocks = _lock_clocks(contacts.keys(), {client for clients in accounts.values() for client in clients})
    rows = _store(wanted.values(), contacts, now)
    _move_clocks(clocks, rows, accounts)
    emit_events((_touched(row, contacts[row.contact_id]) for row in rows), now=now)
    return len(rows)


def refresh_engagement_compliance(*, engagement_days: int) -> int:
    """Bring every clock in line with the limit now in force; writes the wrong rows only, returns how many.

    Source: spec P0.4, `refreshEngagementCompliance`.
    """
    due_at = ExpressionWrapper(
        Coalesce("last_touch_at", "started_at") + Value(timedelta(days=engagement_days)),
        output_field=DateTimeField(),
    )
    wrong = EngagementClock.objects.exclude(limit_days=engagement_days, next_touch_due_at=due_at)
    return wrong.update(limit_days=engagement_days, next_touch_due_at=due_at)


def _contacts_of(touches: Iterable[NewTouch]) -> dict[int, Contact]:
    wanted = {touch.contact_id for touch in touches}
    rows = read_rows(Contact, "id = ANY(%s)", [list(wanted)], columns=READ)
    contacts = {contact.pk: contact for contact in rows}
    unknown = sorted(wanted - contacts.keys())
    if unknown:
        raise UnknownContact(f"There is no contact {unknown[0]} here; the touch was not recorded.")
    return contacts


def _accounts_of(contacts: Collection[Contact]) -> dict[int, set[int]]:
    """The accounts that a touch of each contact counts for: the main client and the further ones."""
    accounts = {
        contact.pk: {contact.client_id} if contact.client_id is not None else set() for contact in contacts
    }
    with connection.cursor() as cursor:
        cursor.execute(FURTHER_SQL, [list(accounts)])
        for contact_id, client_id in cursor.fetchall():
            accounts[contact_id].add(client_id)
    return accounts


def _lock_clocks(contact_ids: Collection[int], client_ids: Collection[int]) -> list[EngagementClock]:
    """Lock in the order of the primary key: two writers wait for each other, and never for ever."""
    mine = "(contact_id = ANY(%s::bigint[]) OR client_id = ANY(%s::bigint[])) ORDER BY id FOR UPDATE"
    return read_rows(EngagementClock, mine, [list(contact_ids), list(client_ids)])


def _store(touches: Iterable[NewTouch], contacts: Mapping[int, Contact], now: datetime) -> list[Touch]:
    """Keep those that are not known yet, and return their rows in order."""
    rows = [
        Touch(
            contact_id=touch.contact_id,
            client_id=contacts[touch.contact_id].client_id,
            kind=touch.kind,
            by=touch.by,
            # The date in a mail's header is the sender's claim, and would silence the clock until it comes.
            at=min(touch.at, now),
            source_kind=touch.source_kind,
            source_id=touch.source_id,
            recorded_at=now,
        )
        for touch in touches
    ]
    document = as_document([values_of(row, STORED) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(STORE_SQL, [require_tenant_id(), document])
        keys = {tuple(key): pk for pk, *key in cursor.fetchall()}
    for row in rows:
        row.pk = keys.get((row.contact_id, row.source_kind, row.source_id))
    return [row for row in rows if row.pk is not None]


def _move_clocks(
    clocks: Iterable[EngagementClock], touches: Iterable[Touch], accounts: dict[int, set[int]]
) -> None:
    """Set every clock to the newest touch that counts for it, where that is newer than what it shows."""
    newest: dict[tuple[str, int | None], Touch] = {}
    for touch in sorted(touches, key=lambda touch: touch.at):
        newest["contact", touch.contact_id] = touch
        newest.update({("client", client_id): touch for client_id in accounts[touch.contact_id]})
    moved = []
    for clock in clocks:
        last = newest.get(("contact", clock.contact_id) if clock.contact_id else ("client", clock.client_id))
        if last is None or (clock.last_touch_at is not None and last.at <= clock.last_touch_at):
            continue
        moved.append(
            {
                "id": clock.pk,
                "last_touch_at": last.at,
                "last_touch_kind": last.kind,
                "last_touch_by": last.by,
                "next_touch_due_at": last.at + timedelta(days=clock.limit_days),
            }
        )
    update_rows(EngagementClock, moved)


def _touched(touch: Touch, contact: Contact) -> NewEvent:
    return NewEvent(
        kind="contact.touched",
        subject=Ref(kind="contact", id=str(contact.pk), label=str(contact)),
        data={"contact_id": contact.pk, "touch_id": touch.pk, "kind": touch.kind, "at": touch.at.isoformat()},
    )
