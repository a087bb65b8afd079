"""Cards, approvals, runs and events as programs read and decide on them."""

from __future__ import annotations

import pytest

from agent.models import Card, Run
from agent.tenancy import tenant_scope
from tests.agent.console_rows import make_row

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def make_cards(tenant, number, **changes):
    with tenant_scope(tenant):
        run = make_row(Run)
        return [make_row(Card, run=run, **changes) for _ in range(number)]


def test_a_list_shows_the_newest_first_and_nothing_of_the_rival(ours, meridian, harborpine):
    cards = make_cards(meridian, 3)
    make_cards(harborpine, 2)
    answer = ours.get("/api/v1/cards")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert [row["id"] for row in found["results"]] == [card.pk for card in reversed(cards)]
    assert found["next"] is None
    assert "payload" not in found["results"][0]
