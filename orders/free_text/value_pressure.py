"""Pressure on a value (rule IND-401): a figure beside words that want one, and sentences without a figure."""

from __future__ import annotations

import functools
import re

from orders.free_text.figures import AMOUNT, BARE, PRICE, cover_other_numbers
from orders.free_text.number_words import write_digits
from orders.free_text.sentences import compiled, matches_any, on_one_line, one_of, sentence_spans, tidy

_FIGURE = re.compile(AMOUNT, re.IGNORECASE)
# Without a sale nothing explains such a figure but a wish or a loan, and the appraiser is told neither.
_WRITTEN_AS_MONEY = re.compile(r"[$,a-z]", re.IGNORECASE)
# How far from the figure a word that wants a value, or tells one, may stand, in characters.
_REACH = 60
_WANTS = re.compile(
    r"\b"
    + one_of(
        "need(?:s|ed|ing)?", "must", "ha(?:s|ve|d) to", "got(?:ta| to)", "should", "want(?:s|ed)?",
        "look(?:ing)? (?:for|to)", "hop(?:e|es|ing)", "hopefully", "expect(?:s|ing|ed)?", "shoot(?:ing)?",
        "aim(?:ing)?", "target", "goal", "desired?", "require[sd]?", "min(?:imum)?", "at least", "no less",
        "not less", "(?:at )?or (?:above|better|more|higher)", "lower than", "less than", "below", "under",
        "north of", "short(?: of)?", "anything", "break ?-?even", "floor", "try", "gets?", "getting", "bring",
        "push(?:es)?", "hit(?:s|ting)?", "reach(?:es)?", "makes?", "land", "match",
        "c(?:ome|omes|oming|ame) in", "apprais(?:e|es|ed|ing|al)", "supports?", "work(?:s|ed)?", "kills?",
        "walk", "deal", "falls apart", "pencils?", "ltv", "value[ds]?", "worth", "zillow", "zestimate",
        "redfin", "realtor", "avm", "believes?", "thinks?", "had it at", "told", "in mind", "counting on",
        "comfortable", "sure of", "confident", "ideal(?:ly)?", "perfect", "happy", "love", "easy", "range",
        "estimate[ds]?", "est", "anticipated", "proposed", "predetermined", "cash[ -]?out", "out of this",
    )
    + r"\b",
    re.IGNORECASE,
)  # fmt: skip

_GAP = r"[^.;!?\n]{0,40}?"
_FILLER = (
    r"(?:[\s:,]+"
    + one_of(
        "it", "this", "that", "us", "me", "you", "see", "the", "an?", "one", "is", "was", "be", "value",
        "price", "appraisal", "minimum", "min", "to", "at", "above", "over", "below", "under", "around",
        "about", "near", "least", "of", "or", "for", "back", "out", "in", "on", "up",
    )
    + r"\b){0,6}[\s:]{1,3}"
)  # fmt: skip
# Words right after which 640 is a value.
_BEFORE_BARE = one_of(
    "need(?:s|ed|ing)?", "must", "ha(?:s|ve|d) to", "got(?:ta| to)", "should", "want(?:s|ed)?", "looking for",
    "hop(?:e|es|ing) for", "hopefully", "expect(?:s|ing)?", "expectations?", "shoot(?:ing)? for",
    "aim(?:ing)? for", "require[sd]?", "target", "minimum", "floor", "c(?:ome|omes|oming|ame) (?:in|back|out)",
    "apprais(?:e|es|ed|ing|al)", "hit(?:s|ting)?", "reach(?:es)?", "land(?:s|ing)?", "bring", "push", "get",
    "makes?", "match", "worth", "value[ds]?", "supports?", "(?:it|this|deal|loan|numbers?|value) works?",
    "number", "figure", "anything (?:over|above)", "north of", "go(?:es)? (?:below|under)",
    "(?:love|like) to see", "thinks?", "thought", "make sure", "easy",
)  # fmt: skip
_BESIDE_BARE = compiled(
    rf"\b{_BEFORE_BARE}{_FILLER}(?:we (?:are|r) (?:at )?|an easy )?{BARE}",
    rf"{BARE} (?:or (?:we|it|the|better|more|higher|above)|would (?:be|make|get|work|do)"
    r"|will (?:make|get|work|do)|makes? (?:it|this|the)|gets? us|and we)\b",
    rf"{BARE} (?:is|was|would be) (?:the |our |an? |my )?(?:magic |target )?"
    r"(?:number|figure|target|goal|mark|floor|minimum|slam dunk|no.brainer|piece of cake|doable|easy)\b",
    rf"{BARE},? (?:easy|easily)\b|{BARE}\+|\bneed(?:s|ed)? (?:a )?[1-9]\.\d{{1,2}}(?![\d%])",
    rf"{BARE}{_GAP}\bto (?:make (?:it|this|the \w+) work|match it|close)\b",
    rf"{BARE},? (?:we |i )?(?:need|have|want) to (?:match|beat|reach|hit)\b",
)  # fmt: skip

_FALLS_SHORT = one_of(
    r"(?:is|falls|com(?:e|es|ing) in) (?:\w+ )?(?:low|short|light|under|below)",
    r"low value|value (?:is|comes in) (?:low|below|under|short)",
    r"(?:doesn[’']?t|does not|won[’']?t|will not|can[’']?t|cannot|not)"
    r" (?:appraise|hit|come in|make|get (?:to|there)|support)",
)
_CONSEQUENCE = one_of(
    r"(?:won[’']?t|will not|can[’']?t|cannot|not|never|no longer|stop)(?: be)?"
    r" (?:order|use|using|send|pay|work|hire)\w*",
    "last (?:order|time)", "off (?:our|the) panel", "find (?:another|someone)", "call", "stop",
    "let (?:me|us) know", "notify", "tell us", "do not", r"don[’']?t",
)  # fmt: skip
_WITHOUT_FIGURE = compiled(
    # pay or further orders that depend on the value
    r"\bno (?:value|hit),? (?:no|then no) (?:fee|pay)",
    rf"\b(?:fee|pay(?:s|ment)?|paid|bonus|invoice)\b{_GAP}\b(?:if|when|once|contingent|depend\w*|subject to)\b{_GAP}"
    r"\b(?:value|apprais(?:e[sd]?|ing)|comes? in|hits?)\b",
    rf"\b{_CONSEQUENCE}\b[^.!?\n]{{0,60}}?\b{_FALLS_SHORT}\b",
    rf"\b{_FALLS_SHORT}\b[^.!?\n]{{0,60}}?\b{_CONSEQUENCE}\b",
    r"\b(?:business|orders?|work)\b[^.!?\n]{0,30}?\b(?:depends?|if)\b[^.!?\n]{0,30}?"
    r"\b(?:value|numbers?|coming in|comes? in|hit)\b",
    r"\blow value\b[^.;!?\n]{0,40}\b(?:cost|lose|business|again)\b|\bmiss(?:ing|ed|es) (?:the )?value\b",
    r"\b(?:as|so) long as\b[^.;!?\n]{0,20}?\bvalues?\b[^.;!?\n]{0,20}?\bcom(?:e|es|ing) in\b",
    r"\bif (?:it[’']?s |it is |the value is |value is )?(?:low|short),?\s"
    r"(?:please|call|stop|let|give|contact|do not|don)",
    # the price of the sale as the value
    rf"\b(?:com(?:e|es|ing) in|apprais(?:e|es|ed|ing)|hits?|supports?|match(?:es)?|meets?)\b{_GAP}"
    rf"\b(?:at|for|to|above|over|the|match|meet)\s+(?:the\s+)?{PRICE}(?: price)?\b(?! review| analysis)",
    rf"\b(?:value|appraisal) (?:can[’']?t|cannot|can not|must|should|has to|needs to)\b{_GAP}"
    rf"\b(?:{PRICE} price|contract)\b",
    # a value as high as can be
    r"\b(?:push|stretch|boost|bump|raise|inflate|pump|maximi[sz]e|max out|squeeze)\w*\b[^.;!?\n]{0,15}?\bvalue\b"
    r"|\bbring (?:the |this )?value up\b|\b(?:kill|hurt|sink|tank|lower)s? (?:our|the|my) value\b",
    r"\b(?:need|want|get us|give us|looking for|hop\w+ for|like|push for)\b[^.;!?\n]{0,20}?"
    r"\bhigh(?:er|est)?(?: \w+)? value\b",
    r"\b(?:aggressive|generous|liberal|favou?rable|optimistic)\b[^.;!?\n]{0,25}?"
    r"\b(?:value|appraisal|number|comps|adjustments)\b",
    r"\bhigh(?:est|er)(?: \w+)? (?:comps?|comparables?|sales)\b|\b(?:aim|go|come in) high\b|\bneed every dollar\b",
    r"\b(?:make|hit|meet|reach|get to) (?:the|our|my|their) (?:value|numbers?|mark|target|deal|loan)\b"
    r"|\bmake the (?:value|numbers?|deal|loan) work\b|\bcom(?:e|es|ing) in (?:at value|there)\b",
    r"\bmake sure (?:it|this|that|the \w+) (?:appraises|hits|comes in|makes it)\b",
)  # fmt: skip


@functools.lru_cache(maxsize=2_048)
def find_value_pressure(text: str, *, may_be_sale: bool) -> str:
    """The first sentence that asks for a value, hints at one or makes the fee depend on it; empty when none does.

    `may_be_sale`: unless the loan is known to buy nothing, its amount is told as a fact and presses on nobody.
    """
    if not text.strip():
        return ""
    text = tidy(text)
    covered = cover_other_numbers(write_digits(text), may_be_sale=may_be_sale)
    for start, end in sentence_spans(text):
        if _presses(covered[start:end], may_be_sale=may_be_sale):
            return on_one_line(text[start:end])
    return ""


def _presses(sentence: str, *, may_be_sale: bool) -> bool:
    if matches_any(_WITHOUT_FIGURE, sentence) or matches_any(_BESIDE_BARE, sentence):
        return True
    for figure in _FIGURE.finditer(sentence):
        if not may_be_sale and _WRITTEN_AS_MONEY.search(figure[0]):
            return True
        if _WANTS.search(sentence[max(0, figure.start() - _REACH) : figure.end() + _REACH]):
            return True
    return False
