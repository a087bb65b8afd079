# ruff: noqa: E501  (rows of data)
"""Machine mail: bounces, complaints, auto-replies and lists are told from people, one recipient at a time."""

import json
from pathlib import Path

import pytest

from engagement.mail.reading import (
    Tier,
    classify_sender,
    fails_dmarc,
    parse_message,
    read_bounce,
    read_complaint,
)

BOUNCES = Path(__file__).resolve().parents[4].joinpath("shared/data/public/bounce_sisimai")


def report(*groups: str) -> bytes:
    body = "\n\n".join(("Reporting-MTA: dns; mx.relay.test", *groups))
    return (
        "Return-Path: <>\nFrom: Mail Delivery System <mailer-daemon@mx.relay.test>\nTo: desk@own.test\n"
        "Auto-Submitted: auto-replied\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\n\nFailed.\n--b\nContent-Type: message/delivery-status\n\n{body}\n--b--\n"
    ).encode()


def group(address: str, status: str, words: str, action: str = "failed") -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}"


def test_a_bounce_with_auto_reply_headers_is_a_bounce() -> None:
    assert (
        classify_sender(parse_message(report(group("a@x.test", "5.1.1", "550 5.1.1 user unknown"))))
        is Tier.BOUNCE
    )


def test_one_failing_recipient_leaves_the_others_alone() -> None:
    raw = report(
        group("dead@x.test", "5.1.1", "550 5.1.1 user unknown"),
        group("fine@x.test", "2.0.0", "250 ok", action="delivered"),
        group("full@x.test", "5.2.2", "552 5.2.2 mailbox full"),
    )
    found = {one.address: one.hard for one in read_bounce(parse_message(raw))}
    assert found == {"dead@x.test": True, "full@x.test": False}


@pytest.mark.parametrize(
    ("status", "words", "hard"),
    [
        ("5.1.1", "550 5.1.1 The email account that you tried to reach does not exist", True),
        ("5.1.2", "550 Host unknown", True),
        ("5.0.0", "550 No such user here", True),
        ("5.7.1", "550 5.7.1 message rejected as spam", False),
        ("5.7.1", "550 5.7.1 SPF check failed", False),
        ("5.7.1", "550 5.7.1 relaying denied", False),
        ("5.2.2", "552 5.2.2 over quota", False),
        ("4.2.0", "451 greylisted, try again later", False),
        ("5.0.0", "554 rejected", False),
    ],
)
def test_hard_means_the_address_is_dead(status: str, words: str, hard: bool) -> None:
    (found,) = read_bounce(parse_message(report(group("a@x.test", status, words))))
    assert found.hard is hard


def test_a_delayed_recipient_is_soft() -> None:
    (found,) = read_bounce(
        parse_message(report(group("a@x.test", "4.4.7", "user unknown", action="delayed")))
    )
    assert not found.hard


def test_a_complaint_names_the_complainer_and_never_us() -> None:
    raw = (
        b"From: fbl@relay.test\nTo: desk@own.test\nSubject: Abuse report\n"
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nreport\n"
        b"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: o@client.test\n"
        b"--b\nContent-Type: message/rfc822\n\nFrom: desk@own.test\nTo: o@client.test\n\nhi\n--b--\n"
    )
    parsed = parse_message(raw)
    assert classify_sender(parsed) is Tier.COMPLAINT_REPORT
    assert read_complaint(parsed) == ("o@client.test",)


@pytest.mark.parametrize(
    ("head", "body", "tier"),
    [
        ("Subject: Automatic reply: hello", "I am away.", Tier.AUTO_REPLY),
        ("Subject: hello\nAuto-Submitted: auto-replied", "I am away.", Tier.AUTO_REPLY),
        ("Subject: Abwesenheitsnotiz", "Ich bin im Urlaub.", Tier.AUTO_REPLY),
        (
            "Subject: News\nList-Id: <news.x.test>\nPrecedence: bulk\nList-Unsubscribe: <mailto:u@x.test>",
            "News",
            Tier.LIST,
        ),
        (
            "Subject: Re: returned mail",
            "The letter came back as undeliverable, can you check the address?",
            Tier.HUMAN,
        ),
        ("Subject: Undeliverable?", "Did you get my mail? It said delivery failed.", Tier.HUMAN),
        ("Subject: New order\nAuto-Submitted: auto-generated", "Order 1", Tier.HUMAN),
    ],
)
def test_the_tier_follows_the_sender(head: str, body: str, tier: Tier) -> None:
    raw = f"From: Tom <tom@client.test>\nTo: desk@own.test\n{head}\n\n{body}\n"
    assert classify_sender(parse_message(raw.encode())) is tier


@pytest.mark.parametrize(
    ("value", "fails"),
    [
        ("mx.own.test; dmarc=fail (p=REJECT) header.from=x.test", True),
        ("mx.own.test; spf=fail; dkim=pass; dmarc=pass", False),
        ("mx.own.test; spf=fail", False),
        ("mx.own.test; spf=pass (dmarc=fail)", False),
    ],
)
def test_only_an_explicit_dmarc_failure_counts(value: str, fails: bool) -> None:
    parsed = parse_message(f"Authentication-Results: {value}\nFrom: a@x.test\n\nhi".encode())
    assert fails_dmarc(parsed) is fails


@pytest.mark.skipif(not BOUNCES.is_dir(), reason="the public bounces are not here")
def test_public_bounces_are_told_from_people() -> None:
    labels = [
        json.loads(line) for line in (BOUNCES / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    bounces = [label for label in labels if label["kind"] == "bounce"]
    found = sum(
        classify_sender(parse_message((BOUNCES / one["file"]).read_bytes())) is Tier.BOUNCE for one in bounces
    )
    assert found / len(bounces) >= 0.97
