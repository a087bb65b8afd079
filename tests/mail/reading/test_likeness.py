"""How like a mail is to the mails that were sorted by hand."""

from engagement.mail.reading.likeness import CATEGORIES, MOODS, likenesses, words_in
from engagement.mail.reading.phrases import words_of

from .count_words import count_categories, count_moods


def test_the_counted_words_are_those_of_the_corpora() -> None:
    assert CATEGORIES.read_text(encoding="utf-8") == count_categories()
    assert MOODS.read_text(encoding="utf-8") == count_moods()


def test_words_are_counted_without_their_endings_and_two_in_a_row() -> None:
    counted = words_in(words_of("Scheduled 240881 inspections").flow)
    assert {"schedul", "#", "inspection", "schedul_#"} <= counted


def test_words_that_nobody_sorted_say_nothing_of_a_category() -> None:
    unknown = likenesses(CATEGORIES, words_of("Qwertz uiop asdf.").flow)
    assert max(unknown, key=unknown.__getitem__) == "general"


def test_a_mail_in_words_of_no_phrase_is_like_the_mails_of_its_category() -> None:
    likeness = likenesses(
        CATEGORIES, words_of("The refinance is off, the borrower wants no appraisal any more.").flow
    )
    assert max(likeness, key=likeness.__getitem__) == "order_cancel"


def test_a_long_mail_is_not_surer_than_its_first_words() -> None:
    once = "Please cancel the appraisal, the borrower withdrew. "
    short = likenesses(CATEGORIES, words_of(once).flow)["order_cancel"]
    long = likenesses(CATEGORIES, words_of(once + "Nothing else to say about it today. " * 200).flow)
    assert abs(long["order_cancel"]) < 10 * abs(short)
