"""Machine mail of many servers and languages, and what people write about the same things.

`bounces.txt` holds blocks `=== name address=hard|soft ...`, the head, the text, and below `%%` the report of RFC 3464.
`automatic.txt` (answers of programs without their headers) and `ordinary.txt` (people) hold lines `subject | text`.
"""

import json
from pathlib import Path

import pytest

from engagement.mail.reading import (
    ParsedMessage,
    Tier,
    classify_sender,
    parse_message,
    read_bounce,
    read_complaint,
)

_HERE = Path(__file__).parent
PUBLIC = Path(__file__).resolve().parents[4].joinpath("shared/data/public/bounce_sisimai")
LIST = "List-Id: <v.lists.test>\nList-Unsubscribe: <mailto:u@lists.test>\n"


def _bounces() -> list[tuple[str, ParsedMessage, dict[str, bool]]]:
    bounces = []
    for block in (_HERE / "bounces.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        title, _, mail = block.partition("\n")
        name, *wanted = title.split()
        head, _, body = mail.partition("\n\n")
        text, _, report = body.partition("\n%%\n")
        kind = "text/plain; charset=utf-8"
        if report:
            kind = "multipart/report; report-type=delivery-status; boundary=b"
            body = (
                f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
                f"--b\nContent-Type: message/delivery-status\n\n{report}\n--b--\n"
            )
        raw = f"To: desk@desk.example\n{head}\nContent-Type: {kind}\n\n{body}"
        severities = {one.partition("=")[0]: one.endswith("=hard") for one in wanted}
        bounces.append((name, parse_message(raw.encode()), severities))
    return bounces


def _written(name: str) -> list[tuple[str, str]]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [(subject, text) for subject, _, text in (line.partition(" | ") for line in lines)]


def _mail(subject: str, text: str, headers: str = "") -> ParsedMessage:
    head = f"From: Tom Herrera <tom@client.example>\nTo: desk@desk.example\nSubject: {subject}\n{headers}"
    return parse_message(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n\nTom\n".encode())


@pytest.mark.parametrize(
    ("parsed", "wanted"), [pytest.param(parsed, wanted, id=name) for name, parsed, wanted in _bounces()]
)
def test_a_bounce_names_each_recipient_and_whether_the_address_is_dead(
    parsed: ParsedMessage, wanted: dict[str, bool]
) -> None:
    assert classify_sender(parsed) is Tier.BOUNCE
    assert {one.address: one.hard for one in read_bounce(parsed)} == wanted


@pytest.mark.parametrize(("subject", "text"), _written("ordinary.txt"))
def test_what_people_write_about_failures_and_absence_is_a_persons_mail(subject: str, text: str) -> None:
    assert classify_sender(_mail(subject, text)) is Tier.HUMAN


@pytest.mark.parametrize(("subject", "text"), _written("automatic.txt"))
def test_an_answer_of_a_program_is_known_without_its_headers(subject: str, text: str) -> None:
    assert classify_sender(_mail(subject, text)) is Tier.AUTO_REPLY


@pytest.mark.parametrize(
    ("headers", "tier"),
    [
        (f"{LIST}List-Post: <mailto:v@lists.test>\nPrecedence: list\n", Tier.HUMAN),
        (f"{LIST}List-Post: <mailto:v@lists.test>\nPrecedence: bulk\n", Tier.HUMAN),
        (f"{LIST}List-Post: <mailto:tom@client.example>\nPrecedence: list\n", Tier.LIST),
        (f"{LIST}List-Post: NO\nPrecedence: list\n", Tier.LIST),
        (LIST, Tier.LIST),
        ("Precedence: bulk\n", Tier.LIST),
    ],
)
def test_a_person_who_writes_to_a_list_is_a_person(headers: str, tier: Tier) -> None:
    assert classify_sender(_mail("Rural comps", "Who knows Saguache County?", headers)) is tier


def test_a_providers_notice_of_a_complaint_names_the_complainer() -> None:
    notice = {
        "notificationType": "Complaint",
        "complaint": {"complainedRecipients": [{"emailAddress": "o@client.test"}]},
    }
    parsed = _mail(
        "AWS Notification Message", json.dumps({"Type": "Notification", "Message": json.dumps(notice)})
    )
    assert classify_sender(parsed) is Tier.COMPLAINT_REPORT
    assert read_complaint(parsed) == ("o@client.test",)


def test_a_notice_of_a_delivery_is_no_bounce() -> None:
    parsed = _mail("AWS Notification Message", json.dumps({"notificationType": "Delivery", "delivery": {}}))
    assert classify_sender(parsed) is not Tier.BOUNCE


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public bounces are not here")
def test_public_bounces_are_found_and_their_dead_addresses_told_from_the_rest() -> None:
    labels = [json.loads(line) for line in (PUBLIC / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    found = right = wrong = missed = 0
    bounces = [label for label in labels if label["kind"] == "bounce"]
    for label in bounces:
        parsed = parse_message((PUBLIC / label["file"]).read_bytes())
        found += classify_sender(parsed) is Tier.BOUNCE
        said = any(one.hard for one in read_bounce(parsed))
        wanted = any(record["hardbounce"] for record in label["records"] or [])
        right += said and wanted
        wrong += said and not wanted and bool(label["records"])
        missed += wanted and not said
    assert found / len(bounces) >= 0.99
    assert 2 * right / (2 * right + wrong + missed) >= 0.9
