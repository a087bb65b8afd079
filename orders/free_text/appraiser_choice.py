"""Who chooses, removes or talks to the appraiser, as an order's text tells it (rule IND-403).

Loan production may do none of it, and nobody may have one removed over value.
"""

from __future__ import annotations

from orders.free_text.sentences import compiled, matches_any, one_of, split_sentences

_GAP = r"[^.;!?\n]{0,40}?"
_PRODUCTION = one_of(
    "loan (?:officer|originator|consultant|production)",
    "mortgage (?:loan )?(?:officer|originator|broker|banker|consultant)",
    "originator", "production (?:team|staff|department)", "branch manager", "sales (?:manager|team)",
    "account executive",
    r"(?-i:\bM?LO\b|\bL\.O\.|\bAE\b)",
    "(?<!listing )(?<!estate )(?<!selling )broker(?! price)",
)  # fmt: skip
_BY_PRODUCTION = rf"(?:the |our |my )?{_PRODUCTION}"
_NAME = r"(?-i:[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+)"
# An appraiser, named or meant; not one who is only told what to bring or whom to call.
_SOMEONE = one_of(
    r"(?:the |this |that |our |an? )?(?:same |different |other |new |last |specific |certain )?appraiser(?: named)?"
    rf"(?: {_NAME})?(?! (?:to (?!do|take|handle|complete|appraise)|must|should|may|will|can|call|meet))\b",
    rf"{_NAME}(?= (?:on|for) (?:this|it|the file)| (?:assigned|again)"
    r"| (?:to (?:do|take|handle|complete|appraise)|as (?:the |our )?appraiser))",
)
_CHOOSES = one_of(
    "wants?", "would like", "prefers?", "request(?:s|ed)?", "ask(?:s|ed)? (?:for|that|to have)", "insists? on",
    "chose", "chosen", "picks?", "picked", "select(?:s|ed)?", "recommend(?:s|ed)?", "suggest(?:s|ed)?",
    "choice of",
)  # fmt: skip
_ASSIGN = one_of(
    r"(?:assign(?:ed)? (?:(?:it|this|this one|the order) )?to|use|(?:send|give) (?:it|this|this one) to)"
    rf" {_NAME}(?= per\b| for\b|[^\w ]|\Z| *\Z)",
    rf"use {_NAME}(?= (?:on|again|as)\b)",
)
_REMOVES = one_of(
    "remove[ds]?", "replace[ds]?", "reassign(?:ed)?", "drop", "blacklist",
    r"(?:do not|don[’']?t|does not|doesn[’']?t|never|no longer)(?: want)?(?: to)?(?: (?:use|assign|send|hire|have))?",
)  # fmt: skip
_WHOM = one_of(_NAME, "(?:the |this |that |our )?(?:last |same |previous )?appraiser")
_TALKS = "(?:call|contact|speak|talk|discuss|reach out|text|e-?mail|meet)(?: to| with)?"
_OVER_VALUE = compiled(r"\b(?:values?|low|short|numbers?|under contract|killed)\b")
# Opening a door is no talk about the report.
_ABOUT_ACCESS = compiled(r"\b(?:access|keys?|lockbox|schedul\w+|entry|let (?:him|her|them) in|gate)\b")

_CHOSEN_BY_PRODUCTION = compiled(
    rf"\b{_PRODUCTION}\b{_GAP}\b{_CHOOSES}\b{_GAP}\b{_SOMEONE}",
    rf"\b{_PRODUCTION}\b[^.;!?\n]{{0,60}}?\b{_ASSIGN}",
    rf"\b{_ASSIGN}[^.;!?\n]{{0,40}}?\b(?:per|for|by) {_BY_PRODUCTION}",
    rf"\bappraiser\b{_GAP}\b(?:chosen|picked|selected|requested|recommended) by {_BY_PRODUCTION}",
)
_CONTACTED = compiled(
    rf"\b{_PRODUCTION}\b[^.;!?\n]{{0,25}}?\b{_TALKS} (?:the |our )?appraiser\b",
    rf"\bappraiser\b[^.;!?\n]{{0,20}}?\b{_TALKS} {_BY_PRODUCTION}",
)
_REMOVED = compiled(rf"\b{_REMOVES}\b[^.;!?\n]{{0,20}}?\b{_WHOM}", rf"\b(?:take|pull|kick) {_WHOM} off\b")
_CHOSEN_BY_SOMEBODY = compiled(
    rf"\b{_ASSIGN}",
    rf"\b(?:use|prefer\w*|request\w*|want)\b[^.;!?\n]{{0,15}}?\bappraiser:? {_NAME}",
    r"\b(?:use|assign|send|request\w*|want)\b[^.;!?\n]{0,15}?\bsame appraiser\b",
    rf"\b(?:(?:preferred|requested) appraiser|appraiser (?:requested|preferred))\b:? {_NAME}",
    rf"\b(?:want|request\w*|prefer\w*|like) {_NAME} as (?:the |our )?appraiser\b",
    rf"\b{_REMOVES}\b[^.;!?\n]{{0,20}}?\bappraiser {_NAME}",
)
_NAMES_PRODUCTION = compiled(rf"\b{_PRODUCTION}")


def find_forbidden_choice(text: str) -> str:
    """The first sentence in which loan production has a say, or one is to go over value; empty when there is none."""
    return next((sentence for sentence in split_sentences(text) if _is_forbidden(sentence)), "")


def find_choice(text: str) -> str:
    """The first sentence that wants, or turns down, a particular appraiser, whoever asks; empty when none does."""
    for sentence in split_sentences(text):
        if matches_any(_CHOSEN_BY_SOMEBODY, sentence) or _is_forbidden(sentence):
            return sentence
    return ""


def _is_forbidden(sentence: str) -> bool:
    if matches_any(_CHOSEN_BY_PRODUCTION, sentence):
        return True
    if matches_any(_CONTACTED, sentence) and not matches_any(_ABOUT_ACCESS, sentence):
        return True
    return matches_any(_REMOVED, sentence) and (
        matches_any(_NAMES_PRODUCTION, sentence) or matches_any(_OVER_VALUE, sentence)
    )
