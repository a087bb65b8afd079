"""One order's history in one list: moves, holds, exceptions, fixes, overrides, changes, answers, mails and cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.cards import kind_label
from agent.admin.display import NOTHING, badge, fold, link_to, sentence, stack, table
from agent.models import Card
from engagement.mail.models import MailLink
from orders.admin.exception_sections import describe_fix
from orders.checklists import FIELDS
from orders.models import Invoice, InvoiceState, Order, OrderOverrideChange
from orders.states import FixState, Severity, Stage

# Of each kind the newest so many are shown.
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened."""

    at: datetime
    kind: str
    what: str
    by: str = ""


def show_timeline(order: Order) -> SafeString:
    """Everything that happened to an order, the newest first. A fixed number of statements."""
    entries = [entry for source in SOURCES for entry in source(order)]
    rows = [
        (entry.at, badge(entry.kind, "quiet"), entry.what, entry.by or NOTHING)
        for entry in sorted(entries, key=lambda entry: entry.at, reverse=True)
    ]
    return table(("When", "Kind", "What happened", "By"), rows, empty="Nothing has happened to it yet.")


def _moves(order: Order) -> Iterator[Entry]:
    names = dict(Stage.choices)
    for move in order.transitions.order_by("-id")[:SHOWN]:
        old = f"{names.get(move.old, move.old)} → " if move.old else ""
        words = f"{old}{move.get_new_display()}"
        yield Entry(at=move.at, kind="Stage", what=_with(words, move.reason), by=move.actor)


def _holds(order: Order) -> Iterator[Entry]:
    for hold in order.holds.order_by("-id")[:SHOWN]:
        dates = f"Taken away meanwhile: due {hold.due_date}." if hold.due_date else ""
        yield Entry(
            at=hold.held_at,
            kind="Hold",
            what=_with(hold.get_reason_display(), hold.note, dates),
            by=hold.held_by,
        )


def _exceptions(order: Order) -> Iterator[Entry]:
    """Opened and resolved; an exception that came back more than once shows its last times."""
    for found in order.exceptions.order_by("-opened_at", "-id")[:SHOWN]:
        tone = {Severity.BLOCKING: "blocking", Severity.WARNING: "warning"}.get(Severity(found.severity), "")
        again = " again" if found.reopened_count else ""
        words = _with(f"Found{again}{f', {tone}' if tone else ''}.", found.message)
        yield Entry(
            at=found.opened_at, kind="Exception", what=stack(link_to(found, found.code), sentence(words))
        )
        if found.resolved_at is not None:
            resolved = stack(link_to(found, found.code), sentence("No longer wrong."))
            yield Entry(at=found.resolved_at, kind="Exception", what=resolved)
        if found.fix_at is not None:
            taken_back = found.fix_state == FixState.UNDONE
            title = f"{found.code}: the fix was {'taken back' if taken_back else 'made'}"
            yield Entry(
                at=found.fix_at, kind="Fix", what=fold(title, describe_fix(found.fix)), by=found.fix_by
            )


def _overrides(order: Order) -> Iterator[Entry]:
    steps = OrderOverrideChange.objects.filter(override__order=order).select_related("override")
    for step in steps.order_by("-id")[:SHOWN]:
        words = _with(f"{step.get_new_display()}.", step.reason)
        what = stack(link_to(step.override, ", ".join(step.codes)), sentence(words))
        yield Entry(at=step.at, kind="Override", what=what, by=step.actor)


def _changes(order: Order) -> Iterator[Entry]:
    for change in order.changes.order_by("-id")[:SHOWN]:
        what = stack(sentence(change.reason), describe_fix(change.changes))
        yield Entry(at=change.at, kind="Change", what=what, by=change.actor)


def _answers(order: Order) -> Iterator[Entry]:
    """What the client filled in of what was missing."""
    for row in order.checklists.order_by("-id")[:SHOWN]:
        for answer in row.answers:
            labels = ", ".join(FIELDS[change["field"]].label for change in answer["changes"])
            what = stack(link_to(row, "Filled in"), sentence(f"{labels}."))
            yield Entry(at=datetime.fromisoformat(answer["at"]), kind="Answer", what=what, by=answer["by"])


def _fee_approvals(order: Order) -> Iterator[Entry]:
    for agreed in order.fee_approvals.select_related("message").order_by("-id")[:SHOWN]:
        words = f"Agreed to {agreed.fee_amount} instead of {agreed.fee_before or NOTHING}: “{agreed.quote}”"
        what = stack(link_to(agreed.message), sentence(words))
        yield Entry(at=agreed.approved_at, kind="Fee", what=what, by=agreed.approved_by)


def _mails(order: Order) -> Iterator[Entry]:
    links = MailLink.objects.filter(kind="order", ref_id=str(order.pk)).select_related("message")
    for link in links.defer("message__body_text", "message__headers").order_by("-message__sent_at")[:SHOWN]:
        yield Entry(
            at=link.message.sent_at, kind="Mail", what=link_to(link.message), by=link.message.from_address
        )


def _cards(order: Order) -> Iterator[Entry]:
    cards = Card.objects.filter(subject_kind="order", subject_id=str(order.pk)).order_by("-id")
    for card in cards[:SHOWN]:
        words = _with(f"{card.get_state_display()}.", card.reason)
        what = stack(link_to(card, kind_label(card.kind)), sentence(words))
        yield Entry(at=card.finished_at or card.proposed_at, kind="Card", what=what, by=card.engine)


def _invoices(order: Order) -> Iterator[Entry]:
    for invoice in Invoice.objects.filter(order=order).exclude(issued_date=None).order_by("-id")[:SHOWN]:
        paid = "void" if invoice.state == InvoiceState.VOID else f"{invoice.balance_due} still to be paid"
        words = f"Issued over {invoice.total_amount}, due {invoice.due_date}; {paid}."
        issued_at = timezone.make_aware(datetime.combine(invoice.issued_date, time()))
        yield Entry(at=issued_at, kind="Invoice", what=stack(link_to(invoice), sentence(words)))


def _with(*parts: Any) -> str:
    return " ".join(str(part) for part in parts if part)


SOURCES: tuple[Callable[[Order], Iterator[Entry]], ...] = (
    _moves, _holds, _exceptions, _overrides, _changes, _answers, _fee_approvals, _mails, _cards, _invoices,
)  # fmt: skip
