"""The demo desk: what its specification promises is in the database, and its orders raise exactly their codes."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from agent.cycle import run_cycle
from agent.models import Card, Task, Tenant
from agent.tenancy import tenant_scope
from agent_site.demo.book import build_book
from agent_site.demo.loader import DemoRefused, load_demo_desk
from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import demo_tenants
from deals.models import Deal
from engagement.mail.models import Message
from engagement.models import Client, Contact, EngagementClock, Vendor
from orders.loading import load_desk, load_facts, read_records
from orders.models import AddOn, Invoice, Order, Product
from orders.rules import RULES
from orders.states import Stage
from quotes.models import Quote

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(system_config, now):
    load_demo_desk(now=now)
    return {tenant.slug: tenant for tenant in Tenant.objects.all()}


def count_rows(desk, queryset):
    total = 0
    for tenant in desk.values():
        with tenant_scope(tenant):
            total += queryset().count()
    return total


def expected_codes(now):
    books = [build_book(tenant, now=now) for tenant in demo_tenants()]
    return {order.number: order.expected for book in books for order in book.orders}


def found_codes(tenant, now):
    """The codes that every order of a tenant raises as it was received, before any fix."""
    with tenant_scope(tenant):
        ids = list(Order.objects.values_list("pk", flat=True))
        facts = load_facts(read_records(ids), desk=load_desk(now=now))
        return {
            each.order.order_number: frozenset(found.code for rule in RULES for found in rule.judge(each))
            for each in facts
        }


def test_the_desk_holds_what_its_specification_counts(desk, now):
    specification = read_specification()
    assert count_rows(desk, Order.objects.all) == specification["orders"]["total"]
    assert count_rows(desk, Contact.objects.all) >= specification["contacts"]["total"]
    assert count_rows(desk, Deal.objects.all) == specification["deals"]["total"]
    assert count_rows(desk, Quote.objects.all) == specification["quotes"]["total"]
    assert count_rows(desk, Vendor.objects.all) == specification["vendors"]["total"]
    # One mail comes twice under the same Message-ID: it is stored once.
    assert count_rows(desk, Message.objects.all) == 37
    assert count_rows(desk, Invoice.objects.all) == pytest.approx(90, abs=10)
    for tenant in desk.values():
        with tenant_scope(tenant):
            assert Product.objects.count() == len(specification["products"])
            assert AddOn.objects.count() == len(specification["addons"])
            assert {client["name"] for client in specification["clients"][tenant.slug]} <= set(
                Client.objects.values_list("name", flat=True)
            )


def test_every_order_raises_exactly_the_codes_of_its_scenario(desk, now):
    expected = expected_codes(now)
    found = found_codes(desk["meridian"], now) | found_codes(desk["harborpine"], now)
    assert {number: codes for number, codes in found.items() if codes != expected[number]} == {}
    assert found.keys() == expected.keys()


def test_every_scenario_of_the_specification_is_on_the_desk(now):
    wanted: Counter[frozenset[str]] = Counter()
    for scenario in read_specification()["orders"]["scenarios"]:
        wanted[frozenset(scenario["expect"])] += scenario["count"]
    on_desk = Counter(frozenset(codes) for codes in expected_codes(now).values())
    named = {codes for codes in wanted if codes}
    assert {codes for codes in on_desk if codes} >= named
    assert on_desk[frozenset()] >= 63


def test_the_archetypes_of_credit_are_true(desk, now):
    with tenant_scope(desk["meridian"]):
        summit = Client.objects.get(name="Summit Ridge Mortgage")
        open_ar = sum(
            Invoice.objects.filter(client=summit, state="issued").values_list("balance_due", flat=True)
        )
        unbilled = sum(
            Order.objects.filter(bill_to=summit, payment_type="bill", invoices__isnull=True)
            .exclude(stage=Stage.CANCELLED)
            .values_list("total_amount", flat=True)
        )
        assert open_ar + unbilled == Decimal("9400.00")


def test_contacts_have_the_ages_of_the_specification(desk, now):
    overdue = 0
    for tenant in desk.values():
        with tenant_scope(tenant):
            overdue += EngagementClock.objects.filter(contact__isnull=False).overdue(now).count()
    ages = read_specification()["contacts"]["engagement"]
    assert overdue >= ages["22-30d overdue"] + ages[">30d overdue"]


def test_the_first_hour_finds_every_request_in_the_mail_and_no_other(desk, now):
    quotes = set()
    for tenant in desk.values():
        assert run_cycle(tenant=tenant, now=now).state == "completed"
        with tenant_scope(tenant):
            quotes |= set(Task.objects.values_list("quote", flat=True))
    assert quotes == {
        "Can you call me Thursday at 2pm?",
        "Could someone from your leadership join a 30 minute Teams call the week of Dec 7?",
        "Please have them call his mobile, (720) 555-0115.",
        "Yes please, today if possible - agent is Kim Dorsey 727-555-0139.",
        "she'd like an introductory call with Priya that week, mornings are best",
    }


def test_the_first_hour_shows_research_that_waits_for_people(desk, now):
    run_cycle(tenant=desk["meridian"], now=now)
    with tenant_scope(desk["meridian"]):
        research = Card.objects.get(kind="research")
        assert (research.state, research.rule) == ("deferred", "research_after_engagement")


def test_an_hour_later_no_action_is_repeated(desk, now):
    for tenant in desk.values():
        run_cycle(tenant=tenant, now=now)
        again = run_cycle(tenant=tenant, now=now + timedelta(minutes=5))
        assert (again.cards["proposed"], again.actions) == (0, ())


def test_loading_is_the_same_every_time(now):
    for tenant in demo_tenants():
        assert build_book(tenant, now=now) == build_book(tenant, now=now)


def test_a_second_loading_is_refused_or_skipped(desk, now):
    with pytest.raises(DemoRefused, match="empty database"):
        load_demo_desk(now=now)
    assert load_demo_desk(now=now, if_empty=True).loaded == ()
    assert Tenant.objects.count() == 2


def test_a_loading_that_was_stopped_is_completed(system_config, now, monkeypatch):
    def stop(**keywords):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("agent_site.demo.loader.import_messages", stop)
        with pytest.raises(KeyboardInterrupt):
            load_demo_desk(now=now)
    assert not Tenant.objects.enabled().exists()
    assert load_demo_desk(now=now, if_empty=True).loaded == ("meridian", "harborpine")
    assert Tenant.objects.enabled().count() == 2
