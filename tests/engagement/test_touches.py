"""Touches and clocks: when a contact is due, and what moves the time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.models import ContactAffiliation, EngagementClock, Touch, TouchKind
from engagement.services import (
    NewTouch,
    UnknownContact,
    record_touches,
    refresh_engagement_compliance,
)
from tests.engagement.cast import counted_queries, make_client, make_contact, touch

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

LIMIT = timedelta(days=21)
MOMENT = timedelta(microseconds=1)


def clock_of(contact):
    return EngagementClock.objects.get(contact=contact)


def is_overdue(contact, at):
    return EngagementClock.objects.overdue(at).filter(contact=contact).exists()


def test_a_contact_is_in_time_at_exactly_21_days_and_overdue_right_after(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        touch(contact, now, now)
        assert not is_overdue(contact, now + LIMIT - MOMENT)
        assert not is_overdue(contact, now + LIMIT)
        assert is_overdue(contact, now + LIMIT + MOMENT)


def test_the_21_days_are_days_of_24_hours_across_a_change_to_summer_time(meridian, now):
    before_the_change = now.replace(month=3, day=1, year=2026)
    with tenant_scope(meridian):
        contact = make_contact(now, None, created_at=before_the_change - timedelta(days=1))
        touch(contact, before_the_change, now)
        assert clock_of(contact).next_touch_due_at - before_the_change == timedelta(hours=21 * 24)


def test_a_contact_never_touched_is_due_21_days_after_it_was_added(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None, created_at=now)
        assert not is_overdue(contact, now + LIMIT)
        assert is_overdue(contact, now + LIMIT + MOMENT)


def test_a_touch_moves_the_clocks_of_the_contact_and_of_every_account(meridian, now):
    with tenant_scope(meridian):
        first, second, other = (make_client(now, name) for name in ("First", "Second", "Other"))
        contact = make_contact(now, first, further_client_ids=[second.pk])
        assert touch(contact, now, now, kind=TouchKind.CALL, by="Dana")
        clock = clock_of(contact)
        assert (clock.last_touch_at, clock.last_touch_kind, clock.last_touch_by) == (now, "call", "Dana")
        touched = EngagementClock.objects.filter(last_touch_at=now).of_accounts()
        assert {clock.client for clock in touched} == {first, second}
        assert clock.next_touch_due_at == now + LIMIT
        assert EngagementClock.objects.get(client=other).last_touch_at is None
        assert ContactAffiliation.objects.count() == 1


def test_an_older_touch_is_kept_and_never_moves_a_clock_back(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        contact = make_contact(now, client)
        touch(contact, now, now)
        assert touch(contact, now - timedelta(days=30), now)
        assert clock_of(contact).last_touch_at == now
        assert EngagementClock.objects.get(client=client).last_touch_at == now
        assert Touch.objects.count() == 2


def test_of_touches_recorded_together_the_newest_sets_the_clock_whatever_their_order(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        days = [5, 1, 9]
        touches = [
            NewTouch(
                contact_id=contact.pk,
                kind=TouchKind.EMAIL_SENT,
                at=now - timedelta(days=day),
                by="agent",
                source_kind="card",
                source_id=str(day),
            )
            for day in days
        ]
        assert record_touches(touches, now=now) == 3
        assert clock_of(contact).last_touch_at == now - timedelta(days=1)


def test_recording_the_same_touch_twice_changes_nothing(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        source = {"source_kind": "mail", "source_id": "<1@x.test>"}
        assert touch(contact, now - timedelta(days=2), now, **source)
        assert not touch(contact, now, now, **source)
        assert clock_of(contact).last_touch_at == now - timedelta(days=2)
        assert Touch.objects.count() == Event.objects.filter(kind="contact.touched").count() == 1


def test_one_mail_to_two_people_touches_both(meridian, now):
    with tenant_scope(meridian):
        people = [make_contact(now, None, name) for name in ("Ann Lowe", "Bob Lowe")]
        source = {"source_kind": "mail", "source_id": "<1@x.test>"}
        assert all(touch(person, now, now, **source) for person in people)


def test_a_touch_dated_in_the_future_counts_from_now(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        touch(contact, now + timedelta(days=3650), now)
        assert clock_of(contact).last_touch_at == now


def test_a_touch_of_an_unknown_contact_is_refused_and_leaves_nothing(meridian, harborpine, now):
    with tenant_scope(harborpine):
        rivals = make_contact(now, None)
    with tenant_scope(meridian):
        ours = make_contact(now, None)
        touches = [
            NewTouch(
                contact_id=contact_id,
                kind=TouchKind.CALL,
                at=now,
                by="Dana",
                source_kind="desk",
                source_id="1",
            )
            for contact_id in (ours.pk, rivals.pk)
        ]
        with pytest.raises(UnknownContact, match=str(rivals.pk)):
            record_touches(touches, now=now)
        assert Touch.objects.count() == 0
    with tenant_scope(harborpine):
        assert clock_of(rivals).last_touch_at is None


def test_a_touch_tells_the_other_engines(meridian, now):
    with tenant_scope(meridian):
        contact = make_contact(now, None)
        touch(contact, now, now)
        event = Event.objects.get(kind="contact.touched")
        assert (event.subject_kind, event.subject_id) == ("contact", str(contact.pk))
        assert event.data["contact_id"] == contact.pk


def test_a_changed_limit_rewrites_the_wrong_clocks_only(meridian, harborpine, now):
    with tenant_scope(harborpine):
        rivals = make_contact(now, None)
    with tenant_scope(meridian):
        touched, untouched = make_contact(now, None, "Ann Lowe"), make_contact(now, None, "Bob Lowe")
        touch(touched, now, now)
        assert refresh_engagement_compliance(engagement_days=21) == 0
        EngagementClock.objects.filter(contact=untouched).update(next_touch_due_at=now)
        assert refresh_engagement_compliance(engagement_days=21) == 1
        assert refresh_engagement_compliance(engagement_days=14) == 2
        assert clock_of(touched).next_touch_due_at == now + timedelta(days=14)
        assert clock_of(untouched).next_touch_due_at == untouched.created_at + timedelta(days=14)
        touch(touched, now + timedelta(days=1), now + timedelta(days=1))
        assert clock_of(touched).next_touch_due_at == now + timedelta(days=15)
    with tenant_scope(harborpine):
        assert clock_of(rivals).limit_days == 21


def test_recording_many_touches_costs_no_more_statements_than_recording_one(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        people = [make_contact(now, client, f"Person N{n}") for n in range(60)]

    def touches(of, source):
        return [
            NewTouch(
                contact_id=p.pk, kind=TouchKind.CALL, at=now, by="D", source_kind="desk", source_id=source
            )
            for p in of
        ]

    with counted_queries(meridian) as one:
        record_touches(touches(people[:1], "a"), now=now)
    with counted_queries(meridian) as many:
        record_touches(touches(people[1:], "b"), now=now)
    assert len(one) == len(many)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_writers_who_touch_the_same_people_at_once_neither_deadlock_nor_lose_a_touch(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        people = [make_contact(now, client, f"Person N{n}") for n in range(8)]
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def work(worker: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                order = people if (worker + turn) % 2 else people[::-1]
                with tenant_scope(meridian):
                    record_touches(
                        [
                            NewTouch(
                                contact_id=person.pk,
                                kind=TouchKind.CALL,
                                at=now + timedelta(minutes=10 * turn + worker),
                                by="Dana",
                                source_kind="desk",
                                source_id=f"{worker}.{turn}",
                            )
                            for person in order
                        ],
                        now=now + timedelta(days=1),
                    )
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    with tenant_scope(meridian):
        assert Touch.objects.count() == 4 * 5 * 8
        newest = now + timedelta(minutes=43)
        assert set(EngagementClock.objects.values_list("last_touch_at", flat=True)) == {newest}
