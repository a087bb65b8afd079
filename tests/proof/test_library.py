"""A library survives the death of who fills, reads and empties it: one document a digest, and no orphan."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from agent.models import Tenant
from agent.tenancy import tenant_scope
from documents.models import Document, DocumentSource, ExtractionJob, StoredFile
from documents.pipeline import recover_library
from documents.services import announce_keys, trash_documents
from documents.states import ExtractionStatus, FileState
from orders.models import OrderDocumentKind
from orders.services.documents import attach_document
from tests.agent.processes import worker_environment
from tests.documents.library import bring, codes_of, files_in
from tests.engagement.cast import make_client
from tests.orders.cast import make_order

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
WORKER = Path(__file__).parents[1] / "documents" / "crash_worker.py"
MANAGE = settings.REPOSITORY / "manage.py"


@pytest.fixture
def home(tmp_path: Path, media: Path) -> Path:
    """`$AGENT_HOME` of the processes, whose media folder is the test's own."""
    assert media == tmp_path / "media"
    return tmp_path


@pytest.fixture
def worker(home: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, str(WORKER)],
        env=worker_environment(AGENT_HOME=str(home), LOG_LEVEL="CRITICAL"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


def order(worker: subprocess.Popen[str], work: str, tenant: Tenant, now: Any, **how: Any) -> dict[str, int]:
    """Have a child of the worker do something; returns the signal that ended it and its steps."""
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(json.dumps({"work": work, "tenant": tenant.pk, "now": now.isoformat(), **how}) + "\n")
    worker.stdin.flush()
    answer: dict[str, int] = json.loads(worker.stdout.readline())
    return answer


def make_folder(folder: Path, marks: list[str]) -> set[str]:
    """A folder with a file for each mark and one of them twice; the digests of what is in it."""
    folder.mkdir()
    for mark in marks:
        (folder / f"{mark}.txt").write_text(f"Appraisal report {mark}.\n" * 40_000)
    (folder / "copy.txt").write_bytes((folder / f"{marks[0]}.txt").read_bytes())
    return {sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def see_that_it_is_whole(tenant: Tenant, media: Path, digests: set[str]) -> None:
    """One document a digest, a file for each and no other, and nothing that `documents_check` objects to."""
    with tenant_scope(tenant):
        assert sorted(Document.objects.values_list("sha256", flat=True)) == sorted(digests)
        keys = sorted(StoredFile.objects.values_list("key", flat=True))
        assert not StoredFile.objects.exclude(state=FileState.KEPT).exists()
        assert not DocumentSource.objects.filter(document=None).exists()
    folder = media / f"tenant-{tenant.pk}"
    assert [str(path.relative_to(media)) for path in files_in(folder)] == keys
    assert codes_of(tenant) == []


def test_taking_in_killed_at_any_step_and_run_again_leaves_one_document_a_digest(
    meridian, harborpine, home, media, worker, now, proof
):
    bring(harborpine, b"The rival's.")
    make_folder(home / "all", ["rehearsed"])
    whole = order(worker, "ingest", meridian, now, paths=[str(home / "all")])["steps"]
    assert whole > 20
    digests = {sha256((home / "all" / "rehearsed.txt").read_bytes()).hexdigest()}
    folders, killed = [str(home / "all")], 0
    for step in range(1, whole + 1, proof.size(short=3, long=1)):
        folder = home / f"killed-at-{step}"
        digests |= make_folder(folder, [f"at-{step}"])
        folders.append(str(folder))
        killed += order(worker, "ingest", meridian, now, paths=[str(folder)], end_at=step)["signal"] == 9
        assert codes_of(meridian) == []
    # The first run made folders of the storage, so it took a few steps more.
    assert killed > len(folders) * 2 / 3
    assert order(worker, "ingest", meridian, now, paths=folders)["signal"] == 0
    see_that_it_is_whole(meridian, media, digests)
    assert order(worker, "ingest", meridian, now, paths=folders)["signal"] == 0
    see_that_it_is_whole(meridian, media, digests)
    with tenant_scope(harborpine):
        assert Document.objects.count() == 1


def test_the_command_killed_at_random_moments_and_run_to_its_end_leaves_every_document_read(
    meridian, home, media, proof
):
    marks = [f"file-{number}" for number in range(proof.size(short=5, long=12))]
    digests = make_folder(home / "in", marks)
    chance = proof.random("library")
    command = [sys.executable, str(MANAGE), "ingest_documents", str(home / "in"), "--tenant", meridian.slug]
    environment = worker_environment(AGENT_HOME=str(home), LOG_LEVEL="CRITICAL")
    killed = 0
    for _ in range(proof.size(short=4, long=25)):
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(chance.uniform(0, 4))
            run.send_signal(signal.SIGKILL)
        killed += run.returncode == -signal.SIGKILL
    assert killed
    last = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    see_that_it_is_whole(meridian, media, digests)
    with tenant_scope(meridian):
        statuses = set(Document.objects.values_list("extraction_status", flat=True))
        assert statuses == {ExtractionStatus.COMPLETED}
        assert all("Appraisal report file-" in text for text in _texts())
    check = [sys.executable, str(MANAGE), "documents_check", "--tenant", meridian.slug]
    assert subprocess.run(check, env=environment, capture_output=True).returncode == 0


def test_reading_killed_at_any_step_loses_no_document(meridian, home, media, worker, now, proof):
    document = bring(meridian, b"Appraisal report of the rehearsal.").document
    whole = order(worker, "read", meridian, now)["steps"]
    assert whole > 10
    with tenant_scope(meridian):
        assert Document.objects.get(pk=document.pk).extraction_status == ExtractionStatus.COMPLETED
    for step in range(1, whole + 1, proof.size(short=4, long=1)):
        document = bring(meridian, f"Appraisal report read until {step}.".encode()).document
        order(worker, "read", meridian, now, end_at=step)
        assert codes_of(meridian) == []
        recover_library(tenant=meridian, now=now)
        order(worker, "read", meridian, now)
        with tenant_scope(meridian):
            document.refresh_from_db()
            assert document.extraction_status == ExtractionStatus.COMPLETED, step
            assert not ExtractionJob.objects.open().filter(document=document, step="extract").exists()
            assert document.texts.count() == 1


def test_fetching_killed_at_any_step_links_every_place_to_its_document(
    meridian, harborpine, home, media, worker, now, proof
):
    with tenant_scope(meridian):
        order_id = make_order("MV-24-0871", make_client(now), product=None).pk
    later = now + timedelta(minutes=10)

    def announce(mark):
        row = attach_document(
            tenant=meridian,
            order_id=order_id,
            content=BytesIO(mark.encode()),
            name="report.txt",
            kind=OrderDocumentKind.REPORT,
            actor="ana",
            now=now,
        )
        with tenant_scope(meridian):
            announce_keys(slug="orders", keys=[str(row.pk)], now=now)
        return row

    announce("rehearsed")
    whole = order(worker, "fetch", meridian, now)["steps"]
    assert whole > 20
    for step in range(1, whole + 1, proof.size(short=4, long=1)):
        row = announce(f"fetched until {step}")
        order(worker, "fetch", meridian, now, end_at=step)
        assert codes_of(meridian) == []
        order(worker, "fetch", meridian, later)
        with tenant_scope(meridian):
            source = DocumentSource.objects.select_related("document").get(key=str(row.pk))
            assert source.document is not None, step
            assert source.document.sha256 == row.sha256
            assert Document.objects.filter(sha256=row.sha256).count() == 1
    assert codes_of(meridian) == []
    with tenant_scope(harborpine):
        assert not DocumentSource.objects.exists()


def test_deletion_killed_at_any_step_leaves_neither_half(meridian, home, media, worker, now, proof):
    def trash(mark):
        document = bring(meridian, mark.encode()).document
        with tenant_scope(meridian):
            trash_documents(document_ids=[document.pk], actor="ana", now=now)

    trash("rehearsed")
    whole = order(worker, "delete", meridian, now)["steps"]
    assert whole > 10
    for step in range(1, whole + 1, proof.size(short=2, long=1)):
        trash(f"deleted until {step}")
        assert order(worker, "delete", meridian, now, end_at=step)["signal"] == 9
        assert codes_of(meridian) == []
        order(worker, "delete", meridian, now)
        recover_library(tenant=meridian, now=now)
        see_that_it_is_whole_when_empty(meridian, media)


def see_that_it_is_whole_when_empty(tenant: Tenant, media: Path) -> None:
    with tenant_scope(tenant):
        assert not Document.objects.exists()
        assert not StoredFile.objects.exists()
    assert files_in(media) == []
    assert codes_of(tenant) == []


def _texts() -> list[str]:
    return [text.content for document in Document.objects.all() for text in document.texts.all()]
