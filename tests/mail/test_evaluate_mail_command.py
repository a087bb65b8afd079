"""`manage.py evaluate_mail`: the contract of its lines, what it may touch, and wrong input in one sentence."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.tenancy import tenant_scope
from engagement.mail import models, reading
from engagement.models import Client
from tests.mail.cast import ASKS, QUOTE, TOMAS, delivery_report, furnish, letter
from tests.orders.cast import make_order

KEYS = [
    *(
        "file",
        "message_id",
        "tier",
        "category",
        "newest_text",
        "explicit_request",
        "other_requests",
        "signals",
    ),
    *("sentiment", "signature", "bounce", "links", "auto_reply", "flags", "error", "ms"),
]
REQUEST_KEYS = {"is", "evidence", "start", "end", "when"}
SIGNATURE_KEYS = {
    *("text", "name", "title", "department", "company", "phones", "email", "linkedin", "url", "address"),
}


def run(*paths, **options):
    """The command's exit code, the objects on its standard output, and its standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("evaluate_mail", *map(str, paths), stdout=out, stderr=err, **options)
        code = 0
    except CommandError as error:
        code, _ = error.returncode, err.write(str(error))
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    return code, rows, err.getvalue()


def save(path: Path, **changes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(letter(**changes))
    return path


def test_each_mail_is_one_line_with_every_key_in_the_order_of_file_names(tmp_path):
    save(tmp_path / "c.eml", message_id="<c@x>", text="Grüße — 银行\n")
    save(tmp_path / "a.eml", message_id="<a@x>", text=ASKS)
    save(tmp_path / "deeper" / "d.eml")
    (tmp_path / "notes.txt").write_text("no mail")
    other = save(tmp_path / "elsewhere" / "b.txt", message_id="<b@x>")
    code, rows, err = run(tmp_path, other)
    assert (code, err) == (0, "")
    assert [row["file"] for row in rows] == ["a.eml", "b.txt", "c.eml"]
    for row in rows:
        assert list(row) == KEYS
        assert set(row["explicit_request"]) == REQUEST_KEYS
        assert set(row["signature"]) == SIGNATURE_KEYS
        assert set(row["auto_reply"]) == {"return_date", "left_company", "instead"}
        assert set(row["sentiment"]) == {"label", "score"}
        assert row["error"] is None and row["ms"] > 0
    assert rows[2]["newest_text"] == "Grüße — 银行"


def test_without_a_tenant_a_stranger_may_ask_and_no_table_is_touched(tmp_path):
    code, [row], _ = run(save(tmp_path / "a.eml", text=ASKS))
    asked = row["explicit_request"]
    assert code == 0 and row["tier"] == "human"
    assert asked["is"] and asked["evidence"] == QUOTE and asked["when"] == "2026-11-26T14:00:00-07:00"
    assert row["newest_text"][asked["start"] : asked["end"]] == QUOTE
    assert row["other_requests"] == []


def test_a_second_request_stands_among_the_others(tmp_path):
    text = "Please call me tomorrow at 10am about the fee.\n\nAnd could Priya meet us in Denver on Friday?\n"
    _, [row], _ = run(save(tmp_path / "a.eml", text=text))
    assert row["explicit_request"]["evidence"] == "Please call me tomorrow at 10am about the fee."
    assert [one["evidence"] for one in row["other_requests"]] == [
        "And could Priya meet us in Denver on Friday?"
    ]
    assert set(row["other_requests"][0]) == REQUEST_KEYS


def test_a_mail_that_cannot_be_read_says_why_among_the_others(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    (tmp_path / "b.eml").write_bytes(b"")
    save(tmp_path / "c.eml")
    code, rows, _ = run(tmp_path)
    assert code == 0
    for row in rows[:2]:
        assert list(row) == KEYS and row["error"].endswith(".") and row["newest_text"] == ""
        assert row["tier"] is None and row["links"] == [] and not row["explicit_request"]["is"]
    assert rows[2]["error"] is None


def test_missing_headers_and_an_mbox_line_are_ordinary(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"From x Mon Nov 23 10:00:00 2026\nSubject: hello\n\nPlease call me.\n")
    code, [row], _ = run(tmp_path)
    assert code == 0 and row["error"] is None and row["message_id"] is None
    assert (
        row["explicit_request"]["evidence"] == "Please call me." and row["explicit_request"]["when"] is None
    )


def test_the_message_id_stands_as_in_the_header(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"From: a@b.test\nMessage-ID:  no.brackets@b.test \n\nhi\n")
    assert run(tmp_path)[1][0]["message_id"] == "no.brackets@b.test"


def test_the_same_mail_again_is_a_duplicate_and_another_with_its_id_is_not(tmp_path):
    for name, text in (("a.eml", "One\n"), ("b.eml", "One\n"), ("c.eml", "Another\n")):
        save(tmp_path / name, text=text)
    assert [row["category"] == "duplicate" for row in run(tmp_path)[1]] == [False, True, False]


def test_a_report_names_its_recipients(tmp_path):
    (tmp_path / "a.eml").write_bytes(delivery_report((TOMAS, "5.1.1"), ("b@c.test", "4.2.2")))
    _, [row], _ = run(tmp_path)
    assert row["tier"] == "bounce"
    assert row["bounce"] == [
        {"recipient": TOMAS, "status": "5.1.1", "hard": True},
        {"recipient": "b@c.test", "status": "4.2.2", "hard": False},
    ]


def test_a_path_that_leads_nowhere_is_a_matter_of_usage(tmp_path):
    code, rows, err = run(save(tmp_path / "a.eml"), tmp_path / "nowhere")
    assert (code, rows) == (2, [])
    assert err == f"There is no file or folder {tmp_path / 'nowhere'}. Check the path."


def test_a_folder_without_mail_prints_nothing_and_says_so(tmp_path):
    code, rows, err = run(tmp_path)
    assert (code, rows, err) == (0, [], "The folder holds no .eml file.\n")


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_tenant_hears_its_own_contacts_only(meridian, harborpine, now, tmp_path):
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test", with_contact=False)
    path = save(tmp_path / "a.eml", text=ASKS)
    assert run(path, tenant="meridian")[1][0]["explicit_request"]["evidence"] == QUOTE
    rival = run(path, tenant="harborpine")[1][0]
    assert not rival["explicit_request"]["is"] and rival["other_requests"] == []
    assert rival["newest_text"].startswith("Hi Priya,")


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_tenants_links_are_its_own_rows_and_nobody_elses(meridian, harborpine, now, tmp_path):
    for tenant, address, number in (
        (meridian, "orders@meridianvs.test", "MV-240871"),
        (harborpine, "desk@harborpine.test", "HP-26-1188"),
    ):
        furnish(tenant, now, address=address)
        with tenant_scope(tenant):
            make_order(number, Client.objects.get(), product=None, loan_number="26-40917")
    text = "About MV-240871, HP-26-1188, order 240999, loan 26-40917 and deal D-1042.\n"
    mails = [save(tmp_path / f"{number}.eml", text=text, message_id=f"<{number}@x>") for number in range(3)]
    ours = run(*mails, tenant="meridian")[1]
    assert [link["ref"] for link in ours[0]["links"]] == ["MV-240871", "26-40917", "D-1042"]
    assert ours[0]["links"] == ours[2]["links"]
    rivals = run(mails[0], tenant="harborpine")[1][0]["links"]
    assert [link["ref"] for link in rivals] == ["HP-26-1188", "26-40917", "D-1042"]
    assert [link["type"] for link in run(mails[0])[1][0]["links"]] == [
        "order",
        "order",
        "order",
        "loan",
        "deal",
    ]


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_tenant_is_asked_the_same_number_of_questions_for_many_mails(meridian, now, tmp_path):
    furnish(meridian, now)

    def questions(count: int) -> int:
        folder = tmp_path / str(count)
        for number in range(count):
            save(folder / f"{number}.eml", text=f"Order MV-{240000 + number}\n", message_id=f"<{number}@x>")
        with CaptureQueriesContext(connection) as queries:
            assert len(run(folder, tenant="meridian")[1]) == count
        return len(queries)

    assert questions(40) == questions(2)


@pytest.mark.django_db(databases=["default", "owner"])
def test_an_unknown_tenant_is_a_matter_of_usage(meridian, tmp_path):
    code, rows, err = run(save(tmp_path / "a.eml"), tenant="meridiam")
    assert (code, rows, err) == (2, [], "Unknown tenant meridiam. Known: meridian.")


def test_labels_add_scores_on_standard_error_and_leave_the_lines_alone(tmp_path):
    path = save(tmp_path / "a.eml", text=ASKS)
    labels = tmp_path / "labels.json"
    entry = {
        "file": "a.eml",
        "is_explicit_client_request": True,
        "evidence": {"text": QUOTE},
        "category": "praise",
    }
    labels.write_text(json.dumps({"emails": [entry]}))
    code, [row], err = run(path, labels=str(labels))
    plain = run(path)[1][0]
    assert code == 0 and {**row, "ms": 0} == {**plain, "ms": 0}
    figures = {line[:40].strip(): line[40:].split() for line in err.splitlines()}
    assert figures["explicit request, recall"][0] == "1.000"
    assert figures["category"][0] == "0.000" and figures["category"][-2:] == ["MISSED", "a.eml"]
    assert figures["newest text"][0] == "–"


def test_labels_that_cannot_be_used_are_a_matter_of_usage(tmp_path):
    code, rows, err = run(save(tmp_path / "a.eml"), labels=str(tmp_path / "labels.json"))
    assert (code, rows) == (2, [])
    assert err.endswith("(no such file or directory). Check the path.")


def test_the_categories_of_the_table_are_the_readers():
    assert set(models.Category.values) == {one.value for one in reading.Category}
