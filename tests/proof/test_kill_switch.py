"""The kill switch thrown at random moments of a busy desk: nothing begins after it, nothing is lost or repeated."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

import pytest

from agent.models import Card, CardTransition, Intent, IntentState, Switch
from agent.services import set_system_switch, set_tenant_switch
from agent.states import CardState
from agent.tenancy import tenant_scope
from tests.agent.processes import wait_for_line
from tests.proof.parcels import allow_parcels, crew, read_log, states_of, wake_parcels
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# How much later than the flip a call may begin whose last look came before it.
SLACK_SECONDS = 0.05
IDLE_WITHIN_SECONDS = 5


@pytest.fixture
def busy(meridian, now, proof):
    meridian.agent_settings = {
        "send_mode": "live",
        "max_emails_per_hour": 100_000,
        "max_emails_per_day": 100_000,
    }
    meridian.save(update_fields=["agent_settings"])
    allow_parcels(meridian, proof.size(short=200, long=2000), now)
    return meridian


def flip(which, tenant, is_enabled, now):
    values = {"is_enabled": is_enabled, "actor": "Dana", "reason": "A proof", "now": now}
    if which == "tenant":
        set_tenant_switch(tenant=tenant, **values)
    else:
        set_system_switch(**values)


def read_claims(tenant):
    """The number of claims so far, and the keys of the parcels that may be on their way."""
    with tenant_scope(tenant):
        claims = CardTransition.objects.filter(new=CardState.EXECUTING).count()
        begun = Intent.objects.filter(state__in=[IntentState.EFFECTING, IntentState.SETTLED])
        return claims, set(begun.values_list("idempotency_key", flat=True))


def resume(workers, which, tenant, now):
    """Resume, and wait until every worker has seen it: one that has not would never say that it stopped again."""
    flip(which, tenant, True, now)
    assert {wait_for_line(worker) for worker in workers} == {"resumed"}


def test_no_claim_commits_and_no_effect_begins_after_the_switch_is_thrown(
    busy, harborpine, tmp_path, proof, now
):
    chance, log = proof.random("kill switch"), tmp_path / "left.log"
    flips = proof.size(short=8, long=200)
    flip("system", busy, False, now)
    with crew(proof.size(short=4, long=8), busy, log, now) as workers:
        for worker in workers:
            assert wait_for_line(worker).startswith("stopped")
        resume(workers, "system", busy, now)
        wait_until(lambda: read_log(log), "the first parcel to leave")
        for number in range(flips):
            which = ("system", "tenant")[number % 2]
            time.sleep(chance.uniform(0, 0.05))
            flip(which, busy, False, now)
            thrown = time.time()
            claims, begun = read_claims(busy)
            stopped = [float(wait_for_line(worker).split()[1]) for worker in workers]
            assert max(stopped) - thrown < IDLE_WITHIN_SECONDS, (number, which)
            assert read_claims(busy)[0] == claims, (number, which)
            late = {key for left, key in read_log(log) if left > thrown + SLACK_SECONDS}
            assert late <= begun, (number, which, late - begun)
            states = states_of(busy)
            assert states[CardState.ALLOWED], "The proof needs work that is left."
            assert set(states) <= {CardState.ALLOWED, CardState.DONE}, (number, states)
            resume(workers, which, busy, now)
        wait_until(
            lambda: set(states_of(busy)) == {CardState.DONE},
            "the rest to leave",
            progress=lambda: states_of(busy),
        )
    with tenant_scope(busy):
        keys = Counter(f"card-{busy.pk}-{pk}" for pk in Card.objects.values_list("pk", flat=True))
    assert Counter(key for _, key in read_log(log)) == keys


def test_no_message_leaves_after_mail_alone_is_stopped_and_resuming_drains_within_the_cap(
    busy, tmp_path, now, proof
):
    log = tmp_path / "left.log"
    parcels = states_of(busy)[CardState.ALLOWED]
    values = {"actor": "Dana", "reason": "A proof", "now": now, "switch": Switch.MAIL}
    with crew(3, busy, log, now):
        wait_until(lambda: read_log(log), "the first parcel to leave")
        set_system_switch(is_enabled=False, **values)
        thrown = time.time()
        _, begun = read_claims(busy)
        wait_until(lambda: set(states_of(busy)) <= {CardState.DEFERRED, CardState.DONE}, "the rest to wait")
    assert {key for left, key in read_log(log) if left > thrown + SLACK_SECONDS} <= begun
    left = len(read_log(log))
    busy.agent_settings |= {"max_emails_per_hour": 40}
    busy.save(update_fields=["agent_settings"])
    set_system_switch(is_enabled=True, **values)
    later = now + timedelta(hours=1)
    wake_parcels(busy, later)
    with crew(3, busy, log, later):
        wait_until(
            lambda: not {CardState.ALLOWED, CardState.EXECUTING} & states_of(busy).keys(), "the cap's worth"
        )
    drained = min(40, parcels - left)
    assert len(read_log(log)) == left + drained
    assert max(Counter(key for _, key in read_log(log)).values()) == 1
    assert sum(states_of(busy).values()) == parcels
