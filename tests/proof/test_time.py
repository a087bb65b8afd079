"""Time, proved where it goes wrong: business windows far away, days of 23 and 25 hours, outages, and 21 days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, Run, Tenant
from agent.registry import registry
from agent.states import CardState, RunState, StopReason
from agent.sweep import is_cycle_due
from agent.tenancy import tenant_scope
from engagement.engine import EngagementEngine
from engagement.mail.models import Mailbox
from engagement.models import EngagementClock
from tests.conftest import Proof
from tests.engagement.cast import make_client, make_contact, make_cycle, touch
from tests.mail.cast import vouch_for_domain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TOKYO, DENVER = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Denver")
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
SATURDAY = datetime(2026, 11, 28, 18, 13, tzinfo=TOKYO)
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=TOKYO)
# Zones that change by a whole hour, with the days of 2026 on which they do; every other one is for the same tenant,
# and no two of those share an hour.
CHANGES = [
    ("America/Denver", date(2026, 3, 8), 23),
    ("America/Denver", date(2026, 11, 1), 25),
    ("Europe/Berlin", date(2026, 3, 29), 23),
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("Australia/Sydney", date(2026, 4, 5), 25),
    ("Australia/Sydney", date(2026, 10, 4), 23),
    ("America/Santiago", date(2026, 9, 6), 23),
    ("America/Santiago", date(2026, 4, 4), 25),
]
SHORT_CHANGES = 2


def furnish(tenant: Tenant, now: datetime, *, live_in: str = "", **settings: object) -> None:
    """A live desk with one contact who is overdue for a check-in."""
    Tenant.objects.filter(pk=tenant.pk).update(agent_settings={"send_mode": "live", **settings})
    tenant.refresh_from_db()
    with tenant_scope(tenant):
        address = f"desk@{tenant.slug}.test"
        Mailbox.objects.create(address_normalised=address, display_name=tenant.name, is_primary=True)
        vouch_for_domain(now, address)
        client = make_client(now, email_domain="bluemesacu.test")
        contact = make_contact(now, client, timezone=live_in)
        touch(contact, now - 30 * DAY, now)


def only_card(tenant: Tenant) -> Card:
    with tenant_scope(tenant):
        return Card.objects.get(kind="send_email")


@pytest.mark.parametrize("where", ["the desk is there", "the client is there"])
def test_in_tokyo_saturday_evening_becomes_monday_morning(meridian, harborpine, where):
    if where == "the desk is there":
        Tenant.objects.filter(pk=meridian.pk).update(timezone="Asia/Tokyo")
        furnish(meridian, SATURDAY, holiday_country="JP")
    else:
        # Denver and Tokyo never work at the same hour, so the recipient's hours decide.
        furnish(meridian, SATURDAY, live_in="Asia/Tokyo")
    run_cycle(tenant=meridian, now=SATURDAY)
    card = only_card(meridian)
    assert (card.state, card.rule) == (CardState.DEFERRED, "message_keeps_business_hours")
    assert card.not_before == MONDAY
    run_cycle(tenant=meridian, now=MONDAY - HOUR)
    assert mail.outbox == []
    run_cycle(tenant=meridian, now=MONDAY)
    assert (only_card(meridian).state, len(mail.outbox)) == (CardState.DONE, 1)


def local_midnight(zone: str, day: date) -> datetime:
    """When a day begins there, as a moment in UTC."""
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    # Where the clock leaves midnight out, the day begins at one.
    while midnight.astimezone(ZoneInfo(zone)).date() < day:
        midnight += HOUR
    return midnight


def completed_slots(tenant: Tenant) -> list[datetime]:
    with tenant_scope(tenant):
        return list(
            Run.objects.filter(state=RunState.COMPLETED).order_by("slot").values_list("slot", flat=True)
        )


def test_a_day_of_23_or_25_hours_has_as_many_cycles(meridian, harborpine, proof: Proof):
    chances = proof.random("slots")
    changes = CHANGES[: proof.size(short=SHORT_CHANGES, long=len(CHANGES))]
    with registry.override(KernelEngine()):
        for number, (zone, day, hours) in enumerate(changes):
            tenant = (meridian, harborpine)[number % 2]
            begins, ends = local_midnight(zone, day), local_midnight(zone, day + DAY)
            assert ends - begins == hours * HOUR
            before = completed_slots(tenant)
            moment = begins
            while moment < ends:
                # Rung at the full hour and again at any minute of it.
                for minutes in (0, chances.randrange(1, 60)):
                    run_cycle(tenant=tenant, now=moment + timedelta(minutes=minutes), is_scheduled=True)
                moment += HOUR
            taken = [slot for slot in completed_slots(tenant) if slot not in before]
            assert taken == [begins + n * HOUR for n in range(hours)]


@pytest.mark.parametrize("rings", [1, 4])
def test_four_hours_of_outage_give_one_cycle(meridian, harborpine, now, rings):
    """However many rings of the missed hours are still delivered when the desk is back."""
    back = now + 4 * HOUR + timedelta(minutes=7)
    with registry.override(KernelEngine()):
        run_cycle(tenant=meridian, now=now, is_scheduled=True)
        assert is_cycle_due(tenant=meridian, now=back)
        reports = [run_cycle(tenant=meridian, now=back + n * SECOND, is_scheduled=True) for n in range(rings)]
        assert not is_cycle_due(tenant=meridian, now=back + timedelta(minutes=1))
    assert [report.state for report in reports] == [RunState.COMPLETED] + [RunState.LOCKED] * (rings - 1)
    assert {report.stop_reason for report in reports[1:]} <= {StopReason.SLOT_TAKEN}
    assert completed_slots(meridian) == [now, now + 4 * HOUR]
    assert completed_slots(harborpine) == []


def test_the_21_days_run_from_the_touch_to_the_second(meridian, harborpine, now, proof: Proof):
    """Not from midnight, nor from when the last contact was due, nor with an hour more or less when clocks change."""
    chances = proof.random("touches")
    span = int((now - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds())
    with tenant_scope(meridian):
        client = make_client(now, email_domain="bluemesacu.test")
        contact = make_contact(now, client, timezone="America/Denver", created_at=now - 400 * DAY)
    touched_at = now - timedelta(seconds=span)
    for _ in range(proof.size(short=12, long=400)):
        touched_at += timedelta(seconds=chances.randrange(1, 25 * 24 * 3600))
        due_at = touched_at + timedelta(seconds=21 * 24 * 3600)
        with tenant_scope(meridian):
            touch(contact, touched_at, touched_at)
            assert EngagementClock.objects.get(contact=contact).next_touch_due_at == due_at
            early = EngagementEngine().plan(make_cycle(meridian, due_at - SECOND))
            late = EngagementEngine().plan(make_cycle(meridian, due_at + SECOND))
        assert [proposal.contact.id for proposal in early.proposals if proposal.contact] == []
        assert [proposal.contact.id for proposal in late.proposals if proposal.contact] == [str(contact.pk)]
