"""What takes a request back: courtesy, condition, negation, reported speech, an order's instruction to the appraiser.

What lives here: the judgement of one form of asking in its sentence. What does not: the forms (`request_frames`), and the mail as a
whole (`requests`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import request_lexicon as lex
from .request_form import Frame


@dataclass(frozen=True)
class Hit:
    """A form of asking found in a sentence, from `start` to `end`; `who` is the person asked for."""

    start: int
    end: int
    frame: Frame
    kind: str
    who: str


_COURTESY = lex.compiled(lex.COURTESY)
_IDIOMS = lex.compiled(lex.IDIOMS)
_CONDITION = re.compile(lex.CONDITION, re.I)
_SHOULD_START = re.compile(lex.SHOULD_CONDITION_START, re.I)
_SOFT = re.compile(f"{lex.SOFT_CONDITION}|{lex.WHETHER_IF}", re.I)
_NEGATION = re.compile(lex.NEGATION, re.I)
_ACCESS = re.compile(lex.ACCESS_PURPOSE, re.I)
_REPORTED = re.compile(lex.REPORTED_PAST, re.I)
_SPEECH = re.compile(lex.REPORTED_SPEECH, re.I)
SERVED = re.compile(lex.SERVED, re.I)
_PROPERTY_CONTACT = re.compile(
    rf"\b(?:call|phone|ring|telephone|contact|reach(?: out to)?) {lex.PROPERTY_CONTACT}\b", re.I
)
_THIRD_PARTY = re.compile(
    r"\b(?:call|phone|ring|telephone|contact|reach(?: out to)?) (?!me\b|us\b|back\b|our\b|my\b)", re.I
)
_APPRAISER = re.compile(rf"\b{lex.APPRAISER}\b", re.I)
_CHIEF = re.compile(
    r"\b(?:chief|senior|lead|head|review|supervisory|another|second|different) (?:\w+ )?appraiser", re.I
)
_FIELD_TALK = re.compile(
    rf"\b(?:{lex.APPRAISER}|borrower|tenant|occupant|owner|inspection|lock ?box)\b", re.I
)
_ABSENT = re.compile(
    r"\bi(?:'m| am|'ll be| will be) (?:\w+ )?(?:out|away|off|travel\w*|gone|on (?:leave|vacation|pto|holiday))\b",
    re.I,
)
_CALL_NOBODY = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:call|phone|ring)(?: (?:after|before|at|ahead|first|between|any ?time|in|on|around)\b|[.,!]|$)",
    re.I,
)
_CLAUSE_MARK = re.compile(
    r"[;:]| [-–—]+ |\s?[–—]\s?|, ?(?:but|so|and|then|or|yet|please|however|otherwise)\b|\b(?:but|so that|and then|and please|because)\b|,|\.\s|[!?]\s"
)
_HARD_MARK = re.compile(
    r"; | [-–—]+ |[–—]|\.\s|[!?]\s|, (?:but|so|and)\b|\bbut\b|\band (?:please|can|could|would|i(?:'d| would| want| need))\b",
    re.I,
)
_SELF_SERVICE = re.compile(
    r"^\W*(?:please )?(?:schedule|book|set ?up|reserve|pick)\b[^.?!]{0,60}(?:https?://|www\.|\bhere\b ?:?$|calendly|\blink\b)",
    re.I,
)
_MAY_WANT = re.compile(
    r"\b(?:may|might|will probably|could) (?:also |well |then |still )?(?:want|need|like|wish)\b", re.I
)
_FOR_ACCESS_FIRST = re.compile(
    r"^\W*(?:for|to get) (?:access|entry|keys?|the keys?|scheduling|the inspection|inspections?|an? appointment|showings?)\b",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:let's|lets|let us|maybe|perhaps|might)\b[^.?!]*\b(?:some ?time|some ?day|soon|one day|after (?:the )?(?:holidays?|thanksgiving|christmas|new year\w*)|in the new year|next (?:month|quarter|year)|later|offline|when (?:you|i|we)(?:'re| are) back|at some point|one of these days|next year|in the future|down the road|eventually|when things)\b",
    re.I,
)
_QUESTIONS_BEFORE = re.compile(
    r"^(?:any |more |further |got )?(?:questions|concerns|issues|problems|doubts)\W*$|^need (?:anything|help|more)\b[^.]{0,30}\?$",
    re.I,
)


def is_taken_back(hit: Hit, flat: str, previous: str, *, is_order: bool) -> bool:
    """Whether something in the sentence makes the frame not a request to us."""
    clause_start, clause_end = _clause_around(flat, hit.start, hit.end)
    clause = flat[clause_start:clause_end]
    before = flat[clause_start : hit.start]
    if any(pattern.search(clause) for pattern in _COURTESY) and not hit.frame.is_question:
        return True
    if any(pattern.search(flat) for pattern in _IDIOMS) and not re.search(
        r"\b(?:me|us)\b", flat[hit.start : hit.end + 10]
    ):
        return True
    if _QUESTIONS_BEFORE.match(previous.strip()) and not hit.frame.is_question:
        return True
    if (
        hit.frame.is_negatable
        and _is_negated(flat[clause_start : hit.start + 8], flat[hit.start : hit.end])
        or _SPEECH.search(before)
    ):
        return True
    if not hit.frame.is_question and _REPORTED.search(before):
        return True
    if not hit.frame.is_direct and _MAY_WANT.search(flat[hit.start : hit.end]):
        return True
    if _SELF_SERVICE.match(flat) or _VAGUE.search(clause) or _is_conditional(flat, hit, clause_start):
        return True
    if hit.kind == "review" and SERVED.search(clause):
        return True
    return _is_order_instruction(hit, flat, clause, is_order=is_order)


def _clause_around(flat: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between hard clause marks that holds the frame."""
    begin, stop = 0, len(flat)
    for mark in _HARD_MARK.finditer(flat):
        if mark.end() <= start:
            begin = mark.end() if not mark[0].strip().lower().startswith("and") else mark.start()
        elif mark.start() >= end:
            stop = mark.start()
            break
    return begin, stop


def _is_negated(before: str, frame_text: str) -> bool:
    """Negation right before the act, in the same comma clause ("don't wait, call me" is not negated)."""
    near = re.split(r",|:|\bbut\b", before)[-1][-68:]
    if _NEGATION.search(near):
        return True
    inner = re.search(
        r"\b(?:please|pls|kindly)\b,? (?:do not|don't|never|no)\b|\b(?:can|could|would|will) (?:you|someone|somebody|anyone) (?:please )?(?:not|never)\b",
        frame_text,
        re.I,
    )
    return inner is not None


def _is_conditional(flat: str, hit: Hit, clause_start: int) -> bool:
    """A condition that is not mere politeness, in the frame's clause or right in front of it."""
    if _SHOULD_START.match(flat) or (clause_start and _SHOULD_START.match(flat[clause_start:].lstrip(" ,"))):
        return True
    soft = [match.span() for match in _SOFT.finditer(flat)]
    for mark in _CONDITION.finditer(flat):
        word = mark[0].lower()
        if hit.start <= mark.start() < hit.end or any(start <= mark.start() < end for start, end in soft):
            continue
        if word.startswith("should") or word == "otherwise" and mark.start() > hit.start:
            continue
        if word == "whenever" and re.match(
            r"whenever (?:you|someone|it|she|he|they|works|is convenient|convenient)\b",
            flat[mark.start() :],
            re.I,
        ):
            continue
        between = flat[min(mark.end(), hit.end) : max(mark.start(), hit.start)]
        if not re.search(
            r"; | [-–—]+ |[–—]|, (?:but|and|so)\b|\band (?:please|can|could)\b|\bbut\b", between
        ):
            return True
        if (
            word in ("if", "unless")
            and mark.start() < hit.start
            and re.match(r"\s*(?:and |but |so )?(?:if|unless)\b", flat[: mark.end()], re.I)
            and not re.search(r"; | [-–—]+ |[–—]|\bbut\b", between)
        ):
            return True
    return False


def _is_order_instruction(hit: Hit, flat: str, clause: str, *, is_order: bool) -> bool:
    """Words for the appraiser in the field (call him for access) are part of an order, not a task for the desk."""
    text = flat[hit.start :]
    if hit.kind == "call":
        if _FOR_ACCESS_FIRST.match(flat):
            return True
        if _ABSENT.search(flat) and _THIRD_PARTY.search(text) and not re.search(r"\b(?:me|us)\b", text, re.I):
            return True
        by_appraiser = bool(_APPRAISER.search(flat[hit.start : hit.end])) and not _CHIEF.search(flat)
        is_third_party = bool(_PROPERTY_CONTACT.search(text))
        for_access = bool(_ACCESS.search(text))
        if by_appraiser and (
            for_access or (_THIRD_PARTY.search(text) and not re.search(r"\b(?:me|us)\b", text))
        ):
            return True
        if (
            for_access
            and hit.frame.is_imperative
            and not re.search(r"\b(?:call|phone|ring|buzz|ring) (?:me|us)\b.*\b(?:to|for)\b", text, re.I)
        ):
            return True
        if hit.frame.is_bare and _CALL_NOBODY.search(text) and _FIELD_TALK.search(flat):
            return True
        if for_access and re.search(
            r"\b(?:arriv|arrival|en route|on (?:the|your) way|ahead|heading|coming)", text, re.I
        ):
            return True
        is_plain = hit.frame.is_bare and not re.search(
            r"\b(?:please|don't|do not)\b", flat[: hit.start + 1], re.I
        )
        return (
            is_third_party
            and hit.frame.is_imperative
            and (is_order or is_plain)
            and not re.search(r"\b(?:explain|about|apologi|discuss|why|reassure|calm)", text, re.I)
        )
    if hit.kind == "review":
        return bool(_APPRAISER.search(clause)) and not _CHIEF.search(clause)
    return False
