"""Making one contact of two, and showing first what would become of them. Inside a tenant scope.

The contact that is given up stays as a row that names its successor; what pointed to it points to the one that stays.
What changes is worked out in `engagement.enrichment.merge_plans`; taking it back is `engagement.enrichment.undoing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agent.events import NewEvent, emit_events
from agent.models import Task
from agent.registry import Ref
from agent.services import cancel_cards
from engagement.enrichment.joining import Difference, differences
from engagement.enrichment.merge_plans import MergePlan, MergeRefused
from engagement.enrichment.models import ContactMerge
from engagement.mail.recipients import lock_recipients
from engagement.mail.storing import lock_store
from engagement.models import Contact

__all__ = ["MergeRefused", "Preview", "merge_contacts", "merge_event", "preview_merge"]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a merge would do: how many rows move, what stays behind, and which values win."""

    keep: Contact
    other: Contact
    moves: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, int], ...]
    taken: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]
    cancelled: int
    further_client: str


def preview_merge(*, keep_id: int, other_id: int) -> Preview:
    """What making the two one would do; changes nothing. Raises `MergeRefused` where it cannot be done."""
    plan = MergePlan.read(keep_id, other_id)
    keep, other = plan.keep.contact, plan.other.contact
    cards, tasks = plan.cards().count(), Task.objects.filter(contact_id=other.pk).count()
    moves = [(reference.label, len(reference.moving)) for reference in plan.references]
    return Preview(
        keep=keep,
        other=other,
        moves=tuple((name, count) for name, count in [*moves, ("cards", cards), ("tasks", tasks)] if count),
        stays=tuple((one.label, len(one.staying)) for one in plan.references if one.staying),
        taken=tuple((field.label, plan.other.value(field)) for field in plan.taken),
        differences=tuple(differences(plan.keep, plan.other)),
        cancelled=plan.open_check_ins().count(),
        further_client=str(other.client) if plan.is_of_another_client else "",
    )


def merge_contacts(*, keep_id: int, other_id: int, actor: str, reason: str, now: datetime) -> ContactMerge:
    """Make `other` part of `keep`: one transaction, with a journal from which `undo_merge` restores every row.

    Addresses, messages, touches, suppressions, deals, quotes and whatever else points to `other` point to `keep`
    afterwards; a suppression of either then binds every address of both. Check-ins that wait for `other` are
    cancelled, and every other card is `keep`'s. Raises `MergeRefused`.
    """
    reason = reason.strip()
    if not reason:
        raise MergeRefused("Say why the two are the same person, for whoever asks later.")
    # Mail that is being stored names the contacts it has looked up; claims, those they have judged.
    lock_store()
    lock_recipients([str(keep_id), str(other_id)])
    plan = MergePlan.read(keep_id, other_id, is_locked=True)
    cancel_cards(
        plan.open_check_ins(), actor=actor, reason=f"{plan.other.contact} is {plan.keep.contact}.", now=now
    )
    merge = ContactMerge.objects.create(
        keep=plan.keep.contact,
        other=plan.other.contact,
        reason=reason[:500],
        journal=plan.carry_out(),
        merged_at=now,
        merged_by=actor,
    )
    emit_events([merge_event("contact.merged", merge)], now=now)
    return merge


def merge_event(kind: str, merge: ContactMerge) -> NewEvent:
    """What other engines are told of a merge or its undoing."""
    return NewEvent(
        kind=kind,
        subject=Ref(kind="contact", id=str(merge.keep_id), label=str(merge.keep)),
        data={"contact_id": merge.keep_id, "other_contact_id": merge.other_id, "merge_id": merge.pk},
    )
