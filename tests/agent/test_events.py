"""Events: emitted with the change, consumed once, and never stepped over."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial

import psycopg
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


def test_a_long_transaction_in_another_database_hides_nothing(meridian, now):
    engine = ParcelEngine()
    here = connection.settings_dict
    elsewhere = psycopg.connect(host=here["HOST"], port=here["PORT"], user=here["USER"], dbname="postgres")
    try:
        elsewhere.execute("SELECT pg_current_xact_id()")
        with tenant_scope(meridian):
            emit("1", now=now)
        assert consume(meridian, engine, now) == 1
    finally:
        elsewhere.close()


def test_what_a_reaction_emits_is_read_the_next_time(meridian, now):
    """Even when an event of a transaction newer than the reader's own has been committed before it reads."""
    engine = ParcelEngine()
    seen = engine.react

    def emit_newer():
        with tenant_scope(meridian):
            emit("newer", now=now)
        connection.close()

    @contextmanager
    def open_scope():
        with fenced_scope(meridian.pk, None):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
            thread = threading.Thread(target=emit_newer)
            thread.start()
            thread.join()
            yield

    def react(cycle, events):
        seen(cycle, events)
        emit("own", now=now)

    with tenant_scope(meridian):
        emit("first", now=now)
    engine.react = react
    cycle = Cycle(tenant=meridian, settings=AgentSettings(), now=now, send_mode=SendMode.DRY_RUN)
    consume_events(engine=engine, cycle=cycle, open_scope=open_scope)
    engine.react = seen
    consume(meridian, engine, now)
    assert sorted(subject for _, subject in engine.seen) == ["first", "newer", "own"]


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
