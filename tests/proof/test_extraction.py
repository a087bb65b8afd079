"""Extraction: what bytes are changed in a file, it ends in a state with a reason, and no process of ours dies of it.

Short form: 60 changed files. Long form: 1,000, and the hostile files that take half a minute each.
"""

from __future__ import annotations

import random
from email.message import EmailMessage

import pytest

from documents.extraction import FileReader, extract_files
from tests.documents.files import paged_pdf, show, stream, text_pdf
from tests.documents.hostile import hostile_pdfs
from tests.documents.office_files import paragraph, part, table, word
from tests.documents.test_extraction_hostile import LONG, assert_is_a_result, write

SENTENCE = "The appraiser walked the whole of the lot and found it dry."


def seeds() -> dict[str, bytes]:
    """One honest file of each kind, small and packed as those of programs are."""
    lines = show((72, 740 - 14 * row, f"{SENTENCE} {row},450.00") for row in range(40))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana <ana@bank.test>", "desk@meridian.test", "Grüße"
    mail.set_content(SENTENCE)
    mail.add_attachment(text_pdf(SENTENCE), maintype="application", subtype="pdf", filename="a.pdf")
    document = word(
        "".join(paragraph(f"{SENTENCE} {number}") for number in range(40))
        + table(("Fee", "450.00"), ("Due", "Friday")),
        more={"header:word/header1.xml": part(paragraph("on top"))},
    )
    return {
        "a.pdf": paged_pdf([stream(lines, packed=True), lines, stream(lines, packed=True)]),
        "b.pdf": text_pdf(SENTENCE),
        "c.docx": document,
        "d.html": f"<html><body><table><tr><td>{SENTENCE}</td></tr></table></body></html>".encode(),
        "e.eml": bytes(mail),
        "f.csv": b'a,b\n"1,2",3\n' * 40,
        "g.txt": SENTENCE.encode("utf-16"),
    }


def mutate(content: bytes, chances: random.Random) -> bytes:
    """The file with bytes changed, taken out, repeated, or cut off."""
    changed = bytearray(content)
    for _ in range(chances.choice((1, 2, 8, 64))):
        at = chances.randrange(len(changed) or 1)
        way = chances.randrange(6)
        if way == 0:
            changed[at : at + 1] = bytes([chances.randrange(256)])
        elif way == 1:
            changed[at : at + chances.randrange(1, 200)] = b""
        elif way == 2:
            changed[at:at] = changed[at : at + chances.randrange(1, 2_000)] * chances.randrange(1, 5)
        elif way == 3:
            changed[at:at] = chances.choice(
                (b"9999999999", b"-1", b"<<", b"[", b"endstream", b"\x00", b"\xff\xff\xff\xff")
            )
        elif way == 4:
            other = chances.randrange(len(changed) or 1)
            changed[at : at + 40], changed[other : other + 40] = (
                changed[other : other + 40],
                changed[at : at + 40],
            )
        elif chances.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def test_changed_files_end_in_a_state_with_a_reason_and_no_host_dies(tmp_path, proof):
    chances = proof.random("mutated files")
    originals = list(seeds().items())
    changed = {}
    for number in range(proof.size(short=60, long=1_000)):
        name, content = originals[number % len(originals)]
        changed[f"{number:04}-{name}"] = mutate(content, chances)
    paths = write(tmp_path, changed)
    results = list(extract_files(paths, workers=2))
    assert [path for path, _ in results] == paths
    for _, done in results:
        assert_is_a_result(done)
        # The first says that a host died, the second that a reader was killed by somebody else.
        assert done.reason not in {"no_reader", "interrupted"}


def test_one_host_reads_all_files_one_after_another(tmp_path, proof):
    """The parent of all readers is one process from the first file to the last."""
    pids = set()
    with FileReader() as reader:
        for path in write(tmp_path, seeds()) * proof.size(short=2, long=50):
            assert reader.extract(path, name=path.name).status == "completed"
            pids.add(reader.host_pid)
    assert len(pids) == 1


def test_files_that_take_all_their_time_end_with_it(tmp_path, proof):
    if not proof.is_long:
        pytest.skip("Each of these files takes half a minute.")
    files = {name: content for name, content in hostile_pdfs().items() if name in LONG}
    for _, done in extract_files(write(tmp_path, files), workers=1):
        assert_is_a_result(done)
