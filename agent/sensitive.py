"""What must never leave the desk in a message, a piece of research or a script: found by its pattern.

Pure functions over text. That nothing with a finding is carried out is a policy rule, `nothing_sensitive_leaves`.
The patterns are narrow on purpose: an order number is no account number, and a rule that cries wolf is switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What an operator reads -> the pattern. Social security numbers that were never issued are left out (SSA: no area
# 000, 666 or 9xx, no group 00, no serial 0000).
PATTERNS: dict[str, re.Pattern[str]] = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
    "an access key": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9_-]{20,}|re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{12,}"
        r"|xox[baprs]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})"
    ),
    "a password": re.compile(
        r"\b(?:password|passwd|passcode|pwd)\s{0,3}(?:is\b\s{0,3}:?|:|=)\s{0,3}(?=\S{0,60}[\d@#$%^&*])\S{6,}",
        re.IGNORECASE,
    ),
    "a social security number": re.compile(r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b"),
    "bank account details": re.compile(
        r"\b(?:routing|aba|account|acct|iban)\s{0,2}(?:number|no\.?|nr\.?|#)?\s{0,2}[:#=]?\s{0,2}"
        r"(?:[A-Z]{2}\d{2}[A-Z0-9]{10,30}|\d{8,17})\b",
        re.IGNORECASE,
    ),
    "payment instructions": re.compile(
        r"\b(?:wire|transfer|remit|send)\b[^.\n]{0,40}\b(?:payment|funds|money|invoice)\b[^.\n]{0,40}"
        r"\b(?:to (?:a|the|our|this) (?:new|different|updated|following)|to account)\b",
        re.IGNORECASE,
    ),
    "program text": re.compile(r"<script\b|\bjavascript:|\bdata:text/html|\bvbscript:", re.IGNORECASE),
}
CARD_NUMBER = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
LONGEST = 200_000


def find_sensitive(content: Any) -> str:
    """What the text, or any text inside a payload, contains that must not leave; empty when nothing."""
    for text in _texts(content):
        found = _find_in(text[:LONGEST])
        if found:
            return found
    return ""


def _find_in(text: str) -> str:
    for name, pattern in PATTERNS.items():
        if pattern.search(text):
            return name
    if any(_is_card_number(match.group()) for match in CARD_NUMBER.finditer(text)):
        return "a payment card number"
    return ""


def _is_card_number(text: str) -> bool:
    """The issuers' lengths and first digits, and the check digit (ISO/IEC 7812, annex B)."""
    digits = [int(character) for character in text if character.isdigit()]
    if not 13 <= len(digits) <= 19 or digits[0] not in (3, 4, 5, 6) or len(set(digits)) == 1:
        return False
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value)
