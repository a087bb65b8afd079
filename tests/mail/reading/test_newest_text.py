# ruff: noqa: E501  (rows of data)
"""The newest text: what the sender wrote now, and no one else's words."""

import json
from pathlib import Path

import pytest

from engagement.mail.reading import newest_of_text, newest_text, parse_message

REPLIES = Path(__file__).resolve().parents[4].joinpath("shared/data/public/reply_crisp")
OWN = "Thanks, that works.\n\nAnn"


@pytest.mark.parametrize(
    "quote",
    [
        "On Tue, Nov 17, 2026 at 11:05 AM Tom <t@x.test> wrote:\n> hello",
        "On Tue, Nov 17, 2026 at 11:05 AM Tom Herrera of the Blue Mesa\nCredit Union <t@x.test> wrote:\n> hello",
        "Am 17.11.2026 um 11:05 schrieb Tom <t@x.test>:\n> hallo",
        "Le mar. 17 nov. 2026 à 11:05, Tom <t@x.test> a écrit :\n> bonjour",
        "El mar, 17 nov 2026 a las 11:05, Tom (<t@x.test>) escribió:\n> hola",
        "Em ter., 17 de nov. de 2026 às 11:05, Tom <t@x.test> escreveu:\n> oi",
        "Il giorno mar 17 nov 2026 alle ore 11:05 Tom <t@x.test> ha scritto:\n> ciao",
        "Op di 17 nov. 2026 om 11:05 schreef Tom <t@x.test>:\n> hoi",
        "W dniu wt., 17 lis 2026 o 11:05 Tom <t@x.test> napisał(a):\n> witam",
        "вт, 17 нояб. 2026 г. в 11:05, Tom <t@x.test>:\n> привет",
        "tir. 17. nov. 2026 kl. 11:05 skrev Tom <t@x.test>:\n> hei",
        "út 17. 11. 2026 v 11:05 odesílatel Tom <t@x.test> napsal:\n> ahoj",
        "Tom <t@x.test>, 17 Kas 2026 Sal, 11:05 tarihinde şunu yazdı:\n> selam",
        "Tom <t@x.test> 于2026年11月17日周二 11:05写道:\n> 你好",
        "-----Original Message-----\nFrom: Tom\nSent: Tuesday\nTo: Ann\nSubject: x\n\nhello",
        "________________________________\nFrom: Tom <t@x.test>\nSent: 17 November 2026\nTo: Ann\nSubject: x\n\nhello",
        "Von: Tom <t@x.test>\nGesendet: Dienstag, 17. November 2026\nAn: Ann\nBetreff: x\n\nhallo",
        "De : Tom <t@x.test>\nEnvoyé : mardi 17 novembre 2026\nÀ : Ann\nObjet : x\n\nbonjour",
        "差出人: Tom <t@x.test>\n送信日時: 2026年11月17日\n宛先: Ann\n件名: x\n\nこんにちは",
        "Sent from my iPhone",
        "-- \nAnn Reyes\nBank",
    ],
)
def test_quotes_taglines_and_delimited_signatures_go(quote: str) -> None:
    assert newest_of_text(f"{OWN}\n\n{quote}").text == OWN


def test_a_forward_keeps_only_what_stands_above_it() -> None:
    below = "---------- Forwarded message ---------\nFrom: Tom <t@x.test>\nDate: Tue\nSubject: x\n\nPlease call me."
    assert newest_of_text(f"See below.\n\n{below}").text == "See below."
    assert newest_of_text(below, subject="Fwd: x").text == ""


def test_a_mail_that_is_nothing_but_a_quote_keeps_it() -> None:
    newest = newest_of_text("> one\n> two")
    assert (newest.text, newest.is_only_quote) == ("> one\n> two", True)


def test_inline_answers_keep_the_lines_they_answer() -> None:
    text = "Answers below.\n\n> 1. Is it rented?\nYes.\n\n> 2. Shall we bill you?\nPlease do."
    newest = newest_of_text(text)
    assert newest.text == text
    assert [answer.question for answer in newest.inline_answers] == [
        "1. Is it rented?",
        "2. Shall we bill you?",
    ]
    assert [newest.text[one.answer_start : one.answer_end] for one in newest.inline_answers] == [
        "Yes.",
        "Please do.",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><div>On Tue Tom wrote:</div><blockquote>old</blockquote></div>',
        '<div id="divRplyFwdMsg"><b>From:</b> Tom</div><div>old</div>',
        '<div class="moz-cite-prefix">On 17.11.2026 Tom wrote:</div><blockquote type="cite">old</blockquote>',
        '<span id="OLK_SRC_BODY_SECTION">old</span>',
        '<div class="yahoo_quoted">old</div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><b>From:</b> Tom<br></div><p>old</p>',
    ],
)
def test_quote_containers_of_html_mail_go(quote: str) -> None:
    raw = f"From: a@b.test\nContent-Type: text/html\n\n<html><body><p>Thanks, works.</p>{quote}</body></html>"
    assert newest_text(parse_message(raw.encode())).text == "Thanks, works."


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "font-size:0",
        "visibility:hidden",
        "color:#fff",
        "opacity:0",
        "mso-hide:all",
        "font-size:0px",
    ],
)
def test_hidden_html_is_no_text(style: str) -> None:
    raw = f'From: a@b.test\nContent-Type: text/html\n\n<p>Seen</p><p style="{style}">unseen</p><p>too</p>'
    newest = newest_text(parse_message(raw.encode()))
    assert "unseen" not in newest.text
    assert newest.hidden_text == "unseen"
    assert "too" in newest.text


def test_white_text_on_a_dark_ground_is_seen() -> None:
    raw = b'From: a@b.test\nContent-Type: text/html\n\n<div style="background:#003"><p style="color:#fff">Seen</p></div>'
    assert newest_text(parse_message(raw)).text == "Seen"


@pytest.mark.skipif(not REPLIES.is_dir(), reason="the public replies are not here")
def test_most_foreign_replies_are_cut_exactly() -> None:
    checks = [
        json.loads(line) for line in (REPLIES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    exact = [check for check in checks if check["kind"] == "visible_equals"]
    good = sum(
        newest_of_text((REPLIES / "emails" / check["file"]).read_text(encoding="utf-8")).text
        == check["expected"].strip()
        for check in exact
    )
    assert good / len(exact) >= 0.9


def test_a_delimited_signature_is_cut_off_but_kept_beside_the_text() -> None:
    newest = newest_of_text(
        f"{OWN}\n\n-- \nAnn Reyes\nBank\n\nOn 1 May 2026 Tom <t@x.test> wrote:\n> -- \n> Tom"
    )
    assert (newest.text, newest.signature_tail) == (OWN, "--\nAnn Reyes\nBank")
    assert newest_of_text("> one\n> two\n\n-- \nTom").signature_tail == ""
