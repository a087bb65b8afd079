"""What an override rests on, and when it no longer does. Pure: granting and ending one lives in `orders.services`.

An override lets one order, as a person saw it, go on in spite of exceptions. It names the values that the person
vouched for; an order with other values is another matter, and the override is void (domain, 2.2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from orders.facts import OrderFacts, OrderRecord
from orders.rules.credit import amount_needed, takes_credit
from orders.states import OverrideState

LIFETIME = timedelta(days=7)
# Above this total, and above this many times the payer's limit, one person is not enough. In dollars.
TOTAL_FOR_ONE = Decimal("5000.00")
LIMITS_FOR_ONE = 2

# The columns that every override rests on, with the operator's word for what they say.
BASIS: dict[str, str] = {
    "total_amount": "total",
    "ordered_by_id": "client",
    "bill_to_id": "payer",
    "product_id": "product",
    "product_text": "product",
    "legacy_form": "product",
}
# What was said for one vendor does not hold for another.
VENDOR_BASIS: dict[str, str] = {"vendor_id": "vendor"}
_WORDS = BASIS | VENDOR_BASIS


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOverride:
    """An override that has not ended, as a look at its order needs it."""

    id: int
    state: str
    basis: Mapping[str, Any]
    is_expired: bool

    @property
    def is_in_force(self) -> bool:
        """Whether everybody who must has agreed to it."""
        return self.state == OverrideState.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How an override ends, and why."""

    override_id: int
    state: str
    reason: str


def basis_of(order: OrderRecord, codes: Iterable[str]) -> dict[str, Any]:
    """The values of the order that an override of these codes rests on, as JSON."""
    names = list(BASIS)
    if any(code.startswith("VND-") or code == "IND-404" for code in codes):
        names += VENDOR_BASIS
    return {name: _plain(getattr(order, name)) for name in names}


def hash_of(basis: Mapping[str, Any]) -> str:
    """One short text that differs whenever a value differs."""
    return hashlib.sha256(json.dumps(basis, sort_keys=True).encode()).hexdigest()


def seen_hash(order: Any) -> str:
    """What a page binds an act to: one text for everything that an override of the order may rest on.

    Takes the stored row as well as the record.
    """
    return hash_of({name: _plain(getattr(order, name)) for name in _WORDS})


def end_of(override: StandingOverride, order: OrderRecord) -> End | None:
    """How the override has ended by what the order is now, or by the time; None while it stands."""
    now = {name: _plain(getattr(order, name)) for name in override.basis}
    if hash_of(now) != hash_of(override.basis):
        return End(
            override_id=override.id,
            state=OverrideState.VOIDED.value,
            reason=_what_changed(override.basis, now),
        )
    if override.is_expired:
        reason = f"It stood for {LIFETIME.days} days."
        return End(override_id=override.id, state=OverrideState.EXPIRED.value, reason=reason)
    return None


def _what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    words = dict.fromkeys(_WORDS[name] for name in before if before[name] != after[name])
    changed = " and ".join(f"the {word}" for word in words)
    if "total" in words:
        changed += f" ({before['total_amount'] or 'none'} became {after['total_amount'] or 'none'})"
    return f"The order has changed since: {changed}."


def in_force_ids(standing: Sequence[StandingOverride], ended: Sequence[End]) -> frozenset[int]:
    """The overrides that still let their exceptions pass."""
    gone = {end.override_id for end in ended}
    return frozenset(each.id for each in standing if each.is_in_force and each.id not in gone)


def why_second_person(facts: OrderFacts) -> str:
    """Why one person is not enough for this order; empty when one is."""
    total, credit = facts.order.total_amount, facts.credit
    if total is not None and total > TOTAL_FOR_ONE:
        return f"The total of {total:.2f} is above {TOTAL_FOR_ONE}."
    needed = amount_needed(facts)
    if not takes_credit(facts) or needed is None:
        return ""
    limit = credit.credit_limit or Decimal("0.00")
    if credit.exposure + needed > LIMITS_FOR_ONE * limit:
        return (
            f"{facts.bill_to.name} would owe {credit.exposure + needed:.2f}, "
            f"more than twice its limit of {limit:.2f}."
        )
    return ""


def _plain(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value
