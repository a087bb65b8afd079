"""Finds opportunity signals: the client's own words that tell of a complaint, urgency, more business, a renewal or a referral.

What lives here: which words count. What does not: the phrases (`signal_cues`), and what the desk does about a signal (services).
A cue counts only in the sender's own sentences: not in quotes, sign-offs or boilerplate, not negated, not conditional, and not
inside an idiom or a courtesy. The evidence is the clause around it, verbatim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from .newest import NewestText
from .phrases import Found, PhraseTable, Words, flow_line, own_words, table_rows, words_of
from .sentiment import weigh_sentences
from .signal_cues import GROUPS, blockers, complaints, opportunities


class SignalType(StrEnum):
    """The five opportunities of the specification (P1.6)."""

    COMPLAINT = "complaint"
    URGENCY = "urgency"
    UPSELL = "upsell"
    RENEWAL = "renewal"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Signal:
    """One signal; `strength` is 0 to 1, offsets are code points of the newest text. A signal that stands in the subject alone has
    empty offsets (0, 0) and the subject's words as evidence."""

    type: SignalType
    strength: float
    evidence: str
    start: int
    end: int


_TYPES = (
    (SignalType.COMPLAINT, complaints.COMPLAINT),
    (SignalType.URGENCY, opportunities.URGENCY),
    (SignalType.UPSELL, opportunities.UPSELL),
    (SignalType.RENEWAL, opportunities.RENEWAL),
    (SignalType.REFERRAL, opportunities.REFERRAL),
)
_ROWS = [(kind, float(strength), phrase) for kind, table in _TYPES for strength, phrase in table_rows(table)]
_CUES = PhraseTable((phrase for _, _, phrase in _ROWS), GROUPS)
_BLOCKED = [(SignalType(kind), phrase) for kind, phrase in table_rows(blockers.BLOCKERS)]
_BLOCKERS = PhraseTable((phrase for _, phrase in _BLOCKED), GROUPS)
_NEGATION = re.compile(
    r" (?:not|no|never|without|isn't|wasn't|aren't|weren't|don't|doesn't|didn't|won't|nothing|hardly|cannot|can't|neither|nor) (?:\S+ ){0,2}$"
)
_CONDITION = re.compile(r"(?:^|\n) ?(?:if|unless|should|in case|whenever|when) ")
_CLAUSE = re.compile(r"[;:]\s|\s[-–—]+\s|[–—]|,\s+(?:but|and|so|which|because|or|yet|however)\s")
_ANSWER_OR_FORWARD = re.compile(r"\s*(?:re|aw|sv|fw|fwd|wg|tr)\s*:", re.I)
_MORE = 0.05
_BITTER = -3.0
_BITTER_STRENGTH = 0.6
_US = frozenset("you your yours you've you're".split())


def find_signals(newest: NewestText | str, *, subject: str = "") -> tuple[Signal, ...]:
    """The signals of a mail, at most one of each type: its strongest words, in the order of the text.

    More than one cue for a type raises its strength a little. The subject counts for urgency and complaints that the text leaves out.
    """
    if isinstance(newest, NewestText) and newest.is_only_quote:
        return ()
    words = own_words(newest)
    found = _in(words)
    if SignalType.COMPLAINT not in found and (complaint := _bitter_words(words)) is not None:
        found[SignalType.COMPLAINT] = complaint
    titled = {} if _ANSWER_OR_FORWARD.match(subject) else _in(words_of(subject[:500]))
    for kind in (SignalType.URGENCY, SignalType.COMPLAINT):
        if kind in titled and kind not in found:
            found[kind] = replace(titled[kind], evidence=subject.strip(), start=0, end=0)
    return tuple(sorted(found.values(), key=lambda signal: (signal.start, signal.type)))


def _in(words: Words) -> dict[SignalType, Signal]:
    blocked = [(_BLOCKED[one.row][0], one.start, one.end) for one in _BLOCKERS.find_all(words)]
    best: dict[SignalType, tuple[float, Found]] = {}
    counted: dict[SignalType, int] = {}
    for found in _CUES.find_all(words):
        kind, strength, _ = _ROWS[found.row]
        if not _counts(words, found, kind, blocked):
            continue
        counted[kind] = counted.get(kind, 0) + 1
        if kind not in best or strength > best[kind][0]:
            best[kind] = (strength, found)
    return {
        kind: _signal(words, kind, strength + _MORE * min(counted[kind] - 1, 3), *_clause(words, found))
        for kind, (strength, found) in best.items()
    }


def _signal(words: Words, kind: SignalType, strength: float, start: int, end: int) -> Signal:
    return Signal(kind, round(min(strength, 1.0), 2), words.text[start:end], start, end)


def _bitter_words(words: Words) -> Signal | None:
    """The worst sentence of a bitter mail that is about what we did for the writer: a complaint in words nobody foresaw."""
    weighed = weigh_sentences(words)
    if sum(good + bad for _, good, bad in weighed) > _BITTER or _US.isdisjoint(words.vocabulary):
        return None
    place, _, _ = min(weighed, key=lambda one: one[2])
    start, end = words.sentence_at(words.span_of(place + 1, place + 2)[0])
    return _signal(words, SignalType.COMPLAINT, _BITTER_STRENGTH, start, end)


def _counts(words: Words, found: Found, kind: SignalType, blocked: list[tuple[SignalType, int, int]]) -> bool:
    if any(of is kind and start < found.end and found.start < end for of, start, end in blocked):
        return False
    line = flow_line(words.flow, found.start)
    before = words.flow[words.flow.rfind("\n", 0, found.start) : found.start]
    if _NEGATION.search(before) and kind is not SignalType.RENEWAL:
        return False
    return not (_CONDITION.match(line) and kind in (SignalType.COMPLAINT, SignalType.REFERRAL))


def _clause(words: Words, found: Found) -> tuple[int, int]:
    """The clause that holds the cue."""
    start, end = words.span_of(found.start, found.end)
    begin, stop = words.sentence_at(start)
    for mark in _CLAUSE.finditer(words.text, begin, stop):
        if mark.end() <= start:
            begin = mark.end()
        elif mark.start() >= end:
            stop = mark.start()
            break
    return begin, stop
