"""Writing the index: what of a document is kept, again and again, and how a company changes its embedder."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from agent.tenancy import tenant_scope
from documents.index import ann
from documents.index.indexing import index_document
from documents.index.reindexing import reindex
from documents.index.spaces import list_spaces
from documents.models import Document, DocumentChunk, DocumentText, Embedding, IndexedDocument
from documents.search import checking
from documents.search.checking import check_search
from documents.states import IndexingStatus
from tests.agent.processes import worker_environment
from tests.conftest import NOW
from tests.documents.shelf import FEES, FLOOD, ROOF, look_for, put, shelve, titles
from tests.fakes.running import REPOSITORY, embedding_endpoint

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LONG = "\n".join(f"{number}. {ROOF} {FEES}" for number in range(60))


def count_rows(tenant):
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT (document_id, ordinal)) FROM document_chunk_terms")
        return (DocumentChunk.objects.count(), Embedding.objects.count(), *cursor.fetchone())


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_document_is_indexed_whole_and_twice_is_once(meridian, harborpine):
    document = shelve(meridian, "Long", LONG)
    first = count_rows(meridian)
    assert first[0] == first[1] == first[3] > 5
    assert index_document(tenant=meridian, document_id=document.pk, now=NOW)
    assert count_rows(meridian) == first and count_rows(harborpine) == (0, 0, 0, 0)
    with tenant_scope(meridian):
        document.refresh_from_db()
        entry = IndexedDocument.objects.get()
        assert (document.indexing_status, entry.chunks) == (IndexingStatus.INDEXED, first[0])


def test_a_rivals_document_cannot_be_indexed(meridian, harborpine):
    document = put(meridian, "Mine", ROOF)
    assert not index_document(tenant=harborpine, document_id=document.pk, now=NOW)
    assert count_rows(meridian) == count_rows(harborpine) == (0, 0, 0, 0)


def test_what_is_indexed_of_a_deleted_document_goes_with_it(meridian):
    document = shelve(meridian, "Long", LONG)
    kept = shelve(meridian, "Kept", FLOOD)
    with tenant_scope(meridian):
        Document.objects.get(pk=document.pk).delete()
    chunks, vectors, _, worded = count_rows(meridian)
    assert chunks == vectors == worded == 1
    assert titles(look_for(meridian, "flood roof fee")) == [kept.title]


def test_a_new_title_or_text_is_indexed_by_the_next_run(meridian):
    document = shelve(meridian, "Old name", ROOF)
    with tenant_scope(meridian):
        Document.objects.filter(pk=document.pk).update(title="Quokka file")
        DocumentText.objects.update(content=FLOOD, read_at=NOW.replace(hour=17))
    assert "1 documents would be indexed" in run("documents_reindex", "--tenant", "meridian", "--dry-run")
    assert not check_search(tenant=meridian).findings == ()
    assert "1 documents indexed" in run("documents_reindex", "--tenant", "meridian")
    assert look_for(meridian, '"Quokka file"').total == 1
    assert look_for(meridian, "flood zone").hits[0].passages[0].text == FLOOD
    assert "0 documents indexed, 0 vectors made" in run("documents_reindex", "--tenant", "meridian")
    assert check_search(tenant=meridian).findings == ()


def test_only_what_failed_is_indexed_when_that_is_asked_for(meridian):
    put(meridian, "Waiting", ROOF)
    put(
        meridian,
        "Failed",
        FLOOD,
        indexing_status=IndexingStatus.FAILED,
        indexing_reason="The endpoint was away.",
    )
    reindex(tenant=meridian, now=NOW, only_failed=True)
    with tenant_scope(meridian):
        assert list(IndexedDocument.objects.values_list("document__title", flat=True)) == ["Failed"]


def test_what_is_said_to_have_failed_is_indexed_although_its_index_is_there(meridian, harborpine):
    document, rival = shelve(meridian, "Alder", FLOOD), shelve(harborpine, "Rival", FLOOD)
    for tenant in (meridian, harborpine):
        with tenant_scope(tenant):
            Document.objects.update(
                indexing_status=IndexingStatus.FAILED, indexing_reason="It was tried 5 times."
            )
    assert "1 documents indexed" in run("documents_reindex", "--failed", "--tenant", "meridian")
    for tenant, one, status in (
        (meridian, document, IndexingStatus.INDEXED),
        (harborpine, rival, IndexingStatus.FAILED),
    ):
        with tenant_scope(tenant):
            assert Document.objects.get(pk=one.pk).indexing_status == status


def test_a_company_moves_to_another_model_while_it_is_searched(meridian, harborpine, settings, tmp_path):
    shelve(harborpine, "Rival", FLOOD)
    documents = [shelve(meridian, "Alder", FLOOD), shelve(meridian, "Prices", FEES)]
    with embedding_endpoint(tmp_path / "log") as endpoint:
        settings.EMBEDDER, settings.EMBEDDING_URL, settings.EMBEDDING_MODEL = "endpoint", endpoint.url, "tiny"
        # Named, not made yet: the old one is searched, and alone.
        assert look_for(meridian, "flood").model == "wordllama-256"
        with tenant_scope(meridian):
            Document.objects.filter(pk=documents[0].pk).update(title="Alder Street")
        endpoint.order(status=500)
        with pytest.raises(CommandError, match="answered 500"):
            call_command("documents_reindex", "--tenant", "meridian", "--model", stderr=StringIO())
        endpoint.order()
        assert "searched by endpoint:tiny" in run("documents_reindex", "--tenant", "meridian", "--model")
        answer = look_for(meridian, "flood certificate")
        assert (answer.model, titles(answer)[0]) == ("endpoint:tiny", "Alder Street")
        with tenant_scope(meridian):
            assert set(Embedding.objects.values_list("model", "dimensions")) == {("endpoint:tiny", 8)}
            assert [space.model for space in list_spaces()] == ["endpoint:tiny"]
        shelve(meridian, "Later", ROOF)
        assert count_rows(meridian)[:2] == (3, 3)
        with tenant_scope(harborpine):
            assert set(Embedding.objects.values_list("model", flat=True)) == {"wordllama-256"}
    gone = look_for(meridian, "flood certificate")
    assert (gone.mode, titles(gone)[0]) == (
        "off",
        "Alder Street",
    ) and "could not be asked" in gone.mode_reason
    assert any("by words only" in finding for finding in check_search(tenant=meridian).findings)


def test_while_a_model_is_being_built_new_documents_get_its_vectors_too(meridian, settings, tmp_path):
    shelve(meridian, "Alder", FLOOD)
    with embedding_endpoint(tmp_path / "log") as endpoint:
        settings.EMBEDDER, settings.EMBEDDING_URL, settings.EMBEDDING_MODEL = "endpoint", endpoint.url, "tiny"
        from documents.index.spaces import activate_space, open_space

        with tenant_scope(meridian):
            open_space(model="endpoint:tiny", dimensions=8, now=NOW)
            assert not activate_space(model="endpoint:tiny", now=NOW)
        shelve(meridian, "Later", ROOF)
        with tenant_scope(meridian):
            models = Embedding.objects.values_list("document__title", "model").order_by("pk")
            assert list(models)[1:] == [("Later", "wordllama-256"), ("Later", "endpoint:tiny")]
        assert look_for(meridian, "roof").model == "wordllama-256"
        assert any("not complete yet" in finding for finding in check_search(tenant=meridian).findings)
        reindex(tenant=meridian, now=NOW, with_model=True)
        assert look_for(meridian, "roof").model == "endpoint:tiny"


def test_a_run_that_is_killed_is_carried_on_by_the_next(meridian, harborpine):
    for number in range(40):
        put(meridian, f"Document {number}", f"{LONG} {number}")
    put(harborpine, "Rival", ROOF)
    command = [sys.executable, "manage.py", "documents_reindex", "--tenant", "meridian"]
    process = subprocess.Popen(command, env=worker_environment(), cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    done = 0
    while time.monotonic() < deadline and not done and process.poll() is None:
        with tenant_scope(meridian):
            done = IndexedDocument.objects.count()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with tenant_scope(meridian):
        left = 40 - IndexedDocument.objects.count()
    assert 0 < left < 40
    assert reindex(tenant=meridian, now=NOW).documents == left
    chunks, vectors, _, worded = count_rows(meridian)
    assert chunks == vectors == worded and check_search(tenant=meridian).findings == ()
    with tenant_scope(harborpine):
        assert IndexedDocument.objects.count() == 0


def test_a_large_company_gets_an_index_of_its_own_and_the_search_says_so(meridian, harborpine, monkeypatch):
    monkeypatch.setattr(ann, "THRESHOLD", 30)
    for tenant in (harborpine, meridian):
        for number in range(20):
            shelve(
                tenant,
                f"Memo {number}",
                f"Memo {number * 7919} about {number}. {FLOOD if number % 2 else FEES}",
            )
    assert ann.arrange_index(tenant=meridian)[0].action == "none"
    monkeypatch.setattr(ann, "THRESHOLD", 10)
    exact = look_for(meridian, "flood zone certificate", limit=20)
    assert [plan.action for plan in ann.arrange_index(tenant=meridian, is_dry_run=True)] == ["make"]
    assert [plan.action for plan in ann.arrange_index(tenant=meridian)] == ["make"]
    try:
        near = look_for(meridian, "flood zone certificate", limit=20)
        assert (exact.mode, near.mode) == ("exact", "ann")
        assert titles(near) == titles(exact)
        assert look_for(meridian, "flood", filters={"categories": ["other"]}).mode == "exact"
        assert look_for(harborpine, "flood zone certificate").mode == "exact"
        assert "through its own index, recall 1.000" in check_search(tenant=meridian).summary
        monkeypatch.setattr(checking, "LEAST_RECALL", 1.1)
        assert "finds 100% of the nearest chunks, less than 110%" in check_search(tenant=meridian).findings[0]
        assert [plan.action for plan in ann.arrange_index(tenant=meridian)] == ["keep"]
    finally:
        monkeypatch.setattr(ann, "THRESHOLD", 1000)
        assert [plan.action for plan in ann.arrange_index(tenant=meridian)] == ["drop"]
    assert look_for(meridian, "flood").mode == "exact"


def test_chunks_that_lost_their_vectors_or_words_are_found(meridian, owner_connection):
    shelve(meridian, "Alder", FLOOD)
    assert check_search(tenant=meridian).findings == ()
    with tenant_scope(meridian):
        Embedding.objects.all().delete()
        DocumentText.objects.update(content="Something else.")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM document_chunk_terms")
    sentences = " ".join(check_search(tenant=meridian).findings)
    assert "1 chunks have no vector" in sentences
    assert "1 chunks have no words" in sentences
    assert "1 chunks are not what stands" in sentences


def test_no_statement_of_the_search_reads_rows_past_the_wall(meridian, harborpine):
    """Without the tenant in the statements the wall alone has to hold."""
    shelve(harborpine, "Rival", FLOOD)
    shelve(meridian, "Mine", ROOF)
    with tenant_scope(meridian), connection.cursor() as cursor:
        for table in (
            "document_chunks",
            "document_chunk_terms",
            "embeddings_index",
            "document_index_entries",
        ):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE tenant_id <> %s", [meridian.pk])
            assert cursor.fetchone() == (0,)
            cursor.execute(f"DELETE FROM {table} WHERE tenant_id = %s", [harborpine.pk])
            assert cursor.rowcount == 0
    assert connections["owner"].settings_dict["USER"] != connection.settings_dict["USER"]
