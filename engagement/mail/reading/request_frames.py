"""The forms in which people ask for an act: question, imperative, having somebody do it, a look by a person.

Each frame is one small pattern made of the vocabulary in `request_lexicon`; `requests` applies them in this order.
"""

from __future__ import annotations

from . import request_lexicon as lex
from .request_form import CAUSE, DESIRE, MEMBER, MODAL, OPENING, POLITE, WHO, WISHER, Frame, frame
from .request_wishes import TIME_FRAMES, WISH_FRAMES


def _act_frames(kind: str, act: str) -> list[Frame]:
    """The frames that hold a verb phrase."""
    chance = r"(?:any (?:chance|way)|is there (?:any )?(?:chance|way)|what are the chances|is it possible|(?:would|might) it be possible|do you think|is there (?:someone|somebody|anyone|anybody))"
    hope = r"(?:hoping|wondering|was hoping|was wondering|would (?:love|like|appreciate)(?: it)?|'d (?:love|like|appreciate)(?: it)?|prefer|grateful|appreciate(?: it)?|great|good|nice|helpful|lovely|ideal|wonderful|best|useful|appreciated|perfect|better|fantastic|awesome|super|handy|love it|honou?red|delighted|thrilled|happy|glad|pleased|obliged|kind|rather|much obliged|easier|would help)"
    told = r"(?:(?:let (?:me|us) know|tell me|see|check|ask|asking|asks|find out|confirm|advise|know|like to know|wants? to know|has asked|have asked|curious)(?: \w+)?)"
    subject_modal = rf"(?P<who>{lex.ASKED}|we|i) (?:can|could|would|might|will|may|is able to|are able to|were able to|is available to|are available to|would be able to|has time to|have time to|was able to)"
    return [
        frame(f"{kind}.question", kind, rf"\b{MODAL} {POLITE}{WHO},? {POLITE}{act}", is_question=True),
        frame(
            f"{kind}.question_and",
            kind,
            rf"\b{MODAL} {POLITE}{WHO},? (?:please )?[^.?!;]{{3,90}}?(?:,? and|, then|, or| then) {POLITE}{act}",
            is_question=True,
        ),
        frame(
            f"{kind}.able",
            kind,
            rf"\b(?:would|will|are|might|is) {WHO} (?:be )?(?:able|willing|available|free|open|prepared|kind enough|around|ok|okay|up)?(?: \w+)? ?(?:to|who can|who could|that can|that could) {POLITE}{act}",
            is_question=True,
        ),
        frame(
            f"{kind}.have_cause",
            kind,
            rf"\b{MODAL} (?:{lex.YOU}|we|i|{lex.NAME}|someone) {POLITE}{CAUSE}{act}",
            is_question=True,
        ),
        frame(
            f"{kind}.please",
            kind,
            rf"\b(?:please|pls|plz|plse|kindly)\b[,: ]*{POLITE}(?:{CAUSE})?{act}",
            is_imperative=True,
        ),
        frame(
            f"{kind}.please_and",
            kind,
            rf"\b(?:please|pls|plz|kindly)\b (?!find\b)[^.?!;]{{3,90}}?(?:,? and|, then| then) {POLITE}(?:{CAUSE})?{act}",
            is_imperative=True,
        ),
        frame(
            f"{kind}.bare",
            kind,
            rf"{OPENING}{POLITE}(?!meet\b|visit\b|join\b|attend\b|take\b|set\b|make\b|see\b|find\b|do\b|have a\b|get a\b|give a\b|hold\b|plan\b|run\b|come\b|present\b|share\b){act}",
            is_imperative=True,
            is_bare=True,
        ),
        frame(
            f"{kind}.bare_meet",
            kind,
            rf"^{POLITE}(?:let's|lets|let us) (?!know)(?:please |try to |try and |just |also |plan to )*{lex.JOINT if kind == 'meeting' else lex.CALL}",
            is_imperative=True,
        ),
        frame(
            f"{kind}.come",
            kind,
            rf"^{POLITE}(?:come|stop|drop|swing|pop) (?:by|to|over|in|down|out)\b[^.?!]{{0,50}}\b(?:today|tomorrow|{lex.WEEKDAY}|at \d|this (?:week|afternoon|morning)|next week)\b",
            is_imperative=True,
        ),
        frame(f"{kind}.cause", kind, rf"{OPENING}{POLITE}{CAUSE}{act}", is_imperative=True),
        frame(
            f"{kind}.someone",
            kind,
            rf"(?:\b(?:please|pls|plz)\b,? |{OPENING})(?P<who>{lex.SOMEONE}) (?:please |should |needs to |has to |must |had better )*{act}",
            is_imperative=True,
        ),
        frame(
            f"{kind}.you_must",
            kind,
            rf"\byou (?:guys |all |really |will )*(?:need to|must|have to|got to|gotta) {POLITE}(?:{CAUSE})?{act}",
            is_imperative=True,
        ),
        frame(
            f"{kind}.chance",
            kind,
            rf"\b{chance} (?:that |for |of )?(?:(?:{WHO}|we|i) )?(?:can |could |would |might |who can |who could |that can |able to |to )*{POLITE}{act}",
            is_question=True,
        ),
        frame(
            f"{kind}.hope",
            kind,
            rf"\b{hope},? (?:(?:if|whether|that) )?(?:{subject_modal}|(?P<who2>{lex.ASKED}) (?:to|would|will)) {POLITE}(?:{CAUSE})?{act}",
        ),
        frame(
            f"{kind}.make_sure",
            kind,
            rf"\b(?:make (?:sure|certain)|ensure|see to it|see|be sure|confirm|verify)(?: that)? {WHO} (?:(?:calls|phones|rings|contacts|telephones) {lex.CALLEE}|gives {lex.CALLEE} (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|returns (?:my|our|his|her) calls?|meets (?:with )?(?:me|us)|(?:joins|attends) (?:our|the) (?:\w+ )?(?:call|meeting)|(?:will |can |could )?{act})",
            is_imperative=True,
        ),
        frame(
            f"{kind}.if_could",
            kind,
            rf"\bif (?P<who>{lex.ASKED}|we) (?:can|could|would|might) {POLITE}(?:{CAUSE})?{act}(?=[^.?!]*\b(?:grateful|appreciate\w*|great|good|helpful|thank\w*|nice|wonderful|lovely|ideal|perfect|best|obliged|awesome|super|useful)\b)",
        ),
        frame(
            f"{kind}.trouble",
            kind,
            rf"\b(?:could|can|may|might) (?:i|we) (?:please )?(?:trouble|bother|ask|beg|impose on|get|persuade) (?:you|someone|somebody|{lex.NAME}|your \w+) (?:for (?:an? )?{lex.SESSION}|to {POLITE}{act})",
            is_question=True,
        ),
        frame(
            f"{kind}.if_past",
            kind,
            rf"\b{hope} if (?P<who>{lex.ASKED}|we) (?:(?:called|calls|phoned|phones|rang|rings|telephoned|telephones|contacted|contacts|spoke (?:to|with)|speaks (?:to|with)|met(?: with)?|meets(?: with)?|visited|visits|joined|joins) (?:{lex.CALLEE}|our\b|the\b)|(?:gave|gives) {lex.CALLEE} (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|came (?:by|over|to|out)|stopped by)",
        ),
        frame(
            f"{kind}.why_not",
            kind,
            rf"\bwhy (?:don't|not|doesn't) (?:(?:{lex.ASKED}|we) )?{POLITE}{lex.JOINT if kind == 'meeting' else act}",
            is_question=True,
            is_negatable=False,
        ),
        frame(
            f"{kind}.vital",
            kind,
            rf"\b(?:urgent|important|imperative|essential|critical|crucial|vital|necessary|key|helpful|useful|best|good|great) (?:that|for) {WHO} (?:to |please |can |must )?(?:(?:calls|phones|rings|telephones|meets|joins|contacts) {lex.CALLEE}|{act})",
            is_direct=False,
        ),
        frame(
            f"{kind}.told",
            kind,
            rf"\b{told} (?:if|whether|when|what time|who) {subject_modal} {POLITE}{act}",
        ),
        frame(
            f"{kind}.need",
            kind,
            rf"\b(?:i|we|he|she|they|borrower|client|{lex.NAME})?(?:'d| would| really| still| just| also| do| will)*\s?\b(?:need|needs|want|wants|like|love|prefer|require|requires|expect|expects|appreciate|hoping for|waiting for|looking for|ask|asks|asking|asking for|request|requests|requesting|insist|insists|demand|demands|rather|prefer)(?:,[^,.?!]{{3,30}},)?(?: for| that| to (?:have|get|invite|ask))? (?:{WHO}|them|him|her) (?:to |can |could |who can |who could |that can )?{POLITE}{act}",
            is_direct=False,
        ),
        frame(
            f"{kind}.gerund",
            kind,
            rf"\b(?:would you mind|do you mind|mind|you mind|appreciate (?:you|someone|somebody|your|if)|how about|what about) (?:someone |somebody |you |your )?{_gerund(kind)}",
        ),
    ]


def _gerund(kind: str) -> str:
    if kind == "call":
        return rf"(?:giving (?:{lex.CALLEE}|my \w+) (?:an? )?(?:{lex.ADJ})*(?:call|ring|shout|buzz)|(?:calling|phoning|ringing) (?:me|us|him|her|them|back|our|my|{lex.NAME}|the)\b)"
    return r"(?:(?:meeting|speaking|talking|sitting down) with (?:me|us|him|her|our)|(?:joining|attending|scheduling|setting up|hopping on|jumping on|doing) (?:a|an|our|the|us)[^.?!]{0,30}(?:call|meeting|zoom|chat|demo|session|training)|(?:walking|talking) (?:me|us|our \w+) through|(?:stopping|coming|dropping|swinging) by|meeting (?:me|us))"


def _review_frames() -> list[Frame]:
    act = lex.REVIEW
    return [
        frame("review.question", "review", rf"\b{MODAL} {POLITE}{MEMBER},? {POLITE}{act}", is_question=True),
        frame(
            "review.cause_question",
            "review",
            rf"\b{MODAL} (?:{lex.YOU}|we|i|{lex.NAME}) {POLITE}(?:have|get|ask) {MEMBER}\s+(?:to )?{POLITE}{act}",
            is_question=True,
        ),
        frame(
            "review.cause",
            "review",
            rf"(?:\b(?:please|pls|plz|kindly)\b[, ]*{POLITE}|{OPENING}{POLITE}|\b(?:need|want|like) you to {POLITE})(?:have|get|ask|assign|send|tell|arrange for|let) {MEMBER}\s+(?:to |out to |over to )?{POLITE}{act}",
            is_imperative=True,
        ),
        frame(
            "review.personally",
            "review",
            rf"\b{MODAL} {lex.YOU} (?:please )?personally {act}",
            is_question=True,
        ),
        frame(
            "review.chance",
            "review",
            rf"\b(?:any chance|is there any (?:chance|way)|is it possible(?: for)?|would it be possible(?: for)?|appreciate (?:it )?if|great if|good if|helpful if|see if|know if|wondering if|wonder if|hoping|hoping that|nice if|grateful if) {MEMBER} (?:can |could |would |might |to |able to )*{POLITE}{act}",
        ),
        frame(
            "review.escalate",
            "review",
            r"\b(?:please|can you|could you|would you|need you to|want you to)[^.?!;]{0,30}? ?escalate (?:this|it|that|the \w+|my \w+)[^.?!;]{0,30}? to (?P<who>your|a|the|someone|management|\w+)",
            is_question=False,
        ),
        frame(
            "review.escalate_want",
            "review",
            rf"{WISHER}{DESIRE} (?:this|it|that)(?: to be)? (?:escalated|looked (?:at|into)|reviewed|investigated|handled|checked) (?:by|to) {MEMBER}",
            is_direct=False,
        ),
        frame(
            "review.eyes",
            "review",
            r"\b(?:need|want|like|please (?:get|put|have)|can we (?:get|have)|could we (?:get|have)) (?:an? )?(?:human|second set of|fresh|another set of|senior|real|pair of) (?:eyes|review|reviewer|person)\b(?: (?:on|to|at|of))",
            is_direct=False,
        ),
    ]


FRAMES: tuple[Frame, ...] = (
    *_act_frames("call", lex.CALL),
    *_act_frames("meeting", lex.MEET),
    *TIME_FRAMES,
    *_review_frames(),
    *WISH_FRAMES,
)
