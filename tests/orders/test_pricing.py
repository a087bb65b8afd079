"""The search for a price: which row wins, what it is made of, and that totals are sums of rounded lines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.pricing import AddOnFacts, NoPrice, Price, PriceBook, PriceRowFacts, resolve_price, round_cents
from tests.orders.cast import LIST_FROM, TODAY, D, price_row

CLIENT, PRODUCT = 7, 1
COUNTY = {"state": "CO", "county": "boulder"}
# Every kind of row, the one that fits best first.
ROWS: dict[str, PriceRowFacts] = {
    "client and county": price_row(client_id=CLIENT, amount=D("601.00"), **COUNTY),
    "client and state": price_row(client_id=CLIENT, amount=D("602.00"), state="CO"),
    "client": price_row(client_id=CLIENT, amount=D("603.00")),
    "client's factor": price_row(client_id=CLIENT, product_id=None, amount=None, factor=D("0.9200")),
    "county": price_row(amount=D("605.00"), **COUNTY),
    "state": price_row(amount=D("606.00"), state="CO"),
    "product": price_row(amount=D("625.00")),
}
BEST = ["601.00", "602.00", "603.00", "556.60", "605.00", "606.00", "625.00"]


def _price(rows: list[PriceRowFacts], **changes: object) -> Price | NoPrice:
    values: dict[str, object] = {
        "book": PriceBook.of(rows, [AddOnFacts(code="ADU", price=D("100.00"), percent_of_fee=None),
                                    AddOnFacts(code="HALF", price=None, percent_of_fee=D("50"))]),
        "product_id": PRODUCT, "needs_quote": False, "client_id": CLIENT, "state": "CO", "county": "Boulder County",
        "on": TODAY, "add_on_codes": (), "tech_fee": D("20.00"),
    }  # fmt: skip
    return resolve_price(**values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", range(len(ROWS)))
def test_the_row_that_names_most_wins(start: int) -> None:
    price = _price(list(ROWS.values())[start:])
    assert isinstance(price, Price)
    assert price.fee == D(BEST[start])


def test_an_accepted_quote_beats_every_row() -> None:
    price = _price(list(ROWS.values()), quoted_fee=D("500.00"), quote_number="Q-9")
    assert isinstance(price, Price)
    assert (price.fee, price.total, price.explanation) == (
        D("500.00"),
        D("520.00"),
        "500.00 = accepted quote Q-9",
    )


def test_rows_of_another_client_state_or_product_count_for_nothing() -> None:
    rows = [
        price_row(client_id=8, amount=D("1.00")),
        price_row(state="WY", amount=D("2.00")),
        price_row(product_id=2, amount=D("3.00")),
        price_row(state="CO", county="denver", amount=D("4.00")),
        ROWS["product"],
    ]
    price = _price(rows)
    assert isinstance(price, Price)
    assert price.fee == D("625.00")


@pytest.mark.parametrize(
    ("starts", "ends", "is_in_force"),
    [
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (LIST_FROM, TODAY, True),
        (LIST_FROM, TODAY - timedelta(days=1), False),
    ],
)
def test_a_row_holds_from_its_first_day_through_its_last(
    starts: date, ends: date | None, is_in_force: bool
) -> None:
    found = _price([price_row(effective_from=starts, effective_to=ends)])
    assert isinstance(found, Price) == is_in_force


def test_two_rows_for_the_same_names_are_an_error_and_never_the_first() -> None:
    found = _price([ROWS["product"], price_row(list_name="v4")])
    assert isinstance(found, NoPrice)
    assert "lists v3, v4" in found.reason


def test_a_product_sold_by_quote_has_no_price_without_one() -> None:
    assert isinstance(_price(list(ROWS.values()), needs_quote=True), NoPrice)


def test_the_explanation_can_be_read() -> None:
    price = _price([ROWS["product"], ROWS["client's factor"]], add_on_codes=("ADU",))
    assert isinstance(price, Price)
    assert price.explanation == (
        f"675.00 = base 625.00 × 0.92 (list v3, since {LIST_FROM}), list v3, since {LIST_FROM} + ADU 100.00"
    )
    plain = _price([ROWS["product"]])
    assert isinstance(plain, Price)
    assert plain.explanation == f"625.00 = base 625.00, list v3, since {LIST_FROM}"


def test_add_ons_are_not_discounted_and_a_share_is_of_the_base() -> None:
    price = _price([ROWS["product"], ROWS["client's factor"]], add_on_codes=("ADU", "HALF"))
    assert isinstance(price, Price)
    assert [line.amount for line in price.lines] == [D("575.00"), D("100.00"), D("287.50")]


def test_an_unknown_add_on_leaves_no_price() -> None:
    assert isinstance(_price([ROWS["product"]], add_on_codes=("CASTLE",)), NoPrice)


amounts = st.decimals(min_value=0, max_value=100_000, places=2)


@given(
    base=amounts,
    factor=st.none() | st.decimals(min_value="0.0001", max_value="9.9999", places=4),
    add_ons=st.lists(st.tuples(amounts, st.booleans()), max_size=6),
    tech=amounts,
)
def test_totals_equal_the_sum_of_rounded_lines(
    base: Decimal, factor: Decimal | None, add_ons: list[tuple[Decimal, bool]], tech: Decimal
) -> None:
    rows = [price_row(amount=base)]
    if factor is not None:
        rows.append(price_row(client_id=CLIENT, product_id=None, amount=None, factor=factor))
    facts = [
        AddOnFacts(
            code=f"A{n}", price=None if share else price, percent_of_fee=price % 100 if share else None
        )
        for n, (price, share) in enumerate(add_ons)
    ]
    price = _price(
        rows, book=PriceBook.of(rows, facts), add_on_codes=tuple(f.code for f in facts), tech_fee=tech
    )
    assert isinstance(price, Price)
    assert all(line.amount == round_cents(line.amount) for line in price.lines)
    assert price.fee == sum(line.amount for line in price.lines)
    assert price.total == price.fee + price.tech_fee
    assert price.explanation.startswith(f"{price.fee} = ")


@pytest.mark.parametrize(
    ("amount", "cents"), [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("1.015", "1.02")]
)
def test_halves_are_rounded_up(amount: str, cents: str) -> None:
    assert round_cents(D(amount)) == D(cents)
