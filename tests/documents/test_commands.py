"""`ingest_documents` and `documents_check` as an operator meets them."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from agent.tenancy import tenant_scope
from documents.models import Document, DocumentText, ExtractionJob, StoredFile
from documents.states import Category, ExtractionStatus
from tests.documents.library import PROSE, block, bring, files_in

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]


def run(*arguments):
    """The exit code of a command, and what it wrote to both streams."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    (folder / "report.txt").write_bytes(PROSE)
    (folder / "more" / "copy.txt").write_bytes(PROSE)
    (folder / "more" / "invoice 9.txt").write_bytes(b"Invoice number 9")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"Not looked at.")
    return folder


def test_a_folder_is_taken_in_file_by_file_and_read(meridian, harborpine, folder):
    code, out, err = run("ingest_documents", folder, "--tenant", "meridian", "--format", "json")
    results = {entry["file"].rpartition("/")[2]: entry for entry in map(json.loads, out.splitlines())}
    assert {name: entry["outcome"] for name, entry in results.items()} == {
        "report.txt": "added",
        "copy.txt": "duplicate",
        "invoice 9.txt": "added",
        "empty.txt": "refused",
    }
    assert code == 4
    assert "Read: 2.\n3 of 4 files are in the library." in err
    assert "empty" in results["empty.txt"]["reason"]
    with tenant_scope(meridian):
        documents = list(Document.objects.order_by("name"))
        assert {row.extraction_status for row in documents} == {ExtractionStatus.COMPLETED}
        assert [row.category for row in documents] == [Category.INVOICE, Category.APPRAISAL_REPORT]
    with tenant_scope(harborpine):
        assert not Document.objects.exists()
    (folder / "empty.txt").unlink()
    code, out, _ = run("ingest_documents", folder, "--tenant", "meridian")
    assert code == 0
    assert out.count("in the library already as document") == 3


def test_what_could_not_be_read_is_said_with_the_reason(meridian, tmp_path):
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99)
    (tmp_path / "plain.txt").write_bytes(PROSE)
    paths = [tmp_path / "scan.png", tmp_path / "plain.txt"]
    code, _, err = run("ingest_documents", *paths, "--tenant", "meridian")
    assert code == 0
    assert "Read: 1.\n" in err
    assert "Left unread: 1. The file holds pictures of text" in err


def test_reading_can_be_left_to_a_worker_and_the_category_said_for_all(meridian, folder):
    (folder / "empty.txt").unlink()
    code, _, _ = run("ingest_documents", folder, "--tenant", "meridian", "--queue-only", "--category", "sop")
    assert code == 0
    with tenant_scope(meridian):
        assert {row.category for row in Document.objects.all()} == {Category.SOP}
        assert all(row.category_set_by for row in Document.objects.all())
        assert ExtractionJob.objects.open().count() == 2


def test_a_file_that_the_storage_fails_at_is_refused_and_the_next_one_taken(meridian, folder, media):
    block(media, meridian, b"Invoice number 9")
    (folder / "empty.txt").unlink()
    code, out, err = run("ingest_documents", folder, "--tenant", "meridian", "--queue-only")
    assert code == 4
    assert "invoice 9.txt: refused. The storage failed (" in err
    assert "2 of 3 files are in the library." in err


def test_what_is_not_there_is_refused_by_name(meridian, tmp_path):
    code, out, err = run("ingest_documents", tmp_path / "nowhere.pdf", "--tenant", "meridian")
    assert (code, out) == (1, "")
    assert "nowhere.pdf is not there. Check the path." in err


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_name_that_is_no_utf_8_is_taken_in_and_stops_nothing(meridian, harborpine, folder, form):
    (folder / "b\udcfcro.txt").write_bytes(b"Written under Latin-1.")
    (folder / "l\udcfcck.txt").write_bytes(b"")
    code, out, err = run("ingest_documents", folder, "--tenant", "meridian", "--queue-only", "--format", form)
    assert code == 4
    assert "udcfcro.txt" in out and (out + err).encode("utf-8")
    assert "4 of 6 files are in the library." in err
    with tenant_scope(meridian):
        assert set(Document.objects.values_list("name", flat=True)) >= {"b\ufffdro.txt", "report.txt"}
    with tenant_scope(harborpine):
        assert not Document.objects.exists()


def test_an_unknown_tenant_is_named_with_those_there_are(meridian, folder):
    with pytest.raises(CommandError, match="Unknown tenant acme. Known: meridian"):
        call_command("ingest_documents", str(folder), "--tenant", "acme")


def test_a_library_in_order_is_said_to_be(meridian, harborpine):
    bring(meridian)
    assert run("documents_check") == (0, "", "2 libraries checked: nothing wrong.\n")


def test_each_thing_that_is_wrong_is_a_line_that_says_what_to_do(meridian, harborpine, media, now):
    names = ["missing", "changed", "textless", "unqueued", "headless"]
    documents = {name: bring(meridian, name.encode() * 9, name=f"{name}.txt").document for name in names}
    bring(harborpine)
    (media / documents["missing"].file.key).unlink()
    (media / documents["changed"].file.key).write_bytes(b"Something else.")
    stray = media / f"tenant-{meridian.pk}" / "ab" / "stray"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"Nobody's.")
    with tenant_scope(meridian):
        StoredFile.objects.create(
            key="tenant-x/nobodys", sha256="0" * 64, size=1, state="kept", touched_at=now
        )
        StoredFile.objects.create(
            key="tenant-x/late", sha256="1" * 64, size=1, state="doomed", touched_at=now
        )
        Document.objects.filter(pk=documents["textless"].pk).update(characters=9)
        ExtractionJob.objects.filter(document=documents["unqueued"]).delete()
        Document.objects.filter(pk=documents["headless"].pk).update(is_latest=False)
        assert not DocumentText.objects.exists()
    code, out, err = run("documents_check", "--format", "json")
    findings = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert {entry["tenant"] for entry in findings} == {"meridian"}
    assert sorted(entry["code"] for entry in findings) == [
        "digest_mismatch",
        "missing_file",
        "missing_file",
        "missing_text",
        "no_latest",
        "not_queued",
        "orphan_file",
        "orphan_row",
        "unfinished_file",
    ]
    said = {entry["code"]: entry["sentence"] for entry in findings}
    assert f"document {documents['changed'].pk}" in said["digest_mismatch"]
    assert "--remove-orphans" in said["orphan_file"]
    assert "9 wrong" in err
    assert files_in(stray.parent) == [stray]
    code, _, err = run("documents_check", "--tenant", "meridian", "--no-digests", "--remove-orphans")
    assert code == 1
    assert "stray" in err
    assert files_in(stray.parent) == []


def test_a_folder_of_no_company_is_found_when_all_libraries_are_checked(meridian, media):
    bring(meridian)
    (media / "tenant-999999" / "ab").mkdir(parents=True)
    code, out, _ = run("documents_check")
    assert code == 1
    assert out.startswith("orphan_folder: tenant-999999 is in the storage and belongs to no company.")
    assert run("documents_check", "--tenant", "meridian")[0] == 0


def test_a_file_that_is_being_written_at_this_moment_is_no_finding(meridian):
    bring(meridian)
    with tenant_scope(meridian):
        StoredFile.objects.update(state="writing")
        ExtractionJob.objects.all().delete()
        document = Document.objects.get()
        document.sources.all().delete()
        document.delete()
    assert run("documents_check")[0] == 0
