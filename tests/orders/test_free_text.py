"""What the free text of an order says about a value and about the appraiser, sentence by sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.free_text import find_choice, find_forbidden_choice, find_value_pressure
from orders.free_text.number_words import write_digits
from tests.orders import appraiser_choice_corpus as choices
from tests.orders import value_pressure_corpus as values


@pytest.mark.parametrize("may_be_sale", [True, False])
@pytest.mark.parametrize("text", values.PRESSURE)
def test_pressure_for_a_value_is_found_in_any_loan(text: str, may_be_sale: bool) -> None:
    assert find_value_pressure(text, may_be_sale=may_be_sale)


@pytest.mark.parametrize("text", values.PRESSURE_WITHOUT_SALE)
def test_a_loan_tells_a_value_only_where_no_sale_does(text: str) -> None:
    assert find_value_pressure(text, may_be_sale=False)
    assert not find_value_pressure(text, may_be_sale=True)


@pytest.mark.parametrize("text", (*values.HARMLESS_ON_PURCHASE, *values.HARMLESS))
def test_what_only_looks_like_pressure_is_left_alone_on_a_purchase(text: str) -> None:
    assert find_value_pressure(text, may_be_sale=True) == ""


@pytest.mark.parametrize("text", values.HARMLESS)
def test_what_only_looks_like_pressure_is_left_alone_without_a_sale(text: str) -> None:
    assert find_value_pressure(text, may_be_sale=False) == ""


def test_what_the_reader_is_known_to_get_wrong_is_still_that() -> None:
    assert not any(find_value_pressure(text, may_be_sale=True) for text in values.MISSED)
    assert all(find_value_pressure(text, may_be_sale=False) for text in values.MISTAKEN)


def test_the_sentence_that_presses_is_quoted_and_no_other() -> None:
    text = "Dogs on site. We need\n  640 for this. Call first, St. James Apt. 3 is the tenant's."
    assert find_value_pressure(text, may_be_sale=True) == "We need 640 for this."


@pytest.mark.parametrize("text", choices.BY_PRODUCTION)
def test_a_say_of_loan_production_is_found(text: str) -> None:
    assert find_forbidden_choice(text) == text
    assert find_choice(text) == text


@pytest.mark.parametrize("text", choices.BY_SOMEBODY)
def test_an_appraiser_named_by_somebody_is_a_choice_and_not_forbidden(text: str) -> None:
    assert (find_choice(text), find_forbidden_choice(text)) == (text, "")


@pytest.mark.parametrize("text", choices.HARMLESS)
def test_speaking_of_loan_officers_and_appraisers_is_no_choice(text: str) -> None:
    assert (find_choice(text), find_forbidden_choice(text)) == ("", "")


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("six hundred thousand", "600000"),
        ("four hundred and fifty thousand", "450000"),
        ("one million two hundred thousand", "1200000"),
        ("half a million", "500000"),
        ("three fifty", "350"),
        ("six forty-five", "645"),
        ("one bed, two baths", "one bed, two baths"),
    ],
)
def test_numbers_in_words_are_read(words: str, digits: str) -> None:
    written = write_digits(words)
    assert (written.strip(), len(written)) == (digits, len(words))


@given(st.text(max_size=500))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert find_value_pressure(text, may_be_sale=False) in " ".join(text.split())
    assert find_choice(text) in " ".join(text.split())


@pytest.mark.parametrize(
    "unit",
    [
        "need ",
        "come in ",
        "1,",
        "640 ",
        "$",
        "one hundred ",
        "value ",
        "  ",
        "\n ",
        "is short ",
        "1 a b St ",
        "$640k/",
    ]
    + ["loan officer wants ", "do not use Ida Kestrel ", "assign to Ida ", "business if ", "appraiser call "],
)
def test_a_long_hostile_text_is_read_in_seconds(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    start = time.process_time()
    find_value_pressure(text, may_be_sale=False)
    find_choice(text)
    assert time.process_time() - start < 5
