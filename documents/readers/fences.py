"""What a reader may not do:

Limits of the kernel on this process, and no way to the network, to files or to other processes.

Each fence is raised where the system has it. `raise_shared` is for the host, once; `raise_own` for each reader, after
the fork.
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
# linux/landlock.h; the numbers of the calls are those of every architecture since they were added.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULESET_VERSION, _RULE_PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
# Every right over files that a version of Landlock knows: 13 in the first, then refer, truncate, and one on devices.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_RIGHTS = 0b11
_SCOPES = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def raise_shared() -> list[str]:
    """Leave the network, once for all readers of this host; return the fences that will hold for them."""
    held = ["memory", "cpu", "files_written"]
    if not _LINUX:
        return held
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # As an ordinary user a namespace of the network needs one of users around it, which some systems refuse.
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    if libc.unshare(flags) == 0 or (os.geteuid() == 0 and libc.unshare(flags | _CLONE_NEWUSER) == 0):
        held.append("network")
    if _landlock_version(libc) >= 1:
        held.append("files_read")
    if _landlock_version(libc) >= 4 and "network" not in held:
        held.append("tcp")
    if _landlock_version(libc) >= 6:
        held.append("signals")
    return held


def raise_own(*, readable: list[str], executable: list[str]) -> None:
    """Bound this process for good. `readable` and `executable` are the only folders whose files it may open and run."""
    os.setsid()
    if _LINUX:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        _restrict_files(libc, readable, executable)
    socket.socket = _no_socket  # type: ignore[assignment, misc]
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES, limits.MEMORY_BYTES),
        (resource.RLIMIT_CPU, limits.CPU_SECONDS, limits.CPU_SECONDS + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES, limits.OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))
    if not executable:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _no_socket(*args: object, **kwargs: object) -> NoReturn:
    raise PermissionError("A reader opens no connection.")


def _landlock_version(libc: ctypes.CDLL) -> int:
    """0 where the kernel has none."""
    return max(int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _RULESET_VERSION)), 0)


def _restrict_files(libc: ctypes.CDLL, readable: list[str], executable: list[str]) -> None:
    version = _landlock_version(libc)
    if version < 1:
        return
    rules = _Ruleset(
        _FILE_RIGHTS[min(version, 5)], _TCP_RIGHTS if version >= 4 else 0, _SCOPES if version >= 6 else 0
    )
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    reading = _READ_FILE | _READ_DIR
    for path in readable:
        _allow(libc, ruleset, path, reading)
    for path in executable:
        _allow(libc, ruleset, path, reading | _EXECUTE)
    if libc.syscall(_RESTRICT_SELF, ruleset, 0) != 0:
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = _PathBeneath(rights, parent)
        if libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0) != 0:
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(parent)
