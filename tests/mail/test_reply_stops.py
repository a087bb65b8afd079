"""An answer stops what waits for the person, in every engine, from any of their addresses and in any conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, CardTransition, Event, Tenant
from agent.registry import Engine, Evidence, Plan, Proposal, Ref, registry
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.models import Contact
from tests.engagement.cast import make_card, make_contact
from tests.mail.cast import ORDERS, bring_in, furnish, letter, make_cycle

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ENGINES = ("quotes", "deals", "feedback", "broadcasts")


class FollowUps(Engine):
    """An engine that follows up with everybody, each hour anew, as if it knew of no answer."""

    def __init__(self, slug: str) -> None:
        self.slug, self.label = slug, slug

    def plan(self, cycle):  # type: ignore[no-untyped-def]
        people = Contact.objects.order_by("id")
        return Plan(proposals=tuple(proposal_of(self.slug, contact) for contact in people))


def proposal_of(slug: str, contact: Contact, stream: str = "marketing") -> Proposal:
    person = Ref(kind="contact", id=str(contact.pk), label=str(contact))
    return Proposal(
        kind="send_email",
        subject=person,
        contact=person,
        payload={
            "template": "engagement/check_in",
            "variables": {},
            "to": contact.addresses.get(is_primary=True).email,
            "stream": stream,
        },
        reason=f"{slug} follows up.",
        evidence=(Evidence(type="clock", id="1"),),
        dedupe_key=f"{slug}:{contact.pk}:{stream}",
    )


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant, now) -> Tenant:
    for tenant, address in ((meridian, ORDERS), (harborpine, "desk@harborpine.test")):
        furnish(tenant, now, address=address)
    with registry.override(KernelEngine(), MailEngine(), *map(FollowUps, ENGINES)):
        yield meridian


def wait(tenant: Tenant, now, *states: CardState, stream: str = "marketing") -> None:
    """One waiting follow-up of each engine to Tomás, proposed an hour ago."""
    with tenant_scope(tenant):
        contact = Contact.objects.get(first_name="Tomás")
        for slug, state in zip(ENGINES, states, strict=True):
            make_card(proposal_of(slug, contact, stream), now - timedelta(hours=1), state=state, engine=slug)


def react(tenant: Tenant, now) -> None:
    with tenant_scope(tenant):
        MailEngine().react(make_cycle(tenant, now), list(Event.objects.order_by("id")))


def states(tenant: Tenant) -> list[tuple[str, str]]:
    with tenant_scope(tenant):
        return list(Card.objects.order_by("id").values_list("engine", "state"))


FOUR = (CardState.PROPOSED, CardState.ALLOWED, CardState.DEFERRED, CardState.HELD)
STOPPED = list(zip(ENGINES, ("blocked", "blocked", "blocked", "cancelled"), strict=True))
UNTOUCHED = list(zip(ENGINES, map(str, FOUR), strict=True))


@pytest.mark.parametrize("sender", ["therrera@bluemesacu.test", "tomas@home.example.com"])
def test_an_answer_from_any_address_stops_the_follow_ups_of_every_engine(desk, harborpine, now, sender):
    wait(desk, now, *FOUR)
    wait(harborpine, now, *FOUR)
    bring_in(desk, now, letter(sender=sender, subject="Something else entirely"))
    react(desk, now)
    assert states(desk) == STOPPED
    assert states(harborpine) == UNTOUCHED
    with tenant_scope(desk):
        last = CardTransition.objects.filter(new__in=["blocked", "cancelled"])
        assert set(last.values_list("reason", flat=True)) == {"They replied on 2026-11-23."}


def test_reading_the_answer_again_changes_nothing(desk, now):
    wait(desk, now, *FOUR)
    bring_in(desk, now, letter())
    react(desk, now)
    with tenant_scope(desk):
        moves = CardTransition.objects.count()
    react(desk, now)
    with tenant_scope(desk):
        assert CardTransition.objects.count() == moves


def test_what_the_client_waits_for_still_goes(desk, now):
    wait(desk, now, *FOUR, stream="transactional")
    bring_in(desk, now, letter())
    react(desk, now)
    assert states(desk) == UNTOUCHED


@pytest.mark.parametrize(
    "headers",
    [
        {"sender": "Somebody <somebody@bluemesacu.test>"},
        {"auto_submitted": "auto-replied", "subject": "Out of office"},
        {"authentication_results": "mx.test; dmarc=fail header.from=bluemesacu.test"},
        {"date": "Mon, 02 Nov 2026 08:00:00 -0700"},
    ],
)
def test_others_programs_forgers_and_old_mail_stop_nothing(desk, now, headers):
    wait(desk, now, *FOUR)
    bring_in(desk, now, letter(**headers))
    react(desk, now)
    assert states(desk) == UNTOUCHED


def test_a_follow_up_that_knew_of_the_answer_is_not_stopped_by_it(desk, now):
    bring_in(desk, now - timedelta(hours=2), letter(date="Mon, 23 Nov 2026 06:00:00 -0700"))
    wait(desk, now, *FOUR)
    react(desk, now)
    assert states(desk) == UNTOUCHED


def test_no_engine_asks_for_a_stopped_follow_up_again(desk, now):
    with tenant_scope(desk):
        make_contact(now, None, "Ada Park", addresses=["ada@park.example"])
    wait(desk, now, CardState.DEFERRED, CardState.DEFERRED, CardState.DEFERRED, CardState.DEFERRED)
    bring_in(desk, now, letter())
    react(desk, now)
    with tenant_scope(desk):
        Tenant.objects.filter(pk=desk.pk).update(agent_settings={"send_mode": "live"})
    desk.refresh_from_db()
    run_cycle(tenant=desk, now=now + timedelta(hours=1))
    with tenant_scope(desk):
        tomas = Card.objects.filter(contact_label__startswith="Tomás") | Card.objects.filter(contact_label="")
        assert set(tomas.values_list("state", flat=True)) == {"blocked"}
        assert Card.objects.filter(contact_label="Ada Park").count() == len(ENGINES)
