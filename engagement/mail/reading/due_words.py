"""The words for days, times and spans of time that clients use, and the patterns made of them.

Only tables live here; `due` decides what they mean on a given day.
"""

from __future__ import annotations

import re
from datetime import time

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi segunda segunda-feira lunedì lunedi maandag måndag mandag poniedziałek понедельник pondělí pazartesi maanantaina",
            "tuesday tue tues dienstag martes mardi terça terça-feira martedì martedi dinsdag tisdag tirsdag wtorek вторник úterý salı tiistaina",
            "wednesday wed weds mittwoch miércoles miercoles mercredi quarta quarta-feira mercoledì mercoledi woensdag onsdag środa środę среда среду středa středu çarşamba keskiviikkona",
            "thursday thu thur thurs donnerstag jueves jeudi quinta quinta-feira giovedì giovedi donderdag torsdag czwartek четверг čtvrtek perşembe torstaina",
            "friday fri freitag viernes vendredi sexta sexta-feira venerdì venerdi vrijdag fredag piątek пятница пятницу pátek cuma perjantaina",
            "saturday sat samstag sonnabend sábado sabado samedi sabato zaterdag lördag lørdag sobota sobotę суббота субботу",
            "sunday sun sonntag domingo dimanche domenica zondag söndag søndag niedziela niedzielę воскресенье neděle",
        )
    )
    for name in names.split()
}
MONTHS = {
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
ZONES = {
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
WD = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True))
MO = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
ZONE = r"(?:\s*\(?(?P<zone>mountain|pacific|central|eastern|[mpce][sd]?t|utc|gmt|cest?)\b(?: time)?\)?)?"
CLOCK = re.compile(
    r"(?:\b(?:at|@|by|around|about|before|after|until|till|um|à|a las|às|alle|om|gegen|vers|from|between|nach|circa|approximately|approx\.?|say|kl\.?|klo|o|в)\s*)?"
    r"(?<![\d/.-])(?P<hour>[01]?\d|2[0-3])(?:(?::|\.|h)(?P<minute>[0-5]\d))?\s*(?P<half>a\.?m\.?|p\.?m\.?|uhr|h\b|heures|o'clock)(?![\w])"
    + ZONE
    + r"|(?<!-)\b(?P<named>noon|midday|mittags?|midi|mediodía|meio-dia|mezzogiorno)\b"
    r"|\b(?:at|@|um|à|a las|às|alle|om|gegen|vers|kl\.?|klo|o|в|after|before|by|around|until|till|past|nach|vor|après|avant|después de las|antes de las|dopo le|na)\s*(?P<hour2>[01]?\d|2[0-3])(?:(?::|\.|h)(?P<minute2>[0-5]\d))?(?!\s*(?:%|/|\d|minutes?|min\b|hours?|days?|more\b|of\b|business|working|\.\d|,\d|-\d|(?:times|orders|calls|attempts|people|units|properties|reports|comps|sales|percent|miles|feet|years|weeks|months|acres|dollars|branches|cases|loans|files|pages|rooms)\b|(?:st|nd|rd|th)\b))(?![\w-])(?:\s*\(?(?P<zone2>mountain|pacific|central|eastern|[mpce][sd]?t)\b)?"
    r"|(?<![\d/.:-])(?P<hour3>[01]?\d|2[0-3]):(?P<minute3>[0-5]\d)(?![\d:])",
    re.I,
)
RANGE = re.compile(
    r"\b(?:between|from)?\s*(?P<a>\d{1,2})(?::(?P<am>\d\d))?\s*(?P<ah>am|pm|a\.m\.|p\.m\.)?\s*(?:-|–|to|and|until)\s*(?P<b>\d{1,2})(?::(?P<bm>\d\d))?\s*(?P<bh>am|pm|a\.m\.?|p\.m\.?)(?!\w)",
    re.I,
)
WEEK_OF = re.compile(
    rf"\bweek (?:of|starting|beginning|commencing)(?: the)? (?:(?:{WD}),? )?(?P<rest>[\w./ ,]{{1,20}})|\b(?:w/c|wc) (?P<rest2>[\w./ ]{{1,16}})",
    re.I,
)
MONTH_DAY = re.compile(
    rf"\b(?P<month>{MO})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<year>20\d\d))?", re.I
)
DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s*(?:of |de |di )?(?P<month>{MO})\b\.?(?:,?\s*(?:de )?(?P<year>20\d\d))?",
    re.I,
)
NUMERIC = re.compile(
    r"(?<![\d/.$#-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?![\d/]|\s?(?:%|am|pm|a\.m|p\.m))"
)
ISO_DATE = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
THE_DAY = re.compile(r"\b(?:on|by|the|before|after) (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)\b", re.I)
WEEKDAY = re.compile(
    rf"\b(?P<which>this|next|coming|nächsten?|kommenden?|próximo|prochain|volgende|on)?\s*(?P<day>{WD})(?:s|day)?\b(?! report| order)(?P<after> (?:next|prochain|que viene|prossimo|of next week))?",
    re.I,
)
RELATIVE: tuple[tuple[re.Pattern[str], int, int | None], ...] = tuple(
    (re.compile(pattern, re.I), first, last)
    for pattern, first, last in (
        (
            r"\bday after tomorrow\b|\bübermorgen\b|\bpasado mañana\b|\baprès-demain\b|\bdopodomani\b|\bovermorgen\b|\bpojutrze\b|\bпослезавтра\b|\bi övermorgon\b|\bi overmorgen\b|後天|后天|明後日",
            2,
            None,
        ),
        (
            r"\btomorrow\b|\btmrw\b|\btmw\b|\bmorgen\b(?! früh)?|(?<!por la )(?<!de la )(?<!la )\bmañana\b|\bdemain\b|\bamanhã\b|\bdomani\b|\bjutro\b|\bзавтра\b|\bimorgon\b|\bi morgon\b|\bzítra\b|\byarın\b|\bhuomenna\b|明日|明天|내일",
            1,
            None,
        ),
        (
            r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bheute\b|\bhoy\b|\baujourd'?hui\b|\bhoje\b|\boggi\b|\bvandaag\b|\bdziś\b|\bdzisiaj\b|\bсегодня\b|\bidag\b|\bi dag\b|\bi eftermiddag\b|\bi ettermiddag\b|\bdnes\b|\bbugün\b|\btänään\b|本日|今日|今天|오늘|\bcet après-midi\b|\bce matin\b|\besta tarde\b|\bquesto pomeriggio\b|\bvanmiddag\b|\b(?:by|before) (?:eod|cob|close of business|end of (?:the )?day)\b|\beod\b|\bwithin the hour\b|\bin the next (?:hour|few hours)\b",
            0,
            None,
        ),
    )
)
ASAP = re.compile(
    r"\b(?:asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|you get|u can)|immediately|right away|urgently|at once|straight away|right now|now|so bald wie möglich|lo antes posible|cuanto antes|dès que possible|o mais rápido possível|il prima possibile|zo snel mogelijk|dringend|umgehend)\b",
    re.I,
)
PART_OF_DAY = re.compile(
    r"\b(?P<part>mornings?|afternoons?|evenings?|nachmittags?|vormittags?|matin|après-midi|tarde|matina|mattina|pomeriggio|ochtend|middag)\b",
    re.I,
)


# A range without am or pm needs its "between"; numbers of other things follow it too often.
BARE_RANGE = re.compile(
    r"\b(?:between|from|zwischen|entre|tra le|tussen) (?:las |le )?(?P<a>\d{1,2})(?::(?P<am>\d\d))? ?(?:-|–|to|and|until|till|und|et|y|e|en) ?(?:las |le )?(?P<b>\d{1,2})(?::(?P<bm>\d\d))?(?: uhr| h)?(?!\s*(?:%|/|\d|am\b|pm\b|a\.m|p\.m|(?:times|orders|calls|attempts|people|units|properties|reports|comps|sales|percent|miles|feet|years|weeks|months|acres|dollars|branches|cases|loans|files|pages|rooms)\b|\$))(?![\w-])",
    re.I,
)
_THE = r"(?:in the |this |early |late |mid[- ]?|am |in der |por la |de la |en la |le |ce |cet |cette |di |questo |questa |'s |in de )*"
PARTS_OF_DAY: tuple[tuple[re.Pattern[str], time, time], ...] = tuple(
    (re.compile(pattern, re.I), time(first), time(last))
    for pattern, first, last in (
        (
            rf"\b{_THE}(?:mornings?|vormittags?|matin(?:ée)?|manhã|mattin[ao]|ochtend|förmiddag|formiddag|rano|утром)\b|\bmorgen früh\b|\b(?:por|de|en) la mañana\b|\bmorgenochtend\b|上午|午前",
            8,
            12,
        ),
        (
            rf"\b{_THE}(?:afternoons?|nachmittags?|après-midi|tarde|pomeriggio|middag|namiddag|vanmiddag|eftermiddag|ettermiddag|po południu)\b|(?<!после)\bднём\b|下午|午後",
            12,
            17,
        ),
        (
            rf"\b{_THE}(?:evenings?|tonight|abends?|soir(?:ée)?|noche|noite|sera|avond|kväll|kveld|wieczorem|вечером)\b|晚上|今晩",
            17,
            21,
        ),
    )
)
CJK_WEEKDAY = re.compile(
    r"(?:周|星期|礼拜|禮拜|週)([一二三四五六日天])|([月火水木金土日])曜|(월|화|수|목|금|토|일)요일"
)
CJK_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|午前|午後|오전|오후)?\s?(?P<hour>[01]?\d|2[0-3])\s?(?:点|點|時|시)(?:(?P<minute>[0-5]\d)\s?(?:分|분)|(?P<thirty>半|반))?"
)
CJK_DAYS = {
    mark: number
    for number, marks in enumerate(("一月월", "二火화", "三水수", "四木목", "五金금", "六土토", "日天일"))
    for mark in marks
}
DAY_RANGE = re.compile(
    rf"\b(?P<first>{WD})s? ?(?:-|–|—|to|or|and|through|thru|until|oder|und|ou|et|o|y|e|of|en|till) (?:on |am |the )?(?P<last>{WD})\b|\b(?P<first2>{WD})[-–/](?P<last2>{WD})\b",
    re.I,
)
NUMBERS = {
    "an": 1,
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}|a couple(?: of)?|a few)"
IN_A_WHILE = re.compile(
    rf"\b(?P<how>in|within|in the next|within the next|over the next|for the next)(?: about| around)? {_COUNT} (?:business |working )?(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?)\b(?! (?:ahead|before|prior|notice|meeting|call|chat))",
    re.I,
)
NTH_WEEK = re.compile(
    rf"\b(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) (?:full )?week (?:of|in) (?P<month>{MO})\b",
    re.I,
)
NEXT_MONTH = re.compile(
    r"\bnext month\b|\bnächsten monat\b|\bmois prochain\b|\bpróximo (?:mes|mês)\b|\bprossimo mese\b|\bvolgende maand\b",
    re.I,
)
END_OF_WEEK = re.compile(
    r"\b(?:the )?end of (?:the |this )?week\b|\bende der woche\b|\bfin de (?:la )?semaine\b", re.I
)
AROUND_LUNCH = re.compile(
    r"\b(?P<side>before|after) (?:my |your )?(?P<meal>lunch|noon|midday)\b|\b(?P<first>first thing)\b", re.I
)
