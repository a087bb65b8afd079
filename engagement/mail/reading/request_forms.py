"""Finds what a sentence asks for: the acts in it, each with the form of asking that stands in front of it.

What lives here: `find_asks`. What does not: the acts (`request_acts`), the forms (`request_asking`, `request_wishing`), and what takes
an ask back (`request_guards`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .request_acts import Act, ActFound
from .request_asking import ASKING
from .request_form import Form, Mood
from .request_people import mark_people
from .request_wishing import WISHING

FORMS: dict[Act, list[Form]] = {
    act: [form for form in (*ASKING, *WISHING) if act in form.acts] for act in Act
}
_REACH = 220  # Characters in front of an act that a form may reach back over.
_MOST_ACTS = 40  # in one sentence; a sentence of people holds a handful.
_REVIEWS = {Act.LOOK, Act.ESCALATE, Act.EYES}
_MEETINGS = {Act.MEET, Act.INVITE, Act.TOGETHER, Act.AVAILABLE, Act.PURPOSE}
_MEETING = re.compile(
    r"meet|lunch|coffee|breakfast|dinner|visit|zoom|teams|webex|in person|face|interview|calendar|video|s[ia]t(?:ting)? ?-?down|demo|training|presentation|session|tour|conference|panel|(?:dropp|stopp|com|swing)(?:ed|ing) by",
    re.I,
)

# An hour for a call is a call, whatever verb asks for the hour.
_CALL = re.compile(r"\b(?:call|phone|telephone|ring|talk|speak|chat)\b", re.I)


@dataclass(frozen=True)
class Ask:
    """An act asked for, from the form's `start` to the act's `end`; `kind` is call, meeting or review, `who` the person asked for.

    `is_by_phone` is a meeting that takes place on the telephone: it is arranged like a meeting and is a call.
    """

    start: int
    end: int
    mood: Mood
    kind: str
    who: str
    is_by_phone: bool = False


def find_asks(sentence: str, acts: Sequence[ActFound]) -> list[Ask]:
    """Those acts of the sentence that it asks for; the form that begins first comes first, a plain ask before a wish."""
    marked = mark_people(sentence)
    asks = [
        Ask(
            before.start(),
            act.end,
            form.mood,
            _kind(act, marked),
            _who(sentence, before, act),
            _CALL.search(marked, act.start, act.end) is not None
            and _MEETING.search(marked, act.start, act.end) is None,
        )
        for act in acts[:_MOST_ACTS]
        for form in FORMS[act.act]
        if (form.then is None or form.then.match(marked, act.start))
        and (before := form.before.search(marked, max(0, act.start - _REACH), act.start))
    ]
    return sorted(asks, key=lambda ask: (ask.start, not ask.mood.is_direct))


def _kind(act: ActFound, marked: str) -> str:
    if act.act in _REVIEWS:
        return "review"
    is_meeting = act.act in _MEETINGS or _MEETING.search(marked, act.start, act.end)
    return "meeting" if is_meeting else "call"


def _who(sentence: str, before: re.Match[str], act: ActFound) -> str:
    """The words for the person asked for, in the form or else in the act."""
    if "who" in before.re.groupindex and before["who"]:
        return sentence[before.start("who") : before.end("who")].strip()
    return sentence[act.who[0] : act.who[1]].strip() if act.who and act.who[0] >= 0 else ""
