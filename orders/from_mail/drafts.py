"""One order mail as the cells of one line of an order file (`orders.intake`), by column. Pure.

A labelled form is trusted for what its labels say; only what none of them says is looked for in its words. A forwarded
original tells which property and whose loan, and nothing that costs or steers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orders.free_text import find_choice, find_value_pressure
from orders.from_mail import words
from orders.from_mail.days import read_day
from orders.from_mail.labels import read_labels
from orders.from_mail.people import NAME, PHONE, Person, plain_name, read_beside, read_person
from orders.from_mail.places import Place, find_place, find_street, read_place
from orders.from_mail.words import ProductName
from orders.rules.independence import WITHOUT_SALE

# Longer mails are reports and threads; an order stands at their beginning.
MAX_CHARACTERS = 6_000
# Labelled values from which a mail counts as a form.
_FORM = 3
# What a forwarded form may tell: which property, whose loan, which work.
_IDENTIFYING = (
    "portal_order_id", "loan_number", "fha_case_number", "product", "loan_type", "loan_purpose", "loan_type_purpose",
    "address", "street", "unit", "city", "state", "zip", "county", "town", "property_type", "occupancy", "borrower",
    "borrower_phone", "borrower_email", "co_borrower", "contact", "contact_phone", "access",
)  # fmt: skip
_CLOSING = re.compile(
    r"^[ \t>*]*(?:thanks|thank you|many thanks|regards|best|best regards|kind regards|sincerely|cheers|warm regards|thx)\b[^\n]{0,20}$",
    re.I | re.M,
)
_TIME_OF_DAY = re.compile(
    r"\b(?P<hour>\d{1,2})(?:(?::(?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b|:(?P<minute24>\d{2})\b)", re.I
)
_ZONE_NAME = re.compile(r"\b(?:[ECMP][SD]?T|UTC|GMT)\b")
_PAIR = rf"{NAME}(?:[ \t](?:and|&)[ \t]{NAME})?"
_BORROWER = re.compile(
    r"(?<![Cc]o-)(?<![Cc]o )\b(?:[Bb]orrowers?|[Aa]pplicants?|[Hh]omeowners?|[Bb]uyers?)(?:'s)?(?: names?)?(?: is| are|:| -|,)?\s+"
    rf"(?P<name>{_PAIR})"
)
_FOR = re.compile(
    rf"\b(?:[Aa]ppraisal|[Oo]rder|[Rr]eport|[Vv]aluation)s?(?: \w+)? for (?:our |my |the )?(?:borrower,? )?(?P<name>{_PAIR}),?(?: at)?,?\s+(?=\d)"
)
_CO_BORROWER = re.compile(rf"\b[Cc]o-?\s?[Bb]orrower(?: name)?(?: is|:| -|,)?\s+(?P<name>{_PAIR})")
_CONTACT = re.compile(
    r"\b(?:[Ll]isting agent|[Aa]gent|[Rr]ealtor|[Tt]enant|[Pp]roperty manager|[Ss]eller|[Oo]ccupant|[Pp]roperty contact|[Cc]ontact for access"
    r"|[Aa]ccess(?: contact)?|[Pp]oint of contact|POC|[Cc]ontact|[Cc]all|[Ss]chedule with)\b(?: for access| to schedule)?"
    rf"(?: is|:| -|,| through| via| with)?\s+(?P<name>{NAME})(?=[\s,(:–-]{{1,4}}(?:(?:at|on|cell|ph|phone)[\s.:]+)?{PHONE})"
)
_BORROWER_LETS_IN = re.compile(
    r"\b(?:call|contact|text|reach|schedule with)\s+(?:him|her|them|(?:the )?borrower)\b[^.\n]{0,30}\b(?:access|inspection|schedule|appointment|appt)"
    r"|\bborrower\b[^.\n]{0,20}\b(?:for access|will let|to schedule)|\bcontact (?:the )?borrower\b",
    re.I,
)
_SAME_AS_BORROWER = re.compile(r"^\W*(?:same(?: as borrower)?|(?:the )?borrower)\W*$", re.I)
_CASE = re.compile(r"\bcase\b\s*(?:#|no\.?|number|num\.?)?\s*(?:is|:)?\s*(?P<case>\d{3}-?\d{7})\b", re.I)
_FILE = re.compile(
    r"\b(?:our|client|lender) file\b\s*(?:#|no\.?|number)?\s*:?\s*(?P<file>[A-Z0-9][\w-]{2,30})", re.I
)
_DUE = re.compile(
    r"\bdue(?: date)?(?: is| by| on|:)?\s+(?P<due>[^.;\n]{1,30})"
    r"|\b(?:get|have|need(?:ed)?|want(?:ed)?|receive|back|deliver(?:ed|y)?|complet(?:ed?|ion)|required|done|in hand|report|deadline)\b[^.?!;\n]{0,40}?"
    r"\b(?:by|before|no later than|deadline(?: is|:)?)\s+(?P<by>[^.;?!\n]{1,30})",
    re.I,
)
_CONTRACT = re.compile(
    r"contract|purchase.{0,3}(?:and.{0,3}sales?.{0,3})?agreement|sales?.{0,3}agreement|\bpsa\b|\brpa\b", re.I
)
_NO_CONTRACT = re.compile(r"\bno\b|\bnone\b|to follow|pending|later|missing|\(0\)", re.I)
_KEY = re.compile(
    r"[^.\n]{0,60}\b(?:lock ?box|gate code|combo(?: code)?|key(?:s)? (?:is|are|at|under|with))\b[^.\n]{0,80}",
    re.I,
)
_ADU = re.compile(r"(?<!no )\b(?:adu|accessory dwelling|granny flat|guest house|in-law unit)\b", re.I)
_AREA = re.compile(r"\b(\d{1,2},\d{3}|\d{3,5})\s*(?:sq\.?\s?(?:ft|feet)\.?|sf\b|square feet)", re.I)
_ACRES = re.compile(r"\b(\d{1,5}(?:\.\d{1,3})?)\s*(?:\+/-\s*)?acres?\b", re.I)
_WATERFRONT = re.compile(r"(?<!no )(?<!not )\bwater ?front\b|\blake ?front\b|\bocean ?front\b", re.I)


@dataclass(frozen=True, kw_only=True)
class OrderMail:
    """What one mail says, and what is known of it. `text` is what the sender wrote now, `forwarded` what they passed on.

    `client` is the reference of the sender's client; empty for a portal, whose mail names it.
    """

    order_number: str
    subject: str
    text: str
    sent_at: datetime
    """In the desk's zone."""
    client: str = ""
    forwarded: str = ""
    signature: str = ""
    attachments: tuple[str, ...] = ()
    is_portal: bool = False
    loan_numbers: tuple[str, ...] = ()
    portal_numbers: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """What was written now, without the signature: an office's address is no property."""
        text = self.text[:MAX_CHARACTERS]
        signature = self.signature.strip()
        if signature and signature in text:
            return text[: text.rindex(signature)]
        closing = list(_CLOSING.finditer(text))
        is_end = closing and text.count("\n", closing[-1].end()) <= 12
        return text[: closing[-1].start()] if is_end else text


@dataclass
class _Reader:
    """One mail while it is read."""

    mail: OrderMail
    products: Sequence[ProductName]
    labels: Mapping[str, str] = field(init=False)
    body: str = field(init=False)

    def __post_init__(self) -> None:
        self.body = self.mail.body
        own = read_labels(self.body)
        passed_on = read_labels(self.mail.forwarded[:MAX_CHARACTERS]) if len(own) < _FORM else {}
        self.labels = {label: passed_on[label] for label in _IDENTIFYING if label in passed_on} | own

    @property
    def is_form(self) -> bool:
        return len(self.labels) >= _FORM

    @property
    def said(self) -> str:
        """The words to look at where no label says it: of a form only its subject line, for the rest is labelled."""
        subject = self.mail.subject
        return subject if self.is_form else f"{subject}\n{self.body}"

    def word(self, label: str, read: Callable[[str], str]) -> str:
        return read(self.labels[label]) if label in self.labels else read(self.said)


def read_order(mail: OrderMail, *, products: Iterable[ProductName]) -> dict[str, str]:
    """The cells of the order, by column of an order file; without those that the mail says nothing of."""
    reader = _Reader(mail, tuple(products))
    cells = {
        "order_number": mail.order_number,
        "client": mail.client or reader.labels.get("client", ""),
        "addressed_to": reader.labels.get("client", "") if mail.client else "",
        "ordered_at": mail.sent_at.isoformat(),
        **_numbers(reader),
        **_place(reader),
        **_people(reader),
        **_loan(reader),
        **_property(reader),
        **_product(reader),
        **_money(reader),
        "due_date": _due(reader),
        "notes": _notes(reader),
    }
    return {column: value for column, value in cells.items() if value}


def _numbers(reader: _Reader) -> dict[str, str]:
    mail, labels = reader.mail, reader.labels
    case = labels.get("fha_case_number", "")
    stated = _CASE.search(f"case {case}" if case else reader.body)
    theirs = _number(labels.get("portal_order_id", "")) or next(iter(mail.portal_numbers), "")
    file = _FILE.search("" if reader.is_form else reader.body)
    is_portal = mail.is_portal or bool(mail.portal_numbers)
    return {
        "loan_number": _number(labels.get("loan_number", "")) or next(iter(mail.loan_numbers), ""),
        "portal_order_id": theirs if is_portal else "",
        "portal_deadline": _deadline(reader) if is_portal else "",
        "client_file_number": _number(labels.get("client_file_number", "") or (file["file"] if file else ""))
        or ("" if is_portal else theirs),
        "fha_case_number": stated["case"] if stated else "",
    }


def _deadline(reader: _Reader) -> str:
    """When a portal's offer lapses, on the desk's clock; empty without a time, or in a zone that must be guessed."""
    stated, sent = reader.labels.get("portal_deadline", ""), reader.mail.sent_at.date()
    hour = _TIME_OF_DAY.search(stated)
    if hour is None or _ZONE_NAME.search(stated):
        return ""
    day = read_day(stated[: hour.start()], sent=sent) or sent
    hours, minutes = int(hour["hour"]), int(hour["minute"] or hour["minute24"] or 0)
    if hour["half"]:
        hours = hours % 12 + (12 if hour["half"].lower() == "p" else 0)
    return f"{day}T{hours:02d}:{minutes:02d}" if hours < 24 and minutes < 60 else ""


def _place(reader: _Reader) -> dict[str, str]:
    labels = reader.labels
    cells: dict[str, str] = {}
    if re.search(r"\d", labels.get("address", "")):
        cells = read_place(labels["address"]).as_cells()
    if "town" in labels:
        town = read_place(f"1 Main St, {labels['town']}")
        cells |= Place(city=town.city, state=town.state, zip=town.zip, county=town.county).as_cells()
    cells |= {
        name: labels[name] for name in ("street", "unit", "city", "state", "zip", "county") if name in labels
    }
    if cells.get("street") or cells.get("zip"):
        return cells
    found = find_place(reader.body) or find_place(reader.mail.forwarded[:MAX_CHARACTERS])
    return found.as_cells() if found else {"street": find_street(reader.mail.subject)}


def _people(reader: _Reader) -> dict[str, str]:
    labels = reader.labels
    borrower = _labelled(labels, "borrower") or _written(reader, _BORROWER) or _written(reader, _FOR)
    contact = _labelled(labels, "contact") or (Person() if reader.is_form else _written(reader, _CONTACT))
    lets_in = labels.get("contact", "") if reader.is_form else reader.body
    if _SAME_AS_BORROWER.match(lets_in) or (not contact.name and _BORROWER_LETS_IN.search(lets_in)):
        contact = borrower
    co_borrower = _labelled(labels, "co_borrower") or _written(reader, _CO_BORROWER)
    access = labels.get("access", "")
    if not access and not reader.is_form and (found := _KEY.search(reader.body)):
        access = found[0].strip()
    return {
        "borrower_name": borrower.name,
        "borrower_phone": borrower.phone,
        "borrower_email": borrower.email,
        "co_borrower_name": co_borrower.name,
        "property_contact_name": contact.name,
        "property_contact_phone": contact.phone,
        "access_instructions": access,
    }


def _labelled(labels: Mapping[str, str], who: str) -> Person:
    """A person of a form, with the phone and address that have labels of their own."""
    person = read_person(labels.get(who, ""))
    phone = read_person(labels.get(f"{who}_phone", "")).phone
    email = read_person(labels.get(f"{who}_email", "")).email
    return Person(name=person.name, phone=person.phone or phone, email=person.email or email)


def _written(reader: _Reader, pattern: re.Pattern[str]) -> Person:
    """A person that free text names, in what was written now or else in what was passed on."""
    for text in (reader.body, reader.mail.forwarded[:MAX_CHARACTERS]):
        if found := pattern.search(text):
            beside = read_beside(text, found.end())
            return Person(name=plain_name(found["name"]), phone=beside.phone, email=beside.email)
    return Person()


def _loan(reader: _Reader) -> dict[str, str]:
    both = reader.labels.get("loan_type_purpose", "")
    product = reader.labels.get("product", "")
    return {
        "loan_type": words.read_loan_type(both) or reader.word("loan_type", words.read_loan_type)
        or words.read_loan_type(product),
        "loan_purpose": words.read_loan_purpose(both) or reader.word("loan_purpose", words.read_loan_purpose),
        "payment_type": reader.word("payment", words.read_payment),
        "has_contract": _has_contract(reader),
        "intended_use": reader.labels.get("intended_use", ""),
        "intended_users": reader.labels.get("intended_users", ""),
    }  # fmt: skip


def _has_contract(reader: _Reader) -> str:
    listed = reader.labels.get("documents", "")
    is_listed = bool(_CONTRACT.search(listed)) and not _NO_CONTRACT.search(listed)
    return "yes" if is_listed or any(_CONTRACT.search(name) for name in reader.mail.attachments) else ""


def _property(reader: _Reader) -> dict[str, str]:
    labels, said = reader.labels, reader.said
    area, acres = _AREA.search(said), _ACRES.search(said)
    product = labels.get("product", "")
    return {
        "property_type": reader.word("property_type", words.read_property_type)
        or words.read_property_type(product),
        "occupancy": reader.word("occupancy", words.read_occupancy),
        "has_adu": "yes" if _ADU.search(said) or _ADU.search(labels.get("property_type", "")) else "",
        "is_waterfront": "yes" if _WATERFRONT.search(said) else "",
        "acres": _plain(labels.get("acres", "")) or (acres[1] if acres else ""),
        "gross_living_area": _plain(labels.get("living_area", ""))
        or (area[1].replace(",", "") if area else ""),
        "utilities_on": _yes_or_no(labels.get("utilities_on", "")),
    }


def _product(reader: _Reader) -> dict[str, str]:
    """What is ordered: a product of the desk, the old form's number, or the words as they stand."""
    stated = reader.labels.get("product", "")
    text = stated or reader.said
    form = words.find_form(text, reader.products)
    if form:
        # What an old form means here is a rule's to say (REQ-214), and whether it fits the property (REQ-211).
        return {"legacy_form": form}
    code = words.find_product(
        text,
        reader.products,
        loan_type=_loan(reader)["loan_type"],
        property_type=_property(reader)["property_type"],
    )
    return {"product": code or stated[:60]}


def _money(reader: _Reader) -> dict[str, str]:
    """What labels call fee, tech fee and total; in free text the fee alone. Prices and loans are none of them."""
    labels = reader.labels
    return {
        "fee_amount": words.read_amount(labels["fee"]) if "fee" in labels else words.find_fee(reader.said),
        "tech_fee": words.read_amount(labels.get("tech_fee", "")),
        "total_amount": words.read_amount(labels.get("total", "")),
        "estimated_value": words.read_amount(labels.get("estimated_value", "")),
        "loan_amount": words.read_amount(labels.get("loan_amount", "")),
    }


def _due(reader: _Reader) -> str:
    sent = reader.mail.sent_at.date()
    spans = [reader.labels.get("due", "")]
    # A sentence goes on over the ends of its lines.
    spans += [found["due"] or found["by"] for found in _DUE.finditer(" ".join(reader.said.split()))]
    days = (read_day(span, sent=sent) for span in spans if span)
    found = next(filter(None, days), None)
    return found.isoformat() if found else ""


def _notes(reader: _Reader) -> str:
    """Remarks of a form, and words that ask for a value or an appraiser: internal, where the rules find them."""
    remarks = reader.labels.get("notes", "")
    text = f"{reader.mail.subject}\n{reader.body}\n{reader.mail.forwarded[:MAX_CHARACTERS]}"
    pressure = find_value_pressure(text, may_be_sale=_loan(reader)["loan_purpose"] not in WITHOUT_SALE)
    for sentence in dict.fromkeys((pressure, find_choice(text))):
        if sentence and sentence not in remarks:
            remarks = f"{remarks}\nThe mail says: {sentence}".strip()
    return remarks


def _number(value: str) -> str:
    """A number as a label gives it: one word with a digit in it."""
    found = re.match(r"[#\s]*([A-Za-z0-9][\w./-]{1,58})", value)
    return found[1].rstrip(".-/") if found and re.search(r"\d", found[1]) else ""


def _plain(value: str) -> str:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", value)
    return found[0].replace(",", "") if found else ""


def _yes_or_no(value: str) -> str:
    word = value.strip().lower()
    return (
        "yes"
        if word.startswith(("yes", "on", "y ")) or word == "y"
        else "no"
        if word.startswith(("no", "off"))
        else ""
    )
