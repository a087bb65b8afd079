"""The exceptions page: what rules found in orders, grouped and one by one, and what a person does about it.

Each button is one service call. The blocks of the pages live in `orders.admin.exception_sections`.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import (
    NOTHING,
    Section,
    emphasis,
    link_to,
    pairs,
    readable,
    stack,
    table,
    unbroken,
)
from orders.admin.exception_filters import ClientFilter, CodeFilter, WorkFilter
from orders.admin.exception_sections import (
    DEMANDS,
    age,
    describe_duplicate,
    describe_fix,
    describe_groups,
    severity_badge,
    standing_badge,
)
from orders.admin.override_form import OverrideForm, describe_limits, never_overridable
from orders.admin.overrides import describe_override
from orders.counters import FEE_CODES
from orders.loading import DeskNotSetUp
from orders.models import OrderException, OrderOverride
from orders.services import (
    OverrideRefused,
    UnableToApplyFix,
    UnableToUndoFix,
    apply_fix,
    may_override,
    override_exceptions,
    undo_fix,
    validate_orders,
)
from orders.services.fee_approvals import FeeApprovalRefused, approve_fee
from orders.states import ExceptionState, FixState, OverrideState

DUPLICATE = "REQ-212"
OVERRIDES_SHOWN = 5


@admin.register(OrderException)
class OrderExceptionAdmin(RecordAdmin):
    """What is to be worked on, what blocks at the top; above it the same by rule and by client."""

    change_form_template = "orders/exception.html"
    list_before_template = "orders/exception_groups.html"
    list_display = (
        "code_word",
        "standing",
        "order_number",
        "client",
        column("message", "What is wrong"),
        "total",
        "open_for",
        "fix_word",
    )
    list_filter = (WorkFilter, CodeFilter, ClientFilter)
    list_select_related = ("order", "order__ordered_by")
    search_fields = ("order__order_number", "order__ordered_by__name", "code", "message")
    ordering = ("state", "severity", "-opened_at")
    empty_list = "No rule has found anything wrong. Orders are checked when a cycle runs."
    button_methods = ("apply", "undo", "agree_on_fee", "look_again")
    refusals = (UnableToApplyFix, UnableToUndoFix, FeeApprovalRefused, DeskNotSetUp)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, under its groups while nothing narrows it."""
        context = extra_context or {}
        if request.method == "GET" and not request.GET and self.has_view_permission(request):
            context["groups"] = describe_groups(timezone.now())
            context["awaiting_overrides"] = OrderOverride.objects.awaiting().select_related("order")[
                :OVERRIDES_SHOWN
            ]
        return super().changelist_view(request, context)

    @admin.display(description="Code", ordering="code")
    def code_word(self, row: OrderException) -> SafeString:
        return unbroken(row.code)

    @admin.display(description="Order", ordering="order__order_number")
    def order_number(self, row: OrderException) -> SafeString:
        return unbroken(row.order.order_number)

    @admin.display(description="State", ordering="severity")
    def standing(self, row: OrderException) -> SafeString:
        return standing_badge(row)

    @admin.display(description="Client", ordering="order__ordered_by__name")
    def client(self, row: OrderException) -> str:
        return str(row.order.ordered_by)

    @admin.display(description="Total", ordering="order__total_amount", empty_value=NOTHING)
    def total(self, row: OrderException) -> Any:
        return row.order.total_amount

    @admin.display(description="Open for", ordering="opened_at")
    def open_for(self, row: OrderException) -> SafeString:
        return age(row.opened_at, row.resolved_at or timezone.now())

    @admin.display(description="Fix", ordering="fix_state")
    def fix_word(self, row: OrderException) -> str:
        return row.get_fix_state_display() if row.fix_state else NOTHING

    def name_page(self, row: OrderException) -> str:
        return f"{row.code} on order {row.order}"

    def get_urls(self) -> list[URLPattern]:
        view = self.wrap_view(self.override_view)
        return [
            path("<int:object_id>/override/", view, name="orders_orderexception_override"),
            *super().get_urls(),
        ]

    def list_buttons(self, row: OrderException) -> list[Button]:
        buttons = []
        if row.state == ExceptionState.OPEN and row.fix_state == FixState.PROPOSED:
            help_text = "Changes the order as shown below and judges it again. It can be undone."
            buttons.append(Button(method="apply", label="Apply the fix", help_text=help_text))
        if row.fix_state == FixState.APPLIED:
            help_text = "The order gets its old values back, and is not corrected by itself again."
            buttons.append(Button(method="undo", label="Undo the fix", help_text=help_text))
        if row.state == ExceptionState.OPEN and row.code in FEE_CODES:
            help_text = (
                "Copy the client's sentence from their mail about this order: it proves that they agree."
            )
            agree = Button(
                method="agree_on_fee",
                label="The client agrees to our fee",
                help_text=help_text,
                needs_reason=True,
            )
            buttons.append(agree)
        help_text = "Judges the order by every rule as it is now."
        return [*buttons, Button(method="look_again", label="Look again", help_text=help_text)]

    def apply(self, request: HttpRequest, row: OrderException) -> str:
        """Make an offered fix in the person's name."""
        apply_fix(exception=row, actor=request.user.get_username(), now=timezone.now())
        return f"The fix of {row.code} is made on order {row.order}, and the order was judged again."

    def undo(self, request: HttpRequest, row: OrderException) -> str:
        """Take an applied fix back in the person's name."""
        undo_fix(exception=row, actor=request.user.get_username(), now=timezone.now())
        return f"The fix of {row.code} was taken back on order {row.order}."

    def agree_on_fee(self, request: HttpRequest, row: OrderException) -> str:
        """Record the client's yes to the desk's fee, on the word of their mail."""
        approval = approve_fee(
            exception=row,
            quote=request.POST.get("reason", ""),
            actor=request.user.get_username(),
            now=timezone.now(),
        )
        return f"The fee of order {row.order} is {approval.fee_amount} now, as the client agreed."

    def look_again(self, request: HttpRequest, row: OrderException) -> str:
        """Judge the order anew."""
        (decision,) = validate_orders(
            order_ids=[row.order_id], now=timezone.now(), actor=request.user.get_username()
        )
        if decision.error:
            return f"Order {row.order} could not be judged: {decision.error}"
        open_codes = ", ".join(decision.open_codes) or "nothing"
        return f"Order {row.order} was judged again. Open: {open_codes}; {decision.blocking_count} blocking."

    def override_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Override exceptions of the order, with the reason and words of the form; asks again when refused."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_view_permission(request) and may_override(request.user)):
            raise PermissionDenied
        row = self.get_queryset(request).select_related("order__ordered_by").filter(pk=object_id).first()
        if row is None:
            raise Http404(f"There is no exception {object_id} here.")
        form = OverrideForm(row, request.POST)
        if form.is_valid():
            try:
                with transaction.atomic():
                    override = override_exceptions(
                        order=row.order, person=request.user, now=timezone.now(), **form.cleaned_data
                    )
            except (OverrideRefused, DeskNotSetUp) as refusal:
                form.add_error(None, str(refusal))
                form.show_order_anew()
            else:
                messages.success(request, _receipt(override))
                return HttpResponseRedirect(self.landing(row))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Override {row.code} on order {row.order}",
            "opts": self.opts,
            "sections": self.describe(row),
            **self._override_context(request, row, form),
        }
        return TemplateResponse(request, "orders/override.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context["original"]
        form = OverrideForm(row)
        if row.pk in form.overridable_ids and may_override(request.user):
            context |= self._override_context(request, row, form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _override_context(
        self, request: HttpRequest, row: OrderException, form: OverrideForm
    ) -> dict[str, Any]:
        return {
            "exception": row,
            "override_form": form,
            "override_notes": describe_limits(request.user, row.order),
            "never_overridable": never_overridable(row.order),
        }

    def describe(self, row: OrderException) -> list[Section]:
        sections = [Section(title="What is wrong", body=_describe_found(row))]
        if row.override is not None:
            note = "The order goes on in spite of this exception while the override stands."
            body = stack(
                describe_override(row.override), link_to(row.override, "Withdraw it, or see all of it")
            )
            sections.append(Section(title="Overridden", body=body, note=note))
        else:
            sections += _describe_waiting(row)
        history = [("Fix", row.get_fix_state_display()), ("When", row.fix_at), ("By", row.fix_by)]
        fix = stack(describe_fix(row.fix), pairs(history) if row.fix_at else "")
        sections.append(Section(title="Fix", body=fix))
        if row.code == DUPLICATE:
            sections.append(Section(title="Both orders, where they differ", body=describe_duplicate(row)))
        return [
            *sections,
            Section(title="Evidence", body=readable(row.evidence)),
            Section(title="What else is wrong with this order", body=_describe_others(row)),
        ]


def _receipt(override: OrderOverride) -> str:
    codes = ", ".join(override.codes)
    if override.state == OverrideState.AWAITING:
        return f"Order {override.order} stays blocked until a second person agrees. {override.second_needed_because}"
    return f"Order {override.order} may go on in spite of {codes} for seven days, while it stays as it is."


def _describe_found(row: OrderException) -> SafeString:
    order = row.order
    entries: list[tuple[str, Any]] = [
        ("State", standing_badge(row)),
        ("Rule", f"{row.code}: {DEMANDS.get(row.code, '')}"),
        ("Order", link_to(order)),
        ("Client", link_to(order.ordered_by)),
        ("Product", order.product or order.product_text),
        ("Total", order.total_amount),
        ("Stage of the order", order.get_stage_display()),
        ("Due to the client", order.due_date),
        ("Open for", age(row.opened_at, row.resolved_at or timezone.now())),
        ("Since", row.opened_at),
    ]
    if row.override_id or row.resolved_at:
        entries.insert(1, ("Severity", severity_badge(row.severity)))
    if row.resolved_at:
        entries.append(("Resolved", row.resolved_at))
    if row.reopened_count:
        entries.append(("Came back", f"{row.reopened_count} times"))
    return stack(emphasis(row.message), pairs(entries))


def _describe_waiting(row: OrderException) -> list[Section]:
    """The override of this exception that waits for a second person, where there is one."""
    waiting = OrderOverride.objects.awaiting().filter(order=row.order_id)
    return [
        Section(
            title="An override waits for a second person",
            body=stack(describe_override(override), link_to(override, "Agree, or turn it down")),
        )
        for override in waiting.select_related("order__ordered_by")
        if row.code in override.codes
    ]


def _describe_others(row: OrderException) -> SafeString:
    others = (
        OrderException.objects.open()
        .filter(order=row.order_id)
        .exclude(pk=row.pk)
        .order_by("severity", "code")
    )
    rows = [(link_to(other, unbroken(other.code)), standing_badge(other), other.message) for other in others]
    return table(("Code", "State", "What is wrong"), rows, empty="Nothing else is open.")
