"""What making two contacts one would change, read once, and carried out with a journal of it. Inside a tenant scope.

A fixed number of statements, whatever the rows. Which values win is `engagement.enrichment.joining`, what points to a
contact `engagement.enrichment.references`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.models import Card, Task
from agent.states import OPEN_STATES, CardState
from engagement.details import put_value, value_of
from engagement.due import check_in_cards
from engagement.enrichment.joining import JOINED_FIELDS, Side, fields_taken, join_clock, join_columns
from engagement.enrichment.references import Reference, references_to
from engagement.models import (
    Contact,
    ContactAddress,
    ContactAffiliation,
    ContactDetail,
    DetailState,
    EngagementClock,
)

UNDER_WAY = (CardState.EXECUTING, CardState.UNKNOWN)
_COLUMNS = [*JOINED_FIELDS, "client_id", "role", "timezone", "restricted_party"]


class MergeRefused(ValueError):
    """Two contacts cannot be made one, or a merge cannot be undone; the message says why and what to do."""


def refuse_under_way(contact_ids: list[int]) -> None:
    """Refuse while a message to one of the people may be leaving: its record names the contact it was claimed for."""
    card = Card.objects.filter(contact_id__in=contact_ids, state__in=UNDER_WAY).order_by("pk").first()
    if card is not None:
        raise MergeRefused(
            f"Card {card.pk} is under way, or nobody knows whether it was sent. Wait for it or settle it first."
        )


def plain(value: Any) -> Any:
    """A column's value as a journal holds it, to the microsecond."""
    return value.isoformat() if isinstance(value, datetime) else value


def columns_of(row: Any, names: list[str]) -> dict[str, Any]:
    """Some columns of a row, as a journal holds them."""
    return {str(name): plain(getattr(row, name)) for name in names}


@dataclass(frozen=True, kw_only=True)
class MergePlan:
    """Two contacts, and everything that making them one would change."""

    keep: Side
    other: Side
    taken: tuple[Any, ...]
    references: tuple[Reference, ...]

    @classmethod
    def read(cls, keep_id: int, other_id: int, *, is_locked: bool = False) -> MergePlan:
        keep, other = _read_sides(keep_id, other_id, is_locked=is_locked)
        _refuse_unlike(keep.contact, other.contact)
        refuse_under_way([keep_id, other_id])
        taken = tuple(fields_taken(keep, other))
        return cls(keep=keep, other=other, taken=taken, references=_references(keep, other, taken))

    @property
    def is_of_another_client(self) -> bool:
        """Whether the one that is given up works for a client that the other does not mainly work for."""
        client_id = self.other.contact.client_id
        return client_id is not None and self.keep.contact.client_id not in (None, client_id)

    def cards(self) -> Any:
        return Card.objects.filter(contact_id=self.other.contact.pk)

    def open_check_ins(self) -> Any:
        return check_in_cards().filter(contact_id=self.other.contact.pk, state__in=OPEN_STATES)

    def carry_out(self) -> dict[str, Any]:
        """Make the changes; returns the journal of them."""
        keep, other = self.keep.contact, self.other.contact
        journal: dict[str, Any] = {
            "details": self._replace_details(),
            "primary": self._take_primary_mark(),
            "moved": {reference.name: list(reference.moving) for reference in self.references},
            "proposed": self._count_moving_proposals(),
            "cards": _point_cards(Card, other.pk, keep.pk),
            "tasks": _point_cards(Task, other.pk, keep.pk),
            "affiliation": self._add_further_client(),
            "clocks": self._join_clocks(),
        }
        for reference in self.references:
            reference.point_to(keep.pk)
        journal["keep"], journal["other"] = self._write_contacts()
        return journal

    def _replace_details(self) -> dict[str, list[int | None]]:
        """End the values of the one that stays where the other's win: [what was in force, what is now] by field."""
        pairs = {
            str(field): [
                row.pk if (row := side.details.get(field)) is not None else None
                for side in (self.keep, self.other)
            ]
            for field in self.taken
        }
        was = [pair[0] for pair in pairs.values() if pair[0] is not None]
        ContactDetail.objects.filter(pk__in=was).update(state=DetailState.REPLACED)
        return pairs

    def _take_primary_mark(self) -> int | None:
        """Leave the one that stays its own primary address, where it has one."""
        addresses = ContactAddress.objects.filter(is_primary=True)
        primary = addresses.filter(contact_id=self.other.contact.pk).first()
        if primary is None or not addresses.filter(contact_id=self.keep.contact.pk).exists():
            return None
        addresses.filter(pk=primary.pk).update(is_primary=False)
        return primary.pk

    def _count_moving_proposals(self) -> int:
        moving = next(one.moving for one in self.references if one.model is ContactDetail)
        return ContactDetail.objects.proposed().filter(pk__in=moving).count()

    def _add_further_client(self) -> int | None:
        """Somebody who works for two clients goes on working for both."""
        keep, other = self.keep.contact, self.other.contact
        known = ContactAffiliation.objects.filter(
            contact_id__in=[keep.pk, other.pk], client_id=other.client_id
        )
        if not self.is_of_another_client or known.exists():
            return None
        return ContactAffiliation.objects.create(contact=keep, client_id=other.client_id).pk

    def _join_clocks(self) -> dict[str, Any]:
        mine, theirs = self.keep.clock, self.other.clock
        if mine is None or theirs is None:
            return {}
        names = [field.attname for field in EngagementClock._meta.concrete_fields]
        joined = join_clock(mine, theirs)
        journal = {
            "keep": columns_of(mine, [*joined]),
            "other": columns_of(theirs, names),
            "limit_days": mine.limit_days,
        }
        EngagementClock.objects.filter(pk=theirs.pk).delete()
        EngagementClock.objects.filter(pk=mine.pk).update(**joined)
        return journal | {"after": {name: plain(value) for name, value in joined.items()}}

    def _write_contacts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Fill in the values that win, and close the row that is given up."""
        keep, other = self.keep.contact, self.other.contact
        before = columns_of(keep, _COLUMNS)
        for name, value in join_columns(keep, other).items():
            setattr(keep, name, value)
        for field in self.taken:
            put_value(keep, field, value_of(other, field))
        after = columns_of(keep, _COLUMNS)
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            keep.save(update_fields=[name.removesuffix("_id") for name in changed])
        was_active = other.is_active
        other.is_active, other.merged_into = False, keep
        other.save(update_fields=["is_active", "merged_into"])
        return (
            {name: [before[name], after[name]] for name in changed},
            {"is_active": was_active},
        )


def _read_sides(keep_id: int, other_id: int, *, is_locked: bool) -> tuple[Side, Side]:
    rows = Contact.objects.filter(pk__in=[keep_id, other_id]).select_related("client").order_by("pk")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    contacts = {contact.pk: contact for contact in rows}
    if keep_id == other_id or contacts.keys() != {keep_id, other_id}:
        raise MergeRefused("Choose two different contacts of this company.")
    details: dict[int, dict[str, ContactDetail]] = {keep_id: {}, other_id: {}}
    for row in ContactDetail.objects.current().filter(contact_id__in=contacts):
        details[row.contact_id][row.field] = row
    known = EngagementClock.objects.filter(contact_id__in=contacts)
    clocks = {clock.contact_id: clock for clock in (known.select_for_update() if is_locked else known)}
    return tuple(
        Side(contact=contacts[pk], details=details[pk], clock=clocks.get(pk)) for pk in (keep_id, other_id)
    )


def _refuse_unlike(keep: Contact, other: Contact) -> None:
    for contact in (keep, other):
        if contact.merged_into_id is not None:
            raise MergeRefused(f"{contact} has become {contact.merged_into} already. Choose that contact.")
    if keep.is_shared_mailbox != other.is_shared_mailbox:
        shared, person = (keep, other) if keep.is_shared_mailbox else (other, keep)
        raise MergeRefused(f"{shared} is a shared mailbox and {person} a person: they are not the same.")


def _references(keep: Side, other: Side, taken: tuple[Any, ...]) -> tuple[Reference, ...]:
    """What moves. A value in force that does not win stays with its own row, and so does a clock."""
    losing = [row.pk for field, row in other.details.items() if field not in taken]
    # What wins takes the place of a value in force, which is ended first: there it is no twin.
    winning = {row.pk for field, row in other.details.items() if field in taken}
    found = references_to(other.contact, by=keep.contact, keep_back={ContactDetail: losing})
    return tuple(_with_winners(reference, winning) for reference in found)


def _with_winners(reference: Reference, winning: set[int]) -> Reference:
    if reference.model is ContactDetail:
        return Reference(
            model=reference.model,
            field=reference.field,
            moving=tuple(sorted({*reference.moving, *winning})),
            staying=tuple(pk for pk in reference.staying if pk not in winning),
        )
    if reference.model is ContactAddress:
        # A primary mark is taken off first: no address is a twin of another.
        return Reference(
            model=reference.model,
            field=reference.field,
            moving=tuple(sorted({*reference.moving, *reference.staying})),
        )
    return reference


def _point_cards(model: Any, old_id: int, new_id: int) -> list[int]:
    """Let the kernel's rows, which name a contact by number, name another; returns which they were."""
    rows = model.objects.filter(contact_id=old_id)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(contact_id=new_id)
    return moved
