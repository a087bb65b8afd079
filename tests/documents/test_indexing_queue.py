"""From the file to the search: what the queue reads it indexes, and what changes is indexed again."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import F

from agent.tenancy import tenant_scope
from documents.extraction import Extraction
from documents.models import Document, DocumentChunk, Embedding, ExtractionJob
from documents.pipeline import process_extractions, recover_library
from documents.services import claim_next_extraction, describe_document, queue_extraction
from documents.services.completing import complete_extraction
from documents.services.queueing import CLAIM_LIFETIME
from documents.states import ExtractionStatus, IndexingStatus, JobState, JobStep
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


def test_a_text_that_was_replaced_is_no_longer_found_or_quoted(meridian, harborpine, now):
    for tenant in (meridian, harborpine):
        bring(tenant, b"The quokka clause of the lease.", name="lease.txt")
        process_extractions(tenant=tenant, now=now)
    read_anew(meridian, "The quokka clause of the lease.", now + timedelta(minutes=1))
    assert look_for(meridian, "quokka clause").total == 1
    read_anew(meridian, "The wombat clause of the lease.", now + timedelta(minutes=2))
    assert look_for(meridian, "quokka clause").hits == ()
    assert codes_of(meridian) == []
    done = process_extractions(tenant=meridian, now=now + timedelta(minutes=3))
    assert done.indexed == 1 and look_for(meridian, "wombat clause").total == 1
    assert look_for(harborpine, "quokka clause").total == 1


def test_a_title_that_changes_when_its_index_has_just_been_made_is_indexed_too(
    meridian, harborpine, now, settings, tmp_path
):
    bring(harborpine, name="value.txt")
    bring(meridian, name="value.txt")
    log = tmp_path / "log"
    with embedding_endpoint(log) as endpoint:
        settings.EMBEDDER, settings.EMBEDDING_URL, settings.EMBEDDING_MODEL = "endpoint", endpoint.url, "tiny"
        endpoint.order(seconds=2)
        worker = Thread(target=work_off, args=[meridian, now])
        worker.start()
        wait_for(log.exists)
        with tenant_scope(meridian):
            # Holds the worker up at the very end of its job.
            job = ExtractionJob.objects.select_for_update().get(step=JobStep.INDEX)
            assert job.state == JobState.CLAIMED
            wait_for(somebody_waits_for_us)
            describe_document(
                document_id=job.document_id, changes={"title": "Quokka memo"}, actor="ana", now=now
            )
        worker.join(60)
        process_extractions(tenant=meridian, now=now)
        assert look_for(meridian, '"quokka memo"').total == 1
    with tenant_scope(meridian):
        assert not ExtractionJob.objects.open().exists()
    with tenant_scope(harborpine):
        assert ExtractionJob.objects.open().count() == 1


@pytest.fixture
def long_and_slow(meridian, harborpine, settings, tmp_path):
    """A document of at least three batches of vectors that are slow to come; yields the endpoint."""
    text = "".join(
        f"Parcel {number} lies along the creek and drains to the north. " for number in range(4000)
    )
    bring(meridian, text.encode(), name="parcels.txt")
    bring(harborpine, name="rival.txt")
    with embedding_endpoint(tmp_path / "log") as endpoint:
        settings.EMBEDDER, settings.EMBEDDING_URL, settings.EMBEDDING_MODEL = "endpoint", endpoint.url, "tiny"
        endpoint.order(seconds=1)
        yield endpoint


def asked(endpoint):
    """How often the endpoint has been asked."""
    return endpoint.log.read_text().count("\n") if endpoint.log.exists() else 0


def test_a_claim_is_extended_from_batch_to_batch(long_and_slow, meridian, now):
    worker = Thread(target=work_off, args=[meridian, now])
    worker.start()
    wait_for(lambda: asked(long_and_slow) == 1)
    with tenant_scope(meridian):
        claimed = ExtractionJob.objects.filter(step=JobStep.INDEX)
        assert claimed.update(claimed_at=F("claimed_at") - CLAIM_LIFETIME - timedelta(minutes=1)) == 1
    wait_for(lambda: asked(long_and_slow) == 2)
    recover_library(tenant=meridian, now=now)
    worker.join(60)
    with tenant_scope(meridian):
        job = ExtractionJob.objects.get(step=JobStep.INDEX)
        assert (job.state, job.attempts) == (JobState.DONE, 1)
        assert Document.objects.get().indexing_status == IndexingStatus.INDEXED
    assert asked(long_and_slow) >= 3
    assert titles(look_for(meridian, "parcel 3999 creek")) == ["parcels"]


def test_who_lost_a_claim_makes_no_further_vectors(long_and_slow, meridian, harborpine, now):
    worker = Thread(target=work_off, args=[meridian, now])
    worker.start()
    wait_for(lambda: asked(long_and_slow) == 1)
    with tenant_scope(meridian):
        ExtractionJob.objects.filter(step=JobStep.INDEX).update(attempts=2)
    worker.join(60)
    assert asked(long_and_slow) == 1
    with tenant_scope(meridian):
        assert ExtractionJob.objects.get(step=JobStep.INDEX).state == JobState.CLAIMED
    with tenant_scope(harborpine):
        assert ExtractionJob.objects.open().count() == 1


def work_off(tenant, now):
    """The work of another process."""
    try:
        process_extractions(tenant=tenant, now=now)
    finally:
        connections.close_all()


def wait_for(is_true):
    """Come back once it is true."""
    deadline = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def somebody_waits_for_us():
    """Whether another session waits for what this one has locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def read_anew(tenant, text, now):
    """Read the tenant's document again, by a reader that finds this text; it is not indexed yet."""
    with tenant_scope(tenant):
        queue_extraction(documents=[Document.objects.get()], step=JobStep.EXTRACT, actor="ana", now=now)
        job = claim_next_extraction(worker="elsewhere/7/1", now=now, steps=(JobStep.EXTRACT,))
        extraction = Extraction(status=ExtractionStatus.COMPLETED, pages=1, pages_done=1, page_texts=(text,))
        complete_extraction(job=job, extraction=extraction, now=now)


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
