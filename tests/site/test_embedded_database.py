"""The embedded database starts once, survives what happens to it, and refuses in one sentence."""

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from agent_site.embedded import binaries
from agent_site.embedded.binaries import LIBRARIES, PACKAGE, program_directory
from agent_site.embedded.cluster import Cluster
from agent_site.embedded.environment import embedded_url
from agent_site.embedded.placement import (
    LONGEST_SOCKET_PATH,
    POINTER,
    SOCKET_NAME,
    EmbeddedDatabaseError,
    ServerUser,
    cluster_directory,
    socket_directory,
)
from agent_site.home import REPOSITORY, HomeUnusable
from tests.site.conftest import connect, remove_home

NOBODY = ServerUser("nobody", 65534, 65534)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")


def in_child(work: Callable[[], object], *, uid: int | None = None) -> str:
    """What `work` raises, or nothing, in a forked process that may first become another user for good."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of forking beside threads; the child uses none of what they may hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        said = ""
        try:
            if uid is not None:
                os.setgroups([])
                os.setresgid(uid, uid, uid)
                os.setresuid(uid, uid, uid)
            work()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(writer, said.encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def write_pid_file(cluster: Cluster, text: str) -> None:
    """Leave the file that a server which never stopped properly would have left."""
    data = cluster_directory(cluster.home) / "data"
    owner = data.stat()
    file = data / "postmaster.pid"
    file.write_text(text, encoding="ascii")
    os.chown(file, owner.st_uid, owner.st_gid)


def test_the_application_role_is_bound_by_row_level_security(standing_cluster: Cluster) -> None:
    with connect(standing_cluster, role="agent_app") as session:
        query = "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
        roles = {row[0]: row[1:] for row in session.execute(query)}
    assert roles["agent_app"] == (False, False, False, False)
    assert roles["agent_owner"] == (False, False, True, False)


def test_the_application_role_cannot_create_tables_and_the_owner_can(standing_cluster: Cluster) -> None:
    with connect(standing_cluster, role="agent_app") as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("CREATE TABLE intruder (id int)")
    with connect(standing_cluster, role="agent_owner") as session:
        session.execute("CREATE TABLE belongings (place vector(3))")
        session.execute("DROP TABLE belongings")


def test_databases_made_by_the_owner_have_the_vector_extension(standing_cluster: Cluster) -> None:
    with connect(standing_cluster, role="agent_owner", database="postgres") as session:
        session.execute("CREATE DATABASE made_later")
    with connect(standing_cluster, role="agent_owner", database="made_later") as session:
        session.execute("SELECT '[1,2,3]'::vector")
    with connect(standing_cluster, role="agent_owner", database="postgres") as session:
        session.execute("DROP DATABASE made_later")


def test_the_server_listens_on_a_private_socket_only(standing_cluster: Cluster) -> None:
    sockets = standing_cluster.status().sockets
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE((sockets / SOCKET_NAME).stat().st_mode) == 0o700
    with connect(standing_cluster, role="agent_app") as session:
        assert session.execute("SHOW listen_addresses").fetchone() == ("",)
        assert session.execute("SHOW data_checksums").fetchone() == ("on",)


def test_starting_a_running_server_leaves_it_alone(standing_cluster: Cluster) -> None:
    before = standing_cluster.status().pid
    standing_cluster.start()
    assert standing_cluster.status().pid == before


def test_six_processes_starting_at_once_get_one_server(home: Path) -> None:
    program = "import sys; from agent_site.embedded import *; ensure_database_environment()"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program], cwd=REPOSITORY, env=environment, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    complaints = [start.communicate()[1] for start in starts]
    assert complaints == [b""] * 6
    with psycopg.connect(embedded_url("agent_app")) as session:
        assert session.execute("SELECT current_user").fetchone() == ("agent_app",)


def test_what_happens_to_a_server_loses_nothing(home: Path) -> None:
    """One cluster through a stop, a kill, a reused process id and a cut pid file: starting is what costs."""
    cluster = Cluster(home)
    assert not cluster.status().is_running
    assert not home.exists(), "looking must not create anything"
    assert not cluster.stop()

    cluster.start()
    with connect(cluster, role="agent_owner") as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS value")
    assert cluster.stop()
    assert not cluster.status().is_running

    for mishap in (None, f"{os.getpid()}\n/elsewhere\n", "12"):
        if mishap is not None:
            write_pid_file(cluster, mishap)
            assert not cluster.status().is_running
        cluster.start()
        with connect(cluster, role="agent_owner") as session:
            assert session.execute("SELECT value FROM kept").fetchone() == (1,)
        cluster.stop()

    cluster.start()
    killed = cluster.status().pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    cluster.start()
    assert cluster.status().pid != killed
    with connect(cluster, role="agent_owner") as session:
        assert session.execute("SELECT value FROM kept").fetchone() == (1,)


def test_a_cluster_of_another_major_version_is_refused(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    cluster.stop()
    (cluster_directory(home) / "data" / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(EmbeddedDatabaseError, match="made by PostgreSQL 17 and this program brings 18"):
        cluster.start()


def test_a_long_path_gets_a_short_private_socket_directory(tmp_path: Path) -> None:
    home = tmp_path / ("long " * 30)
    directory = cluster_directory(home)
    sockets = socket_directory(directory)
    assert len(str(sockets / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    cluster = Cluster(home)
    try:
        cluster.start()
        with connect(cluster, role="agent_app") as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
    finally:
        remove_home(home)


def test_a_failed_creation_leaves_nothing_half_done(home: Path) -> None:
    def start_without_space() -> None:
        # SIGXFSZ would end the programs silently; ignored, writing fails as it does on a full disk.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        Cluster(home).start()

    said = in_child(start_without_space)
    assert said.startswith("EmbeddedDatabaseError: The embedded database could not be created in")
    assert "File too large" in said
    assert list(cluster_directory(home).glob("data*")) == []
    Cluster(home).start()


def test_a_home_that_is_not_a_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="cannot be used .*set AGENT_HOME to a directory of your own"):
        Cluster(tmp_path / "file").start()


@as_root
def test_a_read_only_home_is_refused(open_home: Path) -> None:
    open_home.chmod(0o555)
    said = in_child(lambda: Cluster(open_home).start(), uid=NOBODY.uid)
    assert said.startswith(f"HomeUnusable: The directory {open_home} cannot be used (Permission denied)")
    assert list(open_home.iterdir()) == []


@as_root
def test_an_ordinary_user_runs_the_server_itself(open_home: Path) -> None:
    os.chown(open_home, NOBODY.uid, NOBODY.gid)
    if not NOBODY.succeeds(str(program_directory(None) / "initdb"), "--version"):
        pytest.skip("the virtual environment is closed to other users")
    assert in_child(lambda: Cluster(open_home).start(), uid=NOBODY.uid) == ""
    assert (open_home / "postgres" / "data").stat().st_uid == NOBODY.uid


@as_root
def test_root_hands_the_server_to_the_owner_of_the_home(open_home: Path) -> None:
    os.chown(open_home, 1, 1)
    cluster = Cluster(open_home)
    cluster.start()
    assert (open_home / "postgres" / "data").stat().st_uid == 1
    with connect(cluster, role="agent_app") as session:
        assert session.execute("SELECT 1").fetchone() == (1,)


@as_root
def test_root_never_widens_the_permissions_of_directories(home: Path) -> None:
    home.mkdir(mode=0o700)
    modes = {parent: parent.stat().st_mode for parent in [home, *home.parents]}
    Cluster(home).start()
    assert cluster_directory(home).parent == Path("/var/lib/vnext-agent")
    assert {parent: parent.stat().st_mode for parent in modes} == modes


@as_root
def test_programs_that_the_servers_user_cannot_reach_are_copied(
    open_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = program_directory(None).parents[2]
    tmp_path.chmod(0o700)
    for part in (PACKAGE, str(LIBRARIES)):
        if (packages / part).exists():
            (tmp_path / part).symlink_to(packages / part)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(binaries, "SYSTEM_STATE", open_home)
    programs = program_directory.__wrapped__(NOBODY)
    assert programs.is_relative_to(open_home)
    assert NOBODY.succeeds(str(programs / "initdb"), "--version")
    assert NOBODY.succeeds(str(programs / "postgres"), "--version")


@as_root
def test_a_home_that_is_removed_and_made_again_starts_empty(home: Path) -> None:
    home.mkdir(mode=0o700)
    Cluster(home).start()
    first = cluster_directory(home)
    pointer = (home / POINTER).read_text(encoding="utf-8")
    shutil.rmtree(home)
    Cluster(home).start()
    assert cluster_directory(home) != first
    remove_home(home)
    (home / POINTER).write_text(pointer, encoding="utf-8")


@as_root
def test_a_cluster_of_another_user_is_refused(open_home: Path) -> None:
    Cluster(open_home).start()
    open_home.chmod(0o777)
    said = in_child(lambda: Cluster(open_home).start(), uid=1)
    assert said.startswith("EmbeddedDatabaseError: The embedded database in")
    assert "belongs to user nobody" in said


@as_root
def test_a_socket_directory_planted_by_another_user_is_refused(open_home: Path) -> None:
    open_home.chmod(0o777)
    Cluster(open_home).start()
    Cluster(open_home).stop()
    sockets = socket_directory(cluster_directory(open_home))
    os.chown(sockets, 1, 1)
    with pytest.raises(EmbeddedDatabaseError, match="must be a directory that only user nobody can enter"):
        Cluster(open_home).start()
