"""What each button of an order's page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from agent.admin.base import ActForm
from engagement.models import Vendor
from orders.models import Order
from orders.states import CancelReason, HoldReason, RovParty

_REASON = {"max_length": 200}


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _dollars(label: str, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=required, min_value=0, max_digits=12, decimal_places=2)


class WhyForm(ActForm):
    """A reason that must be given."""

    reason = forms.CharField(label="Why", **_REASON)


class NoteForm(ActForm):
    """Something to note, if there is something."""

    reason = forms.CharField(label="Note", required=False, **_REASON)


class AssignForm(NoteForm):
    """The vendor and the terms offered. The rules judge the vendor when the button is pressed."""

    vendor = forms.ModelChoiceField(queryset=Vendor.objects.none())
    vendor_fee = _dollars("Vendor's fee")
    vendor_due_date = _day("Report due from the vendor")
    field_order = ("vendor", "vendor_fee", "vendor_due_date", "reason")

    def __init__(self, data: Mapping[str, Any] | None = None, *, order: Order, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        vendors = Vendor.objects.filter(is_active=True).order_by("name", "id")
        if order.product is not None and order.product.min_credential:
            vendors = vendors.filter(licenses__state=order.state).distinct()
        self.fields["vendor"].queryset = vendors  # type: ignore[attr-defined]


class CounterForm(WhyForm):
    """What the vendor asks for instead."""

    vendor_fee = _dollars("Fee the vendor asks for", required=False)
    vendor_due_date = _day("Day the vendor asks for", required=False)
    field_order = ("vendor_fee", "vendor_due_date", "reason")


class VendorAcceptanceForm(NoteForm):
    """The terms at which the vendor takes it, where they are not those offered."""

    vendor_fee = _dollars("Agreed fee, if another", required=False)
    vendor_due_date = _day("Agreed day, if another", required=False)
    field_order = ("vendor_fee", "vendor_due_date", "reason")


class ScheduleForm(NoteForm):
    """The day of the inspection."""

    inspection_date = _day("Inspection on")
    field_order = ("inspection_date", "reason")


class RescheduleForm(WhyForm):
    """Another day for the inspection, and why."""

    inspection_date = _day("Inspection on")
    field_order = ("inspection_date", "reason")


class InspectedForm(NoteForm):
    """The day on which the property was inspected."""

    inspection_date = _day("Inspected on")
    field_order = ("inspection_date", "reason")


class RevisionForm(WhyForm):
    """What is to be revised, and until when."""

    reason = forms.CharField(label="What is to be revised", **_REASON)
    revision_due_date = _day("Until", required=False, help_text="Empty: the desk's usual time.")
    field_order = ("reason", "revision_due_date")


class RovForm(WhyForm):
    """Who asks to reconsider the value, and on what grounds."""

    asked_by = forms.ChoiceField(label="Asked by", choices=RovParty.choices)
    reason = forms.CharField(label="What it rests on", **_REASON)
    field_order = ("asked_by", "reason")


class HoldForm(NoteForm):
    """Why an order is paused, and until when."""

    hold_reason = forms.ChoiceField(label="Why", choices=HoldReason.choices)
    until_date = _day("Until", required=False, help_text="Empty: until somebody resumes it.")
    field_order = ("hold_reason", "until_date", "reason")


class CancelForm(NoteForm):
    """Why an order is cancelled, and whether a vendor had been there in vain."""

    cancel_reason = forms.ChoiceField(label="Why", choices=CancelReason.choices)
    has_trip_fee = forms.BooleanField(
        label="Charge the trip fee", required=False, help_text="The vendor went there and was not let in."
    )
    field_order = ("cancel_reason", "has_trip_fee", "reason")
