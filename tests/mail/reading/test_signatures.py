# ruff: noqa: E501  (rows of data)
"""The sender's own signature: where it begins and ends, and the fields in it."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from engagement.mail.reading import newest_text, parse_message
from engagement.mail.reading.phones import Phone, PhoneKind
from engagement.mail.reading.signature import Signature, read_signature

from .signature_corpus import load_signed_mails, score_signatures

LABELLED = Path(__file__).resolve().parents[4].joinpath("shared/data/mail")
RICH = """Hello,

We will need narrative reports from Q1.

Kind regards,

Jonathan "Jack" O'Rourke, MAI
Senior Vice President – Credit Administration
Highline CRE Finance, LLC
1755 Blake Street, Suite 600 · Denver, CO 80202
Office +1 303-555-0182 ext. 12 | Mobile +1 (720) 555-0115 | Fax 303.555.0183
jorourke@highline-cre.example.com | https://www.linkedin.test/in/jack-orourke
Executive assistant: Mina Park, 303-555-0184, mpark@highline-cre.example.com

CONFIDENTIALITY NOTICE: This message is intended only for the addressee. If you received it in error please call 303-555-0199 and delete it.
"""


def read(body: str, *, sender: str = "Ann Reyes <areyes@bank.test>", subject: str = "x") -> Signature | None:
    raw = f"From: {sender}\nTo: us@desk.test\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    parsed = parse_message(raw.encode())
    return read_signature(parsed, newest_text(parsed), region="US")


def fields(signature: Signature | None) -> dict[str, Any]:
    assert signature is not None
    return {
        key: value for key, value in vars(signature).items() if value and key not in ("text", "start", "end")
    }


@pytest.mark.parametrize(
    "file",
    [
        "signatures_written.txt",
        "signatures_held_out.txt",
        "signatures_held_out_second.txt",
    ],
)
def test_signature_lines_are_found_and_no_others(file: str) -> None:
    score = score_signatures(load_signed_mails(file))
    assert score.f1 >= 0.97, score


def test_every_field_of_a_rich_signature_is_read_and_none_of_the_assistant_or_the_notice() -> None:
    signature = read(RICH, sender="Jonathan 'Jack' O'Rourke, MAI <jorourke@highline-cre.example.com>")
    assert signature is not None
    assert signature.text.startswith("Kind regards,") and signature.text.endswith("example.com")
    found = fields(signature)
    assert [(one.e164, one.extension, one.kind) for one in found.pop("phones")] == [
        ("+13035550182", "12", "office"),
        ("+17205550115", "", "mobile"),
        ("+13035550183", "", "fax"),
    ]
    assert found == {
        "name": 'Jonathan "Jack" O\'Rourke',
        "title": "Senior Vice President – Credit Administration",
        "company": "Highline CRE Finance, LLC",
        "email": "jorourke@highline-cre.example.com",
        "linkedin": "https://www.linkedin.test/in/jack-orourke",
        "address": "1755 Blake Street, Suite 600 · Denver, CO 80202",
    }


def test_a_signature_below_a_delimiter_is_joined_with_the_closing_above_it() -> None:
    signature = read("Call me Thursday.\n\nBest,\nAnn\n\n-- \nAnn Reyes\nVP, Lending\nFirst Bank of Golden\n")
    assert signature is not None
    assert signature.text == "Best,\nAnn\n--\nAnn Reyes\nVP, Lending\nFirst Bank of Golden"
    assert (signature.name, signature.title, signature.company) == (
        "Ann Reyes",
        "VP, Lending",
        "First Bank of Golden",
    )
    assert "Call me Thursday.\n\n"[: signature.start] == "Call me Thursday.\n\n"


def test_a_forward_gives_only_the_signature_above_it() -> None:
    forwarded = "-----Original Message-----\nFrom: Ed Stone\nSent: Monday\nTo: Ann Reyes\nSubject: x\n\nHi\n\nRegards,\nEd Stone\nStone Realty\n602-555-0177\n"
    assert fields(read(f"See below.\n\nAnn\n\n{forwarded}", subject="FW: x")) == {"name": "Ann"}
    assert read(forwarded, subject="FW: x") is None


@pytest.mark.parametrize(
    "body",
    [
        "Thanks for the report.",
        "Thanks!",
        "Thanks Tom",
        "Please send it.\n\nThank you.",
        "Thanks.\n\nThe comps on page 12 are stale though. Can you fix that?",
        "Access contact:\n\nTrish Vance\nListing Agent\n(720) 555-0178",
        "> Regards,\n> Tom\n> 303-555-0101",
        "Ship it to:\nAnn Reyes\nPO Box 88\nGolden, CO 80402",
        "This e-mail is confidential and intended only for the addressee. If received in error, delete it and call 303-555-0100.",
        "",
    ],
)
def test_text_thanks_lists_quotes_and_notices_are_no_signature(body: str) -> None:
    assert read(body) is None


def test_a_table_of_two_columns_is_taken_apart() -> None:
    signature = read(
        "Hello\n\nBest regards,\n\nAnn Reyes Direct: 503-555-0117\nLoan Processing Manager Fax: 503-555-0118\n"
        "Cascade Home Lending 1200 NW Lovejoy St, Portland, OR 97209\n"
    )
    assert fields(signature) == {
        "name": "Ann Reyes",
        "title": "Loan Processing Manager",
        "company": "Cascade Home Lending",
        "phones": (
            Phone("+15035550117", "", PhoneKind.DIRECT),
            Phone("+15035550118", "", PhoneKind.FAX),
        ),
        "address": "1200 NW Lovejoy St, Portland, OR 97209",
    }


def test_a_linked_profile_of_an_html_signature_is_the_persons_and_no_picture_text_counts() -> None:
    html = (
        '<div>Please open one.</div><div>Thanks,</div><table><tr><td><img src="cid:x" alt="555-123-4567"></td><td>Ann Reyes<br>'
        '<a href="https://www.linkedin.com/in/annreyes">in</a> <a href="https://linkedin.com/company/bank">x</a></td></tr></table>'
    )
    raw = f"From: Ann Reyes <areyes@bank.test>\nTo: us@desk.test\nContent-Type: text/html; charset=utf-8\n\n{html}"
    parsed = parse_message(raw.encode())
    signature = read_signature(parsed, newest_text(parsed), region="US")
    assert signature is not None
    assert (signature.linkedin, signature.phones) == ("https://www.linkedin.com/in/annreyes", ())


def test_a_signature_above_a_mail_that_nothing_marks_as_quoted_is_the_senders() -> None:
    below = "Ed Stone wrote some time ago\n\nCan you call me on Monday about it?\n\nRegards,\nEd Stone\n602-555-0177\n"
    signature = read(f"Yes, that is fine with me.\n\nCheers,\nAnn\n\n{below}")
    assert signature is not None
    assert (signature.text, signature.phones) == ("Cheers,\nAnn", ())


def test_an_afterthought_does_not_hide_the_signature() -> None:
    signature = read(
        "Two comps attached.\n\nAnn\n\nThe third one will follow on Friday, the county is closed."
    )
    assert signature is not None and signature.text == "Ann"


@pytest.mark.parametrize("daemon", ["MAILER-DAEMON@mx.test", "postmaster@mx.test"])
def test_mail_programs_sign_nothing(daemon: str) -> None:
    assert read("Not delivered.\n\nThe mail system\n", sender=f"Mail System <{daemon}>") is None


def test_a_lone_name_signs_where_no_header_says_how_the_sender_is_called() -> None:
    body = "The county is closed on Friday.\n\nStella"
    assert fields(read(body, sender="<orders@bank.test>")) == {"name": "Stella"}
    assert read(body) is None


@pytest.mark.parametrize(
    "line",
    [
        "(303) 555-0117 " * 26,
        "a." * 190 + "@",
        '"! ' * 130,
        "a | " * 95,
        "1 " + "A " * 190 + "St",
        "confidential " * 30,
    ],
)
def test_hostile_signatures_are_read_in_bounded_time(line: str) -> None:
    for body in ("Hello there, friend.\n\n-- \n", "Hello there, friend.\n\nThanks,\nAnn\n"):
        started = time.process_time()
        read(body + (line + "\n") * 3_000)
        assert time.process_time() - started < 1.0


def test_the_labelled_mails_have_their_fields() -> None:
    if not LABELLED.is_dir():
        pytest.skip("the labelled mails are not here")
    labels = json.loads((LABELLED / "labels.json").read_text())["emails"]
    for label in labels:
        parsed = parse_message((LABELLED / label["file"]).read_bytes())
        signature = read_signature(parsed, newest_text(parsed), region="US")
        wanted = label.get("signature") or {}
        numbers = {one.e164 for one in signature.phones} if signature else set()
        assert numbers == {value for key, value in wanted.items() if key.endswith("_e164")}, label["file"]
        for key in ("name", "title", "company", "email", "address"):
            if key in wanted:
                assert getattr(signature, key) == wanted[key], (label["file"], key)
        if "linkedin_url" in wanted:
            assert signature is not None and signature.linkedin == wanted["linkedin_url"]
