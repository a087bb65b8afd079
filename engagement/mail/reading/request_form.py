"""One way of asking as a pattern, and the parts that all of them are made of: politeness, who is asked, who wishes.

What lives here: `Frame` and its building blocks. What does not: the frames (`request_frames`, `request_wishes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import request_lexicon as lex

POLITE = (
    r"(?:(?:please|pls|plz|kindly|also|just|then|now|maybe|perhaps|possibly|at least|either|urgently|quickly|so|again|personally|quick|asap|still|all|both|"
    r"go ahead and|be so kind as to|be kind enough to|try to|try and|plan to|arrange to|plan on|see about|make sure to|be sure to|remember to|be able to|find (?:the )?time to|take (?:the time|a (?:minute|moment)) to|make (?:the )?time to|maybe even|immediately|directly|"
    r"to|someday|sometime|quickly|briefly|either|for a moment|today|tomorrow|tonight|when you (?:can|get a (?:chance|minute|moment)|have (?:a |some )?(?:chance|minute|moment|time|second))|at your (?:earliest )?convenience|first|real quick|this week|next week|this afternoon|this morning|on monday|on tuesday|on wednesday|on thursday|on friday|on \w+day|in the next \w+ \w+|by \w+),?\s+)*"
)
MODAL = r"(?:can|could|would|will|might|may|can't|couldn't|won't|cant)"
WHO = rf"(?P<who>{lex.ASKED})"
MEMBER = rf"(?P<who>{lex.SOMEONE}|{lex.NAME}(?: or (?:{lex.NAME}|{lex.SOMEONE}))?)"
CAUSE = (
    rf"(?:have|get|ask|tell|let|instruct|direct|remind|arrange for|assign|send|designate|find)\s+(?P<cause>{lex.THEM})\s+"
    rf"(?:to |can |will |could |who can |that can )?{POLITE}"
)
# Where an imperative may begin: the sentence, or after a mark that ends what was said before.
OPENING = (
    r"(?:^|(?<=[;:!?–—]) *|(?<=\. )| [-–—]+ |, (?:so |and |but |then )?(?!or )|\band (?:then )?|\bso |\bbut |\bthen )"
    r"(?:(?:just|also|so|and|then|now|again|actually|first) |(?:just|also|so|and|then|now|ok|okay|urgent|asap|again|actually|next|first|second|finally|lastly|yes|yeah|sure|no|well|or|when you can|when you get a (?:chance|minute|moment)|"
    r"at your (?:earliest )?convenience|if (?:you can|possible)|once [\w' ]{3,40}|when [\w' ]{3,40}|as soon as [\w' ]{3,40}|"
    r"thanks|thank you|(?-i:[A-Z][\w'-]+)|hi|hey|hello|hi there|good morning|good afternoon|guys|team|all) ?[,!:–-]+ ?){0,3}"
)


@dataclass(frozen=True)
class Frame:
    """One way of asking. `is_bare` is an imperative without please; `is_direct` tells asking from wishing."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    is_direct: bool = True
    is_question: bool = False
    is_imperative: bool = False
    is_bare: bool = False
    is_negatable: bool = True


def frame(name: str, kind: str, pattern: str, **marks: bool) -> Frame:
    """A frame from its pattern."""
    return Frame(name, kind, re.compile(pattern, re.I), **marks)


OURS = rf"(?P<who>you(?: guys| all| directly| personally| in person| live| by phone)?(?! (?:if|should))|{lex.SOMEONE}|{lex.APPRAISER}|your (?:[\w&'-]+ ){{0,3}}[\w&'-]+|{lex.NAME}|the (?:[\w-]+ )?(?:appraiser|reviewer|manager|owner|person|people|one|right|head|boss|individual|gentleman|lady|team)(?: [\w']+){{0,5}})"
WISHER = (
    r"(?:\b(?:i|we|he|she|they|who|(?:my|our|the|his|her) (?:[\w'&-]+ ){0,4}?[\w'&-]+|"
    + lex.NAME
    + r"(?: (?:and|&) (?:i|"
    + lex.NAME
    + r"))?)(?: (?:both|all|also|just|really|still|personally|urgently|and i|and we))* ?|^|(?<=[;,] )|(?<=and )|(?<=- ))"
)
DESIRE = (
    r"(?:(?:'d|would|d)(?: really| very much| also| just| all| both)? (?:like|love|appreciate|prefer|welcome|be grateful for|rather|want|need|enjoy|be interested in|benefit from)|"
    r"(?:'m|'s|'re|am|is|are|was|were)(?: really| also| just)? (?:hoping|looking|trying|asking|requesting|wanting|needing|keen|eager|interested|demanding|insisting)(?: for| to| on| in)?|"
    r"(?:do )?(?:really |urgently |still |also |just |desperately |do |absolutely )?(?:want|wants|need|needs|wish|wishes|request|requests|require|requires|demand|demands|insist on|insists on|must|have to|has to|expect|expects|ask for|asks for|asks to|ask to|hope)|"
    r"(?:has|have) (?:asked|requested|offered)(?: for| to)?|(?<!\bi )(?<!\bwe )asked (?:for|to)|would (?:like|love)|like|requesting|looking for|asking for|looking to|hoping (?:for|to)|wanted to (?=schedule|set|arrange|see|book|find|request|ask)|want|could use|could do with|deserve|deserves|wanna)(?: (?:the|an|a) (?:opportunity|chance|time) (?:to|for))?"
)
