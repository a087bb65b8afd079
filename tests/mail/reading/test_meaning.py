"""What a mail means: its category, its signals, its sentiment."""

import json
from pathlib import Path

import pytest

from engagement.mail.reading import newest_of_text, parse_message, read_mail
from engagement.mail.reading.category import Category, classify_category
from engagement.mail.reading.sentiment import read_sentiment
from engagement.mail.reading.signals import SignalType, find_signals

LABELLED = Path(__file__).resolve().parents[4].joinpath("shared/data/mail")


def category_of(raw: bytes) -> Category:
    parsed = parse_message(raw)
    reading = read_mail(parsed)
    return classify_category(
        parsed,
        reading.newest,
        tier=reading.tier,
        is_internal=reading.is_internal,
        flags=reading.flags,
        requests=reading.requests,
        opt_out=reading.opt_out,
        bounced=reading.bounced,
        signals=find_signals(reading.newest, subject=parsed.subject),
        sentiment=read_sentiment(reading.newest, subject=parsed.subject),
    )


@pytest.mark.skipif(not LABELLED.is_dir(), reason="the labelled mails are not here")
def test_nine_of_ten_labelled_mails_fall_into_their_category() -> None:
    labels = json.loads((LABELLED / "labels.json").read_text(encoding="utf-8"))["emails"]
    wrong = {
        label["file"]: found.value
        for label in labels
        if (found := category_of((LABELLED / label["file"]).read_bytes())) != label["category"]
    }
    assert len(wrong) <= len(labels) // 10, wrong


def test_the_evidence_of_a_signal_is_its_slice_of_the_newest_text() -> None:
    newest = newest_of_text("Hi Zoë 🎉\n\nReport received. The rate lock expires tomorrow!\n\nBest,\nTom")
    (signal,) = find_signals(newest)
    assert signal.type is SignalType.URGENCY
    assert newest.text[signal.start : signal.end] == signal.evidence == "The rate lock expires tomorrow!"
