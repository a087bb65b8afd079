"""Files that are made to harm their reader: every one ends in a state with a reason, and the next is read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from documents.extraction import REASONS, Extraction, FileReader, extract_file, extract_files
from documents.extraction.pool import Turns, read_one
from documents.readers import limits
from tests.documents.files import paged_pdf, show, text_pdf
from tests.documents.hostile import bomb, hostile_pdfs, hostile_words, packed

# These take more than half of their time or memory, and are left to the proofs.
LONG = {"a cross-reference of two billion entries", "a name of ten megabytes"}
SAYING_SO = {
    "content that unpacks to a gigabyte": "out_of_memory",
    "a huge picture": "needs_ocr",
    "a cross-reference that loops": "",
    "nothing but a head": "damaged",
    "encrypted without a way": "password_required",
    "a part that unpacks to a quarter of a gigabyte": "archive_bomb",
    "twenty thousand parts": "too_many_parts",
    "a cell across 1,001 columns": "too_complex",
    "tables within tables without end": "too_complex",
    "entities that expand": "unsafe_markup",
    "an entity that reads a file": "unsafe_markup",
    "a type in sixteen bits": "unsafe_markup",
    "an archive of an archive": "unsupported",
    "an encrypted member": "password_required",
}
MEMORY_MB = limits.MEMORY_BYTES / limits.MIB


def assert_is_a_result(done: Extraction) -> None:
    """A state, a reason that explains it, and within its limits."""
    assert done.status == REASONS[done.reason].status
    assert done.status in {"completed", "failed", "skipped"}
    assert bool(done.text.strip()) or done.reason != ""
    assert done.seconds < limits.WALL_SECONDS + 4
    assert done.peak_mb < MEMORY_MB
    assert done.characters <= limits.TEXT_BYTES + limits.PAGES


def write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    paths = []
    for name, content in files.items():
        paths.append(folder / name.replace("/", " "))
        paths[-1].write_bytes(content)
    return paths


@pytest.mark.parametrize("make", [hostile_pdfs, hostile_words])
def test_every_hostile_file_ends_in_a_state_with_a_reason_and_the_next_is_read(tmp_path, make):
    files = {name: content for name, content in make().items() if name not in LONG}
    paths = write(tmp_path, files)
    honest = write(tmp_path, {"honest.pdf": text_pdf("An honest page at the end")})
    results = {path.name: done for path, done in extract_files([*paths, *honest], workers=2)}
    assert list(results) == [*files, "honest.pdf"]
    for done in results.values():
        assert_is_a_result(done)
    assert results["honest.pdf"].text.strip() == "An honest page at the end"
    expected = {name: reason for name, reason in SAYING_SO.items() if name in files}
    assert {name: results[name].reason for name in expected} == expected


def test_pages_that_were_read_before_memory_ran_out_are_kept(tmp_path):
    pages = [show([(72, 700, f"Page {number} of the report was read")]) for number in (1, 2)]
    path = tmp_path / "a.pdf"
    path.write_bytes(paged_pdf([*pages, packed(bomb(1 << 30)), pages[0]]))
    done = extract_file(path, name="a.pdf")
    assert (done.status, done.reason) == ("completed", "partial_out_of_memory")
    assert (done.pages_done, done.pages) == (2, 4)
    assert "Page 2 of the report was read" in done.text


class Recording(FileReader):
    """Reads, and keeps what came of each try."""

    def extract(self, *args, **how):
        done = super().extract(*args, **how)
        self.tries = [*getattr(self, "tries", []), done]
        return done


def test_a_file_that_is_tried_again_took_the_time_of_both_tries(tmp_path):
    (path,) = write(tmp_path, {"a.pdf": paged_pdf([packed(bomb(1 << 30))])})
    with Recording() as reader:
        done = read_one(reader, path, limits.MEMORY_BYTES // 2, Turns())
    assert [one.reason for one in reader.tries] == ["out_of_memory"] * 2
    assert done.seconds == sum(one.seconds for one in reader.tries) > reader.tries[1].seconds > 0


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link to a device").symlink_to("/dev/zero")
    (tmp_path / "link to itself").symlink_to(tmp_path / "link to itself")
    (tmp_path / "link to nothing").symlink_to(tmp_path / "nothing")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        reasons = {path.name: extract_file(path, name=path.name).reason for path in tmp_path.iterdir()}
    assert reasons == {
        "pipe": "not_a_file",
        "folder": "not_a_file",
        "socket": "not_a_file",
        "link to a device": "not_a_file",
        "link to itself": "unreadable",
        "link to nothing": "unreadable",
    }


def test_a_link_to_a_file_is_read_as_the_file(tmp_path):
    (tmp_path / "a.txt").write_text("linked")
    (tmp_path / "b").symlink_to(tmp_path / "a.txt")
    assert extract_file(tmp_path / "b", name="b").text == "linked"


def test_a_file_above_the_size_is_not_given_to_any_reader(tmp_path):
    with (tmp_path / "big.pdf").open("wb") as stream:
        stream.write(b"%PDF-1.7")
        stream.truncate(limits.FILE_BYTES + 1)
    done = extract_file(tmp_path / "big.pdf", name="big.pdf")
    assert (done.status, done.reason, done.peak_mb) == ("skipped", "too_large", 0)


def test_more_text_than_is_kept_is_cut_and_said(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("wörter " * 1_000_000)
    done = extract_file(path, name="long.txt")
    assert (done.status, done.reason) == ("completed", "partial_text")
    assert limits.TEXT_BYTES - 4 <= len(done.text.encode()) <= limits.TEXT_BYTES
