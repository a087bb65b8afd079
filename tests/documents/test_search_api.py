"""Searching by the API: what is found, cited and shown, only to callers who may see it."""

from __future__ import annotations

import pytest

from documents.models import Document
from documents.states import Visibility
from tests.documents.shelf import FEES, FLOOD, ROOF, link, shelve

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SEARCH = "/api/documents/search"


@pytest.fixture
def flood(meridian, harborpine) -> Document:
    """A document of ours about a flood, one about fees, and a rival's about the same flood."""
    shelve(meridian, "Fees", FEES)
    shelve(harborpine, "Rival", FLOOD)
    return shelve(meridian, "Flood", FLOOD)


def titles(answer):
    assert answer.status_code == 200, answer.content
    return [hit["title"] for hit in answer.json()["hits"]]


def test_what_is_found_is_cited_to_the_letter(ours, flood):
    told = ours.post(SEARCH, {"query": "flood certificate", "explain": True}).json()
    hit = told["hits"][0]
    assert (hit["document_id"], hit["title"]) == (flood.pk, "Flood")
    passage = hit["passages"][0]
    assert FLOOD[passage["char_from"] : passage["char_to"]] == passage["text"]
    assert passage["snippet"] in passage["text"]
    marked = [passage["snippet"][start:end].lower() for start, end in passage["matches"]]
    assert "flood" in marked and "certificate" in marked
    assert hit["explanation"]["text_rank"] == 1
    assert set(told["words"]) and told["mode"] in {"exact", "ann", "off"}


def test_nothing_of_the_rival_is_found_or_counted(ours, theirs, flood):
    assert titles(ours.post(SEARCH, {"query": '"flood certificate"'})) == ["Flood"]
    assert titles(theirs.post(SEARCH, {"query": '"flood certificate"'})) == ["Rival"]
    assert ours.post(SEARCH, {"query": '"flood certificate"'}).json()["total"] == 1


def test_restricted_documents_are_found_with_their_scope_alone(meridian, make_caller):
    shelve(meridian, "Secret", ROOF, visibility=Visibility.RESTRICTED)
    plain = make_caller(meridian, "documents:read")
    cleared = make_caller(meridian, "documents:read", "restricted_documents:read")
    assert titles(plain.post(SEARCH, {"query": '"missing shingles"'})) == []
    assert titles(cleared.post(SEARCH, {"query": '"missing shingles"'})) == ["Secret"]


def test_filters_narrow_a_search(ours, meridian, flood):
    link(meridian, flood, key="1", reference_kind="order", reference_id="7")

    def found(**filters):
        return titles(ours.post(SEARCH, {"query": '"flood certificate"', "filters": filters}))

    assert (
        found(source_types=["order_document"]) == found(reference_kind="order", reference_id="7") == ["Flood"]
    )
    assert found(categories=["invoice"]) == found(document_ids=[flood.pk + 1_000]) == []
    assert found(added_to="2020-01-01") == []


WRONG = [
    ({}, "query"),
    ({"query": " "}, "query"),
    ({"query": "x" * 2001}, "query"),
    ({"query": "a\x00b"}, "query"),
    ({"query": "x", "limit": 0}, "limit"),
    ({"query": "x", "colour": "red"}, "colour"),
    ({"query": "x", "filters": {"categories": ["poem"]}}, "filters.categories.0"),
    ({"query": "x", "filters": {"reference_kind": "order"}}, "filters.reference_id"),
    ({"query": "x", "filters": {"colour": 1}}, "filters.colour"),
]


@pytest.mark.parametrize(("body", "field"), WRONG)
def test_a_wrong_search_is_refused_by_name(ours, body, field):
    answer = ours.post(SEARCH, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_searching_needs_no_scope_to_write(meridian, make_caller):
    assert make_caller(meridian, "documents:read").post(SEARCH, {"query": "x"}).status_code == 200
    assert make_caller(meridian, "documents:write").post(SEARCH, {"query": "x"}).status_code == 403
