"""Invented names and telephone numbers, dealt out in a fixed order. Numbers lie in the range kept for fiction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FIRST_NAMES = tuple(
    """
    Adela Bram Celia Dorian Edda Felix Greta Hollis Imani Jonas Kira Lionel Maeve Nolan Odette Pascal Quinn
    Rosalind Silas Tamsin Ulric Vera Wendell Ximena Yusuf Zora Anders Beatriz Cormac Daphne Emeka Fiona Gideon
    Harriet Ilse Jarek Keiko Leandro Mirela Nikhil Oriel Petra Ramona Soren Thalia Umberto Vidya Walker Yara
    Alden Brisa Corwin Delia Ephraim Farah Gwendolyn Haruki Ingrid Joaquin
    """.split()
)
LAST_NAMES = tuple(
    """
    Abernethy Bexley Calloway Dunmore Eastwick Farrow Garrick Hollander Ibarra Jessup Kessler Lathrop Marchetti
    Novak Okonjo Pemberton Quillen Rasmussen Sandoval Thackeray Underhill Vasquez Winslow Yamada Zeller Ashcroft
    Brandt Castellan Dray Ellery Fontenot Grimaldi Hathaway Ivanova Jarvis Kirkwood Lindqvist Mbeki Nightingale
    Ostrander Prescott Rutledge Sokolov Tremblay Upton Villareal Westbrook Yoder Zamora Ainsley Bellamy Corrigan
    Delacroix Engstrom Fairbanks Gallagher Huxley Ingram Jorgensen Kowalski Langley
    """.split()
)
# Numbers that people in the desk's mails have.
_TAKEN = frozenset(
    {
        "3035550119", "3035550148", "3035550182", "3035550183", "3035550184", "3035550199", "5035550117",
        "5035550118", "5035550162", "5035550190", "7205550115", "7205550134", "7205550141", "7205550178",
        "7275550139", "9705550103", "9705550104", "9705550111", "9705550126", "9705550127",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Person:
    """A name."""

    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def local_part(self) -> str:
        """How the name stands in an e-mail address."""
        return f"{self.first_name}.{self.last_name}".lower()


def invented_people(*, start: int = 0) -> Iterator[Person]:
    """People without end that anybody needs, no two alike: both lists have a prime length."""
    number = start
    while True:
        first = FIRST_NAMES[number * 7 % len(FIRST_NAMES)]
        last = LAST_NAMES[(number * 11 + number // len(FIRST_NAMES)) % len(LAST_NAMES)]
        yield Person(first_name=first, last_name=last)
        number += 1


class PhoneBook:
    """Hands out numbers `+1 AAA 555 01NN`, each once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def take(self, *areas: str) -> str:
        """The next free number, E.164, of the first area that has one; raises `LookupError` without any."""
        for area in areas:
            for number in range(self._used.get(area, 100), 200):
                digits = f"{area}555{number:04d}"
                if digits not in _TAKEN:
                    self._used[area] = number + 1
                    return f"+1{digits}"
        raise LookupError(f"No number is left in {', '.join(areas)}.")
