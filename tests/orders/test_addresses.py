"""Addresses and telephone numbers of orders: one spelling for one property, and every ZIP in its state."""

from __future__ import annotations

import pytest

from orders.addresses import ZIP_PREFIXES, is_zip_in_state, phone_digits, property_key, zip5

# The first and the last three-digit prefix of each state, one inside, and one of a neighbour.
ZIPS = [
    ("CO", "80001", "81658", "82001"), ("OR", "97001", "97920", "98001"), ("WA", "98001", "99403", "98701"),
    ("NE", "68001", "69367", "68201"), ("UT", "84001", "84791", "83801"), ("WY", "82001", "83128", "83501"),
    ("FL", "32003", "34997", "34001"), ("MT", "59001", "59937", "60001"), ("CA", "90001", "96162", "90901"),
    ("NY", "00501", "14925", "15001"), ("TX", "73301", "88595", "77101"), ("ID", "83201", "83877", "83901"),
    ("MA", "01001", "05544", "02801"), ("DC", "20001", "56999", "20101"), ("VA", "20101", "24658", "20001"),
    ("PR", "00601", "00988", "00801"), ("VI", "00801", "00851", "00901"), ("GU", "96910", "96932", "96801"),
    ("AS", "96799", "96799", "96801"), ("MP", "96950", "96952", "96701"), ("AE", "09001", "09898", "34001"),
    ("AA", "34001", "34099", "33901"), ("AP", "96201", "96698", "96701"), ("AK", "99501", "99950", "99401"),
    ("HI", "96701", "96898", "96901"), ("PW", "96939", "96940", "97001"), ("MH", "96960", "96970", "96001"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "first", "last", "other"), ZIPS)
def test_a_zip_is_in_its_state_and_not_in_another(state: str, first: str, last: str, other: str) -> None:
    assert is_zip_in_state(first, state) and is_zip_in_state(last, state)
    assert not is_zip_in_state(other, state)


def test_every_state_territory_and_armed_force_has_its_prefixes() -> None:
    assert len(ZIP_PREFIXES) == 50 + 1 + 5 + 3 + 3


@pytest.mark.parametrize(
    ("text", "five"),
    [
        ("97212", "97212"), (" 97212-1234 ", "97212"), ("972121234", "97212"), ("97212 1234", "97212"), ("9721", ""),
        ("97212-123", ""), ("972123", ""), ("9721A", ""), ("٩٧٢١٢", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_zip_has_five_or_nine_digits(text: str, five: str) -> None:
    assert zip5(text) == five


SAME = [
    ("7715 SE Malden St", "", "7715 S.E. MALDEN STREET", ""),
    ("7715 SE Malden St.", "", "7715 Southeast  Malden Str", ""),
    ("2480 W 4th Ave", "", "2480 West Fourth Avenue", ""),
    ("12 St Helens Rd", "", "12 Saint Helens Road", ""),
    ("12 Peña Blvd", "", "12 Pena Boulevard", ""),
    ("9 O'Neil Ct", "", "9 O\u2019Neil Court", ""),
    ("1600 Wynkoop St", "402", "1600 Wynkoop Street, Unit 402", ""),
    ("1600 Wynkoop St", "#4-B", "1600 Wynkoop St Apt 4B", ""),
    ("1600 Wynkoop St", "Unit 402", "1600 Wynkoop St", "apt. 402"),
    ("18 Mobile Home Pkwy", "Lot 5", "18 Mobile Home Parkway Lot 5", ""),
]


@pytest.mark.parametrize(("street", "unit", "other_street", "other_unit"), SAME)
def test_one_property_has_one_spelling(street: str, unit: str, other_street: str, other_unit: str) -> None:
    key = property_key(street=street, unit=unit, zip_code="97206")
    assert key == property_key(street=other_street, unit=other_unit, zip_code="97206-1234")


@pytest.mark.parametrize(
    ("street", "unit", "zip_code"),
    [
        ("7715 SE Malden St", "2", "97206"), ("7715 SE Malden St", "", "97207"), ("7717 SE Malden St", "", "97206"),
        ("7715 NE Malden St", "", "97206"), ("7715 SE Malden Ave", "", "97206"), ("7715 Malden St SE", "", "97206"),
    ],
)  # fmt: skip
def test_another_unit_number_direction_suffix_or_zip_is_another_property(
    street: str, unit: str, zip_code: str
) -> None:
    key = property_key(street="7715 SE Malden St", unit="", zip_code="97206")
    assert key != property_key(street=street, unit=unit, zip_code=zip_code)


@pytest.mark.parametrize(
    ("street", "zip_code"), [("", "97206"), ("Malden", "97206"), ("7715 SE Malden St", "")]
)
def test_a_property_that_cannot_be_told_has_no_spelling(street: str, zip_code: str) -> None:
    assert property_key(street=street, unit="", zip_code=zip_code) == ""


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("303-555-0142", "3035550142"), ("+1 (303) 555-0142", "3035550142"), ("13035550142", "3035550142"),
        ("303.555.0142 ext. 12", "3035550142"), ("+13035550142;ext=12", "3035550142"),
        ("303-555-0142 x12", "3035550142"), ("+44 20 7946 0958", "442079460958"), ("555-0142", ""),
        ("44 20 7946 0958 1", ""), ("at work", ""), ("", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_are_compared_by_their_digits(text: str, digits: str) -> None:
    assert phone_digits(text) == digits
