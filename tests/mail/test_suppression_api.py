"""Suppressions by the API: told, listed and lifted, each by the service that the console calls."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agent.models import Event
from agent.tenancy import tenant_scope
from engagement.mail.models import EmailSuppression

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SUPPRESSIONS = "/api/v1/suppressions"


def suppress(caller, address="Dana@Client.test", reason="unsubscribe", **others):
    return caller.post(SUPPRESSIONS, {"address": address, "reason": reason, **others})


def test_an_address_is_suppressed_once_however_often_it_is_told(ours, meridian):
    first = suppress(ours, detail="Their own newsletter page.")
    assert first.status_code == 201, first.content
    told = first.json()
    assert (told["address"], told["scope"]) == ("dana@client.test", "non_transactional")
    assert told["detail"].startswith("Their own newsletter page. (api: ")
    again = suppress(ours, address="dana@client.test")
    assert (again.status_code, again.json()["id"]) == (200, told["id"])
    with tenant_scope(meridian):
        assert EmailSuppression.objects.count() == 1
        assert Event.objects.count() == 1


WRONG = [
    ({"address": "nobody"}, "address"),
    ({"reason": "hard_bounce"}, "reason"),
    ({"reason": "pause"}, "until"),
    ({"reason": "pause", "until": "2020-01-01T00:00:00Z"}, "until"),
    ({"until": "soon"}, "until"),
    ({"note": "x"}, "note"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_what_is_wrong_is_named_and_nobody_is_suppressed(ours, meridian, change, field):
    answer = ours.post(SUPPRESSIONS, {"address": "dana@client.test", "reason": "unsubscribe"} | change)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    with tenant_scope(meridian):
        assert not EmailSuppression.objects.exists()


def test_a_pause_ends_on_its_day(ours):
    until = timezone.now() + timedelta(days=30)
    told = suppress(ours, reason="pause", until=until.isoformat()).json()
    assert told["until"] is not None


def test_suppressions_are_filtered_and_the_rivals_are_not_there(ours, theirs):
    mine, other = suppress(ours).json()["id"], suppress(ours, address="ana@client.test").json()["id"]
    rival = suppress(theirs).json()["id"]

    def ids(query):
        return [row["id"] for row in ours.get(f"{SUPPRESSIONS}?{query}").json()["results"]]

    assert ids("") == [other, mine]
    assert ids("address=DANA@client.TEST") == [mine]
    assert ids("is_lifted=true") == [] and ids("is_lifted=false") == [other, mine]
    assert ours.get(f"{SUPPRESSIONS}?address=nobody").status_code == 400
    assert ours.get(f"{SUPPRESSIONS}/{rival}").status_code == 404
    assert ours.post(f"{SUPPRESSIONS}/{rival}/lift", {"reason": "Mine."}).status_code == 404


def test_lifting_needs_a_reason_and_stays_on_record(ours):
    pk = suppress(ours).json()["id"]
    address = f"{SUPPRESSIONS}/{pk}/lift"
    assert ours.post(address, {"reason": ""}).status_code == 400
    told = ours.post(address, {"reason": "Dana asked for it by telephone."}).json()
    assert (told["lift_reason"], told["lifted_by"][:5]) == ("Dana asked for it by telephone.", "api: ")
    assert told["lifted_at"] is not None


def test_a_legal_demand_is_lifted_by_name_and_with_a_whole_sentence(ours):
    pk = suppress(ours, reason="legal").json()["id"]
    address, sentence = f"{SUPPRESSIONS}/{pk}/lift", "Their attorney withdrew it in writing on Monday."
    refused = ours.post(address, {"reason": sentence})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:vnext-agent:problem:lift-refused")
    assert ours.post(address, {"reason": "Short.", "acknowledged": "legal"}).status_code == 409
    assert ours.post(address, {"reason": sentence, "acknowledged": "legal"}).status_code == 200
