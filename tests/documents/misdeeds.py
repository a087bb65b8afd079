"""A host whose readers do what one that was taken over by its file would do: `python -m tests.documents.misdeeds 3`.

The file says which misdeed, in one word and what it is done to. What came of it is written as the text of a page.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import subprocess
import sys
import time

from documents.readers import reading
from documents.readers.frames import END, HEADER, PAGE, START, Output
from documents.readers.host import serve

_REAL_SOCKET = socket.socket
PIECE = b"x" * 60_000


def read(data: bytes, output: Output):
    """Do the misdeed that the file names."""
    word, _, target = data.decode().partition(" ")
    try:
        told = globals()[f"do_{word}"](target, output._descriptor)
    except (OSError, ValueError) as error:
        told = type(error).__name__
    output.start("text", 1)
    output.page(f"{told}")
    return "", {}


def do_connect(target, pipe):
    host, port = target.split(":")
    with _REAL_SOCKET(socket.AF_INET, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        line.connect((host, int(port)))
    return "connected"


def do_open(target, pipe):
    with open(target) as stream:
        return stream.read()


def do_write(target, pipe):
    with open(target, "w") as stream:
        stream.write("I was here")
    return "written"


def do_fill(target, pipe):
    """Into a file that was open before the fences came: the one it reads, were it open for that."""
    os.write(int(target), b"x")
    return "filled"


def do_run(target, pipe):
    return subprocess.run([target], check=False).returncode


def do_kill(target, pipe):
    os.kill(int(target) or os.getppid(), signal.SIGTERM)
    return "killed"


def do_environment(target, pipe):
    return " ".join(sorted(os.environ))


def do_leave(target, pipe):
    """Leave a process behind, out of the group."""
    if os.fork() == 0:
        os.setsid()
        for descriptor in range(3, 20):
            if descriptor != pipe:
                try:
                    os.close(descriptor)
                except OSError:
                    pass
        time.sleep(60)
        os._exit(0)
    return "left"


def do_sleep(target, pipe):
    time.sleep(300)


def do_hang_up(target, pipe):
    os.close(pipe)
    time.sleep(300)


def do_spin(target, pipe):
    while True:
        pass


def do_allocate(target, pipe):
    held = []
    while True:
        held.append(bytearray(50_000_000))


def do_segfault(target, pipe):
    ctypes.string_at(1)


def do_leave_without_a_word(target, pipe):
    os._exit(int(target))


def do_noise(target, pipe):
    while True:
        os.write(pipe, PIECE)


def do_pages(target, pipe):
    """Pages without end."""
    os.write(pipe, _frame(START, b'{"reader": "text", "pages": 2000000000}'))
    while True:
        os.write(pipe, _frame(PAGE, PIECE))


def do_starts(target, pipe):
    while True:
        os.write(pipe, _frame(START, b'{"reader": "text", "pages": 1}'))


def do_say(target, pipe):
    """Say one thing as the end of an honest page."""
    os.write(
        pipe,
        _frame(START, b'{"reader": "text", "pages": 1}')
        + _frame(PAGE, b"before")
        + _frame(END, target.encode()),
    )
    os._exit(0)


def do_frame(target, pipe):
    """Say that a frame of four gigabytes comes."""
    os.write(pipe, HEADER.pack(PAGE, 0xFFFFFFFF))
    time.sleep(300)


def do_page(target, pipe):
    """Write bytes that are no text as a page."""
    os.write(pipe, _frame(START, b'{"reader": "text", "pages": 1}') + _frame(PAGE, bytes.fromhex(target)))
    time.sleep(300)


def _frame(kind, content):
    return struct.pack(">cI", kind, len(content)) + content


if __name__ == "__main__":
    reading.MODULES["text"] = "tests.documents.misdeeds"
    os.chdir("/")
    serve(_REAL_SOCKET(fileno=int(sys.argv[1])))
