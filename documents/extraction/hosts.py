"""Hosts of readers as this side has them: started, ordered to read one file after another, and ended.

A host (`documents.readers.host`) is a program of its own with the libraries loaded. It forks a process for each file,
which is what makes a fresh process cheap; this side keeps the clock, and has the host end a reader whose time is
over.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.readers.limits import ENVIRONMENT

from .transcripts import Transcript

ROOT = Path(__file__).resolve().parents[2]
# Seconds that a host has to start, and to end a reader once it is told to.
_START_SECONDS, _END_SECONDS = 20, 3
_PIECE = 1024 * 1024
# How often the pipe of a reader is emptied. Waiting for each page would cost it a switch of processes a page.
_LOOK_SECONDS = 0.02


class HostLost(Exception):
    """The host did not start, or has gone."""


@dataclass(frozen=True)
class Ending:
    """How a reading process ended."""

    exit: int
    """Its exit code; a signal's number below nought."""
    cpu_seconds: float
    peak_mb: float
    memory_bytes: int
    """What it was allowed."""
    was_ended: bool
    """Whether this side had it ended, because its time was over."""


class Host:
    """One host: reads one file at a time. Not for several threads, nor for a process forked later."""

    def __init__(self, languages: str = "", *, program: str = "documents.readers") -> None:
        """Start it; its readers recognise text in pictures in `languages`. Raises `HostLost`."""
        self.is_alive = True
        self._received = b""
        try:
            self._control, theirs = socket.socketpair()
        except OSError as error:
            raise HostLost(str(error)) from error
        try:
            with theirs:
                self._process = _start(program, theirs.fileno(), languages)
        except OSError as error:
            self._control.close()
            raise HostLost(str(error)) from error
        try:
            self.fences: list[str] = self._report(_START_SECONDS)["fences"]
        except HostLost:
            self.close()
            raise

    def read(
        self, file: int, *, kind: str, what: str, memory_bytes: int, seconds: float
    ) -> tuple[Transcript, Ending]:
        """Have the `text` or `preview` of an open file read so. Raises `HostLost`, and is closed then."""
        transcript = Transcript()
        pipe, theirs = _open_pipe()
        try:
            try:
                socket.send_fds(
                    self._control,
                    [_line({"order": "read", "kind": kind, "what": what, "memory_bytes": memory_bytes})],
                    [file, theirs],
                )
            finally:
                os.close(theirs)
            return transcript, self._follow(pipe, transcript, memory_bytes, time.monotonic() + seconds)
        except (OSError, HostLost, ValueError) as error:
            self.close()
            raise HostLost(str(error)) from error
        finally:
            os.close(pipe)

    def _follow(self, pipe: int, transcript: Transcript, memory_bytes: int, deadline: float) -> Ending:
        """Take in what the reader writes until the host reports its end, which this side brings about in time."""
        was_ended = False
        poll = select.poll()
        poll.register(self._control.fileno(), select.POLLIN)
        while True:
            is_reported = poll.poll(_LOOK_SECONDS * 1000)
            _drain(pipe, transcript)
            if is_reported:
                report = self._report(_END_SECONDS)
                _drain(pipe, transcript)  # what was still on its way
                return Ending(**report, memory_bytes=memory_bytes, was_ended=was_ended)
            if time.monotonic() < deadline and (was_ended or not transcript.is_nonsense):
                continue
            if was_ended:
                raise HostLost("It did not end a reader.")
            self._control.sendall(_line({"order": "end"}))
            was_ended, deadline = True, time.monotonic() + _END_SECONDS

    def _report(self, seconds: float) -> dict[str, Any]:
        """The next line that the host sends. Raises `HostLost` when none comes in time."""
        self._control.settimeout(seconds)
        while b"\n" not in self._received:
            try:
                received = self._control.recv(_PIECE)
            except OSError as error:
                raise HostLost(str(error)) from error
            if not received:
                raise HostLost("It hung up.")
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        report: dict[str, Any] = json.loads(line)
        return report

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def close(self) -> None:
        """End the host; a reader that is at work ends with it."""
        self.is_alive = False
        self._control.close()
        self._process.kill()
        self._process.wait()


def _start(program: str, control: int, languages: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", program, str(control), languages],
        cwd=ROOT,
        env=ENVIRONMENT,
        pass_fds=[control],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _line(order: dict[str, Any]) -> bytes:
    return json.dumps(order).encode() + b"\n"


def _open_pipe() -> tuple[int, int]:
    """A pipe that is read without waiting, and wide enough that a reader seldom waits for this side."""
    pipe, theirs = os.pipe()
    os.set_blocking(pipe, False)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIECE)
        except PermissionError:
            pass  # this user's pipes are as wide as they may be
    return pipe, theirs


def _drain(pipe: int, transcript: Transcript) -> None:
    """Move what is in the pipe to the transcript, until nonsense is among it."""
    while not transcript.is_nonsense:
        try:
            data = os.read(pipe, _PIECE)
        except BlockingIOError:
            return
        if not data:
            return
        transcript.take(data)
