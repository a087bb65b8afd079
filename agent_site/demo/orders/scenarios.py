"""The orders in which the rules must find exactly the codes of the specification, and the near misses beside them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from agent_site.demo.orders.places import Place
from agent_site.demo.orders.plans import BORROWER_PAY, CARD, Plan
from orders.states import Stage


def _plan(
    codes: str, client: str, product: str = "URAR-SF", *, expected: str | None = None, **more: Any
) -> Plan:
    """A plan of the scenario `codes`; `expected` where the note of the scenario says something else."""
    found = frozenset((codes if expected is None else expected).split())
    return Plan(scenario=codes, client=client, product=product, expected=found, **more)


def _money(
    *, fee: str | None = None, tech: str | None = None, total: str | None = None
) -> Mapping[str, Decimal | None]:
    """Columns of money as stated; an empty text is an amount nobody stated."""
    stated = {"fee_amount": fee, "tech_fee": tech, "total_amount": total}
    return {name: Decimal(text) if text else None for name, text in stated.items() if text is not None}


_NO_WAY_TO_REACH = {"borrower_phone": "", "borrower_email": ""}
_NO_CONTACT = {"property_contact_name": "", "property_contact_phone": ""}

_PRICING = {
    "meridian": (
        _plan("PRC-104", "Cascade Home Lending", columns=_money(total="665.00")),
        _plan("PRC-104", "Blue Mesa Credit Union", columns=_money(total="635.00")),
        # Too low, and not to be raised by the agent: the fee is not the list's, though within its tolerance.
        _plan("PRC-104", "Northgate Savings Bank", columns=_money(fee="632.00", total="640.00")),
        _plan("PRC-106", "Cascade Home Lending", columns=_money(tech="")),
        _plan("PRC-106", "Columbia Gorge Mortgage", columns=_money(tech="25.00", total="600.00")),
        _plan(
            "PRC-107", "Northgate Savings Bank", payment=CARD, columns=_money(fee="650.00", total="670.00")
        ),
        _plan("PRC-107", "Cascade Home Lending", columns=_money(fee="590.00", total="610.00")),
        _plan("PRC-108", "Lakeshore Bank", columns=_money(fee="900.00", total="920.00")),
        _plan(
            "PRC-108", "Blue Mesa Credit Union", payment=CARD, columns=_money(fee="900.00", total="920.00")
        ),
        _plan("PRC-101", "Northgate Savings Bank", columns=_money(fee="", total="")),
        _plan("PRC-109", "Lakeshore Bank", "COM-NARR", state="CO", fee=Decimal("3900.00")),
        _plan(
            "PRC-111",
            "Lakeshore Bank",
            "COM-REST",
            place=Place(street="2480 W 4th Ave", city="Denver", state="CO", zip="80223", county="Denver"),
            quote="Q-2003",
            fee=Decimal("2400.00"),
            columns=_money(fee="2440.00", total="2460.00"),
        ),
        _plan("PRC-112 REQ-209", "Mile High Bridge Capital", due_in=5),
        _plan("PRC-112 REQ-209", "Mile High Bridge Capital", "URAR-24", due_in=6),
        _plan("PRC-113", "Cascade Home Lending", payment=BORROWER_PAY, columns={"adu_count": 1}),
    ),
    "harborpine": (
        _plan("PRC-104", "Gulf Coast Community Bank", columns=_money(total="600.00")),
        _plan("PRC-107", "Suncoast AMC Partners", columns=_money(fee="610.00", total="625.00")),
        _plan("PRC-101", "Bayline Credit Union", columns=_money(fee="0.00", total="15.00")),
        _plan(
            "PRC-113",
            "Gulf Coast Community Bank",
            payment=BORROWER_PAY,
            columns={"is_waterfront": True},
        ),
    ),
}

_REQUIREMENTS = {
    "meridian": (
        _plan("REQ-201", "Columbia Gorge Mortgage", columns={"zip": ""}),
        _plan("REQ-201", "Northgate Savings Bank", state="CO", payment=CARD, columns={"zip": "68104"}),
        _plan("REQ-202", "Rainier First Bank", occupancy="owner", columns=_NO_WAY_TO_REACH),
        _plan("REQ-202", "Blue Mesa Credit Union", payment=CARD, columns={"borrower_name": ""}),
        _plan("REQ-203", "Cascade Home Lending", occupancy="vacant", columns=_NO_CONTACT),
        _plan("REQ-203", "Rainier First Bank", occupancy="owner", columns=_NO_CONTACT),
        _plan("REQ-204", "Rainier First Bank", "URAR-SF-FHA", columns={"fha_case_number": ""}),
        _plan("REQ-204", "Rainier First Bank", "URAR-SF-FHA", columns={"fha_case_number": "0526144871"}),
        _plan(
            "REQ-205",
            "Columbia Gorge Mortgage",
            payment=CARD,
            columns={"loan_type": "va", "utilities_on": True},
        ),
        _plan(
            "REQ-211",
            "Blue Mesa Credit Union",
            payment=CARD,
            columns={"property_type": "two_to_four", "units_excluding_adu": 2},
        ),
        _plan(
            "REQ-212",
            "Rainier First Bank",
            place=Place(street="918 Juniper Street", city="Tacoma", state="WA", zip="98405", county="Pierce"),
        ),
        _plan(
            "REQ-212",
            "Union Station Private Bank",
            "URAR-CONDO",
            place=Place(
                street="1600 Wynkoop St", unit="405", city="Denver", state="CO", zip="80202", county="Denver"
            ),
            expected="",
        ),
        _plan("REQ-213", "Bitterroot Lending"),
        _plan("REQ-214", "Cascade Home Lending", columns={"legacy_form": "1004"}),
        _plan(
            "REQ-214",
            "Northgate Savings Bank",
            "URAR-CONDO",
            payment=BORROWER_PAY,
            columns={"legacy_form": "1073"},
        ),
    ),
    "harborpine": (
        _plan("REQ-202", "Suncoast AMC Partners", columns={**_NO_WAY_TO_REACH, "borrower_phone": "at work"}),
        _plan(
            "REQ-203",
            "Palmetto Lending Group",
            payment=BORROWER_PAY,
            occupancy="tenant",
            columns={"property_contact_phone": ""},
        ),
        _plan("REQ-208", "Brightwater Law", "ESTATE", columns={"effective_date": None}),
        _plan("REQ-208", "Hillsborough Heirs LLC", "ESTATE", columns={"effective_date": None}),
        _plan(
            "REQ-211",
            "Seminole Land Trust",
            occupancy="vacant",
            columns={"property_type": "land", "units_excluding_adu": None, "acres": Decimal("2.000")},
        ),
        _plan(
            "REQ-212",
            "Hillsborough Heirs LLC",
            place=Place(
                street="812 Palmetto Row", city="Tampa", state="FL", zip="33604", county="Hillsborough"
            ),
        ),
    ),
}

_CREDIT = {
    "meridian": (
        _plan("CRD-301", "TrueNorth Home Loans", payment=CARD),
        _plan("CRD-301", "Willamette Home Finance"),
        _plan("CRD-302", "Aspen Key Lending"),
        # Over by a cent, and by two thousand; what these clients owe besides is in `invoices`.
        _plan(
            "CRD-303",
            "Larimer Valley CU",
            "COM-NARR",
            place=Place(street="315 Denver Ave", city="Loveland", state="CO", zip="80537", county="Larimer"),
            quote="Q-2004",
            fee=Decimal("4500.00"),
        ),
        _plan(
            "CRD-303",
            "Copperline Relocation",
            "COM-NARR",
            place=Place(
                street="7600 E Orchard Rd", city="Aurora", state="CO", zip="80016", county="Arapahoe"
            ),
            quote="Q-2005",
            fee=Decimal("9480.00"),
        ),
        _plan(
            "at the limit",
            "Prairie Gold Bank",
            "COM-NARR",
            place=Place(street="1102 N 72nd St", city="Omaha", state="NE", zip="68114", county="Douglas"),
            quote="Q-2006",
            fee=Decimal("7980.00"),
            expected="CRD-304",
        ),
        _plan("CRD-305", "Redstone Mutual Mortgage"),
        _plan("CRD-310", "Sagebrush Servicing", "URAR-EXT"),
        _plan(
            "CRD-308",
            "Aspen Key Lending",
            stage=Stage.ASSIGNED,
            payment=CARD,
            columns={"payment_authorised": False},
        ),
        # The typing error in the total takes the client to the edge of its limit until it is put right.
        _plan(
            "PRC-104 REQ-202 CRD-304",
            "Confluence CU",
            occupancy="owner",
            columns={**_NO_WAY_TO_REACH, **_money(total="6450.00")},
        ),
    ),
    "harborpine": (
        _plan("CRD-305", "Pelican Mortgage"),
        _plan("CRD-306", "Manatee River Bank"),
    ),
}

_INDEPENDENCE_AND_VENDORS = {
    "meridian": (
        _plan(
            "IND-401",
            "Blue Mesa Credit Union",
            columns={"vendor_instructions": "Borrower is nearly there, we need 640 to make it work."},
        ),
        _plan(
            "IND-401",
            "Northgate Savings Bank",
            loan_purpose="purchase",
            columns={"notes": "Contract price is $512,000; the signed contract is attached."},
            expected="",
        ),
        _plan(
            "IND-402",
            "Columbia Gorge Mortgage",
            payment=CARD,
            loan_purpose="refinance",
            columns={"estimated_value": Decimal("415000.00")},
        ),
        _plan("VND-501", "Blue Mesa Credit Union", stage=Stage.ASSIGNED, vendor="Omar Vane"),
        _plan("VND-503", "Northgate Savings Bank", state="CO", stage=Stage.ASSIGNED, vendor="Lena Brook"),
    ),
    "harborpine": (),
}


def scenario_plans(slug: str) -> tuple[Plan, ...]:
    """The orders of one company in which something must be found, or nearly."""
    groups = (_PRICING, _REQUIREMENTS, _CREDIT, _INDEPENDENCE_AND_VENDORS)
    return tuple(plan for group in groups for plan in group[slug])
