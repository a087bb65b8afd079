"""Finds the dates of an absence notice in the languages our clients write, relative to when it was sent.

What lives here: words to dates. What does not: what a date means (`auto_reply`), and times of day, which no notice needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import absence_words as words

_KEPT_PAST = timedelta(days=60)


@dataclass(frozen=True)
class DatedWords:
    """A day and where in the text it stands."""

    start: int
    end: int
    day: date


_MO = "|".join(sorted(map(re.escape, words.MONTHS), key=len, reverse=True))
_WD = "|".join(sorted(map(re.escape, words.WEEKDAYS), key=len, reverse=True))
_WEEKDAY_BETWEEN = re.compile(rf"\b(?:{_WD})\b,?\s*", re.I)
_SHORT_DATE_BEFORE = re.compile(
    r"\b(?:bis|am|ab|vom|zum|zur|den|dem|seit|von|le|du|au|el|al|del|il|dal|op|van|do|od|dnia|с|до|по|з|fra|från|til|till|den|d\.)\s*$",
    re.I,
)
_AFTER_WEEKDAY = re.compile(r"[\s,.(]{0,4}(?:the |den |dem |le |el |il |d\. )?")
_DAY_NUMBER = re.compile(
    r",?\s+(?:the |den |dem |le |d\. )?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th|er|\.)?(?=[\s,.;)]|$)(?!\s*(?:am\b|pm\b|uhr|h\b|o'clock))",
    re.I,
)
_DATE = re.compile(
    rf"\b(?P<iso_year>20\d\d)[-/.](?P<iso_month>\d{{1,2}})[-/.](?P<iso_day>\d{{1,2}})\b"
    rf"|(?:(?P<cjk_year>20\d\d)\s?[年년])?\s?(?P<cjk_month>\d{{1,2}})\s?[月월]\s?(?P<cjk_day>\d{{1,2}})\s?[日号號일]"
    rf"|\b(?P<month>{_MO})\b\.?\s+(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:\s*(?:-|–|to|through|until)\s*(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:/]))?(?:,?\s+(?P<year>20\d\d))?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|:e|\.)?\s*(?:(?:-|–|bis(?: zum)?|to|au|al|a|t/m|tot(?: en met)?|do|по|до|til|till)\s*(?P<last2>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s*)?(?:of |de |di |d')?(?P<month2>{_MO})\b\.?(?:,?\s*(?:de |del )?(?P<year2>20\d\d))?"
    rf"|(?<![\d.,/-])(?P<a>\d{{1,2}})(?P<mark>[./-])\s?(?P<b>\d{{1,2}})(?:(?P=mark)\s?(?P<year3>20\d\d|\d\d)\b|\.(?!\d)|(?![\d./:%-]))"
    rf"|\b(?P<weekday>{_WD})\b|(?P<weekday2>(?:星期|周)[一二三四五六日]|[月火水木金土日]曜日?)",
    re.I,
)


def find_dates(text: str, sent: date | None, *, is_day_first: bool) -> Iterator[DatedWords]:
    """Every date in the text; a span like "Nov 23-27" gives two. A weekday counts when no date stands beside it, and follows the
    date named before it."""
    previous_end, anchor = -10, sent
    for match in _DATE.finditer(text):
        if match["weekday"] or match["weekday2"]:
            if (
                sent is None
                or match.start() - previous_end <= 3
                or _names_a_date(match)
                or _is_other_word(match)
            ):
                continue
            day = _weekday(match, anchor or sent)
        else:
            previous_end = match.end()
            day = _day_of(match, sent, is_day_first=is_day_first)
            anchor = day if day and sent and sent < day < sent + timedelta(days=90) else anchor
        if day is None:
            continue
        yield DatedWords(match.start(), match.end(), day)
        last = match["last"] or match["last2"]
        if last and (end := _in_same_month(day, int(last))):
            yield DatedWords(match.end(), match.end(), end)


def _names_a_date(weekday: re.Match[str]) -> bool:
    """Whether a full date follows the weekday: "Monday, November 30"."""
    following = _DATE.match(weekday.string, _AFTER_WEEKDAY.match(weekday.string, weekday.end()).end())
    return bool(following) and not (following["weekday"] or following["weekday2"])


def _is_other_word(match: re.Match[str]) -> bool:
    """Short names of weekdays are words elsewhere ("mon retour"); they count before a stop or at the end."""
    name = match["weekday"] or ""
    is_short = 0 < len(name) <= 4 and name.isascii()
    return is_short and not re.match(r"[.,;)]|\s*$", match.string[match.end() :][:3])


def _in_same_month(first: date, last: int) -> date | None:
    """The end of "Nov 23-27"; of "29. bis 3. Dezember" as well, where it is the first day that stands in the month before."""
    try:
        end = first.replace(day=last)
    except ValueError:
        return None
    return end if end >= first else None


def _weekday(match: re.Match[str], anchor: date) -> date | None:
    name = (match["weekday"] or match["weekday2"]).lower()
    number = words.WEEKDAYS.get(name)
    if number is None:
        number = words.WEEKDAYS.get(f"{name}日")
    if number is None:
        return None
    day = anchor + timedelta(days=(number - anchor.weekday()) % 7 or 7)
    number_behind = _DAY_NUMBER.match(match.string, match.end())
    if number_behind:  # "lunes 30": the next such day of a month
        wanted = int(number_behind["day"])
        return next(
            (one for one in (anchor + timedelta(days=ahead) for ahead in range(62)) if one.day == wanted),
            None,
        )
    before = match.string[max(0, match.start() - 22) : match.start()].lower()
    if (
        re.search(r"\b(?:next|following)\s$", before)
        and day - anchor < timedelta(days=7)
        and day.isocalendar()[1] == anchor.isocalendar()[1]
    ):
        day += timedelta(days=7)
    return day


def _day_of(match: re.Match[str], sent: date | None, *, is_day_first: bool) -> date | None:
    group = match.groupdict()
    year: int | None = None
    if group["iso_year"]:
        year, month, day = int(group["iso_year"]), int(group["iso_month"]), int(group["iso_day"])
    elif group["cjk_month"]:
        year, month, day = int(group["cjk_year"] or 0) or None, int(group["cjk_month"]), int(group["cjk_day"])
    elif group["month"]:
        year, month, day = (
            int(group["year"] or 0) or None,
            words.MONTHS[group["month"].lower()],
            int(group["day"]),
        )
    elif group["month2"]:
        year, month, day = (
            int(group["year2"] or 0) or None,
            words.MONTHS[group["month2"].lower()],
            int(group["day2"]),
        )
    else:
        first, second = int(group["a"]), int(group["b"])
        is_first_day = group["mark"] == "." or is_day_first
        day, month = (first, second) if (is_first_day or first > 12) and second <= 12 else (second, first)
        written = group["year3"]
        year = (int(written) if len(written) == 4 else 2000 + int(written)) if written else None
        if year is None and not _is_short_date(match):
            return None
    return _dated_near(year, month, day, sent)


def _is_short_date(match: re.Match[str]) -> bool:
    """Whether two numbers without a year are a date at all: 1/5 and "am 12.1." are, 24/7, 9-5 and 2.5 are not."""
    if match["mark"] == "-" or match[0].startswith("24/7"):
        return False
    if match["mark"] == "." and not match[0].endswith("."):
        return bool(_SHORT_DATE_BEFORE.search(match.string[max(0, match.start() - 8) : match.start()]))
    return True


def _dated_near(year: int | None, month: int, day: int, sent: date | None) -> date | None:
    """A date without a year is the next one, or one that passed a short while ago: notices are often left on."""
    if year is None and sent is None:
        return None
    try:
        found = date(year or (sent.year if sent else 1), month, day)
        if year is None and sent and found < sent - _KEPT_PAST:
            found = found.replace(year=found.year + 1)
        elif year is None and sent and found > sent + timedelta(days=305):
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found


def without_weekday(between: str) -> str:
    """What stands between two dates, without the weekday of the second."""
    return _WEEKDAY_BETWEEN.sub("", between)
