"""What a client fills in of an order's checklist: read like a cell of an order file, stored once, and looked at again.

In the caller's scope. Text is data: it fills the fields that were asked for, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agent import limits
from agent.events import NewEvent, emit_events
from agent.models import Tenant, Window
from agent.registry import Ref
from agent.tenancy import scoped_tenant_id
from orders.addresses import property_key
from orders.checklists import ASKED_CODES, ITEMS, AskedField, Missing, fields_of, find_items
from orders.intake import FileLine, NameBook, parse_line
from orders.loading import load_desk, load_facts, read_records
from orders.models import Checklist, ChecklistOutcome, JobReason, Order, Product
from orders.rules import RULES, judge_order
from orders.services.checklists import close_checklist, key_of_mail, take_back_mails
from orders.services.pauses import resume_answered
from orders.services.queue import enqueue_orders
from orders.states import FINISHED_STAGES

TRIES_PER_HOUR = 30
LONGEST_TEXT = 2_000
_ASKED_RULES = tuple(rule for rule in RULES if rule.code in ASKED_CODES)
_ADDRESS_COLUMNS = frozenset({"street", "unit", "zip"})


class NothingToAnswer(LookupError):
    """Nothing of the checklist is asked for any more; the message says why, for the client."""


class TooManyTries(RuntimeError):
    """The checklist was filled in more often than anybody needs to."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is still to be filled in of a checklist, and what stands there now."""

    checklist: Checklist
    order: Order
    items: tuple[str, ...]
    """What is still missing of it, by name."""
    products: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> list[AskedField]:
        """The fields of the form."""
        return fields_of(self.items)

    @property
    def to_send(self) -> list[str]:
        """What only a file can answer, in the words of the mail."""
        return [ITEMS[name].words for name in self.items if not ITEMS[name].fields]

    def choices_of(self, field: AskedField) -> tuple[tuple[str, str], ...]:
        """The values that a field may have, with their words; none for a field of text."""
        return self.products if field.name == "product" else field.choices

    def value_of(self, field: AskedField) -> str:
        """What the order says now, as it would be typed."""
        return stated(self.order, field.name)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What became of one filled-in form."""

    stored: tuple[tuple[str, str], ...] = ()
    """Label and value of what was stored."""
    problems: Mapping[str, str] | None = None
    """What is wrong with an answer, by field; then nothing was stored."""


def stated(order: Order, name: str) -> str:
    """A field of the order as a client would type it; empty when nobody has told it."""
    value = getattr(order, name)
    if name == "product":
        return value.code if value is not None else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")


def read_asked(*, checklist_id: int, now: datetime) -> Asked:
    """What a checklist still asks for, judged by the order as it stands. Raises `NothingToAnswer`, `LookupError`."""
    checklist = Checklist.objects.select_related("order__ordered_by", "order__product").get(pk=checklist_id)
    order = checklist.order
    if order.stage in FINISHED_STAGES:
        raise NothingToAnswer(f"Order {order} is not worked on any more, so nothing is needed for it.")
    missing = read_missing(order, now=now)
    items = tuple(name for name in missing.items if name in checklist.items)
    if not items:
        raise NothingToAnswer(f"Everything we asked for about order {order} has been answered. Thank you.")
    return Asked(checklist=checklist, order=order, items=items, products=_products(items))


def _products(items: Iterable[str]) -> tuple[tuple[str, str], ...]:
    if "product" not in items:
        return ()
    return tuple(Product.objects.filter(is_active=True).order_by("name").values_list("code", "name"))


def read_missing(order: Order, *, now: datetime) -> Missing:
    """What an order lacks now, whatever its last look found; writes nothing. Raises `DeskNotSetUp`."""
    (facts,) = load_facts(read_records([order.pk]), desk=load_desk(now=now))
    return find_items(judge_order(facts, rules=_ASKED_RULES))


def fill_in(*, asked: Asked, answers: Mapping[str, str], actor: str, now: datetime) -> Filled:
    """Store what a client filled in, all of it or, where one answer cannot be right, none of it.

    The order goes into the queue again; once nothing that blocks is missing it is taken off its hold. Filling in the
    same twice changes nothing. Raises `TooManyTries`.
    """
    _count_try(asked.checklist, now)
    # Always the order before its checklist, so that two who want both wait for each other and never for ever.
    order = (
        Order.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product")
        .get(pk=asked.order.pk)
    )
    given = _given(asked, order, answers)
    values, problems = _read(asked, given, now)
    if problems:
        return Filled(problems=problems)
    if given:
        checklist = Checklist.objects.select_for_update().get(pk=asked.checklist.pk)
        _store(checklist, order, given, values, actor, now)
    stored = [(field.label, _shown(asked, field, given)) for field in asked.fields if field.name in given]
    return Filled(stored=tuple(stored))


def _count_try(checklist: Checklist, now: datetime) -> None:
    cap = limits.Cap(f"answers:{checklist.pk}", Window.HOUR, TRIES_PER_HOUR)
    (refused_until,) = limits.reserve([[cap]], now=now)
    if refused_until is not None:
        raise TooManyTries("This page was used very often within the hour. Please try again in an hour.")


def _given(asked: Asked, order: Order, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that say something new, by field; lines are kept only where several make sense."""
    given = {}
    for field in asked.fields:
        text = answers.get(field.name, "")
        text = text.strip() if field.kind == "long" else " ".join(text.split())
        if text and text != stated(order, field.name):
            given[field.name] = text
    return given


def _read(asked: Asked, given: Mapping[str, str], now: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns that the answers give, read as from an order file, and what is wrong with an answer by field."""
    problems = {
        field.name: problem
        for field in asked.fields
        if field.name in given and (problem := _problem(asked, field, given[field.name]))
    }
    products = Product.objects.filter(is_active=True).values_list("code", "pk") if "product" in given else ()
    names = NameBook(
        clients={"client": asked.order.ordered_by_id},
        vendors={},
        products={code.casefold(): (code, pk) for code, pk in products},
        add_ons={},
    )
    cells = {"order_number": asked.order.order_number, "client": "client", **given}
    zone = Tenant.objects.get(pk=scoped_tenant_id()).zone
    parsed, errors = parse_line(FileLine(line=1, cells=cells), names=names, now=now, zone=zone)
    for error in errors:
        problems.setdefault(error.column, f"This {error.message.removeprefix(error.column).strip()}")
    if parsed is None or problems:
        return {}, problems
    columns = {"product_id", "product_text"} if "product" in given else set()
    return {name: parsed.values[name] for name in (given.keys() - {"product"}) | columns}, {}


def _problem(asked: Asked, field: AskedField, text: str) -> str:
    choices = asked.choices_of(field)
    if choices and text not in {value for value, _ in choices}:
        return "Please choose one of the list."
    if len(text) > LONGEST_TEXT:
        return f"This has {len(text)} characters, and may have {LONGEST_TEXT}."
    return field.problem(text)


def _shown(asked: Asked, field: AskedField, given: Mapping[str, str]) -> str:
    return dict(asked.choices_of(field)).get(given[field.name], given[field.name])


def _store(
    checklist: Checklist,
    order: Order,
    given: Mapping[str, str],
    values: Mapping[str, Any],
    actor: str,
    now: datetime,
) -> None:
    before = {name: stated(order, name) for name in given}
    for name, value in values.items():
        setattr(order, name, value)
    columns = [*values]
    if _ADDRESS_COLUMNS & set(given):
        order.property_key = property_key(street=order.street, unit=order.unit, zip_code=order.zip)
        columns.append("property_key")
    order.save(update_fields=columns)
    _note_answer(checklist, order, before, given, actor, now)
    enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)
    _settle(checklist, read_missing(order, now=now), now)


def _note_answer(
    checklist: Checklist,
    order: Order,
    before: Mapping[str, str],
    given: Mapping[str, str],
    actor: str,
    now: datetime,
) -> None:
    """Who filled in what stays with the checklist; the event names the fields alone."""
    changes = [{"field": name, "before": before[name], "after": given[name]} for name in sorted(given)]
    checklist.answers = [*checklist.answers, {"at": now.isoformat(), "by": actor, "changes": changes}]
    checklist.save(update_fields=["answers"])
    subject = Ref(kind="order", id=str(order.pk), label=order.order_number)
    data = {"checklist": checklist.pk, "fields": sorted(given), "by": actor}
    emit_events([NewEvent(kind="order.answered", subject=subject, data=data)], now=now)


def _settle(checklist: Checklist, missing: Missing, now: datetime) -> None:
    """Ask for the rest only, and take the order up again when nothing that blocks it is left."""
    left = [name for name in missing.items if name in checklist.items]
    if checklist.closed_at is None and left != checklist.items:
        take_back_mails([key_of_mail(checklist)], now=now)
        checklist.items = left or checklist.items
        checklist.is_blocking = bool(missing.blocking & set(left))
        if not left:
            close_checklist(checklist, ChecklistOutcome.ANSWERED, now)
        checklist.save(update_fields=["items", "is_blocking", "next_mail_at", "closed_at", "outcome"])
    if not missing.blocking:
        resume_answered(order_ids=[checklist.order_id], now=now)
