"""`manage.py import_mail`: files of every kind, bad input in one sentence, and what is left when something is wrong."""

from __future__ import annotations

import json
import mailbox
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agent.tenancy import tenant_scope
from engagement.mail.models import Attachment, Message
from tests.mail.cast import ASKS, furnish, letter

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def desk(meridian, now):
    furnish(meridian, now)
    return meridian


def run(*paths, tenant="meridian", form="json"):
    """The command's exit code, its standard output and its standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_mail", *map(str, paths), tenant=tenant, format=form, stdout=out, stderr=err)
        code = 0
    except SystemExit as stopped:
        code = stopped.code
    except CommandError as error:
        code, _ = error.returncode, err.write(str(error))
    text = out.getvalue()
    return code, json.loads(text) if form == "json" and text else text, err.getvalue()


def stored(tenant):
    with tenant_scope(tenant):
        return set(Message.objects.values_list("message_id", flat=True))


def save(path: Path, number: int, **changes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(letter(message_id=f"<{number}@x>", **changes))
    return path


def make_mbox(path: Path, *numbers: int) -> Path:
    box = mailbox.mbox(path)
    for number in numbers:
        text = f"Mail {number}\n\nFrom here on it is prose.\nFrom Mon to Fri at 10:30 we are open.\n"
        box.add(letter(message_id=f"<{number}@x>", text=text))
    box.close()
    return path


def make_maildir(path: Path, new: list[int], seen: list[int]) -> Path:
    box = mailbox.Maildir(path, create=True)
    for number in [*new, *seen]:
        message = mailbox.MaildirMessage(letter(message_id=f"<{number}@x>"))
        message.set_subdir("new" if number in new else "cur")
        box.add(message)
    return path


def test_files_folders_mboxes_and_maildirs_are_read_together(desk, harborpine, tmp_path):
    one = save(tmp_path / "one.eml", 1, text=ASKS)
    save(tmp_path / "folder" / "2.eml", 2)
    save(tmp_path / "folder" / "deeper" / "3.EML", 3)
    (tmp_path / "folder" / "labels.json").write_text("{}")
    box = make_mbox(tmp_path / "box.mbox", 4, 5, 6)
    thunderbird = make_mbox(tmp_path / "folder" / "Inbox", 7)
    maildir = make_maildir(tmp_path / "maildir", [8, 9], [10])
    code, result, err = run(one, tmp_path / "folder", box, maildir)
    assert thunderbird.exists() and code == 0, err
    assert (result["read"], result["new"], result["duplicates"], result["requests"]) == (10, 10, 0, 1)
    assert result["refused"] == [] and result["tenant"] == "meridian" and result["schema_version"] == 1
    assert stored(desk) == {f"<{number}@x>" for number in range(1, 11)}
    assert stored(harborpine) == set()
    assert "10 mails read" in err


def test_an_mbox_gives_back_the_text_that_went_in(desk, tmp_path):
    run(make_mbox(tmp_path / "box.mbox", 1, 2))
    with tenant_scope(desk):
        texts = list(Message.objects.order_by("id").values_list("newest_text", flat=True))
    assert [text.split("\n")[0] for text in texts] == ["Mail 1", "Mail 2"]
    for text in texts:
        assert "\nFrom here on it is prose." in text and "\nFrom Mon to Fri at 10:30 we are open." in text


def test_a_path_given_twice_stores_nothing_twice(desk, tmp_path):
    one = save(tmp_path / "one.eml", 1)
    code, result, _ = run(one, one, tmp_path)
    assert (code, result["new"], result["duplicates"]) == (0, 1, 2)


def test_the_table_shows_the_same_counts(desk, tmp_path):
    code, table, _ = run(save(tmp_path / "one.eml", 1, text=ASKS), form="table")
    rows = dict(line.rsplit(maxsplit=1) for line in table.splitlines())
    assert code == 0
    assert (rows["Mails found"], rows["New"], rows["Requests to people"], rows["Refused"]) == (
        "1",
        "1",
        "1",
        "0",
    )


def test_an_unknown_tenant_is_a_matter_of_usage(desk, tmp_path):
    code, result, err = run(save(tmp_path / "one.eml", 1), tenant="meridiam")
    assert (code, result) == (2, "")
    assert err == "Unknown tenant meridiam. Known: meridian."
    assert stored(desk) == set()


def bad_inputs(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    """Everything an operator can get wrong, with a word of the sentence that says so."""
    whole = letter(message_id="<cut@x>", text=ASKS)
    cut = tmp_path / "cut.eml"
    cut.write_bytes(
        b"From: a@b.test\r\nMessage-ID: <cut@x>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="zz"\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\nHello'
    )
    headless = tmp_path / "headless.eml"
    headless.write_bytes(whole[:60])
    empty_file, empty_folder = tmp_path / "empty.eml", tmp_path / "nothing"
    empty_file.touch()
    empty_folder.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "notes.txt").write_text("no mail")
    binary = tmp_path / "photo.eml"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    empty_mbox, no_mbox, pipe = tmp_path / "empty.mbox", tmp_path / "not.mbox", tmp_path / "pipe"
    empty_mbox.touch()
    no_mbox.write_text("Dear all,\n")
    os.mkfifo(pipe)
    return {
        "cut off": (cut, "is cut off"),
        "cut in the header": (headless, "headless.eml"),
        "missing": (tmp_path / "missing.eml", "no such file"),
        "empty file": (empty_file, "empty"),
        "empty folder": (empty_folder, "holds no mail"),
        "folder without mail": (other, "holds no mail"),
        "empty maildir": (make_maildir(tmp_path / "md", [], []), "holds no mail"),
        "binary": (binary, "not an e-mail"),
        "empty mbox": (empty_mbox, "is empty"),
        "no mbox": (no_mbox, "is not an mbox"),
        "pipe": (pipe, "neither a file nor a folder"),
    }


def test_each_bad_input_alone_gets_one_sentence_and_exit_1(desk, tmp_path):
    for name, (path, word) in bad_inputs(tmp_path).items():
        code, result, err = run(path)
        assert code == 1, name
        sentences = [line for line in err.splitlines() if str(path) in line]
        assert len(sentences) == 1 and word in sentences[0] and sentences[0].endswith("."), (name, err)
        assert [one["name"] for one in result["refused"]] == [str(path)], name
    assert stored(desk) == set()


def test_bad_input_among_good_is_named_and_the_good_is_stored(desk, tmp_path):
    bad = bad_inputs(tmp_path / "bad" if (tmp_path / "bad").mkdir() is None else tmp_path)
    good = [save(tmp_path / f"good{number}.eml", number) for number in (1, 2)]
    code, result, _ = run(good[0], *(path for path, _ in bad.values()), good[1])
    assert code == 4
    assert {one["name"] for one in result["refused"]} == {str(path) for path, _ in bad.values()}
    assert stored(desk) == {"<1@x>", "<2@x>"}


def test_a_cut_mail_is_completed_by_importing_the_whole_one(desk, tmp_path):
    path = tmp_path / "mail.eml"
    whole = (
        b"From: therrera@bluemesacu.test\r\nTo: orders@meridianvs.test\r\nMessage-ID: <cut@x>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="zz"\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\nHello there.\r\n'
        b"--zz\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n' + b"QUJD" * 500 + b"\r\n--zz--\r\n"
    )
    for length in range(200, len(whole) - 10, 97):
        path.write_bytes(whole[:length])
        assert run(path)[0] == 1, length
        assert stored(desk) == set(), length
    path.write_bytes(whole)
    assert run(path)[0] == 0
    with tenant_scope(desk):
        assert bytes(Attachment.objects.get().content) == b"ABC" * 500


def with_attachment(megabytes: float) -> bytes:
    body = b"QUJD" * int(megabytes * 1024 * 1024 / 3)
    return (
        b"From: therrera@bluemesacu.test\r\nTo: orders@meridianvs.test\r\nMessage-ID: <big@x>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="zz"\r\n\r\n--zz\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n'
        b"--zz\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.pdf"\r\n\r\n' + body + b"\r\n--zz--\r\n"
    )


def test_a_message_over_25_megabytes_is_refused_alone_and_in_an_mbox(desk, tmp_path):
    for name, megabytes in (("30", 30), ("26", 26), ("60", 60)):
        path = tmp_path / f"{name}.eml"
        path.write_bytes(with_attachment(megabytes))
        code, result, _ = run(path)
        assert code == 1 and "more than the 25 MB" in result["refused"][0]["reason"]
    box = tmp_path / "box.mbox"
    start = b"From someone Mon Nov 23 10:00:00 2026\n"
    big = with_attachment(60).replace(b"\r\n", b"\n")
    small = letter(message_id="<small@x>").replace(b"\r\n", b"\n")
    box.write_bytes(start + big + b"\n" + start + small)
    code, result, _ = run(box)
    assert (code, result["new"]) == (4, 1)
    assert result["refused"][0]["name"] == f"{box}, message 1"
    assert stored(desk) == {"<small@x>"}


def test_a_message_of_24_megabytes_is_taken_whole(desk, tmp_path):
    path = tmp_path / "24.eml"
    path.write_bytes(with_attachment(24))
    assert run(path)[0] == 0
    with tenant_scope(desk):
        assert Attachment.objects.values_list("size", flat=True).get() == 24 * 1024 * 1024 // 3 * 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_named(desk, tmp_path):
    path = save(tmp_path / "secret.eml", 1)
    path.chmod(0)
    code, _, err = run(path)
    assert code == 1 and "permission denied" in err
