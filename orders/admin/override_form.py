"""The form in which a person overrides exceptions of one order, and what it tells them beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.utils.html import format_html
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from orders.models import Order, OrderException
from orders.overrides import LIFETIME, TOTAL_FOR_ONE, seen_hash
from orders.rules import NOT_OVERRIDABLE
from orders.services import ceiling_of
from orders.services.overrides import LEAST_WORDS
from orders.states import OverrideReason


class OverrideForm(forms.Form):
    """What is covered, why, and the order as it was shown."""

    exceptions = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple)
    reason_code = forms.ChoiceField(
        label="Reason",
        choices=[("", "Choose a reason"), *OverrideReason.choices],
        widget=UnfoldAdminSelectWidget,
    )
    words = forms.CharField(
        label="Why, in your own words",
        min_length=LEAST_WORDS,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(
            attrs={"rows": 3, "placeholder": "Who agreed to what, when and how"}
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, row: OrderException, data: Any = None) -> None:
        super().__init__(
            data,
            initial={"exceptions": [row.pk], "seen": seen_hash(row.order)},
            auto_id="override-%s",
        )
        self.order = row.order
        found = _blocking(row.order).exclude(code__in=NOT_OVERRIDABLE)
        self.fields["exceptions"].choices = [
            (each.pk, format_html("<strong>{}</strong> {}", each.code, each.message)) for each in found
        ]

    @property
    def overridable_ids(self) -> set[int]:
        """The exceptions that may be chosen."""
        return {pk for pk, _ in self.fields["exceptions"].choices}

    def show_order_anew(self) -> None:
        """Bind the next press to the order as the page shows it now."""
        self.data = self.data.copy()
        self.data["seen"] = seen_hash(self.order)


def describe_limits(person: AbstractUser, order: Order) -> list[str]:
    """How far the person's word reaches for this order, before they give it."""
    ceiling = ceiling_of(person)
    total = "no total" if order.total_amount is None else f"a total of {order.total_amount:,.2f}"
    yours = "No ceiling holds for you." if ceiling is None else f"Your ceiling is {ceiling:,.2f}."
    return [
        f"It holds for {LIFETIME.days} days, for this order with {total}. {yours}",
        "It ends at once when total, client, payer or product change.",
        f"Above {TOTAL_FOR_ONE:,.2f}, or when the payer would owe more than twice its limit, a second person must "
        "agree.",
    ]


def never_overridable(order: Order) -> list[OrderException]:
    """What blocks the order and no override can cover."""
    return list(_blocking(order).filter(code__in=NOT_OVERRIDABLE))


def _blocking(order: Order) -> Any:
    return OrderException.objects.open().blocking().filter(order=order).order_by("code", "subject")
