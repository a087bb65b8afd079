"""The form by which a person changes an order: what they changed themselves goes to one service, with their reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from agent.admin.base import RecordAdmin
from orders.models import Order
from orders.services import ChangeRefused, MoveRefused, change_order

# Title of a block -> its columns.
BLOCKS: dict[str, tuple[str, ...]] = {
    "Order": (
        "product", "addressed_to", "client_file_number", "loan_number", "portal_order_id", "portal_deadline_at",
        "fha_case_number", "loan_type", "loan_purpose", "quote_number",
    ),
    "Dates": ("due_date", "vendor_due_date", "effective_date"),
    "Money": (
        "fee_amount", "tech_fee", "total_amount", "vendor_fee", "payment_type", "payment_authorised", "loan_amount",
        "estimated_value",
    ),
    "Property": (
        "street", "unit", "city", "state", "zip", "county", "property_type", "units_excluding_adu", "adu_count",
        "is_waterfront", "gross_living_area", "acres", "parcel_number", "legal_description",
    ),
    "People and access": (
        "borrower_name", "borrower_phone", "borrower_email", "co_borrower_name", "owner_of_record",
        "loan_officer_email", "property_contact_name", "property_contact_phone", "occupancy", "utilities_on",
        "access_instructions",
    ),
    "Engagement": ("intended_use", "intended_users", "interest_appraised", "value_type", "has_contract"),
    "Texts": ("notes", "vendor_instructions"),
}  # fmt: skip
_COLUMNS = [name for names in BLOCKS.values() for name in names]


def _field(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """A form field that knows what the person saw, so that only what they changed themselves is written."""
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        kwargs["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if isinstance(column, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    if isinstance(column, models.DecimalField):
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
    field = column.formfield(**kwargs)
    if field is not None:
        field.show_hidden_initial = True
        field.widget.attrs["class"] = "agent-input"
    return field


class OrderForm(forms.Form):
    """The changeable columns of one order, and why they change."""

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, initial=forms.model_to_dict(order, _COLUMNS), **kwargs)
        self.fields |= forms.fields_for_model(Order, _COLUMNS, formfield_callback=_field)
        reason = forms.CharField(label="Why", max_length=300)
        reason.widget.attrs["class"] = "agent-input"
        self.fields["reason"] = reason

    def blocks(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their titles, for the page."""
        return [(title, [self[name] for name in names]) for title, names in BLOCKS.items()]

    def changed_values(self) -> dict[str, Any]:
        """What the person changed against what they saw."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in _COLUMNS}


def show_order_form(admin: RecordAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show the form, or make the changes and lead back to the order."""
    if not admin.may_act(request):
        raise PermissionDenied
    order = admin.get_queryset(request).filter(pk=object_id).first()
    if order is None:
        raise Http404(f"There is no order {object_id} here.")
    form = OrderForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid() and _change(request, order, form):
        return HttpResponseRedirect(admin.landing(order))
    context = admin.admin_site.each_context(request) | {
        "title": f"Change order {order}",
        "opts": Order._meta,
        "form": form,
        "order": order,
        "order_url": admin.landing(order),
    }
    return TemplateResponse(request, "orders/order_form.html", context)


def _change(request: HttpRequest, order: Order, form: OrderForm) -> bool:
    """Hand the changes to the service; a refusal stands above the form."""
    try:
        with transaction.atomic():
            change = change_order(
                order=order,
                values=form.changed_values(),
                actor=request.user.get_username(),
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
    except (ChangeRefused, MoveRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    done = f"Order {order} is changed and will be checked again." if change else "Nothing was changed."
    messages.success(request, done)
    return True
