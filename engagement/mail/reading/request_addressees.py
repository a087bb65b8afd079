"""Tells an ask that is meant for somebody else who gets the same mail: a colleague of the writer's whom the mail names.

What lives here: who gets a mail beside us, and whether a sentence or a whole mail speaks to one of them. What does not: every other
reason to leave an ask alone (`request_guards`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .domains import PUBLIC_PROVIDERS
from .parsing import Address, ParsedMessage


@dataclass(frozen=True)
class Addressees:
    """`theirs` are the names of the writer's own people among the recipients, `house` the names of the company written to; letters
    of lower case only. Empty where nothing is known of the recipients."""

    theirs: frozenset[str] = frozenset()
    house: frozenset[str] = frozenset()


NOBODY_ELSE = Addressees()
_SHORTEST_NAME = 3
# A word is our house's name from so many letters on: "Meridian" of `meridianvs.test`.
_SHORTEST_HOUSE = 5
_SHARED = frozenset(
    "orders order desk info office appraisals appraisal admin team support contact mail sales service".split()
)
_NAME = r"[A-ZÀ-Þ][\w'-]+"
_GREETING = (
    r"(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|ok|okay|so|also|and|thanks|thank you),? )*"
)
_SPOKEN_TO = re.compile(
    rf"^\W*(?i:{_GREETING})@?(?P<one>{_NAME})(?:(?:,| and| &|/) ?@?(?P<other>{_NAME}))?(?: ?[,:!–—-]|$)|@(?P<at>{_NAME})"
)
# Whom an act is done to: "call Meridian", "set it up with the people at Meridian", but not "have someone at Meridian call".
_DONE_TO = re.compile(
    rf"\b(?i:calls?|phones?|rings?|telephones?|contacts?|meets?|emails?|visits?|with|to|see|of) (?:(?:the )?[a-z]+ (?:at|from|over at|with) |the )?(?P<house>{_NAME})"
)


def addressees_of(parsed: ParsedMessage) -> Addressees:
    """Who gets the mail: people of the sender's own company domain are theirs, the others are our house."""
    domain = _domain(parsed.from_address or "")
    if not domain or domain in PUBLIC_PROVIDERS:
        return NOBODY_ELSE
    everybody = (*parsed.to[:20], *parsed.cc[:20])
    theirs = [
        one for one in everybody if _domain(one.address) == domain and one.address != parsed.from_address
    ]
    ours = [one for one in parsed.to[:20] if _domain(one.address) != domain]
    ours_by_name = frozenset(name for one in ours for name in _names(one))
    return Addressees(
        theirs=frozenset(name for one in theirs for name in _names(one)) - ours_by_name,
        house=frozenset(house for one in ours for house in _house(one)),
    )


def is_greeted_elsewhere(text: str, addressees: Addressees) -> bool:
    """Whether the first line greets the writer's own people and nobody else."""
    first = text.strip().partition("\n")[0].strip()
    spoken_to = _SPOKEN_TO.match(first) if addressees.theirs and len(first) < 60 else None
    return (
        spoken_to is not None and not first[spoken_to.end() :].strip() and _are_theirs(spoken_to, addressees)
    )


def is_said_to_others(sentence: str, start: int, end: int, addressees: Addressees) -> bool:
    """Whether the ask from `start` to `end` speaks to one of the writer's own people, or asks somebody to turn to our own house."""
    if addressees.theirs:
        spoken_to = _SPOKEN_TO.search(sentence, 0, end)
        if spoken_to is not None and spoken_to.start() <= start and _are_theirs(spoken_to, addressees):
            return True
    if not addressees.house:
        return False
    done_to = (one for one in _DONE_TO.finditer(sentence, start) if one.start() <= end + 1)
    return any(_is_house(one["house"], addressees) for one in done_to)


def _are_theirs(spoken_to: re.Match[str], addressees: Addressees) -> bool:
    names = [_letters(name) for name in spoken_to.groups() if name]
    return bool(names) and all(name in addressees.theirs for name in names)


def _is_house(word: str, addressees: Addressees) -> bool:
    letters = _letters(word)
    return len(letters) >= _SHORTEST_HOUSE and any(name.startswith(letters) for name in addressees.house)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _names(one: Address) -> set[str]:
    words = re.split(r"[\W_]+", f"{one.name} {one.address.partition('@')[0]}")
    return {letters for word in words if len(letters := _letters(word)) >= _SHORTEST_NAME}


def _house(one: Address) -> set[str]:
    """The first label of the domain, whose ending people leave out, and the first word of what a shared mailbox is called."""
    local, _, domain = one.address.lower().partition("@")
    called = one.name.partition(" ")[0] if local in _SHARED else ""
    label = "" if domain in PUBLIC_PROVIDERS else domain.partition(".")[0]
    return {letters for word in (called, label) if (letters := _letters(word))}


def _letters(word: str) -> str:
    return re.sub(r"[\W\d_]", "", word).lower()
