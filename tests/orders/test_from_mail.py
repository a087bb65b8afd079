"""Orders as mails write them: labelled forms of several kinds, free text, forwards; what is not said stays empty."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from orders.from_mail import OrderMail, ProductName, read_order
from orders.from_mail.days import read_day

SENT = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("America/Denver"))
PRODUCTS = [
    ProductName(code=code, name=name, legacy_form=form)
    for code, name, form in (
        ("URAR-SF", "URAR single family, interior+exterior", "1004"),
        ("URAR-SF-FHA", "URAR single family, FHA", "1004"),
        ("URAR-CONDO", "URAR condominium", "1073"),
        ("URAR-24", "URAR 2-4 units", "1025"),
        ("URAR-EXT", "URAR exterior only", "2055"),
        ("URAR-DESK", "URAR desktop", "1004 Desktop"),
        ("COMP-RPT", "Update / completion report", "1004D"),
        ("FIELD-REV", "Field review", "2000"),
    )
]
PORTAL = """*** This is an automated message. Do not reply. ***

Portal Order #:      QV-5530918
Client:              Summit Ridge Mortgage
Client File/Loan #:  SRM-2026-118840
Product:             URAR (UAD 3.6) - Traditional, Single Family, Interior+Exterior
Loan Type/Purpose:   Conventional / Purchase
Contract Price:      $512,000
Property:            4418 Elkhorn Ridge Ct, Castle Rock, CO 80108 (Douglas)
Occupancy:           Vacant
Borrower:            Adrian Pell   (720) 555-0134   adrian.pell@mail.example.com
Contact for Access:  Listing Agent - Trish Vance, (720) 555-0178
Lockbox:             Yes - agent will provide code
Fee:                 $625.00
Tech Fee:            $20.00
Total:               $645.00
Payment:             Bill / Invoice
Due:                 11/30/2026
Documents:           Purchase contract (1)
"""
SECTIONS = """ORDER INFORMATION
Order ID: 8841220
Form Type: 1004
Appraisal Fee: $575.00

PROPERTY INFORMATION
Address: 1204 W Alameda Ave Apt 3
City: Denver
State: CO
Zip: 80223

BORROWER INFORMATION
Name: Maria De La Cruz
Home Phone: 303-555-0181

LOAN INFORMATION
Loan Number: 00412-A99
Loan Type: FHA
FHA Case Number: 052-1234567
Loan Amount: $312,000.00

CONTACT INFORMATION
Contact: Same as borrower
"""
FLATTENED = """New Appraisal Order

Order Number 123456
Client Pine Valley Bank
Property Address 12 Elm St
Boulder, CO 80302
Borrower Ann Lee
Borrower Phone 303-555-0111
Loan Number 77-1234
Product Desktop appraisal
Due Date 12/3/2026
Appraisal Fee 300.00
Sales Price 655,000
"""
FREE = """Hi team,

We'd like to order a full appraisal (form 1073) on a condo at 88 Oak Avenue Unit 12B, Aurora, CO 80012.
Borrower: James O'Neil, cell 720-555-0122. Loan amount is $410,000, purchase price $512,500. Conventional purchase.
Agreed fee $650. Please contact the listing agent, Kim Dorsey, 727-555-0139 to schedule. We need the report no
later than Friday, Dec 4. Contract to follow.

Best regards,
Sam Poole
Pine Valley Bank
400 Main Street, Suite 200, Denver, CO 80202
"""
FHA = """Need an FHA appraisal ASAP on 219 Cottonwood Ln, Fort Collins CO 80524. Borrower is Megan Stroud.
Purchase 389k.
Case number to follow, FHA Connection is down this morning. Can we get it by the 20th? closing is the 24th!!
"""


def read(text: str, **mail: Any) -> dict[str, str]:
    values = {"order_number": "MAIL-000001", "subject": "Order", "client": "summit", "sent_at": SENT}
    return read_order(OrderMail(text=text, **values | mail), products=PRODUCTS)


def test_a_portal_notice_is_read_by_its_labels():
    cells = read(PORTAL, client="", is_portal=True)
    assert cells == {
        "order_number": "MAIL-000001",
        "client": "Summit Ridge Mortgage",
        "ordered_at": SENT.isoformat(),
        "loan_number": "SRM-2026-118840",
        "portal_order_id": "QV-5530918",
        "street": "4418 Elkhorn Ridge Ct",
        "city": "Castle Rock",
        "state": "CO",
        "zip": "80108",
        "county": "Douglas",
        "borrower_name": "Adrian Pell",
        "borrower_phone": "(720) 555-0134",
        "borrower_email": "adrian.pell@mail.example.com",
        "property_contact_name": "Trish Vance",
        "property_contact_phone": "(720) 555-0178",
        "access_instructions": "Lockbox: Yes - agent will provide code",
        "loan_type": "conventional",
        "loan_purpose": "purchase",
        "payment_type": "bill",
        "has_contract": "yes",
        "property_type": "single_family",
        "occupancy": "vacant",
        "product": "URAR-SF",
        "fee_amount": "625.00",
        "tech_fee": "20.00",
        "total_amount": "645.00",
        "due_date": "2026-11-30",
    }


@pytest.mark.parametrize(
    ("stated", "deadline"),
    [
        ("11/24/2026 5:00 PM", "2026-11-24T17:00"),
        ("Nov 24, 2026 12:30 a.m.", "2026-11-24T00:30"),
        ("2026-11-24 17:05", "2026-11-24T17:05"),
        ("11/24/2026", ""),  # no time of day is guessed
        ("11/24/2026 5:00 PM ET", ""),  # nor is what it is on the desk's clock
        ("11/24/2026 45:00", ""),
        ("as soon as you can", ""),
    ],
)
def test_a_portals_deadline_is_read_where_it_tells_day_and_time(stated, deadline):
    text = f"{PORTAL}\nAccept by: {stated}\n"
    assert read(text, client="", is_portal=True).get("portal_deadline", "") == deadline
    assert "portal_deadline" not in read(text, is_portal=False, portal_numbers=())


def test_a_form_in_sections_gives_each_line_to_the_person_it_speaks_of():
    cells = read(SECTIONS, client="", is_portal=True)
    assert (cells["borrower_name"], cells["borrower_phone"]) == ("Maria De La Cruz", "303-555-0181")
    assert cells["property_contact_name"] == "Maria De La Cruz"
    assert (cells["street"], cells["unit"], cells["zip"]) == ("1204 W Alameda Ave", "Apt 3", "80223")
    assert (cells["legacy_form"], cells["fha_case_number"]) == ("1004", "052-1234567")
    assert (cells["portal_order_id"], cells["loan_amount"]) == ("8841220", "312000.00")
    assert "product" not in cells


def test_a_table_that_lost_its_columns_is_still_a_form():
    cells = read(FLATTENED, client="", is_portal=True)
    assert (cells["client"], cells["borrower_name"]) == ("Pine Valley Bank", "Ann Lee")
    assert (cells["street"], cells["city"], cells["zip"]) == ("12 Elm St", "Boulder", "80302")
    assert (cells["product"], cells["fee_amount"], cells["due_date"]) == ("URAR-DESK", "300.00", "2026-12-03")


def test_a_table_in_bars_is_a_form():
    cells = read(
        "| Order # | A-20991 |\n| Lender | First Peak Lending |\n| Borrower | Maria Lopez |\n| Due | 12/04/26 |\n",
        client="",
        is_portal=True,
    )
    assert (cells["client"], cells["borrower_name"], cells["portal_order_id"]) == (
        "First Peak Lending", "Maria Lopez", "A-20991",
    )  # fmt: skip
    assert cells["due_date"] == "2026-12-04"


def test_a_form_number_before_the_property_is_no_house_number():
    cells = read("New order please: 1004D final on 900 Birch St Unit 5, Tacoma, WA 98402.")
    assert (cells["street"], cells["unit"], cells["product"]) == ("900 Birch St", "Unit 5", "COMP-RPT")


def test_two_borrowers_and_a_phone_in_brackets_are_read_as_they_stand():
    cells = read(
        "An appraisal started for Robert and Ellen Smith at 45 Lakeview Terrace, Bend, OR 97701, please."
    )
    assert cells["borrower_name"] == "Robert and Ellen Smith"
    cells = read("Buyer: Luis A. Perez (305) 555-0147. Our file 26-0045.")
    assert (cells["borrower_phone"], cells["client_file_number"]) == ("(305) 555-0147", "26-0045")


def test_free_text_is_read_by_its_words_and_not_by_its_signature():
    cells = read(FREE)
    assert (cells["street"], cells["unit"], cells["zip"]) == ("88 Oak Avenue", "Unit 12B", "80012")
    assert (cells["borrower_name"], cells["borrower_phone"]) == ("James O'Neil", "720-555-0122")
    assert (cells["property_contact_name"], cells["property_contact_phone"]) == ("Kim Dorsey", "727-555-0139")
    assert (cells["fee_amount"], cells["due_date"], cells["legacy_form"]) == ("650", "2026-12-04", "1073")
    assert (cells["loan_type"], cells["loan_purpose"]) == ("conventional", "purchase")
    assert "has_contract" not in cells and "total_amount" not in cells


def test_what_is_missing_stays_missing_and_a_price_is_no_fee():
    cells = read(FHA, subject="FHA order - rush!!")
    assert (cells["product"], cells["loan_type"], cells["loan_purpose"]) == ("URAR-SF-FHA", "fha", "purchase")
    assert (cells["borrower_name"], cells["due_date"]) == ("Megan Stroud", "2026-11-20")
    missing = {"fee_amount", "fha_case_number", "borrower_phone", "property_contact_name", "estimated_value"}
    assert not missing & cells.keys()


def test_a_borrower_who_lets_the_appraiser_in_is_the_contact():
    cells = read(
        "Borrower Luis Duarte (503-555-0190). 7715 SE Malden Street, Portland OR 97206. Call him for access."
    )
    assert (cells["property_contact_name"], cells["property_contact_phone"]) == (
        "Luis Duarte",
        "503-555-0190",
    )


def test_a_forward_tells_which_property_and_whose_and_nothing_that_costs_or_steers():
    forwarded = (
        "\nPris - order appraisal for Hartman, 5 Juniper Way, Golden 80401.\n"
        "We need 640 to make it work. $900 fee\n"
    )
    cells = read("Can you take care of the below?", subject="FW: Hartman", forwarded=forwarded)
    assert (cells["borrower_name"], cells["street"], cells["zip"]) == ("Hartman", "5 Juniper Way", "80401")
    assert not {"fee_amount", "estimated_value", "due_date", "vendor_instructions", "state"} & cells.keys()
    assert cells["notes"] == "The mail says: We need 640 to make it work."


def test_words_about_who_appraises_are_kept_for_the_rules():
    cells = read(
        "Please order an appraisal for 5 Juniper Way, Golden 80401. LO wants Ida Kestrel on this one."
    )
    assert cells["notes"] == "The mail says: LO wants Ida Kestrel on this one."


def test_a_mail_that_says_nothing_gives_nothing():
    assert read("See attached order form. Please confirm receipt.").keys() == {
        "order_number",
        "client",
        "ordered_at",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Standard URAR please", "URAR-SF"),
        ("URAR for a condo", "URAR-CONDO"),
        ("a drive-by, please", "URAR-EXT"),
        ("final inspection needed", "COMP-RPT"),
        ("we need a field review", "FIELD-REV"),
        ("an appraisal, please", None),
        ("a helicopter survey", None),
    ],
)
def test_words_name_a_product_of_the_desk_or_none(text, code):
    assert read(text).get("product") == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/2", date(2026, 12, 2)),
        ("1/5", date(2027, 1, 5)),
        ("Dec 2nd, 2026", date(2026, 12, 2)),
        ("the 20th", date(2026, 11, 20)),
        ("the 2nd", date(2026, 12, 2)),
        ("EOD Friday", date(2026, 11, 20)),
        ("2026-12-09", date(2026, 12, 9)),
        ("13/45", None),
        ("as soon as possible", None),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert read_day(text, sent=SENT.date()) == day


@pytest.mark.parametrize(
    "text",
    [
        "Property: " + "1 " * 50_000,
        "A: " * 50_000,
        "1 Main St " * 20_000,
        "12 " * 50_000 + "Dr",
        "Borrower Aa " * 20_000,
        "need " * 50_000,
        "\n" * 100_000,
        "(503) 555 " * 20_000,
    ],
)
def test_no_text_takes_long(text):
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 1
