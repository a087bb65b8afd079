"""The 63 orders in which the rules must find nothing, over every stage; those that the desk's mails name among them."""

from __future__ import annotations

from decimal import Decimal

from agent_site.demo.orders.places import Place
from agent_site.demo.orders.plans import BORROWER_PAY, CARD, COD, Plan
from orders.states import CancelReason, HoldReason, Stage

S = Stage
CLEAN = "clean"

# Orders that mails or decisions name, and the earlier ones of pairs that look alike.
_NAMED: dict[str, tuple[Plan, ...]] = {
    "meridian": (
        Plan(scenario=CLEAN, number="MV-240790", client="Blue Mesa Credit Union", stage=S.CLOSED, state="CO"),
        Plan(
            scenario=CLEAN,
            number="MV-240844",
            client="Cascade Home Lending",
            stage=S.DELIVERED,
            state="OR",
            days_ago=12,
            delivered_days_ago=3.5,
        ),
        # Scheduled for longer than its client has patience; the loan's lock ends tomorrow.
        Plan(
            scenario=CLEAN,
            number="MV-240861",
            client="Summit Ridge Mortgage",
            stage=S.SCHEDULED,
            payment=BORROWER_PAY,
            days_ago=18,
            scheduled_days_ago=13,
            due_in=1,
        ),
        Plan(
            scenario=CLEAN,
            number="MV-240871",
            client="Northgate Savings Bank",
            stage=S.ASSIGNED,
            loan_purpose="refinance",
            place=Place(street="1640 Larch Ave", city="Greeley", state="CO", zip="80631", county="Weld"),
            days_ago=7,
        ),
        Plan(
            scenario=CLEAN,
            number="MV-240915",
            client="Summit Ridge Mortgage",
            stage=S.ACCEPTED,
            payment=CARD,
            loan_purpose="purchase",
        ),
        Plan(
            scenario=CLEAN,
            number="MV-24-9001",
            client="Northgate Savings Bank",
            stage=S.ACCEPTED,
            place=Place(street="311 Birch Ave", city="Boulder", state="CO", zip="80302", county="Boulder"),
        ),
        Plan(
            scenario=CLEAN,
            number="MV-240902",
            client="Cascade Home Lending",
            stage=S.SCHEDULED,
            state="OR",
            occupancy="owner",
            columns={
                "loan_number": "26-40733",
                "borrower_name": "Noel Abernathy",
                "borrower_email": "noel.abernathy@mail.example.com",
                "property_contact_name": "Noel Abernathy",
                "owner_of_record": "Noel Abernathy",
            },
        ),
        Plan(
            scenario=CLEAN,
            number="MV-240921",
            client="Cascade Home Lending",
            stage=S.ACCEPTED,
            loan_purpose="refinance",
            occupancy="owner",
            add_ons=("ADU",),
            place=Place(
                street="7715 SE Malden St", city="Portland", state="OR", zip="97206", county="Multnomah"
            ),
            days_ago=6,
            due_in=9,
            columns={
                "loan_number": "26-40917",
                "adu_count": 1,
                "borrower_name": "Luis Duarte",
                "borrower_phone": "+15035550190",
                "borrower_email": "ldoarte@mail.example.com",
                "property_contact_name": "Luis Duarte",
                "property_contact_phone": "+15035550190",
                "owner_of_record": "Luis Duarte",
            },
        ),
        Plan(
            scenario=CLEAN,
            client="Blue Mesa Credit Union",
            stage=S.DELIVERED,
            place=Place(street="1450 Pearl St", city="Denver", state="CO", zip="80203", county="Denver"),
            days_ago=54,
            delivered_days_ago=45,
        ),
        Plan(
            scenario=CLEAN,
            client="Rainier First Bank",
            stage=S.INSPECTED,
            place=Place(street="918 Juniper St", city="Tacoma", state="WA", zip="98405", county="Pierce"),
        ),
        Plan(
            scenario=CLEAN,
            client="Union Station Private Bank",
            product="URAR-CONDO",
            stage=S.IN_REVIEW,
            place=Place(
                street="1600 Wynkoop St", unit="402", city="Denver", state="CO", zip="80202", county="Denver"
            ),
        ),
    ),
    "harborpine": (
        Plan(
            scenario=CLEAN,
            number="HP-26-1188",
            client="Palmetto Lending Group",
            stage=S.SCHEDULED,
            occupancy="owner",
        ),
        # Three weeks late, and the wrong unit on the first report.
        Plan(
            scenario=CLEAN,
            number="HP-26-1130",
            client="Palmetto Lending Group",
            product="URAR-CONDO",
            stage=S.DELIVERED,
            place=Place(
                street="240 Gulfwind Ave",
                unit="7B",
                city="Clearwater",
                state="FL",
                zip="33755",
                county="Pinellas",
            ),
            days_ago=44,
            delivered_days_ago=9,
            due_in=-30,
        ),
        Plan(
            scenario=CLEAN,
            number="HP-26-1201",
            client="Palmetto Lending Group",
            stage=S.ACCEPTED,
            payment=BORROWER_PAY,
            loan_purpose="purchase",
            occupancy="tenant",
        ),
        Plan(
            scenario=CLEAN,
            number="HP-26-1209",
            client="Bayline Credit Union",
            stage=S.INSPECTED,
            occupancy="tenant",
            loan_purpose="refinance",
            place=Place(
                street="3107 W Bay Vista Ave", city="Tampa", state="FL", zip="33611", county="Hillsborough"
            ),
            columns={
                "borrower_name": "Wei Chen",
                "borrower_email": "wei.chen@mail.example.com",
                "owner_of_record": "Wei Chen",
            },
        ),
        Plan(
            scenario=CLEAN,
            client="Hillsborough Heirs LLC",
            stage=S.DELIVERED,
            place=Place(
                street="812 Palmetto Row", city="Tampa", state="FL", zip="33604", county="Hillsborough"
            ),
            days_ago=53,
            delivered_days_ago=45,
        ),
    ),
}
_HOLD = {"hold_reason": HoldReason.BORROWER_UNAVAILABLE}
_WITHDRAWN = {"cancel_reason": CancelReason.BORROWER_WITHDREW, "cancellation_fee": Decimal("0.00")}


def _plan(client: str, stage: Stage, product: str = "URAR-SF", **particulars: object) -> Plan:
    return Plan(scenario=CLEAN, client=client, stage=stage, product=product, **particulars)  # type: ignore[arg-type]


_OTHERS: dict[str, tuple[Plan, ...]] = {
    "meridian": (
        _plan("Cascade Home Lending", S.RECEIVED),
        _plan("Cascade Home Lending", S.SCHEDULED, "URAR-CONDO"),
        _plan("Cascade Home Lending", S.INSPECTED, payment=BORROWER_PAY),
        _plan("Cascade Home Lending", S.DELIVERED, "URAR-EXT"),
        _plan("Cascade Home Lending", S.REVISION, payment=BORROWER_PAY),
        _plan("Blue Mesa Credit Union", S.RECEIVED, "URAR-DESK", loan_purpose="heloc"),
        _plan("Blue Mesa Credit Union", S.IN_REVIEW, payment=BORROWER_PAY),
        _plan("Blue Mesa Credit Union", S.ON_HOLD, held_from=S.SCHEDULED, columns=_HOLD),
        _plan("Northgate Savings Bank", S.DELIVERED),
        _plan("Northgate Savings Bank", S.CLOSED, "URAR-CONDO"),
        _plan("Lakeshore Bank", S.SCHEDULED, "URAR-24"),
        _plan("Lakeshore Bank", S.DELIVERED),
        _plan("Pioneer Farm Credit", S.ASSIGNED, "LAND", columns={"acres": Decimal("38.500")}),
        _plan("Pioneer Farm Credit", S.IN_REVIEW, "URAR-MH"),
        _plan("Alder & Finch LLP", S.INSPECTED),
        _plan("Aspen Key Lending", S.SCHEDULED, payment=CARD),
        _plan("Aspen Key Lending", S.DELIVERED, payment=CARD),
        _plan("Mile High Bridge Capital", S.ASSIGNED, payment=CARD),
        _plan("Sagebrush Servicing", S.RECEIVED, "BPO", payment=CARD),
        _plan("Sagebrush Servicing", S.DELIVERED, "URAR-EXT", payment=CARD),
        _plan("Ponderosa Title & Escrow", S.ACCEPTED, payment=COD),
        _plan("Ponderosa Title & Escrow", S.SCHEDULED, payment=COD),
        _plan("Ponderosa Title & Escrow", S.CLOSED, payment=COD),
        _plan("Evergreen Estate Law", S.IN_REVIEW, "ESTATE"),
        _plan("Columbia Gorge Mortgage", S.ASSIGNED),
        _plan("Columbia Gorge Mortgage", S.DELIVERED, "URAR-CONDO"),
        _plan("Rainier First Bank", S.SCHEDULED, "URAR-SF-FHA"),
        _plan("Rainier First Bank", S.REVISION, "URAR-SF-FHA"),
        _plan("Union Station Private Bank", S.INSPECTED, add_ons=("HIVAL-1",), loan_purpose="purchase"),
        _plan(
            "Union Station Private Bank",
            S.CANCELLED,
            add_ons=("HIVAL-1",),
            loan_purpose="purchase",
            columns=_WITHDRAWN,
        ),
    ),
    "harborpine": (
        _plan("Gulf Coast Community Bank", S.RECEIVED),
        _plan("Gulf Coast Community Bank", S.INSPECTED, payment=BORROWER_PAY),
        _plan("Gulf Coast Community Bank", S.IN_REVIEW, "URAR-CONDO"),
        _plan("Gulf Coast Community Bank", S.REVISION),
        _plan("Palmetto Lending Group", S.ON_HOLD, held_from=S.INSPECTED, columns=_HOLD),
        _plan("Suncoast AMC Partners", S.ASSIGNED, "URAR-EXT"),
        _plan("Suncoast AMC Partners", S.IN_REVIEW),
        _plan("Brightwater Law", S.INSPECTED),
        _plan("Hanh Tran", S.DELIVERED, payment=CARD, occupancy="owner"),
        _plan("Renee Theroux", S.IN_REVIEW, "ESTATE", payment=CARD, occupancy="owner"),
        _plan("Bayline Credit Union", S.RECEIVED, "URAR-DESK", loan_purpose="heloc"),
        _plan("Bayline Credit Union", S.REVISION),
        _plan("Tarpon Springs Title", S.ASSIGNED, payment=COD),
        _plan("Tarpon Springs Title", S.INSPECTED, payment=COD),
        _plan("Tarpon Springs Title", S.CLOSED, payment=COD),
        _plan("Osprey Reverse", S.SCHEDULED, "URAR-SF-FHA", payment=BORROWER_PAY, loan_purpose="reverse"),
        _plan("Coral Way Tax Advisors", S.CANCELLED, columns=_WITHDRAWN),
    ),
}


def clean_plans(slug: str) -> tuple[Plan, ...]:
    """The clean orders of one company."""
    return (*_NAMED[slug], *_OTHERS[slug])
