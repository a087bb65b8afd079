"""Citing documents: from a card to the words it rests on, and from an order or a quote to its documents."""

from __future__ import annotations

from html import unescape
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from agent.models import Card
from agent.tenancy import tenant_scope
from documents.citations import Citation, NothingToCite, cite_document
from documents.models import Document, DocumentSource, DocumentText
from documents.services import ingest_source, set_visibility, trash_documents
from documents.states import Visibility
from orders.models import OrderDocumentKind
from orders.services.documents import attach_document
from quotes.models import Quote
from tests.agent.console_rows import make_row
from tests.documents.library import bring
from tests.documents.people import log_in, make_person
from tests.orders.cast import make_client, make_desk, make_order

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]
TEXT = "Fee schedule.\fA full appraisal costs 575 dollars."


@pytest.fixture
def boss(meridian, harborpine):
    """A superuser's browser in Meridian."""
    return log_in(User.objects.create_superuser("dana", password="x"), meridian)


def read_document(tenant) -> Document:
    """A document of two pages, read; to be used in the tenant's scope."""
    document = bring(tenant).document
    with tenant_scope(tenant):
        DocumentText.objects.create(
            document=document, content=TEXT, page_starts=[0, 14], read_at=timezone.now()
        )
    return document


def shown(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_card_leads_to_the_very_words_that_it_rests_on(boss, meridian):
    document = read_document(meridian)
    with tenant_scope(meridian):
        evidence = cite_document(document=document, start=31, end=48)
        assert evidence.quote == TEXT[31:48] == "costs 575 dollars"
        card = make_row(Card, evidence=[evidence.as_json()])
    page = shown(boss, f"/admin/agent/card/{card.pk}/change/")
    address = Citation(document.pk, 31, 48).address
    assert f'href="{address}"' in unescape(page)
    cited = shown(boss, address)
    assert '<mark id="cited" class="agent-mark">costs 575 dollars</mark>' in cited and "page 2 of 2" in cited


@pytest.mark.parametrize(
    "evidence",
    [
        {"type": "mail", "id": "<1@client.test>"},
        {"type": "document", "id": "javascript:alert(1)"},
        {"type": "document", "id": "1:2-3/../../"},
    ],
)
def test_other_evidence_and_no_citation_are_no_link(boss, meridian, evidence):
    with tenant_scope(meridian):
        card = make_row(Card, evidence=[{**evidence, "quote": ""}])
    page = shown(boss, f"/admin/agent/card/{card.pk}/change/")
    assert "/text/?" not in page and f'href="{evidence["id"]}' not in unescape(page)


def test_a_restricted_document_is_cited_without_its_words(meridian):
    document = read_document(meridian)
    with tenant_scope(meridian):
        set_visibility(
            document_ids=[document.pk], visibility=Visibility.RESTRICTED, actor="ana", now=timezone.now()
        )
        document.refresh_from_db()
        assert cite_document(document=document, start=31, end=48).quote == ""


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (100, 120), (13, 14)])
def test_where_there_are_no_words_nothing_is_cited(meridian, start, end):
    document = read_document(meridian)
    with tenant_scope(meridian), pytest.raises(NothingToCite, match="has no text between"):
        cite_document(document=document, start=start, end=end)


def test_a_rivals_document_cannot_be_cited(meridian, harborpine):
    document = read_document(harborpine)
    with tenant_scope(meridian), pytest.raises(NothingToCite):
        cite_document(document=document, start=31, end=48)


def test_an_order_lists_its_documents_for_who_may_see_them(boss, meridian, harborpine):
    now = timezone.now()
    orders = {}
    for tenant in (meridian, harborpine):
        make_desk(tenant)
        with tenant_scope(tenant):
            orders[tenant] = make_order("MV-1", make_client())
        attach_document(
            tenant=tenant, order_id=orders[tenant].pk, content=BytesIO(tenant.slug.encode()),
            name=f"{tenant.slug} report.txt", kind=OrderDocumentKind.REPORT, actor="ana", now=now,
        )  # fmt: skip
        ingest_source(tenant=tenant, slug="orders", actor="ana", now=now)
    address = f"/admin/orders/order/{orders[meridian].pk}/change/"
    with tenant_scope(meridian):
        document = Document.objects.get()
    link = f"/admin/documents/document/{document.pk}/change/"
    page = shown(boss, address)
    assert link in page and f"/admin/documents/document/{document.pk}/download/" in page
    assert "harborpine report" not in page
    with tenant_scope(meridian):
        set_visibility(document_ids=[document.pk], visibility=Visibility.RESTRICTED, actor="ana", now=now)
    clerk = log_in(make_person("omar", meridian, "view_order", "view_document"), meridian)
    assert link in shown(boss, address) and link not in shown(clerk, address)
    with tenant_scope(meridian):
        trash_documents(document_ids=[document.pk], actor="ana", now=now)
    assert "No document in the library belongs to it." in shown(boss, address)


def test_a_quote_lists_its_documents(boss, meridian):
    document = bring(meridian).document
    with tenant_scope(meridian):
        quote = make_row(Quote)
        DocumentSource.objects.create(
            document=document, type="generated", source="quotes", key="1", reference_kind="quote",
            reference_id=str(quote.pk), added_at=timezone.now(), added_by="agent",
        )  # fmt: skip
    link = f"/admin/documents/document/{document.pk}/change/"
    assert link in shown(boss, f"/admin/quotes/quote/{quote.pk}/change/")
