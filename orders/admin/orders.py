"""Pages of orders as the desk works them. They are read here: intake and the agent write them, with their reasons."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin import ReadOnlyTenantAdmin
from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import NOTHING, Section, badge, link_to, pairs, stack, table, unbroken
from documents.admin.access import is_cleared
from engagement.mail.admin.links import list_documents_of, list_mails
from orders.admin.checklists import list_checklists
from orders.admin.due import describe_times, next_step
from orders.admin.exception_sections import describe_fix, standing_badge
from orders.admin.moves import ACTS, list_moves, make_move
from orders.admin.order_form import show_order_form
from orders.admin.order_sections import describe_credit, describe_vendor_view
from orders.admin.timeline import show_timeline
from orders.loading import DeskNotSetUp
from orders.models import FeeLine, Order, OrderException, ProcessingJob
from orders.services import MoveRefused

# The name of the address of an order's form.
FORM = "orders_order_edit"


def _count_blocking() -> Coalesce:
    """How many exceptions block an order, counted for the shown rows alone."""
    blocking = OrderException.objects.open().blocking().filter(order=OuterRef("pk")).order_by()
    counted = blocking.values("order").annotate(count=Count("id")).values("count")
    return Coalesce(Subquery(counted), 0)


@admin.register(Order)
class OrderAdmin(RecordAdmin):
    """What is late first, then what is due next, with what blocks it."""

    list_display = (
        "number",
        column("ordered_by", "Client"),
        "product_name",
        column("stage", "Stage"),
        "step_due",
        "blocked_by",
        column("fee_amount", "Fee"),
        column("total_amount", "Total"),
        column("due_date", "Due"),
        column("ordered_at", "Ordered"),
    )
    list_filter = ("stage", "loan_type", "payment_type")
    list_select_related = ("ordered_by", "product")
    search_fields = ("order_number", "loan_number", "ordered_by__name", "borrower_name", "street")
    # As the index `orders_next_step` is: a page of a large desk is read from it. Orders that wait for nothing are last.
    ordering = (F("stage_due_at").asc(), "-id")
    button_methods = tuple(ACTS)
    refusals = (MoveRefused, DeskNotSetUp)
    empty_list = "No order yet. Import a file with `manage.py import_orders --tenant SLUG FILE.csv`."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).annotate(blocking_count=_count_blocking())

    def get_urls(self) -> list[URLPattern]:
        form = path("<int:object_id>/edit/", self.wrap_view(partial(show_order_form, self)), name=FORM)
        return [form, *super().get_urls()]

    def list_buttons(self, order: Order) -> list[Button]:
        return list_moves(order)

    def carry_out(self, method: str, request: HttpRequest, order: Order) -> str:
        return make_move(method, request=request, order=order)

    @admin.display(description="Next step", ordering="stage_due_at")
    def step_due(self, order: Order) -> str:
        return next_step(order, timezone.now())

    @admin.display(description="Order", ordering="order_number")
    def number(self, order: Order) -> SafeString:
        return unbroken(order.order_number)

    @admin.display(description="Product", ordering="product__code")
    def product_name(self, order: Order) -> str:
        return str(order.product or order.product_text or NOTHING)

    @admin.display(description="Blocked", ordering="blocking_count")
    def blocked_by(self, order: Any) -> str | SafeString:
        count = order.blocking_count
        if not count:
            return NOTHING
        return badge("1 exception" if count == 1 else f"{count} exceptions", "bad")

    def name_page(self, order: Order) -> str:
        return f"Order {order.order_number}"

    def describe_for(self, request: HttpRequest, order: Order) -> list[Section]:
        return [
            Section(title="Where it stands", body=describe_times(order, timezone.now())),
            Section(title="Exceptions", body=_exceptions(order)),
            Section(title="Order", body=stack(pairs(_order(order)), _link_to_form(order))),
            Section(title="Property and people", body=pairs(_property(order))),
            Section(title="Money", body=_money(order)),
            Section(title="Credit", body=describe_credit(order, timezone.now())),
            Section(title="What the vendor sees", body=describe_vendor_view(order), is_folded=True),
            Section(title="Asked of the client", body=list_checklists(order)),
            Section(title="Documents", body=list_documents_of(order, is_cleared=is_cleared(request))),
            Section(title="Mail", body=list_mails(order)),
            Section(title="Timeline", body=show_timeline(order)),
        ]


def _link_to_form(order: Order) -> SafeString:
    url = reverse(f"admin:{FORM}", args=[order.pk])
    return format_html('<a class="agent-link" href="{}">Change the order</a>', url)


def _exceptions(order: Order) -> SafeString:
    rows = [
        (
            link_to(found, found.code),
            standing_badge(found),
            found.message,
            describe_fix(found.fix) if found.fix else NOTHING,
        )
        for found in order.exceptions.order_by("state", "severity", "code")
    ]
    headers = ("Code", "State", "What is wrong", "Fix")
    return table(headers, rows, empty="The rules have found nothing wrong with this order.")


def _order(order: Order) -> list[tuple[str, Any]]:
    return [
        ("Client", link_to(order.ordered_by)),
        ("Addressed to", order.addressed_to),
        ("Bill to", link_to(order.bill_to)),
        ("Product", order.product or order.product_text),
        ("Stage", order.get_stage_display()),
        ("Ordered", order.ordered_at),
        ("Due to the client", order.due_date),
        ("Client file number", order.client_file_number),
        ("Loan number", order.loan_number),
        ("Portal order id", order.portal_order_id),
        ("To be accepted at the portal by", order.portal_deadline_at),
        ("Loan", f"{order.get_loan_type_display()} {order.get_loan_purpose_display()}".strip()),
        ("Sales contract", _yes_or_no(order.has_contract)),
        ("Loan officer's e-mail", order.loan_officer_email),
        ("FHA case number", order.fha_case_number),
        ("Quote", order.quote_number),
        ("Payment", order.get_payment_type_display()),
        ("Vendor", link_to(order.vendor)),
        ("Taken from the mail", link_to(order.source_message)),
        ("Checked", order.validated_at),
    ]


def _property(order: Order) -> list[tuple[str, Any]]:
    return [
        ("Subject property", f"{order.street} {order.unit}".strip()),
        ("City", f"{order.city}, {order.state} {order.zip}"),
        ("County", order.county),
        ("Property type", order.get_property_type_display()),
        ("Occupied by", order.get_occupancy_display()),
        ("Borrower", order.borrower_name),
        ("Borrower's phone", order.borrower_phone),
        ("Borrower's e-mail", order.borrower_email),
        ("Contact for access", order.property_contact_name),
        ("Their phone", order.property_contact_phone),
        ("Access", order.access_instructions),
        ("Utilities on", _yes_or_no(order.utilities_on)),
        ("Hidden from the vendor", order.vendor_hidden_fields),
        ("Internal notes", order.notes),
    ]


def _yes_or_no(told: bool | None) -> str:
    """As the client told it; empty when nobody did."""
    return "" if told is None else "Yes" if told else "No"


def _money(order: Order) -> SafeString:
    lines = [(line.get_kind_display(), line.code, line.amount) for line in order.fee_lines.order_by("id")]
    lines += [
        ("Fee", "", order.fee_amount),
        ("Tech fee", "", order.tech_fee),
        ("Total", "", order.total_amount),
        ("Fee accepted by the client", "", order.accepted_fee_amount),
        ("Vendor fee", "", order.vendor_fee),
    ]
    return table(("Line", "Code", "Amount"), lines)


@admin.register(FeeLine)
class FeeLineAdmin(ReadOnlyTenantAdmin):
    """Every line of every order's price."""

    list_display = ("order", "kind", "code", "description", "amount")
    list_filter = ("kind",)
    list_select_related = ("order",)
    search_fields = ("order__order_number", "code")
    ordering = ("-id",)


@admin.register(ProcessingJob)
class ProcessingJobAdmin(ReadOnlyTenantAdmin):
    """Orders that wait to be checked, and what became of those that did."""

    list_display = ("order", "reason", "state", "due_at", "attempts", "last_error", "finished_at")
    list_filter = ("state", "reason")
    list_select_related = ("order",)
    search_fields = ("order__order_number",)
    ordering = ("-id",)
    empty_list = "No order is waiting to be checked."
