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


_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi segunda segunda-feira lunedì lunedi maandag",
            "tuesday tue tues dienstag martes mardi terça terça-feira martedì martedi dinsdag",
            "wednesday wed weds mittwoch miércoles miercoles mercredi quarta quarta-feira mercoledì mercoledi woensdag",
            "thursday thu thur thurs donnerstag jueves jeudi quinta quinta-feira giovedì giovedi donderdag",
            "friday fri freitag viernes vendredi sexta sexta-feira venerdì venerdi vrijdag",
            "saturday sat samstag sonnabend sábado sabado samedi sabato zaterdag",
            "sunday sun sonntag domingo dimanche domenica zondag",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar enero janvier janeiro gennaio januari",
            "february feb februar febrero février fevereiro febbraio februari",
            "march mar märz marzo mars março maart",
            "april apr abril avril aprile",
            "may mai mayo maio maggio mei",
            "june jun juni junio juin junho giugno",
            "july jul juli julio juillet julho luglio",
            "august aug agosto août augustus",
            "september sep sept septiembre septembre setembro settembre",
            "october oct oktober octubre octobre outubro ottobre",
            "november nov noviembre novembre novembro",
            "december dec dezember diciembre décembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "mountain": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mt": "America/Denver",
    "pacific": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "central": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "ct": "America/Chicago",
    "eastern": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "utc": "UTC",
    "gmt": "UTC",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
}
_WD = "|".join(sorted(map(re.escape, _WEEKDAYS), key=len, reverse=True))
_MO = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_ZONE = r"(?:\s*\(?(?P<zone>mountain|pacific|central|eastern|[mpce][sd]?t|utc|gmt|cest?)\b(?: time)?\)?)?"
_CLOCK = re.compile(
    r"(?:\b(?:at|@|by|around|about|before|after|until|till|um|à|a las|às|alle|om|gegen|vers|from|between|nach|circa|approximately|approx\.?|say)\s*)?"
    r"(?<![\d/.-])(?P<hour>[01]?\d|2[0-3])(?:(?::|\.|h)(?P<minute>[0-5]\d))?\s*(?P<half>a\.?m\.?|p\.?m\.?|uhr|h\b|heures|o'clock)(?![\w])"
    + _ZONE
    + r"|\b(?P<named>noon|midday|mittags?|midi|mediodía|meio-dia|mezzogiorno)\b"
    r"|\b(?:at|@|um|à|a las|às|alle|om|gegen|vers)\s*(?P<hour2>[01]?\d|2[0-3])(?:(?::|\.|h)(?P<minute2>[0-5]\d))?(?!\s*(?:%|/|\d|minutes?|min\b|hours?|days?|\.\d|-\d{3}))(?![\w-])(?:\s*\(?(?P<zone2>mountain|pacific|central|eastern|[mpce][sd]?t)\b)?"
    r"|(?<![\d/.:-])(?P<hour3>[01]?\d|2[0-3]):(?P<minute3>[0-5]\d)(?![\d:])",
    re.I,
)
_RANGE = re.compile(
    r"\b(?:between|from)?\s*(?P<a>\d{1,2})(?::(?P<am>\d\d))?\s*(?P<ah>am|pm|a\.m\.|p\.m\.)?\s*(?:-|–|to|and|until)\s*(?P<b>\d{1,2})(?::(?P<bm>\d\d))?\s*(?P<bh>am|pm|a\.m\.?|p\.m\.?)(?!\w)",
    re.I,
)
_WEEK_OF = re.compile(
    rf"\bweek (?:of|starting|beginning|commencing)(?: the)? (?:(?:{_WD}),? )?(?P<rest>[\w./ ,]{{1,20}})|\b(?:w/c|wc) (?P<rest2>[\w./ ]{{1,16}})",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{_MO})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<year>20\d\d))?", re.I
)
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s*(?:of |de |di )?(?P<month>{_MO})\b\.?(?:,?\s*(?:de )?(?P<year>20\d\d))?",
    re.I,
)
_NUMERIC = re.compile(
    r"(?<![\d/.$#-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?![\d/]|\s?(?:%|am|pm|a\.m|p\.m))"
)
_ISO_DATE = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_THE_DAY = re.compile(r"\b(?:on|by|the|before|after) (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\b", re.I)
_WEEKDAY = re.compile(
    rf"\b(?P<which>this|next|coming|nächsten?|kommenden?|próximo|prochain|volgende|on)?\s*(?P<day>{_WD})(?:s|day)?\b(?! report| order)(?P<after> (?:next|prochain|que viene|prossimo|of next week))?",
    re.I,
)
_RELATIVE: tuple[tuple[re.Pattern[str], int, int | None], ...] = tuple(
    (re.compile(pattern, re.I), first, last)
    for pattern, first, last in (
        (
            r"\bday after tomorrow\b|\bübermorgen\b|\bpasado mañana\b|\baprès-demain\b|\bdopodomani\b|\bovermorgen\b",
            2,
            None,
        ),
        (
            r"\btomorrow\b|\btmrw\b|\btmw\b|\bmorgen\b(?! früh)?|(?<!por la )(?<!de la )(?<!la )\bmañana\b|\bdemain\b|\bamanhã\b|\bdomani\b",
            1,
            None,
        ),
        (
            r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bheute\b|\bhoy\b|\baujourd'?hui\b|\bhoje\b|\boggi\b|\bvandaag\b|\b(?:by|before) (?:eod|cob|close of business|end of (?:the )?day)\b|\beod\b|\bwithin the hour\b|\bin the next (?:hour|few hours)\b",
            0,
            None,
        ),
    )
)
_ASAP = re.compile(
    r"\b(?:asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|you get|u can)|immediately|right away|urgently|at once|straight away|right now|now|so bald wie möglich|lo antes posible|cuanto antes|dès que possible|o mais rápido possível|il prima possibile|zo snel mogelijk|dringend|umgehend)\b",
    re.I,
)
_PART_OF_DAY = re.compile(
    r"\b(?P<part>mornings?|afternoons?|evenings?|nachmittags?|vormittags?|matin|après-midi|tarde|matina|mattina|pomeriggio|ochtend|middag)\b",
    re.I,
)


def find_due(text: str, *, sent_at: datetime, zone: tzinfo | None, context: str = "") -> Due | None:
    """The first time named in `text`, or None. `zone` reads times without a zone; `context` explains "that week"."""
    local = sent_at.astimezone(zone) if zone is not None else sent_at
    found = _interval(text, local, context) or _single_day(text, local)
    clock = _clock(text, local, found[0] if found else None)
    if found is None:
        if clock is not None:
            moment, words = clock
            return Due(moment, None, words, False)
        asap = _ASAP.search(text)
        return Due(_midnight(local.date(), local), None, asap[0], True) if asap else None
    first, last, words = found
    if last is None and clock is not None:
        moment, clock_words = clock
        end = _range_end(text, first, local)
        return Due(moment, end, f"{words} {clock_words}".strip(), False)
    end_day = _midnight(last, local) if last else None
    return Due(_midnight(first, local), end_day, words, True)


def _midnight(day: date, local: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=local.tzinfo)


def _interval(text: str, local: datetime, context: str) -> tuple[date, date | None, str] | None:
    """Weeks: "the week of Dec 7", "next week", "that week"."""
    week = _WEEK_OF.search(text)
    if week:
        day = _calendar_date(week["rest"] or week["rest2"] or "", local.date())
        if day:
            return (*_work_week_from(day[0]), week[0].strip())
        bare = re.match(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?\b", week["rest"] or "")
        if bare and (found := _day_of_month(int(bare[1]), local.date())):
            return (*_work_week_from(found), week[0].strip())
    match = re.search(
        r"\bnext week\b|\bnächste woche\b|\bla semana que viene\b|\bpróxima semana\b|\bsemaine prochaine\b|\bsettimana prossima\b|\bvolgende week\b",
        text,
        re.I,
    )
    if match and not _WEEKDAY.search(text):
        monday = local.date() + timedelta(days=7 - local.weekday())
        return monday, monday + timedelta(days=4), match[0]
    match = re.search(
        r"\bthis week\b|\bdiese woche\b|\besta semana\b|\bcette semaine\b|\bquesta settimana\b|\bdeze week\b|\bby (?:the )?end of (?:the )?week\b|\blater (?:this|in the) week\b",
        text,
        re.I,
    )
    if match and not _WEEKDAY.search(text) and local.weekday() < 5:
        return local.date(), local.date() + timedelta(days=4 - local.weekday()), match[0]
    match = re.search(r"\bthat (?:same )?week\b", text, re.I)
    if match:
        day = _calendar_date(text[: match.start()], local.date()) or _calendar_date(context, local.date())
        if day:
            return (*_work_week_from(day[0]), match[0])
    return None


def _work_week_from(day: date) -> tuple[date, date]:
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    return day, day + timedelta(days=4 - day.weekday())


def _single_day(text: str, local: datetime) -> tuple[date, date | None, str] | None:
    today = local.date()
    named = _calendar_date(text, today)
    if named:
        return named[0], None, named[1]
    for pattern, first, _ in _RELATIVE:
        match = pattern.search(text)
        if match:
            return today + timedelta(days=first), None, match[0]
    weekdays = list(_WEEKDAY.finditer(text))
    weekdays = [
        match
        for match in weekdays
        if match["day"].lower() not in ("mon", "sat", "sun", "mar") or match[0].strip()[:1].isupper()
    ]
    if weekdays:
        match = weekdays[0]
        return _next_weekday(match, today, text), None, match[0].strip()
    match = _THE_DAY.search(text)
    if match and (day := _day_of_month(int(match["day"]), today)):
        return day, None, match[0]
    return None


def _next_weekday(match: re.Match[str], today: date, text: str) -> date:
    wanted = _WEEKDAYS[match["day"].lower()]
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
    match = _ISO_DATE.search(text)
    if match and (found := _date(int(match["year"]), int(match["month"]), int(match["day"]))):
        return found, match[0]
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        match = pattern.search(text)
        if match and (
            found := _coming(_MONTHS[match["month"].lower()], int(match["day"]), match["year"], today)
        ):
            return found, match[0].strip()
    for match in _NUMERIC.finditer(text):
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
    span = _RANGE.search(text)
    if span:
        half = (span["ah"] or span["bh"]).replace(".", "").lower()
        if not span["ah"] and int(span["a"]) > int(span["b"]) and int(span["b"]) != 12 and half == "pm":
            half = "am"
        moment = _at(int(span["a"]), int(span["am"] or 0), half, local, day, None)
        if moment:
            return moment, span[0].strip()
    for match in _CLOCK.finditer(text):
        if match["named"]:
            moment = _at(12, 0, "", local, day, None)
        elif match["hour"]:
            half = match["half"].replace(".", "").lower()
            moment = _at(
                int(match["hour"]),
                int(match["minute"] or 0),
                half if half in ("am", "pm") else "",
                local,
                day,
                match["zone"],
            )
        elif match["hour2"]:
            moment = _at(
                int(match["hour2"]),
                int(match["minute2"] or 0),
                _likely_half(int(match["hour2"])),
                local,
                day,
                match["zone2"],
            )
        else:
            moment = _at(
                int(match["hour3"]),
                int(match["minute3"]),
                _likely_half(int(match["hour3"])),
                local,
                day,
                None,
            )
        if moment:
            return moment, match[0].strip()
    return None


def _likely_half(hour: int) -> str:
    """A bare "at 3" in business mail is the afternoon, "at 10" the morning."""
    return "pm" if 1 <= hour <= 6 else ""


def _at(
    hour: int, minute: int, half: str, local: datetime, day: date | None, zone: str | None
) -> datetime | None:
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    tz = ZoneInfo(_ZONES[zone.lower()]) if zone else local.tzinfo
    start_day = day or local.date()
    moment = datetime.combine(start_day, time(hour, minute), tzinfo=tz)
    return moment if day is not None or moment > local else moment + timedelta(days=1)


def _range_end(text: str, day: date, local: datetime) -> datetime | None:
    span = _RANGE.search(text)
    if not span:
        return None
    return _at(int(span["b"]), int(span["bm"] or 0), span["bh"].replace(".", "").lower(), local, day, None)
