"""What the vendor of an order gets to see of it. Everything that is shown or sent to a vendor is taken from here.

A column that is not named here is shown to no vendor: fees of the client, internal notes, who ordered at the lender.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orders.models import Order
from orders.rules.independence import VENDOR_VISIBLE_TEXTS, pressure_in, told_estimates

VISIBLE_FIELDS = (
    "order_number", "product", "addressed_to", "vendor_due_date", "vendor_fee", "street", "unit", "city", "state",
    "zip", "county", "parcel_number", "legal_description", "property_type", "units_excluding_adu", "adu_count",
    "gross_living_area", "acres", "is_waterfront", "occupancy", "utilities_on", "borrower_name", "co_borrower_name",
    "owner_of_record", "property_contact_name", "property_contact_phone", "access_instructions", "loan_type",
    "loan_purpose", "fha_case_number", "loan_number", "estimated_value", "loan_amount", "intended_use",
    "intended_users", "effective_date", "interest_appraised", "value_type", "vendor_instructions",
)  # fmt: skip


# Free text that the vendor sees. The short ones raise no exception, and are withheld all the same.
_TEXTS = (*sorted(VENDOR_VISIBLE_TEXTS), "intended_use", "intended_users")


def withheld_fields(order: Order) -> tuple[str, ...]:
    """The fields that the vendor may not see: those hidden by a fix or a person, and those that no fix has hidden yet.

    A fix is made only in intake; pressure that comes later is withheld all the same.
    """
    pressing = [field for field in _TEXTS if pressure_in(order, field)]
    hidden = {*order.vendor_hidden_fields, *pressing, *told_estimates(order)}
    return tuple(field for field in VISIBLE_FIELDS if field in hidden)


def vendor_view(order: Order) -> Mapping[str, Any]:
    """The values of the order that its vendor may see, by column; without those that nobody has told us."""
    withheld = withheld_fields(order)
    values = {field: getattr(order, field) for field in VISIBLE_FIELDS if field not in withheld}
    return {field: value for field, value in values.items() if value not in (None, "")}
