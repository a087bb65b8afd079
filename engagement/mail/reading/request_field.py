"""Words for the appraiser in the field (call him for access, meet her at the house) are part of an order, not a task for the desk.

What lives here: that judgement. What does not: everything else that takes a request back (`request_guards`).
"""

from __future__ import annotations

import re

from . import request_guard_words as words
from .request_forms import Ask
from .request_people import APPRAISER, ON_SITE, mark_people

_ACCESS = re.compile(words.ACCESS_PURPOSE, re.I)
_AT_THE_PROPERTY = re.compile(
    rf"\b(?:calls?|phones?|rings?|telephones?|contacts?|reach(?:es)?(?: out to)?) (?:him|her|them|{ON_SITE})",
    re.I,
)
_THIRD_PARTY = re.compile(
    r"\b(?:calls?|(?<!the )phones?|rings?|telephones?|contacts?|reach(?:es)?(?: out to)?) (?!me\b|us\b|back\b|our\b|my\b)",
    re.I,
)
_VISITS = re.compile(
    r"\b(?:come|stop|swing|drop|go|drive|get|be) (?:by|out|over|back|there|in)\b|\bvisit\b|\b(?:at|to|in|by) (?:the|my|our|her|his|their) (?:\w+ )?(?:house|home|property|unit|apartment|condo|gate|site|farm)\b",
    re.I,
)
_SOMEBODY_ELSE = re.compile(
    rf"\b(?:he|she|they|their|his|her)\b|{ON_SITE}|{APPRAISER}|\b(?:access|contact|inspection|lock ?box|vacant|occupied)\b",
    re.I,
)
_FIELD = re.compile(APPRAISER)
_POLITE_OR_NOT = re.compile(r"\b(?:please|don't|do not)\b", re.I)
_CALL_US_FOR = re.compile(r"\b(?:call|phone|ring|buzz) (?:me|us)\b.*\b(?:to|for)\b", re.I)
_ON_THE_WAY = re.compile(
    r"\b(?:arriv|arrival|en route|on (?:the|your) way|ahead|heading|coming|before (?:any|the|each|every) (?:visit|inspection|appointment))",
    re.I,
)
_EXPLAINS = re.compile(r"\b(?:explain|about|apologi|discuss|why|reassure|calm)", re.I)
_ABSENT = re.compile(
    r"\bi(?:'m| am|'ll be| will be) (?:\w+ )?(?:out|away|off|travel\w*|gone|on (?:leave|vacation|pto|holiday))\b",
    re.I,
)
_CALL_NOBODY = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:call|phone|ring)(?: (?:after|before|at|ahead|first|between|any ?time|in|on|around)\b|[.,!]|$)",
    re.I,
)
_FOR_ACCESS = re.compile(r"\bfor (?:access|entry)\b|\blet (?:him|her|them) in\b", re.I)
_FOR_ACCESS_FIRST = re.compile(
    r"^\W*(?:for|to get) (?:access|entry|keys?|the keys?|scheduling|the inspection|inspections?|an? appointment|showings?)\b",
    re.I,
)


def is_order_instruction(
    ask: Ask, flat: str, clause: tuple[int, int], previous: str, *, is_order: bool
) -> bool:
    """Whether the ask is for the appraiser in the field; `previous` is the sentence before, `clause` where the ask's lies."""
    marked = mark_people(flat)
    if ask.kind == "review":
        return _FIELD.search(marked, *clause) is not None
    by_appraiser = _FIELD.search(marked, ask.start, ask.end) is not None
    if ask.kind == "meeting":
        is_visit = by_appraiser and _VISITS.search(marked, ask.start) is not None
        return is_visit or _FOR_ACCESS.search(flat, ask.start) is not None
    return _is_call_in_the_field(ask, flat, previous, is_order=is_order, by_appraiser=by_appraiser)


def _is_call_in_the_field(ask: Ask, flat: str, previous: str, *, is_order: bool, by_appraiser: bool) -> bool:
    text = flat[ask.start :]
    for_access = _ACCESS.search(text) is not None
    calls_others = _THIRD_PARTY.search(text) is not None and not re.search(r"\b(?:me|us)\b", text, re.I)
    if _FOR_ACCESS_FIRST.match(flat) or _ABSENT.search(flat) and calls_others:
        return True
    if by_appraiser and (for_access or calls_others) or for_access and _ON_THE_WAY.search(text):
        return True
    if not ask.mood.is_imperative:
        return False
    if for_access and not _CALL_US_FOR.search(text):
        return True
    if _CALL_NOBODY.search(text) and _is_about_somebody_else(flat, ask.start, previous):
        return True
    is_plain = ask.mood.is_bare and not _POLITE_OR_NOT.search(flat[: ask.start + 1])
    is_on_site = _AT_THE_PROPERTY.search(mark_people(flat), ask.start)
    return bool(is_on_site and (is_order or is_plain) and not _EXPLAINS.search(text))


def _is_about_somebody_else(flat: str, start: int, previous: str) -> bool:
    """Whether "please call after two" means a person at the property, of whom the words before it speak."""
    return _SOMEBODY_ELSE.search(f"{mark_people(previous)} {mark_people(flat)[:start]}") is not None
