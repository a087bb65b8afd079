"""Caps by hour and day: exact under concurrency, all or none, per tenant, given back only by those who took."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.limits import (
    Cap,
    Window,
    as_stored,
    caps_of_card,
    give_back,
    next_window,
    read_left,
    reserve,
    window_of,
)
from agent.models import ProviderWindow, RateLimit
from agent.registry import Content
from agent.switches import build_cycle
from agent.tenancy import tenant_scope

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PER_HOUR = Cap("tested", Window.HOUR, 5)
PER_DAY = Cap("tested", Window.DAY, 7)
ACCOUNT = Cap("provider:tested", Window.DAY, 6, is_shared=True)


def take(*caps, times=1, now):
    """How many of `times` entries that each want `caps` were granted."""
    return reserve([caps] * times, now=now).count(None)


def used(model=RateLimit):
    return {(row.key, row.window): row.used for row in model.objects.all()}


def test_a_cap_is_exact_however_many_ask_at_once(meridian, now):
    granted = []
    cap = Cap("tested", Window.HOUR, 30)
    barrier = threading.Barrier(10)

    def ask():
        barrier.wait()
        for _ in range(8):
            with tenant_scope(meridian):
                granted.append(take(cap, PER_DAY_OF_MANY, now=now))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(granted), sum(granted)) == (80, 30)


PER_DAY_OF_MANY = Cap("tested", Window.DAY, 1000)


def test_a_batch_gets_what_is_left_and_the_most_urgent_come_first(meridian, harborpine, now):
    with tenant_scope(meridian):
        assert take(PER_HOUR, times=3, now=now) == 3
        ends = window_of(now) + timedelta(hours=1)
        assert reserve([[PER_HOUR]] * 3, now=now) == [None, None, ends]
        assert take(PER_HOUR, now=now + timedelta(hours=1)) == 1
    with tenant_scope(harborpine):
        assert take(PER_HOUR, times=9, now=now) == 5


def test_an_entry_takes_all_its_caps_or_none(meridian, now):
    with tenant_scope(meridian):
        full, free = Cap("recipient:a@b.test", Window.DAY, 1), Cap("recipient:c@d.test", Window.DAY, 1)
        answers = reserve([(PER_HOUR, full), (PER_HOUR, full), (PER_HOUR, free)], now=now)
        assert answers == [None, window_of(now, Window.DAY) + timedelta(days=1), None]
        assert used() == {
            ("recipient:a@b.test", "day"): 1,
            ("recipient:c@d.test", "day"): 1,
            ("tested", "hour"): 2,
        }


def test_a_refused_entry_is_told_when_the_last_window_that_refused_it_ends(meridian, now):
    with tenant_scope(meridian):
        assert take(PER_HOUR, PER_DAY, times=9, now=now) == 5
        next_hour = now + timedelta(hours=1)
        assert reserve([(PER_HOUR, PER_DAY)], now=now) == [next_window(now)]
        assert take(PER_HOUR, PER_DAY, times=9, now=next_hour) == 2
        tomorrow = window_of(now, Window.DAY) + timedelta(days=1)
        assert reserve([(PER_HOUR, PER_DAY)], now=next_hour) == [tomorrow]


def test_tenants_share_a_providers_account(meridian, harborpine, now):
    with tenant_scope(meridian):
        assert take(PER_HOUR, ACCOUNT, times=4, now=now) == 4
    with tenant_scope(harborpine):
        assert take(PER_HOUR, ACCOUNT, times=4, now=now) == 2
        assert used() == {("tested", "hour"): 2}
    assert used(ProviderWindow) == {("provider:tested", "day"): 6}


def test_a_cap_of_nothing_grants_nothing_and_a_lowered_cap_grants_no_more(meridian, now):
    with tenant_scope(meridian):
        assert take(Cap("tested", Window.HOUR, 0), now=now) == 0
        assert take(PER_HOUR, times=4, now=now) == 4
        assert take(Cap("tested", Window.HOUR, 2), now=now) == 0


def test_a_claim_that_rolls_back_gives_back_what_it_took(meridian, now):
    with pytest.raises(ZeroDivisionError), tenant_scope(meridian):
        take(PER_HOUR, ACCOUNT, times=5, now=now)
        raise ZeroDivisionError
    with tenant_scope(meridian):
        assert take(PER_HOUR, ACCOUNT, times=5, now=now) == 5


def test_what_is_given_back_can_be_taken_again_and_never_falls_below_nothing(meridian, harborpine, now):
    with tenant_scope(meridian):
        take(PER_HOUR, ACCOUNT, now=now)
        for _ in range(2):
            give_back(as_stored([PER_HOUR, ACCOUNT]), now=now)
        assert used() == {("tested", "hour"): 0}
        assert take(PER_HOUR, times=9, now=now) == 5
    with tenant_scope(harborpine):
        assert used() == {}
    assert used(ProviderWindow) == {("provider:tested", "day"): 0}


def test_caps_are_given_back_in_the_order_in_which_they_are_taken(meridian, now):
    account = [Cap("provider:resend", window, 5, is_shared=True) for window in (Window.HOUR, Window.DAY)]
    with tenant_scope(meridian):
        take(*account, PER_HOUR, now=now)
        with CaptureQueriesContext(connection) as queries:
            give_back(as_stored([*account, PER_HOUR]), now=now)
    updated = [query["sql"] for query in queries.captured_queries]
    assert [RateLimit._meta.db_table in sql for sql in updated] == [True, False, False]
    assert ["'day'" in sql for sql in updated] == [False, True, False]


def test_a_message_takes_from_the_tenant_its_recipient_and_its_provider(meridian, settings, now):
    settings.EMAIL_PROVIDER_DAILY_CAP = 100
    content = Content(body=b"", recipient="a@b.test", provider="smtp")
    cycle = build_cycle(tenant=meridian, now=now)
    caps = [(cap.key, cap.window.value, cap.limit) for cap in caps_of_card("send_email", content, cycle)]
    assert caps == [
        ("emails", "hour", 50),
        ("emails", "day", 400),
        ("recipient:a@b.test", "day", 1),
        ("provider:smtp", "day", 100),
    ]
    assert caps_of_card("create_task", Content(body=b""), cycle) == ()


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("send_email", "emails", "max_emails"),
        ("research", "research", "max_research"),
        ("sandbox_job", "sandbox_jobs", "max_sandbox_jobs"),
    ],
)
def test_each_kind_has_a_cap_an_hour_and_a_cap_a_day_and_says_when_more_is_left(
    meridian, now, kind, key, name
):
    meridian.agent_settings = {f"{name}_per_hour": 2, f"{name}_per_day": 3}
    cycle = build_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        assert read_left(cycle)[kind].count == 2
        caps = caps_of_card(kind, Content(body=b""), cycle)
        assert take(*caps, times=9, now=now) == 2
        assert (read_left(cycle)[kind].count, read_left(cycle)[kind].until) == (0, next_window(now))
        later = build_cycle(tenant=meridian, now=now + timedelta(hours=1))
        assert read_left(later)[kind].count == 1
        assert take(*caps, times=9, now=later.now) == 1
        assert read_left(later)[kind].until == window_of(now, Window.DAY) + timedelta(days=1)


def test_limited_live_lowers_both_caps_on_messages(meridian, now):
    meridian.agent_settings = {"send_mode": "limited_live", "max_emails_per_day": 30}
    cycle = build_cycle(tenant=meridian, now=now)
    assert (cycle.emails_per_hour, cycle.emails_per_day) == (10, 30)


def test_any_number_of_entries_costs_the_same_number_of_statements(meridian, now, django_assert_num_queries):
    many = [(PER_HOUR, PER_DAY, Cap(f"recipient:{n}", Window.DAY, 1), ACCOUNT) for n in range(40)]
    with tenant_scope(meridian), django_assert_num_queries(4):
        assert reserve(many, now=now).count(None) == 5


def test_windows_are_clock_hours_and_days_in_utc():
    moment = datetime(2026, 11, 1, 1, 59, 59, tzinfo=UTC)
    assert window_of(moment) == datetime(2026, 11, 1, 1, tzinfo=UTC)
    assert next_window(moment) == datetime(2026, 11, 1, 2, tzinfo=UTC)
    assert window_of(moment, Window.DAY) == datetime(2026, 11, 1, tzinfo=UTC)
