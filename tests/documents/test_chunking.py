"""Cutting text into chunks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from documents.chunking import KEPT_WHOLE, OVERLAP, TARGET, cut_text

SENTENCES = "The roof is sound. The boiler is not. The lender asks for a certificate.\n"
anything = st.text(alphabet=st.sampled_from("abc dé.\n\t!?;ß日 \r"), max_size=6000)


@given(anything, st.lists(st.integers(1, 6000), max_size=5))
def test_every_chunk_is_what_stands_there_and_nothing_but_blanks_is_left_out(text, starts):
    chunks = cut_text(text, [0, *sorted(starts)])
    kept = set()
    for ordinal, chunk in enumerate(chunks):
        assert chunk.ordinal == ordinal
        assert text[chunk.char_from : chunk.char_to] == chunk.text
        assert 1 <= chunk.page_from <= chunk.page_to
        kept.update(range(chunk.char_from, chunk.char_to))
    assert all(text[place].isspace() for place in range(len(text)) if place not in kept)


@given(anything)
def test_chunks_have_their_length_and_repeat_a_little_of_the_one_before(text):
    chunks = cut_text(text)
    if len(chunks) > 1:
        assert all(len(chunk.text) <= TARGET for chunk in chunks)
        assert all(0 <= a.char_to - b.char_from + 50 for a, b in zip(chunks, chunks[1:], strict=False))
        assert all(a.char_to - b.char_from <= OVERLAP for a, b in zip(chunks, chunks[1:], strict=False))


def test_a_chunk_ends_with_a_sentence_and_the_next_begins_with_one():
    chunks = cut_text(SENTENCES.replace("\n", " ") * 80)
    assert len(chunks) > 3
    assert all(chunk.text.endswith(".") for chunk in chunks)
    assert all(chunk.text.startswith("The ") for chunk in chunks)


def test_rows_of_a_table_are_not_torn_apart():
    rows = "".join(f"Row {number}  fee 575.00  paid\n" for number in range(200))
    assert all(chunk.text.startswith("Row") and chunk.text.endswith("paid") for chunk in cut_text(rows))


def test_a_short_text_stays_whole():
    text = SENTENCES * (KEPT_WHOLE // len(SENTENCES))
    assert len(cut_text(text)) == 1
    assert len(cut_text(text + SENTENCES)) > 1


def test_pages_are_counted_from_where_they_begin():
    pages = [f"Page {number}. " + SENTENCES * 20 for number in range(1, 5)]
    starts = [sum(map(len, pages[:number])) for number in range(4)]
    chunks = cut_text("".join(pages), starts)
    assert (chunks[0].page_from, chunks[-1].page_to) == (1, 4)
    for chunk in chunks:
        assert starts[chunk.page_from - 1] <= chunk.char_from
        assert chunk.page_to == 4 or chunk.char_to <= starts[chunk.page_to]


def test_a_text_without_words_is_one_empty_chunk():
    for text in ("", " \n\t "):
        (chunk,) = cut_text(text)
        assert (chunk.text, chunk.page_from) == ("", 1)
