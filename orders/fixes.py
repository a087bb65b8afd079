"""Safe fixes as values: what a rule would change in an order, applied to facts, told as JSON, and turned back.

Pure. When a fix may be applied by itself is said in `safe_fixes_allowed`; storing one lives in `orders.services`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from orders.facts import MONEY_FIELDS, DeskFacts, OrderFacts, OrderRecord
from orders.pricing import round_cents

JsonChange = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the order, before and after.

    `product` takes product codes, and `vendor_hidden_fields.x` hides the field x. An amount that is not in cents
    (rule PRC-103) is kept in cents, with what was stated beside it.
    """

    field: str
    before: Any
    after: Any

    def as_json(self) -> JsonChange:
        """As stored and shown: money as text with its two places."""
        return {"field": self.field, "before": _plain(self.before), "after": _plain(self.after)}

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.field, self.after, self.before)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def read_changes(stored: Iterable[JsonChange]) -> tuple[Change, ...]:
    """The changes of a stored fix, money as `Decimal` again."""
    return tuple(
        Change(item["field"], _typed(item["field"], item["before"]), _typed(item["field"], item["after"]))
        for item in stored
    )


def _typed(field: str, value: Any) -> Any:
    return Decimal(value) if field in MONEY_FIELDS and value is not None else value


def safe_fixes_allowed(facts: OrderFacts) -> bool:
    """Whether fixes may be applied without a person: work not agreed, nothing invoiced (domain, 2.1.5)."""
    return facts.order.is_in_intake and facts.credit.own_invoice_balance is None


def with_changes(facts: OrderFacts, changes: Sequence[Change]) -> OrderFacts:
    """The facts as they are once the changes are made."""
    return facts.changed(**record_values(facts.order, changes, facts.desk))


def record_values(order: OrderRecord, changes: Sequence[Change], desk: DeskFacts) -> dict[str, Any]:
    """The columns of the order, and their values, that the changes come to."""
    values: dict[str, Any] = {}
    for change in changes:
        column, _, key = change.field.partition(".")
        if column == "product":
            values["product_id"] = desk.products_by_code[change.after].id if change.after else None
        elif column == "vendor_hidden_fields":
            hidden = [name for name in values.get(column, order.vendor_hidden_fields) if name != key]
            values[column] = tuple([*hidden, key] if change.after else hidden)
        elif column in MONEY_FIELDS:
            values[column] = None if change.after is None else round_cents(change.after)
            others = values.get("unbillable_amounts", order.unbillable_amounts).items()
            stated = {name: text for name, text in others if name != column}
            if values[column] != change.after:
                stated[column] = str(change.after)
            values["unbillable_amounts"] = stated
        else:
            values[column] = change.after
    return values


def holds(order: OrderRecord, changes: Sequence[Change], desk: DeskFacts) -> bool:
    """Whether the order still has the values that the changes left, so that they can be taken back."""
    return all(
        getattr(order, column) == value for column, value in record_values(order, changes, desk).items()
    )


def changed_columns(before: OrderRecord, after: OrderRecord) -> Mapping[str, Any]:
    """The columns in which two states of one order differ, with the values of the second."""
    if after is before:
        return {}
    return {
        column.name: getattr(after, column.name)
        for column in fields(OrderRecord)
        if getattr(before, column.name) != getattr(after, column.name)
    }
