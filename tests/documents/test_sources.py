"""Files of orders and attachments of mail, fetched into the library by events and by going through all there are."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.models import Event
from agent.registry import registry
from agent.sweep import sweep_tenant
from agent.tenancy import tenant_scope
from documents.models import Document, DocumentSource
from documents.services import (
    Outcome,
    delete_documents,
    fetch_announced,
    ingest_source,
    trash_documents,
)
from documents.sources import FileGone, Listing, Offer, Source, SourceRegistry, UnknownSource, sources
from documents.states import Category, SourceState, SourceType
from engagement.mail.models import Attachment
from engagement.models import Client
from orders.models import Order, OrderDocument, OrderDocumentKind
from orders.services.documents import attach_document
from tests.documents.files import paged_pdf, show
from tests.documents.library import bring, codes_of, files_in
from tests.mail.cast import bring_in, furnish, letter, make_cycle
from tests.orders.cast import make_order

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]
RIVAL = "desk@harborpine.test"
REPORT = paged_pdf([show([(72, 700, "Uniform Residential Appraisal Report")])])
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200


@pytest.fixture
def desk(meridian, harborpine, now):
    """Blue Mesa at both companies, with an order each."""
    for tenant, address in ((meridian, "orders@meridianvs.test"), (harborpine, RIVAL)):
        furnish(tenant, now, address=address)
        with tenant_scope(tenant):
            make_order("MV-24-0871", Client.objects.get(), product=None)
    return meridian


def attach(tenant, now, content=REPORT, kind=OrderDocumentKind.REPORT, name="report.pdf"):
    with tenant_scope(tenant):
        order_id = Order.objects.get().pk
    return attach_document(
        tenant=tenant,
        order_id=order_id,
        content=BytesIO(content),
        name=name,
        kind=kind,
        actor="ana",
        now=now,
    )


def mail_with(*parts, message_id="<1@bluemesacu.test>", to="orders@meridianvs.test"):
    """A mail with attachments: (content, main type, subtype, file name, disposition, Content-ID)."""
    message = message_from_bytes(letter(to=to, message_id=message_id), policy=SMTP)
    assert isinstance(message, EmailMessage)
    for content, main, sub, name, disposition, content_id in parts:
        message.add_attachment(
            content,
            maintype=main,
            subtype=sub,
            filename=name,
            disposition=disposition,
            cid=content_id or None,
        )
    return message.as_bytes()


def pdf_part(name="report.pdf", content=REPORT):
    return (content, "application", "pdf", name, "attachment", "")


def react(tenant, now, slug):
    """Let one engine read every event, as the sweeper does."""
    with tenant_scope(tenant):
        cycle = make_cycle(tenant, now)
        engine = next(engine for engine in registry if engine.slug == slug)
        engine.react(cycle, list(Event.objects.order_by("id")))


def titles(tenant):
    with tenant_scope(tenant):
        return sorted(Document.objects.values_list("title", flat=True))


def test_a_file_of_an_order_reaches_the_library_by_its_event(desk, harborpine, now, media):
    attached = attach(desk, now)
    sweep_tenant(tenant=desk, now=now)
    with tenant_scope(desk):
        assert DocumentSource.objects.get().state == SourceState.ANNOUNCED
    assert fetch_announced(tenant=desk, now=now) == 1
    with tenant_scope(desk):
        document = Document.objects.get()
        source = document.sources.get()
        assert document.category == Category.APPRAISAL_REPORT
        assert (source.type, source.key, source.label) == (
            SourceType.ORDER_DOCUMENT,
            str(attached.pk),
            "Order MV-24-0871: report",
        )
        assert (source.reference_kind, source.reference_id) == ("order", str(attached.order_id))
    assert titles(harborpine) == []
    assert len(files_in(media)) == 2
    assert codes_of(desk) == []


def test_reading_the_same_events_again_and_going_through_all_files_adds_nothing(desk, harborpine, now):
    attach(desk, now)
    react(desk, now, "orders")
    react(desk, now, "orders")
    assert fetch_announced(tenant=desk, now=now) == 1
    report = ingest_source(tenant=desk, slug="orders", actor="ana", now=now)
    assert (report.announced, report.brought) == (0, [])
    assert titles(desk) == ["report"]


def test_an_orders_file_is_attached_once_and_to_no_order_of_the_rival(desk, harborpine, now):
    first, again = attach(desk, now), attach(desk, now, name="again.pdf")
    assert first.pk == again.pk
    with tenant_scope(harborpine):
        rival = Order.objects.get()
        assert not OrderDocument.objects.exists()
    with pytest.raises(Order.DoesNotExist):
        attach_document(
            tenant=desk,
            order_id=rival.pk,
            content=BytesIO(REPORT),
            name="x.pdf",
            kind=OrderDocumentKind.REPORT,
            actor="ana",
            now=now,
        )


def test_going_through_all_orders_brings_in_what_no_event_told_of(desk, harborpine, now):
    attach(desk, now)
    attach(harborpine, now)
    report = ingest_source(tenant=desk, slug="orders", actor="ana", now=now)
    assert report.announced == 1
    assert report.counts == {**dict.fromkeys([*Outcome.values, "refused"], 0), "added": 1}
    assert titles(harborpine) == []


def test_an_attachment_reaches_the_library_by_its_event(desk, harborpine, now):
    bring_in(desk, now, mail_with(pdf_part("1041 URAR.pdf")))
    bring_in(harborpine, now, mail_with(pdf_part("theirs.pdf"), to=RIVAL))
    react(desk, now, "mail")
    react(desk, now, "mail")
    assert fetch_announced(tenant=desk, now=now) == 1
    with tenant_scope(desk):
        document = Document.objects.get()
        source = document.sources.get()
        assert (document.name, document.media_type) == ("1041 URAR.pdf", "application/pdf")
        assert source.type == SourceType.GMAIL_ATTACHMENT
        assert source.reference_id == str(Attachment.objects.get().message_id)
        assert source.label == "Tomás Herrera: Turn times"
    assert titles(harborpine) == []


def test_what_stands_in_the_text_what_is_tiny_and_what_runs_is_left_out(desk, now):
    bring_in(
        desk,
        now,
        mail_with(
            pdf_part("plan.pdf"),
            (PICTURE, "image", "png", "photo.png", "attachment", ""),
            (PICTURE + b"1", "image", "png", "pasted.png", "inline", "<a@b>"),
            (PICTURE + b"2", "image", "png", "cid.png", "inline", ""),
            (PICTURE[:900], "image", "png", "logo.png", "attachment", ""),
            (b"MZ\x90\x00" + b"0" * 999, "application", "octet-stream", "invoice.pdf.bin", "attachment", ""),
            (b"echo", "application", "octet-stream", "invoice.cmd", "attachment", ""),
            (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text", "calendar", "invite.ics", "attachment", ""),
        ),
    )
    report = ingest_source(tenant=desk, slug="gmail", actor="ana", now=now)
    assert [one.registered.document.name for one in report.brought] == ["plan.pdf", "photo.png"]


def test_a_picture_that_comes_with_every_mail_is_a_logo(desk, harborpine, now):
    mails = [
        mail_with(
            (PICTURE, "image", "png", f"image00{number}.png", "attachment", ""),
            pdf_part(f"paper {number}.pdf", REPORT + str(number).encode()),
            message_id=f"<{number}@bluemesacu.test>",
        )
        for number in range(3)
    ]
    bring_in(desk, now, *mails)
    ingest_source(tenant=desk, slug="gmail", actor="ana", now=now)
    assert titles(desk) == ["paper 0", "paper 1", "paper 2"]


def test_many_attachments_are_announced_in_as_many_statements_as_few(desk, now):
    def count(number):
        parts = [pdf_part(f"{number}-{n}.pdf", REPORT + f"{number}-{n}".encode()) for n in range(number)]
        bring_in(desk, now, mail_with(*parts, message_id=f"<many-{number}@bluemesacu.test>"))
        with tenant_scope(desk):
            events = [Event.objects.filter(kind="mail.message.received").latest("id")]
            engine = next(engine for engine in registry if engine.slug == "mail")
            with CaptureQueriesContext(connection) as queries:
                engine.react(make_cycle(desk, now), events)
            return len(queries)

    assert count(1) == count(9)


def test_the_same_file_by_mail_and_with_an_order_is_one_document_of_two_places(desk, now):
    attach(desk, now)
    bring_in(desk, now, mail_with(pdf_part()))
    for slug in ("orders", "gmail"):
        ingest_source(tenant=desk, slug=slug, actor="ana", now=now)
    with tenant_scope(desk):
        document = Document.objects.get()
        assert sorted(document.sources.values_list("source", flat=True)) == ["gmail", "orders"]


def test_what_was_deleted_for_good_does_not_come_back_by_itself(desk, now):
    attach(desk, now)
    ingest_source(tenant=desk, slug="orders", actor="ana", now=now)
    with tenant_scope(desk):
        (document,) = trash_documents(document_ids=[Document.objects.get().pk], actor="ana", now=now)
    delete_documents(tenant=desk, document_ids=[document.pk], actor="ana", now=now)
    react(desk, now, "orders")
    report = ingest_source(tenant=desk, slug="orders", actor="ana", now=now)
    assert report.brought == []
    assert titles(desk) == []
    with tenant_scope(desk):
        assert OrderDocument.objects.count() == 1
    assert codes_of(desk) == []


class Shelf(Source):
    """A source of a test: some of its files fail when they are opened."""

    slug = "shelf"
    label = "Shelf"
    type = SourceType.GENERATED
    files = {"1": b"first", "2": OSError("The disk is away."), "3": FileGone("Somebody took it."), "4": b""}

    def list_files(self, *, after, limit):
        keys = [key for key in self.files if int(key) > after][:limit]
        return Listing(offers=self.find_files(keys), last=int(keys[-1]) if keys else None)

    def find_files(self, keys):
        return [Offer(position=int(key), key=key, name=f"{key}.txt") for key in keys]

    def open_file(self, *, tenant, key):
        content = self.files[key]
        if isinstance(content, Exception):
            raise content
        return BytesIO(content)


def test_one_file_that_cannot_be_had_stops_no_other_and_only_a_passing_fault_is_tried_again(
    meridian, harborpine, now
):
    with sources.override(Shelf()):
        report = ingest_source(tenant=meridian, slug="shelf", actor="ana", now=now)
        assert report.counts["added"] == 1
        assert report.counts["refused"] == 3
        with tenant_scope(meridian):
            states = dict(DocumentSource.objects.values_list("key", "state"))
            assert states == {"1": "linked", "2": "announced", "3": "failed", "4": "failed"}
            reasons = dict(DocumentSource.objects.values_list("key", "reason"))
            assert reasons["2"] == "OSError: The disk is away."
            assert reasons["3"] == "Somebody took it."
            assert "4.txt is empty" in reasons["4"]
        assert fetch_announced(tenant=meridian, now=now) == 0
        assert fetch_announced(tenant=harborpine, now=now + timedelta(hours=1)) == 0
        for hours in range(1, 10):
            fetch_announced(tenant=meridian, now=now + timedelta(hours=hours))
        with tenant_scope(meridian):
            row = DocumentSource.objects.get(key="2")
            assert (row.state, row.attempts) == (SourceState.FAILED, 5)


def test_a_source_that_nobody_registered_is_named_with_those_there_are(meridian, now):
    with pytest.raises(UnknownSource, match="no source 'fax'. Known: gmail, orders"):
        ingest_source(tenant=meridian, slug="fax", actor="ana", now=now)


def test_a_second_source_of_a_slug_is_refused():
    known = SourceRegistry()
    known.register(Shelf())
    with pytest.raises(ValueError, match="registered already"):
        known.register(Shelf())


def test_a_persons_upload_of_an_orders_file_keeps_both_places(desk, now):
    attach(desk, now)
    ingest_source(tenant=desk, slug="orders", actor="ana", now=now)
    assert bring(desk, REPORT, name="mine.pdf").outcome == Outcome.DUPLICATE
