"""Reads when the client wants something: "Thursday at 2pm", "the week of Dec 7", "11/24 at 11:00 am Mountain", "ASAP".

What lives here: words to dates, relative to when the mail was sent. What does not: deciding whether anything was asked.
Weekdays mean the next such day after sending (the same day only as "this <weekday>" or "today"). Numeric dates are month first unless
that is impossible. Business meanings: "the week of" a date runs from that date to Friday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from . import due_words as vocabulary


@dataclass(frozen=True)
class Due:
    """A time in the client's words. `start` and `end` are aware; `end` is None for a moment; an all-day interval ends on its
    last day. `text` is what the client wrote."""

    start: datetime
    end: datetime | None
    text: str
    is_all_day: bool

    def as_iso(self) -> str:
        """ISO 8601: a date, a date-time, or an interval with `/`."""

        def one(moment: datetime) -> str:
            return moment.date().isoformat() if self.is_all_day else moment.isoformat()

        if self.end is None or (self.is_all_day and self.end.date() == self.start.date()):
            return one(self.start)
        return f"{one(self.start)}/{one(self.end)}"


def find_due(text: str, *, sent_at: datetime, zone: tzinfo | None, context: str = "") -> Due | None:
    """The first time named in `text`, or None. `zone` reads times without a zone; `context` explains "that week"."""
    local = sent_at.astimezone(zone) if zone is not None else sent_at
    soon = _in_a_while(text, local)
    if soon is not None:
        return soon
    found = _interval(text, local, context) or _single_day(text, local)
    clock = _clock(text, local, found[0] if found else None)
    if found is None:
        return _without_day(text, local, clock)
    first, last, words = found
    if last is not None:
        return Due(_midnight(first, local), _midnight(last, local), words, True)
    if clock is not None:
        moment, clock_words = clock
        end = _range_end(text, first, local)
        return Due(moment, end, f"{words} {clock_words}".strip(), False)
    return _part_of(first, text, local, words) or Due(_midnight(first, local), None, words, True)


def _without_day(text: str, local: datetime, clock: tuple[datetime, str] | None) -> Due | None:
    """A time of day alone is its next one; "as soon as possible" is today."""
    if clock is not None:
        moment, words = clock
        return Due(moment, _range_end(text, moment.date(), local), words, False)
    for pattern, first, last in vocabulary.PARTS_OF_DAY:
        match = pattern.search(text)
        if match and re.match(r"(?:in the|this|in der|por la|de la|di|le|cet?)\b", match[0], re.I):
            day = local.date() + timedelta(
                days=local.time() >= last or (first.hour < 12 and local.hour >= first.hour)
            )
            return _span(day, first, last, local, match[0])
    asap = vocabulary.ASAP.search(text)
    return Due(_midnight(local.date(), local), None, asap[0], True) if asap else None


def _part_of(day: date, text: str, local: datetime, words: str) -> Due | None:
    """The morning, afternoon or evening of a day, as the client's hours of work have it."""
    for pattern, first, last in vocabulary.PARTS_OF_DAY:
        match = pattern.search(text)
        if match:
            return _span(day, first, last, local, words if match[0] in words else f"{words} {match[0]}")
    return None


def _span(day: date, first: time, last: time, local: datetime, words: str) -> Due:
    start, end = (datetime.combine(day, moment, tzinfo=local.tzinfo) for moment in (first, last))
    return Due(start, end, words.strip(), False)


def _in_a_while(text: str, local: datetime) -> Due | None:
    """Times counted from the mail: "in an hour", "within two days", "in two weeks"."""
    match = vocabulary.IN_A_WHILE.search(text)
    if match is None:
        return None
    named = match["count"].lower()
    count = int(named) if named.isdigit() else vocabulary.NUMBERS.get(named, 2)
    unit = match["unit"].lower()
    if unit.startswith(("min", "h")):
        if match["how"].lower() != "in":
            return Due(_midnight(local.date(), local), None, match[0], True)
        moment = local + (timedelta(minutes=count) if unit.startswith("min") else timedelta(hours=count))
        return Due(moment.replace(second=0, microsecond=0), None, match[0], False)
    day = local.date() + timedelta(days=count * (7 if unit.startswith("week") else 1))
    start = day if match["how"].lower() == "in" else local.date()
    return Due(_midnight(start, local), _midnight(day, local), match[0], True)


def _midnight(day: date, local: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=local.tzinfo)


_NEXT_WEEK = re.compile(
    r"\b(?:(?P<part>early|late|later|mid|middle of|end of|beginning of) )?(?:next week|nächste woche|la semana que viene|próxima semana|semaine prochaine|settimana prossima|volgende week|"
    r"nästa vecka|neste uke|næste uge|v příštím týdnu|w przyszłym tygodniu|на следующей неделе)\b|来週|下周",
    re.I,
)
_THIS_WEEK = re.compile(
    r"\bthis week\b|\bdiese woche\b|\besta semana\b|\bcette semaine\b|\bquesta settimana\b|\bdeze week\b|\bby (?:the )?end of (?:the )?week\b|\b(?P<later>later (?:this|in the) week)\b|今週|本周",
    re.I,
)


def _interval(text: str, local: datetime, context: str) -> tuple[date, date | None, str] | None:
    """Weeks, months, and runs of days: "the week of Dec 7", "next week", "Monday through Wednesday"."""
    found = _named_week(text, local.date(), context) or _run_of_days(text, local.date())
    if found or vocabulary.WEEKDAY.search(text):
        return found
    monday = local.date() + timedelta(days=7 - local.weekday())
    match = _NEXT_WEEK.search(text)
    if match:
        part = (match["part"] or "").lower()
        first, last = {
            "": (0, 4),
            "early": (0, 2),
            "beginning of": (0, 1),
            "mid": (1, 3),
            "middle of": (1, 3),
        }.get(part, (2, 4))
        return monday + timedelta(days=first), monday + timedelta(days=last), match[0]
    match = _THIS_WEEK.search(text)
    if match and local.weekday() < 5:
        friday = local.date() + timedelta(days=4 - local.weekday())
        return min(friday, local.date() + timedelta(days=bool(match["later"]))), friday, match[0]
    match = vocabulary.NEXT_MONTH.search(text)
    if match:
        first = (local.date().replace(day=28) + timedelta(days=7)).replace(day=1)
        return first, (first.replace(day=28) + timedelta(days=7)).replace(day=1) - timedelta(days=1), match[0]
    return None


def _named_week(text: str, today: date, context: str) -> tuple[date, date | None, str] | None:
    week = vocabulary.WEEK_OF.search(text)
    if week:
        day = _calendar_date(week["rest"] or week["rest2"] or "", today)
        if day:
            return (*_work_week_from(day[0]), week[0].strip())
        bare = re.match(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?\b", week["rest"] or "")
        if bare and (found := _day_of_month(int(bare[1]), today)):
            return (*_work_week_from(found), week[0].strip())
    counted = vocabulary.NTH_WEEK.search(text)
    if counted:
        month = _coming(vocabulary.MONTHS[counted["month"].lower()], 28, None, today)
        if month:
            return (*_nth_week(month, counted["nth"].lower()), counted[0])
    match = re.search(r"\bthat (?:same )?week\b", text, re.I)
    if match:
        day = _calendar_date(text[: match.start()], today) or _calendar_date(context, today)
        if day:
            return (*_work_week_from(day[0]), match[0])
    return None


def _nth_week(month: date, nth: str) -> tuple[date, date]:
    """The work week of the nth Monday of a month; the last for "last"."""
    first = month.replace(day=1)
    monday = first + timedelta(days=-first.weekday() % 7)
    number = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}.get(
        nth, 4
    )
    monday += timedelta(weeks=number)
    while monday.month != month.month:
        monday -= timedelta(weeks=1)
    return monday, monday + timedelta(days=4)


def _run_of_days(text: str, today: date) -> tuple[date, date | None, str] | None:
    """Two weekdays named together are the days from the one to the other."""
    match = vocabulary.DAY_RANGE.search(text)
    if match is None or _calendar_date(text, today):
        return None
    first, last = (
        (match[one] or match[other]).lower() for one, other in (("first", "first2"), ("last", "last2"))
    )
    ahead = (vocabulary.WEEKDAYS[first] - today.weekday()) % 7 or 7
    if re.search(r"\bnext week\b", text, re.I):
        ahead = 7 - today.weekday() + vocabulary.WEEKDAYS[first]
    start = today + timedelta(days=ahead)
    length = (vocabulary.WEEKDAYS[last] - vocabulary.WEEKDAYS[first]) % 7
    return (start, start + timedelta(days=length), match[0]) if length else None


def _work_week_from(day: date) -> tuple[date, date]:
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    return day, day + timedelta(days=4 - day.weekday())


def _single_day(text: str, local: datetime) -> tuple[date, date | None, str] | None:
    today = local.date()
    named = _calendar_date(text, today)
    if named:
        return named[0], None, named[1]
    for pattern, first, _ in vocabulary.RELATIVE:
        match = pattern.search(text)
        if match:
            return today + timedelta(days=first), None, match[0]
    weekdays = list(vocabulary.WEEKDAY.finditer(text))
    weekdays = [
        match
        for match in weekdays
        if match["day"].lower() not in ("mon", "sat", "sun", "mar") or match[0].strip()[:1].isupper()
    ]
    if weekdays:
        match = weekdays[0]
        return _next_weekday(match, today, text), None, match[0].strip()
    cjk = vocabulary.CJK_WEEKDAY.search(text)
    if cjk:
        ahead = (vocabulary.CJK_DAYS[cjk[1] or cjk[2] or cjk[3]] - today.weekday()) % 7 or 7
        return today + timedelta(days=ahead), None, cjk[0]
    match = vocabulary.END_OF_WEEK.search(text)
    if match and today.weekday() < 5:
        return today + timedelta(days=4 - today.weekday()), None, match[0]
    match = vocabulary.THE_DAY.search(text)
    if match and (day := _day_of_month(int(match["day"]), today)):
        return day, None, match[0]
    return None


def _next_weekday(match: re.Match[str], today: date, text: str) -> date:
    wanted = vocabulary.WEEKDAYS[match["day"].lower()]
    ahead = (wanted - today.weekday()) % 7
    which = (match["which"] or "").lower()
    in_next_week = bool(match["after"]) or bool(re.search(r"\bnext week\b", text, re.I))
    if in_next_week:
        return today + timedelta(days=7 - today.weekday() + wanted)
    if which == "this":
        return today + timedelta(days=ahead)
    return today + timedelta(days=ahead or 7)


def _day_of_month(day: int, today: date) -> date | None:
    """The next day of the month with that number."""
    month, year = today.month, today.year
    for _ in range(3):
        candidate = _date(year, month, day)
        if candidate and candidate >= today:
            return candidate
        month, year = (1, year + 1) if month == 12 else (month + 1, year)
    return None


def _calendar_date(text: str, today: date) -> tuple[date, str] | None:
    """A date written out in month and day; without a year, the coming one."""
    match = vocabulary.ISO_DATE.search(text)
    if match and (found := _date(int(match["year"]), int(match["month"]), int(match["day"]))):
        return found, match[0]
    for pattern in (vocabulary.MONTH_DAY, vocabulary.DAY_MONTH):
        match = pattern.search(text)
        if match and (
            found := _coming(
                vocabulary.MONTHS[match["month"].lower()], int(match["day"]), match["year"], today
            )
        ):
            return found, match[0].strip()
    for match in vocabulary.NUMERIC.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if match["sep"] == "." and not match["year"] and second > 12:
            continue
        month, day = (second, first) if first > 12 or match["sep"] == "." else (first, second)
        if found := _coming(month, day, match["year"], today):
            return found, match[0]
    return None


def _coming(month: int, day: int, year: str | None, today: date) -> date | None:
    if year:
        number = int(year)
        return _date(number + 2000 if number < 100 else number, month, day)
    candidate = _date(today.year, month, day)
    if candidate is None or candidate < today - timedelta(days=60):
        return _date(today.year + 1, month, day)
    return candidate


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # 31 February and the like: not a date.


def _clock(text: str, local: datetime, day: date | None) -> tuple[datetime, str] | None:
    """The clock time named, on `day` or the day it next comes round."""
    span = _range_of(text)
    if span:
        first, _, words = span
        moment = _at(*first, "", local, day, None)
        if moment:
            return moment, words
    meal = vocabulary.AROUND_LUNCH.search(text)
    if meal and (day is not None or not meal["first"]):
        hour = (
            8 if meal["first"] else 12 + (meal["side"].lower() == "after" and meal["meal"].lower() == "lunch")
        )
        moment = _at(hour, 0, "", local, day, None)
        return (moment, meal[0]) if moment else None
    for match in vocabulary.CLOCK.finditer(text):
        moment = _moment_of(match, text, local, day)
        if moment:
            return moment, match[0].strip()
    match = vocabulary.CJK_CLOCK.search(text)
    if match:
        half = "pm" if match["half"] in ("下午", "晚上", "午後", "오후") else ""
        minute = 30 if match["thirty"] else int(match["minute"] or 0)
        moment = _at(int(match["hour"]), minute, half, local, day, None)
        return (moment, match[0].strip()) if moment else None
    return None


def _moment_of(match: re.Match[str], text: str, local: datetime, day: date | None) -> datetime | None:
    if match["named"]:
        return _at(12, 0, "", local, day, None)
    if match["hour"]:
        half = match["half"].replace(".", "").lower()
        given = (
            half
            if half in ("am", "pm")
            else _likely_half(int(match["hour"]), text)
            if half == "o'clock"
            else ""
        )
        return _at(int(match["hour"]), int(match["minute"] or 0), given, local, day, match["zone"])
    if match["hour2"]:
        hour, minute, zone = int(match["hour2"]), int(match["minute2"] or 0), match["zone2"]
    else:
        hour, minute, zone = int(match["hour3"]), int(match["minute3"]), None
    return _at(hour, minute, _likely_half(hour, text), local, day, zone)


_LATE_WORDS = re.compile(
    r"\b(?:tonight|evening|afternoon|tarde|noche|soir|abends?|nachmittags?|pomeriggio|sera|noite|middag|avond)\b",
    re.I,
)


def _likely_half(hour: int, text: str = "") -> str:
    """A bare "at 3" in business mail is the afternoon, "at 10" the morning, unless the words say evening."""
    return "pm" if 1 <= hour <= 6 or (hour < 12 and _LATE_WORDS.search(text)) else ""


def _range_of(text: str) -> tuple[tuple[int, int], tuple[int, int], str] | None:
    """First and last moment of a range of hours, on the clock of 24 hours, and its words."""
    span = vocabulary.RANGE.search(text)
    if span:
        half = span["bh"].replace(".", "").lower()
        last = _hour(int(span["b"]), half)
        own = (span["ah"] or "").replace(".", "").lower()
        first = _hour(int(span["a"]), own or half)
        if not own and first > last:
            first = _hour(int(span["a"]), "am")
        return (first, int(span["am"] or 0)), (last, int(span["bm"] or 0)), span[0].strip()
    bare = vocabulary.BARE_RANGE.search(text)
    if bare is None:
        return None
    first, last = (_hour(int(bare[name]), _likely_half(int(bare[name]), text)) for name in ("a", "b"))
    if last <= first:
        last = _hour(int(bare["b"]), "pm")
    return (
        ((first, int(bare["am"] or 0)), (last, int(bare["bm"] or 0)), bare[0].strip())
        if last > first
        else None
    )


def _hour(hour: int, half: str) -> int:
    if half == "pm" and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour


def _at(
    hour: int, minute: int, half: str, local: datetime, day: date | None, zone: str | None
) -> datetime | None:
    hour = _hour(hour, half)
    if hour > 23 or minute > 59:
        return None
    tz = ZoneInfo(vocabulary.ZONES[zone.lower()]) if zone else local.tzinfo
    start_day = day or local.date()
    moment = datetime.combine(start_day, time(hour, minute), tzinfo=tz)
    return moment if day is not None or moment > local else moment + timedelta(days=1)


def _range_end(text: str, day: date, local: datetime) -> datetime | None:
    span = _range_of(text)
    return _at(*span[1], "", local, day, None) if span else None
