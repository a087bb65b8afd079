"""Addresses and numbers of the subject property as text: the spelling for duplicates, ZIP codes, phone numbers. Pure.

Nothing here guesses: a city or a ZIP is never completed from the other (rule REQ-201).
"""

from __future__ import annotations

import re
import unicodedata

from engagement.addresses import normalised_or_none

# USPS Publication 28, appendix C1 (street suffixes in common use) and section 233 (directions).
_SUFFIXES = {
    "alley": "aly", "avenue": "ave", "av": "ave", "aven": "ave", "avenu": "ave", "boulevard": "blvd", "boul": "blvd",
    "circle": "cir", "circ": "cir", "court": "ct", "crt": "ct", "cove": "cv", "creek": "crk", "crossing": "xing",
    "drive": "dr", "drv": "dr", "expressway": "expy", "extension": "ext", "freeway": "fwy", "grove": "grv",
    "heights": "hts", "highway": "hwy", "hiway": "hwy", "hill": "hl", "hills": "hls", "junction": "jct",
    "lane": "ln", "loop": "loop", "meadow": "mdw", "meadows": "mdws", "mountain": "mtn", "mount": "mt",
    "parkway": "pkwy", "parkwy": "pkwy", "place": "pl", "plaza": "plz", "point": "pt", "ranch": "rnch",
    "ridge": "rdg", "road": "rd", "route": "rte", "square": "sq", "station": "sta", "street": "st", "str": "st",
    "strt": "st", "summit": "smt", "terrace": "ter", "terr": "ter", "trail": "trl", "turnpike": "tpke",
    "valley": "vly", "view": "vw", "village": "vlg", "vista": "vis", "way": "way",
}  # fmt: skip
_DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw",
}  # fmt: skip
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip
_FOLDED = _SUFFIXES | _DIRECTIONS | _ORDINALS | {"saint": "st", "fort": "ft"}
STREET_WORDS = frozenset(_SUFFIXES) | frozenset(_SUFFIXES.values())
_UNIT_WORDS = re.compile(r"\b(?:apartment|apt|unit|suite|ste|number|no|room|rm|lot|space|spc)\b")
_UNIT_IN_STREET = re.compile(r"(?:\b(?:apartment|apt|unit|suite|ste|lot|spc)\b\.?\s*#?|#)\s*([a-z0-9-]+)\s*$")

# The first three digits of a state's ZIP codes, as ranges (USPS three-digit prefixes), with the District of Columbia,
# the territories, the freely associated states, and the armed forces.
_ZIP_PREFIXES = {
    "AA": "340", "AE": "090-098", "AK": "995-999", "AL": "350-352 354-369", "AP": "962-966", "AR": "716-729 755",
    "AS": "967", "AZ": "850-853 855-857 859-860 863-865", "CA": "900-908 910-928 930-961", "CO": "800-816",
    "CT": "060-069", "DC": "200 202-205 569", "DE": "197-199", "FL": "320-339 341-342 344 346-347 349", "FM": "969",
    "GA": "300-319 398-399", "GU": "969", "HI": "967-968", "IA": "500-516 520-528", "ID": "832-838",
    "IL": "600-620 622-629", "IN": "460-479", "KS": "660-662 664-679", "KY": "400-418 420-427",
    "LA": "700-701 703-708 710-714", "MA": "010-027 055", "MD": "206-212 214-219", "ME": "039-049", "MH": "969",
    "MI": "480-499", "MN": "550-551 553-567", "MO": "630-631 633-641 644-658", "MP": "969", "MS": "386-397",
    "MT": "590-599", "NC": "270-289", "ND": "580-588", "NE": "680-681 683-693", "NH": "030-038", "NJ": "070-089",
    "NM": "870-871 873-875 877-884", "NV": "889-891 893-895 897-898", "NY": "005 063 100-149", "OH": "430-459",
    "OK": "730-731 734-741 743-749", "OR": "970-979", "PA": "150-196", "PR": "006-007 009", "PW": "969",
    "RI": "028-029", "SC": "290-299", "SD": "570-577", "TN": "370-385", "TX": "733 750-770 772-799 885",
    "UT": "840-847", "VA": "201 220-246", "VI": "008", "VT": "050-054 056-059", "WA": "980-986 988-994",
    "WI": "530-532 534-535 537-549", "WV": "247-268", "WY": "820-831 834",
}  # fmt: skip


def _expand(ranges: str) -> frozenset[str]:
    ends = [part.split("-") for part in ranges.split()]
    return frozenset(f"{n:03d}" for pair in ends for n in range(int(pair[0]), int(pair[-1]) + 1))


ZIP_PREFIXES: dict[str, frozenset[str]] = {state: _expand(ranges) for state, ranges in _ZIP_PREFIXES.items()}


def normalise_state(text: str) -> str:
    """The two-letter spelling of a state; text that is no two-letter code comes back trimmed and upper-case."""
    return text.strip().upper()


def zip5(text: str) -> str:
    """The five-digit ZIP of a ZIP or ZIP+4, or empty when the text is neither."""
    match = re.fullmatch(r"([0-9]{5})(?:[- ]?[0-9]{4})?", text.strip())
    return match[1] if match else ""


def is_zip_in_state(zip_code: str, state: str) -> bool:
    """Whether a five-digit ZIP lies in a state, by its first three digits."""
    return zip_code[:3] in ZIP_PREFIXES.get(state, frozenset())


def property_key(*, street: str, unit: str, zip_code: str) -> str:
    """One spelling of a property, to find orders at the same one; empty when it cannot be told.

    Suffixes and directions are folded, punctuation dropped: "7715 SE Malden Street" and "7715 S.E. Malden St." are
    one. A unit written into the street counts as the unit; another unit is another property.
    """
    zip_five = zip5(zip_code)
    text = _plain(street)
    found = _UNIT_IN_STREET.search(text)
    if found:
        text = text[: found.start()]
        unit = unit or found[1]
    words = re.sub(r"[^\w\s]", " ", re.sub(r"['\u2019]|(?<=\b\w)\.(?=\w\b)", "", text)).split()
    if not zip_five or len(words) < 2:
        return ""
    folded = " ".join(_FOLDED.get(word, word) for word in words)
    unit_text = re.sub(r"[\W_]", "", _UNIT_WORDS.sub("", _plain(unit)))
    return f"{folded}|{unit_text}|{zip_five}"[:200]


def _plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))


def phone_digits(text: str) -> str:
    """The digits of a telephone number, by which two are compared; empty when nobody can be called at it.

    Ten for a North American number, with or without its country code; an international one needs its plus. An
    extension is no part of it.
    """
    number = re.split(r"(?i)[;,]?\s*(?:extension|ext|x)[.=:]?\s*[0-9]+\s*$", text)[0]
    digits = re.sub(r"[^0-9]", "", number)
    national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(national) == 10:
        return national
    international = re.fullmatch(r"\+[1-9][0-9]{6,14}", re.sub(r"[\s().-]", "", number))
    return digits if international else ""


def is_phone(text: str) -> bool:
    """Whether somebody can be called at it."""
    return bool(phone_digits(text))


def is_email(text: str) -> bool:
    """Whether the text is one e-mail address."""
    return normalised_or_none(text) is not None
