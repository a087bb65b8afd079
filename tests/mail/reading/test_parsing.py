# ruff: noqa: E501  (rows of data)
"""Parsing: any bytes become a storable message or one clear refusal."""

import json

import pytest

from engagement.mail.reading import UnreadableMail, parse_addresses, parse_message

HEAD = b"From: Ann Reyes <Ann.Reyes@Bank.test>\nTo: desk@own.test\nSubject: x\nMessage-ID: <a@bank.test>\n"


def test_an_ordinary_mail_is_read() -> None:
    parsed = parse_message(HEAD + b"Date: Mon, 23 Nov 2026 08:00:00 -0700\n\nHello\r\nthere\n")
    assert parsed.from_address == "ann.reyes@bank.test"
    assert parsed.from_name == "Ann Reyes"
    assert parsed.message_id == "<a@bank.test>"
    assert parsed.sent_at is not None
    assert parsed.sent_at.isoformat() == "2026-11-23T08:00:00-07:00"
    assert parsed.text_plain == "Hello\nthere\n"
    assert not parsed.is_truncated


@pytest.mark.parametrize(
    "raw", [b"", b" \n\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"], ids=["empty", "blank", "png"]
)
def test_bytes_that_are_no_mail_are_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(UnreadableMail, match=r"^The file .+\.$"):
        parse_message(raw)


def test_a_mail_cut_inside_a_part_says_so() -> None:
    raw = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nHello\n--b\nContent-Transfer-Encoding: base64\n'
    )
    parsed = parse_message(raw + b"Content-Type: application/pdf\n\nJVBERi0x")
    assert parsed.is_truncated
    assert "no_closing_boundary" in parsed.defects
    assert parsed.text_plain == "Hello"


def test_a_mail_cut_inside_the_header_says_so() -> None:
    assert parse_message(b"From: a@b.test\nSubject: hel").is_truncated


def test_a_missing_message_id_is_made_from_the_content() -> None:
    raw = b"From: a@b.test\n\nHello"
    first, again, other = parse_message(raw), parse_message(raw), parse_message(raw + b"!")
    assert first.message_id == again.message_id != other.message_id
    assert first.message_id.endswith("@missing-message-id.invalid>")
    assert not first.has_message_id


def test_a_leading_mbox_line_is_ordinary() -> None:
    assert (
        parse_message(b"From a@b.test Mon Nov 23 08:00:00 2026\n" + HEAD + b"\nHello").from_name
        == "Ann Reyes"
    )


def test_encoded_words_are_decoded_and_joined_as_bytes() -> None:
    parsed = parse_message(b"Subject: =?utf-8?q?Z=C3?= =?utf-8?q?=BCrich?=\nFrom: a@b.test\n\nx")
    assert parsed.subject.endswith("Zürich")


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        (b"iso-8859-1", "Zoë".encode(), "Zoë"),
        (b"us-ascii", "Zoë".encode("cp1252"), "Zoë"),
        (b"x-nonsense", "Zoë".encode("cp1252"), "Zoë"),
        (b"idna", b"plain", "plain"),
        (b"rot13", b"plain", "plain"),
        (b"iso-2022-jp", "電話".encode("iso-2022-jp"), "電話"),
    ],
)
def test_wrong_and_unknown_charsets_fall_back(charset: bytes, content: bytes, text: str) -> None:
    raw = HEAD + b"Content-Type: text/plain; charset=" + charset + b"\n\n" + content
    assert parse_message(raw).text_plain == text


def test_nothing_that_postgres_cannot_store_comes_out() -> None:
    raw = b"From: a\0 <a@b.test>\nSubject: x\0y\nX-Odd: \xed\xa0\x80\0\n\nbody\0 \xed\xa0\x80"
    parsed = parse_message(raw)
    stored = json.dumps(
        [parsed.headers, parsed.subject, parsed.text_plain, parsed.from_name], ensure_ascii=False
    )
    assert "\0" not in stored
    stored.encode("utf-8")


def test_an_enclosed_mail_is_an_attachment_and_not_text() -> None:
    raw = (
        HEAD
        + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee below\n--b\nContent-Type: message/rfc822\n\n'
    )
    parsed = parse_message(raw + b"From: x@y.test\n\nPlease call me\n--b--\n")
    assert parsed.text_plain == "See below"
    assert [one.content_type for one in parsed.attachments] == ["message/rfc822"]


def test_a_file_name_cannot_leave_its_directory() -> None:
    raw = HEAD + b'Content-Type: application/pdf; name="../../etc/passwd"\n\nx'
    assert parse_message(raw).attachments[0].filename == "passwd"


@pytest.mark.parametrize(
    ("header", "addresses"),
    [
        ('"Doe, Jane" <J@X.test>, b@y.test', ["j@x.test", "b@y.test"]),
        ("Team: a@x.test, b@x.test;", ["a@x.test", "b@x.test"]),
        ("Name (comment) <a@x.test>", ["a@x.test"]),
        ("undisclosed-recipients:;", []),
        ("not an address", []),
        ('"a@evil.test" <b@x.test>', ["b@x.test"]),
        ("a@x.test;b@y.test", ["a@x.test", "b@y.test"]),
    ],
)
def test_address_lists_of_every_shape_are_read(header: str, addresses: list[str]) -> None:
    assert [one.address for one in parse_addresses(header)] == addresses


@pytest.mark.parametrize("value", [b"yesterday", b"Mon, 99 Foo 99999 99:99:99 +9999"])
def test_a_broken_date_is_none(value: bytes) -> None:
    assert parse_message(b"From: a@b.test\nDate: " + value + b"\n\nx").sent_at is None
