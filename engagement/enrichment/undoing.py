"""Taking a merge of contacts back: every row as it was, or a sentence why not. Inside a tenant scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from agent.events import emit_events
from agent.models import Card, Task
from engagement.enrichment.merge_plans import MergeRefused, columns_of, refuse_under_way
from engagement.enrichment.merging import merge_event
from engagement.enrichment.models import ContactMerge
from engagement.enrichment.references import Reference, from_journal
from engagement.mail.recipients import lock_recipients
from engagement.mail.storing import lock_store
from engagement.models import (
    Contact,
    ContactAddress,
    ContactAffiliation,
    ContactDetail,
    DetailState,
    EngagementClock,
)


def undo_merge(*, merge: ContactMerge, actor: str, reason: str, now: datetime) -> ContactMerge:
    """Make two contacts of one again, as they were before this merge.

    Raises `MergeRefused` when something has changed since that makes it unsafe: contact with the person, a moved row,
    a field that the merge filled, a later merge. Check-ins that the merge cancelled are proposed anew when due.
    """
    reason = reason.strip()
    if not reason:
        raise MergeRefused("Say why the two are not the same person, for whoever asks later.")
    # Mail that is being stored names the contacts it has looked up; claims, those they have judged.
    lock_store()
    lock_recipients([str(merge.keep_id), str(merge.other_id)])
    merge = ContactMerge.objects.select_for_update().get(pk=merge.pk)
    contacts = Contact.objects.filter(pk__in=[merge.keep_id, merge.other_id])
    people = {contact.pk: contact for contact in contacts.select_for_update().order_by("pk")}
    keep, other = people[merge.keep_id], people[merge.other_id]
    references = from_journal(merge.journal["moved"])
    _refuse_drift(merge, keep, references)
    _restore(merge, keep, other, references)
    merge.undone_at, merge.undone_by, merge.undo_reason = now, actor, reason[:500]
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    emit_events([merge_event("contact.merge_undone", merge)], now=now)
    return merge


def _refuse_drift(merge: ContactMerge, keep: Contact, references: Sequence[Reference]) -> None:
    """Refuse when the world is not as the merge left it, as far as an undoing would touch it."""
    if merge.undone_at is not None:
        raise MergeRefused(f"This merge has been undone already, by {merge.undone_by}.")
    later = ContactMerge.objects.standing().filter(pk__gt=merge.pk)
    newest = (later.filter(keep_id=keep.pk) | later.filter(other_id=keep.pk)).first()
    if newest is not None:
        raise MergeRefused(f"{keep} has been merged again since. Undo that first: {newest}.")
    refuse_under_way([keep.pk])
    _refuse_changed_fields(merge, keep)
    _refuse_moved_mark(merge)
    _refuse_new_contact(merge, keep)
    for reference in references:
        if reference.still_pointing_to(keep.pk) != len(reference.moving):
            raise MergeRefused(
                f"Some {reference.label} that came with {merge.other} have been moved or deleted since."
            )
    for name, model in (("cards", Card), ("tasks", Task)):
        moved = merge.journal[name]
        if moved and model.objects.filter(pk__in=moved, contact_id=keep.pk).count() != len(moved):
            raise MergeRefused(f"Some {name} that came with {merge.other} name somebody else by now.")


def _refuse_changed_fields(merge: ContactMerge, keep: Contact) -> None:
    for name, (_, after) in merge.journal["keep"].items():
        if columns_of(keep, [name])[name] != after:
            label = Contact._meta.get_field(name.removesuffix("_id")).verbose_name
            raise MergeRefused(f"The {label} of {keep} has been changed since: undoing would lose that.")
    pairs = merge.journal["details"]
    known = ContactDetail.objects.current().filter(contact_id=keep.pk, field__in=pairs)
    current = dict(known.values_list("field", "pk"))
    waiting = ContactDetail.objects.proposed().filter(
        pk__in=merge.journal["moved"].get("engagement.ContactDetail.contact_id", [])
    )
    if waiting.count() != merge.journal["proposed"] or any(
        current.get(field) != pair[1] for field, pair in pairs.items()
    ):
        raise MergeRefused(f"Values that came with {merge.other} have been decided on since.")


def _refuse_moved_mark(merge: ContactMerge) -> None:
    """An address that came with the merge and is written to now would leave the other without one."""
    moved = merge.journal["moved"].get("engagement.ContactAddress.contact_id", [])
    if merge.journal["primary"] and ContactAddress.objects.filter(pk__in=moved, is_primary=True).exists():
        raise MergeRefused(
            f"{merge.keep} is written to at an address that came with {merge.other}. Mark another as primary first."
        )


def _refuse_new_contact(merge: ContactMerge, keep: Contact) -> None:
    """Contact since the merge was with one of the two, and the clock cannot tell with whom."""
    after = merge.journal["clocks"].get("after")
    clock = EngagementClock.objects.select_for_update().filter(contact_id=keep.pk).first()
    if after is None or clock is None:
        return
    names = ["started_at", "last_touch_at"]
    if columns_of(clock, names) != {name: after[name] for name in names}:
        raise MergeRefused(
            f"There has been contact with {keep} since the merge, and nobody can tell with which of the two. "
            "Add the other contact again, and move the address there by hand."
        )


def _restore(merge: ContactMerge, keep: Contact, other: Contact, references: Sequence[Reference]) -> None:
    """Everything back to where the journal says it was."""
    journal = merge.journal
    for reference in references:
        reference.point_to(other.pk)
    Card.objects.filter(pk__in=journal["cards"]).update(contact_id=other.pk)
    Task.objects.filter(pk__in=journal["tasks"]).update(contact_id=other.pk)
    ContactAddress.objects.filter(pk=journal["primary"]).update(is_primary=True)
    ContactAffiliation.objects.filter(pk=journal["affiliation"]).delete()
    was = [pair[0] for pair in journal["details"].values() if pair[0] is not None]
    ContactDetail.objects.filter(pk__in=was).update(state=DetailState.CURRENT)
    _restore_clocks(journal["clocks"], keep)
    _set_columns(keep, {name: before for name, (before, _) in journal["keep"].items()})
    _set_columns(other, {**journal["other"], "merged_into_id": None})


def _restore_clocks(journal: dict[str, Any], keep: Contact) -> None:
    """Both clocks as they were, by the limit that is in force now."""
    if not journal:
        return
    mine = EngagementClock.objects.get(contact_id=keep.pk)
    limit = mine.next_touch_due_at - mine.runs_since
    theirs = EngagementClock(**_read_columns(EngagementClock, journal["other"]))
    for name, value in _read_columns(EngagementClock, journal["keep"]).items():
        setattr(mine, name, value)
    for clock in (mine, theirs):
        if mine.limit_days != journal["limit_days"]:
            clock.limit_days = mine.limit_days
            clock.next_touch_due_at = clock.runs_since + limit
    mine.save(update_fields=[*journal["keep"]])
    theirs.save(force_insert=True)


def _set_columns(row: Contact, journal: dict[str, Any]) -> None:
    if journal:
        for name, value in _read_columns(Contact, journal).items():
            setattr(row, name, value)
        row.save(update_fields=[name.removesuffix("_id") for name in journal])


def _read_columns(model: Any, journal: dict[str, Any]) -> dict[str, Any]:
    """A journal's columns as the model holds them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in journal.items()}
