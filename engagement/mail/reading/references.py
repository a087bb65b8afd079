"""Finds the numbers a mail speaks of: orders, quotes, deals, invoices, loans.

What lives here: reading numbers out of text. What does not: resolving them, which happens within one tenant only (services).
A number counts by the word before it ("loan 26-40917") or by a prefix of its own ("MV-240871"). Phones, dates, amounts, ZIP codes,
form numbers, FHA case numbers, licences and street addresses look alike and are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_REFERENCES = 300
# A mail that goes on after this is a list for a program.
MAX_CHARACTERS = 40_000
# No label is longer than this with all that may stand between it and its number.
_AROUND = 90


@dataclass(frozen=True)
class Reference:
    """`type` is order, quote, deal, invoice or loan; `ref` as written, upper-case; offsets into the text given."""

    type: str
    ref: str
    start: int
    end: int


# A number as people write it: digits, with letters and single dashes. What it must have beside that is judged afterwards.
_NUMBER = r"(?P<ref>[A-Z0-9]{1,14}(?:[-_][A-Z0-9]{1,14}){0,4})(?![A-Za-z0-9_@]|[.,/:]\d|-\d)"
_MARK = r"(?:\s{0,3}(?:[#№:=]|\b(?:no|nos|nr|num|number|numbers|numero|número|nummer|nbr|id|ids|ref|reference|code)\b\.?|n[°º]|\(|号码?|號碼?|番号)){0,4}"
_IS = r"(?:\s+(?:for|on|of)\s+(?:this|that|the|your|our)\s+(?:one|file|order|loan|property|borrower|deal|job|report))?(?:\s+(?:is|was|should be|ist|es|est)\b)?"
_LABELS = {
    "loan": r"loans?|lns?|(?:client\s+)?file\s?/\s?loan|loan\s?/\s?(?:client\s+)?file|mortgages?|darlehen|kredit|pr[eé]stamos?|pr[êe]t|empr[ée]stimo|贷款|貸款",
    "invoice": r"invoices?|inv\.?|invs|rechnung(?:en)?|factur[ae]s?|fatura|fattura|发票|發票",
    "quote": r"quotes?|quotations?|bids?|proposals?|estimates?|rfps?|rfqs?|angebot|cotizaci[oó]n|presupuesto|devis|offerte|报价|報價",
    "deal": r"deals?|opportunity|opportunities|opp",
    "order": r"orders?|ord|work\s?orders?|w/?o|p\.?o\.?|purchase\s+orders?|files?|assignments?|jobs?|appraisals?|reports?|auftr[aä]ge?|auftrag|bestellung|pedidos?|[oó]rden(?:es)?|encargo|commandes?|ordine|zam[oó]wienie|заказ|订单|訂單|工单",
}
_LABELLED = {
    kind: re.compile(
        rf"(?<![A-Za-zÀ-ɏ0-9_/.@-])(?P<label>{label})(?P<mark>{_MARK})(?P<is>{_IS})(?:\s{{0,3}}[#:])?\s{{0,8}}{_NUMBER}",
        re.I,
    )
    for kind, label in _LABELS.items()
}
_NEXT = re.compile(
    rf"\s{{0,3}}(?:\([^()\n]{{0,30}}\))?\s{{0,3}}(?:,|;|&|/|\+|\b(?:and|or|und|et|y|e|i|и)\b)\s{{0,3}}(?:(?:and|&)\s+)?(?:#|no\.?)?\s{{0,3}}{_NUMBER}",
    re.I,
)
_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9_@./-])(?P<ref>(?P<prefix>[A-Z]{1,5})-(?:\d{2,4}-\d{3,7}|\d{3,10}))(?![A-Za-z0-9_@]|-\d|[.,/]\d)",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_HASHED = re.compile(
    r"(?<![A-Za-z0-9_/&])#\s?(?P<ref>\d{2,4}-\d{3,7}|\d{4,10})(?![A-Za-z0-9_@]|[.,/:]\d|-\d)"
)
# A bare number of a desk that everybody knows: "slow on 240861", "240844 conditions cleared".
_SPOKEN = (
    re.compile(
        r"\b(?:status|updates?|news|word|eta|movement|progress|slow|late|delay(?:ed)?|waiting|questions?|hold|issues?|problems?|follow(?:ing)?[ -]?up|checking(?: in)?)\s{1,3}(?:on|of|for|about|with|regarding|re)\s{1,3}(?P<ref>\d{5,8})(?![A-Za-z0-9_@]|[.,/:-]\d)",
        re.I,
    ),
    re.compile(
        r"(?<![A-Za-z0-9_@$.,/-])(?P<ref>\d{6,8})\s{1,3}(?:conditions?|status|inspection|report|delivered|on hold|cancel\w{0,8}|still|updates?)\b",
        re.I,
    ),
    # A subject that begins with the number, and a number of six digits that is no round sum: "On 241058, when you can".
    re.compile(
        r"\A\W{0,3}(?:(?:re|fw|fwd)\s?:\s{0,3}){0,5}(?P<ref>\d{6,8})(?![A-Za-z0-9_@]|[.,/:-]\d)", re.I
    ),
    re.compile(
        r"\b(?:on|for|re|about|regarding|with|pause|hold|cancel|kill|resume|reactivate|expedite)\s{1,3}(?P<ref>\d{4}(?!00)\d\d)(?![A-Za-z0-9_@%]|[.,/:-]\d)",
        re.I,
    ),
)

_PREFIX_KINDS = {
    **dict.fromkeys(("Q", "QT", "QTE", "QUO", "QUOTE", "EST", "BID", "RFP", "RFQ"), "quote"),
    **dict.fromkeys(("INV", "INVC", "BILL"), "invoice"),
    **dict.fromkeys(("D", "DL", "DEAL", "OPP"), "deal"),
    **dict.fromkeys(("LN", "LOAN"), "loan"),
}
_STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR".split()
)
_NO_NUMBER_OF_OURS = frozenset(
    "NMLS LIC ISO USPAP UAD FNMA FHLMC FORM FHA HUD USDA CVE RFC UTF COVID FAX TEL CELL EXT PH APN PIN MLS ZIP PMB BOX US USA UK EU EIN SSN TIN VIN ACH CHK "
    "TKT CASE SR INC GMT UTC EST EDT CST CDT MST MDT PST PDT FY CY SOC PRE POST NON MID TOP UNIT STE APT LOT ART SEC TITLE ER A B C E F G H I J K L M N O P R S T U V W X Y Z".split()
) - frozenset(_PREFIX_KINDS)
_FORMS = frozenset(
    "1004 1004C 1004D 1004P 1004MC 1007 1025 1033 1073 1075 2000 2000A 2055 2070 2075 2090 2095 216 442 1040 1099 1003 1008".split()
)
_NEEDS_MARK = re.compile(
    r"^(?:files?|jobs?|appraisals?|reports?|assignments?|deals?|opp\w*|bids?|proposals?|estimates?|mortgages?|devis|ord|w/?o|lns?)$",
    re.I,
)
# What stands before a number that is something else.
_OTHER_KIND = re.compile(
    r"\b(?:licen[cs]e|licence|lic|cert|certification|certificate|credential|nmls|policy|apn|parcel|tax id|ein|account|acct|routing|aba|case|ticket|tracking|confirmation|claim|zip|phone|tel|fax|cell|"
    r"check|cheque|suite|ste|apt|apartment|unit|lot|bldg|building|room|rm|floor|ext|extension|dial|mls|meeting id|passcode|pin|box|route|hwy|highway|form)\b[\s.:#]{0,5}(?:(?:no|number|num|id|ids)\b[\s.:#]{0,3})?$",
    re.I,
)
_STREET = re.compile(
    r"\s+(?:[NSEW]{1,2}\.?\s+|(?:North|South|East|West)\s+)?(?:[A-Z0-9][\w'.-]{0,20}\s+){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Ct|Court|Blvd|Boulevard|Way|Pl|Place|Cir|Circle|Ter|Terrace|Pkwy|Parkway|Hwy|Trl|Trail|Loop|Sq|Square)\b"
)
_DIRECTION = re.compile(r"\s+(?:[NSEW]|[NS][EW])\.?\s+[A-Z]")
_PHONE = re.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}|\d{3}-\d{4}")
_DATE = re.compile(r"\d{1,2}-\d{1,2}-(?:\d{2}|\d{4})|(?:19|20)\d{2}-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = re.compile(
    r"\s{0,2}(?:%|dollars?\b|usd\b|sq\.?\s?(?:ft|feet)|square\b|units?\b|orders?\b|acres?\b|days?\b|hours?\b|years?\b|months?\b|miles?\b|k\b|more\b)",
    re.I,
)
_CASE_NUMBER = re.compile(r"\d{3}-\d{7}(?:-\d{3})?")
_FHA = re.compile(r"\bfha\b|\bcase\b", re.I)
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | {"\u00a0": " ", "\uff1a": ":", "\uff03": "#"}
)


def find_references(text: str) -> tuple[Reference, ...]:
    """Each number once, in the order of the text."""
    flat = text[:MAX_CHARACTERS].translate(_DASHES)
    found: dict[str, Reference] = {}
    taken: list[tuple[int, int]] = []
    for kind, start, end in _candidates(flat):
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        taken.append((start, end))
        ref = flat[start:end].upper()
        # Named again in passing: "loan 26-40733 … the appraisal (26-40733)", "MV-240844 … 240844".
        if ref not in found and not (ref.isdecimal() and any(one.endswith(f"-{ref}") for one in found)):
            found[ref] = Reference(kind, ref, start, end)
        if len(taken) >= MAX_REFERENCES:
            break
    return tuple(sorted(found.values(), key=lambda reference: reference.start))


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """Every number with its kind, the surest evidence first: the word before it, its prefix, a bare #."""
    windows = _windows(text)
    for kind, pattern in _LABELLED.items():
        for match in _matches(pattern, text, windows):
            if _is_labelled(kind, match):
                yield _kind_of(match["ref"], kind), *match.span("ref")
                yield from _listed_after(kind, match)
    for match in _matches(_PREFIXED, text, windows):
        prefix = match["prefix"].upper()
        if _is_prefixed(match, prefix):
            yield _PREFIX_KINDS.get(prefix, "order"), *match.span("ref")
    for match in _matches(_HASHED, text, windows):
        if not _is_other(match):
            yield "order", *match.span("ref")
    for pattern in _SPOKEN:
        for match in _matches(pattern, text, windows):
            if not (_is_other(match) or _is_quantity(match)):
                yield "order", *match.span("ref")


def _windows(text: str) -> list[tuple[int, int]]:
    """The stretches with digits and what stands around them: most of a mail has none, and is not searched."""
    found: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(text):
        start, end = max(0, digits.start() - _AROUND), digits.end() + _AROUND
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _matches(pattern: re.Pattern[str], text: str, windows: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in windows:
        yield from pattern.finditer(text, start, end)


def _kind_of(ref: str, labelled: str) -> str:
    """A prefix that names a kind outweighs a word in general use: "bid INV-1042" is an invoice, "order Q-1187" a quote."""
    prefix = ref.partition("-")[0].upper()
    return _PREFIX_KINDS.get(prefix, labelled) if labelled in ("order", "quote") else labelled


def _is_labelled(kind: str, match: re.Match[str]) -> bool:
    ref, label = match["ref"], match["label"]
    is_marked = bool(re.search(r"[#№°º号號番]|\b(?:n|id|ref|code)", match["mark"] + match["is"], re.I))
    is_plain = ref.isdecimal()
    digits = sum(character.isdecimal() for character in ref)
    if digits < 3 or _is_shaped_otherwise(ref) or _is_other(match, before=match.start("label")):
        return False
    if kind == "loan" and (digits < 4 or _is_case_number(match)):
        return False
    if re.fullmatch(r"p\.?o\.?", label, re.I) and not (label.isupper() or is_marked):
        return False
    if is_marked:
        return not (is_plain and digits < 3)
    if is_plain:
        return (
            digits >= (5 if _NEEDS_MARK.match(label) else 4)
            and not (kind == "quote" and not label[0].isupper())
            and not (kind in ("deal", "quote") and _NEEDS_MARK.match(label))
            and not _is_quantity(match)
        )
    return "-" in ref or digits >= 5


def _is_quantity(match: re.Match[str]) -> bool:
    """A bare number that is a year, a form, an amount, or the house number of a street."""
    ref, after = match["ref"], match.string[match.end("ref") : match.end("ref") + 80]
    if _YEAR.fullmatch(ref) or ref in _FORMS or _UNITS.match(after):
        return True
    return len(ref) <= 5 and bool(_STREET.match(after) or _DIRECTION.match(after))


def _is_shaped_otherwise(ref: str) -> bool:
    """Phones and dates keep their shape whatever word stands before them; so do forms with a letter."""
    if ref.upper() in _FORMS and not ref.isdecimal():
        return True
    if ref[0].isalpha():
        return ref.partition("-")[0].upper() in _NO_NUMBER_OF_OURS and "-" in ref
    return bool(_DATE.fullmatch(ref)) or bool(_PHONE.fullmatch(ref))


def _is_case_number(match: re.Match[str]) -> bool:
    """An FHA case number (123-4567890) is no loan number."""
    before = match.string[max(0, match.start() - 25) : match.start("ref")]
    return bool(_CASE_NUMBER.fullmatch(match["ref"])) and bool(_FHA.search(before))


def _is_prefixed(match: re.Match[str], prefix: str) -> bool:
    ref = match["ref"]
    number = ref.partition("-")[2]
    is_long = len(number) >= 5
    if prefix in _PREFIX_KINDS:
        return (ref[0].isupper() or is_long or prefix != "D") and not _YEAR.fullmatch(number)
    if len(prefix) < 2 or len(number) < 4 or prefix in _NO_NUMBER_OF_OURS or _YEAR.fullmatch(number):
        return False
    if prefix in _STATES and re.fullmatch(r"\d{5}(?:-\d{4})?", number):
        return False
    if not ref[: len(prefix)].isupper() and not is_long:
        return False
    return not _is_other(match)


def _is_other(match: re.Match[str], before: int | None = None) -> bool:
    """Whether the words before it make it a licence, an account, a suite or the like."""
    end = match.start("ref") if before is None else before
    return bool(_OTHER_KIND.search(match.string[max(0, end - 40) : end]))


def _listed_after(kind: str, first: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Further numbers of a list: "invoices 88121 (2,150.00), 88140", "loans 9904418 and 9904419"."""
    shape, position = first["ref"], first.end("ref")
    for _ in range(50):
        match = _NEXT.match(first.string, position)
        if match is None or not _is_alike(match["ref"], shape) or _is_quantity(match):
            return
        yield _kind_of(match["ref"], kind), *match.span("ref")
        position = match.end("ref")


def _is_alike(ref: str, first: str) -> bool:
    """Numbers of one list are built alike."""
    if ref.isdecimal() != first.isdecimal() or _is_shaped_otherwise(ref):
        return False
    return ref.count("-") == first.count("-") and abs(len(ref) - len(first)) <= 1
