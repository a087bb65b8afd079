"""Orders that the demo desk has not seen, each wrong in one way or only nearly: exactly the codes of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from agent.models import SystemConfig, Tenant
from agent.tenancy import tenant_scope
from agent_site.demo.loader import load_demo_desk
from orders.intake import FileLine
from orders.services import check_lines
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TODAY = date(2026, 11, 23)
COLORADO = {
    "client": "Cascade Home Lending", "loan_number": "L-1", "product": "URAR-SF", "property_type": "single_family",
    "units_excluding_adu": "1", "street": "4021 Quince Ct", "city": "Denver", "state": "CO", "zip": "80207",
    "county": "Denver", "borrower_name": "Pat Doe", "borrower_phone": "720-555-0111",
    "borrower_email": "pat@doe.example.com", "property_contact_name": "Pat Doe",
    "property_contact_phone": "720-555-0111", "occupancy": "owner", "loan_type": "conventional",
    "loan_purpose": "refinance", "payment_type": "bill", "due_date": "2026-12-28",
}  # fmt: skip
TAMPA = {"city": "Tampa", "state": "FL", "zip": "33602", "county": "Hillsborough"}
PORTLAND = {"city": "Portland", "state": "OR", "county": "Multnomah"}
MALDEN = PORTLAND | {"street": "7715 S.E. Malden Street", "zip": "97206"}
ALDER = PORTLAND | {"street": "2210 Alder Court", "zip": "97212", "quote_number": "Q-2001"}
BIRCH = {"street": "311 Birch Ave", "city": "Boulder", "zip": "80302", "county": "Boulder"}
PEARL = {"street": "1450 Pearl Street", "zip": "80203"}
NO_LOAN = {"loan_number": "", "loan_type": "none", "loan_purpose": ""}
NOBODY = {"borrower_name": "", "borrower_phone": "", "borrower_email": ""}
TOLD = {"intended_use": "Estate", "intended_users": "Heirs", "effective_date": "2026-01-01"}
LAND = {"product": "LAND", "property_type": "land", "units_excluding_adu": "", "occupancy": ""}
COMMERCIAL = {"property_type": "commercial", "units_excluding_adu": "", "due_date": "2027-01-29"}
FHA = {"loan_type": "fha", "fha_case_number": "123-4567890", "utilities_on": "yes"}
CARD = {"payment_type": "card"}
DONE = {"stage": "delivered"}


def _fee(fee: str, *, tech: str = "20.00") -> dict[str, str]:
    return {"fee_amount": fee, "tech_fee": tech, "total_amount": str(Decimal(fee) + Decimal(tech))}


def _ago(days: int, clock: str = "10:00:00") -> dict[str, str]:
    return {"ordered_at": f"{TODAY - timedelta(days=days)}T{clock}"}


# codes (with the severity where the case decides), departures from the clean order
MERIDIAN: list[tuple[str, Mapping[str, str]]] = [
    ("", {}),
    ("PRC-101", {"fee_amount": ""}),
    ("PRC-101 PRC-106", {"fee_amount": "", "tech_fee": "", "total_amount": ""}),
    ("PRC-101", _fee("0")),
    ("PRC-101 PRC-102", _fee("-5.00")),
    ("PRC-102 PRC-105 PRC-106", _fee("625.00", tech="-20.00")),
    ("PRC-102", {"vendor_fee": "-1"}),
    ("PRC-103", {"fee_amount": "625.004"}),
    ("", {"fee_amount": "625.000", "total_amount": "645"}),
    ("PRC-103", {"total_amount": "NaN"}),
    ("PRC-103", {"fee_amount": "EUR 625.00"}),
    ("PRC-104", {"total_amount": "645.01"}),
    ("PRC-104", {"total_amount": ""}),
    ("PRC-104 PRC-105", {"total_amount": "624.99"}),
    ("PRC-106", _fee("625.00", tech="25.00")),
    ("PRC-106", {"tech_fee": ""}),
    ("", _fee("637.50")),
    ("PRC-107", _fee("637.51")),
    ("PRC-107", _fee("718.75")),
    ("PRC-108", _fee("718.76")),
    ("", _fee("20.00") | CARD | {"product": "AVM", "client": "Sagebrush Servicing", "occupancy": "vacant",
                                 "property_contact_name": ""}),
    ("PRC-108", _fee("20.01") | CARD | {"product": "AVM", "client": "Sagebrush Servicing"}),
    ("PRC-109", _fee("4000.00") | COMMERCIAL | {"product": "COM-NARR", "client": "Lakeshore Bank"}),
    ("PRC-109", _ago(700) | {"due_date": "2026-12-28"}),
    # The list before this one ended 90 days ago.
    ("PRC-107 PRC-110", _fee("610.00")),
    ("", _fee("610.00") | _ago(90, "23:30:00")),
    ("", _fee("625.00") | _ago(89, "00:30:00")),
    ("PRC-107 PRC-110", _fee("625.00") | _ago(100)),
    # The client's own factor, add-ons not discounted.
    ("", _fee("575.00") | PORTLAND | {"client": "Columbia Gorge Mortgage", "state": "or ", "zip": "972141234"}),
    ("", _fee("675.00") | PORTLAND | {"client": "Columbia Gorge Mortgage", "zip": "97214", "add_ons": "adu",
                                      "has_adu": "yes"}),
    ("PRC-107 PRC-110", _fee("561.20") | PORTLAND | {"client": "Columbia Gorge Mortgage", "zip": "97214"}),
    ("", _fee("640.00") | ALDER),
    ("PRC-111", _fee("630.00") | ALDER),
    ("PRC-111", _fee("625.00") | ALDER),
    ("PRC-107", _fee("640.00") | ALDER | {"street": "2212 Alder Ct"}),
    ("", _fee("615.00") | {"quote_number": "Q-2002", "street": "918 Fir St", "city": "Salem", "state": "OR",
                           "zip": "97301", "county": "Marion"}),
    # Five business days: Thanksgiving is none of them.
    ("PRC-112 REQ-209:warning", {"due_date": "2026-12-01"}),
    ("REQ-209:warning", _fee("750.00") | {"due_date": "2026-12-01", "add_ons": "rush-5"}),
    ("PRC-112 REQ-209", _fee("825.00") | {"due_date": "2026-12-01", "add_ons": "RUSH-3"}),
    ("PRC-112", _fee("750.00") | {"add_ons": "RUSH-5"}),
    ("", {"due_date": "2026-12-03"}),
    ("PRC-112 REQ-209:blocking", {"due_date": "2026-11-22"}),
    # Veterans Day; and the evening before in Denver is not the next day.
    ("PRC-112 REQ-209", _fee("625.00") | DONE | {"ordered_at": "2026-11-03T10:00:00", "due_date": "2026-11-12"}),
    ("", _fee("625.00") | DONE | {"ordered_at": "2026-11-04T06:30:00Z", "due_date": "2026-11-13"}),
    ("", {"gross_living_area": "4000", "acres": "5", "has_adu": "no", "is_waterfront": "no"}),
    ("PRC-113", {"gross_living_area": "4001"}),
    ("PRC-113", {"acres": "5.01"}),
    ("", _fee("1200.00") | {"gross_living_area": "5000", "acres": "6", "has_adu": "yes", "is_waterfront": "yes",
                            "add_ons": "COMPLEX;ACRE; adu ;Waterfront"}),
    ("", _fee("750.00") | LAND | {"acres": "30"}),
    ("", {"estimated_value": "1000000", "loan_purpose": "purchase", "has_contract": "yes"}),
    ("PRC-113", {"estimated_value": "1000000.01", "loan_purpose": "purchase", "has_contract": "yes"}),
    ("", _fee("975.00") | {"estimated_value": "1500000", "loan_purpose": "purchase", "has_contract": "yes",
                           "add_ons": "HIVAL-2"}),
    ("", _fee("700.00") | {"product": "URAR-MH", "property_type": "manufactured"}),
    ("", {"vendor_fee": "531.25"}),
    ("PRC-114", {"vendor_fee": "531.26"}),
    # One order was accepted by its client at 625.00.
    ("", BIRCH | {"order_number": "MV-24-9001", "client": "Northgate Savings Bank"}),
    ("PRC-115", _fee("630.00") | BIRCH | {"order_number": "MV-24-9001", "client": "Northgate Savings Bank"}),
    ("PRC-116", _fee("175.00") | {"product": "COMP-RPT"}),
    ("PRC-116", _fee("175.00") | {"product": "", "legacy_form": "1004D"}),
    ("", _fee("175.00") | MALDEN | {"product": "COMP-RPT"}),
    ("PRC-116", _fee("175.00") | MALDEN | {"product": "COMP-RPT", "client": "Rainier First Bank"}),
    ("REQ-201", {"zip": ""}),
    ("REQ-201", {"zip": "97206"}),
    ("REQ-201", {"state": "Colorado"}),
    ("REQ-202", {"borrower_phone": "", "borrower_email": ""}),
    ("REQ-203", {"property_contact_name": "", "property_contact_phone": ""}),
    ("REQ-204", _fee("675.00") | FHA | {"product": "URAR-SF-FHA", "fha_case_number": "1234567890"}),
    ("", _fee("675.00") | FHA | {"product": "", "legacy_form": "1004"}),
    ("REQ-205", {"loan_type": "va", "utilities_on": "yes"}),
    ("REQ-206", {"loan_number": ""}),
    ("REQ-207:warning", {"loan_purpose": ""}),
    ("REQ-207:blocking", _fee("675.00") | {"product": "URAR-SF-FHA", "loan_type": ""}),
    ("REQ-210", {"loan_purpose": "purchase", "has_contract": "no"}),
    ("REQ-211", {"units_excluding_adu": "2"}),
    ("REQ-211", {"property_type": "mixed_use"}),
    ("REQ-211", _fee("450.00") | {"product": "URAR-EXT", "property_type": "", "units_excluding_adu": "5"}),
    ("REQ-211", _fee("850.00") | {"product": "URAR-24", "property_type": "two_to_four"}),
    ("", {"property_type": "pud"}),
    ("REQ-212:blocking", MALDEN),
    ("", MALDEN | {"unit": "2"}),
    ("REQ-212:warning", PEARL | {"client": "Blue Mesa Credit Union"}),
    ("REQ-212:warning", PEARL | {"client": "Northgate Savings Bank"}),
    ("REQ-213", {"client": "Bitterroot Lending", "city": "Missoula", "state": "MT", "zip": "59801"}),
    ("REQ-214", {"legacy_form": "1004"}),
    ("REQ-214", _fee("700.00") | {"product": "", "legacy_form": "1004c", "property_type": "manufactured"}),
    ("", {"legacy_form": "1004", "ordered_at": "2026-11-02T05:30:00Z"}),
    ("", {"legacy_form": "1004", "loan_type": "jumbo"}),
    ("REQ-215", {"loan_officer_email": "PAT@doe.example.com"}),
    ("REQ-216", {"occupancy": "new construction"}),
    ("", {"occupancy": "tenant", "access_instructions": "Key at the desk"}),
    ("REQ-216", _fee("675.00") | FHA | {"product": "URAR-SF-FHA", "utilities_on": ""}),
    ("", _fee("450.00") | {"product": "URAR-EXT", "occupancy": "vacant", "property_contact_name": ""}),
    ("REQ-217", {"portal_order_id": "P-1", "portal_deadline": "2026-11-23T08:59:00"}),
    ("", {"portal_order_id": "P-1", "portal_deadline": "2026-11-23T09:01:00"}),
    ("", {"portal_order_id": "P-1", "portal_deadline": "2026-11-22T09:00:00", "stage": "accepted"}),
    ("REQ-218:warning", {"payment_type": ""}),
    ("REQ-218:blocking CRD-301", {"payment_type": "", "client": "TrueNorth Home Loans"}),
    ("REQ-219", {"product": ""}),
    ("REQ-219", {"product": "CASTLE"}),
]  # fmt: skip
HARBORPINE: list[tuple[str, Mapping[str, str]]] = [
    ("", {}),
    ("PRC-107 PRC-110", _fee("560.00", tech="15.00")),
    ("", NO_LOAN | NOBODY | TOLD | CARD | {"client": "Hanh Tran"}),
    ("REQ-208", NO_LOAN | NOBODY | TOLD | CARD | {"client": "Hanh Tran", "effective_date": ""}),
    ("REQ-208", NO_LOAN | TOLD | {"client": "Coral Way Tax Advisors", "intended_users": ""}),
    ("REQ-208", _fee("506.00", tech="15.00") | NO_LOAN | NOBODY
     | {"client": "Hillsborough Heirs LLC", "product": "ESTATE"}),
    ("REQ-202", NO_LOAN | CARD | {"client": "Tarpon Springs Title", "borrower_name": ""}),
    ("REQ-206 REQ-207", {"client": "Suncoast AMC Partners", "loan_number": "", "loan_type": ""}),
    ("REQ-213", {"city": "Denver", "state": "CO", "zip": "80207"}),
]  # fmt: skip


def test_orders_that_nobody_has_seen_raise_exactly_the_codes_of_the_rules(
    system_config: SystemConfig, db: None
) -> None:
    load_demo_desk(now=NOW)
    _check("meridian", COLORADO | _fee("625.00"), MERIDIAN)
    bayline = {"client": "Bayline Credit Union"} | TAMPA
    _check("harborpine", COLORADO | bayline | _fee("575.00", tech="15.00"), HARBORPINE)


def _check(slug: str, clean: Mapping[str, str], cases: list[tuple[str, Mapping[str, str]]]) -> None:
    lines = [
        FileLine(line=number, cells={"order_number": ""} | clean | departures)
        for number, (_, departures) in enumerate(cases, start=2)
    ]
    with tenant_scope(Tenant.objects.get(slug=slug)):
        checked = list(check_lines(lines=lines, now=NOW))
    for (codes, departures), line in zip(cases, checked, strict=True):
        wanted = dict(each.partition(":")[::2] for each in codes.split())
        found = {finding.code: finding.severity.value for finding in line.findings}
        assert (found.keys(), line.errors) == (wanted.keys(), ()), departures
        assert {code: found[code] for code, severity in wanted.items() if severity} == {
            code: severity for code, severity in wanted.items() if severity
        }, departures
