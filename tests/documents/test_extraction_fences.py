"""What a reader that was taken over by its file can do: nothing to the program, and nothing beyond its own process."""

from __future__ import annotations

import os
import socket
import time
from contextlib import contextmanager

import psutil
import pytest

from documents.extraction.conclusions import conclude
from documents.extraction.hosts import Host, HostLost
from documents.readers import limits


@pytest.fixture(scope="module")
def host():
    """A host whose readers do what the file says."""
    host = Host(program="tests.documents.misdeeds")
    yield host
    host.close()


@pytest.fixture
def do(host, tmp_path):
    """Has a reader do a misdeed, and gives what was made of it."""

    def do(word: str, target: object = "", *, seconds: float = 20):
        path = tmp_path / "file"
        path.write_text(f"{word} {target}")
        with path.open("rb") as stream:
            done = conclude(
                *host.read(
                    stream.fileno(),
                    kind="text",
                    what="text",
                    memory_bytes=limits.MEMORY_BYTES,
                    seconds=seconds,
                ),
                0,
            )
        assert host.is_alive
        return done

    return do


@contextmanager
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def needs(host: Host, fence: str) -> None:
    """Skips where this system has no such fence; the runbook says so to operators."""
    if fence not in host.fences:
        pytest.skip(f"This system has no fence for {fence}.")


def test_a_reader_reaches_no_server(do, host):
    if not {"network", "tcp"} & set(host.fences):
        pytest.skip("This system has no fence for the network.")
    with listening() as server:
        done = do("connect", f"127.0.0.1:{server.getsockname()[1]}")
    assert done.text in {"OSError", "PermissionError", "ConnectionRefusedError"}


def test_a_reader_reads_no_file_but_its_own(do, host, tmp_path):
    needs(host, "files_read")
    (tmp_path / "secret").write_text("the key")
    for path in (tmp_path / "secret", "/etc/passwd", "/proc/self/environ", "/proc/self/fd/3"):
        assert do("open", path).text in {"PermissionError", "FileNotFoundError"}


def test_a_reader_writes_no_file(do, tmp_path):
    done = do("write", tmp_path / "written")
    assert done.text != "written"
    assert not (tmp_path / "written").exists() or (tmp_path / "written").read_bytes() == b""


def test_a_reader_starts_no_program(do, host):
    needs(host, "files_read")
    assert do("run", "/bin/true").text in {"PermissionError", "BlockingIOError"}


def test_a_reader_signals_nobody(do, host):
    needs(host, "signals")
    assert do("kill", os.getpid()).text == "PermissionError"
    assert do("kill", 0).text == "PermissionError"


def test_a_reader_knows_nothing_of_the_environment(do, monkeypatch):
    monkeypatch.setenv("RESEND_API_KEY", "re_secret")
    assert set(do("environment").text.split()) <= {"LANG", "PATH", "LC_CTYPE", "GLIBC_TUNABLES"}


def test_what_a_reader_leaves_behind_is_ended_with_it(do, host):
    do("leave")
    me = psutil.Process(os.getpid())
    assert [child.pid for child in me.children(recursive=True) if child.pid != host.pid] == []


def test_a_reader_that_sleeps_is_ended_in_time_and_may_be_tried_again(do):
    started = time.monotonic()
    for word in ("sleep", "hang_up"):
        done = do(word, seconds=1)
        assert (done.status, done.reason) == ("failed", "interrupted")
    assert time.monotonic() - started < 10


def test_a_reader_that_takes_too_much_memory_is_stopped(do):
    done = do("allocate")
    assert (done.status, done.reason) == ("failed", "out_of_memory")
    assert done.peak_mb < limits.MEMORY_BYTES / limits.MIB


@pytest.mark.parametrize(
    ("word", "target"),
    [
        ("segfault", ""),
        ("leave_without_a_word", "0"),
        ("leave_without_a_word", "9"),
        ("noise", ""),
        ("pages", ""),
        ("starts", ""),
        ("frame", ""),
        ("page", "00"),
        ("page", "ff"),
        ("page", "eda080"),
        ("say", "no json"),
        ("say", "[" * 60_000),
        ("say", '{"reason": "all is well", "quality": {}}'),
        ("say", '{"reason": "", "quality": {"a": {"b": {}}}}'),
        ("say", '{"reason": [], "quality": {}}'),
        ("say", "7"),
    ],
)
def test_a_reader_that_breaks_down_or_talks_nonsense_fails_with_a_reason(do, word, target):
    started = time.monotonic()
    done = do(word, target)
    assert time.monotonic() - started < 15  # of the 20 seconds it has
    assert done.reason in {"crashed", "partial_crashed"}
    assert len(done.text) <= limits.TEXT_BYTES


def test_what_a_reader_says_of_the_quality_is_taken_for_what_it_is(do):
    quality = '{"pages_needing_ocr": ["1", 1, -4, 9999999], "damaged_pages": 7, "a": "\\u0000\\ud800b"}'
    odd = f'{{"reason": "", "quality": {quality}}}'
    done = do("say", odd)
    assert (done.status, done.pages_done, done.quality["a"]) == ("completed", 0, "b")


def test_a_host_that_is_gone_is_said_and_not_waited_for(tmp_path):
    lost = Host(program="tests.documents.misdeeds")
    psutil.Process(lost.pid).kill()
    (tmp_path / "file").write_text("sleep")
    with (tmp_path / "file").open("rb") as stream, pytest.raises(HostLost):
        lost.read(stream.fileno(), kind="text", what="text", memory_bytes=limits.MEMORY_BYTES, seconds=5)
    assert not lost.is_alive
