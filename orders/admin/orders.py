"""Pages of orders as the desk works them. They are read here: intake and the agent write them, with their reasons."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin import ReadOnlyTenantAdmin
from agent.admin.base import RecordAdmin, column
from agent.admin.display import NOTHING, Section, badge, link_to, pairs, table, unbroken
from engagement.mail.admin.links import list_mails
from orders.admin.checklists import list_checklists
from orders.admin.exception_sections import describe_fix, standing_badge
from orders.admin.order_sections import describe_credit, describe_vendor_view
from orders.models import FeeLine, Order, OrderTransition, ProcessingJob
from orders.states import ExceptionState, Severity

BLOCKING = Q(
    exceptions__state=ExceptionState.OPEN,
    exceptions__severity=Severity.BLOCKING,
    exceptions__override__isnull=True,
)


@admin.register(Order)
class OrderAdmin(RecordAdmin):
    """The newest orders first, with what blocks them."""

    list_display = (
        "number",
        column("ordered_by", "Client"),
        "product_name",
        column("stage", "Stage"),
        "blocked_by",
        column("fee_amount", "Fee"),
        column("total_amount", "Total"),
        column("due_date", "Due"),
        column("ordered_at", "Ordered"),
    )
    list_filter = ("stage", "loan_type", "payment_type")
    list_select_related = ("ordered_by", "product")
    search_fields = ("order_number", "loan_number", "ordered_by__name", "borrower_name", "street")
    ordering = ("-ordered_at", "-id")
    empty_list = "No order yet. Import a file with `manage.py import_orders --tenant SLUG FILE.csv`."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).annotate(blocking_count=Count("exceptions", filter=BLOCKING))

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

    def describe(self, order: Order) -> list[Section]:
        return [
            Section(title="Exceptions", body=_exceptions(order)),
            Section(title="Order", body=pairs(_order(order))),
            Section(title="Property and people", body=pairs(_property(order))),
            Section(title="Money", body=_money(order)),
            Section(title="Credit", body=describe_credit(order, timezone.now())),
            Section(title="What the vendor sees", body=describe_vendor_view(order), is_folded=True),
            Section(title="Asked of the client", body=list_checklists(order)),
            Section(title="Mail", body=list_mails(order)),
            Section(title="Stages", body=_stages(order), is_folded=True),
        ]


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


def _stages(order: Order) -> SafeString:
    rows = [
        (move.at, move.old, move.new, move.actor, move.reason) for move in order.transitions.order_by("id")
    ]
    return table(("When", "From", "To", "By", "Why"), rows, empty="It stands where it was received.")


@admin.register(FeeLine)
class FeeLineAdmin(ReadOnlyTenantAdmin):
    """Every line of every order's price."""

    list_display = ("order", "kind", "code", "description", "amount")
    list_filter = ("kind",)
    list_select_related = ("order",)
    search_fields = ("order__order_number", "code")
    ordering = ("-id",)


@admin.register(OrderTransition)
class OrderTransitionAdmin(ReadOnlyTenantAdmin):
    """Every change of stage, the newest first."""

    list_display = ("at", "order", "old", "new", "actor", "reason")
    list_select_related = ("order",)
    search_fields = ("order__order_number",)
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
