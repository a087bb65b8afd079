"""Splits mail text into sentences that keep their offsets.

Mail is not prose: lines are wrapped by programs, greetings and list items end without a full stop, and numbers, times and titles hold
dots. What lives here: boundaries. What does not: any meaning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

MAX_SENTENCE = 700
# Nobody writes more by hand; a text of full stops has as many sentences as characters.
MAX_SENTENCES = 2_000
WRAP_WIDTH = 84

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st ave blvd rd ln ct no nos inc llc ltd co corp jr sr vs etc e.g i.e eg ie a.m p.m approx ext tel ph dept est min max "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun attn re ref vol pg pp fig u.s u.k ste apt bldg "
    "z.b bzw ca nr str hr fr dra sra sig dott ing mme mlle bd n.b p.s gen sen rep gov prof hon op cit al c.o b.v n.v s.e n.w s.w n.e "
    "evtl ggf inkl zzgl tél tel. núm av sr.a ud uds vd dhr mevr t.a.v m.b.t d.h u.a".split()
)
_END = re.compile(r"[.!?…。！？]+[\"')\]”’»]*(?=\s|$|[。！？])|[。！？]|;(?=\s)")
_BULLET = re.compile(r"^[ \t]*(?:[-*•·–—▪◦>|]+[ \t]+|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?:[ \t]+|$))")
_GREETING_WORDS = (
    r"hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|hola|buen[oa]s\s+(?:d[ií]as|tardes|noches)|estimad[oa]s?|bonjour|"
    r"bonsoir|madame|monsieur|cher|chère|hallo|guten\s+(?:tag|morgen|abend)|moin|servus|sehr\s+geehrte[rs]?(?:\s+(?:damen\s+und\s+herren|frau|herr))?|liebe[r]?|"
    r"ol[áa]|bom\s+dia|boa\s+(?:tarde|noite)|prezad[oa]s?|car[oaie]|ciao|buongiorno|buonasera|salve|gentile|egregio|spett\.?le|geachte|beste|goedemorgen|"
    r"goedemiddag|goedendag|dag|hoi|team|all|folks|everyone|everybody|guys|您好|你好"
)
GREETING = re.compile(
    rf"^[ \t]*(?:(?:{_GREETING_WORDS})\b[^,.!?:;\n]{{0,40}}[,!:.–—-]+|(?:{_GREETING_WORDS})(?:[ \t]+(?-i:[A-ZÀ-Ý])[\w'’.-]*){{0,3}}[ \t]*$|(?-i:[A-ZÀ-Ý])[\w'’-]+(?: (?-i:[A-ZÀ-Ý])[\w'’.-]+)?,[ \t]*$)",
    re.I | re.M,
)


@dataclass(frozen=True)
class Sentence:
    """`text` is the slice of the source from `start` to `end` (code points); `paragraph` counts from 0."""

    start: int
    end: int
    text: str
    paragraph: int
    after_semicolon: bool = False
    before_semicolon: bool = False


class Mask:
    """Spans of a text that are not to be read: quotes, signatures, boilerplate. However many there are, each question is cheap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, place: int) -> bool:
        """Whether the character at a place lies in a span."""
        number = bisect_right(self._ends, place)
        return number < len(self._starts) and self._starts[number] <= place

    def covers_most_of(self, start: int, end: int) -> bool:
        """Whether more than half of a stretch lies in spans."""
        covered = 0
        for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            covered += min(end, self._ends[number]) - max(start, self._starts[number])
        return covered * 2 > end - start


def split_sentences(text: str) -> list[Sentence]:
    """The first sentences of `text` in order, without bullets, list numbers and greetings in front."""
    return list(_sentences(text))


# Each reader of a mail asks for the same sentences; the next mail's push them out.
@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[Sentence, ...]:
    longest = max((len(line) for line in text.split("\n")), default=0)
    units = enumerate(_units(text, is_wrapped=longest <= WRAP_WIDTH))
    found = (_cut_unit(text, start, end, paragraph) for paragraph, (start, end) in units)
    return tuple(islice(chain.from_iterable(found), MAX_SENTENCES))


def _units(text: str, *, is_wrapped: bool) -> Iterator[tuple[int, int]]:
    """Runs of lines that are one paragraph: wrapped lines join, list items and short lines do not."""
    start: int | None = None
    offset = 0
    previous = ""
    for line in text.split("\n"):
        if not line.strip():
            if start is not None:
                yield start, offset - 1
            start = None
        elif start is None:
            start = offset
        elif not _continues(previous, line, is_wrapped=is_wrapped):
            yield start, offset - 1
            start = offset
        previous = line
        offset += len(line) + 1
    if start is not None:
        yield start, len(text)


def _continues(previous: str, line: str, *, is_wrapped: bool) -> bool:
    """Whether a line carries on the sentence of the line above."""
    if _BULLET.match(line) or line.lstrip().startswith((">", "|")) or previous.lstrip().startswith(">"):
        return False
    before = previous.rstrip()
    if GREETING.match(before) and len(before) < 45 and before[-1:] in ",!:." or before.endswith(":"):
        return False
    first = line.split(None, 1)[0]
    if first[:1].islower() and not before.endswith((".", "!", "?")):
        return True
    return is_wrapped and len(before) + 1 + len(first) >= 58


def _cut_unit(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """Sentences of one paragraph."""
    begin = start
    after_semicolon = False
    for mark in _END.finditer(text, start, end):
        if mark[0][0] == "." and _is_inside(text, mark.start(), mark.end(), begin):
            continue
        is_semicolon = mark[0] == ";"
        stop = mark.start() if is_semicolon else mark.end()
        sentence = _trimmed(text, begin, stop, paragraph, after_semicolon, is_semicolon)
        if sentence:
            yield sentence
        begin, after_semicolon = mark.end(), is_semicolon
    sentence = _trimmed(text, begin, end, paragraph, after_semicolon, False)
    if sentence:
        yield sentence


def _is_inside(text: str, dot: int, after: int, begin: int) -> bool:
    """Whether a full stop belongs to a number, an initial or an abbreviation rather than ending a sentence."""
    word = text[max(begin, dot - 20) : dot].rsplit(None, 1)[-1:] or [""]
    token = word[0].strip("(\"'").lower()
    following = text[after : after + 40].lstrip()
    if not following:
        return False
    if token in _ABBREVIATIONS:
        return token not in (
            "a.m",
            "p.m",
            "no",
            "etc",
            "ext",
            "min",
            "max",
            "st",
            "ave",
            "rd",
            "ln",
            "ct",
            "u.s",
            "sun",
            "sat",
            "mar",
            "llc",
            "inc",
        ) or (following[:1].islower() or following[:1].isdigit())
    if len(token) == 1 and token.isalpha() and word[0].isupper():
        return True
    is_list_number = token.isdigit() and len(token) <= 2 and text[begin:dot].strip() == word[0]
    return is_list_number or (following[:1].islower() and token.isdigit() and after - dot == 1)


def _trimmed(
    text: str, begin: int, end: int, paragraph: int, after_semicolon: bool, before_semicolon: bool
) -> Sentence | None:
    """The sentence without outer blanks, bullet and greeting; None when nothing is left."""
    end = min(end, begin + 4 * MAX_SENTENCE)
    while True:
        piece = text[begin:end]
        begin += len(piece) - len(piece.lstrip())
        piece = text[begin:end]
        lead = _BULLET.match(piece) or GREETING.match(piece)
        if not lead or lead.end() >= len(piece.rstrip()):
            break
        begin += lead.end()
    stripped = piece.rstrip()
    if not any(character.isalnum() for character in stripped):
        return None
    return Sentence(begin, begin + len(stripped), stripped, paragraph, after_semicolon, before_semicolon)
