"""From the file to the search: what the queue reads it indexes, and what changes is indexed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.tenancy import tenant_scope
from documents.models import Document, DocumentChunk, Embedding
from documents.pipeline import process_extractions
from documents.services import describe_document
from documents.states import IndexingStatus
from tests.documents.library import PROSE, bring, codes_of
from tests.documents.shelf import look_for, titles
from tests.fakes.running import embedding_endpoint

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def kept_apart(media):
    """Files in a folder of the test's own."""


def test_a_file_is_found_once_the_queue_is_worked_off(meridian, harborpine, now):
    bring(meridian, name="value.txt")
    bring(harborpine, name="rival.txt")
    assert look_for(meridian, "market value").hits == ()
    done = process_extractions(tenant=meridian, now=now)
    assert (done.read, done.indexed, done.faults) == (1, 1, 0)
    answer = look_for(meridian, "which approach gave the market value?")
    assert titles(answer) == ["value"]
    assert answer.hits[0].passages[0].text == PROSE.decode().strip()
    assert look_for(harborpine, "market value").hits == ()
    assert codes_of(meridian) == []


def test_a_new_title_is_found_after_the_queue_is_worked_off(meridian, now):
    bring(meridian, name="value.txt")
    process_extractions(tenant=meridian, now=now)
    with tenant_scope(meridian):
        document = Document.objects.get()
        describe_document(document_id=document.pk, changes={"title": "Quokka memo"}, actor="ana", now=now)
    process_extractions(tenant=meridian, now=now)
    assert look_for(meridian, '"quokka memo"').total == 1


def test_an_endpoint_that_is_away_puts_the_indexing_off(meridian, now, settings, tmp_path):
    bring(meridian, name="value.txt")
    with embedding_endpoint(tmp_path / "log") as endpoint:
        settings.EMBEDDER, settings.EMBEDDING_URL, settings.EMBEDDING_MODEL = "endpoint", endpoint.url, "tiny"
        endpoint.order(status=503)
        done = process_extractions(tenant=meridian, now=now)
        assert (done.read, done.indexed, done.faults) == (1, 0, 1)
        with tenant_scope(meridian):
            assert Document.objects.get().indexing_status == IndexingStatus.WAITING
        endpoint.order()
        later = process_extractions(tenant=meridian, now=now + timedelta(hours=1))
        assert (later.indexed, later.faults) == (1, 0)
        assert look_for(meridian, "market value").model == "endpoint:tiny"


def test_lost_vectors_and_lost_entries_are_found_by_the_check(meridian, now):
    bring(meridian, name="value.txt")
    process_extractions(tenant=meridian, now=now)
    with tenant_scope(meridian):
        Embedding.objects.all().delete()
    assert codes_of(meridian) == ["missing_vector"]
    with tenant_scope(meridian):
        DocumentChunk.objects.all().delete()
        Document.objects.get().index_entries.all().delete()
    assert codes_of(meridian) == ["missing_index"]
