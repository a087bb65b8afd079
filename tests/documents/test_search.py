"""The search: what is found, in what order, and what is said of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.tenancy import TenantScopeOpen, tenant_scope
from documents.models import DocumentText
from documents.search import SearchRefused, SearchRequest
from documents.search.results import Mode
from tests.documents.shelf import FEES, FLOOD, ROOF, look_for, put, shelve, titles

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def library(meridian, harborpine):
    """Three documents of Meridian's, and a rival's that says the same."""
    shelve(harborpine, "Rival flood report", FLOOD)
    return [
        shelve(meridian, "Alder Street", FLOOD),
        shelve(meridian, "Price list", FEES),
        shelve(meridian, "Inspection", ROOF),
    ]


def test_a_question_in_whole_sentences_finds_its_document_first(meridian, library):
    answer = look_for(meridian, "Which of the houses needs a certificate because it is in a flood zone?")
    assert titles(answer)[0] == "Alder Street"
    assert (answer.mode, answer.model) == (Mode.EXACT, "wordllama-256")


def test_what_is_meant_is_found_without_any_of_its_words(meridian, library):
    answer = look_for(meridian, "how much money")
    assert titles(answer)[0] == "Price list" and answer.total == 0


def test_nothing_of_the_rival_shows_in_hits_counts_facets_or_snippets(meridian, harborpine, library):
    mine = look_for(meridian, "flood zone AE certificate", limit=100, explain=True)
    assert "Rival flood report" not in titles(mine)
    assert mine.total == 1 and mine.facets["category"] == {"other": 1}
    theirs = look_for(harborpine, "flood zone AE certificate", limit=100)
    assert titles(theirs) == ["Rival flood report"] and theirs.total == 1
    assert look_for(harborpine, "fee schedule of inspections").total == 0


def test_the_rivals_words_weigh_nothing(meridian, harborpine, library):
    before = look_for(meridian, "flood roof", explain=True).hits
    for number in range(5):
        shelve(harborpine, f"Flood {number}", f"{FLOOD} {number}")
    after = look_for(meridian, "flood roof", explain=True).hits
    assert [hit.explanation for hit in after] == [hit.explanation for hit in before]


def test_a_citation_is_what_stands_in_the_stored_text(meridian, library):
    text = (
        "Preface.\n" + "Nothing of note here. " * 200 + "The sinking fund is empty. " + "Nothing else. " * 200
    )
    starts = [0, 1000, 4000, 6000]
    document = shelve(meridian, "Condominium", text, page_starts=starts)
    passage = look_for(meridian, "sinking fund").hits[0].passages[0]
    with tenant_scope(meridian):
        stored = DocumentText.objects.get(document=document)
    content = stored.content
    assert content[passage.char_from : passage.char_to] == passage.text
    assert content[passage.snippet_from : passage.snippet_to] == passage.snippet
    assert [content[start:end] for start, end in passage.matches] == ["sinking", "fund"]
    place = content.index("sinking fund")
    assert passage.page_from <= stored.page_at(place) <= passage.page_to


def test_matches_are_marked_in_every_form_of_the_word(meridian, library):
    passage = look_for(meridian, "repairing roofs").hits[0].passages[0]
    content = ROOF
    assert {content[start:end] for start, end in passage.matches} == {"repair", "roof"}


def test_a_phrase_in_quotes_must_stand_there_word_for_word(meridian, library):
    shelve(meridian, "Broken over lines", "A flood\n   zone map.")
    shelve(meridian, "Other order", "The zone was hit by a flood.")
    shelve(meridian, "Longer words", "Flood zones are mapped.")
    answer = look_for(meridian, '"flood zone" street')
    assert set(titles(answer)) == {"Alder Street", "Broken over lines"}
    assert answer.total == 2 and answer.phrases == ("flood zone",)


def test_a_phrase_of_signs_and_stop_words_is_taken_as_it_stands(meridian, library):
    shelve(meridian, "Signs", "Pay (net 30%) to the order of A.B. C++ & Sons [sic].")
    assert titles(look_for(meridian, '"C++ & Sons [sic]"')) == ["Signs"]
    assert titles(look_for(meridian, '"to the order of"')) == ["Signs"]
    assert titles(look_for(meridian, '"(net .*%)"')) == []


def test_a_phrase_of_stop_words_alone_is_found_where_it_stands(meridian, harborpine, library):
    shelve(harborpine, "Rival opinion", "The rival's value is given as is.")
    shelve(meridian, "Opinion", "The market value is given as  is, without repairs.")
    shelve(meridian, "Other order", "The value is as stated.")
    alone = look_for(meridian, '"as is"')
    assert titles(alone) == ["Opinion"] and alone.total == 1 and alone.facets["category"] == {"other": 1}
    passage = alone.hits[0].passages[0]
    assert [passage.text[a - passage.char_from : b - passage.char_from] for a, b in passage.matches] == [
        "as  is"
    ]
    beside = look_for(meridian, '"as is" value')
    assert titles(beside) == ["Opinion"] and beside.total == 1
    assert look_for(meridian, '"is as is"').hits == ()


def test_a_document_is_found_by_its_title_alone(meridian, library):
    put(meridian, "Unread", "")
    scan = shelve(meridian, "Engagement letter Cascade", "")
    hit = look_for(meridian, "engagement letter").hits[0]
    assert hit.document_id == scan.pk and hit.passages[0].text == ""


def test_superseded_expired_and_trashed_documents_show_only_when_asked_for(meridian, library, now):
    day = now.date()
    shelve(meridian, "Old version", "Zeppelin policy, old.", is_latest=False)
    shelve(meridian, "Expired", "Zeppelin policy, expired.", expiry_date=day - timedelta(days=1))
    shelve(meridian, "Last day", "Zeppelin policy, in force.", expiry_date=day)
    shelve(
        meridian, "Thrown away", "Zeppelin policy, trash.", is_latest=False, trashed_at=now, trashed_by="ana"
    )
    assert "Last day" in titles(look_for(meridian, "zeppelin"))
    for name, title in (
        ("with_superseded", "Old version"), ("with_expired", "Expired"), ("with_trashed", "Thrown away")
    ):  # fmt: skip
        assert title not in titles(look_for(meridian, "zeppelin"))
        assert title in titles(look_for(meridian, "zeppelin", filters={name: True}))


def test_restricted_documents_are_found_by_who_may_see_them(meridian, library):
    shelve(meridian, "Salaries", "Xylophone salaries.", visibility="restricted")
    hidden = look_for(meridian, "xylophone salaries")
    assert "Salaries" not in titles(hidden) and hidden.total == 0
    assert titles(look_for(meridian, "xylophone salaries", is_cleared=True))[0] == "Salaries"


def test_restricted_words_weigh_nothing_for_who_may_not_see_them(meridian, harborpine, library):
    shelve(harborpine, "Secret", f"{FLOOD} Secret.", visibility="restricted")
    before = look_for(meridian, "flood roof", explain=True)
    for number in range(4):
        shelve(meridian, f"Secret {number}", f"Flood, flood. {ROOF} {number}", visibility="restricted")
    after = look_for(meridian, "flood roof", explain=True)
    assert after.hits == before.hits and after.total == before.total
    cleared = look_for(meridian, "flood roof", explain=True, is_cleared=True)
    assert cleared.total == before.total + 4
    (mine,) = [hit for hit in cleared.hits if hit.title == "Alder Street"]
    (seen,) = [hit for hit in before.hits if hit.title == "Alder Street"]
    assert mine.explanation.words != seen.explanation.words
    for answer in (after, cleared):
        for hit in answer.hits:
            if hit.explanation.text_score is not None:
                assert sum(hit.explanation.words.values()) == pytest.approx(
                    hit.explanation.text_score, abs=1e-3
                )


def test_accents_and_joined_words_keep_nothing_from_being_found(meridian, library):
    shelve(meridian, "Names", "Signed by Tomás Ibáñez (tomas.ibanez@cascade.test), appraisal/review file.")
    for query in ("Tomas Ibanez", "cascade", "review"):
        assert titles(look_for(meridian, f'{query} "signed"'))[0] == "Names"


def test_explaining_says_what_each_word_gave(meridian, library):
    hit = look_for(meridian, "flood certificate zebra", explain=True).hits[0]
    assert hit.explanation.text_rank == 1 and hit.explanation.vector_rank is not None
    assert set(hit.explanation.words) == {"flood", "certif"}
    assert sum(hit.explanation.words.values()) == pytest.approx(hit.explanation.text_score, abs=1e-3)
    # First by words is 1, and the last of three by meaning 0.
    assert 1 <= hit.score <= 2 and (hit.score == 2) == (hit.explanation.vector_rank == 1)


def test_pages_of_a_long_answer_do_not_overlap(meridian):
    for number in range(12):
        shelve(meridian, f"Memo {number}", f"Memorandum {number} about the roof. {ROOF}")
    first = look_for(meridian, "roof repair", limit=8)
    second = look_for(meridian, "roof repair", limit=8, offset=8)
    assert len(first.hits) == 8 and len(second.hits) == 4 and first.total == second.total == 12
    assert not set(titles(first)) & set(titles(second))


def test_a_search_costs_the_same_number_of_statements_however_much_is_found(meridian, library):
    def count():
        with CaptureQueriesContext(connection) as queries:
            look_for(meridian, "roof inspection fee")
        return len(queries)

    few = count()
    for number in range(6):
        shelve(meridian, f"Memo {number}", f"{ROOF} {FEES} {number}")
    assert count() == few <= 16


def test_an_empty_library_answers_with_nothing(meridian):
    answer = look_for(meridian, "anything")
    assert (answer.hits, answer.total, answer.mode) == ((), 0, Mode.OFF) and answer.mode_reason


def test_a_query_of_stop_words_is_answered_by_meaning(meridian, library):
    assert len(look_for(meridian, "what is it about").hits) == 3


@pytest.mark.parametrize(
    "query", ["'", '"', "\\", "%", "a' OR 1=1 --", '"unfinished', "🦊", "x" * 1999, "((:*&|!"]
)
def test_no_query_is_too_odd_to_be_answered(meridian, library, query):
    look_for(meridian, query, explain=True)


@pytest.mark.parametrize(
    "how",
    [
        {"query": "  "},
        {"query": "a\0b"},
        {"query": "\ud800"},
        {"query": "x" * 2001},
        {"query": "x", "limit": 0},
        {"query": "x", "limit": 101},
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_with_what_to_change(how):
    with pytest.raises(SearchRefused):
        SearchRequest(**how)


def test_a_search_opens_its_own_scope(meridian, library):
    with pytest.raises(TenantScopeOpen), tenant_scope(meridian):
        look_for(meridian, "roof")
