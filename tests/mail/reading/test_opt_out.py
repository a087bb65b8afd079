"""Who asks to be left alone."""

import pytest

from engagement.mail.reading import find_opt_out, newest_of_text, parse_message, read_mail


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "Unsubscribe",
        "please unsubscribe me",
        "Please remove me from your mailing list.",
        "Take me off this list!",
        "Stop sending me these emails.",
        "I do not want any more emails from you.",
        "I don't want these market letters anymore, take my name off.",
        "Please stop sending me these market reports.",
        "I do not wish to receive further marketing emails.",
        "Kindly lose my address. I never signed up for your bulletins.",
        "Bitte nehmen Sie mich aus dem Verteiler.",
        "Je ne souhaite plus recevoir vos messages.",
        "Por favor, denme de baja.",
        "STOP\n\n> To unsubscribe reply STOP",
    ],
)
def test_a_wish_to_be_left_alone_is_found(text: str) -> None:
    newest = newest_of_text(text)
    found = find_opt_out(newest)
    assert found is not None
    assert newest.text[found.start : found.end] == found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!\n\n> To unsubscribe reply STOP",
        "Please stop the order, the borrower withdrew.",
        "To unsubscribe click here.",
        "Please remove comp 3 from the report.",
        "Stop sending the report to the borrower.",
        "The bus stop is across the street.",
        "Please cancel the appraisal.",
        "Please take my name off the order, I moved to another desk.",
        "We don't want letters of explanation from the borrower.",
        "Please stop sending the reports to the borrower.",
    ],
)
def test_stopping_something_else_is_no_opt_out(text: str) -> None:
    assert find_opt_out(newest_of_text(text)) is None


@pytest.mark.parametrize(
    ("text", "asks_for_no_more", "asks_for_a_call"),
    [
        ("Please stop emailing me and just call me.", False, True),
        ("Please stop emailing me.", True, False),
        ("Take me off this list. Please call me about order 240871.", True, True),
    ],
)
def test_whoever_would_rather_be_called_asks_for_a_call_alone(
    text: str, asks_for_no_more: bool, asks_for_a_call: bool
) -> None:
    raw = f"From: Fay <fay@client.test>\nTo: desk@own.test\nSubject: Re: 241110\n\n{text}\n"
    reading = read_mail(parse_message(raw.encode()))
    assert (reading.opt_out is not None, bool(reading.requests)) == (asks_for_no_more, asks_for_a_call)
