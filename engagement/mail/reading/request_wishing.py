"""The forms of wishing to talk with us, of doing something together, and of finding the time for it.

What lives here: those forms. What does not: asking somebody for an act (`request_asking`).
"""

from __future__ import annotations

from .request_acts import SESSION, WHEN, Act
from .request_form import (
    ALL_OF_US,
    ASK,
    ASKED,
    ASKING_WHETHER,
    DOING,
    HOPE,
    JOINTLY,
    MODAL,
    PLEASE,
    POLITE,
    QUESTION_MARK,
    TELL,
    TELL_ME,
    UNTIL,
    WHEN_IS,
    WHO,
    WISH,
    WISHING_TO,
    Form,
    form,
)
from .request_people import APPRAISER, NAMED, OURS, THEIRS

# --- wishing to talk with us, and finding the time ------------------------------------------------------------------------

_WISHING = (
    form(ASK, Act.TALK_WITH_US, rf"\b{MODAL} (?:{THEIRS}|he|she|they|my \w+|our \w+) {POLITE}"),
    form(
        WISH,
        JOINTLY,
        r"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary) (?:that|for) (?:we|us) (?:all )?(?:to )?",
    ),
    form(
        TELL,
        Act.TALK_WITH_US,
        rf"{PLEASE} let (?:me|us|him|her|my \w+|{THEIRS}|{NAMED}) ",
        then=r"(?:talk|speak|chat|meet)\w* (?:to|with) [ꀀꀅ]",
    ),
    form(
        ASK,
        frozenset({Act.SESSION, Act.TALK_WITH_US}),
        r"\btoo much (?:trouble )?to (?:ask|get|have|hope|expect)(?: for)? (?:an? )?",
    ),
    form(
        WISH,
        Act.TALK_WITH_US,
        r"\bit (?:would|'d|might) be (?:\w+ly |so |very )?(?:great|good|helpful|lovely|wonderful|useful|ideal|nice) to ",
        then=r"(?:have|get|see) (?:you|[ꀀꀂ])",
    ),
    form(WISH, frozenset({Act.TALK_WITH_US, Act.INVITE, Act.BY_PHONE}), rf"{WISHING_TO}(?:to )?{POLITE}"),
    form(WISH, Act.MEET, rf"{WISHING_TO}(?:to )?{POLITE}", then=r"get (?:you|[ꀀꀂ])"),
    form(WISH, Act.DOING, rf"{WISHING_TO}(?:your |some |a little )?(?:help|assistance|hand) (?:with |in )?"),
    form(WISH, Act.OUR_TIME, rf"{WISHING_TO}(?:to (?:get|have|grab) )?"),
    form(
        WISH,
        Act.SESSION,
        rf"{WISHING_TO}(?:to (?:get|have|receive|arrange|do) |for )?(?:an? |your |some |another )",
        then=rf"(?!{SESSION} with [ꀃꀄ])",
    ),
    form(WISH, Act.PERSON, rf"{WISHING_TO}"),
    form(
        WISH,
        Act.SESSION,
        r"(?:^|.*[\s(])(?:an? )",
        then=r"[\w :-]{3,40}?\b[^.?!;]{0,60} (?:would|will|is|are) (?:be )?(?:very |much |greatly |really |most |so |the )*(?:appreciated|great|good|helpful|nice|welcome|best|ideal|useful|perfect|wonderful|preferred|preferable|requested|needed|required|in order)\b",
    ),
    form(
        WISH,
        Act.SESSION,
        r"(?<!\bif )(?<!hether )\ban? ",
        then=rf"(?!{SESSION} (?:with|to) [ꀃꀄ])"
        r"[\w :ꀀ-ꀅ-]{3,60}? (?:would|will|could|might) (?:\w+ly |really |certainly )?(?:help(?! you\b)|go a long way|do (?:it|the trick|wonders)|settle (?:it|this|that)|clear (?:it|this|that|things) up|make (?:it|this|things|my|our|his|her) [\w ]{2,20}easier|suffice)\b",
    ),
    form(
        TELL,
        Act.SESSION,
        r"^\W*",
        then=r"(?:call ?-?back|phone call|return call|meeting|call) (?:is )?(?:requested|needed|required|please|pls|asap)\b",
    ),
    form(
        TELL,
        Act.SESSION,
        r"^(?:requesting|need|request|needing|want|would like) (?:an? )?",
        then=r"(?:urgent |immediate |quick |phone )*(?:call(?:[- ]?back)?|phone call|meeting|zoom)\b",
    ),
    form(
        WISH,
        frozenset({Act.INVITE, Act.CALL}),
        rf"\bit(?:'d| would| might) be (?:\w+ly |so |very )?(?:great|good|helpful|best|useful|ideal|nice|better|easier|easiest|quicker|simpler) to {POLITE}",
    ),
    form(
        WISH,
        Act.BY_PHONE,
        rf"\bit(?:'d| would| might) be (?:\w+ly |so |very )?(?:best|better|easier|easiest|quicker|simpler|good|great|helpful) (?:if we could |to ){POLITE}",
    ),
    form(
        WISH,
        Act.TOGETHER,
        rf"\bwe (?:really |do |urgently |just )?(?:need|have) to {POLITE}",
        then=r"(?:talk|speak|meet|get together|sit down)\b",
    ),
    form(
        WISH,
        JOINTLY,
        rf"\b(?:wise|smart|worthwhile|prudent|good|best|great|helpful|important|useful|nice|time|better) for (?:{ALL_OF_US}|us) to {POLITE}",
    ),
    form(
        WISH,
        JOINTLY | {Act.MEET},
        rf"{WISHING_TO}(?:for )?(?:us|the two of us)(?: all)? to {POLITE}",
    ),
    form(
        WISH,
        JOINTLY,
        r"\bwe (?:really )?(?:should|ought to) ",
        then=rf"[\w -]{{4,40}}? (?:{WHEN}|before|after|about|to (?:discuss|review|go over))\b",
    ),
    form(
        WISH,
        Act.TALK_WITH_US,
        r"(?:^|[;,] |\band )",
        then=r"your (?:presence|attendance|participation)\b[^.?!;]{3,80} (?:is|would be) (?:\w+ly )?(?:requested|required|needed|appreciated)\b",
    ),
    form(
        WISH,
        Act.TOGETHER,
        r"(?:\b(?:i|we)(?:'d| would)|^would) (?:really |very much |both )?(?:like|love) to ",
        then=rf"[\w ]{{3,30}}? (?:over|about|regarding|to (?:discuss|review|go over)|{WHEN})\b",
    ),
    form(
        WISH,
        Act.TALK_WITH_US,
        rf"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary) (?:that|for) (?:i|we|me|us|he|she|my \w+|our \w+|{THEIRS}) (?:to )?{POLITE}",
    ),
    form(
        ASK,
        Act.TALK_WITH_US,
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}",
        then=r"(?:speak|talk|chat|meet|get|have|reach|be)\b",
    ),
    form(
        ASK,
        DOING | {Act.TALK_WITH_US},
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}(?:get|have) (?P<who>{OURS}|{APPRAISER}|{NAMED}|you) (?:to )?{POLITE}",
    ),
    form(ASK, Act.OUR_TIME, rf"\b(?:can|could|may|might) (?:i|we) {POLITE}(?:have|get|grab|steal) "),
    form(
        ASK,
        frozenset({Act.MEET, Act.INVITE}),
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}",
        then=r"(?:come|stop|drop|swing) (?:by|in|over)\b|visit (?:you|ꀀ)|(?:get|set up|schedule|book) ",
    ),
    form(
        UNTIL,
        Act.DONE,
        rf"\b(?:i|we)(?:'m| am|'re| are| will)? (?:not|won't|refuse to|can't|cannot)\b[^.?!;]{{0,60}} (?:until|till|unless|before) (?:you|{OURS})(?: actually| finally)? ",
    ),
    form(
        UNTIL,
        Act.DONE,
        rf"\b(?:until|till|before|unless|without) (?:you(?:'ve| have)?|{OURS}(?: has|'s)?|we(?:'ve| have)?) ?(?:have |has )?",
        then=r"(?:spoken|talked|met|speak|talk)",
    ),
)
_TOGETHER = (
    form(
        ASK,
        Act.SESSION,
        rf"\b(?:would|are|is) {ASKED} (?:be )?(?:open to|up for|interested in|game for|free for|around for) (?:an? )?",
    ),
    form(ASK, JOINTLY, rf"\b(?:can|could|may|might|should|shall|would) {ALL_OF_US} {POLITE}"),
    form(
        ASK,
        JOINTLY,
        rf"\b(?:are|would|will) {ALL_OF_US} (?:be )?(?:able|free|available|ok|okay|still on) (?:to|for) {POLITE}",
    ),
    form(HOPE, JOINTLY, rf"\b{ASKING_WHETHER} (?:{ALL_OF_US}|i|us) (?:can |could |might |to |may )*{POLITE}"),
    form(
        ASK,
        Act.CONVERSE,
        rf"\b(?:can|could|would) (?:you|you guys|y'all|{NAMED}) {POLITE}",
        then=rf"(?:talk|speak|chat|meet)(?: (?:by phone|live|briefly|quickly|early|late))*(?: {WHEN}| ?(?:right )?now\b| ?\?)",
    ),
    form(
        ASK,
        JOINTLY,
        rf"\b(?:would it|does it|might it) (?:make sense|be (?:worth|useful|helpful|a good idea)|help)(?: for us| if we)? (?:to |can |could )?{POLITE}",
    ),
    form(
        ASK,
        frozenset({Act.MEET, Act.DONE}),
        r"\b(?:is|would) it (?:be )?(?:ok|okay|alright|all right|fine|possible|convenient)(?: with you)? (?:if (?:i|we) |to |for me to )",
        then=r"(?:(?:stop|com|cam|drop|swing)\w* (?:by|in|over))[^.!]*\?",
    ),
    form(
        ASK,
        JOINTLY,
        rf"^\W*(?:would it be |is it |be )?(?:possible|ok|okay|able|free|available) to {POLITE}",
    ),
    form(
        ASK,
        JOINTLY | {Act.MEET},
        rf"\b(?:did|do|would|don't) (?:you|you guys|y'all) (?:want|like|care|have time|happen to have time) to {POLITE}",
        then=QUESTION_MARK,
    ),
    form(
        ASK,
        Act.SESSION,
        r"\b(?:how about|what about|any chance of|any chance for|chance of|possible to (?:get|have|arrange|schedule|set up)|up for|(?:can|could|may) (?:i|we) (?:please |possibly |maybe )?(?:get|have|do|set up|grab)|fancy) (?:an? |another |some |that |the )?",
    ),
    form(
        ASK,
        Act.SESSION,
        r"\b(?:would|is|could|might|will) (?:an? |another |some )",
        then=r"[\w :-]{3,60}? (?:be (?:of interest|possible|useful|helpful|worth|ok|okay|an option|feasible|good|convenient)|work|help|make sense|suit)\b[^.]*\?",
    ),
    form(
        ASK,
        Act.SESSION,
        r"^(?:(?:perhaps|maybe|\w+day|tomorrow|an?) )*",
        then=rf"[\w :-]*?\b(?:call|chat|zoom|meeting|call ?back|lunch|coffee|breakfast)(?: (?:{WHEN}|at|on|this|next|to|about|back|re|regarding|later|please|pls|asap)\b[^.?!]*)?\?",
    ),
    form(
        ASK,
        Act.SESSION,
        r"\b(?:can|could|would|will) (?:an? |the |our |this )",
        then=r"[\w :-]*?\b(?:call|meeting|conference|demo|walkthrough|visit|training) be (?:arranged|scheduled|set ?up|organi[sz]ed|booked|held|made)\b",
    ),
)
_FINDING_TIME = (
    form(
        HOPE,
        Act.REACH_US,
        rf"\b{TELL_ME}\b(?:we|i|she|he|they|my \w+|{THEIRS}|{NAMED}) (?:can|could|might|may) ",
        then=r"\w+ (?:you|[ꀀꀅ])",
    ),
    form(
        ASK,
        Act.PURPOSE,
        rf"\b(?:are|is|would|will|be|r) (?:{WHO}|the two of you)(?: be)? (?:all |both |also |by any chance )?(?:free|available|around|open|up|able|game|in|willing|interested)[^.?!;]{{0,60}}? ",
    ),
    form(ASK, Act.AVAILABLE, rf"\b(?:are|is|would|will) {WHO}(?: be)? "),
    form(
        ASK,
        Act.PURPOSE,
        rf"\b(?:(?:do|does|would|will|might|could) {WHO} (?:happen to )?have|(?:has|have) (?:{ASKED}) got) (?:any |some |a |an |the |time|\d+|few|minutes?|moment|availability|half|ten|fifteen|twenty|thirty|five|bandwidth|capacity|room|window|opening|slot)[^.?!;]{{0,60}}? ",
    ),
    form(
        ASK,
        Act.PURPOSE,
        rf"(?:^|[,;:.!-] ?)(?:got|have|do you have|any|anyone|{OURS}|you|u|r u|free|time|available|availability|up|open|room|game|around|a minute|a few minutes)\b(?: (?:a|an|any|some|few|couple|of|time|minutes?|min|mins|sec|second|moment|availability|slot|free|"
        r"you|guys|available|\d+|two|three|five|ten|fifteen|twenty|thirty|half|hour|today|tomorrow|this|next|week|afternoon|morning|on|at|later|\w+day))* ",
        then=r"[^.]*\?",
    ),
    form(ASK, Act.PURPOSE, rf"\b{WHEN_IS}", then=QUESTION_MARK),
    form(
        ASK,
        Act.CONVERSE,
        rf"\b{WHEN_IS}\b(?:{ASKED}|{ALL_OF_US}|i|everyone|your \w+) (?:all |both |be able to |please |be |two )*",
        then=QUESTION_MARK,
    ),
    form(
        ASK,
        Act.CONVERSE,
        rf"^(?=(?:when|what|which|how) (?:can|could|should|would|are|is|do|does|time|day|works)\b){WHEN_IS}\b(?:{ASKED}|{ALL_OF_US}|i|everyone|your \w+) (?:all |both |be able to |please |be |two )*",
    ),
    form(
        ASK,
        Act.PURPOSE,
        r"(?:^(?=\w+day\b|tomorrow\b|next\b|\d)|\b(?:does|do|would|will|could|can|is|are|how(?:'s| is| about| does)|what about|might)\b)[^.?!;]{0,60}?\b(?:work|suit|good|ok|okay|fine|possible|convenient|doable|\w+day|today|tomorrow|about|week|pm|am)\b[^.?!;]{0,40}? ",
        then=QUESTION_MARK,
    ),
    form(
        ASK,
        Act.REACH_US,
        rf"\b(?:when|what time|what day|which day)\b[^.?!;]{{0,30}}\b(?:can|could|may|should) (?:i|we) {POLITE}",
        then=r"\w+ (?:you|[ꀀꀂꀅ])",
    ),
    form(
        ASK,
        Act.REACH_US,
        rf"\b(?:can|could|may|might|should|shall) (?:i|we) {POLITE}",
        then=rf"[\wꀀ-ꀅ ]{{3,40}}? ?{WHEN}[^.?!;]{{0,40}}\?",
    ),
    form(
        ASK,
        Act.REACH_US,
        r"\bwhat(?:'s| is| would be) (?:the |a |your )?(?:best |good |direct |right )?(?:number|time|phone|line|extension)(?: (?:today|tomorrow|for you|this week|next week))* (?:to|for me to|i can|we can) ",
        then=r"\w+ (?:you|[ꀀꀂꀅ])",
    ),
    form(
        HOPE,
        Act.PURPOSE,
        rf"\b(?:hoping|hope|wondering if|wonder if|assuming|trust) (?:that )?{WHO} (?:has|have|had|might have|would have|can find|could find|can spare|could spare) (?:some |a few |a |any |\d+ |half an hour|time|minutes)[^.?!;]{{0,40}}? ",
    ),
    form(
        ASK,
        Act.CONVERSE,
        rf"\b(?:is (?=ꀀ)|is there|do you (?:have|know(?: of)?)|have you got) (?P<who>{OURS}|a (?:number|contact)[^.?!;]{{0,30}}?) (?:(?:over )?there )?(?:that |who |there |available |for |at your \w+ |in your \w+ |on your \w+ )*(?:(?:i|we|he|she|they|my \w+|our \w+|{THEIRS}) )?(?:can|could|to|may|should) (?:actually |please |just )?",
    ),
    form(
        ASK,
        Act.PURPOSE,
        r"\bis there (?:a|any|another|some) (?:good |better |convenient )?(?:time|day|slot|window|moment)[^.?!;]{0,40}? ",
    ),
    form(
        ASK,
        Act.TALK_WITH_US,
        r"\b(?:is there|any) (?:a |any |some )?(?:good )?(?:time|day|slot|window)[^.?!;]{0,40}? (?:when |that )?(?:i|we) (?:can|could|might) ",
        then=QUESTION_MARK,
    ),
    form(
        ASK,
        Act.CONVERSE,
        rf"\bis there (?:a|any|another|some) (?:good |better |convenient )?(?:time|day|slot|window|moment)[^.?!;]{{0,40}}? (?:when |that |where )?(?:i|we) (?:can|could|might|may) {POLITE}",
    ),
    form(
        ASK,
        DOING,
        rf"\bwho(?: (?:on|in|at|from) [\w ]{{2,30}}?)? (?:can|could|is able to|is available to|would be able to|might be able to) {POLITE}",
        then=QUESTION_MARK,
    ),
    form(
        ASK,
        Act.CONVERSE,
        r"\b(?:advise|tell (?:me|us)|let (?:me|us) know|know) whom? (?:[\wꀀ-ꀅ' ]{0,30} )?(?:i|we) (?:can|may|should|could|might|need to) ",
        then=r"(?:speak|talk|meet|chat|call)\b",
    ),
    form(
        ASK,
        Act.CONVERSE,
        r"\bwhom? (?:can|could|should|do|would|may) (?:i|we) (?:need to )?",
        then=r"(?:speak|talk|meet|chat) (?:to|with)\b",
    ),
    form(HOPE, Act.PURPOSE, rf"\b{TELL_ME}"),
    form(
        HOPE,
        Act.CONVERSE,
        rf"\b{TELL_ME}\b(?:we|you|i|she|he|they|{OURS}|{NAMED}) (?:can|could|are free to|are available to|is available to|might|'re free to) ",
    ),
)

WISHING: tuple[Form, ...] = (*_WISHING, *_TOGETHER, *_FINDING_TIME)
