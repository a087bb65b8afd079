"""The forms in which people ask: question, imperative, wish, having somebody do it, asking for a time.

Each frame is one small pattern made of the vocabulary in `request_lexicon`; `requests` applies them in this order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import request_lexicon as lex

_POLITE = (
    r"(?:(?:please|pls|plz|kindly|also|just|then|now|maybe|perhaps|possibly|at least|either|urgently|quickly|so|again|personally|quick|asap|still|all|both|"
    r"go ahead and|be so kind as to|be kind enough to|try to|try and|plan to|arrange to|plan on|see about|make sure to|be sure to|remember to|be able to|find (?:the )?time to|take (?:the time|a (?:minute|moment)) to|make (?:the )?time to|maybe even|immediately|directly|"
    r"to|someday|sometime|quickly|briefly|either|for a moment|today|tomorrow|tonight|when you (?:can|get a (?:chance|minute|moment)|have (?:a |some )?(?:chance|minute|moment|time|second))|at your (?:earliest )?convenience|first|real quick|this week|next week|this afternoon|this morning|on monday|on tuesday|on wednesday|on thursday|on friday|on \w+day|in the next \w+ \w+|by \w+),?\s+)*"
)
_MODAL = r"(?:can|could|would|will|might|may|can't|couldn't|won't|cant)"
_WHO = rf"(?P<who>{lex.ASKED})"
_MEMBER = rf"(?P<who>{lex.SOMEONE}|{lex.NAME}(?: or (?:{lex.NAME}|{lex.SOMEONE}))?)"
_CAUSE = (
    rf"(?:have|get|ask|tell|let|instruct|direct|remind|arrange for|assign|send|designate|find)\s+(?P<cause>{lex.THEM})\s+"
    rf"(?:to |can |will |could |who can |that can )?{_POLITE}"
)
# Where an imperative may begin: the sentence, or after a mark that ends what was said before.
_OPENING = (
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


def _frame(name: str, kind: str, pattern: str, **marks: bool) -> Frame:
    return Frame(name, kind, re.compile(pattern, re.I), **marks)


def _act_frames(kind: str, act: str) -> list[Frame]:
    """The frames that hold a verb phrase."""
    chance = r"(?:any (?:chance|way)|is there (?:any )?(?:chance|way)|what are the chances|is it possible|(?:would|might) it be possible|do you think|is there (?:someone|somebody|anyone|anybody))"
    hope = r"(?:hoping|wondering|was hoping|was wondering|would (?:love|like|appreciate)(?: it)?|'d (?:love|like|appreciate)(?: it)?|prefer|grateful|appreciate(?: it)?|great|good|nice|helpful|lovely|ideal|wonderful|best|useful|appreciated|perfect|better|fantastic|awesome|super|handy|love it|honou?red|delighted|thrilled|happy|glad|pleased|obliged|kind|rather|much obliged|easier|would help)"
    told = r"(?:(?:let (?:me|us) know|tell me|see|check|ask|asking|asks|find out|confirm|advise|know|like to know|wants? to know|has asked|have asked|curious)(?: \w+)?)"
    subject_modal = rf"(?P<who>{lex.ASKED}|we|i) (?:can|could|would|might|will|may|is able to|are able to|were able to|is available to|are available to|would be able to|has time to|have time to|was able to)"
    return [
        _frame(f"{kind}.question", kind, rf"\b{_MODAL} {_POLITE}{_WHO},? {_POLITE}{act}", is_question=True),
        _frame(
            f"{kind}.question_and",
            kind,
            rf"\b{_MODAL} {_POLITE}{_WHO},? (?:please )?[^.?!;]{{3,90}}?(?:,? and|, then|, or| then) {_POLITE}{act}",
            is_question=True,
        ),
        _frame(
            f"{kind}.able",
            kind,
            rf"\b(?:would|will|are|might|is) {_WHO} (?:be )?(?:able|willing|available|free|open|prepared|kind enough|around|ok|okay|up)?(?: \w+)? ?(?:to|who can|who could|that can|that could) {_POLITE}{act}",
            is_question=True,
        ),
        _frame(
            f"{kind}.have_cause",
            kind,
            rf"\b{_MODAL} (?:{lex.YOU}|we|i|{lex.NAME}|someone) {_POLITE}{_CAUSE}{act}",
            is_question=True,
        ),
        _frame(
            f"{kind}.please",
            kind,
            rf"\b(?:please|pls|plz|plse|kindly)\b[,: ]*{_POLITE}(?:{_CAUSE})?{act}",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.please_and",
            kind,
            rf"\b(?:please|pls|plz|kindly)\b (?!find\b)[^.?!;]{{3,90}}?(?:,? and|, then| then) {_POLITE}(?:{_CAUSE})?{act}",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.bare",
            kind,
            rf"{_OPENING}{_POLITE}(?!meet\b|visit\b|join\b|attend\b|take\b|set\b|make\b|see\b|find\b|do\b|have a\b|get a\b|give a\b|hold\b|plan\b|run\b|come\b|present\b|share\b){act}",
            is_imperative=True,
            is_bare=True,
        ),
        _frame(
            f"{kind}.bare_meet",
            kind,
            rf"^{_POLITE}(?:let's|lets|let us) (?!know)(?:please |try to |try and |just |also |plan to )*{lex.JOINT if kind == 'meeting' else lex.CALL}",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.come",
            kind,
            rf"^{_POLITE}(?:come|stop|drop|swing|pop) (?:by|to|over|in|down|out)\b[^.?!]{{0,50}}\b(?:today|tomorrow|{lex.WEEKDAY}|at \d|this (?:week|afternoon|morning)|next week)\b",
            is_imperative=True,
        ),
        _frame(f"{kind}.cause", kind, rf"{_OPENING}{_POLITE}{_CAUSE}{act}", is_imperative=True),
        _frame(
            f"{kind}.someone",
            kind,
            rf"(?:\b(?:please|pls|plz)\b,? |{_OPENING})(?P<who>{lex.SOMEONE}) (?:please |should |needs to |has to |must |had better )*{act}",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.you_must",
            kind,
            rf"\byou (?:guys |all |really |will )*(?:need to|must|have to|got to|gotta) {_POLITE}(?:{_CAUSE})?{act}",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.chance",
            kind,
            rf"\b{chance} (?:that |for |of )?(?:(?:{_WHO}|we|i) )?(?:can |could |would |might |who can |who could |that can |able to |to )*{_POLITE}{act}",
            is_question=True,
        ),
        _frame(
            f"{kind}.hope",
            kind,
            rf"\b{hope},? (?:(?:if|whether|that) )?(?:{subject_modal}|(?P<who2>{lex.ASKED}) (?:to|would|will)) {_POLITE}(?:{_CAUSE})?{act}",
        ),
        _frame(
            f"{kind}.make_sure",
            kind,
            rf"\b(?:make (?:sure|certain)|ensure|see to it|see|be sure|confirm|verify)(?: that)? {_WHO} (?:(?:calls|phones|rings|contacts|telephones) {lex.CALLEE}|gives {lex.CALLEE} (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|returns (?:my|our|his|her) calls?|meets (?:with )?(?:me|us)|(?:joins|attends) (?:our|the) (?:\w+ )?(?:call|meeting)|(?:will |can |could )?{act})",
            is_imperative=True,
        ),
        _frame(
            f"{kind}.if_could",
            kind,
            rf"\bif (?P<who>{lex.ASKED}|we) (?:can|could|would|might) {_POLITE}(?:{_CAUSE})?{act}(?=[^.?!]*\b(?:grateful|appreciate\w*|great|good|helpful|thank\w*|nice|wonderful|lovely|ideal|perfect|best|obliged|awesome|super|useful)\b)",
        ),
        _frame(
            f"{kind}.trouble",
            kind,
            rf"\b(?:could|can|may|might) (?:i|we) (?:please )?(?:trouble|bother|ask|beg|impose on|get|persuade) (?:you|someone|somebody|{lex.NAME}|your \w+) (?:for (?:an? )?{lex.SESSION}|to {_POLITE}{act})",
            is_question=True,
        ),
        _frame(
            f"{kind}.if_past",
            kind,
            rf"\b{hope} if (?P<who>{lex.ASKED}|we) (?:(?:called|calls|phoned|phones|rang|rings|telephoned|telephones|contacted|contacts|spoke (?:to|with)|speaks (?:to|with)|met(?: with)?|meets(?: with)?|visited|visits|joined|joins) (?:{lex.CALLEE}|our\b|the\b)|(?:gave|gives) {lex.CALLEE} (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|came (?:by|over|to|out)|stopped by)",
        ),
        _frame(
            f"{kind}.why_not",
            kind,
            rf"\bwhy (?:don't|not|doesn't) (?:(?:{lex.ASKED}|we) )?{_POLITE}{lex.JOINT if kind == 'meeting' else act}",
            is_question=True,
            is_negatable=False,
        ),
        _frame(
            f"{kind}.vital",
            kind,
            rf"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary|key|helpful|useful|best|good|great) (?:that|for) {_WHO} (?:to |please |can |must )?(?:(?:calls|phones|rings|telephones|meets|joins|contacts) {lex.CALLEE}|{act})",
            is_direct=False,
        ),
        _frame(
            f"{kind}.told",
            kind,
            rf"\b{told} (?:if|whether|when|what time|who) {subject_modal} {_POLITE}{act}",
        ),
        _frame(
            f"{kind}.need",
            kind,
            rf"\b(?:i|we|he|she|they|borrower|client|{lex.NAME})?(?:'d| would| really| still| just| also| do| will)*\s?\b(?:need|needs|want|wants|like|love|prefer|require|requires|expect|expects|appreciate|hoping for|waiting for|looking for|ask|asks|asking|asking for|request|requests|requesting|insist|insists|demand|demands|rather|prefer)(?:,[^,.?!]{{3,30}},)?(?: for| that| to (?:have|get|invite|ask))? (?:{_WHO}|them|him|her) (?:to |can |could |who can |who could |that can )?{_POLITE}{act}",
            is_direct=False,
        ),
        _frame(
            f"{kind}.gerund",
            kind,
            rf"\b(?:would you mind|do you mind|mind|you mind|appreciate (?:you|someone|somebody|your|if)|how about|what about) (?:someone |somebody |you |your )?{_gerund(kind)}",
        ),
    ]


def _gerund(kind: str) -> str:
    if kind == "call":
        return rf"(?:giving (?:{lex.CALLEE}|my \w+) (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|(?:calling|phoning|ringing) (?:me|us|him|her|them|back|our|my|{lex.NAME}|the)\b)"
    return r"(?:(?:meeting|speaking|talking|sitting down) with (?:me|us|him|her|our)|(?:joining|attending|scheduling|setting up|hopping on|jumping on|doing) (?:a|an|our|the|us)[^.?!]{0,30}(?:call|meeting|zoom|chat|demo|session|training)|(?:walking|talking) (?:me|us|our \w+) through|(?:stopping|coming|dropping|swinging) by|meeting (?:me|us))"


_OURS = rf"(?P<who>you(?: guys| all| directly| personally| in person| live| by phone)?(?! (?:if|should))|{lex.SOMEONE}|{lex.APPRAISER}|your (?:[\w&'-]+ ){{0,3}}[\w&'-]+|{lex.NAME}|the (?:[\w-]+ )?(?:appraiser|reviewer|manager|owner|person|people|one|right|head|boss|individual|gentleman|lady|team)(?: [\w']+){{0,5}})"
_WISHER = (
    r"(?:\b(?:i|we|he|she|they|who|(?:my|our|the|his|her) (?:[\w'&-]+ ){0,4}?[\w'&-]+|"
    + lex.NAME
    + r"(?: (?:and|&) (?:i|"
    + lex.NAME
    + r"))?)(?: (?:both|all|also|just|really|still|personally|urgently|and i|and we))* ?|^|(?<=[;,] )|(?<=and )|(?<=- ))"
)
_DESIRE = (
    r"(?:(?:'d|would|d)(?: really| very much| also| just| all| both)? (?:like|love|appreciate|prefer|welcome|be grateful for|rather|want|need|enjoy|be interested in|benefit from)|"
    r"(?:'m|'s|'re|am|is|are|was|were)(?: really| also| just)? (?:hoping|looking|trying|asking|requesting|wanting|needing|keen|eager|interested|demanding|insisting)(?: for| to| on| in)?|"
    r"(?:do )?(?:really |urgently |still |also |just |desperately |do |absolutely )?(?:want|wants|need|needs|wish|wishes|request|requests|require|requires|demand|demands|insist on|insists on|must|have to|has to|expect|expects|ask for|asks for|asks to|ask to|hope)|"
    r"(?:has|have) (?:asked|requested|offered)(?: for| to)?|(?<!\bi )(?<!\bwe )asked (?:for|to)|would (?:like|love)|like|requesting|looking for|asking for|looking to|hoping (?:for|to)|wanted to (?=schedule|set|arrange|see|book|find|request|ask)|want|could use|could do with|deserve|deserves|wanna)(?: (?:the|an|a) (?:opportunity|chance|time) (?:to|for))?"
)


def _wish_frames() -> list[Frame]:
    live = r"(?:speak(?:ing)?|talk(?:ing)?|meeting|talk [\w ]{2,30}|chat|meet|connect|converse|touch base|catch up|sit down|sync|discuss (?:this|it|that|the [\w ]{2,40}|our [\w ]{2,40}|my [\w ]{2,40}|a [\w ]{2,40}|some [\w ]{2,40})|get on (?:a call|the phone)|hop on a (?:quick )?call|jump on a (?:quick )?call|go over (?:this|it|the [\w ]{2,40}|our [\w ]{2,40})|get together|have a (?:quick |brief |short )?(?:word|call|chat|conversation|meeting|talk)|visit|deal)"
    manner = r"(?: (?:directly|personally|briefly|quickly|again|live|by phone|over the phone|on the phone|in person|face to face|about [\w ]{2,40}|today|tomorrow|this week|next week|on \w+day|urgently|asap|now|immediately))*"
    return [
        _frame(
            "wish.speak",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}{live}{manner} (?:to|with) {_OURS}",
            is_direct=False,
        ),
        _frame(
            "wish.interview",
            "meeting",
            rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}(?:interview|visit with|sit in with) {_OURS}",
            is_direct=False,
        ),
        _frame(
            "wish.good_to",
            "meeting",
            rf"\bit (?:would|might) be (?:great|good|helpful|best|useful|ideal|nice) to {_POLITE}(?:{lex.INVITE}|{lex.CALL})",
            is_direct=False,
        ),
        _frame(
            "wish.have_at",
            "meeting",
            rf"{_WISHER}{_DESIRE} (?:to )?(?:have|get|see) (?:you|{lex.NAME}|{lex.SOMEONE}) (?:on|at|in|join|for|attend) (?:our|the|a|an|my|this) (?:[\w'-]+ ){{0,3}}?{lex.SESSION}",
            is_direct=False,
        ),
        _frame(
            "wish.minutes",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to (?:get|have|grab) )?(?:\d+|ten|fifteen|twenty|thirty|five|a few|a couple(?: of)?|some|half an|an|a half|a) ?(?:minutes?|mins?|hours?|time|moment|word) (?:(?:on the phone |on a call |tomorrow |today |this week |next week )?with {_OURS}|of your time)",
            is_direct=False,
        ),
        _frame(
            "wish.by_phone",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}(?:discuss|talk|go over|review|cover|resolve|handle|settle|hash)[^.?!;]{{0,50}} (?:by (?:phone|telephone)|over the phone|on the phone|on a call|in person|face to face|live)\b",
            is_direct=False,
        ),
        _frame(
            "wish.hear",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}(?:hear|get a response|have a response) (?:back )?from (?P<who>(?:an? )?(?:\w+ )?(?:human(?: being)?|person|manager|supervisor|someone (?:by phone|in charge|senior|in management)))",
            is_direct=False,
        ),
        _frame(
            "wish.get_someone",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}(?:get|have|reach|be (?:connected|transferred|put through)(?: to| with)) (?:an? )?(?P<who>{lex.SOMEONE})(?: (?:on the (?:phone|line)|by phone|to {lex.CALL}|{lex.CALL}))",
            is_direct=False,
        ),
        _frame(
            "wish.session", "meeting", rf"{_WISHER}{_DESIRE} (?:to )?{_POLITE}{lex.INVITE}", is_direct=False
        ),
        _frame(
            "wish.call",
            "call",
            rf"{_WISHER}{_DESIRE} (?:to (?:get|have|receive|arrange|do) |for )?(?:an? |the |your |some |another )(?:{lex.ADJ})*{lex.SESSION_NOUN}(?: ?back)?(?! (?:option|log|cent|sheet|room|space|notes|minutes|report|order|package|to (?:discuss )?internally|from (?!you\b|someone|somebody|your\b|the\b|a\b|an\b|whoever|management|priya)))(?=[ .,!?;:)-]|$)",
            is_direct=False,
        ),
        _frame(
            "wish.human",
            "call",
            rf"{_WISHER}{_DESIRE} (?:an? |some )?(?:real |live |actual |living )*(?:human(?: being)?|person to (?:talk|speak|call|person)|live person|real person|manager|supervisor)\b(?! (?:error|review of|resources|signature|approval|sign))",
            is_direct=False,
        ),
        _frame(
            "wish.someone_look",
            "review",
            rf"{_WISHER}{_DESIRE} (?:an? |for )?(?P<who>{lex.SOMEONE}) (?:to |who can |who could )?{_POLITE}{lex.REVIEW}",
            is_direct=False,
        ),
        _frame(
            "wish.we_talk",
            "call",
            rf"\bwe (?:really |do |urgently |just )?(?:need|have) to {_POLITE}(?:talk|speak|meet)(?=$| *[?.,!-]| (?:{lex.TIME}|about|this|it|live|over|by|with (?:you|someone|your)|asap|urgently|please|regarding|re)\b)",
            is_direct=False,
        ),
        _frame(
            "wish.appreciated",
            "call",
            rf"\b(?:an? )(?:{lex.ADJ})*(?:call(?:[- ]?back)?|phone ?call|chat|meeting|conversation|zoom|ring)\b[^.?!;]{{0,60}} (?:would|will|is|are) (?:be )?(?:very |much |greatly |really |most |so |the )*(?:appreciated|great|good|helpful|nice|welcome|best|ideal|useful|perfect|wonderful|preferred|preferable|requested|needed|required|in order)",
            is_direct=False,
        ),
        _frame(
            "wish.requested",
            "call",
            r"^(?:\W*(?:call ?-?back|phone call|return call|meeting|call) (?:is )?(?:requested|needed|required|please|pls|asap)|(?:requesting|need|request|needing|want|would like) (?:an? )?(?:urgent |immediate |quick |phone )*(?:call(?:[- ]?back)?|phone call|meeting|zoom))\b",
            is_direct=True,
        ),
        _frame(
            "wish.someone_should",
            "call",
            rf"\b(?:i|we) (?:insist|demand|request|ask|suggest|propose|require)(?:s|ed)? (?:that )?(?P<who>{lex.SOMEONE}|we|you) {lex.CALL}",
            is_direct=False,
        ),
    ]


_WHEN_TALK = r"(?:talk|speak|chat|meet|connect|call|get together|catch up|touch base|hop on|jump on|have (?:a|our|that) (?:call|chat|meeting|conversation)|get on (?:a call|the phone)|discuss(?: this| it)?(?: live| by phone)?|do (?:a|the|that) (?:call|zoom|meeting)|sit down)"


def _time_frames() -> list[Frame]:
    purpose = rf"(?:for (?:an? |our |that |the |another )?{lex.SESSION}|to (?:an? |another )(?:{lex.ADJ})*(?:call|meeting|chat|zoom|visit|conversation|conference call)\b|to {_POLITE}(?:talk|speak|chat|meet|connect|(?:reach|catch|get|phone|call|ring) (?:you|him|her|them|priya|{lex.NAME}|your \w+)|hop on|jump on|get on|have a (?:call|chat|meeting)|discuss|do (?:a|the) (?:call|zoom|demo|walkthrough)|join|attend|come (?:by|in|over|out)|stop by|touch base|catch up|go over|walk (?:me|us)|sit down|call (?:me|us)))"
    when = rf"(?:{lex.WEEKDAY}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|this (?:morning|afternoon|week|evening)|next (?:week|\w+day)|at \d{{1,2}}(?::\d\d)?|(?:\w+ )?\d{{1,2}}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|noon|any ?time|sometime|the week of [\w ]+|early next week|later (?:today|this week))"
    return [
        _frame(
            "time.free_for",
            "meeting",
            rf"\b(?:are|is|would|will|be|r) (?:{_WHO}|the (?:team|two of you))(?: be)? (?:all |both |also |by any chance )?(?:free|available|around|open|up|able|game|in|willing|interested)[^.?!;]{{0,60}}? {purpose}",
            is_question=True,
        ),
        _frame(
            "time.free_when",
            "meeting",
            rf"\b(?:are|is|would|will) {_WHO}(?: be)? (?:free|available|around|open)(?: (?:on|for|any ?time|sometime|later|tomorrow|today|to talk|at all|next|this))* ?(?:{when})(?![^?]*\b(?:order|appraisal|assignment|inspect\w*|accept|take|rush|complete|report)\b)[^.?!;]{{0,60}}\?",
            is_question=True,
        ),
        _frame(
            "time.have",
            "meeting",
            rf"\b(?:do|does|would|will) {_WHO} (?:happen to )?have (?:any |some |a |an |the |time|\d+|few|minutes?|moment|availability|half|ten|fifteen|twenty|thirty|five|bandwidth|capacity|room|window|opening|slot)[^.?!;]{{0,60}}? {purpose}",
            is_question=True,
        ),
        _frame(
            "time.got",
            "meeting",
            rf"(?:^|[,;.!-] ?)(?:got|have|do you have|any|anyone|someone|you|free|time|available|availability|up|open|room|game|around|a minute|a few minutes)\b(?: (?:a|an|any|some|few|couple|of|time|minutes?|min|mins|sec|second|moment|availability|slot|free|you|guys|available|\d+|two|three|five|ten|fifteen|twenty|thirty|half|hour|today|tomorrow|this|next|week|afternoon|morning|on|at|later|{lex.WEEKDAY}))*? {purpose}[^.]*\?",
            is_question=True,
        ),
        _frame(
            "time.when",
            "meeting",
            rf"(?:^(?=(?:when|what|which|how) (?:can|could|should|would|are|is|do|does|time|day|works))|(?=[^.!]*\?))\b(?:when|what (?:time|day|date)s?|which (?:day|time)s?|how soon|what (?:does|is) your (?:calendar|availability|schedule))\b[^.?!;]{{0,60}}?(?:can|could|should|may|might|would|are|is|do|does|will|works?|look|'s)\b[^.?!;]{{0,50}}?(?:\b(?:we|i|you|y'all|both|everyone|someone|your \w+|{lex.NAME}) (?:all |both |be able to |please |be |two )*{_WHEN_TALK}\b|{purpose})",
            is_question=True,
        ),
        _frame(
            "time.work",
            "meeting",
            rf"\b(?:does|do|would|will|could|can|is|are|how(?:'s| is| about| does)|what about|might)\b[^.?!;]{{0,60}}?\b(?:work|suit|good|ok|okay|fine|possible|convenient|doable|{lex.WEEKDAY}|today|tomorrow|about|week|pm|am)\b[^.?!;]{{0,40}}? {purpose}[^.?!]*\?",
            is_question=True,
        ),
        _frame(
            "time.how_about",
            "meeting",
            rf"\b(?:how about|what about|any chance of|any chance for|chance of|possible to (?:get|have|arrange|schedule|set up)|up for|can (?:i|we) (?:please )?(?:get|have|do|set up|grab)|could (?:i|we) (?:please |possibly |maybe )?(?:get|have|do|set up|grab)|may (?:i|we) (?:get|have)|fancy) (?:an? |another |some |that |the )?{lex.SESSION}",
            is_question=True,
        ),
        _frame(
            "time.bare",
            "meeting",
            rf"^(?:an? )?(?:{lex.ADJ})*(?:call|chat|zoom|phone call|teams call|meeting|callback|call back)(?: (?:{when}|at|on|this|next|to|about|back|re|regarding|later|please|pls|asap)\b[^.?!]*)?\?",
            is_question=True,
        ),
        _frame(
            "time.want_to",
            "meeting",
            rf"\b(?:did|do|would|don't) (?:you|you guys|y'all) (?:want|like|care|have time|happen to have time) to {_POLITE}(?:{lex.INVITE}|{lex.JOINT}|{lex.MEET})[^.]*\?",
            is_question=True,
        ),
        _frame(
            "time.joint",
            "meeting",
            rf"\b(?:can|could|may|might|should|shall|would) (?:we(?: all| both)?|(?:the )?(?:two|three|both|all) of us|(?:you|i|{lex.NAME}) and (?:i|you|{lex.NAME})) {_POLITE}{lex.JOINT}",
            is_question=True,
        ),
        _frame(
            "time.you_talk",
            "meeting",
            rf"\b(?:can|could|would) (?:you|you guys|y'all|{lex.NAME}) {_POLITE}(?:talk|speak|chat|meet)(?: (?:by phone|live|briefly|quickly|early|late))* {when}",
            is_question=True,
        ),
        _frame(
            "time.possible",
            "meeting",
            rf"^\W*(?:would it be |is it |be )?(?:possible|ok|okay|able|free|available) to {_POLITE}{lex.JOINT}",
            is_question=True,
        ),
        _frame(
            "time.i_speak",
            "call",
            rf"\b(?:can|could|may|might) i {_POLITE}(?:speak|talk|chat|meet)(?: directly| briefly| live)? (?:to|with) {_OURS}",
            is_question=True,
        ),
        _frame(
            "time.i_get",
            "call",
            rf"\b(?:can|could|may|might) (?:i|we) {_POLITE}(?:get|have) (?P<who>{lex.SOMEONE}|{lex.APPRAISER}|{lex.NAME}|you) (?:to )?{_POLITE}(?:{lex.CALL}|{lex.MEET}|on the (?:phone|line))",
            is_question=True,
        ),
        _frame(
            "time.i_come",
            "meeting",
            rf"\b(?:can|could|may|might) (?:i|we) {_POLITE}(?:come|stop|drop|swing) (?:by|in|over|to your office)\b",
            is_question=True,
        ),
        _frame(
            "time.i_call",
            "call",
            rf"\b(?:can|could|may|might|should|shall) (?:i|we) {_POLITE}(?:call|phone|ring|give (?:you|{lex.NAME}|your \w+) a (?:quick )?(?:call|ring)|reach)(?: (?:you|someone|{lex.NAME}|your (?:\w+ )?\w+))?(?: (?:back|directly|up))? ?{when}[^.?!;]{{0,40}}\?",
            is_question=True,
        ),
        _frame(
            "time.best_to_reach",
            "call",
            rf"\bwhat(?:'s| is| would be) (?:the |a |your )?(?:best |good |direct |right )?(?:number|time|phone|line|extension)(?: (?:today|tomorrow|for you|this week|next week))* (?:to|for me to|i can|we can) (?:reach|call|ring|phone|catch) (?:you|{lex.NAME}|someone|your \w+)\b",
            is_question=True,
        ),
        _frame(
            "time.hope_time",
            "meeting",
            rf"\b(?:hoping|hope|wondering if|wonder if|assuming|trust) (?:that )?{_WHO} (?:has|have|had|might have|would have|can find|could find|can spare|could spare) (?:some |a few |a |any |\d+ |half an hour|time|minutes)[^.?!;]{{0,40}}? {purpose}",
        ),
        _frame(
            "time.someone_there",
            "call",
            rf"\b(?:is there|do you have|have you got) (?P<who>{lex.SOMEONE}|a (?:number|person|contact)[^.?!;]{{0,30}}?) (?:that |who |there |available |for |at your \w+ |in your \w+ |on your \w+ )*(?:i|we|he|she|they|my \w+|our \w+)?\s?(?:can|could|to|may|should) (?:speak|talk|chat|meet|call)(?: (?:to|with))?",
            is_question=True,
        ),
        _frame(
            "time.a_time",
            "meeting",
            rf"\bis there (?:a|any|another|some) (?:good |better |convenient )?(?:time|day|slot|window|moment)[^.?!;]{{0,40}}? (?:{purpose}|(?:when |that |where )?(?:i|we) (?:can|could|might|may) {_POLITE}{_WHEN_TALK})",
            is_question=True,
        ),
        _frame(
            "time.word",
            "call",
            rf"\b(?:can|could|may|might) (?:i|we) {_POLITE}(?:have|get|grab|steal) (?:an? )?(?:quick |brief |short |private )*(?:word|chat|minute|moment|call|meeting|conversation) with {_OURS}",
            is_question=True,
        ),
        _frame(
            "wish.vital_i",
            "call",
            rf"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary) (?:that|for) (?:i|we|me|us|he|she|my \w+|our \w+) (?:to )?{_POLITE}(?:speak|talk|meet|chat)(?: directly)? (?:to|with) {_OURS}",
            is_direct=False,
        ),
        _frame(
            "time.until_spoken",
            "call",
            r"\b(?:until|till|before|unless|without) (?:you(?:'ve| have)?|someone(?: has|'s)?|we(?:'ve| have)?|your \w+ has) (?:have |has )?(?:spoken|talked|met|speak|talk|speaking|talking) (?:to|with) (?:me|us)\b[^.?!;]{0,20}(?:by phone|on the phone|in person|live)",
            is_negatable=False,
        ),
        _frame(
            "time.who",
            "call",
            r"\bwho (?:can|could|should|do|would|may) (?:i|we) (?:need to )?(?:speak|talk|meet|chat) (?:to|with)\b",
            is_question=True,
        ),
        _frame(
            "time.tell_me",
            "meeting",
            rf"\b(?:let (?:me|us|her|him|them) know|tell (?:me|us)|send (?:me|us|over)|share|advise(?: on)?|suggest|propose|give (?:me|us)|provide|offer)(?: with)? (?:(?:me|us) )?(?:(?:when|what (?:time|day)s?|which (?:day|time)s?|some|a few|a couple(?: of)?|your|any|the best|a good|good|a|times?|how soon)\b[^.?!;]{{0,70}}?)(?:{purpose}|\b(?:we|you|i|she|he|they|someone|{lex.NAME}) (?:can|could|are free to|are available to|is available to|might|'re free to) {_WHEN_TALK})",
        ),
        _frame(
            "time.chance_joint",
            "meeting",
            rf"\b(?:any (?:chance|way)|is there (?:any |a )?(?:chance|way|time)|is it possible|would it be possible|possible|wondering|hoping|hope|see|know|ask|great|good|helpful|nice|appreciate it|love it)(?: that| for| if| whether)? (?:we|i|us|(?:you|{lex.NAME}) and (?:i|you|{lex.NAME})) (?:can |could |might |to |may )*{_POLITE}{lex.JOINT}",
            is_question=False,
        ),
        _frame(
            "time.can_be",
            "meeting",
            rf"\b(?:can|could|would|will) (?:an? |the |our |this )(?:{lex.ADJ})*(?:call|meeting|conference|demo|walkthrough|visit|training)\b be (?:arranged|scheduled|set ?up|organi[sz]ed|booked|held|made)",
            is_question=True,
        ),
    ]


def _review_frames() -> list[Frame]:
    act = lex.REVIEW
    return [
        _frame(
            "review.question", "review", rf"\b{_MODAL} {_POLITE}{_MEMBER},? {_POLITE}{act}", is_question=True
        ),
        _frame(
            "review.cause_question",
            "review",
            rf"\b{_MODAL} (?:{lex.YOU}|we|i|{lex.NAME}) {_POLITE}(?:have|get|ask) {_MEMBER}\s+(?:to )?{_POLITE}{act}",
            is_question=True,
        ),
        _frame(
            "review.cause",
            "review",
            rf"(?:\b(?:please|pls|plz|kindly)\b[, ]*{_POLITE}|{_OPENING}{_POLITE}|\b(?:need|want|like) you to {_POLITE})(?:have|get|ask|assign|send|tell|arrange for|let) {_MEMBER}\s+(?:to |out to |over to )?{_POLITE}{act}",
            is_imperative=True,
        ),
        _frame(
            "review.personally",
            "review",
            rf"\b{_MODAL} {lex.YOU} (?:please )?personally {act}",
            is_question=True,
        ),
        _frame(
            "review.chance",
            "review",
            rf"\b(?:any chance|is there any (?:chance|way)|is it possible(?: for)?|would it be possible(?: for)?|appreciate (?:it )?if|great if|good if|helpful if|see if|know if|wondering if|wonder if|hoping|hoping that|nice if|grateful if) {_MEMBER} (?:can |could |would |might |to |able to )*{_POLITE}{act}",
        ),
        _frame(
            "review.escalate",
            "review",
            r"\b(?:please|can you|could you|would you|need you to|want you to)[^.?!;]{0,30}? ?escalate (?:this|it|that|the \w+|my \w+)[^.?!;]{0,30}? to (?P<who>your|a|the|someone|management|\w+)",
            is_question=False,
        ),
        _frame(
            "review.escalate_want",
            "review",
            rf"{_WISHER}{_DESIRE} (?:this|it|that)(?: to be)? (?:escalated|looked (?:at|into)|reviewed|investigated|handled|checked) (?:by|to) {_MEMBER}",
            is_direct=False,
        ),
        _frame(
            "review.eyes",
            "review",
            r"\b(?:need|want|like|please (?:get|put|have)|can we (?:get|have)|could we (?:get|have)) (?:an? )?(?:human|second set of|fresh|another set of|senior|real|pair of) (?:eyes|review|reviewer|person)\b(?: (?:on|to|at|of))",
            is_direct=False,
        ),
    ]


FRAMES: tuple[Frame, ...] = (
    *_act_frames("call", lex.CALL),
    *_act_frames("meeting", lex.MEET),
    *_time_frames(),
    *_review_frames(),
    *_wish_frames(),
)
