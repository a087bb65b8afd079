"""The words that take a request back, and those that try to give orders to a machine.

What lives here: patterns for one sentence with plain quotes and blanks. What does not: when they count (`request_guards`).
"""

from __future__ import annotations

import re

# Questions a system answers itself: asking "someone" for them makes no human task.
SERVED = (
    r"\b(?:status|eta|update(?:d)?(?: on| me| us)?|invoice|copy of|copies of|receipt|due date|w-?9|e ?& ?o|quote|bid|fee|turn ?time|tracking|confirmation|"
    r"upload(?:ed)?|resend|re-send|forward|payment|password|log ?in|portal|delivery date|when (?:it|the (?:report|order|appraisal|inspection)) (?:will|is)|where (?:it|the (?:report|order)) is|on track|progress)\b"
)

COURTESY = (
    r"\bhesitate\b",
    r"\bfeel (?:free|welcome)\b",
    r"\bfree to (?:call|phone|ring|reach|contact|give|stop|drop|set|schedule|book)\b",
    r"\bwelcome to (?:call|stop|join|visit|come|reach|ring)\b",
    r"\b(?:happy|glad|pleased|delighted|willing|more than happy|open) to (?:hop|jump|get|talk|chat|speak|call|meet|discuss|set|schedule|walk|join|explain|go over|come|do|have(?! you\b)|take|arrange|connect|give)\b(?![^.?!]*\bwith you\?)",
    r"\b(?:call|phone|ring|contact|reach)(?: (?:me|us|our \w+|my \w+|the office))?(?: back)?(?: at [^.?!]{3,30}| any ?time)? (?:with|for|regarding) (?:any|all|your|further|additional|more|other|questions)\b(?! (?:of the|us))[^.?!]*\b(?:questions?|concerns?|issues?|comments?|info\w*|help|assist\w*|clarif\w*|details?|needs?|problems?)\b",
    r"\b(?:call|phone|ring|contact|reach|reached)\b[^.?!,;]{0,40} (?:with|for) (?:any )?(?:questions|concerns)\b|\b(?:with|for) any (?:questions|concerns)\b",
    r"\bany questions\b",
    r"\bquestions\? ",
    r"\banytime\b(?! (?:today|tomorrow|this|on|after|before|between|from|monday|tuesday|wednesday|thursday|friday|next|in the|until|around))",
    r"\b(?:i|we) (?:can|could|may|will) (?:also )?be (?:reached|contacted|available)\b",
    r"\bi(?:'ll| will| can) (?:handle|take care of|do|deal with) (?:it|that|this)\b",
    r"\bcall away\b",
    r"\b(?:glad|happy|pleased|delighted|thrilled|relieved|great|good) (?:that )?(?:you|he|she|they|we|\w+) (?:all )?(?:could|were able|was able|managed)\b",
    r"\blook(?:ing)? forward to\b",
    r"\bhope to\b",
    r"(?:^|[,;] |\b(?:and|or|but|otherwise) )you (?:can|could|may|might) (?:always |also |just |either |certainly |reach |still |then )*(?:call|phone|ring|reach|contact|give|schedule|book|stop|meet|join|set)\b(?![^.]*\?)",
    r"\bat any time\b",
    r"\b(?:call|phone)(?: us| me)?(?: at)? [\d() .-]{7,} or (?:visit|reply|e-?mail|go|log|write|click|text)\b",
    r"\bor (?:visit|go to|click|log ?in|reply to this)\b",
    r"\bfor (?:assistance|support|further assistance)\b",
    r"\b(?:call|dial|phone|contact|reach)(?! me\b)[^.?!]{0,30}\b(?:1[- .]?)?\(?8(?:00|88|77|66|55|44|33)\)?[- .]\d{3}",
    r"\b1[- ]?8(?:00|88|77|66|55|44|33)[- ]",
    r"\bcall (?:us |me |now |today )*for (?:details|info\w*|more|pricing|a (?:free )?quote|help|assistance|rates|directions)\b",
    r"^\W*to (?!(?:be|say|me|my|us|our|you|your|the|that|this|whom|all)\b)\w+\b[^.?!]{2,60}, (?:please |simply |just |then )*(?:call|phone|dial|contact|ring|visit|see) (?!me\b|him\b|her\b|them\b)",
    r"\bwhatever works\b",
    r"\bcall, (?:e-?mail|text|write)\b",
    r"\bcall (?:us |our office |the office )?(?:during|between|within) (?:our |normal |regular |the )?(?:business|office|working|hours)",
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
    r"\bif (?:at all )?(?:you(?:'re| are) (?:in(?: the office| town)?|there|back|at your desk|up)|possible|any(?=\))|you're (?:available|free|around|able)|you (?:can|could|would|don't mind|wouldn't mind|please|get (?:a chance|a minute|a moment|time)|have (?:a |some |any |the )?(?:few |free |spare )?(?:time|min(?:ute)?s?|moments?|sec(?:ond)?s?|chance|availability|opening)|"
    r"are (?:available|free|around|able|in (?:the office|today))|'re (?:available|free|around|able))|that (?:works|suits|is ok|is okay|'s ok|is possible|helps)|it (?:works|suits|is convenient|(?:'s|is) all the same|isn't too much trouble|'s not too much trouble|is not too much trouble|is ok|is possible|isn't a bother)|"
    r"convenient|available|time (?:permits|allows)|feasible|not today|not sooner|ok with you|okay with you|so inclined|that(?:'s| is) (?:the|an?|your|our) (?:only |best |easiest )?(?:option|way|choice|thing)|your schedule (?:allows|permits)|tomorrow (?:works|is)|today (?:works|is)|(?:monday|tuesday|wednesday|thursday|friday) (?:works|is|suits)|nothing else)\b"
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
    r"\b(?:for (?:(?:\w+ )?access|entry|(?:the |an? )?(?:lock ?box|key|keys|gate|inspection|appointment|appt|code))|to (?:schedule|set ?up|arrange|coordinate|confirm|re-?schedule|make|book|set|get|gain|obtain)(?: (?:the|an?|for|his|her|their|up|your|this|access|entry|inspection))* "
    r"(?:inspection|appointment|access|appt|visit|entry|showing|walk-?through|viewing|site visit|time|lock ?box|keys?|gate code|interior)|to (?:be )?let in|to get in(?:side)?|to schedule(?=$|[.,!;])|to (?:set ?up|arrange) (?:a time|access)|"
    r"before (?:any|the|each|every) (?:visit|inspection|appointment)|before (?:entering|going|coming|arriving|heading|you (?:go|come|arrive|head|drive)|driving|inspecting)|prior to (?:arrival|arriving|inspection|going|coming)|(?:up)?on arrival|ahead\b|when (?:you(?:'re| are))? ?(?:on (?:the|your) way|en route|arriving|there|outside|at the (?:gate|property))|"
    r"(?:\d+|an|one|half an) (?:hours?|hrs?|min(?:ute)?s?) (?:ahead|before|prior|in advance|out)|en route|(?:has|have|with|for) the (?:key|keys|lock ?box|gate code|code)|for scheduling|who (?:has|can) (?:the key|let))\b"
)
# A seller's purpose: the time is wanted for the writer's wares.
PITCH = (
    r"\b(?:show|tell|demonstrate to|share with) you (?:\w+ ){0,2}?(?:how (?:we|our|you can|to)|what (?:we|our) (?:can|do|offer|platform|product|software|service)|our (?:platform|product|software|services?|solutions?|tool|demo|offering))",
    r"\b(?:chat|call|talk|conversation|meeting|demo|minutes?)\b[^.?!]{0,30} (?:about|on|to (?:discuss|learn|hear|see|show)) how (?:we|our|you can)\b",
    r"\b(?:save|earn|win) (?:up to )?\$?\d|\b\d+ ?(?:%|percent) off\b",
    r"\btell you (?:more |a (?:bit|little) )?about\b",
    r"\b(?:introduce|demo|showcase|present|pitch) (?:you to )?(?:our|my|the) (?:company|firm|agency|platform|product|software|services?|solutions?|tool|offering|candidates?)\b",
    r"\b(?:learn|hear|find out|know) (?:more )?about your (?:business|current (?:process|setup|provider|vendor|stack)|hiring|goals|needs|challenges|pain points)",
    r"\bdiscuss your (?:\w+ ){0,2}(?:needs|goals|challenges|strategy|growth|options|plans|hiring|marketing)\b",
    r"\b(?:see|explore|find out|discuss) (?:if|whether|how) (?:we|there|this|it)(?:'s| is| are| might be| could be| would be|'d be)? (?:(?:a|the) )?(?:good |right |mutual |potential )?(?:fit|match)\b",
    r"\b(?:explore|discuss) (?:a |any |possible |potential )?(?:synerg\w+|partnership opportunit\w+|partnering)\b",
    r"\b(?:free|no.obligation|complimentary) (?:demo|trial|consultation|audit|assessment|webinar|strategy (?:call|session))\b",
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
# A rule for another time: it asks for nothing now.
STANDING_RULE = r"\b(?:in (?:the )?future|going forward|from (?:now|here) on(?:wards?)?|next time|for future (?:orders|reference|files|assignments)|as a (?:general )?rule|(?:on|for) (?:all|every|any) (?:new |future )?(?:orders?|files?|loans?))\b"
# One of the writer's own people: "someone on our side please call the borrower".
ON_THEIR_SIDE = r"\b(?:some ?one|some ?body|any ?one|any ?body|one) (?:from|on|at|in|of) (?:our|my)(?: own)? (?:\w+ )?(?:side|end|team|office|staff|branch|group|department|dept|people|company|shop|place|house)\b"
# What stands before a frame and makes it the writer's own plan or a subordinate thought.
REPORTED_PAST = (
    r"\b(?:i'll|i will|we'll|we will|let me|i'm going to|i am going to|we're going to|i can|we can|so i|so we|trying to|want to|going to)\b[^.?!;,:]{0,30}$|\b(?:who|whom|what|where|which|how)\b[^.?!;,:]{0,12}$|"
    r"\b(?:said|told|promised|mentioned|assured|agreed|supposed|was going|were going|was told|indicated|claimed|asked)\b[^.?!;,:]{0,60}$"
)
REPORTED_SPEECH = r"\b(?:voice ?mail|message|text|note|e-?mail) (?:from|by|of|left by)\b[^.?!;]{0,60}:\s*$|\b(?:he|she|they|borrower|owner|agent|client|manager|boss|underwriter|buyer|seller) (?:said|says|asked|asks|wrote|writes|texted)[:,] ?[\"']?$|\b(?:said|says|say|wrote|writes|told (?:me|us|him|her)|asks?|asked|texted|text(?:s|ed)?|states?|reads?)\b[^\"]{0,20}\"[^\"]*$|[:,–—-] ?\"[^\"]*$"


def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that finds what any of them finds."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)
