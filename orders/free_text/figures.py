"""Which numbers in an order's text can be the value of a property, and what all the others are.

A value is 640,000, 640k or 1.2m; in the mouth of somebody who wants one, 640 is 640,000. Everything else (a code, an
address, a date, an area, a fee) is covered, so that it is taken for no value.
"""

from __future__ import annotations

import re

from orders.free_text.sentences import compiled, one_of

# 640,000; 640000; $64000; 640k; 640 thousand; 1.2m; the low 700s. Atomic, so that no figure is read in part.
AMOUNT = (
    r"(?=[$\dlmhut])(?>(?:\$ ?)?(?<![\d,.])"
    + one_of(
        r"(?:\d{1,3}(?:,\d{3}){2,}|(?:[2-9]\d|[1-9]\d{2}),\d{3})(?:\.\d\d)?(?![\d,]*\d)",
        r"(?:[2-9]\d|[1-9]\d{2,3})(?:\.\d+)? ?(?:k|thousand|thou|grand)\b",
        r"\d{1,2}(?:\.\d+)? ?(?:mm?|mil|mill|million)\b",
        r"(?<!-)[1-9]\d{5,7}(?:\.\d\d)?\b(?!-)",
    )
    + r"|\$ ?[2-9]\d{4}(?:\.\d\d)?\b"
    r"|\b(?:low|lower|mid|middle|high|higher|upper)[ -](?:to[ -]\w+[ -])?[1-9]\d{2}'?s\b|\bthe [1-9]\d{2}'?s\b)"
)
# 640, but not the start of another number, and not a road.
BARE = r"(?:(?<![\d,.$-])\$?[1-9]\d{2}\b(?![-/:,.]?\d| (?:via|from|on the|off|by the)\b))"
PRICE = one_of("contract", "purchase", "sales?", "selling", "offer", "agreed")

_ANY = one_of(AMOUNT, BARE)
_MONEY = rf"(?:{_ANY}|\$\s?[\d,]+(?:\.\d\d)?)"
# Not the head of a larger number: 640 of 640,000 or of 640k.
_ENDS = r"\b(?!,\d|\.\d|\s?(?:k|m|mil|million)\b)"
# What may stand between a noun and its number: "is", "of about", "must not exceed".
_SAYS = (
    r"(?:[\s:=~/-]|\b(?:19|20)\d\d\b|\b"
    + one_of(
        "is", "are", "was", "were", "be", "been", "has", "have", "of", "at", "for", "to", "in", "on", "the",
        "an?", "up", "must", "needs?", "should", "will", "not", "no", "exceed", "below", "under", "above",
        "more", "less", "than", "least", "about", "around", "approx", "approximately", "approved", "including",
        "amount",
    )
    + r"\b){0,12}"
)  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_STREET_END = one_of(
    "st",
    "street",
    "ave",
    "avenue",
    "rd",
    "road",
    "dr",
    "drive",
    "ln",
    "lane",
    "ct",
    "court",
    "blvd",
    "boulevard",
)
_NUMBERED = one_of(
    "codes?", "combo", "pin", "lock ?box", "gate", "key(?:pad)?", "box", "ext", "extension", "branch",
    "units?", "apt", "apartment", "suite", "ste", "stall", "space", "spot", "exit", "lot", "block", "blk",
    "plat", "book", "page", "parcel", "apn", "case", "file", "po", "order", "invoice", "loan", "account",
    "acct", "mls", "tract", "filing", "room", "bldg", "building", "floor", "route", "hwy", "highway",
    "interstate", "form", "id", "ref", "reference", "section", "(?:house|street) number", "neighbou?r at",
)  # fmt: skip
_MEASURE = one_of(
    "sq", r"sf\b", r"s\.f", "square", "feet", "foot", r"ft\b", "acres?", r"ac\b", "miles?", r"mi\b", "hours?",
    r"hrs?\b", "minutes?", r"mins?\b", "days?", "weeks?", "months?", "years?", r"yrs?\b", "pages?", "copies",
    "photos?", "pictures?", r"pics?\b", r"comps?\b", "comparables?", "bed", "bath", "units?", "gallons?",
    r"amps?\b", "story", "stories", "percent", "%", "bps", r"kw\b", r"lbs?\b", "closed", "listings?",
    r"cars?\b", "people", "outbuildings?",
)  # fmt: skip
_FEE = one_of("fees?", "charges?", "rush", "invoice", "bill", "quoted?", "total", "payment", "pay")
# Money that is neither a fee nor a value.
_COST = one_of(
    "costs?", "cost approach", "deposit", "earnest money", "concessions?", "down payment", "repairs?",
    r"renovat\w+", r"remodel\w*", "rehab", "tax(?:es)?", "rents?", "hoa", "dues", "escrow", "insurance", "e&o",
    "coverage", "premium", "reserves?", "income", "limits?", "replaced", "roof", "kitchen", "upgrades?",
    "improvements?", "installed", "spent", "assess(?:ed|ment)(?: (?:value|it))?", "balance", "payoff", "owes?",
    "lien", "gift", "funds", "cash", "sold", "bought", "paid", "purchased", "acquired", "deeded", "recorded",
    "transfer(?:red)?", "prior sale", "previous sale",
)  # fmt: skip
_OTHER_NUMBERS = compiled(
    # telephone, dates, times
    r"\+?1?[\s.(-]{0,3}\b\d{3}[\s.)-]{1,2}\d{3}[\s.-]\d{4}\b",
    r"\b\d{1,2}[/-](?:\d{1,2}(?:[/-]\d{2,4})?|\d{4})\b|\b\d{4}-\d\d-\d\d\b",
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b",
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b\d{1,2}:\d\d\b|\b\d{1,3}(?:st|nd|rd|th)\b|#\s?\d[\d-]*",
    # what is numbered, where it is, how large it is
    rf"\b{_NUMBERED}\b(?:[\s:.#]|\b(?:no|num|number|is|was|on|at|the|id)\b){{0,6}}(?<!\$)\d[\d-]*{_ENDS}",
    r"\b\d{1,6} (?:[nsew]\.? )?(?:(?-i:[A-Z][a-z]\w*|\d+(?:st|nd|rd|th)) ){1,3}"
    rf"(?:{_STREET_END}|(?-i:[A-Z])\w+)\b",
    rf"\b\d{{1,6}} (?:[nsew]\.? )?[\w.]+ {_STREET_END}\b|\b(?-i:[A-Z]{{2}}) \d{{5}}(?:-\d{{4}})?\b",
    rf"(?<![\d,])[\d,]+(?:\.\d+)?[ -]?{_MEASURE}",
    # from which value on an appraiser must be certified, and what insurance covers
    rf"\b(?:certified|licensed|appraiser|credential)\b[^.;!?\n]{{0,40}}\b(?:over|above|from|than)\s{AMOUNT}",
    rf"{AMOUNT}\s?/\s?{AMOUNT}",
    rf"\b(?:e&o|insurance|limits?)\b[^.;!?\n\d]{{0,30}}{AMOUNT}(?:\s?/\s?{AMOUNT})?",
    # fees, none of which is as high as the least value, and other costs
    rf"\b{_FEE}\b{_SAYS}\$?\s?(?:1?\d,\d{{3}}|\d{{1,4}})(?:\.\d\d)?{_ENDS}",
    rf"\b{_COST}\b{_SAYS}(?:{_ANY}|\$?\s?[\d,]+(?:\.\d\d)?)",
    rf"{_MONEY}(?: dollars)?(?: (?:a|per|each) (?:month|year|unit|claim)| (?:down|earnest)\b"
    r"| (?:(?:in|of|for|worth of|to|towards) )?(?:the |her |his |their )?(?:(?:trip |rush |tech )?fees?|repairs?"
    r"|renovations?|rehab|work"
    r"|escrow|insurance|deposit|reserves?|concessions?|closing costs?)\b)",
)
# How a fact is told, without a word that wants it so.
_TELLS = (
    r"(?:[\s:=~/-]|\b(?:19|20)\d\d\b|\b"
    + one_of(
        "is", "are", "was", "were", "be", "been", "of", "at", "for", "to", "in", "on", "the", "an?", "up", "about",
        "around", "approx", "approximately", "amount", "dated",
    )
    + r"\b){0,12}"
)  # fmt: skip
_PRICES = compiled(
    rf"\b(?:under contract|{PRICE}[ -]?price|contract|offer(?:ed)?|price|list(?:ed|ing)?|amended|reduced|agreed)"
    rf"{_TELLS}(?:(?:per [\w ]{{0,20}}|attached for ))?{AMOUNT}",
    rf"{AMOUNT} (?:executed |signed )?(?:contract|{PRICE} price)\b",
)
_LOANS = compiled(
    rf"\b(?:loan|mortgage|financing|borrowing|lending)(?: amount| amt)?\.?{_TELLS}{AMOUNT}",
    rf"{AMOUNT} (?:loan|mortgage)\b",
)


def cover_other_numbers(text: str, *, may_be_sale: bool) -> str:
    """The text, as long as before, with a mark instead of each digit that belongs to no value.

    Prices are told as facts in any order; the amount of a loan only where it may buy the property.
    """
    for pattern in (*_OTHER_NUMBERS, *_PRICES, *(_LOANS if may_be_sale else ())):
        text = pattern.sub(lambda found: re.sub(r"[\d$]", "~", found[0]), text)
    return text
