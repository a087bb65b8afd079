"""Everything that points to a contact, in whatever app: found in the models themselves, and moved in bulk.

Engagement knows no domain above it. A table that names a contact by foreign key is found here without being imported;
the kernel's cards and tasks name contacts by number, and are moved by `engagement.enrichment.merging`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from engagement.enrichment.models import ContactMerge
from engagement.models import Contact, EngagementClock

# What is no property of the person: who became whom. The clock is one a contact, and is joined by hand.
_NOT_MOVED: frozenset[type[models.Model]] = frozenset({Contact, ContactMerge, EngagementClock})


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The rows of one table that point to a contact: those that can point to another one, and those that cannot.

    A row stays when the other contact has its like already, by a unique key of the table.
    """

    model: type[models.Model]
    field: str
    moving: tuple[int, ...]
    staying: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """How a journal names it."""
        return f"{self.model._meta.label}.{self.field}"

    @property
    def label(self) -> str:
        """How a person reads it."""
        return str(self.model._meta.verbose_name_plural)

    def rows(self) -> models.QuerySet[Any]:
        """The rows that move."""
        return self.model._base_manager.filter(pk__in=self.moving)

    def point_to(self, contact_id: int) -> int:
        """Let the rows that move point to a contact; one statement."""
        return self.rows().update(**{self.field: contact_id}) if self.moving else 0

    def still_pointing_to(self, contact_id: int) -> int:
        """How many of the rows that moved still point there."""
        return self.rows().filter(**{self.field: contact_id}).count() if self.moving else 0


def references_to(
    contact: Contact, *, by: Contact, keep_back: dict[type[models.Model], Collection[int]]
) -> list[Reference]:
    """What points to `contact` and shall point to `by` instead; `keep_back` are rows that stay for other reasons.

    A statement for each key, and one more for each unique constraint that holds it.
    """
    found = []
    for model, field in _keys_to_contacts():
        rows = model._base_manager.filter(**{field.attname: contact.pk})
        held: set[int] = set(keep_back.get(model, ()))
        for names, condition in _unique_with(model, field):
            same = {name: OuterRef(name) for name in names}
            theirs = model._base_manager.filter(condition, **{field.attname: by.pk}, **same)
            held |= set(rows.filter(condition).filter(Exists(theirs)).values_list("pk", flat=True))
        pks = rows.order_by("pk").values_list("pk", flat=True)
        moving = tuple(pk for pk in pks if pk not in held)
        found.append(Reference(model=model, field=field.attname, moving=moving, staying=tuple(sorted(held))))
    return found


def from_journal(moved: dict[str, list[int]]) -> list[Reference]:
    """The same references again, as a journal has them; what no table has any more is an error of the caller."""
    known = {f"{model._meta.label}.{field.attname}": (model, field) for model, field in _keys_to_contacts()}
    return [
        Reference(model=known[name][0], field=known[name][1].attname, moving=tuple(pks))
        for name, pks in moved.items()
    ]


def _keys_to_contacts() -> Iterator[tuple[type[models.Model], Any]]:
    """Every foreign key to contacts, those without a way back included, in a fixed order."""
    relations = [
        relation
        for relation in Contact._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one) and relation.auto_created
    ]
    for relation in sorted(relations, key=lambda one: (one.related_model._meta.label, one.field.attname)):
        if relation.related_model not in _NOT_MOVED:
            yield relation.related_model, relation.field


def _unique_with(model: type[models.Model], field: Any) -> Iterator[tuple[list[str], models.Q]]:
    """The other fields, and the condition, of each unique key that the foreign key is part of."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            names = [name for name in constraint.fields if name not in ("tenant", field.name)]
            yield names, constraint.condition or models.Q()
    if field.unique:
        yield [], models.Q()
