"""Numbers written in words, as digits: "six hundred thousand" as 600000, "three fifty" as 350. Pure."""

from __future__ import annotations

import re

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"thousand": 1_000, "grand": 1_000, "million": 1_000_000}
_WORD = "|".join([*_UNITS, *_TENS, "hundred", *_SCALES])
_NUMBER = re.compile(
    rf"\b(?:half a million|a million|(?:{_WORD})(?:[\s-]+(?:and[\s-]+)?(?:{_WORD})){{1,8}})\b", re.IGNORECASE
)
# Nobody names a price without one of them; looking for these first is cheap.
_IN_EVERY_NUMBER = ("hundred", *_TENS, *_SCALES)
_FIXED = {"half a million": 500_000, "a million": 1_000_000}


def write_digits(text: str) -> str:
    """The text with digits for numbers of two words and more, padded with spaces so that it keeps its length."""
    lowered = text.lower()
    if not any(word in lowered for word in _IN_EVERY_NUMBER):
        return text
    return _NUMBER.sub(lambda found: str(_value(found[0].lower())).ljust(len(found[0])), text)


def _value(words: str) -> int:
    """The number that the words name; "three fifty" and "six forty five" are hundreds without the word."""
    if fixed := _FIXED.get(" ".join(words.split())):
        return fixed
    total = group = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _TENS:
            group = group * 100 + _TENS[word] if 0 < group < 10 else group + _TENS[word]
        elif word in _UNITS:
            group += _UNITS[word]
    return total + group
