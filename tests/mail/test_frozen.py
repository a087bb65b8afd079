"""Reading our own frozen messages back: the same as the library's reading of every header and of the text."""

from __future__ import annotations

from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.mail.frozen import FrozenMail, read_frozen
from engagement.mail.models import Mailbox, Stream
from engagement.mail.outbound import InvalidMessage, Outgoing, compose_message

NAMES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "Tomás Herrera",
            "O'Neil, Ann",
            "A. B. Field",
            'The "Desk"',
            "=?utf-8?q?x?=",
            "",
            "Ann  Lee",
            "王 小明",
            "a\\b",
        ]
    ),
)
ADDRESSES = st.sampled_from(
    [
        "tomas@bluemesa.test",
        "o'neil@bluemesa.test",
        "a.b+c@bluemesa.test",
        "x=y@bluemesa.test",
        "a_b@sub.bluemesa.test",
    ]
)


def compose(name: str, address: str, subject: str, text: str, answered: str) -> bytes:
    return compose_message(
        Outgoing(
            mailbox=Mailbox(address_normalised="orders@meridianvs.test", display_name=name, is_primary=True),
            message_id="<card-meridian-7@meridianvs.test>",
            recipient=address,
            recipient_name=name,
            subject=subject,
            text=text,
            stream=Stream.RELATIONSHIP,
            date=datetime(2026, 11, 23, 16, 0, tzinfo=UTC),
            in_reply_to=answered,
            references=("<first@bluemesa.test>",) if answered else (),
            opt_out_url="https://desk.meridianvs.test/mail/preferences/" + "a" * 90,
        )
    )


def assert_read_alike(content: bytes) -> None:
    library = BytesParser(policy=SMTP).parsebytes(content)
    ours = FrozenMail(content)
    assert ours.headers == tuple((name, str(value)) for name, value in library.items())
    assert ours.text == library.get_content()
    for person, found in ((ours.sender, library["From"]), (ours.recipients[0], library["To"])):
        (theirs,) = found.addresses
        assert (person.name, person.address, person.shown) == (
            theirs.display_name,
            theirs.addr_spec,
            str(theirs),
        )
    assert len(ours.recipients) == 1


@given(NAMES, ADDRESSES, NAMES, st.text(max_size=300), st.sampled_from(["", "<ask@bluemesa.test>"]))
def test_what_was_composed_is_read_as_the_library_reads_it(name, address, subject, text, answered):
    try:
        content = compose(name, address, subject, text, answered)
    except InvalidMessage:
        return
    assert_read_alike(content)


@pytest.mark.parametrize(
    "line",
    [
        b"a@b.test, c@d.test",
        b"Ann <a@b.test>, c@d.test",
        b"Desk: a@b.test, c@d.test;",
        b'"Ann \\"x\\" Lee" <a@b.test>',
        b"=?utf-8?b?!!!?= <a@b.test>",
        b"=?utf-8?b?A?= <a@b.test>",
        b"=?utf-8?q?=?= <a@b.test>",
        b"Ann Lee (at home) <a@b.test>",
        b"Ann\r\n Lee <a@b.test>",
        b"",
    ],
)
def test_whom_a_message_is_addressed_to_is_read_as_the_library_reads_it(line):
    content = b"From: x@y.test\r\nTo: " + line + b"\r\nSubject: x\r\n\r\ntext\r\n"
    header = BytesParser(policy=SMTP).parsebytes(content)["To"]
    ours = FrozenMail(content)
    assert [person.address for person in ours.recipients] == [one.addr_spec for one in header.addresses]
    assert [person.name for person in ours.recipients] == [one.display_name for one in header.addresses]
    assert [person.shown for person in ours.recipients] == [str(one) for one in header.addresses]


def test_a_message_without_a_recipient_is_addressed_to_nobody():
    assert FrozenMail(b"From: x@y.test\r\n\r\ntext\r\n").recipients == ()


def test_a_message_of_another_form_is_read_by_the_library():
    content = (
        b"From: x@y.test\r\nTo: a@b.test\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe\r\n"
    )
    assert FrozenMail(content).text == "Grüße\r\n"


def test_the_same_bytes_are_read_once():
    content = compose("Ann Lee", "a@b.test", "Turn times", "Hello", "")
    assert read_frozen(content) is read_frozen(bytes(bytearray(content)))
