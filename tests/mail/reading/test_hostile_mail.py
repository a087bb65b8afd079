# ruff: noqa: E501  (rows of data)
"""No mail makes the program fail, and none takes a second."""

import base64
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.mail.inbound import read_letter
from engagement.mail.letters import Letter
from engagement.mail.reading import UnreadableMail, parse_message, read_mail
from engagement.mail.sources import RawMail

HEAD = b"From: A <a@b.test>\nTo: c@d.test\nSubject: x\nDate: Mon, 23 Nov 2026 08:00:00 -0700\n"
HTML = HEAD + b"Content-Type: text/html\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"


def _nested(depth: int) -> bytes:
    body = b"please call me"
    for level in range(depth):
        body = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n" % (
            level,
            level,
            body,
            level,
        )
    return HEAD + body


HOSTILE = {
    "10 MB of nested quotes": lambda: (
        HEAD + b"\n" + b"".join(b">" * (n % 60) + b" please call me\n" for n in range(200_000))
    ),
    "one quoted line of 10 MB": lambda: HEAD + b"\n" + b">" * 10_000_000,
    "5,000 parts": lambda: MIXED + b"--b\nContent-Type: text/plain\n\nplease call me\n" * 5_000 + b"--b--\n",
    "5,000 HTML parts": lambda: MIXED + b"--b\nContent-Type: text/html\n\n<p>hi</p>\n" * 5_000 + b"--b--\n",
    "2,000 levels": lambda: _nested(2_000),
    "1 MB header": lambda: HEAD + b"X-A: " + b"=?utf-8?q?" * 100_000 + b"\n\nhi",
    "1 MB of broken addresses": lambda: b"To: " + b'"\\"' * 300_000 + b"\n" + HEAD + b"\nhi",
    "10,000 multiparts in each other": lambda: (
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000))
        + b"\nhi"
    ),
    "20,000 forwarded mails in each other": lambda: (
        HEAD + b"Content-Type: message/rfc822\n\n" * 20_000 + b"\nhi"
    ),
    "50,000 hops": lambda: (
        b"Received: from a.test (a.test [192.0.2.1]) by b.test; Mon, 23 Nov 2026 08:00:00 -0700\n" * 50_000
        + HEAD
        + b"\nhi"
    ),
    "50,000 encoded words": lambda: (
        HEAD.replace(b": x", b": " + b"\n =?utf-8?b?aGVsbG8gd29ybGQ=?=" * 50_000) + b"\nhi"
    ),
    "an encoded word of 5 MB": lambda: (
        HEAD.replace(b": x", b": =?utf-8?q?" + b"=41=20" * 800_000 + b"?=") + b"\nhi"
    ),
    "base64 garbage": lambda: (
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + bytes(range(33, 127)) * 100_000
    ),
    "base64 of HTML": lambda: (
        HEAD
        + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(b"<div>a" * 300_000)
    ),
    "tables 50,000 deep": lambda: HTML + b"<table><tr><td>x y" * 50_000,
    "a row of 300,000 cells": lambda: HTML + b"<table><tr>" + b"<td>a</td>" * 300_000,
    "HTML of line ends": lambda: HTML + b"a<br>" * 500_000,
    "unclosed scripts": lambda: HTML + b"<script>" * 300_000,
    "a million blanks of HTML": lambda: HTML + b"&nbsp;" * 1_000_000,
    "entities": lambda: HTML + b"&amp;" * 1_000_000 + (b"&#" + b"9" * 5_000 + b";") * 1_000,
    "preformatted quotes": lambda: HTML + b"<pre>" + b"> a\n b\n" * 200_000 + b"</pre>",
    "200,000 short lines": lambda: HEAD + b"\n" + b"ok so\n" * 200_000,
    "one line of 10 MB": lambda: HEAD + b"\n" + b"ab1-" * 2_500_000,
    "wide indents": lambda: HEAD + b"\n" + (b" " * 1_000 + b"a\n") * 2_000,
    "questions under each other": lambda: HEAD + b"\n" + b"> is it so?\nyes it is\n" * 100_000,
    "postscripts": lambda: HEAD + b"\n" + b"PS: call me\nThanks,\nBob\n" * 50_000,
    "semicolons": lambda: HEAD + b"\n" + b"a; " * 200_000,
    "deep HTML": lambda: HTML + b"<div>" * 200_000 + b"please call me",
    "HTML of brackets": lambda: HTML + b"<" * 1_000_000,
    "HTML of answered quotes": lambda: HTML + b'<blockquote type="cite">q</blockquote>a b c' * 6_000,
    "HTML of hidden boxes": lambda: HTML + b'<div style="display:none">x</div><p>hi</p>' * 9_000,
    "attributions": lambda: HEAD + b"\n" + b"On Mon, Jan 5, 2026 at 3:00 PM\n" * 60_000,
    "header labels": lambda: HEAD + b"\n" + b"From: a\n" * 200_000,
    "blank lines": lambda: HEAD + b"\n" + b"\n" * 2_000_000 + b"x",
    "full stops": lambda: HEAD + b"\n" + b". " * 1_000_000,
    "one endless sentence": lambda: HEAD + b"\n" + b"please call me and someone at the if you can " * 40_000,
    "capital names": lambda: HEAD + b"\n" + b"Aaa Bbb " * 200_000,
    "100,000 recipients": lambda: (
        HEAD
        + b"Cc: "
        + b",\n ".join(b"p%d@x%d.test" % (n, n) for n in range(100_000))
        + b"\n\nplease call me"
    ),
    "5,000 attachments": lambda: (
        MIXED
        + b'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a.txt.exe"\n\nignore all previous\n'
        * 5_000
        + b"--b--\n"
    ),
    "an attached text of 10 MB": lambda: (
        MIXED
        + b"--b\n\nsee attached\n--b\nContent-Type: text/html; name=a.html\n\n"
        + b"<p>ignore all previous " * 450_000
        + b"\n--b--\n"
    ),
    "malformed everything": lambda: (
        b'From: "a\nTo: <<<@@>>, ;;,\xff\nDate: 99 Foo\nSubject: =?x?b?////?= =?utf-8?q?\nMessage-ID: <\n'
        b"Content-Type: multipart/mixed; boundary=\nContent-Transfer-Encoding: base64\n\n"
        + b"--\n<table><tr>&#xD800;=?\xff\xfe\0 On Mon, wrote:\n>> loan # \n-- \n+1 (555) "
        * 20_000
    ),
    "numbers": lambda: HEAD + b"\n" + b"order # 12345-67890, loan no 9904418 and " * 50_000,
    "telephone numbers": lambda: (
        HEAD + b"\nThanks,\nA\n" + b"O: (503) 555-0117 | C: 503.555.0162 x12\n" * 5_000
    ),
    "numbers in a row": lambda: HEAD + b"\nThanks,\nA\n" + b"5 0 3 5 5 5 0 1 1 7 " * 50_000,
    "signatures": lambda: HEAD + b"\nhi\n\n" + b"Best regards,\nA B\nVice President\n\n" * 5_000,
    "a long local part": lambda: (
        HEAD.replace(b"a@b.test", b"a." * 20_000 + b"@" + b"b-" * 20_000 + b".test") + b"\nhi"
    ),
    "praise and complaint": lambda: HEAD + b"\n" + b"not very happy but never late, unacceptable! " * 40_000,
    "an absence": lambda: (
        HEAD.replace(b": x", b": Out of office")
        + b"\n"
        + b"I am out until Monday, November 30 or contact a@b.test " * 20_000
    ),
    "bounce text": lambda: (
        HEAD.replace(b"a@b.test", b"mailer-daemon@b.test").replace(b": x", b": Undelivered mail")
        + b"\n"
        + b"user@x.test user unknown\n" * 50_000
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_a_bounded_time(name: str) -> None:
    raw = RawMail(name, HOSTILE[name]())
    began = time.process_time()
    letter = read_letter(
        raw, zone=None, own_domains=("d.test",), known_domains=frozenset({"bluemesacu.test"})
    )
    assert time.process_time() - began < 1
    assert isinstance(letter, Letter) or "error in this program" not in letter.reason


PIECES = st.sampled_from(
    [
        b"\0", b"\r", b"\n\n", b"=?utf-8?b?//79?=", b"=?x?q?=00?=", b"--b\n", b"\xff\xfe", b"\xed\xa0\x80", b"\x1b$B", b'"""', b"<<<",
        b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html; charset=utf-7\n", b"charset=idna",
        b"Content-Transfer-Encoding: base64\n", b"From: a: b;, \"x\n", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n",
        b"On Mon, Jan 1, 2026 at 1:00 PM x <a@b.test> wrote:\n", b"> please call me\n", b'<div style="display:none">',
        b"please call me 99/99/9999 at 25:99 pm\n", b"&#0;&#xD800;&#1114112;", "İIß".encode(), b"Message-ID: \xff\n",
        b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; \xff@\n", b"Yes please\n", b"STOP\n", b"-- \n",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.binary(max_size=40)), max_size=25))
def test_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    try:
        parsed = parse_message(raw)
    except UnreadableMail as refusal:
        assert str(refusal).endswith(".")
        return
    reading = read_mail(parsed)
    json.dumps(reading.as_json(), ensure_ascii=False).encode("utf-8")
    assert "\0" not in reading.newest.text
    for found in (*reading.requests, *([reading.opt_out] if reading.opt_out else [])):
        assert reading.newest.text[found.start : found.end] == found.evidence
