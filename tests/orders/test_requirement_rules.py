"""The requirement rules, each at its boundary, just beside it, and without its fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orders.facts import DuplicateFacts
from orders.states import Severity, Stage
from tests.orders.cast import (
    CLIENT_ID,
    NOW,
    OTHER_CLIENT_ID,
    TODAY,
    client_facts,
    desk_facts,
    findings_of,
    order_facts,
)

DENVER = ZoneInfo("America/Denver")
PRIVATE = client_facts(client_type="private", name="Hanh Tran")
ATTORNEY = client_facts(client_type="attorney")
TOLD = {"intended_use": "Divorce", "intended_users": "The court", "effective_date": date(2026, 1, 1)}
NOBODY = {"borrower_name": "", "borrower_phone": "", "borrower_email": ""}
FHA = {"loan_type": "fha"}
LISTED = {"access_instructions": "Occupied.\nListing agent Bo Lund, 303.555.0142, opens."}

# code, departure from the clean order, how many findings
CASES: list[tuple[str, dict[str, Any], int]] = [
    ("REQ-201", {"street": " "}, 1),
    ("REQ-201", {"city": ""}, 1),
    ("REQ-201", {"state": ""}, 1),
    ("REQ-201", {"state": "ZZ"}, 1),
    ("REQ-201", {"state": "Colorado"}, 1),
    ("REQ-201", {"state": " co "}, 0),
    ("REQ-201", {"zip": ""}, 1),
    ("REQ-201", {"zip": "8030"}, 1),
    ("REQ-201", {"zip": "80302-1234"}, 0),
    ("REQ-201", {"zip": "803021234"}, 0),
    ("REQ-201", {"zip": "80302-12"}, 1),
    ("REQ-201", {"zip": "81699"}, 0),
    ("REQ-201", {"zip": "81700"}, 1),
    ("REQ-201", {"county": "", "unit": ""}, 0),
    ("REQ-202", {"borrower_name": ""}, 1),
    ("REQ-202", {"borrower_phone": ""}, 0),
    ("REQ-202", {"borrower_email": ""}, 0),
    ("REQ-202", {"borrower_phone": "", "borrower_email": ""}, 1),
    ("REQ-202", {"borrower_phone": "555-0142", "borrower_email": "ana"}, 1),
    ("REQ-202", {"borrower_phone": "+44 20 7946 0958", "borrower_email": ""}, 0),
    ("REQ-202", NOBODY | {"client": PRIVATE}, 0),
    ("REQ-202", NOBODY | {"client": ATTORNEY}, 0),
    ("REQ-202", NOBODY | {"product": "ESTATE"}, 0),
    ("REQ-202", NOBODY | {"client": client_facts(client_type="title")}, 1),
    ("REQ-203", {"property_contact_name": ""}, 1),
    ("REQ-203", {"property_contact_phone": ""}, 1),
    ("REQ-203", {"property_contact_phone": "ask Ana"}, 1),
    ("REQ-203", {"property_contact_name": "", "product": "URAR-EXT"}, 0),
    ("REQ-203", {"property_contact_name": "", "product": None}, 0),
    ("REQ-204", FHA | {"fha_case_number": "123-4567890"}, 0),
    ("REQ-204", FHA | {"fha_case_number": "1234567890"}, 1),
    ("REQ-204", FHA | {"fha_case_number": "123-456789"}, 1),
    ("REQ-204", FHA | {"fha_case_number": "١٢٣-4567890"}, 1),
    ("REQ-204", FHA | {"fha_case_number": ""}, 1),
    ("REQ-204", {"fha_case_number": ""}, 0),
    ("REQ-205", {"loan_type": "va"}, 1),
    ("REQ-205", {"loan_type": "usda"}, 0),
    ("REQ-205", {"loan_type": ""}, 0),
    ("REQ-206", {"loan_number": " "}, 1),
    ("REQ-206", {"loan_number": "", "client": client_facts(client_type="amc")}, 1),
    ("REQ-206", {"loan_number": "", "client": client_facts(client_type="private_lender")}, 1),
    ("REQ-206", {"loan_number": "", "client": client_facts(client_type="title")}, 0),
    ("REQ-206", {"loan_number": "", "client": PRIVATE}, 0),
    ("REQ-206", {"loan_number": "1"}, 0),
    ("REQ-208", TOLD | {"client": PRIVATE}, 0),
    ("REQ-208", TOLD | {"client": PRIVATE, "effective_date": None}, 1),
    ("REQ-208", TOLD | {"client": ATTORNEY, "intended_use": " "}, 1),
    ("REQ-208", TOLD | {"client": client_facts(client_type="accountant"), "intended_users": ""}, 1),
    ("REQ-208", TOLD | {"product": "ESTATE", "effective_date": None}, 1),
    ("REQ-208", {}, 0),
    ("REQ-210", {"has_contract": False}, 1),
    ("REQ-210", {"has_contract": None}, 1),
    ("REQ-210", {"has_contract": None, "client": client_facts(client_type="relocation")}, 1),
    ("REQ-210", {"has_contract": None, "loan_purpose": "refinance"}, 0),
    ("REQ-210", {"has_contract": None, "loan_purpose": ""}, 0),
    ("REQ-211", {"property_type": "pud"}, 0),
    ("REQ-211", {"property_type": "pud", "product": "URAR-CONDO"}, 1),
    ("REQ-211", {"product": "RENT-SCH", "property_type": "two_to_four", "units_excluding_adu": 2}, 1),
    ("REQ-211", {"product": "RENT-SCH", "property_type": "condo"}, 0),
    ("REQ-211", {"product": None, "legacy_form": "1025", "property_type": "two_to_four",
                 "units_excluding_adu": 3}, 0),
    ("REQ-211", {"property_type": "two_to_four"}, 1),
    ("REQ-211", {"units_excluding_adu": 2}, 1),
    ("REQ-211", {"property_type": "condo"}, 1),
    ("REQ-211", {"property_type": "land", "units_excluding_adu": None}, 1),
    ("REQ-211", {"property_type": "commercial", "product": "URAR-EXT"}, 1),
    ("REQ-211", {"property_type": "two_to_four", "units_excluding_adu": 4, "product": "URAR-EXT"}, 0),
    ("REQ-211", {"units_excluding_adu": 5, "product": "URAR-EXT"}, 1),
    ("REQ-211", {"property_type": "two_to_four", "units_excluding_adu": 1, "product": "URAR-24"}, 1),
    ("REQ-211", {"property_type": "two_to_four", "units_excluding_adu": 2, "product": "URAR-24"}, 0),
    ("REQ-211", {"property_type": "two_to_four", "units_excluding_adu": 5, "product": "URAR-24"}, 1),
    ("REQ-211", {"property_type": "commercial", "units_excluding_adu": None, "product": "COM-NARR"}, 0),
    ("REQ-211", {"property_type": "", "units_excluding_adu": None}, 0),
    ("REQ-211", {"property_type": "land", "product": None}, 0),
    ("REQ-213", {"state": "WY"}, 1),
    ("REQ-213", {"state": "co"}, 0),
    ("REQ-213", {"state": ""}, 0),
    ("REQ-214", {"legacy_form": "1004"}, 1),
    ("REQ-214", {"legacy_form": " 1004c ", "product": "URAR-MH"}, 1),
    ("REQ-214", {"legacy_form": "1004D", "product": "COMP-RPT"}, 0),
    ("REQ-214", {"legacy_form": "1004", "loan_type": "fha"}, 0),
    ("REQ-214", {"legacy_form": "1004", "loan_type": ""}, 0),
    ("REQ-214", {"legacy_form": "1004", "ordered_at": datetime(2026, 11, 1, 23, 59, tzinfo=DENVER)}, 0),
    ("REQ-214", {"legacy_form": "1004", "ordered_at": datetime(2026, 11, 2, 0, 0, tzinfo=DENVER)}, 1),
    ("REQ-214", {"legacy_form": ""}, 0),
    ("REQ-215", {"borrower_email": "Jo@Lender.test", "loan_officer_email": "jo@lender.TEST"}, 1),
    ("REQ-215", {"borrower_email": "", "loan_officer_email": ""}, 0),
    ("REQ-215", {"borrower_email": "ana@example.com", "loan_officer_email": "anna@example.com"}, 0),
    ("REQ-215", {"client": client_facts(emails=frozenset({"ana@example.com"}))}, 1),
    ("REQ-215", {"client": client_facts(phones=frozenset({"3035550142"})), "borrower_phone": "+1 (303) 555-0142"}, 1),
    ("REQ-215", {"client": client_facts(phones=frozenset({"3035550143"}))}, 0),
    ("REQ-215", {"client": client_facts(emails=frozenset(), phones=frozenset()), "borrower_phone": ""}, 0),
    # A private person may be client and borrower at once.
    ("REQ-215", {"client": client_facts(client_type="private", emails=frozenset({"ana@example.com"}))}, 0),
    ("REQ-215", LISTED | {"loan_purpose": "refinance"}, 1),
    ("REQ-215", LISTED | {"loan_purpose": "cash_out"}, 1),
    ("REQ-215", LISTED | {"loan_purpose": "purchase"}, 0),
    ("REQ-215", LISTED | {"loan_purpose": "refinance", "property_contact_phone": "303-555-0199"}, 0),
    ("REQ-215", LISTED | {"loan_purpose": "refinance", "access_instructions": "Call 303-555-0142."}, 0),
    ("REQ-216", {"occupancy": "vacant"}, 1),
    ("REQ-216", {"occupancy": "tenant", "access_instructions": " "}, 1),
    ("REQ-216", {"occupancy": "tenant", "access_instructions": "Key at the desk"}, 0),
    ("REQ-216", {"occupancy": "vacant", "product": "URAR-EXT"}, 0),
    ("REQ-216", {"occupancy": "vacant", "product": None}, 0),
    ("REQ-216", {"loan_purpose": "construction"}, 1),
    ("REQ-216", {"occupancy": "owner"}, 0),
    ("REQ-216", {"occupancy": ""}, 0),
    ("REQ-216", FHA | {"utilities_on": None}, 1),
    ("REQ-216", FHA | {"utilities_on": False}, 1),
    ("REQ-216", FHA | {"utilities_on": True}, 0),
    ("REQ-216", {"loan_type": "usda", "product": "URAR-EXT"}, 1),
    ("REQ-216", {"loan_type": "va", "utilities_on": True}, 0),
    ("REQ-216", {"loan_type": "jumbo", "utilities_on": False}, 0),
    ("REQ-217", {"portal_deadline_at": NOW - timedelta(seconds=1)}, 1),
    ("REQ-217", {"portal_deadline_at": NOW}, 0),
    ("REQ-217", {"portal_deadline_at": NOW - timedelta(days=1), "stage": Stage.EXCEPTION}, 1),
    ("REQ-217", {"portal_deadline_at": NOW - timedelta(days=1), "stage": Stage.ACCEPTED}, 0),
    ("REQ-217", {"portal_order_id": "QV-1", "others": {"portal_twin": "MV-0"}, "stage": Stage.ACCEPTED}, 1),
    ("REQ-217", {"portal_order_id": "QV-1", "portal_deadline_at": None}, 0),
    ("REQ-219", {"product": None}, 1),
    ("REQ-219", {"product": None, "product_text": "CASTLE"}, 1),
    ("REQ-219", {"product": None, "product_text": "urar-sf"}, 0),
    ("REQ-219", {"product": None, "legacy_form": "1004"}, 0),
    ("REQ-219", {"product": None, "legacy_form": "1004", "product_text": "CASTLE"}, 1),
    ("REQ-219", {"product": None, "legacy_form": "9999"}, 1),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "count"), CASES)
def test_a_requirement_rule_fires_where_it_should(code: str, departure: dict[str, Any], count: int) -> None:
    assert len(findings_of(code, order_facts(**departure))) == count


LOANS: list[tuple[dict[str, Any], Severity | None]] = [
    ({"loan_type": ""}, Severity.WARNING),
    ({"loan_purpose": ""}, Severity.WARNING),
    ({"loan_purpose": "", "loan_type": "none"}, Severity.WARNING),
    ({"loan_type": "", "product": "URAR-SF-FHA"}, Severity.BLOCKING),
    ({"loan_purpose": "", "product": "URAR-SF-FHA", "loan_type": "fha"}, Severity.BLOCKING),
    ({"loan_purpose": "", "loan_type": "usda"}, Severity.BLOCKING),
    ({"loan_purpose": "", "loan_type": "jumbo", "product": None}, Severity.WARNING),
    ({"loan_type": "", "client": client_facts(client_type="investor")}, None),
    ({}, None),
]


@pytest.mark.parametrize(("departure", "severity"), LOANS)
def test_a_lenders_loan_that_is_not_described_blocks_where_a_programme_needs_it(
    departure: dict[str, Any], severity: Severity | None
) -> None:
    found = findings_of("REQ-207", order_facts(**departure))
    assert [finding.severity for finding in found] == ([severity] if severity else [])


TERMS = [
    ("net15", "bill"), ("net30", "bill"), ("net45", "bill"), ("net60", "bill"), ("card", "card"), ("cod", "cod"),
    ("prepay", "prepaid"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "usual"), TERMS)
def test_a_missing_payment_type_is_filled_from_the_clients_terms(terms: str, usual: str) -> None:
    (finding,) = findings_of("REQ-218", order_facts(payment_type="", client=client_facts(terms=terms)))
    assert finding.severity == Severity.WARNING
    assert finding.message == f"Payment type missing; Cascade Home Lending normally pays by {usual}."
    assert [(change.field, change.after) for change in finding.fix] == [("payment_type", usual)]


def test_a_missing_payment_type_blocks_when_nothing_is_agreed_with_the_client() -> None:
    (finding,) = findings_of("REQ-218", order_facts(payment_type="", client=client_facts(terms="")))
    assert (finding.severity, finding.fix) == (Severity.BLOCKING, ())
    assert finding.message == "Payment type missing, and nothing is agreed with Cascade Home Lending."
    assert not findings_of("REQ-218", order_facts(payment_type="card", client=client_facts(terms="")))


# days after 23 November, stage, severity
DUE: list[tuple[date | None, str, Severity | None]] = [
    (date(2026, 12, 3), Stage.RECEIVED, None),
    (date(2026, 12, 2), Stage.RECEIVED, Severity.WARNING),
    (TODAY, Stage.RECEIVED, Severity.WARNING),
    (TODAY - timedelta(days=1), Stage.RECEIVED, Severity.BLOCKING),
    (None, Stage.RECEIVED, None),
]


@pytest.mark.parametrize(("due", "stage", "severity"), DUE)
def test_a_due_date_warns_when_short_and_blocks_when_past(
    due: date | None, stage: str, severity: Severity | None
) -> None:
    found = findings_of("REQ-209", order_facts(due_date=due, stage=stage))
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_a_due_date_before_the_order_blocks_even_when_finished() -> None:
    facts = order_facts(due_date=date(2026, 11, 22), stage=Stage.DELIVERED)
    assert [finding.severity for finding in findings_of("REQ-209", facts)] == [Severity.BLOCKING]


def test_a_due_date_that_is_past_blocks_even_when_nobody_knows_the_product() -> None:
    (finding,) = findings_of("REQ-209", order_facts(product=None, due_date=TODAY - timedelta(days=1)))
    assert (finding.severity, finding.message) == (
        Severity.BLOCKING,
        "Due 2026-11-22 is past. The first date that fits is 2026-11-24.",
    )
    assert not findings_of("REQ-209", order_facts(product=None, due_date=TODAY))


def test_business_days_are_counted_from_the_local_day_and_without_observed_holidays() -> None:
    # The evening of 1 July in Denver; 4 July 2026 is a Saturday, observed on Friday.
    evening = datetime(2026, 7, 2, 5, 30, tzinfo=UTC)
    facts = order_facts(ordered_at=evening, due_date=date(2026, 7, 13), stage=Stage.DELIVERED)
    assert not findings_of("REQ-209", facts)
    (finding,) = findings_of("REQ-209", facts.changed(due_date=date(2026, 7, 10)))
    assert finding.message == "Due 2026-07-10 is 6 business days; standard is 7."


@pytest.mark.parametrize(
    ("departure", "words"),
    [
        ({"units_excluding_adu": 2}, "URAR-SF does not fit a single-family home with 2 units."),
        ({"property_type": "two_to_four", "units_excluding_adu": 1, "product": "URAR-24"},
         "URAR-24 does not fit a two-to-four-unit property with 1 unit."),
        ({"property_type": "land", "units_excluding_adu": None}, "URAR-SF does not fit a piece of land."),
        ({"property_type": "", "units_excluding_adu": 5}, "URAR-SF does not fit a property with 5 units."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_words(departure: dict[str, Any], words: str) -> None:
    (finding,) = findings_of("REQ-211", order_facts(**departure))
    assert finding.message == words


def test_the_first_date_that_fits_is_proposed() -> None:
    (finding,) = findings_of("REQ-209", order_facts(due_date=date(2026, 12, 2)))
    assert finding.message == "Due 2026-12-02 is 6 business days; standard is 7."
    assert finding.evidence["first_date_that_fits"] == "2026-12-03"


def _duplicate(
    *, days_ago: int | None = None, client: int = CLIENT_ID, product: str = "URAR-SF"
) -> DuplicateFacts:
    return DuplicateFacts(
        order_number="MV-0",
        ordered_by_id=client,
        product_code=product,
        is_delivered=days_ago is not None,
        delivered_date=TODAY - timedelta(days=days_ago) if days_ago is not None else None,
    )


DUPLICATES: list[tuple[DuplicateFacts, Severity | None]] = [
    (_duplicate(), Severity.BLOCKING),
    (_duplicate(days_ago=30), Severity.BLOCKING),
    (_duplicate(days_ago=31), Severity.WARNING),
    (_duplicate(days_ago=120), Severity.WARNING),
    (_duplicate(days_ago=121), None),
    (_duplicate(client=OTHER_CLIENT_ID), Severity.WARNING),
    (_duplicate(days_ago=120, client=OTHER_CLIENT_ID), Severity.WARNING),
    (_duplicate(days_ago=121, client=OTHER_CLIENT_ID), None),
    (_duplicate(product="COMP-RPT"), None),
    (_duplicate(product="FIELD-REV"), None),
    (replace(_duplicate(), is_earlier=False), None),
    (replace(_duplicate(), portal_order_id="QV-1"), None),
    (replace(_duplicate(), portal_order_id="QV-2"), Severity.BLOCKING),
]


@pytest.mark.parametrize(("other", "severity"), DUPLICATES)
def test_an_order_at_the_same_property_counts_by_its_age(
    other: DuplicateFacts, severity: Severity | None
) -> None:
    found = findings_of("REQ-212", order_facts(portal_order_id="QV-1", others={"duplicates": (other,)}))
    assert [(finding.subject, finding.severity) for finding in found] == (
        [("MV-0", severity)] if severity else []
    )


def test_a_completion_report_is_no_duplicate_of_its_appraisal() -> None:
    assert not findings_of("REQ-212", order_facts(product="COMP-RPT", others={"duplicates": (_duplicate(),)}))


def test_a_product_may_be_switched_off_in_a_state() -> None:
    facts = order_facts()
    products = {pk: replace(product, states_off=("CO",)) for pk, product in facts.desk.products.items()}
    (finding,) = findings_of("REQ-213", order_facts(desk=desk_facts(products=products)))
    assert finding.message == "Meridian does not take URAR-SF in CO."


FIXES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("REQ-203", {"property_contact_name": "", "property_contact_phone": ""},
     {"property_contact_name": "Ana Ruiz", "property_contact_phone": "303-555-0142"}),
    ("REQ-203", {"property_contact_name": "", "property_contact_phone": "", "occupancy": "tenant"}, {}),
    ("REQ-203", {"property_contact_name": "", "property_contact_phone": "", "borrower_phone": "none"}, {}),
    ("REQ-203", {"property_contact_name": "Ben", "property_contact_phone": ""}, {}),
    ("REQ-204", FHA | {"fha_case_number": "1234567890"}, {"fha_case_number": "123-4567890"}),
    ("REQ-204", FHA | {"fha_case_number": "12-34567890"}, {}),
    ("REQ-214", {"legacy_form": "1004"}, {"legacy_form": "", "legacy_form_alias": "1004"}),
    ("REQ-214", {"legacy_form": "1004", "product": None},
     {"product": "URAR-SF", "legacy_form": "", "legacy_form_alias": "1004"}),
    ("REQ-214", {"legacy_form": "1073"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "departure", "after"), FIXES)
def test_a_requirement_rule_offers_only_what_is_safe(
    code: str, departure: dict[str, Any], after: dict[str, Any]
) -> None:
    (finding,) = findings_of(code, order_facts(**departure))
    assert {change.field: change.after for change in finding.fix} == after


def test_an_fha_order_by_form_number_is_the_fha_product() -> None:
    facts = order_facts(product=None, legacy_form="1004", loan_type="fha")
    assert facts.product is not None
    assert facts.product.code == "URAR-SF-FHA"
