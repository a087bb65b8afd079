"""What must never leave the desk in a message, a piece of research or a script: found by its pattern.

Pure functions over text. That nothing with a finding is carried out is a policy rule, `nothing_sensitive_leaves`.
The patterns are narrow on purpose: an order number is no account number, and a rule that cries wolf is switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Sign:
    """How one kind of thing looks. Without one of `words`, in lower case, `pattern` cannot be there: a text in which
    none of them stands, as nearly every text, is not searched letter by letter."""

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]


# Social security numbers that were never issued are left out (SSA: no area 000, 666 or 9xx, no group 00, no serial
# 0000). A pattern that begins with its digit, and looks back from there, is found far sooner.
SIGNS = (
    _Sign("a private key", ("private key",), re.compile(r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----")),
    _Sign(
        "an access key",
        ("akia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "sk-", "re_", "xox", "eyj"),
        re.compile(
            r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|sk-[A-Za-z0-9_-]{20,}"
            r"|re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{12,}"
            r"|xox[baprs]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})"
        ),
    ),
    _Sign(
        "a password",
        ("passw", "passc", "passp", "pwd"),
        re.compile(
            r"\b(?:password|passwd|passcode|passphrase|pwd)(?:\s{1,3}(?:for|to|of|on|there|here|now)\b(?:\s{1,3}[\w'-]{1,30}){0,4}?)?"
            r"\s{0,3}(?:is\b\s{0,3}:?|:|=)\s{0,3}[\"'“(]?(?=\S{0,60}[\d@#$%^&*])\S{6,}"
            r"|\b(?:password|passwd|passcode|passphrase|pwd)\s{1,3}[\"'“(]?(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])\S{6,}"
            r"|(?<!\S)(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])\S{6,80}\s{1,3}as\s{1,3}(?:\w{1,20}\s{1,3}){0,3}?(?:password|passwd|passcode|passphrase|pwd)\b",
            re.IGNORECASE,
        ),
    ),
    _Sign(
        "a social security number",
        ("-",),
        re.compile(r"\d(?<=\b\d)(?<!9)\d\d(?<!000)(?<!666)-(?!00)\d{2}-(?!0000)\d{4}\b"),
    ),
    _Sign(
        "bank account details",
        ("routing", "aba", "account", "acct", "iban"),
        re.compile(
            r"\b(?:routing|aba|account|acct|iban)\s{0,2}(?:number|no\.?|nr\.?|#)?\s{0,2}[:#=]?\s{0,2}"
            r"(?:[A-Z]{2}\d{2}[A-Z0-9]{10,30}|\d{8,17})\b",
            re.IGNORECASE,
        ),
    ),
    _Sign(
        "payment instructions",
        ("payment", "funds", "money", "invoice"),
        re.compile(
            r"\b(?:wire|transfer|remit|send)\b[^.\n]{0,40}\b(?:payment|funds|money|invoice)\b[^.\n]{0,40}"
            r"\b(?:to (?:a|the|our|this) (?:new|different|updated|following)|to account)\b",
            re.IGNORECASE,
        ),
    ),
    _Sign(
        "program text",
        ("script", "data:text"),
        re.compile(r"<script\b|\bjavascript:|\bdata:text/html|\bvbscript:", re.IGNORECASE),
    ),
)
# Of what a pattern found, the part that is the secret itself.
SECRET_WORD = re.compile(r"(?=\S{0,60}[\d@#$%^&*])[^\s\"“”.,;()]\S{5,}?(?=[\"“”.,;)]*(?:\s|$))")
KEY_BLOCK = re.compile(
    r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^•]{0,20000}?(?:-----END [A-Z ]{0,20}KEY-----|\Z)"
)
MASK = "•••"
CARD_NUMBER = re.compile(r"\d(?<![\d-]\d)(?:[ -]?\d){12,18}(?![\d-])")
# Instructions and program text, the signs after these, are nobody's secret.
_SECRETS = 5
LONGEST = 200_000
# Letters that a pattern takes for others when it ignores case, and lower-casing does not.
LETTERS = (("\u0131", "i"), ("\u0130", "i"), ("\u017f", "s"), ("\u212a", "k"))
# Stands between the texts of a payload, and no pattern reaches across it.
BETWEEN = "\n\0\n"


def find_sensitive(content: Any) -> str:
    """What the text, or any text inside a payload, contains that must not leave; empty when nothing."""
    text = BETWEEN.join(part[:LONGEST] for part in _texts(content))
    lower = _lowered(text)
    for sign in SIGNS:
        if _holds(lower, sign.words) and sign.pattern.search(text):
            return sign.name
    if any(_is_card_number(match.group()) for match in CARD_NUMBER.finditer(text)):
        return "a payment card number"
    return ""


def mask_sensitive(text: str) -> str:
    """The text with dots for every password, key and number in it that must not leave; the words around them stay.

    What is masked keeps no length, so that offsets into the text do not hold for the result.
    """
    text = KEY_BLOCK.sub(MASK, text) if "PRIVATE KEY" in text else text
    lower = _lowered(text)
    for sign in SIGNS[:_SECRETS]:
        if _holds(lower, sign.words):
            text = sign.pattern.sub(_masked, text)
    if CARD_NUMBER.search(text):
        text = CARD_NUMBER.sub(lambda found: MASK if _is_card_number(found.group()) else found.group(), text)
    return text


def holds_secret(text: str) -> bool:
    """Whether `mask_sensitive` would change the text."""
    return mask_sensitive(text) != text


def _masked(found: re.Match[str]) -> str:
    return SECRET_WORD.sub(MASK, found.group()) if SECRET_WORD.search(found.group()) else MASK


def _lowered(text: str) -> str:
    if not text.isascii():
        for letter, plain in LETTERS:
            text = text.replace(letter, plain)
    return text.lower()


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - a generator costs more than the search
        if word in text:
            return True
    return False


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
