"""The numbers that stand in a mail, and the many that look like them."""

import pytest

from engagement.mail.reading import find_references

NAMED = {
    "order MV-24-0910 is late": ["order MV-24-0910"],
    "Order #12345": ["order 12345"],
    "Order 4471 status?": ["order 4471"],
    "Portal Order #:      QV-5530918": ["order QV-5530918"],
    "Order ID: AB12CD345": ["order AB12CD345"],
    "orders MV-240844 and MV-240871": ["order MV-240844", "order MV-240871"],
    "order numbers 240844, 240871 and 240872": ["order 240844", "order 240871", "order 240872"],
    "please put mv-240871 on hold": ["order MV-240871"],
    "MV\u2011240871 is due": ["order MV-240871"],
    "file no. 22-1187": ["order 22-1187"],
    "Re: #24-1187 inspection": ["order 24-1187"],
    "Bill us please, PO 5567.": ["order 5567"],
    "请问订单HP-26-1209的报告": ["order HP-26-1209"],
    "Auftrag Nr. 12345": ["order 12345"],
    "our loan 26-40917, refi": ["loan 26-40917"],
    "Loan Number: SRM-2026-118840": ["loan SRM-2026-118840"],
    "Client File/Loan #:  SRM-2026-118840": ["loan SRM-2026-118840"],
    "The loan number on this one is 12345678.": ["loan 12345678"],
    "loans 9904418 and 9904419": ["loan 9904418", "loan 9904419"],
    "贷款号：26-40917": ["loan 26-40917"],
    "invoice INV-1042, inv 1043": ["invoice INV-1042", "invoice 1043"],
    "invoices 88121 (2,150.00), 88140 and 88152": ["invoice 88121", "invoice 88140", "invoice 88152"],
    "your bid Q-1187 at $4,200": ["quote Q-1187"],
    "RFP 2026-014 and estimate #EST-2044": ["quote 2026-014", "quote EST-2044"],
    "Quote 1187 is accepted": ["quote 1187"],
    "about deal D-1042 and opportunity #311": ["deal D-1042", "deal 311"],
    "Fwd: slow on 240861, any movement on 240861?": ["order 240861"],
    "240844 conditions cleared, thanks": ["order 240844"],
    "CANCEL - loan 26-40733: please cancel the appraisal (26-40733)": ["loan 26-40733"],
    "MV-240844: 240844 conditions cleared": ["order MV-240844"],
    "Re: 241083\nWhere do we stand?": ["order 241083"],
    "x\nOn 241058, when you can, and pause 241059.": ["order 241058", "order 241059"],
}
UNNAMED = [
    "Call 303-555-0171 or 555-0134 about the $4,200 fee, NMLS 000417, loan officer 5.",
    "FHA case number 052-1234567 is assigned, FHA loan 052-1234567.",
    "The loan amount is 389,000, a loan of 389000.",
    "Please order a 1004 for 7715 SE Malden, and an order 1004D later.",
    "New order 7715 SE Malden Street, Order: 4418 Elkhorn Ridge Ct",
    "Golden, CO 80401 and CO-80401",
    "license CR-40012345, Lic. # AL-1234567",
    "your bid 4200 was too high, please quote 4200 sq ft",
    "Suite #1200, Unit #4455, P.O. Box 5567, PO Box 5567",
    "due 12-01-2026, invoice 11/20, the order of 2026, file 2023",
    "COVID-19, UTC-0700, FY-2026, W-9, form 1073",
    "hold on 15000 dollars, an update on 2026",
    "https://app.quickval.test/orders/5530918",
    "orders@mv-240871.example.com",
    "they sold it for 450000, an offer on 515000 fell through",
    "7715 SE Malden\n80401 is the ZIP, for 12345 too",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_number_is_read_by_the_word_before_it_or_by_its_prefix(text: str) -> None:
    assert [f"{one.type} {one.ref}" for one in find_references(text)] == NAMED[text]


@pytest.mark.parametrize("text", UNNAMED)
def test_what_only_looks_like_a_number_of_ours_is_none(text: str) -> None:
    assert find_references(text) == ()


def test_a_number_stands_where_it_says() -> None:
    text = "\n\n  Re: loan 26-40917 – MV\u2013240871"
    assert [text[one.start : one.end] for one in find_references(text)] == ["26-40917", "MV\u2013240871"]


def test_a_number_named_twice_is_one() -> None:
    found = find_references("MV-240871: order MV-240871, mv-240871, and " + "order MV-240871 " * 2_000)
    assert [one.ref for one in found] == ["MV-240871"]


def test_a_bare_number_beside_an_order_is_not_taken_for_another() -> None:
    assert [one.ref for one in find_references("MV-240844 / 240871 / misc")] == ["MV-240844"]
