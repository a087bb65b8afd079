"""What takes a request back: courtesy, condition, negation, reported speech, a plan, a seller's or an order's words.

What lives here: the judgement of one ask in its sentence. What does not: the forms of asking (`request_forms`), words for the
appraiser in the field (`request_field`), and the mail as a whole (`requests`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import request_guard_words as words
from .request_field import is_order_instruction
from .request_forms import Ask
from .request_people import APPRAISER, NAMED, ON_SITE, OURS, THEIRS, mark_people

_COURTESY = words.any_of(words.COURTESY)
_IDIOMS = words.any_of(words.IDIOMS)
_PITCH = words.any_of(words.PITCH)
_LABEL = re.compile(r"\b(?:phone|telephone|tele|dial) \(?\+?\d[\d ().-]{5,}\d\W*$", re.I)
_STANDING_RULE = re.compile(words.STANDING_RULE, re.I)
_ON_THEIR_SIDE = re.compile(words.ON_THEIR_SIDE, re.I)
_CONDITION = re.compile(words.CONDITION, re.I)
_SHOULD_START = re.compile(words.SHOULD_CONDITION_START, re.I)
_SOFT = re.compile(f"{words.SOFT_CONDITION}|{words.WHETHER_IF}", re.I)
_NEGATION = re.compile(words.NEGATION, re.I)
_REPORTED = re.compile(words.REPORTED_PAST, re.I)
_SPEECH = re.compile(words.REPORTED_SPEECH, re.I)
SERVED = re.compile(words.SERVED, re.I)
# A question about a plan or a reason: "when will you call her", "why can't somebody call me".
_WANTS_TO_KNOW = re.compile(
    r"\b(?:(?:when|what time|how soon) will|(?:why|where) (?:can|could|will|would)(?:n't)?) (?!i\b|we\b)|\bwill (?:the|your|an|our) (?:\w+ )?(?:appraiser|inspector)\b|\bwill (?:you|\w+) be (?:at|in|on|there)\b",
    re.I,
)
# What the whole world is told to do.
_ADVERTISED = re.compile(
    r"\b(?:act|call|order|register|enroll|sign up) now\b|\btoll.?free\b|^\W*(?:schedule|book|get|reserve|request) (?:an? |your )(?:[\w-]+ )?\w+ (?:today|now)\W*$|\bcall(?: \S+){1,3}? to (?:reserve|register|sign up|rsvp|book your|order|subscribe|enrol\w*|learn|find out|get your|schedule your)\b|^\W*(?:schedule|book|get|reserve|claim|start|request) (?:an? |your )?(?:free |live |quick |personal |no-obligation )*(?:demo|consultation|trial|quote|tour|spot|seat|strategy|discovery)\b",
    re.I,
)
# "I can call him, talk to Mom and ...": one more verb of what came before, unless it is done for the writer.
_CARRIED_ON = re.compile(r",|and\b", re.I)
_SUBJECT = re.compile(r"^(?!\W*(?:please|don't|do not|kindly)\b).*\b(?:i|we|he|she|they)\b", re.I)
_FOR_THE_WRITER = re.compile(r"\b(?:me|us|my|our)\b", re.I)
# A wish that was not uttered, or that somebody else will utter.
_NOT_WISHED = re.compile(
    rf"\b(?:should|could|would|might|must) have (?:asked|wanted|needed|told)\b|\brather (?:not|wait|have the)\b|\b(?:do|does|did|should) (?:i|we|he|she|they|it) (?:really )?(?:need|want|have)\b|\b(?:have|has|had) to (?!speak|talk|meet|discuss|see|hear|be)\w|\b(?:needs|has|have|must|ought)(?: to)? be (?:called|phoned|telephoned)\b(?! by)|(?:\b(?:he|she|they)|{NAMED}|{ON_SITE}|{THEIRS})(?:'ll| will) (?:ask|tell|request|want)\b",
    re.I,
)
_FORETOLD = re.compile(
    rf"\bexpect(?:s|ing)? an? (?:\w+ )?call from {NAMED}|\b(?:won't|will not|wouldn't|isn't|is not|not) (?:be )?(?:needed|necessary|required)\b",
    re.I,
)
# What a paper or a program wants of everybody.
_WISHED_BY_A_FORM = re.compile(
    r"\b(?:form|letter|notice|system|web ?site|portal|policy|guidelines?|checklist|recording|message|sign|instructions?|agreement|contract) (?:asks?|says?|tells?|instructs?|requires?|wants?)\b",
    re.I,
)
# A third person's wish to meet, which is ours to grant only when it names one of us.
_WISHED_BY_OTHERS = re.compile(rf"(?:\b(?:he|she|they)|{ON_SITE})(?:'d| )", re.I)
# What the appraiser wants, and how a person at the property likes to be reached.
_WISHED_IN_THE_FIELD = re.compile(
    rf"{APPRAISER} (?:\w+ )?(?:needs?|wants?|would (?:\w+ )?(?:like|love|prefer|want|need|appreciate)|wishes)\b|{ON_SITE} (?:needs?|wants?|would) [^.?!;]{{0,40}}\b(?:at|in) (?:the|my|his|her) (?:house|home|property|unit|apartment|gate)\b|{ON_SITE} (?:needs?|wants?) (?:{OURS}|{APPRAISER}) (?:there|here|out)\b|{ON_SITE} [^.?!;]{{0,40}}\bbe (?:called|phoned|telephoned)\b(?! (?:back|by))",
    re.I,
)
_WANTED_THEN = re.compile(r"\basked (?:for|to)\b", re.I)
_OF_OURS = re.compile(rf"\byou(?:rs?|'re)?\b|{OURS}|{NAMED}", re.I)
_MAY_WANT = re.compile(
    r"\b(?:may|might|will probably|could) (?:also |well |then |still )?(?:want|need|like|wish)\b", re.I
)
_HARD_MARK = re.compile(
    r"; | [-–—]+ |[–—]|\.\s|[!?]\s|, (?:but|so|and)\b|\bbut\b|\band (?:please|can|could|would|i(?:'d| would| want| need))\b",
    re.I,
)
_SELF_SERVICE = re.compile(
    r"^\W*(?:please )?(?:schedule|book|set ?up|reserve|pick)\b[^.?!]{0,60}(?:https?://|www\.|\bhere\b ?:?$|calendly|\blink\b)",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:let's|lets|let us|maybe|perhaps|might|we should|we ought to|we need to|love to)\b[^.?!]*\b(?:some ?time|some ?day|soon|one day|after (?:the )?(?:holidays?|thanksgiving|christmas|new year\w*)|in the new year|next (?:month|quarter|year)(?!')|later|offline|when (?:you|i|we)(?:'re| are) back|at some point|one of these days|next year(?!')|in the future|down the road|eventually|when things)\b",
    re.I,
)
_QUESTIONS_BEFORE = re.compile(
    r"^(?:any |more |further |got )?(?:questions|concerns|issues|problems|doubts)\W*$|^(?:looking for|tired of|struggling with|ready (?:to|for)|interested in|curious (?:about|how)|wondering how|want to)\b[^.]*\?$|^need (?:anything|help|more)\b[^.]{0,30}\?$",
    re.I,
)
_REFUSING = re.compile(
    r"\b(?:please|pls|kindly)\b,? (?:do not|don't|never|no)\b|\b(?:can|could|would|will) (?:you|someone|somebody|anyone) (?:please )?(?:not|never)\b",
    re.I,
)
_NEW_CLAUSE = re.compile(r"; | [-–—]+ |[–—]|, (?:but|and|so)\b|\band (?:please|can|could)\b|\bbut\b")
_NEW_SENTENCE = re.compile(r"; | [-–—]+ |[–—]|\bbut\b")
_AT_THEIR_EASE = re.compile(r"whenever (?:you|someone|it|she|he|they|works|is convenient|convenient)\b", re.I)


@dataclass(frozen=True)
class _Place:
    """An ask in its sentence: its clause, and what stands before it there; `previous` is the sentence before."""

    ask: Ask
    flat: str
    previous: str
    clause_start: int
    clause_end: int
    is_order: bool

    @property
    def clause(self) -> str:
        return self.flat[self.clause_start : self.clause_end]

    @property
    def words(self) -> str:
        return self.flat[self.ask.start : self.ask.end]

    @property
    def before(self) -> str:
        """Empty when the ask begins with a mark: what stands before that is a clause of its own."""
        is_new = self.flat[self.ask.start : self.ask.start + 1] in ",;:-–—"
        return "" if is_new else self.flat[self.clause_start : self.ask.start]


def is_taken_back(ask: Ask, flat: str, previous: str, *, is_order: bool) -> bool:
    """Whether something in the sentence makes the ask not a request to us."""
    clause_start, clause_end = _clause_around(flat, ask.start, ask.end)
    place = _Place(ask, flat, previous, clause_start, clause_end, is_order)
    return any(guard(place) for guard in _GUARDS)


def _clause_around(flat: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between hard clause marks that holds the ask."""
    begin, stop = 0, len(flat)
    for mark in _HARD_MARK.finditer(flat):
        if mark.end() <= start:
            begin = mark.end() if not mark[0].strip().lower().startswith("and") else mark.start()
        elif mark.start() >= end:
            stop = mark.start()
            break
    return begin, stop


def _is_courtesy(place: _Place) -> bool:
    """ "Feel free to call", "any questions? Call me"."""
    if place.ask.mood.is_question:
        return False
    return bool(_COURTESY.search(place.clause) or _QUESTIONS_BEFORE.match(place.previous.strip()))


def _is_sold(place: _Place) -> bool:
    """A pitch, an advertisement, a link where everybody books for himself."""
    if _PITCH.search(place.flat) or _SELF_SERVICE.match(place.flat):
        return True
    return not place.ask.mood.is_question and _ADVERTISED.search(place.flat, place.ask.start) is not None


def _is_idiom(place: _Place) -> bool:
    """ "A close call", unless it is done to the writer."""
    names_writer = re.search(r"\b(?:me|us)\b", place.flat[place.ask.start : place.ask.end + 10])
    return not names_writer and _IDIOMS.search(place.flat) is not None


def _is_negated(place: _Place) -> bool:
    """Negation right before the act, in the same comma clause ("don't wait, call me" is not negated)."""
    if not place.ask.mood.is_negatable:
        return False
    before = place.flat[place.clause_start : place.ask.start + 8]
    near = re.split(r",|:|\bbut\b", before)[-1][-68:]
    return bool(_NEGATION.search(near) or _REFUSING.search(place.words))


def _is_reported(place: _Place) -> bool:
    """Somebody's words, or a plan of the writer's own."""
    if _SPEECH.search(place.before):
        return True
    if place.ask.mood.is_question:
        return _WANTS_TO_KNOW.search(place.flat, place.clause_start, place.ask.end) is not None
    return _REPORTED.search(place.before) is not None


def _is_no_wish_of_now(place: _Place) -> bool:
    """A wish that was, might be, or is for somebody else to utter."""
    if place.ask.mood.is_direct:
        return False
    marked = mark_people(place.flat)
    if _WISHED_IN_THE_FIELD.search(marked, place.clause_start):
        return True
    if _FORETOLD.search(marked, place.clause_start) or _WISHED_BY_A_FORM.search(place.clause):
        return True
    names_us = _OF_OURS.search(marked, place.ask.start) is not None
    if place.ask.kind == "meeting" and _WISHED_BY_OTHERS.match(marked, place.ask.start) and not names_us:
        return True
    if _NOT_WISHED.search(marked, place.clause_start, place.ask.end) or _MAY_WANT.search(place.words):
        return True
    return _WANTED_THEN.search(place.words) is not None and not names_us


def _is_carried_on(place: _Place) -> bool:
    """A bare imperative that is only the next verb of somebody's doings."""
    ask, flat = place.ask, place.flat
    if not (ask.mood.is_bare and ask.start and _CARRIED_ON.match(flat, ask.start)):
        return False
    return bool(_SUBJECT.match(flat[: ask.start]) and not _FOR_THE_WRITER.search(place.words))


def _is_vague(place: _Place) -> bool:
    return _VAGUE.search(place.clause) is not None


def _is_conditional(place: _Place) -> bool:
    """A condition that is not mere politeness, in the ask's clause or right in front of it."""
    flat = place.flat
    if _SHOULD_START.match(flat) or _SHOULD_START.match(flat[place.clause_start :].lstrip(" ,")):
        return True
    soft = [match.span() for match in _SOFT.finditer(flat)]
    return any(
        _binds(mark, place)
        for mark in _CONDITION.finditer(flat)
        if not any(start <= mark.start() < end for start, end in soft)
    )


def _binds(mark: re.Match[str], place: _Place) -> bool:
    """Whether a word of condition rules the ask, and not only its own clause."""
    ask, flat, word = place.ask, place.flat, mark[0].lower()
    if ask.start <= mark.start() < ask.end or word.startswith("should"):
        return False
    if word == "otherwise" and mark.start() > ask.start or _AT_THEIR_EASE.match(flat, mark.start()):
        return False
    between = flat[min(mark.end(), ask.end) : max(mark.start(), ask.start)]
    if not _NEW_CLAUSE.search(between):
        return True
    opens = mark.start() < ask.start and not flat[: mark.start()].strip(" ").removesuffix("and").strip()
    return word in ("if", "unless") and opens and not _NEW_SENTENCE.search(between)


def _is_served(place: _Place) -> bool:
    """What the system answers by itself is no task for a person."""
    return place.ask.kind == "review" and SERVED.search(place.clause) is not None


def _is_a_label(place: _Place) -> bool:
    """ "Phone 303-555-0100" says where, and not what to do."""
    return place.ask.mood.is_bare and _LABEL.search(place.words) is not None


def _is_for_another_time(place: _Place) -> bool:
    """A rule for all that comes, told as one; what somebody wishes for next time he is in town is asked for now."""
    return place.ask.mood.is_imperative and _STANDING_RULE.search(place.clause) is not None


def _is_for_their_own(place: _Place) -> bool:
    """Somebody of the writer's own house is asked."""
    return _ON_THEIR_SIDE.search(place.flat, place.clause_start, place.ask.end) is not None


def _is_for_the_field(place: _Place) -> bool:
    clause = (place.clause_start, place.clause_end)
    return is_order_instruction(place.ask, place.flat, clause, place.previous, is_order=place.is_order)


_GUARDS: tuple[Callable[[_Place], bool], ...] = (
    _is_courtesy,
    _is_sold,
    _is_idiom,
    _is_negated,
    _is_reported,
    _is_no_wish_of_now,
    _is_carried_on,
    _is_vague,
    _is_conditional,
    _is_served,
    _is_a_label,
    _is_for_another_time,
    _is_for_their_own,
    _is_for_the_field,
)
