"""Requirements: what an order must tell before work can begin (domain, 1.4 and REQ-…)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orders.addresses import (
    ZIP_PREFIXES,
    is_email,
    is_phone,
    is_zip_in_state,
    normalise_state,
    phone_digits,
    zip5,
)
from orders.facts import OrderFacts
from orders.fixes import Change
from orders.rules.base import Found, rule
from orders.states import Severity

FHA_CASE_NUMBER = re.compile(r"[0-9]{3}-[0-9]{7}")
# Clients who order for themselves or for a court: they are their own borrower, and must say what for.
PRIVATE_OR_LEGAL = frozenset({"private", "attorney", "accountant"})
ESTATE = "ESTATE"
# Clients whose orders are for loans (desk).
LENDERS = frozenset(
    {
        "mortgage_lender", "broker", "bank", "credit_union", "farm_credit", "commercial_lender", "private_lender",
        "servicer", "amc",
    }
)  # fmt: skip
# Programmes whose rules an appraiser must know before the visit.
_PROGRAMME_PRODUCTS, _PROGRAMMES = ("-FHA", "-USDA"), ("fha", "usda")
_UTILITIES_TESTED = ("fha", "va", "usda")
_NOT_LIVED_IN_BY_THE_OWNER = ("tenant", "vacant")
_REFINANCES = ("refinance", "cash_out")
# How a client that agreed to such terms pays, unless its order says otherwise (desk).
_PAYMENT_BY_TERMS = {"card": "card", "cod": "cod", "prepay": "prepaid"}
_LISTING_AGENT = re.compile(r"(?i)\b(?:listing|seller'?s) (?:agent|broker|realtor)\b|\brealtor\b")
_PHONE = re.compile(r"(?:\+?1[\s.-]*)?\(?\b[0-9]{3}\)?[\s.-]*[0-9]{3}[\s.-]*[0-9]{4}\b")


def is_private_or_legal(facts: OrderFacts) -> bool:
    """Whether the client orders on its own behalf, not for a loan."""
    is_estate = facts.product is not None and facts.product.code == ESTATE
    return facts.client.client_type in PRIVATE_OR_LEGAL or is_estate


@rule("REQ-201")
def address_is_incomplete(facts: OrderFacts) -> Iterator[Found]:
    """Street, city, state or ZIP is missing, is none, or the ZIP lies in another state."""
    order = facts.order
    state, zip_five = normalise_state(order.state), zip5(order.zip)
    missing = [name for name in ("street", "city") if not getattr(order, name).strip()]
    if state not in ZIP_PREFIXES:
        missing.append("state" if not state else f"state ({order.state.strip()} is none)")
    if not zip_five:
        missing.append("ZIP" if not order.zip.strip() else f"ZIP ({order.zip.strip()} is none)")
    elif state in ZIP_PREFIXES and not is_zip_in_state(zip_five, state):
        missing.append(f"ZIP ({zip_five} is not in {state})")
    if missing:
        yield Found(values={"missing": ", ".join(missing)}, evidence={"missing": missing})


@rule("REQ-202")
def borrower_cannot_be_reached(facts: OrderFacts) -> Iterator[Found]:
    """The borrower has no name, or neither phone nor e-mail; a private or legal client stands in for itself."""
    order = facts.order
    can_be_reached = is_phone(order.borrower_phone) or is_email(order.borrower_email)
    if is_private_or_legal(facts) or (order.borrower_name.strip() and can_be_reached):
        return
    missing = [] if order.borrower_name.strip() else ["name"]
    yield Found(evidence={"missing": missing if can_be_reached else [*missing, "phone or e-mail"]})


@rule("REQ-203")
def nobody_lets_the_appraiser_in(facts: OrderFacts) -> Iterator[Found]:
    """The product looks inside, and no contact with name and phone opens the door."""
    order = facts.order
    name, phone = order.property_contact_name.strip(), order.property_contact_phone.strip()
    if facts.product is None or not facts.product.inspects_interior or (name and is_phone(phone)):
        return
    fix: tuple[Change, ...] = ()
    lives_there = order.occupancy == "owner" and order.borrower_name.strip()
    if lives_there and is_phone(order.borrower_phone) and not name and not phone:
        fix = (
            Change("property_contact_name", order.property_contact_name, order.borrower_name),
            Change("property_contact_phone", order.property_contact_phone, order.borrower_phone),
        )
    yield Found(evidence={"name": name, "phone": phone, "occupancy": order.occupancy}, fix=fix)


@rule("REQ-204")
def fha_case_number_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """An FHA order has no case number, or one of another form."""
    order, number = facts.order, facts.order.fha_case_number.strip()
    if order.loan_type != "fha" or FHA_CASE_NUMBER.fullmatch(number):
        return
    fix: tuple[Change, ...] = ()
    if re.fullmatch(r"[0-9]{10}", number):
        fix = (Change("fha_case_number", order.fha_case_number, f"{number[:3]}-{number[3:]}"),)
    yield Found(evidence={"fha_case_number": order.fha_case_number}, fix=fix)


@rule("REQ-205")
def va_assigns_its_own_orders(facts: OrderFacts) -> Iterator[Found]:
    """VA appraisals are ordered through VA, which assigns them to its own panel."""
    if facts.order.loan_type == "va":
        yield Found(evidence={"loan_type": facts.order.loan_type})


@rule("REQ-206")
def loan_number_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """A lender's order names no loan number."""
    if facts.client.client_type in LENDERS and not facts.order.loan_number.strip():
        yield Found(evidence={"client_type": facts.client.client_type})


@rule("REQ-207")
def loan_is_not_described(facts: OrderFacts) -> Iterator[Found]:
    """A lender's order tells no loan type or no purpose; blocking where FHA or USDA rules depend on it."""
    order = facts.order
    told = {"loan type": order.loan_type, "loan purpose": order.loan_purpose}
    missing = [name for name, value in told.items() if not value]
    if facts.client.client_type not in LENDERS or not missing:
        return
    is_of_programme = facts.product is not None and facts.product.code.endswith(_PROGRAMME_PRODUCTS)
    is_needed = is_of_programme or order.loan_type in _PROGRAMMES
    yield Found(severity=Severity.BLOCKING if is_needed else Severity.WARNING, evidence={"missing": missing})


@rule("REQ-208")
def engagement_is_not_described(facts: OrderFacts) -> Iterator[Found]:
    """A private, legal, estate or tax order does not say what for, for whom, or as of when."""
    if not is_private_or_legal(facts):
        return
    order = facts.order
    told = {
        "intended use": order.intended_use.strip(),
        "intended users": order.intended_users.strip(),
        "effective date": order.effective_date,
    }
    missing = [name for name, value in told.items() if not value]
    if missing:
        yield Found(evidence={"missing": missing})


@rule("REQ-213")
def state_is_not_served(facts: OrderFacts) -> Iterator[Found]:
    """The desk is not registered in the property's state, or does not sell the product there."""
    state = normalise_state(facts.order.state)
    if state not in ZIP_PREFIXES:
        return
    off = facts.product is not None and state in facts.product.states_off
    if state not in facts.desk.states_served or off:
        product = facts.product.code if facts.product else "orders"
        yield Found(
            values={"tenant": facts.desk.tenant_name, "product": product, "state": state},
            evidence={"states_served": sorted(facts.desk.states_served)},
        )


@rule("REQ-210")
def contract_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """The loan is for a purchase, and no sales contract is attached."""
    if facts.order.loan_purpose == "purchase" and not facts.order.has_contract:
        yield Found(evidence={"has_contract": facts.order.has_contract})


@rule("REQ-215")
def borrower_looks_like_somebody_else(facts: OrderFacts) -> Iterator[Found]:
    """The borrower is reached where the loan officer or the client is, or a listing agent opens on a refinance."""
    order, client = facts.order, facts.client
    email, phone = order.borrower_email.strip().lower(), phone_digits(order.borrower_phone)
    other = ""
    if email and email == order.loan_officer_email.strip().lower():
        other = "the loan officer"
    # A private person may be client and borrower at once.
    elif client.client_type != "private" and (email in client.emails or phone in client.phones):
        other = f"a contact of {client.name}"
    if other:
        yield Found(subject="borrower", values={"other": other}, evidence={"email": email, "phone": phone})
    opener = phone_digits(order.property_contact_phone)
    if opener and order.loan_purpose in _REFINANCES and opener in _listing_agents_phones(facts):
        yield Found(
            subject="property_contact", values={"other": "a listing agent"}, evidence={"phone": opener}
        )


def _listing_agents_phones(facts: OrderFacts) -> set[str]:
    """Numbers in lines of the order's free text that speak of a listing agent."""
    order = facts.order
    lines = "\n".join((order.access_instructions, order.notes, order.vendor_instructions)).splitlines()
    return {
        phone_digits(found) for line in lines if _LISTING_AGENT.search(line) for found in _PHONE.findall(line)
    }


@rule("REQ-216")
def access_is_unclear(facts: OrderFacts) -> Iterator[Found]:
    """Nobody says how to get into a home that its owner does not live in, or that its utilities are on."""
    order = facts.order
    looks_inside = facts.product is not None and facts.product.inspects_interior
    is_new = order.loan_purpose == "construction"
    missing = []
    if looks_inside and (order.occupancy in _NOT_LIVED_IN_BY_THE_OWNER or is_new):
        if not order.access_instructions.strip():
            missing.append("access instructions")
    if order.loan_type in _UTILITIES_TESTED and not order.utilities_on:
        missing.append("utilities on")
    if missing:
        yield Found(evidence={"missing": missing, "occupancy": order.occupancy})


@rule("REQ-218")
def payment_type_is_missing(facts: OrderFacts) -> Iterator[Found]:
    """The order does not say how it is paid; what the client's terms say is filled in, and without terms it blocks."""
    if facts.order.payment_type:
        return
    terms = facts.client.terms
    usual = "bill" if terms.startswith("net") else _PAYMENT_BY_TERMS.get(terms, "")
    yield Found(
        severity=Severity.WARNING if usual else Severity.BLOCKING,
        values={"client": facts.client.name, "default": usual},
        message="" if usual else f"Payment type missing, and nothing is agreed with {facts.client.name}.",
        evidence={"terms": terms},
        fix=(Change("payment_type", "", usual),) if usual else (),
    )
