"""Finds explicit requests: sentences that ask our people for something only a person can do (call, meet, have somebody look).

Contract: `find_requests(text, sent_at=..., zone=...)` returns them in order; `text[request.start:request.end] == request.evidence`.
What lives here: the order of the tests on one sentence, and how the sentences of one mail take part (repeats, withdrawals). What does
not: the vocabulary (`request_acts`, `request_languages`), dates (`due`), and whether the sender may ask at all (`reading`, services).
A sentence is judged three times: does it name an act for a person, does a form of asking us stand in front of it, and does
nothing take it back (courtesy, condition, negation, order instruction, injected text).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from . import request_guard_words as words
from .closing import unread_spans
from .due import Due, find_due
from .newest import NewestText
from .request_acts import YOU, find_acts, names_act
from .request_addressees import NOBODY_ELSE, Addressees, is_greeted_elsewhere, is_said_to_others
from .request_form import ASK
from .request_forms import Ask, find_asks
from .request_guards import is_taken_back
from .request_languages import find_foreign
from .request_people import mark_people
from .sentences import Mask, Sentence, split_sentences


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


_YOU = re.compile(YOU, re.I)
_WITHDRAWN = words.any_of(words.WITHDRAWN)
_INJECTION = words.any_of(words.INJECTION)
# Characters of one mail that are judged, counting only sentences that name an act and each of them as a short one at least:
# a person writes a handful.
JUDGED_CHARACTERS = 15_000
SHORT_SENTENCE = 150
ORDER_CONTEXT = re.compile(
    r"\b(?:new order|please open|order(?:ing)? an appraisal|appraisal order|need an? (?:\w+ )?appraisal|access|lock ?box|owner.occupied|property contact|"
    r"please (?:order|assign)|loan (?:number|#|no)|case number)\b",
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
    text: NewestText | str,
    *,
    sent_at: datetime | None,
    zone: tzinfo | None = None,
    sender_name: str = "",
    addressees: Addressees = NOBODY_ELSE,
) -> tuple[ExplicitRequest, ...]:
    """The explicit requests in the sender's own words, in order; empty for text that is only a quote.

    `addressees` are those who get the mail beside us: what is asked of them is no request to us.

    `sent_at` (aware) anchors "Thursday"; `zone` is the tenant's zone for times without one, by default the sender's own offset.
    """
    newest = text if isinstance(text, NewestText) else NewestText(text)
    if newest.is_only_quote or not newest.text.strip() or is_greeted_elsewhere(newest.text, addressees):
        return ()
    masked = Mask([*newest.quoted, *unread_spans(newest.text, sender_name=sender_name)])
    sentences = [one for one in split_sentences(newest.text) if not masked.covers_most_of(one.start, one.end)]
    found = _read_sentences(newest, sentences, addressees)
    found.extend(_accepted_offers(newest, sentences))
    found.sort(key=lambda pair: pair[1].start)
    kept = _merge_repeats(without_withdrawn(found, sentences))
    return tuple(with_due(request, sentences, position, sent_at, zone) for position, request in kept)


def has_injected_instructions(text: str) -> bool:
    """Whether the text tries to give orders to a machine; such sentences are never requests."""
    return any(_INJECTION.search(flat_text(one.text)) for one in split_sentences(text[:100_000]))


def flat_text(text: str) -> str:
    """The same text, same length, with plain quotes and blanks, for pattern matching."""
    return text.translate(_TRANSLATION)


def _read_sentences(
    newest: NewestText, sentences: Sequence[Sentence], addressees: Addressees
) -> list[tuple[int, ExplicitRequest]]:
    """At most one request of each sentence: what follows in the same sentence is part of the same ask."""
    found: list[tuple[int, ExplicitRequest]] = []
    poisoned: set[int] = set()
    judged = 0
    is_order = ORDER_CONTEXT.search(newest.text[:5_000]) is not None
    previous = ""
    for position, sentence in enumerate(sentences):
        flat = flat_text(sentence.text)
        if _INJECTION.search(flat):
            poisoned.add(sentence.paragraph)
        if sentence.paragraph not in poisoned and judged < JUDGED_CHARACTERS:
            foreign = find_foreign(flat)
            acts = [] if foreign else find_acts(mark_people(flat))
            judged += max(len(flat), SHORT_SENTENCE) if foreign or acts else 0
            ask = (
                Ask(0, len(flat), ASK, foreign, "")
                if foreign
                else _standing(find_asks(flat, acts), flat, previous, addressees, is_order=is_order)
            )
            if ask is not None:
                found.append((position, request_of(sentence, ask, flat)))
        previous = flat
    return found


def _standing(
    asks: Sequence[Ask], flat: str, previous: str, addressees: Addressees, *, is_order: bool
) -> Ask | None:
    """The first ask that nothing takes back, a plain one before a wish."""
    standing = [
        ask
        for ask in asks
        if not is_said_to_others(flat, ask.start, ask.end, addressees)
        and not is_taken_back(ask, flat, previous, is_order=is_order)
    ]
    return next((ask for ask in standing if ask.mood.is_direct), standing[0] if standing else None)


def request_of(sentence: Sentence, ask: Ask, flat: str) -> ExplicitRequest:
    """The request that an ask makes of its sentence, without its time."""
    start, end = _evidence_span(sentence, ask, flat)
    return ExplicitRequest(
        evidence=sentence.text[start:end],
        start=sentence.start + start,
        end=sentence.start + end,
        kind="call" if ask.is_by_phone and ask.kind == "meeting" else ask.kind,
        due=None,
        who=ask.who if not _YOU.fullmatch(ask.who) else "",
        is_direct=ask.mood.is_direct,
    )


def _evidence_span(sentence: Sentence, ask: Ask, flat: str) -> tuple[int, int]:
    """The whole sentence; of a compound joined by semicolons only the clause itself, without asides behind a dash."""
    if not (sentence.after_semicolon or sentence.before_semicolon):
        return 0, len(sentence.text)
    aside = re.search(r"\s+[-–—]+\s", flat[ask.end :])
    end = ask.end + aside.start() if aside else len(flat)
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


def _accepted_offers(newest: NewestText, sentences: Sequence[Sentence]) -> list[tuple[int, ExplicitRequest]]:
    """A plain yes under our quoted offer of a human act is the client's request for it."""
    found: list[tuple[int, ExplicitRequest]] = []
    for answer in newest.inline_answers:
        question = flat_text(answer.question)
        if not names_act(question) or not _OFFER.search(question):
            continue
        for position, sentence in enumerate(sentences):
            if sentence.start >= answer.answer_start and sentence.end <= answer.answer_end:
                flat = flat_text(sentence.text)
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


def without_withdrawn(
    found: list[tuple[int, ExplicitRequest]], sentences: Sequence[Sentence]
) -> list[tuple[int, ExplicitRequest]]:
    """Drops requests that a later sentence takes back."""
    last_withdrawal = -1
    for position, sentence in enumerate(sentences):
        flat = flat_text(sentence.text)
        if _WITHDRAWN.search(flat) and not any(at == position for at, _ in found):
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


def with_due(
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
    context = flat_text(sentences[position - 1].text) if position else ""
    for candidate in nearby:
        flat = flat_text(candidate.text)
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
