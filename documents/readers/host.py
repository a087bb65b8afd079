"""The host of readers:

A small process with the libraries loaded, which forks one child for each file and ends it when told.

It looks into no file itself. Its parent hands it descriptors: of the file, and of the pipe that the child answers on.
Orders and reports are lines of JSON on one socket, one file at a time.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import sysconfig
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from documents.readers.fences import Fences
from documents.readers.frames import Output
from documents.readers.limits import RECOGNITION_FOLDERS
from documents.readers.reading import preload, read_file, render_file

ORDER_BYTES = 64 * 1024
FONTS = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts"]


def serve(control: socket.socket, languages: str = "") -> None:
    """Answer the parent until it hangs up: one file, one child, one report of how the child ended.

    With `languages`, readers may run the program that recognises text in pictures.
    """
    fences = Fences(readable=_readable(), executable=RECOGNITION_FOLDERS if languages else [])
    preload("pdf", "text")
    _report(control, {"fences": fences.held})
    while True:
        received, descriptors, _, _ = socket.recv_fds(control, ORDER_BYTES, 2)
        if not received:
            return
        # An order to end that crossed the report of a child that had ended by itself may stand before it.
        order = json.loads(received.splitlines()[-1])
        if order["order"] == "read":
            preload(order["kind"], order["what"])
            gc.freeze()
            _attend(control, fences, {**order, "languages": languages}, descriptors)


def _attend(control: socket.socket, fences: Fences, order: dict[str, Any], descriptors: list[int]) -> None:
    """Fork the reader of one file, wait for its end or for the order to end it, and report."""
    # Its other end is the child's alone, and closes with it.
    life, childs_life = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(life)
        _become_reader(control, fences, order, *descriptors)
    for descriptor in (*descriptors, childs_life):
        os.close(descriptor)
    ready, _, _ = select.select([control, life], [], [])
    os.close(life)
    if control in ready:
        _end_group(child)
    _, status, usage = os.wait4(child, 0)
    _end_orphans()
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    _report(
        control,
        {
            "exit": os.waitstatus_to_exitcode(status),
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_mb": kilobytes / 1024,
        },
    )


def _become_reader(
    control: socket.socket, fences: Fences, order: dict[str, Any], file: int, pipe: int
) -> NoReturn:
    """Raise the fences, read the file, and end without running anything of the host's."""
    code = 1
    try:
        control.close()
        fences.close_in(order["memory_bytes"])
        os.dup2(0, 2)
        output = Output(pipe, order["languages"])
        if order["what"] == "preview":
            render_file(file, order["kind"], output)
        else:
            read_file(file, order["kind"], output)
        code = 0
    except MemoryError:
        code = 3
    except BaseException:
        # Seen while the fences are raised; what a reader says after that goes nowhere.
        traceback.print_exc()
    finally:
        os._exit(code)


def _readable() -> list[str]:
    """Python's own folders and the fonts: what a library may still load after the fork."""
    paths = sysconfig.get_paths()
    return [
        paths["stdlib"],
        paths["platstdlib"],
        paths["purelib"],
        paths["platlib"],
        str(Path(__file__).parent),
        *FONTS,
    ]


def _end_group(child: int) -> None:
    """Kill the child and whatever it started. It is not waited for yet, so its number is still its own."""
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has not made its group yet, or ended on its own


def _end_orphans() -> None:
    """Kill what a reader started and left behind; on Linux it becomes this process's child (`Fences`)."""
    while True:
        try:
            orphan, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if orphan == 0:
            for number in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                os.kill(int(number), signal.SIGKILL)
            time.sleep(0.01)


def _report(control: socket.socket, report: dict[str, Any]) -> None:
    control.sendall(json.dumps(report).encode() + b"\n")
