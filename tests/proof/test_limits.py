"""Caps under many claims at once: exactly as many leave as may, and all others later, each once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from agent.limits import next_window
from agent.models import Card
from agent.states import CardState
from agent.tenancy import tenant_scope
from tests.proof.parcels import allow_parcels, crew, read_log, states_of, wake_parcels
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def set_caps(tenant, per_hour):
    tenant.agent_settings = {
        "send_mode": "live",
        "max_emails_per_hour": per_hour,
        "max_emails_per_day": 100_000,
    }
    tenant.save(update_fields=["agent_settings"])


def work_until_nothing_is_allowed(tenant, log, now, claims):
    """So many claims at once, ten in each process: as many as its pool has connections."""
    with crew(max(2, claims // 10), tenant, log, now, threads=min(10, claims // 2)):
        wait_until(
            lambda: not {CardState.ALLOWED, CardState.EXECUTING} & states_of(tenant).keys(),
            "every allowed parcel to be sent or deferred",
            progress=lambda: states_of(tenant),
        )


def test_a_cap_lets_exactly_so_many_leave_and_the_rest_leaves_in_later_windows(
    meridian, harborpine, tmp_path, proof, now
):
    cap, parcels, claims = (
        proof.size(short=20, long=100),
        proof.size(short=80, long=2000),
        proof.size(short=4, long=50),
    )
    log = tmp_path / "left.log"
    # Allowed under a cap that has room for all; every claim then meets the lower one.
    set_caps(meridian, per_hour=parcels)
    allow_parcels(meridian, parcels, now)
    set_caps(meridian, per_hour=cap)
    work_until_nothing_is_allowed(meridian, log, now, claims)
    assert len(read_log(log)) == cap
    assert states_of(meridian) == {CardState.DONE: cap, CardState.DEFERRED: parcels - cap}
    with tenant_scope(meridian):
        deferred = Card.objects.filter(state=CardState.DEFERRED)
        assert set(deferred.values_list("not_before", flat=True)) == {next_window(now)}
        assert set(deferred.values_list("rule", flat=True)) == {"caps_hold"}
        keys = [f"card-{meridian.pk}-{pk}" for pk in Card.objects.order_by("id").values_list("pk", flat=True)]
    windows = proof.size(short=1, long=2)
    set_caps(meridian, per_hour=-(-(parcels - cap) // windows))
    for hour in range(1, windows + 1):
        later = now + timedelta(hours=hour)
        wake_parcels(meridian, later)
        work_until_nothing_is_allowed(meridian, log, later, claims)
    assert states_of(meridian) == {CardState.DONE: parcels}
    assert Counter(key for _, key in read_log(log)) == Counter(keys)
    assert states_of(harborpine) == {}
