"""Composing a message: plain business mail to one person, and whom it may reach."""

from __future__ import annotations

from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.states import SendMode
from engagement.mail.models import Mailbox, Stream
from engagement.mail.outbound import InvalidMessage, Outgoing, can_reach, compose_message


def outgoing(now, **changes):
    mailbox = Mailbox(
        tenant_id=1,
        address_normalised="orders@meridianvs.test",
        display_name="Meridian Orders",
        is_primary=True,
    )
    values = {
        "mailbox": mailbox,
        "message_id": "<card-meridian-7@meridianvs.test>",
        "recipient": "therrera@bluemesacu.test",
        "recipient_name": "Tomás Herrera",
        "subject": "Checking in from Meridian",
        "text": "Hello Tomás,\n\n.\nFrom us all\n" + "long " * 60 + "\n",
        "stream": Stream.RELATIONSHIP,
        "date": now,
    }
    return Outgoing(**values | changes)


def parsed(content):
    return BytesParser(policy=SMTP).parsebytes(content)


def test_a_message_is_plain_business_mail_that_says_a_program_wrote_it(now):
    content = compose_message(outgoing(now))
    message = parsed(content)
    assert str(message["From"]) == "Meridian Orders <orders@meridianvs.test>"
    assert [one.addr_spec for one in message["To"].addresses] == ["therrera@bluemesacu.test"]
    assert message["To"].addresses[0].display_name == "Tomás Herrera"
    assert message["Message-ID"] == "<card-meridian-7@meridianvs.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:orders@meridianvs.test?subject=unsubscribe>"
    assert message["Bcc"] is None and message["Cc"] is None and message["Precedence"] is None
    assert message.get_content().replace("\r\n", "\n") == outgoing(now).text
    assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 78


def test_one_click_is_offered_where_there_is_a_link(now):
    url = f"https://agent.example.com/opt-out/{'a' * 120}"
    content = compose_message(outgoing(now, opt_out_url=url))
    message = parsed(content)
    assert message["List-Unsubscribe"] == f"<{url}>, <mailto:orders@meridianvs.test?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"List-Unsubscribe: <{url}>,\r\n ".encode() in content  # no encoded word, no cut within the link
    assert "List-Unsubscribe-Post" not in parsed(compose_message(outgoing(now)))


def test_a_transactional_message_offers_no_opt_out(now):
    url = "https://agent.example.com/opt-out/x"
    message = parsed(compose_message(outgoing(now, stream=Stream.TRANSACTIONAL, opt_out_url=url)))
    assert message["List-Unsubscribe"] is None and message["List-Unsubscribe-Post"] is None


def test_an_answer_names_what_it_answers_even_by_a_long_id(now):
    root, nearest = f"<{'a' * 150}@mail.test>", "<b@bluemesacu.test>"
    message = parsed(compose_message(outgoing(now, in_reply_to=nearest, references=(root,))))
    assert message["In-Reply-To"] == nearest
    assert message["References"].split() == [root, nearest]
    assert message["Auto-Submitted"] == "auto-replied"
    long = compose_message(outgoing(now, in_reply_to=root))
    assert b"In-Reply-To: " + root.encode() + b"\r\n" in long


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: everybody@evil.test"},
        {"recipient": "a@b.test\r\nBcc: everybody@evil.test"},
        {"recipient": "a@b.test, c@d.test"},
        {"recipient": ""},
        {"message_id": "<x@y>\r\nBcc: everybody@evil.test"},
        {"in_reply_to": "<x@y>\nBcc: everybody@evil.test"},
    ],
)
def test_a_second_header_or_recipient_is_refused(now, changes):
    with pytest.raises(InvalidMessage):
        compose_message(outgoing(now, **changes))


def test_a_name_from_outside_stays_a_name(now):
    message = parsed(
        compose_message(outgoing(now, recipient_name='Eve" <eve@evil.test>,\r\nBcc: x@evil.test'))
    )
    assert [one.addr_spec for one in message["To"].addresses] == ["therrera@bluemesacu.test"]
    assert message["Bcc"] is None


WORDS = st.text(st.characters(codec="utf-8"), max_size=200)


@given(
    name=st.text(st.characters(codec="latin-1"), max_size=15).map(lambda text: " ".join(text.split())),
    subject=WORDS.map(lambda text: " ".join(text.split())),
    text=WORDS,
)
def test_whatever_is_said_arrives_as_it_was_said_on_short_lines_of_ascii(name, subject, text):
    """Composing takes a short way for plain words and the library's for the others: a reader sees no difference."""
    moment = datetime(2026, 11, 23, 16, tzinfo=UTC)
    content = compose_message(outgoing(moment, recipient_name=name, subject=subject, text=text))
    message = parsed(content)
    (recipient,) = message["To"].addresses
    assert recipient.addr_spec == "therrera@bluemesacu.test"
    assert not name.isprintable() or recipient.display_name == name
    assert not subject.isprintable() or message["Subject"] == subject
    assert message.get_content().encode().splitlines() == text.encode().splitlines()
    assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 78
    assert message["Bcc"] is None and not message.defects


@pytest.mark.parametrize(
    ("recipient", "reachable"),
    [
        ("ann@corp.test", True),
        ("bob@elsewhere.test", True),
        ("carl@elsewhere.test", False),
        ("ann@corp.test.evil.test", False),
        ("ann@sub.corp.test", False),
        ("ann@evil-corp.test", False),
        ("bob+tag@elsewhere.test", False),
        ("bоb@elsewhere.test", False),  # a Cyrillic o
        ("ann@cоrp.test", False),  # a Cyrillic o
        ("BOB@elsewhere.test", False),  # not normalised: never compared
        ("ann@corp.test ", False),
        ('"ann@corp.test"@evil.test', False),
        ("ann@corp.test,eve@evil.test", False),
        ("@corp.test", False),
        ("corp.test", False),
        ("", False),
    ],
)
def test_the_allow_list_matches_exactly(recipient, reachable):
    allowlist = ("corp.test", "bob@elsewhere.test")
    assert can_reach(recipient, mode=SendMode.INTERNAL_ONLY, allowlist=allowlist) is reachable
    assert can_reach(recipient, mode=SendMode.DRY_RUN, allowlist=allowlist) is False
