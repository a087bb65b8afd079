"""One order as another program sends it: the columns of an order file, each as JSON has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agent.rest.bodies import Body, Count, Flag, Text
from orders.intake import COLUMNS, KIND_OF_COLUMN, KNOWN_VALUES

LARGEST_COUNT = 2_147_483_647
MOST_CODES = 50
HELP = {
    "order_number": "The desk's number of it, unique. One that the desk has already is left as it is.",
    "client": "Who orders: the name or the reference of a client of the desk.",
    "bill_to": "Who pays, as `client`; whoever orders, unless it is said.",
    "product": "The code or the name of a product.",
    "vendor": "The name of a vendor of the desk.",
    "state": "Two letters, such as CO.",
}
HELP_OF_KIND = {
    "money": "A plain number as text, such as 625.00.",
    "date": "A day, YYYY-MM-DD.",
    "moment": "A moment in ISO 8601; in the desk's time zone when it names none.",
    "codes": "Codes or names of add-ons.",
}


@extend_schema_field({"type": "string", "nullable": True, "format": "date"})
class Day(Text):
    """A calendar day."""


@extend_schema_field({"type": "string", "nullable": True, "format": "date-time"})
class Moment(Text):
    """A moment."""


def _make_field(column: str, *, is_required: bool) -> serializers.Field:
    kind = KIND_OF_COLUMN[column]
    known = f"One of {', '.join(KNOWN_VALUES[column])}." if column in KNOWN_VALUES else ""
    common: dict[str, Any] = {
        "required": is_required,
        "allow_null": not is_required,
        "help_text": HELP.get(column) or HELP_OF_KIND.get(kind) or known,
    }
    if kind == "flag":
        return Flag(**common)
    if kind == "count":
        return Count(min_value=0, max_value=LARGEST_COUNT, **common)
    if kind == "codes":
        return serializers.ListField(child=Text(max_length=100), max_length=MOST_CODES, **common)
    field = {"date": Day, "moment": Moment}.get(kind, Text)
    return field(allow_blank=not is_required, **common)


def _make_body(name: str, doc: str, *, required: tuple[str, ...]) -> type[Body]:
    fields = {column: _make_field(column, is_required=column in required) for column in sorted(COLUMNS)}
    return type(name, (Body,), {"__doc__": doc, "__module__": __name__, **fields})


OrderBody = _make_body(
    "OrderBody",
    "One order. What is left out, null or empty is a fact that nobody has told.",
    required=("order_number", "client"),
)
ConsideredOrder = _make_body(
    "ConsideredOrder", "One order that is only looked at, and needs no number.", required=("client",)
)


def read_cells(values: Mapping[str, Any]) -> dict[str, str]:
    """The values as the cells of a file's line, by which every intake is read."""
    return {column: _write_cell(value) for column, value in values.items()}


def _write_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, list) else str(value)
