"""Messages leave while recipient and desk are at work; what waits leaves when the window opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from agent.cycle import preview_cycle, run_cycle
from agent.models import Card, Tenant
from agent.registry import Evidence, Plan, Proposal, Ref, registry
from agent.states import CardState
from agent.sweep import sweep_tenant
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.models import Contact
from tests.engagement.cast import make_card
from tests.mail.cast import TOMAS, furnish

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

DENVER = ZoneInfo("America/Denver")
RULE = "message_keeps_business_hours"
occasions = count()


def at(day, hour, minute=0):
    """A moment of the week of Monday, 23 November 2026, in Denver."""
    return datetime(2026, 11, day, hour, minute, tzinfo=DENVER)


class Writer(MailEngine):
    """The mail engine, which in a test also writes to Tomás in every cycle."""

    def __init__(self, stream):
        self.stream = stream

    def plan(self, cycle):
        return Plan(proposals=(self.message(),))

    def message(self):
        tomas = Contact.objects.get(addresses__email_normalised=TOMAS)
        ref = Ref(kind="contact", id=str(tomas.pk), label=str(tomas))
        return Proposal(
            kind="send_email",
            subject=ref,
            contact=ref,
            payload={"template": "engagement/check_in", "variables": {}, "to": TOMAS, "stream": self.stream},
            reason="It is time.",
            evidence=(Evidence(type="touch", id="1"),),
            dedupe_key=f"written:{next(occasions)}",
        )


@pytest.fixture
def writer():
    kernel = next(engine for engine in registry if engine.slug == "agent")
    engine = Writer("relationship")
    with registry.override(kernel, engine):
        yield engine


@pytest.fixture
def desk(meridian, harborpine, now):
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    return meridian


def go_live(tenant, **settings):
    Tenant.objects.filter(pk=tenant.pk).update(agent_settings={"send_mode": "live", **settings})
    tenant.refresh_from_db()


def live_in(tenant, zone):
    with tenant_scope(tenant):
        Contact.objects.update(timezone=zone)


def write(tenant, now):
    """The card of one cycle in which Tomás is written to."""
    run_cycle(tenant=tenant, now=now)
    with tenant_scope(tenant):
        return Card.objects.latest("pk")


def test_in_business_hours_a_message_leaves(desk, writer):
    go_live(desk)
    assert write(desk, at(23, 9)).state == CardState.DONE
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at(23, 8, 59), at(23, 9)),
        (at(23, 17), at(24, 9)),
        (at(25, 18, 13), at(27, 9)),  # over Thanksgiving
        (at(28, 12), at(30, 9)),
    ],
)
def test_outside_of_them_it_waits_for_the_next_window(desk, writer, moment, opening):
    go_live(desk)
    card = write(desk, moment)
    assert (card.state, card.rule, card.not_before) == (CardState.DEFERRED, RULE, opening)
    assert mail.outbox == []


def test_it_waits_for_the_recipients_hours_and_the_desks(desk, writer):
    go_live(desk)
    live_in(desk, "America/New_York")
    # Ten in New York is eight in Denver; three in Denver is five in New York.
    assert write(desk, at(23, 8)).not_before == at(23, 9)
    assert write(desk, at(23, 15)).not_before == at(24, 9)


def test_a_time_zone_that_is_none_counts_as_the_desks(desk, writer):
    go_live(desk)
    live_in(desk, "Mars/Olympus_Mons")
    assert write(desk, at(23, 9)).state == CardState.DONE


@pytest.mark.parametrize(
    ("settings", "moment"),
    [
        ({"business_hours_start": "07:00"}, at(23, 7)),
        ({"business_hours_end": "19:00"}, at(23, 18, 59)),
        ({"holiday_country": ""}, at(26, 12)),
    ],
)
def test_a_company_that_works_longer_writes_longer(desk, writer, settings, moment):
    go_live(desk, **settings)
    assert write(desk, moment).state == CardState.DONE


@pytest.mark.parametrize(
    "settings", [{"closed_dates": ["2026-11-27"]}, {"holiday_subdivision": "CA"}, {"holiday_country": "SA"}]
)
def test_a_day_on_which_the_company_is_closed_is_waited_out(desk, writer, settings):
    go_live(desk, **settings)
    assert write(desk, at(27, 12)).rule == RULE


def test_what_the_client_waits_for_leaves_at_any_hour(desk, writer):
    go_live(desk)
    writer.stream = "transactional"
    assert write(desk, at(28, 3)).state == CardState.DONE
    assert len(mail.outbox) == 1


def test_a_rehearsal_waits_for_no_window(desk, writer):
    card = write(desk, at(28, 3))
    assert (card.state, card.is_rehearsal) == (CardState.DONE, True)


def test_what_was_allowed_by_day_is_not_claimed_at_night(desk, writer):
    go_live(desk)
    with tenant_scope(desk):
        card = make_card(writer.message(), at(23, 16, 59), state=CardState.ALLOWED, engine="mail")
    sweep_tenant(tenant=desk, now=at(23, 17))
    with tenant_scope(desk):
        card.refresh_from_db()
    assert (card.state, card.rule, card.not_before) == (CardState.DEFERRED, RULE, at(24, 9))
    assert mail.outbox == []


def test_the_preview_says_that_it_would_wait(desk, writer):
    go_live(desk)
    (action,) = preview_cycle(tenant=desk, now=at(28, 12)).actions
    assert (action["state"], action["rule"]) == (CardState.DEFERRED, RULE)


def test_of_two_companies_each_keeps_its_own_hours(desk, harborpine, writer):
    go_live(desk)
    go_live(harborpine)
    eight_in_denver = at(23, 8)
    assert write(harborpine, eight_in_denver).state == CardState.DONE
    assert write(desk, eight_in_denver + timedelta(minutes=1)).rule == RULE
