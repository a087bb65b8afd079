"""One embedded PostgreSQL cluster: created whole or not at all, started, stopped and looked at.

Every change runs under one file lock, so any number of processes may ask for the server at once. The server
listens on a private Unix socket only. Its superuser exists for `initdb` and what follows it here; the
application and its migrations use the two roles created then. The reasons for not using the wheel's own
`get_server()` are in docs/adr.
"""

import fcntl
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg import conninfo, pq

from agent_site.embedded.binaries import MAJOR_VERSION, program_directory
from agent_site.embedded.placement import (
    SOCKET_NAME,
    EmbeddedDatabaseError,
    Placement,
    find_cluster,
    place_cluster,
)

DATABASE = "agent"
# How long a killed server's orphans may still hold its shared memory before a start gives up, in seconds.
ORPHANS_LINGER = 10
# How long a start may take, recovery after a crash included, in seconds.
START_TIMEOUT = 60

SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "synchronous_commit": "on",
    # Row contents (addresses, names) stay out of the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# One statement a line: this is read by a single-user server, before anybody can connect. PUBLIC may not
# create in schema public since PostgreSQL 15; the database's owner may. Databases made later, such as the
# tests', copy template1 and so have the extension, which only a superuser can create.
BOOTSTRAP = f"""\
CREATE EXTENSION vector
CREATE ROLE agent_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB
CREATE ROLE agent_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB
CREATE DATABASE {DATABASE} OWNER agent_owner
"""


@dataclass(frozen=True)
class Status:
    """What an operator wants to know about the embedded server; `pid` is None when it does not run."""

    directory: Path
    sockets: Path
    log: Path
    pid: int | None

    @property
    def is_running(self) -> bool:
        """Whether a server process holds the cluster."""
        return self.pid is not None


class Cluster:
    """The embedded cluster of one `$AGENT_HOME`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def start(self) -> Placement:
        """Make sure the server runs and answers, creating the cluster the first time; returns where it is."""
        placement = place_cluster(self.home)
        if placement.data.exists() and _answers(placement):
            return placement
        with self._lock():
            placement.create()
            if not placement.data.exists():
                _create_cluster(placement)
            _refuse_other_version(placement)
            if _postmaster(placement) is None:
                _start_server(placement)
            _await_answer(placement)
        return placement

    def stop(self) -> bool:
        """Stop the server, ending its clients' sessions; False when it was not running."""
        placement = find_cluster(self.home)
        if _postmaster(placement) is None:
            return False
        with self._lock():
            done = _run(placement, "pg_ctl", "stop", "-D", str(placement.data), "-m", "fast", "-w")
            if done.returncode != 0:
                raise EmbeddedDatabaseError(f"The embedded database did not stop: {_last_line(done.stderr)}")
        return True

    def status(self) -> Status:
        """Look at the server without starting it."""
        placement = find_cluster(self.home)
        process = _postmaster(placement)
        return Status(placement.directory, placement.sockets, placement.log, process.pid if process else None)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold the home's lock file; the system releases it if this process dies."""
        try:
            descriptor = os.open(self.home / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EmbeddedDatabaseError(
                f"{self.home / 'postgres.lock'} cannot be opened ({error.strerror}): "
                "run as its owner, or set AGENT_HOME to a directory of your own."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _answers(placement: Placement) -> bool:
    """Whether the server accepts connections now; asks its socket, because a process id can lie."""
    address = conninfo.make_conninfo(host=str(placement.sockets), dbname="postgres", connect_timeout=5)
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _postmaster(placement: Placement) -> psutil.Process | None:
    """The living server process of this very data directory, or None.

    The process id in `postmaster.pid` may name a zombie (nobody reaps in many containers) or, after a
    restart of the machine, an unrelated process.
    """
    try:
        pid = int((placement.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        process = psutil.Process(pid)
        alive = process.status() != psutil.STATUS_ZOMBIE and str(placement.data) in process.cmdline()
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None
    return process if alive else None


def _create_cluster(placement: Placement) -> None:
    """Create the cluster with its roles and database beside its place, and move it in when it is whole."""
    aside = placement.directory / "data.new"
    shutil.rmtree(aside, ignore_errors=True)
    initdb = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums"]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = _run(placement, "initdb", *initdb, *locale, "--pgdata", str(aside))
    if done.returncode == 0:
        single = ["--single", "-D", str(aside), "-c", "exit_on_error=on", "template1"]
        done = _run(placement, "postgres", *single, stdin=BOOTSTRAP)
    if done.returncode != 0:
        shutil.rmtree(aside, ignore_errors=True)
        raise EmbeddedDatabaseError(
            f"The embedded database could not be created in {placement.directory}: {_last_line(done.stderr)} "
            "Correct that, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
        )
    aside.rename(placement.data)


def _refuse_other_version(placement: Placement) -> None:
    """Refuse a data directory that another major version of PostgreSQL made."""
    found = (placement.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != MAJOR_VERSION:
        raise EmbeddedDatabaseError(
            f"{placement.data} was made by PostgreSQL {found} and this program brings {MAJOR_VERSION}: "
            "dump it with the old version and load it into a new AGENT_HOME, or set DATABASE_URL and "
            "DATABASE_OWNER_URL to a server of your own."
        )


def _await_answer(placement: Placement) -> None:
    """Wait for a server that is there but, recovering from a crash, not ready yet."""
    deadline = time.monotonic() + START_TIMEOUT
    while not _answers(placement):
        if time.monotonic() > deadline:
            raise EmbeddedDatabaseError(f"The embedded database does not answer. Its log is {placement.log}.")
        time.sleep(0.2)


def _start_server(placement: Placement) -> None:
    """Start the server and wait until it is ready; outlives a killed predecessor's last seconds."""
    # Left by a killed server. PostgreSQL would refuse to start if the number in them is a zombie's or, by
    # now, somebody else's; it guards against living orphans by shared memory, not by these files.
    (placement.data / "postmaster.pid").unlink(missing_ok=True)
    (placement.sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    quoted_sockets = '"{}"'.format(str(placement.sockets).replace('"', '""'))
    options = SERVER_OPTIONS | {"unix_socket_directories": quoted_sockets}
    line = shlex.join(part for name, value in options.items() for part in ("-c", f"{name}={value}"))
    arguments = ["-D", str(placement.data), "-l", str(placement.log), "-o", line]
    deadline = time.monotonic() + ORPHANS_LINGER
    while True:
        offset = placement.log.stat().st_size if placement.log.exists() else 0
        done = _run(placement, "pg_ctl", "start", *arguments, "-w", "-t", str(START_TIMEOUT))
        if done.returncode == 0:
            return
        said = _log_since(placement.log, offset) or done.stderr or done.stdout
        if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
            raise EmbeddedDatabaseError(
                f"The embedded database did not start: {_last_line(said)} Its log is {placement.log}."
            )
        time.sleep(0.2)


def _run(
    placement: Placement, program: str, *arguments: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs as its user, out of reach of Ctrl-C and of inherited PG* variables."""
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.run(
        [str(program_directory(placement.user) / program), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=environment,
        start_new_session=True,
        **(placement.user.process_options() if placement.user else {}),
    )


def _log_since(log: Path, offset: int) -> str:
    """What the server has written since its log was `offset` bytes long."""
    try:
        with log.open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _last_line(text: str) -> str:
    """The line that names the cause, as a sentence: the last error, or else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    causes = [line for line in lines if "FATAL:" in line or "ERROR:" in line or "error:" in line]
    cause = (causes or lines or ["no reason was given"])[-1]
    return cause if cause.endswith(".") else f"{cause}."
