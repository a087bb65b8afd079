"""The buttons of an order's page: each legal move with the form it needs, one service call each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from agent.admin.base import ActForm, Button
from orders.admin.move_forms import (
    AssignForm,
    CancelForm,
    CounterForm,
    HoldForm,
    InspectedForm,
    NoteForm,
    RescheduleForm,
    RevisionForm,
    RovForm,
    ScheduleForm,
    VendorAcceptanceForm,
    WhyForm,
)
from orders.models import Order
from orders.services import (
    MoveRefused,
    accept_order,
    assign_vendor,
    call_off_inspection,
    cancel_order,
    cancellation_fee,
    close_order,
    conclude_rov,
    deliver_order,
    hold_order,
    open_rov,
    record_contact_attempt,
    record_counter,
    record_inspection,
    record_vendor_acceptance,
    request_revision,
    resume_order,
    schedule_inspection,
    start_assigning,
    start_review,
    submit_report,
)
from orders.states import HOLDABLE_STAGES, CancelReason, HoldReason, RovParty, Stage

S = Stage


def _choices(data: dict[str, Any]) -> dict[str, Any]:
    """Chosen words as the members that services take."""
    kinds = {"hold_reason": HoldReason, "cancel_reason": CancelReason, "asked_by": RovParty}
    return {name: kinds[name](value) if name in kinds else value for name, value in data.items()}


@dataclass(frozen=True)
class Act:
    """One thing a person may do with an order in some stages: its words, its service and the form it needs."""

    label: str
    receipt: str
    service: Callable[..., Order]
    form: type[ActForm]
    stages: Collection[Stage]
    help_text: str = ""
    is_grave: bool = False


# Name of the button's address -> what it does, in the order in which the page shows them.
ACTS: Mapping[str, Act] = {
    "accept": Act(
        "Accept the order",
        "is accepted",
        accept_order,
        NoteForm,
        {S.RECEIVED, S.EXCEPTION},
        help_text="It is checked once more; nothing may block it.",
    ),
    "assign": Act(
        "Assign a vendor",
        "is assigned",
        assign_vendor,
        AssignForm,
        {S.ACCEPTED, S.ASSIGNING},
        help_text="A vendor without licence or insurance is refused.",
    ),
    "look_for_vendor": Act(
        "Look for a vendor", "looks for a vendor", start_assigning, NoteForm, {S.ACCEPTED}
    ),
    "vendor_accepted": Act(
        "Vendor takes it",
        "is taken by its vendor",
        record_vendor_acceptance,
        VendorAcceptanceForm,
        {S.ASSIGNED, S.NEGOTIATING},
    ),
    "counter": Act("Vendor asks for other terms", "is negotiated", record_counter, CounterForm, {S.ASSIGNED}),
    "vendor_refused": Act(
        "Vendor does not take it",
        "looks for a vendor again",
        start_assigning,
        WhyForm,
        {S.ASSIGNED, S.NEGOTIATING},
    ),
    "schedule": Act(
        "Schedule the inspection",
        "has an inspection scheduled",
        schedule_inspection,
        ScheduleForm,
        {S.VENDOR_ACCEPTED},
    ),
    "contact_attempt": Act(
        "Count an attempt to reach the contact",
        "has one more attempt",
        record_contact_attempt,
        WhyForm,
        {S.VENDOR_ACCEPTED},
    ),
    "inspected": Act(
        "Inspected",
        "is inspected",
        record_inspection,
        InspectedForm,
        {S.SCHEDULED},
        help_text="From here a cancellation costs money.",
    ),
    "reschedule": Act(
        "Move the inspection",
        "has its inspection on another day",
        schedule_inspection,
        RescheduleForm,
        {S.SCHEDULED},
    ),
    "call_off": Act(
        "Call the inspection off", "has no inspection any more", call_off_inspection, WhyForm, {S.SCHEDULED}
    ),
    "submitted": Act("Report is in", "has its report", submit_report, NoteForm, {S.INSPECTED, S.REVISION}),
    "review": Act("Start the review", "is reviewed", start_review, NoteForm, {S.SUBMITTED}),
    "deliver": Act("Delivered to the client", "is delivered", deliver_order, NoteForm, {S.IN_REVIEW}),
    "revise": Act(
        "Return for revision",
        "is returned for revision",
        request_revision,
        RevisionForm,
        {S.IN_REVIEW, S.DELIVERED},
    ),
    "withdraw_revision": Act(
        "Take the revision back", "is reviewed again", start_review, NoteForm, {S.REVISION}
    ),
    "open_rov": Act("Reconsider the value", "has its value reconsidered", open_rov, RovForm, {S.DELIVERED}),
    "conclude_rov": Act(
        "Conclude the reconsideration", "is delivered as before", conclude_rov, WhyForm, {S.ROV}
    ),
    "close": Act(
        "Close the order",
        "is closed",
        close_order,
        NoteForm,
        {S.DELIVERED, S.ROV},
        help_text="It must be billed and paid.",
    ),
    "resume": Act(
        "Resume",
        "is resumed",
        resume_order,
        NoteForm,
        {S.ON_HOLD},
        help_text="Its due dates come back, moved by the business days it was held.",
    ),
    "hold": Act(
        "Put on hold",
        "is on hold",
        hold_order,
        HoldForm,
        {*HOLDABLE_STAGES},
        help_text="Its due dates wait until it is resumed.",
    ),
    "cancel": Act(
        "Cancel the order",
        "is cancelled",
        cancel_order,
        CancelForm,
        {*HOLDABLE_STAGES, S.ON_HOLD},
        is_grave=True,
    ),
}


def list_moves(order: Order) -> list[Button]:
    """A button with its form for each move that is legal where the order stands."""
    return [
        Button(
            method=name,
            label=act.label,
            help_text=_cancellation_words(order) if name == "cancel" else act.help_text,
            is_grave=act.is_grave,
            form=_form(name, order),
        )
        for name, act in ACTS.items()
        if order.stage in act.stages
    ]


def _form(name: str, order: Order, data: Mapping[str, Any] | None = None) -> ActForm:
    """The form of a button, filled with what is known, or with what was typed."""
    form = ACTS[name].form
    if form is AssignForm:
        terms = {"vendor_fee": order.vendor_fee, "vendor_due_date": order.vendor_due_date}
        return AssignForm(data, order=order, act=name, initial=terms)
    return form(data, act=name, initial={"inspection_date": order.inspection_date})


def _cancellation_words(order: Order) -> str:
    """What pressing it costs the client."""
    try:
        fee, _ = cancellation_fee(order)
    except MoveRefused as refusal:
        return str(refusal)
    return f"The cancellation costs {fee}."


def make_move(name: str, *, request: HttpRequest, order: Order) -> str:
    """Carry out a button in the person's name; returns the receipt."""
    act = ACTS[name]
    data = _choices(_form(name, order, request.POST).read())
    act.service(order=order, actor=request.user.get_username(), now=timezone.now(), **data)
    return f"Order {order} {act.receipt}."
