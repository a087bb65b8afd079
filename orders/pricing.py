"""What an order should cost: money arithmetic, and the search for the price row that fits best (domain, 2.1).

Pure: the rows are loaded beforehand. Judging what an order says it costs lives in `orders.rules.pricing`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

CENT = Decimal("0.01")


def round_cents(amount: Decimal) -> Decimal:
    """Round half up to two places; only lines are rounded, never their sum."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def normalise_county(county: str) -> str:
    """The spelling under which price rows name a county: lower case, without the word county or its like."""
    plain = " ".join(county.lower().split())
    return re.sub(r"^(?:city and )?county of |\s+(?:county|co\.?|parish|borough)$", "", plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRowFacts:
    """One row of a price list: an amount, or a client's factor on the catalogue."""

    list_name: str
    client_id: int | None
    product_id: int | None
    state: str
    county: str
    amount: Decimal | None
    factor: Decimal | None
    effective_from: date
    effective_to: date | None

    def is_in_force(self, on: date) -> bool:
        """Whether the row holds on that day, both ends included."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOnFacts:
    """The price of one add-on: a fixed one, or a share of the base fee."""

    code: str
    price: Decimal | None
    percent_of_fee: Decimal | None

    def amount(self, base: Decimal) -> Decimal:
        """Dollars on top of a base fee; not discounted by a client's factor (desk)."""
        if self.price is not None:
            return round_cents(self.price)
        return round_cents(base * (self.percent_of_fee or Decimal(0)) / 100)


RowKey: TypeAlias = tuple[int | None, int | None, str, str]
"""Client, product, state, county; what a row leaves open is None or empty."""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """The tenant's price rows by what they name (client, product, state, county), and its add-ons."""

    rows: Mapping[RowKey, Sequence[PriceRowFacts]] = field(default_factory=dict)
    add_ons: Mapping[str, AddOnFacts] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[PriceRowFacts], add_ons: Iterable[AddOnFacts]) -> PriceBook:
        """Arrange rows for the search."""
        by_key: dict[RowKey, list[PriceRowFacts]] = {}
        for row in rows:
            by_key.setdefault((row.client_id, row.product_id, row.state, row.county), []).append(row)
        return cls(rows=by_key, add_ons={add_on.code: add_on for add_on in add_ons})

    def in_force(self, key: RowKey, on: date) -> list[PriceRowFacts]:
        """The rows of one key that hold on a day; more than one is a configuration error."""
        return [row for row in self.rows.get(key, ()) if row.is_in_force(on)]

    def starts(self, *, product_id: int, client_id: int, state: str, county: str) -> list[date]:
        """The days on which a row that may price the product for the client at the place came into force."""
        place = (product_id, state, normalise_county(county))
        keys = [*_places(client_id, *place), (client_id, None, "", ""), *_places(None, *place)]
        return sorted({row.effective_from for key in keys for row in self.rows.get(key, ())})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One line of an expected price."""

    code: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an order should cost: rounded lines, of which the fee is the sum; the tech fee stands apart."""

    lines: tuple[PriceLine, ...]
    tech_fee: Decimal
    explanation: str
    from_quote: bool = False

    @property
    def base(self) -> Decimal:
        """The fee without add-ons."""
        return self.lines[0].amount

    @property
    def add_ons(self) -> Decimal:
        """The sum of the add-ons."""
        return sum((line.amount for line in self.lines[1:]), Decimal("0.00"))

    @property
    def fee(self) -> Decimal:
        """What the appraisal costs: the sum of the lines."""
        return self.base + self.add_ons

    @property
    def total(self) -> Decimal:
        """What the client pays."""
        return self.fee + self.tech_fee


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPrice:
    """There is no one effective price, and why."""

    reason: str


def resolve_price(
    *,
    book: PriceBook,
    product_id: int,
    needs_quote: bool,
    client_id: int,
    state: str,
    county: str,
    on: date,
    add_on_codes: Sequence[str],
    tech_fee: Decimal,
    quote_number: str = "",
    quoted_fee: Decimal | None = None,
) -> Price | NoPrice:
    """The one effective price of a product for a client at a place on a day, or why there is none.

    An accepted quote is the whole fee. Otherwise the row that names most wins: client and county, client and state,
    client, client's factor on the catalogue, county, state, product. Two rows in force for the same names are a
    configuration error, never a first row. Source: domain, 2.1.3.
    """
    if quoted_fee is not None:
        return Price(
            lines=(PriceLine(code="QUOTE", amount=round_cents(quoted_fee)),),
            tech_fee=round_cents(tech_fee),
            explanation=f"{quoted_fee:.2f} = accepted quote {quote_number}",
            from_quote=True,
        )
    if needs_quote:
        return NoPrice(reason="This product is sold by quote only, and the order names no accepted quote.")
    found = _base(book, product_id, client_id, state, normalise_county(county), on)
    if isinstance(found, NoPrice):
        return found
    base, explanation = found
    lines = [PriceLine(code="BASE", amount=base)]
    for code in add_on_codes:
        add_on = book.add_ons.get(code)
        if add_on is None:
            return NoPrice(reason=f"The add-on {code} is not in the catalogue.")
        lines.append(PriceLine(code=code, amount=add_on.amount(base)))
    return Price(lines=tuple(lines), tech_fee=round_cents(tech_fee), explanation=_explain(lines, explanation))


def _base(
    book: PriceBook, product_id: int, client_id: int, state: str, county: str, on: date
) -> tuple[Decimal, str] | NoPrice:
    own = _first(book, _places(client_id, product_id, state, county), on)
    if own is not None:
        return own if isinstance(own, NoPrice) else (round_cents(own.amount or Decimal(0)), _source(own))
    factor = _first(book, [(client_id, product_id, "", ""), (client_id, None, "", "")], on, factors=True)
    if isinstance(factor, NoPrice):
        return factor
    catalogue = _first(book, _places(None, product_id, state, county), on)
    if catalogue is None:
        return NoPrice(reason=f"No price list in force on {on} names this product.")
    if isinstance(catalogue, NoPrice):
        return catalogue
    amount = round_cents(catalogue.amount or Decimal(0))
    if factor is None or factor.factor is None:
        return amount, _source(catalogue)
    text = f"{amount} × {factor.factor.normalize():f} ({_source(factor)}), {_source(catalogue)}"
    return round_cents(amount * factor.factor), text


def _places(client_id: int | None, product_id: int, state: str, county: str) -> list[RowKey]:
    """The keys to look under, the most exact first."""
    keys: list[RowKey] = [(client_id, product_id, "", "")]
    if state:
        keys.insert(0, (client_id, product_id, state, ""))
        if county:
            keys.insert(0, (client_id, product_id, state, county))
    return keys


def _first(
    book: PriceBook, keys: Sequence[RowKey], on: date, *, factors: bool = False
) -> PriceRowFacts | NoPrice | None:
    """The row under the first key that has any in force; two of them are a tie."""
    for key in keys:
        rows = [row for row in book.in_force(key, on) if (row.factor is not None) == factors]
        if len(rows) > 1:
            names = ", ".join(sorted(row.list_name for row in rows))
            return NoPrice(reason=f"{len(rows)} price rows are in force on {on} at once (lists {names}).")
        if rows:
            return rows[0]
    return None


def _source(row: PriceRowFacts) -> str:
    return f"list {row.list_name}, since {row.effective_from}"


def _explain(lines: Sequence[PriceLine], source: str) -> str:
    base, *add_ons = lines
    total = sum((line.amount for line in lines), Decimal("0.00"))
    base_text = f"base {source}" if "×" in source else f"base {base.amount}, {source}"
    return f"{total} = {base_text}" + "".join(f" + {line.code} {line.amount}" for line in add_ons)
