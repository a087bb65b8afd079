"""Importing orders from CSV files: all or nothing, in words that help, and twice the same as once."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event, Tenant
from agent.tenancy import tenant_scope
from engagement.models import Vendor
from orders.intake import COLUMNS
from orders.models import AddOn, FeeLine, Order, OrderTransition, ProcessingJob, Product
from orders.states import JobState
from tests.orders.cast import NOW, D, make_client, make_desk

pytestmark = pytest.mark.django_db

HEADER = (
    "order_number,client,product,street,city,state,zip,fee_amount,tech_fee,total_amount,add_ons,payment_type"
)
LINE = "{number},Cascade Home Lending,URAR-SF,311 Birch Ave,Boulder,co,80302,625.00,20.00,645.00,,bill"

Writer = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Writes a file of lines, or of bytes as they are."""

    def write(*lines: str | bytes) -> Path:
        path = tmp_path / "orders.csv"
        path.write_bytes(
            b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
        )
        return path

    return write


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    with tenant_scope(meridian):
        make_client()
    return meridian


def _import(path: Path, tenant: str = "meridian") -> dict[str, object]:
    out = StringIO()
    call_command("import_orders", str(path), tenant=tenant, format="json", stdout=out)
    return json.loads(out.getvalue())


def _refusal(path: Path, tenant: str = "meridian") -> tuple[CommandError, str]:
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_orders", str(path), tenant=tenant, stdout=out)
    return refused.value, out.getvalue()


def test_import_stores_orders_and_puts_them_into_the_queue(desk: Tenant, write: Writer) -> None:
    result = _import(write(HEADER, LINE.format(number="MV-1"), LINE.format(number="MV-2")))
    assert result == {
        "schema_version": 1, "tenant": "meridian", "imported": 2, "already_stored": [], "errors": [],
    }  # fmt: skip
    with tenant_scope(desk):
        order = Order.objects.select_related("product", "ordered_by").get(order_number="MV-1")
        assert (order.product.code, order.state, order.fee_amount) == ("URAR-SF", "CO", D("625.00"))
        assert (order.bill_to_id, order.property_key) == (order.ordered_by_id, "311 birch ave||80302")
        assert ProcessingJob.objects.filter(state=JobState.QUEUED).count() == 2
        assert Event.objects.filter(kind="order.received").count() == 2
        assert OrderTransition.objects.filter(new="received").count() == 2


def test_import_knows_products_and_add_ons_by_name_unless_two_share_it(desk: Tenant, write: Writer) -> None:
    header = "order_number,client,product,add_ons"
    client = "Cascade Home Lending"
    with tenant_scope(desk):
        Product.objects.filter(code="URAR-SF").update(name="Single family")
        Product.objects.filter(code__in=["LAND", "ESTATE"]).update(name="Something else")
        AddOn.objects.filter(code="ADU").update(name="Accessory dwelling unit")
    _import(
        write(
            header, f"MV-1,{client},single family,accessory dwelling unit", f"MV-2,{client},something else,"
        )
    )
    with tenant_scope(desk):
        first, second = Order.objects.order_by("order_number")
        assert (first.product.code, second.product, second.product_text) == (
            "URAR-SF",
            None,
            "something else",
        )
        assert set(first.fee_lines.values_list("code", flat=True)) == {"URAR-SF", "ADU"}


def test_import_reads_every_column(desk: Tenant, write: Writer) -> None:
    cells = dict.fromkeys(COLUMNS, "") | {
        "order_number": "MV-1", "client": "cascade home lending", "bill_to": "cascade-home-lending",
        "portal_deadline": "2026-11-24T10:00:00", "product": "urar-sf", "add_ons": "ADU; rush-5", "has_adu": "yes",
        "utilities_on": "no", "acres": "5.25", "gross_living_area": "4001", "loan_type": "FHA", "occupancy": "Owner",
        "fee_amount": "850", "tech_fee": "20.004", "total_amount": "NaN", "ordered_at": "2026-11-23T08:00:00-07:00",
        "due_date": "2026-12-03", "stage": "ACCEPTED", "vendor": "Ida Kestrel", "borrower_email": "Ana@Example.com",
    }  # fmt: skip
    with tenant_scope(desk):
        Vendor.objects.create(name="Ida Kestrel", credential_level="licensed", created_at=NOW)
    _import(write(",".join(cells), ",".join(cells.values())))
    with tenant_scope(desk):
        order = Order.objects.select_related("vendor").get()
        assert (order.adu_count, order.utilities_on, order.acres, order.gross_living_area) == (
            1,
            False,
            D("5.25"),
            4001,
        )
        assert (order.loan_type, order.occupancy, order.stage, order.vendor.name) == (
            "fha", "owner", "accepted", "Ida Kestrel"
        )  # fmt: skip
        assert (order.tech_fee, order.total_amount) == (D("20.00"), None)
        assert order.unbillable_amounts == {"tech_fee": "20.004", "total_amount": "NaN"}
        assert order.portal_deadline_at.isoformat() == "2026-11-24T17:00:00+00:00"
        assert order.borrower_email == "ana@example.com"
        lines = dict(FeeLine.objects.values_list("code", "amount"))
        assert lines == {"URAR-SF": D("625.00"), "ADU": D("100.00"), "RUSH-5": D("125.00")}
        assert sum(lines.values(), Decimal(0)) == order.fee_amount


def test_importing_the_same_file_again_reports_and_changes_nothing(desk: Tenant, write: Writer) -> None:
    path = write(HEADER, LINE.format(number="MV-1"), LINE.format(number="MV-2"))
    _import(path)
    again = _import(write(HEADER, LINE.format(number="MV-1"), LINE.format(number="MV-3")))
    assert (again["imported"], again["already_stored"]) == (1, [{"line": 2, "order_number": "MV-1"}])
    with tenant_scope(desk):
        assert sorted(Order.objects.values_list("order_number", flat=True)) == ["MV-1", "MV-2", "MV-3"]
        assert ProcessingJob.objects.count() == 3


def test_an_unknown_product_is_kept_as_stated(desk: Tenant, write: Writer) -> None:
    _import(write("order_number,client,product", "MV-1,Cascade Home Lending,CASTLE"))
    with tenant_scope(desk):
        order = Order.objects.get()
        assert (order.product_id, order.product_text) == (None, "CASTLE")


def test_one_wrong_line_keeps_every_line_out_and_all_wrong_ones_are_told(desk: Tenant, write: Writer) -> None:
    path = write(
        "order_number,client,fee_amount,due_date,stage,utilities_on,loan_type",
        "MV-1,Cascade Home Lending,625.00,2026-12-03,,,",
        "MV-2,Nobody Inc,six hundred,03/12/2026,delivered,maybe,barter",
        "MV-1,Cascade Home Lending,,,,,",
        ",Cascade Home Lending,,,,,",
        "MV-5,Cascade Home Lending",
    )
    error, told = _refusal(path)
    assert error.returncode == 1
    assert str(error) == "Nothing was imported: 4 lines are wrong."
    assert told.splitlines() == [
        "line 3: loan_type is 'barter'; known are conventional, fha, va, usda, jumbo, none.",
        "line 3: utilities_on is 'maybe'; write yes or no.",
        "line 3: due_date is '03/12/2026'; write a day as YYYY-MM-DD.",
        "line 3: fee_amount is 'six hundred'; write a plain number such as 625.00.",
        "line 3: client is 'Nobody Inc', and the desk has no client of that name.",
        "line 3: stage is 'delivered'; import orders that are still worked on.",
        "line 4: order_number 'MV-1' stands in line 2 already.",
        "line 5: order_number is empty. Every order needs its number.",
        "line 6: The line has 2 cells, and the header has 7.",
    ]
    with tenant_scope(desk):
        assert not Order.objects.exists()
        assert not ProcessingJob.objects.exists()


UNREADABLE = [
    ([b""], "has no header"),
    (["order_number,client,colour", "MV-1,Cascade Home Lending,red"], "Unknown column 'colour'"),
    (["order_number,product", "MV-1,URAR-SF"], "Column client is missing"),
    (["order_number,client,client", "MV-1,a,b"], "stands there twice"),
    (["order_number,client".encode("utf-16")], "not UTF-8"),
    (["order_number,client", b"MV-1,Caf\xe9"], "Line 2 is not UTF-8"),
    (["order_number,client", 'MV-1,"Cascade'], "is not CSV"),
]


@pytest.mark.parametrize(("lines", "words"), UNREADABLE)
def test_import_refuses_a_file_it_cannot_read(desk: Tenant, write: Writer, lines: list, words: str) -> None:
    error, _ = _refusal(write(*lines))
    assert error.returncode == 2
    assert words in str(error)
    assert "\n" not in str(error)
    with tenant_scope(desk):
        assert not Order.objects.exists()


def test_a_file_that_turns_bad_after_thousands_of_good_lines_stores_none(desk: Tenant, write: Writer) -> None:
    lines = [LINE.format(number=f"MV-{n}") for n in range(1_200)]
    _refusal(write(HEADER, *lines, b"MV-x,Caf\xe9"))
    with tenant_scope(desk):
        assert not Order.objects.exists()


def test_import_refuses_an_unknown_tenant_and_a_missing_file(desk: Tenant, tmp_path: Path) -> None:
    assert "Unknown tenant nobody. Known: meridian." in str(_refusal(tmp_path, tenant="nobody")[0])
    error, _ = _refusal(tmp_path / "none.csv")
    assert (error.returncode, str(error)) == (
        2,
        f"{tmp_path}/none.csv cannot be read: No such file or directory.",
    )


def test_clients_of_another_tenant_are_unknown(desk: Tenant, harborpine: Tenant, write: Writer) -> None:
    make_desk(harborpine)
    _, told = _refusal(write(HEADER, LINE.format(number="HP-1")), tenant="harborpine")
    assert "the desk has no client of that name" in told


def _statements(path: Path) -> int:
    with CaptureQueriesContext(connection) as queries:
        _import(path)
    return len(queries)


def test_four_hundred_lines_take_as_many_statements_as_four(desk: Tenant, write: Writer) -> None:
    few = _statements(write(HEADER, *[LINE.format(number=f"A-{n}") for n in range(4)]))
    many = _statements(write(HEADER, *[LINE.format(number=f"B-{n}") for n in range(400)]))
    assert few == many


@pytest.mark.parametrize(
    ("text", "amount", "stated"),
    [
        ("625", "625.00", ""),
        ("625.000", "625.00", ""),
        ("625.005", "625.01", "625.005"),
        ("-5.00", "-5.00", ""),
        ("NaN", None, "NaN"),
        ("EUR 625.00", None, "EUR 625.00"),
        ("625 €", None, "625 €"),
    ],
)
def test_amounts_are_read_in_cents_and_kept_as_stated_where_they_cannot_be(
    desk: Tenant, write: Writer, text: str, amount: str | None, stated: str
) -> None:
    _import(write("order_number,client,fee_amount", f"MV-1,Cascade Home Lending,{text}"))
    with tenant_scope(desk):
        order = Order.objects.get()
        assert order.fee_amount == (None if amount is None else D(amount))
        assert order.unbillable_amounts == ({"fee_amount": stated} if stated else {})


@pytest.mark.parametrize("text", ["1,250.00", "6e2", "$625", "1" * 30, "--5", "٦٢٥"])
def test_amounts_in_another_spelling_are_refused(desk: Tenant, write: Writer, text: str) -> None:
    _, told = _refusal(write("order_number,client,fee_amount", f'MV-1,Cascade Home Lending,"{text}"'))
    assert told.startswith("line 2: fee_amount is")
