"""What narrows a search: filters that were asked for, and those read out of the query."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from documents.search import Filters, SearchRefused
from tests.documents.shelf import link, look_for, put, shelve, titles

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SAID = "The review appraiser asked for the comparable sales grid, number {}."


@pytest.fixture
def library(meridian, harborpine):
    """Documents that say nearly the same and differ in everything else; the rival has them as well."""
    for tenant in (harborpine, meridian):
        contract = shelve(
            tenant,
            "Cascade Master Agreement",
            SAID.format(1),
            category="contract",
            effective_date=date(2024, 3, 1),
        )
        link(tenant, contract, key="a", label="Order MV-240117", reference_kind="order", reference_id="17")
        shelve(tenant, "Summit terms 2023", SAID.format(2), category="contract")
        invoice = shelve(
            tenant, "Bill of March", SAID.format("3, loan 26-40117"), category="invoice",
            effective_date=date(2024, 5, 1), extraction_status="skipped",
        )  # fmt: skip
        link(tenant, invoice, key="b", type="gmail_attachment", source="gmail")
        shelve(tenant, "Notes", SAID.format(4))


def found(tenant, query="comparable sales grid", **how):
    return sorted(titles(look_for(tenant, query, **how)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"categories": ["contract"]}, ["Cascade Master Agreement", "Summit terms 2023"]),
        ({"source_types": ["gmail_attachment"]}, ["Bill of March"]),
        ({"statuses": ["skipped"]}, ["Bill of March"]),
        ({"effective_from": date(2024, 4, 1)}, ["Bill of March"]),
        ({"effective_to": date(2024, 3, 1)}, ["Cascade Master Agreement"]),
        ({"added_from": date(2026, 11, 24)}, []),
        ({"added_to": date(2026, 11, 22)}, []),
        ({"reference": ("order", "17")}, ["Cascade Master Agreement"]),
        ({"visibilities": ["restricted"]}, []),
    ],
)
def test_a_filter_holds_in_both_lists_and_in_the_counts(meridian, library, filters, expected):
    answer = look_for(meridian, "comparable sales grid", filters=filters)
    assert sorted(titles(answer)) == expected and answer.total == len(expected)
    # Found by meaning alone as well.
    assert sorted(titles(look_for(meridian, "zzz", filters=filters))) == expected


def test_the_days_of_a_filter_begin_and_end_at_the_companys_midnights(meridian, harborpine):
    # Midnight in Denver is 07:00 of UTC.
    for tenant in (harborpine, meridian):
        shelve(tenant, "Evening before", "Grid 1.", added_at=datetime(2026, 11, 20, 6, 59, tzinfo=UTC))
        shelve(tenant, "First minute", "Grid 2.", added_at=datetime(2026, 11, 20, 7, 0, tzinfo=UTC))
        shelve(tenant, "Last minute", "Grid 3.", added_at=datetime(2026, 11, 21, 6, 59, tzinfo=UTC))
        shelve(tenant, "Day after", "Grid 4.", added_at=datetime(2026, 11, 21, 7, 0, tzinfo=UTC))
    day = date(2026, 11, 20)
    assert meridian.timezone == "America/Denver"
    the_day = {"added_from": day, "added_to": day}
    assert found(meridian, "grid", filters=the_day) == ["First minute", "Last minute"]
    assert found(meridian, "grid", filters={"added_to": day}) == [
        "Evening before", "First minute", "Last minute",
    ]  # fmt: skip
    assert found(meridian, "grid", filters={"added_from": date(1, 1, 1), "added_to": date.max}) == [
        "Day after", "Evening before", "First minute", "Last minute",
    ]  # fmt: skip


def test_facets_count_one_companys_documents(meridian, library):
    facets = look_for(meridian, "comparable sales grid").facets
    assert facets["category"] == {"contract": 2, "invoice": 1, "other": 1}
    assert facets["source"] == {"gmail_attachment": 1, "order_document": 1}
    assert facets["year"] == {"2024": 2, "2026": 2}


@pytest.mark.parametrize(
    ("query", "key", "expected"),
    [
        (
            "comparable sales in contracts",
            "category:contract",
            ["Cascade Master Agreement", "Summit terms 2023"],
        ),
        ("what did order MV-240117 say of sales", "number:MV-240117", ["Cascade Master Agreement"]),
        ("sales grid of loan 26-40117", "number:26-40117", ["Bill of March"]),
        ("sales of 2023", "year:2023", ["Summit terms 2023"]),
        ("sales of 2024", "year:2024", ["Bill of March", "Cascade Master Agreement"]),
        ("sales in Cascade Master Agreement", "name:Cascade Master Agreement", ["Cascade Master Agreement"]),
    ],
)
def test_what_names_documents_in_a_query_becomes_a_filter_that_can_be_removed(
    meridian, library, query, key, expected
):
    answer = look_for(meridian, query)
    assert [parsed.key for parsed in answer.parsed] == [key]
    assert sorted(titles(answer)) == expected
    without = look_for(meridian, query, ignored=frozenset({key}))
    assert without.parsed == () and len(without.hits) == 4


def test_filters_of_a_query_go_together_as_far_as_some_document_meets_them(meridian, library):
    both = look_for(meridian, "contracts of 2023")
    assert {parsed.kind for parsed in both.parsed} == {"category", "year"}
    assert titles(both) == ["Summit terms 2023"]
    conflicting = look_for(meridian, "invoice sales of 2023")
    assert [parsed.key for parsed in conflicting.parsed] == ["category:invoice"]


def test_what_no_document_answers_to_is_an_ordinary_word(meridian, library):
    answer = look_for(meridian, "bid templates of 1999 for order MV-999999")
    assert answer.parsed == () and len(answer.hits) == 4


def test_what_was_read_out_of_a_query_never_leaves_it_without_an_answer(meridian, harborpine, library):
    put(meridian, "Forecast 2031", "Not indexed yet.")
    shelve(harborpine, "Forecast 2031", "The rival's forecast.")
    unindexed = look_for(meridian, "sales grid of 2031")
    assert unindexed.parsed == () and len(unindexed.hits) == unindexed.total == 4
    elsewhere = look_for(meridian, '"number 4" in contracts')
    assert elsewhere.parsed == () and titles(elsewhere) == ["Notes"]
    asked = look_for(meridian, "sales grid of 2031", filters={"categories": ["invoice"]})
    assert titles(asked) == ["Bill of March"]
    assert look_for(meridian, "sales grid of 2031", filters={"visibilities": ["restricted"]}).hits == ()


def test_what_only_a_rivals_document_answers_to_is_no_filter(meridian, harborpine, library):
    document = shelve(harborpine, "Harbor Lending 2019", "Rates.", category="sop")
    link(harborpine, document, key="c", label="Order HP-190001")
    assert look_for(meridian, "SOP of 2019 for HP-190001 Harbor Lending 2019").parsed == ()
    assert look_for(harborpine, "SOP of 2019 for HP-190001").parsed != ()


def test_an_unknown_value_of_a_filter_is_refused_with_the_known_ones():
    with pytest.raises(SearchRefused, match="contract, invoice"):
        Filters(categories=["novel"])
