"""Watching a Maildir: each mail is read once, and nothing is lost."""

from __future__ import annotations

import mailbox

import pytest

from agent.tenancy import tenant_scope
from engagement.mail.models import Mailbox, Message
from engagement.mail.services import poll_mailboxes
from engagement.mail.tasks import poll_mail, poll_tenant_mail
from tests.mail.cast import furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def maildir(meridian, now, tmp_path):
    """The Maildir that Meridian's mailbox watches."""
    furnish(meridian, now)
    box = mailbox.Maildir(tmp_path / "orders", create=True)
    with tenant_scope(meridian):
        Mailbox.objects.update(maildir_path=str(tmp_path / "orders"))
    return box


def flags(box):
    return sorted((message.get_subdir(), message.get_flags()) for message in box)


def test_new_mail_is_stored_and_marked_as_seen(meridian, harborpine, maildir, now):
    furnish(harborpine, now, address="desk@harborpine.test")
    for number in (1, 2):
        maildir.add(letter(message_id=f"<{number}@x>"))
    assert poll_mailboxes(tenant=harborpine, now=now).read == 0
    summary = poll_mailboxes(tenant=meridian, now=now)
    assert (summary.read, summary.new) == (2, 2)
    assert flags(maildir) == [("cur", "S"), ("cur", "S")]
    assert poll_mailboxes(tenant=meridian, now=now).read == 0
    with tenant_scope(harborpine):
        assert not Message.objects.exists()


def test_a_refused_mail_is_flagged_for_a_person_and_kept(meridian, maildir, now):
    maildir.add(letter(message_id="<good@x>"))
    maildir.add(b"\0\1\2\3" * 100)
    summary = poll_mailboxes(tenant=meridian, now=now)
    assert (summary.new, len(summary.refused)) == (1, 1)
    assert flags(maildir) == [("cur", "F"), ("cur", "S")]
    assert poll_mailboxes(tenant=meridian, now=now).refused == ()


def test_mail_stays_new_when_the_database_fails(meridian, maildir, now, monkeypatch):
    from engagement.mail import services

    def fail(*args, **kwargs):
        raise RuntimeError("the database is gone")

    maildir.add(letter(message_id="<1@x>"))
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(services, "store_letters", fail)
        poll_mailboxes(tenant=meridian, now=now)
    assert flags(maildir) == [("new", "")]
    assert poll_mailboxes(tenant=meridian, now=now).new == 1


def test_a_mailbox_without_a_folder_or_with_one_that_is_gone_does_nothing(meridian, now, tmp_path):
    furnish(meridian, now)
    assert poll_mailboxes(tenant=meridian, now=now).read == 0
    with tenant_scope(meridian):
        Mailbox.objects.update(maildir_path=str(tmp_path / "gone"))
    assert poll_mailboxes(tenant=meridian, now=now).read == 0


def test_the_doorbell_rings_once_for_each_tenant(meridian, harborpine, maildir, now, monkeypatch):
    maildir.add(letter(message_id="<1@x>"))
    rung = []
    monkeypatch.setattr(poll_tenant_mail, "delay", rung.append)
    assert poll_mail() == 2
    assert rung == [meridian.pk, harborpine.pk]
    assert [poll_tenant_mail(pk) for pk in rung] == [1, 0]
