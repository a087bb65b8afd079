"""The library in the console: who sees and does what, with what comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agent.tenancy import tenant_scope
from documents.admin.texts import WINDOW, read_excerpt
from documents.models import Document, DocumentSource, DocumentText, ExtractionJob
from documents.pipeline import process_extractions
from documents.services import trash_documents
from documents.states import Category, ExtractionStatus, JobState, Visibility
from tests.documents.library import PROSE, block, bring, bring_version, files_in
from tests.documents.people import log_in, make_person

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]

LIBRARY = "/admin/documents/document/"
QUEUE = "/admin/documents/extractionjob/"
EVERYTHING = ("view_document", "add_document", "change_document", "delete_document")


@pytest.fixture
def boss(meridian, harborpine):
    """A superuser's browser in Meridian."""
    return log_in(User.objects.create_superuser("dana", password="x"), meridian)


@pytest.fixture
def clerk(meridian, harborpine):
    """The browser of somebody who may do everything but see what is restricted."""
    return log_in(make_person("omar", meridian, *EVERYTHING), meridian)


@pytest.fixture
def viewer(meridian, harborpine):
    """The browser of somebody who may only look."""
    return log_in(make_person("vera", meridian, "view_document"), meridian)


def page_of(document: Document, part: str = "change") -> str:
    return f"{LIBRARY}{document.pk}/{part}/"


def shown(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def press(browser, document: Document, button: str, **values: Any) -> str:
    answer = browser.post(page_of(document, button), values, follow=True)
    assert answer.status_code == 200, answer
    return " ".join(str(message) for message in answer.context["messages"])


def run(browser, act: str, *documents: Document) -> Any:
    """Choose an act for ticked documents in the list."""
    data = {"action": act, "_selected_action": [document.pk for document in documents]}
    return browser.post(
        f"{LIBRARY}?place=versions" if act != "restore" else f"{LIBRARY}?place=trash", data, follow=True
    )


def told(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def read(tenant) -> None:
    process_extractions(tenant=tenant, now=timezone.now())


def put_text(tenant, document: Document, content: str, starts: list[int]) -> None:
    with tenant_scope(tenant):
        DocumentText.objects.create(
            document=document, content=content, page_starts=starts, read_at=timezone.now()
        )


# The list


def test_the_list_counts_beside_each_choice_what_it_would_leave(boss, meridian, harborpine):
    bring(meridian, b"one", "invoice.txt")
    bring(meridian, b"two", "notes.txt")
    bring(harborpine, b"three", "invoice.txt")
    page = shown(boss, LIBRARY)
    for choice in ("Invoice (1)", "Contract (0)", "Waiting (2)", "Uploaded by a person (2)"):
        assert choice in page, choice


def test_the_list_has_the_latest_versions_and_the_others_for_who_asks(boss, meridian):
    first = bring(meridian, b"one", "fees.txt").document
    second = bring_version(meridian, first, b"two").document
    gone = bring(meridian, b"three", "old.txt").document
    with tenant_scope(meridian):
        trash_documents(document_ids=[gone.pk], actor="ana", now=timezone.now())
    links = {
        place: [page_of(one) in shown(boss, f"{LIBRARY}?place={place}") for one in (first, second, gone)]
        for place in ("library", "versions", "trash")
    }
    assert links == {
        "library": [False, True, False], "versions": [True, True, False], "trash": [False, False, True],
    }  # fmt: skip


def test_the_list_is_filtered_by_where_documents_came_from(boss, meridian):
    document = bring(meridian).document
    assert page_of(document) in shown(boss, f"{LIBRARY}?source=manual_upload")
    assert page_of(document) not in shown(boss, f"{LIBRARY}?source=order_document")


def test_the_list_never_counts_the_library(boss, meridian):
    bring(meridian)
    with CaptureQueriesContext(connection) as queries:
        boss.get(LIBRARY)
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"] and '"documents"' in query["sql"]]
    assert counts and all("LIMIT 10000" in sql for sql in counts)


# Who may


def test_a_restricted_document_does_not_exist_for_who_is_not_cleared(clerk, boss, meridian):
    document = bring(meridian).document
    assert "may be seen by" in press(boss, document, "restrict", visibility="restricted")
    assert page_of(document) in shown(boss, LIBRARY)
    assert page_of(document) not in shown(clerk, LIBRARY)
    for part in ("text", "download", "preview"):
        assert clerk.get(page_of(document, part)).status_code == 404, part
    for part in ("trash", "version", "restrict"):
        assert clerk.post(page_of(document, part), {"visibility": "company"}).status_code == 404, part
    run(clerk, "trash", document)
    clerk.post(f"{LIBRARY}delete-for-good/", {"document": document.pk})
    with tenant_scope(meridian):
        document.refresh_from_db()
        assert not document.is_trashed
        job = ExtractionJob.objects.get()
    assert f"{QUEUE}{job.pk}/" not in shown(boss, LIBRARY)
    clerk_of_queue = make_person("quinn", meridian, *EVERYTHING, "view_extractionjob")
    assert f"{QUEUE}{job.pk}/" not in shown(log_in(clerk_of_queue, meridian), QUEUE)


def test_a_rivals_document_does_not_exist(boss, harborpine):
    document = bring(harborpine).document
    for part in ("text", "download", "preview"):
        assert boss.get(page_of(document, part)).status_code == 404, part
    for part in ("trash", "recategorise", "version"):
        assert boss.post(page_of(document, part), {}).status_code == 404, part
    run(boss, "trash", document)
    boss.post(f"{LIBRARY}delete-for-good/", {"document": document.pk})
    with tenant_scope(harborpine):
        document.refresh_from_db()
        assert not document.is_trashed


def test_who_may_only_look_is_offered_nothing_and_refused_everything(viewer, meridian):
    document = bring(meridian).document
    page = shown(viewer, page_of(document))
    assert "What you can do" not in page and "Add a new version" not in page
    assert "Add documents" not in shown(viewer, LIBRARY)
    for part in ("trash", "recategorise", "version", "read-again"):
        assert viewer.post(page_of(document, part), {}).status_code == 403, part
    assert viewer.get(f"{LIBRARY}upload/").status_code == 403
    assert viewer.post(f"{LIBRARY}delete-for-good/", {"document": document.pk}).status_code == 403
    run(viewer, "trash", document)
    with tenant_scope(meridian):
        document.refresh_from_db()
        assert not document.is_trashed


def test_who_may_not_see_documents_gets_no_file(meridian):
    document = bring(meridian).document
    nobody = log_in(make_person("nora", meridian, "view_order"), meridian)
    for part in ("change", "text", "download", "preview"):
        assert nobody.get(page_of(document, part)).status_code == 403, part


# The file


def test_a_file_is_saved_and_never_shown_as_a_page(viewer, meridian):
    script = b"<!doctype html><script>alert(document.cookie)</script>"
    document = bring(meridian, script, "fees\u202e.html").document
    answer = viewer.get(page_of(document, "download"))
    assert b"".join(answer.streaming_content) == script
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="fees.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_that_the_storage_has_lost_is_said_to_be_lost(viewer, meridian, media):
    document = bring(meridian).document
    for path in files_in(media):
        path.unlink()
    assert viewer.get(page_of(document, "download")).status_code == 404


# The text


def test_a_citation_leads_to_its_page_with_its_words_highlighted(viewer, meridian):
    document = bring(meridian).document
    put_text(meridian, document, "Äpfel first.\fThe fee is 575 dollars.", [0, 13])
    page = shown(viewer, f"{page_of(document, 'text')}?start=17&end=35")
    assert "report, page 2 of 2" in page
    assert '<mark id="cited" class="agent-mark">fee is 575 dollars</mark>.' in page
    assert "Äpfel" not in page
    assert "Äpfel first." in shown(viewer, page_of(document, "text"))


def test_a_citation_of_a_former_version_shows_that_version_and_names_the_newer(viewer, meridian):
    first = bring(meridian, b"one", "fees.txt").document
    put_text(meridian, first, "The old fee.", [0])
    newer = bring_version(meridian, first, b"two").document
    page = shown(viewer, f"{page_of(first, 'text')}?start=4&end=7")
    assert ">old</mark>" in page and page_of(newer, "text") in page


def test_the_text_is_shown_as_text(viewer, meridian):
    document = bring(meridian).document
    put_text(meridian, document, "<script>alert(1)</script>", [0])
    page = shown(viewer, f"{page_of(document, 'text')}?start=0&end=8")
    assert "&lt;script&gt;</mark>alert(1)" in page


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?start=99999999999", "?start=-1&end=2", "?start=9&end=1"]
)
def test_numbers_that_make_no_sense_lead_to_a_page_all_the_same(viewer, meridian, query):
    document = bring(meridian).document
    put_text(meridian, document, "One page only.", [0])
    assert "One page" in shown(viewer, page_of(document, "text") + query)


def test_a_long_text_is_read_a_window_at_a_time_to_its_end(meridian):
    document = bring(meridian).document
    content = "".join(f"line {number:07d}\n" for number in range(6_000))
    put_text(meridian, document, content, [0])
    with tenant_scope(meridian):
        cited = read_excerpt(document, start=60_000, end=60_012)
        assert cited.marked == content[60_000:60_012]
        assert cited.before == content[cited.start : 60_000] and len(cited.before + cited.after) < WINDOW
        pieces, at = [], 0
        while at < len(content):
            excerpt = read_excerpt(document, start=at, end=at)
            pieces.append((excerpt.before + excerpt.after)[at - excerpt.start :])
            assert excerpt.end > at
            at = excerpt.end
        assert "".join(pieces) == content


# A document's page


def test_the_page_tells_what_was_read_and_where_it_came_from(boss, meridian):
    document = bring(meridian, PROSE, "report.txt").document
    read(meridian)
    page = shown(boss, page_of(document))
    for words in (
        "Read the text",
        "1 of 1",
        "Uploaded by a person",
        "report.txt",
        "Version 1",
        document.sha256,
    ):
        assert words in page, words


def test_the_page_asks_no_more_of_the_database_for_more_sources_versions_and_jobs(boss, meridian):
    document = bring(meridian, b"one", "fees.txt").document

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(boss, page_of(document))
        return len(queries)

    count()
    few = count()
    for number in range(4):
        bring_version(meridian, document, b"version %d" % number)
        with tenant_scope(meridian):
            DocumentSource.objects.create(
                document=document, type="order_document", source="orders", key=str(number),
                added_at=timezone.now(), added_by="agent",
            )  # fmt: skip
            ExtractionJob.objects.create(
                document=document, step="extract", state="done", not_before=timezone.now(),
                queued_at=timezone.now(), queued_by="ana", finished_at=timezone.now(), claimed_at=timezone.now(),
            )  # fmt: skip
    assert count() == few


def test_a_person_files_describes_trashes_and_restores_a_document(clerk, meridian):
    document = bring(meridian, PROSE, "report.txt").document
    assert "filed as contract" in press(clerk, document, "recategorise", category="contract")
    wrong = {"title": "Sales contract", "effective_date": "2026-02-01", "expiry_date": "2026-01-01"}
    assert "cannot expire before" in press(clerk, document, "describe-anew", **wrong)
    right = wrong | {"expiry_date": "2026-03-01"}
    assert "“Sales contract” is changed." in press(clerk, document, "describe-anew", **right)
    assert "Select a valid choice" in press(clerk, document, "recategorise", category="novel")
    assert "in the trash" in press(clerk, document, "trash")
    page = shown(clerk, page_of(document))
    assert (
        "Restore from the trash" in page and "Delete for good" in page and "Change the category" not in page
    )
    assert "back in the library" in press(clerk, document, "restore")
    with tenant_scope(meridian):
        document.refresh_from_db()
        assert (document.category, document.category_set_by) == (Category.CONTRACT, "omar")
        assert not document.is_trashed


def test_a_document_in_the_trash_is_deleted_for_good_with_its_file(clerk, meridian, media):
    document = bring(meridian).document
    answer = clerk.post(f"{LIBRARY}delete-for-good/", {"document": document.pk}, follow=True)
    assert "is not in the trash" in told(answer)
    press(clerk, document, "trash")
    answer = clerk.post(f"{LIBRARY}delete-for-good/", {"document": document.pk}, follow=True)
    assert told(answer) == "1 document is deleted for good."
    assert files_in(media) == []
    with tenant_scope(meridian):
        assert not Document.objects.exists()


def test_a_new_version_is_added_and_its_page_opened(clerk, meridian):
    document = bring(meridian, b"one", "fees.txt").document
    file = SimpleUploadedFile("fees 2027.txt", b"two")
    answer = clerk.post(page_of(document, "version"), {"file": file}, follow=True)
    assert told(answer) == "fees 2027.txt: added as a new version."
    with tenant_scope(meridian):
        newer = Document.objects.get(version=2)
        assert newer.series == document.series
    assert answer.redirect_chain[-1][0] == page_of(newer)
    assert "Choose the file" in told(clerk.post(page_of(document, "version"), {}, follow=True))


# Uploads


def test_each_file_of_an_upload_has_a_result_of_its_own(clerk, meridian, harborpine):
    bring(harborpine, b"theirs", "theirs.txt")
    bring(meridian, b"known", "known.txt")
    files = [
        SimpleUploadedFile("new.txt", b"new"),
        SimpleUploadedFile("again.txt", b"known"),
        SimpleUploadedFile("theirs.txt", b"theirs"),
        SimpleUploadedFile("nothing.txt", b""),
    ]
    answer = clerk.post(f"{LIBRARY}upload/", {"files": files, "category": "contract"})
    results = [(result.name, result.word, bool(result.sentence)) for result in answer.context["results"]]
    words = ["Added", "In the library already", "Added", "Refused"]
    assert [
        (name, word in shown_word) for (name, shown_word, _), word in zip(results, words, strict=True)
    ] == [(file.name, True) for file in files]
    assert "nothing.txt is empty" in answer.content.decode()
    with tenant_scope(meridian):
        assert Document.objects.get(name="new.txt").category == Category.CONTRACT
        assert Document.objects.count() == 3


def test_a_file_that_the_storage_fails_at_is_refused_and_the_others_are_taken(clerk, meridian, media):
    block(media, meridian, b"two")
    document = bring(meridian, b"first").document
    files = [SimpleUploadedFile(f"{name}.txt", name.encode()) for name in ("one", "two", "three")]
    answer = clerk.post(f"{LIBRARY}upload/", {"files": files})
    said = [(result.name, result.sentence) for result in answer.context["results"]]
    assert [name for name, _ in said] == ["one.txt", "two.txt", "three.txt"]
    assert "The storage failed (" in said[1][1] and not said[0][1] and not said[2][1]
    file = SimpleUploadedFile("two.txt", b"two")
    answer = clerk.post(page_of(document, "version"), {"file": file}, follow=True)
    assert "The storage failed (" in told(answer)
    with tenant_scope(meridian):
        assert set(Document.objects.values_list("name", flat=True)) == {"report.txt", "one.txt", "three.txt"}


def test_an_upload_without_a_file_says_what_is_missing(clerk, meridian):
    answer = clerk.post(f"{LIBRARY}upload/", {"category": ""})
    assert "Choose one file or several." in answer.content.decode()


def test_only_who_is_cleared_uploads_restricted_documents(clerk, boss, meridian):
    for browser, name in ((clerk, "clerk.txt"), (boss, "boss.txt")):
        file = SimpleUploadedFile(name, name.encode())
        browser.post(f"{LIBRARY}upload/", {"files": [file], "visibility": "restricted"})
    with tenant_scope(meridian):
        found = dict(Document.objects.values_list("name", "visibility"))
    assert found == {"clerk.txt": Visibility.COMPANY, "boss.txt": Visibility.RESTRICTED}
    files = [SimpleUploadedFile("again.txt", b"clerk.txt")]
    answer = boss.post(f"{LIBRARY}upload/", {"files": files, "visibility": "restricted"})
    assert "now it is restricted, in all its versions" in answer.content.decode()
    with tenant_scope(meridian):
        assert Document.objects.get(name="clerk.txt").visibility == Visibility.RESTRICTED


# Several at once


def test_ticked_documents_are_filed_trashed_restored_and_deleted_together(clerk, meridian, harborpine):
    one, two, three = (bring(meridian, name.encode(), f"{name}.txt").document for name in ("a", "b", "c"))
    theirs = bring(harborpine, b"a").document
    assert told(run(clerk, "category_sop", one, two, theirs)) == "2 documents filed as operating procedure."
    assert told(run(clerk, "trash", one, two)) == "2 documents moved to the trash."
    assert told(run(clerk, "restore", two)) == "1 document restored."
    question = clerk.post(
        f"{LIBRARY}?place=trash", {"action": "delete_for_good", "_selected_action": [one.pk, three.pk]}
    )
    assert [document.pk for document in question.context["documents"]] == [one.pk]
    assert "1 of the ticked documents is not in the trash" in question.content.decode()
    clerk.post(f"{LIBRARY}delete-for-good/", {"document": [one.pk, theirs.pk]})
    with tenant_scope(meridian):
        assert set(Document.objects.live().values_list("pk", "category")) == {
            (two.pk, Category.SOP), (three.pk, Category.OTHER),
        }  # fmt: skip
    with tenant_scope(harborpine):
        assert Document.objects.live().get().category == Category.OTHER


# The queue


def test_what_failed_is_tried_again_one_by_one_and_all_at_once(clerk, boss, meridian, harborpine):
    for tenant in (meridian, harborpine):
        document = bring(tenant).document
        with tenant_scope(tenant):
            ExtractionJob.objects.update(
                state=JobState.FAILED, finished_at=timezone.now(), reason="It broke."
            )
            Document.objects.update(extraction_status=ExtractionStatus.FAILED)
    with tenant_scope(meridian):
        job = ExtractionJob.objects.get()
    assert "It broke." in shown(boss, QUEUE)
    answer = boss.post(f"{QUEUE}{job.pk}/try-again/", follow=True)
    assert told(answer) == "“report” is in the queue."
    with tenant_scope(meridian):
        assert ExtractionJob.objects.get(state=JobState.WAITING).queued_by == "dana"
        ExtractionJob.objects.update(state=JobState.FAILED, finished_at=timezone.now())
        Document.objects.update(extraction_status=ExtractionStatus.FAILED)
    assert told(boss.post(f"{QUEUE}retry-failed/", follow=True)) == "1 document is in the queue."
    with tenant_scope(harborpine):
        document.refresh_from_db()
        assert document.extraction_status == ExtractionStatus.FAILED
    assert log_in(make_person("vito", meridian, "view_extractionjob"), meridian).post(
        f"{QUEUE}retry-failed/"
    ).status_code == 403  # fmt: skip
