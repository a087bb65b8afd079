"""The notation of the tables of phrases."""

import pytest

from engagement.mail.reading.phrases import PhraseTable, words_of


def stands(phrase: str, text: str) -> bool:
    return any(PhraseTable([phrase], {"order": "order|file"}).find(words_of(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("put|place on hold", "Please place it. Put on hold."),
        ("on_hold|paused", "It is on-hold."),
        ("sched* it", "We scheduled it."),
        ("pull~ the plug", "They are pulling the plug."),
        ("stop~ work", "Work: they stopped work."),
        ("change~ it", "We changed it."),
        ("carry~ on", "He carried on."),
        ("the? {order}", "Cancel file."),
        ("cancel .. order", "Cancel this one old order."),
        ("don't ... until", "Don't you ever send anybody to us again until I call."),
        ("# days late", "It is 12 days late."),
        ("# days late", "It is four days late."),
        ("in_#_days", "We close in three days."),
        ("hit ##", "It has to hit 450k."),
        ("of ##", "A value of $735,000."),
        ("for + years", "For many years."),
        ("^ stop $", "Hello there. Stop."),
        ("评估", "请给我评估报告"),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str) -> None:
    assert stands(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("put on hold", "Put it on. Hold."),
        ("pull~ the plug", "The pullman, the plug."),
        ("cancel .. order", "Cancel it if you can today, the order stays."),
        ("# days", "Some days."),
        ("of ##", "A valuation of 9 Larch."),
        ("of ##", "A valuation of 219 Cottonwood Ln."),
        ("of ##", "The valuation of 1204 homes."),
        ("^ stop $", "Stop the order."),
    ],
)
def test_a_phrase_is_not_found_where_only_its_words_stand(phrase: str, text: str) -> None:
    assert not stands(phrase, text)


def test_a_phrase_with_an_empty_alternative_is_refused() -> None:
    with pytest.raises(ValueError, match="empty alternative"):
        PhraseTable(["put||place it"])
