"""One way of asking as a pattern, and the parts that all of them are made of: politeness, who is asked, who wishes.

What lives here: `Mood`, `Form` and the building blocks. What does not: the forms (`request_asking`, `request_wishing`), and the acts they
ask for (`request_acts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .request_acts import YOU, Act
from .request_people import APPRAISER, NAMED, OURS


@dataclass(frozen=True)
class Mood:
    """How an act is asked for. `is_bare` is an imperative without please; `is_direct` tells asking from wishing; `is_negatable`
    is false where "don't" is part of the asking."""

    is_direct: bool = True
    is_question: bool = False
    is_imperative: bool = False
    is_bare: bool = False
    is_negatable: bool = True


ASK = Mood(is_question=True)
WHY_NOT = Mood(is_question=True, is_negatable=False)
TELL = Mood(is_imperative=True)
BARE = Mood(is_imperative=True, is_bare=True)
HOPE = Mood()
UNTIL = Mood(is_negatable=False)
WISH = Mood(is_direct=False)


@dataclass(frozen=True)
class Form:
    """One way of asking: `before` ends where an act of `acts` begins, `then` matches from the act on."""

    mood: Mood
    acts: frozenset[Act]
    before: re.Pattern[str]
    then: re.Pattern[str] | None


_MOMENT = r"(?:chance|min(?:ute)?|moment|time|sec(?:ond)?)"
POLITE = (
    r"(?:(?:please|pls|plz|kindly|also|just|then|now|maybe|perhaps|possibly|at least|either|urgently|quickly|so|again|personally|quick|asap|still|all|both|go ahead and|be so (?:kind|good) as to|be (?:kind|good) enough to|"
    r"try to|try and|plan to|arrange to|plan on|see about|make sure to|be sure to|remember to|be able to|(?:find|take|make|spare|have|get) (?:the |an? |some |a few |half an |\d+ )?(?:time|minutes?|moments?|seconds?|hours?|chance|opportunity)(?: (?:in|on|this|next) \w+){0,2} to|manage to|care to|get around to|be good enough to|maybe even|immediately|directly|"
    rf"to|someday|sometime|briefly|for a moment|today|tomorrow|tonight|when you (?:can|get a {_MOMENT}|have (?:a |some )?{_MOMENT})|at your (?:earliest )?convenience|first|real quick|this week|next week|"
    r"this afternoon|this morning|on \w+day|in the next \w+ \w+|by \w+),?\s+)*"
)
MODAL = r"(?:can|could|would|will|might|may|can't|couldn't|won't|cant|cld|cud|wld|wud|cn)"
EMPHASIS = r"(?: (?:himself|herself|yourself|yourselves|themselves|personally|directly|also|both|all|then|still|please))*"
ASKED = rf"(?:(?:{YOU}(?: (?:or|and) (?:{NAMED}|{OURS}))?|{OURS}(?: who [\w' ]{{2,40}}?)?|{APPRAISER}|they|he|she|each (?:of (?:you|the)(?: \w+)?|\w+)|{NAMED}(?: (?:or|and) (?:{NAMED}|{OURS}))?){EMPHASIS})"
WHO = rf"(?P<who>{ASKED})"
SOMEBODY = rf"(?P<who>{OURS}(?: who [\w' ]{{2,40}}?)?)"
MEMBER = rf"(?P<who>{OURS}(?: who [\w' ]{{2,40}}?)?|{NAMED}(?: or (?:{NAMED}|{OURS}))?)"
THEM = (
    rf"(?:them|him|her|{OURS}(?: who [\w' ]{{2,40}}?)?|{APPRAISER}|{NAMED}(?: (?:or|and) (?:an|another|some) ?\w+| (?:or|and) (?:{NAMED}|{OURS}))?|your (?:[\w&-]+ ){{0,3}}[\w&'-]+|"
    r"(?!(?:me|us|you|it|this|that|the|an?|my|our|to|please|everything|all|ꀃ+|ꀄ+)\b)[a-z][\w-]+)"
)
CAUSE = (
    rf"(?:arrange for (?:me|us) to |(?:have|get|ask|tell|let|instruct|direct|remind|arrange for|assign|send|designate|find|spare|lend|provide|free up|line up|offer|nominate|appoint)\s+(?P<cause>{THEM})\s+"
    rf"(?:(?:available|ready|there|present|free|on hand|standing by) )?(?:(?:know )?(?:to |that (?:he|she|they) (?:should|needs? to|must) )|can |will |could |who can |that can )?){POLITE}"
)
PLEASE = r"\b(?:please|pls|plz|plse|kindly|be (?:so kind as|kind enough|good enough) to|do (?:me|us) (?:a|the) (?:big |small )?favou?r and)\b"
# Where an imperative may begin: the sentence, or after a mark that ends what was said before.
OPENING = (
    r"(?:^|(?<=[;:!?–—]) *|(?<=\. )| [-–—]+ |, (?:so |and |but |then )?(?!or )|\band (?:then )?|\bso |\bbut |\bthen )"
    r"(?:(?:just|also|so|and|then|now|again|actually|first) |(?:just|also|so|and|then|now|ok|okay|urgent|asap|again|actually|next|first|second|finally|lastly|yes|yeah|sure|no|well|or|when you can|"
    r"when you get a (?:chance|minute|moment)|at your (?:earliest )?convenience|if (?:you can|possible)|once [\w' ]{3,40}|when [\w' ]{3,40}|as soon as [\w' ]{3,40}|thanks|thank you|"
    r"(?-i:[A-ZÀ-Þ][\w'-]*)|ꀂ+|hi|hey|hello|hi there|good morning|good afternoon|guys|team|all) ?[,!:–-]+ ?){0,3}(?!to\b)"
)
# Whoever wishes, but for us and for nobody; at the head of a sentence the subject may be missing.
ADVERB = r"(?:\w+ly|really|also|just|still|do|does|did|very much|much|all|both|and i|and we)"
WISHER = rf"(?:(?<![\w'])(?!(?:you|who|my|our|the|an?|his|her|their|any|this|that|nobody|none|one|to|not|never|no|don't|doesn't|didn't|your|ꀀ+|ꀁ+)\b)[\w'&-]+(?: {ADVERB})* ?|^(?:{ADVERB} )*|(?<=[;,] )|(?<=and )|(?<=- ))"
DESIRE = (
    r"(?:(?:'d|would|should|d)(?: (?:\w+ly|really|very much|much|also|just|all|both))* (?:like|love|appreciate|prefer|welcome|be (?:grateful|thankful|obliged) for|rather|want|need|enjoy|be (?:\w+ )?interested in|benefit from|suggest|propose|recommend|be (?:delighted|honou?red|thrilled|pleased) to)|"
    r"(?:'m|'s|'re|am|is|are|was|were)(?: (?:\w+ly|really|also|just|still))* (?:hoping|looking|trying|asking|requesting|wanting|needing|keen|eager|interested|demanding|insisting)(?: for| to| on| in)?|"
    r"(?:do )?(?:really |urgently |still |also |just |desperately |do |absolutely )?(?:want|wants|need|needs|wish|wishes|request|requests|require|requires|demand|demands|insist on|insists on|must|have to|has to|expect|expects|suggest|suggests|propose|proposes|recommend|recommends|ask for|asks for|asks to|ask to|hope|hopes)|"
    r"(?:has|have) (?:asked|requested|offered)(?: for| to)?|insists? on|(?<!\bi )(?<!\bwe )asked (?:for|to)|would (?:like|love)|like|requesting|looking for|asking for|looking to|hoping (?:for|to)|writing to (?:request|ask for|ask)|wanted to (?=schedule|set|arrange|see|book|find|request|ask)|"
    r"want|could use|could do with|deserve|deserves|wanna)(?: (?:the|an|a) (?:opportunity|chance|time) (?:to|for))?"
)
WISHING_TO = rf"{WISHER}{DESIRE}(?:, [\w ]{{2,20}},)? "
CHANCE = r"(?:any (?:chance|way|time)|is there (?:any |a |some )?(?:chance|way|possibility)|what are the chances|is it possible|(?:would|might) it be possible|do you (?:think|suppose|reckon|believe)|is there (?:someone|somebody|anyone|anybody))"
THANKFUL = (
    r"(?:hoping|wonder(?:ing|s|ed)?|was hoping|was wondering|would (?:love|like|appreciate)(?: it)?|'d (?:love|like|appreciate)(?: it)?|prefer|grateful|appreciate(?: it)?|great|good|nice|helpful|lovely|ideal|wonderful|best|useful|"
    r"appreciated|perfect|better|fantastic|awesome|super|handy|love it|honou?red|delighted|thrilled|happy|glad|pleased|obliged|kind|rather|much obliged|easier|(?:doing|do) (?:me|us) a (?:big |huge |great )?favou?r|(?:would|it'd|'d) (?:really )?(?:help(?: (?:me|us))?(?: (?:a lot|out|a great deal|\w+ly))?|mean (?:a lot|the world|a great deal)|make (?:my|our) (?:day|week|life)(?: easier)?|go a long way|be a (?:big |huge |great )?(?:help|favou?r|relief)))"
)
VITAL = r"(?:urgent|important|imperative|essential|critical|crucial|vital|necessary|key|helpful|useful|best|good|great|ideal|preferable|better|(?:easiest|simplest|fastest|quickest|smartest)(?: \w+)? (?:would be|is|might be))"
# An act as something to come, not as something done.
PRESENT = r"(?:calls|phones|rings|telephones|contacts|meets|visits|joins|speaks|talks|gives|returns|comes|stops|attends)\b"
MAKE_SURE = r"(?:make (?:sure|certain)|ensure|see to it|see|be sure|confirm|verify)"
TOLD = r"(?:(?:let (?:me|us) know|tell me|see|check|ask|asking|asks|find out|confirm|advise|know|like to know|wants? to know|has asked|have asked|curious)(?: \w+)?)"
SOMEBODY_CAN = rf"(?P<who>{ASKED}|we|i)(?:'ll|'d| (?:can|could|would|might|will|may|(?:is|are|were|was|would be) able to|(?:is|are|would be) (?:available|free|around|open|willing) to|(?:has|have) time to))"
ALL_OF_US = (
    rf"(?:we(?: all| both)?|(?:the )?(?:two|three|both|all) of us|(?:you|i|{NAMED}) and (?:i|you|{NAMED}))"
)
ASKING_WHETHER = r"(?:any (?:chance|way|time)|how about|what about|what if|what do you say|is there (?:any |a )?(?:chance|way|time)|is it possible|would it be possible|possible|wondering|hoping|hope|see|know|ask|great|good|helpful|nice|appreciate it|love it)(?: that| for| if| whether)?(?: maybe| perhaps)?"
WHEN_IS = r"(?:when|what (?:time|day|date)s?|which (?:day|time)s?|how soon|what(?:'s| is) the (?:earliest|soonest)|what (?:does|is) your (?:calendar|availability|schedule))\b[^.?!;]{0,60}?\b(?:can|could|should|may|might|would|are|is|do|does|will|works?|look|'s)\b[^.?!;]{0,50}?"
TELL_ME = (
    r"(?:let (?:me|us|her|him|them|ꀂ+|ꀄ+) know|tell (?:me|us)|send (?:me|us|over)|share|advise(?: on)?|suggest|propose|give (?:me|us)|provide|offer)(?: with)? (?:(?:me|us) )?"
    r"(?:when|what (?:time|day)s?|which (?:day|time)s?|some|a few|a couple(?: of)?|your|any|the best|a good|good|a|times?|how soon)\b[^.?!;]{0,70}?"
)

ABOUT_DOING = rf"(?:(?:would you mind|do you mind|mind|you mind)(?: terribly| awfully| very much| at all)?|(?:would|'d|^d) (?:\w+ )?appreciate(?: (?:you|your|if|{OURS}))?|how about|what about|(?:any|the) (?:chance|possibility|hope) of|possibility of|consider|think about)"

DOING = frozenset({Act.CALL, Act.MEET, Act.INVITE, Act.BY_PHONE})
JOINTLY = frozenset({Act.TOGETHER, Act.INVITE})


def form(mood: Mood, acts: frozenset[Act] | Act, before: str, then: str = "") -> Form:
    return Form(
        mood,
        frozenset({acts}) if isinstance(acts, Act) else acts,
        re.compile(rf"(?:{before})\Z", re.I),
        re.compile(then, re.I) if then else None,
    )


QUESTION_MARK = r"[^.!]*\?"
