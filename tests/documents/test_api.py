"""The library by the API: several files with an answer each, what callers may see, the trash, and sources."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agent.access import set_viewers
from agent.models import Event
from agent.rest.models import ApiToken
from agent.tenancy import tenant_scope
from documents import tasks
from documents.models import Document, DocumentSource, DocumentText, ExtractionJob
from documents.services import fetch_announced, trash_documents
from documents.sources import Listing, Offer, Source, sources
from documents.states import Category, SourceType, Visibility
from tests.conftest import NOW
from tests.documents.library import PROSE, block, bring, bring_version, files_in

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]

DOCUMENTS = "/api/documents"


def send(caller, *files, **fields):
    """Upload files, each (name, bytes)."""
    headers = {"Authorization": f"Bearer {caller.token}"}
    if key := fields.pop("key", None):
        headers["Idempotency-Key"] = key
    parts = [SimpleUploadedFile(name, content) for name, content in files]
    return Client(raise_request_exception=False).post(DOCUMENTS, {"files": parts, **fields}, headers=headers)


def test_each_file_that_is_sent_has_an_answer_of_its_own(ours, meridian):
    answer = send(ours, ("a.txt", PROSE), ("b.txt", b""), ("c.txt", PROSE), ("d.txt", b"Another text."))
    assert answer.status_code == 201, answer.content
    told = answer.json()["results"]
    assert [row["outcome"] for row in told] == ["added", "refused", "duplicate", "added"]
    assert told[0]["document"] == told[2]["document"] and "is empty" in told[1]["reason"]
    with tenant_scope(meridian):
        assert Document.objects.count() == 2
        actors = set(Document.objects.values_list("added_by", flat=True))
        assert actors == {f"api: {ApiToken.objects.get().name}"}
    assert send(ours, ("again.txt", PROSE)).status_code == 200


def test_what_is_said_of_files_is_kept(ours):
    said = {
        "category": "contract",
        "title": "Master agreement",
        "expiry_date": "2027-01-31",
    }
    pk = send(ours, ("x.txt", PROSE), **said).json()["results"][0]["document"]
    told = ours.get(f"{DOCUMENTS}/{pk}").json()
    assert {name: told[name] for name in said} == said
    assert told["sources"][0]["type"] == "manual_upload" and told["versions"][0]["version"] == 1


WRONG = [
    ({"category": "poem"}, "category"),
    ({"version_of": "999"}, "version_of"),
    ({"expiry_date": "soon"}, "expiry_date"),
    ({"colour": "red"}, "colour"),
    ({"effective_date": "2027-01-01", "expiry_date": "2026-01-01"}, "files"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_a_wrong_upload_is_refused_by_name_and_stores_nothing(ours, meridian, media, fields, field):
    answer = send(ours, ("a.txt", PROSE), **fields)
    assert (answer.status_code, answer.json()["errors"][0]["field"].partition("[")[0]) == (400, field)
    assert files_in(media) == []
    with tenant_scope(meridian):
        assert not Document.objects.exists()


def test_a_file_that_the_storage_fails_at_is_refused_by_itself(ours, meridian, media):
    block(media, meridian, b"two")
    told = send(ours, ("1.txt", b"one"), ("2.txt", b"two"), ("3.txt", b"three")).json()["results"]
    assert [row["outcome"] for row in told] == ["added", "refused", "added"]
    assert "The storage failed (" in told[1]["reason"] and "again later" in told[1]["reason"]
    assert str(media) not in told[1]["reason"]


def test_an_upload_without_files_or_as_json_is_refused(ours):
    assert send(ours).status_code == 400
    assert ours.post(DOCUMENTS, {"files": []}).status_code == 415


def test_a_repeated_upload_is_answered_as_the_first(ours, meridian):
    first, again = send(ours, ("a.txt", PROSE), key="k1"), send(ours, ("a.txt", PROSE), key="k1")
    assert (again.status_code, again.content, again["Idempotent-Replayed"]) == (201, first.content, "true")
    assert send(ours, ("a.txt", b"Other bytes."), key="k1").status_code == 422
    with tenant_scope(meridian):
        assert Document.objects.count() == 1


def test_a_newer_version_is_found_and_the_older_stays(ours):
    old = send(ours, ("a.txt", PROSE)).json()["results"][0]["document"]
    new = send(ours, ("a.txt", b"Newer words."), version_of=str(old)).json()["results"][0]
    assert new["outcome"] == "version"
    assert [row["id"] for row in ours.get(DOCUMENTS).json()["results"]] == [new["document"]]
    both = [row["id"] for row in ours.get(f"{DOCUMENTS}?with_superseded=true").json()["results"]]
    assert both == [new["document"], old]
    told = ours.get(f"{DOCUMENTS}/{old}").json()
    assert (told["is_latest"], [row["version"] for row in told["versions"]]) == (False, [2, 1])
    assert [row["id"] for row in ours.get(f"{DOCUMENTS}?series={told['series']}").json()["results"]] == both


def test_the_rivals_documents_do_not_exist(ours, theirs, meridian):
    document = bring(meridian).document
    for address in ("", "/file", "/text"):
        assert theirs.get(f"{DOCUMENTS}/{document.pk}{address}").status_code == 404
    assert theirs("PATCH", f"{DOCUMENTS}/{document.pk}", {"title": "Mine"}).status_code == 404
    assert theirs("DELETE", f"{DOCUMENTS}/{document.pk}").status_code == 404
    assert theirs("DELETE", f"{DOCUMENTS}/{document.pk}?forever=true").status_code == 404
    for act, more in (("retry", {}), ("recategorise", {"category": "sop"}), ("restore", {}), ("delete", {})):
        told = theirs.post(f"{DOCUMENTS}/{act}", {"ids": [document.pk], **more}).json()
        assert told == {"done": 0, "not_found": [document.pk]}, act
    assert theirs.get(DOCUMENTS).json()["results"] == []
    assert send(theirs, ("x.txt", b"New."), version_of=str(document.pk)).status_code == 400
    assert ours.get(f"{DOCUMENTS}/{document.pk}").json()["title"] == "report"


def test_restricted_documents_are_for_callers_with_that_scope(meridian, make_caller):
    secret = bring(meridian).document
    with tenant_scope(meridian):
        Document.objects.update(visibility=Visibility.RESTRICTED)
    plain = make_caller(meridian, "documents:read", "documents:write")
    cleared = make_caller(meridian, "documents:read", "documents:write", "restricted_documents:read")
    assert plain.get(DOCUMENTS).json()["results"] == []
    assert len(cleared.get(DOCUMENTS).json()["results"]) == 1
    for address in ("", "/file"):
        assert plain.get(f"{DOCUMENTS}/{secret.pk}{address}").status_code == 404
        shown = cleared.get(f"{DOCUMENTS}/{secret.pk}{address}")
        shown.close()
        assert shown.status_code == 200
    assert plain("DELETE", f"{DOCUMENTS}/{secret.pk}").status_code == 404
    assert plain.post(f"{DOCUMENTS}/delete", {"ids": [secret.pk]}).json()["not_found"] == [secret.pk]


@pytest.mark.parametrize("is_trashed", [False, True])
def test_the_bytes_of_a_restricted_document_tell_an_uncleared_caller_nothing_and_change_nothing(
    meridian, harborpine, make_caller, is_trashed
):
    secret = bring(meridian).document
    bring(harborpine)
    with tenant_scope(meridian):
        ExtractionJob.objects.all().delete()
        Document.objects.update(visibility=Visibility.RESTRICTED, extraction_status="failed")
        if is_trashed:
            trash_documents(document_ids=[secret.pk], actor="ana", now=NOW)
        ours = Document.objects.values().get()
    plain = make_caller(meridian, "documents:read", "documents:write")
    (told,) = send(plain, ("guess.txt", PROSE)).json()["results"]
    assert (told["document"], told["is_read_again"]) == (None, False)
    assert told["outcome"] == ("trashed" if is_trashed else "duplicate")
    with tenant_scope(meridian):
        assert Document.objects.values().get() == ours
        assert DocumentSource.objects.get().label == "report.txt"
        assert not ExtractionJob.objects.exists()
    cleared = make_caller(meridian, "documents:read", "documents:write", "restricted_documents:read")
    (told,) = send(cleared, ("mine.txt", PROSE)).json()["results"]
    assert (told["document"], told["is_read_again"]) == (secret.pk, True)
    assert told["outcome"] == ("restored" if is_trashed else "duplicate")


def test_only_a_cleared_caller_says_who_may_see_a_document(meridian, make_caller, media):
    document = bring(meridian).document
    plain = make_caller(meridian, "documents:read", "documents:write")
    cleared = make_caller(meridian, "documents:read", "documents:write", "restricted_documents:read")
    address, stored = f"{DOCUMENTS}/{document.pk}", files_in(media)
    for answer in (
        plain("PATCH", address, {"visibility": "restricted", "title": "Mine"}),
        send(plain, ("v2.txt", b"Two."), version_of=str(document.pk), visibility="restricted"),
        send(plain, ("new.txt", b"New."), visibility="company"),
    ):
        assert answer.status_code == 403 and "Leave visibility out" in answer.json()["detail"]
    assert files_in(media) == stored and plain.get(address).json()["title"] == "report"
    (told,) = send(cleared, ("v2.txt", b"Two."), version_of=str(document.pk), visibility="restricted").json()[
        "results"
    ]
    assert told["outcome"] == "version"
    with tenant_scope(meridian):
        assert set(Document.objects.values_list("visibility", flat=True)) == {Visibility.RESTRICTED}
        assert Event.objects.get(kind="document.visibility_set").subject_id == str(document.pk)
    assert plain.get(address).status_code == 404
    assert len(cleared.get(address).json()["versions"]) == 2
    assert cleared("PATCH", address, {"visibility": "company"}).status_code == 200
    assert len(plain.get(address).json()["versions"]) == 2


def test_a_restricted_version_is_left_alone_by_who_may_not_see_it(meridian, harborpine, make_caller):
    first = bring(meridian).document
    second = bring_version(meridian, first, b"Two.").document
    bring(harborpine)
    plain = make_caller(meridian, "documents:read", "documents:write")
    with tenant_scope(meridian):
        Document.objects.filter(pk=second.pk).update(visibility=Visibility.RESTRICTED)
    assert [row["id"] for row in plain.get(f"{DOCUMENTS}/{first.pk}").json()["versions"]] == [first.pk]

    def trashed():
        with tenant_scope(meridian):
            return set(Document.objects.trashed().values_list("pk", flat=True))

    assert plain("DELETE", f"{DOCUMENTS}/{first.pk}").status_code == 204
    assert trashed() == {first.pk}
    with tenant_scope(meridian):
        trash_documents(document_ids=[second.pk], actor="ana", now=NOW)
    assert plain.post(f"{DOCUMENTS}/restore", {"ids": [first.pk]}).json()["done"] == 1
    assert trashed() == {second.pk}
    with tenant_scope(harborpine):
        assert not Document.objects.trashed().exists()


def test_a_person_sees_restricted_documents_with_the_permission(meridian):
    secret = bring(meridian).document
    with tenant_scope(meridian):
        Document.objects.update(visibility=Visibility.RESTRICTED)
    person = User.objects.create_user("ana", is_staff=True)
    set_viewers(tenant=meridian, users=[person])
    for codenames, status in ((["view_document"], 404), (["view_document", "view_restricted_document"], 200)):
        person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        browser = Client()
        browser.force_login(person)
        assert browser.get(f"{DOCUMENTS}/{secret.pk}").status_code == status


def test_a_file_is_handed_out_to_be_saved_and_never_shown(ours, meridian):
    document = bring(meridian, b"<script>alert(1)</script>", name="höhe.html").document
    answer = ours.get(f"{DOCUMENTS}/{document.pk}/file")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''h%C3%B6he.html"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "sandbox")


def test_a_file_that_the_storage_lost_is_a_problem_with_words(ours, meridian, media):
    document = bring(meridian).document
    for path in files_in(media):
        Path(path).unlink()
    answer = ours.get(f"{DOCUMENTS}/{document.pk}/file")
    assert (answer.status_code, "documents_check" in answer.json()["detail"]) == (404, True)


def test_the_text_of_a_document_is_there_once_it_was_read(ours, meridian):
    document = bring(meridian).document
    assert ours.get(f"{DOCUMENTS}/{document.pk}/text").status_code == 404
    with tenant_scope(meridian):
        DocumentText.objects.create(document=document, content="One\nTwo", page_starts=[0, 4], read_at=NOW)
    told = ours.get(f"{DOCUMENTS}/{document.pk}/text").json()
    assert (told["content"], told["page_starts"]) == ("One\nTwo", [0, 4])


def test_a_document_is_changed_only_as_the_caller_has_seen_it(ours, meridian):
    document = bring(meridian).document
    address = f"{DOCUMENTS}/{document.pk}"
    seen = ours.get(address)["ETag"]
    changed = ours("PATCH", address, {"title": "Better", "category": "contract"}, If_Match=seen)
    assert changed.status_code == 200, changed.content
    assert (changed.json()["title"], changed.json()["category"]) == ("Better", "contract")
    assert changed.json()["category_set_by"].startswith("api: ")
    late = ours("PATCH", address, {"title": "Worse"}, If_Match=seen)
    assert (late.status_code, late.json()["type"]) == (412, "urn:vnext-agent:problem:changed-since")
    assert ours("PATCH", address, {"title": "Other"}).json()["title"] == "Other"
    given_back = ours("PATCH", address, {"category": None}).json()
    assert given_back["category_set_by"] == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [({"title": ""}, "title"), ({"title": 5}, "title"), ({"category": "poem"}, "category"), ({"size": 1}, "size"),
     ({"visibility": None}, "visibility"), ({"expiry_date": "soon"}, "expiry_date")],
)  # fmt: skip
def test_a_wrong_change_is_refused_and_changes_nothing(ours, meridian, body, field):
    document = bring(meridian).document
    answer = ours("PATCH", f"{DOCUMENTS}/{document.pk}", body | {"effective_date": "2026-01-01"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    with tenant_scope(meridian):
        assert Document.objects.get().effective_date is None


def test_dates_out_of_order_are_refused_whole(ours, meridian):
    document = bring(meridian).document
    body = {"title": "New", "effective_date": "2027-01-01", "expiry_date": "2026-01-01"}
    answer = ours("PATCH", f"{DOCUMENTS}/{document.pk}", body)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:vnext-agent:problem:details-refused")
    assert ours.get(f"{DOCUMENTS}/{document.pk}").json()["title"] == "report"


def test_deleting_puts_into_the_trash_first_and_for_good_only_from_there(ours, meridian, media):
    document = bring(meridian).document
    bring_version(meridian, document, b"Newer words.")
    address = f"{DOCUMENTS}/{document.pk}"
    refused = ours("DELETE", f"{address}?forever=true")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:vnext-agent:problem:still-in-library")
    assert ours("DELETE", address).status_code == 204
    assert ours("DELETE", address).status_code == 204
    assert ours.get(DOCUMENTS).json()["results"] == []
    assert len(ours.get(f"{DOCUMENTS}?is_trashed=true").json()["results"]) == 2
    told = ours.post(f"{DOCUMENTS}/restore", {"ids": [document.pk]}).json()
    assert told == {"done": 2, "not_found": []}
    assert len(ours.get(DOCUMENTS).json()["results"]) == 1
    ours("DELETE", address)
    assert ours("DELETE", f"{address}?forever=true").status_code == 204
    assert ours("DELETE", f"{address}?forever=true").status_code == 404
    assert files_in(media) == []
    assert ours("DELETE", f"{address}?forever=maybe").status_code == 400


def test_many_documents_are_dealt_with_at_once(ours, meridian):
    pks = [bring(meridian, f"Text {n}".encode(), name=f"{n}.txt").document.pk for n in range(3)]
    told = ours.post(f"{DOCUMENTS}/recategorise", {"ids": [*pks, 999999], "category": "sop"}).json()
    assert told == {"done": 3, "not_found": [999999]}
    with tenant_scope(meridian):
        assert set(Document.objects.values_list("category", flat=True)) == {Category.SOP}
    assert ours.post(f"{DOCUMENTS}/retry", {"ids": pks}).status_code == 200
    assert ours.post(f"{DOCUMENTS}/delete", {"ids": pks[:2]}).json() == {"done": 2, "not_found": []}
    assert ours.post(f"{DOCUMENTS}/delete", {"ids": pks, "forever": True}).status_code == 409
    assert ours.post(f"{DOCUMENTS}/delete", {"ids": pks[:2], "forever": True}).json()["done"] == 2
    for body in ({"ids": []}, {"ids": ["1"]}, {"ids": [True]}, {}, {"ids": [1], "forever": "yes"}):
        assert ours.post(f"{DOCUMENTS}/delete", body).status_code == 400, body


def test_documents_are_filtered(ours, meridian):
    kept = bring(meridian, name="invoice 12.txt").document
    other = bring(meridian, b"Other.", name="other.txt").document
    with tenant_scope(meridian):
        Document.objects.filter(pk=kept.pk).update(extraction_status="failed")
        source = DocumentSource.objects.get(document=kept)
        DocumentSource.objects.filter(pk=source.pk).update(
            type=SourceType.ORDER_DOCUMENT, reference_kind="order", reference_id="7"
        )

    def ids(query):
        answer = ours.get(f"{DOCUMENTS}?{query}")
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["results"]]

    assert (
        ids("category=invoice")
        == ids("extraction_status=failed")
        == ids("source_type=order_document")
        == [kept.pk]
    )
    assert ids("reference_kind=order&reference_id=7") == [kept.pk]
    assert ids(f"sha256={other.sha256}") == [other.pk]
    assert ids("added_before=2020-01-01T00:00:00Z") == []
    assert ours.get(f"{DOCUMENTS}?series=none").status_code == 400


def test_a_list_takes_as_many_statements_for_many_documents_as_for_few(ours, meridian):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert ours.get(DOCUMENTS).status_code == 200
        return len(queries)

    bring(meridian)
    few = count()
    for number in range(8):
        bring(meridian, f"Text {number}".encode(), name=f"{number}.txt")
    assert count() == few


class Shelf(Source):
    """A source with two files."""

    slug, label, type = "shelf", "Shelf", SourceType.ORDER_DOCUMENT

    def list_files(self, *, after, limit):
        offers = [Offer(position=n, key=str(n), name=f"{n}.txt") for n in (1, 2) if n > after][:limit]
        return Listing(offers=offers, last=None)

    def find_files(self, keys):
        return [offer for offer in self.list_files(after=0, limit=9).offers if offer.key in keys]

    def open_file(self, *, tenant, key):
        return BytesIO(f"File {key} of {tenant.slug}".encode())


def test_a_source_is_gone_through_once_however_often_it_is_asked_for(ours, meridian, harborpine, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.sweep_library, "delay", rung.append)
    with sources.override(Shelf()):
        told = ours.post(f"{DOCUMENTS}/ingest/shelf")
        assert (told.status_code, told.json()) == (202, {"source": "shelf", "announced": 2, "waiting": 2})
        assert ours.post(f"{DOCUMENTS}/ingest/shelf").json()["announced"] == 0
        assert fetch_announced(tenant=meridian, now=timezone.now()) == 2
        assert ours.post(f"{DOCUMENTS}/ingest/shelf").json() == {
            "source": "shelf",
            "announced": 0,
            "waiting": 0,
        }
        unknown = ours.post(f"{DOCUMENTS}/ingest/cellar")
    assert (unknown.status_code, "Known: shelf" in unknown.json()["detail"]) == (404, True)
    assert rung == [meridian.pk] * 3
    assert len(ours.get(DOCUMENTS).json()["results"]) == 2
    with tenant_scope(harborpine):
        assert not DocumentSource.objects.exists()
