"""Events: emitted with the change, consumed once, and never stepped over."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import connection

from agent.events import PAGE, NewEvent, consume_events, emit_events
from agent.leases import fenced_scope
from agent.models import Event, EventCursor
from agent.registry import Cycle, Ref
from agent.states import SendMode
from agent.tenancy import tenant_scope
from agent.tenant_settings import AgentSettings
from tests.agent.fakes import ParcelEngine

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def emit(*subjects, now):
    emit_events(
        [NewEvent(kind="tested", subject=Ref(kind="thing", id=s, label=s)) for s in subjects], now=now
    )


def consume(tenant, engine, now):
    cycle = Cycle(tenant=tenant, settings=AgentSettings(), now=now, send_mode=SendMode.DRY_RUN)
    return consume_events(engine=engine, cycle=cycle, open_scope=partial(fenced_scope, tenant.pk, None))


def test_an_event_is_seen_once_by_each_engine_and_by_no_rival(meridian, harborpine, now):
    engine = ParcelEngine()
    with tenant_scope(meridian):
        emit("1", "2", now=now)
    assert consume(harborpine, engine, now) == 0
    assert consume(meridian, engine, now) == 2
    assert consume(meridian, engine, now) == 0
    assert engine.seen == [("tested", "1"), ("tested", "2")]


def test_an_event_of_a_slow_writer_is_not_stepped_over(meridian, now):
    """A transaction takes a low id, another commits a higher one first; the first must still be read."""
    engine = ParcelEngine()
    wrote, may_commit = threading.Event(), threading.Event()

    def write_slowly():
        with tenant_scope(meridian):
            emit("slow", now=now)
            wrote.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    wrote.wait(10)
    with tenant_scope(meridian):
        emit("fast", now=now)
    assert consume(meridian, engine, now) == 0
    may_commit.set()
    thread.join()
    assert consume(meridian, engine, now) == 2
    assert [subject for _, subject in engine.seen] == ["slow", "fast"]


def test_a_reaction_that_fails_is_repeated_from_the_same_page(meridian, now):
    engine = ParcelEngine()
    with tenant_scope(meridian):
        emit("1", now=now)

    def fail(cycle, events):
        raise RuntimeError("Not now.")

    react, engine.react = engine.react, fail
    with pytest.raises(RuntimeError):
        consume(meridian, engine, now)
    engine.react = react
    assert consume(meridian, engine, now) == 1


def test_a_long_backlog_is_read_page_by_page(meridian, now):
    engine = ParcelEngine()
    with tenant_scope(meridian):
        emit(*[str(number) for number in range(PAGE + 5)], now=now)
    assert consume(meridian, engine, now) == PAGE + 5
    assert [subject for _, subject in engine.seen] == [str(number) for number in range(PAGE + 5)]
    with tenant_scope(meridian):
        assert EventCursor.objects.get().event_id == Event.objects.order_by("id").last().pk
