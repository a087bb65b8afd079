"""What only a person can do for a client, as phrases of a sentence: call, meet, talk with somebody, take a look.

What lives here: the acts, each class of them one pattern, and `find_acts`. What does not: who asks for them and how (`request_forms`).
All patterns run on a sentence whose people are marked (`request_people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .request_people import APPRAISER, NAMED, ON_SITE, OURS, PERSON, THEIRS, mark_people


class Act(StrEnum):
    """The classes of acts; a phrase may be of several."""

    CALL = "call"  # call me
    MEET = "meet"  # stop by our office
    INVITE = "invite"  # set up a meeting
    TOGETHER = "together"  # talk about this
    BY_PHONE = "by_phone"  # discuss it over the phone
    LOOK = "look"  # look into this
    ESCALATE = "escalate"  # escalate this to
    EYES = "eyes"  # fresh eyes on
    DONE = "done"  # called me
    DOING = "doing"  # giving me a call
    TALK_WITH_US = "talk_with_us"  # speak with your reviewer
    REACH_US = "reach_us"  # reach you
    CONVERSE = "converse"  # speak
    OUR_TIME = "our_time"  # ten minutes of your time
    AVAILABLE = "available"  # free on Thursday
    SESSION = "session"  # a quick call
    PERSON = "person"  # a human being
    PURPOSE = "purpose"  # for a call


@dataclass(frozen=True)
class ActFound:
    """A phrase for an act, from `start` to `end` of its sentence; `who` is the person of ours inside it, if any."""

    act: Act
    start: int
    end: int
    who: tuple[int, int] | None


# --- parts --------------------------------------------------------------------------------------------------------------

YOU = r"(?:you(?: guys| all| folks| please| two)?|y'all|u|ya)"
CALLEE = (
    rf"(?:me|us|ours|mine|both of us|him|her|them|(?:{NAMED}|{ON_SITE}|{THEIRS}|{APPRAISER}|{OURS})(?:'s (?:\w+ )?\w+)?(?:,? {NAMED},?)?(?: (?:at|in|from|with|of) [\w' -]{{2,40}})?|(?:my|our|their|his|her) (?:[\w'&-]+ ){{0,2}}?[\w'-]+|"
    r"the (?:undersigned|above|following|number|writer)|the ꀂ+|(?:this|that|the) (?:\w+ )?(?:woman|man|lady|gentleman|guy|couple|family)|\(?\+?\d[\d ().-]{6,}\d|x ?\d{2,5}|ext\.? ?\d{2,5})"
)
_PARTY = rf"(?:{OURS}|{NAMED}|{THEIRS}|{APPRAISER})"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
TIME = (
    rf"(?:today|tonight|tomorrow|tmrw|tmw|tom|asap|a\.s\.a\.p|now|immediately|right away|soon|sometime|some time|first thing|this|next|{WEEKDAY}|"
    r"in the|in an|at|on|after|before|between|around|by|any ?time|when|whenever|as soon|early|later|at your|once|until|over|during|\d|the (?:week|day|morning|afternoon|first|second|\d)|mid|end of|"
    r"noon|lunch|eod|cob|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?|morning|afternoon|week|half)"
)
_AFTER_CALL = (
    rf"(?=$|\s*[.,!?;:)(]|\s+[-–—]|\s+\+?\(?\d[\d ().-]{{6,}}\d|\s+(?:back|{TIME}|about|re|regarding|concerning|to|so|and|or|on|with|for|please|pls|plz|thx|then|though|directly|personally|instead|again|if|right|rather|"
    rf"because|since|as|before|than|via|from|here|straight|urgently|quickly|quick|just|real|ahead|yourself|yourselves|live|upon|following|prior|within|w|w/)\b|\s+&)"
)
ADJECTIVE = (
    r"(?:(?:quick|urgent|immediate|emergency|private|direct|personal|return|short|brief|phone|telephone|video|introductory|intro|conference|follow[- ]?up|heads[- ]?up|courtesy|status|weekly|monthly|quarterly|zoom|teams|"
    r"google|webex|skype|face-?to-?face|in-?person|virtual|kick-?off|live|formal|proper|planning|onboarding|(?:\d+|five|ten|fifteen|twenty|thirty)(?:[- ]?(?:min(?:ute)?s?|hours?|hr))?(?: or so)?|(?:half|one|an)[- ]hour|"
    r"microsoft|ms|sales|review|discovery|preliminary|scoping|strategy|site|lunch|coffee|little|relationship|joint|three-way|group|working|one-on-one|1:1|1-on-1|annual|portfolio|good|actual|real|honest|serious|frank|longer|another|"
    r"second|project|pre-?bid|debrief|\d+(?::\d\d)? ?(?:o'clock|am|pm)) )"
)
SESSION_NOUN = (
    r"(?:call(?:[- ]?back)?|face[- ]to[- ]face|phone ?call|telephone call|conference(?! call)|conf call|chat|meeting|conversation|zoom|teams|webex|google meet|facetime|sync|huddle|lunch[ -]and[ -]learn|sit-?down|walk-?through|demo|demonstration|"
    r"catch-?up|discussion|appointment with (?:you|me|us|your|ꀀ+)|meet-?up|lunch|coffee|breakfast|dinner|visit|site visit|site walk|video ?conference|videocall|video call|session|presentation|training|"
    r"meet[ -]and[ -](?:greet|confer)|teleconference|con ?call|video chat|sitdown|briefing|debrief(?:ing)?|one-on-one|1:1|get-together|kick-?off|face time|audience|interview|tour|screen ?shar(?:e|ing)|consultation|talk|ring)"
)
SESSION = rf"(?:{ADJECTIVE}){{0,8}}{SESSION_NOUN}(?![\w-]| (?:log|center|centre|sheet|notes?|minutes|rooms?|space|reports?|option|order|package|is|was|went|has|to (?:discuss )?internally|from (?!you\b|[ꀀꀁꀂꀅ]|your\b|the\b|an?\b))\b)"
_TALK_TIME = (
    r"(?:(?:a |some |any |the |another )?(?:good |convenient |mutually convenient |suitable |few )?(?:time|times|slot|day|moment|window|way|minutes?|\d+ minutes?|half an hour|an hour)"
    rf"(?: (?:today|tomorrow|this week|next week|this afternoon|this morning|that works|on \w+|{WEEKDAY}|for us|for you|to both|this|next|week|on|your|calendar|my)){{0,4}} "
    rf"(?:to (?:talk|speak|chat|meet|connect|discuss|go over|touch base|catch up|sit down|get together|(?:walk|go|work|run) through|call)|for (?:an? )?{SESSION}))"
)
_EVENT = r"(?:day|event|fair|open house|closing|hearing|luncheon|reception|workshop|rally|party|picnic|gala|podcast|lunch[ -]and[ -]learn|summit|mixer|golf outing|banquet|kick-?off|roundtable|retreat|committee|board|review|inspection|panel|webinar|conference|mediation|deposition)"
_LINE = r"(?:cell|mobile|phone|line|landline|office|desk|direct|work|home|number|extension)"
_NUMBER = r"\(?\+?\d[\d ().-]{6,}\d"
_BY_PHONE = (
    r"(?:by (?:phone|telephone)|over the phone|on the phone|on a (?:quick )?call|over a call|verbally)\b"
)

# --- calling ------------------------------------------------------------------------------------------------------------

_NOT_A_CALL = (
    r"(?! ?(?:it|this(?! (?:\w+ )?(?:woman|man|lady|gentleman|guy|person|couple|family))|that|these|those|out|off|upon|in\b(?! (?:to|on|at|the (?:morning|afternoon))\b)|into question|attention|bids?|"
    r"options?|cent(?:er|re)|log|sheet|for (?:bids?|proposals?|papers|quotes)|the (?:loan|shots?|value|order|note|line)|a spade|ahead))"
)
_CALL = (
    rf"(?:call(?! ?:|-){_NOT_A_CALL}(?: {CALLEE})?|(?:phone|telephone|buzz|dial|tele) {CALLEE})(?! or (?:e-?mail|text|write|message|reply|visit))(?: back)?{_AFTER_CALL}",
    r"call (?!you|him|her|it|this|that|these|those|back|them|cent)[a-z]{3,}(?= (?:at|@) (?:the \w|\d))",
    r"(?:phone|call) (?:home|through|in to)\b",
    rf"ring {CALLEE}(?: back)?(?! or e-?mail){_AFTER_CALL}",
    r"(?:telephone|phone|ring)(?=\s*(?:[.!?]|$))",
    r"holler at me\b|hit (?:me|us) up (?:on|at|by)\b",
    rf"let (?:me|us|{THEIRS}) have (?:an? )?{ADJECTIVE}*(?:call|ring|phone call|call-?back)\b",
    rf"(?:contact|reach out to|reach|get (?:in touch with|a? ?hold of)) {CALLEE}(?: ꀂ+)?,?(?: (?:at|on|@))? \(?{_NUMBER}",
    r"ring (?:back|through|in)\b",
    rf"(?:give|gimme|shoot|drop|throw) (?:{CALLEE},? |my \w+,? |our \w+,? )?(?:{NAMED}, )?(?:an? |another |the )?{ADJECTIVE}*(?:call|ring|shout|buzz|bell|call-?back|phone call|holler|tinkle)\b(?! or e-?mail)",
    rf"reach out(?: to)? {CALLEE} (?:\w+ ){{0,2}}?(?:by (?:phone|telephone)|on the phone|over the phone)\b",
    rf"(?:contact|reach out to|get (?:in touch )?with) (?:me|us|my \w+|our \w+|{THEIRS}) (?:directly )?(?:to|so (?:that )?we can) (?:schedule|arrange|set ?up|discuss|talk|book|coordinate|find a time)\b",
    rf"(?:contact|reach out to|get hold of) {CALLEE} (?:today |directly |now )?(?:and|to) (?:please )?(?:explain|apologi[sz]e|reassure|calm|walk (?:him|her|them)|discuss|talk|smooth|sort|straighten|iron|work (?:it|this|that|things|something) out|settle|resolve|clear (?:this|it) up)\b",
    rf"try (?:me|us)(?: (?:again|back|later)){{0,2}}(?: {TIME}|[.!?]|$)",
    rf"(?:conference|patch|dial) (?:me|us|him|her|{NAMED}) in\b|conference in {CALLEE}",
    rf"(?:set|hook) (?:me|us) up with {_PARTY}",
    rf"(?:get|have|put) (?:{_PARTY}|(?:your|my|our) (?:\w+ )?\w+) and (?:{_PARTY}|me|(?:my|our) (?:\w+ )?\w+) (?:together )?on (?:the (?:phone|line)|a call)\b",
    rf"call {CALLEE} up\b",
    rf"return (?:my|our|his|her|their|this|the|{THEIRS}|{NAMED}'s|ꀄ+'s|ꀃ+'s)(?: \w+'s)? (?:phone |missed )?calls?\b",
    r"(?:pick up|jump on|hop on|get on|be on|get to) (?:the|a|your) (?:phone|line|horn)\b",
    rf"(?:get|put) (?:me |us )?(?:an? |your |the )?(?:{_PARTY}|{ON_SITE}) on the (?:phone|line)\b",
    rf"(?:reach|contact|phone|get|try|catch|have) (?:me|us|him|her|them|{_PARTY}|{ON_SITE}) (?:(?:urgently|directly|immediately|today|asap|right away|at once|please) )?(?:by (?:phone|telephone)|on (?:my|his|her|our|their|the) {_LINE}|at (?:{_NUMBER}|my {_LINE}))",
    rf"(?:put|patch) (?:me|us|him|her) (?:through|in (?:touch|contact)|on) (?:to|with) (?:{_PARTY}|your)",
    rf"(?:connect|transfer) (?:me|us|him|her|this call) (?:directly )?(?:to|with) (?:{_PARTY}|your|the)",
    rf"(?:speak|talk|chat)(?: directly| briefly| again)? (?:to|with) {CALLEE}(?![\w-])",
    rf"(?:get back to|touch base with|follow up with|check in with|catch up with|respond to|reply to|circle back (?:to|with)|get with|update|answer) (?:me|us|him|her|them|{_PARTY}) (?:[\w ]{{0,20}} )?(?:{_BY_PHONE}|with a (?:phone )?call\b)",
    r"be (?:at|in) (?:our|my) (?:\w+ )?(?:office|branch|headquarters|building)\b",
    r"(?:be|make (?:yourself|yourselves)) available (?:for (?:an? )?(?:[\w-]+ )?(?:call|meeting|conversation|interview)|to (?:meet|talk|speak|join))\b",
    r"be (?:available|reachable|on hand) (?:by|via|on|over) (?:the )?(?:phone|telephone)\b",
    rf"(?:get|be) in touch(?: with (?:me|us|him|her|them|{_PARTY}))? {_BY_PHONE}",
    rf"(?:revert|respond|reply|follow up|come back|get back)(?: to (?:me|us))? (?:with a {ADJECTIVE}*(?:call|phone call|ring)\b|{_BY_PHONE})",
)

# --- meeting ------------------------------------------------------------------------------------------------------------

_INVITE = (
    r"(?!(?:have|get) (?:[ꀀꀂꀅ]|him|her|them))(?:schedule|set ?-?up|set|arrange|book|organi[sz]e|plan|find|make|line up|do|have|grab|coordinate|hold|request|propose|block(?: off| out)?|reserve|get|calendar|put together|offer|suggest|"
    r"send(?: over)?|fit in|squeeze in|join|attend|host|put|confirm|pencil in|carve out|set aside|take|spare|share|give)"
    rf"(?: (?:me|us|him|her|them|up|over|for|to|a|an|the|our|some|any|another|in|on|with|of|my|your|that|this|couple|few|quick|calendar|invite|invitation|invites|time|times|slot|slots|zoom|teams|link|{NAMED}|{OURS})){{0,7}} "
    rf"(?:{SESSION}|{_TALK_TIME}|something on (?:the|my|our) calendar|30 minutes|time on (?:the|my|our|your) calendar)",
    rf"(?:schedule|set ?up|arrange|book|organi[sz]e|hold|propose|request|coordinate) (?:an? |another )(?!(?:re-?)?inspection|appraisal|access|property|interior|exterior|second|showing|title|closing|internal|ꀁ|ꀃ)[\w-]+ {SESSION}",
    rf"(?:hop|jump|get|come|go|be|join|dial)(?: back)? (?:on(?:to)?|into?|in to|in on|present at|available for|part of)(?: with (?:me|us))? (?:a |an |the |our |my |another |this |that |tomorrow's |today's |{WEEKDAY}'s )?(?:[\w'-]+ ){{0,2}}?{SESSION}",
    rf"(?:join|attend|participate in|sit in on|dial in(?:to)?|call in(?:to| to)|take part in|lead|run|host|accept)\b(?: (?:me|us|him|her|them|our|my|the|a|an|this|that|{NAMED}|{THEIRS}|\w+'s))*(?: (?:on|for|in|at|via))?(?: (?:a|an|our|my|the|this|that))? ?(?:[\w'-]+ ){{0,3}}?(?:{SESSION}|ꀄ+ {SESSION})",
    r"(?:grab|spend|have|get|take|find|spare|give|set aside|steal|book) (?:me |us )?(?:\d+|ten|fifteen|twenty|thirty|a few|a couple(?: of)?|some|five|half an|an) (?:minutes?|mins?|hours?|time) (?:with|on the phone|of your time|together)\b",
    rf"(?:book|slot|fit|squeeze|pencil|put|sign|count) (?:me|us|him|her|them|{NAMED}) (?:in|down|up)\b(?! to\b)",
    r"(?:hop|jump|get|be) on (?:the|a) (?:phone|line|horn)\b",
    r"(?:get|be) on (?:your|his|her|their) (?:calendar|schedule)\b",
    r"(?:jump|hop) on(?= (?:with|real|for|at|now|quick|today|tomorrow)\b| ?\?)",
    rf"invite (?:you|{OURS}|{NAMED}) (?:\w+ ){{0,3}}?(?:to|for) (?:(?:an? |our |the )(?:[\w'-]+ ){{0,3}}?)?(?:{SESSION}|{_EVENT}\b)",
    rf"(?:get|put|pencil|add) (?:me|us|him|her|this|it|something|{NAMED}) (?:in |down )?(?:on|onto|into|in) (?:the|your|his|her|their|my|our|(?:{NAMED})'s) (?:calendar|schedule|diary|diaries|calendars)\b",
    rf"(?:make it|get|come) (?:to|on|in for) (?:our|the|a|my|this|that) (?:[\w'-]+ ){{0,4}}?{SESSION}",
    rf"(?:move|push|re-?schedule|shift|bump|postpone|bring forward|start|begin|delay) (?:our|the|this|that|my|today's|tomorrow's|{WEEKDAY}'s|next week's) (?:{WEEKDAY} |weekly )?{ADJECTIVE}*{SESSION_NOUN}\b",
    rf"(?:find|spare|set up|make|schedule|book|reserve|arrange|block|get|carve out|set aside) (?:a |an |some |the )?(?:half (?:an )?hour|hour|\d+ minutes|(?:ten|fifteen|twenty|thirty) minutes|few minutes|time|slot) (?:with|for (?:me|us|him|her|them|our \w+|my \w+|{THEIRS}|{NAMED}))\b",
    rf"find {_TALK_TIME}",
)
_MEET = (
    r"meet(?: up)?(?: with)?(?! (?:the|our|my|your|their|all|any|these|those|this|that)? ?(?:[\w-]+ ){0,3}?(?:deadlines?|requirements?|guidelines?|criteria|conditions?|expectations?|standards?|needs?|"
    r"due dates?|turn ?times?|closing(?: date)?|code|date|demand|goals?|target|sla|eta|obligations?|specs?|terms|timeline|schedule|value|price|cost|budget|halfway|half ?way|in the middle))"
    rf"(?= (?:me|us|with|on|in|at|for|this|next|up|to|over|via|{CALLEE}|{TIME})\b|\?)",
    r"(?:stop|come|drop|swing|pop|drive|fly)(?: back)? (?:by|in|over|out|down|around|up)(?! (?:with|to (?:a|an|the|\$|about)|of|from|under|before|below|above|lower|higher|short|fine)\b)\b(?! (?:before|prior)\b)",
    r"(?:come|travel|get (?:over|down|out)) (?:to|out to|over to) (?:(?:our|my|the) (?:\w+ ){0,2}(?:office|branch|site|building|house|home|hq|headquarters|bank|property|place|location)\b|ꀄ+)",
    r"(?:visit|see) (?:us|me)(?= (?:in|at|on|this|next|when|tomorrow|today)\b|[.?!]|$)",
    r"visit (?:you(?! on the web|r website)\b|ꀀ+)(?= (?:on|at|in|next|this|tomorrow|today|early|sometime)\b|\?)",
    r"visit (?:ꀄ+|our (?:\w+ ){0,2}?(?:headquarters|hq|department|dept|team|offices?|facility|building|branch(?:es)?)\b)",
    rf"send (?:{OURS}|{NAMED}|{APPRAISER})(?: who [\w' ]{{2,40}}?)? (?:out|over|down|up|here|by|round|to (?:ꀄ+|our|my|the|us|me))(?![\w-])",
    r"introduce (?:yourself|yourselves|your team|me|us|himself|herself|ꀀ+) to\b",
    r"dial in\b",
    rf"(?:attend|join|come to|appear at|speak at) (?:our|the|a|an|my) (?:[\w'-]+ ){{0,4}}?{_EVENT}\b",
    rf"(?:join|attend|address|brief) {THEIRS}(?= (?:on|for|at|in|next|this|about|{TIME})\b|[.?!,]|$)",
    rf"sit (?:down )?with (?:me|us|our|my|him|her|them|{THEIRS})(?![\w-])",
    r"sit down with\b",
    rf"be (?:at|in|on) (?:our|the|a|my|this) (?:[\w'-]+ ){{0,2}}?(?:{_EVENT}|{SESSION_NOUN})\b",
    r"be (?:there|present|on hand)(?! by\b)(?![\w-])",
    rf"(?:train|coach|brief|onboard) (?:me|us|our (?:\w+ ){{0,2}}?\w+|{THEIRS})(?= (?:on|in|about|over|for|how|to)\b|[.?!,]|$)",
    rf"get (?:you|us|both|everyone|{_PARTY})(?: and [\w' ꀀ-ꀅ]{{2,40}}?)? together\b",
    r"(?:grab|catch|pull) me (?:aside|for|at|before|after|when)\b",
    r"join (?:us|me)(?=(?: (?:on|for (?:an?|our|the|my)|at|in(?! \w+ing\b)|next|this|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri)day)\b)| ?[?.!]?$)(?![^.?!]*\b(?:webinar|free|register|sale|expo)\b)",
    rf"get together (?:with|{TIME}|to)",
    rf"touch base (?:by phone|live|{TIME})",
    rf"(?:walk|talk|take|run|step|guide|lead) (?:me|us|him|her|them|our|my|{THEIRS}|{ON_SITE}|{NAMED})(?: \w+){{0,3}}? through\b",
    rf"go (?:over|through) [^.?!;]{{1,60}}? with (?:me|us|our \w+|my \w+|him|her|them|{THEIRS})(?![\w-])",
    rf"(?:do|give|deliver|run|provide|put on|hold) (?:(?:me|us|our \w+|my \w+|the \w+|{THEIRS}) )?(?:an? |the )?(?:[\w-]+ ){{0,3}}?(?:demo|presentation|training|walk-?through|briefing|tour|lunch and learn|lunch-and-learn|q&a)\b",
    r"(?:set aside|block|keep|reserve|hold) (?:an hour|half an hour|\d+ minutes|some time|time)(?: (?:on|for|this|next|in) \w+){0,2} (?:so|for us|to)\b[^.?!;]{0,12}\b(?:we|i|us)\b",
    r"present at (?:our|the|an?)\b",
    rf"present (?:to|for) (?:our|my|us|the (?:board|committee|team|group)\b|{THEIRS})",
    r"present (?:this|it|the [\w ]{2,30}|your [\w ]{2,30}) to (?:our|my|the|us|ꀄ+)",
    r"testify\b",
    r"come (?:out |over |by )?(?:and |to )?(?:speak|talk|present|see us|meet|discuss|explain)\b",
    r"speak (?:at|about|on(?! the)) (?!me|us)\w+",
    r"appear (?:in court|at (?:the|our))\b",
)
_TALKED_OVER = (
    rf"(?:discuss|explain|confirm|go over|review|talk|cover|resolve|settle|sort|clarify|walk|handle|hash|(?:have|take) (?:a|another) look|work through|run through|(?:discuss|talk|hear|explain|clarify|resolv|settl|do)ing)\b[^.?!;]{{0,60}} (?:{_BY_PHONE}|(?:in person|face to face|face-to-face|live|(?:over|via|on) (?:zoom|teams|webex|video))\b)",
)
_LIVE = r"(?:talk|speak|chat|meet|(?:re)?connect|catch up|touch base|get together|huddle|sync(?: up)?|do (?:lunch|coffee|breakfast|dinner)|grab (?:a )?(?:lunch|coffee|breakfast|dinner|bite|beer|drink)|confer|converse|sit down|talk (?:it|this|that) (?:through|over|out))"
_TOGETHER = (
    r"(?:find|take|grab|block|set aside|spend|carve out) (?:\d+|ten|fifteen|twenty|thirty|a few|some|half an|an|a half) ?(?:minutes?|mins?|hours?|time)\b",
    rf"{_LIVE}(?! (?:to|with) (?:ꀃ+|ꀄ+|my|his|her|their)\b)(?=$| *[?.,!-]| (?:{TIME}|about|this|it|with|to (?:you|ꀀ|your|ꀂ)|over|by phone|live|briefly|quickly|for|in person|in [ꀀ-ꀅ]|there|here|somewhere|downtown|through|face|via|please|"
    r"regarding|re|on|and|directly|to (?:talk|discuss|review|go over|go through|chat|catch up|plan|finali[sz]e|look at)))",
    rf"discuss[^.?!;]{{0,50}} (?:with (?:you|ꀀ|your)|by phone|over the phone|on a call|live|in person|(?:today|tomorrow|{WEEKDAY}|this (?:week|afternoon|morning)|next week)\b[^.?!;]*\?)",
    rf"go over [^.?!;]{{1,50}} (?:by phone|on a call|over the phone|together|live|{WEEKDAY}|tomorrow|today)\b",
)

# --- looking into it ----------------------------------------------------------------------------------------------------

_LOOK = (
    r"(?:(?:take|have) (?:an?|another) (?:\w+ ){0,2}look(?: at| into| through| over)?|look (?:at|into|over|through|this over|it over)|review|re-?review|investigate|examine|"
    r"check (?:on |into |over |out )?(?:this|that|it|the|why|what|my|our|whether|these|those)|(?:double|re)-?check|go (?:over|through)|dig into|audit|"
    r"figure out|sort (?:this|that|it|these|the \w+)(?: \w+){0,2}? out|sort out|get to the bottom of|step in|get involved|intervene|"
    r"reach out to|contact|get in touch with|get (?:a )?hold of|follow up (?:with|by phone)|get on the case|re-?examine|weigh in on|second-guess|re-?inspect|inspect|"
    r"escalate (?:this|it)|take over|own this|read (?:over|through)|proof(?:read)?|verify (?:this|that|it|the|why|whether)|measure|re-?measure)(?![\w-])",
)

# --- acts that a wish or a plan names -------------------------------------------------------------------------------------

OUR_PERSON = (
    rf"(?:you(?: guys| all| directly| personally| in person| live| by phone)?(?! (?:if|should))|{OURS}|{APPRAISER}|{NAMED}|your (?:[\w&'-]+ ){{0,3}}[\w&'-]+|"
    r"the (?:[\w-]+ )?(?:appraiser|reviewer|manager|owner|person|people|one|right|head|boss|individual|gentleman|lady|team)(?: [\w']+){0,5})"
)
_TALKING = (
    r"(?:speak(?:ing)?|talk(?:ing)?|meeting|talk (?:about|through|over|more|further)[\w ]{0,30}|talk \w+(?= with)|chat|meet|connect|converse|touch base|catch up|sit down|sync|discuss(?= with)|discuss (?:this|it|that|the [\w ]{2,40}|our [\w ]{2,40}|my [\w ]{2,40}|a [\w ]{2,40}|some [\w ]{2,40})|"
    r"get on (?:a call|the phone)|hop on a (?:quick )?call|jump on a (?:quick )?call|go over (?:this|it|the [\w ]{2,40}|our [\w ]{2,40})|get together|have a (?:quick |brief |short )?(?:word|call|chat|conversation|meeting|talk)|visit|deal)"
)
_MANNER = r"(?: (?:directly|personally|briefly|quickly|again|live|by phone|over the phone|on the phone|in person|face to face|about [\w ]{2,40}|today|tomorrow|this week|next week|on \w+day|urgently|asap|now|immediately))*"
_COUNTED = r"(?:\d+|ten|fifteen|twenty|thirty|five|a few|a couple(?: of)?|some|half an|an|a half|a) ?(?:quick )?(?:minutes?|mins?|hours?|time|moment|word)"
_PURPOSE = (
    rf"for (?:an? |our |that |the |another )?{SESSION}",
    rf"to (?:an? |another ){ADJECTIVE}*(?:call|meeting|chat|zoom|visit|conversation|conference call)\b",
    rf"to (?:please |briefly |quickly |possibly |all |both )*(?:talk|speak|chat|meet|connect|(?:reach|catch|get|phone|call|ring) (?:you|him|her|them|{NAMED}|{OURS}|your \w+)|hop on|jump on|get on|have a (?:call|chat|meeting)|discuss|do (?:a|the) (?:call|zoom|demo|walkthrough)|"
    r"join|attend|set up|schedule|arrange|get together|come (?:by|in|over|out)|stop by|touch base|catch up|go over|walk (?:me|us)|sit down|call (?:me|us))(?![\w-])",
)
_DONE = (
    rf"(?:calls|called|phones|phoned|rings|rang|telephones|telephoned|contacts|contacted|met(?: with)?|meets(?: with)?|visits|visited|joins|joined|spoke (?:to|with)|speaks (?:to|with)) (?:{CALLEE}|our\b|the\b)",
    rf"(?:gives|gave) {CALLEE} (?:an? )?{ADJECTIVE}*(?:call|ring|shout|buzz)",
    rf"(?:moved|pushed|rescheduled|postponed) (?:our|the|this|that|my|{WEEKDAY}'s|tomorrow's|today's) (?:{WEEKDAY} )?{ADJECTIVE}*{SESSION_NOUN}\b",
    r"returns (?:my|our|his|her) calls?",
    r"(?:speaks|talks|calls|phones|meets) (?:(?:to|with) )?(?:me|us)\b",
    r"(?:spoken|talked|met|speak|talk|speaking|talking) (?:to|with) (?:me|us)\b[^.?!;]{0,20}(?:by phone|on the phone|in person|live)",
    r"(?:talked|met|spoke|sat down|got together)\b",
    r"(?:came|comes) (?:by|over|to|out)|(?:stopped|stops) by",
    r"(?:join|attend)(?:s|ed) (?:our|the) (?:\w+ )?(?:call|meeting)",
)
_CALLING = (
    rf"giving (?:{CALLEE}|my \w+) (?:an? )?{ADJECTIVE}*(?:call|ring|shout|buzz)",
    rf"(?:calling|phoning|ringing) (?:me|us|him|her|them|back|our|my|the|{NAMED}|{THEIRS}|{ON_SITE})(?![\w-])",
    rf"(?:meeting|speaking|talking|sitting down) with (?:me|us|him|her|our|{THEIRS})|meeting (?:me|us)\b",
    rf"having (?:an? )?{SESSION} with (?:me|us|our|my|{THEIRS})",
    r"(?:joining|attending|scheduling|setting up|hopping on|jumping on|doing) (?:a|an|our|the|us)[^.?!]{0,30}(?:call|meeting|zoom|chat|demo|session|training)",
    rf"(?:walking|talking) (?:me|us|our \w+|{THEIRS}) through",
    rf"(?:getting (?:a )?hold of|reaching|tracking down) {CALLEE}",
    rf"(?:getting|having|putting) (?P<who>{OURS}|{NAMED}|{APPRAISER}) (?:on the (?:phone|line)|on a call)",
    r"(?:stopping|coming|dropping|swinging) by\b",
)
_TALK_WITH_US = (
    r"your (?:presence|attendance|participation) (?:at|on|in|for|is|would be)\b(?! (?:our|the|this|a) (?:\w+ )?(?:survey|study|poll|program))",
    rf"be (?:called|phoned|telephoned|rung)(?: back)?(?: by (?P<who>{OUR_PERSON}))?(?![\w-])(?! (?:mr|mrs|ms|miss|dr|an?|the|{NAMED})\b)",
    rf"(?:{ON_SITE}|{NAMED}|{THEIRS}|him|her|them) (?:called|phoned|telephoned)(?: back)?(?![\w-])(?! (?:the|my|our|a|an|it)\b)",
    rf"(?:take|treat|host) (?P<who>you|{OURS}|{NAMED})(?: (?:all|both|out))? (?:to|for) {SESSION}",
    rf"see (?P<who>you|{OURS}|{NAMED}) (?:in|at) (?:my|our)\b",
    rf"meet (?P<who>you|{OURS}|{NAMED})(?! half)(?![\w-])",
    rf"(?P<who>you|{OURS}|{NAMED}) (?:over |out |back |down )?(?:here|there|on ?site|in (?:our|my) office|at (?:our|my) office) (?:at|on|by|before|for|{TIME})\b",
    rf"(?:have|get|see) (?P<who>you|{OURS}|{NAMED}) (?:out|over|up|down|in) (?:to|for|at|here)\b",
    rf"pick (?:your|(?:{OURS}|{NAMED})'s) brains?(?= (?:on|over|for|about|by|this|next)\b)",
    rf"{_TALKING}{_MANNER} (?:to|with|w/) (?P<who>{OUR_PERSON})",
    rf"(?:interview|visit with|sit in with) (?P<who>{OUR_PERSON})",
    r"hear (?:back )?(?:from you )?(?:by phone|on the phone|in person|live)\b",
    rf"(?:hear|get a response|have a response) (?:back )?from (?P<who>{OURS})(?! (?:about|on|re|regarding) the (?:status|eta))",
    rf"(?:(?:get|have|reach|be (?:connected|transferred|put through)(?: to| with)) )?(?:an? )?(?P<who>you(?! all)|{OURS}|{NAMED}) (?:on the (?:phone|line)|by phone)",
    rf"(?:(?:have|get|see) )?(?P<who>you|{NAMED}|{OURS}) (?:on|at|in|join|for|attend) (?:our|the|a|an|my|this) (?:[\w'-]+ ){{0,3}}?(?:{SESSION}|(?:{_EVENT}|room|table)\b)",
)
_OUR_TIME = (
    rf"(?:{_COUNTED}|(?:an? )?(?:(?:quick|brief|short|private) )*(?:word|chat|minute|moment|call|meeting|conversation)) (?:on (?:your|the|his|her) (?:calendar|schedule)|(?:on the phone |on a call |tomorrow |today |this week |next week )?with (?P<who>{OUR_PERSON})|of (?:your|(?:{OURS}|{NAMED})'s) time)",
)
_CONVERSE = (
    r"(?:talk|speak|chat|meet|connect|call(?! (?:him|her|them|the|[ꀁ-ꀄ]))|get together|catch up|touch base|hop on|jump on|have (?:a|our|that) (?:call|chat|meeting|conversation)|get on (?:a call|the phone)|discuss(?: this| it)?(?: live| by phone)?|"
    r"do (?:a|the|that) (?:call|zoom|meeting)|sit down)(?![\w-])",
)
_REACH_US = (
    rf"(?:call|phone|ring|reach|catch|give (?=you|ꀀ|ꀂ|ꀅ))(?: (?P<who>you|{OURS}|{NAMED}|your (?:\w+ )?\w+))?(?: a (?:quick )?(?:call|ring))?(?: (?:back|directly|up))?(?![\w-])",
)
WHEN = (
    rf"(?:{WEEKDAY}|today|tomorrow|this (?:morning|afternoon|week|evening)|next (?:week|\w+day)|at \d{{1,2}}(?::\d\d)?|(?:\w+ )?\d{{1,2}}(?::\d\d)? ?(?:am|pm|a\.m|p\.m)|noon|any ?time|sometime|the week of [\w ]+|"
    r"early next week|later (?:today|this week))"
)
_AVAILABLE = (
    rf"(?:free|available|around|open(?= (?:for|to)\b))(?: (?:on|for|any ?time|sometime|later|tomorrow|today|to talk|at all|next|this))* ?{WHEN}(?![^?]*\b(?:order|appraisal|assignment|inspect\w*|accept|take|rush|complete|report)\b)[^.?!;]{{0,60}}\?",
)
_ESCALATE = (r"escalate (?:this|it|that|the \w+|my \w+)[^.?!;]{0,30}? to (?P<who>[\w']+)",)
_EYES = (
    rf"(?:an? )?(?:second set of|fresh|another set of|pair of|senior|human) (?:eyes|review|reviewer|person) (?:on|to|at|of)\b|{PERSON} (?:on|at) (?:this|it|the|that)\b",
    rf"(?:this|it|that)(?: to be)? (?:escalated|looked (?:at|into)|reviewed|investigated|handled|checked) (?:by|to) (?P<who>{OURS}|{NAMED})",
)
_PERSON = (
    rf"(?P<who>{PERSON})(?: to (?:talk|speak|call|ꀅ+)(?: (?:to|with))?)?(?! (?:error|review of|resources|signature|approval|sign|on |at |to |who |that ))(?![\w-])",
)

_PATTERNS: dict[Act, tuple[str, ...]] = {
    Act.CALL: _CALL,
    Act.MEET: _MEET,
    Act.INVITE: _INVITE,
    Act.TOGETHER: _TOGETHER,
    Act.BY_PHONE: _TALKED_OVER,
    Act.LOOK: _LOOK,
    Act.ESCALATE: _ESCALATE,
    Act.EYES: _EYES,
    Act.DONE: _DONE,
    Act.DOING: _CALLING,
    Act.TALK_WITH_US: _TALK_WITH_US,
    Act.REACH_US: _REACH_US,
    Act.CONVERSE: _CONVERSE,
    Act.OUR_TIME: _OUR_TIME,
    Act.AVAILABLE: _AVAILABLE,
    Act.SESSION: (SESSION,),
    Act.PERSON: _PERSON,
    Act.PURPOSE: _PURPOSE,
}


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns that find a phrase at every word where one begins, though phrases lie inside each other."""
    named = [one for one in patterns if "(?P<who>" in one]  # One name in each expression.
    plain = "|".join(one for one in patterns if one not in named)
    return tuple(
        re.compile(rf"(?<![\w'-])(?=({one}))", re.I) for one in [*([plain] if plain else []), *named]
    )


ACTS = {act: _compiled(patterns) for act, patterns in _PATTERNS.items()}


def find_acts(marked: str) -> list[ActFound]:
    """Every phrase for an act in a sentence whose people are marked, in order."""
    found = [
        ActFound(
            act, match.start(1), match.end(1), match.span("who") if "who" in pattern.groupindex else None
        )
        for act, patterns in ACTS.items()
        for pattern in patterns
        for match in pattern.finditer(marked)
    ]
    return sorted(found, key=lambda one: one.start)


def names_act(sentence: str, *, with_looking: bool = False) -> bool:
    """Whether a sentence, asking or not, speaks of calling, meeting or talking (or of looking into something)."""
    wanted = {Act.CALL, Act.MEET, Act.INVITE, Act.SESSION} | (
        {Act.LOOK, Act.ESCALATE} if with_looking else set()
    )
    return any(one.act in wanted for one in find_acts(mark_people(sentence)))
