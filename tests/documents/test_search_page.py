"""The search page: what is found, marked, narrowed and kept from view."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User

from agent.tenancy import tenant_scope
from documents.models import DocumentText
from tests.documents.people import log_in, make_person
from tests.documents.shelf import FEES, FLOOD, link, shelve

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SEARCH = "/admin/documents/document/search/"


@pytest.fixture
def boss(meridian, harborpine):
    """A superuser's browser in Meridian."""
    return log_in(User.objects.create_superuser("dana", password="x"), meridian)


def find(browser, **query) -> str:
    answer = browser.get(SEARCH, query)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a class="agent-link" href="[^"]+">([^<]+)</a></h2>', page)


def test_the_words_are_marked_and_lead_to_their_place_in_the_text(boss, meridian, harborpine):
    document = shelve(meridian, "Flood report", FLOOD)
    shelve(harborpine, "Their flood report", FLOOD)
    page = find(boss, q="flood certificate")
    assert titles(page) == ["Flood report"] and "Their flood" not in page
    assert '<mark class="agent-mark">flood</mark>' in page
    address = next(one for one in re.findall(r'href="([^"]+)#cited"', page))
    cited = boss.get(unescape(address)).content.decode()
    start, end = map(int, re.findall(r"=(\d+)", address))
    with tenant_scope(meridian):
        words = DocumentText.objects.get(document=document).content[start:end]
    assert f'class="agent-mark">{words}</mark>' in unescape(cited)


def test_a_facet_narrows_and_is_taken_away_again(boss, meridian):
    shelve(meridian, "Sales contract", FLOOD, category="contract")
    invoice = shelve(meridian, "Bill", FLOOD, category="invoice")
    link(meridian, invoice, key="1")
    page = find(boss, q="flood zone")
    assert "Contract (1)" in page and "Invoice (1)" in page and "A file of an order (1)" in page
    narrowed = find(boss, q="flood zone", category="invoice")
    assert titles(narrowed) == ["Bill"]
    assert 'href="?q=flood+zone" aria-current="true">Invoice (1)</a>' in narrowed
    assert titles(find(boss, q="flood zone", source="order_document")) == ["Bill"]


def test_what_was_read_out_of_the_query_is_shown_and_can_be_removed(boss, meridian):
    shelve(meridian, "Sales contract", FLOOD, category="contract")
    shelve(meridian, "Bill", FLOOD, category="invoice")
    page = find(boss, q="contract flood")
    assert titles(page) == ["Sales contract"] and "Understood as" in page
    without = re.search(r'href="(\?[^"]+)">Look without it', page)[1]
    assert set(titles(boss.get(SEARCH + unescape(without)).content.decode())) == {"Sales contract", "Bill"}


def test_former_and_expired_documents_are_found_for_who_asks(boss, meridian):
    shelve(meridian, "Old fees", FEES, expiry_date="2020-01-01")
    assert titles(find(boss, q="inspection fees")) == []
    page = find(boss, q="inspection fees", expired="on")
    assert titles(page) == ["Old fees"] and "Expired" in page


def test_a_restricted_document_is_found_by_who_is_cleared_only(boss, meridian):
    shelve(meridian, "Secret fees", FEES, visibility="restricted")
    viewer = log_in(make_person("vera", meridian, "view_document"), meridian)
    assert titles(find(boss, q="inspection fees")) == ["Secret fees"]
    page = find(viewer, q="inspection fees")
    assert titles(page) == [] and "Nothing found" in page and "(1)" not in page


def test_text_of_a_document_is_never_markup(boss, meridian):
    shelve(meridian, "Page", "A flood of <script>alert(1)</script> tags in the flood zone.")
    page = find(boss, q="flood script")
    assert "<script>alert" not in page and "&lt;" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "x" * 3000}, "shorten it"),
        ({"q": "flood\0zone"}, "Search in every document"),
        ({"q": "flood", "category": "novel", "page": "99", "source": "x"}, "Nothing found"),
        ({}, "Search in every document"),
    ],
)
def test_a_search_that_makes_no_sense_is_answered_all_the_same(boss, meridian, query, said):
    assert said in find(boss, **query)


def test_who_may_not_see_documents_may_not_search(meridian):
    nobody = log_in(make_person("nora", meridian, "view_order"), meridian)
    assert nobody.get(SEARCH, {"q": "flood"}).status_code == 403
