"""What bounds a reader: limits of the kernel on it, and no way to the network, to files or to other processes.

Each fence stands where the system has it; `Fences.held` says which do.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
from typing import NoReturn

from documents.readers import limits

_LINUX = sys.platform.startswith("linux")
# linux/sched.h, linux/prctl.h
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
# linux/landlock.h; system calls of this age have one number on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULESET_VERSION, _RULE_PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
# The rights over files that each version of Landlock knows.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_RIGHTS = 0b11
_SCOPES = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


class Fences:
    """The fences of one host's readers, prepared once: a reader then has only to step behind them.

    `readable` and `executable` are the only folders whose files a reader may open, and run. Preparing leaves the
    network at once, so it belongs into a process of its own.
    """

    def __init__(self, *, readable: list[str], executable: list[str]) -> None:
        self.held = ["cpu", "files_written"]
        self._may_start = bool(executable)
        self._ruleset = -1
        self._libc = ctypes.CDLL(None, use_errno=True)
        if _LINUX:
            self.held.append("memory")
            self._libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            self._prepare_landlock(readable, executable)
            self._leave_network()

    def close_in(self, memory_bytes: int) -> None:
        """Bound this process, a reader, for good."""
        os.setsid()
        if _LINUX:
            self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            self._libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
            # Elsewhere the kernel takes the limit and does not keep it.
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        if self._ruleset >= 0:
            self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
            _call(self._libc, _RESTRICT_SELF, self._ruleset, 0)
            os.close(self._ruleset)
        socket.socket = _no_socket  # type: ignore[assignment, misc]
        for what, soft, hard in (
            (resource.RLIMIT_CPU, limits.CPU_SECONDS, limits.CPU_SECONDS + 1),
            (resource.RLIMIT_FSIZE, 0, 0),
            (resource.RLIMIT_NOFILE, limits.OPEN_FILES, limits.OPEN_FILES),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            resource.setrlimit(what, (soft, hard))
        if not self._may_start:
            resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))

    def _leave_network(self) -> None:
        """Move to a network without interfaces, where the system lets this process have one."""
        # As an ordinary user it needs a namespace of users around it, which some systems refuse.
        ways = (_CLONE_NEWNET,) if os.geteuid() == 0 else ()
        if any(self._libc.unshare(way) == 0 for way in (*ways, _CLONE_NEWNET | _CLONE_NEWUSER)):
            self.held.append("network")

    def _prepare_landlock(self, readable: list[str], executable: list[str]) -> None:
        version = self._libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _RULESET_VERSION)
        if version < 1:
            return
        has_network, has_scopes = version >= 4, version >= 6
        rights = _Ruleset(_FILE_RIGHTS[min(version, 5)], has_network * _TCP_RIGHTS, has_scopes * _SCOPES)
        size = ctypes.c_size_t(24 if has_scopes else 16 if has_network else 8)
        self._ruleset = _call(self._libc, _CREATE_RULESET, ctypes.byref(rights), size, 0)
        for path in readable:
            _allow(self._libc, self._ruleset, path, _READ_FILE | _READ_DIR)
        for path in executable:
            _allow(self._libc, self._ruleset, path, _READ_FILE | _READ_DIR | _EXECUTE)
        self.held += ["files_read", *["tcp"] * has_network, *["signals"] * has_scopes]


def _no_socket(*args: object, **kwargs: object) -> NoReturn:
    raise PermissionError("A reader opens no connection.")


def _call(libc: ctypes.CDLL, number: int, *arguments: object) -> int:
    """Make a system call. Raises `OSError`."""
    result = int(libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}")
    return result


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = _PathBeneath(rights, parent)
        _call(libc, _ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
