"""The extraction queue: claimed by one, done again after a death, put off after a passing fault, given up at last."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.db.models import F
from django.utils import timezone

from agent.models import Event
from agent.retention import clean_up
from agent.tenancy import tenant_scope
from documents.extraction import Extraction
from documents.models import Document, DocumentText, ExtractionJob, StoredFile
from documents.pipeline import is_dead, name_worker, process_extractions, recover_library
from documents.services import claim_next_extraction, queue_extraction, retry_documents, retry_failed
from documents.services.completing import complete_extraction
from documents.services.queueing import MAX_ATTEMPTS, ClaimLost, back_off, put_off_job, reap_jobs
from documents.states import Category, ExtractionStatus, IndexingStatus, JobState, JobStep
from documents.tasks import sweep_library
from tests.documents.files import paged_pdf, show
from tests.documents.library import bring, codes_of, files_in

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]
PAGES = ("Invoice number: 2231 for the appraisal", "Amount due 575.00 by the end of May")
BILL = paged_pdf([show([(72, 700, text)]) for text in PAGES])


def document_of(tenant):
    with tenant_scope(tenant):
        return Document.objects.get()


def claim(tenant, now, **how):
    with tenant_scope(tenant):
        return claim_next_extraction(worker="elsewhere/7/1", now=now, steps=(JobStep.EXTRACT,), **how)


def test_a_document_is_read_page_by_page_and_recategorised_by_its_text(meridian, harborpine, media, now):
    bring(meridian, BILL, name="scan0007.pdf")
    bring(harborpine, BILL, name="scan0007.pdf")
    assert process_extractions(tenant=meridian, now=now).read == 1
    document = document_of(meridian)
    assert (document.extraction_status, document.extraction_reason) == (ExtractionStatus.COMPLETED, "")
    assert (document.pages, document.pages_done, document.extracted_at) == (2, 2, now)
    assert document.category == Category.INVOICE
    assert "Invoice number" in document.suggestion_reason or "invoice number" in document.suggestion_reason
    assert document.quality["peak_mb"] > 0
    with tenant_scope(meridian):
        text = DocumentText.objects.get()
        assert document.characters == len(text.content)
        for number, words in enumerate(PAGES, start=1):
            start = text.content.index(words[:20])
            assert text.page_at(start) == number
        assert Event.objects.get(kind="document.read").data["status"] == "completed"
        preview = StoredFile.objects.get(pk=document.preview_id)
    assert (media / preview.key).read_bytes().startswith(b"\x89PNG")
    assert document_of(harborpine).extraction_status == ExtractionStatus.PENDING
    assert codes_of(meridian) == []


def test_what_postgresql_cannot_keep_is_taken_out_and_pages_still_begin_where_they_say(meridian, now):
    bring(meridian)
    pages = ("One\0 page", "half \ud83d of a pair", "third")
    read = Extraction(status=ExtractionStatus.COMPLETED, page_texts=pages, pages=3, pages_done=3)
    job = claim(meridian, now)
    with tenant_scope(meridian):
        complete_extraction(job=job, extraction=read, now=now)
        text = DocumentText.objects.get()
        assert text.content == "One page\fhalf ? of a pair\fthird"
        assert [text.content[start : start + 4] for start in text.page_starts] == ["One ", "half", "thir"]


def test_a_person_who_chose_the_category_keeps_it_when_the_text_says_otherwise(meridian, now):
    bring(meridian, BILL, name="scan.pdf")
    with tenant_scope(meridian):
        Document.objects.update(category=Category.SOP, category_set_by="ana", category_set_at=now)
    process_extractions(tenant=meridian, now=now)
    document = document_of(meridian)
    assert (document.category, document.suggested_category) == (Category.SOP, Category.INVOICE)


def test_a_file_that_can_never_be_read_is_not_tried_again(meridian, now):
    bring(meridian, b"%PDF-1.7\n" + b"\0" * 400, name="broken.pdf")
    bring(meridian, b"PK\x03\x04" + b"\0" * 400, name="broken.docx")
    bring(meridian, b"The next one is read.", name="next.txt")
    assert process_extractions(tenant=meridian, now=now).read == 3
    with tenant_scope(meridian):
        found = dict(Document.objects.values_list("name", "extraction_status"))
        assert found["next.txt"] == ExtractionStatus.COMPLETED
        assert {found["broken.pdf"], found["broken.docx"]} <= {
            ExtractionStatus.FAILED,
            ExtractionStatus.SKIPPED,
        }
        broken = Document.objects.exclude(name="next.txt")
        assert all(row.extraction_reason and row.extraction_detail for row in broken)
        assert not ExtractionJob.objects.due(now + timedelta(days=1)).filter(step=JobStep.EXTRACT).exists()


def test_a_document_without_its_file_says_so_and_is_not_tried_again(meridian, media, now):
    document = bring(meridian).document
    (path,) = files_in(media)
    path.unlink()
    process_extractions(tenant=meridian, now=now)
    document = document_of(meridian)
    assert (document.extraction_status, document.extraction_reason) == ("failed", "missing_file")
    assert document.indexing_status == IndexingStatus.NOTHING
    with tenant_scope(meridian):
        assert document.index_entries.count() == 1
    assert "Restore" in document.extraction_detail
    assert codes_of(meridian) == ["missing_file"]


def test_a_passing_fault_is_put_off_twice_as_long_each_time_and_given_up_in_the_end(meridian, now):
    bring(meridian)
    busy = Extraction(status=ExtractionStatus.FAILED, reason="interrupted")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        job = claim(meridian, now)
        with tenant_scope(meridian):
            complete_extraction(job=job, extraction=busy, now=now)
        if attempt < MAX_ATTEMPTS:
            assert claim(meridian, now) is None
            assert document_of(meridian).extraction_status == ExtractionStatus.PENDING
            now += back_off(attempt)
    document = document_of(meridian)
    assert (document.extraction_status, document.extraction_reason) == ("failed", "given_up")
    assert [back_off(n) for n in (1, 2, 3, 30)] == [timedelta(minutes=n) for n in (1, 2, 4, 60)]


def test_eight_workers_claim_each_job_once(meridian, harborpine, now):
    for number in range(12):
        bring(meridian, f"Number {number}".encode())
    bring(harborpine)
    barrier, claimed = Barrier(8), []

    def work():
        try:
            barrier.wait()
            while (job := claim(meridian, now)) is not None:
                claimed.append(job.pk)
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 12
    with tenant_scope(harborpine):
        assert ExtractionJob.objects.get().state == JobState.WAITING


def test_who_lost_a_claim_can_no_longer_complete_it(meridian, now):
    bring(meridian)
    slow = claim(meridian, now)
    with tenant_scope(meridian):
        ExtractionJob.objects.update(claimed_at=F("claimed_at") - timedelta(minutes=6))
        assert reap_jobs(now=now) == 1
    assert document_of(meridian).extraction_status == ExtractionStatus.PENDING
    quick = claim(meridian, now)
    read = Extraction(status=ExtractionStatus.COMPLETED, page_texts=("Read.",), pages=1, pages_done=1)
    with pytest.raises(ClaimLost), tenant_scope(meridian):
        complete_extraction(job=slow, extraction=read, now=now)
    with pytest.raises(ClaimLost), tenant_scope(meridian):
        put_off_job(slow, reason="Slow.", now=now)
    with tenant_scope(meridian):
        assert not DocumentText.objects.exists()
        complete_extraction(job=quick, extraction=read, now=now)
        assert DocumentText.objects.get().content == "Read."


def test_a_claim_that_lasts_is_left_to_its_worker(meridian, harborpine, now):
    bring(meridian)
    claim(meridian, now)
    recover_library(tenant=meridian, now=now)
    recover_library(tenant=harborpine, now=now)
    with tenant_scope(meridian):
        assert ExtractionJob.objects.get().state == JobState.CLAIMED


def test_a_job_whose_worker_died_each_time_is_given_up(meridian, now):
    bring(meridian)
    with tenant_scope(meridian):
        ExtractionJob.objects.update(attempts=MAX_ATTEMPTS - 1)
    claim(meridian, now)
    with tenant_scope(meridian):
        assert reap_jobs(now=now, is_dead=lambda worker: worker == "elsewhere/7/1") == 1
    document = document_of(meridian)
    assert (document.extraction_status, document.extraction_reason) == ("failed", "given_up")


def test_only_a_process_of_this_machine_that_is_gone_is_known_to_be_dead():
    here = socket.gethostname()[:60]
    assert not is_dead(name_worker())
    assert is_dead(f"{here}/{os.getpid()}/12")
    assert is_dead(f"{here}/999999999/12")
    assert not is_dead("another-machine/999999999/12")


def test_retrying_reads_again_and_hurries_what_was_put_off(meridian, harborpine, now):
    first = bring(meridian, b"One.").document
    second = bring(meridian, b"Two.").document
    rival = bring(harborpine).document
    job = claim(meridian, now)
    with tenant_scope(meridian):
        put_off_job(job, reason="Busy.", now=now)
        ExtractionJob.objects.filter(document=second).update(state=JobState.DONE, finished_at=now)
        Document.objects.filter(pk=second.pk).update(extraction_status=ExtractionStatus.FAILED)
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            ids = [first.pk, second.pk, rival.pk]
            assert retry_documents(document_ids=ids, actor="ana", now=now) == (2 if tenant == meridian else 0)
    with tenant_scope(meridian):
        assert ExtractionJob.objects.due(now).count() == 2
        assert retry_failed(actor="ana", now=now) == 0


def test_text_that_was_there_stays_until_the_new_text_comes(meridian, now):
    bring(meridian)
    process_extractions(tenant=meridian, now=now)
    with tenant_scope(meridian):
        before = DocumentText.objects.get()
        Document.objects.update(indexing_status=IndexingStatus.INDEXED)
        queue_extraction(documents=[Document.objects.get()], step=JobStep.EXTRACT, actor="ana", now=now)
        assert DocumentText.objects.get().pk == before.pk
        assert Document.objects.get().indexing_status == IndexingStatus.INDEXED
    later = now + timedelta(minutes=1)
    process_extractions(tenant=meridian, now=later)
    with tenant_scope(meridian):
        after = DocumentText.objects.get()
        assert (after.content, after.read_at) == (before.content, later)


def test_the_sweep_of_a_library_reads_that_companys_documents(meridian, harborpine):
    for tenant in (meridian, harborpine):
        bring(tenant, now=timezone.now())
    assert sweep_library(meridian.pk) == 1
    assert document_of(meridian).extraction_status == ExtractionStatus.COMPLETED
    assert document_of(harborpine).extraction_status == ExtractionStatus.PENDING


def test_finished_jobs_go_past_their_age_and_documents_stay(meridian, harborpine, now):
    for tenant in (meridian, harborpine):
        bring(tenant)
        process_extractions(tenant=tenant, now=now)
    clean_up(now=now + timedelta(days=89))
    with tenant_scope(meridian):
        assert ExtractionJob.objects.filter(step=JobStep.EXTRACT).exists()
    clean_up(now=now + timedelta(days=91))
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            assert not ExtractionJob.objects.filter(step=JobStep.EXTRACT).exists()
            assert Document.objects.count() == 1
