"""`validate_orders`: what the desk would say to each line of a file, with nothing stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from orders.models import Invoice, Order, OrderDeskSettings, OrderException, ProcessingJob
from tests.orders.cast import TODAY, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db

# A line with nothing wrong, whatever the day: without dates, and without what only some orders need.
LINE = {
    "order_number": "X-1",
    "client": "Cascade Home Lending",
    "loan_number": "L-77",
    "product": "URAR-SF",
    "property_type": "single_family",
    "units_excluding_adu": "1",
    "street": "311 Birch Ave",
    "city": "Boulder",
    "state": "CO",
    "zip": "80302",
    "county": "Boulder",
    "borrower_name": "Ana Ruiz",
    "borrower_phone": "303-555-0142",
    "property_contact_name": "Ana Ruiz",
    "property_contact_phone": "303-555-0142",
    "occupancy": "owner",
    "loan_type": "conventional",
    "loan_purpose": "refinance",
    "fee_amount": "625.00",
    "tech_fee": "20.00",
    "total_amount": "645.00",
    "payment_type": "bill",
}

Check = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """A desk and its rival, which has an order at the same property."""
    for tenant in (harborpine, meridian):
        make_desk(tenant)
        with tenant_scope(tenant):
            client = make_client()
            if tenant == harborpine:
                make_order("HP-1", client, unit="")
    return meridian


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orders.csv"


@pytest.fixture
def check(path: Path) -> Check:
    """Lines that depart from the clean one, and what the command prints for them."""

    def check(*departures: dict[str, str], tenant: str = "meridian") -> list[dict[str, Any]]:
        columns = list(dict.fromkeys([*LINE, *(name for each in departures for name in each)]))
        rows = [",".join((LINE | each).get(column, "") for column in columns) for each in departures]
        path.write_text("\n".join([",".join(columns), *rows]) + "\n")
        out = StringIO()
        call_command("validate_orders", str(path), tenant=tenant, format="json", stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return check


def _codes(row: dict[str, Any]) -> list[str]:
    return [found["code"] for found in row["exceptions"]]


def test_check_answers_every_line_with_what_it_should_cost_and_what_credit_says(
    desk: Tenant, check: Check
) -> None:
    clean, wrong = check({}, {"total_amount": "655.00"})
    assert clean == {
        "line": 2,
        "exceptions": [],
        "price": {
            "base": "625.00",
            "add_ons": "0.00",
            "fee": "625.00",
            "tech_fee": "20.00",
            "total": "645.00",
            "explanation": f"625.00 = base 625.00, list v3, since {TODAY - timedelta(days=365)}",
        },
        "credit": {"verdict": "approve", "limit": "20000.00", "exposure": "0.00", "available": "20000.00"},
    }
    assert wrong["line"] == 3
    assert wrong["exceptions"] == [
        {
            "code": "PRC-104",
            "severity": "blocking",
            "message": "Total 655.00 does not equal fee 625.00 + tech fee 20.00 = 645.00.",
            "fix": [{"field": "total_amount", "before": "655.00", "after": "645.00"}],
        }
    ]


def test_check_stores_nothing(desk: Tenant, check: Check) -> None:
    check({}, {"fee_amount": ""}, {"order_number": "X-2", "stage": "assigned"})
    with tenant_scope(desk):
        tables = (Order, OrderException, ProcessingJob, Event)
        assert [model.objects.count() for model in tables] == [0, 0, 0, 0]


def test_check_judges_each_line_by_itself(desk: Tenant, check: Check) -> None:
    """Two lines at one property are no duplicates of each other, and do not share the credit that is left."""
    with tenant_scope(desk):
        make_client("Northgate Savings Bank", limit="1000.00")
    rows = check(*({"order_number": f"X-{n}", "client": "Northgate Savings Bank"} for n in (1, 2)))
    assert [row["credit"]["verdict"] for row in rows] == ["approve", "approve"]
    assert [_codes(row) for row in rows] == [[], []]


def test_check_takes_a_stored_number_for_that_order_and_counts_it_once(desk: Tenant, check: Check) -> None:
    with tenant_scope(desk):
        bank = make_client("Northgate Savings Bank", limit="800.00")
        make_order("MV-1", bank, unit="", property_key="311 birch ave||80302")
    again, another = check(
        *({"order_number": number, "client": "Northgate Savings Bank"} for number in ("MV-1", "MV-2"))
    )
    assert (again["credit"]["exposure"], again["credit"]["verdict"]) == ("0.00", "approve")
    assert "REQ-212" not in _codes(again)
    assert (another["credit"]["exposure"], another["credit"]["verdict"]) == ("645.00", "decline")
    assert {"CRD-303", "REQ-212"} <= set(_codes(another))


@pytest.mark.parametrize(
    ("departure", "verdict"),
    [
        ({"payment_type": "card"}, "not_applicable"),
        ({"client": "On Hold"}, "decline"),
        ({"client": "Late Payer"}, "decline"),
        ({"client": "Not Yet Ours"}, "decline"),
        ({"client": "Prepaid"}, "decline"),
        ({"client": "No Terms"}, "decline"),
        ({"total_amount": ""}, "decline"),
        ({"bill_to": "No Terms"}, "decline"),
        ({"client": "No Terms", "bill_to": "Cascade Home Lending"}, "approve"),
    ],
)
def test_check_says_what_credit_says(
    desk: Tenant, check: Check, departure: dict[str, str], verdict: str
) -> None:
    with tenant_scope(desk):
        held = make_client("On Hold")
        held.credit_terms.update(
            held_at="2026-11-20T12:00:00Z", held_by="ann", hold_reason="returned payment"
        )
        late = make_client("Late Payer")
        long_ago = TODAY - timedelta(days=400)
        Invoice.objects.create(
            invoice_number="1", client=late, state="issued", issued_date=long_ago, due_date=long_ago,
            total_amount=D("50.00"), balance_due=D("50.00"),
        )  # fmt: skip
        make_client("Not Yet Ours", status="prospect")
        make_client("Prepaid", limit="0.00")
        make_client("No Terms", limit=None)
    (row,) = check(departure)
    assert row["credit"]["verdict"] == verdict


def test_check_judges_any_stage_and_an_order_without_a_number(desk: Tenant, check: Check) -> None:
    delivered, nameless = check(
        {"stage": "DELIVERED", "payment_type": "card"}, {"order_number": "", "due_date": ""}
    )
    assert _codes(delivered) == ["CRD-308"]
    assert _codes(nameless) == []


def test_check_says_which_lines_it_cannot_read_and_judges_the_others(desk: Tenant, check: Check) -> None:
    unknown, clean = check({"client": "Nobody Inc", "due_date": "soon"}, {})
    assert unknown == {
        "line": 2,
        "exceptions": [],
        "price": None,
        "credit": None,
        "errors": [
            {"line": 2, "column": "due_date", "message": "due_date is 'soon'; write a day as YYYY-MM-DD."},
            {
                "line": 2,
                "column": "client",
                "message": "client is 'Nobody Inc', and the desk has no client of that name.",
            },
        ],
    }
    assert (clean["line"], _codes(clean)) == (3, [])


def test_check_shows_a_table_for_people(desk: Tenant, check: Check, path: Path) -> None:
    check({}, {"total_amount": "655.00"}, {"client": "Nobody Inc"})
    out = StringIO()
    call_command("validate_orders", str(path), tenant="meridian", stdout=out)
    assert out.getvalue().splitlines() == [
        "line 2: nothing is wrong.",
        "line 3: PRC-104 blocking: Total 655.00 does not equal fee 625.00 + tech fee 20.00 = 645.00.",
        "line 4: cannot be read: client is 'Nobody Inc', and the desk has no client of that name.",
    ]


@pytest.mark.parametrize(
    ("content", "tenant", "words"),
    [
        (None, "meridian", "cannot be read: No such file or directory."),
        ("", "meridian", "The file has no header."),
        ("order_number,client,colour\n", "meridian", "Unknown column 'colour'."),
        ("order_number,client\n", "nobody", "Unknown tenant nobody. Known: harborpine, meridian."),
    ],
)
def test_check_refuses_a_file_it_cannot_read(
    desk: Tenant, path: Path, content: str | None, tenant: str, words: str
) -> None:
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError) as refused:
        call_command("validate_orders", str(path), tenant=tenant, stdout=StringIO())
    assert words in str(refused.value)
    assert refused.value.returncode == 2


def test_check_refuses_a_desk_that_is_not_set_up(desk: Tenant, check: Check) -> None:
    with tenant_scope(desk):
        OrderDeskSettings.objects.all().delete()
    with pytest.raises(CommandError, match="has no order desk settings"):
        check({})


def test_check_asks_as_much_for_many_lines_as_for_one(desk: Tenant, check: Check) -> None:
    def count(lines: int) -> int:
        departures = [{"order_number": f"X-{n}", "street": f"{n} Birch Ave"} for n in range(lines)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check(*departures)
        return len(queries)

    assert count(1) == count(40)
