"""Labelled lines: "Loan #: 26-40917", two to a line, a value beneath its label, or a table that lost its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

# Label, as `_normalised` writes it -> the field of the form.
_LABELS: dict[str, str] = {
    label: field
    for field, labels in {
        "portal_order_id": "portal order number|portal order|order number|order|assignment number|tracking number"
        "|request number|appraisal order number|reference number|confirmation number|transaction number|vendor order number",
        "client": "client|client name|lender|lender name|lender client|client lender|ordered by|ordering company|company"
        "|company name|amc|customer|account|requested by company|placed by",
        "loan_number": "loan number|loan|client file loan number|client file loan|file loan number|lender loan number"
        "|mortgage number|loan reference|lender case number|application number",
        "client_file_number": "client file number|client file|file number|client reference|client reference number"
        "|client order number|lender file number|internal file number|your file number",
        "fha_case_number": "fha case number|case number|fha case|agency case number|agency case|fha number|fha va case number",
        "product": "product|product name|product type|form|form type|form ordered|appraisal type|type of appraisal|report type"
        "|service|service type|order type|type of report|appraisal product|job type|valuation type|forms|forms ordered|products"
        "|appraisal form|product ordered|service requested|report form",
        "loan_type": "loan type|loan program|loan programme|mortgage type|type of loan|financing|program",
        "loan_purpose": "loan purpose|assignment type|purpose|transaction type|transaction|purpose of loan|purpose of appraisal",
        "loan_type_purpose": "loan type purpose|loan type and purpose|loan type loan purpose",
        "address": "property|property address|subject|subject property|subject property address|subject address|address"
        "|location|property location|site address|street address|collateral|collateral address|property street address",
        "street": "street|address line 1|property street",
        "unit": "unit|unit number|apt|apartment|suite",
        "city": "city|property city|town",
        "state": "state|property state",
        "zip": "zip|zip code|postal code|property zip",
        "county": "county|property county|parish",
        "town": "city state zip|city state|city state zip code|city st zip",
        "property_type": "property type|type of property|dwelling type|property style|structure type",
        "occupancy": "occupancy|occupancy status|occupancy type|occupied by|currently occupied by|property occupancy",
        "borrower": "borrower|borrower name|borrowers|primary borrower|borrower 1|applicant|applicant name|homeowner|buyer",
        "borrower_phone": "borrower phone|borrower cell|borrower phone number|borrower mobile|borrower contact number"
        "|borrower home phone|applicant phone|borrower telephone|borrower contact",
        "borrower_email": "borrower email|borrower email address|applicant email",
        "co_borrower": "co borrower|co borrower name|coborrower|secondary borrower|borrower 2|co applicant",
        "contact": "contact for access|property contact|access contact|contact|contact name|point of contact|poc"
        "|inspection contact|contact person|contact for inspection|appointment contact|property contact name|primary contact"
        "|schedule with|property access contact|contact for entry|entry contact|best contact|contact info|call for access"
        "|call to schedule|listing agent|site contact",
        "contact_phone": "contact phone|access phone|contact phone number|property contact phone|contact cell"
        "|contact number|access contact phone|agent phone|contact telephone|inspection contact phone",
        "access": "access|access instructions|entry instructions|lockbox|lock box|gate code|access information|access notes"
        "|lockbox code|access info",
        "utilities_on": "utilities on|utilities|utility status",
        "fee": "fee|appraisal fee|client fee|agreed fee|order fee|base fee|fee amount|quoted fee|approved fee|appraiser fee"
        "|invoice fee|report fee",
        "tech_fee": "tech fee|technology fee|platform fee|portal fee|transaction fee|tech fees",
        "total": "total|total fee|total amount|order total|total due|grand total|total fees|invoice total",
        "payment": "payment|payment method|payment type|billing|billing method|method of payment|pay type|billing type"
        "|fee payment|payment option|payment terms",
        "due": "due|due date|date due|needed by|due by|required by|requested due date|report due|report due date|deadline"
        "|client due date|due to client|completion date|requested completion|delivery date|need by|needed|date needed"
        "|turn time due|order due date|due date to client|expected delivery|requested delivery date",
        "portal_deadline": "accept by|respond by|acceptance deadline|response due|accept or decline by",
        "estimated_value": "estimated value|est value|owner estimate of value|estimated property value",
        "loan_amount": "loan amount|mortgage amount|amount of loan",
        "documents": "documents|attachments|attached documents|attached|documents attached|files|enclosures|contract attached",
        "notes": "notes|comments|special instructions|instructions|remarks|additional comments|additional instructions"
        "|order notes|comment|additional information|message|note|order comments",
        "intended_use": "intended use",
        "intended_users": "intended users|intended user",
        "acres": "acres|acreage|lot size acres",
        "living_area": "gla|gross living area|living area|square feet|sq ft|square footage|sqft",
        # What must not be taken for something else.
        "ignored": "contract price|sales price|sale price|purchase price|list price|appraised value|contract amount"
        "|accept or decline|order date|date ordered|ordered|ordered on|date received|received|contract date"
        "|closing date|closing|estimated closing date|rush fee|trip fee|cancellation fee|late fee|vendor fee|status|priority",
    }.items()
    for label in labels.split("|")
}  # fmt: skip
# Headings, and the persons of whom the lines beneath them speak.
_PERSONS = {"borrower": "borrower", "co_borrower": "co_borrower", "contact": "contact"}
_HEADINGS = re.compile(
    r"^\W*(?P<who>co-?borrower|borrower|property contact|access contact|contact|access|property|subject|loan|order|client|lender)"
    r"(?:'s)?\s+(?:information|info|details|data)\W*$",
    re.I,
)
_WHO = {"borrower": "borrower", "co-borrower": "co_borrower", "coborrower": "co_borrower", "property contact": "contact",
        "access contact": "contact", "contact": "contact", "access": "contact"}  # fmt: skip
_OF_PERSON = {
    "name": "", "full name": "", "phone": "_phone", "cell": "_phone", "mobile": "_phone", "home phone": "_phone",
    "cell phone": "_phone", "phone number": "_phone", "telephone": "_phone", "mobile phone": "_phone", "tel": "_phone",
    "home": "_phone", "work phone": "_phone", "email": "_email", "e mail": "_email", "email address": "_email",
}  # fmt: skip
_MARK = re.compile(r"[ \t.]*[:|]")
_MOST_WORDS = 5
_SPACED = re.compile(r"^(?P<label>[A-Za-z][A-Za-z0-9 /#&().'’-]{1,38}?)(?:[ ]{3,}|\t+)(?P<value>\S.*)$")
_WORDS = re.compile(r"[A-Za-z0-9#/.'’()&-]+")
# A form is short: longer lines, and more of them, are a text.
_MAX_LINE, _MAX_LINES = 300, 300
# A table without its columns has at least this many lines that begin with a label we know.
_FORM = 3


@dataclass(frozen=True)
class Line:
    """One labelled value of a form."""

    field: str
    value: str


def read_labels(text: str) -> dict[str, str]:
    """The labelled values of a text by field, the first of each; several notes are joined."""
    found: dict[str, str] = {}
    for line in _lines(text.splitlines()):
        value = line.value.strip(" \t|*_")
        if not value or line.field == "ignored":
            continue
        if line.field in ("notes", "access") and line.field in found:
            found[line.field] = f"{found[line.field]} {value}"
        found.setdefault(line.field, value)
    return found


def field_of(label: str) -> str | None:
    """The field that a label names, or None for a label we do not know."""
    return _LABELS.get(_normalised(label))


def _lines(lines: Iterable[str]) -> Iterator[Line]:
    rows = [line[:_MAX_LINE].strip(" \t>*•·|") for line in islice(lines, _MAX_LINES)]
    is_form = sum(_split_words(row) is not None for row in rows) >= _FORM
    person = ""
    for number, row in enumerate(rows):
        if heading := _HEADINGS.match(row):
            person = _WHO.get(heading["who"].lower(), "")
            continue
        for label, value in _pairs(row, is_form):
            field = _field(label, person)
            if field is None:
                continue
            if field in _PERSONS:
                person = field
            if not value or field == "address":
                value = _continued(value, rows[number + 1 :], is_form)
            yield Line(field, _worded(field, label, value))


def _field(label: str, person: str) -> str | None:
    """The field of a label; "Phone" and "Name" are those of the person spoken of last."""
    known = field_of(label)
    if known is None and person and (ending := _OF_PERSON.get(_normalised(label))) is not None:
        return f"{person}{ending}"
    return known


def _pairs(row: str, is_form: bool) -> list[tuple[str, str]]:
    """The labels and values of one line; the line must begin with a label."""
    marked = _marked(row)
    if marked and marked[0][0] == 0:
        ends = [start for start, _, _ in marked[1:]] + [len(row)]
        return [
            (label, row[begin:end].strip(" \t|,;"))
            for (_, label, begin), end in zip(marked, ends, strict=True)
        ]
    if (spaced := _SPACED.match(row)) and field_of(spaced["label"]):
        return [(spaced["label"], spaced["value"])]
    if field_of(row):
        return [(row, "")]
    words = _split_words(row, least=1) if is_form else None
    return [words] if words else []


def _marked(row: str) -> list[tuple[int, str, int]]:
    """Start, label and end of each label before a colon or bar: the most words before it that are one."""
    found: list[tuple[int, str, int]] = []
    after = 0
    for mark in _MARK.finditer(row):
        words = list(_WORDS.finditer(row, max(after, mark.start() - 60), mark.start()))[-_MOST_WORDS:]
        labels = (row[word.start() : mark.start()] for word in words)
        label = next(filter(_is_label, labels), None)
        if label is not None:
            found.append((mark.start() - len(label), label, mark.end()))
            after = mark.end()
    return found


def _is_label(label: str) -> bool:
    return field_of(label) is not None or _normalised(label) in _OF_PERSON


def _split_words(row: str, *, least: int = 2) -> tuple[str, str] | None:
    """A line that begins with a label of at least so many words: the longest that we know, and a value after it."""
    words = list(_WORDS.finditer(row[:80]))[:_MOST_WORDS]
    for count in range(len(words), least - 1, -1):
        label, value = row[: words[count - 1].end()], row[words[count - 1].end() :].strip(" :\t")
        if field_of(label) and (count > 1 or value[:1].isupper() or value[:1].isdigit() or value[:1] == "$"):
            return label, value
    return None


def _continued(value: str, following: Iterable[str], is_form: bool) -> str:
    """A value that begins, or goes on, on the next line."""
    following = list(following)[:3]
    for row in following:
        if not row:
            if value:
                break
            continue
        if _pairs(row, is_form) or re.search(r"\d{5}", value):
            break
        value = f"{value}, {row}" if value else row
        if not re.search(r"\d", value):
            break
    return value


def _worded(field: str, label: str, value: str) -> str:
    """What lets the appraiser in is kept with its label: "Lockbox: Yes" says more than "Yes"."""
    return f"{' '.join(label.split())}: {value}" if field == "access" and value else value


def _normalised(label: str) -> str:
    text = re.sub(r"\(s\)|[’']s\b|\boptional\b|\brequired\b(?! by)", "", label.lower())
    text = re.sub(r"#|\bnos?\b\.?|\bnum\b\.?|\bid\b", " number ", text)
    return re.sub(r"\bnumber(?: number)+\b", "number", " ".join(re.sub(r"[^a-z0-9]+", " ", text).split()))
