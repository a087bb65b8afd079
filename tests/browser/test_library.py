"""The library's pages: the list, an upload, a document with its preview, its text, the trash, and the queue."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from agent.tenancy import tenant_scope
from documents.index.indexing import index_document
from documents.models import Document
from documents.pipeline import process_extractions
from tests.documents.files import paged_pdf, show
from tests.documents.library import bring

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]

LIBRARY = "/admin/documents/document/"
LINES = ("Fee schedule", "A drive-by inspection costs 150 dollars.", "A full appraisal costs 575 dollars.")


@pytest.fixture
def window(open_window, width, meridian, harborpine):
    """Dana's window on Meridian's library, with one PDF that was read and one file that cannot be."""
    pages = [show([(72, 700 - 20 * n, line) for n, line in enumerate(LINES)], size=14)] * 2
    bring(meridian, paged_pdf(pages), "Fee schedule 2026.pdf")
    bring(
        meridian,
        b"%PDF-1.7 and nothing else",
        "a-very-long-name-of-a-file-without-any-blank-in-it-2026-11-23.pdf",
    )
    bring(harborpine)
    process_extractions(tenant=meridian, now=timezone.now())
    return open_window(width, User.objects.create_superuser("dana", password="x"), meridian)


def test_a_document_is_found_looked_at_read_and_put_into_the_trash(window, meridian):
    page = window.open(LIBRARY)
    window.expect_sound()
    window.follow("Fee schedule 2026")
    picture = page.get_by_alt_text("First page of Fee schedule 2026")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    window.expect_sound()
    window.follow("Read the text")
    assert page.get_by_text("A full appraisal costs 575 dollars.").is_visible()
    window.expect_sound()
    with tenant_scope(meridian):
        document = Document.objects.get(title="Fee schedule 2026")
    window.open(f"{LIBRARY}{document.pk}/text/?start=13&end=33#cited")
    assert page.locator("mark").inner_text() == "A drive-by inspection"[:20]
    window.expect_sound()
    window.open(f"{LIBRARY}{document.pk}/change/")
    window.press("Move to the trash")
    assert page.get_by_role("button", name="Delete for good").is_visible()
    window.expect_sound()


def test_files_are_uploaded_and_each_has_its_result(window, tmp_path):
    for name, content in (("one.txt", "The first."), ("two.txt", "")):
        (tmp_path / name).write_text(content)
    page = window.open(LIBRARY)
    window.follow("Add documents")
    window.expect_sound()
    page.get_by_label("Files").set_input_files([tmp_path / "one.txt", tmp_path / "two.txt"])
    window.press("Add the files")
    assert page.get_by_text("two.txt is empty").is_visible()
    window.expect_sound()


def test_the_queue_tells_what_failed_and_tries_it_again(window):
    page = window.open("/admin/documents/extractionjob/")
    window.expect_sound()
    window.press("Try everything again that failed")
    assert page.get_by_text("1 document is in the queue.").is_visible()
    window.expect_sound()


def test_the_search_shows_why_a_document_was_found_and_leads_to_the_words(window, meridian):
    with tenant_scope(meridian):
        document = Document.objects.get(title="Fee schedule 2026")
    index_document(tenant=meridian, document_id=document.pk, now=timezone.now())
    page = window.open(LIBRARY)
    page.get_by_label("Search in documents").fill("costs of an appraisal")
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("search").get_by_role("button", name="Search").click()
    assert page.locator("mark").first.inner_text() == "costs"
    window.expect_sound()
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name="of Fee schedule 2026, passage 1").click()
    assert "A full appraisal costs 575 dollars." in page.locator("mark#cited").inner_text()
    window.expect_sound()
