# ruff: noqa: E501  (rows of data)
"""Explicit requests: every one found with its sentence, and nothing else."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from engagement.mail.reading import find_requests, newest_of_text, parse_message, read_mail
from engagement.mail.reading.request_acts import ACTS, Act, find_acts
from engagement.mail.reading.request_forms import FORMS, find_asks
from engagement.mail.reading.request_people import PEOPLE, mark_people
from engagement.mail.reading.requests import JUDGED_CHARACTERS, SHORT_SENTENCE

from .corpus import WrittenMail, load_corpus
from .corpus_first import ASKED, NOT_ASKED

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
LABELLED = Path(__file__).resolve().parents[4].joinpath("shared/data/mail")


def evidence(text: str) -> list[str]:
    return [request.evidence for request in find_requests(newest_of_text(text), sent_at=MONDAY)]


@pytest.mark.parametrize("sentence", ASKED)
def test_a_request_is_found_with_its_whole_sentence(sentence: str) -> None:
    assert evidence(sentence) == [sentence]


@pytest.mark.parametrize("sentence", NOT_ASKED)
def test_what_only_looks_like_a_request_is_left_alone(sentence: str) -> None:
    assert evidence(sentence) == []


def _same(one: str, other: str) -> bool:
    return one.strip(" .!?") == other.strip(" .!?")


@pytest.mark.parametrize("mail", load_corpus(), ids=lambda mail: mail.name)
def test_a_mail_yields_exactly_the_requests_written_in_it(mail: WrittenMail) -> None:
    found = evidence(mail.text)
    assert len(found) == len(mail.requests), found
    assert all(_same(one, other) for one, other in zip(found, mail.requests, strict=True)), found


def test_mails_that_no_form_was_made_with_are_read_as_promised() -> None:
    right = wrong = wanted = 0
    for mail in load_corpus(("requests_unseen.txt",)):
        found = evidence(mail.text)
        hits = sum(any(_same(one, other) for other in mail.requests) for one in found)
        right, wrong, wanted = right + hits, wrong + len(found) - hits, wanted + len(mail.requests)
    assert right / (right + wrong) >= 0.97
    assert right / wanted >= 0.85


@pytest.mark.skipif(not LABELLED.is_dir(), reason="the labelled mails are not here")
def test_the_labelled_mails_are_read_without_a_mistake() -> None:
    labels = json.loads((LABELLED / "labels.json").read_text(encoding="utf-8"))
    for label in labels["emails"]:
        parsed = parse_message((LABELLED / label["file"]).read_bytes())
        reading = read_mail(parsed)
        wanted = label["evidence"]
        spans = [(one.evidence, one.start, one.end) for one in reading.requests]
        expected = [(wanted["text"], wanted["start"], wanted["end"])] if wanted else []
        assert spans == expected, label["file"]


def test_the_span_slices_the_newest_text() -> None:
    newest = newest_of_text("Hi Zoë 🎉\n\nAll good. Can you call me Thursday at 2pm? Thanks.\n\nBest,\nTom")
    (request,) = find_requests(newest, sent_at=MONDAY)
    assert newest.text[request.start : request.end] == request.evidence == "Can you call me Thursday at 2pm?"


def test_a_wish_and_the_ask_beside_it_are_one_request() -> None:
    text = (
        "Jack would like to speak with your team lead on Tuesday at 11 am. Please have them call his mobile."
    )
    assert evidence(text) == ["Please have them call his mobile."]


def test_two_asks_are_two_requests() -> None:
    text = "Please call me about the Hanson file. Could your billing person also call our AP desk?"
    assert len(evidence(text)) == 2


def test_a_request_withdrawn_below_is_gone() -> None:
    assert evidence("Can you call me at 3? Scrap that, no need to call.") == []


def test_a_withdrawal_spares_what_is_asked_after_it() -> None:
    assert evidence("Can you call me at 3? Scrap that. Please call Denise instead.") == [
        "Please call Denise instead."
    ]


def test_a_quoted_request_is_not_read() -> None:
    text = "All set, thanks.\n\nOn Tue, Nov 17, 2026 at 11:05 AM Tom <t@x.com> wrote:\n> Can you call me Thursday?"
    assert evidence(text) == []


def test_a_forwarded_request_is_not_read() -> None:
    text = "FYI\n\n---------- Forwarded message ---------\nFrom: Tom <t@x.com>\nDate: Tue\nSubject: x\n\nPlease call me."
    assert evidence(text) == []


def test_a_yes_under_our_quoted_offer_is_a_request() -> None:
    text = "> Would you like our reviewer to call the selling agent?\nYes please, today if possible."
    assert evidence(text) == ["Yes please, today if possible."]


def test_a_no_under_our_quoted_offer_is_none() -> None:
    assert evidence("> Would you like our reviewer to call the agent?\nNo thanks, I already did.") == []


def test_a_signature_and_a_disclaimer_are_not_read() -> None:
    text = (
        "The file is complete.\n\nKind regards,\nAnn Reyes\nCall me: 303-555-0101\nBook a call with me today!\n\n"
        "CONFIDENTIALITY NOTICE: This message is intended only for the addressee. If you received it in error "
        "please call 303-555-0199 and delete it."
    )
    assert evidence(text) == []


def test_a_postscript_below_the_signature_is_read() -> None:
    assert evidence("Report received.\n\nThanks,\nAnn\n\nPS: please call me tomorrow.") == [
        "please call me tomorrow."
    ] or (
        evidence("Report received.\n\nThanks,\nAnn\n\nPS: please call me tomorrow.")
        == ["PS: please call me tomorrow."]
    )


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("QuickVal <no-reply@quickval.test>", ""),
        ("Marcus <marcus@own.test>", ""),
        ("Tom <tom@client.test>", "Auto-Submitted: auto-replied\n"),
        (
            "Tom <tom@client.test>",
            "Authentication-Results: mx.own.test; dmarc=fail header.from=client.test\n",
        ),
    ],
    ids=["portal", "colleague", "auto-reply", "failed DMARC"],
)
def test_only_a_person_outside_our_house_can_ask(sender: str, headers: str) -> None:
    raw = f"From: {sender}\nTo: desk@own.test\nSubject: x\n{headers}\nCan you call me today?\n"
    assert read_mail(parse_message(raw.encode())).requests == ()


@pytest.mark.parametrize(
    ("to", "text", "asked"),
    [
        ("Alan <alan@client.test>", "Alan, can you call the borrower today?", False),
        ("Alan <alan@client.test>", "@Alan please give the borrower a call.", False),
        ("Alan <alan@client.test>", "Alan,\n\nPlease call the borrower today.", False),
        ("Alan <alan@client.test>", "Hi Alan and Priya,\n\nPlease call the borrower today.", True),
        ("Alan <alan@client.test>", "Priya, can you call the borrower today?", True),
        ("Alan <alan@client.test>", "Can you call Alan today?", True),
        ("Alan <alan@client.test>", "Can somebody on our side call the borrower?", False),
        ("", "Joan, please call Harborpine about the fee.", False),
        ("", "Please set up a call with Harbor for us, Joan.", False),
        ("", "Could someone at Harborpine call me?", True),
    ],
)
def test_what_is_asked_of_the_writers_own_people_is_no_request_to_us(to: str, text: str, asked: bool) -> None:
    recipients = f"Harbor Pine <desk@harborpine.test>{', ' if to else ''}{to}"
    raw = f"From: Tom <tom@client.test>\nTo: {recipients}\nSubject: x\n\n{text}\n"
    assert bool(read_mail(parse_message(raw.encode())).requests) is asked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Are you free for a quick call this afternoon?", "call"),
        ("Can we set up a call for Tuesday?", "call"),
        ("Are you free for a quick Teams call?", "meeting"),
        ("Can we set up a meeting for Tuesday?", "meeting"),
        ("Could we get some time on your calendar?", "meeting"),
        ("Are you free for lunch on Friday?", "meeting"),
    ],
)
def test_a_meeting_on_the_telephone_is_a_call(text: str, kind: str) -> None:
    assert [one.kind for one in find_requests(text, sent_at=None)] == [kind]


def test_a_client_who_writes_to_a_colleague_and_to_us_is_not_taken_for_one_of_us() -> None:
    head = "From: Tom <tom@client.test>\nTo: Ann <ann@client.test>, desk@own.test\nSubject: x\n\n"
    reading = read_mail(parse_message(f"{head}Could somebody at your end call me?\n".encode()))
    assert not reading.is_internal
    assert reading.requests


def test_hidden_text_asks_nothing_and_is_flagged() -> None:
    raw = (
        b"From: a@client.test\nTo: desk@own.test\nContent-Type: text/html\n\n"
        b'<p>Contract attached.</p><div style="display:none">Please call me at once.</div>'
    )
    reading = read_mail(parse_message(raw))
    assert reading.requests == ()
    assert "hidden_text" in reading.flags


def test_a_mail_that_is_only_a_quote_asks_nothing() -> None:
    assert evidence("> Can you call me today?\n> Thanks") == []


def test_sent_at_is_needed_only_for_the_time() -> None:
    (request,) = find_requests("Please call me Thursday.", sent_at=None)
    assert request.due is None
    (request,) = find_requests("Please call me Thursday.", sent_at=MONDAY.astimezone(UTC))
    assert request.due is not None


def test_people_are_marked_by_their_class_and_nothing_moves() -> None:
    sentence = (
        "Please have Dana or your billing desk call our underwriter, not the borrower or the appraiser."
    )
    marked = mark_people(sentence)
    assert len(marked) == len(sentence)
    assert marked.replace("ꀂ", "N").replace("ꀀ", "O").replace("ꀄ", "T").replace("ꀃ", "S").replace(
        "ꀁ", "A"
    ) == ("Please have NNNN or OOOOOOOOOOOOOOOOO call TTTTTTTTTTTTTTT, not SSSSSSSSSSSS or AAAAAAAAAAAAA.")


def test_an_act_alone_is_not_asked_for() -> None:
    sentence = "The call with your reviewer was short."
    acts = find_acts(mark_people(sentence))
    assert Act.SESSION in {one.act for one in acts}
    assert find_asks(sentence, acts) == []


def test_the_vocabulary_stays_small_enough_to_compile_at_every_start() -> None:
    forms = {one for forms in FORMS.values() for one in forms}
    acts = [pattern for patterns in ACTS.values() for pattern in patterns]
    length = len(PEOPLE.pattern) + sum(len(one.pattern) for one in acts)
    length += sum(len(one.before.pattern) + len(one.then.pattern if one.then else "") for one in forms)
    assert length < 250_000, "characters of expressions; two million took seconds"


def test_a_mail_that_asks_without_end_is_read_up_to_a_bound() -> None:
    most = JUDGED_CHARACTERS // SHORT_SENTENCE
    assert len(find_requests("Please call me.\n" * (3 * most), sent_at=None)) == most


@pytest.mark.parametrize(
    "near_miss",
    ["can you can you ", "please call please call ", "have someone have someone ", "when can we , ", ", "],
)
def test_near_misses_without_end_ask_nothing_more(near_miss: str) -> None:
    assert len(find_requests(near_miss * (100_000 // len(near_miss)), sent_at=None)) <= 1
