"""What is particular about one order of the desk; everything a plan leaves open is filled in by `book`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agent_site.demo.orders.places import Place
from orders.models import PaymentType
from orders.states import Stage

BILL, CARD, BORROWER_PAY, COD = (
    PaymentType.BILL,
    PaymentType.CARD,
    PaymentType.BORROWER_PAY,
    PaymentType.COD,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One order to be built: complete, correctly priced and in time, but for what stands here.

    `scenario` names the case in the specification and `expected` the codes that the rules must find. `columns` are
    columns of the order set at last, as they are. `days_ago` and `delivered_days_ago` are counted back from the
    moment of loading, `due_in` is in days from today; None leaves them to what the stage suggests.
    """

    scenario: str
    client: str
    product: str = "URAR-SF"
    stage: Stage = Stage.RECEIVED
    payment: str = BILL
    number: str = ""
    state: str = ""
    place: Place | None = None
    add_ons: tuple[str, ...] = ()
    fee: Decimal | None = None
    quote: str = ""
    vendor: str = ""
    held_from: str = ""
    days_ago: float | None = None
    delivered_days_ago: float | None = None
    scheduled_days_ago: float | None = None
    due_in: int | None = None
    occupancy: str = ""
    loan_purpose: str = ""
    expected: frozenset[str] = frozenset()
    columns: Mapping[str, Any] = field(default_factory=dict)
