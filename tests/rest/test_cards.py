"""Cards, approvals, runs and alerts as programs read and decide on them. What every request has is elsewhere."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest

from agent.alerts.models import Alert
from agent.models import Card, Reflection, Run
from agent.registry import registry
from agent.states import CardState
from agent.tenancy import tenant_scope
from tests.agent.console_rows import make_row
from tests.agent.fakes import ParcelEngine

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CARDS, APPROVALS = "/api/v1/cards", "/api/v1/approvals"


@pytest.fixture(autouse=True)
def parcels():
    with registry.override(ParcelEngine()):
        yield


def make_cards(tenant, number, **changes):
    with tenant_scope(tenant):
        run = make_row(Run)
        return [make_row(Card, run=run, kind="send_email", **changes) for _ in range(number)]


def held(tenant, now):
    (card,) = make_cards(tenant, 1, state=CardState.HELD, held_until=now + timedelta(days=400))
    return card


def test_a_list_shows_the_newest_first_and_nothing_of_the_rival(ours, meridian, harborpine):
    cards = make_cards(meridian, 3)
    make_cards(harborpine, 2)
    found = ours.get(CARDS).json()
    assert [row["id"] for row in found["results"]] == [card.pk for card in reversed(cards)]
    assert found["next"] is None
    assert "payload" not in found["results"][0]


def test_a_card_is_shown_with_its_grounds_and_only_to_its_own(ours, theirs, meridian):
    (card,) = make_cards(meridian, 1, payload={"to": "dana@client.test"})
    told = ours.get(f"{CARDS}/{card.pk}").json()
    assert told["evidence"] == [{"type": "mail", "id": "<1@client.test>", "quote": "Please call."}]
    assert (told["payload"], told["reason"], told["run_id"]) == (
        {"to": "dana@client.test"},
        card.reason,
        card.run_id,
    )
    assert theirs.get(f"{CARDS}/{card.pk}").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"), [("is_rehearsal=true", 1), ("is_rehearsal=false", 2), ("kind=none", 0)]
)
def test_cards_are_filtered(ours, meridian, query, count):
    make_cards(meridian, 2)
    make_cards(meridian, 1, is_rehearsal=True)
    assert len(ours.get(f"{CARDS}?{query}").json()["results"]) == count


def test_an_approval_covers_exactly_what_was_shown(ours, theirs, meridian, now):
    card = held(meridian, now)
    make_cards(meridian, 1)
    assert [row["id"] for row in ours.get(APPROVALS).json()["results"]] == [card.pk]
    shown = ours.get(f"{APPROVALS}/{card.pk}").json()
    assert (shown["content"], shown["details"]) == (card.subject_label, {"to": card.contact_label})
    with tenant_scope(meridian):
        Card.objects.filter(pk=card.pk).update(subject_label="Other words")
    address, word = f"{APPROVALS}/{card.pk}/approve", {"content_hash": shown["content_hash"]}
    refused = ours.post(address, word)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:vnext-agent:problem:content-changed")
    word = {"content_hash": ours.get(f"{APPROVALS}/{card.pk}").json()["content_hash"]}
    assert theirs.post(address, word).status_code == 404
    assert ours.post(address, {}).json()["errors"][0]["field"] == "content_hash"
    approved = ours.post(address, word)
    assert approved.status_code == 200, approved.content
    assert (approved.json()["state"], approved.json()["approved_by"][:5]) == ("allowed", "api: ")
    again = ours.post(address, word)
    assert again.status_code == 409
    assert ours.get(f"{APPROVALS}/{card.pk}").status_code == 404


def test_a_card_is_turned_down_with_a_reason(ours, theirs, meridian, now):
    card = held(meridian, now)
    address = f"{APPROVALS}/{card.pk}/reject"
    assert theirs.post(address, {"reason": "Mine."}).status_code == 404
    assert ours.post(address, {"reason": "  "}).status_code == 400
    assert ours.post(address, {"reason": "Too early."}).json()["state"] == "rejected"
    moves = ours.get(f"{CARDS}/{card.pk}").json()["transitions"]
    assert (moves[-1]["new"], moves[-1]["reason"]) == ("rejected", "Too early.")


def test_a_run_is_shown_with_what_it_learned(ours, theirs, meridian, harborpine):
    with tenant_scope(meridian):
        run = make_row(Run, counts={"done": 3})
        make_row(Reflection, run=run, figures={"orders.open": 4})
    with tenant_scope(harborpine):
        make_row(Run)
    row = ours.get("/api/v1/runs?state=completed").json()["results"][-1]
    assert (row["id"], row["counts"]) == (run.pk, {"done": 3})
    told = ours.get(f"/api/v1/runs/{run.pk}").json()
    assert told["reflections"][0]["figures"] == {"orders.open": 4}
    assert theirs.get(f"/api/v1/runs/{run.pk}").status_code == 404


def test_an_alert_is_looked_after_once(ours, theirs, meridian):
    with tenant_scope(meridian):
        alert = make_row(Alert)
    address = f"/api/v1/alerts/{alert.pk}"
    assert [row["id"] for row in ours.get("/api/v1/alerts?state=open").json()["results"]] == [alert.pk]
    assert theirs.get(address).status_code == theirs.post(f"{address}/acknowledge").status_code == 404
    told = ours.post(f"{address}/acknowledge", {"reason": "The provider knows."}).json()
    assert (told["state"], told["acknowledged_why"]) == ("acknowledged", "The provider knows.")
    again = ours.post(f"{address}/acknowledge")
    assert (again.status_code, "already by api" in again.json()["detail"]) == (HTTPStatus.CONFLICT, True)
