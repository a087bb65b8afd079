"""What the words of an order mean: loan, property, occupancy, payment, money, and what is ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

_Patterns = tuple[tuple[str, re.Pattern[str]], ...]


def _table(rows: Mapping[str, str]) -> _Patterns:
    return tuple((value, re.compile(pattern, re.I)) for value, pattern in rows.items())


_LOAN_TYPES = _table(
    {
        "fha": r"\bfha\b|\bhud\b",
        "va": r"\bva (?:loan|appraisal|case|purchase|refi|irrrl)\b|^\s*va\s*(?:[/,;-]|$)|\bveterans? affairs\b",
        "usda": r"\busda\b|\brural (?:development|housing)\b|\brhs\b",
        "jumbo": r"\bjumbo\b",
        "conventional": r"\bconv(?:entional)?\b|\bfannie\b|\bfreddie\b|\bfnma\b|\bfhlmc\b|\bconforming\b",
    }
)
_LOAN_PURPOSES = _table(
    {
        "cash_out": r"\bcash[- ]?out\b",
        "heloc": r"\bheloc\b|\bhome equity\b|\bsecond mortgage\b",
        "construction": r"\bconstruction (?:loan|to perm|perm)\b|\bconstruction[- ]to[- ]permanent\b|^\s*construction\s*$",
        "reverse": r"\breverse mortgage\b|\bhecm\b|^\s*reverse\s*$",
        "refinance": r"\bre-?fi(?:nance|nancing)?s?\b|\brate[ /-]+(?:and[ -]|&[ -])?term\b|\birrrl\b",
        "purchase": r"\bpurchas(?:e|ing)\b(?! (?:order|price))|\bpurchase price\b|\bunder contract\b|\bbuying\b",
    }
)
_OCCUPANCY = _table(
    {
        "vacant": r"\bvacant\b(?! land| lot)|\bunoccupied\b|\bnobody lives\b|\bempty house\b",
        "tenant": r"\btenant[- ]occupied\b|\brented\b|\brental\b|\brenters?\b|\binvestment property\b|^\s*tenant",
        "owner": r"\bowner[- ]?occ(?:upied|\b)|\bprimary residence\b|^\s*(?:owner|borrower|homeowner|primary)\b|\bo/o\b",
    }
)
_PROPERTY_TYPES = _table(
    {
        "two_to_four": r"\b(?:duplex|triplex|fourplex|four-plex|quadplex)\b|\b[2-4][- ]?(?:unit|family)s?\b|\b(?:two|three|four)[- ](?:unit|family)\b"
        r"|\b2\s?(?:-|–|to)\s?4[- ](?:unit|family)|\bmulti[- ]?family\b",
        "condo": r"\bcondo(?:minium)?s?\b",
        "coop": r"\bco-op\b|\bcooperative\b",
        "pud": r"\bpud\b|\bplanned unit development\b",
        "manufactured": r"\bmanufactured\b|\bmobile home\b|\bdouble[- ]?wide\b",
        "land": r"\bvacant (?:land|lot)\b|\braw land\b|\bland only\b|^\s*(?:land|lot)\s*$",
        "agricultural": r"\bagricultural\b|\bfarm\b|\branch land\b",
        "mixed_use": r"\bmixed[- ]use\b",
        "commercial": r"\bcommercial\b|\bindustrial\b|\bretail\b|\boffice building\b|\bwarehouse\b",
        "single_family": r"\bs(?:fr|fd|f)\b|\bsingle[- ]family\b|\bdetached (?:home|house)\b|\btownho(?:me|use)\b",
    }
)
_PAYMENTS = _table(
    {
        "borrower_pay": r"\bborrower (?:pays?|to pay|will pay|is paying|paid)\b|\b(?:pay(?:ment)? ?link|link) to (?:the )?borrower\b"
        r"|\bcollect from (?:the )?borrower\b|\bpaid by (?:the )?borrower\b|\bcharge (?:the )?borrower\b",
        "cod": r"\bc\.?o\.?d\.?\b|\bcash on delivery\b|\bpay(?:ment)? at (?:the )?door\b",
        "ach": r"\bach\b|\be-?check\b|\bbank transfer\b|\bwire\b",
        "prepaid": r"\bpre-?paid\b|\balready paid\b|\bpaid in full\b",
        "card": r"\b(?:credit|debit|lender) ?card\b|\bcard on file\b|\bcc on file\b|\bpay by card\b",
        "bill": r"\bbill(?:ed)? (?:us|me|the (?:lender|client|bank)|to (?:us|lender|client)|lender|client|as usual|our account)\b|\binvoice (?:us|me|the lender|to us)\b"
        r"|\bplease (?:bill|invoice)\b|\bbill ?(?:me|/|$)|^\s*(?:bill|invoice)|\bnet ?\d\d\b|\bmonthly (?:bill|invoice|statement)\b|\bon account\b",
    }
)
_MONEY = re.compile(
    r"(?<![\d.,])\$?\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{1,2})?(?![\d,]*\d)(?!\s?[km%]\b)", re.I
)
_FEE = re.compile(
    r"(?<!tech )(?<!technology )(?<!rush )(?<!trip )(?<!late )(?<!management )(?<!cancellation )\bfee\b[^.\n$\d]{0,25}"
    r"\$?\s?(?P<after>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{2,5}(?:\.\d\d)?)\b(?!\s?[k%/-])"
    r"|\$\s?(?P<before>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{2,5}(?:\.\d\d)?)\s+(?:appraisal |flat |agreed )?fee\b",
    re.I,
)
# What an appraisal can cost; a figure outside is a price, a loan or a number.
_FEES = (Decimal(50), Decimal(25_000))
# What can be ordered, as words of mails and names of products have it.
_TAGS = _table(
    {
        "completion": r"\b1004-?d\b|\bfinal inspection\b|\bcompletion (?:report|cert\w*)\b|\brecert(?:ification)?\b|\bappraisal update\b",
        "field_review": r"\bfield review\b|\bform 2000\b|^\s*2000\s*$",
        "desk_review": r"\bdesk review\b",
        "rent": r"\brent(?:al)? schedule\b|\b1007\b",
        "income": r"\boperating income\b|\b(?:form )?216\b(?= |$|[,.;/])",
        "desktop": r"\bdesktop\b",
        "hybrid": r"\bhybrid\b",
        "exterior": r"\bexterior[- ]only\b|\bdrive[- ]?by\b|\b2055\b",
        "disaster": r"\bdisaster (?:inspection|report)\b|\bdair\b",
        "bpo": r"\bbpo\b|\bbroker price opinion\b",
        "avm": r"\bavm\b|\bautomated valuation\b",
        "pdc": r"\bproperty data (?:collection|report)\b|\bpdc\b|\bpdr\b",
        "estate": r"\bdate[- ]of[- ]death\b|\bestate (?:appraisal|valuation)\b|\bretrospective\b",
        "testimony": r"\bexpert (?:testimony|witness)\b",
        "land": r"\b(?:vacant )?land\b(?=[ ,]*(?:appraisal|report|up to|valuation))|\bvacant (?:land|lot)\b",
        "agricultural": r"\bagricultural\b|\bfarm appraisal\b",
        "commercial": r"\bcommercial\b",
        "narrative": r"\bnarrative\b",
        "restricted": r"\brestricted\b",
        "urar": r"\burar\b|\buniform residential\b|\b(?:full|interior|standard|traditional) appraisal\b|\b1004\b(?!-?[cd])|\b1073\b|\b1025\b|\b2090\b|\b1004-?c\b",
        "fha": r"\bfha (?:appraisal|order|report|urar|1004|inspection)\b|,\s*fha\b|\bsf fha\b",
        "condo": r"\bcondo(?:minium)?s?\b|\b1073\b",
        "coop": r"\bco-?op(?:erative)?\b|\b2090\b",
        "two_to_four": r"\b2\s?(?:-|–|to)\s?4\b|\b1025\b|\b(?:two|three|four|[2-4])[- ](?:unit|family)\b|\bduplex\b|\btriplex\b|\bfourplex\b",
        "manufactured": r"\bmanufactured\b|\b1004-?c\b",
        "single_family": r"\bsingle[- ]family\b|\bsfr\b|\burar sf\b",
    }
)
_KINDS = frozenset({"condo", "coop", "two_to_four", "manufactured", "single_family"})
_OF_PROPERTY = {"condo": "condo", "coop": "coop", "two_to_four": "two_to_four", "manufactured": "manufactured",
                "single_family": "single_family", "pud": "single_family"}  # fmt: skip
_EXTRAS = frozenset({"rent", "income"})
# What is a method of its own, whatever the property: the words of the property add nothing to it.
_METHODS = frozenset({"completion", "field_review", "desk_review", "desktop", "hybrid", "exterior", "disaster", "bpo", "avm",
                      "pdc", "estate", "testimony", "land", "agricultural", "commercial"})  # fmt: skip
_FORM = re.compile(
    r"(?:\b(?:form|fnma|fannie mae|freddie mac)\s*#?\s*|^\s*)(?P<form>\d{3,4}-?[CD]?(?: (?:desktop|hybrid))?)\b",
    re.I,
)
_FORM_NAMED = re.compile(
    r"\b(?P<form>1004-?[CD]?|1073|1025|2055|2090)\b(?=\s*(?:appraisal|report|form|urar|on|for|at|[,.;(/]|$))",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class ProductName:
    """A product as the desk calls it."""

    code: str
    name: str
    legacy_form: str = ""


def read_loan_type(text: str) -> str:
    return _first(_LOAN_TYPES, text)


def read_loan_purpose(text: str) -> str:
    return _first(_LOAN_PURPOSES, text)


def read_occupancy(text: str) -> str:
    return _first(_OCCUPANCY, text)


def read_property_type(text: str) -> str:
    return _first(_PROPERTY_TYPES, text)


def read_payment(text: str) -> str:
    return _first(_PAYMENTS, text)


def read_amount(value: str) -> str:
    """The first amount of a labelled value as a plain number; 389k is none, and neither is a per cent."""
    found = _MONEY.search(value)
    return f"{found[1].replace(',', '')}{found[2] or ''}" if found else ""


def find_fee(text: str) -> str:
    """The fee that free text names as one; a price, a loan or another fee is none."""
    for found in _FEE.finditer(text):
        amount = (found["after"] or found["before"]).replace(",", "")
        if _FEES[0] <= Decimal(amount) <= _FEES[1]:
            return amount
    return ""


def find_form(text: str, products: Iterable[ProductName]) -> str:
    """The old form number that the text names, where the desk has a product for it."""
    known = {product.legacy_form.upper() for product in products if product.legacy_form}
    for pattern in (_FORM, _FORM_NAMED):
        for found in pattern.finditer(text):
            form = found["form"].upper().replace("-", "")
            if form in known:
                return form
    return ""


def find_product(
    text: str, products: Iterable[ProductName], *, loan_type: str = "", property_type: str = ""
) -> str:
    """The code of the one product that the words mean; empty when they mean none, or several."""
    products = list(products)
    for product in products:
        if re.search(rf"(?<![\w-]){re.escape(product.code)}(?![\w-])", text, re.I) and "-" in product.code:
            return product.code
    wanted = _tags(text)
    wanted = wanted - _EXTRAS or wanted
    if not wanted:
        return ""
    if wanted & _METHODS:
        wanted -= _KINDS | {"urar"}
    elif "urar" in wanted or "fha" in wanted:
        kind = _OF_PROPERTY.get(property_type, "")
        if not wanted & (_KINDS - {"single_family"}):
            wanted = (wanted - _KINDS) | {kind or "single_family"}
        wanted |= {"fha"} if loan_type == "fha" else set()
    return _closest(wanted, products) or _closest(wanted - {"fha"}, products)


def _closest(wanted: frozenset[str] | set[str], products: Iterable[ProductName]) -> str:
    """The product that has all of the words and the fewest others, if there is one."""
    fitting = []
    for product in products:
        tags = _tags(f"{product.name}, {product.code.replace('-', ' ')}")
        if wanted and wanted <= tags:
            fitting.append((len(tags - wanted), product.code))
    fitting.sort()
    is_clear = fitting and (len(fitting) == 1 or fitting[0][0] < fitting[1][0])
    return fitting[0][1] if is_clear else ""


def _tags(text: str) -> set[str]:
    return {tag for tag, pattern in _TAGS if pattern.search(text)}


def _first(table: _Patterns, text: str) -> str:
    return next((value for value, pattern in table if pattern.search(text)), "")
