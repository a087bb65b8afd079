"""What both companies sell and for how much: products, add-ons and price lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import DemoTenant, Moment

# Price lists are in force since a year before loading; one product was repriced meanwhile.
LIST_AGE_DAYS = 365
REPRICED_PRODUCT, REPRICED_BY = "URAR-SF", Decimal("15.00")
REPRICED_DAYS_AGO = 90
# A client with a price list of its own: the catalogue times this.
CLIENT_FACTORS = {"Columbia Gorge Mortgage": Decimal("0.92")}


@dataclass(frozen=True, kw_only=True)
class DemoPrice:
    """One row of a price list: an amount for a product, or a client's factor on the catalogue."""

    list_name: str
    product: str = ""
    client: str = ""
    amount: Decimal | None = None
    factor: Decimal | None = None
    effective_from: date
    effective_to: date | None = None


def products() -> list[dict[str, Any]]:
    """The columns of each product. BPO, AVM and inspections need no credential."""
    return [
        {
            "code": entry["code"],
            "name": entry["name"],
            "valuation_method": entry["valuation_method"],
            "inspects_interior": entry["interior_inspection"],
            "turn_time_days": entry["turn_time_bd"],
            "min_credential": "" if entry["min_credential"] == "none" else entry["min_credential"],
            "legacy_form": entry["legacy_form"] or "",
            "quote_required": entry.get("quote_required", False),
        }
        for entry in read_specification()["products"]
    ]


def add_ons() -> list[dict[str, Any]]:
    """The columns of each add-on: a price, or a share of the fee."""
    rows = []
    for entry in read_specification()["addons"]:
        percent, is_share, _ = entry["price"].partition("% of fee")
        amount = Decimal(percent)
        price = {"percent_of_fee": amount} if is_share else {"price": amount}
        rows.append({"code": entry["code"], "name": entry["name"], **price})
    return rows


def prices(tenant: DemoTenant, at: Moment) -> list[DemoPrice]:
    """The price lists: the one in force, the row it superseded, and clients' own factors."""
    start, repriced = at.day(-LIST_AGE_DAYS), at.day(-REPRICED_DAYS_AGO)
    rows = []
    for code, amount in base_fees(tenant).items():
        is_repriced = code == REPRICED_PRODUCT
        rows.append(
            DemoPrice(
                list_name="v2",
                product=code,
                amount=amount,
                effective_from=at.day(1 - REPRICED_DAYS_AGO) if is_repriced else start,
            )
        )
        if is_repriced:
            superseded = amount - REPRICED_BY
            rows.append(
                DemoPrice(
                    list_name="v1",
                    product=code,
                    amount=superseded,
                    effective_from=start,
                    effective_to=repriced,
                )
            )
    own = read_specification()["clients"][tenant.slug]
    rows += [
        DemoPrice(list_name="own", client=entry["name"], factor=factor, effective_from=start)
        for entry in own
        if (factor := CLIENT_FACTORS.get(entry["name"])) is not None
    ]
    return rows


def base_fees(tenant: DemoTenant) -> dict[str, Decimal]:
    """The catalogue price of each product that has one, by code."""
    return {
        entry["code"]: round_cents(Decimal(entry["base_fee"]) * tenant.price_factor)
        for entry in read_specification()["products"]
        if entry["base_fee"] is not None
    }


def add_on_prices() -> Mapping[str, Decimal]:
    """The fixed price of each add-on that has one, by code."""
    return {row["code"]: row["price"] for row in add_ons() if "price" in row}


def round_cents(amount: Decimal) -> Decimal:
    """Half up to two places."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
