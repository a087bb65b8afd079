"""What a person, or the API in their name, changes in an order. In the caller's scope.

One door for every edit: values are normalised as at intake, what may not change any more is refused, and who changed
what is kept with the reason. Moves from stage to stage are services of their own; safe fixes belong to
`orders.services.validation`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from orders.addresses import property_key
from orders.fixes import Change
from orders.models import FeeLine, FeeLineKind, Invoice, InvoiceState, JobReason, Order, OrderChange
from orders.pricing import round_cents
from orders.services.credit import look_again_at_payers
from orders.services.queue import enqueue_orders
from orders.services.stages import due_at_of, load_desk_time, require_reason, tell
from orders.services.validation import write_base_lines
from orders.states import INSPECTED_STAGES, Stage

MONEY = frozenset({"fee_amount", "tech_fee", "total_amount", "payment_type", "bill_to"})
# What was inspected: no edit makes another property or product of it.
SUBJECT = frozenset({"product", "property_type", "street", "unit", "city", "state", "zip", "county"})
DUE_DATES = frozenset({"due_date", "vendor_due_date"})
_TEXTS = frozenset(
    {
        "addressed_to", "client_file_number", "loan_number", "portal_order_id", "fha_case_number", "loan_officer_email",
        "parcel_number", "legal_description", "borrower_name", "borrower_phone", "borrower_email", "co_borrower_name",
        "owner_of_record", "property_contact_name", "property_contact_phone", "occupancy", "access_instructions",
        "loan_type", "loan_purpose", "intended_use", "intended_users", "interest_appraised", "value_type", "notes",
        "vendor_instructions", "quote_number",
    }
)  # fmt: skip
_OTHERS = frozenset(
    {
        "portal_deadline_at", "units_excluding_adu", "adu_count", "is_waterfront", "gross_living_area", "acres",
        "utilities_on", "estimated_value", "loan_amount", "has_contract", "effective_date", "payment_authorised",
        "vendor_fee",
    }
)  # fmt: skip
CHANGEABLE = MONEY | SUBJECT | DUE_DATES | _TEXTS | _OTHERS
_EMAILS = frozenset({"borrower_email", "loan_officer_email"})
_FOLLOWING = ("property_key", "product_text", "unbillable_amounts", "stage_due_at")


class ChangeRefused(ValueError):
    """The order may not be changed like this; the message says why, and nothing was changed."""


def change_order(
    *, order: Order, values: Mapping[str, Any], actor: str, reason: str, now: datetime
) -> OrderChange | None:
    """Change columns of an order by their names; returns what was kept of it, or None when nothing is new.

    A fee changes its lines and, unless a total comes with it, the total. The order is checked again, and so are the
    payer's others when it stands otherwise in their credit. Raises `ChangeRefused`, or `MoveRefused` without a reason.
    """
    reason = require_reason(reason, "Say why the order changes.")
    order = Order.objects.select_for_update(no_key=True).get(pk=order.pk)
    wanted = _with_total(order, {name: _clean(order, name, value) for name, value in values.items()})
    new = {name: value for name, value in wanted.items() if value != getattr(order, name)}
    if not new:
        return None
    _require_allowed(order, frozenset(new))
    payer = order.bill_to_id
    changes = [Change(name, getattr(order, name), value) for name, value in sorted(new.items())]
    _store(order, new)
    change = record_change(order, changes, actor=actor, reason=reason, now=now)
    enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=now)
    if new.keys() & {"total_amount", "payment_type", "bill_to"}:
        look_again_at_payers(client_ids={payer, order.bill_to_id}, now=now)
    tell(order, "order.changed", {"changes": change.changes, "by": actor, "reason": reason}, now=now)
    return change


def record_change(
    order: Order, changes: Sequence[Change], *, actor: str, reason: str, now: datetime
) -> OrderChange:
    """Keep who changed what in an order, from what to what, and why."""
    told = [Change(change.field, _plain(change.before), _plain(change.after)).as_json() for change in changes]
    return OrderChange.objects.create(order=order, changes=told, actor=actor, reason=reason[:300], at=now)


def _plain(value: Any) -> Any:
    """A value as a person reads it in JSON: days and moments as ISO 8601, rows by their name."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, models.Model | Decimal) else value


def _clean(order: Order, name: str, value: Any) -> Any:
    """One value as its column keeps it, or `ChangeRefused` with what is wrong with it."""
    if name not in CHANGEABLE:
        raise ChangeRefused(f"{name} of an order cannot be changed by hand.")
    field = Order._meta.get_field(name)
    if isinstance(value, str):
        value = value.strip()
    if name in _EMAILS:
        value = str(value or "").lower()
    if name == "state":
        value = str(value or "").upper()
    if isinstance(field, models.ForeignKey):
        return value
    try:
        if isinstance(field, models.DecimalField) and value not in (None, ""):
            value = _rounded(field, value)
        return field.clean(None if value == "" and field.null else value, order)
    except ValidationError as error:
        raise ChangeRefused(f"{str(field.verbose_name).capitalize()}: {' '.join(error.messages)}") from None


def _rounded(field: models.DecimalField, value: Any) -> Decimal:
    amount: Decimal = field.to_python(value)
    if not amount.is_finite():
        raise ValidationError("Write a plain number such as 625.00.")
    return round_cents(amount) if field.decimal_places == 2 else amount


def _with_total(order: Order, values: dict[str, Any]) -> dict[str, Any]:
    """The values with the total that a new fee or tech fee comes to, where nobody gave another."""
    if "total_amount" in values or not values.keys() & {"fee_amount", "tech_fee"}:
        return values
    fee = values.get("fee_amount", order.fee_amount)
    tech_fee = values.get("tech_fee", order.tech_fee)
    return values if None in (fee, tech_fee) else values | {"total_amount": fee + tech_fee}


def _require_allowed(order: Order, names: frozenset[str]) -> None:
    """Refuse what may not change any more where the order stands."""
    if order.stage in (Stage.CANCELLED, Stage.CLOSED) and names != {"notes"}:
        raise ChangeRefused(
            f"Order {order} is {order.get_stage_display().lower()}; only its internal notes may still change."
        )
    if order.stage == Stage.ON_HOLD and names & DUE_DATES:
        raise ChangeRefused(f"Order {order} is on hold. Its due dates come back when it is resumed.")
    if names & SUBJECT and (order.held_from_stage or order.stage) in INSPECTED_STAGES:
        raise ChangeRefused(
            f"The property of order {order} was inspected, so {_named(names & SUBJECT)} cannot change. Cancel the order"
            " and enter a new one."
        )
    invoice = Invoice.objects.filter(order=order).exclude(state=InvoiceState.VOID).first()
    if names & MONEY and invoice is not None:
        raise ChangeRefused(
            f"Order {order} is on invoice {invoice}, so {_named(names & MONEY)} cannot change. Void the invoice first."
        )


def _named(names: frozenset[str]) -> str:
    return ", ".join(str(Order._meta.get_field(name).verbose_name) for name in sorted(names))


def _store(order: Order, new: Mapping[str, Any]) -> None:
    """Write the columns, and what follows from them: spelling of the property, lines of the fee, the next due time."""
    for name, value in new.items():
        setattr(order, name, value)
    order.property_key = property_key(street=order.street, unit=order.unit, zip_code=order.zip)
    if "product" in new and order.product is not None:
        order.product_text = ""
    stated = order.unbillable_amounts.items()
    order.unbillable_amounts = {field: text for field, text in stated if field not in new}
    order.stage_due_at = due_at_of(order, load_desk_time())
    order.save(update_fields=sorted({*new, *_FOLLOWING}))
    if "product" in new and order.product is not None:
        FeeLine.objects.filter(order=order, kind=FeeLineKind.BASE).update(code=order.product.code)
    if "fee_amount" in new:
        write_base_lines([order.pk])
