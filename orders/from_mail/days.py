"""Days as people write them in orders: 12/2, 11/30/2026, Dec 2nd, the 20th, Friday. Relative to the day of the mail."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_ISO = re.compile(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/]|\.\d)")
_MONTH_DAY = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s*(20\d\d))?",
    re.I,
)
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s*(20\d\d))?",
    re.I,
)
_DAY_ALONE = re.compile(r"\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\b", re.I)
_WEEKDAY = re.compile(
    r"\b(next\s+)?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|r|urday)?\b", re.I
)
_NEAR = {"today": 0, "tomorrow": 1}
# A day without a year that lies further back than this is meant for next year.
_LOOKS_BACK = timedelta(days=60)


def read_day(text: str, *, sent: date) -> date | None:
    """The first day that the text names, or None. Numeric days are month first unless that is impossible."""
    if found := _ISO.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.search(text):
        return _in_year(found[3], _month(found[1]), int(found[2]), sent)
    if found := _DAY_MONTH.search(text):
        return _in_year(found[3], _month(found[2]), int(found[1]), sent)
    if found := _NUMERIC.search(text):
        month, day = int(found[1]), int(found[2])
        month, day = (day, month) if month > 12 else (month, day)
        return _in_year(found[3], month, day, sent)
    if found := _DAY_ALONE.search(text):
        return _next_of_month(int(found[1]), sent)
    return _named(text, sent)


def _named(text: str, sent: date) -> date | None:
    for word, days in _NEAR.items():
        if re.search(rf"\b{word}\b", text, re.I):
            return sent + timedelta(days=days)
    if found := _WEEKDAY.search(text):
        ahead = (_WEEKDAYS.index(found[2].lower()) - sent.weekday() - 1) % 7 + 1
        return sent + timedelta(days=ahead + (7 if found[1] and ahead + sent.weekday() < 7 else 0))
    return None


def _in_year(year: str | None, month: int, day: int, sent: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _day(sent.year, month, day)
    if this_year is not None and this_year < sent - _LOOKS_BACK:
        return _day(sent.year + 1, month, day)
    return this_year


def _next_of_month(day: int, sent: date) -> date | None:
    """The next such day of a month, the day of the mail included."""
    month = sent.replace(day=1)
    for _ in range(3):
        found = _day(month.year, month.month, day)
        if found is not None and found >= sent:
            return found
        month = (month + timedelta(days=32)).replace(day=1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return _MONTHS.index(word.lower()) + 1
