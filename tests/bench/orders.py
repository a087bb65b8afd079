"""Validating stored orders, from reading them to writing what was found, against the same rules on plain objects.

Ours: `validate_orders` on a first look at every order, batch by batch, a transaction each, as the queue is worked off.
Theirs: the same fixes and judgements of the same facts, held in memory.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.credit import decide_credit
from orders.decisions import decide, fix_orders
from orders.intake import FileLine
from orders.loading import load_desk, load_facts, read_records
from orders.models import Order
from orders.rules import judge_order
from orders.services import check_lines, validate_orders
from orders.services.checking import read_facts
from orders.services.queue import BATCH
from tests.bench.books import NOW, TENANT, TENANT_SQL, load_rows
from tests.bench.measure import Ratio, ratio_of, take_turns
from tests.bench.server import WORK, Server
from tests.orders.cast import D, make_client, make_desk, make_order

CLIENTS = 40
ORDERS = 2_000
ROUNDS = 5
# What is wrong with the orders: as at a desk, most are clean.
DEPARTURES: tuple[dict[str, Any], ...] = (
    *({},) * 6,
    {"total_amount": D("655.00")},
    {"tech_fee": None},
    {"borrower_phone": "", "borrower_email": ""},
    {"fee_amount": D("690.00"), "total_amount": D("710.00")},
)
# A line with nothing wrong; what only some orders need is left out.
LINE = {
    "product": "URAR-SF", "property_type": "single_family", "units_excluding_adu": "1", "city": "Boulder",
    "state": "CO", "zip": "80302", "county": "Boulder", "borrower_name": "Ana Ruiz",
    "borrower_phone": "303-555-0142", "property_contact_name": "Ana Ruiz",
    "property_contact_phone": "303-555-0142", "occupancy": "owner", "loan_type": "conventional",
    "loan_purpose": "refinance", "loan_number": "L-1", "fee_amount": "625.00", "tech_fee": "20.00",
    "total_amount": "645.00", "payment_type": "bill", "due_date": "2026-12-04",
    "ordered_at": "2026-11-23T08:00:00-07:00",
}  # fmt: skip
# Every template again and again, each time as another order of another of the clients at a property of its own.
COPIES_SQL = """
    INSERT INTO orders ({columns})
    SELECT {values}
    FROM (SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM orders) AS t
    JOIN generate_series(1, %(orders)s) AS n ON n %% %(templates)s = t.place
"""
LINES_SQL = """
    INSERT INTO order_fee_lines (tenant_id, order_id, kind, code, description, amount)
    SELECT o.tenant_id, o.id, 'base', 'URAR-SF', '', o.fee_amount FROM orders AS o
    WHERE NOT EXISTS (SELECT 1 FROM order_fee_lines AS l WHERE l.order_id = o.id)
"""


def fill_desk(server: Server, database: str, *, orders: int) -> str:
    """Put a desk with `orders` orders that nobody has looked at into an empty database; most are clean."""
    load_rows(server, database, (TENANT_SQL,), {"tenant": TENANT, "settings": "{}", "now": NOW})
    tenant_id = {"tenant": TENANT}
    with server.use(database):
        tenant = Tenant.objects.get(pk=TENANT)
        make_desk(tenant)
        with tenant_scope(tenant):
            clients = [make_client(f"Bank {n}", limit="99999999.00") for n in range(CLIENTS)]
            for number, departure in enumerate(DEPARTURES):
                make_order(f"T-{number}", clients[0], **departure)
            first = clients[0].pk
    own = {
        "order_number": "'B-' || n",
        "unit": "n::text",
        "property_key": "'311 birch ave|' || n || '|80302'",
        "ordered_by_id": f"{first} + n %% {CLIENTS}",
        "bill_to_id": f"{first} + n %% {CLIENTS}",
    }
    columns = [field.column for field in Order._meta.concrete_fields if not field.primary_key]
    copies = COPIES_SQL.format(
        columns=", ".join(columns), values=", ".join(own.get(column, f"t.{column}") for column in columns)
    )
    parameters = tenant_id | {"orders": orders - len(DEPARTURES), "templates": len(DEPARTURES)}
    load_rows(server, database, (copies, LINES_SQL), parameters)
    return database


def measure_orders(server: Server, *, book: str) -> Ratio:
    """Every round takes a first look at the same orders, from the same database."""
    ours, theirs = take_turns(
        ROUNDS, lambda: ORDERS / _validate(server, book), lambda: ORDERS / _judge(server, book)
    )
    return Ratio(
        name="orders_vs_rules",
        what="A first look at stored orders (read, judge, fix, write), against the same rules on plain objects",
        ours=ours,
        theirs=theirs,
        unit="orders a second",
        value=ratio_of(ours, theirs),
        goal=0.4,
        is_floor=True,
    )


def measure_lines(server: Server, *, book: str) -> Ratio:
    """Every round judges the same lines of a file at the desk of `book`."""
    ours, theirs = take_turns(
        ROUNDS, lambda: ORDERS / _check(server, book), lambda: ORDERS / _judge_lines(server, book)
    )
    return Ratio(
        name="order_lines_vs_rules",
        what="Orders of a file judged at the stored desk, against the same rules on plain objects",
        ours=ours,
        theirs=theirs,
        unit="orders a second",
        value=ratio_of(ours, theirs),
        goal=0.4,
        is_floor=True,
    )


def _lines() -> list[FileLine]:
    """The orders of the desk again, as a file would bring them: each at a property of its own."""
    lines = []
    for number in range(ORDERS):
        departure = DEPARTURES[number % len(DEPARTURES)]
        cells = LINE | {name: "" if value is None else str(value) for name, value in departure.items()}
        own = {
            "order_number": f"F-{number}",
            "client": f"Bank {number % CLIENTS}",
            "street": f"{number} Oak St",
        }
        lines.append(FileLine(line=number + 2, cells=cells | own))
    return lines


def _check(server: Server, book: str) -> float:
    lines = _lines()
    with server.use(book), tenant_scope(Tenant.objects.get(pk=TENANT)):
        began = time.perf_counter()
        checked = sum(not each.errors for each in check_lines(lines=lines, now=NOW))
        seconds = time.perf_counter() - began
    if checked != len(lines):
        raise RuntimeError(f"{checked} of {len(lines)} lines could be read.")
    return seconds


def _judge_lines(server: Server, book: str) -> float:
    with server.use(book), tenant_scope(Tenant.objects.get(pk=TENANT)):
        facts = [each for _, each, _ in read_facts(_lines(), now=NOW) if each is not None]
    began = time.perf_counter()
    for each in facts:
        judge_order(each)
        decide_credit(each)
    return time.perf_counter() - began


def _batches() -> Iterator[Sequence[int]]:
    ids = list(Order.objects.order_by("id").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _validate(server: Server, book: str) -> float:
    with server.use(server.copy(book, WORK)):
        tenant = Tenant.objects.get(pk=TENANT)
        with tenant_scope(tenant):
            batches = list(_batches())
        began = time.perf_counter()
        for order_ids in batches:
            with tenant_scope(tenant):
                validate_orders(order_ids=order_ids, now=NOW)
        return time.perf_counter() - began


def _judge(server: Server, book: str) -> float:
    with server.use(book), tenant_scope(Tenant.objects.get(pk=TENANT)):
        desk = load_desk(now=NOW)
        facts = [load_facts(read_records(order_ids), desk=desk) for order_ids in _batches()]
    began = time.perf_counter()
    for batch in facts:
        for look in fix_orders(batch, {}):
            decide(look, {}, is_first_look=True, actor="bench")
    return time.perf_counter() - began
