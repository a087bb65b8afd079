"""Judges a sentence that another reader took for a request, by the same guardrails as every other.

What lives here: that judgement. What does not: who the other reader is, and whether the sender may ask at all.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from .closing import unread_spans
from .newest import NewestText
from .request_acts import names_act
from .request_form import TELL
from .request_forms import Ask
from .request_guards import SERVED, is_taken_back
from .requests import (
    ORDER_CONTEXT,
    ExplicitRequest,
    flat_text,
    has_injected_instructions,
    request_of,
    with_due,
    without_withdrawn,
)
from .sentences import Mask, split_sentences

# Our own or somebody else's plan, and what is over: for a proposal, whose form is unknown.
_OWN_PLAN = re.compile(
    r"\b(?:i|we|he|she|they)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to)\b|\b(?:i|we|he|she|they|you) (?:called|phoned|rang|met|spoke|talked|discussed|agreed)\b|\b(?:yesterday|last (?:week|month|year)|if|unless|otherwise)\b",
    re.I,
)
_PERSONAL = re.compile(r"\b(?:phone|telephone|in person|face to face|speak|talk|meet|visit)\b", re.I)
_NEGATION_WORDS = re.compile(
    r"\b(?:not|no|never|don't|doesn't|didn't|won't|can't|cannot|without|nobody|no one)\b", re.I
)


def judge_proposal(
    newest: NewestText,
    *,
    start: int,
    end: int,
    kind: str,
    sent_at: datetime | None,
    zone: tzinfo | None,
    sender_name: str,
) -> ExplicitRequest | None:
    """The sentence that another reader took for a request, when nothing here takes it back; else None.

    Its form may be unknown. It has to name an act for a person, in the sender's own words, and every guardrail applies.
    """
    masked = Mask([*newest.quoted, *unread_spans(newest.text, sender_name=sender_name)])
    sentences = split_sentences(newest.text)
    inside = [at for at, one in enumerate(sentences) if one.start <= start and end <= one.end + 1]
    if not inside or newest.is_only_quote or has_injected_instructions(newest.text):
        return None
    position = inside[0]
    sentence, flat = sentences[position], flat_text(sentences[position].text)
    previous = flat_text(sentences[position - 1].text) if position else ""
    ask = Ask(0, len(flat), TELL, kind, "")
    is_for_a_person = names_act(flat, with_looking=kind == "review") or _PERSONAL.search(flat)
    is_order = bool(ORDER_CONTEXT.search(newest.text[:5_000]))
    if masked.covers_most_of(sentence.start, sentence.end) or not is_for_a_person:
        return None
    if _OWN_PLAN.search(flat) or _NEGATION_WORDS.search(flat):
        return None
    if is_taken_back(ask, flat, previous, is_order=is_order) or SERVED.search(flat):
        return None
    found = without_withdrawn([(position, request_of(sentence, ask, flat))], sentences)
    return with_due(found[0][1], sentences, position, sent_at, zone) if found else None
