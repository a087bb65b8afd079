"""Where the embedded database lives and which system user runs it.

PostgreSQL refuses to run as root, so a root process hands the server to the user who owns `$AGENT_HOME`, or
to `nobody`. That user must be able to reach the data; when it cannot reach `$AGENT_HOME` the data goes to a
directory of its own below `/var/lib/vnext-agent` and a pointer file stays behind. No permission of an
existing directory is ever widened. Not here: running anything but the checks of what that user may reach.
"""

import hashlib
import os
import pwd
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from agent_site.home import create_home, write_private

SYSTEM_STATE = Path("/var/lib/vnext-agent")
POINTER = "postgres.location"
# The longest path a Unix socket address takes, without its final zero byte (sys/un.h on Linux; macOS: 103).
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


class EmbeddedDatabaseError(ImproperlyConfigured):
    """The embedded database cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class ServerUser:
    """The system user a root process runs the server as."""

    name: str
    uid: int
    gid: int

    def process_options(self) -> dict[str, Any]:
        """Arguments for `subprocess.run` that give up root's identity and groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def succeeds(self, *command: str) -> bool:
        """Whether this user can run `command` with success; False too when it cannot reach the program."""
        try:
            done = subprocess.run(
                command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, **self.process_options()
            )
        except PermissionError:
            return False
        return done.returncode == 0


@dataclass(frozen=True)
class Placement:
    """The directory of one embedded cluster and the user that owns it (None: the current one)."""

    directory: Path
    user: ServerUser | None

    @property
    def data(self) -> Path:
        """The cluster's data directory; exists only once the cluster is complete."""
        return self.directory / "data"

    @property
    def log(self) -> Path:
        """What the server writes about itself."""
        return self.directory / "server.log"

    @property
    def sockets(self) -> Path:
        """The private directory of the server's socket."""
        return socket_directory(self.directory)

    def create(self) -> None:
        """Make the cluster's and the socket's directories, for the server's user only."""
        for directory in (self.directory, self.sockets):
            self._create_private(directory)

    def _create_private(self, directory: Path) -> None:
        owner = self.user.uid if self.user else os.geteuid()
        try:
            directory.mkdir(mode=0o700)
            if self.user:
                os.chown(directory, self.user.uid, self.user.gid, follow_symlinks=False)
        except FileExistsError:
            found = directory.lstat()
            if found.st_uid != owner or directory.is_symlink() or found.st_mode & 0o077:
                raise EmbeddedDatabaseError(
                    f"{directory} must be a directory that only {_user_name(owner)} can enter: "
                    "remove it, or set AGENT_HOME to a directory of your own."
                ) from None
        except OSError as error:
            raise EmbeddedDatabaseError(f"{directory} cannot be created: {error.strerror}.") from error


def cluster_directory(home: Path) -> Path:
    """The directory of the cluster that belongs to `home`, whether it exists or not; changes nothing."""
    try:
        return Path((home / POINTER).read_text(encoding="utf-8").strip())
    except OSError:
        return home / "postgres"


def socket_directory(directory: Path) -> Path:
    """The socket's directory for a cluster: inside it, or in /tmp when that path would be too long."""
    inside = directory / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    return Path("/tmp") / f"vnext-agent-{digest}"  # noqa: S108 - deterministic, 0700, ownership is checked


def find_cluster(home: Path) -> Placement:
    """Where the cluster of `home` is or would be first looked for; changes nothing.

    Raises `EmbeddedDatabaseError` when it belongs to somebody else.
    """
    directory = cluster_directory(home)
    if os.geteuid() == 0:
        return Placement(directory, _server_user(directory, home))
    _refuse_foreign(directory)
    return Placement(directory, None)


def place_cluster(home: Path) -> Placement:
    """Decide where the cluster of `home` lives, creating `home` and its pointer file when needed.

    Raises `HomeUnusable` when `home` cannot be written, `EmbeddedDatabaseError` when its cluster belongs to
    somebody else.
    """
    placement = find_cluster(create_home(home))
    user = placement.user
    if user is None or placement.directory.exists() or user.succeeds("test", "-x", str(home)):
        return placement
    create_system_state()
    # A name that was never used: a home that is removed and made again starts empty, like any other.
    write_private(home / POINTER, f"{SYSTEM_STATE / secrets.token_hex(8)}\n")
    return Placement(cluster_directory(home), user)


def create_system_state() -> None:
    """Make the directory for what the server's user could not reach elsewhere; everybody may enter it."""
    try:
        SYSTEM_STATE.mkdir(parents=True)
        SYSTEM_STATE.chmod(0o755)
    except FileExistsError:
        return
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"{SYSTEM_STATE} cannot be created ({error.strerror}), and the user who runs the server cannot reach "
            "AGENT_HOME: set it to a directory that everybody can enter, or run as an ordinary user."
        ) from error


def _refuse_foreign(directory: Path) -> None:
    """Refuse a cluster whose directory belongs to another user than the current, unprivileged one."""
    try:
        owner = directory.stat().st_uid
    except FileNotFoundError:
        return
    except OSError as error:
        raise EmbeddedDatabaseError(f"{directory} cannot be read: {error.strerror}.") from error
    if owner != os.geteuid():
        raise EmbeddedDatabaseError(
            f"The embedded database in {directory} belongs to {_user_name(owner)}: "
            "run as that user or as root, or set AGENT_HOME to a directory of your own."
        )


def _server_user(directory: Path, home: Path) -> ServerUser:
    """Whom root runs the server as: the owner of what is there already, unless that is root: `nobody`."""
    for path in (directory, home):
        if path.exists() and (uid := path.stat().st_uid) != 0:
            try:
                entry = pwd.getpwuid(uid)
            except KeyError:
                continue
            return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedDatabaseError(
            "PostgreSQL refuses to run as root and this system has no user 'nobody': "
            "run as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL."
        ) from None
    return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _user_name(uid: int) -> str:
    """The name of a user, or its number when it has none."""
    try:
        return f"user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"user {uid}"
