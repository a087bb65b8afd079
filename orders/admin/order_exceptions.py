"""The exceptions page: what rules found in orders, with the sentence, the evidence and the fix as before and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import (
    NOTHING,
    Section,
    badge,
    humanise,
    link_to,
    pairs,
    readable,
    sentence,
    stack,
    table,
    unbroken,
)
from orders.models import OrderException
from orders.services import UnableToUndoFix, undo_fix
from orders.states import ExceptionState, FixState, Severity

SEVERITY_TONES = {Severity.BLOCKING: "bad", Severity.WARNING: "warning", Severity.INFO: "quiet"}


def severity_badge(severity: str) -> SafeString:
    """The severity as a coloured word."""
    known = Severity(severity)
    return badge(known.label, SEVERITY_TONES[known])


def describe_fix(changes: Iterable[dict[str, Any]]) -> SafeString:
    """A fix as a table of what stood there and what stands there with it."""
    rows = [
        (humanise(change["field"]), _value(change["before"]), _value(change["after"])) for change in changes
    ]
    return table(("Field", "Before", "After"), rows, empty="No safe fix: a person must decide.")


def _value(value: Any) -> str:
    return NOTHING if value in (None, "") else readable(value)


@admin.register(OrderException)
class OrderExceptionAdmin(RecordAdmin):
    """Open exceptions first, blocking ones at the top."""

    list_display = (
        "code_word",
        "severity_word",
        "order_number",
        "client",
        column("message", "What is wrong"),
        "state_word",
        "fix_word",
        column("opened_at", "Since"),
    )
    list_filter = ("state", "severity", "code", "fix_state")
    list_select_related = ("order", "order__ordered_by")
    search_fields = ("order__order_number", "code", "message")
    ordering = ("state", "severity", "-opened_at")
    empty_list = "No rule has found anything wrong. Orders are checked when a cycle runs."
    button_methods = ("undo",)
    refusals = (UnableToUndoFix,)

    @admin.display(description="Code", ordering="code")
    def code_word(self, row: OrderException) -> SafeString:
        return unbroken(row.code)

    @admin.display(description="Order", ordering="order__order_number")
    def order_number(self, row: OrderException) -> SafeString:
        return unbroken(row.order.order_number)

    @admin.display(description="Severity", ordering="severity")
    def severity_word(self, row: OrderException) -> SafeString:
        return severity_badge(row.severity)

    @admin.display(description="Client", ordering="order__ordered_by__name")
    def client(self, row: OrderException) -> str:
        return str(row.order.ordered_by)

    @admin.display(description="State", ordering="state")
    def state_word(self, row: OrderException) -> SafeString:
        return badge(row.get_state_display(), "good" if row.state == ExceptionState.RESOLVED else "warning")

    @admin.display(description="Fix", ordering="fix_state")
    def fix_word(self, row: OrderException) -> str:
        return row.get_fix_state_display() if row.fix_state else NOTHING

    def name_page(self, row: OrderException) -> str:
        return f"{row.code} on order {row.order}"

    def list_buttons(self, row: OrderException) -> list[Button]:
        if row.fix_state != FixState.APPLIED:
            return []
        return [Button(method="undo", label="Undo the fix", help_text="The order gets its old values back.")]

    def undo(self, request: HttpRequest, row: OrderException) -> str:
        """Take an applied fix back in the person's name."""
        undo_fix(exception=row, actor=request.user.get_username(), now=timezone.now())
        return f"The fix of {row.code} was taken back on order {row.order}."

    def describe(self, row: OrderException) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("Order", link_to(row.order)),
            ("Client", row.order.ordered_by),
            ("Severity", severity_badge(row.severity)),
            ("State", self.state_word(row)),
            ("Since", row.opened_at),
            ("Resolved", row.resolved_at),
            ("Opened again", row.reopened_count),
        ]
        history = pairs([("Fix", self.fix_word(row)), ("When", row.fix_at), ("By", row.fix_by)])
        return [
            Section(title="What is wrong", body=stack(sentence(row.message), pairs(entries))),
            Section(title="Evidence", body=readable(row.evidence)),
            Section(title="Fix", body=stack(describe_fix(row.fix), history)),
        ]
