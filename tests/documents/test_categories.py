"""What a document seems to be, by its name and the beginning of its text."""

from __future__ import annotations

import pytest

from documents.categories import FOLLOWED_FROM, suggest_category
from documents.states import Category

REPORT = (
    "Uniform Residential Appraisal Report\nFile # 1041\nThe sales comparison approach was given most weight."
)
BILL = "INVOICE\nInvoice number: 2231\nBill to: Blue Mesa Credit Union\nSubtotal 550.00\nAmount due 575.00\nNet 30"
TERMS = (
    "MASTER SERVICES AGREEMENT\nThis Agreement is entered into as of 3 March by and between Blue Mesa and us."
)
STEPS = "Standard Operating Procedure\nPurpose and scope\nResponsibilities\nStep 1: open the order.\nRevision history"
BID = "Request for Proposal\nYour bid is due Friday. Proposed fee: [fee]\nScope of work: two warehouses."
TITLE = "COMMITMENT FOR TITLE INSURANCE\nSchedule A\nInsured: the lender. Borrower: Lee. Legal description: Lot 4."
MINUTES = "Meeting minutes, 4 May\nAttendees: Ana, Bo\nFor internal use only."


@pytest.mark.parametrize(
    ("name", "text", "category"),
    [
        ("1041_URAR.pdf", "", Category.APPRAISAL_REPORT),
        ("Form 1004 - 12 Elm St.pdf", "", Category.APPRAISAL_REPORT),
        ("scan0001.pdf", REPORT, Category.APPRAISAL_REPORT),
        ("desk_review_883.pdf", "", Category.APPRAISAL_REPORT),
        ("INV-2231.pdf", "", Category.INVOICE),
        ("document.pdf", BILL, Category.INVOICE),
        ("MSA_BlueMesa_signed.pdf", "", Category.CONTRACT),
        ("scan0002.pdf", TERMS, Category.CONTRACT),
        ("Engagement letter Lee.docx", "", Category.CONTRACT),
        ("SOP 12 intake.docx", "", Category.SOP),
        ("intake.docx", STEPS, Category.SOP),
        ("Bid template commercial.docx", "", Category.BID_TEMPLATE),
        ("warehouses.docx", BID, Category.BID_TEMPLATE),
        ("W-9 2026.pdf", "", Category.CLIENT_DOCUMENT),
        ("scan0003.pdf", TITLE, Category.CLIENT_DOCUMENT),
        ("Rent Roll Q3.csv", "", Category.CLIENT_DOCUMENT),
        ("notes.docx", MINUTES, Category.INTERNAL),
    ],
)
def test_the_trades_words_name_the_category(name, text, category):
    suggestion = suggest_category(name=name, text=text)
    assert suggestion.category == category
    assert suggestion.confidence >= FOLLOWED_FROM
    assert suggestion.reason.startswith(("The name has “", "The text has “"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("IMG_2041.jpg", ""),
        ("holiday.txt", "We went to the lake and it rained."),
        ("screenshot.png", ""),
        ("bidding.txt", "Forbidden words only: rebill, unsopped, minutest."),
    ],
)
def test_nothing_is_suggested_where_nothing_speaks_for_it(name, text):
    assert suggest_category(name=name, text=text).category is None


def test_a_rival_category_takes_from_the_confidence():
    alone = suggest_category(name="x.txt", text=BILL).confidence
    disputed = suggest_category(name="x.txt", text=f"{BILL}\n{TERMS}").confidence
    assert disputed < FOLLOWED_FROM < alone


def test_only_the_beginning_of_a_text_counts():
    assert suggest_category(name="x.txt", text="word " * 4000 + BILL).category is None
