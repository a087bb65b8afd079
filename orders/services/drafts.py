"""New orders out of mail: one draft a message, put into the queue like any other order. In the caller's scope.

What a mail says of an order is read in `orders.from_mail`; a draft differs from an imported order in nothing but its
number and the mail it names. An order that the desk has already is linked, never entered a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from agent.models import Event, Tenant
from agent.registry import Ref
from agent.tenancy import scoped_tenant_id
from engagement.mail.links import Mail, NewLink, link_messages, linked_rows, received_mails
from engagement.mail.models import Attachment, Category, LinkBasis, Message, SenderStanding, Tier
from engagement.mail.routing import UNTRUSTED_FLAGS
from orders.addresses import property_key
from orders.from_mail import OrderMail, ProductName, read_order
from orders.intake import REQUIRED_COLUMNS, FileLine, NameBook, ParsedOrder, parse_line
from orders.models import Order, Product
from orders.services.intake import load_names, store_orders
from orders.states import FINISHED_STAGES

ACTOR = "orders"
KIND = "order"
# A cell that cannot be read is left out, and reading the rest again may find another.
_TRIES = 3
_FORWARDS = re.compile(r"\s*(?:fwd?|wg|tr|rv|doorst)\s*:", re.I)
_ORIGINAL = re.compile(
    r"^[ \t>]*(?:-{2,}[ \t]*(?:original|forwarded) message[ \t-]*|begin forwarded message:|(?=from:[ \t]))",
    re.I | re.M,
)
_HEAD_LINE = re.compile(r"^[ \t>*]*(?:from|sent|to|cc|bcc|subject|date|reply-to)\*?:.*$", re.I | re.M)
_LEGAL_FORM = re.compile(r"\b(?:inc|incorporated|llc|corp|corporation|company|co|ltd|na|nmls.*)\b")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One order as a mail gives it."""

    message: Message
    parsed: ParsedOrder

    def as_order(self) -> Order:
        """The order it would be, not stored."""
        values = self.parsed.values
        key = property_key(street=values["street"], unit=values["unit"], zip_code=values["zip"])
        return Order(**values, property_key=key)


def draft_orders(events: Iterable[Event], *, now: datetime) -> list[Order]:
    """Make an order of each mail that brings a new one; returns the new ones. A fixed number of statements.

    Only a contact's mail, or a portal's that names one of our clients, becomes an order; none that may be anybody's.
    Doing it twice changes nothing: a message has one order at most.
    """
    mails = {mail.pk: mail for mail in received_mails(events) if _may_order(mail)}
    messages = _read_messages(mails) if mails else []
    if not messages:
        return []
    names = load_names()
    drafts = _read_all(messages, names, now)
    new, again = _sort_out(drafts)
    orders = store_orders(
        [draft.parsed for draft in new],
        names=names,
        now=now,
        actor=ACTOR,
        reason="Taken from a mail.",
        message_ids=[draft.message.pk for draft in new],
    )
    made = {draft.message.pk: _ref(order) for draft, order in zip(new, orders, strict=True)}
    links = [_link(pk, target, LinkBasis.SOURCE) for pk, target in made.items()]
    links += [_link(pk, made.get(same, same), LinkBasis.AGAIN) for pk, same in again]
    link_messages(links, now=now)
    return orders


def _link(message_id: int, target: Ref, basis: LinkBasis) -> NewLink:
    return NewLink(message_id=message_id, target=target, basis=basis, category=Category.NEW_ORDER)


def _may_order(mail: Mail) -> bool:
    if mail.category != Category.NEW_ORDER:
        return False
    if mail.tier == Tier.AUTOMATED:
        return mail.standing != SenderStanding.OWN
    return mail.is_of_contact and mail.client_id is not None


def _read_messages(mails: Mapping[int, Mail]) -> list[Message]:
    """The messages that have no order yet and are nobody's forgery, with the names of their files. Two queries."""
    files = Prefetch("attachments", queryset=Attachment.objects.only("message_id", "filename").order_by("id"))
    rows = Message.objects.filter(pk__in=mails, orders__isnull=True).select_related("client")
    return [
        message
        for message in rows.defer("headers").prefetch_related(files).order_by("id")
        if not UNTRUSTED_FLAGS & set(message.reading.get("flags", ()))
    ]


def _read_all(messages: Iterable[Message], names: NameBook, now: datetime) -> list[Draft]:
    zone = Tenant.objects.get(pk=scoped_tenant_id()).zone
    rows = Product.objects.filter(is_active=True).values("code", "name", "legacy_form")
    products = [ProductName(**row) for row in rows]
    drafts = []
    for message in messages:
        cells = read_order(_order_mail(message, zone), products=products)
        cells["client"] = _known_client(cells.get("client", ""), names)
        parsed = _parse(cells, names, now, zone)
        if parsed is not None:
            drafts.append(Draft(message=message, parsed=parsed))
    return drafts


def _parse(cells: Mapping[str, str], names: NameBook, now: datetime, zone: ZoneInfo) -> ParsedOrder | None:
    """The cells as an order; None where nobody knows whose it is. What cannot be entered as it stands stays unknown."""
    for _ in range(_TRIES):
        parsed, errors = parse_line(FileLine(line=1, cells=cells), names=names, now=now, zone=zone)
        if parsed is not None:
            return parsed
        wrong = {error.column for error in errors}
        if wrong & set(REQUIRED_COLUMNS):
            break
        cells = {column: value for column, value in cells.items() if column not in wrong}
    return None


def _order_mail(message: Message, zone: ZoneInfo) -> OrderMail:
    reading = message.reading
    references = [(one["type"], one["ref"]) for one in reading.get("references", ())]
    return OrderMail(
        order_number=number_of(message.pk),
        subject=message.subject,
        text=message.newest_text,
        forwarded=_forwarded(message),
        signature=(reading.get("signature") or {}).get("text") or "",
        attachments=tuple(file.filename for file in message.attachments.all()),
        sent_at=message.sent_at.astimezone(zone),
        client=message.client.reference if message.client else "",
        is_portal=message.tier == Tier.AUTOMATED,
        loan_numbers=tuple(ref for kind, ref in references if kind == "loan"),
        portal_numbers=tuple(ref for kind, ref in references if kind == "portal"),
    )


def number_of(message_id: int) -> str:
    """The number of the order made from a message: always the same, and in the shape in which mail names numbers."""
    return f"MAIL-{message_id:06d}"


def _forwarded(message: Message) -> str:
    """What the sender passed on below their own words, without the head of the original."""
    if not _FORWARDS.match(message.subject):
        return ""
    mark = _ORIGINAL.search(message.body_text)
    return _HEAD_LINE.sub("", message.body_text[mark.end() :]) if mark else ""


def _known_client(text: str, names: NameBook) -> str:
    """The client as the desk writes it, where the mail's spelling means exactly one."""
    if not text or text.casefold() in names.clients:
        return text
    plain = _plain_name(text)
    found = [name for name in names.clients if plain and _plain_name(name) == plain]
    return found[0] if len(found) == 1 else text


def _plain_name(text: str) -> str:
    return " ".join(_LEGAL_FORM.sub(" ", re.sub(r"[^\w\s&]", "", text.casefold())).split())


def _sort_out(drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[int, Ref | int]]]:
    """The drafts that are new to the desk; and the messages that bring an order again, each with that order, or with
    the message of this page that brought it first. Two queries."""
    known = {order: _ref(order) for order in _candidates(drafts)} if drafts else {}
    about = linked_rows(kind=KIND, thread_ids={draft.message.thread_id for draft in drafts}) if drafts else {}
    new: list[Draft] = []
    again: list[tuple[int, Ref | int]] = []
    earlier: list[tuple[Order, Ref | int]] = list(known.items())
    for draft in drafts:
        order = draft.as_order()
        same = next((name for other, name in earlier if _is_same(order, other)), None)
        thread = about.get(draft.message.thread_id, [])
        if same is None and len(thread) == 1 and _says_nothing(order, draft.message):
            same = thread[0].target
        if same is not None:
            again.append((draft.message.pk, same))
            continue
        new.append(draft)
        earlier.append((order, draft.message.pk))
    return new, again


def _candidates(drafts: Sequence[Draft]) -> QuerySet[Order]:
    """Orders of the desk that one of the drafts may be, the newest first."""
    orders = [draft.as_order() for draft in drafts]
    of_client = Q(ordered_by__in={order.ordered_by_id for order in orders}) & (
        Q(property_key__in={order.property_key for order in orders} - {""})
        | Q(loan_number__in={order.loan_number for order in orders} - {""})
    )
    of_portal = Q(portal_order_id__in={order.portal_order_id for order in orders} - {""})
    of_us = Q(order_number__in=[order.order_number for order in orders])
    return Order.objects.filter(of_client | of_portal | of_us).order_by("-id")


def _is_same(order: Order, other: Order) -> bool:
    """Whether two orders are one: the same number of ours or of the portal's, or the client's same property or loan.

    Another product at a property is another order, and so is one at a property where the last is delivered.
    """
    if order.order_number == other.order_number:
        return True
    if order.portal_order_id and order.portal_order_id == other.portal_order_id:
        return True
    if order.ordered_by_id != other.ordered_by_id or other.stage in FINISHED_STAGES:
        return False
    if None not in (order.product_id, other.product_id) and order.product_id != other.product_id:
        return False
    if order.property_key and other.property_key:
        return order.property_key == other.property_key
    return bool(order.loan_number) and order.loan_number == other.loan_number


def _says_nothing(order: Order, message: Message) -> bool:
    """Whether an answer in a conversation brings nothing by which another order could be meant."""
    return not (order.street or order.loan_number or order.portal_order_id or message.attachments.all())


def _ref(order: Order) -> Ref:
    return Ref(kind=KIND, id=str(order.pk), label=order.order_number)
