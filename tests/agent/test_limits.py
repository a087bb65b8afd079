"""Hourly caps: exact under concurrency, per tenant, given back only by those who took."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from agent.limits import count_left, give_back, next_window, reserve, window_of
from agent.tenancy import tenant_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_cap_is_exact_however_many_ask_at_once(meridian, now):
    granted = []
    barrier = threading.Barrier(10)

    def ask():
        barrier.wait()
        for _ in range(8):
            with tenant_scope(meridian):
                granted.append(reserve("tested", wanted=1, cap=30, now=now))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(granted), sum(granted)) == (80, 30)


def test_a_batch_gets_what_is_left(meridian, harborpine, now):
    with tenant_scope(meridian):
        assert reserve("tested", wanted=3, cap=5, now=now) == 3
        assert reserve("tested", wanted=3, cap=5, now=now) == 2
        assert reserve("tested", wanted=3, cap=5, now=now) == 0
        assert reserve("tested", wanted=3, cap=5, now=now + timedelta(hours=1)) == 3
    with tenant_scope(harborpine):
        assert count_left("tested", cap=5, now=now) == 5


def test_a_cap_of_nothing_grants_nothing_and_a_lowered_cap_grants_no_more(meridian, now):
    with tenant_scope(meridian):
        assert reserve("tested", wanted=1, cap=0, now=now) == 0
        assert reserve("tested", wanted=4, cap=5, now=now) == 4
        assert reserve("tested", wanted=1, cap=2, now=now) == 0
        assert count_left("tested", cap=2, now=now) == 0


def test_a_claim_that_rolls_back_gives_back_what_it_took(meridian, now):
    with pytest.raises(ZeroDivisionError), tenant_scope(meridian):
        reserve("tested", wanted=5, cap=5, now=now)
        raise ZeroDivisionError
    with tenant_scope(meridian):
        assert count_left("tested", cap=5, now=now) == 5


def test_nothing_is_given_back_twice(meridian, now):
    with tenant_scope(meridian):
        reserve("tested", wanted=1, cap=5, now=now)
        give_back("tested", count=1, now=now)
        give_back("tested", count=1, now=now)
        assert count_left("tested", cap=5, now=now) == 5


def test_windows_are_clock_hours_in_utc():
    moment = datetime(2026, 11, 1, 1, 59, 59, tzinfo=UTC)
    assert window_of(moment) == datetime(2026, 11, 1, 1, tzinfo=UTC)
    assert next_window(moment) == datetime(2026, 11, 1, 2, tzinfo=UTC)
