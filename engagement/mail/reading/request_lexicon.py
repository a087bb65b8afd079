"""English vocabulary of explicit requests: who is asked, what only a person can do, and what takes a request back.

Only word lists and the patterns assembled from them live here; the order in which they are applied is in `requests`.
All patterns run on one sentence with typographic quotes and line breaks flattened (same length as the source).
"""

from __future__ import annotations

import re

# --- people -------------------------------------------------------------------------------------------------------------

NAME = r"(?-i:(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-ZÀ-Þ][a-zà-ÿ][\w'-]*(?: [A-ZÀ-Þ][\w'.-]+){0,2})"
_STAFF = (
    r"(?:manager|supervisor|boss|lead|leader|leadership|director|owner|president|ceo|cfo|coo|vp|principal|partner|chief(?: \w+)?|reviewer|"
    r"review team|qc(?: team)?|appraiser|rep|reps|representative|account (?:manager|rep|executive)|coordinator|specialist|analyst|assistant|"
    r"team|team lead(?:er)?|staff|office|people|folks|guys|person|colleagues?|crew|desk|department|dept|side|end|shop|group|company|accounting|billing|"
    r"ap|ar|accounts? (?:payable|receivable)|support|customer service|operations|ops|sales|compliance|broker|managing \w+|expert|analysts|managers|"
    r"appraisers|reviewers|valuers?|surveyors?|underwriter|bookkeeper|controller|vendor (?:manager|management|relations)|tech(?:nical)? (?:team|support|person|lead)|it)"
)
SOMEONE = (
    r"(?:(?:some ?one|some ?body|any ?one|any ?body)(?: (?:else|senior|knowledgeable|competent|in charge|local|there|over there|live|real|good|nice|qualified|higher up)){0,3}"
    r"(?: (?:from|on|at|in|with|over at) (?:your |the )?(?:[\w&-]+ ){0,3}?[\w&-]+)?(?: who [\w' ]{2,40}?)?"
    r"|(?:one|a member|a person|an? \w+|either|both) of (?:you|(?:your|the) (?:[\w-]+ ){0,3}?"
    + _STAFF
    + r")(?: guys)?"
    r"|(?:(?:an? |the )?(?:real |live |actual |living |senior |certified |human |responsible )*(?:human(?: being)?|person|manager|supervisor|representative|live agent)|an? (?:[\w-]+ ){1,2}?(?:person|manager|supervisor|reviewer|expert|representative))"
    r"(?: (?:from|on|at|in) (?:your|the) (?:[\w&-]+ ){0,3}[\w&-]+)?(?: in charge)?"
    r"|(?:an? |one of your |your |the |any )?(?:senior|chief|lead|head|certified|licensed|supervisory|supervising|review) (?:[\w-]+ )?(?:appraiser|reviewer|analyst|underwriter)s?|the [\w'-]+ (?:supervisor|manager|boss|director)|any of (?:you|your [\w-]+)"
    r"|your (?:[\w&'/-]+ ){0,4}?"
    + _STAFF
    + r"|the (?:chief|senior|lead|head|review|staff|office|account|commercial|regional)(?: \w+)? "
    + _STAFF
    + r"|the (?:manager|supervisor|reviewer|owner of (?:the|your) \w+|person in charge|team|office|right person)|whoever [\w' ]{2,50}?|management)"
)
APPRAISER = r"(?:(?:the|your|our|an|this|that) (?:assigned |staff |local |field )?(?:appraiser|inspector|vendor|valuer|surveyor)|appraiser)"
YOU = r"(?:you(?: guys| all| folks| please)?|y'all|u|ya|you two)"
ASKED = rf"(?:{YOU}(?: or (?:{NAME}|{SOMEONE}))?|{SOMEONE}|{APPRAISER}|they|he|she|{NAME}(?: or (?:{NAME}|{SOMEONE}))?)"
THEM = (
    rf"(?:them|him|her|{SOMEONE}|{APPRAISER}|{NAME}|your (?:[\w&-]+ ){{0,3}}[\w&-]+"
    r"|(?!(?:me|us|you|it|this|that|the|an?|my|our|borrowers?|owners?|tenants?|sellers?|buyers?|agents?|realtors?|homeowners?|clients?|to|please|everything|all)\b)[a-z][\w-]+)"
)

PROPERTY_CONTACT = (
    r"(?:him|her|them|(?:the |our |his |her |their )?(?:co-?)?(?:borrower|borrowers|homeowner|home owner|owner|owners|tenant|tenants|occupant|occupants|"
    r"seller|sellers|buyer|buyers|(?:listing|selling|buyer'?s|seller'?s|real estate|leasing)? ?agent|realtor|realtors|property manager|property contact|"
    r"contact person|point of contact|contact for access|access contact|superintendent|super|caretaker|builder|site contact|contact))"
)
_KNOWN = (
    r"(?:(?:loan officer|lo|processor|underwriter|underwriting|escrow|escrow officer|title|title company|attorney|lawyer|broker|branch|office|"
    r"manager|boss|assistant|colleague|partner|husband|wife|son|daughter|mother|father|brother|sister|team|cell|mobile|phone|desk|direct line|line|"
    r"client|customer|county|assessor|city|hoa|bank|lender|investor|reviewer|appraiser|vp|president|director|closer|accountant|cpa|executor|trustee)"
    r"(?: \w+){0,3}?)"
)
CALLEE = (
    rf"(?:me|us|ours|mine|both of us|{PROPERTY_CONTACT}|(?:my|our|his|her|their|the) (?:[\w'&-]+ ){{0,3}}?{_KNOWN}|(?:my|our|their|his|her) (?:[\w'&-]+ ){{0,2}}?[\w'-]+|the (?-i:[A-Z])[\w'-]+|the (?:undersigned|above|following|number|writer)|{NAME}(?: (?:at|in|from|with) [\w' ]{{2,30}})?|"
    rf"\(?\+?\d[\d ().-]{{6,}}\d|x ?\d{{2,5}}|ext\.? ?\d{{2,5}})"
)

# --- time words that may follow a verb ----------------------------------------------------------------------------------

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
TIME = (
    rf"(?:today|tonight|tomorrow|tmrw|tmw|tom|asap|a\.s\.a\.p|now|immediately|right away|soon|sometime|some time|first thing|this|next|{WEEKDAY}|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|in the|in an|at|on|after|before|between|around|by|any ?time|when|whenever|as soon|"
    r"early|later|at your|later|once|until|over|during|\d|the (?:week|day|morning|afternoon|first|second|\d)|mid|end of|noon|lunch|eod|cob|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"morning|afternoon|week|half)"
)
_AFTER_CALL = (
    rf"(?=$|\s*[.,!?;:)(]|\s+[-–—]|\s+(?:back|{TIME}|about|re|regarding|concerning|to|so|and|or|on|with|for|please|pls|directly|personally|instead|again|if|right|rather|"
    rf"because|since|as|before|than|via|from|here|straight|urgently|quickly|just|real|ahead|w/)\b)"
)
ADJ = (
    r"(?:quick |urgent |immediate |emergency |private |direct |personal |return |short|brief |short |phone |telephone |video |introductory |intro |conference |follow-?up |status |weekly |monthly |quarterly |zoom |teams |"
    r"google |webex |skype |face-?to-?face |in-?person |virtual |kick-?off |live |formal |proper |planning |onboarding |\d+[- ]?(?:min(?:ute)?s?|hours?|hr)?"
    r"(?: or so)? |(?:half|one|an)[- ]hour |ten |fifteen |twenty |thirty |microsoft |ms |sales |review |discovery |preliminary |scoping |"
    r"strategy |site |lunch |coffee |little |minute |relationship |joint |three-way |group |working |one-on-one |1:1 |1-on-1 |annual |portfolio |good |another |second |project |pre-?bid |debrief )"
)
SESSION_NOUN = (
    r"(?:call(?:[- ]?back)?|phone ?call|telephone call|conference|conf call|chat|meeting|conversation|zoom|teams|webex|google meet|facetime|sync|huddle|"
    r"sit-?down|walk-?through|demo|demonstration|catch-?up|discussion|appointment with (?:you|your)|meet-?up|lunch|coffee|breakfast|dinner|visit|site visit|"
    r"video ?conference|videocall|video call|session|presentation|training|meet and greet|meet-and-greet|one-on-one|1:1|get-together|kick-?off|face time|audience|"
    r"interview|tour|consultation|talk|ring)"
)
SESSION = rf"(?:{ADJ})*{SESSION_NOUN}(?![\w-]| (?:log|center|centre|sheet|notes?|minutes|room|report|option|is|was|went|has)\b)"
_TALK_TIME = (
    r"(?:(?:a |some |any |the |another )?(?:good |convenient |mutually convenient |suitable |few )?(?:time|times|slot|day|moment|window|way|minutes?|\d+ minutes?|half an hour|an hour)"
    r"(?: (?:today|tomorrow|this week|next week|this afternoon|this morning|that works|on \w+|{WEEKDAY}|for us|for you|to both|this|next|week|on|your|calendar|my)){0,4} "
    r"(?:to (?:talk|speak|chat|meet|connect|discuss|go over|touch base|catch up|sit down|get together|walk through|call)|for (?:an? )?"
    + SESSION
    + r"))"
).replace("{WEEKDAY}", WEEKDAY)

# --- what only a person can do ------------------------------------------------------------------------------------------

_NOT_A_CALL = (
    r"(?! ?(?:it|this|that|these|those|out|off|upon|in\b(?! (?:to|on|at|the (?:morning|afternoon))\b)|into question|attention|bids?|"
    r"options?|cent(?:er|re)|log|sheet|for (?:bids?|proposals?|papers|quotes)|the (?:loan|shots?|value|order|note|line)|a spade|ahead))"
)
_LINE = r"(?:cell|mobile|phone|line|landline|office|desk|direct|work|home|number|extension)"
CALL = (
    rf"(?:(?:call(?! ?:|-){_NOT_A_CALL}(?: {CALLEE})?|(?:phone|telephone|buzz|dial|tele) {CALLEE})(?! or (?:e-?mail|text|write|message|reply|visit))(?: back)?{_AFTER_CALL}|(?:phone|call) (?:home|through|in to)\b"
    rf"|ring (?:{CALLEE})(?: back)?(?! or e-?mail){_AFTER_CALL}|ring (?:back|through|in)\b"
    rf"|(?:give|gimme|giving|shoot|drop|throw) (?:{CALLEE},? |my \w+,? |our \w+,? )?(?:{NAME}, )?(?:an? |another |the )?(?:{ADJ})*(?:call|ring|shout|buzz|bell|call-?back|phone call|holler|tinkle|bell)\b(?! or e-?mail)"
    rf"|reach out(?: to)? {CALLEE} (?:\w+ ){{0,2}}?(?:by (?:phone|telephone)|on the phone|over the phone)\b|try (?:me|us)(?: (?:again|back|later)){{0,2}}(?: {TIME}|[.!?]|$)"
    rf"|(?:conference|patch|dial) (?:me|us|him|her|{NAME}) in\b"
    rf"|(?:get|have|put) (?:{SOMEONE}|{NAME}|your (?:\w+ )?\w+|my \w+|our (?:\w+ )?\w+) and (?:{SOMEONE}|{NAME}|me|my (?:\w+ )?\w+|our (?:\w+ )?\w+) (?:together )?on (?:the (?:phone|line)|a call)\b"
    rf"|call {CALLEE} up\b|return (?:my|our|his|her|their|this|the|{NAME}'s)(?: \w+'s)? (?:phone |missed )?calls?\b"
    r"|(?:pick up|jump on|hop on|get on|be on|get to) (?:the|a|your) (?:phone|line|horn)\b"
    rf"|(?:get|put) (?:me |us )?(?:an? |your |the )?(?:{SOMEONE}|{NAME}) on the (?:phone|line)\b"
    r"|(?:reach|contact|phone|get|try|catch) (?:me|us|him|her|them|\w+(?: \w+)?) (?:by (?:phone|telephone)|on (?:my|his|her|our|their|the) "
    + _LINE
    + r"|at (?:\(?\+?\d[\d ().-]{6,}\d|my "
    + _LINE
    + r"))"
    rf"|(?:put|patch) (?:me|us|him|her) (?:through|in (?:touch|contact)|on) (?:to|with) (?:{SOMEONE}|{NAME}|your)"
    rf"|(?:connect|transfer) (?:me|us|him|her|this call) (?:directly )?(?:to|with) (?:{SOMEONE}|{NAME}|your|the)"
    rf"|(?:speak|talk|chat)(?: directly| briefly| again)? (?:to|with) {CALLEE}(?![\w-])"
    rf"|(?:discuss|explain|confirm|go over|review|talk|cover|resolve|settle|sort|clarify|walk)[^.?!;]{{0,60}} (?:by (?:phone|telephone)|over the phone|on the phone|on a (?:quick )?call|over a call|verbally)\b"
    r"|(?:get back to|touch base with|follow up with|check in with|catch up with|respond to|reply to|circle back (?:to|with)|get with|update|answer) (?:me|us|him|her|them) (?:[\w ]{0,20} )?(?:by (?:phone|telephone)|over the phone|on the phone|with a (?:phone )?call)\b"
    rf"|(?:revert|respond|reply|follow up|come back|get back)(?: to (?:me|us))? with a (?:{ADJ})*(?:call|phone call|ring)\b)"
)
INVITE = (
    rf"(?:(?:schedule|set ?-?up|set|arrange|book|organi[sz]e|plan|find|make|line up|do|have|grab|coordinate|hold|request|propose|block(?: off| out)?|"
    r"reserve|get|calendar|put together|offer|suggest|send(?: over)?|fit in|squeeze in|join|attend|host|put|confirm|pencil in|get|carve out|set aside|take|spare|share|give)"
    rf"(?: (?:me|us|him|her|them|up|over|for|to|a|an|the|our|some|any|another|in|on|with|of|my|your|that|this|couple|few|quick|calendar|invite|invitation|invites|time|times|slot|slots|zoom|teams|link|time slots|{NAME})){{0,7}} "
    rf"(?:{SESSION}|{_TALK_TIME}|something on (?:the|my|our) calendar|30 minutes|time on (?:the|my|our|your) calendar)"
    rf"|(?:hop|jump|get|come|go|be|join|dial)(?: back)? (?:on(?:to)?|into?|in to|in on|present at|available for|part of)(?: with (?:me|us))? (?:a |an |the |our |my |another |this |that |tomorrow's |today's |{WEEKDAY}'s )?{SESSION}"
    rf"|(?:join|attend|participate in|sit in on|dial in(?:to)?|call in(?:to| to)|take part in|lead|run|host|accept)(?: (?:me|us|him|her|them|our|my|the|a|an|this|that|{NAME}|\w+'s))*(?: (?:on|for|in|at|via))?(?: (?:a|an|our|my|the|this|that))? ?(?:[\w-]+ ){{0,3}}?{SESSION}"
    rf"|(?:grab|spend|have|get|take|find|spare|set aside|steal|book) (?:\d+|ten|fifteen|twenty|thirty|a few|a couple(?: of)?|some|five|half an|an) (?:minutes?|mins?|hours?|time) (?:with|on the phone|of your time|together)\b"
    rf"|(?:book|slot|fit|squeeze|pencil|put|sign|count) (?:me|us|him|her|them|{NAME}) (?:in|down|up)\b(?! to\b)|(?:hop|jump|get|be) on (?:the|a) (?:phone|line|horn)\b|(?:jump|hop) on with\b"
    rf"|(?:get|put|pencil|add) (?:me|us|him|her|this|it|something|{NAME}) (?:in |down )?(?:on|onto|into|in) (?:the|your|his|her|their|my|our|{NAME}'s) (?:calendar|schedule|diary|diaries|calendars)\b"
    rf"|(?:make it|get|come) (?:to|on|in for) (?:our|the|a|my|this|that) (?:[\w'-]+ ){{0,4}}?{SESSION}"
    rf"|(?:move|push|re-?schedule|shift|bump|postpone|bring forward) (?:our|the|this|that|my|today's|tomorrow's|{WEEKDAY}'s|next week's) (?:{WEEKDAY} |weekly )?(?:{ADJ})*{SESSION_NOUN}\b"
    rf"|(?:find|spare|set up|make|schedule|arrange|block|get|carve out|set aside) (?:a |an |some |the )?(?:half (?:an )?hour|hour|\d+ minutes|(?:ten|fifteen|twenty|thirty) minutes|few minutes|time|slot) (?:with|for (?:me|us|him|her|them|our \w+|my \w+|{NAME}))\b"
    rf"|find (?:{_TALK_TIME}))"
)
MEET = (
    rf"(?:meet(?: up)?(?: with)?(?! (?:the|our|my|your|their|all|any|these|those|this|that)? ?(?:[\w-]+ ){{0,3}}?(?:deadlines?|requirements?|guidelines?|criteria|conditions?|"
    r"expectations?|standards?|needs?|due dates?|turn ?times?|closing(?: date)?|code|date|demand|goals?|target|sla|eta|obligations?|specs?|terms|timeline|schedule|value|price|"
    rf"cost|budget|halfway|half ?way|in the middle))(?= (?:me|us|with|on|in|at|for|this|next|up|to|over|via|{CALLEE}|{TIME})\b|\?)"
    rf"|{INVITE}"
    r"|(?:stop|come|drop|swing|pop|drive|fly)(?: back)? (?:by|in|over|out|down|around|up)(?! (?:with|to (?:a|an|the|\$|about)|of|from|under|before|below|above|lower|higher|short|fine)\b)\b(?! (?:before|prior)\b)"
    r"|(?:come|travel|get (?:over|down|out)|send (?:someone|somebody)) (?:to|out to|over to) (?:our|my|the) (?:\w+ ){0,2}(?:office|branch|site|building|house|home|hq|headquarters|bank|property|place|location)\b"
    r"|(?:visit|see) (?:us|me)(?= (?:in|at|on|this|next|when|tomorrow|today)\b|[.?!]|$)|visit our (?:\w+ )?(?:office|branch|team|headquarters|hq)\b"
    r"|send (?:"
    + SOMEONE
    + r"|"
    + NAME
    + r") (?:out|over|down|up|here|by|round|to (?:our|my|the|us|me))\b|introduce (?:yourself|yourselves|your team|me|us|himself|herself) to\b|dial in\b"
    r"|attend (?:our|the|a|an|my) (?:[\w'-]+ ){0,4}?(?:day|event|fair|open house|closing|hearing|luncheon|reception|workshop|kick-?off|roundtable|retreat|committee|board|review|inspection|panel|webinar|conference|mediation|deposition)\b"
    rf"|sit down with\b|get together (?:with|{TIME}|to)|touch base (?:by phone|live|{TIME})"
    rf"|(?:walk|talk|take|run|step|guide|lead) (?:me|us|him|her|them|our|my|the (?:borrower|board|committee|team)|{NAME})(?: \w+){{0,3}}? through\b"
    r"|go (?:over|through) [^.?!;]{1,60}? with (?:me|us|our \w+|my \w+|him|her|them)\b"
    r"|(?:do|give|deliver|run|provide|put on|hold) (?:(?:me|us|our \w+|my \w+|the \w+) )?(?:an? |the )?(?:[\w-]+ ){0,3}?(?:demo|presentation|training|walk-?through|briefing|tour|lunch and learn|lunch-and-learn|q&a)\b"
    r"|present at (?:our|the|an?)\b|(?:set aside|block|keep|reserve|hold) (?:an hour|half an hour|\d+ minutes|some time|time)(?: (?:on|for|this|next|in) \w+){0,2} (?:so|for us|to)\b[^.?!;]{0,12}\b(?:we|i|us)\b|present (?:to|for) (?:our|my|us|the (?:board|committee|team|group))\b|present (?:this|it|the [\w ]{2,30}|your [\w ]{2,30}) to (?:our|my|the|us)\b|testify\b|come (?:out |over |by )?(?:and |to )?(?:speak|talk|present|see us|meet)\b|speak at (?:our|the|a)\b|appear (?:in court|at (?:the|our))\b"
    rf"|(?:discuss|talk (?:about|through)|review|go over)[^.?!;]{{0,60}} (?:in person|face to face|face-to-face|(?:over|via|on) (?:zoom|teams|webex|video))\b)"
)
_LIVE = r"(?:talk|speak|chat|meet|connect|catch up|touch base|get together|huddle|sync(?: up)?|confer|converse|sit down|talk (?:it|this|that) (?:through|over|out))"
JOINT = (
    rf"(?:{INVITE}|{_LIVE}(?! (?:to|with) (?:the borrower|my|his|her|their)\b)(?=$| *[?.,!-]| (?:{TIME}|about|this|it|with|to (?:you|someone|somebody|your|{NAME})|over|by phone|live|briefly|quickly|for|in person|through|face|via|please|regarding|re|on|and|directly|to (?:talk|discuss|review|go over|go through|chat|catch up|plan|finali[sz]e|look at))\b)"
    rf"|discuss[^.?!;]{{0,50}} (?:with (?:you|someone|your)|by phone|over the phone|on a call|live|in person|(?:today|tomorrow|{WEEKDAY}|this (?:week|afternoon|morning)|next week)\b[^.?!;]*\?)|go over [^.?!;]{{1,50}} (?:by phone|on a call|over the phone|together|live|{WEEKDAY}|tomorrow|today)\b)"
)
_LOOK = (
    r"(?:(?:take|have) (?:an?|another) (?:\w+ ){0,2}look(?: at| into| through| over)?|look (?:at|into|over|through|this over|it over)|review|re-?review|investigate|examine|"
    r"check (?:on |into |over |out )?(?:this|that|it|the|why|what|my|our|whether|these|those)|double-?check|go (?:over|through)|dig into|audit|"
    r"figure out|sort (?:this|that|it|these|the \w+)(?: \w+){0,2}? out|sort out|get to the bottom of|step in|get involved|intervene|"
    r"reach out to|contact|get in touch with|get (?:a )?hold of|follow up (?:with|by phone)|get on the case|re-?examine|weigh in on|second-guess|re-?inspect|inspect|"
    r"escalate (?:this|it)|take over|own this|read (?:over|through)|proof(?:read)?|verify (?:this|that|it|the|why|whether)|measure|re-?measure)\b"
)
REVIEW = rf"(?:{_LOOK})"
# Questions a system answers itself: asking "someone" for them makes no human task.
SERVED = (
    r"\b(?:status|eta|update(?:d)?(?: on| me| us)?|invoice|copy of|copies of|receipt|due date|w-?9|e ?& ?o|quote|bid|fee|turn ?time|tracking|confirmation|"
    r"upload(?:ed)?|resend|re-send|forward|payment|password|log ?in|portal|delivery date|when (?:it|the (?:report|order|appraisal|inspection)) (?:will|is)|where (?:it|the (?:report|order)) is|on track|progress)\b"
)

# --- courtesy, condition, negation, what takes the request away -----------------------------------------------------------

COURTESY = (
    r"\bhesitate\b",
    r"\bfeel (?:free|welcome)\b",
    r"\bfree to (?:call|phone|ring|reach|contact|give|stop|drop|set|schedule|book)\b",
    r"\bwelcome to (?:call|stop|join|visit|come|reach|ring)\b",
    r"\b(?:happy|glad|pleased|delighted|willing|more than happy|open) to (?:hop|jump|get|talk|chat|speak|call|meet|discuss|set|schedule|walk|join|explain|go over|come|do|have|take|arrange|connect|give)\b(?![^.?!]*\bwith you\?)",
    r"\b(?:call|phone|ring|contact|reach)(?: (?:me|us|our \w+|my \w+|the office))?(?: back)?(?: at [^.?!]{3,30}| any ?time)? (?:with|for|regarding) (?:any|all|your|further|additional|more|other|questions)\b(?! (?:of the|us))[^.?!]*(?:question|concern|issue|comment|info|help|assist|clarif|detail|need|problem)",
    r"\b(?:with|for) (?:any )?(?:questions|concerns)\b",
    r"\bany questions\b",
    r"\bquestions\? ",
    r"\banytime\b(?! (?:today|tomorrow|this|on|after|before|between|from|monday|tuesday|wednesday|thursday|friday|next|in the|until|around))",
    r"\b(?:i|we) (?:can|could|may|will) (?:also )?be (?:reached|contacted|available)\b",
    r"\bcall away\b",
    r"\blook(?:ing)? forward to\b",
    r"\bhope to\b",
    r"(?:^|[,;] |\b(?:and|or|but|otherwise) )you (?:can|could|may|might) (?:always |also |just |either |certainly |reach |still |then )*(?:call|phone|ring|reach|contact|give|schedule|book|stop|meet|join|set)\b(?![^.]*\?)",
    r"\bat any time\b",
    r"\b(?:call|phone)(?: us| me)?(?: at)? [\d() .-]{7,} or (?:visit|reply|e-?mail|go|log|write|click|text)\b",
    r"\bor (?:visit|go to|click|log ?in|reply to this)\b",
    r"\bfor (?:assistance|support|further assistance)\b",
    r"\b1[- ]?8(?:00|88|77|66|55|44|33)[- ]",
    r"\bcall (?:us |me |now |today )*for (?:details|info\w*|more|pricing|a (?:free )?quote|help|assistance|rates|directions)\b",
    r"\bwhatever works\b",
    r"\bcall, (?:e-?mail|text|write)\b",
    r"\bfor (?:faster|quicker|better|immediate) service\b",
    r"\bfor (?:anything|everything|urgent|immediate|emergenc\w+|all other|other (?:matters|questions)|any (?:urgent|other|emergenc\w+))\b",
    r"\binstead of me\b",
    r"\bin my (?:absence|stead)\b",
    r"\bwhile (?:i'm|i am|we're|we are) (?:away|out|travel\w+|gone|off|closed|on (?:leave|vacation))",
    r"\bmeet (?:with )?the appraiser\b(?! to (?:discuss|go over))",
    r"\bsay (?:hi|hello)\b",
    r"\b(?:i|we) (?:told|explained to|informed) (?:him|her|them|the \w+)\b[^.?!]*\b(?:not|can't|cannot|no)\b",
    r"\bnot (?:allowed|permitted)\b",
    r"\bif (?:you (?:have|need|ever|want|wish|require|prefer|like|'d like|would like)|needed|need be|necessary|required|there (?:are|is) any|any(?!\)))\b(?! (?:time|a (?:min|moment|sec|chance|few|free)|to talk to your manager))",
)
SOFT_CONDITION = (
    r"\bif (?:at all )?(?:possible|any(?=\))|you're (?:available|free|around|able)|you (?:can|could|would|don't mind|wouldn't mind|please|get (?:a chance|a minute|a moment|time)|have (?:a |some |any |the )?(?:few |free |spare )?(?:time|min(?:ute)?s?|moments?|sec(?:ond)?s?|chance|availability|opening)|"
    r"are (?:available|free|around|able|in (?:the office|today))|'re (?:available|free|around|able))|that (?:works|suits|is ok|is okay|'s ok|is possible|helps)|it (?:works|suits|is convenient|isn't too much trouble|'s not too much trouble|is not too much trouble|is ok|is possible|isn't a bother)|"
    r"convenient|available|time (?:permits|allows)|feasible|not today|not sooner|ok with you|okay with you|so inclined|your schedule (?:allows|permits)|tomorrow (?:works|is)|today (?:works|is)|(?:monday|tuesday|wednesday|thursday|friday) (?:works|is|suits)|nothing else)\b"
)
WHETHER_IF = (
    r"\b(?:see|know|wonder(?:ing)?|ask(?:ed|s|ing)?|check|confirm|tell (?:me|us)|sure|advise|find out|appreciate(?: it)?|great|good|nice|helpful|grateful|ideal|wonderful|lovely|love it|best|"
    r"useful|appreciated|perfect|better|prefer(?: it)?|mind|fantastic|like it|awesome|amazing|obliged|handy|super|thankful)(?: very much| so much)?,? (?:if|whether)\b"
)
CONDITION = r"\b(?:if|unless|should (?:you|there|any|anything|it|this|he|she|they|the|your|something)|in (?:the )?(?:case|event)|whenever|provided(?: that)?|assuming|otherwise|as long as|had you)\b"
SHOULD_CONDITION_START = (
    r"^(?:and |but |so )?should (?:you|there|any|anything|it|this|that|your|something|the|he|she|they)\b"
)
NEGATION = (
    r"(?:n't\b|\b(?:no (?:need|reason|point)|not (?:need|necessary|required|asking|want|looking|to)|never|do not|does not|did not|need not|no longer|rather than|"
    r"instead of|without|should not|stop (?:trying|calling|asking|having)|avoid|unnecessary|in lieu of|nobody|no one|cannot|unable to|will not|dont|less|not|neither|nor|refuse to|hardly|tired of|sick of)\b)"
)
WITHDRAWN = (
    r"\bscratch that\b",
    r"\bscrap that\b",
    r"\bnever ?mind\b(?! (?:the|about))",
    r"\bdisregard (?:that|this|the above|my (?:request|question|last)|above|the call)\b",
    r"\bforget (?:it|that|the call|what i|about (?:it|the call|that))\b",
    r"\bno (?:need|reason) (?:for (?:a|the|that|you|any|anyone|someone) ?(?:[\w ]{0,20})?)?(?:to )?(?:call|ring|phone|meet|meeting|talk|callback|come|join|bother)\b",
    r"\bno (?:call|meeting|callback) (?:is )?(?:needed|necessary|required)\b",
    r"\bdon't (?:need|have|bother|worry)(?: to| about| with)? ?(?:a |the |that |to )?(?:call|calling|ring|phone|meet|meeting|callback|it)\b",
    r"\bno longer (?:need|necessary|want)\b",
    r"\bon second thou?ghts?\b",
    r"\bignore (?:that|the above|my request|this)\b",
    r"\bcall (?:is|'s) (?:not|no longer) (?:needed|necessary)\b",
    r"\bcancel (?:that|the call|the meeting|my request)\b",
    r"\bdo not (?:need to )?(?:call|ring|phone)\b",
    r"\bplease don't (?:call|ring|phone)\b",
    r"\bplease do not (?:call|ring|phone)\b",
    r"\bstrike that\b",
    r"\b(?:an )?e-?mail (?:is|will be|would be) (?:fine|enough|better) (?:instead|after all)\b",
    r"\b(?:the )?(?:call|meeting) (?:won't|will not) be (?:needed|necessary)\b",
    r"\bwe(?:'re| are) (?:all )?(?:good|set|sorted)[^.]{0,20} no (?:call|meeting)\b",
)
ACCESS_PURPOSE = (
    r"\b(?:for (?:access|entry|(?:the |an? )?(?:lock ?box|key|keys|gate|inspection|appointment|appt|code))|to (?:schedule|set ?up|arrange|coordinate|confirm|re-?schedule|make|book|set|get|gain|obtain)(?: (?:the|an?|for|his|her|their|up|your|this|access|entry|inspection))* "
    r"(?:inspection|appointment|access|appt|visit|entry|showing|walk-?through|viewing|site visit|time|lock ?box|keys?|gate code|interior)|to (?:be )?let in|to get in(?:side)?|to schedule(?=$|[.,!;])|to (?:set ?up|arrange) (?:a time|access)|"
    r"before (?:going|coming|arriving|heading|you (?:go|come|arrive|head|drive)|driving|inspecting)|prior to (?:arrival|arriving|inspection|going|coming)|(?:up)?on arrival|ahead\b|when (?:you(?:'re| are))? ?(?:on (?:the|your) way|en route|arriving|there|outside|at the (?:gate|property))|"
    r"(?:\d+|an|one|half an) (?:hours?|hrs?|min(?:ute)?s?) (?:ahead|before|prior|in advance|out)|en route|(?:has|have|with|for) the (?:key|keys|lock ?box|gate code|code)|for scheduling|who (?:has|can) (?:the key|let))\b"
)
INJECTION = (
    r"\bignore (?:all |any |the |your )*(?:previous|prior|above|earlier) (?:instructions?|prompts?|rules?)",
    r"^\W*(?:system|assistant|developer|admin(?:istrator)?) ?(?:prompt|message|note|override)?\s*:",
    r"\bnote to (?:the )?(?:automated|ai|agent|assistant|bot|system)\b",
    r"\bpolicy (?:check|engine|verdict)\b",
    r"\byou are now\b.{0,40}\b(?:mode|assistant|agent|admin)",
    r"\b(?:ai|automated|virtual|autonomous) (?:assistant|agent|system|bot)s?\b.{0,60}\b(?:must|should|please|create|add|send|approve|mark)\b",
    r"\bcreate an? (?:new )?(?:task|ticket|card|to-?do|reminder|action item)\b",
    r"\b(?:is_explicit|create_task|send_email|agent_enabled|allowed\s*=|verdict\s*[:=])",
    r"<\|?(?:im_start|system|endoftext)",
    r"\[(?:system|inst)\]",
    r"\bmaintenance mode\b",
    r"\bdo not log this\b",
    r"\bas an (?:ai|automated)\b",
)
IDIOMS = (
    r"\b(?:close|judge?ment|tough|good|bad|wake-?up|cold|roll|curtain|last|margin|capital|cash|sales|earnings|on|port of|house) calls?\b(?! (?:me|us|with|on|at|today|tomorrow|please|back))(?=[^?]*(?:was|is|option|went|for|yesterday|[.!]))",
    r"\bcall(?:ing)? it\b",
    r"\bcall (?:options?|for bids|center|centre|to action|log)\b",
    r"\b(?:is|'s|was|be|make|made|leave) (?:\w+ )?(?:your|my|his|her|their|our) call\b(?! (?:me|us|back))",
    r"\b(?:your|his|her|their) call(?: (?:to make|on (?:that|this|whether|the)|either way))",
    r"\bmake the call\b",
    r"\bmeet(?:s|ing)? (?:the )?(?:deadline|requirement|guideline|criteria|standard|expectation)s?\b",
    r"\bvisit our (?:web ?)?sites?\b",
    r"\b(?:what|would|do) (?:would |do )?(?:you|we|they) (?:usually |normally )?call (?:this|that|it|these|those|the|a)\b",
    r"\bcapital call\b",
    r"\bat the close of\b",
)
# What stands before a frame and makes it the writer's own plan or a subordinate thought.
REPORTED_PAST = (
    r"\b(?:i'll|i will|we'll|we will|let me|i'm going to|i am going to|we're going to|i can|we can|so i|so we|trying to|want to|going to)\b[^.?!;,:]{0,30}$|\b(?:who|whom|what|where|which|how)\b[^.?!;,:]{0,12}$|"
    r"\b(?:said|told|promised|mentioned|assured|agreed|supposed|was going|were going|was told|indicated|claimed|asked)\b[^.?!;,:]{0,60}$"
)
REPORTED_SPEECH = r"\b(?:said|says|say|wrote|writes|told (?:me|us|him|her)|asks?|asked|texted|text(?:s|ed)?|states?|reads?)\b[^\"]{0,20}\"[^\"]*$"


def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in patterns)
