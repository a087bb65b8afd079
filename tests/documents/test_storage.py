"""Where files are kept: a folder of this machine, or a storage that speaks S3, by one setting."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.db.models import F

from agent.tenancy import tenant_scope
from documents.checks import NO_CLIENT, check_storage_client
from documents.files import sweep_files
from documents.models import Document, DocumentSource, ExtractionJob, StoredFile
from documents.pipeline import process_extractions
from documents.services import Details, Upload, delete_documents, take_uploads, trash_documents
from documents.states import ExtractionStatus, FileState
from documents.storage import library_storage
from tests.documents.library import PROSE, bring, codes_of, files_in
from tests.fakes.running import object_storage

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def read_setting(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start Python with these variables and print something of the settings."""
    code = f"from agent_site import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DATABASE_URL": "postgresql://x@localhost/x", **environment},
        cwd=django_settings.REPOSITORY,
        capture_output=True,
        text=True,
    )


def test_unset_files_are_kept_in_the_home_of_the_program(tmp_path):
    said = read_setting("settings.STORAGES['documents']", DOCUMENT_STORAGE_URL="", AGENT_HOME=str(tmp_path))
    assert f"'location': '{tmp_path}/media'" in said.stdout
    assert "LocalFiles" in said.stdout


def test_an_address_of_s3_names_bucket_folder_and_endpoint(tmp_path):
    said = read_setting(
        "settings.STORAGES['documents']['OPTIONS']",
        DOCUMENT_STORAGE_URL="s3://files/library?endpoint=https://s3.example.net&region=eu-1",
        AGENT_HOME=str(tmp_path),
    )
    for part in ("'files'", "'library'", "'https://s3.example.net'", "'eu-1'"):
        assert part in said.stdout


@pytest.mark.parametrize(
    "address", ["/srv/files", "s3://", "s3://key:secret@files/x", "s3://files?endpont=https://x"]
)
def test_an_address_that_cannot_be_one_stops_the_start(address, tmp_path):
    said = read_setting("1", DOCUMENT_STORAGE_URL=address, AGENT_HOME=str(tmp_path))
    assert said.returncode == 1
    assert "DOCUMENT_STORAGE_URL must look like s3://bucket/folder" in said.stderr
    assert "secret@" not in said.stderr


def test_a_storage_without_its_client_is_an_error_at_the_start(settings, monkeypatch):
    assert check_storage_client() == []
    documents = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    assert check_storage_client() == []
    monkeypatch.setattr("documents.checks.find_spec", lambda name: None)
    assert [message.id for message in check_storage_client()] == [NO_CLIENT]


def test_a_key_that_is_written_again_never_holds_less_than_before(media):
    storage = library_storage()
    assert storage.save("tenant-1/ab/abc", ContentFile(PROSE)) == "tenant-1/ab/abc"
    assert storage.save("tenant-1/ab/abc", ContentFile(PROSE)) == "tenant-1/ab/abc"
    assert [path.read_bytes() for path in files_in(media)] == [PROSE]


@committed
def test_a_document_lives_and_dies_in_a_storage_that_speaks_s3(
    meridian, now, tmp_path, settings, monkeypatch
):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with object_storage(tmp_path / "objects") as server:
        options = {
            "bucket_name": "files",
            "location": "library",
            "endpoint_url": server.endpoint,
            "region_name": "eu-1",
            "file_overwrite": True,
            "default_acl": None,
        }
        documents = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "documents": documents}
        document = bring(meridian).document
        (stored,) = files_in(server.folder)
        assert stored.read_bytes() == PROSE
        assert stored.relative_to(server.folder).parts[:3] == ("files", "library", f"tenant-{meridian.pk}")

        server.order(is_broken=True)
        assert process_extractions(tenant=meridian, now=now).faults == 1
        with tenant_scope(meridian):
            job = ExtractionJob.objects.get()
            assert (job.state, job.not_before > now) == ("waiting", True)
        uploads = [Upload(name="x.txt", content=BytesIO(b"x")), Upload(name="y.txt", content=BytesIO(PROSE))]
        refused, known = take_uploads(
            tenant=meridian, uploads=uploads, actor="ana", now=now, details=Details(), is_cleared=True
        )
        assert "The storage failed (ClientError)" in refused.refusal
        assert known.registered.document.pk == document.pk
        server.order(is_broken=False)
        process_extractions(tenant=meridian, now=now + timedelta(hours=1))
        with tenant_scope(meridian):
            assert Document.objects.get().extraction_status == ExtractionStatus.COMPLETED
        assert codes_of(meridian) == []

        stray = stored.with_name("stray")
        stray.write_bytes(b"Nobody's.")
        assert codes_of(meridian) == ["orphan_file"]
        stray.unlink()
        stored.write_bytes(b"Changed.")
        assert codes_of(meridian) == ["digest_mismatch"]
        with tenant_scope(meridian):
            trash_documents(document_ids=[document.pk], actor="ana", now=now)
        delete_documents(tenant=meridian, document_ids=[document.pk], actor="ana", now=now)
        assert files_in(server.folder) == []


@committed
def test_the_sweep_takes_what_dead_writers_left_and_nothing_that_is_being_written(
    meridian, harborpine, media
):
    for tenant in (meridian, harborpine):
        bring(tenant)
        with tenant_scope(tenant):
            StoredFile.objects.update(state=FileState.WRITING)
            DocumentSource.objects.all().delete()
            Document.objects.all().delete()
    assert sweep_files(tenant=meridian) == 0
    with tenant_scope(meridian):
        StoredFile.objects.update(touched_at=F("touched_at") - timedelta(hours=2))
    assert sweep_files(tenant=meridian) == 1
    with tenant_scope(meridian):
        assert not StoredFile.objects.exists()
    assert [path.parts[-3] for path in files_in(media)] == [f"tenant-{harborpine.pk}"]
