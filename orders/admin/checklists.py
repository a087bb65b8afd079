"""What clients were asked about their orders, whether they answered, and what they filled in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin, column
from agent.admin.display import NOTHING, Section, badge, link_to, pairs, table, unbroken
from orders.checklists import FIELDS, ITEMS
from orders.models import Checklist, ChecklistOutcome, Order


@admin.register(Checklist)
class ChecklistAdmin(RecordAdmin):
    """The newest first, with what each asks for."""

    list_display = (
        "order_number",
        "client",
        "asked_for",
        column("mails_sent", "Mails"),
        column("last_mail_at", "Last mail"),
        column("next_mail_at", "Next mail"),
        "answer_word",
        "outcome_word",
    )
    list_filter = ("outcome", "is_blocking")
    list_select_related = ("order", "order__ordered_by")
    search_fields = ("order__order_number", "order__ordered_by__name")
    ordering = ("-id",)
    empty_list = (
        "No client has been told about or asked for anything yet. It happens when an order has been checked."
    )

    @admin.display(description="Order", ordering="order__order_number")
    def order_number(self, row: Checklist) -> SafeString:
        return unbroken(row.order.order_number)

    @admin.display(description="Client", ordering="order__ordered_by__name")
    def client(self, row: Checklist) -> str:
        return str(row.order.ordered_by)

    @admin.display(description="Asked for")
    def asked_for(self, row: Checklist) -> str:
        return "; ".join(words_of(row)) or "Nothing: confirms the order"

    @admin.display(description="Answer")
    def answer_word(self, row: Checklist) -> str:
        if row.answers:
            return "Filled in"
        return "By mail" if row.replied_at else NOTHING

    @admin.display(description="State", ordering="outcome")
    def outcome_word(self, row: Checklist) -> SafeString:
        if row.outcome:
            return badge(ChecklistOutcome(row.outcome).label, "quiet")
        return badge("Work waits" if row.is_blocking else "Open", "warning")

    def name_page(self, row: Checklist) -> str:
        return f"Checklist of order {row.order}"

    def describe(self, row: Checklist) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("Order", link_to(row.order)),
            ("Client", row.order.ordered_by),
            ("State", self.outcome_word(row)),
            ("Confirms the order", row.confirms_order),
            ("Opened", row.opened_at),
            ("Mails sent", row.mails_sent),
            ("Last mail", row.last_mail_at),
            ("Next mail", row.next_mail_at),
            ("Answered by mail", row.replied_at),
            ("Closed", row.closed_at),
        ]
        asked = table(("Asked for",), [(words,) for words in words_of(row)], empty="Nothing is missing.")
        return [
            Section(title="Checklist", body=pairs(entries)),
            Section(title="Asked for", body=asked),
            Section(title="Filled in", body=_answers(row)),
        ]


def words_of(row: Checklist) -> list[str]:
    """What a checklist asks for, in the words of the mail."""
    return [ITEMS[name].words for name in row.items]


def _answers(row: Checklist) -> SafeString:
    rows = [
        (
            answer["at"],
            answer["by"],
            FIELDS[change["field"]].label,
            change["before"] or NOTHING,
            change["after"],
        )
        for answer in row.answers
        for change in answer["changes"]
    ]
    return table(("When", "By", "Field", "Before", "After"), rows, empty="Nothing has been filled in.")


def list_checklists(order: Order) -> SafeString:
    """What the client of an order was told and asked, for the order's page."""
    rows = [
        (
            link_to(row, f"{row.opened_at:%Y-%m-%d}"),
            "; ".join(words_of(row)) or "Nothing: confirms the order",
            row.mails_sent,
            row.last_mail_at,
            ChecklistOutcome(row.outcome).label if row.outcome else "Open",
        )
        for row in order.checklists.order_by("id")
    ]
    return table(
        ("Since", "Asked for", "Mails", "Last mail", "State"), rows, empty="The client was asked for nothing."
    )
