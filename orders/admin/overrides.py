"""Pages of overrides: what was let go on by whom, with the buttons of the second person, and the ceilings of groups.

One is given on the page of an exception (`orders.admin.order_exceptions`).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from agent.admin import ReadOnlyTenantAdmin, TenantAdmin
from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import (
    NOTHING,
    Section,
    badge,
    link_to,
    pairs,
    quote,
    sentence,
    stack,
    table,
    unbroken,
)
from engagement.admin.forms import TenantModelForm
from orders.models import OrderOverride, OrderOverrideChange, OverrideCeiling
from orders.services import OverrideRefused, approve_override, may_override, withdraw_override
from orders.states import OverrideState

TONES = {
    OverrideState.AWAITING: "warning",
    OverrideState.IN_FORCE: "good",
    OverrideState.WITHDRAWN: "quiet",
    OverrideState.VOIDED: "bad",
    OverrideState.EXPIRED: "quiet",
}


def override_badge(state: str) -> SafeString:
    """Where an override stands, as a coloured word."""
    known = OverrideState(state)
    return badge(known.label, TONES[known])


@admin.register(OrderOverride)
class OrderOverrideAdmin(RecordAdmin):
    """The newest first. A second person agrees here, and whoever may override takes one back."""

    list_display = (
        "order_number",
        "client",
        "code_words",
        "state_word",
        column("total_amount", "Total"),
        column("requested_by", "Given by"),
        column("approved_by", "Second person"),
        column("expires_at", "Until"),
    )
    list_filter = ("state", "reason_code")
    list_select_related = ("order", "order__ordered_by")
    search_fields = ("order__order_number", "requested_by", "approved_by")
    ordering = ("-id",)
    empty_list = "Nobody has overridden an exception. It is done on the page of one that blocks its order."
    button_methods = ("approve", "withdraw")
    refusals = (OverrideRefused,)

    @admin.display(description="Order", ordering="order__order_number")
    def order_number(self, override: OrderOverride) -> SafeString:
        return unbroken(override.order.order_number)

    @admin.display(description="Client", ordering="order__ordered_by__name")
    def client(self, override: OrderOverride) -> str:
        return str(override.order.ordered_by)

    @admin.display(description="Overrides")
    def code_words(self, override: OrderOverride) -> str:
        return ", ".join(override.codes)

    @admin.display(description="State", ordering="state")
    def state_word(self, override: OrderOverride) -> SafeString:
        return override_badge(override.state)

    def name_page(self, override: OrderOverride) -> str:
        return f"Override of {', '.join(override.codes)} on order {override.order}"

    def may_act(self, request: HttpRequest) -> bool:
        return may_override(request.user)

    def list_buttons(self, override: OrderOverride) -> list[Button]:
        withdraw = Button(
            method="withdraw",
            label="Withdraw",
            help_text="What it covers blocks the order again at once.",
            needs_reason=True,
            is_grave=True,
        )
        if override.state == OverrideState.IN_FORCE:
            return [withdraw]
        if override.state != OverrideState.AWAITING:
            return []
        approve = Button(
            method="approve",
            label="Agree, as the second person",
            help_text=f"Everybody but {override.requested_by}. The order may then go on for seven days.",
        )
        turn_down = Button(method="withdraw", label="Turn down", needs_reason=True, is_grave=True)
        return [approve, turn_down]

    def approve(self, request: HttpRequest, override: OrderOverride) -> str:
        """Agree as the second person."""
        approve_override(override=override, person=request.user, now=timezone.now())
        return f"The override is in force: order {override.order} may go on in spite of {', '.join(override.codes)}."

    def withdraw(self, request: HttpRequest, override: OrderOverride) -> str:
        """Take it back, or turn it down, with the person's reason."""
        withdraw_override(
            override=override,
            person=request.user,
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        codes = ", ".join(override.codes)
        if override.state == OverrideState.AWAITING:
            return f"The override is turned down: {codes} goes on blocking order {override.order}."
        return f"The override is withdrawn: {codes} blocks order {override.order} again."

    def describe(self, override: OrderOverride) -> list[Section]:
        return [
            Section(title="Override", body=describe_override(override)),
            Section(title="What it covers", body=_describe_cover(override)),
            Section(title="What became of it", body=_describe_changes(override)),
        ]


def describe_override(override: OrderOverride) -> SafeString:
    """Who let the order go on, why, for how long, and how it ended."""
    entries: list[tuple[str, Any]] = [
        ("State", override_badge(override.state)),
        ("Order", link_to(override.order)),
        ("Client", link_to(override.order.ordered_by)),
        ("Total it was given for", override.total_amount),
        ("Given by", override.requested_by),
        ("When", override.requested_at),
        ("Reason", override.get_reason_code_display()),
        ("A second person, because", override.second_needed_because),
        ("Second person", override.approved_by),
        ("Agreed", override.approved_at),
        ("Until", override.expires_at),
        ("Ended", override.ended_at),
        ("By", override.ended_by),
        ("Because", override.end_reason),
    ]
    return stack(
        quote(override.words), pairs((name, value) for name, value in entries if value not in (None, ""))
    )


def _describe_cover(override: OrderOverride) -> SafeString:
    standing = {
        (found.code, found.subject): found
        for found in override.exceptions.select_related("order").order_by("id")
    }
    rows = []
    for covered in override.covers:
        found = standing.get((covered["code"], covered["subject"]))
        rows.append(
            (
                unbroken(covered["code"]),
                covered["message"],
                link_to(found, "Overridden") if found else NOTHING,
            )
        )
    note = sentence("In the words that were shown when it was given.")
    return stack(note, table(("Code", "What is wrong", "Now"), rows))


def _describe_changes(override: OrderOverride) -> SafeString:
    rows = [
        (change.at, override_badge(change.new), change.actor, change.reason, ", ".join(change.codes))
        for change in override.changes.order_by("id")
    ]
    return table(("When", "Became", "By", "Why", "Covering"), rows)


@admin.register(OrderOverrideChange)
class OrderOverrideChangeAdmin(ReadOnlyTenantAdmin):
    """Every step of every override, the newest first."""

    list_display = ("at", "override", "old", "new", "actor", "reason")
    list_filter = ("new",)
    list_select_related = ("override__order",)
    search_fields = ("override__order__order_number", "actor")
    ordering = ("-id",)
    empty_list = "No override has been given."


class OverrideCeilingForm(TenantModelForm):
    """A ceiling for one of the groups of logins that there are."""

    group = forms.ChoiceField(
        widget=UnfoldAdminSelectWidget, help_text="Its members need the permission as well."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(Group.objects.order_by("name").values_list("name", flat=True))
        if self.instance.group and self.instance.group not in names:
            names.append(self.instance.group)
        self.fields["group"].choices = [(name, name) for name in names]


@admin.register(OverrideCeiling)
class OverrideCeilingAdmin(TenantAdmin):
    """Up to which total each group may override. A group without a ceiling may override nothing."""

    form = OverrideCeilingForm
    list_display = ("group", "amount")
    ordering = ("group",)
