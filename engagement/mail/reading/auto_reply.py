"""Reads an absence notice: when the person is back, whether they left for good, and whom to turn to instead.

What lives here: dates and people behind the set phrases of such notices. What does not: whether a mail is an automatic reply
(`machine`), and its words (`absence_words`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from . import absence_words as words
from .absence_dates import DatedWords, find_dates, without_weekday
from .newest import NewestText
from .parsing import ParsedMessage

MAX_READ = 4_000


@dataclass(frozen=True)
class AutoReply:
    """What an absence notice says. `return_date` is the first day back, `instead` the address to turn to, or the name when no
    address stands."""

    return_date: date | None
    left_company: bool
    instead: str | None


def read_auto_reply(
    parsed: ParsedMessage, newest: NewestText, *, zone: tzinfo | None = None
) -> AutoReply | None:
    """What an automatic reply says, or None when it says none of it; the caller knows that it is one.

    "Back on Monday" is that Monday. "Until Friday" is read as back on that Friday, as most writers mean it; "through Friday",
    "including Friday" and a span ("November 23-27", "vom 3. bis 7. März") end on the last day away, so the next working day
    (Monday to Friday) is meant. A day on a weekend moves to Monday. `zone` is used when the mail's clock was UTC.
    """
    text = newest.text if newest.text.strip() else parsed.text_plain
    text = text[:MAX_READ].replace("’", "'").replace("\u00a0", " ")
    left = _says_left(f"{parsed.subject[:300]}\n{text}")
    found = AutoReply(
        return_date=_return_date(
            f"{parsed.subject[:300]}.\n{text}",
            _sent_date(parsed, zone),
            is_day_first=_is_day_first(parsed, text),
        ),
        left_company=left,
        instead=_instead(text, parsed),
    )
    return found if found.return_date or found.left_company or found.instead else None


def _sent_date(parsed: ParsedMessage, zone: tzinfo | None) -> date | None:
    sent: datetime | None = parsed.sent_at
    if sent is None:
        return None
    if zone is not None and sent.utcoffset() == timedelta(0):
        sent = sent.astimezone(zone)
    return sent.date()


def _says_left(text: str) -> bool:
    return bool(words.LEFT.search(text))


# --- the day they are back ---------------------------------------------------------------------------------------------

_ENGLISH = re.compile(
    r"\b(?:the|will|and|office|out|my|please|i|am|back|on|to|for|you|returning|away)\b", re.I
)


def _is_day_first(parsed: ParsedMessage, text: str) -> bool:
    """Whether 3/4 is the third of April: for senders elsewhere and for texts that are not English."""
    ending = (parsed.from_address or "").rpartition(".")[2]
    if ending in (
        "uk",
        "au",
        "nz",
        "ie",
        "in",
        "za",
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "be",
        "pt",
        "br",
        "at",
        "ch",
        "pl",
        "ru",
        "ua",
        "se",
        "no",
        "dk",
        "fi",
        "cz",
        "tr",
        "hu",
        "mx",
        "ar",
    ):
        return True
    return len(_ENGLISH.findall(text[:600])) < 2 and bool(text.strip())


def _return_date(text: str, sent: date | None, *, is_day_first: bool) -> date | None:
    dated = list(find_dates(text, sent, is_day_first=is_day_first))
    for find in (_day_back, _day_after_span, _day_until, _day_after_single):
        day = find(text, dated, sent)
        if day is not None:
            return day
    return _relative(text, sent)


def _day_back(text: str, dated: list[DatedWords], sent: date | None) -> date | None:
    """The date that stands with a word for return, in the same sentence."""
    best: tuple[int, date] | None = None
    for match in words.BACK.finditer(text):
        for one in dated:
            is_behind = one.start >= match.end()
            between = text[match.end() : one.start] if is_behind else text[one.end : match.start()]
            if len(between) > 60 or _ends_sentence(between) or not (is_behind or _leads_to_return(between)):
                continue
            distance = len(between) + (0 if is_behind else 8)
            if best is None or distance < best[0]:
                best = (distance, one.day)
    return _working(best[1]) if best else None


def _leads_to_return(between: str) -> bool:
    """Whether a date before the word for return belongs to it: "am 7. Dezember wieder erreichbar"."""
    return len(between) <= 24 and not re.search(
        r",|\b(?:and|und|et|y|e|en|when|wenn|bei|upon)\b", between, re.I
    )


_DAY_BEFORE = re.compile(r"\b\d{1,2}\.\s?(?:-|–|bis(?: zum)?)\s*$")  # "vom 23. bis 27.11."


def _day_after_span(text: str, dated: list[DatedWords], sent: date | None) -> date | None:
    """The working day after a span of dates, or after a last day that is said to be included."""
    for first, second in zip(dated, dated[1:], strict=False):
        between = without_weekday(text[first.end : second.start][:40])
        if (not between or words.RANGE.match(between)) and second.day >= first.day:
            return _working(second.day + timedelta(days=1))
    for one in dated:
        before = text[max(0, one.start - 34) : one.start]
        is_last = words.THROUGH.search(before) or words.THROUGH.search(text[one.end : one.end + 18])
        if is_last or _DAY_BEFORE.search(before):
            return _working(one.day + timedelta(days=1))
    return None


def _day_until(text: str, dated: list[DatedWords], sent: date | None) -> date | None:
    for one in dated:
        before = text[max(0, one.start - 26) : one.start]
        if words.UNTIL.search(before) or re.match(
            r"\s*(?:asti|saakka|(?:'?\w{1,3}\s)?kadar|まで|까지|-?ig\b)", text[one.end : one.end + 12]
        ):
            return _working(one.day)
    return None


def _day_after_single(text: str, dated: list[DatedWords], sent: date | None) -> date | None:
    """ "Out of the office on Friday, November 27": back on the next working day."""
    absent = list(words.ABSENT.finditer(text))
    for one in dated:
        for match in absent:
            between = (
                text[match.end() : one.start] if one.start >= match.end() else text[one.end : match.start()]
            )
            begins = re.search(
                r"\b(?:from|starting|beginning|since|as of|ab|seit|depuis|à partir|desde|a partir|dal|vanaf|od|с|från|fra)\b\W*(?:\w+\W+)?$",
                text[max(0, one.start - 26) : one.start],
                re.I,
            )
            if len(between) <= 40 and not _ends_sentence(between) and not begins:
                return _working(one.day + timedelta(days=1))
    return None


_RELATIVE = (
    (re.compile(r"\b(?:back|return\w*|available|in the office)\b[^.\n]{0,30}\btomorrow\b|\bmorgen wieder\b|\bde retour demain\b|\bvuelvo mañana\b", re.I), "tomorrow"),
    (re.compile(r"\b(?:back|return\w*)\b[^.\n]{0,30}\bnext week\b|\bnächste woche wieder\b|\bla semaine prochaine\b|\b(?:out|away|leave|vacation|unavailable)\b[^.\n]{0,40}\b(?:this|the (?:whole|entire|rest of the)) week\b|\bdiese woche nicht\b", re.I), "week"),
    (re.compile(r"\b(?:out|away|closed|unavailable|not in the office)\b[^.\n]{0,40}\b(?:today|for the day)\b|\bheute nicht\b|\babsente? aujourd'hui\b", re.I), "tomorrow"),
)  # fmt: skip
_FOR_WEEKS = re.compile(
    r"\b(?:out|away|leave|vacation|unavailable|back|return\w*)\b[^.\n]{0,40}\b(?:(?:for(?: the next)?|in) )?(?P<count>a|one|two|three|four|six|\d{1,2}) (?P<unit>days?|weeks?)\b",
    re.I,
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}


def _relative(text: str, sent: date | None) -> date | None:
    if sent is None:
        return None
    match = _FOR_WEEKS.search(text)
    if match:
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        return _working(sent + timedelta(days=count * (7 if match["unit"].startswith("week") else 1)))
    for pattern, meaning in _RELATIVE:
        if pattern.search(text):
            return (
                _working(sent + timedelta(days=1))
                if meaning == "tomorrow"
                else sent + timedelta(days=7 - sent.weekday())
            )
    return None


def _ends_sentence(between: str) -> bool:
    return bool(re.search(r"[!?。！？]|\.\s+[^\W\d_]*[A-ZÄÖÜ]|\n\s*\n", between))


def _working(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


# --- whom to turn to ---------------------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Frau|Herrn?|Mme|M|Sr|Sra|Sig|Dott|Dhr|Mevr|Pan[iąa]?em?)\.?\s+)?(?P<name>[A-ZÄÖÜÉÈÁÍÓÚŁŚŻČŠŽÅØÇĞİŞА-ЯІЇЄ][\w'’-]+(?:\s+(?:(?:de|van|der|von|da|la|le|del|di|[A-Z]\.)\s+){0,2}[A-ZÄÖÜÉÈÁÍÓÚŁŚŻČŠŽÅØÇĞİŞА-ЯІЇЄ][\w'’-]+){1,2})"
)
# "contact Luc." and "contactez M. Petit": one word, right behind and before a stop.
_FIRST_NAME = re.compile(
    r"[:\s]{1,3}(?P<name>(?:(?:M|Mr|Mrs|Ms|Mme|Sra?|Sig|Frau|Herrn?)\.?\s)?[A-ZÀ-ÝŁŚŻČŠŽ][a-zà-ÿ]{2,15})(?=[.,;)]|\s*$|\s(?:at|on)\s)"
)
_NO_NAME = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|office|department|team|desk|support|"
    r"service|customer|thank|regards|best|please|email|phone|north|south|west|east|street|united|new york|grüße|grüßen|cordialement|saludos|if|for|in|the|i|my|all|microsoft|outlook)\b",
    re.I,
)


def _instead(text: str, parsed: ParsedMessage) -> str | None:
    """The first other address near a word for turning to somebody; else the name behind that word."""
    own = {address.address for address in parsed.from_all} | {address.address for address in parsed.to}
    turning = [match.span() for match in words.TURN_TO.finditer(text)]
    for match in _EMAIL.finditer(text):
        address = match[0].lower().strip(".'-")
        is_near = any(-220 <= match.start() - end <= 260 for _, end in turning)
        if words.NEW_ADDRESS.search(text[max(0, match.start() - 80) : match.start()]):
            continue
        if address not in own and is_near and not re.match(r"(?:no-?reply|postmaster)", address):
            return address
    for _, end in turning:
        name = _NAME.search(text[end : end + 90])
        alone = _FIRST_NAME.match(text, end)
        if alone and not _NO_NAME.search(alone["name"]):
            return alone["name"]
        if name and not _NO_NAME.search(name["name"]) and not _ends_sentence(text[end : end + name.start()]):
            return " ".join(name["name"].split())
    return None
