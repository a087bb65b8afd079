"""What holds of every request: problems, pages, filters, conditions, and requests that are repeated."""

from __future__ import annotations

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agent.models import Card, CardTransition, Event, Run, SystemConfig
from agent.rest.models import KeptAnswer
from agent.rest.repeats import TRY_LOCK_SQL, _lock_number
from agent.states import CardState
from agent.tenancy import tenant_scope
from tests.agent.console_rows import make_row

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CARDS = "/api/v1/cards"


def make_cards(tenant, number, **changes):
    with tenant_scope(tenant):
        run = make_row(Run)
        return [make_row(Card, run=run, **changes) for _ in range(number)]


def held(tenant, now):
    (card,) = make_cards(tenant, 1, state=CardState.HELD, held_until=now)
    return card


# Problems


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/cards/999999999", 404),
        ("GET", "/api/v1/cards/99999999999999999999999999", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api", 404),
        ("DELETE", CARDS, 405),
        ("OPTIONS", CARDS, 405),
        ("GET", f"{CARDS}?colour=red", 400),
        ("GET", f"{CARDS}?state=asleep", 400),
        ("GET", f"{CARDS}?is_rehearsal=perhaps", 400),
        ("GET", f"{CARDS}?contact_id=1e999999999", 400),
        ("GET", f"{CARDS}?kind=%00", 400),
        ("GET", f"{CARDS}?limit=0", 400),
        ("GET", f"{CARDS}?limit=201", 400),
        ("GET", f"{CARDS}?limit=²", 400),
        ("GET", f"{CARDS}?state=", 400),
        ("GET", f"{CARDS}?cursor=", 400),
        ("GET", "/api/v1/runs?started_after=soon", 400),
        ("GET", "/api/v1/runs?started_after=0001-01-01T00:00:00%2B10:00", 400),
        ("GET", "/api/v1/runs?started_before=9999-12-31T23:59:59-10:00", 400),
    ],
)
def test_every_refusal_is_a_problem(ours, method, path, status):
    answer = ours(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    problem = answer.json()
    assert problem["status"] == status and problem["instance"] == path.partition("?")[0]
    assert problem["detail"].endswith(".") and problem["type"].startswith("urn:vnext-agent:problem:")


def test_offsets_that_the_database_does_not_know_are_read(ours):
    assert ours.get("/api/v1/runs?started_before=2026-11-18T20:35:43-23:50").status_code == 200


def test_a_wrong_field_is_named(ours):
    assert ours.get(f"{CARDS}?colour=red&state=asleep").json()["errors"] == [
        {
            "field": "colour",
            "message": "is no filter of this list. Its filters: contact_id, cursor, engine, is_rehearsal, kind, limit, "
            "run_id, state, subject_id, subject_kind.",
        }
    ]


BODIES = [
    (b"{", "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"reason": "\\ud800"}', "application/json", 400),
    (b'{"reason": 1e999}', "application/json", 400),
    (b"\xff", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'{"reason": "\\u0000"}', "application/json", 400),
    (b'{"reason": ""}', "application/json", 400),
    (b"reason=x", "application/x-www-form-urlencoded", 415),
    (b'{"reason": "' + b"x" * 3_000_000 + b'"}', "application/json", 413),
]


@pytest.mark.parametrize(("body", "content_type", "status"), BODIES)
def test_a_body_that_cannot_be_read_is_refused_and_changes_nothing(
    ours, meridian, now, body, content_type, status
):
    card = held(meridian, now)
    answer = Client(raise_request_exception=False).post(
        f"/api/v1/approvals/{card.pk}/reject", body, content_type=content_type,
        headers={"Authorization": f"Bearer {ours.token}"},
    )  # fmt: skip
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    with tenant_scope(meridian):
        assert Card.objects.get(pk=card.pk).state == CardState.HELD


def test_an_answer_in_another_format_is_refused(ours):
    assert ours.get(CARDS, Accept="text/html").status_code == 406


# People


def test_a_person_who_is_logged_in_may_read_and_needs_the_csrf_token_to_write(
    operator, meridian, harborpine, now
):
    card = held(meridian, now)
    rival = held(harborpine, now)
    assert [row["id"] for row in operator.get(CARDS).json()["results"]] == [card.pk]
    assert operator.get(f"{CARDS}/{rival.pk}").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(
        f"/api/v1/approvals/{card.pk}/reject", {"reason": "No."}, content_type="application/json"
    )
    assert (answer.status_code, "CSRF" in answer.json()["detail"]) == (403, True)


# Pages


def walk(caller, address):
    found = []
    while address:
        answer = caller.get(address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found.append([row["id"] for row in page["results"]])
        address = page["next"]
    return found


def test_pages_show_each_row_once_also_while_new_ones_come_in(ours, meridian, harborpine):
    make_cards(harborpine, 3)
    cards = [card.pk for card in make_cards(meridian, 7)]
    first = ours.get(f"{CARDS}?limit=3").json()
    make_cards(meridian, 2)
    rest = walk(ours, first["next"])
    assert [[row["id"] for row in first["results"]], *rest] == [cards[:3:-1], cards[3:0:-1], cards[:1]]


def test_a_page_keeps_the_filters(ours, meridian, now):
    make_cards(meridian, 3)
    waiting = make_cards(meridian, 3, state=CardState.HELD, held_until=now)
    make_cards(meridian, 3)
    found = walk(ours, f"{CARDS}?state=held&limit=2")
    assert sum(found, []) == [card.pk for card in reversed(waiting)]


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    ["x", "%FF", "W10", encode([1, 2]), encode(["1"]), encode([-1]), encode([1.5]), encode([10**30]), encode([True]),
     encode({"id": 1}), "W" * 5000, "[" * 50],
)  # fmt: skip
def test_a_cursor_that_is_none_is_refused(ours, cursor):
    assert ours.get(f"{CARDS}?cursor={cursor}").status_code == 400


def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(ours, meridian):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert ours.get(CARDS).status_code == 200
        return len(queries)

    make_cards(meridian, 2)
    count()
    few = count()
    make_cards(meridian, 30)
    assert count() == few


def test_events_are_followed_without_missing_one_that_commits_late(ours, meridian, harborpine):
    def emit(subject):
        return make_row(Event, subject_id=subject)

    with tenant_scope(harborpine):
        emit("rival")
    with tenant_scope(meridian):
        emit("1")
    may_commit, has_written = threading.Event(), threading.Event()

    def write_late():
        try:
            with tenant_scope(meridian):
                emit("late")
                has_written.set()
                may_commit.wait(20)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write_late)
        assert has_written.wait(20)
        with tenant_scope(meridian):
            emit("2")
        first = ours.get("/api/v1/events").json()
        may_commit.set()
        writer.result()
    second = ours.get(first["next"]).json()
    assert [row["subject_id"] for row in first["results"]] == ["1"]
    assert [row["subject_id"] for row in second["results"]] == ["late", "2"]
    third = ours.get(second["next"]).json()
    assert third["results"] == [] and third["next"] == second["next"]


# Conditional requests


def test_who_has_the_answer_already_is_told_so(ours, meridian):
    (card,) = make_cards(meridian, 1)
    first = ours.get(f"{CARDS}/{card.pk}")
    tag = first["ETag"]
    again = ours.get(f"{CARDS}/{card.pk}", If_None_Match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    with tenant_scope(meridian):
        Card.objects.update(priority=7)
    changed = ours.get(f"{CARDS}/{card.pk}", If_None_Match=tag)
    assert (changed.status_code, changed["ETag"] == tag) == (200, False)
    assert first["Cache-Control"] == "private, no-cache"


# Requests that are repeated


def reject(caller, card, key, reason="Too early."):
    return caller.post(f"/api/v1/approvals/{card.pk}/reject", {"reason": reason}, Idempotency_Key=key)


def moves_of(tenant, card):
    with tenant_scope(tenant):
        return CardTransition.objects.filter(card_id=card.pk).count()


def test_a_repeated_request_is_carried_out_once_and_gets_the_same_answer(ours, meridian, now):
    card = held(meridian, now)
    first, again = reject(ours, card, "k1"), reject(ours, card, "k1")
    assert first.status_code == 200, first.content
    assert (again.status_code, again.content) == (200, first.content)
    assert again["Content-Type"] == first["Content-Type"]
    assert (first.has_header("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (False, "true")
    assert moves_of(meridian, card) == 1


def test_without_a_key_the_second_is_told_what_became_of_the_first(ours, meridian, now):
    card = held(meridian, now)
    address = f"/api/v1/approvals/{card.pk}/reject"
    assert ours.post(address, {"reason": "No."}).status_code == 200
    assert ours.post(address, {"reason": "No."}).status_code == 409


def test_a_key_with_another_request_is_refused(ours, meridian, now):
    card = held(meridian, now)
    reject(ours, card, "k1")
    assert reject(ours, card, "k1", reason="Other words.").status_code == 422


def test_a_key_is_the_callers_own(ours, theirs, meridian, harborpine, make_caller, now):
    card, rival = held(meridian, now), held(harborpine, now)
    assert reject(ours, card, "k1").status_code == 200
    assert reject(make_caller(meridian), card, "k1").status_code == 409
    assert reject(theirs, rival, "k1").status_code == 200


def test_a_refusal_is_kept_too_and_what_it_wrote_is_not(ours, meridian):
    (card,) = make_cards(meridian, 1)
    first, again = reject(ours, card, "k1"), reject(ours, card, "k1")
    assert (first.status_code, again.status_code, again["Content-Type"]) == (
        409,
        409,
        "application/problem+json",
    )
    assert moves_of(meridian, card) == 0


def test_while_a_request_is_under_way_its_repetition_is_told_to_wait(ours, meridian, now):
    card = held(meridian, now)
    with tenant_scope(meridian):
        from agent.rest.models import ApiToken

        caller = f"token {ApiToken.objects.get().pk}"
        with connection.cursor() as cursor:
            cursor.execute(TRY_LOCK_SQL, [_lock_number(caller, "k1")])
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(_in_thread, reject, ours, card, "k1").result()
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:vnext-agent:problem:in-flight")
    assert reject(ours, card, "k1").status_code == 200


def _in_thread(act, *arguments):
    try:
        return act(*arguments)
    finally:
        connections.close_all()


def test_of_ten_repetitions_at_once_one_is_carried_out(ours, meridian, now):
    card = held(meridian, now)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: _in_thread(reject, ours, card, "k1"), range(10)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert any(answer.status_code == 200 for answer in answers)
    assert all("in-flight" in answer.json()["type"] for answer in answers if answer.status_code == 409)
    assert moves_of(meridian, card) == 1


@pytest.mark.parametrize("key", ["two words", "x" * 256, "é"])
def test_a_key_that_cannot_be_kept_is_refused(ours, meridian, now, key):
    assert reject(ours, held(meridian, now), key).status_code == 400


def test_a_failure_of_ours_is_neither_kept_nor_half_done(ours, meridian, now, settings):
    card = held(meridian, now)
    # A trigger of the database stands for whatever nobody foresaw.
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''boom''; END'"
        )
        cursor.execute(
            "CREATE TRIGGER fails BEFORE INSERT ON kanban_card_transitions EXECUTE FUNCTION fail()"
        )
    try:
        answer = reject(ours, card, "k1")
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TRIGGER fails ON kanban_card_transitions")
            cursor.execute("DROP FUNCTION fail()")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "boom" not in answer.content.decode()
    with tenant_scope(meridian):
        assert not KeptAnswer.objects.exists()
        assert Card.objects.get(pk=card.pk).state == CardState.HELD
    assert reject(ours, card, "k1").status_code == 200


def test_the_api_reads_while_the_agent_is_stopped(ours, meridian):
    SystemConfig.objects.update(global_enabled=False)
    assert ours.get(CARDS).status_code == 200
