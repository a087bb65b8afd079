"""What the engines tell of a month, and what follows from it for research."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.goals.engine import GoalsEngine
from agent.goals.pace import Metric
from agent.goals.services import read_standing, set_goal
from agent.models import Card, Verdict
from agent.registry import Progress, registry
from agent.tenancy import tenant_scope
from deals.engine import DealsEngine
from deals.models import Deal, DealStage
from orders.engine import OrdersEngine
from orders.models import Order
from quotes.engine import QuotesEngine
from quotes.models import Quote, QuoteStatus
from tests.agent.fakes import ParcelEngine, make_proposal
from tests.engagement.cast import counted_queries, make_client, make_cycle
from tests.orders.cast import make_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# In these tests it is Monday, 23 November 2026: 14 of 19 business days are over.
D = Decimal


class Bookkeeper(ParcelEngine):
    """Parcels, and whatever a test says of the month."""

    told = Progress()

    def progress(self, cycle, *, since):
        self.since = since
        return self.told


@pytest.fixture
def parcels():
    engine = Bookkeeper(proposals=[make_proposal(1, kind="research")], shared={"overdue_contacts": 0})
    with registry.override(KernelEngine(), engine, GoalsEngine()):
        yield engine


def aim(tenant, now, *, orders=None, revenue=None):
    with tenant_scope(tenant):
        for metric, target in ((Metric.ORDERS, orders), (Metric.REVENUE, revenue)):
            if target is not None:
                set_goal(month=now.date(), metric=metric, target=D(target), actor="priya", now=now)


def research(tenant, now):
    run_cycle(tenant=tenant, now=now)
    with tenant_scope(tenant):
        card = Card.objects.get()
        return card.state, card.rule_reason, card.not_before


def test_without_a_goal_research_waits_for_the_next_business_day(meridian, harborpine, parcels, now):
    aim(harborpine, now, orders=19)
    state, reason, until = research(meridian, now)
    assert (state, until) == ("deferred", now + timedelta(days=1))
    assert "Set one under Goals" in reason


def test_the_wait_ends_when_the_desk_opens_after_the_holiday(meridian, parcels):
    wednesday_night = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    assert research(meridian, wednesday_night)[2] == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("orders", "state"), [(14, "deferred"), (13, "done")])
def test_research_is_done_when_a_goal_is_behind_its_pace(meridian, parcels, now, orders, state):
    aim(meridian, now, orders=19)
    parcels.told = Progress(orders=orders)
    assert research(meridian, now)[0] == state
    with tenant_scope(meridian):
        facts = Verdict.objects.first().facts
    assert facts["goals"] == [
        f"Orders {'behind' if orders < 14 else 'on pace'}: {orders} of 19, 14 due by today."
    ]


@pytest.mark.parametrize(("in_sight", "state"), [(D("5.00"), "deferred"), (D("4.99"), "done")])
def test_research_is_done_when_the_pipeline_is_thin(meridian, parcels, now, in_sight, state):
    aim(meridian, now, revenue=19)
    parcels.told = Progress(revenue=D(14), in_sight=in_sight)
    assert research(meridian, now)[0] == state


@pytest.mark.parametrize("told", [Progress(), Progress(orders=1)])
def test_what_nobody_can_tell_is_for_a_person_to_decide(meridian, parcels, now, told):
    aim(meridian, now, orders=19, revenue=19)
    parcels.told = told
    state, reason, _ = research(meridian, now)
    assert state == "held" and "goals_behind" in reason


def test_a_month_begins_at_midnight_where_the_desk_is(meridian, parcels, now):
    aim(meridian, now, orders=19)
    research(meridian, now)
    assert parcels.since == datetime(2026, 11, 1, 6, 0, tzinfo=UTC)  # still summer time


def test_a_goal_of_another_month_is_none(meridian, parcels, now):
    aim(meridian, now - timedelta(days=30), orders=19)
    assert "No goal" in research(meridian, now)[1]


def test_the_reflection_says_how_the_month_stands(meridian, parcels, now):
    aim(meridian, now, orders=19, revenue=1900)
    parcels.told = Progress(orders=9, revenue=D("900.00"), in_sight=D("250.00"))
    moved = {
        entry["figure"]: entry["after"] for entry in run_cycle(tenant=meridian, now=now).reflection["moved"]
    }
    assert {name: value for name, value in moved.items() if name.startswith("goals.")} == {
        "goals.business_days_left": 5,
        "goals.orders_target": 19,
        "goals.orders_actual": 9,
        "goals.orders_due_by_today": 14,
        "goals.orders_needed_per_day": 2,
        "goals.revenue_target": 1900,
        "goals.revenue_actual": 900,
        "goals.revenue_due_by_today": 1400,
        "goals.revenue_needed_per_day": 200,
        "goals.business_in_sight": 250,
    }


def test_orders_of_the_month_count_unless_cancelled(meridian, harborpine, now):
    since = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            client = make_client(now)
            for number, (ordered_at, total, changes) in enumerate(
                [
                    (since, "645.00", {}),
                    (now, "100.50", {}),
                    (now, None, {}),
                    (since - timedelta(seconds=1), "7.00", {}),
                    (now + timedelta(seconds=1), "7.00", {}),
                    (now, "7.00", {"stage": "cancelled", "cancelled_at": now, "cancel_reason": "duplicate"}),
                ]
            ):
                amount = D(total) if total else None
                make_order(
                    str(number), client, product=None, ordered_at=ordered_at, total_amount=amount, **changes
                )
    with counted_queries(meridian) as queries:
        told = OrdersEngine().progress(make_cycle(meridian, now), since=since)
    assert told == Progress(orders=3, revenue=D("745.50"))
    assert len(queries) == 1


def test_open_deals_count_a_months_share_weighted_by_their_stage(meridian, harborpine, now):
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            for stage, value, changes in [
                (DealStage.LEAD, 12000, {}),  # 10 %
                (DealStage.NEGOTIATION, 12000, {}),  # 75 %
                (DealStage.NEGOTIATION, 12000, {"deferred_until_date": date(2026, 11, 23)}),
                (
                    DealStage.NEGOTIATION,
                    12000,
                    {"deferred_until_date": date(2026, 11, 24)},
                ),  # not before then
                (DealStage.PROPOSAL, None, {}),
                (DealStage.WON, 12000, {"closed_at": now}),
                (DealStage.LOST, 12000, {"closed_at": now}),
            ]:
                Deal.objects.create(
                    title="A deal", stage=stage, expected_value=value, created_at=now, **changes
                )
    with counted_queries(meridian) as queries:
        told = DealsEngine().progress(make_cycle(meridian, now), since=now)
    assert told == Progress(in_sight=D("1600.00"))
    assert len(queries) == 1


def test_open_quotes_count_while_they_may_be_accepted(meridian, harborpine, now):
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            client = make_client(now)
            for number, (status, fee, until) in enumerate(
                [
                    (QuoteStatus.SENT, "600.00", None),
                    (QuoteStatus.SENT, "40.25", date(2026, 11, 23)),
                    (QuoteStatus.SENT, "7.00", date(2026, 11, 22)),
                    (QuoteStatus.SENT, None, None),
                    (QuoteStatus.DRAFT, "7.00", None),
                ]
            ):
                Quote.objects.create(
                    quote_number=str(number), client=client, status=status, fee_amount=fee and D(fee),
                    valid_until_date=until, sent_at=now, created_at=now,
                )  # fmt: skip
    with counted_queries(meridian) as queries:
        told = QuotesEngine().progress(make_cycle(meridian, now), since=now)
    assert told == Progress(in_sight=D("640.25"))
    assert len(queries) == 1


def test_the_standing_is_read_in_a_statement_and_one_for_each_engine_that_knows(meridian, now):
    with tenant_scope(meridian):
        cycle = make_cycle(meridian, now)
    with counted_queries(meridian) as queries:
        assert not read_standing(cycle).has_goals
    assert len(queries) == 1
    aim(meridian, now, orders=19, revenue=19)
    with counted_queries(meridian) as queries:
        standing = read_standing(cycle)
    assert (len(queries), standing.in_sight, standing.unknown) == (4, D(0), ())


def test_orders_of_a_month_are_found_through_their_index(meridian, now):
    with tenant_scope(meridian):
        first = make_order("OLD-0", make_client(now=now), product=None, ordered_at=now - timedelta(days=999))
        names = [field.attname for field in Order._meta.concrete_fields if not field.primary_key]
        values = {name: getattr(first, name) for name in names}
        Order.objects.bulk_create(
            Order(**values | {"order_number": f"OLD-{number}", "ordered_at": now - timedelta(days=number)})
            for number in range(1, 500)
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE orders")
    with tenant_scope(meridian), connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT count(*) FROM orders WHERE ordered_at >= %s AND ordered_at <= %s", [now, now]
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "orders_ordered_at" in plan and "tenant_id = " in plan.partition("Index Cond")[2]
