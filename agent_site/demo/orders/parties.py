"""The property, the people and the loan of an order, as its client would have told us."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from agent_site.demo.clients import DemoClient
from agent_site.demo.orders.places import Place
from agent_site.demo.orders.plans import Plan
from agent_site.demo.people import Person, PhoneBook
from agent_site.demo.tenants import Moment

_PROPERTY_TYPES = {
    "AG-NARR": "agricultural",
    "URAR-CONDO": "condo", "URAR-COOP": "coop", "URAR-24": "two_to_four", "URAR-MH": "manufactured",
    "LAND": "land", "COM-NARR": "commercial", "COM-REST": "commercial",
}  # fmt: skip
_UNITS = {"URAR-24": 2, "LAND": None, "COM-NARR": None, "COM-REST": None}
_OCCUPANCIES = ("owner", "owner", "tenant", "owner", "vacant")
_PURPOSES = ("purchase", "refinance", "cash_out", "purchase", "refinance")
# Where borrowers and those who open the door have their telephones.
_AREAS = {
    "CO": ("719", "970"), "OR": ("541",), "WA": ("253",), "NE": ("308",), "UT": ("385",), "WY": ("307",),
    "MT": ("425",), "FL": ("813", "321"),
}  # fmt: skip
_ACCESS = {
    "tenant": "Tenant asks for a day's notice; please arrange the visit with the contact named.",
    "vacant": "Vacant. The contact named has the key; please arrange the visit with them.",
}
_INTENDED_USE = {
    "private": "Private decision about the property",
    "attorney": "Litigation support",
    "accountant": "Property tax appeal",
    "investor": "Division among heirs",
}
# How long ago the day of a retrospective value lies.
_RETROSPECTIVE_DAYS = 214


def property_type_of(product: str) -> str:
    """What a product is usually ordered for."""
    return _PROPERTY_TYPES.get(product, "single_family")


def property_columns(plan: Plan, place: Place) -> dict[str, Any]:
    """Where it stands and what it is."""
    return {
        "street": place.street,
        "unit": place.unit,
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
        "county": place.county,
        "property_type": property_type_of(plan.product),
        "units_excluding_adu": _UNITS.get(plan.product, 1),
    }


def party_columns(
    plan: Plan, client: DemoClient, place: Place, turn: int, people: Iterator[Person], phones: PhoneBook
) -> dict[str, Any]:
    """Who borrows, who lives there, who opens the door. A private or legal client has no borrower."""
    is_empty_land = plan.product == "LAND"
    occupancy = plan.occupancy or ("vacant" if is_empty_land else _OCCUPANCIES[turn % len(_OCCUPANCIES)])
    areas = _AREAS[place.state]
    columns: dict[str, Any] = {"occupancy": occupancy, "access_instructions": _ACCESS.get(occupancy, "")}
    resident: Person | None = None
    if not client.is_private_or_legal:
        resident = next(people)
        phone = phones.take(*areas)
        columns |= {
            "borrower_name": resident.full_name,
            "borrower_phone": phone,
            "borrower_email": f"{resident.local_part}@mail.example.com",
        }
        if occupancy == "owner":
            return columns | {
                "property_contact_name": resident.full_name,
                "property_contact_phone": phone,
                "owner_of_record": resident.full_name,
            }
    opener = next(people)
    return columns | {
        "property_contact_name": opener.full_name,
        "property_contact_phone": phones.take(*areas),
        "owner_of_record": client.name if client.client_type == "private" else opener.full_name,
    }


def loan_columns(
    plan: Plan, client: DemoClient, turn: int, at: Moment, loan_officer_email: str
) -> dict[str, Any]:
    """The loan of a lender's order, or what a private, legal or tax order is for."""
    if client.is_private_or_legal or plan.product == "ESTATE":
        return {
            "loan_type": "none",
            "intended_use": _INTENDED_USE[client.client_type],
            "intended_users": client.name,
            "effective_date": at.day(-_RETROSPECTIVE_DAYS if plan.product == "ESTATE" else 0),
            "interest_appraised": "fee simple",
            "value_type": "market value",
        }
    if not client.is_lender:
        return {"loan_type": "none", "addressed_to": client.name}
    purpose = plan.loan_purpose or _PURPOSES[turn % len(_PURPOSES)]
    columns: dict[str, Any] = {
        "loan_type": "conventional",
        "loan_purpose": purpose,
        "loan_number": f"{at.today:%y}-{41200 + 37 * turn}",
        "loan_officer_email": loan_officer_email,
        "addressed_to": client.name,
        "has_contract": True if purpose == "purchase" else None,
    }
    if plan.product == "URAR-SF-FHA":
        case = f"{52 + turn % 40:03d}-{6100000 + 7919 * turn}"
        columns |= {"loan_type": "fha", "fha_case_number": case, "utilities_on": True}
    if "HIVAL-1" in plan.add_ons:
        columns |= {"loan_type": "jumbo", "estimated_value": Decimal(1_240_000 + 35_000 * (turn % 7))}
    return columns
