"""The subject property in an order's text: the span that is an address, and its parts. Nothing is guessed.

The span is found by its shape (a house number, a street's suffix, a town, a ZIP), its parts by `usaddress`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from orders.addresses import STREET_WORDS, ZIP_PREFIXES

_STATE_NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
    "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME",
    "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO",
    "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM",
    "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN",
    "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV",
    "wisconsin": "WI", "wyoming": "WY", "district of columbia": "DC",
}  # fmt: skip
_SUFFIX = "|".join(sorted(STREET_WORDS, key=len, reverse=True))
_STATE = "|".join([*sorted(ZIP_PREFIXES), *(name.title() for name in _STATE_NAMES)])
_ZIP = r"\d{5}(?:-\d{4})?"
_UNIT = r"(?:[\s,]+(?:(?i:unit|apt|apartment|suite|ste|no|lot)\b\.?\s*#?|#)\s*[\w-]{1,8})?"
_ANY_CITY = r"(?:[A-Za-z][\w.'’-]*[ \t]){0,3}?[A-Za-z][\w.'’-]*"
_CITY = r"(?:[A-Z][\w.'’-]*[ \t]){0,3}[A-Z][\w.'’-]*"
_STREET = (
    r"(?<![\w$./#-])\d{1,6}[A-Z]?(?:-\d{1,5})?[ \t]+"
    rf"(?:[\w.'’-]+[ \t]+){{0,5}}?(?i:{_SUFFIX})\b\.?(?:[ \t]+(?i:[NSEW]|[NS][EW]|North|South|East|West)\b\.?)?(?:[ \t]+\d{1, 4}(?=,))?"
)
_WHOLE = re.compile(
    rf"(?P<street>{_STREET}){_UNIT}"
    rf"(?:[\s,]+(?P<city>{_ANY_CITY}))?(?:,?\s+(?P<state>(?i:{_STATE}))\b\.?)?,?\s+(?P<zip>{_ZIP})\b"
)
# Streets without a suffix of their own ("12 Broadway, Denver, CO 80203"): only with everything behind them.
_WITHOUT_SUFFIX = re.compile(
    rf"(?<![\w$./#-])\d{{1,6}}[ \t]+(?:[A-Z0-9][\w.'’-]*[ \t]?){{1,5}}{_UNIT},\s*{_CITY},?\s+(?:{_STATE})\.?\s+{_ZIP}\b"
)
_TOWN = re.compile(rf"(?P<street>{_STREET}){_UNIT}[\s,]+(?P<city>{_CITY}),\s*(?P<state>{_STATE})\b(?![\w'’])")
# With nothing behind it, only in the capitals of a name: "3 orders on the way" is no street.
_ALONE = re.compile(
    r"(?<![\w$./#-])\d{1,6}[A-Z]?[ \t]+(?:[A-Z0-9][\w.'’-]*[ \t]+){0,4}?[A-Z][\w.'’-]*(?:[ \t]+"
    rf"(?:{'|'.join(word.title() for word in sorted(STREET_WORDS, key=len, reverse=True))})\b\.?)?"
)
_COUNTY = re.compile(r"\(\s*(?:County of\s+)?([A-Z][A-Za-z .'-]{2,30}?)(?:\s+(?:County|Co\.?|Parish))?\s*\)")
_COUNTY_WORD = re.compile(r"\b([A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?)\s+(?:County|Parish)\b")
_STREET_PARTS = (
    "AddressNumberPrefix", "AddressNumber", "AddressNumberSuffix", "StreetNamePreModifier", "StreetNamePreDirectional",
    "StreetNamePreType", "StreetName", "StreetNamePostType", "StreetNamePostDirectional", "StreetNamePostModifier",
)  # fmt: skip
_UNIT_PARTS = ("OccupancyType", "OccupancyIdentifier", "SubaddressType", "SubaddressIdentifier")


@dataclass(frozen=True)
class Place:
    """An address by its parts; what the text does not say is empty."""

    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""

    def as_cells(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


def find_place(text: str) -> Place | None:
    """The first whole address of a text; one with less than town and state or ZIP is none."""
    for pattern in (_WHOLE, _WITHOUT_SUFFIX, _TOWN):
        if found := pattern.search(text):
            place = split_address(_from_its_number(found[0], pattern))
            if place.street and (place.zip or place.state):
                return place
    return None


def _from_its_number(span: str, pattern: re.Pattern[str]) -> str:
    """The span from the house number on: "1004D final on 900 Birch St" begins with another number."""
    inner = pattern.search(span, 1)
    is_other = inner is not None and re.search(r"\s[a-z]+\s", span[: inner.start()])
    return inner[0] if inner is not None and is_other else span


def read_place(value: str) -> Place:
    """The address that is the value of a labelled line, with the county in brackets behind it."""
    county = _COUNTY.search(value) or _COUNTY_WORD.search(value)
    address = value[: county.start()] if county else value
    place = split_address(address.strip(" ,;"))
    return Place(**{**vars(place), "county": county[1].strip() if county else ""})


def find_street(text: str) -> str:
    """A street with its house number, such as a subject line has; empty when there is none."""
    found = _ALONE.search(text)
    return " ".join(found[0].split()) if found else ""


def split_address(text: str) -> Place:
    """The parts of one address as `usaddress` names them."""
    parts: dict[str, str] = {}
    for word, part in _usaddress().parse(" ".join(text.split())):
        parts[part] = f"{parts.get(part, '')} {word}".strip()
    parts = {part: word.strip(" ,;()") for part, word in parts.items()}
    state = parts.get("StateName", "").strip(".").replace(".", "")
    return Place(
        street=" ".join(filter(None, (parts.get(part, "").strip(",") for part in _STREET_PARTS)))[:200],
        unit=" ".join(filter(None, (parts.get(part, "") for part in _UNIT_PARTS)))[:30],
        city=parts.get("PlaceName", "")[:100],
        state=_STATE_NAMES.get(state.lower(), state.upper() if state.upper() in ZIP_PREFIXES else ""),
        zip=parts.get("ZipCode", "") if re.fullmatch(_ZIP, parts.get("ZipCode", "")) else "",
    )


@cache
def _usaddress() -> Any:
    """The model is loaded by what takes orders in, and by nothing else."""
    import usaddress

    return usaddress
