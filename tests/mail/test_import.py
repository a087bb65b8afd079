"""Taking mail in: what is stored, what it links to, and what follows from it."""

from __future__ import annotations

import random
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from agent.models import Event
from agent.tenancy import TenantScopeOpen, tenant_scope
from engagement.mail.models import (
    Attachment,
    Direction,
    EmailSuppression,
    Mailbox,
    Message,
    SenderStanding,
    Thread,
    Tier,
)
from engagement.mail.services import import_messages
from engagement.mail.sources import RawMail
from engagement.models import ClientType, Contact, ContactSource, EngagementClock, Touch
from tests.engagement.cast import make_client, make_contact
from tests.mail.cast import ASKS, ORDERS, QUOTE, TOMAS, bring_in, delivery_report, furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def desk(meridian, now):
    """Meridian with its mailbox, one client and one contact."""
    furnish(meridian, now)
    return meridian


@pytest.fixture
def rival(harborpine, now):
    """The rival, which knows the same people."""
    furnish(harborpine, now, address="desk@harborpine.test")
    return harborpine


def events(tenant, kind):
    with tenant_scope(tenant):
        return list(Event.objects.filter(kind=kind))


def touches(tenant):
    with tenant_scope(tenant):
        return list(Touch.objects.select_related("contact"))


def test_a_mail_is_stored_with_headers_text_and_the_request_in_it(desk, rival, now):
    summary = bring_in(desk, now, letter(text=ASKS))
    assert (summary.read, summary.new, summary.requests, summary.replies) == (1, 1, 1, 1)
    with tenant_scope(desk):
        message = Message.objects.get()
        assert message.message_id == "<1@bluemesacu.test>"
        assert (message.direction, message.tier, message.standing) == (
            Direction.IN,
            Tier.HUMAN,
            SenderStanding.CONTACT,
        )
        assert message.from_address == TOMAS and message.subject == "Turn times"
        assert ["Message-ID", "<1@bluemesacu.test>"] in message.headers or any(
            name.lower() == "message-id" for name, _ in message.headers
        )
        assert message.contact.full_name == "Tomás Herrera"
        assert message.client.name == "Blue Mesa Credit Union"
        assert message.mailbox.address_normalised == ORDERS
        (request,) = message.requests
        assert message.newest_text[request["start"] : request["end"]] == request["quote"] == QUOTE
        assert message.request_count == 1 and message.is_awaiting_plan
        assert message.sent_at == datetime(2026, 11, 23, 15, tzinfo=UTC)
    with tenant_scope(rival):
        assert not Message.objects.exists() and not Thread.objects.exists()
        assert not Event.objects.exists() and not Touch.objects.exists()


def test_the_same_message_is_stored_once_and_counts_once(desk, now):
    first = bring_in(desk, now, letter(), letter(text="Another copy\n"))
    again = bring_in(desk, now + timedelta(hours=1), letter())
    assert (first.new, first.duplicates) == (1, 1)
    assert (again.new, again.duplicates) == (0, 1)
    assert len(touches(desk)) == 1
    assert len(events(desk, "mail.message.received")) == 1


def test_two_tenants_keep_their_own_copy_of_one_message(desk, rival, now):
    for tenant in (desk, rival):
        assert bring_in(tenant, now, letter()).new == 1
    for tenant in (desk, rival):
        with tenant_scope(tenant):
            assert Message.objects.get().contact.clocks.get().last_touch_at is not None


def test_a_mail_without_a_message_id_is_known_again_by_its_content(desk, now):
    mail = letter(message_id="").replace(b"message-id: \r\n", b"").replace(b"Message-ID: \r\n", b"")
    assert bring_in(desk, now, mail).new == 1
    assert bring_in(desk, now, mail).duplicates == 1


def test_a_message_id_longer_than_an_index_entry_is_taken_and_answered(desk, now):
    monster = "<" + "é𝒳" * 440 + "@mail.test>"
    mail = letter().replace(b"<1@bluemesacu.test>", monster.encode())
    answer = letter(message_id="<2@bluemesacu.test>").replace(
        b"\r\n\r\n", f"\r\nIn-Reply-To: {monster}\r\n\r\n".encode(), 1
    )
    assert bring_in(desk, now, mail, answer).new == 2
    with tenant_scope(desk):
        assert Thread.objects.count() == 1


def test_threads_follow_references_and_never_the_subject_alone(desk, now):
    bring_in(
        desk,
        now,
        letter(message_id="<c@x>", in_reply_to="<b@x>", references="<a@x> <b@x>"),
        letter(message_id="<stranger@x>"),
    )
    bring_in(desk, now, letter(message_id="<b@x>", in_reply_to="<a@x>", references="<a@x>"))
    bring_in(desk, now, letter(message_id="<a@x>"), letter(message_id="<d@x>", in_reply_to="<c@x>"))
    with tenant_scope(desk):
        threads = dict(Message.objects.values_list("message_id", "thread_id"))
    assert len({threads[key] for key in ("<a@x>", "<b@x>", "<c@x>", "<d@x>")}) == 1
    assert threads["<stranger@x>"] != threads["<a@x>"]


def test_a_second_address_of_the_contact_is_the_same_person(desk, now):
    bring_in(desk, now, letter(sender="T. Herrera <Tomas@Home.Example.com>"))
    (touch,) = touches(desk)
    assert touch.contact.full_name == "Tomás Herrera"


def test_attachments_keep_their_bytes(desk, now):
    from email.message import EmailMessage
    from email.policy import SMTP

    content = bytes(range(256)) * 40
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Message-ID"] = TOMAS, ORDERS, "<att@x.test>"
    message.set_content("See attached.\n")
    message.add_attachment(
        content, maintype="application", subtype="pdf", filename="../../etc/Größe\u202efdp.pdf"
    )
    bring_in(desk, now, message.as_bytes())
    with tenant_scope(desk):
        attachment = Attachment.objects.get()
        assert bytes(attachment.content) == content and attachment.size == len(content)
        assert attachment.content_type == "application/pdf"
        assert "/" not in attachment.filename and "\u202e" not in attachment.filename


def test_a_date_from_the_future_never_silences_the_clock(desk, now):
    bring_in(desk, now, letter(date="Fri, 01 Jan 2044 00:00:00 +0000"))
    with tenant_scope(desk):
        assert Message.objects.get().sent_at == now
        assert EngagementClock.objects.get(contact__isnull=False).last_touch_at == now


@pytest.mark.parametrize(
    ("mail", "tier"),
    [
        (letter(Auto_Submitted="auto-replied", subject="Automatic reply: Turn times"), Tier.AUTO_REPLY),
        (letter(Precedence="bulk", List_Unsubscribe="<mailto:x@y.test>"), Tier.LIST),
        (letter(Auto_Submitted="auto-generated"), Tier.AUTOMATED),
        (letter(sender="Portal <no-reply@bluemesacu.test>"), Tier.AUTOMATED),
        (delivery_report((TOMAS, "5.1.1")), Tier.BOUNCE),
    ],
)
def test_what_no_person_wrote_is_no_touch_and_makes_no_contact(desk, now, mail, tier):
    summary = bring_in(desk, now, mail)
    assert (summary.new, summary.replies, summary.new_contacts, summary.requests) == (1, 0, 0, 0)
    assert touches(desk) == [] and events(desk, "mail.reply.received") == []
    with tenant_scope(desk):
        message = Message.objects.get()
        assert message.tier == tier and not message.is_awaiting_plan
        assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "sender",
    [
        ORDERS,
        "Orders <ORDERS+mv24@meridianvs.test>",
        "Marcus Webb <marcus.webb@meridianvs.test>",
        "Bot <alerts@mail.meridianvs.test>",
        "desk alias <hello@meridian-alias.test>",
    ],
)
def test_our_own_addresses_are_never_a_contact_a_reply_or_a_touch(desk, now, sender):
    with tenant_scope(desk):
        Mailbox.objects.create(address_normalised="hello@meridian-alias.test", is_domain_own=False)
        client = make_client(now, "Meridian Twin", email_domain="meridianvs.test")
        make_contact(now, client, "Marcus Webb", addresses=["marcus.webb@meridianvs.test"])
    summary = bring_in(
        desk, now, letter(sender=sender, text=ASKS), letter(sender=sender, to=TOMAS, message_id="<2@m>")
    )
    assert (summary.new, summary.replies, summary.new_contacts) == (2, 0, 0)
    assert touches(desk) == []
    with tenant_scope(desk):
        assert set(Message.objects.values_list("standing", flat=True)) == {SenderStanding.OWN}
        sent = Message.objects.get(message_id="<2@m>")
        assert sent.direction == Direction.OUT and not sent.is_awaiting_plan
        assert sent.contact.full_name == "Tomás Herrera"
        assert [one.email_normalised for one in sent.recipients.all()] == [TOMAS]


def test_neighbours_at_a_shared_domain_are_not_our_own(desk, now):
    with tenant_scope(desk):
        Mailbox.objects.create(address_normalised="meridian@gmail.com")
        make_contact(now, None, "Gail Mail", addresses=["gail@gmail.com"])
    assert bring_in(desk, now, letter(sender="gail@gmail.com")).replies == 1


def test_a_person_at_a_clients_own_domain_becomes_a_contact(desk, rival, now):
    summary = bring_in(
        desk,
        now,
        letter(sender="Dana Pruitt <DPruitt@bluemesacu.test>", message_id="<dana@b>", text=ASKS),
        letter(sender="Dana Pruitt <dpruitt@bluemesacu.test>", message_id="<dana2@b>"),
    )
    assert (summary.new_contacts, summary.replies) == (1, 2)
    with tenant_scope(desk):
        dana = Contact.objects.get(source=ContactSource.MAIL)
        assert (dana.first_name, dana.last_name) == ("Dana", "Pruitt")
        assert dana.client.name == "Blue Mesa Credit Union"
        assert dana.source_message_id == "<dana@b>"
        assert dana.clocks.get().last_touch_at is not None
        assert Message.objects.filter(contact=dana).count() == 2
    with tenant_scope(rival):
        assert not Contact.objects.filter(source=ContactSource.MAIL).exists()


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("Sue <sue@shared.test>", {}),
        ("Pat <pat@private.test>", {}),
        ("Ann <ann@gmail.com>", {}),
        ("Bob <bob@nobody-knows.test>", {}),
        ("Eve <eve@sub.bluemesacu.test>", {}),
        ("Eve <eve@bluemesacu.test.evil.test>", {}),
        (f'"{TOMAS}" <eve@evil.test>', {}),
        ("Eve <eve@bluemesacu.test>", {"Authentication_Results": "mx.meridianvs.test; dmarc=fail"}),
        ("Notices <noreply@bluemesacu.test>", {}),
        ("A <a@bluemesacu.test>, B <b@bluemesacu.test>", {}),
    ],
)
def test_nobody_else_becomes_a_contact(desk, now, sender, headers):
    with tenant_scope(desk):
        make_client(now, "One", email_domain="shared.test")
        make_client(now, "Two", email_domain="shared.test")
        make_client(now, "Pat Quinn", email_domain="private.test", client_type=ClientType.PRIVATE)
        make_client(now, "Gmail Lending", email_domain="gmail.com")
    summary = bring_in(desk, now, letter(sender=sender, text=ASKS, **headers))
    assert (summary.new, summary.new_contacts, summary.replies) == (1, 0, 0)
    with tenant_scope(desk):
        assert Contact.objects.count() == 1
        assert Message.objects.get().standing == SenderStanding.STRANGER


def test_a_mail_that_fails_dmarc_is_not_the_contacts(desk, now):
    summary = bring_in(desk, now, letter(text=ASKS, Authentication_Results="mx.meridianvs.test; dmarc=fail"))
    assert (summary.replies, summary.requests) == (0, 0)
    with tenant_scope(desk):
        message = Message.objects.get()
        assert message.contact is None and message.client is None


def test_the_service_refuses_to_work_inside_anybodys_transaction(desk, now):
    with tenant_scope(desk), pytest.raises(TenantScopeOpen):
        bring_in(desk, now, letter())


def test_a_mail_that_the_database_refuses_spoils_no_other(desk, now, monkeypatch):
    from engagement.mail import storing

    real = storing._message_of

    def overlong(letter, *rest):
        message = real(letter, *rest)
        if letter.message_id == "<bad@x>":
            message.from_name = "x" * 500
        return message

    monkeypatch.setattr(storing, "_message_of", overlong)
    summary = bring_in(
        desk, now, letter(message_id="<a@x>"), letter(message_id="<bad@x>"), letter(message_id="<b@x>")
    )
    assert (summary.new, [one.name for one in summary.refused]) == (2, ["mail 2"])
    with tenant_scope(desk):
        assert set(Message.objects.values_list("message_id", flat=True)) == {"<a@x>", "<b@x>"}
    assert len(touches(desk)) == 2


def test_one_batch_costs_the_same_number_of_statements_whatever_it_holds(desk, now):
    def statements(count, first):
        mails = [
            letter(
                sender=f"Ana Person <person{first + n}@bluemesacu.test>",
                message_id=f"<{first + n}@x>",
                in_reply_to=f"<root{first + n}@x>",
                text=ASKS,
            )
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert bring_in(desk, now, *mails).new == count
        return len(queries)

    statements(1, 0)
    assert statements(2, 100) == statements(40, 200) <= 45


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_imports_at_once_store_each_mail_once(desk, now):
    mails = [
        letter(message_id=f"<{n}@x>", sender=f"Dana Pruitt <dana{n % 3}@bluemesacu.test>", text="STOP\n")
        for n in range(60)
    ]
    summaries, errors = [], []

    def run():
        try:
            summaries.append(bring_in(desk, now, *mails))
        except Exception as error:  # shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sum(summary.new for summary in summaries) == 60
    assert sum(summary.new_contacts for summary in summaries) == 3
    assert all(not summary.refused for summary in summaries)
    with tenant_scope(desk):
        assert Message.objects.count() == 60 and EmailSuppression.objects.count() == 3
        assert Event.objects.filter(kind="mail.message.received").count() == 60


def test_an_interrupted_import_leaves_whole_batches_and_is_completed_by_the_next(desk, now):
    mails = [letter(message_id=f"<{n}@x>", text=ASKS) for n in range(120)]

    def until_the_power_goes():
        for number, content in enumerate(mails[:75]):
            yield RawMail(f"mail {number}", content)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_messages(tenant=desk, raws=until_the_power_goes(), now=now)
    with tenant_scope(desk):
        assert Message.objects.count() == Touch.objects.count() == 50
        assert Event.objects.filter(kind="mail.message.received").count() == 50
    summary = bring_in(desk, now, *mails)
    assert (summary.new, summary.duplicates) == (70, 50)
    assert len(touches(desk)) == 120


def test_no_mail_however_broken_stops_the_import(desk, now):
    """Mails with bytes changed, lost, doubled and put in at random: each is stored or refused, none raises."""
    chance = random.Random(20261123)
    whole = [letter(text=ASKS), delivery_report((TOMAS, "5.1.1")), letter(text="STOP\n", in_reply_to="<a@x>")]
    hostile = [
        b"\0",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\r\n\r\n",
        b"=?utf-8?b?////?=",
        b"Date: Mon, 32 Foo 99999 99:99:99\r\n",
        b"Message-ID: <" + b"a" * 5000 + b">\r\n",
        b'Content-Type: multipart/mixed; boundary="\xfd"\r\n',
    ]
    mails = []
    for number in range(400):
        own_id = re.sub(rb"(?im)^message-id: <", b"Message-ID: <%d." % number, chance.choice(whole), count=1)
        content = bytearray(own_id)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content) + 1)
            match chance.randrange(4):
                case 0:
                    content[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del content[at : at + chance.randint(1, 60)]
                case 2:
                    content[at:at] = chance.choice(hostile)
                case 3:
                    content += content[at:]
        mails.append(bytes(content))
    summary = bring_in(desk, now, *mails)
    assert summary.read == 400 == summary.new + summary.duplicates + len(summary.refused)
    assert summary.new > 250
    assert not [one for one in summary.refused if "error in this program" in one.reason]
    with tenant_scope(desk):
        for message in Message.objects.filter(request_count__gt=0):
            for one in message.requests:
                assert message.newest_text[one["start"] : one["end"]] == one["quote"]


def test_text_that_the_database_cannot_hold_is_taken_without_it(desk, now):
    mail = letter(text="Hello\n").replace(
        b"\r\n\r\n",
        b'\r\nX-Odd: a\xed\xa0\x80b\0c\r\nContent-Disposition: attachment; filename="\xfd\0.pdf"\r\n\r\n',
        1,
    )
    assert bring_in(desk, now, mail).new == 1
