"""What clients are asked about their orders: which items, what became of the mails, and what was filled in.

All in the caller's scope. Which items an order lacks is said in `orders.checklists`; the mails are proposed in
`orders.client_mail`, the page that is filled in is `orders.views`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent.calendars import BusinessCalendar
from agent.models import Card, Event
from agent.services import cancel_cards
from engagement.mail.links import LINKED, SENT
from engagement.mail.models import Direction, LinkBasis, Message, SenderStanding, Tier
from orders.checklists import ASKED_CODES, UNDECIDED_CODES, Missing, find_items
from orders.models import Checklist, ChecklistOutcome, Order, OrderException
from orders.models.checklists import ChecklistQuerySet
from orders.services.pauses import pause_for_answers, resume_answered
from orders.states import INTAKE_STAGES, Severity

ACTOR = "orders"
# What happened to an order and leaves what it lacks as it was.
_WITHOUT_REVIEW = frozenset({"order.received", "order.answered"})
# An order that is older when it is first looked at is no news to its client.
NEWS = timedelta(days=3)
REMINDERS = 2
REMINDER_AFTER_DAYS = 2


@dataclass(slots=True)
class _Review:
    """What a review of several orders comes to, to be written together."""

    new: list[Checklist] = field(default_factory=list)
    changed: list[Checklist] = field(default_factory=list)
    stale_keys: list[str] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)


def review_checklists(*, events: Iterable[Event], now: datetime) -> None:
    """Bring the checklists of orders in line with what their last look found. A fixed number of statements.

    Doing it twice changes nothing. An order that the desk must decide about first, or that is past intake, is asked
    for nothing.
    """
    ids = {int(event.subject_id) for event in events if _may_change_what_it_lacks(event)}
    if not ids:
        return
    orders = list(Order.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True))
    found = _open_exceptions(orders)
    known = _checklists(orders)
    review = _Review()
    for order in orders:
        _review_order(order, found[order.pk], known[order.pk], review, now)
    _write(review, now)


def _may_change_what_it_lacks(event: Event) -> bool:
    return (
        event.subject_kind == "order"
        and event.kind.startswith("order.")
        and event.kind not in _WITHOUT_REVIEW
    )


def _open_exceptions(orders: Sequence[Order]) -> dict[int, list[OrderException]]:
    found: dict[int, list[OrderException]] = defaultdict(list)
    # What a person has overridden keeps nothing waiting any more.
    standing = OrderException.objects.open().filter(override__isnull=True)
    rows = standing.filter(order__in=orders, code__in=ASKED_CODES | UNDECIDED_CODES)
    for row in rows.order_by("id"):
        found[row.order_id].append(row)
    return found


def _checklists(orders: Sequence[Order]) -> dict[int, list[Checklist]]:
    known: dict[int, list[Checklist]] = defaultdict(list)
    for row in Checklist.objects.filter(order__in=orders).order_by("id"):
        known[row.order_id].append(row)
    return known


def _review_order(
    order: Order, found: Sequence[OrderException], known: Sequence[Checklist], review: _Review, now: datetime
) -> None:
    current = next((row for row in known if row.closed_at is None), None)
    if not is_in_intake(order):
        if current is not None:
            _close(current, ChecklistOutcome.OVER, review, now)
        return
    if any(_is_newer_than_the_look(row, order) for row in known):
        # What was filled in since is not in what that look found; the next look will say.
        return
    must_decide = any(row.code in UNDECIDED_CODES and row.severity == Severity.BLOCKING for row in found)
    missing = Missing(items=(), blocking=frozenset()) if must_decide else find_items(found)
    if not missing.blocking and not must_decide:
        review.answered.append(order.pk)
    if current is not None and current.items != list(missing.items):
        if _narrow(current, missing, review):
            return
        outcome = ChecklistOutcome.CHANGED if missing.items else ChecklistOutcome.ANSWERED
        _close(current, outcome, review, now)
        current = None
    confirms = not known and not must_decide and _is_news(order, now)
    if current is None and (missing.items or confirms):
        review.new.append(_open(order, missing, confirms, now))


def is_in_intake(order: Order) -> bool:
    """Whether its work has not been agreed yet, also while it is on hold."""
    return (order.held_from_stage or order.stage) in INTAKE_STAGES


def _is_newer_than_the_look(row: Checklist, order: Order) -> bool:
    last = row.answers[-1]["at"] if row.answers else ""
    return bool(last) and (order.validated_at is None or order.validated_at < datetime.fromisoformat(last))


def _is_news(order: Order, now: datetime) -> bool:
    """Whether its client waits for our word; a portal tells its own users what it has passed on."""
    return order.created_at > now - NEWS and not order.portal_order_id


def _narrow(current: Checklist, missing: Missing, review: _Review) -> bool:
    """Go on with the same checklist where only some of its items are left, or where no mail of it has left yet."""
    is_part = bool(missing.items) and set(missing.items) < set(current.items)
    if not is_part and (current.mails_sent or not (missing.items or current.confirms_order)):
        return False
    review.stale_keys.append(key_of_mail(current))
    current.items, current.is_blocking = list(missing.items), bool(missing.blocking)
    review.changed.append(current)
    return True


def _close(current: Checklist, outcome: ChecklistOutcome, review: _Review, now: datetime) -> None:
    review.stale_keys.append(key_of_mail(current))
    close_checklist(current, outcome, now)
    review.changed.append(current)


def close_checklist(row: Checklist, outcome: ChecklistOutcome, now: datetime) -> None:
    """Ask for nothing of it any more; not yet stored."""
    row.closed_at, row.outcome, row.next_mail_at = now, outcome, None


def _open(order: Order, missing: Missing, confirms: bool, now: datetime) -> Checklist:
    return Checklist(
        order=order,
        items=list(missing.items),
        is_blocking=bool(missing.blocking),
        confirms_order=confirms,
        opened_at=now,
        next_mail_at=now,
    )


def key_of_mail(row: Checklist) -> str:
    """The occasion of its next mail: this checklist, how many were sent, and what it asks for."""
    return f"checklist:{row.pk}:{row.mails_sent}:{'+'.join(row.items)}"[:200]


def _write(review: _Review, now: datetime) -> None:
    columns = ["items", "is_blocking", "next_mail_at", "closed_at", "outcome"]
    # Before the new ones: of an order at most one is open.
    Checklist.objects.bulk_update(review.changed, columns)
    Checklist.objects.bulk_create(review.new)
    take_back_mails(review.stale_keys, now=now)
    resume_answered(order_ids=review.answered, now=now)


def take_back_mails(keys: Collection[str], *, now: datetime) -> None:
    """Cancel the mails of these occasions that have not left."""
    if keys:
        waiting = Card.objects.filter(dedupe_key__in=keys)
        cancel_cards(waiting, actor=ACTOR, reason="What the order lacks has changed since.", now=now)


# What became of the mails


def record_mails(events: Iterable[Event], *, calendar: BusinessCalendar, now: datetime) -> None:
    """Note the checklists' mails that left, when a reminder is due, and put on hold what waits for the answer.

    Doing it twice changes nothing. A fixed number of statements.
    """
    sent = {event.data["card_id"]: event for event in events if event.kind == SENT and _is_about_order(event)}
    if not sent:
        return
    cards = Card.objects.filter(pk__in=sent, payload__has_key="checklist")
    asked = {card.payload["checklist"]: card for card in cards}
    rows = _lock(Checklist.objects.filter(pk__in=asked))
    noted = []
    for row in rows:
        card = asked[row.pk]
        if row.mails_sent == card.payload["number"]:
            _note_mail(row, sent[card.pk], calendar)
            noted.append(row)
    Checklist.objects.bulk_update(
        noted, ["mails_sent", "last_mail_at", "last_message_id", "next_mail_at", "closed_at", "outcome"]
    )
    pause_for_answers(checklists=[row for row in noted if row.closed_at is None], now=now)


def _lock(checklists: ChecklistQuerySet) -> list[Checklist]:
    """The checklists, locked after their orders: in that order everybody takes them."""
    orders = Order.objects.filter(pk__in=checklists.values("order_id"))
    list(orders.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return list(checklists.order_by("pk").select_for_update())


def _is_about_order(event: Event) -> bool:
    return event.data.get("subject_kind") == "order"


def _note_mail(row: Checklist, event: Event, calendar: BusinessCalendar) -> None:
    row.mails_sent += 1
    row.last_mail_at, row.last_message_id = event.occurred_at, event.data["message_id"]
    row.next_mail_at = None
    if row.closed_at is not None:
        return
    if not row.items:
        close_checklist(row, ChecklistOutcome.TOLD, event.occurred_at)
    elif row.is_blocking and row.mails_sent <= REMINDERS:
        row.next_mail_at = reminder_time(event.occurred_at, calendar)


def reminder_time(sent_at: datetime, calendar: BusinessCalendar) -> datetime:
    """When the desk opens two business days after a mail."""
    day = calendar.add_business_days(calendar.local_date(sent_at), REMINDER_AFTER_DAYS)
    window = calendar.window_of(day)
    return window[0] if window else sent_at + timedelta(days=REMINDER_AFTER_DAYS)


def stop_reminders(events: Iterable[Event], *, now: datetime) -> None:
    """Remind nobody who has written about the order since. Few statements; twice changes nothing."""
    linked: dict[int, set[int]] = defaultdict(set)
    for event in events:
        if event.kind == LINKED and event.subject_kind == "order" and event.data["basis"] != LinkBasis.OURS:
            linked[event.data["message"]].add(int(event.subject_id))
    if not linked:
        return
    wrote: dict[int, datetime] = {}
    theirs = Message.objects.filter(
        pk__in=linked, direction=Direction.IN, tier=Tier.HUMAN, standing=SenderStanding.CONTACT
    )
    for pk, sent_at in theirs.values_list("pk", "sent_at"):
        for order_id in linked[pk]:
            wrote[order_id] = max(sent_at, wrote.get(order_id, sent_at))
    rows = [
        row
        for row in _lock(Checklist.objects.open().filter(order__in=wrote, last_mail_at__isnull=False))
        if row.last_mail_at is not None and row.last_mail_at <= wrote[row.order_id]
    ]
    take_back_mails([key_of_mail(row) for row in rows if row.next_mail_at], now=now)
    for row in rows:
        row.next_mail_at, row.replied_at = None, wrote[row.order_id]
    Checklist.objects.bulk_update(rows, ["next_mail_at", "replied_at"])
