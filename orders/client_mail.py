"""The mails in which clients are told that their order came in and asked for what it lacks: one proposal each.

Reads only. What is due lives in `orders.models.Checklist`; the card that is proposed is mail's (`send_email`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from agent.models import Card
from agent.registry import Cycle, Evidence, Left, Plan, Proposal, Ref
from agent.states import KEY_FREEING_STATES, CardState, SendMode
from engagement.mail.models import Stream
from engagement.models import ContactAddress
from engagement.rules import ROLE_WEIGHT, contact_ref
from orders.answer_links import LIFETIME, link_of_checklist
from orders.checklists import ITEMS
from orders.models import Checklist, Order, OrderException
from orders.models.queue import OrderExceptionQuerySet
from orders.services.checklists import key_of_mail

SEND_EMAIL = "send_email"
# Mails proposed in one cycle; more wait for the next.
PLAN_LIMIT = 200
# Exceptions that are looked for in one cycle, those that were found last.
READ_LIMIT = 2_000
# Behind an answer to somebody's request, before any message that nobody waits for.
PRIORITY = 80


@dataclass(frozen=True, kw_only=True)
class Correspondent:
    """Whom to write to about an order."""

    address: ContactAddress

    @property
    def ref(self) -> Ref:
        return contact_ref(self.address.contact)


def plan_checklists(cycle: Cycle) -> Plan:
    """One mail for each checklist of which one is due. Five statements, whatever their number."""
    related = ("order__ordered_by", "order__product", "order__source_message")
    due = list(Checklist.objects.due(cycle.now).select_related(*related)[:PLAN_LIMIT])
    if not due:
        return Plan()
    people = find_correspondents([row.order for row in due])
    known = occasions_taken((key_of_mail(row) for row in due), cycle)
    proposals, left_alone = [], []
    for row in due:
        person, card = people.get(row.order_id), known.get(key_of_mail(row))
        if card is not None:
            left_alone.append(
                Left(subject=order_ref(row.order), code="mail_known", reason=why_not_again(card))
            )
        elif person is None:
            left_alone.append(nobody_to_write_to(row.order))
        else:
            proposals.append(_proposal(row, person, cycle))
    return Plan(proposals=tuple(proposals), left_alone=tuple(left_alone))


def order_ref(order: Order) -> Ref:
    """The order as cards name it."""
    return Ref(kind="order", id=str(order.pk), label=order.order_number)


def nobody_to_write_to(order: Order) -> Left:
    """Why an order's client is told nothing."""
    reason = f"There is nobody at {order.ordered_by} to write to. Add a person with an e-mail address."
    return Left(subject=order_ref(order), code="nobody_to_write_to", reason=reason)


def find_correspondents(orders: Collection[Order]) -> dict[int, Correspondent]:
    """Whom to write to about each order: whoever sent it, else who usually orders at the client. One query.

    `orders` are loaded with their source message. Loan production comes last; a shared mailbox will do.
    """
    clients = {order.ordered_by_id for order in orders}
    senders = {order.source_message.contact_id for order in orders if order.source_message is not None}
    rows = ContactAddress.objects.filter(
        Q(contact__client__in=clients) | Q(contact__in=senders - {None}),
        is_primary=True,
        contact__is_active=True,
        contact__merged_into__isnull=True,
    ).select_related("contact__client")
    by_contact = {row.contact_id: row for row in rows}
    by_client: dict[int | None, list[ContactAddress]] = defaultdict(list)
    for row in by_contact.values():
        by_client[row.contact.client_id].append(row)
    found: dict[int, Correspondent] = {}
    for order in orders:
        sender = order.source_message.contact_id if order.source_message is not None else None
        usual = min(by_client.get(order.ordered_by_id, ()), key=_rank, default=None)
        address = by_contact.get(sender) or usual if sender is not None else usual
        if address is not None:
            found[order.pk] = Correspondent(address=address)
    return found


def _rank(row: ContactAddress) -> tuple[bool, int, int]:
    contact = row.contact
    return contact.restricted_party, -ROLE_WEIGHT.get(contact.role, 0), contact.pk


def occasions_taken(keys: Iterable[str], cycle: Cycle) -> dict[str, Card]:
    """The cards that hold these occasions, by key; rehearsals while nothing may leave, else real ones. One query."""
    freed = Q(state__in=KEY_FREEING_STATES) | Q(state=CardState.FAILED, effect_began=False)
    is_rehearsal = cycle.send_mode == SendMode.DRY_RUN
    cards = Card.objects.filter(dedupe_key__in=list(keys), is_rehearsal=is_rehearsal).exclude(freed)
    return {card.dedupe_key: card for card in cards}


def exceptions_by_order(rows: OrderExceptionQuerySet) -> dict[int, list[OrderException]]:
    """The exceptions among `rows` by order, in which one was opened last first. Two queries."""
    newest = rows.order_by("-opened_at", "-order_id").values_list("order_id", flat=True)[:READ_LIMIT]
    by_order: dict[int, list[OrderException]] = {order_id: [] for order_id in newest}
    related = (
        "order__ordered_by",
        "order__bill_to",
        "order__product",
        "order__vendor",
        "order__source_message",
    )
    for row in rows.filter(order__in=by_order).select_related(*related).order_by("code", "id"):
        by_order[row.order_id].append(row)
    # One that somebody resolved between the two queries is left out.
    return {order_id: found for order_id, found in by_order.items() if found}


def occasion_of(found: Sequence[OrderException]) -> str:
    """What is wrong and since when: the same that comes back later is another occasion."""
    codes = "+".join(row.code for row in found)
    return f"{codes}:{max(row.opened_at for row in found):%Y%m%dT%H%M%S}"


Wanted = TypeVar("Wanted")


def sort_out(
    occasions: Mapping[str, tuple[Order, Wanted]], cycle: Cycle
) -> tuple[list[tuple[str, tuple[Order, Wanted]]], tuple[Left, ...]]:
    """The first occasions that have no card yet, and why others get none; what has been sent is over. One query."""
    known = occasions_taken(occasions, cycle)
    new = [(key, wanted) for key, wanted in occasions.items() if key not in known]
    left_alone = tuple(
        Left(subject=order_ref(occasions[key][0]), code="mail_known", reason=why_not_again(card))
        for key, card in known.items()
        if card.state != CardState.DONE or card.is_rehearsal
    )
    return new[:PLAN_LIMIT], left_alone


def why_not_again(card: Card) -> str:
    """Why an occasion that has its card gets no second one, as an operator reads it."""
    because = f": {card.rule_reason}" if card.rule_reason else "."
    match CardState(card.state):
        case CardState.DONE if card.is_rehearsal:
            return "The mail has been rehearsed; nothing is sent while the send mode is dry run."
        case CardState.DONE:
            return "The mail has been sent; its record is read with the next events."
        case CardState.UNKNOWN:
            return "Nobody knows whether the mail was sent. A person must settle it."
        case state:
            return f"The mail is {state.label.lower()}{because}"


def _proposal(row: Checklist, person: Correspondent, cycle: Cycle) -> Proposal:
    order = row.order
    return Proposal(
        kind=SEND_EMAIL,
        subject=order_ref(order),
        contact=person.ref,
        payload={
            "template": _template(row),
            "variables": _variables(row, cycle),
            "to": person.address.email_normalised,
            "stream": Stream.TRANSACTIONAL.value,
            "in_reply_to": row.last_message_id,
            "checklist": row.pk,
            "number": row.mails_sent,
        },
        reason=_reason(row),
        evidence=(Evidence(type="order", id=order.order_number, quote="; ".join(_words(row))),),
        dedupe_key=key_of_mail(row),
        priority=PRIORITY,
    )


def _template(row: Checklist) -> str:
    if row.mails_sent:
        return "orders/reminder"
    return "orders/received" if row.confirms_order else "orders/checklist"


def _reason(row: Checklist) -> str:
    order, asked = row.order, _count(len(row.items))
    if row.mails_sent:
        since = f"{row.last_mail_at:%Y-%m-%d}" if row.last_mail_at else "before"
        return f"{order.ordered_by} has not answered about order {order}, asked on {since}: {asked} missing."
    if not row.items:
        return f"{order.ordered_by} waits to hear that order {order} was received."
    confirmed = " It also confirms the order." if row.confirms_order else ""
    return f"Order {order} of {order.ordered_by} lacks {asked} that the client can tell us.{confirmed}"


def _count(items: int) -> str:
    return "1 item" if items == 1 else f"{items} items"


def _words(row: Checklist) -> list[str]:
    return [ITEMS[name].words for name in row.items]


def _variables(row: Checklist, cycle: Cycle) -> Mapping[str, Any]:
    """What the templates say of the order. Nothing of the borrower: a mail is read by more people than a page."""
    order = row.order
    last_day = cycle.calendar.local_date(cycle.now) + LIFETIME
    link = link_of_checklist(tenant_id=cycle.tenant.pk, checklist_id=row.pk, last_day=last_day)
    return {
        "order_number": order.order_number,
        "their_number": order.client_file_number or order.loan_number,
        "property": describe_property(order),
        "product": order.product.name if order.product else order.product_text,
        "due": say_day(order.due_date),
        "missing": _words(row),
        "count": _count_of_things(row.items),
        "is_blocking": row.is_blocking,
        "link": link if any(ITEMS[name].fields for name in row.items) else "",
        "last_day": say_day(last_day),
    }


def _count_of_things(items: Sequence[str]) -> str:
    return "one thing" if len(items) == 1 else f"{len(items)} things"


def describe_property(order: Order) -> str:
    """The subject property in one line, as far as it is known."""
    place = ", ".join(part for part in (order.city.strip(), order.state.strip()) if part)
    street = f"{order.street} {order.unit}".strip()
    return ", ".join(part for part in (street, f"{place} {order.zip}".strip()) if part)


def say_day(day: date | None) -> str:
    """A day as a person writes it; empty for none."""
    return f"{day:%A}, {day:%B} {day.day}, {day.year}" if day else ""
