"""People in an order's text: a name with the phone number and the address that stand beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engagement.addresses import normalised_or_none

PHONE = (
    r"(?<![\d-])(?:\+?1[\s.-]?)?\(?[2-9]\d{2}\)?[\s.-]?\d{3}[\s.-]\d{4}(?!\d)(?:\s*(?:x|ext\.?)\s*\d{1,6}\b)?"
)
EMAIL = r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
# Upper-case letters count, so patterns with it are never compiled to ignore case.
NAME = (
    r"[A-Z][\w'’-]+(?:[ \t]\([A-Z]\w+\))?"
    r"(?:[ \t](?:[A-Z][\w'’-]+|[A-Z]\b\.?|(?:de|la|van|von|der|del|bin|di)(?=[ \t]))){0,3}"
)

_PHONE, _EMAIL = re.compile(PHONE, re.I), re.compile(EMAIL)
_ROLE = re.compile(
    r"^\s*(?:the\s+)?(?:listing agent|selling agent|buyer'?s agent|agent|realtor|broker|property manager|manager|tenant|owner"
    r"|borrower|co-?borrower|seller|buyer|homeowner|occupant|contact|builder|wife|husband|spouse|son|daughter|name)\b"
    r"\s*(?:is\b|[-–—:,])?\s*",
    re.I,
)
_DEVICE = re.compile(
    r"[\s,;:/|-]*\b(?:cell|phone|telephone|tel|ph|mobile|e-?mail|at|on|home|work)\b[\s.:#]*$", re.I
)
_NO_NAME = re.compile(
    r"^\W*(?:n/?a|none|tbd|unknown|same|see (?:above|below|attached|notes?)|to follow|not provided|pending|yes|no)\b",
    re.I,
)
_WHOLE_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,&]+[^\W\d_][\w.'’-]*){0,6}")
_BESIDE = re.compile(
    rf"[\s(,;:/|–-]{{0,6}}(?:(?:cell|phone|telephone|tel|ph|mobile|e-?mail|at|on|c|m|p|h|w)\b[\s.:#]{{0,3}})?"
    rf"(?:(?P<phone>{PHONE})|(?P<email>{EMAIL}))"
)


@dataclass(frozen=True)
class Person:
    """What is known of one person; what is not is empty."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email)


def read_person(value: str) -> Person:
    """The person in the value of a labelled line: "Listing Agent - Trish Vance, (720) 555-0178"."""
    phone, email = _PHONE.search(value), _EMAIL.search(value)
    starts = [found.start() for found in (phone, email) if found]
    words = value[: min(starts)] if starts else value
    words = re.sub(r"\(.*?\)|[(\[].*$", " ", words).split("  ")[0]
    words = _DEVICE.sub("", _ROLE.sub("", _ROLE.sub("", words))).strip(" ,;:-–—/|\t.")
    is_name = _WHOLE_NAME.fullmatch(words) and not _NO_NAME.match(words) and len(words) <= 80
    return Person(
        name=" ".join(words.split()) if is_name else "",
        phone=phone[0].strip() if phone else "",
        email=_email(email[0]) if email else "",
    )


def read_beside(text: str, position: int) -> Person:
    """Phone and address that stand right after a name, with nothing between but marks and words like "cell"."""
    phone = email = ""
    while found := _BESIDE.match(text, position):
        if (found["phone"] and phone) or (found["email"] and email):
            break
        phone, email = found["phone"] or phone, _email(found["email"] or "") or email
        position = found.end()
    # The bracket of "(305) 555-0147" was taken for the one that opens after a name.
    phone = f"({phone}" if ")" in phone and "(" not in phone else phone
    return Person(phone=phone.strip(), email=email)


def plain_name(text: str) -> str:
    """A name without the short form in brackets: "Theodore (Ted) Nash"."""
    return " ".join(re.sub(r"\(.*?\)", " ", text).split())


def _email(text: str) -> str:
    return normalised_or_none(text.rstrip(".'")) or ""
