"""Invented addresses in real towns: every ZIP code lies in its state, and no two orders share a door by accident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a property stands."""

    street: str
    city: str
    state: str
    zip: str
    county: str
    unit: str = ""


# City, ZIP, county.
_TOWNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "CO": (
        ("Denver", "80205", "Denver"), ("Aurora", "80012", "Arapahoe"), ("Fort Collins", "80524", "Larimer"),
        ("Lakewood", "80226", "Jefferson"), ("Boulder", "80304", "Boulder"), ("Greeley", "80634", "Weld"),
        ("Colorado Springs", "80903", "El Paso"), ("Littleton", "80120", "Arapahoe"),
        ("Loveland", "80537", "Larimer"), ("Longmont", "80501", "Boulder"), ("Pueblo", "81003", "Pueblo"),
        ("Grand Junction", "81501", "Mesa"), ("Castle Rock", "80104", "Douglas"),
    ),
    "OR": (
        ("Portland", "97214", "Multnomah"), ("Salem", "97302", "Marion"), ("Eugene", "97401", "Lane"),
        ("Bend", "97701", "Deschutes"), ("Hillsboro", "97124", "Washington"),
    ),
    "WA": (
        ("Seattle", "98103", "King"), ("Tacoma", "98405", "Pierce"), ("Vancouver", "98661", "Clark"),
        ("Bellevue", "98004", "King"), ("Spokane", "99201", "Spokane"),
    ),
    "NE": (("Omaha", "68104", "Douglas"), ("Lincoln", "68502", "Lancaster"), ("Kearney", "68847", "Buffalo")),
    "UT": (("Salt Lake City", "84105", "Salt Lake"), ("Ogden", "84403", "Weber")),
    "WY": (("Cheyenne", "82001", "Laramie"), ("Laramie", "82070", "Albany")),
    "MT": (("Missoula", "59801", "Missoula"),),
    "FL": (
        ("Tampa", "33602", "Hillsborough"), ("St. Petersburg", "33704", "Pinellas"),
        ("Clearwater", "33755", "Pinellas"), ("Sarasota", "34236", "Sarasota"),
        ("Bradenton", "34205", "Manatee"), ("New Port Richey", "34652", "Pasco"),
        ("Tarpon Springs", "34689", "Pinellas"), ("Brandon", "33510", "Hillsborough"),
    ),
}  # fmt: skip
_STREETS = tuple(
    """
    Alder,Birchwood,Cottonwood,Dogwood,Elderberry,Fernhill,Gentian,Hawthorn,Ironwood,Juniper,Kingfisher,Larkspur,
    Meadowlark,Nightjar,Orchard,Primrose,Quarry,Redbud,Sagebrush,Tamarack,Upland,Violet,Willow,Yarrow,Aspen Glen,
    Bluff View,Canyon Wren,Deer Hollow,Eagle Rock
    """.replace("\n", " ")
    .replace(" ,", ",")
    .split(",")
)
_SUFFIXES = ("St", "Ave", "Dr", "Ln", "Ct", "Rd", "Pl")


def invented_places(state: str, *, start: int = 0) -> Iterator[Place]:
    """Properties of one state without end, no two alike."""
    towns = _TOWNS[state]
    number = start + 13 * list(_TOWNS).index(state)
    while True:
        city, zip_code, county = towns[number % len(towns)]
        street = _STREETS[number * 3 % len(_STREETS)].strip()
        suffix = _SUFFIXES[number % len(_SUFFIXES)]
        house = 118 + 97 * number % 7900
        yield Place(street=f"{house} {street} {suffix}", city=city, state=state, zip=zip_code, county=county)
        number += 1
