"""Taking files in, versions, the trash, deletion, and what people say of documents."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from agent.models import Event
from agent.tenancy import TenantScopeOpen, tenant_scope
from documents.files import FileRefused, spooled
from documents.models import Document, DocumentSource, DocumentText, ExtractionJob, StoredFile
from documents.services import (
    ContentTaken,
    Details,
    DetailsRefused,
    Origin,
    Outcome,
    StillInLibrary,
    delete_documents,
    describe_document,
    empty_trash,
    follow_suggestion,
    open_file,
    recategorise_documents,
    restore_documents,
    set_visibility,
    trash_documents,
)
from documents.services.registering import clean_name
from documents.states import Category, ExtractionStatus, FileState, SourceState, SourceType, Visibility
from tests.documents.library import PROSE, bring, bring_version, codes_of, files_in

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]
ORDER = Origin(
    type=SourceType.ORDER_DOCUMENT,
    source="orders",
    key="41",
    label="Order 1041: report",
    reference_kind="order",
    reference_id="1041",
)


def rows_of(tenant):
    with tenant_scope(tenant):
        return list(Document.objects.order_by("pk"))


def test_a_file_becomes_a_document_that_waits_to_be_read(meridian, harborpine, media, now):
    registered = bring(meridian, name="C:\\Desk\\URAR_report.pdf", content=b"%PDF-1.7 ...")
    assert registered.outcome == Outcome.ADDED
    (document,) = rows_of(meridian)
    assert (document.name, document.title, document.media_type) == (
        "URAR_report.pdf",
        "URAR report",
        "application/pdf",
    )
    assert (document.size, document.version, document.is_latest) == (12, 1, True)
    assert document.extraction_status == ExtractionStatus.PENDING
    assert (document.category, document.category_set_by) == (Category.APPRAISAL_REPORT, "")
    assert "urar" in document.suggestion_reason.lower()
    with tenant_scope(meridian):
        assert ExtractionJob.objects.due(now).get().document_id == document.pk
        with open_file(StoredFile.objects.kept().get()) as file:
            assert file.read() == b"%PDF-1.7 ..."
        assert Event.objects.get(kind="document.added").data["by"] == "ana"
    assert [path.stat().st_mode & 0o777 for path in files_in(media)] == [0o600]
    assert rows_of(harborpine) == []


def test_the_same_content_is_one_document_with_two_sources(meridian, harborpine, media):
    first = bring(meridian)
    again = bring(meridian, name="copy of report.txt")
    by_order = bring(meridian, origin=ORDER, actor="agent")
    assert [again.outcome, by_order.outcome] == [Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert again.document.pk == by_order.document.pk == first.document.pk
    with tenant_scope(meridian):
        labels = DocumentSource.objects.filter(document=first.document).order_by("pk")
        assert [row.label for row in labels] == ["report.txt", "copy of report.txt", "Order 1041: report"]
    assert len(files_in(media)) == 1
    assert bring(harborpine).outcome == Outcome.ADDED
    assert len(files_in(media)) == 2
    assert codes_of(meridian) == codes_of(harborpine) == []


def test_bringing_the_same_file_from_the_same_place_again_changes_nothing(meridian):
    bring(meridian, origin=ORDER)
    bring(meridian, origin=ORDER)
    with tenant_scope(meridian):
        assert DocumentSource.objects.count() == 1


def test_a_document_of_which_nothing_was_read_is_read_again_when_it_comes_again(meridian, harborpine, now):
    document = bring(meridian).document
    rival = bring(harborpine).document
    for tenant, status, characters in (
        (meridian, ExtractionStatus.FAILED, 0),
        (harborpine, ExtractionStatus.COMPLETED, 80),
    ):
        with tenant_scope(tenant):
            ExtractionJob.objects.all().delete()
            Document.objects.update(extraction_status=status, characters=characters)
    assert bring(meridian).is_read_again
    assert not bring(harborpine).is_read_again
    with tenant_scope(meridian):
        assert ExtractionJob.objects.due(now).get().document_id == document.pk
        assert Document.objects.get().extraction_status == ExtractionStatus.PENDING
    with tenant_scope(harborpine):
        assert Document.objects.get().extraction_status == ExtractionStatus.COMPLETED
        assert not ExtractionJob.objects.filter(document=rival).exists()


def test_an_empty_file_and_one_too_large_are_refused_with_nothing_kept(meridian, media, settings):
    settings.DOCUMENT_MAX_MEGABYTES = 1
    with pytest.raises(FileRefused, match=r"empty.txt is empty"):
        bring(meridian, b"", name="empty.txt")
    with pytest.raises(FileRefused, match=r"large.txt has more than the 1 MB"):
        bring(meridian, b"x" * (1024 * 1024 + 1), name="large.txt")
    with tenant_scope(meridian):
        assert not StoredFile.objects.exists()
    assert files_in(media) == []


def test_a_document_that_expires_before_it_takes_effect_is_refused(meridian):
    dates = Details(effective_date=date(2026, 3, 1), expiry_date=date(2026, 2, 1))
    with pytest.raises(FileRefused, match="cannot expire before"):
        bring(meridian, details=dates)
    assert rows_of(meridian) == []


def test_taking_a_file_in_refuses_to_run_inside_a_transaction(meridian):
    with pytest.raises(TenantScopeOpen), tenant_scope(meridian):
        bring(meridian)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("inv\u202efdp.exe", "invfdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "document"),
        ("b\udcfcro.pdf", "b\ufffdro.pdf"),
        (f"{'x' * 400}.pdf", f"{'x' * 251}.pdf"),
    ],
)
def test_a_name_hides_neither_a_folder_nor_what_the_file_is(given, kept):
    assert clean_name(given) == kept


def test_eight_who_bring_the_same_file_at_once_make_one_document(meridian, media):
    barrier, outcomes = Barrier(8), []

    def work():
        try:
            barrier.wait()
            outcomes.append(bring(meridian).outcome)
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ADDED, *[Outcome.DUPLICATE] * 7]
    assert len(rows_of(meridian)) == len(files_in(media)) == 1
    with tenant_scope(meridian):
        assert not StoredFile.objects.unfinished().exists()
    assert codes_of(meridian) == []


def test_a_new_version_is_the_latest_and_the_old_one_stays(meridian, harborpine, now):
    first = bring(meridian, name="sop.txt").document
    rival = bring(harborpine, name="sop.txt").document
    with tenant_scope(meridian):
        recategorise_documents(document_ids=[first.pk], category=Category.INTERNAL, actor="ana", now=now)
        set_visibility(document_ids=[first.pk], visibility=Visibility.RESTRICTED, actor="ana", now=now)
        describe_document(document_id=first.pk, changes={"title": "Our procedure"}, actor="ana", now=now)
    second = bring_version(meridian, first, b"Step 1: as before, and sign.")
    third = bring_version(meridian, first, b"Step 1: as before, and sign twice.")
    assert [second.outcome, third.outcome] == [Outcome.VERSION, Outcome.VERSION]
    versions = rows_of(meridian)
    assert [(row.version, row.is_latest) for row in versions] == [(1, False), (2, False), (3, True)]
    assert {
        (row.series, row.title, row.category, row.category_set_by, row.visibility) for row in versions
    } == {(first.series, "Our procedure", Category.INTERNAL, "ana", Visibility.RESTRICTED)}
    with tenant_scope(meridian):
        assert [row.pk for row in Document.objects.latest()] == [third.document.pk]
        with open_file(Document.objects.get(pk=first.pk).file) as file:
            assert file.read() == PROSE
    with pytest.raises(Document.DoesNotExist):
        bring_version(meridian, rival, b"A version of somebody else's.")


def test_a_version_that_is_in_the_library_already_is_a_duplicate(meridian):
    first = bring(meridian).document
    bring_version(meridian, first, b"Newer.")
    back = bring_version(meridian, first, PROSE)
    assert (back.outcome, back.document.pk) == (Outcome.DUPLICATE, first.pk)
    assert [row.is_latest for row in rows_of(meridian)] == [False, True]


def test_the_trash_takes_all_versions_and_gives_them_back(meridian, harborpine, now):
    first = bring(meridian).document
    second = bring_version(meridian, first, b"Newer.").document
    rival = bring(harborpine).document
    with tenant_scope(meridian):
        gone = trash_documents(document_ids=[second.pk, rival.pk], actor="ana", now=now)
        assert [row.pk for row in gone] == [first.pk, second.pk]
        assert not Document.objects.live().exists()
        restore_documents(document_ids=[first.pk], actor="ana", now=now)
        assert [(row.pk, row.is_latest) for row in Document.objects.live().order_by("pk")] == [
            (first.pk, False),
            (second.pk, True),
        ]
    assert [row.is_trashed for row in rows_of(harborpine)] == [False]
    assert codes_of(meridian) == []


def test_when_the_latest_version_alone_is_trashed_the_one_before_it_is_the_latest(meridian, now):
    first = bring(meridian).document
    second = bring_version(meridian, first, b"Wrong file.").document
    with tenant_scope(meridian):
        trash_documents(document_ids=[second.pk], actor="ana", now=now, only_this_version=True)
        assert [row.pk for row in Document.objects.latest()] == [first.pk]
        restore_documents(document_ids=[second.pk], actor="ana", now=now, only_this_version=True)
        assert [row.pk for row in Document.objects.latest()] == [second.pk]
    third = bring_version(meridian, first, b"Right file.").document
    assert third.version == 3


def test_what_a_person_trashed_comes_back_when_a_person_brings_it_and_not_by_itself(meridian, now):
    document = bring(meridian).document
    with tenant_scope(meridian):
        trash_documents(document_ids=[document.pk], actor="ana", now=now)
    assert bring(meridian, origin=ORDER, actor="agent").outcome == Outcome.TRASHED
    assert rows_of(meridian)[0].is_trashed
    assert bring(meridian).outcome == Outcome.RESTORED
    (row,) = rows_of(meridian)
    assert (row.is_trashed, row.is_latest) == (False, True)


def test_a_document_cannot_be_restored_beside_the_same_content(meridian, now):
    document = bring(meridian).document
    with tenant_scope(meridian):
        trash_documents(document_ids=[document.pk], actor="ana", now=now)
        # Live again under another document, as a race would leave it.
        Document.objects.create(
            name="twin.txt",
            title="Twin",
            size=1,
            sha256=document.sha256,
            file=document.file,
            added_at=now,
            added_by="bo",
        )
        with pytest.raises(ContentTaken, match="in the library as “Twin”"):
            restore_documents(document_ids=[document.pk], actor="ana", now=now)
        Document.objects.filter(name="twin.txt").update(visibility=Visibility.RESTRICTED)
        with pytest.raises(ContentTaken, match="in the library as a restricted document. Leave"):
            restore_documents(document_ids=[document.pk], actor="ana", now=now, is_cleared=False)


def test_deleting_for_good_leaves_nothing_but_the_memory_that_it_was_there(meridian, harborpine, media, now):
    document = bring(meridian, origin=ORDER).document
    rival = bring(harborpine, origin=ORDER).document
    with tenant_scope(meridian):
        DocumentText.objects.create(document=document, content="Text", page_starts=[0], read_at=now)
        trash_documents(document_ids=[document.pk], actor="ana", now=now)
    ids = [document.pk, rival.pk]
    assert delete_documents(tenant=meridian, document_ids=ids, actor="ana", now=now) == 1
    with tenant_scope(meridian):
        left = [Document, DocumentText, ExtractionJob, StoredFile]
        assert [model.__name__ for model in left if model.objects.exists()] == []
        source = DocumentSource.objects.get()
        assert (source.state, source.label, source.document_id) == (SourceState.REMOVED, "", None)
    assert len(files_in(media)) == 1
    assert bring(meridian, origin=ORDER, actor="agent").outcome == Outcome.REMOVED
    assert bring(meridian).outcome == Outcome.ADDED
    assert [row.pk for row in rows_of(harborpine)] == [rival.pk]
    assert codes_of(meridian) == codes_of(harborpine) == []


def test_what_is_not_in_the_trash_is_not_deleted(meridian, now):
    document = bring(meridian).document
    with pytest.raises(StillInLibrary, match="Put it there first"):
        delete_documents(tenant=meridian, document_ids=[document.pk], actor="ana", now=now)
    assert len(rows_of(meridian)) == 1


def test_the_trash_is_emptied_of_what_is_past_its_age(meridian, harborpine, now):
    old, new = bring(meridian).document, bring(meridian, b"Newer.").document
    bring(harborpine)
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            trash_documents(
                document_ids=[row.pk for row in Document.objects.exclude(pk=new.pk)],
                actor="ana",
                now=now - timedelta(days=31),
            )
    with tenant_scope(meridian):
        trash_documents(document_ids=[new.pk], actor="ana", now=now - timedelta(days=29))
    assert empty_trash(tenant=meridian, now=now) == 1
    assert [row.pk for row in rows_of(meridian)] == [new.pk]
    assert old.pk not in {row.pk for row in rows_of(meridian)}
    assert len(rows_of(harborpine)) == 1


def test_what_is_restored_while_the_trash_is_emptied_stays_and_the_others_go(meridian, harborpine, now):
    wanted, old = bring(meridian).document, bring(meridian, b"Old.").document
    bring(harborpine)
    with tenant_scope(meridian):
        trash_documents(document_ids=[wanted.pk, old.pk], actor="ana", now=now - timedelta(days=31))
    restored = []

    def restore():
        with tenant_scope(meridian):
            restored.extend(restore_documents(document_ids=[wanted.pk], actor="ana", now=now))
        connections.close_all()

    def restore_after_the_look(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if not restored and "trashed_at" in sql and "ORDER BY" in sql:
            quick = Thread(target=restore)
            quick.start()
            quick.join()
        return result

    with connection.execute_wrapper(restore_after_the_look):
        assert empty_trash(tenant=meridian, now=now) == 1
    assert [row.pk for row in restored] == [wanted.pk]
    assert [row.pk for row in rows_of(meridian)] == [wanted.pk]
    assert len(rows_of(harborpine)) == 1
    assert codes_of(meridian) == []


def test_a_persons_category_stands_until_it_is_taken_back(meridian, harborpine, now):
    document = bring(meridian, name="invoice 17.txt").document
    rival = bring(harborpine, name="invoice 17.txt").document
    assert document.category == Category.INVOICE
    with tenant_scope(meridian):
        ids = [document.pk, rival.pk]
        assert recategorise_documents(document_ids=ids, category=Category.CONTRACT, actor="ana", now=now) == 1
        row = Document.objects.get()
        assert (row.category, row.category_set_by, row.category_set_at) == (Category.CONTRACT, "ana", now)
        follow_suggestion(document_ids=ids, actor="ana", now=now)
        row = Document.objects.get()
        assert (row.category, row.category_set_by, row.category_set_at) == (Category.INVOICE, "", None)
    assert rows_of(harborpine)[0].category_set_by == ""


@pytest.mark.parametrize("is_trashed", [False, True])
def test_content_that_comes_again_to_be_restricted_is_restricted_in_all_versions(
    meridian, harborpine, now, is_trashed
):
    first = bring(meridian).document
    second = bring_version(meridian, first, b"Two.").document
    bring(harborpine)
    if is_trashed:
        with tenant_scope(meridian):
            trash_documents(document_ids=[first.pk], actor="ana", now=now)
    secret = Details(visibility=Visibility.RESTRICTED)
    uncleared = bring(meridian, b"Two.", details=secret, is_cleared=False)
    assert (uncleared.is_restricted, uncleared.document.visibility) == (False, Visibility.COMPANY)
    again = bring(meridian, details=secret)
    assert (again.document.pk, again.is_restricted) == (first.pk, True)
    assert again.document.visibility == Visibility.RESTRICTED
    assert not bring(meridian, b"Two.", details=secret).is_restricted
    with tenant_scope(meridian):
        rows = Document.objects.values_list("pk", "visibility")
        assert dict(rows) == {first.pk: Visibility.RESTRICTED, second.pk: Visibility.RESTRICTED}
    assert [row.visibility for row in rows_of(harborpine)] == [Visibility.COMPANY]


def test_no_event_says_what_a_document_is_called(meridian, harborpine, now):
    secret = Details(title="Severance of Ada Marsh", visibility=Visibility.RESTRICTED)
    document = bring(meridian, name="Ada Marsh.txt", details=secret).document
    bring(harborpine)
    changes = {"title": "Severance of A. Marsh", "expiry_date": date(2027, 1, 31)}
    with tenant_scope(meridian):
        describe_document(document_id=document.pk, changes=changes, actor="ana", now=now)
        trash_documents(document_ids=[document.pk], actor="ana", now=now)
    delete_documents(tenant=meridian, document_ids=[document.pk], actor="ana", now=now)
    with tenant_scope(meridian):
        told = list(Event.objects.order_by("pk").values_list("kind", "data"))
    assert [kind for kind, _ in told] == [
        "document.added", "document.described", "document.trashed", "document.deleted",
    ]  # fmt: skip
    assert told[1][1] == {"version": 1, "by": "ana", "changed": ["expiry_date", "title"]}
    assert "Marsh" not in str(told)


def test_many_documents_are_recategorised_in_as_many_statements_as_one(meridian, now):
    ids = [bring(meridian, f"Number {number}".encode()).document.pk for number in range(5)]

    def count(chosen):
        with tenant_scope(meridian), CaptureQueriesContext(connection) as queries:
            recategorise_documents(document_ids=chosen, category=Category.SOP, actor="ana", now=now)
        return len(queries)

    assert count(ids[:1]) == count(ids) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"effective_date": date(2026, 2, 2), "expiry_date": date(2026, 2, 1)},
        {"sha256": "0" * 64},
    ],
)
def test_what_cannot_be_said_of_a_document_is_refused(meridian, now, changes):
    document = bring(meridian).document
    with pytest.raises(DetailsRefused), tenant_scope(meridian):
        describe_document(document_id=document.pk, changes=changes, actor="ana", now=now)


def test_a_file_that_changes_while_it_is_read_is_kept_as_it_was_read(meridian):
    """The copy is private: what is stored has the digest that is recorded, whatever happens to the original."""
    with spooled(BytesIO(PROSE), name="x") as spool:
        assert spool.size == len(PROSE)
    bring(meridian)
    with tenant_scope(meridian):
        assert StoredFile.objects.get().state == FileState.KEPT
