"""Finds the postal address in the lines of a signature.

What lives here: the span. Addresses of other countries are taken as whole lines, because no parser knows them all; usaddress only
confirms what looks American, on the span found and never on the mail.
"""

from __future__ import annotations

import re

import usaddress

from . import signature_words as words

_NO_ADDRESS = re.compile(r"@|https?://|www\.|\bnmls\b", re.I)
_SPLIT = re.compile(r"\s+[|•]\s+|\t+|\s{3,}")
_LABEL = re.compile(
    r"^\s*(?:address|addr|adresse|dirección|endereço|indirizzo|adres|адрес|地址|住所|a|mailing address|office)\s*[:：]\s*",
    re.I,
)
MAX_ADDRESS_LINES = 4


def find_address(lines: list[str]) -> tuple[str | None, list[str]]:
    """The address as the sender wrote it, lines joined by commas, and the lines that hold no part of it."""
    first = next((index for index, line in enumerate(lines[:30]) if _street_of(line)), None)
    if first is None:
        return None, lines
    pieces: list[str] = []
    used = 0
    for line in lines[first : first + MAX_ADDRESS_LINES]:
        piece = _street_of(line) if not pieces else _further_of(line, has_city=_has_city(pieces))
        if not piece:
            break
        pieces.append(piece)
        used += 1
    address = ", ".join(piece.strip(" ,;|•·-") for piece in pieces)
    if not _reads_as_address(address):
        return None, lines
    remaining = [
        _without(line, piece) for line, piece in zip(lines[first : first + used], pieces, strict=True)
    ]
    return address, [*lines[:first], *remaining, *lines[first + used :]]


def _has_city(pieces: list[str]) -> bool:
    """Whether a city stands already; the house number that begins a street is no postal code."""
    return any(words.CITY.search(piece) for piece in [re.sub(r"^\d{1,6}\s+\S+", "", pieces[0]), *pieces[1:]])


def _street_of(line: str) -> str:
    """The part of a line from its street on, or an empty string."""
    parts = [part for part in _SPLIT.split(line) if part.strip()]
    hits = [
        index
        for index, part in enumerate(parts)
        if words.STREET.search(part) and not _NO_ADDRESS.search(part)
    ]
    if not hits or len(line) > 200:
        return ""
    last = hits[-1]
    while (
        last + 1 < len(parts)
        and (words.CITY.search(parts[last + 1]) or words.STREET.search(parts[last + 1]))
        and not _is_phone(parts[last + 1])
    ):
        last += 1
    start = line.index(parts[hits[0]])
    end = line.index(parts[last], start) + len(parts[last])
    return _LABEL.sub("", line[start:end]).strip()


def _further_of(line: str, *, has_city: bool) -> str:
    """A line that continues an address: floor, city with its code, country."""
    text = line.strip()
    if _NO_ADDRESS.search(text) or len(text) > 90 or _is_phone(text):
        return ""
    if has_city:
        return (
            text
            if re.fullmatch(
                r"(?:USA|U\.S\.A\.|United States|Canada|United Kingdom|UK|Deutschland|Germany|France|España|Spain|Italia|Italy|Nederland|Polska|Österreich|Schweiz|Suisse|México|Brasil|Singapore|India|Ireland|Australia)\.?",
                text,
                re.I,
            )
            else ""
        )
    parts = _SPLIT.split(text)
    if words.CITY.search(parts[0]) and not _is_phone(parts[0]):
        return parts[0]
    return text if words.STREET.search(text) or re.fullmatch(r"#?\d{1,3}[-–]\d{1,4}", text) else ""


def _is_phone(text: str) -> bool:
    return bool(words.PHONE_LABEL.search(text)) or bool(re.search(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}", text))


def _reads_as_address(address: str) -> bool:
    """A street with a city; a street alone only when the American parser names its number and street."""
    if not address or not any(char.isalpha() for char in address):
        return False
    if words.CITY.search(address):
        return True
    kinds = {kind for _, kind in usaddress.parse(address[:150])}
    return (
        {"AddressNumber", "StreetName"} <= kinds
        or "USPSBoxID" in kinds
        or not address.isascii()
        or bool(re.search(r"[a-z](?:straße|strasse|straat|laan|vägen|gatan)\b", address, re.I))
    )


def _without(line: str, piece: str) -> str:
    before, _, after = line.partition(piece)
    return f"{before} | {after}" if before.strip() or after.strip() else ""
