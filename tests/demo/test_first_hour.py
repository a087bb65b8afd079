"""The first hour of the demo desk, as whoever types `make run` sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.cycle import run_cycle
from agent.goals.services import read_standing
from agent.models import Card, Task, Tenant
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from agent_site.demo.loader import load_demo_desk
from engagement.mail.models import MailLink
from orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(system_config, now):
    load_demo_desk(now=now)
    return {tenant.slug: tenant for tenant in Tenant.objects.all()}


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


def test_the_first_hour_says_how_the_month_stands(desk, now):
    orders = {
        "meridian": "Orders behind: 81 of 110, 81.05 due by today.",
        "harborpine": "Orders behind: 29 of 40, 29.47 due by today.",
    }
    for slug, said in orders.items():
        moved = {entry["figure"] for entry in run_cycle(tenant=desk[slug], now=now).reflection["moved"]}
        assert {"goals.orders_needed_per_day", "goals.business_in_sight"} <= moved
        with tenant_scope(desk[slug]):
            standing = read_standing(build_cycle(tenant=desk[slug], now=now))
        of_orders, of_revenue = standing.paces
        assert (str(of_orders), of_revenue.is_behind) == (said, False)


def test_an_hour_later_the_orders_that_mail_brought_are_checked_clients_hear_and_nothing_is_repeated(
    desk, now
):
    checked = {}
    for slug, tenant in desk.items():
        run_cycle(tenant=tenant, now=now)
        again = run_cycle(tenant=tenant, now=now + timedelta(minutes=5))
        with tenant_scope(tenant):
            drafts = set(
                Order.objects.filter(source_message__isnull=False).values_list("order_number", flat=True)
            )
            cards = Card.objects.filter(pk__in=[action["card"] for action in again.actions])
            looked_at = cards.filter(kind="process_order")
            assert set(looked_at.values_list("subject_label", flat=True)) == drafts
            # Mails are rehearsed while nothing may leave; a file changes hands only once a person approves.
            others = cards.exclude(kind="process_order")
            assert set(others.values_list("kind", "is_rehearsal")) <= {
                ("send_email", True),
                ("reassign_vendor", False),
            }
            assert others.filter(kind="send_email").exists()
            assert others.count() == others.values("dedupe_key").distinct().count()
        checked[slug] = len(drafts)
        run_cycle(tenant=tenant, now=now + timedelta(minutes=10))
        last = run_cycle(tenant=tenant, now=now + timedelta(minutes=15))
        assert (last.cards["proposed"], last.actions) == (0, ())
    assert checked == {"meridian": 4, "harborpine": 0}


def test_the_orders_that_mail_brought_are_those_that_the_desk_does_not_have(desk, now):
    for tenant in desk.values():
        run_cycle(tenant=tenant, now=now)
    with tenant_scope(desk["meridian"]):
        drafts = Order.objects.filter(source_message__isnull=False).order_by("id")
        assert list(drafts.values_list("ordered_by__name", "street", "borrower_name", "loan_number")) == [
            ("Summit Ridge Mortgage", "4418 Elkhorn Ridge Ct", "Adrian Pell", "SRM-2026-118840"),
            ("Summit Ridge Mortgage", "219 Cottonwood Ln", "Megan Stroud", ""),
            ("Northgate Savings Bank", "", "", "9904418"),
            ("TrueNorth Home Loans", "5 Juniper Way", "Hartman", ""),
        ]
        again = MailLink.objects.filter(kind="order", basis="again").order_by("id")
        assert set(again.values_list("label", flat=True)) == {"MV-240921"}


def test_every_number_in_the_mail_is_linked_to_what_it_means(desk, now):
    numbers = set()
    for tenant in desk.values():
        run_cycle(tenant=tenant, now=now)
        with tenant_scope(tenant):
            linked = MailLink.objects.filter(basis="number")
            numbers |= set(linked.values_list("kind", "label"))
    assert numbers == {
        *(("order", f"MV-240{n}") for n in (871, 902, 861, 844, 790, 915)),
        *(("order", f"HP-26-{n}") for n in (1188, 1130, 1201, 1209)),
        *(("invoice", str(n)) for n in (88121, 88133, 88140, 88152)),
        ("quote", "Q-1187"),
    }
