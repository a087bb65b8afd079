"""Appraiser independence: what is withheld from the vendor, who may have no say, and who may not take a file."""

from __future__ import annotations

from typing import Any

import pytest

from engagement.models import VendorRelation
from orders.facts import TieFacts
from orders.rules import NOT_OVERRIDABLE, RULES
from orders.states import Stage
from tests.orders.cast import (
    CLIENT_ID,
    OTHER_CLIENT_ID,
    D,
    client_facts,
    findings_of,
    order_facts,
    vendor_facts,
)

RESTRICTED = {"others": {"restricted_party": "Jim Dale"}}


@pytest.mark.parametrize("field", ["notes", "vendor_instructions", "access_instructions"])
def test_each_text_of_the_order_is_read_and_the_vendors_ones_withheld(field: str) -> None:
    (finding,) = findings_of("IND-401", order_facts(**{field: "Dogs. We need 640 here."}))
    assert (finding.subject, finding.evidence) == (field, {"field": field, "quote": "We need 640 here."})
    hidden = [] if field == "notes" else [f"vendor_hidden_fields.{field}"]
    assert [change.field for change in finding.fix] == hidden


def test_what_is_withheld_already_is_still_wrong_and_needs_no_fix() -> None:
    texts = {"vendor_instructions": "We need 640 here.", "vendor_hidden_fields": ("vendor_instructions",)}
    (finding,) = findings_of("IND-401", order_facts(**texts))
    assert finding.fix == ()


def test_two_texts_are_two_findings() -> None:
    texts = {"notes": "We need 640.", "access_instructions": "Shoot for 640k."}
    assert {each.subject for each in findings_of("IND-401", order_facts(**texts))} == {
        "notes",
        "access_instructions",
    }


def test_the_price_of_a_sale_is_a_fact_on_a_purchase_and_a_wish_without_one() -> None:
    texts = {"vendor_instructions": "Loan amount is $320,000."}
    assert not findings_of("IND-401", order_facts(loan_purpose="purchase", **texts))
    assert findings_of("IND-401", order_facts(loan_purpose="refinance", **texts))


CASES: list[tuple[dict[str, Any], list[str]]] = [
    ({"loan_purpose": "refinance", "estimated_value": D("1.00")}, ["estimated_value"]),
    ({"loan_purpose": "heloc", "loan_amount": D("1.00")}, ["loan_amount"]),
    (
        {"loan_purpose": "cash_out", "loan_amount": D("1.00"), "estimated_value": D("1.00")},
        ["estimated_value", "loan_amount"],
    ),
    ({"loan_purpose": "cash_out", "loan_amount": D("1.00"), "vendor_hidden_fields": ("loan_amount",)}, []),
    ({"loan_purpose": "purchase", "estimated_value": D("1.00")}, []),
    ({"loan_purpose": "", "estimated_value": D("1.00")}, []),
    ({"loan_purpose": "refinance"}, []),
]


@pytest.mark.parametrize(("departure", "fields"), CASES)
def test_an_estimate_on_a_refinance_is_hidden_from_the_vendor(
    departure: dict[str, Any], fields: list[str]
) -> None:
    found = findings_of("IND-402", order_facts(**departure))
    assert [finding.evidence["fields"] for finding in found] == ([fields] if fields else [])
    assert [change.field for finding in found for change in finding.fix] == [
        f"vendor_hidden_fields.{field}" for field in fields
    ]


CHOICES: list[tuple[dict[str, Any], list[str]]] = [
    ({"notes": "Loan officer wants Ida Kestrel on this one."}, ["notes"]),
    ({"access_instructions": "LO will call the appraiser to discuss comps."}, ["access_instructions"]),
    ({"vendor_instructions": "Do not use the last appraiser, he came in low."}, ["vendor_instructions"]),
    ({"notes": "Please assign to Ida Kestrel."}, []),
    ({"notes": "Please assign to Ida Kestrel."} | RESTRICTED, ["notes"]),
    ({"notes": "Loan officer is Jim Dale."} | RESTRICTED, []),
    (RESTRICTED, []),
    ({"vendor": vendor_facts()} | RESTRICTED, []),
    ({}, []),
]


@pytest.mark.parametrize(("departure", "subjects"), CHOICES)
def test_loan_production_may_not_choose_remove_or_contact_the_appraiser(
    departure: dict[str, Any], subjects: list[str]
) -> None:
    assert [finding.subject for finding in findings_of("IND-403", order_facts(**departure))] == subjects


def _tied(relation: str = VendorRelation.RELATIVE, client: int | None = None, person: str = "") -> Any:
    return vendor_facts(ties=(TieFacts(relation=relation, client_id=client, person_name=person),))


OTHER = client_facts(id=OTHER_CLIENT_ID, name="Other Bank")
EXCLUDED = {CLIENT_ID: "Two reports returned."}
OBJECTIONS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"vendor": vendor_facts(excluded_by=EXCLUDED)},
        ["on the do-not-use list of Cascade Home Lending (Two reports returned.)"],
    ),
    ({"vendor": vendor_facts(excluded_by=EXCLUDED), "stage": Stage.CANCELLED}, []),
    ({"vendor": vendor_facts(excluded_by={OTHER_CLIENT_ID: "Slow"})}, []),
    (
        {"vendor": vendor_facts(excluded_by={OTHER_CLIENT_ID: "Slow"}), "bill_to": OTHER},
        ["on the do-not-use list of Other Bank (Slow)"],
    ),
    ({"vendor": _tied("owner", client=CLIENT_ID)}, ["owner of Cascade Home Lending"]),
    ({"vendor": _tied("owner", client=OTHER_CLIENT_ID)}, []),
    ({"vendor": _tied(person="ana  RUIZ")}, ["relative of the borrower, Ana Ruiz"]),
    ({"vendor": _tied(person="Ana Ruiz-Lopez")}, []),
    ({"vendor": _tied(person="Bo Ruiz"), "co_borrower_name": "Bo Ruiz"}, ["relative of the co-borrower, Bo Ruiz"]),
    (
        {"vendor": _tied("employee", person="Acme LLC"), "owner_of_record": "ACME, LLC"},
        ["employee of the owner of record, ACME, LLC"],
    ),
    ({"vendor": vendor_facts(name="Ana Ruiz")}, ["the borrower has the same name"]),
    ({"vendor": vendor_facts(email="ana@example.com")}, ["the borrower has the same e-mail"]),
    ({"vendor": vendor_facts(phone_e164="+13035550142")}, ["the borrower has the same phone"]),
    ({"vendor": vendor_facts(phone_e164=""), "borrower_phone": ""}, []),
    ({"vendor": vendor_facts(email=""), "borrower_email": ""}, []),
    (
        {"vendor": vendor_facts(), "client": client_facts(email_domain="kestrel.test")},
        ["employee of Cascade Home Lending"],
    ),
    ({"vendor": vendor_facts(), "client": client_facts(email_domain="cascade.test")}, []),
    ({"vendor": vendor_facts(email="ida@gmail.com"), "client": client_facts(email_domain="gmail.com")}, []),
    ({"vendor": vendor_facts(email=""), "client": client_facts(email_domain="")}, []),
    ({"vendor": None}, []),
]  # fmt: skip


@pytest.mark.parametrize(("departure", "reasons"), OBJECTIONS)
def test_a_vendor_with_a_stake_or_on_the_do_not_use_list_may_not_take_the_file(
    departure: dict[str, Any], reasons: list[str]
) -> None:
    found = findings_of("IND-404", order_facts(**departure))
    assert [finding.message for finding in found] == [
        f"Ida Kestrel may not take this file: {why}."
        if "same name" not in why
        else f"Ana Ruiz may not take this file: {why}."
        for why in reasons
    ]


def test_the_rules_that_nobody_may_override_are_rules_and_blocking() -> None:
    severities = {rule.code: rule.severity for rule in RULES}
    assert {severities[code] for code in NOT_OVERRIDABLE} == {"blocking"}
    assert NOT_OVERRIDABLE == {"IND-401", "IND-403", "REQ-213", "VND-501", "VND-503"}
