"""Whether a sender's domain imitates one that the reader trusts.

What lives here: comparing names of domains. What does not: which domains are trusted (the caller's), and what is done about an
imitation (`flags`, services). Pure string work: no look-up, no list of real companies.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PUBLIC_PROVIDERS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.com "
    "web.de t-online.de proton.me protonmail.com mail.com comcast.net verizon.net att.net sbcglobal.net qq.com 163.com orange.fr wanadoo.fr free.fr libero.it".split()
)
# Endings below which each name is somebody else's; the last are those that documentation and tests use (RFC 2606).
_SECOND_LEVEL = frozenset("co com org net gov edu ac gob govt ltd plc or ne go".split())
_DOCUMENTATION = frozenset({"example.com", "example.net", "example.org"})
# Letters of other alphabets, and groups, that look like the Latin ones in most typefaces.
_SINGLE = str.maketrans(
    {
        **dict(zip("аеорсхуіјѕһԁӏьгпдктвмн", "aeopcxyijshdlbrnaktbmh", strict=True)),
        **dict(zip("αορνικυτε", "aopvikute", strict=True)),
        **dict(zip("01358", "olesb", strict=True)),
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
    }
)
_GROUPS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"), ("ii", "u"))
# "1", "l" and "i" are one stroke.
_STROKES = str.maketrans({"i": "l", "j": "l"})
_SHORTEST = 5
_SHORTEST_FOR_TYPOS = 6


def registrable_domain(domain: str) -> str:
    """The part of a domain that somebody registered: `mail.bank.co.uk` is `bank.co.uk`."""
    labels = domain.lower().strip(".").split(".")
    if len(labels) <= 2:
        return ".".join(labels)
    ending = ".".join(labels[-2:])
    is_deep = ending in _DOCUMENTATION or len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if is_deep else labels[-2:])


def imitated_domain(domain: str, *trusted: frozenset[str]) -> str | None:
    """The trusted domain that `domain` imitates, or None: other letters that look alike, one letter more, less, swapped or changed,
    another hyphen, or another ending. A trusted domain and its subdomains imitate nothing, and public mail services neither imitate
    nor are imitated. A large set is best passed as the same object each time.
    """
    own = registrable_domain(domain)
    name = _name(own)
    indexes = [_index(one) for one in trusted if one]
    if own in PUBLIC_PROVIDERS or len(name) < _SHORTEST or any(own in index.domains for index in indexes):
        return None
    found = (index.by_shape.get(_shape(name)) or _mistyped(name, index) for index in indexes)
    return next(filter(None, found), None)


@dataclass(frozen=True)
class _Index:
    """Trusted domains by the shape of their names, and by each name with one letter left out."""

    domains: frozenset[str]
    by_shape: dict[str, str]
    by_shortened: dict[str, list[str]]


@lru_cache(maxsize=256)
def _index(trusted: frozenset[str]) -> _Index:
    domains = frozenset(filter(None, map(registrable_domain, trusted)))
    by_shape: dict[str, str] = {}
    by_shortened: dict[str, list[str]] = {}
    for domain in sorted(domains - PUBLIC_PROVIDERS):
        name = _name(domain)
        if len(name) >= _SHORTEST:
            by_shape.setdefault(_shape(name), domain)
        if len(name) >= _SHORTEST_FOR_TYPOS:
            for one in _shortened(name):
                by_shortened.setdefault(one, []).append(domain)
    return _Index(domains, by_shape, by_shortened)


def _name(domain: str) -> str:
    """The registered name without its ending, in Unicode."""
    label = domain.partition(".")[0]
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return label
    return unicodedata.normalize("NFKC", label)


def _shape(name: str) -> str:
    """What a hasty reader sees: accents, hyphens and letters that look alike are gone."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    shape = plain.translate(_SINGLE).replace("-", "").replace("_", "")
    for group, letter in _GROUPS:
        shape = shape.replace(group, letter)
    return shape.translate(_STROKES)


def _shortened(name: str) -> set[str]:
    return {name, *(name[:index] + name[index + 1 :] for index in range(len(name)))}


def _mistyped(name: str, index: _Index) -> str | None:
    if not _SHORTEST_FOR_TYPOS <= len(name) <= 64:
        return None
    for one in sorted(_shortened(name)):
        for domain in index.by_shortened.get(one, ()):
            if _is_one_edit(name, _name(domain)):
                return domain
    return None


def _is_one_edit(first: str, second: str) -> bool:
    """Whether one letter was added, left out, changed, or two neighbours swapped. A digit changed for another is a different name."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, other = first[start:], second[start:]
    if len(one) == len(other):
        if one[:1].isdigit() and other[:1].isdigit():
            return False
        return one[1:] == other[1:] or (one[2:] == other[2:] and one[:2] == other[1::-1])
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer[1:] == shorter and not longer[0].isdigit()
