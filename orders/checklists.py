"""What a client can tell us about an order that lacks it: the items of a checklist, their fields, and their words.

Pure. Which items an order lacks follows from what the rules found (`find_items`). Asking for them lives in
`orders.client_mail`, storing what is answered in `orders.services.checklists`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from orders.addresses import ZIP_PREFIXES, is_email, is_phone, normalise_state, zip5
from orders.models import LoanPurpose, LoanType, PaymentType
from orders.rules.base import NOT_JUDGED
from orders.rules.requirements import FHA_CASE_NUMBER
from orders.states import Severity

# Found in an order, these mean that the desk must decide about it first; until then nothing is asked or confirmed.
UNDECIDED_CODES = frozenset({"REQ-205", "REQ-212", "REQ-213", "REQ-217", "CRD-301"})


class Found(Protocol):
    """What a rule found in an order, stored or not."""

    @property
    def code(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def evidence(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """One field of the form that a client fills in; `name` is the column of an order file, too.

    `problem` says what is wrong with an answer, or nothing. `choices` are values with their words; a product's are
    the desk's own and are put in when the form is made.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    problem: Callable[[str], str] = lambda text: ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that is missing: how the mail asks for it, and the fields that answer it; only a file needs none."""

    name: str
    words: str
    fields: tuple[str, ...]


def _unless(is_right: Callable[[str], bool], sentence: str) -> Callable[[str], str]:
    return lambda text: "" if is_right(text) else sentence


_PHONE = _unless(is_phone, "This is not a phone number. Give it with its area code, such as 303-555-0142.")
_EMAIL = _unless(is_email, "This is not one e-mail address. It looks like name@example.com.")
YES_OR_NO = (("yes", "Yes"), ("no", "No"))
_FIELDS = (
    AskedField(name="street", label="Street and house number"),
    AskedField(name="city", label="City"),
    AskedField(
        name="state",
        label="State",
        hint="Two letters, such as CO.",
        problem=_unless(
            lambda text: normalise_state(text) in ZIP_PREFIXES, "Give the state in two letters, such as CO."
        ),
    ),
    AskedField(
        name="zip",
        label="ZIP code",
        problem=_unless(lambda text: bool(zip5(text)), "A ZIP code has five digits, or nine."),
    ),
    AskedField(name="borrower_name", label="Borrower’s name"),
    AskedField(name="borrower_phone", label="Borrower’s phone", kind="tel", problem=_PHONE),
    AskedField(name="borrower_email", label="Borrower’s e-mail", kind="email", problem=_EMAIL),
    AskedField(
        name="property_contact_name",
        label="Name of the person who lets the appraiser in",
    ),
    AskedField(name="property_contact_phone", label="Their phone", kind="tel", problem=_PHONE),
    AskedField(
        name="fha_case_number",
        label="FHA case number",
        hint="Three digits, a dash and seven digits, such as 123-4567890.",
        problem=_unless(
            lambda text: bool(FHA_CASE_NUMBER.fullmatch(text)), "An FHA case number looks like 123-4567890."
        ),
    ),
    AskedField(name="loan_number", label="Loan number"),
    AskedField(name="loan_type", label="Loan type", kind="choice", choices=tuple(LoanType.choices)),
    AskedField(
        name="loan_purpose", label="Loan purpose", kind="choice", choices=tuple(LoanPurpose.choices)
    ),
    AskedField(
        name="intended_use", label="What the appraisal is for", hint="Such as settling an estate."
    ),
    AskedField(name="intended_users", label="Who will rely on it", hint="The people or firms, by name."),
    AskedField(
        name="effective_date",
        label="The day as of which the value is wanted",
        kind="date",
        hint="Year-month-day, such as 2026-11-23.",
    ),
    AskedField(
        name="access_instructions",
        label="How the appraiser gets in",
        kind="long",
        hint="Such as where the key is and whom to call before the visit.",
    ),
    AskedField(name="utilities_on", label="Are water, power and heating on?", kind="choice", choices=YES_OR_NO),
    AskedField(
        name="payment_type",
        label="How this order is paid",
        kind="choice",
        choices=tuple(PaymentType.choices),
    ),
    AskedField(name="product", label="What you would like to order", kind="choice"),
)  # fmt: skip
FIELDS: Mapping[str, AskedField] = {field.name: field for field in _FIELDS}

_ITEMS = (
    Item(name="product", words="What you would like to order", fields=("product",)),
    Item(name="street", words="The property’s street and house number", fields=("street",)),
    Item(name="city", words="The property’s city", fields=("city",)),
    Item(name="state", words="The property’s state", fields=("state",)),
    Item(name="zip", words="The property’s ZIP code", fields=("zip",)),
    Item(name="borrower_name", words="The borrower’s name", fields=("borrower_name",)),
    Item(
        name="borrower_contact",
        words="A phone number or an e-mail address of the borrower",
        fields=("borrower_phone", "borrower_email"),
    ),
    Item(
        name="borrower_own_contact",
        words="The borrower’s own phone number and e-mail address: those we have seem to be somebody else’s",
        fields=("borrower_phone", "borrower_email"),
    ),
    Item(
        name="property_contact",
        words="Who lets the appraiser in: a name and a phone number",
        fields=("property_contact_name", "property_contact_phone"),
    ),
    Item(
        name="access_instructions",
        words="How the appraiser gets into the property",
        fields=("access_instructions",),
    ),
    Item(
        name="utilities_on", words="Whether water, power and heating are on", fields=("utilities_on",)
    ),
    Item(
        name="fha_case_number",
        words="The FHA case number, such as 123-4567890",
        fields=("fha_case_number",),
    ),
    Item(name="loan_number", words="Your loan number", fields=("loan_number",)),
    Item(name="loan_type", words="The loan type, such as conventional or FHA", fields=("loan_type",)),
    Item(
        name="loan_purpose", words="The loan purpose, such as purchase or refinance", fields=("loan_purpose",)
    ),
    Item(name="intended_use", words="What the appraisal is for (intended use)", fields=("intended_use",)),
    Item(name="intended_users", words="Who will rely on it (intended users)", fields=("intended_users",)),
    Item(
        name="effective_date",
        words="The day as of which the value is wanted (effective date)",
        fields=("effective_date",),
    ),
    Item(name="payment_type", words="How this order is paid", fields=("payment_type",)),
    Item(name="contract", words="The sales contract: please attach it to your answer to this message", fields=()),
)  # fmt: skip
# In the order in which they are asked for.
ITEMS: Mapping[str, Item] = {item.name: item for item in _ITEMS}
_MISSING_PARTS = {
    "name": "borrower_name",
    "phone or e-mail": "borrower_contact",
    "intended use": "intended_use",
    "intended users": "intended_users",
    "effective date": "effective_date",
    "loan type": "loan_type",
    "loan purpose": "loan_purpose",
    "access instructions": "access_instructions",
    "utilities on": "utilities_on",
}


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What an order lacks that its client can tell: names of items, in the order of the list."""

    items: tuple[str, ...]
    blocking: frozenset[str]
    """Those without which work cannot begin."""


def find_items(found: Iterable[Found]) -> Missing:
    """The items that answer what the rules found in one order. What the desk alone can answer gives none."""
    items: dict[str, bool] = {}
    for finding in found:
        ask = _ASKED_FOR.get(finding.code)
        if ask is None or finding.subject == NOT_JUDGED:
            continue
        is_blocking = finding.severity == Severity.BLOCKING
        for name in ask(finding):
            items[name] = items.get(name, False) or is_blocking
    return Missing(
        items=tuple(name for name in ITEMS if name in items),
        blocking=frozenset(name for name, is_blocking in items.items() if is_blocking),
    )


def _parts(found: Found) -> list[str]:
    return [_MISSING_PARTS[part] for part in found.evidence.get("missing", ()) if part in _MISSING_PARTS]


def _address(found: Found) -> list[str]:
    """A ZIP in another state may be a wrong ZIP or a wrong state: both are asked for."""
    names = []
    for part in found.evidence.get("missing", ()):
        names.append(part.split()[0].lower())
        if " is not in " in part:
            names.append("state")
    return names


def _own_contact(found: Found) -> list[str]:
    """Only of the borrower: who lets the appraiser in may well be somebody we know."""
    return ["borrower_own_contact"] if found.subject == "borrower" else []


def _payment(found: Found) -> list[str]:
    """A client with a usual way of paying is not asked: the desk takes that one."""
    return ["payment_type"] if found.severity == Severity.BLOCKING else []


_ASKED_FOR: Mapping[str, Callable[[Found], list[str]]] = {
    "REQ-201": _address,
    "REQ-202": _parts,
    "REQ-203": lambda found: ["property_contact"],
    "REQ-204": lambda found: ["fha_case_number"],
    "REQ-206": lambda found: ["loan_number"],
    "REQ-207": _parts,
    "REQ-208": _parts,
    "REQ-210": lambda found: ["contract"],
    "REQ-215": _own_contact,
    "REQ-216": _parts,
    "REQ-218": _payment,
    "REQ-219": lambda found: ["product"],
}
ASKED_CODES = frozenset(_ASKED_FOR)


def fields_of(items: Iterable[str]) -> list[AskedField]:
    """The fields that answer these items, each once."""
    names = dict.fromkeys(name for item in items for name in ITEMS[item].fields)
    return [FIELDS[name] for name in names]
