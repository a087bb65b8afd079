"""What one contact is made of when two turn out to be the same person: pure functions over both.

No ORM queries, clock or settings here. Moving what points to them is `engagement.enrichment.merging`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engagement.details import folded, read_moment, value_of
from engagement.models import Contact, ContactDetail, ContactRole, DetailField, EngagementClock

# Whether somebody left is said of an employment; the contact that stays keeps its own.
JOINED_FIELDS = tuple(field for field in DetailField if field != DetailField.HAS_LEFT)
_NAMES = (DetailField.FIRST_NAME, DetailField.LAST_NAME)
Details = Mapping[str, ContactDetail]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two contacts, with the origin of its values and its clock."""

    contact: Contact
    details: Details
    clock: EngagementClock | None

    def value(self, field: str) -> str:
        return value_of(self.contact, field)

    def is_a_persons(self, field: str) -> bool:
        """Whether one of our people set it; a value of unknown author counts as theirs."""
        row = self.details.get(field)
        return row is None or row.value != self.value(field) or row.is_a_persons


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field in which the two say something else, and whose value wins."""

    field: DetailField
    kept: str
    given_up: str


def fields_taken(keep: Side, other: Side) -> list[DetailField]:
    """The fields in which the one that is given up wins: the other's is empty, or only a mail's against a person's."""
    taken = [field for field in JOINED_FIELDS if field not in _NAMES and _wins(field, keep, other)]
    return [*_names_taken(keep, other), *taken]


def differences(keep: Side, other: Side) -> list[Difference]:
    """The fields in which both have a value, and not the same."""
    taken = set(fields_taken(keep, other))
    return [
        Difference(
            field=field,
            kept=other.value(field) if field in taken else keep.value(field),
            given_up=keep.value(field) if field in taken else other.value(field),
        )
        for field in JOINED_FIELDS
        if keep.value(field)
        and other.value(field)
        and folded(keep.value(field)) != folded(other.value(field))
    ]


def join_columns(keep: Contact, other: Contact) -> dict[str, Any]:
    """The columns beside the fields with an origin; what restricts us more wins."""
    return {
        "client_id": keep.client_id or other.client_id,
        "role": keep.role if keep.role != ContactRole.OTHER else other.role,
        "timezone": keep.timezone or other.timezone,
        "restricted_party": keep.restricted_party or other.restricted_party,
    }


def join_clock(keep: EngagementClock, other: EngagementClock) -> dict[str, Any]:
    """The clock of the one that stays: it began with the earlier, and stands at the later touch."""
    later = keep
    if other.last_touch_at is not None and (
        keep.last_touch_at is None or other.last_touch_at > keep.last_touch_at
    ):
        later = other
    started_at = min(keep.started_at, other.started_at)
    began = started_at if later.last_touch_at is None else later.last_touch_at
    return {
        "started_at": started_at,
        "last_touch_at": later.last_touch_at,
        "last_touch_kind": later.last_touch_kind,
        "last_touch_by": later.last_touch_by,
        "next_touch_due_at": began + (keep.next_touch_due_at - keep.runs_since),
    }


def _names_taken(keep: Side, other: Side) -> list[DetailField]:
    """First and last name come from one of the two, unless one merely completes the other."""
    mine, theirs = (tuple(map(side.value, _NAMES)) for side in (keep, other))
    if not any(mine):
        return [field for field in _NAMES if other.value(field)]
    completes = all(not a or folded(a) == folded(b) for a, b in zip(mine, theirs, strict=True))
    return [field for field in _NAMES if completes and _wins(field, keep, other)]


def _wins(field: DetailField, keep: Side, other: Side) -> bool:
    mine, theirs = keep.value(field), other.value(field)
    if not theirs or folded(mine) == folded(theirs):
        return False
    if not mine:
        # Somebody emptied it on purpose: that is a person's word, too.
        return field not in keep.details or not keep.details[field].is_a_persons
    if field == DetailField.AWAY_UNTIL:
        return read_moment(theirs) > read_moment(mine)
    return other.is_a_persons(field) and not keep.is_a_persons(field)
