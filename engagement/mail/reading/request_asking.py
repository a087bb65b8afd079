"""The forms in which people ask somebody for an act: question, imperative, hope, and a look by one of ours.

What lives here: those forms. What does not: wishes and the search for a time (`request_wishing`).
"""

from __future__ import annotations

from .request_acts import WHEN, YOU, Act
from .request_form import (
    ABOUT_DOING,
    ASK,
    ASKED,
    BARE,
    CAUSE,
    CHANCE,
    DOING,
    HOPE,
    JOINTLY,
    MAKE_SURE,
    MEMBER,
    MODAL,
    OPENING,
    PLEASE,
    POLITE,
    PRESENT,
    SOMEBODY,
    SOMEBODY_CAN,
    TELL,
    THANKFUL,
    THEM,
    TOLD,
    VITAL,
    WHO,
    WHY_NOT,
    WISH,
    WISHER,
    WISHING_TO,
    Form,
    form,
)
from .request_people import NAMED, ON_SITE, OURS, THEIRS

# --- asking somebody to do it -------------------------------------------------------------------------------------------

_ASKING_TO_DO = (
    form(ASK, DOING, rf"\b{MODAL} {POLITE}{WHO},? {POLITE}"),
    form(
        ASK,
        DOING,
        rf"\b{MODAL} {POLITE}{WHO},? (?:please )?[^.?!;]{{3,90}}?(?:,? and|, then|, or| then) {POLITE}",
    ),
    form(
        ASK,
        DOING,
        rf"\b(?:would|will|are|might|is) {WHO} (?:be )?(?:able|willing|available|free|open|prepared|kind enough|around|ok|okay|up)?(?: \w+)? ?(?:to|who can|who could|that can|that could) {POLITE}",
    ),
    form(ASK, DOING, rf"\b{MODAL} (?:{YOU}|we|i|{NAMED}|{OURS}) {POLITE}{CAUSE}"),
    form(
        ASK,
        DOING,
        rf"\b{CHANCE} (?:that |for |of )?(?:(?:{WHO}|we|i) )?(?:can |could |would |might |who can |who could |that can |able to |be (?:able|willing|available|free|open) to |to )*{POLITE}(?:{CAUSE})?",
    ),
    form(
        ASK,
        DOING,
        rf"\b(?:could|can|may|might) (?:i|we) (?:please )?(?:trouble|bother|ask|beg|impose on|get|persuade) (?:you|{OURS}|{NAMED}|your \w+) to {POLITE}",
    ),
    form(
        ASK,
        Act.SESSION,
        rf"\b(?:could|can|may|might) (?:i|we) (?:please )?(?:trouble|bother|ask|beg|impose on|get|persuade) (?:you|{OURS}|{NAMED}|your \w+) for (?:an? )?",
    ),
    form(
        WHY_NOT,
        frozenset({Act.CALL, Act.TOGETHER, Act.INVITE}),
        rf"\bwhy (?:don't|not|doesn't) (?:(?:{ASKED}|we) )?{POLITE}",
    ),
    form(
        HOPE,
        Act.DOING,
        rf"\b(?:{TOLD}|{THANKFUL}) (?:if|whether) {ASKED}(?:'d|'re)?(?: (?:would|might|is|are|be|could))* (?:open|willing|able|available|amenable) to ",
    ),
    form(HOPE, Act.DOING, rf"\b(?:would|could|will) {WHO} (?:ever |please )?(?:consider|think about|mind) "),
    form(HOPE, Act.DOING, rf"\b{ABOUT_DOING} (?:[^.?!;]{{3,60}} and |{OURS} |you |your )?"),
    form(
        HOPE,
        DOING,
        rf"\b{ABOUT_DOING} (?:you |your )?(?:having|getting|asking|letting|sending) {THEM} (?:to )?{POLITE}",
    ),
)
_TELLING_TO_DO = (
    form(TELL, DOING, rf"{PLEASE}[,: ]*(?:(?:you|u|sir|madam) )?{POLITE}(?:{CAUSE})?"),
    form(
        TELL,
        DOING,
        rf"{PLEASE} (?!(?:find|see) (?:the |our |my |a )?(?:attached|enclosed|below|herewith))[^.?!;]{{3,90}}?(?:,? and|, then| then) {POLITE}(?:{CAUSE})?",
    ),
    form(
        BARE,
        frozenset({Act.CALL, Act.MEET, Act.INVITE}),
        rf"{OPENING}{POLITE}",
        then=r"(?!(?:meet|visit|join|attend|take|set|make|see|find|do|have a|get a|give an? (?!(?:\w+ )?(?:call|ring|shout|buzz))|hold|plan|run|come|present|share|address|brief|(?:talk|speak|chat) (?:to|with) (?:us|me|our))\b)",
    ),
    form(BARE, Act.CALL, r"(?:^| [-–—]+ )you ", then=r"\w+ (?:me|us)\b"),
    form(TELL, Act.MEET, rf"^{POLITE}", then=rf"come (?:by|to|over|in|down|out)\b[^.?!]{{0,50}}\b{WHEN}\b"),
    form(
        TELL,
        JOINTLY | {Act.CALL},
        rf"{OPENING}{POLITE}(?:let's|lets|let us) (?!know)(?:(?:you and (?:i|me)|all|both) )?(?:please |try to |try and |just |also |plan to )*",
    ),
    form(TELL, DOING, rf"{OPENING}{POLITE}{CAUSE}"),
    form(
        TELL,
        DOING,
        rf"(?:{PLEASE},? |{OPENING}){SOMEBODY} (?:please |really )*(?:should|needs to|has to|must|had better|ought to|will need to) (?:please |really )*",
    ),
    form(
        TELL,
        DOING,
        rf"(?:{PLEASE},? |{OPENING}){SOMEBODY} (?:please |really )*",
        then=r"(?!set\b|put\b)",  # What somebody set up, he may have set up already.
    ),
    form(
        TELL,
        Act.CALL,
        rf"(?P<who>{NAMED}) (?:really )?(?:needs to|has to|must) ",
        then=r"\w+ (?:me|us)\b|\w+ (?:me|us) an?\b",
    ),
    form(
        TELL,
        DOING,
        rf"\byou(?:'d)? (?:guys |all |really |will )*(?:need to|must|have to|got to|gotta|had better|better) {POLITE}(?:{CAUSE})?",
    ),
    form(
        TELL,
        DOING,
        rf"\b{MAKE_SURE}(?: that)? {WHO} (?:will |can |could )?",
    ),
    form(
        TELL,
        Act.DONE,
        rf"\b{MAKE_SURE}(?: that)? {WHO} ",
        then=PRESENT,
    ),
)
_HOPING_FOR_IT = (
    form(
        HOPE,
        DOING,
        rf"\b{THANKFUL},? (?:(?:if|whether|that) )?(?:{SOMEBODY_CAN}|(?P<who2>{ASKED}) (?:to|would|will)) {POLITE}(?:{CAUSE})?",
    ),
    form(
        WISH,
        Act.DONE,
        r"\btime (?:that )?(?:we|you and i) (?:all )?",
        then=r"(?:talked|met|spoke|sat down|got together)",
    ),
    form(ASK, Act.DONE, r"\bmind if (?:we|i) ", then=r"(?:moved|pushed|rescheduled|postponed)"),
    form(HOPE, Act.DONE, rf"\b{THANKFUL} if (?P<who>{ASKED}|we) "),
    form(
        HOPE,
        DOING,
        rf"\bif (?P<who>{ASKED}|we)(?: (?:can|could|would|might)|'d) {POLITE}(?:{CAUSE})?",
        then=r"[^.?!]*\b(?:grateful|appreciate\w*|great|good|helpful|thank\w*|nice|wonderful|lovely|ideal|perfect|best|obliged|awesome|super|useful|terrific|amazing|fantastic|a (?:big |huge |great )?help)\b",
    ),
    form(HOPE, DOING, rf"\b{TOLD} (?:if|whether|when|what time|who) {SOMEBODY_CAN} {POLITE}"),
    form(WISH, DOING, rf"(?<!was )\b{VITAL} (?:that|for|if) {WHO} (?:to |please |can |must )?"),
    form(WISH, Act.DONE, rf"\b{VITAL} if {WHO} "),
    form(WISH, Act.DONE, rf"\b{VITAL} that {WHO} ", then=PRESENT),
    form(
        WISH,
        DOING,
        rf"\b(?:i|we|he|she|they|{ON_SITE}|{THEIRS}|{NAMED})?(?:'d| would| really| still| just| also| do| will)*\s?\b(?:need|needs|want|wants|like|love|prefer|require|requires|expect|expects|appreciate|hoping for|waiting for|looking for|"
        rf"(?:has|have) (?:asked|requested)|ask|asks|asking|asking for|request|requests|requesting|insist|insists|demand|demands|rather|(?:delighted|honou?red|thrilled|pleased|glad|happy)(?= to have you))(?:,[^,.?!]{{3,30}},)?(?: for| that| to (?:have|get|invite|ask)| have| get)? (?:{WHO}|them|him|her) (?:to |can |could |who can |who could |that can )?{POLITE}",
    ),
    form(WISH, JOINTLY, rf"{WISHER}(?:suggest|propose|recommend|request|ask)s? (?:that )?we(?: all| both)? "),
    form(
        WISH,
        DOING,
        rf"{WISHER}(?:insist|demand|request|ask|suggest|propose|recommend|urge|require)s? (?:that )?(?P<who>{OURS}|we(?: all)?|you) (?:please )?",
    ),
)

# --- a look by somebody of ours -----------------------------------------------------------------------------------------

_ASKING_FOR_A_LOOK = (
    form(ASK, Act.LOOK, rf"\b{MODAL} {POLITE}{MEMBER},? {POLITE}"),
    form(
        ASK,
        Act.LOOK,
        rf"\b{MODAL} (?:{YOU}|we|i|{NAMED}) {POLITE}(?:have|get|ask) {MEMBER}\s+(?:to )?{POLITE}",
    ),
    form(
        TELL,
        Act.LOOK,
        rf"(?:{PLEASE}[, ]*{POLITE}|{OPENING}{POLITE}|\b(?:need|want|like) you to {POLITE})(?:have|get|ask|assign|send|tell|arrange for|let) {MEMBER}\s+(?:to |out to |over to )?{POLITE}",
    ),
    form(ASK, Act.LOOK, rf"\b{MODAL} {YOU} (?:please )?personally "),
    form(
        HOPE,
        Act.LOOK,
        rf"\b(?:any chance|is there any (?:chance|way)|is it possible(?: for)?|would it be possible(?: for)?|appreciate (?:it )?if|great if|good if|helpful if|see if|know if|wondering if|wonder if|hoping|hoping that|nice if|grateful if) {MEMBER} "
        rf"(?:can |could |would |might |to |able to )*{POLITE}",
    ),
    form(
        TELL,
        Act.LOOK,
        rf"(?:{PLEASE},? |{OPENING}){SOMEBODY} (?:please |really )*(?:should|needs to|has to|must|ought to|had better) (?:please |really )*",
    ),
    form(WISH, Act.LOOK, rf"{WISHING_TO}(?:for )?(?:{YOU}|{NAMED}) to (?:please )?personally "),
    form(
        WISH,
        Act.LOOK,
        rf"{WISHING_TO}(?:an? |for )?(?P<who>{OURS})(?: (?:out|over|down|up|back))?(?: here| there| on ?site| at the \w+)? (?:to |who can |who could )?{POLITE}",
    ),
    form(
        HOPE,
        Act.ESCALATE,
        r"\b(?:please|can you|could you|would you|need you to|want you to)[^.?!;]{0,30}? ?",
    ),
    form(
        WISH,
        Act.EYES,
        rf"(?:{WISHING_TO}|\b(?:need|want|like|please (?:get|put|have)|can we (?:get|have)|could we (?:get|have)) )",
    ),
)

ASKING: tuple[Form, ...] = (*_ASKING_TO_DO, *_TELLING_TO_DO, *_HOPING_FOR_IT, *_ASKING_FOR_A_LOOK)
