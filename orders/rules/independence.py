"""Appraiser independence: no word of a wanted value reaches the appraiser (domain, 1.5 and IND-…).

The text is data: it is looked through, quoted as evidence and withheld, never obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orders.facts import OrderFacts
from orders.fixes import Change
from orders.rules.base import Found, rule

TEXT_FIELDS = ("notes", "vendor_instructions", "access_instructions")
# What a vendor sees of an order besides the property; `notes` are internal.
VENDOR_VISIBLE_TEXTS = frozenset({"vendor_instructions", "access_instructions"})
VALUE_FIELDS = ("estimated_value", "loan_amount")
# No sale fixes a price here, so an estimate could only steer.
WITHOUT_SALE = frozenset({"refinance", "cash_out", "heloc"})

# What can be a value of a property: 640,000; 640000; $640000; 640k; 1.2m. Never a time, a ZIP+4 or a phone number.
# Atomic, so that $15,000 is never taken for $15.
_AMOUNT = (
    r"(?>\$?\s?\b\d{1,3}(?:,\d{3}){2,}|\$?\s?\b\d{2,3},\d{3}|\$?\s?\b[1-9]\d{5,7}\b(?!-)|\$\s?\d{5,8}"
    r"|\$?\s?\b\d{2,4}(?:\.\d+)?\s?k\b|\$?\s?\b\d{1,2}(?:\.\d+)?\s?(?:mm?|mil|million)\b)(?![\d,]*\d)"
)
# In the mouth of somebody who wants a value, 640 is 640,000. Not when a unit, a street or a time of day follows.
_BARE = (
    r"(?:\$?\b[1-9]\d{2}\b(?!\s*(?:[-/:,.]\s?\d|sq|sf|s\.f|square|feet|ft|foot|acre|unit|day|hour|hr|min|mile|week"
    r"|month|year|page|cop|photo|am\b|pm\b|a\.m|p\.m|%|percent|st\b|ave|rd\b|dr\b|main|[nsew]\b)))"
)
_ANY = rf"(?:{_AMOUNT}|{_BARE})"
_GAP = r"[^.;!?\n,]{0,40}?"
_FILLER = (
    r"(?:\s+(?:it|this|the|a|an|value|minimum|to|be|at|above|over|around|about|near|least|of|or|for|back|out|in))*"
    r"\s+"
)
_WANT = (
    r"\b(?:need(?:s|ed|ing)?|must|ha(?:s|ve|d) (?:got )?to|got to|gotta|should|want(?:s|ed)?|looking for"
    r"|hop(?:e|es|ing) for|expect(?:s|ing)?|shoot(?:ing)? for|aim(?:ing)? for|require[sd]?)\b"
)
_STEER = (
    r"\b(?:com(?:e|es|ing) (?:in|back|out)|apprais(?:e|es|ed|ing)(?: out)?|hit(?:s|ting)?|reach(?:es)?|land(?:s)?"
    r"|value (?:it|this|the (?:house|home|property))|make (?:it|this|the (?:deal|loan|numbers?|value)) work"
    r"|support(?:s)? (?:a |the )?(?:value|price))\b"
)
_WORKS = r"\bmake (?:it|this|the (?:deal|loan|numbers?)) work\b"
_VALUE_PRESSURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "need 640", "needs 1.2m", "must be at least 640,000"
        rf"{_WANT}{_FILLER}{_ANY}",
        # "needs to come in at 640k", "make it work at 640", "640 would make it work"
        rf"{_STEER}{_FILLER}{_ANY}",
        rf"{_STEER}{_GAP}{_AMOUNT}",
        rf"{_ANY}{_GAP}{_WORKS}",
        # "target value 640,000", "value of at least 640k", "value must not be below 640k"
        rf"\b(?:target|desired|wanted|needed|required|minimum|hoped[- ]for|predetermined)\s+value\b{_GAP}{_ANY}",
        rf"\bvalue\b{_GAP}\b(?:at least|no less than|not (?:be )?(?:below|under|less than)|above|over)\s+{_ANY}",
        # "must come in at the contract price"
        rf"{_STEER}{_GAP}\b(?:contract|purchase|sales?|offer) price\b",
    )
)
_CONTINGENT_FEE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "no value, no fee", "bonus if it appraises", "fee is paid only if the value comes in"
        r"\bno (?:value|hit),? no (?:fee|pay)",
        rf"\b(?:fee|pay(?:s|ment)?|paid|bonus|invoice)\b{_GAP}\b(?:if|when|once|contingent|depend\w*|subject to)\b"
        rf"{_GAP}\b(?:value|apprais(?:e[sd]?|ing)|comes? in|hits?)\b",
    )
)
# Numbers that are something else: a code, a reference, money for work, or what the appraisal itself costs.
_OTHER_NUMBER = re.compile(
    r"\b(?:code|lockbox|gate|box|loan|case|file|id|account|parcel|ext|suite|unit|apt|phone|cell|call|text)\b",
    re.IGNORECASE,
)
_COST_BEFORE = re.compile(r"\b(?:fees?|charge|invoice|quote|rush|cost)\b[^.;!?\n]{0,25}$", re.IGNORECASE)
_COST_AFTER = re.compile(
    r"^\s*(?:dollars?\s*)?(?:in|for|of|worth of)?\s*(?:the\s)?(?:fees?|repairs?|renovations?|rehab|escrow|insurance"
    r"|deposit|down|cash|reserves?|work)\b",
    re.IGNORECASE,
)
# What the sale itself says: "contract price is $640,000", "under contract for 640,000".
_CONTRACT_PRICE = re.compile(
    r"\b(?:contract|purchase|sales?|offer|agreed)[- ]price\b[^.;!?\n\d$]{0,20}" + _AMOUNT
    + r"|\bunder contract (?:for|at)\s+" + _AMOUNT,
    re.IGNORECASE,
)  # fmt: skip


def find_value_pressure(text: str, *, is_purchase: bool) -> str:
    """The words of a text that ask for, or hint at, a value or a fee that depends on it; empty when there are none.

    On a purchase the contract price may be told, but not asked for. Source: AIR (domain, 1.5).
    """
    searched = _CONTRACT_PRICE.sub("contract price", text) if is_purchase else text
    for pattern in _CONTINGENT_FEE:
        if found := pattern.search(searched):
            return " ".join(found[0].split())
    for pattern in _VALUE_PRESSURE:
        for found in pattern.finditer(searched):
            if not _is_another_number(searched, found):
                return " ".join(found[0].split())
    return ""


def _is_another_number(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 40]
    return bool(_OTHER_NUMBER.search(found[0]) or _COST_BEFORE.search(before) or _COST_AFTER.match(after))


@rule("IND-401")
def text_asks_for_a_value(facts: OrderFacts) -> Iterator[Found]:
    """Free text of the order asks for a value, or hints at one; it is withheld from the vendor."""
    order = facts.order
    for field in TEXT_FIELDS:
        words = find_value_pressure(getattr(order, field), is_purchase=order.loan_purpose == "purchase")
        if words:
            shown = field in VENDOR_VISIBLE_TEXTS and field not in order.vendor_hidden_fields
            fix = (Change(f"vendor_hidden_fields.{field}", False, True),) if shown else ()
            yield Found(subject=field, evidence={"field": field, "quote": words}, fix=fix)


@rule("IND-402")
def estimate_is_visible_to_the_vendor(facts: OrderFacts) -> Iterator[Found]:
    """A refinance tells the vendor what somebody thinks the property is worth, or how much is lent on it."""
    order = facts.order
    shown = [
        field
        for field in VALUE_FIELDS
        if getattr(order, field) is not None and field not in order.vendor_hidden_fields
    ]
    if order.loan_purpose in WITHOUT_SALE and shown:
        fix = tuple(Change(f"vendor_hidden_fields.{field}", False, True) for field in shown)
        yield Found(evidence={"fields": shown}, fix=fix)
