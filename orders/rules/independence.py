"""Appraiser independence: no word of a wanted value reaches the appraiser, nobody with a stake chooses one (IND-…).

The text is data: it is looked through, quoted as evidence and withheld, never obeyed. Source: domain, 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from engagement.addresses import domain_of, is_freemail
from orders.addresses import phone_digits
from orders.facts import OrderFacts, VendorFacts
from orders.fixes import Change
from orders.free_text import find_choice, find_forbidden_choice, find_value_pressure
from orders.rules.base import Found, rule
from orders.states import Stage

TEXT_FIELDS = ("notes", "vendor_instructions", "access_instructions")
# What a vendor sees of an order besides the property; `notes` are internal.
VENDOR_VISIBLE_TEXTS = frozenset({"vendor_instructions", "access_instructions"})
VALUE_FIELDS = ("estimated_value", "loan_amount")
# No sale fixes a price here, so an estimate could only steer.
WITHOUT_SALE = frozenset({"refinance", "cash_out", "heloc"})


class Withholdable(Protocol):
    """What of an order decides what its vendor may see; a record of the rules or a row of the table."""

    loan_purpose: str
    notes: str
    vendor_instructions: str
    access_instructions: str
    estimated_value: Decimal | None
    loan_amount: Decimal | None


def pressure_in(order: Withholdable, field: str) -> str:
    """The words of a text of the order that press for a value; empty for none."""
    return find_value_pressure(getattr(order, field), may_be_sale=order.loan_purpose not in WITHOUT_SALE)


def told_estimates(order: Withholdable) -> list[str]:
    """The estimates that the order states and that no sale explains."""
    if order.loan_purpose not in WITHOUT_SALE:
        return []
    return [field for field in VALUE_FIELDS if getattr(order, field) is not None]


@rule("IND-401")
def text_asks_for_a_value(facts: OrderFacts) -> Iterator[Found]:
    """Free text of the order asks for a value, or hints at one; it is withheld from the vendor."""
    order = facts.order
    for field in TEXT_FIELDS:
        words = pressure_in(order, field)
        if words:
            shown = field in VENDOR_VISIBLE_TEXTS and field not in order.vendor_hidden_fields
            fix = (Change(f"vendor_hidden_fields.{field}", False, True),) if shown else ()
            yield Found(subject=field, evidence={"field": field, "quote": words}, fix=fix)


@rule("IND-402")
def estimate_is_visible_to_the_vendor(facts: OrderFacts) -> Iterator[Found]:
    """A refinance tells the vendor what somebody thinks the property is worth, or how much is lent on it."""
    shown = [field for field in told_estimates(facts.order) if field not in facts.order.vendor_hidden_fields]
    if shown:
        fix = tuple(Change(f"vendor_hidden_fields.{field}", False, True) for field in shown)
        yield Found(evidence={"fields": shown}, fix=fix)


@rule("IND-403")
def loan_production_has_a_say(facts: OrderFacts) -> Iterator[Found]:
    """Loan production chooses, removes or contacts the appraiser, or somebody wants one removed over value.

    In an order that a restricted party is behind, no particular appraiser may be asked for at all.
    """
    order, party = facts.order, facts.restricted_party
    for field in TEXT_FIELDS:
        text = getattr(order, field)
        words = find_choice(text) if party else find_forbidden_choice(text)
        if words:
            evidence = {"field": field, "quote": words} | ({"restricted_party": party} if party else {})
            yield Found(subject=field, evidence=evidence)


@rule("IND-404")
def vendor_is_not_independent(facts: OrderFacts) -> Iterator[Found]:
    """The vendor stands on the client's do-not-use list, or is owner, relative or employee of a party."""
    vendor = facts.vendor
    if vendor is None or facts.order.stage == Stage.CANCELLED:
        return
    for subject, why in _objections(vendor, facts):
        yield Found(subject=subject, values={"vendor": vendor.name, "why": why.rstrip(".")})


def _objections(vendor: VendorFacts, facts: OrderFacts) -> Iterator[tuple[str, str]]:
    for party in {facts.client.id: facts.client, facts.bill_to.id: facts.bill_to}.values():
        if party.id in vendor.excluded_by:
            yield (
                f"excluded:{party.id}",
                f"on the do-not-use list of {party.name} ({vendor.excluded_by[party.id]})",
            )
        relation = next((tie.relation for tie in vendor.ties if tie.client_id == party.id), "")
        domain = domain_of(vendor.email) if vendor.email else ""
        if not relation and domain and domain == party.email_domain and not is_freemail(domain):
            relation = "employee"
        if relation:
            yield f"tie:{party.id}", f"{relation} of {party.name}"
    yield from _ties_to_people(vendor, facts)


def _ties_to_people(vendor: VendorFacts, facts: OrderFacts) -> Iterator[tuple[str, str]]:
    order, relations = facts.order, {_plain(tie.person_name): tie.relation for tie in vendor.ties}
    people = {
        "borrower": order.borrower_name,
        "co_borrower": order.co_borrower_name,
        "owner_of_record": order.owner_of_record,
    }
    for role, name in people.items():
        words = role.replace("_", "-" if role == "co_borrower" else " ")
        if not _plain(name):
            continue
        if _plain(name) == _plain(vendor.name):
            yield role, f"the {words} has the same name"
        elif _plain(name) in relations:
            yield role, f"{relations[_plain(name)]} of the {words}, {name}"
    same_email = order.borrower_email and order.borrower_email.strip().lower() == vendor.email
    phone = phone_digits(order.borrower_phone)
    if same_email or (phone and phone == phone_digits(vendor.phone_e164)):
        yield "reach", f"the borrower has the same {'e-mail' if same_email else 'phone'}"


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name).casefold().split())
