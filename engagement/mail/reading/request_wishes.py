"""The forms of wishing for a person's act, and of asking for a time to talk or meet.

What lives here: those frames. What does not: questions and imperatives that name the act itself (`request_frames`).
"""

from __future__ import annotations

from . import request_lexicon as lex
from .request_form import DESIRE, OURS, POLITE, WHO, WISHER, Frame, frame

_LIVE = r"(?:speak(?:ing)?|talk(?:ing)?|meeting|talk [\w ]{2,30}|chat|meet|connect|converse|touch base|catch up|sit down|sync|discuss (?:this|it|that|the [\w ]{2,40}|our [\w ]{2,40}|my [\w ]{2,40}|a [\w ]{2,40}|some [\w ]{2,40})|get on (?:a call|the phone)|hop on a (?:quick )?call|jump on a (?:quick )?call|go over (?:this|it|the [\w ]{2,40}|our [\w ]{2,40})|get together|have a (?:quick |brief |short )?(?:word|call|chat|conversation|meeting|talk)|visit|deal)"
_MANNER = r"(?: (?:directly|personally|briefly|quickly|again|live|by phone|over the phone|on the phone|in person|face to face|about [\w ]{2,40}|today|tomorrow|this week|next week|on \w+day|urgently|asap|now|immediately))*"
WISH_FRAMES: tuple[Frame, ...] = (
    frame(
        "wish.speak",
        "call",
        rf"{WISHER}{DESIRE} (?:to )?{POLITE}{_LIVE}{_MANNER} (?:to|with) {OURS}",
        is_direct=False,
    ),
    frame(
        "wish.interview",
        "meeting",
        rf"{WISHER}{DESIRE} (?:to )?{POLITE}(?:interview|visit with|sit in with) {OURS}",
        is_direct=False,
    ),
    frame(
        "wish.good_to",
        "meeting",
        rf"\bit (?:would|might) be (?:great|good|helpful|best|useful|ideal|nice) to {POLITE}(?:{lex.INVITE}|{lex.CALL})",
        is_direct=False,
    ),
    frame(
        "wish.have_at",
        "meeting",
        rf"{WISHER}{DESIRE} (?:to )?(?:have|get|see) (?:you|{lex.NAME}|{lex.SOMEONE}) (?:on|at|in|join|for|attend) (?:our|the|a|an|my|this) (?:[\w'-]+ ){{0,3}}?{lex.SESSION}",
        is_direct=False,
    ),
    frame(
        "wish.minutes",
        "call",
        rf"{WISHER}{DESIRE} (?:to (?:get|have|grab) )?(?:\d+|ten|fifteen|twenty|thirty|five|a few|a couple(?: of)?|some|half an|an|a half|a) ?(?:minutes?|mins?|hours?|time|moment|word) (?:(?:on the phone |on a call |tomorrow |today |this week |next week )?with {OURS}|of your time)",
        is_direct=False,
    ),
    frame(
        "wish.by_phone",
        "call",
        rf"{WISHER}{DESIRE} (?:to )?{POLITE}(?:discuss|talk|go over|review|cover|resolve|handle|settle|hash)[^.?!;]{{0,50}} (?:by (?:phone|telephone)|over the phone|on the phone|on a call|in person|face to face|live)\b",
        is_direct=False,
    ),
    frame(
        "wish.hear",
        "call",
        rf"{WISHER}{DESIRE} (?:to )?{POLITE}(?:hear|get a response|have a response) (?:back )?from (?P<who>(?:an? )?(?:\w+ )?(?:human(?: being)?|person|manager|supervisor|someone (?:by phone|in charge|senior|in management)))",
        is_direct=False,
    ),
    frame(
        "wish.get_someone",
        "call",
        rf"{WISHER}{DESIRE} (?:to )?{POLITE}(?:get|have|reach|be (?:connected|transferred|put through)(?: to| with)) (?:an? )?(?P<who>{lex.SOMEONE})(?: (?:on the (?:phone|line)|by phone|to {lex.CALL}|{lex.CALL}))",
        is_direct=False,
    ),
    frame("wish.session", "meeting", rf"{WISHER}{DESIRE} (?:to )?{POLITE}{lex.INVITE}", is_direct=False),
    frame(
        "wish.call",
        "call",
        rf"{WISHER}{DESIRE} (?:to (?:get|have|receive|arrange|do) |for )?(?:an? |the |your |some |another )(?:{lex.ADJ})*{lex.SESSION_NOUN}(?: ?back)?(?! (?:option|log|cent|sheet|room|space|notes|minutes|report|order|package|to (?:discuss )?internally|from (?!you\b|someone|somebody|your\b|the\b|a\b|an\b|whoever|management)))(?=[ .,!?;:)-]|$)",
        is_direct=False,
    ),
    frame(
        "wish.human",
        "call",
        rf"{WISHER}{DESIRE} (?:an? |some )?(?:real |live |actual |living )*(?:human(?: being)?|person to (?:talk|speak|call|person)|live person|real person|manager|supervisor)\b(?! (?:error|review of|resources|signature|approval|sign))",
        is_direct=False,
    ),
    frame(
        "wish.someone_look",
        "review",
        rf"{WISHER}{DESIRE} (?:an? |for )?(?P<who>{lex.SOMEONE}) (?:to |who can |who could )?{POLITE}{lex.REVIEW}",
        is_direct=False,
    ),
    frame(
        "wish.we_talk",
        "call",
        rf"\bwe (?:really |do |urgently |just )?(?:need|have) to {POLITE}(?:talk|speak|meet)(?=$| *[?.,!-]| (?:{lex.TIME}|about|this|it|live|over|by|with (?:you|someone|your)|asap|urgently|please|regarding|re)\b)",
        is_direct=False,
    ),
    frame(
        "wish.appreciated",
        "call",
        rf"\b(?:an? )(?:{lex.ADJ})*(?:call(?:[- ]?back)?|phone ?call|chat|meeting|conversation|zoom|ring)\b[^.?!;]{{0,60}} (?:would|will|is|are) (?:be )?(?:very |much |greatly |really |most |so |the )*(?:appreciated|great|good|helpful|nice|welcome|best|ideal|useful|perfect|wonderful|preferred|preferable|requested|needed|required|in order)",
        is_direct=False,
    ),
    frame(
        "wish.requested",
        "call",
        r"^(?:\W*(?:call ?-?back|phone call|return call|meeting|call) (?:is )?(?:requested|needed|required|please|pls|asap)|(?:requesting|need|request|needing|want|would like) (?:an? )?(?:urgent |immediate |quick |phone )*(?:call(?:[- ]?back)?|phone call|meeting|zoom))\b",
        is_direct=True,
    ),
    frame(
        "wish.someone_should",
        "call",
        rf"\b(?:i|we) (?:insist|demand|request|ask|suggest|propose|require)(?:s|ed)? (?:that )?(?P<who>{lex.SOMEONE}|we|you) {lex.CALL}",
        is_direct=False,
    ),
)

_WHEN_TALK = r"(?:talk|speak|chat|meet|connect|call|get together|catch up|touch base|hop on|jump on|have (?:a|our|that) (?:call|chat|meeting|conversation)|get on (?:a call|the phone)|discuss(?: this| it)?(?: live| by phone)?|do (?:a|the|that) (?:call|zoom|meeting)|sit down)"


_PURPOSE = rf"(?:for (?:an? |our |that |the |another )?{lex.SESSION}|to (?:an? |another )(?:{lex.ADJ})*(?:call|meeting|chat|zoom|visit|conversation|conference call)\b|to {POLITE}(?:talk|speak|chat|meet|connect|(?:reach|catch|get|phone|call|ring) (?:you|him|her|them|{lex.NAME}|your \w+)|hop on|jump on|get on|have a (?:call|chat|meeting)|discuss|do (?:a|the) (?:call|zoom|demo|walkthrough)|join|attend|come (?:by|in|over|out)|stop by|touch base|catch up|go over|walk (?:me|us)|sit down|call (?:me|us)))"
_WHEN = rf"(?:{lex.WEEKDAY}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|this (?:morning|afternoon|week|evening)|next (?:week|\w+day)|at \d{{1,2}}(?::\d\d)?|(?:\w+ )?\d{{1,2}}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|noon|any ?time|sometime|the week of [\w ]+|early next week|later (?:today|this week))"
TIME_FRAMES: tuple[Frame, ...] = (
    frame(
        "time.free_for",
        "meeting",
        rf"\b(?:are|is|would|will|be|r) (?:{WHO}|the (?:team|two of you))(?: be)? (?:all |both |also |by any chance )?(?:free|available|around|open|up|able|game|in|willing|interested)[^.?!;]{{0,60}}? {_PURPOSE}",
        is_question=True,
    ),
    frame(
        "time.free_when",
        "meeting",
        rf"\b(?:are|is|would|will) {WHO}(?: be)? (?:free|available|around|open)(?: (?:on|for|any ?time|sometime|later|tomorrow|today|to talk|at all|next|this))* ?(?:{_WHEN})(?![^?]*\b(?:order|appraisal|assignment|inspect\w*|accept|take|rush|complete|report)\b)[^.?!;]{{0,60}}\?",
        is_question=True,
    ),
    frame(
        "time.have",
        "meeting",
        rf"\b(?:do|does|would|will) {WHO} (?:happen to )?have (?:any |some |a |an |the |time|\d+|few|minutes?|moment|availability|half|ten|fifteen|twenty|thirty|five|bandwidth|capacity|room|window|opening|slot)[^.?!;]{{0,60}}? {_PURPOSE}",
        is_question=True,
    ),
    frame(
        "time.got",
        "meeting",
        rf"(?:^|[,;.!-] ?)(?:got|have|do you have|any|anyone|someone|you|free|time|available|availability|up|open|room|game|around|a minute|a few minutes)\b(?: (?:a|an|any|some|few|couple|of|time|minutes?|min|mins|sec|second|moment|availability|slot|free|you|guys|available|\d+|two|three|five|ten|fifteen|twenty|thirty|half|hour|today|tomorrow|this|next|week|afternoon|morning|on|at|later|{lex.WEEKDAY}))*? {_PURPOSE}[^.]*\?",
        is_question=True,
    ),
    frame(
        "time.when",
        "meeting",
        rf"(?:^(?=(?:when|what|which|how) (?:can|could|should|would|are|is|do|does|time|day|works))|(?=[^.!]*\?))\b(?:when|what (?:time|day|date)s?|which (?:day|time)s?|how soon|what (?:does|is) your (?:calendar|availability|schedule))\b[^.?!;]{{0,60}}?(?:can|could|should|may|might|would|are|is|do|does|will|works?|look|'s)\b[^.?!;]{{0,50}}?(?:\b(?:we|i|you|y'all|both|everyone|someone|your \w+|{lex.NAME}) (?:all |both |be able to |please |be |two )*{_WHEN_TALK}\b|{_PURPOSE})",
        is_question=True,
    ),
    frame(
        "time.work",
        "meeting",
        rf"\b(?:does|do|would|will|could|can|is|are|how(?:'s| is| about| does)|what about|might)\b[^.?!;]{{0,60}}?\b(?:work|suit|good|ok|okay|fine|possible|convenient|doable|{lex.WEEKDAY}|today|tomorrow|about|week|pm|am)\b[^.?!;]{{0,40}}? {_PURPOSE}[^.?!]*\?",
        is_question=True,
    ),
    frame(
        "time.how_about",
        "meeting",
        rf"\b(?:how about|what about|any chance of|any chance for|chance of|possible to (?:get|have|arrange|schedule|set up)|up for|can (?:i|we) (?:please )?(?:get|have|do|set up|grab)|could (?:i|we) (?:please |possibly |maybe )?(?:get|have|do|set up|grab)|may (?:i|we) (?:get|have)|fancy) (?:an? |another |some |that |the )?{lex.SESSION}",
        is_question=True,
    ),
    frame(
        "time.bare",
        "meeting",
        rf"^(?:an? )?(?:{lex.ADJ})*(?:call|chat|zoom|phone call|teams call|meeting|callback|call back)(?: (?:{_WHEN}|at|on|this|next|to|about|back|re|regarding|later|please|pls|asap)\b[^.?!]*)?\?",
        is_question=True,
    ),
    frame(
        "time.want_to",
        "meeting",
        rf"\b(?:did|do|would|don't) (?:you|you guys|y'all) (?:want|like|care|have time|happen to have time) to {POLITE}(?:{lex.INVITE}|{lex.JOINT}|{lex.MEET})[^.]*\?",
        is_question=True,
    ),
    frame(
        "time.joint",
        "meeting",
        rf"\b(?:can|could|may|might|should|shall|would) (?:we(?: all| both)?|(?:the )?(?:two|three|both|all) of us|(?:you|i|{lex.NAME}) and (?:i|you|{lex.NAME})) {POLITE}{lex.JOINT}",
        is_question=True,
    ),
    frame(
        "time.you_talk",
        "meeting",
        rf"\b(?:can|could|would) (?:you|you guys|y'all|{lex.NAME}) {POLITE}(?:talk|speak|chat|meet)(?: (?:by phone|live|briefly|quickly|early|late))* {_WHEN}",
        is_question=True,
    ),
    frame(
        "time.make_sense",
        "meeting",
        rf"\b(?:would it|does it|might it) (?:make sense|be (?:worth|useful|helpful|a good idea)|help)(?: for us| if we)? (?:to |can |could )?{POLITE}(?:{lex.INVITE}|{lex.JOINT})",
        is_question=True,
    ),
    frame(
        "time.ring_you",
        "call",
        rf"\b(?:when|what time|what day|which day)\b[^.?!;]{{0,30}}\b(?:can|could|may|should) (?:i|we) {POLITE}(?:ring|phone|call|reach|catch) (?:you|{lex.NAME}|your \w+)\b",
        is_question=True,
    ),
    frame(
        "time.possible",
        "meeting",
        rf"^\W*(?:would it be |is it |be )?(?:possible|ok|okay|able|free|available) to {POLITE}{lex.JOINT}",
        is_question=True,
    ),
    frame(
        "time.i_speak",
        "call",
        rf"\b(?:can|could|may|might) i {POLITE}(?:speak|talk|chat|meet)(?: directly| briefly| live)? (?:to|with) {OURS}",
        is_question=True,
    ),
    frame(
        "time.i_get",
        "call",
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}(?:get|have) (?P<who>{lex.SOMEONE}|{lex.APPRAISER}|{lex.NAME}|you) (?:to )?{POLITE}(?:{lex.CALL}|{lex.MEET}|on the (?:phone|line))",
        is_question=True,
    ),
    frame(
        "time.i_come",
        "meeting",
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}(?:come|stop|drop|swing) (?:by|in|over|to your office)\b",
        is_question=True,
    ),
    frame(
        "time.i_call",
        "call",
        rf"\b(?:can|could|may|might|should|shall) (?:i|we) {POLITE}(?:call|phone|ring|give (?:you|{lex.NAME}|your \w+) a (?:quick )?(?:call|ring)|reach)(?: (?:you|someone|{lex.NAME}|your (?:\w+ )?\w+))?(?: (?:back|directly|up))? ?{_WHEN}[^.?!;]{{0,40}}\?",
        is_question=True,
    ),
    frame(
        "time.best_to_reach",
        "call",
        rf"\bwhat(?:'s| is| would be) (?:the |a |your )?(?:best |good |direct |right )?(?:number|time|phone|line|extension)(?: (?:today|tomorrow|for you|this week|next week))* (?:to|for me to|i can|we can) (?:reach|call|ring|phone|catch) (?:you|{lex.NAME}|someone|your \w+)\b",
        is_question=True,
    ),
    frame(
        "time.hope_time",
        "meeting",
        rf"\b(?:hoping|hope|wondering if|wonder if|assuming|trust) (?:that )?{WHO} (?:has|have|had|might have|would have|can find|could find|can spare|could spare) (?:some |a few |a |any |\d+ |half an hour|time|minutes)[^.?!;]{{0,40}}? {_PURPOSE}",
    ),
    frame(
        "time.someone_there",
        "call",
        rf"\b(?:is there|do you have|have you got) (?P<who>{lex.SOMEONE}|a (?:number|person|contact)[^.?!;]{{0,30}}?) (?:that |who |there |available |for |at your \w+ |in your \w+ |on your \w+ )*(?:i|we|he|she|they|my \w+|our \w+)?\s?(?:can|could|to|may|should) (?:speak|talk|chat|meet|call)(?: (?:to|with))?",
        is_question=True,
    ),
    frame(
        "time.a_time",
        "meeting",
        rf"\bis there (?:a|any|another|some) (?:good |better |convenient )?(?:time|day|slot|window|moment)[^.?!;]{{0,40}}? (?:{_PURPOSE}|(?:when |that |where )?(?:i|we) (?:can|could|might|may) {POLITE}{_WHEN_TALK})",
        is_question=True,
    ),
    frame(
        "time.word",
        "call",
        rf"\b(?:can|could|may|might) (?:i|we) {POLITE}(?:have|get|grab|steal) (?:an? )?(?:quick |brief |short |private )*(?:word|chat|minute|moment|call|meeting|conversation) with {OURS}",
        is_question=True,
    ),
    frame(
        "wish.vital_i",
        "call",
        rf"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary) (?:that|for) (?:i|we|me|us|he|she|my \w+|our \w+) (?:to )?{POLITE}(?:speak|talk|meet|chat)(?: directly)? (?:to|with) {OURS}",
        is_direct=False,
    ),
    frame(
        "time.until_spoken",
        "call",
        r"\b(?:until|till|before|unless|without) (?:you(?:'ve| have)?|someone(?: has|'s)?|we(?:'ve| have)?|your \w+ has) (?:have |has )?(?:spoken|talked|met|speak|talk|speaking|talking) (?:to|with) (?:me|us)\b[^.?!;]{0,20}(?:by phone|on the phone|in person|live)",
        is_negatable=False,
    ),
    frame(
        "time.who",
        "call",
        r"\bwho (?:can|could|should|do|would|may) (?:i|we) (?:need to )?(?:speak|talk|meet|chat) (?:to|with)\b",
        is_question=True,
    ),
    frame(
        "time.tell_me",
        "meeting",
        rf"\b(?:let (?:me|us|her|him|them) know|tell (?:me|us)|send (?:me|us|over)|share|advise(?: on)?|suggest|propose|give (?:me|us)|provide|offer)(?: with)? (?:(?:me|us) )?(?:(?:when|what (?:time|day)s?|which (?:day|time)s?|some|a few|a couple(?: of)?|your|any|the best|a good|good|a|times?|how soon)\b[^.?!;]{{0,70}}?)(?:{_PURPOSE}|\b(?:we|you|i|she|he|they|someone|{lex.NAME}) (?:can|could|are free to|are available to|is available to|might|'re free to) {_WHEN_TALK})",
    ),
    frame(
        "time.chance_joint",
        "meeting",
        rf"\b(?:any (?:chance|way)|is there (?:any |a )?(?:chance|way|time)|is it possible|would it be possible|possible|wondering|hoping|hope|see|know|ask|great|good|helpful|nice|appreciate it|love it)(?: that| for| if| whether)? (?:we|i|us|(?:you|{lex.NAME}) and (?:i|you|{lex.NAME})) (?:can |could |might |to |may )*{POLITE}{lex.JOINT}",
        is_question=False,
    ),
    frame(
        "time.can_be",
        "meeting",
        rf"\b(?:can|could|would|will) (?:an? |the |our |this )(?:{lex.ADJ})*(?:call|meeting|conference|demo|walkthrough|visit|training)\b be (?:arranged|scheduled|set ?up|organi[sz]ed|booked|held|made)",
        is_question=True,
    ),
)
