"""Finds explicit requests: sentences that ask our people for something only a person can do (call, meet, have somebody look).

Contract: `find_requests(text, sent_at=..., zone=...)` returns them in order; `text[request.start:request.end] == request.evidence`.
What lives here: the order of the tests on one sentence, and how the sentences of one mail take part (repeats, withdrawals). What does
not: the vocabulary (`request_lexicon`, `request_languages`), dates (`due`), and whether the sender may ask at all (`reading`, services).
A sentence is judged three times: does it have the form of asking us (a frame), does it name an act for a person, and does
nothing take it back (courtesy, condition, negation, order instruction, injected text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from . import request_lexicon as lex
from .closing import unread_spans
from .due import Due, find_due
from .newest import NewestText
from .request_form import Frame
from .request_frames import FRAMES
from .request_languages import find_foreign
from .sentences import Sentence, split_sentences


@dataclass(frozen=True)
class ExplicitRequest:
    """One request. `start` and `end` are code point offsets into the newest text; `kind` is call, meeting or review.

    `who` is the person or team asked for in the client's words ("Priya", "your chief appraiser"), or empty.
    `is_direct` tells an imperative or question from a wish.
    """

    evidence: str
    start: int
    end: int
    kind: str
    due: Due | None
    who: str
    is_direct: bool


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    frame: Frame
    kind: str
    who: str


_COURTESY = lex.compiled(lex.COURTESY)
_IDIOMS = lex.compiled(lex.IDIOMS)
_WITHDRAWN = lex.compiled(lex.WITHDRAWN)
_INJECTION = lex.compiled(lex.INJECTION)
_CONDITION = re.compile(lex.CONDITION, re.I)
_SHOULD_START = re.compile(lex.SHOULD_CONDITION_START, re.I)
_SOFT = re.compile(f"{lex.SOFT_CONDITION}|{lex.WHETHER_IF}", re.I)
_NEGATION = re.compile(lex.NEGATION, re.I)
_ACCESS = re.compile(lex.ACCESS_PURPOSE, re.I)
_REPORTED = re.compile(lex.REPORTED_PAST, re.I)
_SPEECH = re.compile(lex.REPORTED_SPEECH, re.I)
_SERVED = re.compile(lex.SERVED, re.I)
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
_ORDER_CONTEXT = re.compile(
    r"\b(?:new order|please open|order(?:ing)? an appraisal|appraisal order|need an? (?:\w+ )?appraisal|access|lock ?box|owner.occupied|property contact|"
    r"please (?:order|assign)|loan (?:number|#|no)|case number)\b",
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
_CANDIDATE = re.compile(
    r"call|phone|word|ring|buzz|dial|touch|interview|try (?:me|us)|through|grab|present|attend|shout|bell|holler|zoom|teams|meet|talk|speak|chat|discuss|connect|conversation|sync|catch up|touch base|visit|stop by|come|"
    r"drop|swing|join|attend|schedul|set ?up|walk|go over|go through|look|review|introduc|send|spoken|talked|slot|squeeze|pencil|come|came|review|investigat|check|examin|inspect|human|person|some ?(?:one|body)|any ?(?:one|body)|"
    r"manager|supervisor|reach|contact|line|calendar|time|free|around|available|hear|speak|minutes|hour|move|push|demo|training|present|tour|sit down|conference|webex|escalat|step in|huddle|lunch|coffee|get|voicemail|testify",
    re.I,
)
_TRANSLATION = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "\n": " ",
        "\t": " ",
        "\u00a0": " ",
        "\u2011": "-",
        "\u202f": " ",
    }
)


def find_requests(
    text: NewestText | str, *, sent_at: datetime | None, zone: tzinfo | None = None, sender_name: str = ""
) -> tuple[ExplicitRequest, ...]:
    """The explicit requests in the sender's own words, in order; empty for text that is only a quote.

    `sent_at` (aware) anchors "Thursday"; `zone` is the tenant's zone for times without one, by default the sender's own offset.
    """
    newest = text if isinstance(text, NewestText) else NewestText(text)
    if newest.is_only_quote or not newest.text.strip():
        return ()
    masked = sorted([*newest.quoted, *unread_spans(newest.text, sender_name=sender_name)])
    sentences = [sentence for sentence in split_sentences(newest.text) if not _is_masked(sentence, masked)]
    found = _read_sentences(newest, sentences)
    found.extend(_accepted_offers(newest, sentences))
    found.sort(key=lambda pair: pair[1].start)
    kept = _merge_repeats(_without_withdrawn(found, sentences))
    return tuple(_with_due(request, sentences, position, sent_at, zone) for position, request in kept)


def has_injected_instructions(text: str) -> bool:
    """Whether the text tries to give orders to a machine; such sentences are never requests."""
    return any(
        pattern.search(flat)
        for flat in (_flat(s.text) for s in split_sentences(text[:100_000]))
        for pattern in _INJECTION
    )


def _is_masked(sentence: Sentence, masked: Sequence[tuple[int, int]]) -> bool:
    """Whether most of the sentence lies in quoted, signature or boilerplate lines."""
    covered = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in masked)
    return covered * 2 > sentence.end - sentence.start


def _flat(text: str) -> str:
    """The same text, same length, with plain quotes and blanks, for pattern matching."""
    return text.translate(_TRANSLATION)


def _read_sentences(newest: NewestText, sentences: Sequence[Sentence]) -> list[tuple[int, ExplicitRequest]]:
    found: list[tuple[int, ExplicitRequest]] = []
    poisoned: set[int] = set()
    is_order = len(_ORDER_CONTEXT.findall(newest.text[:5_000])) >= 1
    previous = ""
    for position, sentence in enumerate(sentences):
        flat = _flat(sentence.text)
        if any(pattern.search(flat) for pattern in _INJECTION):
            poisoned.add(sentence.paragraph)
        if sentence.paragraph not in poisoned and len(found) < 50:
            found.extend(
                (position, request) for request in _requests_in(sentence, flat, previous, is_order=is_order)
            )
        previous = flat
    return found


def _requests_in(
    sentence: Sentence, flat: str, previous: str, *, is_order: bool
) -> Iterable[ExplicitRequest]:
    """At most one request per sentence: what follows in the same sentence is part of the same ask."""
    foreign = find_foreign(flat)
    if foreign is not None:
        yield _request(sentence, _Hit(0, len(flat), foreign[0], foreign[1], ""), flat)
        return
    if not _CANDIDATE.search(flat):
        return
    hits = [hit for frame in FRAMES for hit in _frame_hits(frame, flat)]
    hits.sort(key=lambda hit: (hit.start, not hit.frame.is_direct))
    for hit in hits:
        if not _is_taken_back(hit, flat, previous, is_order=is_order):
            best = next(
                (
                    other
                    for other in hits
                    if other.frame.is_direct
                    and other.start >= hit.start
                    and not _is_taken_back(other, flat, previous, is_order=is_order)
                ),
                hit,
            )
            yield _request(sentence, best, flat)
            return


def _frame_hits(frame: Frame, flat: str) -> Iterable[_Hit]:
    for match in frame.pattern.finditer(flat):
        groups = match.groupdict()
        who = (groups.get("who") or "").strip()
        yield _Hit(match.start(), match.end(), frame, frame.kind, who)


def _is_taken_back(hit: _Hit, flat: str, previous: str, *, is_order: bool) -> bool:
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
    if hit.kind == "review" and _SERVED.search(clause):
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


def _is_conditional(flat: str, hit: _Hit, clause_start: int) -> bool:
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


def _is_order_instruction(hit: _Hit, flat: str, clause: str, *, is_order: bool) -> bool:
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


def _request(sentence: Sentence, hit: _Hit, flat: str) -> ExplicitRequest:
    start, end = _evidence_span(sentence, hit, flat)
    return ExplicitRequest(
        evidence=sentence.text[start:end],
        start=sentence.start + start,
        end=sentence.start + end,
        kind=hit.kind,
        due=None,
        who=hit.who if not re.fullmatch(lex.YOU, hit.who, re.I) else "",
        is_direct=hit.frame.is_direct,
    )


def _evidence_span(sentence: Sentence, hit: _Hit, flat: str) -> tuple[int, int]:
    """The whole sentence; of a compound joined by semicolons only the clause itself, without asides behind a dash."""
    if not (sentence.after_semicolon or sentence.before_semicolon):
        return 0, len(sentence.text)
    aside = re.search(r"\s+[-–—]+\s", flat[hit.end :])
    end = hit.end + aside.start() if aside else len(flat)
    return 0, end


# --- answers to our own offers -----------------------------------------------------------------------------------------

_OFFER = re.compile(
    r"\b(?:would you like|do you want|shall (?:we|i)|should (?:we|i|our|someone)|want (?:us|me|our|someone)|may (?:we|i)|can (?:we|i|our|someone)|"
    r"would (?:it help|a call)|is it ok(?:ay)? (?:for|if)|ok(?:ay)? (?:for|if)|care for|interested in|prefer|happy for)\b",
    re.I,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|please do|please|absolutely|definitely|of course|ok(?:ay)?|that would be (?:great|good|helpful|perfect|nice)|"
    r"go ahead|sounds good|correct|certainly|by all means|ja|oui|s[ií]|sim|affirmative|that works|perfect)\b(?!\W+(?:but )?(?:no|not)\b)",
    re.I,
)
_NO = re.compile(
    r"\b(?:no need|not necessary|don't|do not|no thanks|e-?mail is fine|already|we(?:'ll| will)|i(?:'ll| will) (?:call|handle))\b",
    re.I,
)
_HUMAN_ACT = re.compile(rf"\b(?:{lex.CALL}|{lex.MEET}|{lex.SESSION})", re.I)


def _accepted_offers(newest: NewestText, sentences: Sequence[Sentence]) -> list[tuple[int, ExplicitRequest]]:
    """A plain yes under our quoted offer of a human act is the client's request for it."""
    found: list[tuple[int, ExplicitRequest]] = []
    for answer in newest.inline_answers:
        question = _flat(answer.question)
        act = _HUMAN_ACT.search(question)
        if not act or not _OFFER.search(question):
            continue
        for position, sentence in enumerate(sentences):
            if sentence.start >= answer.answer_start and sentence.end <= answer.answer_end:
                flat = _flat(sentence.text)
                if _YES.match(flat) and not _NO.search(flat):
                    kind = "call" if re.search(r"\b(?:call|phone|ring)\b", question, re.I) else "meeting"
                    found.append(
                        (
                            position,
                            ExplicitRequest(
                                sentence.text, sentence.start, sentence.end, kind, None, "", True
                            ),
                        )
                    )
                break
    return found


# --- the mail as a whole -----------------------------------------------------------------------------------------------


def _without_withdrawn(
    found: list[tuple[int, ExplicitRequest]], sentences: Sequence[Sentence]
) -> list[tuple[int, ExplicitRequest]]:
    """Drops requests that a later sentence takes back."""
    last_withdrawal = -1
    for position, sentence in enumerate(sentences):
        flat = _flat(sentence.text)
        if any(pattern.search(flat) for pattern in _WITHDRAWN) and not any(at == position for at, _ in found):
            last_withdrawal = position
    return [pair for pair in found if pair[0] > last_withdrawal]


def _merge_repeats(found: list[tuple[int, ExplicitRequest]]) -> list[tuple[int, ExplicitRequest]]:
    """A wish and the plain ask next to it are one request: the plain ask is the evidence."""
    kept: list[tuple[int, ExplicitRequest]] = []
    for position, request in found:
        if kept:
            before_position, before = kept[-1]
            is_near = position - before_position <= 1
            same_family = (before.kind == "review") == (request.kind == "review")
            if before.start == request.start:
                continue
            if is_near and same_family and before.is_direct != request.is_direct:
                if request.is_direct:
                    kept[-1] = (position, replace(request, who=request.who or before.who))
                continue
        kept.append((position, request))
    return kept


def _with_due(
    request: ExplicitRequest,
    sentences: Sequence[Sentence],
    position: int,
    sent_at: datetime | None,
    zone: tzinfo | None,
) -> ExplicitRequest:
    """Adds the time asked for: in the sentence, or else right beside it."""
    if sent_at is None:
        return request
    zone = zone or sent_at.tzinfo
    sentence = sentences[position]
    nearby = [sentence]
    nearby += sentences[position + 1 : position + 2]
    nearby += [s for s in sentences[max(0, position - 1) : position] if s.paragraph == sentence.paragraph]
    context = _flat(sentences[position - 1].text) if position else ""
    for candidate in nearby:
        flat = _flat(candidate.text)
        if candidate is not sentence and not _is_about_time(flat):
            continue
        due = find_due(flat, sent_at=sent_at, zone=zone, context=context)
        if due is not None:
            return replace(request, due=due)
    return request


_ABOUT_TIME = re.compile(
    r"\b(?:works?|available|free|call|phone|talk|speak|meet|meeting|time|any ?time|suits?|best|good for|prefer|afternoons?|mornings?|around|how about|what about|open)\b|\?$",
    re.I,
)


def _is_about_time(flat: str) -> bool:
    """A neighbouring sentence lends its time only when it speaks of when to talk."""
    return bool(_ABOUT_TIME.search(flat)) and not re.search(
        r"\b(?:due|clos(?:e|ing)|expires?|deliver|inspection|locks?|report|order(?:ed)?)\b", flat, re.I
    )
